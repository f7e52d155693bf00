//! Network interfaces.

use super::addressing::{
    self, INTERFACE, IPV4_PREFIX_COUNT, IPV4_PREFIXES, IPV6_ADDRESS_COUNT, IPV6_ADDRESSES, IPV6_PREFIX_COUNT, IPV6_PREFIXES,
    PRIMARY_IPV6_HELP, PRIVATE_ADDRESSES, SECONDARY_COUNT,
};
use super::{Action, Request, command};
use crate::aws::error::ApiError;
use crate::aws::input::{Parameters, id};
use crate::aws::member::{CLIENT_TOKEN, DRY_RUN, Member, TAG_SPECIFICATIONS, Wire, optional, required};
use eni_core::control::command::{AttachmentKey, Command, CreateNetworkInterface, EniAttribute};
use eni_core::id::GroupId;
use eni_core::model::eni::TrackingTimeouts;
use eni_core::time::Duration;

/// Idle time-outs of tracked connections.
pub(super) const TRACKING: &[Member] = &[
    optional("TcpEstablishedTimeout", Wire::Integer, "60 to 432000 seconds"),
    optional("UdpStreamTimeout", Wire::Integer, "60 to 180 seconds"),
    optional("UdpTimeout", Wire::Integer, "30 to 60 seconds"),
];

pub(super) const ACTIONS: &[Action] = &[
    Action {
        name: "CreateNetworkInterface",
        help: "makes a network interface in a subnet",
        members: &[
            required("SubnetId", Wire::Id("subnet"), "its subnet"),
            optional("Description", Wire::Text, "why it exists"),
            optional("Groups", Wire::List(&Wire::Id("sg")), "its security groups; the VPC's default group if absent"),
            optional("PrivateIpAddress", Wire::Ipv4, "its primary address; the lowest free one if absent"),
            PRIVATE_ADDRESSES,
            SECONDARY_COUNT,
            IPV4_PREFIXES,
            IPV4_PREFIX_COUNT,
            optional("ConnectionTrackingSpecification", Wire::Struct(TRACKING), "idle time-outs of tracked connections"),
            IPV6_ADDRESSES,
            IPV6_ADDRESS_COUNT,
            IPV6_PREFIXES,
            IPV6_PREFIX_COUNT,
            optional("EnablePrimaryIpv6", Wire::Boolean, PRIMARY_IPV6_HELP),
            optional("InterfaceType", Wire::Text, "its kind; the playground models interface alone"),
            TAG_SPECIFICATIONS,
            CLIENT_TOKEN,
            DRY_RUN,
        ],
        build: create,
    },
    Action {
        name: "DeleteNetworkInterface",
        help: "deletes an interface that is not attached",
        members: &[INTERFACE, DRY_RUN],
        build: |p| command(Command::DeleteNetworkInterface(p.id("NetworkInterfaceId")?)),
    },
    Action {
        name: "AttachNetworkInterface",
        help: "attaches an interface to an instance of the same zone",
        members: &[
            INTERFACE,
            required("InstanceId", Wire::Id("i"), "the instance"),
            required("DeviceIndex", Wire::Integer, "the position on the instance, from 1"),
            optional("NetworkCardIndex", Wire::Integer, "the network card, from 0"),
            DRY_RUN,
        ],
        build: |p| {
            command(Command::AttachNetworkInterface {
                eni: p.id("NetworkInterfaceId")?,
                instance: p.id("InstanceId")?,
                device_index: p.small("DeviceIndex")?.unwrap_or_default(),
                network_card: p.small("NetworkCardIndex")?.unwrap_or_default(),
            })
        },
    },
    Action {
        name: "DetachNetworkInterface",
        help: "detaches an interface; takes the attachment's id, not the interface's",
        members: &[
            required("AttachmentId", Wire::Text, "the attachment"),
            optional("Force", Wire::Boolean, "do not wait for the guest"),
            DRY_RUN,
        ],
        build: |p| {
            let attachment = attachment(p.text("AttachmentId").unwrap_or_default())?;
            command(Command::DetachNetworkInterface { attachment, force: p.flag("Force").unwrap_or(false) })
        },
    },
    Action {
        name: "ModifyNetworkInterfaceAttribute",
        help: "changes one attribute of an interface",
        members: &[
            INTERFACE,
            optional("Description", Wire::Wrapped(&Wire::Text), "why it exists"),
            optional("Groups", Wire::List(&Wire::Text), "the whole new set of its groups, by their ids"),
            optional("SourceDestCheck", Wire::Wrapped(&Wire::Boolean), "whether it carries only its own traffic"),
            optional(
                "Attachment",
                Wire::Struct(&[
                    optional("AttachmentId", Wire::Id("eni-attach"), "the attachment"),
                    optional("DeleteOnTermination", Wire::Boolean, "whether the interface dies with the instance"),
                ]),
                "the attachment's own attribute",
            ),
            optional("AssociatePublicIpAddress", Wire::Boolean, "whether it wants a public address"),
            optional("EnablePrimaryIpv6", Wire::Boolean, PRIMARY_IPV6_HELP),
            optional("ConnectionTrackingSpecification", Wire::Struct(TRACKING), "idle time-outs of tracked connections"),
            DRY_RUN,
        ],
        build: modify,
    },
    Action {
        name: "ResetNetworkInterfaceAttribute",
        help: "turns source/destination check on again",
        members: &[INTERFACE, optional("SourceDestCheck", Wire::Text, "the attribute to reset"), DRY_RUN],
        build: |p| command(Command::ResetNetworkInterfaceAttribute(p.id("NetworkInterfaceId")?)),
    },
];

