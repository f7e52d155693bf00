//! Elastic IP addresses.

use super::{Action, command};
use crate::aws::error::ApiError;
use crate::aws::member::{DRY_RUN, TAG_SPECIFICATIONS, Wire, optional, required};
use eni_core::control::command::Command;

pub(super) const ACTIONS: &[Action] = &[
    Action {
        name: "AllocateAddress",
        help: "takes an Elastic IP address for the account",
        members: &[
            optional("Domain", Wire::Words(&["vpc"]), "always vpc"),
            optional("Address", Wire::Ipv4, "a released address to get back"),
            TAG_SPECIFICATIONS,
            DRY_RUN,
        ],
        build: |p| command(Command::AllocateAddress { address: p.ipv4("Address")?, tags: p.tags_for("elastic-ip", &["elastic-ip"])? }),
    },
    Action {
        name: "AssociateAddress",
        help: "maps an Elastic IP address to a private address",
        members: &[
            required("AllocationId", Wire::Id("eipalloc"), "the Elastic IP address"),
            optional("NetworkInterfaceId", Wire::Id("eni"), "to this interface"),
            optional("InstanceId", Wire::Id("i"), "or to this instance with one interface"),
            optional("PrivateIpAddress", Wire::Ipv4, "to this private address; the primary one if absent"),
            optional("AllowReassociation", Wire::Boolean, "whether it may be taken from elsewhere"),
            DRY_RUN,
        ],
        build: |p| {
            command(Command::AssociateAddress {
                allocation: p.id("AllocationId")?,
                eni: p.maybe_id("NetworkInterfaceId")?,
                instance: p.maybe_id("InstanceId")?,
                private_ip: p.ipv4("PrivateIpAddress")?,
                allow_reassociation: p.flag("AllowReassociation"),
            })
        },
    },
    Action {
        name: "DisassociateAddress",
        help: "ends the mapping of an Elastic IP address",
        members: &[required("AssociationId", Wire::Id("eipassoc"), "the mapping"), DRY_RUN],
        build: |p| command(Command::DisassociateAddress(p.id("AssociationId")?)),
    },
    Action {
        name: "ReleaseAddress",
        help: "gives an Elastic IP address back",
        members: &[
            optional("AllocationId", Wire::Id("eipalloc"), "the Elastic IP address"),
            optional("PublicIp", Wire::Ipv4, "not for addresses of a VPC"),
            DRY_RUN,
        ],
        build: |p| {
            if !p.has("AllocationId") && p.has("PublicIp") {
                let message = "You must specify an allocation id when releasing a VPC elastic IP address";
                return Err(ApiError::new("InvalidParameterValue", message));
            }
            command(Command::ReleaseAddress(p.id("AllocationId")?))
        },
    },
];
