//! Transit gateways: `tgw-1` with its default table `tgw-rtb-1`; `tgw-attach-1` ties `vpc-1` to it in `subnet-1`.

use super::*;
use eni_core::control::command::{NewTransitAttachment, NewTransitGateway, RouteTargetInput, TransitAct, TransitAttachmentChange};
use eni_core::model::route_table::{Destination, RouteTarget};
use eni_core::model::transit::TransitOptions;

pub fn transit(command: TransitAct) -> Command {
    Command::Transit(Box::new(command))
}

pub fn new_gateway(default_tables: bool) -> Command {
    transit(TransitAct::CreateGateway(NewTransitGateway {
        description: String::new(),
        amazon_side_asn: 64_512,
        auto_accept: false,
        vpn_ecmp: true,
        dns_support: true,
        association: default_tables,
        propagation: default_tables,
        tags: Tags::new(),
    }))
}

pub fn new_attachment(to: u64, subnets: &[u64]) -> Command {
    let subnets = subnets.iter().map(|number| subnet(*number)).collect();
    let (gateway, options) = (id(1), TransitOptions::default());
    transit(TransitAct::CreateAttachment(NewTransitAttachment { gateway, vpc: vpc(to), subnets, options, tags: Tags::new() }))
}

/// The gateway, with what ties `vpc-1` to it, if that is wanted.
fn made(scene: &mut Scene, attached: bool) {
    scene.settled(new_gateway(true));
    if attached {
        scene.settled(new_attachment(1, &[1]));
    }
}

fn change(change: TransitAttachmentChange) -> Command {
    transit(TransitAct::ModifyAttachment(id(1), change))
}

fn route(to: Option<u64>, blackhole: bool, replace: bool) -> Command {
    let destination = "10.9.0.0/16".parse().unwrap();
    transit(TransitAct::SetRoute { table: id(1), destination, to: to.map(id), blackhole, replace })
}

fn led_to(gateway: u64) -> Command {
    Command::SetRoute {
        table: rtb(3),
        destination: Destination::Cidr("10.9.0.0/16".parse().unwrap()),
        targets: vec![RouteTargetInput::Target(RouteTarget::TransitGateway(id(gateway)))],
        replace: false,
    }
}

