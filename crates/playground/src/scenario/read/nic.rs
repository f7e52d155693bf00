//! Reads network interfaces, their attachments, and Elastic IPs.

use super::Reader;
use super::facts::{flag, id, maybe_id, object, objects, small, text, word};
use crate::aws::Kind;
use crate::json::{FieldError, Fields};
use crate::scenario::ScenarioError;
use crate::scenario::gather::Found;
use crate::words::{InputKey, Saying};
use eni_core::addr::{Ipv4Addr, Ipv6Addr};
use eni_core::id::*;
use eni_core::model::AccountId;
use eni_core::model::elastic_ip::{EipAssociation, ElasticIp};
use eni_core::model::eni::{
    Attachment, AttachmentStatus, Eni, InterfaceType, PrivateAddress, PublicAddress, PublicOrigin, Requester, TrackingTimeouts,
};
use eni_core::model::event::{EniChange, Event};
use eni_core::order::sort_by_key;
use eni_core::table::{Set, Table};
use eni_core::time::Duration;
use serde_json::Value;

/// A public address as it stands at a private one.
struct Mapping {
    eni: EniId,
    private_ip: Ipv4Addr,
    allocation: Option<AllocationId>,
    association: Option<AssociationId>,
    public_ip: Option<Ipv4Addr>,
    amazon: bool,
}

