//! IPv6 addresses and prefixes of ENIs (`E66`, `E72` to `E76`).

use super::check;
use super::command::{AssignIpv6Addresses, Ipv6Wanted, UnassignIpv6Addresses, Wanted};
use super::draft::Draft;
use super::error::Refusal;
use super::reply::Reply;
use crate::addr::{IpAddr, IpNet, Ipv6Addr, Ipv6Net, Mac};
use crate::model::eni::{Eni, IPV6_PREFIX_LEN};
use crate::model::event::Event;
use crate::model::instance_type::InstanceType;
use crate::model::vpc::{Subnet, SubnetIpv6Cidr};
use crate::table::Set;

/// So many of any in one call at most (`M`): no instance type takes more on an ENI.
const MOST: i64 = 256;

/// What is asked for in IPv6, checked for its shape.
#[derive(Clone, Debug, Default)]
pub(super) struct Ipv6Wish {
    addresses: Vec<Ipv6Addr>,
    any: u64,
    prefixes: Vec<Ipv6Net>,
    any_prefixes: u64,
    /// Nothing is said, so the subnet's setting decides (`E76`).
    unsaid: bool,
    /// Whether the first address becomes the primary one (`E77`).
    pub primary: bool,
}

impl Ipv6Wish {
    /// Of a new ENI: addresses or prefixes (`E69`).
    pub fn of_new(wanted: &Ipv6Wanted) -> Result<Ipv6Wish, Refusal> {
        if !wanted.addresses.is_none() && !wanted.prefixes.is_none() {
            return Err(Refusal::ExclusiveParameters { first: "ipv6Addresses", second: "ipv6Prefixes" });
        }
        let wish = Ipv6Wish::read(&wanted.addresses, &wanted.prefixes, 0)?;
        Ok(Ipv6Wish { primary: wanted.primary, ..wish })
    }

    fn read(addresses: &Wanted<Ipv6Addr>, prefixes: &Wanted<Ipv6Net>, least: i64) -> Result<Ipv6Wish, Refusal> {
        let off = |prefix: &&Ipv6Net| prefix.prefix_len() != IPV6_PREFIX_LEN || prefix.trunc() != **prefix;
        if let Some(prefix) = prefixes.list.iter().find(off) {
            return Err(Refusal::BadPrefix { prefix: IpNet::V6(*prefix), length: IPV6_PREFIX_LEN });
        }
        Ok(Ipv6Wish {
            any: count_of(addresses, ("ipv6Addresses", "ipv6AddressCount"), least)?,
            any_prefixes: count_of(prefixes, ("ipv6Prefixes", "ipv6PrefixCount"), 1)?,
            addresses: check::distinct(&addresses.list),
            prefixes: check::distinct(&prefixes.list),
            unsaid: addresses.is_none() && prefixes.is_none(),
            primary: false,
        })
    }

    /// Whether it names an address or a prefix, so that only one ENI can have it.
    pub fn names_any(&self) -> bool {
        !self.addresses.is_empty() || !self.prefixes.is_empty()
    }

    /// Whether prefixes are among it.
    pub fn has_prefixes(&self) -> bool {
        !self.prefixes.is_empty() || self.any_prefixes > 0
    }

    /// How many places of the type's limit it takes (`E75`).
    pub fn places(&self) -> u64 {
        let named = u64::try_from(self.addresses.len() + self.prefixes.len()).unwrap_or(u64::MAX);
        named.saturating_add(self.any).saturating_add(self.any_prefixes)
    }

    /// With what a subnet gives by itself, where nothing was said and the type takes it (`E76`; the type `M`).
    pub fn with_default(mut self, subnet: &Subnet, kind: Option<InstanceType>) -> Ipv6Wish {
        let takes = kind.is_none_or(|kind| kind.ipv6_per_eni() > 0);
        if self.unsaid && takes && subnet.assign_ipv6_on_creation && subnet.ipv6_cidr.is_some() {
            self.any = 1;
        }
        self
    }

