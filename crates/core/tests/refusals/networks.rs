//! VPCs, subnets, internet gateways and network ACLs.

use super::*;
use crate::support::run;
use eni_core::addr::{Direction, IpNet};
use eni_core::control::command::{NewVpcBlock, RouteTargetInput, SubnetAttribute};
use eni_core::model::Zone;
use eni_core::model::gateway::InternetGateway;
use eni_core::model::network_acl::{AclAction, AclEntry};
use eni_core::model::route_table::{Destination, RouteTarget};

fn create_vpc(block: &str) -> Command {
    Command::CreateVpc { cidr: net(block), amazon_ipv6: false, tags: Tags::new() }
}

fn create_subnet(block: &str) -> Command {
    Command::CreateSubnet(Box::new(CreateSubnet { vpc: vpc(1), cidr: net(block), zone: None, tags: Tags::new(), ipv6_cidr: None }))
}

fn add_block(block: &str) -> Command {
    Command::AssociateVpcCidrBlock(vpc(1), NewVpcBlock::Ipv4(net(block)))
}

fn subnet_ipv6(number: u64, block: &str) -> Command {
    Command::AssociateSubnetCidrBlock(subnet(number), block.parse().unwrap())
}

/// `vpc-1` with IPv6, and `subnet-1` in it.
fn with_ipv6(scene: &mut Scene) {
    scene.accept(Command::AssociateVpcCidrBlock(vpc(1), NewVpcBlock::AmazonIpv6));
    scene.accept(subnet_ipv6(1, "2001:db8:0:101::/64"));
}

fn entry(number: i64, replace: bool) -> Command {
    let entry = AclEntry { traffic: Traffic::All, cidr: IpNet::V4(net("10.9.0.0/16")), action: AclAction::Deny };
    Command::SetNetworkAclEntry { acl: acl(1), direction: Direction::Ingress, number, entry, replace }
}

