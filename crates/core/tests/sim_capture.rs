//! What a capture at an ENI sees of a packet: its frames, who sends them on the link, who sees them, and when.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod scenes;

use eni_core::addr::{Direction, IpAddr, Ipv4Addr, Mac};
use eni_core::control::command::Command;
use eni_core::id::{EniId, InstanceId};
use eni_core::model::instance::GuestFlavour;
use eni_core::sim::capture::{Frame, of_record};
use eni_core::sim::client::{ProbeSpec, Protocol, Source, Target};
use eni_core::sim::link;
use eni_core::sim::load::LoadSpec;
use eni_core::time::{Duration, Instant};
use scenes::{Scene, act, first_scene, millis, secs};

/// The frames of the first packet of a question, how long it was on its way, and when it was sent.
fn frames(scene: &mut Scene, from: Source, to: Target, protocol: Protocol) -> (Vec<Frame>, Duration, Instant) {
    let asked = scene.simulator.send_once(ProbeSpec { from, to, protocol, timeout: secs(1) }).unwrap();
    scene.simulator.advance(secs(2), &mut |_| {});
    let record = scene.simulator.packet(asked).unwrap();
    (of_record(scene.simulator.network(), record), record.travel, record.at)
}

fn primary(scene: &Scene, instance: InstanceId) -> EniId {
    scene.simulator.network().instance(instance).unwrap().primary_eni().unwrap()
}

fn mac(scene: &Scene, eni: EniId) -> Mac {
    scene.simulator.network().eni(eni).unwrap().mac
}

fn router(scene: &Scene, eni: EniId) -> Mac {
    let network = scene.simulator.network();
    network.subnet(network.eni(eni).unwrap().subnet).unwrap().router_mac()
}

/// The ENI, its direction, whether the guest sees it, and who sends it to whom.
type Seen = (EniId, Direction, bool, Mac, Mac);

fn seen(frames: &[Frame]) -> Vec<Seen> {
    frames.iter().map(|frame| (frame.eni, frame.direction, frame.seen_by_guest, frame.source, frame.destination)).collect()
}

#[test]
fn between_subnets_the_router_stands_between_and_beside_nobody_does() {
    let mut scene = first_scene(GuestFlavour::PolicyRouting);
    let (client, service, beside) = (primary(&scene, scene.client), scene.service, primary(&scene, scene.web_2));
    let [client_mac, service_mac, beside_mac] = [client, service, beside].map(|eni| mac(&scene, eni));
    let (near, far) = (router(&scene, client), router(&scene, service));
    let inside = scene.inside();
    let (found, travel, at) = frames(&mut scene, inside, Target::PrivateOf(service), Protocol::Icmp);
    let expected = [(client, Direction::Egress, true, client_mac, near), (service, Direction::Ingress, true, far, service_mac)];
    assert_eq!(seen(&found), expected);
    assert_eq!((found[0].at, found[1].at, found[0].from_outside), (at, at + travel, false));
    let neighbour = Source::Instance { instance: scene.web_2, address: None };
    let (found, ..) = frames(&mut scene, neighbour, Target::PrivateOf(service), Protocol::Icmp);
    let expected =
        [(beside, Direction::Egress, true, beside_mac, service_mac), (service, Direction::Ingress, true, beside_mac, service_mac)];
    assert_eq!(seen(&found), expected);
}

#[test]
fn what_is_refused_on_the_way_in_no_guest_sees_and_what_is_refused_on_the_way_out_its_own_does() {
    let mut scene = first_scene(GuestFlavour::PolicyRouting);
    let (client, service, inside) = (primary(&scene, scene.client), scene.service, scene.inside());
    let (found, _, at) = frames(&mut scene, inside, Target::PrivateOf(service), Protocol::Tcp(444));
    assert_eq!(found.iter().map(|frame| (frame.eni, frame.seen_by_guest)).collect::<Vec<_>>(), [(client, true), (service, false)]);
    assert_eq!((found[0].at, found[1].at), (at, at + link::OTHER_ZONE), "it came that far");
    let network = scene.simulator.network();
    let group = network.eni(client).unwrap().groups[0];
    let rules = network.group(group).unwrap().rules_of(Direction::Egress).map(|rule| rule.id).collect();
    act(&mut scene.simulator, Command::RevokeSecurityGroup { group, direction: Direction::Egress, permissions: Vec::new(), rules });
    let (found, ..) = frames(&mut scene, inside, Target::PrivateOf(service), Protocol::Icmp);
    assert_eq!(found.iter().map(|frame| (frame.eni, frame.seen_by_guest)).collect::<Vec<_>>(), [(client, true)]);
}

#[test]
fn what_comes_from_outside_was_on_its_way_before_the_first_eni() {
    let mut scene = first_scene(GuestFlavour::PolicyRouting);
    let (service, far) = (scene.service, router(&scene, scene.service));
    let own = mac(&scene, service);
    for (protocol, guest_sees) in [(Protocol::Tcp(443), true), (Protocol::Tcp(444), false)] {
        let (found, _, at) = frames(&mut scene, Scene::outside(), Target::PublicOf(service), protocol);
        assert_eq!(seen(&found), [(service, Direction::Ingress, guest_sees, far, own)]);
        assert_eq!((found[0].at, found[0].from_outside), (at + link::INTERNET, true), "{protocol:?}");
    }
}

#[test]
fn what_goes_to_a_service_of_the_host_is_seen_where_it_leaves() {
    let mut scene = first_scene(GuestFlavour::PolicyRouting);
    let (client, inside) = (primary(&scene, scene.client), scene.inside());
    let resolver = Target::Address(IpAddr::V4(Ipv4Addr::new(169, 254, 169, 253)));
    let (found, ..) = frames(&mut scene, inside, resolver, Protocol::Udp(53));
    assert_eq!(found.iter().map(|frame| (frame.eni, frame.direction)).collect::<Vec<_>>(), [(client, Direction::Egress)]);
}

// rules: E87
#[test]
fn a_frame_that_waited_behind_a_load_came_when_its_packet_did() {
    let mut scene = first_scene(GuestFlavour::PolicyRouting);
    let (inside, to) = (scene.inside(), Target::PrivateOf(scene.service));
    let spec = LoadSpec { from: inside, to, protocol: Protocol::Tcp(443), streams: 2, rate: None, payload: None, span: secs(10) };
    scene.simulator.add_load(spec).unwrap();
    scene.simulator.advance(millis(1_500), &mut |_| {});
    let (found, travel, at) = frames(&mut scene, inside, to, Protocol::Icmp);
    assert!(travel > link::OTHER_ZONE);
    assert_eq!(found[1].at, at + travel);
}
