//! NAT gateways.

use super::*;
use crate::support::ip;
use eni_core::control::command::{AssignPrivateNatGatewayAddress, AssociateNatGatewayAddress, CreateNatGateway};
use eni_core::model::nat_gateway::NatState;

/// A private one in `subnet-1`.
fn private() -> CreateNatGateway {
    CreateNatGateway {
        subnet: subnet(1),
        public: false,
        allocation: None,
        private_ip: None,
        secondary_allocations: Vec::new(),
        secondary_ips: Vec::new(),
        secondary_count: None,
        tags: Tags::new(),
    }
}

/// A public one in `subnet-1`, with `eipalloc-2`.
fn public() -> CreateNatGateway {
    CreateNatGateway { public: true, allocation: Some(eip(2)), ..private() }
}

fn create(request: CreateNatGateway) -> Command {
    Command::CreateNatGateway(Box::new(request))
}

fn assign(addresses: &[&str], count: Option<i64>) -> Command {
    let addresses = addresses.iter().map(|address| ip(address)).collect();
    Command::AssignPrivateNatGatewayAddress(Box::new(AssignPrivateNatGatewayAddress { gateway: id(1), addresses, count }))
}

fn associate(allocations: Vec<AllocationId>) -> Command {
    Command::AssociateNatGatewayAddress(Box::new(AssociateNatGatewayAddress { gateway: id(1), allocations, addresses: Vec::new() }))
}

