//! DHCP option sets: the region's own, those that users make, and whom guests ask for names.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

mod support;

use eni_core::control::command::{Command, CreateDhcpOptions};
use eni_core::control::remedy::Remedy;
use eni_core::control::reply::Reply;
use eni_core::id::{DhcpOptionsId, VpcId};
use eni_core::model::dhcp_options::{DhcpKey, NameServers};
use eni_core::model::event::TaggedId;
use eni_core::model::network::Network;
use eni_core::model::{AccountId, Tags};
use eni_core::time::Instant;
use support::World;

const OWN: u64 = 1;

fn empty_in(region: &str) -> World {
    World { network: Network::empty(region, AccountId(123_456_789_012)), now: Instant::ZERO }
}

fn create(options: &[(&str, &[&str])]) -> Command {
    let texts = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
    let options = options.iter().map(|(key, values)| ((*key).to_owned(), texts(values))).collect();
    Command::CreateDhcpOptions(Box::new(CreateDhcpOptions { options, tags: Tags::new() }))
}

fn made(world: &mut World, options: &[(&str, &[&str])]) -> DhcpOptionsId {
    match world.accept(create(options)) {
        Reply::DhcpOptions(id) => id,
        other => panic!("{other:?}"),
    }
}

fn vpc(world: &mut World, cidr: &str) -> VpcId {
    match world.accept(Command::CreateVpc { cidr: cidr.parse().unwrap(), amazon_ipv6: false, tags: Tags::new() }) {
        Reply::Vpc(id) => id,
        other => panic!("{other:?}"),
    }
}

fn servers(world: &World, vpc: VpcId) -> NameServers {
    world.network.name_servers_of(world.network.vpc(vpc).unwrap())
}

// rules: I5 I7
#[test]
fn every_region_has_a_set_that_its_new_vpcs_use() {
    for (region, domain) in [("us-east-1", "ec2.internal"), ("eu-west-1", "eu-west-1.compute.internal")] {
        let mut world = empty_in(region);
        let own = world.network.default_dhcp_options().unwrap().clone();
        assert_eq!(own.id, support::id(OWN));
        assert_eq!(
            (own.values(DhcpKey::DomainName), own.values(DhcpKey::DomainNameServers)),
            ([domain.to_owned()].as_slice(), ["AmazonProvidedDNS".to_owned()].as_slice())
        );
        let vpc = vpc(&mut world, "10.0.0.0/16");
        assert_eq!(world.network.vpc(vpc).unwrap().dhcp_options, Some(own.id));
        assert_eq!(servers(&world, vpc), NameServers::OfVpc);
        world.check();
    }
}

// rules: I7
#[test]
fn guests_ask_whom_the_set_of_their_vpc_names() {
    let mut world = World::empty();
    let one = vpc(&mut world, "10.0.0.0/16");
    let other = vpc(&mut world, "10.1.0.0/16");
    let own = ["10.0.0.53".parse().unwrap(), "2001:db8::53".parse().unwrap()];
    for (options, expected) in [
        (&[("domain-name-servers", &["10.0.0.53", "2001:db8::53"][..])][..], NameServers::Own(own.to_vec())),
        (&[("domain-name", &["corp.example"][..]), ("domain-name-servers", &["AmazonProvidedDNS"])], NameServers::OfVpc),
        (&[("ntp-servers", &["10.0.0.123"][..])], NameServers::Nobody),
    ] {
        let set = made(&mut world, options);
        world.accept(Command::AssociateDhcpOptions(one, Some(set)));
        assert_eq!(servers(&world, one), expected, "{options:?}");
        assert_eq!(servers(&world, other), NameServers::OfVpc, "another VPC keeps its own");
    }
    // None at all: AWS's word is default.
    world.accept(Command::AssociateDhcpOptions(one, None));
    assert_eq!((servers(&world, one), world.network.vpc(one).unwrap().dhcp_options), (NameServers::OfNitro, None));
    world.check();
}

// rules: I7 X4
#[test]
fn a_set_goes_when_no_vpc_uses_it_and_the_regions_own_comes_back_with_the_next_vpc() {
    let mut world = World::empty();
    let set = made(&mut world, &[("domain-name", &["corp.example"])]);
    let (one, other) = (vpc(&mut world, "10.0.0.0/16"), vpc(&mut world, "10.1.0.0/16"));
    world.accept(Command::AssociateDhcpOptions(one, Some(set)));
    let refusal = world.refuse(Command::DeleteDhcpOptions(set));
    assert_eq!(refusal.code(), "DependencyViolation");
    assert_eq!(refusal.remedy(&world.network), Remedy::RemoveFirst(vec![TaggedId::Vpc(one)]));
    world.accept(Command::AssociateDhcpOptions(one, None));
    world.accept(Command::DeleteDhcpOptions(set));
    // With its last VPC a set is free, too.
    let own: DhcpOptionsId = support::id(OWN);
    assert_eq!(world.refuse(Command::DeleteDhcpOptions(own)).code(), "DependencyViolation");
    world.accept(Command::DeleteVpc(other));
    world.accept(Command::DeleteDhcpOptions(own));
    assert_eq!(world.network.dhcp_option_sets().len(), 0);
    assert!(world.network.default_dhcp_options().is_none());
    let third = vpc(&mut world, "10.2.0.0/16");
    let again = world.network.default_dhcp_options().unwrap().id;
    assert_eq!(world.network.vpc(third).unwrap().dhcp_options, Some(again));
    assert!(again != own && again != set, "no id is used twice");
    world.check();
}
