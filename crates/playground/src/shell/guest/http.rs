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

/// A host and a port of a URL, and the path behind them.
pub fn place(url: &str) -> Option<(&str, u16, &str)> {
    let (rest, usual) = match (url.strip_prefix("http://"), url.strip_prefix("https://")) {
        (Some(rest), _) => (rest, 80),
        (_, Some(rest)) => (rest, 443),
        _ => (url, 80),
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at_checked(end).filter(|(host, _)| !host.is_empty())?;
    let path = path.split('#').next().filter(|path| path.starts_with('/')).unwrap_or("/");
    if let Some((address, port)) = host.strip_prefix('[').and_then(|host| host.split_once(']')) {
        let port = if port.is_empty() { usual } else { port_of(port.strip_prefix(':')?)? };
        return Some((address, port, path));
    }
    match host.split_once(':') {
        Some((name, port)) => Some((name, port_of(port)?, path)),
        None => Some((host, usual, path)),
    }
}

fn port_of(word: &str) -> Option<u16> {
    word.parse().ok().filter(|port| *port > 0)
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn a_url_names_a_host_a_port_and_a_path() {
        for (url, found) in [
            ("http://10.0.1.10/", Some(("10.0.1.10", 80, "/"))),
            ("https://db.corp.internal/x?y#z", Some(("db.corp.internal", 443, "/x?y"))),
            ("http://169.254.169.254/latest/meta-data", Some(("169.254.169.254", 80, "/latest/meta-data"))),
            ("10.0.1.10:8080", Some(("10.0.1.10", 8_080, "/"))),
            ("example.com?x", Some(("example.com", 80, "/"))),
            ("http://[2001:db8::1]/", Some(("2001:db8::1", 80, "/"))),
            ("http://[2001:db8::1]:8080", Some(("2001:db8::1", 8_080, "/"))),
            ("http://[2001:db8::1]8080", None),
            ("http://10.0.1.10:0/", None),
            ("http://a:b", None),
            ("http:///x", None),
        ] {
            assert_eq!(place(url), found, "{url}");
        }
    }
}
