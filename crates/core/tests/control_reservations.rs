//! Reservations of subnets: what is given to calls that name nothing, and what is not.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

mod support;

use eni_core::addr::{Ipv6Addr, Ipv6Net};
use eni_core::control::command::*;
use eni_core::control::reply::Reply;
use eni_core::id::*;
use eni_core::model::Tags;
use eni_core::model::reservation::ReservationKind;
use support::ip;
use support::scene::{Scene, eni, subnet, vpc};

fn reserve(of: SubnetId, cidr: &str, kind: ReservationKind) -> Command {
    let (cidr, description, tags) = (cidr.parse().unwrap(), String::new(), Tags::new());
    Command::CreateSubnetReservation(Box::new(CreateSubnetReservation { subnet: of, cidr, kind, description, tags }))
}

fn reserved(scene: &mut Scene, of: SubnetId, cidr: &str, kind: ReservationKind) -> SubnetReservationId {
    let Reply::Reservation(id) = scene.accept(reserve(of, cidr, kind)) else { panic!() };
    id
}

/// An ENI of `subnet-3`.
fn create(address: Option<&str>) -> Command {
    let request = CreateNetworkInterface { subnet: Some(subnet(3)), private_ip: address.map(ip), ..CreateNetworkInterface::default() };
    Command::CreateNetworkInterface(Box::new(request))
}

/// Prefixes of any for an ENI of `subnet-1`.
fn prefixes(scene: &mut Scene, count: i64) -> Vec<String> {
    let wanted = AssignPrivateIpAddresses {
        eni: eni(3),
        addresses: Vec::new(),
        count: None,
        prefixes: Wanted::any(count),
        allow_reassignment: false,
    };
    let Reply::Assigned(_, given) = scene.accept(Command::AssignPrivateIpAddresses(Box::new(wanted))) else { panic!() };
    given.iter().map(ToString::to_string).collect()
}

// rules: E51 E65
#[test]
fn what_is_reserved_is_given_to_those_alone_who_name_it() {
    let mut scene = Scene::new();
    // 10.0.3.0/28 has eleven addresses: .4 to .14.
    let low = reserved(&mut scene, subnet(3), "10.0.3.4/30", ReservationKind::Explicit);
    reserved(&mut scene, subnet(3), "10.0.3.8/31", ReservationKind::Prefix);
    let first = scene.interface(subnet(3));
    assert_eq!(scene.eni(first).primary_ip(), Some(ip("10.0.3.10")));
    let Reply::Eni(named) = scene.accept(create(Some("10.0.3.5"))) else { panic!() };
    assert_eq!(scene.eni(named).primary_ip(), Some(ip("10.0.3.5")));
    (0..4).for_each(|_| _ = scene.interface(subnet(3)));
    // Five addresses are free, and all of them are reserved.
    scene.refuse_with(create(None), "InsufficientFreeAddressesInSubnet");
    assert_eq!(scene.network.free_address_count(scene.network.subnet(subnet(3)).unwrap()), 5);
    // Without the reservation they are given again; who had one kept it.
    let Reply::ReservationGone(gone) = scene.accept(Command::DeleteSubnetReservation(low)) else { panic!() };
    assert_eq!((gone.id, scene.network.reservations().len()), (low, 1));
    let next = scene.interface(subnet(3));
    assert_eq!((scene.eni(next).primary_ip(), scene.eni(named).primary_ip()), (Some(ip("10.0.3.4")), Some(ip("10.0.3.5"))));
}

