//! What is always true of a network, whatever was done to it. Tests ask after every act; an import is refused when it breaks one.

use super::eni::PublicOrigin;
use super::flow_log::FlowLogResource;
use super::index::Index;
use super::instance::InstanceState;
use super::network::Network;
use super::prefix_list::AddressFamily;
use super::transit::TransitState;
use super::vpc::SubnetIpv6Cidr;
use crate::addr::IpNet;
use crate::order::sort;

/// Something that is not as it must be, with the names of those that it is about. The words are the application's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// The first is in the second, which is not there.
    InNothing(String, String),
    /// A subnet's block (second) is outside the blocks of its VPC.
    OutsideBlocks(String, String, String),
    /// The first uses the second, which is not there.
    UsesNothing(String, String),
    /// An ENI or a NAT gateway names a VPC, and its subnet is in another one.
    OtherVpc(String, String, String),
    /// An ENI has no security group.
    NoGroup(String),
    /// An ENI carries a group that is not in its VPC.
    ForeignGroup(String, String),
    /// An ENI has an address that its subnet's block cannot give.
    ForeignAddress(String, String, String),
    /// An address is on two ENIs of a VPC.
    AddressTwice(String, String),
    /// Two subnets with their blocks overlap.
    Overlap(String, String, String, String),
    /// An ENI is attached to an instance that is not there.
    AttachedToNothing(String, String),
    /// An instance does not hold an ENI at the index that the ENI names.
    NotHeld(String, String, String),
    /// An ENI and its instance are in different zones.
    OtherZone(String, String),
    /// An instance holds an ENI that is not attached to it.
    HeldOnly(String, String),
    /// A public address is mapped twice.
    MappedTwice(String),
    /// An ENI says that an Elastic IP is on one of its addresses, the Elastic IP does not.
    OnlyTheEniSays(String, String, String),
    /// An Elastic IP says that it is on an ENI, the ENI does not.
    OnlyTheAddressSays(String, String),
    /// A VPC has no main route table.
    NoMainTable(String),
    /// A VPC has no default network ACL.
    NoDefaultAcl(String),
    /// A VPC has no default group.
    NoDefaultGroup(String),
    /// A gateway is attached to a VPC that is not there or has another one.
    GatewayElsewhere(String, String),
    /// Two peering connections (first and second) join the same two VPCs, and neither is over.
    PeeredTwice(String, String),
    /// A prefix list has an entry of the other family.
    ForeignFamily(String, String),
    /// A prefix list has more entries than it may have.
    ListOverfull(String, usize, usize),
    /// Something is broken on an instance that does not run.
    FaultAtRest(String),
    /// Two key pairs (first and second) have one name.
    KeyNameTwice(String, String),
    /// The index differs from one made afresh.
    Index,
}

fn text(value: impl std::fmt::Display) -> String {
    value.to_string()
}

impl Network {
    /// Every broken invariant as text, for tests; empty when all hold.
    pub fn check_invariants(&self) -> Vec<String> {
        self.broken().iter().map(|broken| format!("{broken:?}")).collect()
    }

    /// Every broken invariant; empty when all hold.
    pub fn broken(&self) -> Vec<Broken> {
        let mut broken = Vec::new();
        self.check_places(&mut broken);
        self.check_ipv6(&mut broken);
        self.check_attachments(&mut broken);
        self.check_public_addresses(&mut broken);
        self.check_tables(&mut broken);
        self.check_peerings(&mut broken);
        self.check_prefix_lists(&mut broken);
        self.check_endpoints(&mut broken);
        self.check_functions(&mut broken);
        self.check_transit(&mut broken);
        self.check_reservations(&mut broken);
        self.check_faults(&mut broken);
        self.check_flow_logs(&mut broken);
        self.check_key_pairs(&mut broken);
        if self.index != afresh(self) {
            broken.push(Broken::Index);
        }
        broken
    }

