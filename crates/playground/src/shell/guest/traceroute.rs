//! `traceroute`: who on the way counts hops, printed as traceroute prints it (`G16`). The routers of VPCs, internet gateways and peering connections
//! count none and are not seen; NAT gateways and instances that forward are.

use super::names;
use super::net::{Family, Program, RESOLVER_GIVES_UP};
use super::{Ended, Guest, failed};
use crate::shell::{Failure, said};
use eni_core::addr::{IpAddr, Ipv4Addr};
use eni_core::dataplane::Assume;
use eni_core::dataplane::reason::Code;
use eni_core::dataplane::trace::{End, LENGTH, Trace, TraceRequest, trace};
use eni_core::dataplane::verdict::Place;
use eni_core::model::hosted_zone::RecordType;
use eni_core::time::Duration;

/// How many routers of the internet a packet meets, none of which says anything (`M`).
pub const ROUTERS_OUTSIDE: usize = 12;
/// How long it waits for answers that do not come.
const PATIENCE: Duration = Duration::from_secs(5);
/// The most hops, if nothing else is wanted.
const MOST: usize = 30;
/// The first port that it asks over UDP.
const FIRST_PORT: u16 = 33_434;
const UDP: u8 = 17;
/// What an answer takes from inside the region, and from outside (`M`).
pub(super) const TIMES: [&str; 2] = ["0.512 ms  0.498 ms  0.505 ms", "41.180 ms  41.022 ms  41.063 ms"];

struct Options<'w> {
    protocol: u8,
    port: u16,
    most: usize,
    is_numeric: bool,
    family: Family,
    to: &'w str,
}

pub(super) fn traceroute(program: &mut Program<'_>, words: &[&str]) -> Result<Ended, Failure> {
    let options = read(words).ok_or_else(|| failed(2, said::TRACEROUTE_USAGE))?;
    // It prefers IPv4, whatever the system does.
    let all = program.addresses(options.to, options.family)?;
    let Some(to) = all.iter().find(|to| to.is_ipv4()).or(all.first()).copied() else {
        let (why, hint) = program.unresolved(options.to, RESOLVER_GIVES_UP)?;
        let fault = format!("{why}\nCannot handle \"host\" cmdline arg");
        return Err(failed(2, format!("{}: {fault} `{}' on position 1 (argc 1)\n{hint}", options.to, options.to).trim_end()));
    };
    let asked = Way { protocol: options.protocol, port: options.port, length: LENGTH, to };
    let lines = program.on(|guest| {
        let hops = way(guest, asked, options.most)?;
        Ok(hops.into_iter().map(|hop| shown(guest, &options, hop)).collect::<Vec<String>>())
    })??;
    if lines.iter().any(|line| line.starts_with('*')) {
        program.host.wait(PATIENCE);
    }
    let bytes = if to.is_ipv4() { 60 } else { 80 };
    let head = format!("traceroute to {} ({to}), {} hops max, {bytes} byte packets\n", options.to, options.most);
    let lines = (1..).zip(lines).map(|(number, line): (usize, String)| format!("{number:2}  {line}\n"));
    Ok((head + &lines.collect::<String>()).into())
}

/// What stands in a line behind its number.
fn shown(guest: &Guest<'_>, options: &Options<'_>, hop: Hop) -> String {
    let named = |ip: IpAddr, times: &str| {
        if options.is_numeric { format!("{ip}  {times}") } else { format!("{} ({ip})  {times}", name(guest, ip)) }
    };
    let [inside, outside] = TIMES;
    match hop {
        Hop::Silent => "* * *".to_owned(),
        Hop::Router(ip) => named(ip, inside),
        Hop::End(ip, is_outside) => named(ip, if is_outside { outside } else { inside }),
    }
}