// rules: E65 E66 E71
#[test]
fn prefixes_of_any_come_from_the_range_that_is_kept_for_them() {
    let mut scene = Scene::new();
    assert_eq!(prefixes(&mut scene, 1), ["10.0.1.16/28"]);
    reserved(&mut scene, subnet(1), "10.0.1.32/27", ReservationKind::Explicit);
    reserved(&mut scene, subnet(1), "10.0.1.192/27", ReservationKind::Prefix);
    // Two in the range, then what is not reserved at all.
    assert_eq!(prefixes(&mut scene, 3), ["10.0.1.192/28", "10.0.1.208/28", "10.0.1.64/28"]);
    // By name everything goes.
    let named = AssignPrivateIpAddresses {
        eni: eni(3),
        addresses: Vec::new(),
        count: None,
        prefixes: Wanted::these(vec!["10.0.1.32/28".parse().unwrap()]),
        allow_reassignment: false,
    };
    scene.accept(Command::AssignPrivateIpAddresses(Box::new(named)));
    // Where all that is left is reserved, there are addresses and no prefixes.
    let mut scene = Scene::new();
    reserved(&mut scene, subnet(1), "10.0.1.0/24", ReservationKind::Explicit);
    let wanted = CreateNetworkInterface {
        subnet: Some(subnet(1)),
        private_ip: Some(ip("10.0.1.99")),
        prefixes: Wanted::any(1),
        ..CreateNetworkInterface::default()
    };
    scene.refuse_with(Command::CreateNetworkInterface(Box::new(wanted)), "InsufficientCidrBlocks");
}

// rules: E65 E66 E72
#[test]
fn ranges_of_ipv6_are_reserved_as_well_and_go_with_the_block() {
    let mut scene = Scene::new();
    scene.refuse_with(reserve(subnet(1), "2001:db8:0:101:8000::/68", ReservationKind::Prefix), "InvalidParameterValue");
    scene.accept(Command::AssociateVpcCidrBlock(vpc(1), NewVpcBlock::AmazonIpv6));
    scene.accept(Command::AssociateSubnetCidrBlock(subnet(1), "2001:db8:0:101::/64".parse().unwrap()));
    let assign = |addresses: Wanted<Ipv6Addr>, prefixes: Wanted<Ipv6Net>| {
        Command::AssignIpv6Addresses(Box::new(AssignIpv6Addresses { eni: eni(3), addresses, prefixes }))
    };
    let Reply::Ipv6(_, usual, _) = scene.clone_world().accept(assign(Wanted::any(1), Wanted::default())) else { panic!() };
    let kept = reserved(&mut scene, subnet(1), "2001:db8:0:101::/68", ReservationKind::Explicit);
    reserved(&mut scene, subnet(1), "2001:db8:0:101:8000::/79", ReservationKind::Prefix);
    let Reply::Ipv6(_, other, _) = scene.accept(assign(Wanted::any(1), Wanted::default())) else { panic!() };
    let range = scene.network.reservation(kept).unwrap().cidr;
    assert!(range.contains(&std::net::IpAddr::V6(usual[0])) && !range.contains(&std::net::IpAddr::V6(other[0])));
    scene.accept(assign(Wanted::these(usual), Wanted::default()));
    let Reply::Ipv6(_, _, given) = scene.accept(assign(Wanted::default(), Wanted::any(3))) else { panic!() };
    let given: Vec<_> = given.iter().map(ToString::to_string).collect();
    assert_eq!(given[..2], ["2001:db8:0:101:8000::/80", "2001:db8:0:101:8001::/80"]);
    assert!(!range.contains(&given[2].parse::<eni_core::addr::IpNet>().unwrap()));

    reserved(&mut scene, subnet(1), "10.0.1.64/26", ReservationKind::Prefix);
    scene.accept(Command::DeleteNetworkInterface(eni(3)));
    let block = scene.network.subnet(subnet(1)).unwrap().ipv6_cidr.unwrap().association;
    scene.accept(Command::DisassociateSubnetCidrBlock(block));
    let left: Vec<_> = scene.network.reservations().map(|one| one.cidr.to_string()).collect();
    assert_eq!(left, ["10.0.1.64/26"]);
    // Those of a subnet go with it.
    reserved(&mut scene, subnet(2), "10.0.2.64/26", ReservationKind::Prefix);
    scene.accept(Command::DeleteSubnet(subnet(2)));
    assert_eq!(scene.network.reservations().len(), 1);
}

// rules: E65
#[test]
fn a_range_that_holds_a_reserved_one_overlaps_it_as_well() {
    let mut scene = Scene::new();
    scene.accept(reserve(subnet(1), "10.0.1.64/27", ReservationKind::Prefix));
    scene.refuse_with(reserve(subnet(1), "10.0.1.64/26", ReservationKind::Prefix), "InvalidParameterValue");
    scene.accept(reserve(subnet(1), "10.0.1.96/27", ReservationKind::Prefix));
}
