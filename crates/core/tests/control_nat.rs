//! NAT gateways: what comes with them, how they fail, and what stays when they go (rulebook 5.5).

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

mod support;

use eni_core::control::command::{AssignPrivateNatGatewayAddress, AssociateNatGatewayAddress, Command, CreateNatGateway, RouteTargetInput};
use eni_core::control::remedy::Remedy;
use eni_core::control::reply::Reply;
use eni_core::control::transition::{settle, settled_at};
use eni_core::id::*;
use eni_core::model::Tags;
use eni_core::model::event::{Delays, Event, TaggedId};
use eni_core::model::nat_gateway::{NatGateway, NatState};
use eni_core::model::network::Network;
use eni_core::model::route_table::{Destination, RouteState, RouteTarget};
use eni_core::time::Duration;
use support::scene::{Scene, eip, eni, igw, rtb, subnet, vpc};
use support::{id, ip};

fn request(number: u64, allocation: Option<AllocationId>) -> CreateNatGateway {
    CreateNatGateway {
        subnet: subnet(number),
        public: allocation.is_some(),
        allocation,
        private_ip: None,
        secondary_allocations: Vec::new(),
        secondary_ips: Vec::new(),
        secondary_count: None,
        tags: Tags::new(),
    }
}

fn create(request: CreateNatGateway) -> Command {
    Command::CreateNatGateway(Box::new(request))
}

fn nat(network: &Network, number: u64) -> &NatGateway {
    network.nat_gateway(id(number)).unwrap()
}

fn to_the_nat() -> (Destination, Command) {
    let destination = Destination::Cidr("0.0.0.0/0".parse().unwrap());
    let targets = vec![RouteTargetInput::Target(RouteTarget::NatGateway(id(1)))];
    (destination, Command::SetRoute { table: rtb(3), destination, targets, replace: false })
}

/// Whether a route to the gateway can carry packets now.
fn route_works(scene: &Scene) -> bool {
    let table = scene.network.route_table(rtb(3)).unwrap();
    let route = table.routes.get(&to_the_nat().0).unwrap();
    scene.network.route_state(table, route) == RouteState::Active
}

// rules: R11 R38 R39 R40 R48 E17 E80 A26 A32
#[test]
fn a_public_gateway_lives_and_leaves_its_elastic_ip() {
    let mut scene = Scene::new();
    assert_eq!(scene.accept(create(request(2, Some(eip(2))))), Reply::NatGateway(id(1)));
    assert_eq!(nat(&scene.network, 1).state, NatState::Pending);
    scene.accept(to_the_nat().1);
    assert!(!route_works(&scene), "while it is pending");
    scene.wait(4);
    assert_eq!(nat(&scene.network, 1).state, NatState::Pending);
    scene.wait(1);
    assert_eq!(nat(&scene.network, 1).state, NatState::Available);
    assert!(route_works(&scene));

    let address = nat(&scene.network, 1).addresses[0];
    let own = scene.eni(eni(5));
    assert_eq!((address.eni, address.private_ip, own.primary_ip()), (Some(eni(5)), Some(ip("10.0.2.4")), Some(ip("10.0.2.4"))));
    assert_eq!((own.kind.as_str(), own.groups.len(), own.source_dest_check), ("nat_gateway", 0, false));
    assert!(own.is_requester_managed() && own.is_in_use());
    assert_eq!(own.description, "Interface for NAT Gateway nat-00000000000000001");
    let tie = scene.network.elastic_ip(eip(2)).unwrap().association.unwrap();
    assert_eq!((tie.eni, Some(tie.id), scene.public(eni(5))), (eni(5), address.association, address.public_ip));

    assert_eq!(scene.accept(Command::DeleteNatGateway(id(1))), Reply::Nothing);
    assert_eq!(nat(&scene.network, 1).state, NatState::Deleting);
    assert!(!route_works(&scene) && scene.network.eni(eni(5)).is_some());
    let before = scene.network.clone();
    scene.accept(Command::DeleteNatGateway(id(1)));
    assert_eq!(scene.network, before, "deleted twice is deleted once");
    scene.wait(5);
    let gone = nat(&scene.network, 1);
    assert_eq!((gone.state, gone.deleted_at, gone.addresses.len()), (NatState::Deleted, Some(scene.now), 1));
    assert!(scene.network.eni(eni(5)).is_none());
    assert!(scene.network.elastic_ip(eip(2)).unwrap().association.is_none(), "it is free, and still the account's");
    assert!(!route_works(&scene));
    scene.refuse_with(replacing(to_the_nat().1), "InvalidNatGatewayID.NotFound");
    scene.accept(Command::DeleteSubnet(subnet(2)));
    scene.wait(3_600);
    assert!(scene.network.nat_gateway(id(1)).is_none(), "an hour later it is not listed");
}

/// The same act on a route that is there.
fn replacing(command: Command) -> Command {
    match command {
        Command::SetRoute { table, destination, targets, .. } => Command::SetRoute { table, destination, targets, replace: true },
        other => other,
    }
}

