//! Conversations through a NAT gateway: answered while they go on, reset once they were idle for too long.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support_dp;

use eni_core::addr::IpAddr;
use eni_core::dataplane::reason::Code;
use eni_core::id::InstanceId;
use eni_core::model::event::{Event, InstanceChange};
use eni_core::model::instance_type::InstanceType;
use eni_core::model::network::Network;
use eni_core::model::route_table::RouteTarget;
use eni_core::observe::metric::{Metric, Subject};
use eni_core::sim::Simulator;
use eni_core::sim::client::*;
use eni_core::sim::event::SimEvent;
use eni_core::sim::host::Host;
use eni_core::sim::load::LoadSpec;
use eni_core::time::Duration;
use support_dp::{BehindNat, ip};

/// A host in a private subnet whose way out is a NAT gateway.
fn network() -> (Network, InstanceId) {
    let BehindNat { lab, a, .. } = BehindNat::build();
    (lab.network, a.instance)
}

fn asks(instance: InstanceId, protocol: Protocol, interval: u64, conversation: Conversation) -> ClientSpec {
    let to = Target::Address(IpAddr::V4(ip("198.51.100.7")));
    let probe = ProbeSpec { from: Source::Instance { instance, address: None }, to, protocol, timeout: Duration::from_secs(1) };
    ClientSpec { name: "a".to_owned(), probe, interval: Duration::from_secs(interval), conversation }
}

// rules: P11 P12 R42
#[test]
fn every_protocol_gets_its_answers_through_it() {
    for protocol in [Protocol::Icmp, Protocol::Udp(53), Protocol::Tcp(443)] {
        let (network, instance) = network();
        let mut sim = Simulator::new(network, 7);
        let id = sim.add_client(asks(instance, protocol, 2, Conversation::NewEachTime)).unwrap();
        sim.advance(Duration::from_secs(19), &mut |_| {});
        let seen = sim.client(id).unwrap().statistics;
        assert_eq!((seen.sent, seen.answered, seen.lost), (10, 10, 0), "{protocol:?}");
    }
}

/// What the client of a kept connection learns when it asks every so many seconds, three times.
fn kept_open(interval: u64) -> (u64, Vec<String>) {
    let (network, instance) = network();
    let mut sim = Simulator::new(network, 7);
    let id = sim.add_client(asks(instance, Protocol::Tcp(443), interval, Conversation::KeepOpen)).unwrap();
    let mut told = Vec::new();
    sim.advance(Duration::from_secs(2 * interval + 5), &mut |event| match event {
        SimEvent::Reset { packet, .. } => told.push(format!("reset {}", packet.0)),
        SimEvent::Lost { code: Some(code), .. } => told.push(code.as_str().to_owned()),
        SimEvent::Sent { record } if matches!(record.from, Host::NatGateway(_)) => {
            assert!(record.walk.disposition.got_through(), "{:?}", record.walk.code());
            told.push(format!("gateway sends {}", record.id.0));
        }
        _ => {}
    });
    (sim.client(id).unwrap().statistics.answered, told)
}

// rules: R44
#[test]
fn a_kept_connection_is_reset_after_350_idle_seconds() {
    assert_eq!(kept_open(340), (3, vec![]), "asked in time, it stays");
    let (answered, told) = kept_open(360);
    // The second request finds the connection forgotten. The gateway's reset tells the client, whose third request opens another one.
    let [first, second, third] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!(first, Code::NgwIdleTimeout.as_str());
    assert_eq!(second.strip_prefix("gateway sends "), third.strip_prefix("reset "));
    assert_eq!(answered, 2);
}

/// What came of loads that instances with 100 Gbit/s each send through one gateway for two seconds.
struct Carried {
    /// Packets in the second one of them.
    arrived: u64,
    sent: u64,
    lost: u64,
    /// What the gateway counted: packets in, out and dropped.
    told: [u64; 3],
}

fn loads(senders: u8, streams: u16, (protocol, payload): (Protocol, u16)) -> Carried {
    let BehindNat { mut lab, nat, private, .. } = BehindNat::build();
    let group = lab.default_group;
    let kind = InstanceType::find("c5n.18xlarge").unwrap();
    let instances: Vec<InstanceId> = (0..senders)
        .map(|number| {
            let host = lab.host("sender", private, &format!("10.0.1.{}", 20 + number), &[group]);
            lab.apply(Event::InstanceChanged(host.instance, InstanceChange::Type(kind)));
            host.instance
        })
        .collect();
    let mut sim = Simulator::new(lab.network, 7);
    let spec = |instance| LoadSpec {
        from: Source::Instance { instance, address: None },
        to: Target::Address(IpAddr::V4(ip("198.51.100.7"))),
        protocol,
        streams,
        rate: None,
        payload: Some(payload),
        span: Duration::from_secs(2),
    };
    let ids: Vec<_> = instances.into_iter().map(|instance| sim.add_load(spec(instance)).unwrap()).collect();
    sim.advance(Duration::from_secs(61), &mut |_| {});
    let seconds = || ids.iter().flat_map(|id| &sim.load_of(*id).unwrap().streams).flat_map(|stream| stream.seconds.iter().enumerate());
    let told = ["PacketsInFromSource", "PacketsOutToDestination", "PacketsDropCount"].map(|name| {
        let metric = Metric::find("AWS/NATGateway", name).unwrap();
        sim.metrics().samples(sim.network(), metric, Subject::NatGateway(nat), (0, 2)).iter().map(|sample| sample.sum).sum()
    });
    Carried {
        arrived: seconds().filter(|(at, _)| *at == 1).map(|(_, second)| second.arrived).sum(),
        sent: seconds().map(|(_, second)| second.sent).sum(),
        lost: seconds().map(|(_, second)| second.lost).sum(),
        told,
    }
}

