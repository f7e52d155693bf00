//! `nc -zv`, over UDP `nc -uzv`: whether a port can be reached, printed as Ncat prints it, which Amazon Linux has.

use super::net::{Family, Program, RESOLVER_GIVES_UP, seconds};
use super::{Ended, failed};
use crate::shell::{Failure, said as words};
use crate::world::told::How;
use eni_core::addr::IpAddr;
use eni_core::time::Duration;

/// How long Ncat waits for a connection.
const USUAL: Duration = Duration::from_secs(10);
/// How long it waits over UDP for the word that nobody is there.
const UDP_WAITS: Duration = Duration::from_secs(2);
const HEAD: &str = "Ncat: Version 7.93 ( https://nmap.org/ncat )\n";

pub(super) fn nc(program: &mut Program<'_>, words: &[&str]) -> Result<Ended, Failure> {
    let usage = || failed(2, words::NC_USAGE);
    let (mut patience, mut is_verbose, mut is_probe, mut family, mut over_udp, mut ends) =
        (USUAL, false, false, Family::Any, false, Vec::new());
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "-w" => patience = words.next().and_then(|word| seconds(word)).ok_or_else(usage)?,
            letters if letters.len() > 1 && letters.strip_prefix('-').is_some_and(|rest| rest.chars().all(|one| "zvu46".contains(one))) => {
                is_verbose |= letters.contains('v');
                is_probe |= letters.contains('z');
                family = Family::of_letters(letters, family);
                over_udp |= letters.contains('u');
            }
            end if !end.starts_with('-') => ends.push(end),
            _ => return Err(usage()),
        }
    }
    let ([name, port], true) = (ends.as_slice(), is_probe) else { return Err(usage()) };
    let port: u16 = port.parse().ok().filter(|port| *port > 0).ok_or_else(usage)?;
    let said = Said { is_verbose, text: String::new() };
    let all = program.addresses(name, family)?;
    let Some(first) = all.first() else {
        let (why, hint) = program.unresolved(name, RESOLVER_GIVES_UP)?;
        let text = format!("{}Ncat: Could not resolve hostname \"{name}\": {why}. QUITTING.\n{hint}", said.head());
        return Err(failed(2, text.trim_end()));
    };
    if over_udp { over_udp_to(program, (*first, port), patience, said) } else { over_tcp(program, (&all, port), patience, said) }
}

/// What is told with `-v`; without it a probe says nothing, whatever comes of it.
struct Said {
    is_verbose: bool,
    text: String,
}

impl Said {
    fn head(&self) -> &'static str {
        if self.is_verbose { HEAD } else { "" }
    }

    fn add(&mut self, text: &str) {
        if self.is_verbose {
            self.text.push_str(text);
        }
    }

    fn done(self) -> Ended {
        Ended::from(format!("{}{}", self.head(), self.text))
    }

    fn lost(mut self, why: &str) -> Failure {
        self.add(&format!("Ncat: {why}\n"));
        Failure { exit: 1, text: format!("{}{}", self.head(), self.text) }
    }
}

/// One address after the other is tried.
fn over_tcp(program: &mut Program<'_>, (all, port): (&[IpAddr], u16), patience: Duration, mut said: Said) -> Result<Ended, Failure> {
    let mut lost = None;
    for to in all {
        if let Some((before, why)) = lost {
            said.add(&format!("Ncat: Connection to {before} failed: {why}\nNcat: Trying next address...\n"));
        }
        let told = program.ask(None, *to, ("tcp", port), patience)?;
        let why = match told.how {
            How::Answered(_) => {
                let hundredths = told.took().as_millis() / 10;
                let end = format!("{}.{:02}", hundredths / 100, hundredths % 100);
                said.add(&format!("Ncat: Connected to {to}:{port}.\nNcat: 0 bytes sent, 0 bytes received in {end} seconds.\n"));
                return Ok(said.done());
            }
            How::Refused => "Connection refused.",
            How::NoWay => "Network is unreachable.",
            How::Nothing | How::TooLong(..) => "TIMEOUT.",
        };
        program.wait_out(&told, patience);
        lost = Some((*to, why));
    }
    Err(said.lost(lost.map_or("", |(_, why)| why)))
}

/// Over UDP nobody says that something was received: what comes back is that nobody waits there, or nothing, and then it is taken for well.
fn over_udp_to(program: &mut Program<'_>, (to, port): (IpAddr, u16), patience: Duration, mut said: Said) -> Result<Ended, Failure> {
    let told = program.ask(None, to, ("udp", port), patience.min(UDP_WAITS))?;
    match told.how {
        How::Refused => Err(said.lost("Connection refused.")),
        How::NoWay => Err(said.lost("Network is unreachable.")),
        How::Answered(_) | How::Nothing | How::TooLong(..) => {
            program.host.wait(Duration::from_nanos(UDP_WAITS.as_nanos().saturating_sub(told.took().as_nanos())));
            said.add(&format!(
                "Ncat: Connected to {to}:{port}.\nNcat: UDP packet sent successfully\nNcat: 1 bytes sent, 0 bytes received in 2.00 seconds.\n"
            ));
            Ok(said.done())
        }
    }
}
