//! What is always true of a network, whatever was done to it. Tests ask after every act; an import is refused when it breaks one.

use super::eni::PublicOrigin;
use super::index::Index;
use super::network::Network;

impl Network {
    /// Every broken invariant, in plain words; empty when all hold.
    pub fn check_invariants(&self) -> Vec<String> {
        let mut broken = Vec::new();
        self.check_places(&mut broken);
        self.check_attachments(&mut broken);
        self.check_public_addresses(&mut broken);
        self.check_tables(&mut broken);
        if self.index != Index::of(self) {
            broken.push("the index differs from one made afresh".to_owned());
        }
        broken
    }

    /// Everything stands in something that is there.
    fn check_places(&self, broken: &mut Vec<String>) {
        for subnet in self.subnets.values() {
            match self.vpcs.get(&subnet.vpc) {
                None => broken.push(format!("{} is in {}, which is not there", subnet.id, subnet.vpc)),
                Some(vpc) if !vpc.cidrs.iter().any(|block| block.cidr.contains(&subnet.cidr)) => {
                    broken.push(format!("{} ({}) is outside the blocks of {}", subnet.id, subnet.cidr, vpc.id));
                }
                Some(_) => {}
            }
            if !self.acls.contains_key(&subnet.acl) {
                broken.push(format!("{} uses {}, which is not there", subnet.id, subnet.acl));
            }
        }
        self.check_overlaps(broken);
        let mut seen = std::collections::BTreeSet::new();
        for eni in self.enis.values() {
            let Some(subnet) = self.subnets.get(&eni.subnet) else {
                broken.push(format!("{} is in {}, which is not there", eni.id, eni.subnet));
                continue;
            };
            if subnet.vpc != eni.vpc {
                broken.push(format!("{} says {} but its subnet is in {}", eni.id, eni.vpc, subnet.vpc));
            }
            if eni.groups.is_empty() && !eni.is_requester_managed() {
                broken.push(format!("{} has no security group", eni.id));
            }
            for group in &eni.groups {
                if self.groups.get(group).is_none_or(|group| group.vpc != eni.vpc) {
                    broken.push(format!("{} carries {group}, which is not in its VPC", eni.id));
                }
            }
            for address in &eni.addresses {
                if !subnet.cidr.contains(&address.ip) || subnet.is_reserved(address.ip) {
                    broken.push(format!("{} has {}, which {} cannot give", eni.id, address.ip, subnet.cidr));
                }
                if !seen.insert((eni.vpc, address.ip)) {
                    broken.push(format!("{} is on two ENIs of {}", address.ip, eni.vpc));
                }
            }
        }
    }

    fn check_overlaps(&self, broken: &mut Vec<String>) {
        let mut blocks: Vec<_> = self.subnets.values().map(|subnet| (subnet.vpc, subnet.cidr, subnet.id)).collect();
        blocks.sort();
        for pair in blocks.windows(2) {
            if let [(vpc_a, a, id_a), (vpc_b, b, id_b)] = pair
                && vpc_a == vpc_b
                && a.contains(b)
            {
                broken.push(format!("{id_a} ({a}) and {id_b} ({b}) overlap"));
            }
        }
    }

    /// Instances and ENIs agree on who is attached where.
    fn check_attachments(&self, broken: &mut Vec<String>) {
        for eni in self.enis.values() {
            let Some(attachment) = &eni.attachment else { continue };
            match self.instances.get(&attachment.instance) {
                None => broken.push(format!("{} is attached to {}, which is not there", eni.id, attachment.instance)),
                Some(instance) => {
                    let slot = (attachment.network_card, attachment.device_index);
                    if instance.enis.get(&slot) != Some(&eni.id) {
                        broken.push(format!("{} does not hold {} at index {}", instance.id, eni.id, attachment.device_index));
                    }
                    if self.subnets.get(&eni.subnet).is_some_and(|subnet| subnet.zone != instance.zone) {
                        broken.push(format!("{} and {} are in different zones", eni.id, instance.id));
                    }
                }
            }
        }
        for instance in self.instances.values() {
            for id in instance.enis.values() {
                let attached = self.enis.get(id).and_then(|eni| eni.attachment.as_ref()).is_some_and(|a| a.instance == instance.id);
                if !attached {
                    broken.push(format!("{} holds {id}, which is not attached to it", instance.id));
                }
            }
        }
    }

    /// Elastic IPs and ENIs agree on who is mapped where, and no public address is there twice.
    fn check_public_addresses(&self, broken: &mut Vec<String>) {
        let mut seen = std::collections::BTreeSet::new();
        for eni in self.enis.values() {
            for address in &eni.addresses {
                let Some(public) = address.public else { continue };
                if !seen.insert(public.ip) {
                    broken.push(format!("public address {} is mapped twice", public.ip));
                }
                if let PublicOrigin::Elastic { allocation, association } = public.origin {
                    let agrees = self
                        .elastic_ips
                        .get(&allocation)
                        .and_then(|eip| eip.association)
                        .is_some_and(|other| other.id == association && other.eni == eni.id && other.private_ip == address.ip);
                    if !agrees {
                        broken.push(format!("{} says {allocation} is on {}, the address does not", eni.id, address.ip));
                    }
                }
            }
        }
        for eip in self.elastic_ips.values() {
            let Some(association) = eip.association else { continue };
            let public = self.enis.get(&association.eni).and_then(|eni| eni.address(association.private_ip)).and_then(|a| a.public);
            if public.is_none_or(|public| public.ip != eip.ip) {
                broken.push(format!("{} says it is on {}, the ENI does not", eip.allocation, association.eni));
            }
        }
    }

    /// Every VPC has its main table, default ACL and default group; tables and gateways are in VPCs that are there.
    fn check_tables(&self, broken: &mut Vec<String>) {
        for vpc in self.vpcs.values() {
            if self.route_tables.get(&vpc.main_route_table).is_none_or(|table| table.vpc != vpc.id) {
                broken.push(format!("{} has no main route table", vpc.id));
            }
            if self.acls.get(&vpc.default_acl).is_none_or(|acl| acl.vpc != vpc.id) {
                broken.push(format!("{} has no default network ACL", vpc.id));
            }
            if self.groups.get(&vpc.default_group).is_none_or(|group| group.vpc != vpc.id) {
                broken.push(format!("{} has no default group", vpc.id));
            }
        }
        for table in self.route_tables.values() {
            if !self.vpcs.contains_key(&table.vpc) {
                broken.push(format!("{} is in {}, which is not there", table.id, table.vpc));
            }
        }
        for group in self.groups.values() {
            if !self.vpcs.contains_key(&group.vpc) {
                broken.push(format!("{} is in {}, which is not there", group.id, group.vpc));
            }
        }
        let mut attached = std::collections::BTreeSet::new();
        for gateway in self.internet_gateways.values() {
            if let Some(vpc) = gateway.vpc
                && (!self.vpcs.contains_key(&vpc) || !attached.insert(vpc))
            {
                broken.push(format!("{} is attached to {vpc}, which is not there or has another", gateway.id));
            }
        }
    }
}
