//! VPC peering connections: their life, what they stand in the way of, and what routes through them are worth.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

mod support;

use eni_core::addr::{Direction, IpNet, Traffic};
use eni_core::control::command::{
    Command, CreateVpcPeeringConnection, ModifyVpcPeeringConnectionOptions, NewVpcBlock, Permission, RouteTargetInput,
};
use eni_core::control::remedy::Remedy;
use eni_core::control::reply::Reply;
use eni_core::control::transition::{finish, settled_at};
use eni_core::id::*;
use eni_core::model::event::{Event, TaggedId};
use eni_core::model::peering::{Peering, PeeringState};
use eni_core::model::route_table::{Destination, Route, RouteOrigin, RouteState, RouteTarget};
use eni_core::model::security_group::Peer;
use eni_core::model::{AccountId, Tags};
use eni_core::time::Duration;
use support::World;
use support::scene::*;
use support::{id, net};

const DAY: u64 = 86_400;

fn ask(one: VpcId, other: VpcId) -> Command {
    Command::CreateVpcPeeringConnection(Box::new(CreateVpcPeeringConnection {
        vpc: one,
        peer: Some(other),
        peer_owner: None,
        peer_region: None,
        tags: Tags::new(),
    }))
}

fn asked(world: &mut World, one: VpcId, other: VpcId) -> PeeringId {
    let Reply::Peering(peering) = world.accept(ask(one, other)) else { panic!() };
    peering
}

/// A connection that is active.
fn active(world: &mut World, one: VpcId, other: VpcId) -> PeeringId {
    let peering = asked(world, one, other);
    world.wait(5);
    world.settled(Command::AcceptVpcPeeringConnection(peering));
    peering
}

fn peering(world: &World, id: PeeringId) -> &Peering {
    world.network.peering(id).unwrap()
}

fn state(world: &World, id: PeeringId) -> PeeringState {
    peering(world, id).state
}

// rules: R52
#[test]
fn a_connection_is_asked_for_accepted_and_deleted() {
    let mut scene = Scene::new();
    let id = asked(&mut scene, vpc(1), vpc(2));
    assert_eq!(state(&scene, id), PeeringState::InitiatingRequest);
    let expires = Some(scene.now + Duration::from_secs(7 * DAY));
    assert_eq!(peering(&scene, id).expires, expires, "told from the start");
    scene.refuse_with(Command::AcceptVpcPeeringConnection(id), "InvalidStateTransition");
    scene.wait(1);
    assert_eq!(state(&scene, id), PeeringState::PendingAcceptance);
    assert_eq!(peering(&scene, id).expires, expires);
    assert_eq!(peering(&scene, id).requester.cidrs, [net("10.0.0.0/16")]);
    assert!(peering(&scene, id).accepter.cidrs.is_empty(), "told when it is accepted");
    let options = ModifyVpcPeeringConnectionOptions { peering: id, requester: Some(true), accepter: None };
    scene.refuse_with(Command::ModifyVpcPeeringConnectionOptions(options), "OperationNotPermitted");

    scene.accept(Command::AcceptVpcPeeringConnection(id));
    assert_eq!(state(&scene, id), PeeringState::Provisioning);
    assert!(!scene.network.are_peered(vpc(1), vpc(2)));
    scene.wait(1);
    assert_eq!((state(&scene, id), peering(&scene, id).expires), (PeeringState::Active, None));
    assert!(scene.network.are_peered(vpc(2), vpc(1)));
    assert_eq!(peering(&scene, id).accepter.cidrs, [net("10.1.0.0/16")]);
    for act in [Command::AcceptVpcPeeringConnection(id), Command::RejectVpcPeeringConnection(id)] {
        scene.refuse_with(act, "InvalidStateTransition");
    }
    scene.accept(Command::ModifyVpcPeeringConnectionOptions(options));
    assert_eq!((peering(&scene, id).requester.dns_resolution, peering(&scene, id).accepter.dns_resolution), (true, false));
    let other = ModifyVpcPeeringConnectionOptions { peering: id, requester: None, accepter: Some(true) };
    scene.accept(Command::ModifyVpcPeeringConnectionOptions(other));
    let sides = |scene: &Scene| (peering(scene, id).requester.dns_resolution, peering(scene, id).accepter.dns_resolution);
    assert_eq!(sides(&scene), (true, true), "a side that is not named stays as it is");
    scene.accept(Command::ModifyVpcPeeringConnectionOptions(ModifyVpcPeeringConnectionOptions {
        requester: Some(false),
        accepter: None,
        ..other
    }));
    assert_eq!(sides(&scene), (false, true));
    let none = ModifyVpcPeeringConnectionOptions { requester: None, ..options };
    scene.refuse_with(Command::ModifyVpcPeeringConnectionOptions(none), "InvalidParameter");

    scene.accept(Command::DeleteVpcPeeringConnection(id));
    assert_eq!(state(&scene, id), PeeringState::Deleted);
    assert!(!scene.network.are_peered(vpc(1), vpc(2)));
    scene.refuse_with(Command::DeleteVpcPeeringConnection(id), "InvalidStateTransition");
    scene.wait(2 * DAY - 1);
    assert_eq!(state(&scene, id), PeeringState::Deleted, "still listed");
    scene.wait(1);
    assert_eq!(scene.network.peering(id), None);
    scene.refuse_with(Command::DeleteVpcPeeringConnection(id), "InvalidVpcPeeringConnectionID.NotFound");
}

