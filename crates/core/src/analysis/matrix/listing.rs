//! A matrix as lists: classes of those who behave alike, and who reaches whom.

use super::{End, Matrix, Stand};
use crate::id::{EniId, SubnetId};
use crate::model::network::Network;
use crate::order::sort;
use crate::table::Table;

/// Where an answer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Where {
    /// Between ENIs of one subnet alone.
    SameSubnet,
    /// Between ENIs of different subnets alone.
    OtherSubnets,
    /// Wherever they are.
    Everywhere,
    /// From an ENI to a host outside.
    Outward,
    /// From a host outside to an ENI.
    Inward,
}

/// Those who behave alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    /// Who, in order.
    pub members: Vec<End>,
    /// What the first of them is; a host outside has a number.
    like: Like,
    /// The subnets that they are in: the first two there, and how many there are.
    homes: Table<SubnetId, (End, Option<End>, u64)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Like {
    Host(u32),
    Eni(Stand),
}

impl Class {
    fn of(like: Like) -> Class {
        Class { members: Vec::new(), like, homes: Table::new() }
    }

    fn is_outside(&self) -> bool {
        matches!(self.like, Like::Host(_))
    }

    fn add(&mut self, eni: EniId, subnet: SubnetId) {
        let end = End::Eni(eni);
        self.members.push(end);
        match self.homes.get_mut(&subnet) {
            Some((_, second, count)) => {
                second.get_or_insert(end);
                *count += 1;
            }
            None => _ = self.homes.insert(subnet, (end, None, 1)),
        }
    }
}

/// Members of one class can open connections to members of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The place of the first class.
    pub from: usize,
    /// The place of the other.
    pub to: usize,
    /// Between which of them.
    pub place: Where,
}

impl Matrix {
    /// The classes: hosts outside first, then ENIs, each class where its first member would stand.
    pub fn classes(&self) -> Vec<Class> {
        let mut places: Table<(u32, bool, u32), usize> = Table::new();
        let hosts = (0..).zip(&self.hosts).map(|(number, host)| Class { members: vec![host.end], ..Class::of(Like::Host(number)) });
        let mut classes: Vec<Class> = hosts.collect();
        for (eni, stand) in &self.stands {
            let key = (stand.0, stand.2, self.groups.behaviour_of(stand.3));
            let place = match places.get(&key) {
                Some(place) => *place,
                None => {
                    places.insert(key, classes.len());
                    classes.push(Class::of(Like::Eni(*stand)));
                    classes.len() - 1
                }
            };
            if let Some(class) = classes.get_mut(place) {
                class.add(*eni, stand.1);
            }
        }
        classes
    }

    /// Who reaches whom, by classes, in the order of those who are reached.
    pub fn links<'a>(&'a self, network: &'a Network, classes: &'a [Class]) -> impl Iterator<Item = Link> + 'a {
        let mut by_behaviour: Table<u32, Vec<usize>> = Table::new();
        let mut by_site: Table<Option<u32>, Vec<usize>> = Table::new();
        for (place, class) in classes.iter().enumerate() {
            by_behaviour.update(self.behaviour(class), Vec::new(), |places| places.push(place));
            by_site.update(site(class), Vec::new(), |places| places.push(place));
        }
        let rich = self.sites.rich();
        classes.iter().enumerate().flat_map(move |(to, other)| {
            let plain = self.groups.that_open(self.behaviour(other)).filter_map(|one| by_behaviour.get(&one)).flatten();
            let to_site = site(other);
            let beyond =
                rich.range((to_site, None)..).take_while(|(of, _)| *of == to_site).filter_map(|(_, from)| by_site.get(from)).flatten();
            let mut from: Vec<usize> = plain.chain(beyond).copied().collect();
            sort(&mut from);
            from.dedup();
            let links = from.into_iter().filter_map(|from| {
                let place = self.link(network, classes.get(from)?, other)?;
                Some(Link { from, to, place })
            });
            links.collect::<Vec<_>>()
        })
    }

    /// How many pairs of ENIs can open a connection, one to the other.
    pub fn count(&self, network: &Network) -> u64 {
        let classes = self.classes();
        count_pairs(&classes, self.links(network, &classes))
    }

    fn behaviour(&self, class: &Class) -> u32 {
        match class.like {
            Like::Eni(stand) => self.groups.behaviour_of(stand.3),
            Like::Host(host) => self.hosts.get(host as usize).map_or(u32::MAX, |host| self.groups.behaviour_of(host.kind)),
        }
    }

    /// Where members of one class can open connections to members of another, if anywhere.
    fn link(&self, network: &Network, from: &Class, to: &Class) -> Option<Where> {
        if from.is_outside() || to.is_outside() {
            let opens = self.opens(network, *from.members.first()?, *to.members.first()?)?;
            return opens.then_some(if to.is_outside() { Where::Outward } else { Where::Inward });
        }
        let opens = |(one, other)| self.opens(network, one, other) == Some(true);
        match (beside(from, to).map(opens), across(from, to).map(opens)) {
            (Some(true), Some(false)) => Some(Where::SameSubnet),
            (Some(false), Some(true)) => Some(Where::OtherSubnets),
            (Some(true), _) | (_, Some(true)) => Some(Where::Everywhere),
            _ => None,
        }
    }
}

/// How many pairs of ENIs the links between classes are.
pub fn count_pairs(classes: &[Class], links: impl IntoIterator<Item = Link>) -> u64 {
    links.into_iter().map(|link| pairs_of(classes, link)).sum()
}

fn site(class: &Class) -> Option<u32> {
    if let Like::Eni(stand) = class.like { Some(stand.0) } else { None }
}

/// Two members, one of each class, in one subnet.
fn beside(from: &Class, to: &Class) -> Option<(End, End)> {
    from.homes.iter().find_map(|(home, (one, more, _))| {
        let (other, others, _) = to.homes.get(home)?;
        match (one == other, *more, *others) {
            (false, ..) => Some((*one, *other)),
            (true, _, Some(others)) => Some((*one, others)),
            (true, Some(more), None) => Some((more, *other)),
            (true, None, None) => None,
        }
    })
}

/// Two members, one of each class, in different subnets.
fn across(from: &Class, to: &Class) -> Option<(End, End)> {
    let two = |class: &'_ Class| class.homes.iter().take(2).map(|(home, (one, ..))| (*home, *one)).collect::<Vec<_>>();
    let (here, there) = (two(from), two(to));
    let pairs = here.iter().flat_map(|one| there.iter().map(move |other| (one, other)));
    pairs.into_iter().find(|(one, other)| one.0 != other.0).map(|(one, other)| (one.1, other.1))
}

/// How many pairs of ENIs a link is.
fn pairs_of(classes: &[Class], link: Link) -> u64 {
    let (Some(from), Some(to)) = (classes.get(link.from), classes.get(link.to)) else { return 0 };
    let all = (from.members.len() * to.members.len()) as u64;
    let in_one = || from.homes.iter().filter_map(|(home, (.., count))| Some(count * to.homes.get(home)?.2)).sum::<u64>();
    let own = if link.from == link.to { from.members.len() as u64 } else { 0 };
    match link.place {
        Where::Outward | Where::Inward => 0,
        Where::SameSubnet => in_one().saturating_sub(own),
        Where::OtherSubnets => all.saturating_sub(in_one()),
        Where::Everywhere => all.saturating_sub(own),
    }
}
