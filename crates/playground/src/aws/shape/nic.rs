//! Writes network interfaces, Elastic IPs and instances.

use super::{Writer, tag_list};
use crate::aws::express::tracking;
use crate::aws::object::Object;
use eni_core::addr::{IpAddr, Ipv4Addr};
use eni_core::model::elastic_ip::ElasticIp;
use eni_core::model::eni::{Attachment, AttachmentStatus, Eni, EniStatus, PrivateAddress, PublicAddress, PublicOrigin};
use eni_core::model::instance::Instance;
use eni_core::model::spot::{Spot, StateReason};
use eni_core::time::Instant;
use serde_json::Value;

impl Writer<'_> {
    pub(in crate::aws) fn interface(&self, eni: &Eni) -> Value {
        let subnet = self.network.subnet(eni.subnet);
        let object = self
            .interface_facts(eni, true)
            .maybe_text("AvailabilityZone", subnet.map(|subnet| &subnet.zone))
            .maybe("AvailabilityZoneId", subnet.map(|subnet| self.zone_id(&subnet.zone)))
            .maybe("AssociatePublicIpAddress", eni.wants_public_ip.then_some(true))
            .maybe("Attachment", eni.attachment.as_ref().map(|attachment| self.attachment(attachment)))
            .with("TagSet", tag_list(&eni.tags));
        let object = match &eni.requester {
            Some(requester) => {
                let service = requester.attachment.map(|id| {
                    let owner = Object::new().text("AttachmentId", id).with("InstanceOwnerId", "amazon-aws");
                    owner.with("DeviceIndex", 1).with("DeleteOnTermination", false).with("Status", "attached")
                });
                let object = object.text("RequesterId", &requester.id).with("RequesterManaged", requester.managed);
                object.maybe("Attachment", service)
            }
            None => object.with("RequesterManaged", false),
        };
        let timeouts = tracking(&eni.tracking).map();
        object.maybe("ConnectionTrackingConfiguration", (!timeouts.is_empty()).then_some(timeouts)).into()
    }

    /// What is said of an ENI wherever it stands. With its instance the ids of Elastic IPs are not told (`J3`).
    fn interface_facts(&self, eni: &Eni, with_ids: bool) -> Object {
        let groups = eni.groups.iter().map(|id| {
            let name = self.network.group(*id).map(|group| group.name.as_str());
            Object::new().text("GroupId", id).maybe("GroupName", name).into()
        });
        let status = match eni.status() {
            EniStatus::Pending => "pending",
            EniStatus::Available => "available",
            EniStatus::InUse => "in-use",
        };
        let addresses = eni.addresses.iter().enumerate().map(|(at, address)| self.private_address(address, at == 0, with_ids));
        let first_public = eni.addresses.first().and_then(|address| address.public);
        Object::new()
            .text("NetworkInterfaceId", eni.id)
            .text("SubnetId", eni.subnet)
            .text("VpcId", eni.vpc)
            .text("OwnerId", eni.owner)
            .text("Description", &eni.description)
            .text("InterfaceType", eni.kind.as_str())
            .text("MacAddress", eni.mac)
            .maybe_text("PrivateIpAddress", eni.primary_ip())
            .maybe("PrivateDnsName", eni.primary_ip().map(|ip| self.private_name(ip)))
            .list("PrivateIpAddresses", addresses)
            .maybe("Association", first_public.map(|public| self.association(&public, with_ids)))
            .list("Ipv4Prefixes", eni.ipv4_prefixes.iter().map(|prefix| Object::new().text("Ipv4Prefix", prefix).into()))
            .list("Ipv6Addresses", eni.ipv6_addresses.iter().map(|ip| Object::new().text("Ipv6Address", ip).into()))
            .list("Ipv6Prefixes", eni.ipv6_prefixes.iter().map(|prefix| Object::new().text("Ipv6Prefix", prefix).into()))
            .list("Groups", groups)
            .with("SourceDestCheck", eni.source_dest_check)
            .with("Status", status)
    }

    fn attachment(&self, attachment: &Attachment) -> Object {
        self.attachment_facts(attachment).text("InstanceId", attachment.instance).with("InstanceOwnerId", self.owner())
    }

    /// An attachment as its instance shows it.
    fn attachment_facts(&self, attachment: &Attachment) -> Object {
        let status = match attachment.status {
            AttachmentStatus::Attaching => "attaching",
            AttachmentStatus::Attached => "attached",
            AttachmentStatus::Detaching => "detaching",
        };
        Object::new()
            .text("AttachmentId", attachment.id)
            .with("DeviceIndex", attachment.device_index)
            .with("NetworkCardIndex", attachment.network_card)
            .with("DeleteOnTermination", attachment.delete_on_termination)
            .with("AttachTime", self.epoch.print(attachment.attached_at))
            .with("Status", status)
    }

    fn private_address(&self, address: &PrivateAddress, primary: bool, with_ids: bool) -> Value {
        Object::new()
            .text("PrivateIpAddress", address.ip)
            .with("Primary", primary)
            .with("PrivateDnsName", self.private_name(address.ip))
            .maybe("Association", address.public.map(|public| self.association(&public, with_ids)))
            .into()
    }

    fn association(&self, public: &PublicAddress, with_ids: bool) -> Object {
        let object = Object::new().text("PublicIp", public.ip).with("PublicDnsName", self.public_name(public.ip));
        match public.origin {
            PublicOrigin::Amazon => object.with("IpOwnerId", "amazon"),
            PublicOrigin::Elastic { .. } if !with_ids => object.with("IpOwnerId", self.owner()),
            PublicOrigin::Elastic { allocation, association } => {
                object.text("AllocationId", allocation).text("AssociationId", association).with("IpOwnerId", self.owner())
            }
        }
    }

    pub(in crate::aws) fn address(&self, eip: &ElasticIp) -> Value {
        let object = Object::new()
            .text("AllocationId", eip.allocation)
            .text("PublicIp", eip.ip)
            .with("Domain", "vpc")
            .with("PublicIpv4Pool", "amazon")
            .with("NetworkBorderGroup", self.network.region())
            .maybe("ServiceManaged", eip.service_managed.as_deref())
            .with("Tags", tag_list(&eip.tags));
        let Some(association) = eip.association else { return object.into() };
        let eni = self.network.eni(association.eni);
        let instance = eni.and_then(|eni| eni.attachment.as_ref()).map(|attachment| attachment.instance);
        object
            .text("AssociationId", association.id)
            .text("NetworkInterfaceId", association.eni)
            .maybe_text("NetworkInterfaceOwnerId", eni.map(|eni| eni.owner))
            .text("PrivateIpAddress", association.private_ip)
            .maybe_text("InstanceId", instance)
            .into()
    }

    /// An instance with the id and the owner of its launch.
    pub(in crate::aws) fn launched(&self, instance: &Instance) -> Value {
        let mut value = self.instance(instance);
        if let Value::Object(members) = &mut value {
            members.insert("ReservationId".to_owned(), instance.reservation.to_string().into());
            members.insert("OwnerId".to_owned(), self.owner().into());
        }
        value
    }

    pub(in crate::aws) fn instance(&self, instance: &Instance) -> Value {
        let flag = |on: bool| on.then(|| Object::new().with("Value", true));
        let state = Object::new().with("Code", instance.state.code()).with("Name", instance.state.as_str());
        let placement = Object::new().text("AvailabilityZone", &instance.zone).with("AvailabilityZoneId", self.zone_id(&instance.zone));
        let placement = placement.with("Tenancy", "default");
        let primary = instance.primary_eni().and_then(|id| self.network.eni(id));
        let enis = instance.enis.values().filter_map(|id| self.network.eni(*id)).map(|eni| {
            let object = self.interface_facts(eni, false);
            object.maybe("Attachment", eni.attachment.as_ref().map(|attachment| self.attachment_facts(attachment))).into()
        });
        let object = Object::new()
            .text("InstanceId", instance.id)
            .with("InstanceType", instance.instance_type.name())
            .text("ImageId", instance.image)
            .with("State", state)
            .with("Placement", placement)
            .text("VpcId", instance.vpc)
            .list("NetworkInterfaces", enis)
            .with("LaunchTime", self.epoch.print(instance.launched_at))
            .with("Architecture", if is_arm(instance.instance_type.family()) { "arm64" } else { "x86_64" })
            .with("EnaSupport", instance.instance_type.is_nitro())
            .with("Hypervisor", "xen")
            .with("RootDeviceType", "ebs")
            .maybe("InstanceLifecycle", instance.spot.map(|_| "spot"))
            .maybe("InstanceMarketOptions", instance.spot.map(|spot| market(&spot)))
            .with("HibernationOptions", Object::new().with("Configured", instance.hibernates))
            .with(
                "StateTransitionReason",
                instance.reason.map_or_else(String::new, |(reason, since)| self.transition_reason(reason, since)),
            )
            .maybe("StateReason", instance.reason.map(|(reason, _)| state_reason(reason)))
            .maybe("DisableApiTermination", flag(instance.termination_protection))
            .maybe("DisableApiStop", flag(instance.stop_protection))
            .with("Tags", tag_list(&instance.tags));
        match primary {
            Some(eni) => self.mirror(object, eni).into(),
            None => object.into(),
        }
    }

    /// `User initiated (2026-01-01 00:00:05 GMT)`.
    fn transition_reason(&self, reason: StateReason, since: Instant) -> String {
        let printed = self.epoch.print(since);
        let at = printed.split(['.', '+']).next().unwrap_or_default().replace('T', " ");
        if reason.is_users() { format!("User initiated ({at} GMT)") } else { format!("{} ({at} GMT)", reason.code()) }
    }

    /// What an instance shows of its primary ENI (`J3`).
    fn mirror(&self, object: Object, eni: &Eni) -> Object {
        let facts = self.interface_facts(eni, false).map();
        let copied = |name: &str| facts.get(name).cloned();
        let public = eni.addresses.first().and_then(|address| address.public);
        object
            .maybe("SubnetId", copied("SubnetId"))
            .maybe("PrivateIpAddress", copied("PrivateIpAddress"))
            .maybe("PrivateDnsName", copied("PrivateDnsName"))
            .maybe("SecurityGroups", copied("Groups"))
            .maybe("SourceDestCheck", copied("SourceDestCheck"))
            .maybe_text("PublicIpAddress", public.map(|public| public.ip))
            .maybe("PublicDnsName", public.map(|public| self.public_name(public.ip)))
    }

    /// `ip-10-0-0-5.ec2.internal` (`I5`).
    fn private_name(&self, ip: Ipv4Addr) -> String {
        let dashed = dashed(IpAddr::V4(ip));
        match self.network.region() {
            "us-east-1" => format!("ip-{dashed}.ec2.internal"),
            region => format!("ip-{dashed}.{region}.compute.internal"),
        }
    }

    /// `ec2-203-0-113-25.compute-1.amazonaws.com` (`I6`).
    fn public_name(&self, ip: Ipv4Addr) -> String {
        let dashed = dashed(IpAddr::V4(ip));
        match self.network.region() {
            "us-east-1" => format!("ec2-{dashed}.compute-1.amazonaws.com"),
            region => format!("ec2-{dashed}.{region}.compute.amazonaws.com"),
        }
    }
}

fn dashed(ip: IpAddr) -> String {
    ip.to_string().replace('.', "-")
}

/// How a spot instance was asked for; documents keep it.
pub(crate) fn market(spot: &Spot) -> Object {
    let kind = if spot.persistent { "persistent" } else { "one-time" };
    let options = Object::new().with("SpotInstanceType", kind).with("InstanceInterruptionBehavior", spot.interruption.as_str());
    Object::new().with("MarketType", "spot").with("SpotOptions", options)
}

fn state_reason(reason: StateReason) -> Object {
    Object::new().with("Code", reason.code()).with("Message", format!("{}: {}", reason.code(), reason.text()))
}

/// Whether a family has ARM processors: a `g` after its number says so, as `t4g` or `c7gn`; `a1` was the first.
fn is_arm(family: &str) -> bool {
    let rest =
        family.trim_start_matches(|letter: char| letter.is_ascii_alphabetic()).trim_start_matches(|digit: char| digit.is_ascii_digit());
    family == "a1" || rest.starts_with('g')
}
