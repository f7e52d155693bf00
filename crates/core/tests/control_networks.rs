//! VPCs, subnets, gateways, groups, network ACLs and tags: what comes with them and what may go (rulebook 3, 4, 5.4).

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

mod support;

use eni_core::addr::{Direction, IpNet, PortRange, Traffic};
use eni_core::control::command::{Command, CreateSubnet, NewVpcBlock, Permission, SubnetAttribute};
use eni_core::control::decide::decide;
use eni_core::control::remedy::Remedy;
use eni_core::control::reply::Reply;
use eni_core::id::*;
use eni_core::model::Tags;
use eni_core::model::event::{Event, TaggedId};
use eni_core::model::nat_gateway::NatState;
use eni_core::model::network_acl::{AclAction, AclEntry};
use eni_core::model::route_table::{Destination, RouteTarget};
use eni_core::model::security_group::Peer;
use eni_core::model::vpn::VpnGateway;
use support::scene::{Scene, acl, eni, from_block, igw, inst, nat_gateway, rtb, sg, subnet, vpc};
use support::{World, create_eni, id, net};

fn authorize(group: GroupId, direction: Direction, permissions: Vec<Permission>) -> Command {
    Command::AuthorizeSecurityGroup { group, direction, permissions }
}

fn revoke(group: GroupId, permissions: Vec<Permission>, rules: Vec<GroupRuleId>) -> Command {
    Command::RevokeSecurityGroup { group, direction: Direction::Ingress, permissions, rules }
}

// rules: E47 E52 N1 N2 R1 R3 S6 L14
#[test]
fn a_vpc_comes_with_a_table_an_acl_and_a_group() {
    let mut world = World::empty();
    let id = world.vpc("100.68.0.18/18");
    let made = world.network.vpc(id).unwrap().clone();
    assert_eq!(made.cidrs[0].cidr, net("100.68.0.0/18"), "host bits are dropped");
    assert!(made.dns_support && !made.dns_hostnames && !made.is_default);
    let table = world.network.route_table(made.main_route_table).unwrap();
    let local = table.routes.get(&Destination::Cidr(IpNet::V4(net("100.68.0.0/18")))).unwrap();
    assert_eq!((table.routes.len(), &local.target), (1, &RouteTarget::Local));
    let acl = world.network.acl(made.default_acl).unwrap();
    for direction in [Direction::Ingress, Direction::Egress] {
        assert_eq!(
            acl.entries(direction).iter().map(|(number, entry)| (*number, entry.action)).collect::<Vec<_>>(),
            [(100, AclAction::Allow)]
        );
    }
    let group = world.network.group(made.default_group).unwrap();
    assert_eq!(group.name, "default");
    let peers: Vec<_> = group.rules.iter().map(|rule| (rule.direction, rule.peer)).collect();
    assert_eq!(peers, [(Direction::Ingress, Peer::Group(group.id)), (Direction::Egress, Peer::Ipv4(net("0.0.0.0/0")))]);
    let subnet = world.subnet(id, "100.68.1.0/24", "b");
    assert_eq!(world.network.subnet(subnet).unwrap().acl, made.default_acl);
    assert_eq!(world.network.route_table_of(world.network.subnet(subnet).unwrap()).unwrap().id, made.main_route_table);
}

// rules: E47 I9
#[test]
fn blocks_are_between_16_and_28() {
    let cases = [
        ("10.0.0.0/16", true),
        ("10.0.0.0/28", true),
        ("10.0.0.0/15", false),
        ("10.0.0.0/29", false),
        ("8.8.0.0/16", true),
        ("100.64.0.0/16", true),
        // What is no address of a host: this network, the host itself, its neighbours, groups, and what is kept for later.
        ("0.1.0.0/16", false),
        ("1.0.0.0/16", true),
        ("126.0.0.0/16", true),
        ("127.0.0.0/16", false),
        ("169.253.0.0/16", true),
        ("169.254.0.0/20", false),
        ("223.255.0.0/16", true),
        ("224.0.0.0/16", false),
        ("240.0.0.0/16", false),
    ];
    for (block, accepted) in cases {
        let mut world = World::empty();
        let act = Command::CreateVpc { cidr: net(block), amazon_ipv6: false, tags: Tags::new() };
        if accepted { drop(world.accept(act)) } else { drop(world.refuse_with(act, "InvalidVpc.Range")) }
    }
    let mut scene = Scene::new();
    let subnet = |block: &str| {
        Command::CreateSubnet(Box::new(CreateSubnet { vpc: vpc(1), cidr: net(block), zone: None, tags: Tags::new(), ipv6_cidr: None }))
    };
    scene.accept(subnet("10.0.4.0/28"));
    let refusal = scene.refuse_with(subnet("10.0.5.0/29"), "InvalidSubnet.Range");
    assert!(
        matches!(refusal.remedy(&scene.network), Remedy::BlockIn { blocks, taken } if blocks == [net("10.0.0.0/16")] && taken.len() == 4)
    );
    for block in ["10.0.4.0/24", "10.0.4.0/28", "10.0.4.8/28", "10.0.0.0/16"] {
        scene.refuse_with(subnet(block), "InvalidSubnet.Conflict");
    }
}

