//! Reads of a network by address: who has one, and which are free.

use super::eni::{Eni, IPV4_PREFIX_LEN};
use super::network::Network;
use super::vpc::Subnet;
use crate::addr::{Ipv4Addr, Ipv4Net, Ipv6Addr, Ipv6Net};
use crate::id::*;

impl Network {
    /// The ENI that has a private address in a VPC. An address inside a prefix counts.
    pub fn eni_by_private_ip(&self, vpc: VpcId, ip: Ipv4Addr) -> Option<&Eni> {
        self.index.by_private.get(&(vpc, ip)).and_then(|id| self.eni(*id)).or_else(|| {
            self.index
                .prefixes
                .range(..=(vpc, ip))
                .next_back()
                .and_then(|((_, _), (prefix, id))| prefix.contains(&ip).then_some(id))
                .and_then(|id| self.eni(*id))
                .filter(|eni| eni.vpc == vpc)
        })
    }

    /// The ENI that has an IPv6 address in a VPC. An address inside a prefix counts.
    pub fn eni_by_ipv6(&self, vpc: VpcId, ip: Ipv6Addr) -> Option<&Eni> {
        let by_prefix = || self.index.ipv6_prefix_around(vpc, ip);
        self.index.by_ipv6.get(&(vpc, ip)).copied().or_else(by_prefix).and_then(|id| self.eni(id))
    }

    /// The ENI that has an IPv6 prefix of a VPC, or an address in it.
    pub fn eni_in_ipv6_prefix(&self, vpc: VpcId, prefix: Ipv6Net) -> Option<&Eni> {
        let range = (vpc, prefix.network())..=(vpc, prefix.broadcast());
        let address = self.index.by_ipv6.range(range).next().map(|(_, id)| *id);
        let whole = || self.index.ipv6_prefixes.get(&(vpc, prefix.network())).map(|(_, id)| *id);
        address.or_else(whole).and_then(|id| self.eni(id))
    }

    /// The ENI and private address that a public address is mapped to.
    pub fn mapping_of_public_ip(&self, ip: Ipv4Addr) -> Option<(&Eni, Ipv4Addr)> {
        let (eni, private) = self.index.by_public.get(&ip)?;
        Some((self.eni(*eni)?, *private))
    }

    /// Whether a public address is one of the account's own: mapped to an ENI, or an Elastic IP that waits for one.
    pub fn has_public_ip(&self, ip: Ipv4Addr) -> bool {
        self.mapping_of_public_ip(ip).is_some() || self.elastic_ip_by_address(ip).is_some()
    }

    /// The lowest free private address of a subnet that is at least `from` (`E51`).
    pub fn lowest_free_address(&self, subnet: &Subnet, from: Ipv4Addr) -> Option<Ipv4Addr> {
        let (first, last) = (u32::from(subnet.cidr.network()), u32::from(subnet.cidr.broadcast()));
        self.index.used.first_free(subnet.vpc, first.saturating_add(4).max(from.into()), last.saturating_sub(1))
    }

    /// The lowest free /28 of a subnet that begins at `from` or later (`E66`).
    pub fn lowest_free_prefix(&self, subnet: &Subnet, from: Ipv4Addr) -> Option<Ipv4Net> {
        let (first, last) = (u32::from(subnet.cidr.network()), u32::from(subnet.cidr.broadcast()));
        let range = (first.saturating_add(4).max(from.into()), last.saturating_sub(1));
        let start = self.index.used.first_free_block(subnet.vpc, range, 1 << (32 - IPV4_PREFIX_LEN))?;
        Ipv4Net::new(start, IPV4_PREFIX_LEN).ok()
    }

    /// Whether any private address of a VPC has a public one mapped to it (`R36`).
    pub fn has_mapped_public_address(&self, vpc: VpcId) -> bool {
        let range = (vpc, Ipv4Addr::UNSPECIFIED)..=(vpc, Ipv4Addr::BROADCAST);
        self.index.by_private.range(range.clone()).any(|((_, ip), eni)| self.eni(*eni).is_some_and(|eni| eni.public_of(*ip).is_some()))
            || self.index.prefixes.range(range).any(|(_, (_, eni))| self.eni(*eni).is_some_and(|eni| !eni.prefix_publics.is_empty()))
    }

    /// How many addresses of a subnet are free (`E49`).
    pub fn free_address_count(&self, subnet: &Subnet) -> u32 {
        let size = 1u64 << (32 - u64::from(subnet.cidr.prefix_len()));
        let single = self.index.addresses_in.get(&subnet.id).copied().unwrap_or(0);
        u32::try_from(size.saturating_sub(5).saturating_sub(single)).unwrap_or(0)
    }
}
