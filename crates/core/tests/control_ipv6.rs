//! IPv6 addresses and prefixes of ENIs.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

mod support;

use eni_core::addr::{Ipv6Addr, Ipv6Net};
use eni_core::control::command::{
    AssignIpv6Addresses, AttachmentKey, Command, CreateNetworkInterface, EniAttribute, Ipv6Wanted, LaunchInterface, NewVpcBlock,
    RunInstances, SubnetAttribute, UnassignIpv6Addresses, Wanted,
};
use eni_core::control::reply::Reply;
use eni_core::id::*;
use support::run;
use support::scene::{Scene, eni, inst, sg, subnet, vpc};

const BLOCK: &str = "2001:db8:0:101::/64";

/// The scene with IPv6 in `subnet-1`.
fn scene() -> Scene {
    let mut scene = Scene::new();
    scene.accept(Command::AssociateVpcCidrBlock(vpc(1), NewVpcBlock::AmazonIpv6));
    scene.accept(Command::AssociateSubnetCidrBlock(subnet(1), BLOCK.parse().unwrap()));
    scene
}

fn ip(text: &str) -> Ipv6Addr {
    text.parse().unwrap()
}

fn assign(eni: EniId, addresses: Wanted<Ipv6Addr>, prefixes: Wanted<Ipv6Net>) -> Command {
    Command::AssignIpv6Addresses(Box::new(AssignIpv6Addresses { eni, addresses, prefixes }))
}

fn unassign(eni: EniId, address: Ipv6Addr) -> Command {
    Command::UnassignIpv6Addresses(Box::new(UnassignIpv6Addresses { eni, addresses: vec![address], prefixes: Vec::new() }))
}

fn create(ipv6: Ipv6Wanted) -> Command {
    Command::CreateNetworkInterface(Box::new(CreateNetworkInterface { subnet: Some(subnet(1)), ipv6, ..CreateNetworkInterface::default() }))
}

fn any(count: i64) -> Ipv6Wanted {
    Ipv6Wanted { addresses: Wanted::any(count), ..Ipv6Wanted::default() }
}

// rules: E72 E73 E74
#[test]
fn an_ipv6_address_moves_in_two_steps_only() {
    let mut scene = scene();
    let Reply::Ipv6(_, given, _) = scene.accept(assign(eni(3), Wanted::any(2), Wanted::default())) else { panic!() };
    let block: Ipv6Net = BLOCK.parse().unwrap();
    assert!(given.len() == 2 && given[0] != given[1] && given.iter().all(|ip| block.contains(ip)));
    assert_eq!(scene.eni(eni(3)).ipv6_addresses, given);
    let take = assign(eni(4), Wanted::these(vec![given[0]]), Wanted::default());
    scene.refuse_with(take.clone(), "InvalidIPAddress.InUse");
    scene.accept(unassign(eni(3), given[0]));
    scene.accept(take);
    assert_eq!((scene.eni(eni(3)).ipv6_addresses.clone(), scene.eni(eni(4)).ipv6_addresses.clone()), (vec![given[1]], vec![given[0]]));
    // What it has is asked for again: nothing happens.
    assert_eq!(scene.accept(assign(eni(4), Wanted::these(vec![given[0]]), Wanted::default())), Reply::Ipv6(eni(4), vec![], vec![]));
    // The first four of the block and the last are nobody's.
    for (address, fits) in [("::3", false), ("::4", true), (":ffff:ffff:ffff:ffff", false), (":ffff:ffff:ffff:fffe", true)] {
        let act = assign(eni(3), Wanted::these(vec![ip(&format!("2001:db8:0:101{address}"))]), Wanted::default());
        if fits {
            scene.accept(act);
        } else {
            scene.refuse_with(act, "InvalidParameterValue");
        }
    }
    // They go with the ENI.
    scene.accept(Command::DeleteNetworkInterface(eni(3)));
    scene.accept(assign(eni(4), Wanted::these(vec![given[1]]), Wanted::default()));
    // Without a block in the subnet there are none.
    scene.refuse_with(
        Command::CreateNetworkInterface(Box::new(CreateNetworkInterface { subnet: Some(subnet(2)), ipv6: any(1), ..Default::default() })),
        "InvalidParameterValue",
    );
}

