//! Commands on networks: VPCs, subnets, groups, prefix lists, ACLs and routes.

use super::{n, tags};
use eni_core::addr::{Direction, IcmpMatch, IpNet, PortRange, Traffic};
use eni_core::control::command::*;
use eni_core::model::network_acl::{AclAction, AclEntry};
use eni_core::model::prefix_list::{AddressFamily, PrefixListEntry};
use eni_core::model::route_table::{Destination, RouteTarget};
use eni_core::model::security_group::Peer;
use eni_core::model::{Tags, Zone};

pub(super) fn network_commands() -> Vec<Command> {
    let permission = |traffic, peer| Permission { traffic, peer, description: "why not".to_owned(), tags: Tags::new() };
    let permissions = vec![
        permission(Traffic::Tcp(PortRange::single(443)), Peer::Ipv4("10.0.0.0/8".parse().unwrap())),
        Permission::new(Traffic::All, Peer::Group(n(1))),
        permission(Traffic::Icmp(IcmpMatch::Type(8)), Peer::Ipv6("::/0".parse().unwrap())),
        Permission::new(Traffic::Other(50), Peer::PrefixList("pl-68a54001".parse().unwrap())),
    ];
    let described = permissions.clone();
    let with_tags = permissions.iter().map(|permission| Permission { tags: tags(), ..permission.clone() }).collect();
    let change = |permission: &Permission| {
        let description = Some(permission.description.clone()).filter(|text| !text.is_empty());
        GroupRuleChange { rule: n(7), traffic: permission.traffic, peer: permission.peer, description }
    };
    let changes = permissions.iter().map(change).collect();
    let describe = |direction, permissions, rules| {
        Command::UpdateSecurityGroupRuleDescriptions(Box::new(DescribeGroupRules { group: n(1), direction, permissions, rules }))
    };
    let listed = PrefixListEntry { cidr: "2001:db8::/32".parse().unwrap(), description: "home".into() };
    let entry = |traffic, cidr: &str, action| AclEntry { traffic, cidr: cidr.parse().unwrap(), action };
    let zero = Destination::Cidr(IpNet::V4("0.0.0.0/0".parse().unwrap()));
    let route = |destination, targets, replace| Command::SetRoute { table: n(1), destination, targets, replace };
    vec![
        Command::CreateVpc { cidr: "10.0.0.0/16".parse().unwrap(), amazon_ipv6: false, tags: tags() },
        Command::ModifyVpcAttribute { vpc: n(1), dns_support: None, dns_hostnames: Some(true) },
        Command::DeleteVpc(n(1)),
        Command::CreateDefaultVpc,
        Command::CreateDefaultSubnet(Zone::new("us-east-1c")),
        Command::CreateSubnet(Box::new(CreateSubnet {
            vpc: n(1),
            cidr: "10.0.1.0/24".parse().unwrap(),
            zone: Some(Zone::new("us-east-1b")),
            tags: tags(),
            ipv6_cidr: None,
        })),
        Command::AssociateVpcCidrBlock(n(1), NewVpcBlock::Ipv4("10.2.0.0/16".parse().unwrap())),
        Command::AssociateVpcCidrBlock(n(1), NewVpcBlock::AmazonIpv6),
        Command::DisassociateVpcCidrBlock(n(2)),
        Command::AssociateSubnetCidrBlock(n(1), "2001:db8:0:101::/64".parse().unwrap()),
        Command::DisassociateSubnetCidrBlock(n(2)),
        Command::ModifySubnetAttribute(n(1), vec![SubnetAttribute::Dns64(false), SubnetAttribute::NameByResource(true)]),
        Command::ModifySubnetAttribute(n(1), vec![SubnetAttribute::ARecord(true), SubnetAttribute::AaaaRecord(true)]),
        Command::ModifySubnetAttribute(n(1), vec![SubnetAttribute::AssignIpv6OnCreation(true)]),
        Command::ModifySubnetAttribute(n(1), vec![SubnetAttribute::MapPublicIpOnLaunch(true)]),
        Command::DeleteSubnet(n(1)),
        Command::CreateSecurityGroup { name: "web".into(), description: "the web".into(), vpc: Some(n(1)), tags: tags() },
        Command::DeleteSecurityGroup(n(1)),
        Command::AuthorizeSecurityGroup { group: n(1), direction: Direction::Ingress, permissions: permissions.clone() },
        Command::AuthorizeSecurityGroup { group: n(1), direction: Direction::Egress, permissions: with_tags },
        Command::RevokeSecurityGroup { group: n(1), direction: Direction::Ingress, permissions, rules: vec![] },
        Command::RevokeSecurityGroup { group: n(1), direction: Direction::Egress, permissions: vec![], rules: vec![n(4)] },
        Command::ModifySecurityGroupRules(Box::new(ModifyGroupRules { group: n(1), changes })),
        describe(Direction::Ingress, described, vec![]),
        describe(Direction::Egress, vec![], vec![(n(4), "why".to_owned()), (n(5), String::new())]),
        Command::CreateManagedPrefixList(Box::new(CreatePrefixList {
            name: "offices".into(),
            family: AddressFamily::Ipv6,
            max_entries: 5,
            entries: vec![listed.clone()],
            tags: tags(),
        })),
        Command::ModifyManagedPrefixList(Box::new(ModifyPrefixList {
            list: n(1),
            version: Some(2),
            name: None,
            add: vec![listed.clone()],
            remove: vec![listed.cidr],
            max_entries: None,
        })),
        Command::RestoreManagedPrefixListVersion(RestorePrefixList { list: n(1), previous: 1, version: 3 }),
        Command::DeleteManagedPrefixList(n(1)),
        Command::CreateNetworkAcl { vpc: n(1), tags: Tags::new() },
        Command::DeleteNetworkAcl(n(1)),
        Command::SetNetworkAclEntry {
            acl: n(1),
            direction: Direction::Ingress,
            number: 90,
            entry: entry(Traffic::Udp(PortRange::ALL), "10.0.0.0/8", AclAction::Deny),
            replace: false,
        },
        Command::SetNetworkAclEntry {
            acl: n(1),
            direction: Direction::Egress,
            number: -3,
            entry: entry(Traffic::Icmpv6(IcmpMatch::TypeCode(1, 2)), "::/0", AclAction::Allow),
            replace: true,
        },
        Command::DeleteNetworkAclEntry { acl: n(1), direction: Direction::Egress, number: 100 },
        Command::ReplaceNetworkAclAssociation { association: n(1), acl: n(2) },
        Command::CreateRouteTable { vpc: n(1), tags: tags() },
        Command::DeleteRouteTable(n(1)),
        route(zero, vec![RouteTargetInput::Target(RouteTarget::InternetGateway(n(1)))], false),
        route(zero, vec![RouteTargetInput::Instance(n(1))], true),
        route(zero, vec![RouteTargetInput::Target(RouteTarget::Local)], true),
        route(Destination::PrefixList(n(7)), vec![RouteTargetInput::Target(RouteTarget::VpnGateway(n(1)))], false),
        route(zero, [RouteTarget::NatGateway(n(1)), RouteTarget::Eni(n(1))].map(RouteTargetInput::Target).to_vec(), false),
        Command::DeleteRoute { table: n(1), destination: Destination::Cidr("2001:db8::/32".parse().unwrap()) },
        Command::AssociateRouteTable { table: n(1), subnet: n(2) },
        Command::AssociateGatewayRouteTable { table: n(1), gateway: EdgeGateway::Internet(n(2)) },
        Command::AssociateGatewayRouteTable { table: n(1), gateway: EdgeGateway::Vpn(n(2)) },
        Command::CreateEgressOnlyInternetGateway { vpc: n(1), tags: tags() },
        Command::DeleteEgressOnlyInternetGateway(n(1)),
        route(Destination::Cidr("::/0".parse().unwrap()), vec![RouteTargetInput::Target(RouteTarget::EgressOnlyGateway(n(1)))], false),
        Command::DisassociateRouteTable(n(1)),
        Command::ReplaceRouteTableAssociation { association: n(1), table: n(2) },
        Command::CreateInternetGateway { tags: tags() },
        Command::AttachInternetGateway { gateway: n(1), vpc: n(1) },
        Command::DetachInternetGateway { gateway: n(1), vpc: n(1) },
        Command::DeleteInternetGateway(n(1)),
    ]
}
