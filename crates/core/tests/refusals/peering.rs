//! VPC peering connections.

use super::*;
use eni_core::control::command::{CreateVpcPeeringConnection, ModifyVpcPeeringConnectionOptions, NewVpcBlock, RouteTargetInput};
use eni_core::control::reply::Reply;
use eni_core::model::AccountId;
use eni_core::model::route_table::{Destination, RouteTarget};

fn ask(peer: Option<VpcId>, owner: Option<u64>) -> Command {
    ask_of(vpc(1), peer, owner)
}

/// A route of a table through a peering connection.
fn routed(table: u64, peering: PeeringId) -> Command {
    Command::SetRoute {
        table: rtb(table),
        destination: Destination::Cidr("10.9.0.0/16".parse().unwrap()),
        targets: vec![RouteTargetInput::Target(RouteTarget::Peering(peering))],
        replace: false,
    }
}

fn ask_of(vpc: VpcId, peer: Option<VpcId>, owner: Option<u64>) -> Command {
    Command::CreateVpcPeeringConnection(Box::new(CreateVpcPeeringConnection {
        vpc,
        peer,
        peer_owner: owner.map(AccountId),
        peer_region: None,
        tags: Tags::new(),
    }))
}

/// `pcx-1` between the two VPCs, waiting to be accepted.
fn asked(scene: &mut Scene) -> PeeringId {
    let Reply::Peering(peering) = scene.settled(ask(Some(vpc(2)), None)) else { panic!() };
    peering
}

/// A further block for a VPC.
fn add_block(to: u64, cidr: &str) -> Command {
    Command::AssociateVpcCidrBlock(vpc(to), NewVpcBlock::Ipv4(cidr.parse().unwrap()))
}

pub const PEERINGS: &[Case] = &[
    case(
        "BlockOfPeer",
        "CidrConflict: The CIDR '100.64.0.0/16' conflicts with the CIDR '100.64.128.0/20' of the other VPC of 'pcx-1'",
        |scene| {
            scene.accept(add_block(2, "100.64.128.0/20"));
            let peering = asked(scene);
            scene.settled(Command::AcceptVpcPeeringConnection(peering));
            add_block(1, "100.64.0.0/16")
        },
    ),
    case(
        "BlockWhilePeeringWaits",
        "OperationNotPermitted: CIDR blocks cannot be added to 'vpc-1' while 'pcx-1' is pending acceptance",
        |scene| {
            asked(scene);
            add_block(1, "100.64.0.0/16")
        },
    ),
    case("MissingParameter", "MissingParameter: The request must contain the parameter peerVpcId", |_| ask(None, None)),
    case("VpcNotFound", "InvalidVpcID.NotFound: The vpc ID 'vpc-9' does not exist", |_| ask(Some(vpc(9)), None)),
    case(
        "PeerElsewhere",
        "UnsupportedOperation: The playground has one account and one Region: peerOwnerId must name these, or be left out.",
        |_| ask(Some(vpc(2)), Some(1)),
    ),
    case(
        "PeeringExists",
        "VpcPeeringConnectionAlreadyExists: The VPC peering connection pcx-1 between these VPCs already exists.",
        |scene| {
            asked(scene);
            ask(Some(vpc(2)), None)
        },
    ),
    case(
        "PeeringLimit",
        "VpcPeeringConnectionsPerVpcLimitExceeded: The maximum number of VPC peering connections per VPC has been reached.",
        |scene| {
            scene.quotas(|quotas| quotas.peerings_per_vpc = 0);
            ask(Some(vpc(2)), None)
        },
    ),
    case("PeeringNotFound", "InvalidVpcPeeringConnectionID.NotFound: The vpcPeeringConnection ID 'pcx-9' does not exist", |_| {
        Command::AcceptVpcPeeringConnection(id(9))
    }),
    case(
        "PeeringNotPending",
        "InvalidStateTransition: VpcPeeringConnectionID pcx-1 is not in the correct state for the request.",
        |scene| {
            let peering = asked(scene);
            scene.settled(Command::AcceptVpcPeeringConnection(peering));
            Command::RejectVpcPeeringConnection(peering)
        },
    ),
    case("PeeringNotFound", "InvalidVpcPeeringConnectionID.NotFound: The vpcPeeringConnection ID 'pcx-1' does not exist", |scene| {
        let peering = asked(scene);
        scene.settled(Command::RejectVpcPeeringConnection(peering));
        routed(3, peering)
    }),
    case(
        "DifferentNetwork",
        "InvalidParameterValue: route table rtb-3 and VPC peering connection pcx-1 belong to different networks",
        |scene| {
            scene.accept(Command::CreateVpc { cidr: "10.2.0.0/16".parse().unwrap(), amazon_ipv6: false, tags: Tags::new() });
            let Reply::Peering(peering) = scene.settled(ask_of(vpc(2), Some(vpc(3)), None)) else { panic!() };
            routed(3, peering)
        },
    ),
    case("PeeringOver", "InvalidStateTransition: VpcPeeringConnectionID pcx-1 is not in the correct state for the request.", |scene| {
        let peering = asked(scene);
        scene.accept(Command::RejectVpcPeeringConnection(peering));
        Command::DeleteVpcPeeringConnection(peering)
    }),
    case(
        "PeeringNotActive",
        "OperationNotPermitted: Peering pcx-1 is not active. Peering options can be added only to active peerings.",
        |scene| {
            let peering = asked(scene);
            let options = ModifyVpcPeeringConnectionOptions { peering, requester: Some(true), accepter: None };
            Command::ModifyVpcPeeringConnectionOptions(options)
        },
    ),
];
