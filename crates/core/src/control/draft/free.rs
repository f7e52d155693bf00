//! What is still free in a subnet in the middle of a decision: what the network has in use and what the decision has given away.

use super::Draft;
use crate::addr::{IpNet, Ipv4Addr, Ipv4Net, Ipv6Addr, Ipv6Net};
use crate::control::error::Refusal;
use crate::id::SubnetId;
use crate::model::eni::IPV6_PREFIX_LEN;
use crate::model::vpc::Subnet;

impl Draft<'_> {
    /// Takes the lowest free private address of a subnet that is not reserved (`E51`, `E65`). `wanted` is how many the whole act asked for.
    pub fn take_free_address(&mut self, subnet: &Subnet, wanted: u64) -> Result<Ipv4Addr, Refusal> {
        // Everything free below the last address picked here was free when it was picked, and is given by now.
        let mut from = match self.picked {
            Some((id, last)) if id == subnet.id => last,
            _ => Ipv4Addr::UNSPECIFIED,
        };
        loop {
            let free = self.network.lowest_unreserved_address(subnet, from);
            let Some(ip) = free else {
                return Err(Refusal::SubnetFull { subnet: subnet.id, wanted, free: self.network.free_address_count(subnet) });
            };
            if let Some(prefix) = self.given_prefix_around(subnet.id, ip) {
                from = after(prefix.broadcast());
            } else if self.given.insert((subnet.id, ip)) {
                self.picked = Some((subnet.id, ip));
                return Ok(ip);
            } else {
                from = after(ip);
            }
        }
    }

    /// Takes the lowest free prefix of a subnet (`E66`): of ranges that are kept for prefixes as long as they have one, then of what is not
    /// reserved (`E65`, `M`). `wanted` is how many the whole act asked for.
    pub fn take_free_prefix(&mut self, subnet: &Subnet, wanted: u64) -> Result<Ipv4Net, Refusal> {
        for range in self.network.ranges_for_prefixes(subnet.id) {
            let IpNet::V4(range) = range else { continue };
            let mut from = range.network();
            while let Some(prefix) = self.network.lowest_free_prefix(subnet, from).filter(|prefix| range.contains(prefix)) {
                if self.give_prefix(subnet.id, prefix).is_ok() {
                    return Ok(prefix);
                }
                from = after(prefix.broadcast());
            }
        }
        let mut from = match self.picked_prefix {
            Some((id, last)) if id == subnet.id => last,
            _ => Ipv4Addr::UNSPECIFIED,
        };
        loop {
            let Some(prefix) = self.network.lowest_unreserved_prefix(subnet, from) else { return Err(self.no_prefix(subnet, wanted)) };
            if self.give_prefix(subnet.id, prefix).is_ok() {
                self.picked_prefix = Some((subnet.id, prefix.network()));
                return Ok(prefix);
            }
            from = after(prefix.broadcast());
        }
    }

    /// Why there is no prefix left: too few addresses, or enough of them and no sixteen in a row (`E71`).
    pub fn no_prefix(&self, subnet: &Subnet, wanted: u64) -> Refusal {
        let free = self.network.free_address_count(subnet);
        if u64::from(free) < wanted.saturating_mul(16) {
            Refusal::TooFewForPrefixes { subnet: subnet.id, wanted, free }
        } else {
            Refusal::SubnetFragmented { subnet: subnet.id, wanted }
        }
    }

    /// Marks an address that was asked for as given, so that no free one of the same decision is it.
    pub fn give(&mut self, subnet: SubnetId, ip: Ipv4Addr) -> Result<(), Refusal> {
        if self.given_prefix_around(subnet, ip).is_none() && self.given.insert((subnet, ip)) {
            Ok(())
        } else {
            Err(Refusal::AddressTwice { ip })
        }
    }

    /// Marks a prefix that was asked for as given.
    pub fn give_prefix(&mut self, subnet: SubnetId, prefix: Ipv4Net) -> Result<(), Refusal> {
        let (first, last) = (prefix.network(), prefix.broadcast());
        let given = self.given.range((subnet, first)..=(subnet, last)).next().is_some();
        if given || self.given_prefixes.contains_key(&(subnet, first)) {
            return Err(Refusal::AddressTwice { ip: first });
        }
        self.given_prefixes.insert((subnet, first), prefix);
        Ok(())
    }

    /// Marks an IPv6 address as given; false if it is given already.
    pub fn give_ipv6(&mut self, ip: Ipv6Addr) -> bool {
        let around = Ipv6Net::new(ip, IPV6_PREFIX_LEN).map(|prefix| prefix.network());
        !around.is_ok_and(|first| self.given_ipv6_prefixes.contains(&first)) && self.given_ipv6.insert(ip)
    }

    /// Marks an IPv6 prefix as given; false if it, or an address of it, is given already.
    pub fn give_ipv6_prefix(&mut self, prefix: Ipv6Net) -> bool {
        let given = self.given_ipv6.range(prefix.network()..=prefix.broadcast()).next().is_some();
        !given && self.given_ipv6_prefixes.insert(prefix.network())
    }

    /// The prefix that the decision has given and that holds an address.
    fn given_prefix_around(&self, subnet: SubnetId, ip: Ipv4Addr) -> Option<Ipv4Net> {
        let ((other, _), prefix) = self.given_prefixes.range(..=(subnet, ip)).next_back()?;
        (*other == subnet && prefix.contains(&ip)).then_some(*prefix)
    }
}

/// The address after this one.
fn after(ip: Ipv4Addr) -> Ipv4Addr {
    Ipv4Addr::from(u32::from(ip).saturating_add(1))
}
