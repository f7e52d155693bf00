//! VPCs and subnets.

use super::{Action, command};
use crate::aws::error::ApiError;
use crate::aws::input::Parameters;
use crate::aws::member::{DRY_RUN, Member, TAG_SPECIFICATIONS, Wire, optional, required};
use eni_core::control::command::{Command, CreateSubnet, SubnetAttribute};
use eni_core::model::Zone;

const VPC: Member = required("VpcId", Wire::Id("vpc"), "the VPC");
const SUBNET: Member = required("SubnetId", Wire::Id("subnet"), "the subnet");

pub(super) const ACTIONS: &[Action] = &[
    Action {
        name: "CreateVpc",
        help: "makes a VPC with its main route table, default network ACL and default security group",
        members: &[
            optional("CidrBlock", Wire::Ipv4Block, "its address block, /16 to /28; there are no address managers to ask for one"),
            optional("AmazonProvidedIpv6CidrBlock", Wire::Boolean, "whether it gets an IPv6 block, a /56"),
            optional(
                "InstanceTenancy",
                Wire::Words(&["default", "dedicated"]),
                "on whose hardware instances run; the playground has default alone",
            ),
            TAG_SPECIFICATIONS,
            DRY_RUN,
        ],
        build: create_vpc,
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
            optional("EnableNetworkAddressUsageMetrics", Wire::Wrapped(&Wire::Boolean), "false: nobody counts addresses here"),
            DRY_RUN,
        ],
        build: |p| {
            if p.has("EnableNetworkAddressUsageMetrics") {
                let message = "The playground measures no address usage: EnableNetworkAddressUsageMetrics is false and stays so.";
                return Err(ApiError::new("UnsupportedOperation", message));
            }
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
            optional("CidrBlock", Wire::Ipv4Block, "its address block, /16 to /28, inside the VPC's"),
            optional("Ipv6CidrBlock", Wire::Ipv6Block, "its IPv6 block, a /64 inside the VPC's"),
            optional("Ipv6Native", Wire::Boolean, "false: here each subnet has an IPv4 block"),
            optional("AvailabilityZone", Wire::Text, "its zone; the region's first if absent"),
            optional("AvailabilityZoneId", Wire::Text, "or the zone's own id, as use1-az1"),
            TAG_SPECIFICATIONS,
            DRY_RUN,
        ],
        build: create_subnet,
    },
    Action {
        name: "ModifySubnetAttribute",
        help: "changes one attribute of a subnet",
        members: &[
            SUBNET,
            optional("MapPublicIpOnLaunch", Wire::Wrapped(&Wire::Boolean), "whether new primary interfaces get a public address"),
            optional("AssignIpv6AddressOnCreation", Wire::Wrapped(&Wire::Boolean), "whether new interfaces get an IPv6 address"),
            optional("EnableDns64", Wire::Wrapped(&Wire::Boolean), "whether the resolver makes IPv6 addresses up for names that have none"),
            optional("PrivateDnsHostnameTypeOnLaunch", Wire::Words(&["ip-name", "resource-name"]), "what instances are named after"),
            optional("EnableResourceNameDnsARecordOnLaunch", Wire::Wrapped(&Wire::Boolean), "whether names by id have an A record"),
            optional("EnableResourceNameDnsAAAARecordOnLaunch", Wire::Wrapped(&Wire::Boolean), "whether names by id have an AAAA record"),
            DRY_RUN,
        ],
        build: modify_subnet,
    },
    Action {
        name: "DeleteSubnet",
        help: "deletes an empty subnet",
        members: &[SUBNET, DRY_RUN],
        build: |p| command(Command::DeleteSubnet(p.id("SubnetId")?)),
    },
];

fn create_vpc(p: &Parameters<'_>) -> Result<super::Request, ApiError> {
    if p.text("InstanceTenancy") == Some("dedicated") {
        return Err(ApiError::new(
            "UnsupportedOperation",
            "The playground does not model hardware of one's own: every VPC has the tenancy default.",
        ));
    }
    let absent = || ApiError::new("MissingParameter", "Either 'cidrBlock' or 'ipv4IpamPoolId' should be provided.");
    let cidr = p.ipv4_block("CidrBlock")?.ok_or_else(absent)?;
    let amazon_ipv6 = p.flag("AmazonProvidedIpv6CidrBlock").unwrap_or(false);
    command(Command::CreateVpc { cidr, amazon_ipv6, tags: p.tags_for("vpc", &["vpc"])? })
}

fn create_subnet(p: &Parameters<'_>) -> Result<super::Request, ApiError> {
    if p.has("AvailabilityZone") && p.has("AvailabilityZoneId") {
        return Err(ApiError::combination("The parameters availabilityZone and availabilityZoneId may not be used together"));
    }
    if p.flag("Ipv6Native").unwrap_or(false) {
        let message = "The playground has no subnets of IPv6 alone: each has an IPv4 block.";
        return Err(ApiError::new("UnsupportedOperation", message));
    }
    let cidr = p.ipv4_block("CidrBlock")?.ok_or_else(|| ApiError::missing("CidrBlock"))?;
    let zone = p.text("AvailabilityZone").or_else(|| p.text("AvailabilityZoneId")).map(Zone::new);
    let (ipv6_cidr, tags) = (p.ipv6_block("Ipv6CidrBlock")?, p.tags_for("subnet", &["subnet"])?);
    command(Command::CreateSubnet(Box::new(CreateSubnet { vpc: p.id("VpcId")?, cidr, ipv6_cidr, zone, tags })))
}

fn modify_subnet(p: &Parameters<'_>) -> Result<super::Request, ApiError> {
    let flag = |name: &str| p.wrapped_flag(name);
    let flags = [
        flag("MapPublicIpOnLaunch").map(SubnetAttribute::MapPublicIpOnLaunch),
        flag("AssignIpv6AddressOnCreation").map(SubnetAttribute::AssignIpv6OnCreation),
        flag("EnableDns64").map(SubnetAttribute::Dns64),
        flag("EnableResourceNameDnsARecordOnLaunch").map(SubnetAttribute::ARecord),
        flag("EnableResourceNameDnsAAAARecordOnLaunch").map(SubnetAttribute::AaaaRecord),
    ];
    let name = p.text("PrivateDnsHostnameTypeOnLaunch").map(|word| SubnetAttribute::NameByResource(word == "resource-name"));
    command(Command::ModifySubnetAttribute(p.id("SubnetId")?, flags.into_iter().flatten().chain(name).collect()))
}
