//! Random networks as real ones: Linux namespaces, joined by wires, with routes, nftables and connection tracking in them.
//!
//! The namespaces and wires stay; a network's addresses, routes and rules are put into them and taken out again. There is one for each
//! ENI (its groups and its source/destination check), one for each guest, one for the routers of both VPCs with their ACLs, one for their
//! internet gateways, one for each NAT gateway and one for the internet. All devices have one MAC address and ask for none, so that nothing is on
//! the wires but what is sent.
//!
//! Nothing waits for a time. A packet that was sent is wherever it will get to, or lost, once another one has come through that was sent
//! after it, over more hops than a packet can live, on the same processor: a processor takes packets in the order in which they came.
#![allow(dead_code, reason = "each test file uses its own part")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]
#![allow(missing_docs, reason = "names say it")]

mod layout;
mod rules;
mod wire;

use crate::random_net::Piece;
use crate::random_net::built::{Built, build};
use crate::random_net::draw::{HOSTS, HOSTS_IPV6, INSTANCES, OFFICE};
use crate::random_net::probe::{From, Probe};
use eni_core::dataplane::trace::answer;
use eni_core::model::instance::InstanceState;
use eni_core::packet::{FlowId, Packet};
use layout::Layout;
pub use layout::{GUESTS, IN_OFFICE};
use rustix::process::Pid;
use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
use std::collections::BTreeMap;
use wire::Wire;

/// Who heard a packet, and as what it came: an instance by its number, a service (from `GUESTS` on), the office (`IN_OFFICE`), or the internet.
pub type Heard = Option<(Option<usize>, FlowId)>;

/// What became of a packet and of the answer to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer {
    pub forward: Heard,
    pub back: Heard,
}

/// Namespaces with whatever network they were given last.
pub struct Kernel {
    layout: Layout,
    wire: Wire,
    loaded: BTreeMap<String, (Vec<String>, String)>,
    /// Connections of one network are nothing to the next.
    zone: u16,
}

/// The processors that this process may run on.
pub fn processors() -> Vec<usize> {
    let allowed = sched_getaffinity(None).unwrap();
    (0..CpuSet::MAX_CPU).filter(|cpu| allowed.is_set(*cpu)).collect()
}

impl Kernel {
    /// For the thread that calls it, which stays on that processor.
    pub fn new(processor: usize) -> Kernel {
        let mut only = CpuSet::new();
        only.set(processor);
        sched_setaffinity(None::<Pid>, &only).unwrap();
        let layout = Layout::build(processor);
        let wire = Wire::new(&layout);
        Kernel { layout, wire, loaded: BTreeMap::new(), zone: 0 }
    }

    /// Puts a network in the place of the one before.
    pub fn load(&mut self, pieces: &[Piece]) -> Built {
        self.zone = self.zone.checked_add(1).expect("so many networks are not asked about at once");
        self.edit(pieces)
    }

    /// The same of what an edit leaves of a network: connections stay what they are.
    pub fn edit(&mut self, pieces: &[Piece]) -> Built {
        let built = build(pieces);
        for (name, wanted) in rules::of(&built, self.zone) {
            let (before, rules) = self.loaded.remove(&name).unwrap_or_default();
            self.layout.enter(&name);
            for (path, value) in &wanted.settings {
                std::fs::write(format!("/proc/sys/net/{path}"), value).unwrap();
            }
            if before != wanted.lines {
                let undo = before.iter().rev().map(|line| line.replacen(" add ", " del ", 1));
                let lines: Vec<String> = undo.chain(wanted.lines.iter().cloned()).collect();
                let (ipv6, ipv4): (Vec<String>, Vec<String>) = lines.into_iter().partition(|line| line.contains(':'));
                for (family, lines) in [("-4", ipv4), ("-6", ipv6)].iter().filter(|(_, lines)| !lines.is_empty()) {
                    layout::feed("ip", &[family, "-batch", "-"], &lines.join("\n"));
                }
            }
            if rules != wanted.rules {
                layout::feed("nft", &["-f", "-"], &wanted.rules);
            }
            self.loaded.insert(name, (wanted.lines, wanted.rules));
        }
        built
    }

    /// Sends a packet into the network that is there, and the answer to it. `None` for what cannot be sent: nobody is there who could.
    pub fn ask(&mut self, built: &Built, probe: &Probe) -> Option<Answer> {
        let runs = |instance: usize| {
            let id = built.instances.get(&instance)?;
            built.lab.network.instance(*id).filter(|instance| instance.state == InstanceState::Running)
        };
        let is = |hosts: &[&str]| hosts.iter().any(|host| host.parse() == Ok(probe.packet.destination));
        let (place, leg) = match probe.from {
            From::Guest(instance) => runs(instance).map(|_| (Some(instance), None))?,
            From::Wire(eni) => {
                let (id, instance) = (*built.enis.get(&eni)?, runs(INSTANCES[eni])?);
                let carries = built.lab.network.eni(id).is_some_and(|eni| eni.attachment.is_some());
                // A guest puts nothing on a wire that is for itself.
                let itself = rules::configured(&built.lab.network, instance).any(|(_, own)| own == probe.packet.destination);
                (carries && !itself).then_some((Some(INSTANCES[eni]), Some(eni % 2)))?
            }
            // What the internet or the office says to itself comes nowhere near.
            From::Host => (!is(&HOSTS) && !is(&HOSTS_IPV6)).then_some((None, None))?,
            From::Office => built.vpn.filter(|_| !is(&OFFICE)).map(|_| (Some(IN_OFFICE), None))?,
        };
        let forward = self.send(place, leg, &probe.packet);
        let back = forward.as_ref().and_then(|(place, packet)| self.send(*place, None, &answer(packet)?));
        let heard = |got: Option<(Option<usize>, Packet)>| got.map(|(place, packet)| (place, packet.flow()));
        Some(Answer { forward: heard(forward), back: heard(back) })
    }

    fn send(&mut self, place: Option<usize>, leg: Option<usize>, packet: &Packet) -> Option<(Option<usize>, Packet)> {
        self.layout.enter(&layout::host(place));
        if !self.wire.send(packet, leg) {
            return None;
        }
        self.wire.settle();
        self.wire.heard(packet)
    }
}
