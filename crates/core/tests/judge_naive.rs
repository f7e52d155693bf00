//! Two judges of packets, one of them naive, say the same of random networks: who got a packet and as what, or which check lost it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod random_net;
mod support_dp;

use eni_core::dataplane::conntrack::Tracking;
use eni_core::dataplane::pipeline::Check;
use eni_core::dataplane::verdict::Walk;
use eni_core::dataplane::{Assume, Luck, Origin, Question, judge};
use eni_core::model::network::Network;
use eni_core::packet::Packet;
use eni_core::time::Instant;
use random_net::built::{Built, build};
use random_net::draw::{Draw, network};
use random_net::estate::estate;
use random_net::naive::{Memory, Naive, Said};
use random_net::probe::{self, Probe};
use random_net::{Piece, shrink};
use std::collections::BTreeMap;
use support_dp::packet;

const NETWORKS: u64 = 400;
const PROBES: u16 = 60;
const PAIRS: usize = 4_000;

/// What both judges can say no by. That a NAT gateway works is asked of routes to it first.
const CHECKS: [Check; 20] = [
    Check::SourceRuns,
    Check::GuestRoute,
    Check::SourceAttached,
    Check::SourceDestCheckOut,
    Check::GroupOut,
    Check::SameSubnet,
    Check::AclOut,
    Check::Route,
    Check::Owner,
    Check::GatewaySource,
    Check::GatewayDestination,
    Check::PublicAddress,
    Check::NatSource,
    Check::NatTranslate,
    Check::PeeringAddress,
    Check::AclIn,
    Check::GroupIn,
    Check::SourceDestCheckIn,
    Check::DestinationRuns,
    Check::GuestAddress,
];

/// What the judge that ships says, in the naive one's words.
fn shipped(network: &Network, origin: Origin, packet: Packet, tracking: &mut Tracking) -> Said {
    let assume = Assume { listening: true, ..Assume::default() };
    let mut walk = Walk::default();
    judge(&Question { network, tracking, now: Instant::ZERO, assume, luck: Luck::Good }, origin, packet, &mut walk);
    tracking.note(&walk.effects, Instant::ZERO);
    match walk.arrived.filter(|_| walk.disposition.got_through()) {
        Some(arrival) => Ok((arrival.place, arrival.packet)),
        None => Err(walk.blocker().unwrap().check),
    }
}

/// What both judges say of a packet, and of its answer after something else has happened to the network.
fn both(before: &Built, after: &Built, probe: &Probe) -> Option<Vec<(Said, Said)>> {
    let (mut tracking, mut memory) = (Tracking::default(), Memory::default());
    let mut ask = |built: &Built, origin, packet| {
        let network = &built.lab.network;
        (shipped(network, origin, packet, &mut tracking), Naive::new(network).send(origin, packet, &mut memory))
    };
    let asked = ask(before, probe.origin(before)?, probe.packet);
    let reply = asked.0.ok().and_then(|(place, packet)| probe::reply(place, &packet));
    let answered = reply.map(|(origin, packet)| ask(after, origin, packet));
    Some([asked].into_iter().chain(answered).collect())
}

fn differ(said: &[(Said, Said)]) -> bool {
    said.iter().any(|(shipped, naive)| shipped != naive)
}

/// The rules of groups and ACLs that an edit leaves, drawn for each of them.
fn edited(pieces: &[Piece], draw: &mut Draw) -> Vec<Piece> {
    pieces.iter().map(|piece| if draw.chance(30) { piece.silent() } else { piece.clone() }).collect()
}

/// What the naive judge does not know.
fn is_left_out(piece: &Piece) -> bool {
    use Piece::{Edge, EgressOnly, Ipv6, Service, Told, Vpn};
    matches!(piece, Ipv6 { .. } | EgressOnly { .. } | Vpn { .. } | Edge { .. } | Told { .. } | Service { .. })
}

