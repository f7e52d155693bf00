//! `curl`: a request over TCP, printed as curl prints it. Whoever answers says its name.

use super::http::{Request, Response, place};
use super::names::unknown;
use super::net::{Program, seconds};
use super::{Ended, failed, metadata};
use crate::shell::{Failure, said};
use crate::world::told::{How, Told};
use eni_core::addr::{IpAddr, Ipv4Addr};
use eni_core::dataplane::internet::PublicHost;
use eni_core::sim::host::Host;
use eni_core::time::Duration;
use std::net::SocketAddr;

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
    /// Whether the head of the answer is shown above it.
    includes_head: bool,
    /// Whether a page that says no is a failure.
    fails: bool,
    over_ipv6: bool,
    /// Whether it tells on standard error what it does.
    is_verbose: bool,
    method: Option<&'w str>,
    headers: Vec<&'w str>,
    url: &'w str,
}

pub(super) fn curl(program: &mut Program<'_>, words: &[&str]) -> Result<Ended, Failure> {
    let options = read(words).ok_or_else(|| failed(2, said::CURL_USAGE))?;
    let (name, port, path) = place(options.url).ok_or_else(|| failed(3, "curl: (3) URL rejected: Bad hostname"))?;
    let Some(to) = program.address(name, options.over_ipv6)? else {
        let fault = fault(&options, "", (6, &format!("Could not resolve host: {name}")));
        let hint = if fault.error.is_empty() { String::new() } else { program.on(|guest| unknown(guest, name))? };
        return Ok(Ended { error: fault.error + &hint, ..fault });
    };
    let opened = opening(&options, (name, port, to));
    let fault = |exit: u8, text: &str| fault(&options, &opened, (exit, text));
    if !program.can_bind(options.from)? {
        return Ok(fault(45, "bind failed with errno 99: Cannot assign requested address"));
    }
    let patience = [options.most, options.connect].into_iter().flatten().min().unwrap_or(KERNEL_GIVES_UP);
    let told = program.ask(options.from, to, ("tcp", port), patience)?;
    let failed_to = |after: u64, why: &str| format!("Failed to connect to {name} port {port} after {after} ms: {why}");
    match told.how {
        How::Answered(who) => {
            let method = options.method.unwrap_or(if options.head { "HEAD" } else { "GET" });
            let request = Request { method, path, headers: &options.headers };
            let response = page(program, (who, &told), &request)?;
            let ended = shown(&options, &response);
            let error = opened.clone() + &exchange(&options, (name, port, to), &request, &response) + &ended.error;
            Ok(Ended { error, ..ended })
        }
        How::Refused | How::NoWay => Ok(fault(7, &failed_to(took(&told), "Could not connect to server"))),
        How::Nothing | How::TooLong(..) => {
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

/// How it ends that no page came.
fn fault(options: &Options<'_>, opened: &str, (exit, text): (u8, &str)) -> Ended {
    let code = options.written.map(|format| written(format, "000")).unwrap_or_default();
    let error = if options.is_silent && !options.shows_errors { String::new() } else { format!("curl: ({exit}) {text}\n") };
    let also = if options.is_verbose { format!("{opened}* {text}\n* closing connection #0\n") } else { String::new() };
    Ended { text: code, error: also + &error, exit }
}

fn took(told: &Told) -> u64 {
    told.took().as_millis()
}

/// What somebody answers: the metadata service what was asked for, some hosts of the internet who asks them, everybody else his name.
pub(super) fn page(program: &Program<'_>, (who, told): (Host, &Told), request: &Request<'_>) -> Result<Response, Failure> {
    let name = match who {
        Host::Metadata(_) => return program.on(|guest| metadata::answer(guest, request)),
        Host::Internet(address) => match (PublicHost::at(address), told.seen_as) {
            (Some(PublicHost { tells_address: true, .. }), Some(seen)) => return Ok(Response::ok(format!("{seen}\n"))),
            (Some(host), _) => host.name.to_owned(),
            (None, _) => program.called(who)?,
        },
        who => program.called(who)?,
    };
    Ok(Response::ok(format!("Hello from {name}\n")))
}

/// What `-v` tells before there is a connection: whom a name led to, and who is tried.
fn opening(options: &Options<'_>, (name, port, to): (&str, u16, IpAddr)) -> String {
    if !options.is_verbose {
        return String::new();
    }
    let (six, four) = if to.is_ipv4() { ("(none)".to_owned(), to.to_string()) } else { (to.to_string(), "(none)".to_owned()) };
    let found = if name.parse::<IpAddr>().is_ok() {
        String::new()
    } else {
        format!("* Host {name}:{port} was resolved.\n* IPv6: {six}\n* IPv4: {four}\n")
    };
    format!("{found}*   Trying {}...\n", SocketAddr::new(to, port))
}

/// What `-v` tells of a connection: what was asked, and the head of the answer. What TLS says is left out.
fn exchange(options: &Options<'_>, (name, port, to): (&str, u16, IpAddr), request: &Request<'_>, response: &Response) -> String {
    if !options.is_verbose {
        return String::new();
    }
    let shown = if name.contains(':') { format!("[{name}]") } else { name.to_owned() };
    let usual = if options.url.starts_with("https://") { 443 } else { 80 };
    let host = if port == usual { shown } else { format!("{shown}:{port}") };
    let headers: String = request.headers.iter().map(|header| format!("> {header}\n")).collect();
    let asked =
        format!("> {} {} HTTP/1.1\n> Host: {host}\n> User-Agent: curl/8.11.1\n> Accept: */*\n{headers}> \n", request.method, request.path);
    let answered = format!("< HTTP/1.1 {} {}\n< \n", response.status, response.reason());
    let end = format!("* Connection #0 to host {name} left intact\n");
    format!("* Connected to {name} ({to}) port {port}\n* using HTTP/1.x\n{asked}* Request completely sent off\n{answered}{end}")
}

/// What is printed of an answer.
fn shown(options: &Options<'_>, response: &Response) -> Ended {
    let code = response.status.to_string();
    let text = options.written.map(|format| written(format, &code)).unwrap_or_default();
    if options.fails && response.status >= 400 {
        let is_told = !options.is_silent || options.shows_errors;
        let error = if is_told { format!("curl: (22) The requested URL returned error: {code}\n") } else { String::new() };
        return Ended { text, error, exit: 22 };
    }
    let has_head = options.head || options.includes_head;
    let head = if has_head { format!("HTTP/1.1 {code} {}\n", response.reason()) } else { String::new() };
    let between = if options.includes_head && !options.head { "\n" } else { "" };
    let body = if options.head { "" } else { &response.body };
    let page = if options.is_thrown_away { String::new() } else { format!("{head}{between}{body}") };
    format!("{page}{text}").into()
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
            "-X" | "--request" => options.method = Some(words.next()?),
            "-H" | "--header" => options.headers.push(words.next()?),
            "-I" | "--head" => options.head = true,
            "-i" | "--include" => options.includes_head = true,
            "-f" | "--fail" => options.fails = true,
            "--silent" => options.is_silent = true,
            "--verbose" => options.is_verbose = true,
            "--show-error" => options.shows_errors = true,
            "-6" | "--ipv6" => options.over_ipv6 = true,
            "-4" | "-g" | "-L" | "-k" | "--insecure" | "--location" => {}
            letters
                if letters.len() > 1
                    && letters.strip_prefix('-').is_some_and(|rest| rest.chars().all(|one| "sSfLkIigv46".contains(one))) =>
            {
                options.is_silent |= letters.contains('s');
                options.shows_errors |= letters.contains('S');
                options.head |= letters.contains('I');
                options.includes_head |= letters.contains('i');
                options.fails |= letters.contains('f');
                options.over_ipv6 |= letters.contains('6');
                options.is_verbose |= letters.contains('v');
            }
            url if options.url.is_empty() && !url.starts_with('-') => options.url = url,
            _ => return None,
        }
    }
    Some(options).filter(|options| !options.url.is_empty())
}