// rules: R52
#[test]
fn a_request_is_rejected_or_expires_after_seven_days() {
    let mut scene = Scene::new();
    let first = asked(&mut scene, vpc(1), vpc(2));
    scene.wait(5);
    scene.accept(Command::RejectVpcPeeringConnection(first));
    assert_eq!(state(&scene, first), PeeringState::Rejected);
    scene.refuse_with(Command::AcceptVpcPeeringConnection(first), "InvalidStateTransition");
    scene.refuse_with(Command::DeleteVpcPeeringConnection(first), "InvalidStateTransition");

    let second = asked(&mut scene, vpc(2), vpc(1));
    scene.wait(1);
    let ends = peering(&scene, second).expires.unwrap();
    assert_eq!(settled_at(&scene.network, scene.now), scene.now, "nobody waits seven days");
    scene.wait(7 * DAY - 2);
    assert_eq!((state(&scene, second), scene.network.peering(first)), (PeeringState::PendingAcceptance, None));
    scene.wait(1);
    assert_eq!((state(&scene, second), scene.now), (PeeringState::Expired, ends));
    scene.refuse_with(Command::AcceptVpcPeeringConnection(second), "InvalidStateTransition");
    scene.wait(2 * DAY - 1);
    assert_eq!(state(&scene, second), PeeringState::Expired, "it stays listed for two days");
    scene.wait(1);
    assert_eq!(scene.network.peering(second), None);

    // One that was accepted in time does not expire.
    let third = active(&mut scene, vpc(1), vpc(2));
    scene.wait(8 * DAY);
    assert_eq!((state(&scene, third), scene.network.peering(second)), (PeeringState::Active, None));
}

// rules: R52
#[test]
fn vpcs_that_share_addresses_cannot_be_tied() {
    let mut scene = Scene::new();
    for (block, becomes) in
        [("10.0.0.0/16", PeeringState::Failed), ("10.0.128.0/20", PeeringState::Failed), ("10.2.0.0/16", PeeringState::PendingAcceptance)]
    {
        let other = scene.vpc(block);
        let id = asked(&mut scene, vpc(1), other);
        assert_eq!(state(&scene, id), PeeringState::InitiatingRequest, "no refusal at once");
        scene.wait(1);
        assert_eq!(state(&scene, id), becomes, "{block}");
        if becomes == PeeringState::Failed {
            scene.refuse_with(Command::AcceptVpcPeeringConnection(id), "InvalidStateTransition");
            scene.refuse_with(Command::DeleteVpcPeeringConnection(id), "InvalidStateTransition");
            scene.wait(2 * 3_600);
            assert_eq!(scene.network.peering(id), None);
            let back = asked(&mut scene, other, vpc(1));
            scene.wait(1);
            assert_eq!(state(&scene, back), PeeringState::Failed, "{block}, whichever of the two asks");
        }
    }
    let own = asked(&mut scene, vpc(1), vpc(1));
    scene.wait(1);
    assert_eq!(state(&scene, own), PeeringState::Failed, "a VPC shares all addresses with itself");
}

