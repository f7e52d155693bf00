//! Internet gateways and egress-only ones.

use super::{Action, command};
use crate::aws::member::{CLIENT_TOKEN, DRY_RUN, Member, TAG_SPECIFICATIONS, Wire, required};
use eni_core::control::command::Command;

const GATEWAY: Member = required("InternetGatewayId", Wire::Id("igw"), "the gateway");
const VPC: Member = required("VpcId", Wire::Id("vpc"), "the VPC");

pub(super) const ACTIONS: &[Action] = &[
    Action {
        name: "CreateInternetGateway",
        help: "makes an internet gateway",
        members: &[TAG_SPECIFICATIONS, DRY_RUN],
        build: |p| command(Command::CreateInternetGateway { tags: p.tags_for("internet-gateway", &["internet-gateway"])? }),
    },
    Action {
        name: "AttachInternetGateway",
        help: "attaches an internet gateway to a VPC",
        members: &[GATEWAY, VPC, DRY_RUN],
        build: |p| command(Command::AttachInternetGateway { gateway: p.id("InternetGatewayId")?, vpc: p.id("VpcId")? }),
    },
    Action {
        name: "DetachInternetGateway",
        help: "detaches an internet gateway from its VPC",
        members: &[GATEWAY, VPC, DRY_RUN],
        build: |p| command(Command::DetachInternetGateway { gateway: p.id("InternetGatewayId")?, vpc: p.id("VpcId")? }),
    },
    Action {
        name: "CreateEgressOnlyInternetGateway",
        help: "makes a gateway that lets IPv6 out of a VPC and nothing in",
        members: &[VPC, TAG_SPECIFICATIONS, CLIENT_TOKEN, DRY_RUN],
        build: |p| {
            let tags = p.tags_for("egress-only-internet-gateway", &["egress-only-internet-gateway"])?;
            command(Command::CreateEgressOnlyInternetGateway { vpc: p.id("VpcId")?, tags })
        },
    },
    Action {
        name: "DeleteEgressOnlyInternetGateway",
        help: "deletes an egress-only internet gateway",
        members: &[required("EgressOnlyInternetGatewayId", Wire::Id("eigw"), "the gateway"), DRY_RUN],
        build: |p| command(Command::DeleteEgressOnlyInternetGateway(p.id("EgressOnlyInternetGatewayId")?)),
    },
    Action {
        name: "DeleteInternetGateway",
        help: "deletes an internet gateway that is not attached",
        members: &[GATEWAY, DRY_RUN],
        build: |p| command(Command::DeleteInternetGateway(p.id("InternetGatewayId")?)),
    },
];
