//! Ways between places, groups apart: which of them are open, asked of the judge with one ENI for all that stand alike.
//!
//! ENIs whose subnets have the same ACL and route table, whose addresses are in the same blocks that routes and ACLs name, and whose guests have
//! nothing else to choose, stand at one *site*. Neighbours of one subnet meet neither ACL nor route, so each pair of sites has two answers.

use super::ask::{Asker, Cell, End, Way};
use super::doubt::{Doubted, Doubts};
use crate::id::{AclId, EniId, ResourceId, RouteTableId, SubnetId, VpcId};
use crate::table::{Set, Table};

/// What of an ENI the way of a packet depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SiteKey {
    pub vpc: VpcId,
    pub acl: AclId,
    pub table: Option<RouteTableId>,
    /// The longest block that a route or an ACL names and that has its address.
    pub block: Option<u32>,
    /// Whether it carries packets.
    pub carries: bool,
    /// Its subnet, where one stands in it that routes lead to.
    pub subnet: Option<SubnetId>,
    /// Itself, where the way depends on more: a guest with several ENIs, an ENI of a service, one that routes lead to, a fault.
    pub alone: Option<EniId>,
}

#[derive(Clone, Debug)]
struct Site {
    key: SiteKey,
    /// How many stand there, by subnet.
    homes: Table<SubnetId, u32>,
}

/// A gate: the ENIs of a site with or without a public address, and a host outside; towards it or from it.
type Gate = (u32, bool, u32, bool);

/// Who stands at a site in a subnet, with or without a public address, by kind.
pub type Stand = (u32, SubnetId, bool, u32);

/// The sites, who stands there, and the ways between them.
#[derive(Clone, Debug, Default)]
pub struct Sites {
    list: Vec<Site>,
    numbers: Table<SiteKey, u32>,
    /// Who stands where, in the order of ids.
    pub stands: Table<Stand, Vec<EniId>>,
    /// From site to site, where the subnets differ.
    across: Vec<Vec<Option<Cell>>>,
    /// From site to site, in one subnet.
    beside: Table<(u32, u32), Cell>,
    gates: Table<Gate, Cell>,
}

fn index(number: u32) -> usize {
    number as usize
}

impl Sites {
    /// The site with a key; made if there is none.
    pub fn site(&mut self, key: SiteKey) -> u32 {
        if let Some(number) = self.numbers.get(&key) {
            return *number;
        }
        let number = self.list.len() as u32;
        self.list.push(Site { key, homes: Table::new() });
        self.numbers.insert(key, number);
        self.across.iter_mut().for_each(|row| row.push(None));
        self.across.push(vec![None; self.list.len()]);
        number
    }

    pub fn add(&mut self, stand: Stand, eni: EniId) {
        self.stands.update(stand, Vec::new(), |enis| match enis.last() {
            Some(last) if *last >= eni => {
                if let Err(at) = enis.binary_search(&eni) {
                    enis.insert(at, eni);
                }
            }
            _ => enis.push(eni),
        });
        if let Some(site) = self.list.get_mut(index(stand.0)) {
            site.homes.update(stand.1, 0, |count| *count += 1);
        }
    }

    pub fn remove(&mut self, stand: Stand, eni: EniId) {
        let left = self.stands.get_mut(&stand).map(|enis| {
            enis.retain(|other| *other != eni);
            enis.len()
        });
        if left == Some(0) {
            self.stands.remove(&stand);
        }
        let Some(site) = self.list.get_mut(index(stand.0)) else { return };
        site.homes.update(stand.1, 1, |count| *count -= 1);
        site.homes.retain(|_, count| *count > 0);
    }

    /// The numbers of all sites.
    pub fn all(&self) -> impl Iterator<Item = u32> + use<> {
        0..self.list.len() as u32
    }

    pub fn key(&self, site: u32) -> Option<&SiteKey> {
        self.list.get(index(site)).map(|site| &site.key)
    }

    /// The stands of a site.
    pub fn stands_of(&self, site: u32) -> impl Iterator<Item = (&Stand, &Vec<EniId>)> {
        let first = SubnetId::from_number(0);
        self.stands.range((site, first, false, 0)..(site + 1, first, false, 0))
    }