    /// Everything stands in something that is there.
    fn check_places(&self, broken: &mut Vec<Broken>) {
        for subnet in self.subnets.values() {
            match self.vpcs.get(&subnet.vpc) {
                None => broken.push(Broken::InNothing(text(subnet.id), text(subnet.vpc))),
                Some(vpc) if !vpc.cidrs.iter().any(|block| block.cidr.contains(&subnet.cidr)) => {
                    broken.push(Broken::OutsideBlocks(text(subnet.id), text(subnet.cidr), text(vpc.id)));
                }
                Some(vpc) => {
                    let outside = |block: &SubnetIpv6Cidr| !vpc.ipv6_cidrs.iter().any(|own| own.cidr.contains(&block.cidr));
                    if let Some(block) = subnet.ipv6_cidr.filter(outside) {
                        broken.push(Broken::OutsideBlocks(text(subnet.id), text(block.cidr), text(vpc.id)));
                    }
                }
            }
            if !self.acls.contains_key(&subnet.acl) {
                broken.push(Broken::UsesNothing(text(subnet.id), text(subnet.acl)));
            }
        }
        self.check_overlaps(broken);
        let mut seen = crate::table::Set::new();
        for eni in self.enis.values() {
            let Some(subnet) = self.subnets.get(&eni.subnet) else {
                broken.push(Broken::InNothing(text(eni.id), text(eni.subnet)));
                continue;
            };
            if subnet.vpc != eni.vpc {
                broken.push(Broken::OtherVpc(text(eni.id), text(eni.vpc), text(subnet.vpc)));
            }
            if eni.groups.is_empty() && !eni.is_requester_managed() {
                broken.push(Broken::NoGroup(text(eni.id)));
            }
            for group in &eni.groups {
                if self.groups.get(group).is_none_or(|group| group.vpc != eni.vpc) {
                    broken.push(Broken::ForeignGroup(text(eni.id), text(group)));
                }
            }
            for address in &eni.addresses {
                if !subnet.cidr.contains(&address.ip) || subnet.is_reserved(address.ip) {
                    broken.push(Broken::ForeignAddress(text(eni.id), text(address.ip), text(subnet.cidr)));
                }
                if !seen.insert((eni.vpc, address.ip)) {
                    broken.push(Broken::AddressTwice(text(address.ip), text(eni.vpc)));
                }
            }
        }
    }

    /// IPv6 addresses and prefixes lie in the subnet's block, each on one ENI; the primary one is among them.
    fn check_ipv6(&self, broken: &mut Vec<Broken>) {
        let mut seen = crate::table::Set::new();
        for eni in self.enis.values() {
            let Some(subnet) = self.subnets.get(&eni.subnet) else { continue };
            let block = subnet.ipv6_cidr.map(|block| block.cidr);
            let whole = || block.map_or_else(String::new, text);
            for ip in &eni.ipv6_addresses {
                if !block.is_some_and(|block| block.contains(ip)) {
                    broken.push(Broken::ForeignAddress(text(eni.id), text(ip), whole()));
                }
                let in_prefix = self.index.ipv6_prefix_around(eni.vpc, *ip).is_some();
                if in_prefix || !seen.insert((eni.vpc, *ip, false)) {
                    broken.push(Broken::AddressTwice(text(ip), text(eni.vpc)));
                }
            }
            for prefix in &eni.ipv6_prefixes {
                if !block.is_some_and(|block| block.contains(prefix)) {
                    broken.push(Broken::ForeignAddress(text(eni.id), text(prefix), whole()));
                }
                if !seen.insert((eni.vpc, prefix.network(), true)) {
                    broken.push(Broken::AddressTwice(text(prefix), text(eni.vpc)));
                }
            }
            if let Some(primary) = eni.primary_ipv6.filter(|primary| !eni.ipv6_addresses.contains(primary)) {
                broken.push(Broken::ForeignAddress(text(eni.id), text(primary), whole()));
            }
        }
    }

    fn check_overlaps(&self, broken: &mut Vec<Broken>) {
        let mut blocks: Vec<_> = self.subnets.values().map(|subnet| (subnet.vpc, subnet.cidr, subnet.id)).collect();
        sort(&mut blocks);
        for pair in blocks.windows(2) {
            if let [(vpc_a, a, id_a), (vpc_b, b, id_b)] = pair
                && vpc_a == vpc_b
                && a.contains(b)
            {
                broken.push(Broken::Overlap(text(id_a), text(a), text(id_b), text(b)));
            }
        }
    }