// rules: R50 R39
#[test]
fn what_is_wrong_shows_later_as_a_gateway_that_failed() {
    type Wrong = fn(&mut Scene) -> CreateNatGateway;
    let cases: [(&str, &str, Wrong); 7] = [
        (
            "InvalidAllocationID.NotFound",
            "Elastic IP address eipalloc-00000000000000009 could not be associated with this NAT gateway",
            |_| request(1, Some(eip(9))),
        ),
        ("Resource.AlreadyAssociated", "Elastic IP address eipalloc-00000000000000001 is already associated", |_| request(1, Some(eip(1)))),
        ("Resource.AlreadyAssociated", "Elastic IP address eipalloc-00000000000000002 is already associated", |_| CreateNatGateway {
            secondary_allocations: vec![eip(2)],
            ..request(1, Some(eip(2)))
        }),
        ("Resource.AlreadyAssociated", "Elastic IP address eipalloc-00000000000000032 is already associated", |scene| {
            // A service holds it.
            scene.service();
            request(1, Some(eip(50)))
        }),
        ("Gateway.NotAttached", "Network vpc-00000000000000002 has no Internet gateway attached", |_| request(4, Some(eip(2)))),
        ("InsufficientFreeAddressesInSubnet", "Subnet has insufficient free addresses to create this NAT gateway", |scene| {
            // A /28 has eleven addresses to give; ten are taken.
            for _ in 0..10 {
                scene.interface(subnet(3));
            }
            CreateNatGateway { secondary_count: Some(1), ..request(3, None) }
        }),
        ("InsufficientFreeAddressesInSubnet", "Subnet has insufficient free addresses to create this NAT gateway", |scene| {
            for _ in 0..11 {
                scene.interface(subnet(3));
            }
            request(3, Some(eip(2)))
        }),
    ];
    for (code, message, wrong) in cases {
        let mut scene = Scene::new();
        let request = wrong(&mut scene);
        let enis = scene.network.enis().len();
        scene.accept(create(request));
        assert_eq!(nat(&scene.network, 1).state, NatState::Pending, "{code}");
        scene.wait(60);
        let failed = nat(&scene.network, 1);
        let failure = failed.failure.as_ref().unwrap();
        assert_eq!((failed.state, failure.code.as_str(), failure.message.as_str()), (NatState::Failed, code, message));
        assert_eq!(scene.network.enis().len(), enis, "it has no ENI");
        assert!(scene.network.elastic_ip(eip(2)).unwrap().association.is_none());
        scene.refuse_with(to_the_nat().1, "InvalidNatGatewayID.NotFound");
        scene.wait(3_600);
        assert!(scene.network.nat_gateway(id(1)).is_none());
    }
}

// rules: R50 R48
#[test]
fn a_gateway_that_failed_or_is_pending_can_be_deleted() {
    let mut scene = Scene::new();
    scene.settled(create(request(1, Some(eip(1)))));
    scene.accept(Command::DeleteNatGateway(id(1)));
    assert_eq!(nat(&scene.network, 1).state, NatState::Deleted, "at once: nothing stands");
    assert_eq!(scene.network.elastic_ip(eip(1)).unwrap().association.unwrap().eni, eni(4), "it never had the address");
    scene.accept(create(request(1, Some(eip(2)))));
    scene.accept(Command::DeleteNatGateway(id(2)));
    scene.wait(60);
    assert_eq!((nat(&scene.network, 2).state, scene.network.enis().len()), (NatState::Deleted, 4));
}

// rules: R43 R39
#[test]
fn a_private_gateway_has_private_addresses_only() {
    let mut scene = Scene::new();
    let wanted = CreateNatGateway { private_ip: Some(ip("10.1.1.20")), secondary_ips: vec![ip("10.1.1.30")], ..request(4, None) };
    scene.settled(create(wanted));
    assert_eq!(nat(&scene.network, 1).state, NatState::Available, "it needs no internet gateway");
    let ips = |scene: &Scene| nat(&scene.network, 1).addresses.iter().map(|address| address.private_ip.unwrap()).collect::<Vec<_>>();
    let on_eni = |scene: &Scene| scene.eni(eni(5)).addresses.iter().map(|address| address.ip).collect::<Vec<_>>();
    assert_eq!(ips(&scene), [ip("10.1.1.20"), ip("10.1.1.30")]);
    let more = AssignPrivateNatGatewayAddress { gateway: id(1), addresses: Vec::new(), count: Some(2) };
    let Reply::NatGatewayAddresses(_, added) = scene.accept(Command::AssignPrivateNatGatewayAddress(Box::new(more))) else { panic!() };
    assert_eq!(added.iter().map(|address| address.private_ip).collect::<Vec<_>>(), [Some(ip("10.1.1.4")), Some(ip("10.1.1.5"))]);
    assert_eq!((ips(&scene).len(), on_eni(&scene)), (4, ips(&scene)));
    let gone = vec![ip("10.1.1.30"), ip("10.1.1.4")];
    let Reply::NatGatewayAddresses(_, gone) = scene.accept(Command::UnassignPrivateNatGatewayAddress(id(1), gone)) else { panic!() };
    assert_eq!((gone.len(), ips(&scene)), (2, vec![ip("10.1.1.20"), ip("10.1.1.5")]));
    assert_eq!(on_eni(&scene), ips(&scene));

    // A count begins with one.
    scene.refuse_with(create(CreateNatGateway { secondary_count: Some(0), ..request(4, None) }), "InvalidParameterValue");
    // Eight addresses are as many as a gateway has, the primary one with them.
    let full = scene.accept(create(CreateNatGateway { secondary_count: Some(7), ..request(4, None) }));
    let Reply::NatGateway(full) = full else { panic!() };
    assert_eq!(scene.network.nat_gateway(full).unwrap().addresses.len(), 8);
}