    /// Takes what is asked for: named things first, each of which must be free, then any (`E54`, `E74`).
    pub fn take(&self, draft: &mut Draft, subnet: &Subnet, eni: Ends<'_>) -> Result<(Vec<Ipv6Addr>, Vec<Ipv6Net>), Refusal> {
        if self.places() == 0 {
            return Ok((Vec::new(), Vec::new()));
        }
        let Some(block) = subnet.ipv6_cidr else { return Err(Refusal::SubnetWithoutIpv6 { subnet: subnet.id }) };
        let (mut addresses, mut prefixes) = (Vec::new(), Vec::new());
        for ip in self.addresses.iter().filter(|ip| !eni.addresses.contains(ip)) {
            named_address(draft, subnet, &block, *ip)?;
            addresses.push(*ip);
        }
        for prefix in self.prefixes.iter().filter(|prefix| !eni.prefixes.contains(prefix)) {
            named_prefix(draft, subnet, &block, *prefix)?;
            prefixes.push(*prefix);
        }
        for _ in 0..self.any {
            addresses.push(free_address(draft, subnet, &block, eni.mac)?);
        }
        for _ in 0..self.any_prefixes {
            prefixes.push(free_prefix(draft, subnet, &block, self.any_prefixes)?);
        }
        Ok((addresses, prefixes))
    }
}

/// What an ENI has already, and its MAC, which its addresses are made from.
#[derive(Clone, Copy)]
pub(super) struct Ends<'a> {
    mac: Mac,
    addresses: &'a [Ipv6Addr],
    prefixes: &'a [Ipv6Net],
}

