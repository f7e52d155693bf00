//! `hping3 --udp`: datagrams at a steady pace to a service of the host, printed as hping3 prints it. Nothing there answers what is no question, so the
//! driver alone tells how many were too many (`E91`, `ethtool -S`).

use super::link::links;
use super::net::{Family, Program};
use super::{Ended, failed};
use crate::act::Loading;
use crate::act::load::LONGEST;
use crate::shell::{Failure, said};
use eni_core::addr::IpAddr;

/// Bytes of the headers of IP and UDP.
const HEADERS: u16 = 28;

struct Options<'w> {
    to: &'w str,
    port: u16,
    bytes: u16,
    count: u64,
    /// Microseconds from one datagram to the next.
    pause: u64,
}

pub(super) fn hping3(program: &mut Program<'_>, words: &[&str]) -> Result<Ended, Failure> {
    let options = read(words).ok_or_else(|| failed(1, said::HPING_USAGE))?;
    let Some(to) = program.address(options.to, Family::Four)? else {
        return Err(failed(1, &format!("Unable to resolve '{}'", options.to)));
    };
    if !matches!(to, IpAddr::V4(ip) if ip.is_link_local()) {
        return Err(failed(1, said::HPING_ELSEWHERE));
    }
    // A load lasts for whole seconds.
    let seconds = options.count.saturating_mul(options.pause).div_ceil(1_000_000).max(1);
    if seconds > LONGEST {
        return Err(failed(1, &said::hping_too_long(LONGEST)));
    }
    let rate = options.count.saturating_mul(u64::from(options.bytes) * 8).div_ceil(seconds);
    let (from, to, port, payload) = (program.instance.to_owned(), to.to_string(), options.port, options.bytes);
    let loading = Loading { from, to, datagrams: true, port, streams: 1, rate, payload, seconds };
    let load = program.host.load(&loading).map_err(|why| failed(1, &why))?;
    let source = load.streams.first().map(|stream| stream.local.0);
    let link =
        program.on(|guest| links(guest).into_iter().find(|link| source.is_some_and(|ip| link.eni.owns(ip))).map(|link| link.name))?;
    let sent: u64 = load.streams.iter().flat_map(|stream| &stream.seconds).map(|second| second.sent).sum();
    let (name, bytes) = (options.to, options.bytes);
    let text =
        format!("HPING {name} ({} {}): udp mode set, {HEADERS} headers + {bytes} data bytes\n", link.unwrap_or_default(), loading.to);
    let lost = "0 packets received, 100% packet loss\nround-trip min/avg/max = 0.0/0.0/0.0 ms\n";
    Ok(Ended { text, error: format!("\n--- {name} hping statistic ---\n{sent} packets transmitted, {lost}"), exit: 1 })
}

fn read<'w>(words: &[&'w str]) -> Option<Options<'w>> {
    let mut options = Options { to: "", port: 0, bytes: 0, count: 0, pause: 1_000_000 };
    let (mut is_udp, mut words) = (false, words.iter());
    while let Some(word) = words.next() {
        match *word {
            "-2" | "--udp" => is_udp = true,
            "-q" | "--quiet" | "-n" => {}
            "-p" | "--destport" => options.port = words.next()?.parse().ok()?,
            "-d" | "--data" => options.bytes = words.next()?.parse().ok().filter(|bytes| (1..=1_472).contains(bytes))?,
            "-c" | "--count" => options.count = words.next()?.parse().ok()?,
            "-i" | "--interval" => options.pause = pause(words.next()?)?,
            "--fast" => options.pause = 100_000,
            "--faster" => options.pause = 1_000,
            to if options.to.is_empty() && !to.starts_with('-') => options.to = to,
            _ => return None,
        }
    }
    Some(options).filter(|all| is_udp && !all.to.is_empty() && all.port > 0 && all.bytes > 0 && (1..=1_000_000_000).contains(&all.count))
}

/// `u333` is so many microseconds, `2` so many seconds.
fn pause(word: &str) -> Option<u64> {
    let micros = match word.strip_prefix('u') {
        Some(micros) => micros.parse().ok()?,
        None => word.parse::<u64>().ok()?.checked_mul(1_000_000)?,
    };
    Some(micros).filter(|micros| (1..=60_000_000).contains(micros))
}
