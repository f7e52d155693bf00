//! Reads of a network that lead from a name to what bears it, and from a guest to those whom it asks for names.

use super::dhcp_options::{AMAZON_DNS, DhcpKey, DhcpOptions, NameServers};
use super::hosted_zone::HostedZone;
use super::key_pair::KeyPair;
use super::network::Network;
use super::vpc::Vpc;
use crate::id::VpcId;

impl Network {
    /// The set that new VPCs use: the oldest that says what the region's own one says; none once that was deleted.
    pub fn default_dhcp_options(&self) -> Option<&DhcpOptions> {
        self.dhcp_option_sets().find(|set| set.options == DhcpOptions::of_region(set.id, &self.region).options)
    }

    /// Whom the guests of a VPC ask for names.
    pub fn name_servers_of(&self, vpc: &Vpc) -> NameServers {
        let Some(set) = vpc.dhcp_options.and_then(|id| self.dhcp_options(id)) else { return NameServers::OfNitro };
        match set.values(DhcpKey::DomainNameServers) {
            [] => NameServers::Nobody,
            // Guests ask the first; the others are for when it does not answer.
            [first, ..] if first == AMAZON_DNS => NameServers::OfVpc,
            servers => NameServers::Own(servers.iter().filter_map(|server| server.parse().ok()).collect()),
        }
    }

    /// The zones that a VPC is associated with, in the order of their ids.
    pub fn zones_of_vpc(&self, vpc: VpcId) -> impl Iterator<Item = &HostedZone> + '_ {
        self.hosted_zones().filter(move |zone| zone.vpcs.contains(&vpc))
    }

    /// The key pair of this name.
    pub fn key_pair_by_name(&self, name: &str) -> Option<&KeyPair> {
        self.key_pairs().find(|pair| pair.name == name)
    }
}
