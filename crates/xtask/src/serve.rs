//! A small static server: right types, the page's security policy, no CORS header. For one machine, not for the internet.

use std::fs::File;
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result, anyhow};
use tiny_http::{Header, Method, Request, Response, StatusCode};

/// The policy under which the page runs, here and in every browser test.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; \
                          connect-src 'self'; manifest-src 'self'; worker-src 'self'";

/// How many requests are answered at a time.
const THREADS: usize = 4;

/// Options of `serve`.
#[derive(clap::Args)]
pub struct Options {
    /// The port; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// PATH=FOLDER, served under the page's policy; may be given several times
    #[arg(long)]
    at: Vec<String>,
    /// PATH=FOLDER, served without a policy (the pages of other authors)
    #[arg(long)]
    plain: Vec<String>,
}

/// Serves until it is stopped; the address is the first line of the output.
///
/// # Errors
///
/// When an argument is not PATH=FOLDER or the port is taken.
pub fn run(options: &Options) -> Result<ExitCode> {
    let mut mounts = Vec::new();
    for (list, policy) in [(&options.at, true), (&options.plain, false)] {
        for argument in list {
            let (path, folder) = argument.split_once('=').with_context(|| format!("`{argument}` is not PATH=FOLDER"))?;
            mounts.push(Mount { path: path.to_owned(), folder: PathBuf::from(folder), policy });
        }
    }
    let server = Server::bind(options.port)?;
    println!("http://127.0.0.1:{}", server.port());
    server.run(&mounts);
    Ok(ExitCode::SUCCESS)
}

/// A folder that is served.
#[derive(Clone)]
pub struct Mount {
    /// Where, with slashes at both ends.
    path: String,
    folder: PathBuf,
    policy: bool,
}

impl Mount {
    /// A folder served under the page's policy.
    pub fn page(path: &str, folder: PathBuf) -> Self {
        Self { path: path.to_owned(), folder, policy: true }
    }
}

/// A bound server.
pub struct Server {
    http: Arc<tiny_http::Server>,
    port: u16,
}

impl Server {
    /// Takes the port on 127.0.0.1.
    ///
    /// # Errors
    ///
    /// When it is taken.
    pub fn bind(port: u16) -> Result<Self> {
        let http = tiny_http::Server::http(("127.0.0.1", port))
            .map_err(|error| anyhow!("port {port} cannot be used ({error}); try another one: --port {}", port.saturating_add(1)))?;
        let port = http.server_addr().to_ip().map_or(port, |address| address.port());
        Ok(Self { http: Arc::new(http), port })
    }

    /// The port that was taken.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Answers requests for ever.
    pub fn run(&self, mounts: &[Mount]) {
        std::thread::scope(|scope| {
            for _ in 0..THREADS {
                scope.spawn(|| {
                    for request in self.http.incoming_requests() {
                        // A browser that has gone away is no concern of ours.
                        let _ = answer(request, mounts);
                    }
                });
            }
        });
    }
}

fn answer(request: Request, mounts: &[Mount]) -> std::io::Result<()> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return request.respond(Response::empty(StatusCode(405)));
    }
    let Some((mount, path)) = find(request.url(), mounts) else {
        return request.respond(Response::from_string("not found\n").with_status_code(404));
    };
    let Ok(file) = File::open(&path) else {
        return request.respond(Response::from_string("not found\n").with_status_code(404));
    };
    let mut response = Response::from_file(file);
    let policy = mount.policy.then_some(("Content-Security-Policy", POLICY));
    let fixed = [
        ("Content-Type", content_type(&path)),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cache-Control", "no-cache"),
    ];
    for (name, value) in fixed.into_iter().chain(policy) {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    request.respond(response)
}

/// The file that an address means: that of the mount with the longest path.
fn find<'mounts>(url: &str, mounts: &'mounts [Mount]) -> Option<(&'mounts Mount, PathBuf)> {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let mount = mounts.iter().filter(|mount| path.starts_with(&mount.path)).max_by_key(|mount| mount.path.len())?;
    let inside = Path::new(path.strip_prefix(&mount.path)?);
    // Nothing but plain names: no `..`, no absolute path. (Our files need no percent signs.)
    if inside.components().any(|component| !matches!(component, Component::Normal(_))) {
        return None;
    }
    let file = mount.folder.join(inside);
    Some((mount, if path.ends_with('/') { file.join("index.html") } else { file }))
}

fn content_type(path: &Path) -> &'static str {
    match path.extension().and_then(|ending| ending.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "png" => "image/png",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mounts() -> Vec<Mount> {
        vec![Mount::page("/", PathBuf::from("/srv/page")), Mount::page("/deep/down/", PathBuf::from("/srv/other"))]
    }

    #[test]
    fn addresses_lead_to_files_inside_the_folder_only() {
        for (url, expected) in [
            ("/", Some("/srv/page/index.html")),
            ("/?embed=1#x", Some("/srv/page/index.html")),
            ("/a.js", Some("/srv/page/a.js")),
            ("/deep/down/", Some("/srv/other/index.html")),
            ("/deep/down/b.css?1", Some("/srv/other/b.css")),
            ("/../secret", None),
            ("/a/../../secret", None),
            ("//etc/passwd", None),
        ] {
            let found = find(url, &mounts()).map(|(_, path)| path);
            assert_eq!(found, expected.map(PathBuf::from), "{url}");
        }
    }

    #[test]
    fn the_types_are_those_that_browsers_insist_on() {
        assert_eq!(content_type(Path::new("x.wasm")), "application/wasm");
        assert_eq!(content_type(Path::new("x.bytes.js")), "text/javascript; charset=utf-8");
        assert_eq!(content_type(Path::new("x")), "application/octet-stream");
    }
}
