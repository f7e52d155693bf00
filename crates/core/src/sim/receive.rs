//! What hosts do with packets that arrive: answer echoes and datagrams, hand answers to clients, hand segments to sockets.

use super::event::SimEvent;
use super::flight::Outgoing;
use super::key::Purpose;
use super::queue::Flight;
use super::{Simulator, Sink};
use crate::dataplane::too_long;
use crate::packet::{ECHO_REPLY, ECHO_REQUEST, Packet, Transport};

impl Simulator {
    /// A host gets a packet.
    pub(super) fn receive(&mut self, flight: &Flight, sink: &mut Sink<'_>) {
        match flight.packet.transport {
            Transport::Tcp { .. } => self.receive_segment(flight, sink),
            // A datagram that nobody waits for is lost, and its sender told so.
            _ if flight.unexpected && flight.purpose == Purpose::Question => self.lose(flight.id, flight.cause, sink),
            Transport::Icmp { .. } | Transport::Udp { .. } | Transport::Other(_) => {
                sink(&SimEvent::Arrived { at: self.now, packet: flight.id, host: flight.to });
                match flight.purpose {
                    Purpose::Question => self.answer(flight, sink),
                    Purpose::Answer => self.take_answer(flight, sink),
                    Purpose::Control => self.take_message(flight),
                }
            }
        }
    }

    /// The host answers a question that came in one packet.
    fn answer(&mut self, flight: &Flight, sink: &mut Sink<'_>) {
        let Some(packet) = answer_to(&flight.packet) else { return };
        let outgoing = Outgoing { from: flight.to, packet, cause: flight.cause, purpose: Purpose::Answer, again: false, origin: None };
        self.send(outgoing, sink);
    }

    /// A host learns that a packet of its own was too long, or that nobody waits where it asked: the request has ended.
    fn take_message(&mut self, flight: &Flight) {
        let is_mine = self.clients.get(&flight.cause.client).is_some_and(|client| client.host() == flight.to);
        if is_mine && (too_long::told(&flight.packet).is_some() || flight.packet.about().is_some()) {
            self.request_lost_packet(flight.id, flight.cause);
        }
    }

    /// An answer reached the client that asked, if it is that client's host.
    fn take_answer(&mut self, flight: &Flight, sink: &mut Sink<'_>) {
        if self.clients.get(&flight.cause.client).is_some_and(|client| client.host() == flight.to) {
            self.request_answered(flight.cause, flight.id, sink);
        }
    }
}

/// The answer to an echo or datagram: the ends change places.
fn answer_to(packet: &Packet) -> Option<Packet> {
    let transport = match packet.transport {
        Transport::Icmp { kind, code, id, sequence } => {
            let at = ECHO_REQUEST.iter().position(|request| *request == kind)?;
            Transport::Icmp { kind: *ECHO_REPLY.get(at)?, code, id, sequence }
        }
        Transport::Udp { source, destination } => Transport::Udp { source: destination, destination: source },
        Transport::Tcp { .. } | Transport::Other(_) => return None,
    };
    Some(Packet { source: packet.destination, destination: packet.source, transport, length: packet.length })
}
