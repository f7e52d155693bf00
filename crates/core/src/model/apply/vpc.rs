//! VPCs and subnets.

use crate::id::VpcId;
use crate::model::event::{Event, SubnetChange, VpcChange};
use crate::model::network::Network;

impl Network {
    pub(super) fn apply_vpc(&mut self, event: &Event) {
        match event {
            Event::VpcCreated(vpc) => {
                self.counters.observe(vpc.id);
                for block in &vpc.cidrs {
                    self.counters.observe(block.association);
                }
                self.vpcs.insert(vpc.id, vpc.clone());
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

    pub(super) fn delete_vpc(&mut self, id: VpcId) {
        if let Some(vpc) = self.vpcs.remove(&id) {
            if let Some(table) = self.route_tables.remove(&vpc.main_route_table) {
                self.index.remove_table(&table);
            }
            self.acls.remove(&vpc.default_acl);
            if let Some(group) = self.groups.remove(&vpc.default_group) {
                self.index.remove_group(&group);
            }
        }
    }

    pub(super) fn apply_subnet(&mut self, event: &Event) {
        match event {
            Event::SubnetCreated(subnet) => {
                self.counters.observe(subnet.id);
                self.counters.observe(subnet.acl_association);
                self.index.add_subnet(subnet);
                self.subnets.insert(subnet.id, subnet.clone());
            }
            Event::SubnetChanged(id, change) => {
                let Some(subnet) = self.subnets.get_mut(id) else { return };
                match change {
                    SubnetChange::MapPublicIpOnLaunch(on) => subnet.map_public_ip_on_launch = *on,
                    SubnetChange::AssignIpv6OnCreation(on) => subnet.assign_ipv6_on_creation = *on,
                }
            }
            Event::SubnetDeleted(id) => {
                if let Some(subnet) = self.subnets.remove(id) {
                    self.index.remove_subnet(&subnet);
                }
            }
            _ => {}
        }
    }
}
