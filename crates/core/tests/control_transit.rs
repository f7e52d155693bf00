//! Transit gateways: what comes with them, how they live, and what goes with what (`R57`, `R64` to `R67`).

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

mod support;

use eni_core::addr::{Direction, IpNet, Traffic};
use eni_core::control::command::{
    Command, CreateVpcPeeringConnection, GroupRuleChange, ModifyGroupRules, NewTransitAttachment, NewTransitGateway, Permission,
    RouteTargetInput, TransitAct, TransitAttachmentChange, TransitGatewayChange,
};
use eni_core::control::reply::Reply;
use eni_core::id::*;
use eni_core::model::Tags;
use eni_core::model::event::TaggedId;
use eni_core::model::route_table::{Destination, RouteState, RouteTarget};
use eni_core::model::security_group::Peer;
use eni_core::model::transit::{TransitAttachment, TransitGateway, TransitId, TransitOptions, TransitState, TransitTable};
use support::id;
use support::scene::{Scene, rtb, sg, subnet, vpc};

fn transit(command: TransitAct) -> Command {
    Command::Transit(Box::new(command))
}

fn new_gateway(association: bool, propagation: bool) -> Command {
    transit(TransitAct::CreateGateway(NewTransitGateway {
        description: "hub".to_owned(),
        amazon_side_asn: 64_600,
        auto_accept: false,
        vpn_ecmp: true,
        dns_support: true,
        association,
        propagation,
        tags: Tags::from([("Name".to_owned(), "hub".to_owned())]),
    }))
}

fn attach(to: u64, subnets: &[u64]) -> Command {
    let subnets = subnets.iter().map(|number| subnet(*number)).collect();
    let (gateway, options) = (id(1), TransitOptions::default());
    transit(TransitAct::CreateAttachment(NewTransitAttachment { gateway, vpc: vpc(to), subnets, options, tags: Tags::new() }))
}

fn gateway(scene: &Scene) -> &TransitGateway {
    scene.network.transit_gateway(id(1)).unwrap()
}

fn attachment(scene: &Scene, number: u64) -> &TransitAttachment {
    scene.network.transit_attachment(id(number)).unwrap()
}

fn table(scene: &Scene, number: u64) -> &TransitTable {
    scene.network.transit_table(id(number)).unwrap()
}

fn block(text: &str) -> IpNet {
    text.parse().unwrap()
}

/// The state of the route of `rtb-3` to the gateway.
fn route_state(scene: &Scene) -> RouteState {
    let table = scene.network.route_table(rtb(3)).unwrap();
    scene.network.route_state(table, table.routes.get(&Destination::Cidr(block("10.9.0.0/16"))).unwrap())
}

fn led_there() -> Command {
    Command::SetRoute {
        table: rtb(3),
        destination: Destination::Cidr(block("10.9.0.0/16")),
        targets: vec![RouteTargetInput::Target(RouteTarget::TransitGateway(id(1)))],
        replace: false,
    }
}

// rules: R64 R66
#[test]
fn a_gateway_comes_with_a_default_table_where_new_attachments_are_to_use_or_fill_one() {
    for (association, propagation) in [(true, true), (true, false), (false, true), (false, false)] {
        let mut scene = Scene::new();
        assert_eq!(scene.accept(new_gateway(association, propagation)), Reply::Transit(TransitId::Gateway(id(1))));
        assert_eq!((gateway(&scene).state, gateway(&scene).amazon_side_asn), (TransitState::Pending, 64_600));
        scene.wait(5);
        assert_eq!(gateway(&scene).state, TransitState::Available);
        let of = |on: bool| on.then(|| id::<TransitTableId>(1));
        assert_eq!((gateway(&scene).association_table, gateway(&scene).propagation_table), (of(association), of(propagation)));
        scene.settled(attach(1, &[1]));
        let one = attachment(&scene, 1);
        assert_eq!((one.state, one.table), (TransitState::Available, of(association)));
        let filled = scene.network.transit_tables().any(|table| table.propagations.contains(&id(1)));
        assert_eq!((filled, scene.network.transit_tables().len()), (propagation, usize::from(association || propagation)));
        scene.check();
    }
}

