//! VPCs and subnets.

use super::{Action, command};
use crate::aws::error::ApiError;
use crate::aws::input::Parameters;
use crate::aws::member::{DRY_RUN, Member, TAG_SPECIFICATIONS, Wire, optional, required};
use eni_core::control::command::Command;
use eni_core::model::Zone;

const VPC: Member = required("VpcId", Wire::Id("vpc"), "the VPC");
const SUBNET: Member = required("SubnetId", Wire::Id("subnet"), "the subnet");

pub(super) const ACTIONS: &[Action] = &[
    Action {
        name: "CreateVpc",
        help: "makes a VPC with its main route table, default network ACL and default security group",
        members: &[required("CidrBlock", Wire::Ipv4Block, "its address block, /16 to /28"), TAG_SPECIFICATIONS, DRY_RUN],
        build: |p| {
            let cidr = p.ipv4_block("CidrBlock")?.ok_or_else(|| ApiError::missing("CidrBlock"))?;
            command(Command::CreateVpc { cidr, tags: p.tags_for("vpc", &["vpc"])? })
        },
    },
    Action {
        name: "CreateDefaultVpc",
        help: "makes the region's default VPC again, with a subnet in each zone and a way to the internet",
        members: &[DRY_RUN],
        build: |_| command(Command::CreateDefaultVpc),
    },
    Action {
        name: "CreateDefaultSubnet",
        help: "makes a zone's default subnet again, in the default VPC",
        members: &[required("AvailabilityZone", Wire::Text, "its zone"), DRY_RUN],
        build: |p| command(Command::CreateDefaultSubnet(Zone::new(&p.text_or_empty("AvailabilityZone")))),
    },
    Action {
        name: "ModifyVpcAttribute",
        help: "changes what names a VPC gives",
        members: &[
            VPC,
            optional("EnableDnsSupport", Wire::Wrapped(&Wire::Boolean), "whether the resolver answers"),
            optional("EnableDnsHostnames", Wire::Wrapped(&Wire::Boolean), "whether public names are given"),
            DRY_RUN,
        ],
        build: |p| {
            let (dns_support, dns_hostnames) = (p.wrapped_flag("EnableDnsSupport"), p.wrapped_flag("EnableDnsHostnames"));
            command(Command::ModifyVpcAttribute { vpc: p.id("VpcId")?, dns_support, dns_hostnames })
        },
    },
    Action {
        name: "DeleteVpc",
        help: "deletes an empty VPC",
        members: &[VPC, DRY_RUN],
        build: |p| command(Command::DeleteVpc(p.id("VpcId")?)),
    },
    Action {
        name: "CreateSubnet",
        help: "makes a subnet in an Availability Zone",
        members: &[
            VPC,
            required("CidrBlock", Wire::Ipv4Block, "its address block, /16 to /28, inside the VPC's"),
            optional("AvailabilityZone", Wire::Text, "its zone; the region's first if absent"),
            TAG_SPECIFICATIONS,
            DRY_RUN,
        ],
        build: create_subnet,
    },
    Action {
        name: "ModifySubnetAttribute",
        help: "changes whether instances launched in a subnet get a public address",
        members: &[
            SUBNET,
            required("MapPublicIpOnLaunch", Wire::Wrapped(&Wire::Boolean), "whether new primary interfaces get a public address"),
            DRY_RUN,
        ],
        build: |p| {
            let map_public_ip_on_launch = p.wrapped_flag("MapPublicIpOnLaunch").unwrap_or_default();
            command(Command::ModifySubnetAttribute { subnet: p.id("SubnetId")?, map_public_ip_on_launch })
        },
    },
    Action {
        name: "DeleteSubnet",
        help: "deletes an empty subnet",
        members: &[SUBNET, DRY_RUN],
        build: |p| command(Command::DeleteSubnet(p.id("SubnetId")?)),
    },
];

fn create_subnet(p: &Parameters<'_>) -> Result<super::Request, ApiError> {
    let cidr = p.ipv4_block("CidrBlock")?.ok_or_else(|| ApiError::missing("CidrBlock"))?;
    let zone = p.text("AvailabilityZone").map(Zone::new);
    command(Command::CreateSubnet { vpc: p.id("VpcId")?, cidr, zone, tags: p.tags_for("subnet", &["subnet"])? })
}