/// What AWS makes beside `interface`.
const FURTHER_KINDS: [&str; 4] = ["efa", "efa-only", "branch", "trunk"];

/// Users may ask for network interfaces of other types, which are not modelled (`E79`).
pub(super) fn common_kind(p: &Parameters<'_>) -> Result<(), ApiError> {
    match p.text("InterfaceType") {
        None | Some("interface") => Ok(()),
        Some(kind) if FURTHER_KINDS.contains(&kind) => {
            Err(ApiError::new("UnsupportedOperation", format!("The playground does not model network interfaces of type {kind}.")))
        }
        Some(kind) => {
            let kind: String = kind.chars().take(100).collect();
            Err(ApiError::invalid("interfaceType", kind, &format!("It must be interface, {}.", FURTHER_KINDS.join(", "))))
        }
    }
}

fn create(p: &Parameters<'_>) -> Result<Request, ApiError> {
    common_kind(p)?;
    command(Command::CreateNetworkInterface(Box::new(CreateNetworkInterface {
        subnet: p.maybe_id("SubnetId")?,
        description: p.text_or_empty("Description"),
        groups: p.ids("Groups")?,
        private_ip: p.ipv4("PrivateIpAddress")?,
        addresses: addressing::addresses(p)?,
        secondary_count: p.integer("SecondaryPrivateIpAddressCount"),
        prefixes: addressing::ipv4_prefixes(p)?,
        tracking: p.object("ConnectionTrackingSpecification").map(tracking).transpose()?.unwrap_or_default(),
        ipv6: addressing::ipv6(p)?,
        tags: p.tags_for("network-interface", &["network-interface"])?,
    })))
}

fn attachment(text: &str) -> Result<AttachmentKey, ApiError> {
    if text.starts_with("ela-attach") { id(text).map(AttachmentKey::Service) } else { id(text).map(AttachmentKey::Eni) }
}

/// The id of a group. AWS takes a name for a group that is not there.
fn group(text: &str) -> Result<GroupId, ApiError> {
    if text.starts_with("sg-") { id(text) } else { Err(ApiError::not_found("sg", text.chars().take(255).collect::<String>())) }
}

fn modify(p: &Parameters<'_>) -> Result<Request, ApiError> {
    let mut attributes = Vec::new();
    if let Some(text) = p.wrapped_text("Description") {
        attributes.push(EniAttribute::Description(text.to_owned()));
    }
    if p.has("Groups") {
        attributes.push(EniAttribute::Groups(p.texts("Groups").map(group).collect::<Result<_, _>>()?));
    }
    if let Some(on) = p.wrapped_flag("SourceDestCheck") {
        attributes.push(EniAttribute::SourceDestCheck(on));
    }
    if let Some(change) = p.object("Attachment") {
        let on = change.flag("DeleteOnTermination").ok_or_else(|| ApiError::missing("DeleteOnTermination"))?;
        attributes.push(EniAttribute::DeleteOnTermination(change.maybe_id("AttachmentId")?, on));
    }
    if let Some(on) = p.flag("AssociatePublicIpAddress") {
        attributes.push(EniAttribute::AssociatePublicIp(on));
    }
    if let Some(on) = p.flag("EnablePrimaryIpv6") {
        attributes.push(EniAttribute::PrimaryIpv6(on));
    }
    if let Some(change) = p.object("ConnectionTrackingSpecification") {
        attributes.push(EniAttribute::Tracking(tracking(change)?));
    }
    command(Command::ModifyNetworkInterfaceAttribute(p.id("NetworkInterfaceId")?, attributes))
}

/// Idle time-outs, each in its range (`S42`).
pub(super) fn tracking(p: Parameters<'_>) -> Result<TrackingTimeouts, ApiError> {
    let read = |name: &str, from: i64, to: i64| match p.integer(name) {
        None => Ok(None),
        Some(seconds) if (from..=to).contains(&seconds) => Ok(u64::try_from(seconds).ok().map(Duration::from_secs)),
        Some(seconds) => Err(ApiError::invalid(name, seconds, &format!("It must be between {from} and {to} seconds."))),
    };
    Ok(TrackingTimeouts {
        tcp_established: read("TcpEstablishedTimeout", 60, 432_000)?,
        udp_stream: read("UdpStreamTimeout", 60, 180)?,
        udp: read("UdpTimeout", 30, 60)?,
    })
}