// rules: L15
#[test]
fn a_vpc_goes_when_nothing_stands_in_it() {
    let mut scene = Scene::new();
    let refusal = scene.refuse_with(Command::DeleteVpc(vpc(2)), "DependencyViolation");
    assert_eq!(refusal.remedy(&scene.network), Remedy::RemoveFirst(vec![TaggedId::Subnet(subnet(4)), TaggedId::Group(sg(4))]));
    let foreign = scene.interface(subnet(4));
    let refusal = scene.refuse_with(Command::DeleteSubnet(subnet(4)), "DependencyViolation");
    assert_eq!(refusal.remedy(&scene.network), Remedy::RemoveFirst(vec![TaggedId::Eni(foreign)]));
    scene.accept(Command::DeleteNetworkInterface(foreign));
    // A NAT gateway stands in its subnet until it is deleted.
    use NatState::{Available, Deleted, Deleting, Failed, Pending};
    for (state, stands) in [(Pending, true), (Available, true), (Deleting, true), (Deleted, false), (Failed, false)] {
        let mut world = scene.clone_world();
        world.apply(&[nat_gateway(state, subnet(4), vpc(2))]);
        let refused = decide(&world.network, &Command::DeleteSubnet(subnet(4)), world.now).err().map(|refusal| refusal.code());
        assert_eq!(refused, stands.then_some("DependencyViolation"));
    }
    scene.accept(Command::DeleteSubnet(subnet(4)));
    scene.accept(Command::DeleteSecurityGroup(sg(4)));
    // A rule of another VPC that an import brought may name the default group.
    let mut rule = scene.network.group(sg(3)).unwrap().rules[0].clone();
    (rule.id, rule.peer) = (id(95), Peer::Group(sg(2)));
    scene.apply(&[Event::GroupRulesAdded(sg(3), vec![rule])]);
    scene.refuse_with(Command::DeleteVpc(vpc(2)), "DependencyViolation");
    scene.apply(&[Event::GroupRulesRemoved(sg(3), vec![id(95)])]);
    scene.apply(&[Event::VpnGatewayCreated(Box::new(VpnGateway {
        id: id(1),
        vpc: Some(vpc(2)),
        amazon_side_asn: 64_512,
        tags: Tags::new(),
    }))]);
    scene.refuse_with(Command::DeleteVpc(vpc(2)), "DependencyViolation");
    scene.apply(&[Event::VpnGatewayCreated(Box::new(VpnGateway { id: id(1), vpc: None, amazon_side_asn: 64_512, tags: Tags::new() }))]);
    scene.accept(Command::DeleteVpc(vpc(2)));
    assert!(scene.network.group(sg(2)).is_none() && scene.network.acl(acl(2)).is_none() && scene.network.route_table(rtb(2)).is_none());
}

// rules: R30 R31 R36
#[test]
fn a_gateway_is_attached_to_one_vpc_and_leaves_when_no_address_is_mapped() {
    let mut scene = Scene::new();
    let detach = Command::DetachInternetGateway { gateway: igw(1), vpc: vpc(1) };
    let refusal = scene.refuse_with(detach.clone(), "DependencyViolation");
    assert_eq!(refusal.remedy(&scene.network), Remedy::RemoveFirst(vec![TaggedId::ElasticIp(id(1))]));
    scene.accept(Command::DisassociateAddress(id(1)));
    scene.accept(detach);
    scene.accept(Command::AttachInternetGateway { gateway: igw(2), vpc: vpc(1) });
    scene.refuse_with(Command::AttachInternetGateway { gateway: igw(2), vpc: vpc(2) }, "Resource.AlreadyAssociated");
    scene.refuse_with(Command::DeleteInternetGateway(igw(2)), "DependencyViolation");
    scene.accept(Command::DeleteInternetGateway(igw(1)));
}

