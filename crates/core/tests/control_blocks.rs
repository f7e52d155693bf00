//! Blocks of VPCs and subnets of both families: which may stand together, and what comes and goes with them.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

mod support;

use eni_core::addr::{Direction, IpNet, Ipv6Net};
use eni_core::control::command::{Command, CreateSubnet, NewVpcBlock, Permission, SubnetAttribute};
use eni_core::control::reply::Reply;
use eni_core::id::*;
use eni_core::model::Tags;
use eni_core::model::route_table::{Destination, RouteTarget};
use eni_core::model::security_group::Peer;
use support::scene::{Scene, acl, sg, subnet, vpc};
use support::{World, id, net};

fn add(vpc: VpcId, block: &str) -> Command {
    Command::AssociateVpcCidrBlock(vpc, NewVpcBlock::Ipv4(net(block)))
}

fn ipv6(block: &str) -> Ipv6Net {
    block.parse().unwrap()
}

fn add_ipv6(scene: &mut World, vpc: VpcId) -> Ipv6Net {
    let Reply::VpcBlock(_, association) = scene.accept(Command::AssociateVpcCidrBlock(vpc, NewVpcBlock::AmazonIpv6)) else { panic!() };
    let blocks = &scene.network.vpc(vpc).unwrap().ipv6_cidrs;
    blocks.iter().find(|block| block.association == association).unwrap().cidr
}

/// The local routes of every table of `vpc-1`.
fn locals(scene: &World) -> Vec<Vec<String>> {
    let own = scene.network.route_tables().filter(|table| table.vpc == vpc(1));
    own.map(|table| {
        let local = table.routes.iter().filter(|(_, route)| route.target == RouteTarget::Local);
        local.map(|(to, _)| if let Destination::Cidr(block) = to { block.to_string() } else { panic!() }).collect()
    })
    .collect()
}

// rules: E47 R3
#[test]
fn a_further_block_has_local_routes_in_every_table_and_subnets() {
    let mut scene = Scene::new();
    let Reply::VpcBlock(_, second) = scene.accept(add(vpc(1), "10.2.9.9/16")) else { panic!() };
    assert_eq!(locals(&scene), [["10.0.0.0/16", "10.2.0.0/16"], ["10.0.0.0/16", "10.2.0.0/16"]]);
    let there = scene.world.subnet(vpc(1), "10.2.3.0/24", "b");
    let eni = scene.world.interface(there);
    assert_eq!(scene.eni(eni).primary_ip(), Some("10.2.3.4".parse().unwrap()));
    // It goes when nothing stands in it, with its routes; the first one never goes.
    scene.refuse_with(Command::DisassociateVpcCidrBlock(second), "InvalidCidrBlock.InUse");
    scene.accept(Command::DeleteNetworkInterface(eni));
    scene.accept(Command::DeleteSubnet(there));
    assert_eq!(scene.accept(Command::DisassociateVpcCidrBlock(second)), Reply::VpcBlockGone(vpc(1), second, IpNet::V4(net("10.2.0.0/16"))));
    assert_eq!(locals(&scene), [["10.0.0.0/16"], ["10.0.0.0/16"]]);
    scene.refuse_with(Command::DisassociateVpcCidrBlock(second), "InvalidVpcCidrBlockAssociationID.NotFound");
    // Five at most.
    for block in ["10.2.0.0/16", "10.3.0.0/16", "100.64.0.0/16", "203.0.113.0/24"] {
        scene.accept(add(vpc(1), block));
    }
    scene.refuse_with(add(vpc(1), "10.4.0.0/16"), "CidrLimitExceeded");
}

// rules: E72a X4
#[test]
fn a_vpc_has_five_blocks_of_ipv6_and_no_more() {
    let mut scene = Scene::new();
    let blocks: Vec<Ipv6Net> = (0..5).map(|_| add_ipv6(&mut scene, vpc(1))).collect();
    assert!(blocks.iter().all(|block| block.prefix_len() == 56), "{blocks:?}");
    scene.refuse_with(Command::AssociateVpcCidrBlock(vpc(1), NewVpcBlock::AmazonIpv6), "CidrLimitExceeded");
    assert!(!blocks.contains(&add_ipv6(&mut scene, vpc(2))), "another VPC has its own");
}

