//! `nc -zv`, over UDP `nc -uzv`: whether a port can be reached, printed as Ncat prints it, which Amazon Linux has.

use super::names::unknown;
use super::net::{Program, seconds};
use super::{Ended, failed};
use crate::shell::{Failure, said};
use crate::world::told::How;
use eni_core::addr::IpAddr;
use eni_core::time::Duration;

/// How long Ncat waits for a connection.
const USUAL: Duration = Duration::from_secs(10);
/// How long it waits over UDP for the word that nobody is there.
const UDP_WAITS: Duration = Duration::from_secs(2);
const HEAD: &str = "Ncat: Version 7.93 ( https://nmap.org/ncat )\n";

pub(super) fn nc(program: &mut Program<'_>, words: &[&str]) -> Result<Ended, Failure> {
    let usage = || failed(2, said::NC_USAGE);
    let (mut patience, mut is_verbose, mut is_probe, mut over_ipv6, mut over_udp, mut ends) =
        (USUAL, false, false, false, false, Vec::new());
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "-w" => patience = words.next().and_then(|word| seconds(word)).ok_or_else(usage)?,
            letters if letters.len() > 1 && letters.strip_prefix('-').is_some_and(|rest| rest.chars().all(|one| "zvu46".contains(one))) => {
                is_verbose |= letters.contains('v');
                is_probe |= letters.contains('z');
                over_ipv6 |= letters.contains('6');
                over_udp |= letters.contains('u');
            }
            end if !end.starts_with('-') => ends.push(end),
            _ => return Err(usage()),
        }
    }
    let ([name, port], true) = (ends.as_slice(), is_probe) else { return Err(usage()) };
    let port: u16 = port.parse().ok().filter(|port| *port > 0).ok_or_else(usage)?;
    let head = if is_verbose { HEAD } else { "" };
    let Some(to) = program.address(name, over_ipv6)? else {
        let hint = program.on(|guest| unknown(guest, name))?;
        let text = format!("{head}Ncat: Could not resolve hostname \"{name}\": Name or service not known. QUITTING.\n{hint}");
        return Err(failed(2, text.trim_end()));
    };
    if over_udp {
        return over_udp_to(program, (to, port), patience, is_verbose);
    }
    let told = program.ask(None, to, ("tcp", port), patience)?;
    let why = match told.how {
        How::Answered(_) if is_verbose => {
            let hundredths = told.took().as_millis() / 10;
            let end = format!("{}.{:02}", hundredths / 100, hundredths % 100);
            return Ok(format!("{HEAD}Ncat: Connected to {to}:{port}.\nNcat: 0 bytes sent, 0 bytes received in {end} seconds.\n").into());
        }
        How::Answered(_) => return Ok(Ended::default()),
        How::Refused => "Connection refused.",
        How::NoWay => "Network is unreachable.",
        How::Nothing | How::TooLong(..) => {
            program.host.wait(Duration::from_nanos(patience.as_nanos().saturating_sub(told.took().as_nanos())));
            "TIMEOUT."
        }
    };
    Err(failed(1, &format!("{head}Ncat: {why}")))
}

/// Over UDP nobody says that something was received: what comes back is that nobody waits there, or nothing, and then it is taken for well.
fn over_udp_to(program: &mut Program<'_>, (to, port): (IpAddr, u16), patience: Duration, is_verbose: bool) -> Result<Ended, Failure> {
    let told = program.ask(None, to, ("udp", port), patience.min(UDP_WAITS))?;
    let refused = match told.how {
        How::Refused => "Connection refused.",
        How::NoWay => "Network is unreachable.",
        How::Answered(_) | How::Nothing | How::TooLong(..) => {
            program.host.wait(Duration::from_nanos(UDP_WAITS.as_nanos().saturating_sub(told.took().as_nanos())));
            let text = format!(
                "{HEAD}Ncat: Connected to {to}:{port}.\nNcat: UDP packet sent successfully\nNcat: 1 bytes sent, 0 bytes received in 2.00 seconds.\n"
            );
            return Ok(if is_verbose { text.into() } else { Ended::default() });
        }
    };
    Err(failed(1, &format!("{}Ncat: {refused}", if is_verbose { HEAD } else { "" })))
}
