//! Conversations through a NAT gateway: answered while they go on, reset once they were idle for too long.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support_dp;

use eni_core::addr::IpAddr;
use eni_core::dataplane::reason::Code;
use eni_core::id::InstanceId;
use eni_core::model::network::Network;
use eni_core::sim::Simulator;
use eni_core::sim::client::*;
use eni_core::sim::event::SimEvent;
use eni_core::sim::host::Host;
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