// rules: E47 I9
#[test]
fn ranges_that_exclude_each_other() {
    let table = [
        ("10.5.0.0/16", "10.6.0.0/16", true),
        ("10.5.0.0/16", "10.0.0.0/16", true),
        ("10.0.0.0/20", "10.0.128.0/20", false),
        ("10.1.0.0/16", "10.0.0.0/24", false),
        ("10.1.0.0/20", "10.1.128.0/20", true),
        ("10.5.0.0/16", "172.16.0.0/16", false),
        ("10.5.0.0/16", "192.168.0.0/24", false),
        ("10.5.0.0/16", "198.19.0.0/24", false),
        ("10.5.0.0/16", "198.18.0.0/24", true),
        ("10.5.0.0/16", "100.64.0.0/16", true),
        ("10.5.0.0/16", "203.0.113.0/24", true),
        ("172.16.0.0/16", "172.17.0.0/16", true),
        ("172.16.0.0/16", "172.31.0.0/24", false),
        ("172.16.0.0/16", "10.0.0.0/16", false),
        ("192.168.0.0/24", "192.168.1.0/24", true),
        ("192.168.0.0/24", "172.16.0.0/16", false),
        ("198.19.0.0/24", "198.19.1.0/24", true),
        ("198.19.0.0/24", "10.0.0.0/16", false),
        ("198.19.0.0/24", "203.0.113.0/24", true),
        ("100.64.0.0/16", "100.65.0.0/16", true),
        ("100.64.0.0/16", "10.0.0.0/16", false),
        ("203.0.113.0/24", "198.19.0.0/24", false),
        ("10.5.0.0/16", "169.254.0.0/24", false),
        ("10.5.0.0/16", "10.6.0.0/15", false),
    ];
    for (own, new, fits) in table {
        let mut world = World::empty();
        let vpc = world.vpc(own);
        if fits {
            world.accept(add(vpc, new));
        } else {
            world.refuse_with(add(vpc, new), "InvalidVpc.Range");
        }
    }
}

// rules: R19
#[test]
fn a_block_never_hides_a_route() {
    let mut scene = Scene::new();
    let target = eni_core::control::command::RouteTargetInput::Target(RouteTarget::InternetGateway(id(1)));
    let destination = Destination::Cidr(IpNet::V4(net("10.2.0.0/24")));
    scene.accept(Command::SetRoute { table: id(3), destination, targets: vec![target], replace: false });
    scene.refuse_with(add(vpc(1), "10.2.0.0/24"), "CidrConflict");
    scene.refuse_with(add(vpc(1), "10.2.0.0/16"), "CidrConflict");
    scene.accept(add(vpc(1), "10.2.0.0/25"));
    // The tables of another VPC do not count.
    scene.accept(add(vpc(2), "10.2.0.0/16"));
}

// rules: E72a N2 N17 S6 R3 R4
#[test]
fn the_first_ipv6_block_opens_what_nobody_has_changed() {
    let mut scene = Scene::new();
    let block = add_ipv6(&mut scene, vpc(1));
    assert_eq!(block.prefix_len(), 56);
    assert!(locals(&scene).iter().all(|routes| routes.contains(&block.to_string())));
    let opened = |scene: &World, number: u64| {
        let own = scene.network.acl(acl(number)).unwrap();
        [&own.ingress, &own.egress].map(|entries| entries.get(&101).is_some_and(|entry| entry.cidr == IpNet::V6(Ipv6Net::default())))
    };
    assert_eq!((opened(&scene, 1), opened(&scene, 3)), ([true, true], [false, false]), "the default ACL alone");
    let out = |scene: &World, group: GroupId| scene.network.group(group).unwrap().rules_of(Direction::Egress).count();
    assert_eq!((out(&scene, sg(1)), out(&scene, sg(3))), (2, 1), "the default group alone");
    // What somebody has changed stays as it is.
    let all = Permission::new(eni_core::addr::Traffic::All, Peer::Ipv4(net("0.0.0.0/0")));
    let revoke = Command::RevokeSecurityGroup { group: sg(2), direction: Direction::Egress, permissions: vec![all], rules: vec![] };
    scene.accept(revoke);
    scene.accept(Command::DeleteNetworkAclEntry { acl: acl(2), direction: Direction::Egress, number: 100 });
    let other = add_ipv6(&mut scene, vpc(2));
    assert_ne!(block, other, "no two VPCs share a block");
    assert_eq!((opened(&scene, 2), out(&scene, sg(2))), ([false, false], 0));
    // One more rule is a change as well, and so is an ACL that is changed one way only.
    let more = scene.vpc("10.4.0.0/16");
    let vpc = scene.network.vpc(more).unwrap().clone();
    let permissions = vec![Permission::new(eni_core::addr::Traffic::All, Peer::Ipv4(net("10.0.0.0/8")))];
    scene.accept(Command::AuthorizeSecurityGroup { group: vpc.default_group, direction: Direction::Egress, permissions });
    scene.accept(Command::DeleteNetworkAclEntry { acl: vpc.default_acl, direction: Direction::Egress, number: 100 });
    add_ipv6(&mut scene, more);
    assert_eq!(out(&scene, vpc.default_group), 2);
    assert!(!scene.network.acl(vpc.default_acl).unwrap().ingress.contains_key(&101));
    // A VPC that is made with IPv6 has all of it from the start.
    let Reply::Vpc(third) = scene.accept(Command::CreateVpc { cidr: net("10.3.0.0/16"), amazon_ipv6: true, tags: Tags::new() }) else {
        panic!()
    };
    let third = scene.network.vpc(third).unwrap().clone();
    assert_eq!((third.ipv6_cidrs.len(), out(&scene, third.default_group)), (1, 2));
    assert!(scene.network.acl(third.default_acl).unwrap().ingress.contains_key(&101));
}

