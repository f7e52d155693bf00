//! The addresses and prefixes of a new ENI: what may be asked for together, whether the subnet can give it, and taking it (`E47` to `E71`).

use super::check;
use super::command::{CreateNetworkInterface, LaunchInterface, Wanted};
use super::draft::Draft;
use super::error::Refusal;
use crate::addr::{IpNet, Ipv4Addr, Ipv4Net};
use crate::id::SubnetId;
use crate::model::eni::IPV4_PREFIX_LEN;
use crate::model::network::Network;
use crate::model::vpc::Subnet;

/// What a new ENI is to have.
#[derive(Clone, Debug, Default)]
pub(super) struct Wish {
    /// The primary address; any free one if absent.
    primary: Option<Ipv4Addr>,
    /// Secondary addresses by name.
    secondaries: Vec<Ipv4Addr>,
    /// Or so many of any.
    any: u64,
    /// Prefixes by name.
    prefixes: Vec<Ipv4Net>,
    /// Or so many of any.
    any_prefixes: u64,
}

/// What a new ENI got.
pub(super) struct Granted {
    /// Its private addresses, the primary one first.
    pub addresses: Vec<Ipv4Addr>,
    /// Its IPv4 prefixes.
    pub prefixes: Vec<Ipv4Net>,
}

impl Wish {
    /// What CreateNetworkInterface asks for. Prefixes stand instead of secondary addresses (`E69`).
    pub fn of_create(request: &CreateNetworkInterface) -> Result<Wish, Refusal> {
        let wish = Wish::read(request.private_ip, &request.addresses, request.secondary_count, &request.prefixes)?;
        apart(&request.addresses, request.secondary_count, &request.prefixes)?;
        Ok(wish)
    }

    /// What an ENI of a launch asks for.
    pub fn of_launch(interface: &LaunchInterface) -> Result<Wish, Refusal> {
        Wish::read(interface.private_ip, &interface.addresses, interface.secondary_count, &interface.prefixes)
    }

    fn read(
        private_ip: Option<Ipv4Addr>,
        list: &[(Ipv4Addr, bool)],
        count: Option<i64>,
        prefixes: &Wanted<Ipv4Net>,
    ) -> Result<Wish, Refusal> {
        let mut primaries = private_ip.into_iter().chain(list.iter().filter(|(_, primary)| *primary).map(|(ip, _)| *ip));
        let primary = primaries.next();
        if primaries.next().is_some() {
            return Err(Refusal::TwoPrimaries {});
        }
        let secondaries: Vec<Ipv4Addr> = list.iter().filter(|(_, primary)| !primary).map(|(ip, _)| *ip).collect();
        let any = match count {
            None => 0,
            Some(_) if !secondaries.is_empty() => {
                return Err(Refusal::ExclusiveParameters { first: "privateIpAddresses", second: "secondaryPrivateIpAddressCount" });
            }
            Some(count) => check::address_count(count)?,
        };
        Ok(Wish { primary, secondaries, any, prefixes: prefixes.list.clone(), any_prefixes: prefix_count(prefixes)? })
    }

    /// Whether it names an address or a prefix, so that only one ENI can have it.
    pub fn names_any(&self) -> bool {
        self.primary.is_some() || !self.secondaries.is_empty() || !self.prefixes.is_empty()
    }

    /// Whether the ENI can have what was asked for by name (`E48`, `E50`, `E66`); takes it. `outside` is the refusal of an address of another subnet.
    pub fn take_named(&self, draft: &mut Draft, subnet: &Subnet, outside: fn(Ipv4Addr, SubnetId) -> Refusal) -> Result<(), Refusal> {
        for ip in self.primary.iter().chain(&self.secondaries) {
            take_address(draft, subnet, *ip, outside)?;
        }
        for prefix in &self.prefixes {
            prefix_is_free(draft.network, subnet, *prefix)?;
            draft.give_prefix(subnet.id, *prefix)?;
        }
        Ok(())
    }

    /// How many places of the type's limit it takes (`E61`, `E68`).
    pub fn places(&self) -> u64 {
        self.single().saturating_add(self.all_prefixes())
    }

    /// Addresses that stand by themselves.
    pub fn single(&self) -> u64 {
        self.any.saturating_add(1).saturating_add(length(&self.secondaries))
    }

    /// Prefixes, by name or not.
    pub fn all_prefixes(&self) -> u64 {
        self.any_prefixes.saturating_add(length(&self.prefixes))
    }

    /// Whether the subnet has enough for `times` such ENIs (`E49`, `E71`).
    pub fn fits(&self, draft: &Draft, subnet: &Subnet, times: u64) -> Result<(), Refusal> {
        let (single, prefixes) = (self.single().saturating_mul(times), self.all_prefixes().saturating_mul(times));
        check::free_addresses(draft.network, subnet, single)?;
        enough_for_prefixes(draft, subnet, single, prefixes)
    }