// rules: E73
#[test]
fn ipv6_stays_through_stop_and_start() {
    let mut scene = scene();
    scene.accept(assign(eni(1), Wanted::any(1), Wanted::default()));
    let before = scene.eni(eni(1)).ipv6_addresses.clone();
    scene.settled(Command::StopInstances(vec![inst(1)]));
    scene.settled(Command::StartInstances(vec![inst(1)]));
    assert_eq!((before.len(), scene.eni(eni(1)).ipv6_addresses.clone()), (1, before));
}

// rules: E28 E67 E75
#[test]
fn ipv6_has_a_limit_of_its_own() {
    let mut scene = scene();
    // A t3.small takes four in each family on an ENI.
    scene.refuse_with(assign(eni(1), Wanted::any(5), Wanted::default()), "Ipv6AddressLimitExceeded");
    scene.accept(assign(eni(1), Wanted::any(3), Wanted::any(1)));
    scene.refuse_with(assign(eni(1), Wanted::any(1), Wanted::default()), "Ipv6AddressLimitExceeded");
    // What it has already is not counted twice.
    let own = scene.eni(eni(1)).ipv6_addresses[0];
    scene.accept(assign(eni(1), Wanted::these(vec![own]), Wanted::default()));
    assert_eq!(scene.eni(eni(1)).addresses.len(), 1);
    let launch = |name: &str, count: u32, ipv6: Ipv6Wanted| {
        let interface = LaunchInterface { subnet: Some(subnet(1)), groups: vec![sg(1)], ipv6, ..LaunchInterface::default() };
        Command::RunInstances(Box::new(RunInstances { count, interfaces: vec![interface], ..run(None, name) }))
    };
    scene.refuse_with(launch("t3.small", 1, any(5)), "InvalidInterface.IpAddressLimitExceeded");
    scene.refuse_with(launch("m1.small", 1, any(1)), "InvalidInterface.IpAddressLimitExceeded");
    let named = Ipv6Wanted { addresses: Wanted::these(vec![ip("2001:db8:0:101::77")]), ..Ipv6Wanted::default() };
    scene.refuse_with(launch("t3.small", 2, named), "InvalidParameterCombination");
    let Reply::Instances { instances, .. } = scene.accept(launch("t3.small", 2, any(2))) else { panic!() };
    let first = scene.eni(scene.instance(instances[0]).primary_eni().unwrap());
    let second = scene.eni(scene.instance(instances[1]).primary_eni().unwrap());
    assert!(first.ipv6_addresses.len() == 2 && first.ipv6_addresses.iter().all(|ip| !second.ipv6_addresses.contains(ip)));
    let prefixes = Ipv6Wanted { prefixes: Wanted::any(1), ..Ipv6Wanted::default() };
    scene.refuse_with(launch("t2.medium", 1, prefixes.clone()), "Unsupported");
    scene.accept(launch("t3.small", 2, prefixes));
}