impl Reader<'_> {
    pub(super) fn read_interfaces(&mut self, instances: &Set<InstanceId>) -> Result<(), ScenarioError> {
        let gathered = self.gathered;
        let mut mappings = Vec::new();
        for found in gathered.of(Kind::NetworkInterfaces) {
            self.try_interface(found, None, instances, &mut mappings)?;
        }
        // ENIs that only their instance tells of.
        for found in gathered.of(Kind::Reservations) {
            let instance = found.value.get("InstanceId").and_then(Value::as_str).and_then(|id| id.parse().ok());
            let Some(instance) = instance.filter(|id| instances.contains(id)) else { continue };
            for value in found.value.get("NetworkInterfaces").and_then(Value::as_array).into_iter().flatten() {
                let name = value.get("NetworkInterfaceId").and_then(Value::as_str).unwrap_or_default();
                if gathered.find(Kind::NetworkInterfaces, name).is_none() {
                    let place = format!("{} NetworkInterfaces {}", found.place, name.chars().take(64).collect::<String>());
                    let alone = Found { file: found.file.clone(), place, launch: None, value: value.clone() };
                    self.try_interface(&alone, Some(instance), instances, &mut mappings)?;
                }
            }
        }
        self.read_addresses(mappings)
    }

    /// An ENI that cannot be read leaves no mapping behind either.
    fn try_interface(
        &mut self,
        found: &Found,
        holder: Option<InstanceId>,
        instances: &Set<InstanceId>,
        mappings: &mut Vec<Mapping>,
    ) -> Result<(), ScenarioError> {
        let (begun, mapped) = (self.events.len(), mappings.len());
        let read = self.read_interface(found, holder, instances, mappings);
        if !self.keep(begun, read)? {
            mappings.truncate(mapped);
        }
        Ok(())
    }

    fn read_interface(
        &mut self,
        found: &Found,
        holder: Option<InstanceId>,
        instances: &Set<InstanceId>,
        mappings: &mut Vec<Mapping>,
    ) -> Result<(), ScenarioError> {
        let mut fields = Fields::of(&found.place, &found.value)?;
        let eni_id: EniId = id(&mut fields, "NetworkInterfaceId")?;
        self.observe(eni_id);
        let subnet: SubnetId = id(&mut fields, "SubnetId")?;
        let owner = text(&mut fields, "OwnerId")?.parse().map_or(self.account, AccountId);
        let attachment = self.read_attachment(&mut fields, holder, instances)?;
        let (attachment, service) = match attachment {
            Some(Tie::Instance(attachment)) => (Some(attachment), None),
            Some(Tie::Service(service)) => (None, service),
            None => (None, None),
        };
        let (ipv6_addresses, primary_ipv6) = read_ipv6(&mut fields)?;
        let eni = Eni {
            id: eni_id,
            subnet,
            vpc: self.vpc_of(&mut fields, subnet)?,
            owner,
            description: text(&mut fields, "Description")?,
            kind: InterfaceType::from_word(&word(&mut fields, "InterfaceType", "interface")?),
            mac: fields.parsed("MacAddress")?,
            addresses: read_addresses_of(&mut fields, eni_id, mappings)?,
            ipv4_prefixes: listed(&mut fields, "Ipv4Prefixes", "Ipv4Prefix")?,
            prefix_publics: Table::new(),
            ipv6_addresses,
            primary_ipv6,
            ipv6_prefixes: listed(&mut fields, "Ipv6Prefixes", "Ipv6Prefix")?,
            groups: listed(&mut fields, "Groups", "GroupId")?,
            source_dest_check: flag(&mut fields, "SourceDestCheck", true)?,
            wants_public_ip: flag(&mut fields, "AssociatePublicIpAddress", false)?,
            attachment: None,
            settled: true,
            requester: read_requester(&mut fields, service)?,
            tracking: read_tracking(&mut fields)?,
            tags: match holder {
                None => self.tags(found, &eni_id.to_string(), "TagSet")?,
                Some(_) => self.tags_of_id(&eni_id.to_string()),
            },
        };
        if self.gathered.find(Kind::Subnets, &subnet.to_string()).is_some() {
            self.make_up_groups(found, eni.vpc, &eni.groups)?;
        }
        self.events.push(Event::EniCreated(Box::new(eni)));
        self.events.extend(attachment.map(|attachment| Event::AttachStarted(eni_id, Box::new(attachment))));
        Ok(())
    }

    /// The VPC of an ENI: that of its subnet.
    fn vpc_of(&self, fields: &mut Fields<'_>, subnet: SubnetId) -> Result<VpcId, ScenarioError> {
        let known =
            self.gathered.find(Kind::Subnets, &subnet.to_string()).and_then(|found| found.value.get("VpcId")).and_then(Value::as_str);
        let Some(known) = known else {
            // It will be left out with all others of this subnet.
            if !self.basis.strict {
                return Ok(id(fields, "VpcId")?);
            }
            return Err(FieldError::new(fields.place("SubnetId"), InputKey::NotThere { id: &subnet.to_string() }).into());
        };
        Ok(known.parse().map_err(|error| FieldError::new(format!("Subnets {subnet}.VpcId"), error))?)
    }

    /// The tie to an instance, if it is there and not on its way off.
    fn read_attachment(
        &mut self,
        fields: &mut Fields<'_>,
        holder: Option<InstanceId>,
        instances: &Set<InstanceId>,
    ) -> Result<Option<Tie>, ScenarioError> {
        let place = fields.place("Attachment");
        let Some(mut entry) = object(fields, "Attachment")? else { return Ok(None) };
        let name = text(&mut entry, "AttachmentId")?;
        let instance = maybe_id::<InstanceId>(&mut entry, "InstanceId")?.or(holder);
        if name.starts_with("ela-attach") || instance.is_none() {
            // Load balancers and databases have attachments of the other name.
            return Ok(Some(Tie::Service(name.replacen("eni-attach", "ela-attach", 1).parse().ok())));
        }
        if matches!(text(&mut entry, "Status")?.as_str(), "detaching" | "detached") {
            return Ok(None);
        }
        let Some(instance) = instance.filter(|id| instances.contains(id)) else {
            self.make_up(&place, InputKey::InstanceNotThere)?;
            return Ok(None);
        };
        let attachment: AttachmentId = name.parse().map_err(|error| FieldError::new(entry.place("AttachmentId"), error))?;
        Ok(Some(Tie::Instance(Attachment {
            id: self.observe(attachment),
            instance,
            device_index: small(&mut entry, "DeviceIndex")?,
            network_card: small(&mut entry, "NetworkCardIndex")?,
            delete_on_termination: flag(&mut entry, "DeleteOnTermination", false)?,
            status: AttachmentStatus::Attached,
            attached_at: self.moment(&mut entry, "AttachTime")?,
        })))
    }

    /// Elastic IPs, then every mapping.
    fn read_addresses(&mut self, mut mappings: Vec<Mapping>) -> Result<(), ScenarioError> {
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
        Ok(Some(Mapping { eni, private_ip: ip, allocation: Some(allocation), association, public_ip: None, amazon: false }))
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
            self.events.push(Event::EniChanged(mapping.eni, EniChange::WantsPublicIp(true)));
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

/// What an `Attachment` ties an ENI to.
enum Tie {
    Instance(Attachment),
    Service(Option<ServiceAttachmentId>),
}

/// The private addresses of an ENI, the primary one first; public ones are taken note of.
fn read_addresses_of(fields: &mut Fields<'_>, eni: EniId, mappings: &mut Vec<Mapping>) -> Result<Vec<PrivateAddress>, FieldError> {
    let mut addresses: Vec<(bool, Ipv4Addr)> = Vec::new();
    for mut entry in objects(fields, "PrivateIpAddresses")? {
        let ip: Ipv4Addr = entry.parsed("PrivateIpAddress")?;
        if addresses.iter().any(|(_, other)| *other == ip) {
            return Err(FieldError::new(entry.place("PrivateIpAddress"), InputKey::ThereTwice { what: &ip.to_string() }));
        }
        addresses.push((flag(&mut entry, "Primary", false)?, ip));
        if let Some(mut association) = object(&mut entry, "Association")? {
            mappings.push(read_mapping(&mut association, eni, ip)?);
        }
    }
    if addresses.is_empty()
        && let Some(ip) = fields.optional_parsed("PrivateIpAddress")?
    {
        addresses.push((true, ip));
        if let Some(mut association) = object(fields, "Association")? {
            mappings.push(read_mapping(&mut association, eni, ip)?);
        }
    }
    sort_by_key(&mut addresses, |(primary, _)| !primary);
    Ok(addresses.into_iter().map(|(_, ip)| PrivateAddress { ip, public: None }).collect())
}

fn read_mapping(fields: &mut Fields<'_>, eni: EniId, private_ip: Ipv4Addr) -> Result<Mapping, FieldError> {
    Ok(Mapping {
        eni,
        private_ip,
        allocation: maybe_id(fields, "AllocationId")?,
        association: maybe_id(fields, "AssociationId")?,
        public_ip: fields.optional_parsed("PublicIp")?,
        amazon: text(fields, "IpOwnerId")? == "amazon",
    })
}

/// Who made the ENI, if a service did.
fn read_requester(fields: &mut Fields<'_>, attachment: Option<ServiceAttachmentId>) -> Result<Option<Requester>, FieldError> {
    let (requester, managed) = (text(fields, "RequesterId")?, flag(fields, "RequesterManaged", false)?);
    let any = managed || attachment.is_some() || !requester.is_empty();
    Ok(any.then_some(Requester { id: requester, managed, attachment }))
}

fn read_tracking(fields: &mut Fields<'_>) -> Result<TrackingTimeouts, FieldError> {
    let Some(mut entry) = object(fields, "ConnectionTrackingConfiguration")? else { return Ok(TrackingTimeouts::default()) };
    let mut seconds = |name: &str| Ok::<_, FieldError>(entry.optional_number(name, 432_000)?.map(Duration::from_secs));
    Ok(TrackingTimeouts {
        tcp_established: seconds("TcpEstablishedTimeout")?,
        udp_stream: seconds("UdpStreamTimeout")?,
        udp: seconds("UdpTimeout")?,
    })
}

/// The IPv6 addresses of an ENI, and the one that is marked as primary.
fn read_ipv6(fields: &mut Fields<'_>) -> Result<(Vec<Ipv6Addr>, Option<Ipv6Addr>), FieldError> {
    let (mut addresses, mut primary) = (Vec::new(), None);
    for mut entry in objects(fields, "Ipv6Addresses")? {
        let ip: Ipv6Addr = entry.parsed("Ipv6Address")?;
        if flag(&mut entry, "IsPrimaryIpv6", false)? {
            primary = primary.or(Some(ip));
        }
        addresses.push(ip);
    }
    Ok((addresses, primary))
}

/// A list of objects of which one member counts.
fn listed<T: std::str::FromStr>(fields: &mut Fields<'_>, list: &str, member: &str) -> Result<Vec<T>, FieldError>
where
    T::Err: Into<Saying>,
{
    objects(fields, list)?.iter_mut().map(|entry| entry.parsed(member)).collect()
}
