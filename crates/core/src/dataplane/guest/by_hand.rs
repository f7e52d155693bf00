//! Which way a packet takes through rules and tables that somebody set, as the kernel looks it up: rules by priority, in each table the longest
//! prefix, then the lowest metric; where a table has no route, the next rule is asked (`G17`).

use super::{Exit, interfaces, own_metric};
use crate::addr::{IpAddr, Ipv4Addr};
use crate::dataplane::reason::GuestRouting;
use crate::model::by_hand::{ByHand, IMAGE_RULE, MAIN_RULE, MAIN_TABLE};
use crate::model::eni::Eni;
use crate::model::instance::Instance;
use crate::model::network::Network;

/// What is looked up.
pub(super) struct Lookup<'a> {
    pub network: &'a Network,
    pub instance: &'a Instance,
    pub hand: &'a ByHand,
    /// The ENI that has the source, if it is the guest's own.
    pub owner: Option<&'a Eni>,
    pub source: Ipv4Addr,
    pub destination: Ipv4Addr,
}

/// A route that fits: how long its prefix is, how little it costs, and where it leads.
type Fitting<'a> = ((u8, u32), Exit<'a>);

impl<'a> Lookup<'a> {
    /// The way that the packet takes.
    pub fn exit(&self) -> Exit<'a> {
        if interfaces(self.network, self.instance).next().is_none() {
            return Exit::of(None, GuestRouting::NoInterface);
        }
        let by_image = || {
            let owner = self.owner.filter(|_| self.instance.guest.policy_routing)?;
            Some(Exit::of(Some(owner), GuestRouting::Policy))
        };
        let nothing = || Exit::of(None, GuestRouting::Unreachable);
        self.by_rules(0, IMAGE_RULE)
            .or_else(by_image)
            .or_else(|| self.by_rules(IMAGE_RULE + 1, MAIN_RULE - 1))
            .or_else(|| self.by_table(MAIN_TABLE))
            .or_else(|| self.by_rules(MAIN_RULE, u32::MAX))
            .unwrap_or_else(nothing)
    }

    /// By the first rule between two priorities whose table has a route.
    fn by_rules(&self, first: u32, last: u32) -> Option<Exit<'a>> {
        let asked = self.hand.rules.iter().filter(|rule| (first..=last).contains(&rule.priority));
        asked.filter(|rule| rule.fits(self.source, self.destination)).find_map(|rule| self.by_table(rule.table))
    }

    /// By the best route of a table. Of two that are alike the older one holds, and those of the system are older.
    fn by_table(&self, table: u32) -> Option<Exit<'a>> {
        let mut best: Option<Fitting<'a>> = None;
        for found in self.own(table).chain(self.set(table)).chain(self.beside(table)) {
            if best.as_ref().is_none_or(|(rank, _)| found.0 > *rank) {
                best = Some(found);
            }
        }
        best.map(|(_, exit)| exit)
    }

    /// The routes that the system made by itself: all in the main table, and for the second ENI and those behind it one more each.
    fn own(&self, table: u32) -> impl Iterator<Item = Fitting<'a>> {
        let (guest, to) = (&self.instance.guest, IpAddr::V4(self.destination));
        let has_tables = guest.policy_routing;
        let all = (0_u32..).zip(interfaces(self.network, self.instance));
        let of = all.filter(move |(place, _)| table == MAIN_TABLE || (has_tables && *place > 0 && table == IMAGE_RULE + place));
        of.flat_map(move |(place, eni)| {
            let metric = u32::MAX - own_metric(guest.flavour, place);
            let subnet = self.network.subnet(eni.subnet).filter(|subnet| subnet.holds(to));
            let connected = subnet.map(|subnet| (subnet.cidr.prefix_len(), GuestRouting::Connected));
            let default = (!self.hand.without_default.contains(&eni.id)).then_some((0, GuestRouting::Default));
            let there = connected.into_iter().chain(default);
            there.map(move |(length, by)| ((length, metric), Exit::of(Some(eni), by)))
        })
    }

    /// The routes that somebody set.
    fn set(&self, table: u32) -> impl Iterator<Item = Fitting<'a>> {
        let fit = self.hand.routes.iter().filter(move |route| route.table == table && route.destination.contains(&self.destination));
        fit.filter_map(|route| {
            let eni = interfaces(self.network, self.instance).find(|eni| eni.id == route.eni)?;
            let is_near = || self.network.subnet(eni.subnet).is_some_and(|subnet| subnet.holds(IpAddr::V4(self.destination)));
            let by =
                if route.via.is_some() || is_near() { GuestRouting::Table(route.table) } else { GuestRouting::NoNeighbour(route.table) };
            let exit = Exit { eni: Some(eni), by, source: route.source };
            Some(((route.destination.prefix_len(), u32::MAX - route.metric), exit))
        })
    }

    /// The routes that addresses of another length than their subnet's bring: what is in their block is looked for on the link.
    fn beside(&self, table: u32) -> impl Iterator<Item = Fitting<'a>> {
        let fit = self.hand.blocks().filter(move |(block, ..)| table == MAIN_TABLE && block.contains(&self.destination));
        fit.filter_map(|(block, eni, ip)| {
            let eni = interfaces(self.network, self.instance).find(|other| other.id == eni)?;
            let is_near = self.network.subnet(eni.subnet).is_some_and(|subnet| subnet.holds(IpAddr::V4(self.destination)));
            let by = if is_near { GuestRouting::Connected } else { GuestRouting::NoNeighbour(MAIN_TABLE) };
            Some(((block.prefix_len(), u32::MAX), Exit { eni: Some(eni), by, source: Some(ip) }))
        })
    }
}
