//! Look-up tables that follow from the objects. `apply` keeps them right; `check_invariants` compares them with ones made afresh.

use super::address_runs::AddressRuns;
use super::eni::{Eni, PublicOrigin};
use super::flow_log::FlowLogResource;
use super::instance::Instance;
use super::route_table::{RouteTable, RouteTableUser};
use super::security_group::{GroupRule, Peer, SecurityGroup};
use super::vpc::Subnet;
use crate::addr::{Ipv4Addr, Ipv4Net, Ipv6Addr, Ipv6Net};
use crate::id::*;
use crate::table::{Set, Table};

/// Which ids belong to an id, in order. One kind of table, so that all of them are one in the machine's code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pairs<A, B>(Set<(A, B)>);

impl<A, B> Default for Pairs<A, B> {
    fn default() -> Pairs<A, B> {
        Pairs(Set::new())
    }
}

impl<A: ResourceId, B: ResourceId> Pairs<A, B> {
    /// Puts a pair in.
    pub fn insert(&mut self, one: A, other: B) {
        self.0.insert((one, other));
    }

    /// Takes a pair out.
    pub fn remove(&mut self, one: A, other: B) {
        self.0.remove(&(one, other));
    }

    /// What belongs to an id, in order.
    pub fn of(&self, one: A) -> impl Iterator<Item = B> + '_ {
        self.0.range((one, B::from_number(0))..).take_while(move |(other, _)| *other == one).map(|(_, belonging)| *belonging)
    }
}

/// What can be computed from the tables, kept at hand.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Index {
    /// Private address of a VPC to its ENI.
    pub by_private: Table<(VpcId, Ipv4Addr), EniId>,
    /// First address of an IPv4 prefix to the prefix and its ENI.
    pub prefixes: Table<(VpcId, Ipv4Addr), (Ipv4Net, EniId)>,
    /// IPv6 address of a VPC to its ENI.
    pub by_ipv6: Table<(VpcId, Ipv6Addr), EniId>,
    /// First address of an IPv6 prefix to the prefix and its ENI.
    pub ipv6_prefixes: Table<(VpcId, Ipv6Addr), (Ipv6Net, EniId)>,
    /// Public address to its ENI and private address.
    pub by_public: Table<Ipv4Addr, (EniId, Ipv4Addr)>,
    /// Group and member.
    pub members: Pairs<GroupId, EniId>,
    /// Subnet and ENI.
    pub enis_in: Pairs<SubnetId, EniId>,
    /// Subnet and reservation.
    pub reservations_of: Pairs<SubnetId, SubnetReservationId>,
    /// How many addresses of a subnet are taken: each single one, and 16 for a prefix (`E49`).
    pub addresses_in: Table<SubnetId, u64>,
    /// Subnet to the table that it was associated with.
    pub table_of: Table<SubnetId, RouteTableId>,
    /// VPC to the internet gateway attached to it.
    pub gateway_of: Table<VpcId, InternetGatewayId>,
    /// The private addresses in use, prefixes among them.
    pub used: AddressRuns,
    /// Attachment to its ENI.
    pub attachment_of: Pairs<AttachmentId, EniId>,
    /// A service's attachment to its ENI.
    pub service_attachment_of: Pairs<ServiceAttachmentId, EniId>,
    /// Association of an Elastic IP to the Elastic IP.
    pub elastic_ip_of: Table<AssociationId, AllocationId>,
    /// Address to the Elastic IP that it is.
    pub elastic_ip_by_ip: Table<Ipv4Addr, AllocationId>,
    /// Association to its route table.
    pub route_association_of: Table<RouteTableAssociationId, RouteTableId>,
    /// Association to the subnet whose ACL it names.
    pub acl_association_of: Table<AclAssociationId, SubnetId>,
    /// The subnets of a VPC by their blocks.
    pub subnets_of: Set<(VpcId, Ipv4Net, SubnetId)>,
    /// A group, and another one that names it in a rule.
    pub references: Pairs<GroupId, GroupId>,
    /// A rule to its group.
    pub group_of_rule: Pairs<GroupRuleId, GroupId>,
    /// A prefix list, and a group that names it in a rule.
    pub groups_with_list: Pairs<PrefixListId, GroupId>,
    /// A VPC, subnet or ENI, and a flow log of it.
    pub flow_logs_of: Set<(FlowLogResource, FlowLogId)>,
    /// The instances whose tracked connections are limited (`S45`): as a rule none.
    pub limited: Set<InstanceId>,
    /// VPC and group name in lower case (`S8`).
    pub group_names: Set<(VpcId, String, GroupId)>,
}