pub const NAT_GATEWAYS: &[Case] = &[
    case("MissingParameter", "MissingParameter: The request must contain the parameter allocationId", |_| {
        create(CreateNatGateway { allocation: None, ..public() })
    }),
    case("MissingParameter", "MissingParameter: The request must contain the parameter secondaryAllocationIds", |_| {
        create(CreateNatGateway { secondary_ips: vec![ip("10.0.1.60")], ..public() })
    }),
    case("MissingParameter", "MissingParameter: The request must contain the parameter allocationIds", |_| associate(Vec::new())),
    case(
        "NatConnectivity",
        "InvalidParameterCombination: The parameter allocationId cannot be used with a NAT gateway of connectivity type private.",
        |_| create(CreateNatGateway { allocation: Some(eip(2)), ..private() }),
    ),
    case(
        "NatConnectivity",
        "InvalidParameterCombination: The parameter secondaryAllocationIds cannot be used with a NAT gateway of connectivity type private.",
        |_| create(CreateNatGateway { secondary_allocations: vec![eip(2)], ..private() }),
    ),
    case(
        "NatConnectivity",
        "InvalidParameterCombination: The parameter secondaryPrivateIpAddressCount cannot be used with a NAT gateway of connectivity type public.",
        |_| create(CreateNatGateway { secondary_count: Some(1), ..public() }),
    ),
    case(
        "NatConnectivity",
        "InvalidParameterCombination: The parameter privateIpAddresses cannot be used with a NAT gateway of connectivity type public.",
        |scene| {
            scene.settled(create(public()));
            assign(&[], Some(1))
        },
    ),
    case(
        "NatConnectivity",
        "InvalidParameterCombination: The parameter allocationIds cannot be used with a NAT gateway of connectivity type private.",
        |scene| {
            scene.settled(create(private()));
            associate(vec![eip(2)])
        },
    ),
    case(
        "ExclusiveParameters",
        "InvalidParameterCombination: You may not specify both secondaryPrivateIpAddresses and secondaryPrivateIpAddressCount",
        |_| create(CreateNatGateway { secondary_ips: vec![ip("10.0.1.60")], secondary_count: Some(1), ..private() }),
    ),
    case(
        "ExclusiveParameters",
        "InvalidParameterCombination: You may not specify both privateIpAddresses and privateIpAddressCount",
        |_| assign(&["10.0.1.60"], Some(1)),
    ),
    case("NeitherParameter", "InvalidParameter: You must specify either privateIpAddresses or privateIpAddressCount", |_| {
        assign(&[], None)
    }),
    case(
        "NumberOutOfRange",
        "InvalidParameterValue: Value (32) for parameter secondaryPrivateIpAddressCount is invalid. It must be between 1 and 31.",
        |_| create(CreateNatGateway { secondary_count: Some(32), ..private() }),
    ),
    case("SubnetNotFound", "InvalidSubnetID.NotFound: The subnet ID 'subnet-9' does not exist", |_| {
        create(CreateNatGateway { subnet: subnet(9), ..public() })
    }),
    case("AddressOutsideSubnet", "InvalidParameterValue: Address does not fall within the subnet's address range", |_| {
        create(CreateNatGateway { private_ip: Some(ip("10.0.2.9")), ..public() })
    }),
    case("AddressInUse", "InvalidIPAddress.InUse: The specified address is already in use.", |_| {
        create(CreateNatGateway { private_ip: Some(ip("10.0.1.7")), ..public() })
    }),
    case("NatGatewayLimit", "NatGatewayLimitExceeded: Performing this operation would exceed the limit of 5 NAT gateways", |scene| {
        // Those that count: pending, available and deleting ones, of every subnet of the zone.
        for number in 1..=5 {
            scene.accept(create(CreateNatGateway { subnet: subnet(if number < 3 { 3 } else { 1 }), ..private() }));
        }
        scene.accept(Command::DeleteNatGateway(id(1)));
        create(private())
    }),
    case("NatAddressLimit", "PrivateIpAddressLimitExceeded: Number of private addresses will exceed limit.", |_| {
        create(CreateNatGateway { secondary_count: Some(8), ..private() })
    }),
    case("NatAddressLimit", "PrivateIpAddressLimitExceeded: Number of private addresses will exceed limit.", |scene| {
        scene.settled(create(CreateNatGateway { secondary_count: Some(6), ..private() }));
        assign(&["10.0.1.60", "10.0.1.61"], None)
    }),
    case("EniLimit", "NetworkInterfaceLimitExceeded: You have reached the limit of 4 network interfaces in this Region.", |scene| {
        scene.quotas(|quotas| quotas.enis = 4);
        create(private())
    }),
    case("NatGatewayNotReady", "IncorrectState: The NAT gateway nat-1 is in the state pending.", |scene| {
        scene.accept(create(private()));
        assign(&["10.0.1.60"], None)
    }),
    case("NatGatewayNotFound", "NatGatewayNotFound: The Nat Gateway nat-9 was not found", |_| Command::DeleteNatGateway(id(9))),
    case("AllocationNotFound", "InvalidAllocationID.NotFound: The allocation ID 'eipalloc-9' does not exist", |scene| {
        scene.settled(create(public()));
        associate(vec![eip(9)])
    }),
    case(
        "AlreadyAssociated",
        "Resource.AlreadyAssociated: resource eipalloc-1 is already associated with associate-id eipassoc-1",
        |scene| {
            scene.settled(create(public()));
            associate(vec![eip(1)])
        },
    ),
    case("ElasticIpHeldByService", "AuthFailure: You do not have permission to access the specified resource.", |scene| {
        scene.service();
        scene.settled(create(public()));
        associate(vec![eip(50)])
    }),
    case("NoInternetGateway", "Gateway.NotAttached: Network vpc-2 is not attached to any internet gateway", |scene| {
        let mut gateway = scene.network.clone();
        gateway.apply(&nat_gateway(NatState::Available, subnet(4), vpc(2)));
        let mut nat = gateway.nat_gateway(id(1)).unwrap().clone();
        let eni = scene.interface(subnet(4));
        nat.addresses = vec![eni_core::model::nat_gateway::NatGatewayAddress {
            eni: Some(eni),
            private_ip: None,
            allocation: None,
            association: None,
            public_ip: None,
        }];
        scene.apply(&[Event::NatGatewayCreated(Box::new(nat))]);
        associate(vec![eip(2)])
    }),
    case("NotAssigned", "InvalidParameterValue: Some of the specified addresses are not assigned to interface eni-5", |scene| {
        scene.settled(create(private()));
        Command::UnassignPrivateNatGatewayAddress(id(1), vec![ip("10.0.1.60")])
    }),
    case(
        "UnassignPrimary",
        "InvalidParameterValue: Address 10.0.1.60 is primary. The primary IP address of an interface cannot be unassigned.",
        |scene| {
            scene.settled(create(CreateNatGateway { private_ip: Some(ip("10.0.1.60")), ..private() }));
            Command::UnassignPrivateNatGatewayAddress(id(1), vec![ip("10.0.1.60")])
        },
    ),
    case("AssociationNotFound", "InvalidAssociationID.NotFound: The association ID 'eipassoc-1' does not exist", |scene| {
        scene.settled(create(public()));
        Command::DisassociateNatGatewayAddress(id(1), vec![id(1)])
    }),
    case(
        "NatPrimaryAddress",
        "InvalidParameterValue: The primary Elastic IP address of NAT gateway nat-1 cannot be disassociated.",
        |scene| {
            scene.settled(create(public()));
            Command::DisassociateNatGatewayAddress(id(1), vec![id(2)])
        },
    ),
    // What others may not do with what it has.
    case("EniManagedByService", "AuthFailure: You do not have permission to access the specified resource.", |scene| {
        scene.settled(create(public()));
        Command::DeleteNetworkInterface(eni(5))
    }),
    case("EniManagedByService", "AuthFailure: You do not have permission to access the specified resource.", |scene| {
        scene.settled(create(public()));
        Command::DisassociateAddress(id(2))
    }),
    case("EniManagedByService", "AuthFailure: You do not have permission to access the specified resource.", |scene| {
        scene.settled(create(public()));
        Command::ReleaseAddress(eip(2))
    }),
    case("SubnetInUse", "DependencyViolation: The subnet 'subnet-2' has dependencies and cannot be deleted.", |scene| {
        scene.settled(create(CreateNatGateway { subnet: subnet(2), ..private() }));
        Command::DeleteSubnet(subnet(2))
    }),
];
