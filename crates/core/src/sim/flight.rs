//! Packets under way: judged when they are sent, asked about again when they arrive, and the time in between.
//!
//! A packet meets all its checks at the moment it is sent (`M`): ways take milliseconds, acts take seconds. What can change in mid-flight is asked
//! again on arrival: an ENI that has left its instance meanwhile, or an instance that has stopped or hangs, gets nothing any more (`E34`, `L3`,
//! `L17`).

use super::event::SimEvent;
use super::host::Host;
use super::key::{Cause, PacketId, Purpose};
use super::link;
use super::queue::{Flight, Planned};
use super::record::PacketRecord;
use super::{Simulator, Sink};
use crate::dataplane::pipeline::Check;
use crate::dataplane::reason::{Code, Evidence, HostService};
use crate::dataplane::verdict::{Arrival, Place, Walk};
use crate::dataplane::{Assume, Luck, Origin, Question, judge, too_long, unreachable};
use crate::model::network::Network;
use crate::observe::crossing::Times;
use crate::packet::{Packet, TcpFlags, Transport};
use std::rc::Rc;

/// A packet that is to be sent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outgoing {
    pub(super) from: Host,
    pub(super) packet: Packet,
    pub(super) cause: Cause,
    pub(super) purpose: Purpose,
    pub(super) again: bool,
    /// Where it starts, if that does not follow from who sends it.
    pub(super) origin: Option<Origin>,
}

impl Simulator {
    /// Judges a packet and sends it on its way.
    pub(super) fn send(&mut self, outgoing: Outgoing, sink: &mut Sink<'_>) -> PacketId {
        let id = self.next_packet_id(outgoing.cause);
        let mut walk = self.records.blank_walk();
        let origin = outgoing.origin.unwrap_or_else(|| outgoing.from.origin(&self.network));
        let (network, tracking, luck) = (&self.network, &self.tracking, self.luck_of(id));
        let assume = Assume { cut: self.is_cut(&outgoing), ..Assume::default() };
        let question = Question { network, tracking, now: self.now, assume, luck };
        self.ways.judge(&question, origin, outgoing.packet, &mut walk);
        self.metrics.saw(&self.tracking, (&walk, Times::ONCE), self.now);
        self.tracking.note(&walk.effects, self.now);
        self.flow_logs.saw(&self.network, (&walk, Times::ONCE), self.now);
        let flight = self.flight_of(id, &outgoing, &walk);
        let travel = link::travel_time(&self.network, &walk) + self.held_up(&walk);
        // The guest may have chosen the source address; the first step after its choice shows it.
        let packet =
            walk.steps.iter().find(|step| !matches!(step.place, Place::Guest(_))).map_or(outgoing.packet, |step| *walk.packet(step));
        let Outgoing { from, cause, purpose, again, .. } = outgoing;
        let record = Rc::new(PacketRecord { id, at: self.now, from, packet, cause, purpose, again, travel, walk });
        self.records.keep(Rc::clone(&record));
        sink(&SimEvent::Sent { record });
        let end = flight.map_or(Planned::Lose(id, cause), |flight| Planned::Arrive(Box::new(flight)));
        self.queue.plan(self.now + travel, end);
        id
    }

    /// Whether a packet is an echo in pieces, or its answer, which is as long.
    fn is_cut(&self, outgoing: &Outgoing) -> bool {
        matches!(outgoing.packet.transport, Transport::Icmp { .. })
            && outgoing.purpose != Purpose::Control
            && self.clients.get(&outgoing.cause.client).and_then(|client| client.echo).is_some_and(|echo| echo.cut)
    }

    /// A packet's own chance. It follows from where the generator stands, which does not move for it: a run in which nothing is lost by chance is the
    /// same run.
    fn luck_of(&self, PacketId(number): PacketId) -> Luck {
        Luck::Drawn(self.rng.clone().next_u64() ^ number)
    }

    fn flight_of(&self, id: PacketId, outgoing: &Outgoing, walk: &Walk) -> Option<Flight> {
        let arrival: &Arrival = walk.arrived.as_ref()?;
        let to = match (arrival.instance, arrival.place) {
            (Some(instance), _) => Host::Instance(instance),
            (None, Place::Internet | Place::VpnGateway(_)) => Host::Internet(arrival.packet.destination),
            (None, Place::Endpoint(endpoint)) => Host::Beyond(endpoint, arrival.packet.destination),
            (None, Place::Eni(eni)) if walk.steps.last().is_some_and(|step| matches!(step.check, Check::Service | Check::Balance)) => {
                Host::Service(eni)
            }
            // Other services of the host take packets and say nothing in this model.
            (None, _) => metadata_of(walk)?,
        };
        let attachment = arrival.eni.and_then(|eni| self.network.eni(eni)).and_then(|eni| Some((eni.id, eni.attachment.as_ref()?.id)));
        Some(Flight {
            id,
            cause: outgoing.cause,
            purpose: outgoing.purpose,
            to,
            via: attachment,
            packet: arrival.packet,
            unexpected: !walk.disposition.got_through(),
        })
    }