// rules: S7 S8
#[test]
fn a_new_group_lets_nothing_in_and_everything_out() {
    let mut scene = Scene::new();
    let group = scene.network.group(sg(3)).unwrap();
    assert_eq!(group.rules_of(Direction::Ingress).count(), 0);
    assert_eq!(group.rules_of(Direction::Egress).map(|rule| rule.peer).collect::<Vec<_>>(), [Peer::Ipv4(net("0.0.0.0/0"))]);
    let create = |name: &str, vpc| Command::CreateSecurityGroup { name: name.into(), description: "d".into(), vpc, tags: Tags::new() };
    scene.accept(create("web", Some(vpc(2))));
    scene.refuse_with(create("Web", Some(vpc(1))), "InvalidGroup.Duplicate");
    scene.refuse_with(create("SG-1", Some(vpc(1))), "InvalidParameterValue");
    scene.refuse_with(create("<script>", Some(vpc(1))), "InvalidParameterValue");
    scene.refuse_with(create("", Some(vpc(1))), "InvalidParameterValue");
    scene.refuse_with(create(&"n".repeat(256), Some(vpc(1))), "InvalidParameterValue");
    scene.accept(create(&"n".repeat(255), Some(vpc(1))));
    scene.refuse_with(create("Default", Some(vpc(1))), "InvalidGroup.Reserved");
    scene.accept(create("spaced  ", Some(vpc(1))));
    scene.refuse_with(create("spaced", Some(vpc(1))), "InvalidGroup.Duplicate");
    scene.refuse_with(create("fine", None), "VPCIdNotSpecified");
    let nameless = Command::CreateSecurityGroup { name: "fine".into(), description: String::new(), vpc: Some(vpc(1)), tags: Tags::new() };
    scene.refuse_with(nameless, "MissingParameter");
    World::fresh().accept(create("fine", None));
}

// rules: S7
#[test]
fn a_new_group_in_a_vpc_with_ipv6_lets_both_families_out() {
    let mut scene = Scene::new();
    scene.accept(Command::AssociateVpcCidrBlock(vpc(1), NewVpcBlock::AmazonIpv6));
    let group = scene.world.group(vpc(1), "both");
    let out: Vec<_> = scene.network.group(group).unwrap().rules_of(Direction::Egress).map(|rule| rule.peer).collect();
    assert_eq!(out, [Peer::Ipv4(net("0.0.0.0/0")), Peer::Ipv6("::/0".parse().unwrap())]);
}

// rules: S11 S12 S17 S19 S21 S27
#[test]
fn rules_are_added_without_host_bits_and_once() {
    let mut scene = Scene::new();
    let own = Permission::new(Traffic::All, Peer::Group(sg(3)));
    let reply = scene.accept(authorize(sg(3), Direction::Ingress, vec![from_block(22, "10.9.9.9/8"), own.clone()]));
    let Reply::Rules(ids) = reply else { panic!() };
    let group = scene.network.group(sg(3)).unwrap();
    assert_eq!(group.rule(ids[0]).unwrap().peer, Peer::Ipv4(net("10.0.0.0/8")));
    let mut described = from_block(22, "10.0.0.0/8");
    described.description = "other words".into();
    let refusal = scene.refuse_with(
        authorize(sg(3), Direction::Ingress, vec![from_block(80, "10.0.0.0/8"), described.clone()]),
        "InvalidPermission.Duplicate",
    );
    assert_eq!(refusal.remedy(&scene.network), Remedy::AlreadySo);
    assert_eq!(scene.network.group(sg(3)).unwrap().rules_of(Direction::Ingress).count(), 2, "none of the two");
    scene.accept(authorize(sg(3), Direction::Egress, vec![described]));
    let refusal = scene.refuse(authorize(sg(3), Direction::Ingress, vec![own]));
    assert!(refusal.message().ends_with("ALL, ALLOW\" already exists"), "{refusal}");
}

