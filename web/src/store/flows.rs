//! The wires of the flows that run: what the newest packet of each asker passed, kept until the next one.

use eni_playground::table::Table;
use eni_playground::view::board::ClientView;
use eni_playground::view::timeline::FlightView;

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
    /// How many questions of this asker found no answer.
    pub lost_count: u64,
}

impl FlowWire {
    /// Learns from the newest request.
    fn follow(&mut self, flight: &FlightView) {
        if !flight.lost {
            self.before = Vec::new();
        } else if !self.lost {
            self.before = std::mem::take(&mut self.path);
        }
        self.lost = flight.lost;
        self.packet = flight.packet;
        self.path.clone_from(&flight.path);
    }
}

/// All wires, by asker.
#[derive(Clone, Debug, Default)]
pub struct Flows {
    wires: Table<String, FlowWire>,
}

impl Flows {
    /// Learns from packets that set out. Only those of askers count: what sets out elsewhere answers one of them.
    pub fn learn(&mut self, flights: &[FlightView], clients: &[ClientView]) {
        for flight in flights.iter().filter(|flight| !flight.reply) {
            let Some(from) = flight.path.first().filter(|from| clients.iter().any(|client| client.anchor == **from)) else { continue };
            self.wires.update(from.clone(), FlowWire { from: from.clone(), ..FlowWire::default() }, |wire| wire.follow(flight));
        }
    }

    /// The wires of those who still ask, with the questions that each has lost.
    pub fn wires(&self, clients: &[ClientView]) -> Vec<FlowWire> {
        let asked = |wire: &FlowWire| clients.iter().filter(|client| client.anchor == wire.from).map(|client| client.lost).max();
        self.wires.values().filter_map(|wire| asked(wire).map(|lost| FlowWire { lost_count: lost, ..wire.clone() })).collect()
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
    fn the_wire_that_worked_is_kept_while_questions_are_lost_and_answers_draw_none() {
        let asker = [ClientView { anchor: "client:1".to_owned(), lost: 2, ..ClientView::default() }];
        let mut flows = Flows::default();
        flows.learn(&[flight(&["client:1", "igw:a", "eni:b"], false), flight(&["eni:b", "igw:a", "client:1"], false)], &asker);
        assert_eq!(flows.wires(&asker).len(), 1);
        flows.learn(&[flight(&["client:1", "igw:a"], true), flight(&["client:1", "igw:a"], true)], &asker);
        let wires = flows.wires(&asker);
        assert_eq!((wires[0].lost, wires[0].lost_count), (true, 2));
        assert_eq!(wires[0].before, ["client:1", "igw:a", "eni:b"]);
        flows.learn(&[flight(&["client:1", "igw:a", "eni:c"], false)], &asker);
        assert!(!flows.wires(&asker)[0].lost);
        assert!(flows.wires(&asker)[0].before.is_empty());
        assert!(flows.wires(&[]).is_empty(), "who has gone has no wire");
    }
}
