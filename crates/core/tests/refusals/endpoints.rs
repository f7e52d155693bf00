//! VPC endpoints.

use super::*;
use eni_core::control::command::{CreateVpcEndpoint, ModifyVpcEndpoint};
use eni_core::control::reply::Reply;

fn request(service: &str, interface: bool) -> CreateVpcEndpoint {
    CreateVpcEndpoint {
        vpc: vpc(1),
        service: Some(format!("com.amazonaws.us-east-1.{service}")),
        interface,
        tables: Vec::new(),
        subnets: Vec::new(),
        addresses: Vec::new(),
        groups: Vec::new(),
        private_dns: None,
        tags: Tags::new(),
    }
}

fn create(request: CreateVpcEndpoint) -> Command {
    Command::CreateVpcEndpoint(Box::new(request))
}

/// `vpce-1`, an interface endpoint in `subnet-1`.
fn made(scene: &mut Scene) -> EndpointId {
    let Reply::Endpoint(endpoint) = scene.settled(create(CreateVpcEndpoint { subnets: vec![subnet(1)], ..request("ssm", true) })) else {
        panic!()
    };
    endpoint
}

fn modify(endpoint: EndpointId, change: impl FnOnce(&mut ModifyVpcEndpoint)) -> Command {
    let (tables, subnets, groups) = Default::default();
    let mut request = ModifyVpcEndpoint { endpoint, tables, subnets, groups, private_dns: None };
    change(&mut request);
    Command::ModifyVpcEndpoint(Box::new(request))
}

pub const ENDPOINTS: &[Case] = &[
    case("MissingParameter", "MissingParameter: The request must contain the parameter serviceName", |_| {
        create(CreateVpcEndpoint { service: None, ..request("s3", false) })
    }),
    case("EndpointNotFound", "InvalidVpcEndpointId.NotFound: The Vpc Endpoint Id 'vpce-9' does not exist", |_| modify(id(9), |_| {})),
    case("EniOfOther", "OperationNotPermitted: eni-5 belongs to vpce-1 and goes with it.", |scene| {
        let made = made(scene);
        Command::ServiceLeaves(scene.network.endpoint(made).unwrap().enis()[0])
    }),
    case("EniOfNoService", "OperationNotPermitted: eni-3 was not made by a service.", |_| Command::ServiceLeaves(id(3))),
    case("EndpointServiceNotFound", "InvalidServiceName: The Vpc Endpoint Service 'com.amazonaws.us-east-1.teapot' does not exist", |_| {
        create(request("teapot", true))
    }),
    case(
        "EndpointTypeOfService",
        "InvalidParameter: Endpoint type (Gateway) does not match available service types ([Interface]).",
        |_| create(request("ssm", false)),
    ),
    case(
        "NotForEndpointType",
        "InvalidParameter: The parameter routeTableIds cannot be used with an endpoint of the type Interface.",
        |_| create(CreateVpcEndpoint { tables: vec![rtb(3)], ..request("s3", true) }),
    ),
    case("NotInEndpointsVpc", "InvalidParameter: subnet-4 does not belong to vpc-1.", |_| {
        create(CreateVpcEndpoint { subnets: vec![subnet(4)], ..request("ssm", true) })
    }),
    case("NotOfEndpoint", "InvalidParameter: subnet-2 is not associated with vpce-1.", |scene| {
        modify(made(scene), |change| change.subnets.1 = vec![subnet(2)])
    }),
    case(
        "EndpointRouteExists",
        "RouteAlreadyExists: route table rtb-3 already has a route with destination-prefix-list-id pl-63a5400a",
        |scene| {
            let twice = || create(CreateVpcEndpoint { tables: vec![rtb(3)], ..request("s3", false) });
            scene.accept(twice());
            twice()
        },
    ),
    case(
        "EndpointZoneTaken",
        "DuplicateSubnetsInSameZone: Found another VPC endpoint subnet in the availability zone of subnet-3",
        |scene| modify(made(scene), |change| change.subnets.0 = vec![subnet(3)]),
    ),
    case(
        "PrivateDnsNeedsNames",
        "InvalidParameter: Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for vpc-1",
        |_| create(CreateVpcEndpoint { private_dns: Some(true), ..request("ssm", true) }),
    ),
    case(
        "PrivateDnsTaken",
        "InvalidParameter: private-dns-enabled cannot be set because there is already a conflicting DNS domain in the VPC vpc-1",
        |scene| {
            scene.accept(Command::ModifyVpcAttribute { vpc: vpc(1), dns_support: None, dns_hostnames: Some(true) });
            let named = || create(CreateVpcEndpoint { private_dns: Some(true), ..request("ssm", true) });
            scene.accept(named());
            named()
        },
    ),
    case("LastEndpointGroup", "InvalidParameter: vpce-1 must have at least one security group.", |scene| {
        modify(made(scene), |change| change.groups.1 = vec![sg(1)])
    }),
    case("EndpointLimit", "VpcEndpointLimitExceeded: The maximum number of VPC endpoints has been reached.", |scene| {
        scene.quotas(|quotas| quotas.gateway_endpoints = 0);
        create(request("s3", false))
    }),
];