// rules: R57 R64 R65 E80 E83
#[test]
fn an_attachment_has_an_eni_of_the_gateways_in_each_subnet_that_is_named() {
    let mut scene = Scene::new();
    scene.settled(new_gateway(true, true));
    scene.accept(attach(1, &[1, 2]));
    assert_eq!(attachment(&scene, 1).state, TransitState::Pending);
    scene.wait(5);
    let enis = attachment(&scene, 1).enis.clone();
    assert_eq!(enis.iter().map(|eni| scene.eni(*eni).subnet).collect::<Vec<_>>(), [subnet(1), subnet(2)]);
    let eni = scene.eni(enis[0]).clone();
    assert_eq!(eni.description, format!("Network Interface for Transit Gateway Attachment {}", id::<TransitAttachmentId>(1)));
    assert_eq!(
        (eni.kind.as_str(), eni.is_requester_managed(), eni.source_dest_check, eni.groups.len()),
        ("transit_gateway", true, false, 0)
    );
    scene.refuse_with(Command::DeleteNetworkInterface(enis[0]), "AuthFailure");
    // One subnet goes, another of the same zone comes.
    let change = TransitAttachmentChange { add: vec![subnet(3)], remove: vec![subnet(1)], ..TransitAttachmentChange::default() };
    scene.accept(transit(TransitAct::ModifyAttachment(id(1), change)));
    let now = attachment(&scene, 1).enis.clone();
    assert_eq!(now.iter().map(|eni| scene.eni(*eni).subnet).collect::<Vec<_>>(), [subnet(2), subnet(3)]);
    assert!(scene.network.eni(enis[0]).is_none());
    let change = TransitAttachmentChange { ipv6: Some(true), appliance_mode: Some(true), ..TransitAttachmentChange::default() };
    scene.accept(transit(TransitAct::ModifyAttachment(id(1), change)));
    let options = TransitOptions { ipv6: true, appliance_mode: true, ..TransitOptions::default() };
    assert_eq!((attachment(&scene, 1).options, &attachment(&scene, 1).enis), (options, &now));
    scene.check();
}

// rules: R57 R67 R11 L14
#[test]
fn without_its_attachment_routes_lead_nowhere_and_the_enis_are_gone() {
    let mut scene = Scene::new();
    scene.settled(new_gateway(true, true));
    scene.settled(attach(1, &[1]));
    scene.settled(attach(2, &[4]));
    scene.accept(led_there());
    assert_eq!(route_state(&scene), RouteState::Active);
    let destination = block("10.9.0.0/16");
    scene.accept(transit(TransitAct::SetRoute { table: id(1), destination, to: Some(id(1)), blackhole: false, replace: false }));
    let enis = attachment(&scene, 1).enis.clone();
    scene.accept(transit(TransitAct::DeleteAttachment(id(1))));
    assert_eq!((attachment(&scene, 1).state, route_state(&scene)), (TransitState::Deleting, RouteState::Blackhole));
    assert!(scene.network.eni(enis[0]).is_some());
    scene.wait(5);
    assert_eq!((attachment(&scene, 1).state, attachment(&scene, 1).table), (TransitState::Deleted, None));
    assert!(scene.network.eni(enis[0]).is_none());
    let own = table(&scene, 1);
    assert_eq!(
        (own.routes.get(&destination), own.propagations.contains(&id(1)), own.propagations.contains(&id(2))),
        (Some(&None), false, true)
    );
    // What is gone stays listed for an hour; meanwhile the VPC may be attached anew.
    scene.settled(attach(1, &[2]));
    assert_eq!((attachment(&scene, 3).state, route_state(&scene)), (TransitState::Available, RouteState::Active));
    scene.wait(3_600);
    assert!(scene.network.transit_attachment(id(1)).is_none());
    scene.check();
}