impl<'a> Ends<'a> {
    /// Of an ENI.
    pub fn of(eni: &'a Eni) -> Ends<'a> {
        Ends { mac: eni.mac, addresses: &eni.ipv6_addresses, prefixes: &eni.ipv6_prefixes }
    }
}

fn count_of<T>(wanted: &Wanted<T>, (list, parameter): (&'static str, &'static str), least: i64) -> Result<u64, Refusal> {
    match (wanted.list.as_slice(), wanted.count) {
        (_, None) => Ok(0),
        ([], Some(value)) if value > MOST => Err(Refusal::NumberOutOfRange { parameter, value, least, most: MOST }),
        ([], Some(count)) if count >= least => Ok(u64::try_from(count).unwrap_or(0)),
        ([], Some(count)) => Err(Refusal::BadPrefixCount { parameter, count }),
        (_, Some(_)) => Err(Refusal::ExclusiveParameters { first: list, second: parameter }),
    }
}

fn named_address(draft: &mut Draft, subnet: &Subnet, block: &SubnetIpv6Cidr, ip: Ipv6Addr) -> Result<(), Refusal> {
    if !block.cidr.contains(&ip) {
        return Err(Refusal::Ipv6OutsideSubnet { ip, subnet: subnet.id });
    }
    if block.is_reserved(ip) {
        return Err(Refusal::Ipv6Reserved { ip, subnet: subnet.id });
    }
    if let Some(eni) = draft.network.eni_by_ipv6(subnet.vpc, ip) {
        return Err(Refusal::Ipv6InUse { ip, eni: eni.id });
    }
    draft.give_ipv6(ip).then_some(()).ok_or(Refusal::Ipv6Twice { ip })
}

fn named_prefix(draft: &mut Draft, subnet: &Subnet, block: &SubnetIpv6Cidr, prefix: Ipv6Net) -> Result<(), Refusal> {
    let whole = IpNet::V6(prefix);
    if !block.cidr.contains(&prefix) {
        return Err(Refusal::PrefixOutsideSubnet { prefix: whole, subnet: subnet.id });
    }
    if block.is_reserved(prefix.network()) || block.is_reserved(prefix.broadcast()) {
        return Err(Refusal::PrefixReserved { prefix: whole, subnet: subnet.id });
    }
    if let Some(eni) = draft.network.eni_in_ipv6_prefix(subnet.vpc, prefix) {
        return Err(Refusal::PrefixInUse { prefix: whole, eni: eni.id });
    }
    draft.give_ipv6_prefix(prefix).then_some(()).ok_or(Refusal::Ipv6Twice { ip: prefix.network() })
}

/// A free address of the block, made from the ENI's MAC as systems make one for themselves (`E51`, `M`): the 16 highest bits of its half count up.
fn free_address(draft: &mut Draft, subnet: &Subnet, block: &SubnetIpv6Cidr, mac: Mac) -> Result<Ipv6Addr, Refusal> {
    let [a, b, c, d, e, f] = mac.0;
    let half = u128::from(u64::from_be_bytes([a ^ 2, b, c, 0xff, 0xfe, d, e, f]));
    for number in 0..=u16::MAX {
        let ip = Ipv6Addr::from(u128::from(block.cidr.network()) | (half ^ (u128::from(number) << 48)));
        let kept = draft.network.reservation_around(subnet.id, IpAddr::V6(ip)).is_some();
        let taken = kept || block.is_reserved(ip) || draft.network.eni_by_ipv6(subnet.vpc, ip).is_some();
        if !taken && draft.give_ipv6(ip) {
            return Ok(ip);
        }
    }
    Err(Refusal::SubnetFull { subnet: subnet.id, wanted: 1, free: 0 })
}

/// The lowest free prefix of the block: of ranges that are kept for prefixes as long as they have one, then of what is not reserved (`E65`, `M`).
fn free_prefix(draft: &mut Draft, subnet: &Subnet, block: &SubnetIpv6Cidr, wanted: u64) -> Result<Ipv6Net, Refusal> {
    for range in draft.network.ranges_for_prefixes(subnet.id) {
        let IpNet::V6(range) = range else { continue };
        let found = (range.prefix_len() <= IPV6_PREFIX_LEN)
            .then(|| (number_of(range.network())..=number_of(range.broadcast())).find_map(|at| take_prefix(draft, subnet, block, at)));
        if let Some(prefix) = found.flatten() {
            return Ok(prefix);
        }
    }
    let first = draft.picked_ipv6_prefix.filter(|(id, _)| *id == subnet.id).map_or(0, |(_, number)| number);
    for number in first..=u16::MAX {
        let reserved = numbered(block, number)
            .is_some_and(|prefix| draft.network.reservations_of(subnet.id).any(|one| one.overlaps(IpNet::V6(prefix))));
        if let Some(prefix) = (!reserved).then(|| take_prefix(draft, subnet, block, number)).flatten() {
            draft.picked_ipv6_prefix = Some((subnet.id, number));
            return Ok(prefix);
        }
    }
    Err(Refusal::SubnetFragmented { subnet: subnet.id, wanted })
}

/// The number of the prefix that an address lies in, among those of its block.
fn number_of(ip: Ipv6Addr) -> u16 {
    let [_, _, _, _, number, ..] = ip.segments();
    number
}

/// A prefix of the block by its number.
fn numbered(block: &SubnetIpv6Cidr, number: u16) -> Option<Ipv6Net> {
    let start = u128::from(block.cidr.network()) | u128::from(number) << (128 - IPV6_PREFIX_LEN);
    Ipv6Net::new(Ipv6Addr::from(start), IPV6_PREFIX_LEN).ok()
}

/// Takes a prefix of the block by its number, if nobody has any of it.
fn take_prefix(draft: &mut Draft, subnet: &Subnet, block: &SubnetIpv6Cidr, number: u16) -> Option<Ipv6Net> {
    let prefix = numbered(block, number)?;
    let reserved = block.is_reserved(prefix.network()) || block.is_reserved(prefix.broadcast());
    let free = !reserved && draft.network.eni_in_ipv6_prefix(subnet.vpc, prefix).is_none() && draft.give_ipv6_prefix(prefix);
    free.then_some(prefix)
}

/// EnablePrimaryIpv6: the first address becomes the primary one, which stays as it is while the ENI is attached (`E77`).
pub(super) fn set_primary(draft: &mut Draft, eni: &Eni, enable: bool) -> Result<(), Refusal> {
    let primary = match (eni.primary_ipv6, enable) {
        (Some(_), true) | (None, false) => return Ok(()),
        (Some(ip), false) if eni.attachment.is_some() => return Err(Refusal::PrimaryIpv6Stays { eni: eni.id, ip }),
        (Some(_), false) => None,
        (None, true) => Some(*eni.ipv6_addresses.first().ok_or(Refusal::NoPrimaryIpv6 {})?),
    };
    draft.push(Event::PrimaryIpv6Set(eni.id, primary));
    Ok(())
}

/// AssignIpv6Addresses. An address of another ENI is never taken from it (`E74`).
pub(super) fn assign(draft: &mut Draft, request: &AssignIpv6Addresses) -> Result<Reply, Refusal> {
    if request.addresses.is_none() && request.prefixes.is_none() {
        return Err(Refusal::NeitherParameter { first: "ipv6Addresses", second: "ipv6AddressCount" });
    }
    let wish = Ipv6Wish::read(&request.addresses, &request.prefixes, 1)?;
    let eni = draft.eni(request.eni)?;
    check::not_managed(eni)?;
    let subnet = draft.subnet(eni.subnet)?;
    if let Some(attachment) = &eni.attachment {
        let kind = draft.instance(attachment.instance)?.instance_type;
        let own: Set<IpNet> = eni.ipv6_prefixes.iter().map(|prefix| IpNet::V6(*prefix)).collect();
        let again = wish.addresses.iter().filter(|ip| eni.ipv6_addresses.contains(ip)).count()
            + wish.prefixes.iter().filter(|prefix| own.contains(&IpNet::V6(**prefix))).count();
        let count = eni.ipv6_addresses.len() + eni.ipv6_prefixes.len() - again;
        let count = count.saturating_add(usize::try_from(wish.places()).unwrap_or(usize::MAX));
        let limit = kind.ipv6_per_eni();
        if count > usize::from(limit) {
            return Err(Refusal::Ipv6Limit { eni: eni.id, instance_type: kind, count, limit });
        }
        if wish.has_prefixes() && !kind.is_nitro() {
            return Err(Refusal::PrefixesNeedNitro { eni: Some(eni.id), instance_type: kind });
        }
    }
    let (addresses, prefixes) = wish.take(draft, subnet, Ends::of(eni))?;
    draft.events.extend(addresses.iter().map(|ip| Event::Ipv6Assigned(eni.id, *ip)));
    draft.events.extend(prefixes.iter().map(|prefix| Event::PrefixAssigned(eni.id, IpNet::V6(*prefix))));
    Ok(Reply::Ipv6(eni.id, addresses, prefixes))
}

/// UnassignIpv6Addresses.
pub(super) fn unassign(draft: &mut Draft, request: &UnassignIpv6Addresses) -> Result<Reply, Refusal> {
    if request.addresses.is_empty() && request.prefixes.is_empty() {
        return Err(Refusal::MissingParameter { parameter: "ipv6Addresses" });
    }
    let eni = draft.eni(request.eni)?;
    check::not_managed(eni)?;
    let (addresses, prefixes) = (check::distinct(&request.addresses), check::distinct(&request.prefixes));
    if let Some(ip) = eni.primary_ipv6.filter(|ip| eni.attachment.is_some() && addresses.contains(ip)) {
        return Err(Refusal::PrimaryIpv6Stays { eni: eni.id, ip });
    }
    if let Some(ip) = addresses.iter().find(|ip| !eni.ipv6_addresses.contains(ip)) {
        return Err(Refusal::Ipv6NotAssigned { eni: eni.id, ip: *ip });
    }
    if let Some(prefix) = prefixes.iter().find(|prefix| !eni.ipv6_prefixes.contains(prefix)) {
        return Err(Refusal::PrefixNotAssigned { eni: eni.id, prefix: IpNet::V6(*prefix) });
    }
    draft.events.extend(addresses.iter().map(|ip| Event::Ipv6Unassigned(eni.id, *ip)));
    draft.events.extend(prefixes.iter().map(|prefix| Event::PrefixUnassigned(eni.id, IpNet::V6(*prefix))));
    Ok(Reply::Ipv6(eni.id, addresses, prefixes))
}
