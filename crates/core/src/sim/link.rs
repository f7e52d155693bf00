//! How long packets take (`M`): fixed, small times, of the size that one measures in a region.

use crate::dataplane::verdict::{Place, Walk};
use crate::id::EniId;
use crate::model::network::Network;
use crate::time::Duration;

/// Between two ENIs of a subnet, one way.
pub const SAME_SUBNET: Duration = Duration::from_micros(100);
/// Between two subnets of a zone, one way.
pub const SAME_ZONE: Duration = Duration::from_micros(250);
/// Between two zones, one way.
pub const OTHER_ZONE: Duration = Duration::from_micros(600);
/// Between a gateway and a host of the internet, or one behind a VPN connection, one way.
pub const INTERNET: Duration = Duration::from_millis(20);
/// In and out of a VPC's own edge: for a packet that turns round at its internet gateway, and between a gateway endpoint and its service.
pub const EDGE: Duration = Duration::from_micros(500);

/// How long a packet is on the way that a walk shows.
pub(super) fn travel_time(network: &Network, walk: &Walk) -> Duration {
    let mut total = Duration::ZERO;
    let mut last_eni: Option<EniId> = None;
    let mut at_gateway = false;
    let mut outside = walk.arrived.is_some_and(|arrival| matches!(arrival.place, Place::Internet | Place::VpnGateway(_)));
    for hop in walk.hops() {
        match hop.first().map(|step| step.place) {
            Some(Place::Eni(eni)) => {
                if let Some(last) = last_eni.filter(|last| *last != eni) {
                    total = total + between(network, last, eni);
                }
                last_eni = Some(eni);
            }
            Some(Place::VpnGateway(_)) => outside = true,
            Some(Place::InternetGateway(_) | Place::EgressOnlyGateway(_) | Place::Endpoint(_)) => at_gateway = true,
            // A walk that starts in the internet comes from a host there; later on it is only a turn at the gateway.
            Some(Place::Internet) if last_eni.is_none() => outside = true,
            _ => {}
        }
    }
    match (outside, at_gateway) {
        (true, _) => total + INTERNET,
        (false, true) => total + EDGE,
        (false, false) => total,
    }
}

/// How long a packet takes from one ENI to another.
pub(super) fn between(network: &Network, a: EniId, b: EniId) -> Duration {
    let (Some(a), Some(b)) = (network.eni(a), network.eni(b)) else { return SAME_ZONE };
    if a.attached_instance().is_some() && a.attached_instance() == b.attached_instance() {
        return Duration::ZERO;
    }
    if a.subnet == b.subnet {
        return SAME_SUBNET;
    }
    let zone = |subnet| network.subnet(subnet).map(|subnet| &subnet.zone);
    if zone(a.subnet) == zone(b.subnet) { SAME_ZONE } else { OTHER_ZONE }
}