fn read<'w>(words: &[&'w str]) -> Option<Options<'w>> {
    let mut options = Options { protocol: UDP, port: FIRST_PORT, most: MOST, is_numeric: false, family: Family::Any, to: "" };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "-n" => options.is_numeric = true,
            "-4" | "-6" => options.family = Family::of_letters(word, options.family),
            "-I" => options.protocol = 1,
            "-T" => (options.protocol, options.port) = (6, 80),
            "-p" => options.port = words.next()?.parse().ok().filter(|port| *port > 0)?,
            "-m" => options.most = words.next()?.parse().ok().filter(|most| (1..=255).contains(most))?,
            to if options.to.is_empty() && !to.starts_with('-') => options.to = to,
            _ => return None,
        }
    }
    Some(options).filter(|options| !options.to.is_empty())
}

/// What is sent to find out who is on a way.
#[derive(Clone, Copy)]
pub(super) struct Way {
    pub(super) protocol: u8,
    pub(super) port: u16,
    /// How long the packets are, in bytes.
    pub(super) length: u16,
    pub(super) to: IpAddr,
}

impl Way {
    /// The packet that goes all the way.
    pub(super) fn request(&self, guest: &Guest<'_>) -> TraceRequest {
        let request = TraceRequest::new(End::Instance(guest.instance.id), End::Address(self.to));
        // Nobody waits on the ports that are asked over UDP: that is what the end says.
        let assume = Assume { listening: self.protocol != UDP, ..request.assume };
        TraceRequest { protocol: self.protocol, port: self.port, length: self.length, assume, ..request }
    }
}

/// Who is met after so many hops.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Hop {
    /// Somebody who says nothing, or nobody.
    Silent,
    /// Somebody who hands the packet on.
    Router(IpAddr),
    /// Who was asked; whether outside of the region.
    End(IpAddr, bool),
}

/// Who is met on the way, hop by hop.
pub(super) fn way(guest: &Guest<'_>, asked: Way, most: usize) -> Result<Vec<Hop>, Failure> {
    let found = trace(guest.network(), &asked.request(guest)).map_err(|_| failed(1, "connect: Network is unreachable"))?;
    let is_outside = found.forward.arrived.is_some_and(|arrival| arrival.place == Place::Internet);
    let mut hops: Vec<Hop> = routers(guest, &found).into_iter().map(|ip| Hop::Router(IpAddr::V4(ip))).collect();
    if is_outside {
        hops.resize(hops.len() + ROUTERS_OUTSIDE, Hop::Silent);
    }
    let refuses =
        found.forward.code() == Some(Code::GuestNoListener) && found.reply.as_ref().is_some_and(|told| told.disposition.got_through());
    if found.got_through() || refuses {
        hops.push(Hop::End(asked.to, is_outside));
    } else {
        hops.resize(most.max(hops.len()), Hop::Silent);
    }
    hops.truncate(most);
    Ok(hops)
}

/// Who on the way counts a hop: the address by which each was reached.
fn routers(guest: &Guest<'_>, found: &Trace) -> Vec<Ipv4Addr> {
    let network = guest.network();
    let places: Vec<Place> = found.forward.hops().filter_map(|hop| hop.first()).map(|step| step.place).collect();
    let of = |(at, place): (usize, &Place)| {
        let is_last = at + 1 == places.len();
        let eni = match (place, at.checked_sub(1).and_then(|before| places.get(before))) {
            (Place::NatGateway(id), _) => network.nat_gateway(*id)?.eni()?,
            (Place::Guest(_), Some(Place::Eni(eni))) if !is_last => *eni,
            _ => return None,
        };
        network.eni(eni)?.primary_ip()
    };
    places.iter().enumerate().filter_map(of).collect()
}

/// The name of an address, if it has one.
pub(super) fn name(guest: &Guest<'_>, address: IpAddr) -> String {
    let pointer = names::pointer(&address.to_string());
    let named = pointer.and_then(|pointer| names::records(guest, &pointer, RecordType::Ptr).first().map(names::value));
    named.map_or_else(|| address.to_string(), |name| name.trim_end_matches('.').to_owned())
}
