//! Network interfaces that services make for themselves (E13, E78, E80 to E83).

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

mod support;

use eni_core::control::command::{AttachmentKey, Command, CreateNatGateway, CreateVpcEndpoint, EniAttribute, ServiceTakes};
use eni_core::control::reply::Reply;
use eni_core::id::EniId;
use eni_core::model::Tags;
use eni_core::model::event::TaggedId;
use eni_core::model::service::Service;
use support::scene::{Scene, sg, subnet, vpc};
use support::{create_eni, id, ip, run};

fn takes(service: Service, number: u64) -> Command {
    Command::ServiceTakes(Box::new(ServiceTakes { service, subnet: subnet(number), name: "shop".to_owned(), groups: Vec::new() }))
}

fn made(scene: &mut Scene, command: Command) -> EniId {
    let Reply::Eni(eni) = scene.accept(command) else { panic!() };
    eni
}

// rules: E13 E78 E80 E82 E83
#[test]
fn each_service_has_its_type_description_and_requester() {
    let mut scene = Scene::new();
    for (service, kind, requester, description, checks) in [
        (Service::Rds, "interface", "amazon-rds", "RDSNetworkInterface", true),
        (Service::ApplicationLoadBalancer, "interface", "amazon-elb", "ELB app/shop", false),
        (Service::NetworkLoadBalancer, "network_load_balancer", "amazon-elb", "ELB net/shop", false),
    ] {
        let free = scene.network.free_address_count(scene.network.subnet(subnet(2)).unwrap());
        let eni = made(&mut scene, takes(service, 2));
        let eni = scene.eni(eni);
        let by = eni.requester.as_ref().unwrap();
        assert_eq!((eni.kind.as_str(), by.id.as_str(), eni.description.as_str()), (kind, requester, description));
        assert_eq!((eni.source_dest_check, by.managed, by.attachment.is_some()), (checks, true, true), "{service:?}");
        assert_eq!((eni.groups.as_slice(), eni.attachment.is_none()), ([sg(1)].as_slice(), true));
        assert_eq!(scene.network.free_address_count(scene.network.subnet(subnet(2)).unwrap()), free - 1);
    }
    scene.check();
}

fn private_gateway(address: &str) -> Command {
    Command::CreateNatGateway(Box::new(CreateNatGateway {
        subnet: subnet(2),
        public: false,
        allocation: None,
        private_ip: Some(ip(address)),
        secondary_allocations: vec![],
        secondary_ips: vec![],
        secondary_count: Some(1),
        tags: Tags::new(),
    }))
}

fn endpoint(subnets: &[u64]) -> Command {
    Command::CreateVpcEndpoint(Box::new(CreateVpcEndpoint {
        vpc: vpc(1),
        service: Some("com.amazonaws.us-east-1.ssm".to_owned()),
        interface: true,
        tables: Vec::new(),
        subnets: subnets.iter().map(|number| subnet(*number)).collect(),
        addresses: Vec::new(),
        groups: Vec::new(),
        private_dns: None,
        tags: Tags::new(),
    }))
}

// rules: E86
#[test]
fn whoever_makes_an_eni_the_region_holds_so_many_and_no_more() {
    let mut three = run(Some(subnet(1)), "t3.micro");
    three.count = 3;
    for (act, needs) in [
        (create_eni(subnet(1)), 1),
        (takes(Service::Rds, 2), 1),
        (endpoint(&[1, 2]), 2),
        (private_gateway("10.0.2.9"), 1),
        (Command::RunInstances(Box::new(three)), 3),
    ] {
        for (room, accepted) in [(needs, true), (needs - 1, false)] {
            let mut scene = Scene::new();
            let there = scene.network.enis().len();
            scene.quotas(|quotas| quotas.enis = there + room);
            if accepted {
                scene.accept(act.clone());
                assert_eq!(scene.network.enis().len(), there + needs);
            } else {
                scene.refuse_with(act.clone(), "NetworkInterfaceLimitExceeded");
            }
        }
    }
}