// rules: E41 E66 E69
#[test]
fn an_ipv6_prefix_is_a_80_that_nobody_has() {
    let mut scene = scene();
    let prefix = |text: &str| Wanted::these(vec![text.parse::<Ipv6Net>().unwrap()]);
    let Reply::Ipv6(_, _, given) = scene.accept(assign(eni(3), Wanted::default(), Wanted::any(2))) else { panic!() };
    // The first /80 has reserved addresses.
    assert_eq!(given.iter().map(ToString::to_string).collect::<Vec<_>>(), ["2001:db8:0:101:1::/80", "2001:db8:0:101:2::/80"]);
    assert!(scene.eni(eni(3)).owns_ipv6(ip("2001:db8:0:101:1::9")));
    scene.refuse_with(assign(eni(4), Wanted::default(), prefix("2001:db8:0:101:2::/80")), "InvalidIPAddress.InUse");
    scene.refuse_with(assign(eni(4), Wanted::these(vec![ip("2001:db8:0:101:2::9")]), Wanted::default()), "InvalidIPAddress.InUse");
    scene.refuse_with(assign(eni(4), Wanted::default(), prefix("2001:db8:0:101:3::/96")), "InvalidParameterValue");
    scene.refuse_with(assign(eni(4), Wanted::default(), prefix("2001:db8:0:101::/80")), "InvalidParameterValue");
    scene.refuse_with(assign(eni(4), Wanted::default(), prefix("2001:db8:0:102:3::/80")), "InvalidParameterValue");
    scene.accept(assign(eni(4), Wanted::these(vec![ip("2001:db8:0:101:3::9")]), Wanted::default()));
    scene.refuse_with(assign(eni(3), Wanted::default(), prefix("2001:db8:0:101:3::/80")), "InvalidIPAddress.InUse");
    let both = Ipv6Wanted { addresses: Wanted::any(1), prefixes: Wanted::any(1), primary: false };
    scene.refuse_with(create(both), "InvalidParameterCombination");
}

// rules: E76
#[test]
fn a_subnet_gives_ipv6_by_itself_unless_the_call_says_none() {
    let mut scene = scene();
    let count = |scene: &mut Scene, ipv6: Ipv6Wanted| {
        let Reply::Eni(id) = scene.accept(create(ipv6)) else { panic!() };
        scene.eni(id).ipv6_addresses.len()
    };
    assert_eq!(count(&mut scene, Ipv6Wanted::default()), 0);
    scene.accept(Command::ModifySubnetAttribute(subnet(1), vec![SubnetAttribute::AssignIpv6OnCreation(true)]));
    assert_eq!(count(&mut scene, Ipv6Wanted::default()), 1);
    assert_eq!(count(&mut scene, any(0)), 0);
    assert_eq!(count(&mut scene, any(2)), 2);
    let launched = scene.launch(run(Some(subnet(1)), "t3.small"));
    assert_eq!(scene.eni(scene.instance(launched).primary_eni().unwrap()).ipv6_addresses.len(), 1);
}

// rules: E77
#[test]
fn a_primary_ipv6_address_does_not_change_while_it_is_attached() {
    let mut scene = scene();
    let enable = |eni, on| Command::ModifyNetworkInterfaceAttribute(eni, vec![EniAttribute::PrimaryIpv6(on)]);
    let wanted = Ipv6Wanted { primary: true, ..any(2) };
    let Reply::Eni(id) = scene.accept(create(wanted)) else { panic!() };
    let [first, second] = scene.eni(id).ipv6_addresses[..] else { panic!() };
    assert_eq!(scene.eni(id).primary_ipv6, Some(first));
    // In no instance it can be changed.
    scene.accept(enable(id, false));
    assert_eq!(scene.eni(id).primary_ipv6, None);
    scene.accept(enable(id, true));
    scene.accept(unassign(id, first));
    assert_eq!((scene.eni(id).primary_ipv6, scene.eni(id).ipv6_addresses.clone()), (None, vec![second]));
    scene.accept(enable(id, true));
    scene.settled(Command::AttachNetworkInterface { eni: id, instance: inst(2), device_index: 1, network_card: 0 });
    scene.refuse_with(enable(id, false), "OperationNotPermitted");
    scene.refuse_with(unassign(id, second), "OperationNotPermitted");
    // Turned on again, nothing happens; other addresses come and go.
    scene.accept(enable(id, true));
    let Reply::Ipv6(_, third, _) = scene.accept(assign(id, Wanted::any(1), Wanted::default())) else { panic!() };
    scene.accept(unassign(id, third[0]));
    let attachment = scene.eni(id).attachment.as_ref().unwrap().id;
    scene.settled(Command::DetachNetworkInterface { attachment: AttachmentKey::Eni(attachment), force: false });
    scene.accept(unassign(id, second));
    assert_eq!(scene.eni(id).primary_ipv6, None);
}