// rules: R64 R66 R9
#[test]
fn a_gateway_takes_its_tables_along_and_leaves_black_holes() {
    let mut scene = Scene::new();
    scene.settled(new_gateway(false, false));
    scene.settled(transit(TransitAct::CreateTable(id(1), Tags::new())));
    scene.settled(attach(1, &[1]));
    scene.accept(transit(TransitAct::Associate(id(1), id(1), true)));
    scene.accept(led_there());
    scene.refuse_with(transit(TransitAct::DeleteTable(id(1))), "IncorrectState");
    scene.settled(transit(TransitAct::DeleteAttachment(id(1))));
    scene.settled(transit(TransitAct::DeleteGateway(id(1))));
    assert_eq!((gateway(&scene).state, table(&scene, 1).state), (TransitState::Deleted, TransitState::Deleted));
    assert_eq!(route_state(&scene), RouteState::Blackhole);
    scene.wait(3_600);
    assert_eq!((scene.network.transit_gateways().len(), scene.network.transit_tables().len()), (0, 0));
    // Of one that was here once nobody believes that it might carry something elsewhere.
    assert_eq!(route_state(&scene), RouteState::Blackhole);
    scene.check();
}

// rules: R64 R66 E10
#[test]
fn default_tables_and_other_settings_may_become_others_and_all_of_it_has_tags() {
    let mut scene = Scene::new();
    scene.settled(new_gateway(true, true));
    scene.settled(transit(TransitAct::CreateTable(id(1), Tags::new())));
    let change = TransitGatewayChange {
        description: Some("core".to_owned()),
        association: Some(Some(id(2))),
        propagation: Some(None),
        ..TransitGatewayChange::default()
    };
    scene.accept(transit(TransitAct::ModifyGateway(id(1), change)));
    scene.settled(attach(1, &[1]));
    assert_eq!((attachment(&scene, 1).table, gateway(&scene).description.as_str()), (Some(id(2)), "core"));
    assert!(scene.network.transit_tables().all(|table| table.propagations.is_empty()));
    scene.accept(transit(TransitAct::DeleteTable(id(1))));
    let things = [TransitId::Gateway(id(1)), TransitId::Attachment(id(1)), TransitId::Table(id(2))];
    let tags = Tags::from([("team".to_owned(), "net".to_owned())]);
    scene.accept(Command::CreateTags { resources: things.map(TaggedId::Transit).to_vec(), tags });
    assert_eq!((attachment(&scene, 1).tags.len(), table(&scene, 2).tags.len(), gateway(&scene).tags.len()), (1, 1, 2));
    scene.check();
}

// rules: R66
#[test]
fn blocks_come_and_go_with_the_vpc_and_with_the_propagation() {
    let mut scene = Scene::new();
    scene.settled(new_gateway(true, true));
    scene.settled(attach(1, &[1]));
    let blocks = |scene: &Scene| -> Vec<String> {
        table(scene, 1).all_routes(&scene.network).map(|route| format!("{} {}", route.destination, route.propagated)).collect()
    };
    assert_eq!(blocks(&scene), ["10.0.0.0/16 true"]);
    let more = eni_core::control::command::NewVpcBlock::Ipv4("100.64.0.0/20".parse().unwrap());
    scene.accept(Command::AssociateVpcCidrBlock(vpc(1), more));
    assert_eq!(blocks(&scene), ["10.0.0.0/16 true", "100.64.0.0/20 true"]);
    let destination = block("10.0.0.0/16");
    scene.accept(transit(TransitAct::SetRoute { table: id(1), destination, to: None, blackhole: true, replace: false }));
    assert_eq!(blocks(&scene), ["10.0.0.0/16 false", "100.64.0.0/20 true"]);
    scene.accept(transit(TransitAct::Propagate(id(1), id(1), false)));
    scene.accept(transit(TransitAct::DeleteRoute(id(1), destination)));
    assert!(blocks(&scene).is_empty());
    scene.check();
}