impl Index {
    /// The ENI with the IPv6 prefix that an address lies in.
    pub fn ipv6_prefix_around(&self, vpc: VpcId, ip: Ipv6Addr) -> Option<EniId> {
        let ((other, _), (prefix, id)) = self.ipv6_prefixes.range(..=(vpc, ip)).next_back()?;
        (*other == vpc && prefix.contains(&ip)).then_some(*id)
    }

    /// Takes a route table in.
    pub fn add_table(&mut self, table: &RouteTable) {
        for (association, user) in &table.associations {
            self.route_association_of.insert(*association, table.id);
            if let RouteTableUser::Subnet(subnet) = user {
                self.table_of.insert(*subnet, table.id);
            }
        }
    }

    /// Takes a route table out.
    pub fn remove_table(&mut self, table: &RouteTable) {
        for (association, user) in &table.associations {
            self.route_association_of.remove(association);
            if let RouteTableUser::Subnet(subnet) = user {
                self.table_of.remove(subnet);
            }
        }
    }

    /// Takes a subnet in.
    pub fn add_subnet(&mut self, subnet: &Subnet) {
        self.subnets_of.insert((subnet.vpc, subnet.cidr, subnet.id));
        self.acl_association_of.insert(subnet.acl_association, subnet.id);
    }

    /// Takes a subnet out.
    pub fn remove_subnet(&mut self, subnet: &Subnet) {
        self.subnets_of.remove(&(subnet.vpc, subnet.cidr, subnet.id));
        self.acl_association_of.remove(&subnet.acl_association);
    }

    /// Takes an instance in as it is now.
    pub fn add_instance(&mut self, instance: &Instance) {
        if instance.faults.connections.is_some() {
            self.limited.insert(instance.id);
        } else if !self.limited.is_empty() {
            self.limited.remove(&instance.id);
        }
    }

    /// Takes a group in.
    pub fn add_group(&mut self, group: &SecurityGroup) {
        self.group_names.insert((group.vpc, group.name.to_ascii_lowercase(), group.id));
        self.add_rules(group.id, &group.rules);
    }

    /// Takes rules of a group in.
    pub fn add_rules(&mut self, group: GroupId, rules: &[GroupRule]) {
        for rule in rules {
            self.group_of_rule.insert(rule.id, group);
        }
        for named in named_groups(group, rules) {
            self.references.insert(named, group);
        }
        for list in named_lists(rules) {
            self.groups_with_list.insert(list, group);
        }
    }

    /// Takes a group out.
    pub fn remove_group(&mut self, group: &SecurityGroup) {
        self.group_names.remove(&(group.vpc, group.name.to_ascii_lowercase(), group.id));
        for rule in &group.rules {
            self.group_of_rule.remove(rule.id, group.id);
        }
        for named in named_groups(group.id, &group.rules) {
            self.references.remove(named, group.id);
        }
        for list in named_lists(&group.rules) {
            self.groups_with_list.remove(list, group.id);
        }
    }