// rules: S9 S10
#[test]
fn sixty_rules_a_direction_and_family() {
    let mut scene = Scene::new();
    let many = (0..59).map(|port| from_block(port, "10.0.0.0/8")).collect();
    scene.accept(authorize(sg(3), Direction::Ingress, many));
    scene.accept(authorize(sg(3), Direction::Ingress, vec![Permission::new(Traffic::All, Peer::Ipv6("fd00::/8".parse().unwrap()))]));
    scene.accept(authorize(sg(3), Direction::Ingress, vec![Permission::new(Traffic::All, Peer::Group(sg(1)))]));
    scene.refuse_with(authorize(sg(3), Direction::Ingress, vec![from_block(99, "10.0.0.0/8")]), "RulesPerSecurityGroupLimitExceeded");
    scene.accept(authorize(sg(3), Direction::Egress, vec![from_block(99, "10.0.0.0/8")]));
    // In the other family a reference counts, too.
    let ipv6 = |port| Permission::new(Traffic::Tcp(PortRange::single(port)), Peer::Ipv6("fd00::/8".parse().unwrap()));
    scene.accept(authorize(sg(3), Direction::Ingress, (1..59).map(ipv6).collect()));
    scene.refuse_with(authorize(sg(3), Direction::Ingress, vec![ipv6(60)]), "RulesPerSecurityGroupLimitExceeded");
}

// rules: S18 S20
#[test]
fn revoking_what_is_not_there_fails_outside_a_default_vpc() {
    let mut scene = Scene::new();
    let Reply::Rules(ids) = scene.accept(authorize(sg(3), Direction::Ingress, vec![from_block(22, "10.0.0.0/8")])) else { panic!() };
    let both = vec![from_block(22, "10.0.0.0/8"), from_block(23, "10.0.0.0/8")];
    scene.refuse_with(revoke(sg(3), both.clone(), Vec::new()), "InvalidPermission.NotFound");
    assert!(scene.network.group(sg(3)).unwrap().rule(ids[0]).is_some(), "nothing is revoked");
    scene.accept(revoke(sg(3), vec![from_block(22, "10.1.2.3/8")], ids.clone()));
    scene.refuse_with(revoke(sg(3), Vec::new(), Vec::new()), "MissingParameter");
    scene.refuse_with(revoke(sg(3), Vec::new(), ids), "InvalidSecurityGroupRuleId.NotFound");
    let out = scene.network.group(sg(3)).unwrap().rules_of(Direction::Egress).map(|rule| rule.id).collect();
    scene.refuse_with(revoke(sg(3), Vec::new(), out), "InvalidSecurityGroupRuleId.NotFound");

    let mut fresh = World::fresh();
    let group = fresh.network.vpcs().next().unwrap().default_group;
    fresh.accept(authorize(group, Direction::Ingress, vec![both[0].clone()]));
    let Reply::Revoked { rules, unknown, .. } = fresh.accept(revoke(group, both.clone(), Vec::new())) else { panic!() };
    assert_eq!((rules.len(), unknown), (1, vec![both[1].clone()]));
}

// rules: S1 S6 S29
#[test]
fn a_group_goes_when_nobody_carries_or_names_it() {
    let mut scene = Scene::new();
    scene.accept(Command::ModifyNetworkInterfaceAttribute(eni(3), vec![eni_core::control::command::EniAttribute::Groups(vec![sg(3)])]));
    scene.accept(authorize(sg(1), Direction::Ingress, vec![Permission::new(Traffic::All, Peer::Group(sg(3)))]));
    let refusal = scene.refuse_with(Command::DeleteSecurityGroup(sg(3)), "DependencyViolation");
    assert_eq!(refusal.remedy(&scene.network), Remedy::RemoveFirst(vec![TaggedId::Eni(eni(3)), TaggedId::Group(sg(1))]));
    scene.accept(Command::DeleteNetworkInterface(eni(3)));
    scene.refuse_with(Command::DeleteSecurityGroup(sg(3)), "DependencyViolation");
    scene.accept(revoke(sg(1), vec![Permission::new(Traffic::All, Peer::Group(sg(3)))], Vec::new()));
    scene.accept(authorize(sg(3), Direction::Ingress, vec![Permission::new(Traffic::All, Peer::Group(sg(3)))]));
    scene.accept(Command::DeleteSecurityGroup(sg(3)));
}

