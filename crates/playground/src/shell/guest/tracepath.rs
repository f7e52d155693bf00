//! `tracepath`: how long a packet may be on a way, and who on it counts hops, printed as iputils prints it (`G22`).

use super::net::{Family, Program, RESOLVER_GIVES_UP};
use super::traceroute::{Hop, TIMES, Way, name, way};
use super::{Ended, Guest, failed, link};
use crate::shell::Failure;
use crate::words::programs;
use eni_core::addr::IpAddr;
use eni_core::dataplane::trace::{Trace, trace};
use eni_core::time::Duration;

/// How long it waits for an answer that does not come: it asks three times, a second each.
const PATIENCE: Duration = Duration::from_secs(3);
/// The most hops, if nothing else is wanted.
const MOST: usize = 30;
/// The port that it asks over UDP.
const PORT: u16 = 44_444;
/// How long it takes to look at the system itself.
const OWN: &str = "0.009";
/// Where the times stand behind the names of hosts.
const COLUMN: usize = 52;
/// The shortest packet that it sends: the headers alone are as long.
const SHORTEST: u16 = 48;

/// How names are shown: the name alone, the address alone, or both.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Names {
    Alone,
    Addresses,
    Both,
}

struct Options<'w> {
    names: Names,
    most: usize,
    length: Option<u16>,
    port: u16,
    family: Family,
    to: &'w str,
}

pub(super) fn tracepath(program: &mut Program<'_>, words: &[&str]) -> Result<Ended, Failure> {
    let options = read(words).ok_or_else(|| failed(1, programs::TRACEPATH))?;
    let Some(to) = program.address(options.to, options.family)? else {
        let (why, hint) = program.unresolved(options.to, RESOLVER_GIVES_UP)?;
        return Err(failed(1, format!("tracepath: {}: {why}\n{hint}", options.to).trim_end()));
    };
    let (text, silent) = program.on(|guest| path(guest, &options, to))??;
    program.host.wait(Duration::from_nanos(PATIENCE.as_nanos().saturating_mul(silent)));
    Ok(text.into())
}

fn read<'w>(words: &[&'w str]) -> Option<Options<'w>> {
    let mut options = Options { names: Names::Alone, most: MOST, length: None, port: PORT, family: Family::Any, to: "" };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "-4" | "-6" => options.family = Family::of_letters(word, options.family),
            "-n" => options.names = Names::Addresses,
            "-b" => options.names = Names::Both,
            "-m" => options.most = words.next()?.parse().ok().filter(|most| (1..=255).contains(most))?,
            "-l" => options.length = Some(words.next()?.parse().ok().filter(|length| *length >= SHORTEST)?),
            "-p" => options.port = words.next()?.parse().ok().filter(|port| *port > 0)?,
            to if options.to.is_empty() && !to.starts_with('-') => options.to = to,
            _ => return None,
        }
    }
    Some(options).filter(|options| !options.to.is_empty())
}

/// What is printed, and how many hops had to be waited for.
fn path(guest: &Guest<'_>, options: &Options<'_>, to: IpAddr) -> Result<(String, u64), Failure> {
    let mut longest = link::size_towards(guest, None, to);
    if let Some(length) = options.length {
        longest = longest.min(length);
    }
    // Over IPv6 it tells the time of its first look, too.
    let mut text = if to.is_ipv4() {
        format!(" 1?: {:<32} pmtu {longest}\n", "[LOCALHOST]")
    } else {
        format!(" 1?: {:<32} {}ms pmtu {longest}\n", "[LOCALHOST]", time(OWN))
    };
    let asked = |length: u16| Way { protocol: 17, port: options.port, length, to };
    // Whoever hands nothing on says how long it may be; then the same hop is asked again.
    let mut found = follow(guest, asked(longest))?;
    while let Some((who, limit)) = told(&found).filter(|(_, limit)| *limit < longest) {
        longest = limit;
        text.push_str(&format!(" 1:  {}{}ms pmtu {longest}\n", host(guest, options, who), time(TIMES[0])));
        found = follow(guest, asked(longest))?;
    }
    let hops = way(guest, asked(longest), options.most)?;
    let mut end = None;
    for (number, hop) in (1..).zip(&hops) {
        match *hop {
            Hop::Silent => text.push_str(&format!("{number:2}:  no reply\n")),
            Hop::Router(ip) => text.push_str(&format!("{number:2}:  {}{}ms \n", host(guest, options, ip), time(TIMES[0]))),
            Hop::End(ip, is_outside) => {
                let times = if is_outside { TIMES[1] } else { TIMES[0] };
                text.push_str(&format!("{number:2}:  {}{}ms reached\n", host(guest, options, ip), time(times)));
                end = Some(number);
            }
        }
    }
    match end {
        Some(number) => text.push_str(&format!("     Resume: pmtu {longest} hops {number} back {number} \n")),
        None => text.push_str(&format!("     Too many hops: pmtu {longest}\n     Resume: pmtu {longest} \n")),
    }
    let silent = hops.iter().filter(|hop| **hop == Hop::Silent).count();
    Ok((text, u64::try_from(silent).unwrap_or(u64::MAX)))
}

fn follow(guest: &Guest<'_>, way: Way) -> Result<Trace, Failure> {
    trace(guest.network(), &way.request(guest)).map_err(|_| failed(1, "tracepath: send failed: Network is unreachable"))
}

/// Who says that the packet was too long, and how long it may be; nothing where it fits, or where nobody says so or is heard.
fn told(found: &Trace) -> Option<(IpAddr, u16)> {
    let reply = found.reply.as_ref().filter(|reply| reply.disposition.got_through() && !found.forward.disposition.got_through())?;
    let message = *reply.packet(reply.steps.first()?);
    Some((message.source, eni_core::dataplane::too_long::told(&message)?))
}

/// The host of a line, as wide as its column.
fn host(guest: &Guest<'_>, options: &Options<'_>, ip: IpAddr) -> String {
    let named = if options.names == Names::Addresses { ip.to_string() } else { name(guest, ip) };
    let shown = if options.names == Names::Both { format!("{named} ({ip})") } else { named };
    format!("{shown:<width$} ", width = COLUMN - 1)
}

/// The first of some times, with room for three digits before its point.
fn time(times: &str) -> String {
    let first = times.split(' ').next().unwrap_or_default();
    format!("{first:>7}")
}
