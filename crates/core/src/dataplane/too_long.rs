//! The message that tells a sender that its packet was too long, and how long it may be (`E93`, `S47`): ICMP type 3 code 4, over IPv6 type 2.

use super::pipeline::Check;
use super::reason::Evidence;
use super::stage::Origin;
use super::verdict::{Place, Walk};
use crate::addr::{IpAddr, Ipv6Addr};
use crate::id::EniId;
use crate::model::network::Network;
use crate::packet::{Packet, Transport, ip_header_bytes};

pub use super::check::size::INTERNET;

/// Bytes of the message behind the header of IP: its own header, and the beginning of the packet that it is about.
const MESSAGE_BYTES: u16 = 36;
/// The router of every subnet, over IPv6.
const ROUTER: Ipv6Addr = Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 1);

/// The message about a packet that was lost for its length, and where it begins; nothing where nobody tells. It comes from the router of the sender's
/// subnet, wherever the way became too narrow (`M`), and goes to the ENI that sent the packet first.
pub fn message(network: &Network, walk: &Walk) -> Option<(Origin, Packet)> {
    let Evidence::Size { limit, tells: true, .. } = walk.blocker()?.evidence else { return None };
    let (eni, about) = sent(walk)?;
    let router = router(network, eni, about.source.is_ipv4())?;
    let (kind, code) = if about.source.is_ipv4() { (3, 4) } else { (2, 0) };
    let transport = Transport::Icmp { kind, code, id: 0, sequence: limit };
    let length = ip_header_bytes(about.source) + MESSAGE_BYTES;
    let packet = Packet { source: router, destination: about.source, transport, length };
    Some((Origin::Router(eni, about.flow()), packet))
}

/// The ENI that sent a packet first.
pub fn sender(walk: &Walk) -> Option<EniId> {
    sent(walk).map(|(eni, _)| eni)
}

/// The ENI that sent a packet first, and the packet as it was then.
fn sent(walk: &Walk) -> Option<(EniId, Packet)> {
    let step = walk.steps.iter().find(|step| step.check == Check::SourceAttached)?;
    let Place::Eni(eni) = step.place else { return None };
    Some((eni, *walk.packet(step)))
}

/// How long a packet may be, if this is such a message.
pub fn told(packet: &Packet) -> Option<u16> {
    match packet.transport {
        Transport::Icmp { kind: 3, code: 4, sequence, .. } if packet.source.is_ipv4() => Some(sequence),
        Transport::Icmp { kind: 2, sequence, .. } if packet.source.is_ipv6() => Some(sequence),
        _ => None,
    }
}

fn router(network: &Network, eni: EniId, is_ipv4: bool) -> Option<IpAddr> {
    let subnet = network.subnet(network.eni(eni)?.subnet)?;
    Some(if is_ipv4 { subnet.router().into() } else { ROUTER.into() })
}
