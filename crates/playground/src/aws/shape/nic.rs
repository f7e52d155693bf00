//! Writes network interfaces, Elastic IPs and instances.

use super::{Form, Writer};
use crate::aws::express::tracking;
use crate::aws::object;
use crate::aws::text::{HostName, Json, Object, Word, quoted};
use crate::aws::tokens;
use eni_core::addr::Ipv4Addr;
use eni_core::id::{GroupId, ResourceId, VpcId};
use eni_core::model::elastic_ip::ElasticIp;
use eni_core::model::eni::{Attachment, AttachmentStatus, Eni, EniStatus, PrivateAddress, PublicAddress, PublicOrigin, TrackingTimeouts};
use eni_core::model::instance::{Instance, InstanceState};
use eni_core::model::metadata::MetadataOptions;
use eni_core::model::spot::{Spot, StateReason};
use eni_core::model::vpc::Vpc;
use eni_core::time::Instant;
use serde_json::Value;

impl Writer<'_> {
    pub(in crate::aws) fn interface(&self, eni: &Eni) -> Json {
        let subnet = self.network.subnet(eni.subnet);
        let object = self
            .interface_facts(self.object(), eni, true)
            .maybe(quoted!("AvailabilityZone"), subnet.map(|subnet| subnet.zone.as_str()))
            .maybe(quoted!("AvailabilityZoneId"), subnet.map(|subnet| self.zone_id(&subnet.zone)))
            .maybe(quoted!("AssociatePublicIpAddress"), self.attribute(true).filter(|_| eni.wants_public_ip));
        let object = match (&eni.attachment, eni.requester.as_ref().and_then(|requester| requester.attachment)) {
            (Some(attachment), _) => object.object(quoted!("Attachment"), |object| self.attachment(object, attachment)),
            (None, Some(id)) => object.object(quoted!("Attachment"), |object| {
                let owner = object.text("AttachmentId", id).with(quoted!("InstanceOwnerId"), "amazon-aws");
                owner.with(quoted!("DeviceIndex"), 1).with(quoted!("DeleteOnTermination"), false).with(quoted!("Status"), "attached")
            }),
            (None, None) => object,
        };
        let object = object
            .tags(quoted!("TagSet"), &eni.tags)
            .maybe_text("RequesterId", eni.requester.as_ref().map(|requester| &requester.id))
            .with(quoted!("RequesterManaged"), eni.requester.as_ref().is_some_and(|requester| requester.managed));
        if eni.tracking == TrackingTimeouts::default() {
            return object.into();
        }
        object.object(quoted!("ConnectionTrackingConfiguration"), |object| object.members(&tracking(&eni.tracking).map())).into()
    }

    /// What is said of an ENI wherever it stands. With its instance the ids of Elastic IPs are not told (`J3`).
    fn interface_facts(&self, object: Object, eni: &Eni, with_ids: bool) -> Object {
        let status = match eni.status() {
            EniStatus::Pending => "pending",
            EniStatus::Available => "available",
            EniStatus::InUse => "in-use",
        };
        let first_public = eni.addresses.first().and_then(|address| self.public_of(address));
        let vpc = eni.vpc;
        let object = object
            .id(quoted!("NetworkInterfaceId"), eni.id)
            .id(quoted!("SubnetId"), eni.subnet)
            .id(quoted!("VpcId"), eni.vpc)
            .with(quoted!("OwnerId"), eni.owner)
            .with(quoted!("Description"), eni.description.as_str())
            .with(quoted!("InterfaceType"), eni.kind.as_str())
            .with(quoted!("MacAddress"), eni.mac)
            .maybe(quoted!("PrivateIpAddress"), eni.primary_ip())
            .maybe(quoted!("PrivateDnsName"), eni.primary_ip().map(|ip| self.private_name(ip)))
            .objects(quoted!("PrivateIpAddresses"), eni.addresses.iter().enumerate(), |object, (at, address)| {
                self.private_address(object, (vpc, address), at == 0, with_ids)
            });
        let object = match first_public {
            Some(public) => object.object(quoted!("Association"), |object| self.association(object, (vpc, &public), with_ids)),
            None => object,
        };
        object
            .objects(quoted!("Ipv4Prefixes"), eni.ipv4_prefixes.iter(), |object, prefix| object.text("Ipv4Prefix", prefix))
            .objects(quoted!("Ipv6Addresses"), eni.ipv6_addresses.iter(), |object, ip| {
                // A primary one has a mark (`E77`).
                object.text("Ipv6Address", ip).with(quoted!("IsPrimaryIpv6"), eni.primary_ipv6 == Some(*ip))
            })
            .objects(quoted!("Ipv6Prefixes"), eni.ipv6_prefixes.iter(), |object, prefix| object.text("Ipv6Prefix", prefix))
            .objects(quoted!("Groups"), eni.groups.iter(), |object, id| self.group_of(object, *id))
            .with(quoted!("SourceDestCheck"), eni.source_dest_check)
            .with(quoted!("Status"), Word(status))
    }

    pub(super) fn group_of(&self, object: Object, id: GroupId) -> Object {
        object.id(quoted!("GroupId"), id).maybe(quoted!("GroupName"), self.network.group(id).map(|group| group.name.as_str()))
    }

    fn attachment(&self, object: Object, attachment: &Attachment) -> Object {
        self.attachment_facts(object, attachment)
            .id(quoted!("InstanceId"), attachment.instance)
            .with(quoted!("InstanceOwnerId"), self.owner())
    }

    /// An attachment as its instance shows it.
    fn attachment_facts(&self, object: Object, attachment: &Attachment) -> Object {
        let status = match attachment.status {
            AttachmentStatus::Attached if self.form != Form::Begun => "attached",
            AttachmentStatus::Attaching | AttachmentStatus::Attached => "attaching",
            AttachmentStatus::Detaching => "detaching",
        };
        object
            .id(quoted!("AttachmentId"), attachment.id)
            .with(quoted!("DeviceIndex"), attachment.device_index)
            .with(quoted!("NetworkCardIndex"), attachment.network_card)
            .with(quoted!("DeleteOnTermination"), attachment.delete_on_termination)
            .with(quoted!("AttachTime"), self.epoch.moment(attachment.attached_at))
            .with(quoted!("Status"), Word(status))
    }

    /// The public address that is shown beside a private one. A launch is answered before it has one of AWS's pool (`A1`).
    fn public_of(&self, address: &PrivateAddress) -> Option<PublicAddress> {
        address.public.filter(|public| self.form != Form::Begun || public.origin != PublicOrigin::Amazon)
    }

    fn private_address(&self, object: Object, (vpc, address): (VpcId, &PrivateAddress), primary: bool, with_ids: bool) -> Object {
        let object = object
            .with(quoted!("PrivateIpAddress"), address.ip)
            .with(quoted!("Primary"), primary)
            .with(quoted!("PrivateDnsName"), self.private_name(address.ip));
        match self.public_of(address) {
            Some(public) => object.object(quoted!("Association"), |object| self.association(object, (vpc, &public), with_ids)),
            None => object,
        }
    }

    fn association(&self, object: Object, (vpc, public): (VpcId, &PublicAddress), with_ids: bool) -> Object {
        let object = self.public_name(object.with(quoted!("PublicIp"), public.ip), vpc, Some(public.ip));
        match public.origin {
            PublicOrigin::Amazon => object.with(quoted!("IpOwnerId"), "amazon"),
            PublicOrigin::Elastic { .. } if !with_ids => object.with(quoted!("IpOwnerId"), self.owner()),
            PublicOrigin::Elastic { allocation, association } => object
                .id(quoted!("AllocationId"), allocation)
                .id(quoted!("AssociationId"), association)
                .with(quoted!("IpOwnerId"), self.owner()),
        }
    }

    pub(in crate::aws) fn address(&self, eip: &ElasticIp) -> Json {
        let object = self
            .object()
            .text("AllocationId", eip.allocation)
            .text("PublicIp", eip.ip)
            .with("Domain", "vpc")
            .with("PublicIpv4Pool", "amazon")
            .with("NetworkBorderGroup", self.network.region())
            .maybe("ServiceManaged", eip.service_managed.as_deref())
            .tags_if_any(&eip.tags);
        let Some(association) = eip.association else { return object.into() };
        let eni = self.network.eni(association.eni);
        // In a document that stands with the network interface, which has no word for single addresses of a prefix.
        let is_inside = eni.is_some_and(|eni| eni.prefix_publics.contains_key(&association.private_ip));
        if self.form == Form::Document && !is_inside {
            return object.into();
        }
        let instance = eni.and_then(|eni| eni.attachment.as_ref()).map(|attachment| attachment.instance);
        object
            .text("AssociationId", association.id)
            .text("NetworkInterfaceId", association.eni)
            .maybe_text("NetworkInterfaceOwnerId", eni.map(|eni| eni.owner))
            .text("PrivateIpAddress", association.private_ip)
            .maybe_text("InstanceId", instance)
            .maybe_text("SubnetId", eni.map(|eni| eni.subnet))
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
        let enis = instance.enis.values().filter_map(|id| self.network.eni(*id));
        let object = self
            .object()
            .id("InstanceId", instance.id)
            .with("InstanceType", instance.instance_type.name())
            .text("ImageId", instance.image)
            .with("State", state)
            .with("Placement", placement)
            .id("VpcId", instance.vpc)
            .objects("NetworkInterfaces", enis, |object, eni| {
                let object = self.interface_facts(object, eni, false);
                match &eni.attachment {
                    Some(attachment) => object.object("Attachment", |object| self.attachment_facts(object, attachment)),
                    None => object,
                }
            })
            .with("LaunchTime", self.epoch.moment(instance.launched_at))
            .with("Architecture", if instance.instance_type.is_arm() { "arm64" } else { "x86_64" })
            .with("EbsOptimized", instance.ebs_optimized)
            .with("EnaSupport", instance.instance_type.is_nitro())
            .with("Hypervisor", "xen")
            .with("RootDeviceType", "ebs")
            .maybe("InstanceLifecycle", instance.spot.map(|_| "spot"))
            .maybe_text("SpotInstanceRequestId", instance.spot_request())
            .maybe("SpotInstanceRequestState", self.attribute(instance.spot.filter(|spot| spot.cancelled).map(|_| "cancelled")).flatten())
            .maybe("InstanceMarketOptions", self.attribute(instance.spot.map(|spot| Json::from(Value::from(market(&spot))))).flatten())
            .with("HibernationOptions", Object::new().with("Configured", instance.hibernates))
            .with("MetadataOptions", metadata_options(&instance.metadata))
            .with(
                "StateTransitionReason",
                instance.reason.map_or_else(String::new, |(reason, since)| self.transition_reason(reason, since)),
            )
            .maybe("KeyName", instance.key_name.as_deref())
            .maybe("StateReason", self.state_reason(instance))
            .with("AmiLaunchIndex", instance.launch_index)
            .maybe("ClientToken", self.client_token(instance))
            .with("Monitoring", Object::new().with("State", self.monitoring(instance)))
            .maybe("DisableApiTermination", self.attribute(flag(instance.termination_protection)).flatten())
            .maybe("DisableApiStop", self.attribute(flag(instance.stop_protection)).flatten())
            .maybe(
                "UserData",
                self.attribute((!instance.user_data.is_empty()).then(|| Object::new().with("Value", &*instance.user_data))).flatten(),
            )
            .maybe("InstanceInitiatedShutdownBehavior", self.attribute(Object::new().with("Value", instance.shutdown.as_str())))
            .tags_if_any(&instance.tags);
        match primary {
            Some(eni) => self.mirror(object, eni),
            None => object.with("PrivateDnsName", "").with("PublicDnsName", ""),
        }
    }

    /// Why it does not run: because it starts, or what is kept of why it stopped.
    fn state_reason(&self, instance: &Instance) -> Option<Object> {
        if instance.state == InstanceState::Pending && self.form != Form::Document {
            return Some(Object::new().with("Code", "pending").with("Message", "pending"));
        }
        let (reason, _) = instance.reason?;
        Some(Object::new().with("Code", reason.code()).with("Message", format!("{}: {}", reason.code(), reason.text())))
    }

    /// The token of its launch; a document keeps only one that was given. Of launches elsewhere it is not known which one was made up.
    fn client_token(&self, instance: &Instance) -> Option<String> {
        let is_ours = instance.reservation.counter_number().is_some();
        let made_up = || if is_ours { tokens::made_up(&instance.reservation.to_string()) } else { String::new() };
        instance.client_token.clone().or_else(|| (self.form != Form::Document).then(made_up))
    }

    fn monitoring(&self, instance: &Instance) -> &'static str {
        match instance.monitored {
            true if self.form == Form::Begun => "pending",
            true => "enabled",
            false => "disabled",
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
        let public = eni.addresses.first().and_then(|address| self.public_of(address));
        let object = object
            .id("SubnetId", eni.subnet)
            .maybe("PrivateIpAddress", eni.primary_ip())
            .maybe("PrivateDnsName", eni.primary_ip().map(|ip| self.private_name(ip)))
            .maybe_text("Ipv6Address", eni.primary_ipv6.or(eni.ipv6_addresses.first().copied()))
            .objects("SecurityGroups", eni.groups.iter(), |object, id| self.group_of(object, *id))
            .with("SourceDestCheck", eni.source_dest_check)
            .maybe_text("PublicIpAddress", public.map(|public| public.ip));
        self.public_name(object, eni.vpc, public.map(|public| public.ip))
    }

    /// `ip-10-0-0-5.ec2.internal` (`I5`).
    fn private_name(&self, ip: Ipv4Addr) -> HostName<'_> {
        match self.network.region() {
            "us-east-1" => HostName("ip-", ip, None, ".ec2.internal"),
            region => HostName("ip-", ip, Some(region), ".compute.internal"),
        }
    }

    /// `ec2-203-0-113-25.compute-1.amazonaws.com` (`I6`); empty without an address, and where the VPC gives no public names (`L14`).
    fn public_name(&self, object: Object, vpc: VpcId, ip: Option<Ipv4Addr>) -> Object {
        let name = quoted!("PublicDnsName");
        match (ip.filter(|_| self.network.vpc(vpc).is_some_and(Vpc::has_public_names)), self.network.region()) {
            (None, _) => object.with(name, Word("")),
            (Some(ip), "us-east-1") => object.with(name, HostName("ec2-", ip, None, ".compute-1.amazonaws.com")),
            (Some(ip), region) => object.with(name, HostName("ec2-", ip, Some(region), ".compute.amazonaws.com")),
        }
    }
}

/// How a spot instance was asked for; documents keep it.
pub(crate) fn market(spot: &Spot) -> object::Object {
    let kind = if spot.persistent { "persistent" } else { "one-time" };
    let options = object::Object::new().with("SpotInstanceType", kind).with("InstanceInterruptionBehavior", spot.interruption.as_str());
    object::Object::new().with("MarketType", "spot").with("SpotOptions", options)
}

/// The settings of a metadata service. A change is there at once.
pub(in crate::aws) fn metadata_options(options: &MetadataOptions) -> Object {
    let on = |is_on: bool| if is_on { "enabled" } else { "disabled" };
    Object::new()
        .with("State", "applied")
        .with("HttpTokens", if options.needs_token { "required" } else { "optional" })
        .with("HttpPutResponseHopLimit", options.hop_limit)
        .with("HttpEndpoint", on(options.is_on))
        .with("HttpProtocolIpv6", on(options.over_ipv6))
        .with("InstanceMetadataTags", on(options.tells_tags))
}
