//! Tables of gateways, and egress-only internet gateways.

use super::*;
use eni_core::addr::IpNet;
use eni_core::control::command::{EdgeGateway, RouteTargetInput};
use eni_core::model::route_table::{Destination, RouteTarget};

fn to(block: &str) -> Destination {
    Destination::Cidr(block.parse::<IpNet>().unwrap())
}

fn set(block: &str, target: RouteTarget) -> Command {
    Command::SetRoute { table: rtb(3), destination: to(block), targets: vec![RouteTargetInput::Target(target)], replace: false }
}

fn associate(table: u64, gateway: u64) -> Command {
    Command::AssociateGatewayRouteTable { table: rtb(table), gateway: EdgeGateway::Internet(igw(gateway)) }
}

fn egress(number: u64) -> Command {
    Command::CreateEgressOnlyInternetGateway { vpc: vpc(number), tags: Tags::new() }
}

pub const EDGES: &[Case] = &[
    case("MainTableAtEdge", "InvalidParameterValue: The main route table rtb-1 cannot be associated with a gateway.", |_| associate(1, 1)),
    case("MainTableAtEdge", "InvalidParameterValue: The main route table rtb-3 cannot be associated with a gateway.", |scene| {
        scene.accept(associate(3, 1));
        Command::ReplaceRouteTableAssociation { association: id(1), table: rtb(3) }
    }),
    case(
        "PropagationAtEdge",
        "InvalidParameterValue: Route table rtb-3 cannot have route propagation and an association with a gateway.",
        |scene| {
            let mut table = scene.network.route_table(rtb(3)).unwrap().clone();
            table.propagating.push(id(1));
            scene.apply(&[Event::RouteTableCreated(Box::new(table))]);
            associate(3, 1)
        },
    ),
    case(
        "RouteAtEdge",
        "InvalidParameterValue: Route table rtb-3 has the route 0.0.0.0/0, which a route table of a gateway cannot have.",
        |scene| {
            scene.accept(set("0.0.0.0/0", RouteTarget::InternetGateway(igw(1))));
            associate(3, 1)
        },
    ),
    case(
        "RouteAtEdge",
        "InvalidParameterValue: Route table rtb-3 has the route 192.168.0.0/16, which a route table of a gateway cannot have.",
        |scene| {
            scene.accept(set("192.168.0.0/16", RouteTarget::Eni(eni(1))));
            associate(3, 1)
        },
    ),
    case("DifferentNetwork", "InvalidParameterValue: route table rtb-3 and network gateway igw-2 belong to different networks", |_| {
        associate(3, 2)
    }),
    case(
        "SubnetHasTable",
        "Resource.AlreadyAssociated: the specified association for route table rtb-4 conflicts with an existing association",
        |scene| {
            scene.accept(associate(3, 1));
            scene.accept(Command::CreateRouteTable { vpc: vpc(1), tags: Tags::new() });
            associate(4, 1)
        },
    ),
    case("RouteTableInUse", "DependencyViolation: The routeTable 'rtb-3' has dependencies and cannot be deleted.", |scene| {
        scene.accept(associate(3, 1));
        Command::DeleteRouteTable(rtb(3))
    }),
    case(
        "EdgeTarget",
        "InvalidParameterValue: Route target is not supported. This route only supports interface and instance targets.",
        |scene| {
            scene.accept(associate(3, 1));
            set("10.0.1.0/24", RouteTarget::InternetGateway(igw(1)))
        },
    ),
    case("InternetGatewayNotFound", "InvalidInternetGatewayID.NotFound: The internetGateway ID 'igw-9' does not exist", |_| {
        associate(3, 9)
    }),
    case("VpnGatewayNotFound", "InvalidVpnGatewayID.NotFound: The vpnGateway ID 'vgw-9' does not exist", |_| {
        Command::AssociateGatewayRouteTable { table: rtb(3), gateway: EdgeGateway::Vpn(id(9)) }
    }),
    case("EgressOnlyGatewayNotFound", "InvalidGatewayID.NotFound: The eigw ID 'eigw-9' does not exist", |_| {
        Command::DeleteEgressOnlyInternetGateway(id(9))
    }),
    case("EgressOnlyGatewayNotFound", "InvalidGatewayID.NotFound: The eigw ID 'eigw-9' does not exist", |_| {
        set("::/0", RouteTarget::EgressOnlyGateway(id(9)))
    }),
    case("VpcHasEgressOnlyGateway", "InvalidParameterValue: Network vpc-1 already has an egress only internet gateway attached", |scene| {
        scene.accept(egress(1));
        egress(1)
    }),
    case(
        "EgressOnlyGatewayLimit",
        "EgressOnlyInternetGatewayLimitExceeded: The maximum number of egress only internet gateways has been reached.",
        |scene| {
            scene.quotas(|quotas| quotas.egress_only_gateways = 1);
            scene.accept(egress(1));
            egress(2)
        },
    ),
    case(
        "Ipv6TargetOnly",
        "InvalidParameterValue: Value (0.0.0.0/0) for parameter destinationCidrBlock is invalid. An egress only internet gateway takes IPv6 destinations only.",
        |scene| {
            scene.accept(egress(1));
            set("0.0.0.0/0", RouteTarget::EgressOnlyGateway(id(1)))
        },
    ),
    case(
        "DifferentNetwork",
        "InvalidParameterValue: route table rtb-3 and egress only internet gateway eigw-1 belong to different networks",
        |scene| {
            scene.accept(egress(2));
            set("::/0", RouteTarget::EgressOnlyGateway(id(1)))
        },
    ),
    case("VpcInUse", "DependencyViolation: The vpc 'vpc-3' has dependencies and cannot be deleted.", |scene| {
        scene.vpc("10.2.0.0/16");
        scene.accept(egress(3));
        Command::DeleteVpc(vpc(3))
    }),
];