    fn homes(&self, site: u32) -> impl Iterator<Item = SubnetId> + '_ {
        self.list.get(index(site)).into_iter().flat_map(|site| site.homes.keys().copied())
    }

    /// An ENI of a site in a subnet, another one than `not`.
    fn one_in(&self, site: u32, subnet: SubnetId, not: Option<EniId>) -> Option<EniId> {
        let there = self.stands.range((site, subnet, false, 0)..).take_while(|((of, home, ..), _)| (*of, *home) == (site, subnet));
        there.flat_map(|(_, enis)| enis.iter().take(2)).copied().find(|eni| Some(*eni) != not)
    }

    fn pair_across(&self, from: u32, to: u32) -> Option<(EniId, EniId)> {
        let pairs = self.homes(from).take(2).flat_map(|one| self.homes(to).take(2).map(move |other| (one, other)));
        let (one, other) = pairs.into_iter().find(|(one, other)| one != other)?;
        Some((self.one_in(from, one, None)?, self.one_in(to, other, None)?))
    }

    fn pair_beside(&self, from: u32, to: u32) -> Option<(EniId, EniId)> {
        let there = self.list.get(index(to))?;
        if self.list.get(index(from))?.key.vpc != there.key.vpc {
            return None;
        }
        self.homes(from).filter(|home| there.homes.contains_key(home)).find_map(|home| {
            let one = self.one_in(from, home, None)?;
            Some((one, self.one_in(to, home, Some(one))?))
        })
    }

    /// Asks for what is not known yet of the ways of a site, to it and from it. `outside` are the hosts outside.
    pub fn fill(&mut self, asker: &mut Asker<'_>, site: u32, outside: &[End]) {
        if self.homes(site).next().is_none() {
            return;
        }
        for other in self.all() {
            for (from, to) in [(site, other), (other, site)] {
                self.fill_across(asker, from, to);
                self.fill_beside(asker, from, to);
            }
        }
        for (number, host) in (0..).zip(outside) {
            self.fill_gates(asker, site, number, *host);
        }
    }

    fn fill_across(&mut self, asker: &mut Asker<'_>, from: u32, to: u32) {
        if self.across(from, to).is_some() {
            return;
        }
        let Some((one, other)) = self.pair_across(from, to) else { return };
        let found = asker.way(End::Eni(one), End::Eni(other));
        if let Some(cell) = self.across.get_mut(index(from)).and_then(|row| row.get_mut(index(to))) {
            *cell = Some(found);
        }
    }

    fn fill_beside(&mut self, asker: &mut Asker<'_>, from: u32, to: u32) {
        if self.beside.contains_key(&(from, to)) {
            return;
        }
        let Some((one, other)) = self.pair_beside(from, to) else { return };
        self.beside.insert((from, to), asker.way(End::Eni(one), End::Eni(other)));
    }

    fn fill_gates(&mut self, asker: &mut Asker<'_>, site: u32, number: u32, host: End) {
        for public in [false, true] {
            let Some(eni) = self.stands_of(site).find(|((_, _, has, _), _)| *has == public).and_then(|(_, enis)| enis.first().copied())
            else {
                continue;
            };
            for outward in [false, true] {
                let gate = (site, public, number, outward);
                if !self.gates.contains_key(&gate) {
                    let ends = if outward { (End::Eni(eni), host) } else { (host, End::Eni(eni)) };
                    self.gates.insert(gate, asker.way(ends.0, ends.1));
                }
            }
        }
    }

    pub fn across(&self, from: u32, to: u32) -> Option<Cell> {
        self.across.get(index(from)).and_then(|row| row.get(index(to))).copied().flatten()
    }

    pub fn beside(&self, from: u32, to: u32) -> Option<Cell> {
        self.beside.get(&(from, to)).copied()
    }

    /// The way between the ENIs of a site and a host outside.
    pub fn gate(&self, site: u32, public: bool, host: u32, outward: bool) -> Option<Cell> {
        self.gates.get(&(site, public, host, outward)).copied()
    }

    /// Pairs of sites, the one that is reached first, between which single pairs of classes are asked; `None` is outside.
    pub fn rich(&self) -> Set<(Option<u32>, Option<u32>)> {
        let is_rich = |cell: &Cell| cell.way == Way::Rich;
        let mut pairs = Set::new();
        for (from, row) in (0..).zip(&self.across) {
            for (to, _) in (0..).zip(row).filter(|(_, cell)| cell.as_ref().is_some_and(is_rich)) {
                pairs.insert((Some(to), Some(from)));
            }
        }
        for ((from, to), _) in self.beside.iter().filter(|(_, cell)| is_rich(cell)) {
            pairs.insert((Some(*to), Some(*from)));
        }
        for ((site, _, _, outward), _) in self.gates.iter().filter(|(_, cell)| is_rich(cell)) {
            pairs.insert(if *outward { (None, Some(*site)) } else { (Some(*site), None) });
        }
        pairs
    }

    /// Forgets what rests on what was touched; the sites of which something is to be asked again.
    pub fn doubt(&mut self, doubts: &Doubts<'_>, outside: &[End]) -> Vec<u32> {
        let network = doubts.network;
        let first = |site: u32| self.stands_of(site).next().and_then(|(_, enis)| network.eni(*enis.first()?)?.primary_ip());
        let ends: Vec<Doubted> = (0..).zip(&self.list).map(|(number, site)| doubts.site(&site.key, first(number))).collect();
        let hosts: Vec<Doubted> = outside.iter().map(|host| Doubts::host(host.address(network))).collect();
        let (nobody, beside) = (Doubted::default(), doubts.beside());
        let end = |of: &Vec<Doubted>, number: u32| of.get(index(number)).copied().unwrap_or(nobody);
        let mut again: Set<u32> = Set::new();
        for ((from, row), one) in (0..).zip(&mut self.across).zip(&ends) {
            for (cell, other) in row.iter_mut().zip(&ends) {
                if cell.is_some_and(|cell| doubts.way(&cell, one, other, beside)) {
                    *cell = None;
                    again.insert(from);
                }
            }
        }
        let mut stays = |site: u32, goes: bool| {
            if goes {
                again.insert(site);
            }
            !goes
        };
        self.beside.retain(|(from, to), cell| stays(*from, doubts.way(cell, &end(&ends, *from), &end(&ends, *to), beside)));
        self.gates.retain(|(site, _, host, outward), cell| {
            let (inside, outside) = (end(&ends, *site), end(&hosts, *host));
            let (from, to) = if *outward { (inside, outside) } else { (outside, inside) };
            stays(*site, doubts.way(cell, &from, &to, beside))
        });
        again.iter().copied().collect()
    }
}
