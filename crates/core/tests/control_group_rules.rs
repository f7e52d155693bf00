//! Rules of security groups that are there already: changed in place, described anew, tagged (rulebook 3.2).

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

mod support;

use eni_core::addr::{Direction, PortRange, Traffic};
use eni_core::control::command::{Command, DescribeGroupRules, GroupRuleChange, ModifyGroupRules, Permission};
use eni_core::control::reply::Reply;
use eni_core::id::*;
use eni_core::model::Tags;
use eni_core::model::event::TaggedId;
use eni_core::model::security_group::{GroupRule, Peer};
use support::net;
use support::scene::{Scene, from_block, sg};

/// Adds rules to `sg-3`.
fn allow(scene: &mut Scene, direction: Direction, permissions: Vec<Permission>) -> Vec<GroupRuleId> {
    match scene.accept(Command::AuthorizeSecurityGroup { group: sg(3), direction, permissions }) {
        Reply::Rules(rules) => rules,
        other => panic!("{other:?}"),
    }
}

fn rule(scene: &Scene, id: GroupRuleId) -> GroupRule {
    scene.network.group(sg(3)).unwrap().rule(id).unwrap().clone()
}

fn tcp(port: u16) -> Traffic {
    Traffic::Tcp(PortRange::single(port))
}

fn modify(changes: Vec<GroupRuleChange>) -> Command {
    Command::ModifySecurityGroupRules(Box::new(ModifyGroupRules { group: sg(3), changes }))
}

fn change(rule: GroupRuleId, traffic: Traffic, peer: Peer, description: Option<&str>) -> GroupRuleChange {
    GroupRuleChange { rule, traffic, peer, description: description.map(str::to_owned) }
}

// rules: S11 S17 S18 S19
#[test]
fn a_rule_changes_in_place_and_keeps_its_id_its_direction_and_its_tags() {
    let mut scene = Scene::new();
    let tags = Tags::from([("Name".to_owned(), "ssh".to_owned())]);
    let permission = Permission { description: "from the office".to_owned(), tags: tags.clone(), ..from_block(22, "10.0.0.0/8") };
    let rules = allow(&mut scene, Direction::Ingress, vec![permission, from_block(23, "10.0.0.0/8")]);
    assert_eq!(rule(&scene, rules[0]).tags, tags);
    // Each takes the other's place: only what stands there afterwards counts.
    scene.accept(modify(vec![
        change(rules[0], tcp(23), Peer::Ipv4(net("10.0.0.7/8")), None),
        change(rules[1], tcp(22), Peer::Ipv4(net("10.0.0.0/8")), Some("changed")),
    ]));
    let (first, second) = (rule(&scene, rules[0]), rule(&scene, rules[1]));
    assert_eq!((first.traffic, first.peer), (tcp(23), Peer::Ipv4(net("10.0.0.0/8"))), "without host bits");
    assert_eq!((first.direction, first.description.as_str(), &first.tags), (Direction::Ingress, "from the office", &tags));
    assert_eq!((second.traffic, second.description.as_str()), (tcp(22), "changed"));
    // What is so already is no duplicate of itself.
    scene.accept(modify(vec![change(rules[0], tcp(23), Peer::Ipv4(net("10.0.0.0/8")), None)]));
}

// rules: S18 S29 S30
#[test]
fn a_rule_that_names_a_group_may_name_another_one() {
    let mut scene = Scene::new();
    let near = scene.network.group(sg(3)).unwrap().vpc;
    let other = scene.group(near, "db");
    let rules = allow(&mut scene, Direction::Ingress, vec![Permission::new(Traffic::All, Peer::Group(sg(1)))]);
    assert!(scene.network.groups_naming(sg(1)).any(|group| group == sg(3)));
    scene.accept(modify(vec![change(rules[0], Traffic::All, Peer::Group(other), None)]));
    assert!(scene.network.groups_naming(other).any(|group| group == sg(3)), "who is named is known at once");
    assert!(!scene.network.groups_naming(sg(1)).any(|group| group == sg(3)));
    // A group of another VPC cannot be named.
    scene.refuse_with(modify(vec![change(rules[0], Traffic::All, Peer::Group(sg(4)), None)]), "InvalidGroup.NotFound");
    scene.refuse_with(modify(vec![change(rules[0], Traffic::All, Peer::Group(sg(99)), None)]), "InvalidGroup.NotFound");
}

