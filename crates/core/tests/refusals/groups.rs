//! Security groups and their rules.

use super::*;
use eni_core::addr::{Direction, PortRange};
use eni_core::control::command::{DescribeGroupRules, GroupRuleChange, ModifyGroupRules};

fn create_group(name: &str) -> Command {
    Command::CreateSecurityGroup { name: name.to_owned(), description: "a group".to_owned(), vpc: Some(vpc(1)), tags: Tags::new() }
}

fn authorize(permissions: Vec<Permission>) -> Command {
    Command::AuthorizeSecurityGroup { group: sg(3), direction: Direction::Ingress, permissions }
}

/// `sg-3` has `sgr-9` out to everybody; this adds `sgr-11` and `sgr-12` in, tcp 22 and 23 from 10.0.0.0/8.
fn two_rules(scene: &mut Scene) -> [GroupRuleId; 2] {
    scene.accept(authorize(vec![from_block(22, "10.0.0.0/8"), from_block(23, "10.0.0.0/8")]));
    let rules: Vec<_> = scene.network.group(sg(3)).unwrap().rules_of(Direction::Ingress).map(|rule| rule.id).collect();
    [rules[0], rules[1]]
}

fn modify(changes: &[(GroupRuleId, u16, Peer)]) -> Command {
    let change = |(rule, port, peer): &(GroupRuleId, u16, Peer)| {
        let traffic = Traffic::Tcp(PortRange::single(*port));
        GroupRuleChange { rule: *rule, traffic, peer: *peer, description: None }
    };
    Command::ModifySecurityGroupRules(Box::new(ModifyGroupRules { group: sg(3), changes: changes.iter().map(change).collect() }))
}

fn describe(permissions: Vec<Permission>, rules: Vec<(GroupRuleId, String)>) -> Command {
    let direction = Direction::Ingress;
    Command::UpdateSecurityGroupRuleDescriptions(Box::new(DescribeGroupRules { group: sg(3), direction, permissions, rules }))
}

pub const GROUPS: &[Case] = &[
    case("DifferentNetworks", "InvalidGroup.NotFound: You have specified two resources that belong to different networks.", |_| {
        authorize(vec![Permission::new(Traffic::All, Peer::Group(sg(4)))])
    }),
    case("GroupDuplicate", "InvalidGroup.Duplicate: The security group 'WEB' already exists for VPC 'vpc-1'", |_| create_group("WEB ")),
    case("GroupReserved", "InvalidGroup.Reserved: The security group name 'default' is reserved", |_| create_group("default")),
    case(
        "BadGroupName",
        "InvalidParameterValue: Value (sg-mine) for parameter GroupName is invalid. Group names may not be in the format sg-* and have 1 to 255 characters from the following set: a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*",
        |_| create_group("sg-mine"),
    ),
    case("GroupLimit", "SecurityGroupLimitExceeded: The maximum number of security groups has been reached.", |scene| {
        scene.quotas(|quotas| quotas.groups = 4);
        create_group("more")
    }),
    case(
        "RuleDuplicate",
        "InvalidPermission.Duplicate: the specified rule \"peer: 0.0.0.0/0, TCP, from port: 22, to port: 22, ALLOW\" already exists",
        |scene| {
            scene.accept(authorize(vec![from_block(22, "0.0.0.0/0")]));
            authorize(vec![from_block(22, "0.0.0.0/0")])
        },
    ),
    case("RuleTwice", "InvalidParameterValue: The same permission must not appear multiple times", |_| {
        authorize(vec![from_block(22, "10.0.0.1/8"), from_block(22, "10.0.0.0/8")])
    }),
    case("RuleLimit", "RulesPerSecurityGroupLimitExceeded: The maximum number of rules per security group has been reached.", |scene| {
        scene.quotas(|quotas| quotas.rules_per_group = 1);
        authorize(vec![from_block(22, "10.0.0.0/8"), from_block(23, "10.0.0.0/8")])
    }),
    case("RuleNotFound", "InvalidPermission.NotFound: The specified rule does not exist in this security group.", |_| {
        Command::RevokeSecurityGroup {
            group: sg(3),
            direction: Direction::Ingress,
            permissions: vec![from_block(22, "10.0.0.0/8")],
            rules: Vec::new(),
        }
    }),
    case("DefaultGroup", "CannotDelete: the specified group: \"sg-1\" name: \"default\" cannot be deleted by a user", |_| {
        Command::DeleteSecurityGroup(sg(1))
    }),
    case("GroupInUse", "DependencyViolation: resource sg-3 has a dependent object", |scene| {
        scene.accept(Command::AuthorizeSecurityGroup {
            group: sg(1),
            direction: Direction::Ingress,
            permissions: vec![Permission::new(Traffic::All, Peer::Group(sg(3)))],
        });
        Command::DeleteSecurityGroup(sg(3))
    }),
    case("RuleKind", "InvalidParameterValue: You may not specify a referenced group id for an existing IPv4 CIDR rule.", |scene| {
        let [first, _] = two_rules(scene);
        modify(&[(first, 22, Peer::Group(sg(3)))])
    }),
    case("RuleKind", "InvalidParameterValue: You may not specify CidrIpv6 for an existing IPv4 CIDR rule.", |scene| {
        let [first, _] = two_rules(scene);
        modify(&[(first, 22, Peer::Ipv6("::/0".parse().unwrap()))])
    }),
    case(
        "RuleDuplicate",
        "InvalidPermission.Duplicate: the specified rule \"peer: 10.0.0.0/8, TCP, from port: 23, to port: 23, ALLOW\" already exists",
        |scene| {
            let [first, _] = two_rules(scene);
            modify(&[(first, 23, Peer::Ipv4(net("10.0.0.0/8")))])
        },
    ),
    case("RuleTwice", "InvalidParameterValue: The same permission must not appear multiple times", |scene| {
        let [first, _] = two_rules(scene);
        modify(&[(first, 24, Peer::Ipv4(net("10.0.0.0/8"))), (first, 25, Peer::Ipv4(net("10.0.0.0/8")))])
    }),
    case("GroupRuleNotFound", "InvalidSecurityGroupRuleId.NotFound: The security group rule ID 'sgr-1' does not exist", |_| {
        modify(&[(id(1), 22, Peer::Ipv4(net("10.0.0.0/8")))])
    }),
    case("MissingParameter", "MissingParameter: The request must contain the parameter securityGroupRules", |_| modify(&[])),
    case("RuleNotFound", "InvalidPermission.NotFound: The specified rule does not exist in this security group.", |_| {
        describe(vec![from_block(22, "10.0.0.0/8")], Vec::new())
    }),
    case("GroupRuleNotFound", "InvalidSecurityGroupRuleId.NotFound: The security group rule ID 'sgr-1' does not exist", |_| {
        describe(Vec::new(), vec![(id(1), "why".to_owned())])
    }),
    case(
        "ExclusiveParameters",
        "InvalidParameterCombination: You may not specify both ipPermissions and securityGroupRuleDescriptions",
        |_| describe(vec![from_block(22, "10.0.0.0/8")], vec![(id(1), "why".to_owned())]),
    ),
    case("MissingParameter", "MissingParameter: The request must contain the parameter ipPermissions", |_| {
        describe(Vec::new(), Vec::new())
    }),
    case(
        "BadDescription",
        "InvalidParameterValue: Invalid rule description. Valid descriptions are strings less than 256 characters from the following set: a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*",
        |_| describe(Vec::new(), vec![(id(1), "why?".to_owned())]),
    ),
];
