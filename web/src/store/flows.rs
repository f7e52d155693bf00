//! The wires of the flows that run: what the newest packet of each asker passed, kept until the next one.

use eni_playground::table::Table;
use eni_playground::view::board::ClientView;
use eni_playground::view::timeline::FlightView;

/// The wire of one client: who asks two questions has two.
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
    /// The name of the place that stopped it.
    pub place: String,
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
        self.place.clone_from(&flight.place);
    }
}

/// All wires, by the client's number.
#[derive(Clone, Debug, Default)]
pub struct Flows {
    wires: Table<u32, FlowWire>,
}

impl Flows {
    /// Learns from packets that set out where their client is: what sets out elsewhere answers it, or keeps its connection going.
    pub fn learn(&mut self, flights: &[FlightView], clients: &[ClientView]) {
        for flight in flights.iter().filter(|flight| !flight.reply) {
            let Some(client) = clients.iter().find(|client| client.id == flight.client) else { continue };
            if flight.path.first() == Some(&client.anchor) {
                let fresh = FlowWire { from: client.anchor.clone(), ..FlowWire::default() };
                self.wires.update(client.id, fresh, |wire| wire.follow(flight));
            }
        }
    }

    /// The wires of those who still ask, with the questions that each has lost.
    pub fn wires(&self, clients: &[ClientView]) -> Vec<FlowWire> {
        let wire = |client: &ClientView| Some(FlowWire { lost_count: client.lost, ..self.wires.get(&client.id)?.clone() });
        clients.iter().filter_map(wire).collect()
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
        FlightView { client: 1, path: path.iter().map(|&anchor| anchor.to_owned()).collect(), lost, ..FlightView::default() }
    }

    #[test]
    fn the_wire_that_worked_is_kept_while_questions_are_lost_and_answers_draw_none() {
        let asker = [ClientView { id: 1, anchor: "client:1".to_owned(), lost: 2, ..ClientView::default() }];
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

    #[test]
    fn two_questions_of_one_instance_have_a_wire_each() {
        let client = |id, lost| ClientView { id, anchor: "instance:a".to_owned(), lost, ..ClientView::default() };
        let askers = [client(1, 0), client(2, 3)];
        let mut flows = Flows::default();
        let answered = flight(&["instance:a", "eni:b"], false);
        let refused = FlightView { client: 2, ..flight(&["instance:a", "subnet:c"], true) };
        // What keeps a connection going sets out from the other end, and who asks once is no client.
        let control = flight(&["instance:b", "eni:a"], false);
        let once = FlightView { client: 3, ..flight(&["instance:a", "subnet:d"], true) };
        flows.learn(&[answered.clone(), refused.clone(), control, once], &askers);
        flows.learn(&[refused.clone(), answered.clone()], &askers);
        let seen: Vec<_> = flows.wires(&askers).into_iter().map(|wire| (wire.path, wire.lost, wire.lost_count, wire.before)).collect();
        assert_eq!(seen, [(answered.path, false, 0, Vec::new()), (refused.path, true, 3, Vec::new())]);
        assert_eq!(flows.wires(&askers[..1]).len(), 1, "the wire of a question that was taken back goes alone");
    }
}