    /// Takes an ENI in.
    pub fn add_eni(&mut self, eni: &Eni) {
        self.enis_in.insert(eni.subnet, eni.id);
        for group in &eni.groups {
            self.members.insert(*group, eni.id);
        }
        for address in &eni.addresses {
            self.by_private.insert((eni.vpc, address.ip), eni.id);
            self.used.insert(eni.vpc, address.ip.into(), address.ip.into());
        }
        for (ip, public) in eni.mapped() {
            self.by_public.insert(public.ip, (eni.id, ip));
            if let PublicOrigin::Elastic { allocation, association } = public.origin {
                self.elastic_ip_of.insert(association, allocation);
            }
        }
        for ip in &eni.ipv6_addresses {
            self.by_ipv6.insert((eni.vpc, *ip), eni.id);
        }
        for prefix in &eni.ipv6_prefixes {
            self.ipv6_prefixes.insert((eni.vpc, prefix.network()), (*prefix, eni.id));
        }
        for prefix in &eni.ipv4_prefixes {
            self.prefixes.insert((eni.vpc, prefix.network()), (*prefix, eni.id));
            self.used.insert(eni.vpc, prefix.network().into(), prefix.broadcast().into());
        }
        if let Some(attachment) = &eni.attachment {
            self.attachment_of.insert(attachment.id, eni.id);
        }
        if let Some(attachment) = eni.requester.as_ref().and_then(|requester| requester.attachment) {
            self.service_attachment_of.insert(attachment, eni.id);
        }
        self.addresses_in.update(eni.subnet, 0, |addresses| *addresses += taken(eni));
    }

    /// Takes an ENI out.
    pub fn remove_eni(&mut self, eni: &Eni) {
        self.enis_in.remove(eni.subnet, eni.id);
        for group in &eni.groups {
            self.members.remove(*group, eni.id);
        }
        for address in &eni.addresses {
            self.by_private.remove(&(eni.vpc, address.ip));
            self.used.remove(eni.vpc, address.ip.into(), address.ip.into());
        }
        for (_, public) in eni.mapped() {
            self.by_public.remove(&public.ip);
            if let PublicOrigin::Elastic { association, .. } = public.origin {
                self.elastic_ip_of.remove(&association);
            }
        }
        for ip in &eni.ipv6_addresses {
            self.by_ipv6.remove(&(eni.vpc, *ip));
        }
        for prefix in &eni.ipv6_prefixes {
            self.ipv6_prefixes.remove(&(eni.vpc, prefix.network()));
        }
        for prefix in &eni.ipv4_prefixes {
            self.prefixes.remove(&(eni.vpc, prefix.network()));
            self.used.remove(eni.vpc, prefix.network().into(), prefix.broadcast().into());
        }
        if let Some(attachment) = &eni.attachment {
            self.attachment_of.remove(attachment.id, eni.id);
        }
        if let Some(attachment) = eni.requester.as_ref().and_then(|requester| requester.attachment) {
            self.service_attachment_of.remove(attachment, eni.id);
        }
        let left = self.addresses_in.get(&eni.subnet).copied().unwrap_or(0).saturating_sub(taken(eni));
        if left == 0 {
            self.addresses_in.remove(&eni.subnet);
        } else {
            self.addresses_in.insert(eni.subnet, left);
        }
    }
}

/// The other groups that a group's rules name.
fn named_groups(group: GroupId, rules: &[GroupRule]) -> impl Iterator<Item = GroupId> + '_ {
    rules.iter().filter_map(move |rule| match rule.peer {
        Peer::Group(named) if named != group => Some(named),
        _ => None,
    })
}

/// The prefix lists that rules name.
fn named_lists(rules: &[GroupRule]) -> impl Iterator<Item = PrefixListId> + '_ {
    rules.iter().filter_map(|rule| match rule.peer {
        Peer::PrefixList(list) => Some(list),
        _ => None,
    })
}

/// How many addresses of its subnet an ENI takes.
fn taken(eni: &Eni) -> u64 {
    let prefixes: u64 = eni.ipv4_prefixes.iter().map(|prefix| 1u64 << (32 - u64::from(prefix.prefix_len()))).sum();
    prefixes + u64::try_from(eni.addresses.len()).unwrap_or(0)
}
