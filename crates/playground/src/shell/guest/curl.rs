//! `curl`: a request over TCP, printed as curl prints it. Whoever answers says its name.

mod reach;
mod written;

use super::http::{BadUrl, Request, Response, place};
use super::net::{Family, Program, seconds};
use super::{Ended, failed, metadata};
use crate::shell::{Failure, said};
use crate::words::programs;
use crate::world::told::{How, Told};
use eni_core::addr::{IpAddr, Ipv4Addr};
use eni_core::dataplane::guest::source_for;
use eni_core::dataplane::internet::PublicHost;
use eni_core::sim::host::Host;
use eni_core::time::Duration;
use reach::{Reached, reach};
use std::net::SocketAddr;
use written::{Transfer, written};

/// What curl speaks besides HTTP.
const OTHER_PROTOCOLS: [&str; 13] =
    ["dict", "file", "ftp", "ftps", "gopher", "imap", "ldap", "pop3", "scp", "sftp", "smtp", "telnet", "tftp"];
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
    family: Family,
    /// Whether it tells on standard error what it does.
    is_verbose: bool,
    method: Option<&'w str>,
    headers: Vec<&'w str>,
    url: &'w str,
}

pub(super) fn curl(program: &mut Program<'_>, words: &[&str]) -> Result<Ended, Failure> {
    let options = read(words).ok_or_else(|| failed(2, said::CURL_USAGE))?;
    let (name, port, path) = match place(options.url) {
        Ok(found) => found,
        Err(bad) => return rejected(&options, bad),
    };
    let patience = [options.most, options.connect].into_iter().flatten().min().unwrap_or(KERNEL_GIVES_UP);
    let mut all = program.addresses(name, options.family)?;
    all.retain(|to| options.from.is_none() || to.is_ipv4());
    if all.is_empty() {
        return unresolved(program, &options, (name, patience));
    }
    if !program.can_bind(options.from)? {
        return Ok(fault(&options, "", (45, "bind failed with errno 99: Cannot assign requested address"), Duration::ZERO));
    }
    let Reached { to, told, tried } = reach(program, options.from, (&all, port), patience)?;
    let opened = opening(&options, (name, port), &all, &tried);
    let fault = |exit: u8, text: &str, after: Duration| Ok(fault(&options, &opened, (exit, text), after));
    let failed_to = |after: u64, why: &str| format!("Failed to connect to {name} port {port} after {after} ms: {why}");
    match told.how {
        How::Answered(who) => {
            let method = options.method.unwrap_or(if options.head { "HEAD" } else { "GET" });
            let request = Request { method, path, headers: &options.headers };
            let response = page(program, (who, &told), &request)?;
            let local = options.from.map(IpAddr::V4);
            let local = program.on(|guest| local.or_else(|| source_for(guest.network(), guest.instance, to)))?;
            let transfer = Transfer { method, took: told.took(), ends: local.map(|local| (local, to, port)), ..Transfer::of(options.url) };
            let ended = shown(&options, &response, transfer);
            let error = opened.clone() + &exchange(&options, (name, port, to), &request, &response) + &ended.error;
            Ok(Ended { error, ..ended })
        }
        How::Refused | How::NoWay => fault(7, &failed_to(told.took().as_millis(), "Could not connect to server"), told.took()),
        How::Nothing | How::TooLong(..) => {
            program.wait_out(&told, patience);
            let after = patience.as_millis();
            match options.most.filter(|most| *most == patience) {
                Some(_) => fault(28, &format!("Connection timed out after {after} milliseconds"), patience),
                None if options.connect.is_some() => fault(28, &failed_to(after, "Timeout was reached"), patience),
                None => fault(28, &failed_to(after, "Could not connect to server"), patience),
            }
        }
    }
}

/// A URL that leads nowhere.
fn rejected(options: &Options<'_>, bad: BadUrl<'_>) -> Result<Ended, Failure> {
    let why = match bad {
        BadUrl::NoHost => "No host part in the URL",
        BadUrl::BadPort => "Port number was not a decimal number between 0 and 65535",
        BadUrl::BadIpv6 => "Bad IPv6 address",
        BadUrl::Protocol(name) if OTHER_PROTOCOLS.contains(&name) => return Err(failed(1, &programs::only_http("curl", name))),
        BadUrl::Protocol(name) => return Ok(fault(options, "", (1, &format!("Protocol \"{name}\" not supported")), Duration::ZERO)),
    };
    Ok(fault(options, "", (3, &format!("URL rejected: {why}")), Duration::ZERO))
}

