//! Which ways are doubted after an edit: those that rest on what it touched. Of a route that is those of packets for whose addresses it may decide.

use super::ask::{Cell, acl_bit, met, table_bit};
use super::build::blocks_of;
use super::sites::SiteKey;
use crate::addr::{Direction, IpNet, Ipv4Addr, ipv4_block_has};
use crate::id::{AclId, EniId, RouteTableId};
use crate::model::network::Network;
use crate::model::route_table::{Destination, RouteOrigin};

/// What was touched.
pub struct Doubts<'a> {
    pub network: &'a Network,
    pub acls: &'a [(AclId, Direction)],
    /// Routes that were set or taken out.
    pub routes: &'a [(RouteTableId, Destination)],
    /// Of those who stand apart, the ones whose guests have other ENIs than before.
    pub guests: &'a [EniId],
}

/// One end of ways: those who stand at a site, or a host outside.
#[derive(Clone, Copy, Default)]
pub struct Doubted {
    table: Option<RouteTableId>,
    /// What is touched of it (bits of `met`).
    hit: u8,
    /// The address of one who stands there. Those of the others are in the same blocks that routes name.
    ip: Option<Ipv4Addr>,
}

impl Doubts<'_> {
    /// Whether nothing was touched that ways rest on.
    pub const fn is_empty(&self) -> bool {
        self.acls.is_empty() && self.routes.is_empty() && self.guests.is_empty()
    }

    /// The ends at a site, of whom one has this address.
    pub fn site(&self, key: &SiteKey, ip: Option<Ipv4Addr>) -> Doubted {
        let acl = |direction| self.acls.contains(&(key.acl, direction));
        let mut hit = 0;
        if acl(Direction::Egress) {
            hit |= met::ACL_OUT;
        }
        if acl(Direction::Ingress) {
            hit |= met::ACL_IN;
        }
        if key.table.is_some_and(|table| self.routes.iter().any(|(touched, _)| *touched == table)) {
            hit |= met::TABLE;
        }
        if key.alone.is_some_and(|eni| self.guests.contains(&eni)) {
            hit |= met::ANYTHING;
        }
        Doubted { table: key.table, hit, ip }
    }

    /// The end that is a host outside.
    pub const fn host(ip: Option<Ipv4Addr>) -> Doubted {
        Doubted { table: None, hit: 0, ip }
    }

    /// What may have been asked of subnets that are of neither end (bits as in [`Cell::beside`]).
    pub fn beside(&self) -> u32 {
        if !self.guests.is_empty() {
            return u32::MAX;
        }
        let acls = self.acls.iter().map(|(acl, direction)| acl_bit(*acl, *direction));
        acls.chain(self.routes.iter().map(|(table, _)| table_bit(*table))).fold(0, |all, bit| all | bit)
    }

    /// Whether a way between two ends rests on what was touched; `beside` is [`Doubts::beside`].
    pub fn way(&self, cell: &Cell, from: &Doubted, to: &Doubted, beside: u32) -> bool {
        if cell.through && (!self.guests.is_empty() || cell.beside & beside != 0) {
            return true;
        }
        self.end(cell.through, cell.from & from.hit, from, to.ip) || self.end(cell.through, cell.to & to.hit, to, from.ip)
    }

    /// Whether it rests on what is touched of one end, and was asked of it. Where nobody is on the way who may put another address on a packet, the
    /// end's table is asked for the address of the other end alone.
    fn end(&self, through: bool, asked: u8, own: &Doubted, other: Option<Ipv4Addr>) -> bool {
        match (asked, own.table, other) {
            (0, ..) => false,
            (met::TABLE, Some(table), Some(ip)) if !through => self.decides(table, ip),
            _ => true,
        }
    }

    /// Whether a route that was touched may be, or have been, the one that a table chooses for an address (`R5`): not where a longer one stands beside
    /// it that was not touched.
    fn decides(&self, table: RouteTableId, ip: Ipv4Addr) -> bool {
        let touched = || self.routes.iter().filter(|(of, _)| *of == table).map(|(_, destination)| destination);
        let Some(longest) = touched().filter_map(|destination| self.length(destination, ip)).max() else { return false };
        let Some(found) = self.network.route_table(table) else { return true };
        // What is propagated may yield to a shorter one (`R6`).
        if found.routes.search(|_, route| route.origin == RouteOrigin::EnableVgwRoutePropagation).is_some() {
            return true;
        }
        let stands = |other: &Destination| self.length(other, ip) > Some(longest) && !touched().any(|destination| destination == other);
        found.routes.search(|other, _| stands(other)).is_none()
    }

    /// How long the prefix is by which a destination has an address.
    fn length(&self, destination: &Destination, ip: Ipv4Addr) -> Option<u8> {
        match destination {
            Destination::Cidr(IpNet::V4(block)) => ipv4_block_has(block, ip).then(|| block.prefix_len()),
            Destination::Cidr(IpNet::V6(_)) => None,
            list => blocks_of(self.network, list).iter().filter(|block| ipv4_block_has(block, ip)).map(|block| block.prefix_len()).max(),
        }
    }
}