    /// Only what runs hangs or loses packets.
    fn check_faults(&self, broken: &mut Vec<Broken>) {
        let at_rest = self.instances.values().filter(|instance| instance.faults.any() && instance.state != InstanceState::Running);
        broken.extend(at_rest.map(|instance| Broken::FaultAtRest(text(instance.id))));
    }

    /// Instances and ENIs agree on who is attached where.
    fn check_attachments(&self, broken: &mut Vec<Broken>) {
        for eni in self.enis.values() {
            let Some(attachment) = &eni.attachment else { continue };
            match self.instances.get(&attachment.instance) {
                None => broken.push(Broken::AttachedToNothing(text(eni.id), text(attachment.instance))),
                Some(instance) => {
                    let slot = (attachment.network_card, attachment.device_index);
                    if instance.enis.get(&slot) != Some(&eni.id) {
                        broken.push(Broken::NotHeld(text(instance.id), text(eni.id), text(attachment.device_index)));
                    }
                    if self.subnets.get(&eni.subnet).is_some_and(|subnet| subnet.zone != instance.zone) {
                        broken.push(Broken::OtherZone(text(eni.id), text(instance.id)));
                    }
                }
            }
        }
        for instance in self.instances.values() {
            for id in instance.enis.values() {
                let attached = self.enis.get(id).and_then(|eni| eni.attachment.as_ref()).is_some_and(|a| a.instance == instance.id);
                if !attached {
                    broken.push(Broken::HeldOnly(text(instance.id), text(id)));
                }
            }
        }
    }

    /// Elastic IPs and ENIs agree on who is mapped where, and no public address is there twice.
    fn check_public_addresses(&self, broken: &mut Vec<Broken>) {
        let mut seen = crate::table::Set::new();
        for eni in self.enis.values() {
            for (ip, public) in eni.mapped() {
                if !seen.insert(public.ip) {
                    broken.push(Broken::MappedTwice(text(public.ip)));
                }
                if let PublicOrigin::Elastic { allocation, association } = public.origin {
                    let agrees = self
                        .elastic_ips
                        .get(&allocation)
                        .and_then(|eip| eip.association)
                        .is_some_and(|other| other.id == association && other.eni == eni.id && other.private_ip == ip);
                    if !agrees {
                        broken.push(Broken::OnlyTheEniSays(text(eni.id), text(allocation), text(ip)));
                    }
                }
            }
        }
        for eip in self.elastic_ips.values() {
            let Some(association) = eip.association else { continue };
            let public = self.enis.get(&association.eni).and_then(|eni| eni.public_of(association.private_ip));
            if public.is_none_or(|public| public.ip != eip.ip) {
                broken.push(Broken::OnlyTheAddressSays(text(eip.allocation), text(association.eni)));
            }
        }
    }

    /// Entries are of the list's family, and no more than there may be.
    fn check_prefix_lists(&self, broken: &mut Vec<Broken>) {
        for list in self.prefix_lists.values() {
            for entry in list.entries.iter().filter(|entry| AddressFamily::of(entry.cidr) != list.family) {
                broken.push(Broken::ForeignFamily(text(list.id), text(entry.cidr)));
            }
            if !list.by_aws && list.entries.len() > list.max_entries {
                broken.push(Broken::ListOverfull(text(list.id), list.entries.len(), list.max_entries));
            }
        }
    }

    /// A mount target is of a file system that is there, and so is its ENI; so are those of Lambda.
    fn check_functions(&self, broken: &mut Vec<Broken>) {
        for target in self.mount_targets.values() {
            if !self.file_systems.contains_key(&target.file_system) {
                broken.push(Broken::InNothing(text(target.id), text(target.file_system)));
            }
            if self.enis.get(&target.eni).is_none_or(|eni| eni.subnet != target.subnet) {
                broken.push(Broken::UsesNothing(text(target.id), text(target.eni)));
            }
        }
        for eni in self.function_enis.keys().filter(|eni| !self.enis.contains_key(eni)) {
            broken.push(Broken::UsesNothing("AWS Lambda".to_owned(), text(eni)));
        }
    }

