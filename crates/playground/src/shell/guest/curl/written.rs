//! What curl's `-w` writes behind a page: `%{http_code}`, `%{time_total}` and their like.

use crate::words::programs;
use eni_core::addr::IpAddr;
use eni_core::time::Duration;

/// What is known of a transfer.
#[derive(Clone, Copy)]
pub struct Transfer<'t> {
    pub code: u16,
    pub took: Duration,
    /// The own address, and whom it was connected to.
    pub ends: Option<(IpAddr, IpAddr, u16)>,
    /// The bytes of the page.
    pub size: usize,
    pub url: &'t str,
    pub method: &'t str,
    pub exit: u8,
    pub error: &'t str,
}

impl<'t> Transfer<'t> {
    /// One that has not begun.
    pub fn of(url: &'t str) -> Transfer<'t> {
        Transfer { code: 0, took: Duration::ZERO, ends: None, size: 0, url, method: "GET", exit: 0, error: "" }
    }

    /// The value of a variable; nothing where it is none, or not played.
    fn value(&self, name: &str) -> Option<String> {
        let is_done = self.ends.is_some();
        Some(match name {
            "http_code" | "response_code" => format!("{:03}", self.code),
            "http_connect" => "000".to_owned(),
            "time_total" => seconds(self.took),
            // The answer comes a way there and back after the connection, which took another.
            "time_connect" | "time_pretransfer" => seconds(self.took_to_connect()),
            "time_starttransfer" => seconds(if is_done { self.took } else { Duration::ZERO }),
            "time_namelookup" | "time_redirect" | "time_appconnect" => seconds(Duration::ZERO),
            "remote_ip" => self.ends.map_or_else(String::new, |(_, to, _)| to.to_string()),
            "local_ip" => self.ends.map_or_else(String::new, |(own, ..)| own.to_string()),
            "remote_port" => self.ends.map_or(0, |(.., port)| port).to_string(),
            "size_download" => self.size.to_string(),
            "size_upload" | "num_redirects" => "0".to_owned(),
            "num_connects" => u8::from(is_done).to_string(),
            "http_version" => if is_done { "1.1" } else { "0" }.to_owned(),
            "exitcode" => self.exit.to_string(),
            "errormsg" => self.error.to_owned(),
            "method" => self.method.to_owned(),
            "url" => self.url.to_owned(),
            "url_effective" => self.effective(),
            "content_type" | "redirect_url" => String::new(),
            _ => return None,
        })
    }

    fn took_to_connect(&self) -> Duration {
        Duration::from_nanos(if self.ends.is_some() { self.took.as_nanos() / 2 } else { 0 })
    }

    fn effective(&self) -> String {
        let whole = if self.url.contains("://") { self.url.to_owned() } else { format!("http://{}", self.url) };
        let has_path = whole.split_once("://").is_some_and(|(_, rest)| rest.contains('/'));
        if has_path { whole } else { whole + "/" }
    }
}

/// Six digits behind the point.
fn seconds(span: Duration) -> String {
    let micros = span.as_nanos() / 1_000;
    format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000)
}

/// Variables that curl has and that are not kept here.
const NOT_PLAYED: [&str; 12] = [
    "local_port",
    "size_header",
    "size_request",
    "speed_download",
    "speed_upload",
    "ssl_verify_result",
    "scheme",
    "filename_effective",
    "num_headers",
    "header_json",
    "json",
    "certs",
];

/// What a format makes of a transfer, and what is said of variables that are not known.
pub fn written(format: &str, transfer: &Transfer<'_>) -> (String, String) {
    let (mut text, mut unknown, mut left) = (String::new(), String::new(), format);
    while let Some(at) = left.find(['%', '\\']) {
        let (plain, rest) = left.split_at_checked(at).unwrap_or((left, ""));
        text.push_str(plain);
        left = match rest.strip_prefix("%{").and_then(|rest| rest.split_once('}')) {
            Some((name, rest)) => {
                match transfer.value(name) {
                    Some(value) => text.push_str(&value),
                    None if NOT_PLAYED.contains(&name) => unknown.push_str(&programs::written_not_played(name)),
                    None => unknown.push_str(&format!("curl: unknown --write-out variable: '{name}'\n")),
                }
                rest
            }
            None => {
                let pair = [("%%", "%"), ("\\n", "\n"), ("\\t", "\t"), ("\\r", "\r")].into_iter().find(|(sign, _)| rest.starts_with(sign));
                let (sign, made) = pair.unwrap_or_else(|| (rest.get(..1).unwrap_or(rest), rest.get(..1).unwrap_or(rest)));
                text.push_str(made);
                rest.get(sign.len()..).unwrap_or_default()
            }
        };
    }
    text.push_str(left);
    (text, unknown)
}

#[cfg(test)]
mod tests {
    use super::{Transfer, written};
    use eni_core::time::Duration;

    #[test]
    fn variables_are_filled_in_and_unknown_ones_told() {
        let ends = Some(([10, 0, 1, 10].into(), [10, 0, 2, 20].into(), 80));
        let done = Transfer { code: 200, took: Duration::from_micros(2_400), ends, size: 13, ..Transfer::of("10.0.2.20") };
        let lost = Transfer { took: Duration::from_secs(5), exit: 28, error: "late", ..Transfer::of("http://10.0.2.20/x") };
        for (format, of_done, of_lost) in [
            ("%{http_code}\\n", "200\n", "000\n"),
            ("%{time_total} %{time_connect}", "0.002400 0.001200", "5.000000 0.000000"),
            ("%{local_ip} > %{remote_ip}:%{remote_port}", "10.0.1.10 > 10.0.2.20:80", " > :0"),
            ("%{size_download}%%\\t%{url_effective}", "13%\thttp://10.0.2.20/", "0%\thttp://10.0.2.20/x"),
            ("%{exitcode}%{errormsg} 100% \\q", "0 100% \\q", "28late 100% \\q"),
        ] {
            assert_eq!(written(format, &done), (of_done.to_owned(), String::new()), "{format}");
            assert_eq!(written(format, &lost), (of_lost.to_owned(), String::new()), "{format}");
        }
        let unknown = "curl: unknown --write-out variable: 'colour'\ncurl: the --write-out variable 'local_port' is not played here\n";
        assert_eq!(written("<%{colour}%{local_port}>", &done), ("<>".to_owned(), unknown.to_owned()));
    }
}