pub const VPCS: &[Case] = &[
    case("VpcRange", "InvalidVpc.Range: The CIDR '10.0.0.0/15' is invalid.", |_| create_vpc("10.0.0.0/15")),
    case("VpcLimit", "VpcLimitExceeded: The maximum number of VPCs has been reached.", |scene| {
        scene.quotas(|quotas| quotas.vpcs = 2);
        create_vpc("10.2.0.0/16")
    }),
    case(
        "VpcBlockNotFound",
        "InvalidVpcCidrBlockAssociationID.NotFound: The vpc CIDR block association ID 'vpc-cidr-assoc-63' does not exist",
        |_| Command::DisassociateVpcCidrBlock(id(99)),
    ),
    case(
        "SubnetBlockNotFound",
        "InvalidSubnetCidrBlockAssociationID.NotFound: The subnet CIDR block association ID 'subnet-cidr-assoc-63' does not exist",
        |_| Command::DisassociateSubnetCidrBlock(id(99)),
    ),
    case(
        "BlockRestricted",
        "InvalidVpc.Range: The CIDR '192.168.0.0/16' is restricted. Use a CIDR from the same private address range as the current VPC CIDR, or use a publicly-routable CIDR.",
        |_| add_block("192.168.0.0/16"),
    ),
    case("BlockConflict", "CidrConflict: The CIDR '10.0.0.0/16' conflicts with another CIDR '10.0.0.0/16' of the VPC", |_| {
        add_block("10.0.0.0/16")
    }),
    case("BlockConflict", "CidrConflict: The CIDR '10.1.128.0/20' conflicts with another CIDR '10.1.0.0/16' of the VPC", |_| {
        Command::AssociateVpcCidrBlock(vpc(2), NewVpcBlock::Ipv4(net("10.1.128.0/20")))
    }),
    case(
        "BlockHidesRoute",
        "CidrConflict: The CIDR '10.2.0.0/16' conflicts with the route to '10.2.5.0/24' in route table rtb-3",
        |scene| {
            let target = RouteTargetInput::Target(RouteTarget::InternetGateway(igw(1)));
            let destination = Destination::Cidr(IpNet::V4(net("10.2.5.0/24")));
            scene.accept(Command::SetRoute { table: rtb(3), destination, targets: vec![target], replace: false });
            add_block("10.2.0.0/16")
        },
    ),
    case("BlockLimit", "CidrLimitExceeded: This network 'vpc-1' has met its maximum number of allowed CIDRs: 1", |scene| {
        scene.quotas(|quotas| quotas.blocks_per_vpc = 1);
        add_block("10.2.0.0/16")
    }),
    case(
        "PrimaryBlock",
        "OperationNotPermitted: The vpc CIDR block with association ID vpc-cidr-assoc-1 may not be disassociated. It is the primary IPv4 CIDR block of the VPC",
        |_| Command::DisassociateVpcCidrBlock(id(1)),
    ),
    case("BlockInUse", "InvalidCidrBlock.InUse: The vpc vpc-1 currently has a subnet within CIDR block 10.2.0.0/16", |scene| {
        scene.accept(add_block("10.2.0.0/16"));
        scene.accept(create_subnet("10.2.0.0/24"));
        Command::DisassociateVpcCidrBlock(id(3))
    }),
    case("SubnetIpv6Range", "InvalidSubnet.Range: The CIDR '2001:db8::/64' is invalid.", |_| subnet_ipv6(1, "2001:db8::/64")),
    case("SubnetIpv6Conflict", "InvalidSubnet.Conflict: The CIDR '2001:db8:0:101::/64' conflicts with another subnet", |scene| {
        with_ipv6(scene);
        subnet_ipv6(2, "2001:db8:0:101::/64")
    }),
    case("SubnetHasIpv6", "CidrLimitExceeded: This subnet 'subnet-1' has met its maximum number of allowed CIDRs: 1", |scene| {
        with_ipv6(scene);
        subnet_ipv6(1, "2001:db8:0:102::/64")
    }),
    case(
        "SubnetBlockInUse",
        "InvalidCidrBlock.InUse: The subnet subnet-1 currently has addresses in use within CIDR block 2001:db8:0:101::/64",
        |scene| {
            with_ipv6(scene);
            let mut used = scene.eni(eni(3)).clone();
            used.ipv6_addresses.push("2001:db8:0:101::9".parse().unwrap());
            scene.apply(&[Event::EniDeleted(eni(3)), Event::EniCreated(Box::new(used))]);
            Command::DisassociateSubnetCidrBlock(id(1))
        },
    ),
    case("SubnetWithoutIpv6", "InvalidParameterValue: The subnet 'subnet-1' does not have an IPv6 CIDR block associated with it.", |_| {
        Command::ModifySubnetAttribute(subnet(1), vec![SubnetAttribute::AssignIpv6OnCreation(true)])
    }),
    case("VpcInUse", "DependencyViolation: The vpc 'vpc-1' has dependencies and cannot be deleted.", |_| Command::DeleteVpc(vpc(1))),
    case("NoDefaultVpc", "VPCIdNotSpecified: No default VPC for this user", |_| Command::RunInstances(Box::new(run(None, "t3.micro")))),
    case("NoDefaultSubnet", "MissingInput: No subnets found for the default VPC 'vpc-1'. Please specify a subnet.", |scene| {
        scene.world = World::fresh();
        let subnets: Vec<_> = scene.network.subnets().map(|subnet| subnet.id).collect();
        for subnet in subnets {
            scene.accept(Command::DeleteSubnet(subnet));
        }
        Command::RunInstances(Box::new(run(None, "t3.micro")))
    }),
    case("DefaultVpcExists", "DefaultVpcAlreadyExists: A Default VPC already exists for this account in this region.", |scene| {
        scene.world = World::fresh();
        Command::CreateDefaultVpc
    }),
    case("DefaultVpcMissing", "DefaultVpcDoesNotExist: No default VPC exists for this account in this region.", |_| {
        Command::CreateDefaultSubnet(Zone::new("us-east-1a"))
    }),
    case(
        "DefaultSubnetExists",
        "DefaultSubnetAlreadyExistsInAvailabilityZone: 'subnet-2' is already the default subnet in us-east-1b.",
        |scene| {
            scene.world = World::fresh();
            Command::CreateDefaultSubnet(Zone::new("us-east-1b"))
        },
    ),
    case("NoDefaultBlock", "CidrConflict: The default VPC 'vpc-1' has no free block of the size /20.", |scene| {
        scene.world = World::fresh();
        let first = scene.network.subnets().next().unwrap().id;
        scene.accept(Command::DeleteSubnet(first));
        for block in ["172.31.0.0/24", "172.31.96.0/19", "172.31.128.0/17"] {
            scene.accept(create_subnet(block));
        }
        Command::CreateDefaultSubnet(Zone::new("us-east-1a"))
    }),
    case("SubnetRange", "InvalidSubnet.Range: The CIDR '10.9.0.0/24' is invalid.", |_| create_subnet("10.9.0.0/24")),
    case("SubnetConflict", "InvalidSubnet.Conflict: The CIDR '10.0.0.0/17' conflicts with another subnet", |_| {
        create_subnet("10.0.0.0/17")
    }),
    case(
        "UnknownZone",
        "InvalidParameterValue: Value (eu-west-1a) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: us-east-1a, us-east-1b, us-east-1c, us-east-1d, us-east-1e, us-east-1f.",
        |_| {
            Command::CreateSubnet(Box::new(CreateSubnet {
                vpc: vpc(1),
                cidr: net("10.0.9.0/24"),
                zone: Some(Zone::new("eu-west-1a")),
                tags: Tags::new(),
                ipv6_cidr: None,
            }))
        },
    ),
    case("SubnetLimit", "SubnetLimitExceeded: The maximum number of subnets has been reached.", |scene| {
        scene.quotas(|quotas| quotas.subnets_per_vpc = 3);
        create_subnet("10.0.9.0/24")
    }),
    case("SubnetInUse", "DependencyViolation: The subnet 'subnet-1' has dependencies and cannot be deleted.", |_| {
        Command::DeleteSubnet(subnet(1))
    }),
];