    /// An endpoint is in a VPC that is there, and so are its ENIs and groups.
    fn check_endpoints(&self, broken: &mut Vec<Broken>) {
        for endpoint in self.endpoints.values() {
            if !self.vpcs.contains_key(&endpoint.vpc) {
                broken.push(Broken::InNothing(text(endpoint.id), text(endpoint.vpc)));
            }
            for eni in endpoint.enis().iter().filter(|eni| !self.enis.contains_key(eni)) {
                broken.push(Broken::UsesNothing(text(endpoint.id), text(eni)));
            }
        }
    }

    /// What belongs to a transit gateway is in one that is there; an attachment that is not gone has its VPC, its ENIs and its table.
    fn check_transit(&self, broken: &mut Vec<Broken>) {
        for table in self.transit_tables.values().filter(|table| table.state != TransitState::Deleted) {
            if !self.transit_gateways.contains_key(&table.gateway) {
                broken.push(Broken::InNothing(text(table.id), text(table.gateway)));
            }
        }
        for attachment in self.transit_attachments.values().filter(|attachment| attachment.state != TransitState::Deleted) {
            if !self.transit_gateways.contains_key(&attachment.gateway) {
                broken.push(Broken::InNothing(text(attachment.id), text(attachment.gateway)));
            }
            if !self.vpcs.contains_key(&attachment.vpc) {
                broken.push(Broken::InNothing(text(attachment.id), text(attachment.vpc)));
            }
            for eni in attachment.enis.iter().filter(|eni| !self.enis.contains_key(eni)) {
                broken.push(Broken::UsesNothing(text(attachment.id), text(eni)));
            }
            if let Some(table) = attachment.table.filter(|table| !self.transit_tables.contains_key(table)) {
                broken.push(Broken::UsesNothing(text(attachment.id), text(table)));
            }
        }
    }

    /// What a flow log is of is there.
    fn check_flow_logs(&self, broken: &mut Vec<Broken>) {
        for log in self.flow_logs.values() {
            let there = match log.resource {
                FlowLogResource::Vpc(id) => self.vpcs.contains_key(&id),
                FlowLogResource::Subnet(id) => self.subnets.contains_key(&id),
                FlowLogResource::Eni(id) => self.enis.contains_key(&id),
            };
            if !there {
                broken.push(Broken::UsesNothing(text(log.id), text(log.resource)));
            }
        }
    }

    /// A name is that of one key pair.
    fn check_key_pairs(&self, broken: &mut Vec<Broken>) {
        for pair in self.key_pairs.values() {
            let first = self.key_pair_by_name(&pair.name).map_or(pair.id, |first| first.id);
            if first != pair.id {
                broken.push(Broken::KeyNameTwice(text(first), text(pair.id)));
            }
        }
    }

    /// A reservation lies in a block of a subnet that is there, and overlaps no other one.
    fn check_reservations(&self, broken: &mut Vec<Broken>) {
        for one in self.reservations.values() {
            let Some(subnet) = self.subnets.get(&one.subnet) else {
                broken.push(Broken::InNothing(text(one.id), text(one.subnet)));
                continue;
            };
            let inside = match one.cidr {
                IpNet::V4(range) => subnet.cidr.contains(&range),
                IpNet::V6(range) => subnet.ipv6_cidr.is_some_and(|block| block.cidr.contains(&range)),
            };
            if !inside {
                broken.push(Broken::ForeignAddress(text(one.id), text(one.cidr), text(subnet.cidr)));
            }
            if let Some(other) = self.reservations_of(one.subnet).find(|other| other.id > one.id && other.overlaps(one.cidr)) {
                broken.push(Broken::Overlap(text(one.id), text(one.cidr), text(other.id), text(other.cidr)));
            }
        }
    }

    /// Two VPCs have at most one peering connection that is not over (`R52`).
    fn check_peerings(&self, broken: &mut Vec<Broken>) {
        let mut seen = crate::table::Table::new();
        for peering in self.peerings.values().filter(|peering| !peering.state.is_over()) {
            let (one, other) = (peering.requester.vpc, peering.accepter.vpc);
            if let Some(first) = seen.insert((one.min(other), one.max(other)), peering.id) {
                broken.push(Broken::PeeredTwice(text(first), text(peering.id)));
            }
        }
    }