// rules: R52
#[test]
fn two_vpcs_have_one_connection_at_most_whoever_asks() {
    let mut scene = Scene::new();
    let first = asked(&mut scene, vpc(1), vpc(2));
    for (one, other) in [(vpc(1), vpc(2)), (vpc(2), vpc(1))] {
        let refusal = scene.refuse_with(ask(one, other), "VpcPeeringConnectionAlreadyExists");
        assert_eq!(refusal.remedy(&scene.network), Remedy::RemoveFirst(vec![TaggedId::Peering(first)]));
    }
    scene.accept(Command::DeleteVpcPeeringConnection(first));
    let second = active(&mut scene, vpc(2), vpc(1));
    scene.refuse_with(ask(vpc(1), vpc(2)), "VpcPeeringConnectionAlreadyExists");
    assert_eq!(scene.network.peering_between(vpc(1), vpc(2)).map(|peering| peering.id), Some(second));

    let third = scene.vpc("10.2.0.0/16");
    scene.quotas(|quotas| quotas.peerings_per_vpc = 1);
    scene.refuse_with(ask(third, vpc(1)), "VpcPeeringConnectionsPerVpcLimitExceeded");
    scene.accept(Command::DeleteVpcPeeringConnection(second));
    scene.accept(ask(third, vpc(1)));
}

// rules: R52
#[test]
fn both_sides_are_in_this_account_and_region() {
    let mut scene = Scene::new();
    let with = |owner: Option<u64>, region: Option<&str>| {
        let Command::CreateVpcPeeringConnection(mut request) = ask(vpc(1), vpc(2)) else { panic!() };
        (request.peer_owner, request.peer_region) = (owner.map(AccountId), region.map(str::to_owned));
        Command::CreateVpcPeeringConnection(request)
    };
    scene.refuse_with(with(Some(111_122_223_333), None), "UnsupportedOperation");
    scene.refuse_with(with(None, Some("eu-west-1")), "UnsupportedOperation");
    scene.refuse_with(ask(vpc(1), vpc(9)), "InvalidVpcID.NotFound");
    scene.refuse_with(ask(vpc(9), vpc(1)), "InvalidVpcID.NotFound");
    scene.accept(with(Some(123_456_789_012), Some("us-east-1")));
}

// rules: R52 L15
#[test]
fn a_vpc_stays_while_a_connection_of_it_may_come_to_something() {
    let mut scene = Scene::new();
    let other = scene.vpc("10.2.0.0/16");
    let id = active(&mut scene, vpc(1), other);
    let refusal = scene.refuse_with(Command::DeleteVpc(other), "DependencyViolation");
    assert_eq!(refusal.remedy(&scene.network), Remedy::RemoveFirst(vec![TaggedId::Peering(id)]));
    scene.accept(Command::DeleteVpcPeeringConnection(id));
    let waiting = asked(&mut scene, other, vpc(1));
    scene.refuse_with(Command::DeleteVpc(other), "DependencyViolation");
    scene.wait(5);
    scene.accept(Command::RejectVpcPeeringConnection(waiting));
    scene.accept(Command::DeleteVpc(other));
    assert_eq!(state(&scene, waiting), PeeringState::Rejected, "what is over is told of, even without its VPC");
}

// rules: R11 R52
#[test]
fn a_route_through_a_connection_works_while_it_is_active() {
    let mut scene = Scene::new();
    let id = asked(&mut scene, vpc(1), vpc(2));
    let to = Destination::Cidr(IpNet::V4(net("10.1.0.0/16")));
    let targets = vec![RouteTargetInput::Target(RouteTarget::Peering(id))];
    scene.accept(Command::SetRoute { table: rtb(3), destination: to, targets, replace: false });
    let worth = |world: &World| {
        let table = world.network.route_table(rtb(3)).unwrap();
        world.network.route_state(table, table.routes.get(&to).unwrap())
    };
    assert_eq!(worth(&scene), RouteState::Blackhole);
    scene.wait(5);
    scene.settled(Command::AcceptVpcPeeringConnection(id));
    assert_eq!(worth(&scene), RouteState::Active);
    scene.accept(Command::DeleteVpcPeeringConnection(id));
    assert_eq!(worth(&scene), RouteState::Blackhole, "the route stays");
    scene.wait(3 * DAY);
    assert_eq!(worth(&scene), RouteState::Blackhole);
    // A connection of two other VPCs is none of this table's.
    let others = (scene.vpc("10.3.0.0/16"), scene.vpc("10.4.0.0/16"));
    let far = active(&mut scene, others.0, others.1);
    scene.apply(&[Event::RouteSet(rtb(3), to, Route { target: RouteTarget::Peering(far), origin: RouteOrigin::CreateRoute })]);
    assert_eq!(worth(&scene), RouteState::Blackhole);
}

