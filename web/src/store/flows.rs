//! The wires of the flows that run: what the newest packet of each asker passed, kept until the next one.

use eni_playground::view::timeline::FlightView;
use std::collections::BTreeMap;

/// The wire of one asker.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct FlowWire {
    /// The anchor that its packets set out from.
    pub from: String,
    /// The anchors of the newest request.
    pub path: Vec<String>,
    /// The newest request's number.
    pub packet: u64,
    /// Whether that one was stopped at the last of them.
    pub lost: bool,
    /// The anchors of the newest request that arrived, if another one than `path`.
    pub before: Vec<String>,
    /// How many were lost at the end of `path`, one after the other.
    pub lost_here: u64,
}

/// All wires, by asker.
#[derive(Clone, Debug, Default)]
pub struct Flows {
    wires: BTreeMap<String, FlowWire>,
}

impl Flows {
    /// Learns from packets that set out.
    pub fn learn(&mut self, flights: &[FlightView]) {
        for flight in flights.iter().filter(|flight| !flight.reply) {
            let Some(from) = flight.path.first() else { continue };
            let wire = self.wires.entry(from.clone()).or_insert_with(|| FlowWire { from: from.clone(), ..FlowWire::default() });
            let same_end = wire.lost && wire.path.last() == flight.path.last();
            wire.lost_here = match (flight.lost, same_end) {
                (false, _) => 0,
                (true, true) => wire.lost_here + 1,
                (true, false) => 1,
            };
            if flight.lost {
                if !wire.lost {
                    wire.before = std::mem::take(&mut wire.path);
                }
            } else {
                wire.before = Vec::new();
            }
            wire.lost = flight.lost;
            wire.packet = flight.packet;
            wire.path.clone_from(&flight.path);
        }
    }

    /// The wires, by asker.
    pub fn wires(&self) -> Vec<FlowWire> {
        self.wires.values().cloned().collect()
    }

    /// Forgets all, as after an undo.
    pub fn clear(&mut self) {
        self.wires.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flight(path: &[&str], lost: bool) -> FlightView {
        FlightView { path: path.iter().map(|&anchor| anchor.to_owned()).collect(), lost, ..FlightView::default() }
    }

    #[test]
    fn losses_count_at_one_place_and_the_wire_that_worked_is_kept() {
        let mut flows = Flows::default();
        flows.learn(&[flight(&["client:1", "igw:a", "eni:b"], false)]);
        flows.learn(&[flight(&["client:1", "igw:a"], true), flight(&["client:1", "igw:a"], true)]);
        let wires = flows.wires();
        assert_eq!(wires[0].lost_here, 2);
        assert_eq!(wires[0].before, ["client:1", "igw:a", "eni:b"]);
        flows.learn(&[flight(&["client:1", "igw:a", "eni:c"], false)]);
        assert_eq!(flows.wires()[0].lost_here, 0);
        assert!(flows.wires()[0].before.is_empty());
    }
}