pub const GATEWAYS: &[Case] = &[
    case("InternetGatewayLimit", "InternetGatewayLimitExceeded: The maximum number of internet gateways has been reached.", |scene| {
        scene.quotas(|quotas| quotas.internet_gateways = 2);
        Command::CreateInternetGateway { tags: Tags::new() }
    }),
    case("GatewayAttached", "Resource.AlreadyAssociated: resource igw-1 is already attached to network vpc-1", |_| {
        Command::AttachInternetGateway { gateway: igw(1), vpc: vpc(2) }
    }),
    case("VpcHasGateway", "InvalidParameterValue: Network vpc-1 already has an internet gateway attached", |_| {
        Command::AttachInternetGateway { gateway: igw(2), vpc: vpc(1) }
    }),
    case("GatewayNotAttached", "Gateway.NotAttached: resource igw-1 is not attached to network vpc-2", |_| {
        Command::DetachInternetGateway { gateway: igw(1), vpc: vpc(2) }
    }),
    case(
        "PublicAddressesMapped",
        "DependencyViolation: Network vpc-1 has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.",
        |_| Command::DetachInternetGateway { gateway: igw(1), vpc: vpc(1) },
    ),
    case("GatewayInUse", "DependencyViolation: The internetGateway 'igw-5' has dependencies and cannot be deleted.", |scene| {
        scene.apply(&[Event::InternetGatewayCreated(Box::new(InternetGateway { id: igw(5), vpc: Some(vpc(2)), tags: Tags::new() }))]);
        Command::DeleteInternetGateway(igw(5))
    }),
];

pub const ACLS: &[Case] = &[
    case("AclLimit", "NetworkAclLimitExceeded: The maximum number of network ACLs has been reached.", |scene| {
        scene.quotas(|quotas| quotas.acls_per_vpc = 2);
        Command::CreateNetworkAcl { vpc: vpc(1), tags: Tags::new() }
    }),
    case(
        "NumberOutOfRange",
        "InvalidParameterValue: Value (32767) for parameter ruleNumber is invalid. It must be between 1 and 32766.",
        |_| entry(32_767, false),
    ),
    case("AclEntryExists", "NetworkAclEntryAlreadyExists: The network acl entry identified by 100 already exists.", |_| entry(100, false)),
    case("AclEntryNotFound", "InvalidNetworkAclEntry.NotFound: The network acl entry identified by 99 does not exist.", |_| {
        entry(99, true)
    }),
    case("AclEntryLimit", "NetworkAclEntryLimitExceeded: The maximum number of network acl entries has been reached.", |scene| {
        scene.quotas(|quotas| quotas.rules_per_acl = 2);
        entry(99, false)
    }),
    case("DefaultAcl", "InvalidParameterValue: cannot delete default network ACL acl-1", |_| Command::DeleteNetworkAcl(acl(1))),
    case("AclInUse", "DependencyViolation: The networkAcl 'acl-3' has dependencies and cannot be deleted.", |scene| {
        scene.accept(Command::ReplaceNetworkAclAssociation { association: id(1), acl: acl(3) });
        Command::DeleteNetworkAcl(acl(3))
    }),
    case("AclOfOtherVpc", "InvalidParameterValue: network acl acl-3 and subnet subnet-4 belong to different networks", |_| {
        Command::ReplaceNetworkAclAssociation { association: id(4), acl: acl(3) }
    }),
];