// rules: R52
#[test]
fn what_is_under_way_comes_to_its_end_and_what_waits_goes_on_waiting() {
    let mut scene = Scene::new();
    let third = scene.vpc("10.2.0.0/16");
    let waiting = asked(&mut scene, vpc(1), vpc(2));
    scene.wait(5);
    let accepted = asked(&mut scene, vpc(1), third);
    scene.wait(5);
    scene.accept(Command::AcceptVpcPeeringConnection(accepted));
    let over = asked(&mut scene, vpc(2), third);
    scene.accept(Command::DeleteVpcPeeringConnection(over));
    let mut saved = scene.clone_world();
    finish(&mut saved.network);
    saved.check();
    let states = [waiting, accepted, over].map(|id| state(&saved, id));
    assert_eq!(states, [PeeringState::PendingAcceptance, PeeringState::Active, PeeringState::Deleted]);
}

// rules: E10
#[test]
fn a_connection_carries_tags() {
    let mut scene = Scene::new();
    let id: PeeringId = asked(&mut scene, vpc(1), vpc(2));
    let tags = Tags::from([("Name".to_owned(), "a-b".to_owned())]);
    scene.accept(Command::CreateTags { resources: vec![TaggedId::Peering(id)], tags: tags.clone() });
    assert_eq!(peering(&scene, id).tags, tags);
    scene.refuse_with(
        Command::CreateTags { resources: vec![TaggedId::Peering(self::id(9))], tags },
        "InvalidVpcPeeringConnectionID.NotFound",
    );
}

// rules: S22 S28 S30
#[test]
fn groups_of_peered_vpcs_may_be_named_and_become_stale() {
    let mut scene = Scene::new();
    let (near, far) = (sg(3), sg(4));
    let permissions = vec![Permission::new(Traffic::All, Peer::Group(far))];
    let name = Command::AuthorizeSecurityGroup { group: near, direction: Direction::Ingress, permissions };
    scene.refuse_with(name.clone(), "InvalidGroup.NotFound");
    let id = asked(&mut scene, vpc(1), vpc(2));
    scene.wait(5);
    scene.refuse_with(name.clone(), "InvalidGroup.NotFound");
    scene.settled(Command::AcceptVpcPeeringConnection(id));
    scene.accept(name);
    let stale = |scene: &Scene| scene.network.is_stale(vpc(1), scene.network.group(far).unwrap());
    assert!(!stale(&scene));
    scene.settled(Command::DeleteVpcPeeringConnection(id));
    assert!(stale(&scene), "the rule stays and fits nothing");
    assert_eq!(scene.network.group(near).unwrap().rules_of(Direction::Ingress).count(), 1);
    // What another VPC names may go; what its own VPC names may not.
    scene.accept(Command::DeleteSecurityGroup(far));
    assert!(scene.network.group(far).is_none());
}

// rules: R52
#[test]
fn a_further_block_keeps_apart_from_peered_vpcs() {
    let block = |vpc: VpcId, cidr: &str| Command::AssociateVpcCidrBlock(vpc, NewVpcBlock::Ipv4(net(cidr)));
    let mut scene = Scene::new();
    let peering = active(&mut scene.world, vpc(1), vpc(2));
    scene.accept(block(vpc(2), "100.64.0.0/16"));
    scene.refuse_with(block(vpc(1), "100.64.128.0/20"), "CidrConflict");
    scene.accept(block(vpc(1), "100.65.0.0/16"));
    scene.settled(Command::DeleteVpcPeeringConnection(peering));
    scene.accept(block(vpc(1), "100.64.128.0/20"));

    // While it is asked for, only the VPC that was asked takes blocks; one with addresses of the other side ends the request.
    let mut scene = Scene::new();
    scene.accept(block(vpc(1), "100.64.0.0/17"));
    let peering = asked(&mut scene.world, vpc(1), vpc(2));
    scene.world.wait(5);
    scene.refuse_with(block(vpc(1), "100.65.0.0/16"), "OperationNotPermitted");
    let state = |scene: &Scene| scene.network.peering(peering).map(|peering| peering.state);
    scene.accept(block(vpc(2), "100.65.0.0/16"));
    assert_eq!(state(&scene), Some(PeeringState::PendingAcceptance));
    scene.accept(block(vpc(2), "100.64.64.0/20"));
    assert_eq!(state(&scene), Some(PeeringState::Failed));
    scene.refuse_with(Command::AcceptVpcPeeringConnection(peering), "InvalidStateTransition");
    scene.world.wait(2 * 3_600 - 1);
    assert_eq!(state(&scene), Some(PeeringState::Failed), "it stays listed for two hours");
    scene.world.wait(1);
    assert_eq!(state(&scene), None);
}
