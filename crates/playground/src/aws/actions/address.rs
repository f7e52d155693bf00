//! Elastic IP addresses.

use super::{Action, Request, command};
use crate::aws::error::ApiError;
use crate::aws::input::Parameters;
use crate::aws::member::{DRY_RUN, TAG_SPECIFICATIONS, Wire, optional};
use eni_core::control::command::Command;

pub(super) const ACTIONS: &[Action] = &[
    Action {
        name: "AllocateAddress",
        help: "takes an Elastic IP address for the account",
        members: &[
            optional("Domain", Wire::Words(&["vpc"]), "always vpc"),
            optional("Address", Wire::Ipv4, "a released address to get back"),
            optional("PublicIpv4Pool", Wire::Text, "amazon, the only pool here"),
            optional("NetworkBorderGroup", Wire::Text, "the region, the only border group here"),
            TAG_SPECIFICATIONS,
            DRY_RUN,
        ],
        build: allocate,
    },
    Action {
        name: "AssociateAddress",
        help: "maps an Elastic IP address to a private address",
        members: &[
            optional("AllocationId", Wire::Id("eipalloc"), "the Elastic IP address"),
            optional("PublicIp", Wire::Ipv4, "not for addresses of a VPC"),
            optional("NetworkInterfaceId", Wire::Id("eni"), "to this interface"),
            optional("InstanceId", Wire::Id("i"), "or to this instance with one interface"),
            optional("PrivateIpAddress", Wire::Ipv4, "to this private address; the primary one if absent"),
            optional("AllowReassociation", Wire::Boolean, "whether it may be taken from elsewhere"),
            DRY_RUN,
        ],
        build: |p| {
            if !p.has("AllocationId") && p.has("PublicIp") {
                return Err(ApiError::combination("You must specify an allocation id when mapping an address to a VPC instance"));
            }
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
        members: &[
            optional("AssociationId", Wire::Id("eipassoc"), "the mapping"),
            optional("PublicIp", Wire::Ipv4, "not for addresses of a VPC"),
            DRY_RUN,
        ],
        build: |p| {
            if !p.has("AssociationId") && p.has("PublicIp") {
                let message = "You must specify an association id when unmapping an address from a VPC instance";
                return Err(ApiError::new("InvalidParameterValue", message));
            }
            command(Command::DisassociateAddress(p.id("AssociationId")?))
        },
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

/// Addresses come from Amazon's pool: nobody here brings their own.
fn allocate(p: &Parameters<'_>) -> Result<Request, ApiError> {
    if let Some(pool) = p.text("PublicIpv4Pool").filter(|pool| *pool != "amazon") {
        let pool: String = pool.chars().take(100).collect();
        return Err(ApiError::new("InvalidPublicIpv4PoolID.NotFound", format!("The PublicIpv4Pool ID '{pool}' does not exist")));
    }
    command(Command::AllocateAddress {
        address: p.ipv4("Address")?,
        border_group: p.text("NetworkBorderGroup").map(str::to_owned),
        tags: p.tags_for("elastic-ip", &["elastic-ip"])?,
    })
}