// rules: N1 N3 N4 N13 N14 N16
#[test]
fn acl_entries_have_a_number_each_way() {
    let mut scene = Scene::new();
    let entry = |number, direction, replace| Command::SetNetworkAclEntry {
        acl: acl(3),
        direction,
        number,
        entry: AclEntry { traffic: Traffic::All, cidr: IpNet::V4(net("10.9.1.1/16")), action: AclAction::Allow },
        replace,
    };
    assert!(scene.network.acl(acl(3)).unwrap().ingress.is_empty(), "only the closing deny");
    for number in [0, -1, 32_767, 65_537, i64::MAX] {
        scene.refuse_with(entry(number, Direction::Ingress, false), "InvalidParameterValue");
    }
    scene.accept(entry(1, Direction::Ingress, false));
    assert_eq!(scene.network.acl(acl(3)).unwrap().ingress.get(&1).unwrap().cidr.to_string(), "10.9.0.0/16");
    let refusal = scene.refuse_with(entry(1, Direction::Ingress, false), "NetworkAclEntryAlreadyExists");
    assert_eq!(refusal.remedy(&scene.network), Remedy::UseReplace(true));
    scene.accept(entry(1, Direction::Ingress, true));
    scene.accept(entry(1, Direction::Egress, false));
    scene.accept(entry(32_766, Direction::Ingress, false));
    for number in 2..19 {
        scene.accept(entry(number, Direction::Ingress, false));
    }
    scene.refuse_with(entry(19, Direction::Ingress, false), "NetworkAclEntryLimitExceeded");
    scene.accept(entry(18, Direction::Ingress, true));
    // An ACL that was imported with more entries than the quota keeps them, and each can be replaced; only by one of its own family.
    scene.quotas(|quotas| quotas.rules_per_acl = 5);
    scene.accept(entry(18, Direction::Ingress, true));
    let ipv6 = AclEntry { traffic: Traffic::All, cidr: "fd00::/8".parse().unwrap(), action: AclAction::Allow };
    let set = |number, entry, replace| Command::SetNetworkAclEntry { acl: acl(3), direction: Direction::Ingress, number, entry, replace };
    for number in 101..105 {
        scene.accept(set(number, ipv6, false));
    }
    scene.refuse_with(set(105, ipv6, false), "NetworkAclEntryLimitExceeded");
    scene.refuse_with(set(18, ipv6, true), "NetworkAclEntryLimitExceeded");
    let delete = Command::DeleteNetworkAclEntry { acl: acl(3), direction: Direction::Egress, number: 1 };
    scene.accept(delete.clone());
    scene.refuse_with(delete, "InvalidNetworkAclEntry.NotFound");
}

// rules: N1 N16
#[test]
fn a_subnet_changes_its_acl() {
    let mut scene = Scene::new();
    let tie = scene.network.subnet(subnet(1)).unwrap().acl_association;
    let Reply::AclAssociation(new) = scene.accept(Command::ReplaceNetworkAclAssociation { association: tie, acl: acl(3) }) else {
        panic!()
    };
    let changed = scene.network.subnet(subnet(1)).unwrap();
    assert_eq!((changed.acl, changed.acl_association), (acl(3), new));
    scene.refuse_with(Command::ReplaceNetworkAclAssociation { association: tie, acl: acl(1) }, "InvalidAssociationID.NotFound");
    let refusal = scene.refuse_with(Command::DeleteNetworkAcl(acl(3)), "DependencyViolation");
    assert_eq!(refusal.remedy(&scene.network), Remedy::RemoveFirst(vec![TaggedId::Subnet(subnet(1))]));
    scene.accept(Command::ReplaceNetworkAclAssociation { association: new, acl: acl(1) });
    scene.accept(Command::DeleteNetworkAcl(acl(3)));
}

// rules: E10
#[test]
fn tags_are_added_replaced_and_taken_off() {
    let mut scene = Scene::new();
    let resources = vec![TaggedId::Instance(inst(1)), TaggedId::Vpc(vpc(1))];
    let tags = |pairs: &[(&str, &str)]| pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect::<Tags>();
    scene.accept(Command::CreateTags { resources: resources.clone(), tags: tags(&[("Name", "a"), ("tier", "web")]) });
    scene.accept(Command::CreateTags { resources: resources.clone(), tags: tags(&[("Name", "b")]) });
    assert_eq!(scene.instance(inst(1)).tags, tags(&[("Name", "b"), ("tier", "web")]));
    let delete = |tags: &[(&str, Option<&str>)]| Command::DeleteTags {
        resources: resources.clone(),
        tags: tags.iter().map(|(key, value)| ((*key).to_owned(), value.map(str::to_owned))).collect(),
    };
    scene.accept(delete(&[("Name", Some("wrong")), ("absent", None)]));
    assert_eq!(scene.instance(inst(1)).tags.len(), 2);
    scene.accept(delete(&[("Name", Some("b"))]));
    assert_eq!(scene.network.vpc(vpc(1)).unwrap().tags, tags(&[("tier", "web")]));
    let many = (0..50).map(|n| (format!("key{n}"), String::new())).collect::<Tags>();
    scene.refuse_with(Command::CreateTags { resources: resources.clone(), tags: many.clone() }, "TagLimitExceeded");
    scene.accept(delete(&[]));
    scene.accept(Command::CreateTags { resources, tags: many });
    let missing = vec![TaggedId::Eni(eni(3)), TaggedId::Eni(eni(99))];
    scene.refuse_with(Command::CreateTags { resources: missing, tags: tags(&[("k", "v")]) }, "InvalidNetworkInterfaceID.NotFound");
    assert!(scene.eni(eni(3)).tags.is_empty(), "all or none");
}

