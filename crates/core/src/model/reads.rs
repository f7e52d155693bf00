//! Further reads of a network, for the data plane.

use super::elsewhere::Elsewhere;
use super::endpoint::Endpoint;
use super::eni::Eni;
use super::flow_log::{FlowLog, FlowLogResource};
use super::instance::Instance;
use super::nat_gateway::NatGateway;
use super::network::{Network, Quotas};
use super::peering::{Peering, PeeringState};
use super::prefix_list::PrefixList;
use super::quota::Quota;
use super::route_table::{Destination, Route, RouteTable, RouteTableUser, RouteTarget};
use super::security_group::SecurityGroup;
use super::vpc::{Subnet, Vpc};
use crate::addr::{IpAddr, ipv4_block_has};
use crate::id::{EndpointId, FlowLogId, GroupId, GroupRuleId, PrefixListId, ResourceId, RouteTableId, VpcId};

impl Network {
    /// The same region of the same account before anything was made in it: its zones, with those that an import brought and their ids, its
    /// delays and switches. Quotas on how much there may be are out of the way, because what is there was there.
    pub fn emptied(&self) -> Network {
        let mut zones = self.zones.clone();
        for subnet in self.subnets() {
            if !zones.contains(&subnet.zone) {
                zones.push(subnet.zone.clone());
            }
        }
        let most = usize::MAX;
        let quotas = Quotas { vpcs: most, subnets_per_vpc: most, enis: most, elastic_ips: most, groups: most, ..self.quotas };
        let quotas = Quotas { rules_per_group: most, groups_per_eni: most, rules_per_acl: most, acls_per_vpc: most, ..quotas };
        let quotas = Quotas { routes_per_table: most, route_tables_per_vpc: most, internet_gateways: most, prefix_lists: most, ..quotas };
        let mut quotas = Quotas { flow_logs_per_resource: most, ..quotas };
        // What was raised is raised again.
        let usual = Quotas::default();
        let raised = |quota: &&Quota| quota.of(&self.quotas) > quota.of(&usual);
        Quota::ALL.iter().filter(raised).for_each(|quota| *quota.of_mut(&mut quotas) = quota.of(&usual));
        if raised(&&Quota::GroupsPerEni) || raised(&&Quota::RulesPerGroup) {
            (quotas.groups_per_eni, quotas.rules_per_group) = (usual.groups_per_eni, usual.rules_per_group);
        }
        let elsewhere = Box::new(Elsewhere { zone_ids: self.elsewhere.zone_ids.clone(), ..Elsewhere::default() });
        Network { zones, quotas, delays: self.delays, switches: self.switches, elsewhere, ..Network::empty(&self.region, self.account) }
    }

    /// The default VPC, if the region has one (`I10`).
    pub fn default_vpc(&self) -> Option<&Vpc> {
        self.vpcs().find(|vpc| vpc.is_default)
    }

    /// The ENI that has a private address of either family in a VPC. IPv6 addresses are not indexed: those are searched for.
    #[inline]
    pub fn eni_by_address(&self, vpc: VpcId, ip: IpAddr) -> Option<&Eni> {
        match ip {
            IpAddr::V4(ip) => self.eni_by_private_ip(vpc, ip),
            IpAddr::V6(ip) => self.eni_by_ipv6(vpc, ip),
        }
    }

    /// The ENI that has a private address in any VPC; the VPC with the lowest id goes first.
    pub fn eni_anywhere(&self, ip: IpAddr) -> Option<&Eni> {
        self.vpcs().find_map(|vpc| self.eni_by_address(vpc.id, ip))
    }

    /// How many connections the groups of an ENI's instance may track, with those of its other ENIs, where that is limited (`S45`).
    #[inline]
    pub fn connection_limit(&self, eni: &Eni) -> Option<(&Instance, u32)> {
        // As a rule no instance has a limit: then nothing is looked up.
        if self.index.limited.is_empty() { None } else { self.limit_at(eni) }
    }

    #[inline(never)]
    fn limit_at(&self, eni: &Eni) -> Option<(&Instance, u32)> {
        let instance = self.instance(eni.attached_instance()?)?;
        Some((instance, instance.faults.connections?))
    }

    /// The group that a rule is in.
    pub fn group_of_rule(&self, rule: GroupRuleId) -> Option<&SecurityGroup> {
        self.index.group_of_rule.of(rule).next().and_then(|group| self.group(group))
    }

