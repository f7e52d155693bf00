//! How a question ended that was asked once: what the program that asked it knows.

use super::World;
use eni_core::addr::IpAddr;
use eni_core::dataplane::pipeline::Check;
use eni_core::dataplane::reason::Code;
use eni_core::dataplane::too_long::told;
use eni_core::packet::{TcpFlags, Transport};
use eni_core::sim::event::SimEvent;
use eni_core::sim::host::Host;
use eni_core::sim::key::ClientId;
use eni_core::sim::record::PacketRecord;
use eni_core::time::{Duration, Instant};

/// What came of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// When it was asked.
    pub asked: Instant,
    /// When it was known how it ended.
    pub at: Instant,
    /// How.
    pub how: How,
    /// The address that the answer was sent to: whom he who answered takes the one who asked for.
    pub seen_as: Option<IpAddr>,
    /// How many hops of the answer's time to live were taken on its way.
    pub hops: u8,
}

impl Told {
    /// How long that took.
    pub fn took(&self) -> Duration {
        self.at.since(self.asked)
    }
}

/// How a question ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// It was answered, by this host.
    Answered(Host),
    /// The other end refused the connection, or said that nobody waits there.
    Refused,
    /// The guest has no way there: nothing was sent.
    NoWay,
    /// The packet was too long for the way on: so says this host, and how long it may be.
    TooLong(IpAddr, u16),
    /// Nothing came back in time.
    Nothing,
}

impl World {
    /// Lets one thing happen of what a question waits for; how it ended, once that is known. A question that nobody has asked ends at once.
    ///
    /// The caller does what is due between one thing and the next.
    pub fn see_out(&mut self, question: ClientId, seen: &mut dyn FnMut(&SimEvent)) -> Option<Told> {
        let now = self.sim.now();
        if let Some(outcome) = self.sim.outcome_of(question) {
            let packet = outcome.packet.and_then(|packet| self.sim.packet(packet));
            let how = packet.map_or(How::Nothing, |packet| if self.is_told(packet) { How::Refused } else { how(packet, outcome.ok) });
            let seen_as = packet.map(|packet| packet.packet.destination);
            let hops = packet.map_or(0, |packet| packet.walk.hops_counted());
            return Some(Told { asked: outcome.asked, at: outcome.at, how, seen_as, hops });
        }
        let goes_on = self.sim.is_open(question) && self.step(seen);
        (!goes_on).then_some(Told { asked: now, at: now, how: How::Nothing, seen_as: None, hops: 0 })
    }

    /// Whether who sent a datagram was told that nobody waits on its port.
    fn is_told(&self, sent: &PacketRecord) -> bool {
        let tells =
            |record: &PacketRecord| record.cause == sent.cause && record.packet.about().is_some() && record.walk.disposition.got_through();
        sent.walk.code() == Some(Code::GuestNoListener) && self.sim.packets().rev().any(|record| tells(record))
    }
}

fn how(packet: &PacketRecord, is_answered: bool) -> How {
    let left = packet.walk.blocker().is_none_or(|step| step.check != Check::GuestRoute);
    let limit = told(&packet.packet).filter(|_| packet.walk.disposition.got_through());
    if let (Some(limit), false) = (limit, is_answered) {
        return How::TooLong(packet.packet.source, limit);
    }
    let reset = matches!(packet.packet.transport, Transport::Tcp { flags, .. } if flags.has(TcpFlags::RST));
    match packet.walk.disposition.got_through() {
        _ if is_answered => How::Answered(packet.from),
        true if reset => How::Refused,
        false if !left => How::NoWay,
        _ => How::Nothing,
    }
}
