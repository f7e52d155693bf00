//! Reads network interfaces and their attachments.

use super::Reader;
use super::address::{Mapping, read_mapping};
use super::facts::{flag, id, maybe_id, object, objects, small, text, word};
use crate::aws::Kind;
use crate::json::{FieldError, Fields};
use crate::scenario::ScenarioError;
use crate::scenario::gather::Found;
use crate::words::{InputKey, Saying};
use eni_core::addr::{Ipv4Addr, Ipv6Addr};
use eni_core::id::*;
use eni_core::model::AccountId;
use eni_core::model::eni::{Attachment, AttachmentStatus, Eni, InterfaceType, PrivateAddress, Requester, TrackingTimeouts};
use eni_core::model::event::Event;
use eni_core::order::sort_by_key;
use eni_core::table::{Set, Table};
use eni_core::time::Duration;
use serde_json::Value;

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
        let known_mappings = mappings.len();
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
        mappings.iter_mut().skip(known_mappings).for_each(|mapping| mapping.of_service = eni.is_requester_managed());
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