pub const TRANSIT: &[Case] = &[
    case("TransitGatewayNotFound", "InvalidTransitGatewayID.NotFound: Transit Gateway tgw-9 was deleted or does not exist.", |_| {
        transit(TransitAct::DeleteGateway(id(9)))
    }),
    case("TransitGatewayNotFound", "InvalidTransitGatewayID.NotFound: Transit Gateway tgw-1 was deleted or does not exist.", |scene| {
        made(scene, false);
        scene.settled(transit(TransitAct::DeleteGateway(id(1))));
        new_attachment(1, &[1])
    }),
    case("RouteTransitGatewayNotFound", "InvalidTransitGatewayID.NotFound: The transitGateway ID 'tgw-9' does not exist.", |_| led_to(9)),
    case("RouteTransitGatewayNotFound", "InvalidTransitGatewayID.NotFound: The transitGateway ID 'tgw-1' does not exist.", |scene| {
        made(scene, false);
        led_to(1)
    }),
    case("RouteTransitGatewayNotFound", "InvalidTransitGatewayID.NotFound: The transitGateway ID 'tgw-1' does not exist.", |scene| {
        made(scene, false);
        scene.accept(new_attachment(1, &[1]));
        led_to(1)
    }),
    case(
        "TransitAttachmentNotFound",
        "InvalidTransitGatewayAttachmentID.NotFound: Transit Gateway Attachment tgw-attach-9 was deleted or does not exist.",
        |_| transit(TransitAct::DeleteAttachment(id(9))),
    ),
    case(
        "TransitAttachmentNotFound",
        "InvalidTransitGatewayAttachmentID.NotFound: Transit Gateway Attachment tgw-attach-1 was deleted or does not exist.",
        |scene| {
            made(scene, true);
            scene.settled(transit(TransitAct::DeleteAttachment(id(1))));
            change(TransitAttachmentChange::default())
        },
    ),
    case(
        "TransitTableNotFound",
        "InvalidRouteTableID.NotFound: Transit Gateway Route Table tgw-rtb-9 was deleted or does not exist.",
        |_| transit(TransitAct::DeleteTable(id(9))),
    ),
    case("TransitGatewayLimit", "TransitGatewayLimitExceeded: The maximum number of transit gateways has been reached.", |scene| {
        (0..5).for_each(|_| _ = scene.accept(new_gateway(false)));
        new_gateway(false)
    }),
    case("TransitNotAvailable", "IncorrectState: tgw-1 is in invalid state", |scene| {
        scene.accept(new_gateway(true));
        new_attachment(1, &[1])
    }),
    case("TransitNotAvailable", "IncorrectState: tgw-attach-1 is in invalid state", |scene| {
        made(scene, false);
        scene.accept(new_attachment(1, &[1]));
        transit(TransitAct::Associate(id(1), id(1), false))
    }),
    case("TransitNotAvailable", "IncorrectState: tgw-attach-1 is in invalid state", |scene| {
        made(scene, true);
        scene.accept(transit(TransitAct::DeleteAttachment(id(1))));
        transit(TransitAct::DeleteAttachment(id(1)))
    }),
    case("TransitGatewayInUse", "IncorrectState: tgw-1 has non-deleted VPC Attachments: tgw-attach-1.", |scene| {
        made(scene, true);
        transit(TransitAct::DeleteGateway(id(1)))
    }),
    case(
        "TransitAttachmentExists",
        "DuplicateTransitGatewayAttachment: tgw-1 has non-deleted Transit Gateway Attachments with same VPC ID.",
        |scene| {
            made(scene, true);
            new_attachment(1, &[2])
        },
    ),
    case("MissingParameter", "MissingParameter: The request must contain the parameter SubnetIds", |scene| {
        made(scene, false);
        new_attachment(1, &[])
    }),
    case("TransitSubnetsInZone", "DuplicateSubnetsInSameZone: Duplicate Subnets for same AZ", |scene| {
        made(scene, false);
        new_attachment(1, &[1, 3])
    }),
    case("TransitSubnetsInZone", "DuplicateSubnetsInSameZone: Duplicate Subnets for same AZ", |scene| {
        made(scene, true);
        change(TransitAttachmentChange { add: vec![subnet(3)], ..TransitAttachmentChange::default() })
    }),
    case("TransitSubnetElsewhere", "InvalidParameterValue: subnet-4 does not belong to vpc-1.", |scene| {
        made(scene, false);
        new_attachment(1, &[4])
    }),
    case("SubnetNotFound", "InvalidSubnetID.NotFound: The subnet ID 'subnet-9' does not exist", |scene| {
        made(scene, false);
        new_attachment(1, &[9])
    }),
    case("TransitSubnetUnused", "InvalidParameterValue: subnet-2 is not associated with tgw-attach-1.", |scene| {
        made(scene, true);
        change(TransitAttachmentChange { remove: vec![subnet(2)], ..TransitAttachmentChange::default() })
    }),
    case("TransitLastSubnet", "InvalidParameterValue: tgw-attach-1 must have at least one subnet.", |scene| {
        made(scene, true);
        change(TransitAttachmentChange { remove: vec![subnet(1)], ..TransitAttachmentChange::default() })
    }),
    case("TransitElsewhere", "InvalidParameterValue: tgw-attach-1 and tgw-rtb-2 do not belong to the same transit gateway.", |scene| {
        made(scene, true);
        scene.settled(new_gateway(true));
        transit(TransitAct::Associate(id(2), id(1), true))
    }),
    case(
        "TransitAssociated",
        "Resource.AlreadyAssociated: Transit Gateway Attachment tgw-attach-1 is already associated to a route table.",
        |scene| {
            made(scene, true);
            transit(TransitAct::Associate(id(1), id(1), true))
        },
    ),
    case(
        "TransitNotAssociated",
        "InvalidAssociation.NotFound: Association tgw-attach-1 does not exist in Transit Gateway Route Table tgw-rtb-2.",
        |scene| {
            made(scene, true);
            scene.settled(transit(TransitAct::CreateTable(id(1), Tags::new())));
            transit(TransitAct::Associate(id(2), id(1), false))
        },
    ),
    case(
        "TransitPropagates",
        "TransitGatewayRouteTablePropagation.Duplicate: Propagation tgw-attach-1 already exists in Transit Gateway Route Table tgw-rtb-1.",
        |scene| {
            made(scene, true);
            transit(TransitAct::Propagate(id(1), id(1), true))
        },
    ),
    case(
        "TransitNotPropagating",
        "TransitGatewayRouteTablePropagation.NotFound: Propagation tgw-attach-1 does not exist in Transit Gateway Route Table tgw-rtb-1.",
        |scene| {
            made(scene, true);
            scene.accept(transit(TransitAct::Propagate(id(1), id(1), false)));
            transit(TransitAct::Propagate(id(1), id(1), false))
        },
    ),
    case("TransitRouteExists", "RouteAlreadyExists: Route 10.9.0.0/16 already exists in Transit Gateway Route Table tgw-rtb-1.", |scene| {
        made(scene, true);
        scene.accept(route(None, true, false));
        route(Some(1), false, false)
    }),
    case(
        "TransitRouteNotFound",
        "InvalidRoute.NotFound: Route 10.9.0.0/16 does not exist in Transit Gateway Route Table tgw-rtb-1.",
        |scene| {
            made(scene, true);
            route(Some(1), false, true)
        },
    ),
    case(
        "TransitRouteNotFound",
        "InvalidRoute.NotFound: Route 10.0.0.0/16 does not exist in Transit Gateway Route Table tgw-rtb-1.",
        |scene| {
            made(scene, true);
            transit(TransitAct::DeleteRoute(id(1), "10.0.0.0/16".parse().unwrap()))
        },
    ),
    case("NeitherParameter", "InvalidParameter: You must specify either TransitGatewayAttachmentId or Blackhole", |scene| {
        made(scene, true);
        route(None, false, false)
    }),
    case(
        "ExclusiveParameters",
        "InvalidParameterCombination: You may not specify both TransitGatewayAttachmentId and Blackhole",
        |scene| {
            made(scene, true);
            route(Some(1), true, false)
        },
    ),
    case(
        "TransitTableInUse",
        "IncorrectState: Transit Gateway Route Table tgw-rtb-1 has associations or is a default route table of tgw-1.",
        |scene| {
            made(scene, false);
            transit(TransitAct::DeleteTable(id(1)))
        },
    ),
    case("EniOfOther", "OperationNotPermitted: eni-5 belongs to tgw-attach-1 and goes with it.", |scene| {
        made(scene, true);
        Command::ServiceLeaves(eni(5))
    }),
    case("SubnetInUse", "DependencyViolation: The subnet 'subnet-2' has dependencies and cannot be deleted.", |scene| {
        made(scene, false);
        scene.settled(new_attachment(1, &[2]));
        Command::DeleteSubnet(subnet(2))
    }),
];
