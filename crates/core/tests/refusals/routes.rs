//! Route tables.

use super::*;
use eni_core::addr::IpNet;
use eni_core::control::command::RouteTargetInput;
use eni_core::model::route_table::{Destination, Route, RouteOrigin, RouteTable, RouteTableUser, RouteTarget};

fn to(block: &str) -> Destination {
    Destination::Cidr(IpNet::V4(net(block)))
}

fn set(block: &str, target: RouteTarget, replace: bool) -> Command {
    Command::SetRoute { table: rtb(3), destination: to(block), targets: vec![RouteTargetInput::Target(target)], replace }
}

fn gateway(number: u64) -> RouteTarget {
    RouteTarget::InternetGateway(igw(number))
}

/// A route of a gateway endpoint in `rtb-3`, as an import brings it.
fn endpoint_route(scene: &mut Scene) -> Destination {
    let list = Destination::PrefixList(id(7));
    let route = Route { target: RouteTarget::Endpoint(id(7)), origin: RouteOrigin::CreateRoute };
    scene.apply(&[Event::RouteSet(rtb(3), list, route)]);
    list
}

pub const ROUTES: &[Case] = &[
    case(
        "NoRouteTarget",
        "MissingParameter: The request must contain exactly one of gatewayId, natGatewayId, networkInterfaceId, vpcPeeringConnectionId, egressOnlyInternetGatewayId, transitGatewayId, localGatewayId, carrierGatewayId, vpcEndpointId or coreNetworkArn",
        |_| Command::SetRoute { table: rtb(3), destination: to("0.0.0.0/0"), targets: Vec::new(), replace: false },
    ),
    case(
        "SeveralRouteTargets",
        "InvalidParameterCombination: The request must contain exactly one of gatewayId, natGatewayId, networkInterfaceId, vpcPeeringConnectionId, egressOnlyInternetGatewayId, transitGatewayId, localGatewayId, carrierGatewayId, vpcEndpointId or coreNetworkArn",
        |_| {
            let targets = vec![RouteTargetInput::Target(gateway(1)), RouteTargetInput::Instance(inst(2))];
            Command::SetRoute { table: rtb(3), destination: to("0.0.0.0/0"), targets, replace: false }
        },
    ),
    case("RouteExists", "RouteAlreadyExists: The route identified by 0.0.0.0/0 already exists.", |scene| {
        scene.accept(set("0.0.0.0/0", gateway(1), false));
        set("0.0.0.0/0", RouteTarget::Eni(eni(1)), false)
    }),
    case(
        "NoRouteToReplace",
        "InvalidParameterValue: There is no route defined for '0.0.0.0/0' in the route table. Use CreateRoute instead.",
        |_| set("0.0.0.0/0", gateway(1), true),
    ),
    case("RouteNotFound", "InvalidRoute.NotFound: no route with destination-cidr-block 0.0.0.0/0 in route table rtb-3", |_| {
        Command::DeleteRoute { table: rtb(3), destination: to("0.0.0.0/0") }
    }),
    case("LocalRoute", "InvalidParameterValue: cannot remove local route 10.0.0.0/16 in route table rtb-3", |_| Command::DeleteRoute {
        table: rtb(3),
        destination: to("10.0.0.0/16"),
    }),
    case("EndpointRoute", "InvalidParameterValue: cannot modify the route of a gateway endpoint pl-7 in route table rtb-3", |scene| {
        let destination = endpoint_route(scene);
        Command::DeleteRoute { table: rtb(3), destination }
    }),
    case("DifferentNetwork", "InvalidParameterValue: route table rtb-3 and network gateway igw-2 belong to different networks", |_| {
        set("0.0.0.0/0", gateway(2), false)
    }),
    case("DifferentNetwork", "InvalidParameterValue: route table rtb-3 and interface eni-5 belong to different networks", |scene| {
        let foreign = scene.interface(subnet(4));
        set("0.0.0.0/0", RouteTarget::Eni(foreign), false)
    }),
    case("DifferentNetwork", "InvalidParameterValue: route table rtb-3 and subnet subnet-4 belong to different networks", |_| {
        Command::AssociateRouteTable { table: rtb(3), subnet: subnet(4) }
    }),
    case(
        "InsideLocal",
        "InvalidParameterValue: The destination CIDR block 10.0.2.0/24 is equal to or more specific than one of this VPC's CIDR blocks. This route can target only an interface or an instance.",
        |_| set("10.0.2.0/24", gateway(1), false),
    ),
    case("NoSuchSubnetBlock", "InvalidParameterValue: Route destination doesn't match any subnet CIDR blocks.", |_| {
        set("10.0.2.0/25", RouteTarget::Eni(eni(1)), false)
    }),
    case(
        "InsideLocal",
        "InvalidParameterValue: The destination CIDR block 10.0.2.0/25 is equal to or more specific than one of this VPC's CIDR blocks. This route can target only an interface or an instance.",
        |_| set("10.0.2.0/25", gateway(1), false),
    ),
    case(
        "LocalOutside",
        "InvalidParameterValue: The destination CIDR block 10.0.0.0/8 is not one of this VPC's CIDR blocks. Only those can target local.",
        |_| set("10.0.0.0/8", RouteTarget::Local, false),
    ),
    case(
        "EdgeTarget",
        "InvalidParameterValue: Route target is not supported. This route only supports interface and instance targets.",
        |scene| edge_route(scene, "10.0.1.0/24", gateway(1)),
    ),
    case("EdgeDestination", "InvalidParameterValue: Route destination doesn't match any subnet CIDR blocks.", |scene| {
        edge_route(scene, "192.168.0.0/16", RouteTarget::Eni(eni(4)))
    }),
    case(
        "UnsupportedTarget",
        "RouteNotSupported: Route table contains unsupported route target: vpce-7. VPC Endpoints of this type cannot be used as route targets.",
        |_| set("0.0.0.0/0", RouteTarget::Endpoint(id(7)), false),
    ),
    case(
        "ServiceDestination",
        "InvalidParameterValue: Value (169.254.168.0/24) for parameter destinationCidrBlock is invalid. It is reserved for AWS services.",
        |_| set("169.254.168.0/24", gateway(1), false),
    ),
    case("RouteLimit", "RouteLimitExceeded: The maximum number of routes per route table has been reached.", |scene| {
        scene.quotas(|quotas| quotas.routes_per_table = 1);
        set("0.0.0.0/0", gateway(1), false)
    }),
    case("RouteTableLimit", "RouteTableLimitExceeded: The maximum number of route tables has been reached.", |scene| {
        scene.quotas(|quotas| quotas.route_tables_per_vpc = 2);
        Command::CreateRouteTable { vpc: vpc(1), tags: Tags::new() }
    }),
    case("RouteTableInUse", "DependencyViolation: The routeTable 'rtb-1' has dependencies and cannot be deleted.", |_| {
        Command::DeleteRouteTable(rtb(1))
    }),
    case(
        "SubnetHasTable",
        "Resource.AlreadyAssociated: the specified association for route table rtb-1 conflicts with an existing association",
        |scene| {
            scene.accept(Command::AssociateRouteTable { table: rtb(3), subnet: subnet(1) });
            Command::AssociateRouteTable { table: rtb(1), subnet: subnet(1) }
        },
    ),
    case("MainAssociation", "InvalidParameterValue: cannot disassociate the main route table association rtbassoc-1", |_| {
        Command::DisassociateRouteTable(id(1))
    }),
    case("InstanceNotReady", "IncorrectState: Instance 'i-2' is not in a valid state for this operation.", |scene| {
        scene.settled(Command::TerminateInstances(vec![inst(2)]));
        Command::SetRoute {
            table: rtb(3),
            destination: to("0.0.0.0/0"),
            targets: vec![RouteTargetInput::Instance(inst(2))],
            replace: false,
        }
    }),
    case(
        "SeveralEnis",
        "InvalidInstanceID: There are multiple interfaces attached to instance 'i-1'. Please specify an interface ID for the operation instead.",
        |_| Command::SetRoute {
            table: rtb(3),
            destination: to("0.0.0.0/0"),
            targets: vec![RouteTargetInput::Instance(inst(1))],
            replace: false,
        },
    ),
];

/// A route in a table of the internet gateway.
fn edge_route(scene: &mut Scene, destination: &str, target: RouteTarget) -> Command {
    let mut edge: RouteTable = scene.network.route_table(rtb(3)).unwrap().clone();
    edge.id = rtb(8);
    edge.associations.insert(id(80), RouteTableUser::InternetGateway(igw(1)));
    scene.apply(&[Event::RouteTableCreated(Box::new(edge))]);
    Command::SetRoute { table: rtb(8), destination: to(destination), targets: vec![RouteTargetInput::Target(target)], replace: false }
}
