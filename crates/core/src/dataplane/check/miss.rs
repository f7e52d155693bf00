//! Near misses: which fields of a rule a packet fails, and which rule fails the fewest.

use crate::addr::{Direction, Traffic};
use crate::dataplane::reason::{Field, Got, NearestMiss, ReferenceMiss, RuleRef, Wanted};
use crate::packet::{Packet, Transport};

/// The fields of one rule that a packet fails.
#[derive(Default)]
pub struct Tally {
    first: Option<(Field, Wanted, Got)>,
    count: u8,
}

impl Tally {
    /// Counts a field; the first one is kept.
    pub fn off(&mut self, field: Field, wanted: Wanted, got: Got) {
        self.first.get_or_insert((field, wanted, got));
        self.count = self.count.saturating_add(1);
    }

    /// Whether nothing is off.
    pub fn is_clean(&self) -> bool {
        self.first.is_none()
    }

    /// This rule's miss if it is closer than the best so far; of equals the earlier stays.
    pub fn closer(self, rule: RuleRef, reference: Option<ReferenceMiss>, best: Option<NearestMiss>) -> Option<NearestMiss> {
        let Some((field, wanted, got)) = self.first else { return best };
        if best.is_some_and(|best| best.fields_off <= self.count) {
            return best;
        }
        Some(NearestMiss { rule, field, wanted, got, fields_off: self.count, reference })
    }
}

/// The name of the other end.
pub fn remote_field(direction: Direction) -> Field {
    match direction {
        Direction::Ingress => Field::Source,
        Direction::Egress => Field::Destination,
    }
}

/// Counts what is off in protocol and ports, or ICMP type and code.
pub fn traffic(tally: &mut Tally, wanted: Traffic, packet: &Packet) {
    if packet.fits(wanted) {
        return;
    }
    let number = packet.protocol_number();
    if wanted.protocol_number().is_some_and(|protocol| protocol != number) {
        tally.off(Field::Protocol, Wanted::Protocol(wanted), Got::Protocol(number));
    }
    match (wanted, packet.transport) {
        (Traffic::Tcp(ports) | Traffic::Udp(ports), Transport::Tcp { destination, .. } | Transport::Udp { destination, .. })
            if !ports.contains(destination) =>
        {
            tally.off(Field::Port, Wanted::Ports(ports), Got::Port(destination));
        }
        (Traffic::Icmp(icmp) | Traffic::Icmpv6(icmp), Transport::Icmp { kind, code, .. }) if !icmp.matches(kind, code) => {
            tally.off(Field::Icmp, Wanted::Icmp(icmp), Got::Icmp(kind, code));
        }
        _ => {}
    }
}