/// A name that leads nowhere.
fn unresolved(program: &mut Program<'_>, options: &Options<'_>, (name, patience): (&str, Duration)) -> Result<Ended, Failure> {
    let before = program.now()?;
    let (_, hint) = program.unresolved(name, patience)?;
    let took = program.now()?.since(before);
    let ended = if took >= patience {
        fault(options, "", (28, &format!("Resolving timed out after {} milliseconds", patience.as_millis())), took)
    } else {
        fault(options, "", (6, &format!("Could not resolve host: {name}")), took)
    };
    let hint = if ended.error.is_empty() { String::new() } else { hint };
    Ok(Ended { error: ended.error + &hint, ..ended })
}

/// How it ends that no page came.
fn fault(options: &Options<'_>, opened: &str, (exit, text): (u8, &str), took: Duration) -> Ended {
    let transfer = Transfer { took, exit, error: text, ..Transfer::of(options.url) };
    let (code, unknown) = options.written.map(|format| written(format, &transfer)).unwrap_or_default();
    let error = if options.is_silent && !options.shows_errors { String::new() } else { format!("curl: ({exit}) {text}\n") };
    let also = if options.is_verbose { format!("{opened}* {text}\n* closing connection #0\n") } else { String::new() };
    Ended { text: code, error: also + &error + &unknown, exit }
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
fn opening(options: &Options<'_>, (name, port): (&str, u16), all: &[IpAddr], tried: &[IpAddr]) -> String {
    if !options.is_verbose {
        return String::new();
    }
    let of = |is_ipv4: bool| -> String {
        let shown: Vec<String> = all.iter().filter(|to| to.is_ipv4() == is_ipv4).map(ToString::to_string).collect();
        if shown.is_empty() { "(none)".to_owned() } else { shown.join(", ") }
    };
    let found = if name.parse::<IpAddr>().is_ok() {
        String::new()
    } else {
        format!("* Host {name}:{port} was resolved.\n* IPv6: {}\n* IPv4: {}\n", of(false), of(true))
    };
    found + &tried.iter().map(|to| format!("*   Trying {}...\n", SocketAddr::new(*to, port))).collect::<String>()
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
fn shown(options: &Options<'_>, response: &Response, transfer: Transfer<'_>) -> Ended {
    let code = response.status.to_string();
    let is_lost = options.fails && response.status >= 400;
    let said = format!("The requested URL returned error: {code}");
    let (exit, fault) = if is_lost { (22, said.as_str()) } else { (0, "") };
    let body = if options.head || is_lost { "" } else { &response.body };
    let transfer = Transfer { code: response.status, size: body.len(), exit, error: fault, ..transfer };
    let (text, unknown) = options.written.map(|format| written(format, &transfer)).unwrap_or_default();
    if is_lost {
        let is_told = !options.is_silent || options.shows_errors;
        let error = if is_told { format!("curl: (22) {fault}\n{unknown}") } else { unknown };
        return Ended { text, error, exit };
    }
    let has_head = options.head || options.includes_head;
    let head = if has_head { format!("HTTP/1.1 {code} {}\n\n", response.reason()) } else { String::new() };
    let page = if options.is_thrown_away { String::new() } else { format!("{head}{body}") };
    Ended { text: page + &text, error: unknown, exit }
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
            "--ipv6" => options.family = Family::Six,
            "--ipv4" => options.family = Family::Four,
            "-L" | "-k" | "--insecure" | "--location" => {}
            letters
                if letters.len() > 1
                    && letters.strip_prefix('-').is_some_and(|rest| rest.chars().all(|one| "sSfLkIigv46".contains(one))) =>
            {
                options.is_silent |= letters.contains('s');
                options.shows_errors |= letters.contains('S');
                options.head |= letters.contains('I');
                options.includes_head |= letters.contains('i');
                options.fails |= letters.contains('f');
                options.family = Family::of_letters(letters, options.family);
                options.is_verbose |= letters.contains('v');
            }
            url if options.url.is_empty() && !url.starts_with('-') => options.url = url,
            _ => return None,
        }
    }
    Some(options).filter(|options| !options.url.is_empty())
}
