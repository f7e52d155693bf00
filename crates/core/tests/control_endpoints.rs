//! VPC endpoints, and the ENIs that a service makes for itself.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

mod support;

use eni_core::control::command::{AttachmentKey, Command, CreateVpcEndpoint, EniAttribute, ModifyVpcEndpoint, RouteTargetInput};
use eni_core::control::remedy::Remedy;
use eni_core::control::reply::Reply;
use eni_core::id::*;
use eni_core::model::Tags;
use eni_core::model::elastic_ip::EipAssociation;
use eni_core::model::endpoint::{EndpointState, prefix_list_of};
use eni_core::model::event::{Event, TaggedId};
use eni_core::model::route_table::{Destination, RouteTarget};
use support::scene::*;
use support::{World, id, ip};

fn gateway(service: &str, tables: &[RouteTableId]) -> CreateVpcEndpoint {
    CreateVpcEndpoint {
        vpc: vpc(1),
        service: Some(format!("com.amazonaws.us-east-1.{service}")),
        interface: false,
        tables: tables.to_vec(),
        subnets: Vec::new(),
        addresses: Vec::new(),
        groups: Vec::new(),
        private_dns: None,
        tags: Tags::new(),
    }
}

fn interface(service: &str, subnets: &[SubnetId]) -> CreateVpcEndpoint {
    CreateVpcEndpoint { interface: true, subnets: subnets.to_vec(), ..gateway(service, &[]) }
}

fn create(world: &mut World, request: CreateVpcEndpoint) -> EndpointId {
    let Reply::Endpoint(endpoint) = world.accept(Command::CreateVpcEndpoint(Box::new(request))) else { panic!() };
    endpoint
}

fn refused(world: &mut World, request: CreateVpcEndpoint, code: &str) {
    world.refuse_with(Command::CreateVpcEndpoint(Box::new(request)), code);
}

fn change(endpoint: EndpointId) -> ModifyVpcEndpoint {
    let none = || (Vec::new(), Vec::new());
    ModifyVpcEndpoint { endpoint, tables: none(), subnets: (Vec::new(), Vec::new()), groups: (Vec::new(), Vec::new()), private_dns: None }
}

fn modify(request: ModifyVpcEndpoint) -> Command {
    Command::ModifyVpcEndpoint(Box::new(request))
}

fn enis(world: &World, endpoint: EndpointId) -> Vec<EniId> {
    world.network.endpoint(endpoint).unwrap().enis().to_vec()
}

fn tables(world: &World, endpoint: EndpointId) -> Vec<RouteTableId> {
    world.network.routes_of_endpoint(endpoint).map(|(table, _)| table).collect()
}

// rules: R18 R55
#[test]
fn a_gateway_endpoint_is_a_route_in_each_table_that_only_it_changes() {
    let mut scene = Scene::new();
    let before = scene.network.enis().len();
    let s3 = create(&mut scene, gateway("s3", &[rtb(1), rtb(3), rtb(3)]));
    assert_eq!(scene.network.endpoint(s3).unwrap().state, EndpointState::Available, "at once");
    assert_eq!((tables(&scene, s3), scene.network.enis().len()), (vec![rtb(1), rtb(3)], before), "no ENI");
    let list = Destination::PrefixList(prefix_list_of("s3").unwrap());
    scene.refuse_with(Command::DeleteRoute { table: rtb(3), destination: list }, "InvalidParameterValue");
    let targets = vec![RouteTargetInput::Target(RouteTarget::InternetGateway(igw(1)))];
    scene.refuse_with(Command::SetRoute { table: rtb(3), destination: list, targets, replace: true }, "InvalidParameterValue");
    refused(&mut scene, gateway("s3", &[rtb(3)]), "RouteAlreadyExists");
    refused(&mut scene, gateway("s3", &[rtb(2)]), "InvalidParameter");
    refused(&mut scene, gateway("s3", &[rtb(9)]), "InvalidRouteTableID.NotFound");
    let dynamodb = create(&mut scene, gateway("dynamodb", &[rtb(3)]));
    assert_eq!(tables(&scene, dynamodb), [rtb(3)], "beside the other service's");

    scene.accept(modify(ModifyVpcEndpoint { tables: (Vec::new(), vec![rtb(1)]), ..change(s3) }));
    assert_eq!(tables(&scene, s3), [rtb(3)]);
    scene.refuse_with(modify(ModifyVpcEndpoint { tables: (Vec::new(), vec![rtb(1)]), ..change(s3) }), "InvalidParameter");
    scene.accept(modify(ModifyVpcEndpoint { tables: (vec![rtb(1)], Vec::new()), ..change(s3) }));
    scene.accept(Command::DeleteVpcEndpoints(vec![s3]));
    assert_eq!((tables(&scene, s3), scene.network.endpoint(s3).unwrap().state), (Vec::new(), EndpointState::Deleting));
    scene.wait(1);
    assert_eq!(scene.network.endpoint(s3), None);
    assert_eq!(tables(&scene, dynamodb), [rtb(3)]);
}