    /// Draws what was not named.
    pub fn take(&self, draft: &mut Draft, subnet: &Subnet) -> Result<Granted, Refusal> {
        let wanted = self.single();
        let mut drawn = Vec::new();
        for _ in 0..self.any.saturating_add(u64::from(self.primary.is_none())) {
            drawn.push(draft.take_free_address(subnet, wanted)?);
        }
        let mut prefixes = self.prefixes.clone();
        for _ in 0..self.any_prefixes {
            prefixes.push(draft.take_free_prefix(subnet, self.any_prefixes)?);
        }
        let addresses = self.primary.into_iter().chain(drawn).chain(self.secondaries.iter().copied()).collect();
        Ok(Granted { addresses, prefixes })
    }
}

/// Whether a new thing of a subnet can have an address that was asked for (`E48`, `E50`); takes it.
pub(super) fn take_address(
    draft: &mut Draft,
    subnet: &Subnet,
    ip: Ipv4Addr,
    outside: fn(Ipv4Addr, SubnetId) -> Refusal,
) -> Result<(), Refusal> {
    if !subnet.cidr.contains(&ip) {
        return Err(outside(ip, subnet.id));
    }
    if subnet.is_reserved(ip) {
        return Err(Refusal::AddressReserved { ip, subnet: subnet.id });
    }
    check::not_in_use(draft.network, subnet.vpc, ip)?;
    draft.give(subnet.id, ip)
}

/// Secondary addresses and prefixes exclude each other where an ENI is created (`E69`).
fn apart(list: &[(Ipv4Addr, bool)], count: Option<i64>, prefixes: &Wanted<Ipv4Net>) -> Result<(), Refusal> {
    let named = if prefixes.list.is_empty() { "ipv4PrefixCount" } else { "ipv4Prefixes" };
    match (prefixes.is_none(), list.is_empty(), count) {
        (false, false, _) => Err(Refusal::ExclusiveParameters { first: "privateIpAddresses", second: named }),
        (false, true, Some(_)) => Err(Refusal::ExclusiveParameters { first: "secondaryPrivateIpAddressCount", second: named }),
        _ => Ok(()),
    }
}

/// How many prefixes of any are asked for; a list and a count exclude each other, and each prefix is a /28 (`E66`).
pub(super) fn prefix_count(prefixes: &Wanted<Ipv4Net>) -> Result<u64, Refusal> {
    if let Some(prefix) = prefixes.list.iter().find(|prefix| prefix.prefix_len() != IPV4_PREFIX_LEN || prefix.trunc() != **prefix) {
        return Err(Refusal::BadPrefix { prefix: IpNet::V4(*prefix), length: IPV4_PREFIX_LEN });
    }
    match (prefixes.list.as_slice(), prefixes.count) {
        (_, None) => Ok(0),
        ([], Some(count)) => match u64::try_from(count) {
            Ok(count) if count > 0 => Ok(count),
            _ => Err(Refusal::BadPrefixCount { parameter: "ipv4PrefixCount", count }),
        },
        (_, Some(_)) => Err(Refusal::ExclusiveParameters { first: "ipv4Prefixes", second: "ipv4PrefixCount" }),
    }
}

/// Whether a subnet can give this prefix: inside its block, over none of the five addresses that nobody may have, over nothing in use (`E66`).
pub(super) fn prefix_is_free(network: &Network, subnet: &Subnet, prefix: Ipv4Net) -> Result<(), Refusal> {
    let whole = IpNet::V4(prefix);
    if !subnet.cidr.contains(&prefix) {
        return Err(Refusal::PrefixOutsideSubnet { prefix: whole, subnet: subnet.id });
    }
    if network.lowest_free_prefix(subnet, prefix.network()) == Some(prefix) {
        return Ok(());
    }
    let held = prefix.hosts().find_map(|ip| network.eni_by_private_ip(subnet.vpc, ip));
    Err(match held {
        Some(eni) => Refusal::PrefixInUse { prefix: whole, eni: eni.id },
        None => Refusal::PrefixReserved { prefix: whole, subnet: subnet.id },
    })
}

/// Whether a subnet has the addresses of so many prefixes beside `single` others; in a row or not is seen when they are taken (`E71`).
pub(super) fn enough_for_prefixes(draft: &Draft, subnet: &Subnet, single: u64, prefixes: u64) -> Result<(), Refusal> {
    let free = draft.network.free_address_count(subnet);
    if prefixes > 0 && u64::from(free) < single.saturating_add(prefixes.saturating_mul(16)) {
        return Err(Refusal::TooFewForPrefixes { subnet: subnet.id, wanted: prefixes, free });
    }
    Ok(())
}

fn length<T>(list: &[T]) -> u64 {
    u64::try_from(list.len()).unwrap_or(u64::MAX)
}
