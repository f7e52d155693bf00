//! An hour of a busy network: what the simulator keeps does not grow with the time that has passed.

mod scenes;

use eni_core::model::instance::GuestFlavour;
use eni_core::sim::MAX_SOCKETS;
use eni_core::sim::client::{ClientSpec, Conversation, OUTCOMES_KEPT, ProbeSpec, Protocol, Target};
use eni_core::sim::record::{LOST_KEPT, PACKETS_KEPT};
use scenes::{Scene, first_scene, secs};

/// What is kept at a moment: things planned, sockets, packets, flows.
fn kept(scene: &Scene) -> [usize; 4] {
    let simulator = &scene.simulator;
    let flows = simulator.network().enis().map(|eni| simulator.tracking().flows(eni.id).count()).sum();
    [simulator.load().0, simulator.load().1, simulator.packets().count(), flows]
}

#[test]
fn an_hour_of_twenty_clients_takes_no_more_room_than_ten_minutes() {
    let mut scene = first_scene(GuestFlavour::PolicyRouting);
    let protocols = [Protocol::Icmp, Protocol::Udp(53), Protocol::Tcp(443), Protocol::Tcp(80)];
    for number in 0..20 {
        let (outside, kept_open) = (number % 2 == 0, number % 3 == 0);
        let (from, to) = match outside {
            true => (Scene::outside(), Target::PublicOf(scene.service)),
            false => (scene.inside(), Target::PrivateOf(scene.service)),
        };
        let probe = ProbeSpec { from, to, protocol: protocols[number % protocols.len()], timeout: secs(2) };
        let conversation = if kept_open { Conversation::KeepOpen } else { Conversation::NewEachTime };
        let spec = ClientSpec { name: format!("client {number}"), probe, interval: secs(5), conversation };
        scene.simulator.add_client(spec).unwrap();
    }
    let mut most = Vec::new();
    for minute in 1..=60u64 {
        // Twice in ten minutes the ENI leaves in the middle of everything, and comes back or goes to the other server.
        let to = if minute.is_multiple_of(10) { scene.web_2 } else { scene.web_1 };
        if minute.is_multiple_of(5) {
            scene.detach();
        }
        if minute % 5 == 1 && minute > 1 {
            scene.attach(to);
        }
        scene.run_quietly_to(secs(minute * 60));
        let now = kept(&scene);
        if minute.is_multiple_of(10) || most.is_empty() {
            most.push(now);
        }
        let held = most.last_mut().unwrap();
        *held = std::array::from_fn(|at| held[at].max(now[at]));
    }
    let [first, .., last] = most.as_slice() else { panic!("{most:?}") };
    for (at, what) in ["things planned", "sockets", "packets", "flows"].iter().enumerate() {
        assert!(last[at] <= first[at] + first[at] / 5 + 20, "{what} grow: {most:?}");
    }
    assert!(last[1] < MAX_SOCKETS && last[2] <= PACKETS_KEPT + LOST_KEPT);
    for client in scene.simulator.clients() {
        assert!(client.statistics.sent >= 700, "{:?} asked all the time", client.spec.name);
        assert!(client.statistics.outcomes.len() <= OUTCOMES_KEPT && client.pending <= 2);
    }
}
