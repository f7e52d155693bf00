//! Reads of a network that go around the reservations of its subnets.

use super::network::Network;
use super::reservation::{ReservationKind, SubnetReservation};
use super::vpc::Subnet;
use crate::addr::{IpAddr, IpNet, Ipv4Addr, Ipv4Net};
use crate::id::SubnetId;
use crate::order::sort;

impl Network {
    /// The reservations of a subnet, in the order of their ids.
    pub fn reservations_of(&self, subnet: SubnetId) -> impl Iterator<Item = &SubnetReservation> + '_ {
        self.index.reservations_of.of(subnet).filter_map(|id| self.reservation(id))
    }

    /// The reservation of a subnet that an address lies in.
    pub fn reservation_around(&self, subnet: SubnetId, ip: IpAddr) -> Option<&SubnetReservation> {
        self.reservations_of(subnet).find(|reservation| reservation.cidr.contains(&ip))
    }

    /// The ranges of a subnet that are kept for prefixes, by their addresses.
    pub fn ranges_for_prefixes(&self, subnet: SubnetId) -> Vec<IpNet> {
        let kept = self.reservations_of(subnet).filter(|one| one.kind == ReservationKind::Prefix);
        let mut ranges: Vec<IpNet> = kept.map(|one| one.cidr).collect();
        sort(&mut ranges);
        ranges
    }

    /// The lowest free private address of a subnet that is at least `from`, outside of its reservations (`E51`, `E65`).
    pub fn lowest_unreserved_address(&self, subnet: &Subnet, from: Ipv4Addr) -> Option<Ipv4Addr> {
        let mut from = from;
        loop {
            let ip = self.lowest_free_address(subnet, from)?;
            let Some(reservation) = self.reservation_around(subnet.id, IpAddr::V4(ip)) else { return Some(ip) };
            from = after(reservation.cidr)?;
        }
    }

    /// The lowest free /28 of a subnet that begins at `from` or later, outside of its reservations (`E65`, `E66`).
    pub fn lowest_unreserved_prefix(&self, subnet: &Subnet, from: Ipv4Addr) -> Option<Ipv4Net> {
        let mut from = from;
        loop {
            let prefix = self.lowest_free_prefix(subnet, from)?;
            let reserved = self.reservations_of(subnet.id).find(|one| one.overlaps(IpNet::V4(prefix)));
            let Some(reservation) = reserved else { return Some(prefix) };
            from = after(reservation.cidr)?;
        }
    }
}

/// The address after a range.
fn after(range: IpNet) -> Option<Ipv4Addr> {
    match range {
        IpNet::V4(range) => u32::from(range.broadcast()).checked_add(1).map(Ipv4Addr::from),
        IpNet::V6(_) => None,
    }
}
