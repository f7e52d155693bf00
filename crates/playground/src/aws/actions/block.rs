//! Further blocks of VPCs, and the IPv6 blocks of VPCs and subnets.

use super::{Action, Request, command};
use crate::aws::error::ApiError;
use crate::aws::input::Parameters;
use crate::aws::member::{Wire, optional, required};
use eni_core::control::command::{Command, NewVpcBlock};

pub(super) const ACTIONS: &[Action] = &[
    Action {
        name: "AssociateVpcCidrBlock",
        help: "gives a VPC a further block",
        members: &[
            required("VpcId", Wire::Id("vpc"), "the VPC"),
            optional("CidrBlock", Wire::Ipv4Block, "an IPv4 block, /16 to /28"),
            optional("AmazonProvidedIpv6CidrBlock", Wire::Boolean, "or an IPv6 block of Amazon's choice, a /56"),
        ],
        build: associate_vpc,
    },
    Action {
        name: "DisassociateVpcCidrBlock",
        help: "takes a block from a VPC, but not its first one",
        members: &[required("AssociationId", Wire::Id("vpc-cidr-assoc"), "the block's tie to the VPC")],
        build: |p| command(Command::DisassociateVpcCidrBlock(p.id("AssociationId")?)),
    },
    Action {
        name: "AssociateSubnetCidrBlock",
        help: "gives a subnet its IPv6 block",
        members: &[
            required("SubnetId", Wire::Id("subnet"), "the subnet"),
            optional("Ipv6CidrBlock", Wire::Ipv6Block, "a /64 inside the VPC's IPv6 block"),
        ],
        build: |p| {
            let cidr = p.ipv6_block("Ipv6CidrBlock")?.ok_or_else(|| ApiError::missing("Ipv6CidrBlock"))?;
            command(Command::AssociateSubnetCidrBlock(p.id("SubnetId")?, cidr))
        },
    },
    Action {
        name: "DisassociateSubnetCidrBlock",
        help: "takes the IPv6 block from a subnet in which nobody uses it",
        members: &[required("AssociationId", Wire::Id("subnet-cidr-assoc"), "the block's tie to the subnet")],
        build: |p| command(Command::DisassociateSubnetCidrBlock(p.id("AssociationId")?)),
    },
];

fn associate_vpc(p: &Parameters<'_>) -> Result<Request, ApiError> {
    let block = match (p.ipv4_block("CidrBlock")?, p.flag("AmazonProvidedIpv6CidrBlock").unwrap_or(false)) {
        (Some(cidr), false) => NewVpcBlock::Ipv4(cidr),
        (None, true) => NewVpcBlock::AmazonIpv6,
        (None, false) => return Err(ApiError::missing("CidrBlock")),
        (Some(_), true) => return Err(ApiError::combination("Only one of cidrBlock and amazonProvidedIpv6CidrBlock may be specified")),
    };
    command(Command::AssociateVpcCidrBlock(p.id("VpcId")?, block))
}