    /// Every VPC has its main table, default ACL and default group; tables and gateways are in VPCs that are there.
    fn check_tables(&self, broken: &mut Vec<Broken>) {
        for vpc in self.vpcs.values() {
            if self.route_tables.get(&vpc.main_route_table).is_none_or(|table| table.vpc != vpc.id) {
                broken.push(Broken::NoMainTable(text(vpc.id)));
            }
            if self.acls.get(&vpc.default_acl).is_none_or(|acl| acl.vpc != vpc.id) {
                broken.push(Broken::NoDefaultAcl(text(vpc.id)));
            }
            if self.groups.get(&vpc.default_group).is_none_or(|group| group.vpc != vpc.id) {
                broken.push(Broken::NoDefaultGroup(text(vpc.id)));
            }
        }
        for table in self.route_tables.values() {
            if !self.vpcs.contains_key(&table.vpc) {
                broken.push(Broken::InNothing(text(table.id), text(table.vpc)));
            }
        }
        for group in self.groups.values() {
            if !self.vpcs.contains_key(&group.vpc) {
                broken.push(Broken::InNothing(text(group.id), text(group.vpc)));
            }
        }
        for gateway in self.nat_gateways.values().filter(|gateway| gateway.stands()) {
            match self.subnets.get(&gateway.subnet) {
                None => broken.push(Broken::InNothing(text(gateway.id), text(gateway.subnet))),
                Some(subnet) if subnet.vpc != gateway.vpc => {
                    broken.push(Broken::OtherVpc(text(gateway.id), text(gateway.vpc), text(subnet.vpc)));
                }
                Some(_) => {}
            }
        }
        let mut egress = crate::table::Set::new();
        for gateway in self.egress_only_gateways.values() {
            if !self.vpcs.contains_key(&gateway.vpc) || !egress.insert(gateway.vpc) {
                broken.push(Broken::GatewayElsewhere(text(gateway.id), text(gateway.vpc)));
            }
        }
        for vpc in self.vpcs.values() {
            if let Some(set) = vpc.dhcp_options
                && !self.dhcp_option_sets.contains_key(&set)
            {
                broken.push(Broken::UsesNothing(text(vpc.id), text(set)));
            }
        }
        for connection in self.vpn_connections.values() {
            if !self.vpn_gateways.contains_key(&connection.vpn_gateway) {
                broken.push(Broken::UsesNothing(text(connection.id), text(connection.vpn_gateway)));
            }
            if !self.customer_gateways.contains_key(&connection.customer_gateway) {
                broken.push(Broken::UsesNothing(text(connection.id), text(connection.customer_gateway)));
            }
        }
        let mut attached = crate::table::Set::new();
        for gateway in self.internet_gateways.values() {
            if let Some(vpc) = gateway.vpc
                && (!self.vpcs.contains_key(&vpc) || !attached.insert(vpc))
            {
                broken.push(Broken::GatewayElsewhere(text(gateway.id), text(vpc)));
            }
        }
    }
}

/// What follows from the tables of a network, made afresh from all of them.
fn afresh(network: &Network) -> Index {
    let mut index = Index::default();
    for eni in network.enis() {
        index.add_eni(eni);
    }
    for table in network.route_tables() {
        index.add_table(table);
    }
    for subnet in network.subnets() {
        index.add_subnet(subnet);
    }
    for group in network.groups() {
        index.add_group(group);
    }
    for eip in network.elastic_ips() {
        index.elastic_ip_by_ip.insert(eip.ip, eip.allocation);
    }
    index.flow_logs_of = network.flow_logs().map(|log| (log.resource, log.id)).collect();
    for reservation in network.reservations() {
        index.reservations_of.insert(reservation.subnet, reservation.id);
    }
    for instance in network.instances() {
        index.add_instance(instance);
    }
    for gateway in network.internet_gateways() {
        if let Some(vpc) = gateway.vpc {
            index.gateway_of.insert(vpc, gateway.id);
        }
    }
    index
}
