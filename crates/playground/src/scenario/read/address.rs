//! Reads Elastic IPs, and where public addresses are mapped.

use super::Reader;
use super::facts::{id, maybe_id, text};
use crate::aws::Kind;
use crate::json::{FieldError, Fields};
use crate::scenario::ScenarioError;
use crate::scenario::gather::Found;
use crate::words::InputKey;
use eni_core::addr::Ipv4Addr;
use eni_core::id::*;
use eni_core::model::elastic_ip::{EipAssociation, ElasticIp};
use eni_core::model::eni::{PublicAddress, PublicOrigin};
use eni_core::model::event::{EniChange, Event};
use eni_core::table::{Set, Table};
use serde_json::Value;

/// A public address as it stands at a private one.
pub(super) struct Mapping {
    eni: EniId,
    private_ip: Ipv4Addr,
    allocation: Option<AllocationId>,
    association: Option<AssociationId>,
    public_ip: Option<Ipv4Addr>,
    amazon: bool,
    /// Whether the ENI is a service's: its address comes from the service, and the ENI wishes for none.
    pub(super) of_service: bool,
}

impl Reader<'_> {
    /// Elastic IPs, then every mapping.
    pub(super) fn read_addresses(&mut self, mut mappings: Vec<Mapping>) -> Result<(), ScenarioError> {
        let gathered = self.gathered;
        let mut known: Table<AllocationId, Ipv4Addr> = Table::new();
        let mut taken = Set::new();
        let mut by_address: Table<Ipv4Addr, usize> = Table::new();
        for (at, mapping) in mappings.iter().enumerate().filter(|(_, mapping)| mapping.allocation.is_none()) {
            by_address.extend(mapping.public_ip.map(|ip| (ip, at)));
        }
        for found in gathered.of(Kind::Addresses) {
            let address = match self.read_address(found) {
                Ok(address) => address,
                Err(problem) => {
                    self.keep(self.events.len(), Err(problem))?;
                    continue;
                }
            };
            let (allocation, ip) = (address.allocation, address.ip);
            if !taken.insert(ip) {
                return Err(ScenarioError::Impossible(vec![InputKey::PublicTwice { address: &found.place }.into()]));
            }
            known.insert(self.observe(allocation), ip);
            self.events.push(Event::ElasticIpAllocated(Box::new(address)));
            mappings.extend(self.inside_prefix(found, allocation)?);
            // An instance's own list names the address only.
            if let Some(mapping) = by_address.get(&ip).and_then(|at| mappings.get_mut(*at)) {
                mapping.allocation = Some(allocation);
                mapping.association = found.value.get("AssociationId").and_then(Value::as_str).and_then(|id| id.parse().ok());
                mapping.amazon = false;
            }
        }
        for mapping in mappings {
            let (begun, read) = (self.events.len(), self.map(mapping, &mut known));
            self.keep(begun, read)?;
        }
        Ok(())
    }

    /// Where an Elastic IP is mapped to an address of a prefix: no ENI tells of it (`E70`).
    fn inside_prefix(&self, found: &Found, allocation: AllocationId) -> Result<Option<Mapping>, ScenarioError> {
        let mut fields = Fields::of(&found.place, &found.value)?;
        let (Some(eni), Some(ip)) = (maybe_id::<EniId>(&mut fields, "NetworkInterfaceId")?, fields.optional_parsed("PrivateIpAddress")?)
        else {
            return Ok(None);
        };
        let has_it =
            |event: &Event| matches!(event, Event::EniCreated(own) if own.id == eni && own.address(ip).is_none() && own.owns_ipv4(ip));
        if !self.events.iter().any(has_it) {
            return Ok(None);
        }
        let association = maybe_id(&mut fields, "AssociationId")?;
        Ok(Some(Mapping {
            eni,
            private_ip: ip,
            allocation: Some(allocation),
            association,
            public_ip: None,
            amazon: false,
            of_service: false,
        }))
    }

    fn read_address(&mut self, found: &Found) -> Result<ElasticIp, ScenarioError> {
        let mut fields = Fields::of(&found.place, &found.value)?;
        let allocation: AllocationId = id(&mut fields, "AllocationId")?;
        let managed = text(&mut fields, "ServiceManaged")?;
        Ok(ElasticIp {
            allocation,
            ip: fields.parsed("PublicIp")?,
            association: None,
            service_managed: (!managed.is_empty()).then_some(managed),
            tags: self.tags(found, &allocation.to_string(), "Tags")?,
        })
    }

    fn map(&mut self, mapping: Mapping, known: &mut Table<AllocationId, Ipv4Addr>) -> Result<(), ScenarioError> {
        let place = format!("NetworkInterfaces {} address {}", mapping.eni, mapping.private_ip);
        let Some(allocation) = mapping.allocation else {
            let ip = mapping.public_ip.ok_or_else(|| FieldError::new(&place, InputKey::NoPublicIp))?;
            if !mapping.amazon {
                self.make_up(&place, InputKey::TakenAsAmazons { address: &ip.to_string() })?;
            }
            let public = PublicAddress { ip, origin: PublicOrigin::Amazon };
            self.events.push(Event::PublicIpGiven(mapping.eni, mapping.private_ip, public));
            // Who has an automatic address wanted one, and will want one at the next start (`A1`, `A6`).
            if !mapping.of_service {
                self.events.push(Event::EniChanged(mapping.eni, EniChange::WantsPublicIp(true)));
            }
            return Ok(());
        };
        if !known.contains_key(&allocation) {
            let ip = mapping.public_ip.ok_or_else(|| FieldError::new(&place, InputKey::NotThere { id: &allocation.to_string() }))?;
            let eip = ElasticIp {
                allocation: self.observe(allocation),
                ip,
                association: None,
                service_managed: None,
                tags: self.tags_of_id(&allocation.to_string()),
            };
            known.insert(allocation, ip);
            self.events.push(Event::ElasticIpAllocated(Box::new(eip)));
        }
        let association = match mapping.association {
            Some(association) => self.observe(association),
            None => self.counters.take(),
        };
        let association = EipAssociation { id: association, eni: mapping.eni, private_ip: mapping.private_ip };
        self.events.push(Event::ElasticIpAssociated(allocation, association));
        Ok(())
    }
}

/// Where a public address is mapped, as an ENI tells it.
pub(super) fn read_mapping(fields: &mut Fields<'_>, eni: EniId, private_ip: Ipv4Addr) -> Result<Mapping, FieldError> {
    Ok(Mapping {
        eni,
        private_ip,
        allocation: maybe_id(fields, "AllocationId")?,
        association: maybe_id(fields, "AssociationId")?,
        public_ip: fields.optional_parsed("PublicIp")?,
        amazon: text(fields, "IpOwnerId")? == "amazon",
        of_service: false,
    })
}