// rules: S9 S10 S18
#[test]
fn changing_a_rule_keeps_the_quota() {
    let mut scene = Scene::new();
    scene.quotas(|quotas| quotas.rules_per_group = 2);
    let rules = allow(&mut scene, Direction::Ingress, vec![from_block(22, "10.0.0.0/8"), from_block(23, "10.0.0.0/8")]);
    scene.accept(modify(vec![change(rules[0], tcp(24), Peer::Ipv4(net("10.0.0.0/8")), None)]));
    // A group that was imported with more rules than the quota cannot be changed rule by rule.
    scene.quotas(|quotas| quotas.rules_per_group = 1);
    let refused = modify(vec![change(rules[0], tcp(25), Peer::Ipv4(net("10.0.0.0/8")), None)]);
    scene.refuse_with(refused, "RulesPerSecurityGroupLimitExceeded");
}

// rules: S11 S18
#[test]
fn descriptions_change_by_permission_or_by_id_and_go_when_left_out() {
    let mut scene = Scene::new();
    let described = Permission { description: "old".to_owned(), ..from_block(22, "10.0.0.0/8") };
    let rules = allow(&mut scene, Direction::Ingress, vec![described, from_block(23, "10.0.0.0/8")]);
    let describe = |direction, permissions, rules| {
        Command::UpdateSecurityGroupRuleDescriptions(Box::new(DescribeGroupRules { group: sg(3), direction, permissions, rules }))
    };
    let texts = |scene: &Scene| rules.iter().map(|id| rule(scene, *id).description).collect::<Vec<_>>();
    let named = Permission { description: "new".to_owned(), ..from_block(22, "10.0.0.9/8") };
    scene.accept(describe(Direction::Ingress, vec![named], Vec::new()));
    assert_eq!(texts(&scene), ["new", ""]);
    scene.accept(describe(Direction::Ingress, Vec::new(), vec![(rules[0], String::new()), (rules[1], "second".to_owned())]));
    assert_eq!(texts(&scene), ["", "second"]);
    // A rule for what comes in is none for what goes out.
    scene.refuse_with(describe(Direction::Egress, Vec::new(), vec![(rules[0], String::new())]), "InvalidSecurityGroupRuleId.NotFound");
    scene.refuse_with(describe(Direction::Egress, vec![from_block(22, "10.0.0.0/8")], Vec::new()), "InvalidPermission.NotFound");
}

// rules: E10 S11
#[test]
fn rules_carry_tags() {
    let mut scene = Scene::new();
    let rules = allow(&mut scene, Direction::Ingress, vec![from_block(22, "10.0.0.0/8")]);
    let (resources, tags) = (vec![TaggedId::GroupRule(rules[0])], Tags::from([("Name".to_owned(), "ssh".to_owned())]));
    scene.accept(Command::CreateTags { resources: resources.clone(), tags: tags.clone() });
    assert_eq!(rule(&scene, rules[0]).tags, tags);
    scene.accept(Command::DeleteTags { resources: resources.clone(), tags: Vec::new() });
    assert_eq!(rule(&scene, rules[0]).tags, Tags::new());
    scene.accept(Command::RevokeSecurityGroup { group: sg(3), direction: Direction::Ingress, permissions: Vec::new(), rules });
    scene.refuse_with(Command::CreateTags { resources, tags }, "InvalidSecurityGroupRuleId.NotFound");
    let unnamed = Permission { tags: Tags::from([("aws:x".to_owned(), String::new())]), ..from_block(22, "10.0.0.0/8") };
    let refused = Command::AuthorizeSecurityGroup { group: sg(3), direction: Direction::Ingress, permissions: vec![unnamed] };
    scene.refuse_with(refused, "InvalidParameterValue");
}