// rules: R45 W7
#[test]
fn all_that_goes_through_a_gateway_together_is_no_more_than_it_carries() {
    let (tcp, udp) = (Protocol::Tcp(443), Protocol::Udp(53));
    let full = 100_000_000_000 / (1_500 * 8);
    let table = [
        // Ten streams of 5 Gbit/s of one instance, and of two instances ten each.
        (1, 10, (udp, 1_472), full / 2, false),
        (2, 10, (udp, 1_472), full, false),
        (2, 15, (udp, 1_472), full, true),
        (3, 10, (tcp, 1_448), full, true),
        // Small packets: two streams of one instance are more than the gateway takes.
        (1, 1, (udp, 64), 6_793_478, false),
        (1, 2, (udp, 64), 10_000_000, true),
        (2, 2, (udp, 64), 10_000_000, true),
    ];
    for (senders, streams, what, arrived, over) in table {
        let seen = loads(senders, streams, what);
        assert!(seen.arrived.abs_diff(arrived) < arrived / 500, "{senders}, {streams}, {what:?}: {} of {arrived}", seen.arrived);
        let [came, left, dropped] = seen.told;
        assert_eq!((seen.lost > 0, dropped > 0), (over, over), "{senders}, {streams}, {what:?}");
        assert_eq!(dropped, seen.lost, "nobody else loses anything");
        // Beside them there is what opens and closes streams and acknowledges them, and what waits in front of the gateway at the end.
        let rest = u64::from(senders) * u64::from(streams) * 4;
        assert!(came >= seen.sent && came <= seen.sent + rest, "{came} of {}", seen.sent);
        let waiting = came.saturating_sub(left + dropped);
        assert!(waiting <= 50_000 && left + dropped <= came, "{came} came, {left} left, {dropped} were dropped");
        if what.0 == tcp {
            assert!(seen.lost * 100 < seen.sent, "what adapts loses next to nothing: {} of {}", seen.lost, seen.sent);
        }
    }
}

// rules: R45
#[test]
fn a_gateway_for_each_carries_what_one_does_not_carry_for_both() {
    let BehindNat { mut lab, private, public, .. } = BehindNat::build();
    let (group, kind) = (lab.default_group, InstanceType::find("c5n.18xlarge").unwrap());
    let other = lab.subnet("10.0.2.0/24");
    let second = lab.nat_gateway(public, "10.0.9.19", Some("203.0.113.19"));
    let table = lab.own_table(other);
    lab.route(table, "0.0.0.0/0", RouteTarget::NatGateway(second));
    let hosts = [lab.host("one", private, "10.0.1.20", &[group]), lab.host("two", other, "10.0.2.20", &[group])];
    for host in hosts {
        lab.apply(Event::InstanceChanged(host.instance, InstanceChange::Type(kind)));
    }
    let mut sim = Simulator::new(lab.network, 7);
    let spec = |instance| LoadSpec {
        from: Source::Instance { instance, address: None },
        to: Target::Address(IpAddr::V4(ip("198.51.100.7"))),
        protocol: Protocol::Udp(53),
        streams: 15,
        rate: None,
        payload: Some(1_472),
        span: Duration::from_secs(2),
    };
    let ids = hosts.map(|host| sim.add_load(spec(host.instance)).unwrap());
    sim.advance(Duration::from_secs(3), &mut |_| {});
    let seconds = ids.iter().flat_map(|id| &sim.load_of(*id).unwrap().streams).flat_map(|stream| &stream.seconds);
    assert_eq!(seconds.map(|second| second.lost).sum::<u64>(), 0);
}

// rules: R44 W7
#[test]
fn a_load_keeps_its_mapping_for_as_long_as_it_goes_on() {
    let BehindNat { lab, a, nat, .. } = BehindNat::build();
    let mut sim = Simulator::new(lab.network, 7);
    let (from, to) = (Source::Instance { instance: a.instance, address: None }, Target::Address(IpAddr::V4(ip("198.51.100.7"))));
    let spec = LoadSpec {
        from,
        to,
        protocol: Protocol::Udp(53),
        streams: 1,
        rate: Some(80_000),
        payload: Some(1_000),
        span: Duration::from_secs(600),
    };
    sim.add_load(spec).unwrap();
    sim.advance(Duration::from_secs(1_200), &mut |_| {});
    let told = |name| {
        let metric = Metric::find("AWS/NATGateway", name).unwrap();
        let samples = sim.metrics().samples(sim.network(), metric, Subject::NatGateway(nat), (0, u64::MAX));
        samples.iter().filter(|sample| sample.sum > 0).map(|sample| (sample.minute, sample.sum)).collect::<Vec<_>>()
    };
    // 350 s after its last packet it is forgotten.
    assert_eq!(told("IdleTimeoutCount"), [(15, 1)]);
    assert_eq!(told("ActiveConnectionCount"), (0..15).map(|minute| (minute, 1)).collect::<Vec<_>>());
}
