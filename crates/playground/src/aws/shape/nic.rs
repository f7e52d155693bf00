//! Writes network interfaces, Elastic IPs and instances.

use super::{Writer, tag_list};
use crate::aws::express::tracking;
use crate::aws::object;
use crate::aws::text::{HostName, Json, Object};
use eni_core::addr::{Ipv4Addr, Ipv6Addr};
use eni_core::model::elastic_ip::ElasticIp;
use eni_core::model::eni::{Attachment, AttachmentStatus, Eni, EniStatus, PrivateAddress, PublicAddress, PublicOrigin};
use eni_core::model::instance::Instance;
use eni_core::model::spot::{Spot, StateReason};
use eni_core::time::Instant;
use serde_json::Value;

impl Writer<'_> {
    pub(in crate::aws) fn interface(&self, eni: &Eni) -> Json {
        let subnet = self.network.subnet(eni.subnet);
        let object = self
            .interface_facts(eni, true)
            .maybe("AvailabilityZone", subnet.map(|subnet| subnet.zone.as_str()))
            .maybe("AvailabilityZoneId", subnet.map(|subnet| self.zone_id(&subnet.zone)))
            .maybe("AssociatePublicIpAddress", self.attribute(true).filter(|_| eni.wants_public_ip))
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
        let timeouts = Object::new().members(&tracking(&eni.tracking).map());
        object.maybe("ConnectionTrackingConfiguration", (!timeouts.is_empty()).then_some(timeouts)).into()
    }

    /// What is said of an ENI wherever it stands. With its instance the ids of Elastic IPs are not told (`J3`).
    fn interface_facts(&self, eni: &Eni, with_ids: bool) -> Object {
        let status = match eni.status() {
            EniStatus::Pending => "pending",
            EniStatus::Available => "available",
            EniStatus::InUse => "in-use",
        };
        let addresses = eni.addresses.iter().enumerate().map(|(at, address)| self.private_address(address, at == 0, with_ids));
        let first_public = eni.addresses.first().and_then(|address| address.public);
        Object::large()
            .id("NetworkInterfaceId", eni.id)
            .id("SubnetId", eni.subnet)
            .id("VpcId", eni.vpc)
            .text("OwnerId", eni.owner)
            .with("Description", eni.description.as_str())
            .with("InterfaceType", eni.kind.as_str())
            .text("MacAddress", eni.mac)
            .maybe("PrivateIpAddress", eni.primary_ip())
            .maybe("PrivateDnsName", eni.primary_ip().map(|ip| self.private_name(ip)))
            .list("PrivateIpAddresses", addresses)
            .maybe("Association", first_public.map(|public| self.association(&public, with_ids)))
            .list("Ipv4Prefixes", eni.ipv4_prefixes.iter().map(|prefix| Object::new().text("Ipv4Prefix", prefix).into()))
            .list("Ipv6Addresses", eni.ipv6_addresses.iter().map(|ip| ipv6_address(eni, *ip)))
            .list("Ipv6Prefixes", eni.ipv6_prefixes.iter().map(|prefix| Object::new().text("Ipv6Prefix", prefix).into()))
            .list("Groups", self.groups_of(eni))
            .with("SourceDestCheck", eni.source_dest_check)
            .with("Status", status)
    }

    fn groups_of(&self, eni: &Eni) -> impl Iterator<Item = Json> {
        eni.groups.iter().map(|id| {
            let name = self.network.group(*id).map(|group| group.name.as_str());
            Object::new().id("GroupId", *id).maybe("GroupName", name).into()
        })
    }

    fn attachment(&self, attachment: &Attachment) -> Object {
        self.attachment_facts(attachment).id("InstanceId", attachment.instance).with("InstanceOwnerId", self.owner())
    }

    /// An attachment as its instance shows it.
    fn attachment_facts(&self, attachment: &Attachment) -> Object {
        let status = match attachment.status {
            AttachmentStatus::Attaching => "attaching",
            AttachmentStatus::Attached => "attached",
            AttachmentStatus::Detaching => "detaching",
        };
        Object::new()
            .id("AttachmentId", attachment.id)
            .with("DeviceIndex", attachment.device_index)
            .with("NetworkCardIndex", attachment.network_card)
            .with("DeleteOnTermination", attachment.delete_on_termination)
            .with("AttachTime", self.epoch.print(attachment.attached_at))
            .with("Status", status)
    }

    fn private_address(&self, address: &PrivateAddress, primary: bool, with_ids: bool) -> Json {
        Object::new()
            .with("PrivateIpAddress", address.ip)
            .with("Primary", primary)
            .with("PrivateDnsName", self.private_name(address.ip))
            .maybe("Association", address.public.map(|public| self.association(&public, with_ids)))
            .into()
    }

    fn association(&self, public: &PublicAddress, with_ids: bool) -> Object {
        let object = Object::new().with("PublicIp", public.ip).with("PublicDnsName", self.public_name(public.ip));
        match public.origin {
            PublicOrigin::Amazon => object.with("IpOwnerId", "amazon"),
            PublicOrigin::Elastic { .. } if !with_ids => object.with("IpOwnerId", self.owner()),
            PublicOrigin::Elastic { allocation, association } => {
                object.id("AllocationId", allocation).id("AssociationId", association).with("IpOwnerId", self.owner())
            }
        }
    }

    pub(in crate::aws) fn address(&self, eip: &ElasticIp) -> Json {
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
    pub(in crate::aws) fn launched(&self, instance: &Instance) -> Json {
        self.instance_facts(instance).id("ReservationId", instance.reservation).with("OwnerId", self.owner()).into()
    }

    pub(in crate::aws) fn instance(&self, instance: &Instance) -> Json {
        self.instance_facts(instance).into()
    }

    fn instance_facts(&self, instance: &Instance) -> Object {
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
            .id("InstanceId", instance.id)
            .with("InstanceType", instance.instance_type.name())
            .text("ImageId", instance.image)
            .with("State", state)
            .with("Placement", placement)
            .id("VpcId", instance.vpc)
            .list("NetworkInterfaces", enis)
            .with("LaunchTime", self.epoch.print(instance.launched_at))
            .with("Architecture", if is_arm(instance.instance_type.family()) { "arm64" } else { "x86_64" })
            .with("EnaSupport", instance.instance_type.is_nitro())
            .with("Hypervisor", "xen")
            .with("RootDeviceType", "ebs")
            .maybe("InstanceLifecycle", instance.spot.map(|_| "spot"))
            .maybe("InstanceMarketOptions", self.attribute(instance.spot.map(|spot| Json::from(Value::from(market(&spot))))).flatten())
            .with("HibernationOptions", Object::new().with("Configured", instance.hibernates))
            .with(
                "StateTransitionReason",
                instance.reason.map_or_else(String::new, |(reason, since)| self.transition_reason(reason, since)),
            )
            .maybe("StateReason", instance.reason.map(|(reason, _)| state_reason(reason)))
            .maybe("DisableApiTermination", self.attribute(flag(instance.termination_protection)).flatten())
            .maybe("DisableApiStop", self.attribute(flag(instance.stop_protection)).flatten())
            .maybe("InstanceInitiatedShutdownBehavior", self.attribute(Object::new().with("Value", instance.shutdown.as_str())))
            .with("Tags", tag_list(&instance.tags));
        match primary {
            Some(eni) => self.mirror(object, eni),
            None => object,
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
        let public = eni.addresses.first().and_then(|address| address.public);
        object
            .id("SubnetId", eni.subnet)
            .maybe("PrivateIpAddress", eni.primary_ip())
            .maybe("PrivateDnsName", eni.primary_ip().map(|ip| self.private_name(ip)))
            .maybe_text("Ipv6Address", eni.primary_ipv6.or(eni.ipv6_addresses.first().copied()))
            .list("SecurityGroups", self.groups_of(eni))
            .with("SourceDestCheck", eni.source_dest_check)
            .maybe_text("PublicIpAddress", public.map(|public| public.ip))
            .maybe("PublicDnsName", public.map(|public| self.public_name(public.ip)))
    }

    /// `ip-10-0-0-5.ec2.internal` (`I5`).
    fn private_name(&self, ip: Ipv4Addr) -> HostName<'_> {
        match self.network.region() {
            "us-east-1" => HostName("ip-", ip, [".ec2.internal", "", ""]),
            region => HostName("ip-", ip, [".", region, ".compute.internal"]),
        }
    }

    /// `ec2-203-0-113-25.compute-1.amazonaws.com` (`I6`).
    fn public_name(&self, ip: Ipv4Addr) -> HostName<'_> {
        match self.network.region() {
            "us-east-1" => HostName("ec2-", ip, [".compute-1.amazonaws.com", "", ""]),
            region => HostName("ec2-", ip, [".", region, ".compute.amazonaws.com"]),
        }
    }
}

/// How a spot instance was asked for; documents keep it.
pub(crate) fn market(spot: &Spot) -> object::Object {
    let kind = if spot.persistent { "persistent" } else { "one-time" };
    let options = object::Object::new().with("SpotInstanceType", kind).with("InstanceInterruptionBehavior", spot.interruption.as_str());
    object::Object::new().with("MarketType", "spot").with("SpotOptions", options)
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

/// An IPv6 address of an ENI, with the mark of a primary one (`E77`).
fn ipv6_address(eni: &Eni, ip: Ipv6Addr) -> Json {
    let primary = eni.primary_ipv6 == Some(ip);
    Object::new().text("Ipv6Address", ip).with("IsPrimaryIpv6", primary).into()
}