// rules: R56 E78 E80 E82 E13 I12
#[test]
fn an_interface_endpoint_is_an_eni_of_the_service_in_each_subnet() {
    let mut scene = Scene::new();
    let request = CreateVpcEndpoint { groups: vec![sg(3)], ..interface("ssm", &[subnet(1), subnet(2)]) };
    let ssm = create(&mut scene, request);
    assert_eq!(scene.network.endpoint(ssm).unwrap().state, EndpointState::Pending);
    scene.wait(5);
    assert_eq!(scene.network.endpoint(ssm).unwrap().state, EndpointState::Available);
    let made = enis(&scene, ssm);
    let places: Vec<_> = made.iter().map(|eni| scene.eni(*eni).subnet).collect();
    assert_eq!(places, [subnet(1), subnet(2)]);
    for eni in &made {
        let eni = scene.eni(*eni);
        assert_eq!((eni.kind.as_str(), eni.groups.as_slice()), ("vpc_endpoint", [sg(3)].as_slice()));
        assert_eq!(eni.description, format!("VPC Endpoint Interface {ssm}"));
        assert!(eni.is_requester_managed() && eni.is_in_use() && eni.attachment.is_none() && eni.source_dest_check);
        assert!(eni.primary_ip().is_some() && eni.addresses.iter().all(|address| address.public.is_none()));
    }
    let ties: Vec<_> = made.iter().map(|eni| scene.eni(*eni).requester.as_ref().unwrap().attachment.unwrap()).collect();
    assert_ne!(ties[0], ties[1]);
    assert_eq!(scene.eni(made[1]).primary_ip(), Some(ip("10.0.2.4")), "the lowest free address");
}

// rules: R56
#[test]
fn an_interface_endpoint_stands_at_the_addresses_that_were_chosen() {
    let mut scene = Scene::new();
    let chosen = |place| CreateVpcEndpoint { addresses: vec![place], ..interface("ssm", &[subnet(1)]) };
    let ssm = create(&mut scene, chosen((subnet(2), ip("10.0.2.77"))));
    let at: Vec<_> = enis(&scene, ssm).iter().map(|eni| (scene.eni(*eni).subnet, scene.eni(*eni).primary_ip().unwrap())).collect();
    assert_eq!((at[0].0, at[1]), (subnet(1), (subnet(2), ip("10.0.2.77"))));
    let again = chosen((subnet(2), ip("10.0.2.77")));
    refused(&mut scene, again, "InvalidIPAddress.InUse");
    refused(&mut scene, chosen((subnet(2), ip("10.0.1.99"))), "InvalidParameterValue");
    refused(&mut scene, CreateVpcEndpoint { addresses: vec![(subnet(1), ip("10.0.1.99"))], ..gateway("s3", &[]) }, "InvalidParameter");
}

// rules: E10 E80 E81
#[test]
fn the_user_may_look_at_and_tag_a_services_eni_and_nothing_else() {
    let mut scene = Scene::new();
    let endpoint = create(&mut scene, interface("ssm", &[subnet(1)]));
    let eni = enis(&scene, endpoint)[0];
    let tie = scene.eni(eni).requester.as_ref().unwrap().attachment.unwrap();
    scene.refuse_with(Command::DeleteNetworkInterface(eni), "AuthFailure");
    scene.refuse_with(Command::DetachNetworkInterface { attachment: AttachmentKey::Service(tie), force: true }, "OperationNotPermitted");
    for attribute in [EniAttribute::Groups(vec![sg(3)]), EniAttribute::SourceDestCheck(false), EniAttribute::Description("mine".to_owned())]
    {
        scene.refuse_with(Command::ModifyNetworkInterfaceAttribute(eni, vec![attribute]), "AuthFailure");
    }
    scene.refuse_with(support::associate(eip(2), eni), "AuthFailure");
    scene.accept(Command::CreateTags { resources: vec![TaggedId::Eni(eni)], tags: Tags::from([("Name".to_owned(), "ssm".to_owned())]) });
    assert_eq!(scene.eni(eni).tags.get("Name").unwrap(), "ssm");
}