fn difference(seed: u64, pieces: &[Piece], probe: &Probe, said: &[(Said, Said)]) -> String {
    let bad = |pieces: &[Piece]| {
        let built = build(pieces);
        both(&built, &built, probe).is_some_and(|said| differ(&said))
    };
    // One that comes only by the edit stays as large as it was found.
    let smallest = if bad(pieces) { shrink(pieces, bad) } else { pieces.to_vec() };
    format!("seed {seed}: {probe:?}\nin {smallest:#?}\n(shipped, naive): {said:#?}")
}

// rules: E40 G2 G4 G5 N4 N7 N9 N10 P2 P3 P4 P8 P9 P11 P12 P24 R5 R11 R12 R33 R34 R40 R46 R53 S2 S3 S22 S25 S32 S35
#[test]
fn two_judges_agree_on_random_networks() {
    let mut endings: BTreeMap<Option<Check>, usize> = BTreeMap::new();
    for seed in 0..NETWORKS {
        let mut draw = Draw::new(seed ^ 0x5eed);
        let mut pieces = network(seed);
        pieces.retain(|piece| !is_left_out(piece));
        for piece in &mut pieces {
            if let Piece::Instance { guest, .. } = piece {
                (guest.masquerades, guest.reverse_path) = (false, 0);
            }
        }
        let (before, after) = (build(&pieces), build(&edited(&pieces, &mut draw)));
        for number in 0..PROBES {
            let probe = probe::draw(&mut draw, &pieces, number);
            let Some(said) = both(&before, &after, &probe) else { continue };
            for (shipped, _) in &said {
                *endings.entry(shipped.err()).or_default() += 1;
            }
            assert!(!differ(&said), "{}", difference(seed, &pieces, &probe, &said));
        }
    }
    // The networks are such that every check has something to say.
    let silent: Vec<Check> = CHECKS.into_iter().filter(|check| !endings.contains_key(&Some(*check))).collect();
    assert!(silent.is_empty() && endings[&None] > 5_000, "{silent:?} {endings:?}");
}

// rules: N4 N9 R5 R12 R33 R53 S3 S22 S32
#[test]
fn two_judges_agree_on_an_estate_of_10_000_enis() {
    let estate = estate(10_000, 1);
    let network = &estate.lab.network;
    assert_eq!((estate.hosts.len(), network.check_invariants()), (10_000, vec![]));
    let naive = Naive::new(network);
    let mut draw = Draw::new(2);
    let mut endings: BTreeMap<Option<Check>, usize> = BTreeMap::new();
    for number in 0..PAIRS {
        let (at, port) = (draw.below(10_000), draw.one_of(&[22, 80, 443, 5432, 8080, 8443, 9100]));
        // Half of them within a service, where most is allowed.
        let other = if draw.chance(50) { at / 20 * 20 + draw.below(20) } else { draw.below(10_000) };
        let (host, _) = estate.hosts[at];
        let (origin, from, to) = match draw.below(8) {
            0 => (Origin::Instance(host.instance), "0.0.0.0", "198.51.100.7"),
            1 => (Origin::Internet, draw.one_of(&["198.51.100.7", "203.0.113.5"]), draw.one_of(&estate.publics).leak() as &str),
            _ => (Origin::Instance(host.instance), "0.0.0.0", estate.hosts[other].1.as_str()),
        };
        let ask = packet(&format!("tcp {from}:{} > {to}:{port}", 10_000 + number * 5));
        let (mut tracking, mut memory) = (Tracking::default(), Memory::default());
        let forward = shipped(network, origin, ask, &mut tracking);
        assert_eq!(forward, naive.send(origin, ask, &mut memory), "{ask:?}");
        *endings.entry(forward.err()).or_default() += 1;
        if let Some((origin, answer)) = forward.ok().and_then(|(place, packet)| probe::reply(place, &packet)) {
            let back = shipped(network, origin, answer, &mut tracking);
            assert_eq!(back, naive.send(origin, answer, &mut memory), "{answer:?}");
            *endings.entry(back.err()).or_default() += 1;
        }
    }
    assert!(endings[&None] > 1_000 && endings.len() > 5, "{endings:?}");
}