// rules: S9
#[test]
fn the_eni_of_a_service_has_as_many_groups_as_any_other() {
    let mut scene = Scene::new();
    let groups: Vec<_> = (0..6).map(|number| scene.world.group(vpc(1), &format!("group-{number}"))).collect();
    let with = |count: usize| {
        let groups = groups[..count].to_vec();
        Command::ServiceTakes(Box::new(ServiceTakes { service: Service::Rds, subnet: subnet(2), name: "shop".to_owned(), groups }))
    };
    scene.accept(with(5));
    scene.refuse_with(with(6), "SecurityGroupsPerInterfaceLimitExceeded");
}

// rules: E80 E81
#[test]
fn it_protects_itself_and_goes_with_the_service() {
    let mut scene = Scene::new();
    let eni = made(&mut scene, takes(Service::Rds, 2));
    let attachment = scene.eni(eni).requester.as_ref().unwrap().attachment.unwrap();
    scene.refuse_with(Command::DeleteNetworkInterface(eni), "AuthFailure");
    scene.refuse_with(Command::ModifyNetworkInterfaceAttribute(eni, vec![EniAttribute::SourceDestCheck(false)]), "AuthFailure");
    let detach = Command::DetachNetworkInterface { attachment: AttachmentKey::Service(attachment), force: true };
    scene.refuse_with(detach, "OperationNotPermitted");
    scene.accept(Command::CreateTags { resources: vec![TaggedId::Eni(eni)], tags: Tags::from([("a".to_owned(), "b".to_owned())]) });
    scene.refuse_with(Command::DeleteSubnet(subnet(2)), "DependencyViolation");
    scene.accept(Command::ServiceLeaves(eni));
    assert!(scene.network.eni(eni).is_none());
    scene.accept(Command::DeleteSubnet(subnet(2)));
    scene.check();
}

// rules: E6 E7 E49 E86
#[test]
fn it_needs_a_free_address_groups_of_its_vpc_and_room_in_the_region() {
    let mut scene = Scene::new();
    let with = |groups| ServiceTakes { service: Service::Rds, subnet: subnet(2), name: "shop".to_owned(), groups };
    scene.refuse_with(Command::ServiceTakes(Box::new(with(vec![sg(4)]))), "InvalidParameterValue");
    scene.refuse_with(Command::ServiceTakes(Box::new(with(vec![sg(99)]))), "InvalidSecurityGroupID.NotFound");
    let name = "\u{e9}".to_owned();
    scene.refuse_with(
        Command::ServiceTakes(Box::new(ServiceTakes { name, service: Service::NetworkLoadBalancer, ..with(vec![]) })),
        "InvalidParameterValue",
    );
    let quotas = *scene.network.quotas();
    scene.quotas(|quotas| quotas.groups_per_eni = 1);
    scene.refuse_with(Command::ServiceTakes(Box::new(with(vec![sg(1), sg(3)]))), "SecurityGroupsPerInterfaceLimitExceeded");
    scene.quotas(|now| *now = quotas);
    let eni = made(&mut scene, Command::ServiceTakes(Box::new(with(vec![sg(3)]))));
    assert_eq!(scene.eni(eni).groups, [sg(3)]);
    for _ in 0..11 {
        made(&mut scene, takes(Service::ApplicationLoadBalancer, 3));
    }
    scene.refuse_with(takes(Service::ApplicationLoadBalancer, 3), "InsufficientFreeAddressesInSubnet");
    scene.quotas(|quotas| quotas.enis = 1);
    scene.refuse_with(takes(Service::ApplicationLoadBalancer, 2), "NetworkInterfaceLimitExceeded");
    scene.refuse_with(takes(Service::ApplicationLoadBalancer, 9), "InvalidSubnetID.NotFound");
}

// rules: E80 E83 I12 R40
#[test]
fn what_a_nat_gateway_has_goes_with_the_gateway() {
    let mut scene = Scene::new();
    scene.settled(private_gateway("10.0.2.9"));
    let eni = scene.network.nat_gateway(id(1)).unwrap().eni().unwrap();
    let found = scene.eni(eni);
    assert_eq!(
        (found.kind.as_str(), found.description.as_str()),
        ("nat_gateway", format!("Interface for NAT Gateway {}", scene.network.nat_gateway(id(1)).unwrap().id).as_str())
    );
    assert_eq!(
        (found.primary_ip(), found.addresses.len(), found.source_dest_check, found.groups.len()),
        (Some(ip("10.0.2.9")), 2, false, 0)
    );
    scene.refuse_with(Command::ServiceLeaves(eni), "OperationNotPermitted");
}