// rule: S9
#[test]
fn a_group_stays_also_where_the_endpoint_that_names_it_has_no_subnet() {
    let mut scene = Scene::new();
    let endpoint = create(&mut scene, CreateVpcEndpoint { vpc: vpc(2), groups: vec![sg(4)], ..interface("ssm", &[]) });
    let refusal = scene.refuse_with(Command::DeleteSecurityGroup(sg(4)), "DependencyViolation");
    assert_eq!(refusal.remedy(&scene.network), Remedy::RemoveFirst(vec![TaggedId::Endpoint(endpoint)]));
    scene.settled(Command::DeleteVpcEndpoints(vec![endpoint]));
    scene.accept(Command::DeleteSecurityGroup(sg(4)));
}

// rules: E80 L15 S9
#[test]
fn what_an_endpoint_uses_stays_until_the_endpoint_goes() {
    let mut scene = Scene::new();
    let request = CreateVpcEndpoint { vpc: vpc(2), groups: vec![sg(4)], ..interface("ssm", &[subnet(4)]) };
    let endpoint = create(&mut scene, request);
    scene.wait(5);
    let eni = enis(&scene, endpoint)[0];
    scene.refuse_with(Command::DeleteSubnet(subnet(4)), "DependencyViolation");
    scene.refuse_with(Command::DeleteSecurityGroup(sg(4)), "DependencyViolation");
    scene.accept(Command::DeleteVpcEndpoints(vec![endpoint]));
    scene.refuse_with(Command::DeleteSubnet(subnet(4)), "DependencyViolation");
    scene.wait(1);
    assert!(scene.network.eni(eni).is_none());
    scene.accept(Command::DeleteSubnet(subnet(4)));
    scene.accept(Command::DeleteSecurityGroup(sg(4)));
    let empty = create(&mut scene, CreateVpcEndpoint { vpc: vpc(2), ..gateway("s3", &[]) });
    let refusal = scene.refuse_with(Command::DeleteVpc(vpc(2)), "DependencyViolation");
    assert_eq!(refusal.remedy(&scene.network), Remedy::RemoveFirst(vec![TaggedId::Endpoint(empty)]));
    scene.settled(Command::DeleteVpcEndpoints(vec![empty]));
    scene.accept(Command::DeleteVpc(vpc(2)));
}

// rules: R56
#[test]
fn an_endpoint_has_one_eni_in_a_zone_and_moves_by_subnets() {
    let mut scene = Scene::new();
    refused(&mut scene, interface("ssm", &[subnet(1), subnet(3)]), "DuplicateSubnetsInSameZone");
    refused(&mut scene, interface("ssm", &[subnet(4)]), "InvalidParameter");
    refused(&mut scene, interface("ssm", &[subnet(9)]), "InvalidSubnetID.NotFound");
    let endpoint = create(&mut scene, interface("ssm", &[subnet(1)]));
    let first = enis(&scene, endpoint)[0];
    assert_eq!(scene.eni(first).groups, [sg(1)], "the VPC's default group");
    scene.refuse_with(
        modify(ModifyVpcEndpoint { subnets: (vec![subnet(3)], Vec::new()), ..change(endpoint) }),
        "DuplicateSubnetsInSameZone",
    );
    scene.accept(modify(ModifyVpcEndpoint { subnets: (vec![subnet(2), subnet(3)], vec![subnet(1)]), ..change(endpoint) }));
    let places: Vec<_> = enis(&scene, endpoint).iter().map(|eni| scene.eni(*eni).subnet).collect();
    assert_eq!((places, scene.network.eni(first)), (vec![subnet(2), subnet(3)], None));
    scene.refuse_with(modify(ModifyVpcEndpoint { subnets: (Vec::new(), vec![subnet(1)]), ..change(endpoint) }), "InvalidParameter");

    scene.accept(modify(ModifyVpcEndpoint { groups: (vec![sg(3)], vec![sg(1)]), ..change(endpoint) }));
    assert!(enis(&scene, endpoint).iter().all(|eni| scene.eni(*eni).groups == [sg(3)]));
    scene.refuse_with(modify(ModifyVpcEndpoint { groups: (Vec::new(), vec![sg(3)]), ..change(endpoint) }), "InvalidParameter");
    scene.refuse_with(modify(ModifyVpcEndpoint { groups: (vec![sg(4)], Vec::new()), ..change(endpoint) }), "InvalidGroup.NotFound");
    scene.refuse_with(modify(ModifyVpcEndpoint { tables: (vec![rtb(3)], Vec::new()), ..change(endpoint) }), "InvalidParameter");
}