// rules: S31 S30
#[test]
fn across_it_a_rule_names_blocks_and_no_groups() {
    let mut scene = Scene::new();
    scene.settled(new_gateway(true, true));
    scene.settled(attach(1, &[1]));
    scene.settled(attach(2, &[4]));
    assert!([1, 2].iter().all(|number| attachment(&scene, *number).state == TransitState::Available));
    assert!([1, 2].iter().all(|number| attachment(&scene, *number).options.group_references), "the attachments would have it");
    let name = |direction: Direction, peer: Peer| {
        let permissions = vec![Permission::new(Traffic::All, peer)];
        Command::AuthorizeSecurityGroup { group: sg(3), direction, permissions }
    };
    for direction in [Direction::Ingress, Direction::Egress] {
        scene.refuse_with(name(direction, Peer::Group(sg(4))), "InvalidGroup.NotFound");
        scene.accept(name(direction, Peer::Ipv4("10.1.0.0/16".parse().unwrap())));
    }
    let Reply::Rules(own) = scene.accept(name(Direction::Ingress, Peer::Group(sg(1)))) else { panic!() };
    let rule = own[0];
    let change = GroupRuleChange { rule, traffic: Traffic::All, peer: Peer::Group(sg(4)), description: None };
    let modify = Command::ModifySecurityGroupRules(Box::new(ModifyGroupRules { group: sg(3), changes: vec![change] }));
    scene.refuse_with(modify.clone(), "InvalidGroup.NotFound");
    // Beside a peering connection of the two it may: that joins them for groups, too.
    let (peer, tags) = (Some(vpc(2)), Tags::new());
    let ask = CreateVpcPeeringConnection { vpc: vpc(1), peer, peer_owner: None, peer_region: None, tags };
    let asked = scene.settled(Command::CreateVpcPeeringConnection(Box::new(ask)));
    let Reply::Peering(peering) = asked else { panic!("{asked:?}") };
    scene.settled(Command::AcceptVpcPeeringConnection(peering));
    scene.accept(modify);
    scene.accept(name(Direction::Egress, Peer::Group(sg(4))));
    // Without it they stand there and fit nothing, though the gateway still joins the VPCs.
    scene.settled(Command::DeleteVpcPeeringConnection(peering));
    assert!(scene.network.is_stale(vpc(1), scene.network.group(sg(4)).unwrap()));
    assert_eq!(attachment(&scene, 1).state, TransitState::Available);
    scene.check();
}

// rules: R66 R67
#[test]
fn associations_and_routes_come_and_go() {
    let mut scene = Scene::new();
    scene.settled(new_gateway(true, true));
    scene.settled(attach(1, &[1]));
    scene.accept(transit(TransitAct::Associate(id(1), id(1), false)));
    assert_eq!(attachment(&scene, 1).table, None);
    scene.accept(transit(TransitAct::Associate(id(1), id(1), true)));
    assert_eq!(attachment(&scene, 1).table, Some(id(1)));
    // A block is kept as AWS keeps it, whatever stands behind its length.
    let route = |replace, to, blackhole| {
        let destination = block("10.9.3.4/16");
        transit(TransitAct::SetRoute { table: id(1), destination, to, blackhole, replace })
    };
    scene.accept(route(false, None, true));
    assert_eq!(
        table(&scene, 1).routes.iter().map(|(block, to)| (block.to_string(), *to)).collect::<Vec<_>>(),
        [("10.9.0.0/16".to_owned(), None)]
    );
    scene.accept(route(true, Some(id(1)), false));
    assert_eq!(table(&scene, 1).routes.get(&block("10.9.0.0/16")), Some(&Some(id(1))));
    scene.check();
}
