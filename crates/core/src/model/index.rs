//! Look-up tables that follow from the objects. `apply` keeps them right; `check_invariants` compares them with ones made afresh.

use super::eni::Eni;
use super::network::Network;
use super::route_table::RouteTableUser;
use crate::addr::{Ipv4Addr, Ipv4Net};
use crate::id::{EniId, GroupId, InternetGatewayId, RouteTableId, SubnetId, VpcId};
use std::collections::{BTreeMap, BTreeSet};

/// What can be computed from the tables, kept at hand.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Index {
    /// Private address of a VPC to its ENI.
    pub by_private: BTreeMap<(VpcId, Ipv4Addr), EniId>,
    /// First address of an IPv4 prefix to the prefix and its ENI.
    pub prefixes: BTreeMap<(VpcId, Ipv4Addr), (Ipv4Net, EniId)>,
    /// Public address to its ENI and private address.
    pub by_public: BTreeMap<Ipv4Addr, (EniId, Ipv4Addr)>,
    /// Group and member.
    pub members: BTreeSet<(GroupId, EniId)>,
    /// Subnet and ENI.
    pub enis_in: BTreeSet<(SubnetId, EniId)>,
    /// How many addresses of a subnet are taken: each single one, and 16 for a prefix (`E49`).
    pub addresses_in: BTreeMap<SubnetId, u64>,
    /// Subnet to the table that it was associated with.
    pub table_of: BTreeMap<SubnetId, RouteTableId>,
    /// VPC to the internet gateway attached to it.
    pub gateway_of: BTreeMap<VpcId, InternetGatewayId>,
}

impl Index {
    /// Everything, made afresh.
    pub fn of(network: &Network) -> Index {
        let mut index = Index::default();
        for eni in network.enis() {
            index.add_eni(eni);
        }
        for table in network.route_tables() {
            for user in table.associations.values() {
                if let RouteTableUser::Subnet(subnet) = user {
                    index.table_of.insert(*subnet, table.id);
                }
            }
        }
        for gateway in network.internet_gateways() {
            if let Some(vpc) = gateway.vpc {
                index.gateway_of.insert(vpc, gateway.id);
            }
        }
        index
    }

    /// Takes an ENI in.
    pub fn add_eni(&mut self, eni: &Eni) {
        self.enis_in.insert((eni.subnet, eni.id));
        for group in &eni.groups {
            self.members.insert((*group, eni.id));
        }
        for address in &eni.addresses {
            self.by_private.insert((eni.vpc, address.ip), eni.id);
            if let Some(public) = address.public {
                self.by_public.insert(public.ip, (eni.id, address.ip));
            }
        }
        for prefix in &eni.ipv4_prefixes {
            self.prefixes.insert((eni.vpc, prefix.network()), (*prefix, eni.id));
        }
        *self.addresses_in.entry(eni.subnet).or_insert(0) += taken(eni);
    }

    /// Takes an ENI out.
    pub fn remove_eni(&mut self, eni: &Eni) {
        self.enis_in.remove(&(eni.subnet, eni.id));
        for group in &eni.groups {
            self.members.remove(&(*group, eni.id));
        }
        for address in &eni.addresses {
            self.by_private.remove(&(eni.vpc, address.ip));
            if let Some(public) = address.public {
                self.by_public.remove(&public.ip);
            }
        }
        for prefix in &eni.ipv4_prefixes {
            self.prefixes.remove(&(eni.vpc, prefix.network()));
        }
        let left = self.addresses_in.get(&eni.subnet).copied().unwrap_or(0).saturating_sub(taken(eni));
        if left == 0 {
            self.addresses_in.remove(&eni.subnet);
        } else {
            self.addresses_in.insert(eni.subnet, left);
        }
    }
}

/// How many addresses of its subnet an ENI takes.
fn taken(eni: &Eni) -> u64 {
    let prefixes: u64 = eni.ipv4_prefixes.iter().map(|prefix| 1u64 << (32 - u64::from(prefix.prefix_len()))).sum();
    prefixes + u64::try_from(eni.addresses.len()).unwrap_or(0)
}
