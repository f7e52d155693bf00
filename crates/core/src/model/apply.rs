//! The one writer: carries out events. It validates nothing; `control::decide` did.
//!
//! An event that names something that is not there changes nothing: `apply` never fails, and the invariants tell in tests.

use super::eni::{AttachmentStatus, Eni, PrivateAddress, PublicAddress, PublicOrigin};
use super::event::{EniChange, Event, InstanceChange, SubnetChange, TaggedId, TransitionKey, VpcChange};
use super::network::Network;
use super::route_table::RouteTableUser;
use super::{Tags, elastic_ip::EipAssociation};
use crate::addr::Ipv4Addr;
use crate::id::{AllocationId, EniId, ResourceId, VpcId};

impl Network {
    /// Carries out one event.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::VpcCreated(_) | Event::VpcChanged(..) | Event::VpcDeleted(_) => self.apply_vpc(event),
            Event::SubnetCreated(_) | Event::SubnetChanged(..) | Event::SubnetDeleted(_) => self.apply_subnet(event),
            Event::EniCreated(_) | Event::EniSettled(_) | Event::EniChanged(..) | Event::EniDeleted(_) => self.apply_eni(event),
            Event::AttachStarted(..) | Event::AttachFinished(_) | Event::DetachStarted(_) | Event::DetachFinished(_) => {
                self.apply_attachment(event)
            }
            Event::AddressAssigned(..)
            | Event::AddressUnassigned(..)
            | Event::AddressMoved { .. }
            | Event::PublicIpGiven(..)
            | Event::PublicIpReleased(_) => self.apply_address(event),
            Event::ElasticIpAllocated(_)
            | Event::ElasticIpReleased(_)
            | Event::ElasticIpAssociated(..)
            | Event::ElasticIpDisassociated(_) => {
                self.apply_elastic_ip(event);
            }
            Event::GroupCreated(_) | Event::GroupDeleted(_) | Event::GroupRulesAdded(..) | Event::GroupRulesRemoved(..) => {
                self.apply_group(event)
            }
            Event::AclCreated(_)
            | Event::AclDeleted(_)
            | Event::AclEntrySet(..)
            | Event::AclEntryRemoved(..)
            | Event::AclAssociationReplaced(..) => self.apply_acl(event),
            Event::RouteTableCreated(_)
            | Event::RouteTableDeleted(_)
            | Event::RouteSet(..)
            | Event::RouteRemoved(..)
            | Event::RouteTableAssociated(..)
            | Event::RouteTableDisassociated(..) => self.apply_route_table(event),
            Event::InternetGatewayCreated(_)
            | Event::InternetGatewayMoved(..)
            | Event::InternetGatewayDeleted(_)
            | Event::VpnGatewayImported(_)
            | Event::NatGatewayImported(_) => self.apply_gateway(event),
            Event::InstanceLaunched(_) | Event::InstanceStateChanged(..) | Event::InstanceChanged(..) | Event::InstanceForgotten(_) => {
                self.apply_instance(event);
            }
            Event::TagsSet(id, tags) => self.set_tags(*id, tags),
            Event::TransitionScheduled(at, transition) => {
                self.transition_sequence += 1;
                self.transitions.insert(TransitionKey { at: *at, sequence: self.transition_sequence }, *transition);
            }
            Event::TransitionDropped(key) => {
                self.transitions.remove(key);
            }
            Event::PublicPoolAdvanced(drawn) => self.public_ips_drawn = self.public_ips_drawn.max(*drawn),
        }
    }

    fn apply_vpc(&mut self, event: &Event) {
        match event {
            Event::VpcCreated(vpc) => {
                self.counters.observe(vpc.id);
                for block in &vpc.cidrs {
                    self.counters.observe(block.association);
                }
                self.vpcs.insert(vpc.id, (**vpc).clone());
            }
            Event::VpcChanged(id, change) => {
                if let VpcChange::CidrAdded(block) = change {
                    self.counters.observe(block.association);
                }
                let Some(vpc) = self.vpcs.get_mut(id) else { return };
                match change {
                    VpcChange::DnsSupport(on) => vpc.dns_support = *on,
                    VpcChange::DnsHostnames(on) => vpc.dns_hostnames = *on,
                    VpcChange::CidrAdded(block) => vpc.cidrs.push(*block),
                    VpcChange::MainRouteTable(table) => vpc.main_route_table = *table,
                }
            }
            Event::VpcDeleted(id) => self.delete_vpc(*id),
            _ => {}
        }
    }

    fn delete_vpc(&mut self, id: VpcId) {
        if let Some(vpc) = self.vpcs.remove(&id) {
            self.route_tables.remove(&vpc.main_route_table);
            self.acls.remove(&vpc.default_acl);
            self.groups.remove(&vpc.default_group);
        }
    }

    fn apply_subnet(&mut self, event: &Event) {
        match event {
            Event::SubnetCreated(subnet) => {
                self.counters.observe(subnet.id);
                self.counters.observe(subnet.acl_association);
                self.subnets.insert(subnet.id, (**subnet).clone());
            }
            Event::SubnetChanged(id, change) => {
                let Some(subnet) = self.subnets.get_mut(id) else { return };
                match change {
                    SubnetChange::MapPublicIpOnLaunch(on) => subnet.map_public_ip_on_launch = *on,
                    SubnetChange::AssignIpv6OnCreation(on) => subnet.assign_ipv6_on_creation = *on,
                }
            }
            Event::SubnetDeleted(id) => {
                self.subnets.remove(id);
                self.index.table_of.remove(id);
                for table in self.route_tables.values_mut() {
                    table.associations.retain(|_, user| *user != RouteTableUser::Subnet(*id));
                }
            }
            _ => {}
        }
    }

    fn apply_eni(&mut self, event: &Event) {
        match event {
            Event::EniCreated(eni) => {
                self.counters.observe(eni.id);
                self.macs_drawn = self.macs_drawn.max(mac_number(eni));
                self.index.add_eni(eni);
                self.enis.insert(eni.id, (**eni).clone());
            }
            Event::EniSettled(id) => self.edit_eni(*id, |eni| eni.settled = true),
            Event::EniChanged(id, change) => self.edit_eni(*id, |eni| match change {
                EniChange::Description(text) => eni.description.clone_from(text),
                EniChange::Groups(groups) => eni.groups.clone_from(groups),
                EniChange::SourceDestCheck(on) => eni.source_dest_check = *on,
                EniChange::DeleteOnTermination(on) => {
                    if let Some(attachment) = &mut eni.attachment {
                        attachment.delete_on_termination = *on;
                    }
                }
                EniChange::WantsPublicIp(on) => eni.wants_public_ip = *on,
                EniChange::Tracking(timeouts) => eni.tracking = *timeouts,
            }),
            Event::EniDeleted(id) => {
                if let Some(eni) = self.enis.remove(id) {
                    self.index.remove_eni(&eni);
                }
            }
            _ => {}
        }
    }

    fn apply_attachment(&mut self, event: &Event) {
        match event {
            Event::AttachStarted(id, attachment) => {
                self.counters.observe(attachment.id);
                if let Some(instance) = self.instances.get_mut(&attachment.instance) {
                    instance.enis.insert((attachment.network_card, attachment.device_index), *id);
                }
                self.edit_eni(*id, |eni| {
                    eni.attachment = Some((**attachment).clone());
                    eni.settled = true;
                });
            }
            Event::AttachFinished(id) => self.set_attachment_status(*id, AttachmentStatus::Attached),
            Event::DetachStarted(id) => self.set_attachment_status(*id, AttachmentStatus::Detaching),
            Event::DetachFinished(id) => {
                let Some(attachment) = self.enis.get_mut(id).and_then(|eni| eni.attachment.take()) else { return };
                if let Some(instance) = self.instances.get_mut(&attachment.instance) {
                    instance.enis.remove(&(attachment.network_card, attachment.device_index));
                    instance.guest.configured.retain(|(eni, _)| eni != id);
                }
            }
            _ => {}
        }
    }

    fn set_attachment_status(&mut self, id: EniId, status: AttachmentStatus) {
        if let Some(attachment) = self.enis.get_mut(&id).and_then(|eni| eni.attachment.as_mut()) {
            attachment.status = status;
        }
    }

    fn apply_address(&mut self, event: &Event) {
        match event {
            Event::AddressAssigned(id, ip) => {
                self.edit_eni(*id, |eni| eni.addresses.push(PrivateAddress { ip: *ip, public: None }));
            }
            Event::AddressUnassigned(id, ip) => self.edit_eni(*id, |eni| eni.addresses.retain(|address| address.ip != *ip)),
            Event::AddressMoved { ip, from, to } => {
                let Some(address) = self.enis.get(from).and_then(|eni| eni.address(*ip)).cloned() else { return };
                self.edit_eni(*from, |eni| eni.addresses.retain(|address| address.ip != *ip));
                if let Some(PublicAddress { origin: PublicOrigin::Elastic { allocation, .. }, .. }) = address.public
                    && let Some(association) = self.elastic_ips.get_mut(&allocation).and_then(|eip| eip.association.as_mut())
                {
                    association.eni = *to;
                }
                self.edit_eni(*to, |eni| eni.addresses.push(address));
            }
            Event::PublicIpGiven(id, private, public) => self.set_public(*id, *private, Some(*public)),
            Event::PublicIpReleased(id) => self.edit_eni(*id, |eni| {
                for address in &mut eni.addresses {
                    address.public = address.public.filter(|public| public.origin != PublicOrigin::Amazon);
                }
            }),
            _ => {}
        }
    }

    fn apply_elastic_ip(&mut self, event: &Event) {
        match event {
            Event::ElasticIpAllocated(eip) => {
                self.counters.observe(eip.allocation);
                self.elastic_ips.insert(eip.allocation, (**eip).clone());
            }
            Event::ElasticIpReleased(id) => {
                self.elastic_ips.remove(id);
            }
            Event::ElasticIpAssociated(id, association) => self.associate(*id, association),
            Event::ElasticIpDisassociated(id) => {
                let Some(association) = self.elastic_ips.get_mut(id).and_then(|eip| eip.association.take()) else { return };
                self.set_public(association.eni, association.private_ip, None);
            }
            _ => {}
        }
    }

    fn associate(&mut self, id: AllocationId, association: &EipAssociation) {
        self.counters.observe(association.id);
        let Some(eip) = self.elastic_ips.get_mut(&id) else { return };
        eip.association = Some(*association);
        let public = PublicAddress { ip: eip.ip, origin: PublicOrigin::Elastic { allocation: id, association: association.id } };
        self.set_public(association.eni, association.private_ip, Some(public));
    }

    fn set_public(&mut self, id: EniId, private: Ipv4Addr, public: Option<PublicAddress>) {
        self.edit_eni(id, |eni| {
            if let Some(address) = eni.addresses.iter_mut().find(|address| address.ip == private) {
                address.public = public;
            }
        });
    }

    fn apply_group(&mut self, event: &Event) {
        match event {
            Event::GroupCreated(group) => {
                self.counters.observe(group.id);
                for rule in &group.rules {
                    self.counters.observe(rule.id);
                }
                self.groups.insert(group.id, (**group).clone());
            }
            Event::GroupDeleted(id) => {
                self.groups.remove(id);
            }
            Event::GroupRulesAdded(id, rules) => {
                for rule in rules {
                    self.counters.observe(rule.id);
                }
                if let Some(group) = self.groups.get_mut(id) {
                    group.rules.extend(rules.iter().cloned());
                }
            }
            Event::GroupRulesRemoved(id, rules) => {
                if let Some(group) = self.groups.get_mut(id) {
                    group.rules.retain(|rule| !rules.contains(&rule.id));
                }
            }
            _ => {}
        }
    }

    fn apply_acl(&mut self, event: &Event) {
        match event {
            Event::AclCreated(acl) => {
                self.counters.observe(acl.id);
                self.acls.insert(acl.id, (**acl).clone());
            }
            Event::AclDeleted(id) => {
                self.acls.remove(id);
            }
            Event::AclEntrySet(id, direction, number, entry) => {
                if let Some(acl) = self.acls.get_mut(id) {
                    acl.entries_mut(*direction).insert(*number, *entry);
                }
            }
            Event::AclEntryRemoved(id, direction, number) => {
                if let Some(acl) = self.acls.get_mut(id) {
                    acl.entries_mut(*direction).remove(number);
                }
            }
            Event::AclAssociationReplaced(subnet, acl, association) => {
                self.counters.observe(*association);
                if let Some(subnet) = self.subnets.get_mut(subnet) {
                    subnet.acl = *acl;
                    subnet.acl_association = *association;
                }
            }
            _ => {}
        }
    }

    fn apply_route_table(&mut self, event: &Event) {
        match event {
            Event::RouteTableCreated(table) => {
                self.counters.observe(table.id);
                for (association, user) in &table.associations {
                    self.counters.observe(*association);
                    if let RouteTableUser::Subnet(subnet) = user {
                        self.index.table_of.insert(*subnet, table.id);
                    }
                }
                self.route_tables.insert(table.id, (**table).clone());
            }
            Event::RouteTableDeleted(id) => {
                self.route_tables.remove(id);
            }
            Event::RouteSet(id, destination, route) => {
                if let Some(table) = self.route_tables.get_mut(id) {
                    table.routes.insert(*destination, route.clone());
                }
            }
            Event::RouteRemoved(id, destination) => {
                if let Some(table) = self.route_tables.get_mut(id) {
                    table.routes.remove(destination);
                }
            }
            Event::RouteTableAssociated(id, association, user) => {
                self.counters.observe(*association);
                if let Some(table) = self.route_tables.get_mut(id) {
                    table.associations.insert(*association, *user);
                    if let RouteTableUser::Subnet(subnet) = user {
                        self.index.table_of.insert(*subnet, *id);
                    }
                }
            }
            Event::RouteTableDisassociated(id, association) => {
                let user = self.route_tables.get_mut(id).and_then(|table| table.associations.remove(association));
                if let Some(RouteTableUser::Subnet(subnet)) = user {
                    self.index.table_of.remove(&subnet);
                }
            }
            _ => {}
        }
    }

    fn apply_gateway(&mut self, event: &Event) {
        match event {
            Event::InternetGatewayCreated(gateway) => {
                self.counters.observe(gateway.id);
                if let Some(vpc) = gateway.vpc {
                    self.index.gateway_of.insert(vpc, gateway.id);
                }
                self.internet_gateways.insert(gateway.id, (**gateway).clone());
            }
            Event::InternetGatewayMoved(id, vpc) => {
                let Some(gateway) = self.internet_gateways.get_mut(id) else { return };
                if let Some(old) = gateway.vpc.take() {
                    self.index.gateway_of.remove(&old);
                }
                gateway.vpc = *vpc;
                if let Some(new) = vpc {
                    self.index.gateway_of.insert(*new, *id);
                }
            }
            Event::InternetGatewayDeleted(id) => {
                self.internet_gateways.remove(id);
            }
            Event::VpnGatewayImported(gateway) => {
                self.counters.observe(gateway.id);
                self.vpn_gateways.insert(gateway.id, (**gateway).clone());
            }
            Event::NatGatewayImported(gateway) => {
                self.counters.observe(gateway.id);
                self.nat_gateways.insert(gateway.id, (**gateway).clone());
            }
            _ => {}
        }
    }

    fn apply_instance(&mut self, event: &Event) {
        match event {
            Event::InstanceLaunched(instance) => {
                self.counters.observe(instance.id);
                self.counters.observe(instance.reservation);
                self.instances.insert(instance.id, (**instance).clone());
            }
            Event::InstanceStateChanged(id, state) => {
                if let Some(instance) = self.instances.get_mut(id) {
                    instance.state = *state;
                }
            }
            Event::InstanceChanged(id, change) => {
                let Some(instance) = self.instances.get_mut(id) else { return };
                match change {
                    InstanceChange::Type(new) => instance.instance_type = *new,
                    InstanceChange::Guest(guest) => instance.guest = (**guest).clone(),
                    InstanceChange::TerminationProtection(on) => instance.termination_protection = *on,
                    InstanceChange::StopProtection(on) => instance.stop_protection = *on,
                }
            }
            Event::InstanceForgotten(id) => {
                self.instances.remove(id);
            }
            _ => {}
        }
    }

    fn set_tags(&mut self, id: TaggedId, tags: &Tags) {
        let place = match id {
            TaggedId::Acl(id) => self.acls.get_mut(&id).map(|object| &mut object.tags),
            TaggedId::ElasticIp(id) => self.elastic_ips.get_mut(&id).map(|object| &mut object.tags),
            TaggedId::Eni(id) => self.enis.get_mut(&id).map(|object| &mut object.tags),
            TaggedId::Group(id) => self.groups.get_mut(&id).map(|object| &mut object.tags),
            TaggedId::Instance(id) => self.instances.get_mut(&id).map(|object| &mut object.tags),
            TaggedId::InternetGateway(id) => self.internet_gateways.get_mut(&id).map(|object| &mut object.tags),
            TaggedId::RouteTable(id) => self.route_tables.get_mut(&id).map(|object| &mut object.tags),
            TaggedId::Subnet(id) => self.subnets.get_mut(&id).map(|object| &mut object.tags),
            TaggedId::Vpc(id) => self.vpcs.get_mut(&id).map(|object| &mut object.tags),
        };
        if let Some(place) = place {
            place.clone_from(tags);
        }
    }

    /// Changes an ENI and keeps the index with it.
    fn edit_eni(&mut self, id: EniId, change: impl FnOnce(&mut Eni)) {
        if let Some(eni) = self.enis.get_mut(&id) {
            self.index.remove_eni(eni);
            change(eni);
            self.index.add_eni(eni);
        }
    }
}

/// The number that `Mac::from_number` made this ENI's MAC from; 0 if it did not.
fn mac_number(eni: &Eni) -> u64 {
    let [first, a, b, c, d, e] = eni.mac.0;
    let number = u64::from_be_bytes([0, 0, 0, a, b, c, d, e]);
    // Imported MACs may start with 02 too; those far away must not use the counter up.
    if first == 0x02 && number < 1 << 32 && eni.id.counter_number().is_some() { number } else { 0 }
}
