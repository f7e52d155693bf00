//! Security groups, their rules, and prefix lists.

use super::*;
use eni_core::addr::{Direction, PortRange};
use eni_core::control::command::{
    CreatePrefixList, DescribeGroupRules, GroupRuleChange, ModifyGroupRules, ModifyPrefixList, RestorePrefixList,
};
use eni_core::model::prefix_list::{AddressFamily, PrefixListEntry};

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

fn pl(number: u64) -> PrefixListId {
    id(number)
}

fn entries(blocks: &[&str]) -> Vec<PrefixListEntry> {
    blocks.iter().map(|block| PrefixListEntry { cidr: block.parse().unwrap(), description: String::new() }).collect()
}

fn create_list(name: &str, max_entries: i64, blocks: &[&str]) -> Command {
    let (name, family, entries) = (name.to_owned(), AddressFamily::Ipv4, entries(blocks));
    Command::CreateManagedPrefixList(Box::new(CreatePrefixList { name, family, max_entries, entries, tags: Tags::new() }))
}

/// `pl-1` with 10.0.0.0/8, which may have two entries; nothing is under way.
fn list(scene: &mut Scene) {
    scene.settled(create_list("offices", 2, &["10.0.0.0/8"]));
}

/// Changes `pl-1`.
fn change(change: impl FnOnce(&mut ModifyPrefixList)) -> Command {
    let mut request =
        ModifyPrefixList { list: pl(1), version: Some(1), name: None, add: Vec::new(), remove: Vec::new(), max_entries: None };
    change(&mut request);
    Command::ModifyManagedPrefixList(Box::new(request))
}

pub const PREFIX_LISTS: &[Case] = &[
    case(
        "BadPrefixListName",
        "InvalidParameterValue: Value (com.amazonaws.mine) for parameter prefixListName is invalid. It must have 1 to 255 characters and cannot start with com.amazonaws.",
        |_| create_list("com.amazonaws.mine", 1, &[]),
    ),
    case(
        "NumberOutOfRange",
        "InvalidParameterValue: Value (1001) for parameter maxEntries is invalid. It must be between 1 and 1000.",
        |_| create_list("offices", 1_001, &[]),
    ),
    case("PrefixListLimit", "ResourceLimitExceeded: The maximum number of prefix lists has been reached.", |scene| {
        scene.quotas(|quotas| quotas.prefix_lists = 0);
        create_list("offices", 1, &[])
    }),
    case("PrefixListFull", "PrefixListMaxEntriesExceeded: You have reached the maximum number of entries for the prefix list (1).", |_| {
        create_list("offices", 1, &["10.0.0.0/8", "192.0.2.0/24"])
    }),
    case("TooManyEntries", "InvalidParameterValue: The number of entries per request cannot exceeds limit (100).", |scene| {
        list(scene);
        change(|request| request.remove = vec!["10.0.0.0/8".parse().unwrap(); 101])
    }),
    case("PrefixListFamily", "InvalidParameterValue: The CIDR (2001:db8::/32) is not valid for the address family (IPv4).", |_| {
        create_list("offices", 1, &["2001:db8::/32"])
    }),
    case("BadPrefixListChange", "InvalidPrefixListModification: The modification of the entry 10.0.0.0/8 is not valid.", |scene| {
        list(scene);
        change(|request| request.add = entries(&["10.0.0.0/8"]))
    }),
    case(
        "EntriesAndSize",
        "InvalidParameterCombination: You cannot modify the entries and the maximum entries for the prefix list in the same request.",
        |scene| {
            list(scene);
            change(|request| (request.add, request.max_entries) = (entries(&["10.1.0.0/16"]), Some(3)))
        },
    ),
    case("NoAttributes", "InvalidParameterCombination: No attributes specified.", |scene| {
        list(scene);
        change(|_| {})
    }),
    case("MissingParameter", "MissingParameter: The request must contain the parameter currentVersion", |scene| {
        list(scene);
        change(|request| (request.add, request.version) = (entries(&["10.1.0.0/16"]), None))
    }),
    case("PrefixListVersionMismatch", "PrefixListVersionMismatch: The prefix list has the incorrect version number.", |scene| {
        list(scene);
        change(|request| (request.add, request.version) = (entries(&["10.1.0.0/16"]), Some(2)))
    }),
    case(
        "PrefixListVersionUnknown",
        "InvalidParameterValue: The specified value for version is not valid. The prefix list pl-1 has no earlier version 1.",
        |scene| {
            list(scene);
            Command::RestoreManagedPrefixListVersion(RestorePrefixList { list: pl(1), previous: 1, version: 1 })
        },
    ),
    case(
        "PrefixListBusy",
        "IncorrectState: The request cannot be completed while the prefix list (pl-1) is in the current state (create-in-progress).",
        |scene| {
            scene.accept(create_list("offices", 2, &[]));
            Command::DeleteManagedPrefixList(pl(1))
        },
    ),
    case("PrefixListOfAws", "AuthFailure: You do not have permission to access the specified resource.", |_| {
        Command::DeleteManagedPrefixList("pl-63a5400a".parse().unwrap())
    }),
    case("PrefixListNotFound", "InvalidPrefixListID.NotFound: The prefix list ID 'pl-1' does not exist", |_| {
        Command::DeleteManagedPrefixList(pl(1))
    }),
];
