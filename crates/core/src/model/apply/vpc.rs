//! VPCs and subnets.

use crate::id::VpcId;
use crate::model::event::{Event, SubnetChange, VpcChange};
use crate::model::flow_log::FlowLogResource;
use crate::model::network::Network;

impl Network {
    pub(super) fn apply_vpc(&mut self, event: &Event) {
        match event {
            Event::VpcCreated(vpc) => {
                self.counters.observe(vpc.id);
                let ipv6 = vpc.ipv6_cidrs.iter().map(|block| block.association);
                vpc.cidrs.iter().map(|block| block.association).chain(ipv6).for_each(|id| self.counters.observe(id));
                self.vpcs.insert(vpc.id, vpc.clone());
            }
            Event::VpcChanged(id, change) => {
                match change {
                    VpcChange::CidrAdded(block) => self.counters.observe(block.association),
                    VpcChange::Ipv6CidrAdded(block) => self.counters.observe(block.association),
                    _ => {}
                }
                let Some(vpc) = self.vpcs.get_mut(id) else { return };
                match change {
                    VpcChange::DnsSupport(on) => vpc.dns_support = *on,
                    VpcChange::DnsHostnames(on) => vpc.dns_hostnames = *on,
                    VpcChange::CidrAdded(block) => vpc.cidrs.push(*block),
                    VpcChange::CidrRemoved(id) => vpc.cidrs.retain(|block| block.association != *id),
                    VpcChange::Ipv6CidrAdded(block) => vpc.ipv6_cidrs.push(*block),
                    VpcChange::Ipv6CidrRemoved(id) => vpc.ipv6_cidrs.retain(|block| block.association != *id),
                    VpcChange::DhcpOptions(set) => vpc.dhcp_options = *set,
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
            self.forget_flow_logs(FlowLogResource::Vpc(id));
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
                subnet.ipv6_cidr.iter().for_each(|block| self.counters.observe(block.association));
                self.index.add_subnet(subnet);
                self.subnets.insert(subnet.id, subnet.clone());
            }
            Event::SubnetChanged(id, change) => {
                if let SubnetChange::Ipv6Cidr(Some(block)) = change {
                    self.counters.observe(block.association);
                }
                let Some(subnet) = self.subnets.get_mut(id) else { return };
                match change {
                    SubnetChange::MapPublicIpOnLaunch(on) => subnet.map_public_ip_on_launch = *on,
                    SubnetChange::AssignIpv6OnCreation(on) => subnet.assign_ipv6_on_creation = *on,
                    SubnetChange::Dns64(on) => subnet.dns64 = *on,
                    SubnetChange::LaunchNames(names) => subnet.launch_names = *names,
                    SubnetChange::Ipv6Cidr(block) => subnet.ipv6_cidr = *block,
                }
            }
            Event::SubnetDeleted(id) => {
                if let Some(subnet) = self.subnets.remove(id) {
                    self.index.remove_subnet(&subnet);
                    self.forget_flow_logs(FlowLogResource::Subnet(*id));
                }
            }
            _ => {}
        }
    }
}
