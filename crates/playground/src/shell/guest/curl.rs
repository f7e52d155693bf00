//! `curl`: a request over TCP, printed as curl prints it. Whoever answers says its name.

use super::net::{Program, seconds};
use super::{Ended, failed};
use crate::shell::{Failure, said};
use crate::world::told::{How, Told};
use eni_core::addr::Ipv4Addr;
use eni_core::time::Duration;

/// When Linux gives up a connection that nobody answers: six repetitions of its first packet.
const KERNEL_GIVES_UP: Duration = Duration::from_secs(127);

#[derive(Default)]
struct Options<'w> {
    most: Option<Duration>,
    connect: Option<Duration>,
    from: Option<Ipv4Addr>,
    written: Option<&'w str>,
    head: bool,
    is_silent: bool,
    shows_errors: bool,
    is_thrown_away: bool,
    url: &'w str,
}

pub(super) fn curl(program: &mut Program<'_>, words: &[&str]) -> Result<Ended, Failure> {
    let options = read(words).ok_or_else(|| failed(2, said::CURL_USAGE))?;
    let (name, port) = place(options.url).ok_or_else(|| failed(3, "curl: (3) URL rejected: Bad hostname"))?;
    let fault = |exit: u8, text: &str| {
        let code = options.written.map(|format| written(format, "000")).unwrap_or_default();
        let error = if options.is_silent && !options.shows_errors { String::new() } else { format!("curl: ({exit}) {text}\n") };
        Ended { text: code, error, exit }
    };
    let Some(to) = program.address(name)? else { return Ok(fault(6, &format!("Could not resolve host: {name}"))) };
    let patience = [options.most, options.connect].into_iter().flatten().min().unwrap_or(KERNEL_GIVES_UP);
    let told = program.ask(options.from, to, ("tcp", port), patience)?;
    let failed_to = |after: u64, why: &str| format!("Failed to connect to {name} port {port} after {after} ms: {why}");
    match told.how {
        How::Answered(who) => Ok(answer(&options, &program.called(who)?).into()),
        How::Refused | How::NoWay => Ok(fault(7, &failed_to(took(&told), "Could not connect to server"))),
        How::Nothing => {
            program.host.wait(Duration::from_nanos(patience.as_nanos().saturating_sub(told.took().as_nanos())));
            let after = patience.as_millis();
            Ok(match options.most.filter(|most| *most == patience) {
                Some(_) => fault(28, &format!("Connection timed out after {after} milliseconds")),
                None if options.connect.is_some() => fault(28, &failed_to(after, "Timeout was reached")),
                None => fault(28, &failed_to(after, "Could not connect to server")),
            })
        }
    }
}

fn took(told: &Told) -> u64 {
    told.took().as_millis()
}

fn answer(options: &Options<'_>, who: &str) -> String {
    let body = match (options.is_thrown_away, options.head) {
        (true, _) => String::new(),
        (false, true) => "HTTP/1.1 200 OK\n".to_owned(),
        (false, false) => format!("Hello from {who}\n"),
    };
    format!("{body}{}", options.written.map(|format| written(format, "200")).unwrap_or_default())
}

/// What `-w` asks for.
fn written(format: &str, code: &str) -> String {
    let filled = format.replace("%{http_code}", code).replace("%{response_code}", code);
    filled.replace("\\n", "\n").replace("\\t", "\t")
}

fn read<'w>(words: &[&'w str]) -> Option<Options<'w>> {
    let mut options = Options::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "-m" | "--max-time" => options.most = Some(seconds(words.next()?)?),
            "--connect-timeout" => options.connect = Some(seconds(words.next()?)?),
            "--interface" => options.from = Some(words.next()?.parse().ok()?),
            "-w" | "--write-out" => options.written = Some(words.next()?),
            "-o" | "--output" => options.is_thrown_away = *words.next()? == "/dev/null",
            "-I" | "--head" => options.head = true,
            "--silent" => options.is_silent = true,
            "--show-error" => options.shows_errors = true,
            "-4" | "-6" | "-g" | "-L" | "-k" | "-f" | "--fail" | "--insecure" | "--location" => {}
            letters
                if letters.len() > 1 && letters.strip_prefix('-').is_some_and(|rest| rest.chars().all(|one| "sSfLkIg46".contains(one))) =>
            {
                options.is_silent |= letters.contains('s');
                options.shows_errors |= letters.contains('S');
                options.head |= letters.contains('I');
            }
            url if options.url.is_empty() && !url.starts_with('-') => options.url = url,
            _ => return None,
        }
    }
    Some(options).filter(|options| !options.url.is_empty())
}

/// Host and port of a URL.
fn place(url: &str) -> Option<(&str, u16)> {
    let (rest, usual) = match (url.strip_prefix("http://"), url.strip_prefix("https://")) {
        (Some(rest), _) => (rest, 80),
        (_, Some(rest)) => (rest, 443),
        _ => (url, 80),
    };
    let host = rest.split(['/', '?', '#']).next().filter(|host| !host.is_empty())?;
    if let Some((address, port)) = host.strip_prefix('[').and_then(|host| host.split_once(']')) {
        let port = if port.is_empty() { usual } else { port.strip_prefix(':')?.parse().ok().filter(|port| *port > 0)? };
        return Some((address, port));
    }
    match host.split_once(':') {
        Some((name, port)) => Some((name, port.parse().ok().filter(|port| *port > 0)?)),
        None => Some((host, usual)),
    }
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn a_url_names_a_host_and_a_port() {
        for (url, found) in [
            ("http://10.0.1.10/", Some(("10.0.1.10", 80))),
            ("https://db.corp.internal/x?y#z", Some(("db.corp.internal", 443))),
            ("10.0.1.10:8080", Some(("10.0.1.10", 8_080))),
            ("http://[2001:db8::1]/", Some(("2001:db8::1", 80))),
            ("http://[2001:db8::1]:8080", Some(("2001:db8::1", 8_080))),
            ("http://[2001:db8::1]8080", None),
            ("http://10.0.1.10:0/", None),
            ("http://a:b", None),
            ("http:///x", None),
        ] {
            assert_eq!(place(url), found, "{url}");
        }
    }
}
