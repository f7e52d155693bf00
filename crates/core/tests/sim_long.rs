//! An hour of a busy network: what the simulator keeps does not grow with the time that has passed.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod scenes;

use eni_core::model::instance::GuestFlavour;
use eni_core::observe::flow_log::RECORDS_KEPT;
use eni_core::sim::MAX_SOCKETS;
use eni_core::sim::client::{ClientSpec, Conversation, OUTCOMES_KEPT, ProbeSpec, Protocol, Target};
use eni_core::sim::record::{LOST_KEPT, PACKETS_KEPT};
use scenes::{Scene, first_scene, secs};

/// So many ask…
const CLIENTS: usize = 200;
/// …each so often.
const INTERVAL: u64 = 2;
/// What is kept at a moment.
const KEPT: [&str; 6] = ["things planned", "sockets", "packets", "flows", "records of flow logs", "kB of memory"];

/// Where the memory stands among them.
const MEMORY: usize = 5;

fn kept(scene: &Scene) -> [usize; 6] {
    let simulator = &scene.simulator;
    let flows = simulator.network().enis().map(|eni| simulator.tracking().flows(eni.id).count()).sum();
    let records = simulator.flow_logs().records().len();
    [simulator.load().0, simulator.load().1, simulator.packets().count(), flows, records, resident_kb()]
}

/// What the process has in memory, where the system says so.
fn resident_kb() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")).and_then(|number| number.trim().parse().ok()).unwrap_or(0)
}

#[test]
fn an_hour_of_two_hundred_clients_takes_no_more_room_than_ten_minutes() {
    let mut scene = first_scene(GuestFlavour::PolicyRouting);
    let protocols = [Protocol::Icmp, Protocol::Udp(53), Protocol::Tcp(443), Protocol::Tcp(80)];
    let log = scene.flow_log();
    scene.act(log);
    for number in 0..CLIENTS {
        let (outside, kept_open) = (number % 2 == 0, number % 3 == 0);
        let (from, to) = match outside {
            true => (Scene::outside(), Target::PublicOf(scene.service)),
            false => (scene.inside(), Target::PrivateOf(scene.service)),
        };
        let probe = ProbeSpec { from, to, protocol: protocols[number % protocols.len()], timeout: secs(2) };
        let conversation = if kept_open { Conversation::KeepOpen } else { Conversation::NewEachTime };
        let spec = ClientSpec { name: format!("client {number}"), probe, interval: secs(INTERVAL), conversation };
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
    let [first, .., full, _, last] = most.as_slice() else { panic!("{most:?}") };
    for (at, what) in KEPT.iter().enumerate() {
        // What clients remember of their own requests is full after twenty minutes, and the system keeps pages for a while.
        let before = if at == MEMORY { full[at] } else { first[at] };
        assert!(last[at] <= before + before / 20 + 20, "{what} grow: {most:?}");
    }
    assert!(last[1] < MAX_SOCKETS && last[2] <= PACKETS_KEPT + LOST_KEPT && last[4] == RECORDS_KEPT, "{most:?}");
    assert!(scene.simulator.flow_logs().forgotten() > 0, "older records were let go");
    for client in scene.simulator.clients() {
        assert!(client.statistics.sent >= 3_600 / INTERVAL - 20, "{:?} asked all the time", client.spec.name);
        assert!(client.statistics.outcomes.len() <= OUTCOMES_KEPT && client.pending <= 2);
    }
}