    /// The flow logs of a VPC, a subnet or an ENI itself, in the order of their ids.
    pub fn flow_logs_of(&self, resource: FlowLogResource) -> impl Iterator<Item = &FlowLog> + '_ {
        let first = (resource, FlowLogId::from_number(0));
        self.index.flow_logs_of.range(first..).take_while(move |(of, _)| *of == resource).filter_map(|(_, id)| self.flow_log(*id))
    }

    /// The routes through a gateway endpoint: table and destination.
    pub fn routes_of_endpoint(&self, id: EndpointId) -> impl Iterator<Item = (RouteTableId, Destination)> + '_ {
        let through = move |(_, route): &(&Destination, &Route)| route.target == RouteTarget::Endpoint(id);
        self.route_tables().flat_map(move |table| table.routes.iter().filter(through).map(|(destination, _)| (table.id, *destination)))
    }

    /// The prefix lists that AWS keeps of the public addresses of a service; few services have one.
    pub fn prefix_lists_of_service<'a>(&'a self, service: &'a str) -> impl Iterator<Item = &'a PrefixList> {
        self.prefix_lists().filter(move |list| self.service_of_list(list) == Some(service))
    }

    /// The service that a prefix list of AWS's own is about: `s3` of `com.amazonaws.us-east-1.s3`.
    pub fn service_of_list<'a>(&self, list: &'a PrefixList) -> Option<&'a str> {
        let rest = list.name.strip_prefix("com.amazonaws.").filter(|_| list.by_aws)?;
        rest.strip_prefix(self.region())?.strip_prefix('.')
    }

    /// The peering connections of a VPC that are not over, in the order of their ids.
    pub fn peerings_of(&self, vpc: VpcId) -> impl Iterator<Item = &Peering> + '_ {
        self.peerings().filter(move |peering| peering.joins(vpc) && !peering.state.is_over())
    }

    /// The NAT gateway that works through an ENI.
    pub fn nat_gateway_of(&self, eni: &Eni) -> Option<&NatGateway> {
        let works = |gateway: &&NatGateway| gateway.stands() && gateway.addresses.iter().any(|address| address.eni == Some(eni.id));
        self.nat_gateways().filter(|_| eni.is_requester_managed()).find(works)
    }

    /// The interface endpoint that works through an ENI.
    pub fn endpoint_of(&self, eni: &Eni) -> Option<&Endpoint> {
        self.endpoints().filter(|endpoint| endpoint.vpc == eni.vpc && eni.requester.is_some()).find(|it| it.enis().contains(&eni.id))
    }

    /// The interface endpoints of a group's VPC whose ENIs get the group, also where they have none now.
    pub fn endpoints_with_group(&self, group: GroupId) -> impl Iterator<Item = &Endpoint> + '_ {
        self.endpoints().filter(move |endpoint| endpoint.groups().contains(&group))
    }

    /// The peering connection between two VPCs that is not over: at most one (`R52`).
    pub fn peering_between(&self, one: VpcId, other: VpcId) -> Option<&Peering> {
        self.peerings_of(one).find(|peering| peering.beyond(one).is_some_and(|side| side.vpc == other))
    }

    /// Whether an active peering connection joins two VPCs (`S22`, `R52`).
    pub fn are_peered(&self, one: VpcId, other: VpcId) -> bool {
        self.peering_between(one, other).is_some_and(|peering| peering.state == PeeringState::Active)
    }

    /// Whether rules of a VPC that name this group fit nothing: it is in another VPC, and no active peering connection joins the two (`S28`).
    pub fn is_stale(&self, vpc: VpcId, named: &SecurityGroup) -> bool {
        named.vpc != vpc && !self.are_peered(vpc, named.vpc)
    }

    /// The groups that name a prefix list in a rule, by id.
    pub fn groups_with_list(&self, list: PrefixListId) -> impl Iterator<Item = GroupId> + '_ {
        self.index.groups_with_list.of(list)
    }

    /// The route tables with a route to a prefix list.
    pub fn tables_with_list(&self, list: PrefixListId) -> impl Iterator<Item = &RouteTable> {
        self.route_tables().filter(move |table| table.routes.contains_key(&Destination::PrefixList(list)))
    }

    /// The route table of a gateway (`R27`).
    pub fn edge_table_of(&self, user: RouteTableUser) -> Option<&RouteTable> {
        self.route_tables().find(|table| table.associations.values().any(|used_by| *used_by == user))
    }
}

impl Eni {
    /// Whether an address of either family is one of its own (`E41`).
    #[inline]
    pub fn owns(&self, ip: IpAddr) -> bool {
        match ip {
            IpAddr::V4(ip) => self.owns_ipv4(ip),
            IpAddr::V6(ip) => self.owns_ipv6(ip),
        }
    }
}

impl Subnet {
    /// Whether an address of either family is inside its blocks.
    pub fn holds(&self, ip: IpAddr) -> bool {
        match ip {
            IpAddr::V4(ip) => ipv4_block_has(&self.cidr, ip),
            IpAddr::V6(ip) => self.ipv6_cidr.is_some_and(|block| block.cidr.contains(&ip)),
        }
    }
}
