//! Routes to prefix lists: the longest of a list's entries speaks for it, beside blocks and propagated routes (`R5`).
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support_dp;

use eni_core::dataplane::Origin;
use eni_core::dataplane::pipeline::Check;
use eni_core::dataplane::reason::Evidence;
use eni_core::id::{PrefixListId, ResourceId};
use eni_core::model::Tags;
use eni_core::model::event::Event;
use eni_core::model::prefix_list::{AddressFamily, PrefixList, PrefixListEntry, PrefixListState};
use eni_core::model::route_table::{Destination, Route, RouteOrigin, RouteTarget};
use eni_core::table::Table;
use support_dp::{Lab, packet};

/// A list with these blocks.
fn list(lab: &mut Lab, blocks: &[&str]) -> PrefixListId {
    let id = PrefixListId::from_number(lab.number());
    let entries: Vec<PrefixListEntry> =
        blocks.iter().map(|block| PrefixListEntry { cidr: block.parse().unwrap(), description: String::new() }).collect();
    lab.apply(Event::PrefixListSet(Box::new(PrefixList {
        id,
        by_aws: false,
        name: "offices".to_owned(),
        family: AddressFamily::Ipv4,
        max_entries: 10,
        version: 1,
        entries,
        earlier: Table::new(),
        state: PrefixListState::CreateComplete,
        state_message: String::new(),
        tags: Tags::new(),
    })));
    id
}

// rules: R5 R6
#[test]
fn the_longest_entry_of_a_list_speaks_for_it() {
    use RouteOrigin::{CreateRoute, EnableVgwRoutePropagation};
    // Blocks of a list that leads to the VPN, another route with who made it and where it leads, an address, and where the packet goes.
    let cases = [
        (&["198.51.100.0/24"][..], ("0.0.0.0/0", CreateRoute), "198.51.100.7", "vpn"),
        (&["198.51.100.0/24"], ("0.0.0.0/0", CreateRoute), "203.0.113.9", "internet"),
        (&["198.51.0.0/16", "198.51.100.0/25"], ("198.51.100.0/24", CreateRoute), "198.51.100.7", "vpn"),
        (&["198.51.0.0/16", "198.51.100.0/25"], ("198.51.100.0/24", CreateRoute), "198.51.100.200", "internet"),
        // Among equals what somebody wrote as a block comes first, then the list, then what is propagated.
        (&["198.51.100.0/24"], ("198.51.100.0/24", CreateRoute), "198.51.100.7", "internet"),
        (&["198.51.100.0/24"], ("198.51.100.0/24", EnableVgwRoutePropagation), "198.51.100.7", "vpn"),
        (&[], ("0.0.0.0/0", CreateRoute), "198.51.100.7", "internet"),
    ];
    for (blocks, (block, origin), address, expected) in cases {
        let mut lab = Lab::new();
        let subnet = lab.subnet("10.0.1.0/24");
        let (gateway, vpn) = (lab.gateway(), lab.vpn_gateway());
        let connection = lab.network.vpn_connections().next().unwrap().id;
        lab.apply(Event::VpnConnectionRouteSet(connection, "198.51.0.0/16".parse().unwrap(), true));
        let table = lab.own_table(subnet);
        let id = list(&mut lab, blocks);
        lab.route_from(table, block, RouteTarget::InternetGateway(gateway), origin);
        let route = Route { target: RouteTarget::VpnGateway(vpn), origin: CreateRoute };
        lab.apply(Event::RouteSet(table, Destination::PrefixList(id), route));
        let group = lab.group(&["out all 0.0.0.0/0"]);
        let host = lab.host("A", subnet, "10.0.1.10", &[group]);
        lab.public(host.eni, "10.0.1.10", "203.0.113.10");
        let walk = lab.ask(Origin::Eni(host.eni), packet(&format!("tcp 10.0.1.10:40000 > {address}:443")));
        let step = walk.steps.iter().find(|step| step.check == Check::Route).unwrap();
        let Evidence::Route(route) = &step.evidence else { panic!("{:?}", step.evidence) };
        let way = if route.destination == Some(Destination::PrefixList(id)) { "vpn" } else { "internet" };
        assert_eq!((way, Lab::ending(&walk).as_str()), (expected, "EXITS_NETWORK"), "{blocks:?} {block} {address}");
    }
}
