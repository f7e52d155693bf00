//! What a program asks over HTTP, and what is answered.

/// A question.
#[derive(Clone, Copy, Debug)]
pub struct Request<'w> {
    /// `GET`, `PUT`, …
    pub method: &'w str,
    /// What for, from its first `/`.
    pub path: &'w str,
    /// What is said with it: `NAME: VALUE`.
    pub headers: &'w [&'w str],
}

impl<'w> Request<'w> {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&'w str> {
        let of = |header: &&'w str| header.split_once(':').filter(|(own, _)| own.trim().eq_ignore_ascii_case(name));
        self.headers.iter().find_map(of).map(|(_, value)| value.trim())
    }
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The number that says how it went.
    pub status: u16,
    /// What was asked for.
    pub body: String,
}

impl Response {
    /// An answer that went well.
    pub fn ok(body: String) -> Response {
        Response { status: 200, body }
    }

    /// The words behind the number.
    pub const fn reason(&self) -> &'static str {
        match self.status {
            200 => "OK",
            400 => "Bad Request",
            401 => "Unauthorized",
            403 => "Forbidden",
            404 => "Not Found",
            _ => "Method Not Allowed",
        }
    }
}

/// What is wrong with a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadUrl<'w> {
    /// It names no host.
    NoHost,
    /// Its port is none.
    BadPort,
    /// Its IPv6 address has no end.
    BadIpv6,
    /// It is of another protocol than HTTP.
    Protocol(&'w str),
}

/// A host and a port of a URL, and the path behind them.
pub fn place(url: &str) -> Result<(&str, u16, &str), BadUrl<'_>> {
    let (rest, usual) = match url.split_once("://") {
        Some(("http", rest)) => (rest, 80),
        Some(("https", rest)) => (rest, 443),
        Some((scheme, _)) if scheme.bytes().all(|sign| sign.is_ascii_alphanumeric()) => return Err(BadUrl::Protocol(scheme)),
        _ => (url, 80),
    };
    // One slash too many is forgiven.
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at_checked(end).filter(|(host, _)| !host.is_empty()).ok_or(BadUrl::NoHost)?;
    let path = path.split('#').next().filter(|path| path.starts_with('/')).unwrap_or("/");
    if let Some(host) = host.strip_prefix('[') {
        let (address, port) = host.split_once(']').ok_or(BadUrl::BadIpv6)?;
        let port = if port.is_empty() { usual } else { port_of(port.strip_prefix(':').unwrap_or_default())? };
        return Ok((address, port, path));
    }
    match host.split_once(':') {
        Some(("", _)) => Err(BadUrl::NoHost),
        Some((name, port)) => Ok((name, port_of(port)?, path)),
        None => Ok((host, usual, path)),
    }
}

fn port_of(word: &str) -> Result<u16, BadUrl<'static>> {
    word.parse().ok().filter(|port| *port > 0).ok_or(BadUrl::BadPort)
}

#[cfg(test)]
mod tests {
    use super::{BadUrl, place};

    #[test]
    fn a_url_names_a_host_a_port_and_a_path() {
        for (url, found) in [
            ("http://10.0.1.10/", Ok(("10.0.1.10", 80, "/"))),
            ("https://db.corp.internal/x?y#z", Ok(("db.corp.internal", 443, "/x?y"))),
            ("http://169.254.169.254/latest/meta-data", Ok(("169.254.169.254", 80, "/latest/meta-data"))),
            ("10.0.1.10:8080", Ok(("10.0.1.10", 8_080, "/"))),
            ("example.com?x", Ok(("example.com", 80, "/"))),
            ("http:///x", Ok(("x", 80, "/"))),
            ("http://[2001:db8::1]/", Ok(("2001:db8::1", 80, "/"))),
            ("http://[2001:db8::1]:8080", Ok(("2001:db8::1", 8_080, "/"))),
            ("http://[2001:db8::1]8080", Err(BadUrl::BadPort)),
            ("http://[2001:db8::1", Err(BadUrl::BadIpv6)),
            ("http://10.0.1.10:0/", Err(BadUrl::BadPort)),
            ("http://10.0.1.10:99999/", Err(BadUrl::BadPort)),
            ("http://a:b", Err(BadUrl::BadPort)),
            ("http://", Err(BadUrl::NoHost)),
            ("http://:80/", Err(BadUrl::NoHost)),
            ("ftp://10.0.1.10/", Err(BadUrl::Protocol("ftp"))),
        ] {
            assert_eq!(place(url), found, "{url}");
        }
    }
}
