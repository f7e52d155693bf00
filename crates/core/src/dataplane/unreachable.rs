//! The message that tells a sender that nobody waits on the port of its datagram: ICMP type 3 code 3, over IPv6 type 1 code 4. The system that got the
//! datagram sends it (`P-I5`); groups let it pass with the flow that it is about (`S47`), network ACLs where their rules let ICMP pass.

use super::pipeline::Check;
use super::reason::Code;
use super::stage::Origin;
use super::verdict::Walk;
use crate::packet::{PORT_UNREACHABLE, Packet, Transport, ip_header_bytes};

/// Bytes of the header of ICMP.
const ICMP_BYTES: u16 = 8;
/// The longest message: as much of the datagram as has room in it stands behind its header (RFC 1812, RFC 4443).
const LONGEST: [u16; 2] = [576, 1_280];

/// The message about a datagram that found nobody on its port, and where it begins; nothing where nobody tells. What came through a load balancer
/// is not told about (`M`): its node passes nothing on that is not of the listener's protocol.
pub fn message(walk: &Walk) -> Option<(Origin, Packet)> {
    let arrived = walk.arrived.filter(|_| walk.code() == Some(Code::GuestNoListener))?;
    let Transport::Udp { source: id, destination: sequence } = arrived.packet.transport else { return None };
    if walk.steps.iter().any(|step| step.check == Check::Balance) {
        return None;
    }
    let Packet { source, destination, length, .. } = arrived.packet;
    let ([four, six], [short, long]) = (PORT_UNREACHABLE, LONGEST);
    let ((kind, code), longest) = if source.is_ipv4() { (four, short) } else { (six, long) };
    let length = length.saturating_add(ip_header_bytes(source) + ICMP_BYTES).min(longest);
    let transport = Transport::Icmp { kind, code, id, sequence };
    Some((Origin::Instance(arrived.instance?), Packet { source: destination, destination: source, transport, length }))
}
