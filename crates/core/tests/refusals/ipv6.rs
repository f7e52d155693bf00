//! Refusals of IPv6 addresses and prefixes of ENIs.

use super::*;
use eni_core::control::command::{
    AssignIpv6Addresses, CreateNetworkInterface, EniAttribute, Ipv6Wanted, NewVpcBlock, UnassignIpv6Addresses, Wanted,
};

fn ipv6(number: u64, list: &[&str]) -> Command {
    let addresses = Wanted::these(list.iter().map(|address| address.parse().unwrap()).collect());
    Command::AssignIpv6Addresses(Box::new(AssignIpv6Addresses { eni: eni(number), addresses, prefixes: Wanted::default() }))
}

/// `vpc-1` with IPv6, and `subnet-1` in it.
fn with_ipv6(scene: &mut Scene) {
    scene.accept(Command::AssociateVpcCidrBlock(vpc(1), NewVpcBlock::AmazonIpv6));
    scene.accept(Command::AssociateSubnetCidrBlock(subnet(1), "2001:db8:0:101::/64".parse().unwrap()));
}

/// `eni-1`, which is attached, has a primary IPv6 address.
fn with_primary(scene: &mut Scene) {
    with_ipv6(scene);
    scene.accept(ipv6(1, &["2001:db8:0:101::9"]));
    scene.accept(Command::ModifyNetworkInterfaceAttribute(eni(1), vec![EniAttribute::PrimaryIpv6(true)]));
}

pub const IPV6: &[Case] = &[
    case(
        "Ipv6OutsideSubnet",
        "InvalidParameterValue: Address 2001:db8:0:102::9 does not fall within the subnet's IPv6 address range",
        |scene| {
            with_ipv6(scene);
            ipv6(3, &["2001:db8:0:102::9"])
        },
    ),
    case("Ipv6Reserved", "InvalidParameterValue: Address 2001:db8:0:101::3 is in subnet's reserved address range", |scene| {
        with_ipv6(scene);
        ipv6(3, &["2001:db8:0:101::3"])
    }),
    case("Ipv6InUse", "InvalidIPAddress.InUse: The specified address 2001:db8:0:101::9 is already in use.", |scene| {
        with_ipv6(scene);
        scene.accept(ipv6(4, &["2001:db8:0:101::9"]));
        ipv6(3, &["2001:db8:0:101::9"])
    }),
    case("Ipv6Twice", "InvalidParameterValue: Address 2001:db8:0:101:5:: may be specified only once", |scene| {
        with_ipv6(scene);
        Command::AssignIpv6Addresses(Box::new(AssignIpv6Addresses {
            eni: eni(3),
            addresses: Wanted::these(vec!["2001:db8:0:101:5::9".parse().unwrap()]),
            prefixes: Wanted::these(vec!["2001:db8:0:101:5::/80".parse().unwrap()]),
        }))
    }),
    case("Ipv6Limit", "Ipv6AddressLimitExceeded: Number of IPv6 addresses will exceed limit.", |scene| {
        with_ipv6(scene);
        let (addresses, prefixes) = (Wanted::any(5), Wanted::default());
        Command::AssignIpv6Addresses(Box::new(AssignIpv6Addresses { eni: eni(1), addresses, prefixes }))
    }),
    case("Ipv6NotAssigned", "InvalidParameterValue: Some of the specified addresses are not assigned to interface eni-3", |_| {
        let (addresses, prefixes) = (vec!["2001:db8:0:101::9".parse().unwrap()], Vec::new());
        Command::UnassignIpv6Addresses(Box::new(UnassignIpv6Addresses { eni: eni(3), addresses, prefixes }))
    }),
    case(
        "PrimaryIpv6Stays",
        "OperationNotPermitted: The primary IPv6 address 2001:db8:0:101::9 of interface eni-1 cannot be changed while it is attached.",
        |scene| {
            with_primary(scene);
            let addresses = vec!["2001:db8:0:101::9".parse().unwrap()];
            Command::UnassignIpv6Addresses(Box::new(UnassignIpv6Addresses { eni: eni(1), addresses, prefixes: Vec::new() }))
        },
    ),
    case(
        "PrimaryIpv6Stays",
        "OperationNotPermitted: The primary IPv6 address 2001:db8:0:101::9 of interface eni-1 cannot be changed while it is attached.",
        |scene| {
            with_primary(scene);
            Command::ModifyNetworkInterfaceAttribute(eni(1), vec![EniAttribute::PrimaryIpv6(false)])
        },
    ),
    case("NoPrimaryIpv6", "InvalidParameterCombination: A primary IPv6 address requires an IPv6 address on the network interface.", |_| {
        let ipv6 = Ipv6Wanted { primary: true, ..Ipv6Wanted::default() };
        let request = CreateNetworkInterface { subnet: Some(subnet(1)), ipv6, ..CreateNetworkInterface::default() };
        Command::CreateNetworkInterface(Box::new(request))
    }),
    case("NoPrimaryIpv6", "InvalidParameterCombination: A primary IPv6 address requires an IPv6 address on the network interface.", |_| {
        Command::ModifyNetworkInterfaceAttribute(eni(1), vec![EniAttribute::PrimaryIpv6(true)])
    }),
];