    /// A packet has come to the end of its way.
    pub(super) fn arrive(&mut self, flight: &Flight, sink: &mut Sink<'_>) {
        if self.is_still_there(flight) {
            self.receive(flight, sink);
            return;
        }
        // Its way is judged once more, so that the packet's record tells why it was lost.
        if let Some(record) = self.records.get(flight.id) {
            let mut walk = Walk::default();
            let (network, tracking, luck) = (&self.network, &self.tracking, Luck::Good);
            let question = Question { network, tracking, now: self.now, assume: Assume::default(), luck };
            judge(&question, record.from.origin(network), record.packet, &mut walk);
            if !walk.disposition.got_through() {
                self.records.replace_walk(flight.id, walk);
            }
        }
        self.lose(flight.id, flight.cause, sink);
    }

    /// Whether the receiver can still be reached the way the packet came.
    fn is_still_there(&self, flight: &Flight) -> bool {
        let Host::Instance(id) = flight.to else { return true };
        if self.network.instance(id).is_none_or(|instance| instance.faults.hangs_since.is_some()) {
            return false;
        }
        let Some((eni, attachment)) = flight.via else { return false };
        self.network
            .eni(eni)
            .is_some_and(|eni| eni.attachment.as_ref().is_some_and(|now| now.id == attachment) && self.network.carries_packets(eni))
    }

    /// A packet is lost, for the reason that its record tells.
    pub(super) fn lose(&mut self, id: PacketId, cause: Cause, sink: &mut Sink<'_>) {
        let walk = self.records.get(id).map(|record| &record.walk);
        let step = walk.and_then(|walk| walk.steps.len().checked_sub(1));
        let code = walk.and_then(Walk::code);
        let message = walk.and_then(|walk| reset_of(walk).or_else(|| message_of(&self.network, walk)));
        sink(&SimEvent::Lost { at: self.now, packet: id, cause, step, code });
        if let Some((from, packet, origin)) = message {
            // What tells of it is on its way; that nobody waited stays what the request was lost by.
            if packet.about().is_some()
                && let Some(pending) = self.pending_mut(cause)
            {
                pending.lost_packet.get_or_insert(id);
            }
            self.send(Outgoing { from, packet, cause, purpose: Purpose::Control, again: false, origin }, sink);
            return;
        }
        self.request_lost_packet(id, cause);
    }

    /// The id of the next packet; the first one of a single question has been promised to who asked.
    fn next_packet_id(&mut self, cause: Cause) -> PacketId {
        let promised = self.clients.get_mut(&cause.client).and_then(|client| client.promised.take());
        promised.unwrap_or_else(|| self.records.next_id())
    }
}

/// The instance metadata service, if that is where the walk of a packet of TCP to its port ended.
fn metadata_of(walk: &Walk) -> Option<Host> {
    let step = walk.steps.last()?;
    match (step.evidence, step.place, walk.packet(step).transport) {
        (Evidence::Service(HostService::Metadata), Place::Eni(eni), Transport::Tcp { destination: 80, .. }) => Some(Host::Metadata(eni)),
        _ => None,
    }
}

/// Who sends what about a packet that was lost, and where that starts if it does not follow from who sends it.
type Message = (Host, Packet, Option<Origin>);

/// The message by which a router tells of a packet that was too long (`E93`), or a guest of a port where nobody waits (`P-I5`).
fn message_of(network: &Network, walk: &Walk) -> Option<Message> {
    let (origin, packet) = too_long::message(network, walk).or_else(|| unreachable::message(walk))?;
    match origin {
        Origin::Router(eni, _) => Some((Host::Router(eni), packet, Some(origin))),
        Origin::Instance(instance) => Some((Host::Instance(instance), packet, None)),
        _ => None,
    }
}

/// The reset by which a NAT gateway, a load balancer or an endpoint answers a packet of a connection that it has forgotten (`R44`, `P52`, `R62`).
fn reset_of(walk: &Walk) -> Option<Message> {
    let step = walk.blocker()?;
    let from = match (step.code, step.place) {
        (Some(Code::NgwIdleTimeout), Place::NatGateway(gateway)) => Host::NatGateway(gateway),
        (Some(Code::NlbFlowUnknown | Code::VpceIdleTimeout), Place::Eni(eni)) => Host::Service(eni),
        _ => return None,
    };
    let Transport::Tcp { source, destination, flags, acknowledgement, .. } = step.packet.transport else { return None };
    let is_reset = flags.has(TcpFlags::RST);
    let (source, destination) = (destination, source);
    let transport = Transport::Tcp { source, destination, flags: TcpFlags::RST, sequence: acknowledgement, acknowledgement: 0 };
    let Packet { source, destination, .. } = *step.packet;
    (!is_reset).then_some((from, Packet { source: destination, destination: source, transport, length: 40 }, None))
}
