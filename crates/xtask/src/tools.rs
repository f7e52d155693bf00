//! The tools that are not Rust crates of this workspace: installed once, by version, into a cache outside the repository.
//!
//! A tool is installed into a scratch folder that is renamed when it is complete, so an interrupted installation never counts as one.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use anyhow::{Context, Result, bail};

use crate::progress::{capture, run, step};

/// The page builder. Raising it: also look at what `assemble` expects of its output.
const TRUNK: &str = "0.21.14";
/// binaryen, for its wasm-opt. Raising it: also `wasm_opt` in `Trunk.toml`.
const BINARYEN: &str = "132.0.0";
/// What makes scripts and sheets small.
const ESBUILD: &str = "0.28.2";
/// What the page is compiled for.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Where the tools are that the page is built with.
pub struct Tools {
    /// The trunk program.
    pub trunk: PathBuf,
    /// A `PATH` with `wasm-bindgen` and `wasm-opt` in front.
    pub path: OsString,
}

/// Makes sure that all that the page needs is there.
///
/// # Errors
///
/// When something cannot be installed; the error says what to do.
pub fn ensure(optimiser: bool) -> Result<Tools> {
    node()?;
    wasm_target()?;
    let trunk = trunk()?;
    let mut folders = vec![wasm_bindgen()?];
    if optimiser {
        folders.push(npm("binaryen", BINARYEN, "wasm-opt")?);
    }
    folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    Ok(Tools { trunk, path: std::env::join_paths(folders)? })
}

/// The folder of all installed tools: `ENI_TOOLS`, else the user's cache folder.
///
/// # Errors
///
/// When there is no home folder.
pub fn cache() -> Result<PathBuf> {
    if let Some(folder) = std::env::var_os("ENI_TOOLS").filter(|folder| !folder.is_empty()) {
        return std::path::absolute(folder).context("ENI_TOOLS");
    }
    if let Some(folder) = std::env::var_os("XDG_CACHE_HOME").filter(|folder| !folder.is_empty()) {
        return Ok(PathBuf::from(folder).join("eni-playground"));
    }
    let home = std::env::home_dir().context("no home folder; set ENI_TOOLS to a folder for the tools")?;
    Ok(home.join(".cache/eni-playground"))
}

/// Installs into `<cache>/<name>` by way of a scratch folder, unless it is there.
fn install(name: &str, work: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
    let cache = cache()?;
    let folder = cache.join(name);
    if folder.is_dir() {
        return Ok(folder);
    }
    let scratch = cache.join(format!(".{name}.{}", std::process::id()));
    fs::create_dir_all(&scratch).with_context(|| format!("the folder {} cannot be made", scratch.display()))?;
    let outcome = work(&scratch).and_then(|()| match fs::rename(&scratch, &folder) {
        // Another run has been quicker; what it installed is the same.
        Err(_) if folder.is_dir() => Ok(()),
        renamed => renamed.context("the finished tool cannot be moved to its place"),
    });
    if scratch.is_dir() {
        let _ = fs::remove_dir_all(&scratch);
    }
    outcome.map(|()| folder)
}

fn node() -> Result<()> {
    capture(Command::new("node").arg("--version"))
        .and_then(|_| capture(Command::new("npm").arg("--version")))
        .map(|_| ())
        .context("Node.js and npm are needed: `apt install nodejs npm`, or see https://nodejs.org")
}

/// Makes sure that Rust can compile for the browser.
///
/// # Errors
///
/// When the target is missing and cannot be added.
pub fn wasm_target() -> Result<()> {
    let library = capture(Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]))?;
    if Path::new(library.trim()).is_dir() {
        return Ok(());
    }
    let advice = "install Rust with rustup (https://rustup.rs), then `rustup target add wasm32-unknown-unknown`";
    step("Add the wasm target to Rust", advice, || run(Command::new("rustup").args(["target", "add", TARGET])))
}

fn trunk() -> Result<PathBuf> {
    let folder = install(&format!("trunk-{TRUNK}"), |scratch| {
        let advice = "look at the first error above; a C compiler (`apt install build-essential`) and the way to crates.io are needed";
        step("Install trunk (once; about two minutes)", advice, || {
            // Unoptimised: it is built in a third of the time, and most of its work is to call others.
            run(Command::new("cargo")
                .args(["install", "trunk", "--version", TRUNK, "--locked"])
                .args(["--no-default-features", "--features", "rustls", "--root"])
                .arg(scratch)
                .env("CARGO_TARGET_DIR", scratch.join("target"))
                .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
                .env("CARGO_PROFILE_RELEASE_LTO", "off")
                .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "256")
                .env("CARGO_PROFILE_RELEASE_DEBUG", "0"))
        })?;
        fs::remove_dir_all(scratch.join("target")).context("the leftovers of the installation cannot be removed")
    })?;
    let program = folder.join("bin").join(format!("trunk{}", std::env::consts::EXE_SUFFIX));
    if !program.is_file() {
        bail!("{} is missing: remove {} and try again", program.display(), folder.display());
    }
    Ok(program)
}

/// The folder of the commands of an npm package.
fn npm(package: &str, version: &str, what: &str) -> Result<PathBuf> {
    let folder = install(&format!("{package}-{version}"), |scratch| {
        step(&format!("Install {what} (once)"), "the npm registry must be reachable; try `npm ping`", || {
            run(Command::new("npm")
                .args(["install", "--silent", "--no-fund", "--no-audit", "--ignore-scripts", "--prefix"])
                .arg(scratch)
                .arg(format!("{package}@{version}")))
        })
    })?;
    Ok(folder.join("node_modules/.bin"))
}

/// The esbuild program.
///
/// # Errors
///
/// When it cannot be installed.
pub fn esbuild() -> Result<PathBuf> {
    Ok(npm("esbuild", ESBUILD, "esbuild")?.join("esbuild"))
}

/// A copy of this very program. While it runs, `cargo test` may build another in its place, and then the path that it was started by is gone.
///
/// # Errors
///
/// When it cannot be made.
pub fn program() -> Result<PathBuf> {
    static COPY: OnceLock<PathBuf> = OnceLock::new();
    if let Some(copy) = COPY.get() {
        return Ok(copy.clone());
    }
    let this = std::env::current_exe().context("the path of xtask is not known")?;
    let folder = this.with_file_name("xtask-commands");
    fs::create_dir_all(&folder)?;
    let copy = folder.join(format!("xtask{}", std::env::consts::EXE_SUFFIX));
    let fresh = folder.join(format!(".xtask.{}", std::process::id()));
    fs::copy(&this, &fresh).or_else(|_| fs::copy("/proc/self/exe", &fresh)).context("xtask cannot copy itself")?;
    fs::rename(&fresh, &copy).with_context(|| format!("{} cannot be made", copy.display()))?;
    Ok(COPY.get_or_init(|| copy).clone())
}

/// A folder in which this very program is called `wasm-bindgen`: then it is the wasm-bindgen command.
fn wasm_bindgen() -> Result<PathBuf> {
    let copy = program()?;
    let link = copy.with_file_name(format!("wasm-bindgen{}", std::env::consts::EXE_SUFFIX));
    let fresh = copy.with_file_name(format!(".wasm-bindgen.{}", std::process::id()));
    let _ = fs::remove_file(&fresh);
    #[cfg(unix)]
    std::os::unix::fs::symlink(&copy, &fresh)?;
    #[cfg(not(unix))]
    fs::copy(&copy, &fresh)?;
    fs::rename(&fresh, &link).with_context(|| format!("{} cannot be made", link.display()))?;
    copy.parent().map(Path::to_path_buf).context("the copy lies nowhere")
}