// rules: E10
#[test]
fn tags_have_limits_from_the_start() {
    let mut scene = Scene::new();
    let with = |key: usize, value: usize, count: usize| {
        let tags = (0..count).map(|n| (format!("{n:0key$}"), "v".repeat(value))).collect();
        Command::CreateInternetGateway { tags }
    };
    scene.quotas(|quotas| quotas.internet_gateways = 10);
    scene.accept(with(127, 256, 50));
    scene.refuse_with(with(128, 1, 1), "InvalidParameterValue");
    scene.refuse_with(with(1, 257, 1), "InvalidParameterValue");
    scene.refuse_with(with(2, 1, 51), "TagLimitExceeded");
    let nameless = Tags::from([(String::new(), String::new())]);
    scene.refuse_with(Command::CreateInternetGateway { tags: nameless }, "InvalidParameterValue");
}

// rules: A1 L14
#[test]
fn attributes_of_vpcs_and_subnets() {
    let mut scene = Scene::new();
    let modify = |dns_support, dns_hostnames| Command::ModifyVpcAttribute { vpc: vpc(1), dns_support, dns_hostnames };
    scene.accept(modify(None, Some(true)));
    scene.accept(modify(Some(false), None));
    let changed = scene.network.vpc(vpc(1)).unwrap();
    assert!(changed.dns_hostnames && !changed.dns_support);
    scene.refuse_with(modify(None, None), "InvalidParameterCombination");
    scene.refuse_with(modify(Some(true), Some(true)), "InvalidParameterCombination");
    scene.accept(Command::ModifySubnetAttribute(subnet(1), vec![SubnetAttribute::MapPublicIpOnLaunch(true)]));
    assert!(scene.network.subnet(subnet(1)).unwrap().map_public_ip_on_launch);
    scene.accept(create_eni(subnet(1)));
    assert!(scene.network.enis().last().unwrap().wants_public_ip);
}

// rules: I10 L14 A2
#[test]
fn a_default_vpc_and_its_subnets_can_be_made_again() {
    let mut world = World::fresh();
    let before: Vec<_> = world.network.subnets().map(|subnet| (subnet.cidr, subnet.zone.clone())).collect();
    let vpc = world.network.default_vpc().unwrap().id;
    let gateway = world.network.internet_gateway_of(vpc).unwrap().id;
    let ids: Vec<_> = world.network.subnets().map(|subnet| subnet.id).collect();
    world.accept(Command::DeleteSubnet(ids[2]));
    let Reply::Subnet(again) = world.accept(Command::CreateDefaultSubnet(before[2].1.clone())) else { panic!() };
    let made = world.network.subnet(again).unwrap();
    assert_eq!((made.cidr, made.default_for_az, made.map_public_ip_on_launch), (before[2].0, true, true));

    world.accept(Command::DetachInternetGateway { gateway, vpc });
    let ids: Vec<_> = world.network.subnets().map(|subnet| subnet.id).collect();
    for subnet in ids {
        world.accept(Command::DeleteSubnet(subnet));
    }
    world.accept(Command::DeleteVpc(vpc));
    world.refuse_with(Command::CreateDefaultSubnet(before[0].1.clone()), "DefaultVpcDoesNotExist");
    let Reply::Vpc(id) = world.accept(Command::CreateDefaultVpc) else { panic!() };
    let made = world.network.vpc(id).unwrap();
    assert!(made.is_default && made.dns_support && made.dns_hostnames && id != vpc);
    assert_eq!(world.network.subnets().map(|subnet| (subnet.cidr, subnet.zone.clone())).collect::<Vec<_>>(), before);
    assert!(world.network.subnets().all(|subnet| world.network.is_public(subnet) && subnet.map_public_ip_on_launch));
    assert!(world.network.internet_gateway_of(id).is_some_and(|made| made.id != gateway));
    world.refuse_with(Command::CreateDefaultVpc, "DefaultVpcAlreadyExists");
}