// rules: E72 E72a
#[test]
fn a_subnet_has_one_block_of_ipv6() {
    let mut scene = Scene::new();
    let block = add_ipv6(&mut scene, vpc(1));
    let place = |number: u64| block.subnets(64).unwrap().nth(usize::try_from(number).unwrap()).unwrap();
    let associate = |subnet: SubnetId, cidr: Ipv6Net| Command::AssociateSubnetCidrBlock(subnet, cidr);
    let assign = |on| Command::ModifySubnetAttribute(subnet(1), vec![SubnetAttribute::AssignIpv6OnCreation(on)]);
    scene.refuse_with(assign(true), "InvalidParameterValue");
    scene.refuse_with(associate(subnet(1), block), "InvalidSubnet.Range");
    scene.refuse_with(associate(subnet(1), ipv6("2001:db8:ffff::/64")), "InvalidSubnet.Range");
    let Reply::SubnetBlock(_, tie, _) = scene.accept(associate(subnet(1), place(0))) else { panic!() };
    scene.refuse_with(associate(subnet(1), place(1)), "CidrLimitExceeded");
    scene.refuse_with(associate(subnet(2), place(0)), "InvalidSubnet.Conflict");
    let create = |cidr: Ipv6Net| {
        let request = CreateSubnet { vpc: vpc(1), cidr: net("10.0.9.0/24"), ipv6_cidr: Some(cidr), zone: None, tags: Tags::new() };
        Command::CreateSubnet(Box::new(request))
    };
    scene.refuse_with(create(place(0)), "InvalidSubnet.Conflict");
    scene.accept(create(place(2)));
    // The VPC's block stays while subnets have addresses of it.
    let tied = scene.network.vpc(vpc(1)).unwrap().ipv6_cidrs[0].association;
    scene.refuse_with(Command::DisassociateVpcCidrBlock(tied), "InvalidCidrBlock.InUse");
    scene.accept(assign(true));
    scene.accept(Command::DisassociateSubnetCidrBlock(tie));
    let bare = scene.network.subnet(subnet(1)).unwrap();
    assert_eq!((bare.ipv6_cidr, bare.assign_ipv6_on_creation), (None, false));
}

// rules: A1
#[test]
fn one_attribute_of_a_subnet_changes_at_a_time() {
    let mut scene = Scene::new();
    let modify = |attributes: &[SubnetAttribute]| Command::ModifySubnetAttribute(subnet(1), attributes.to_vec());
    scene.refuse_with(modify(&[]), "InvalidParameterCombination");
    scene.refuse_with(modify(&[SubnetAttribute::Dns64(true), SubnetAttribute::ARecord(true)]), "InvalidParameterCombination");
    for attribute in [
        SubnetAttribute::MapPublicIpOnLaunch(true),
        SubnetAttribute::Dns64(true),
        SubnetAttribute::NameByResource(true),
        SubnetAttribute::ARecord(true),
        SubnetAttribute::AaaaRecord(true),
    ] {
        scene.accept(modify(&[attribute]));
    }
    let changed = scene.network.subnet(subnet(1)).unwrap();
    let names = changed.launch_names;
    assert!(changed.map_public_ip_on_launch && changed.dns64 && names.by_resource && names.a_record && names.aaaa_record);
}