// rules: P42
#[test]
fn the_services_name_leads_to_an_endpoint_where_the_vpc_has_names() {
    let mut scene = Scene::new();
    let named = |service: &str| CreateVpcEndpoint { private_dns: Some(true), ..interface(service, &[subnet(1)]) };
    refused(&mut scene, named("ssm"), "InvalidParameter");
    scene.accept(Command::ModifyVpcAttribute { vpc: vpc(1), dns_support: None, dns_hostnames: Some(true) });
    let first = create(&mut scene, named("ssm"));
    assert!(scene.network.endpoint(first).unwrap().has_private_dns());
    refused(&mut scene, named("ssm"), "InvalidParameter");
    create(&mut scene, named("sqs"));
    let second = create(&mut scene, interface("ssm", &[subnet(2)]));
    scene.refuse_with(modify(ModifyVpcEndpoint { private_dns: Some(true), ..change(second) }), "InvalidParameter");
    scene.accept(modify(ModifyVpcEndpoint { private_dns: Some(false), ..change(first) }));
    scene.accept(modify(ModifyVpcEndpoint { private_dns: Some(true), ..change(second) }));
    assert!(scene.network.endpoint(second).unwrap().has_private_dns());
    scene.accept(modify(ModifyVpcEndpoint { private_dns: Some(true), ..change(second) }));
    // One that is on its way off leaves the name to another one at once.
    scene.accept(Command::DeleteVpcEndpoints(vec![second]));
    create(&mut scene, named("ssm"));
}

// rules: R55 R56 X2
#[test]
fn services_and_types_must_fit() {
    let mut scene = Scene::new();
    refused(&mut scene, gateway("ssm", &[]), "InvalidParameter");
    refused(&mut scene, gateway("teapot", &[]), "InvalidServiceName");
    refused(
        &mut scene,
        CreateVpcEndpoint { service: Some("com.amazonaws.eu-west-1.s3".to_owned()), ..gateway("s3", &[]) },
        "InvalidServiceName",
    );
    for request in [
        CreateVpcEndpoint { subnets: vec![subnet(1)], ..gateway("s3", &[]) },
        CreateVpcEndpoint { addresses: vec![(subnet(1), ip("10.0.1.40"))], ..gateway("s3", &[]) },
        CreateVpcEndpoint { groups: vec![sg(3)], ..gateway("s3", &[]) },
        CreateVpcEndpoint { private_dns: Some(true), ..gateway("s3", &[]) },
    ] {
        refused(&mut scene, request, "InvalidParameter");
    }
    create(&mut scene, CreateVpcEndpoint { private_dns: Some(false), ..gateway("dynamodb", &[]) });
    refused(&mut scene, CreateVpcEndpoint { tables: vec![rtb(3)], ..interface("s3", &[]) }, "InvalidParameter");
    create(&mut scene, interface("s3", &[]));
    scene.quotas(|quotas| (quotas.gateway_endpoints, quotas.interface_endpoints_per_vpc) = (0, 1));
    refused(&mut scene, gateway("s3", &[]), "VpcEndpointLimitExceeded");
    refused(&mut scene, interface("ssm", &[]), "VpcEndpointLimitExceeded");
    create(&mut scene, CreateVpcEndpoint { vpc: vpc(2), ..interface("ssm", &[]) });
}

// rules: R56
#[test]
fn deleting_tells_which_endpoints_are_not_there_and_takes_the_others() {
    let mut scene = Scene::new();
    let first = create(&mut scene, interface("ssm", &[subnet(1)]));
    let Reply::Unsuccessful(list) = scene.accept(Command::DeleteVpcEndpoints(vec![id(9), first])) else { panic!() };
    assert_eq!(
        list.iter().map(|(id, refusal)| (id.as_str(), refusal.code())).collect::<Vec<_>>(),
        [("vpce-00000000000000009", "InvalidVpcEndpointId.NotFound")]
    );
    let under_way = scene.network.transitions().count();
    scene.accept(Command::DeleteVpcEndpoints(vec![first]));
    assert_eq!(scene.network.transitions().count(), under_way, "it goes once");
    scene.wait(1);
    assert_eq!(scene.network.endpoints().len(), 0);
}

// rules: R56
#[test]
fn an_elastic_ip_that_an_import_put_on_an_endpoints_eni_is_free_when_it_goes() {
    let mut scene = Scene::new();
    let endpoint = create(&mut scene, interface("ssm", &[subnet(1)]));
    let interface = enis(&scene, endpoint)[0];
    let tie = EipAssociation { id: id(77), eni: interface, private_ip: scene.eni(interface).addresses[0].ip };
    scene.apply(&[Event::ElasticIpAssociated(eip(2), tie)]);
    scene.accept(Command::DeleteVpcEndpoints(vec![endpoint]));
    scene.wait(5);
    assert_eq!((scene.network.eni(interface), scene.network.elastic_ip(eip(2)).unwrap().association), (None, None));
    assert_eq!(scene.network.check_invariants(), Vec::<String>::new());
}
