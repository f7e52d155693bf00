//! Private addresses and what is mapped to them.

use crate::addr::{IpNet, Ipv4Addr};
use crate::id::{AllocationId, EniId};
use crate::model::elastic_ip::EipAssociation;
use crate::model::eni::{PrivateAddress, PublicAddress, PublicOrigin};
use crate::model::event::Event;
use crate::model::network::Network;

impl Network {
    pub(super) fn apply_address(&mut self, event: &Event) {
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
            Event::Ipv6Assigned(id, ip) => self.edit_eni(*id, |eni| eni.ipv6_addresses.push(*ip)),
            Event::Ipv6Unassigned(id, ip) => self.edit_eni(*id, |eni| {
                eni.ipv6_addresses.retain(|other| other != ip);
                eni.primary_ipv6 = eni.primary_ipv6.filter(|primary| primary != ip);
            }),
            Event::PrimaryIpv6Set(id, primary) => self.edit_eni(*id, |eni| eni.primary_ipv6 = *primary),
            Event::PrefixAssigned(id, prefix) => self.edit_eni(*id, |eni| match prefix {
                IpNet::V4(prefix) => eni.ipv4_prefixes.push(*prefix),
                IpNet::V6(prefix) => eni.ipv6_prefixes.push(*prefix),
            }),
            Event::PrefixUnassigned(id, prefix) => self.edit_eni(*id, |eni| match prefix {
                IpNet::V4(prefix) => eni.ipv4_prefixes.retain(|other| other != prefix),
                IpNet::V6(prefix) => eni.ipv6_prefixes.retain(|other| other != prefix),
            }),
            Event::PublicIpGiven(id, private, public) => self.set_public(*id, *private, Some(*public)),
            Event::PublicIpReleased(id) => self.edit_eni(*id, |eni| {
                for address in &mut eni.addresses {
                    address.public = address.public.filter(|public| public.origin != PublicOrigin::Amazon);
                }
            }),
            _ => {}
        }
    }

    pub(super) fn apply_elastic_ip(&mut self, event: &Event) {
        match event {
            Event::ElasticIpAllocated(eip) => {
                self.counters.observe(eip.allocation);
                self.index.elastic_ip_by_ip.insert(eip.ip, eip.allocation);
                self.elastic_ips.insert(eip.allocation, eip.clone());
            }
            Event::ElasticIpReleased(id) => {
                if let Some(eip) = self.elastic_ips.remove(id) {
                    self.index.elastic_ip_by_ip.remove(&eip.ip);
                }
            }
            Event::ElasticIpAssociated(id, association) => self.associate(*id, association),
            Event::ElasticIpDisassociated(id) => {
                let Some(association) = self.elastic_ips.get_mut(id).and_then(|eip| eip.association.take()) else { return };
                self.set_public(association.eni, association.private_ip, None);
            }
            _ => {}
        }
    }

    pub(super) fn associate(&mut self, id: AllocationId, association: &EipAssociation) {
        self.counters.observe(association.id);
        let Some(eip) = self.elastic_ips.get_mut(&id) else { return };
        eip.association = Some(*association);
        let public = PublicAddress { ip: eip.ip, origin: PublicOrigin::Elastic { allocation: id, association: association.id } };
        self.set_public(association.eni, association.private_ip, Some(public));
    }

    pub(super) fn set_public(&mut self, id: EniId, private: Ipv4Addr, public: Option<PublicAddress>) {
        self.edit_eni(id, |eni| {
            if let Some(address) = eni.addresses.iter_mut().find(|address| address.ip == private) {
                address.public = public;
                return;
            }
            match public {
                Some(public) if eni.owns_ipv4(private) => drop(eni.prefix_publics.insert(private, public)),
                _ => drop(eni.prefix_publics.remove(&private)),
            }
        });
    }
}