// rules: R43 A26
#[test]
fn a_public_gateway_takes_further_elastic_ips() {
    let mut scene = Scene::new();
    let (third, fourth) = (scene.allocate(), scene.allocate());
    let wanted = CreateNatGateway { secondary_allocations: vec![third], secondary_ips: vec![ip("10.0.1.200")], ..request(1, Some(eip(2))) };
    scene.settled(create(wanted));
    let of = |scene: &Scene, allocation| scene.network.elastic_ip(allocation).unwrap().association.map(|tie| tie.private_ip);
    assert_eq!(of(&scene, third), Some(ip("10.0.1.200")));
    let more = AssociateNatGatewayAddress { gateway: id(1), allocations: vec![fourth], addresses: vec![ip("10.0.1.201")] };
    scene.accept(Command::AssociateNatGatewayAddress(Box::new(more)));
    assert_eq!((of(&scene, fourth), nat(&scene.network, 1).addresses.len()), (Some(ip("10.0.1.201")), 3));
    let tie = scene.network.elastic_ip(third).unwrap().association.unwrap().id;
    scene.accept(Command::DisassociateNatGatewayAddress(id(1), vec![tie]));
    assert_eq!((of(&scene, third), nat(&scene.network, 1).addresses.len(), scene.eni(eni(5)).addresses.len()), (None, 2, 2));
    scene.settled(Command::DeleteNatGateway(id(1)));
    assert_eq!((of(&scene, eip(2)), of(&scene, fourth)), (None, None));
}

// rules: R36 R49 L15
#[test]
fn what_it_stands_on_stays_until_it_is_gone() {
    let mut scene = Scene::new();
    scene.accept(Command::DisassociateAddress(id(1)));
    scene.settled(create(request(2, Some(eip(2)))));
    let refusal = scene.refuse_with(Command::DeleteSubnet(subnet(2)), "DependencyViolation");
    assert_eq!(refusal.remedy(&scene.network), Remedy::RemoveFirst(vec![TaggedId::NatGateway(id(1))]));
    let detach = Command::DetachInternetGateway { gateway: igw(1), vpc: vpc(1) };
    let refusal = scene.refuse_with(detach.clone(), "DependencyViolation");
    assert_eq!(refusal.remedy(&scene.network), Remedy::RemoveFirst(vec![TaggedId::NatGateway(id(1))]));
    // The quota counts by zone: `subnet-2` is in another one than `subnet-1`.
    scene.quotas(|quotas| quotas.nat_gateways_per_zone = 1);
    scene.refuse_with(create(request(2, None)), "NatGatewayLimitExceeded");
    scene.settled(create(request(1, None)));
    scene.settled(Command::DeleteNatGateway(id(1)));
    scene.accept(detach);
    scene.settled(create(request(2, None)));
}

// rules: R38
#[test]
fn what_is_forgotten_is_not_waited_for() {
    let mut scene = Scene::new();
    scene.accept(create(request(2, Some(eip(2)))));
    let later = settled_at(&scene.network, scene.now);
    assert_eq!(later.since(scene.now), scene.network.delays().nat_gateway_create);
    let mut world = scene.clone_world();
    settle(&mut world.network, later);
    assert_eq!(nat(&world.network, 1).state, NatState::Available);
    let delays = Delays { nat_gateway_forget: Duration::from_secs(3), ..*scene.network.delays() };
    scene.apply(&[Event::DelaysSet(Box::new(delays))]);
    scene.accept(Command::DeleteNatGateway(id(1)));
    scene.wait(5);
    assert_eq!(settled_at(&scene.network, scene.now), scene.now);
    assert_eq!(nat(&scene.network, 1).state, NatState::Deleted);
    scene.accept(Command::CreateTags { resources: vec![TaggedId::NatGateway(id(1))], tags: [("a".to_owned(), "b".to_owned())].into() });
    assert_eq!(nat(&scene.network, 1).tags.len(), 1);
}
