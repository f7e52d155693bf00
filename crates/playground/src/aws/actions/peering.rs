//! VPC peering connections.

use super::{Action, Request, command};
use crate::aws::error::ApiError;
use crate::aws::input::Parameters;
use crate::aws::member::{DRY_RUN, Member, TAG_SPECIFICATIONS, Wire, optional, required};
use eni_core::control::command::{Command, CreateVpcPeeringConnection, ModifyVpcPeeringConnectionOptions};
use eni_core::model::AccountId;

const PEERING: Member = required("VpcPeeringConnectionId", Wire::Id("pcx"), "the peering connection");
const OPTIONS: Wire = Wire::Struct(&[optional(
    "AllowDnsResolutionFromRemoteVpc",
    Wire::Boolean,
    "whether names of the other VPC are resolved to private addresses",
)]);

pub(super) const ACTIONS: &[Action] = &[
    Action {
        name: "CreateVpcPeeringConnection",
        help: "asks a VPC for a peering connection",
        members: &[
            required("VpcId", Wire::Id("vpc"), "the VPC that asks"),
            optional("PeerVpcId", Wire::Id("vpc"), "the VPC that is asked"),
            optional("PeerOwnerId", Wire::Text, "its account; here there is one"),
            optional("PeerRegion", Wire::Text, "its region; here there is one"),
            TAG_SPECIFICATIONS,
            DRY_RUN,
        ],
        build: create,
    },
    Action {
        name: "AcceptVpcPeeringConnection",
        help: "accepts a peering connection that was asked for",
        members: &[PEERING, DRY_RUN],
        build: |p| command(Command::AcceptVpcPeeringConnection(p.id("VpcPeeringConnectionId")?)),
    },
    Action {
        name: "RejectVpcPeeringConnection",
        help: "rejects a peering connection that was asked for",
        members: &[PEERING, DRY_RUN],
        build: |p| command(Command::RejectVpcPeeringConnection(p.id("VpcPeeringConnectionId")?)),
    },
    Action {
        name: "DeleteVpcPeeringConnection",
        help: "takes a peering connection away",
        members: &[PEERING, DRY_RUN],
        build: |p| command(Command::DeleteVpcPeeringConnection(p.id("VpcPeeringConnectionId")?)),
    },
    Action {
        name: "ModifyVpcPeeringConnectionOptions",
        help: "says whether names of the other VPC are resolved to private addresses",
        members: &[
            PEERING,
            optional("AccepterPeeringConnectionOptions", OPTIONS, "on the side that was asked"),
            optional("RequesterPeeringConnectionOptions", OPTIONS, "on the side that asked"),
            DRY_RUN,
        ],
        build: modify,
    },
];

fn create(p: &Parameters<'_>) -> Result<Request, ApiError> {
    let owner = |text: &str| {
        let digits = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse().ok().filter(|_| digits);
        number.map(AccountId).ok_or_else(|| ApiError::invalid("PeerOwnerId", text, "An account has twelve digits."))
    };
    command(Command::CreateVpcPeeringConnection(Box::new(CreateVpcPeeringConnection {
        vpc: p.id("VpcId")?,
        peer: p.maybe_id("PeerVpcId")?,
        peer_owner: p.text("PeerOwnerId").map(owner).transpose()?,
        peer_region: p.text("PeerRegion").map(str::to_owned),
        tags: p.tags_for("vpc-peering-connection", &["vpc-peering-connection"])?,
    })))
}

fn modify(p: &Parameters<'_>) -> Result<Request, ApiError> {
    let wish = |name: &str| p.object(name).and_then(|options| options.flag("AllowDnsResolutionFromRemoteVpc"));
    command(Command::ModifyVpcPeeringConnectionOptions(ModifyVpcPeeringConnectionOptions {
        peering: p.id("VpcPeeringConnectionId")?,
        requester: wish("RequesterPeeringConnectionOptions"),
        accepter: wish("AccepterPeeringConnectionOptions"),
    }))
}
