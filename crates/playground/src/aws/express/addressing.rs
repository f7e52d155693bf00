//! Addresses and prefixes of network interfaces, reservations of subnets, and DHCP option sets.

use super::{Call, tagged};
use crate::aws::actions::NO_SET;
use crate::aws::object::Object;
use eni_core::addr::Ipv4Net;
use eni_core::control::command::{Command, Ipv6Wanted, Wanted};
use serde_json::Value;

/// The call that gives an ENI addresses and prefixes, or takes them away.
pub(super) fn call(command: &Command) -> Option<Call> {
    let of = |eni| Object::new().text("NetworkInterfaceId", eni);
    Some(match command {
        Command::AssignPrivateIpAddresses(wanted) => {
            let object = of(wanted.eni)
                .texts("PrivateIpAddresses", &wanted.addresses)
                .maybe("SecondaryPrivateIpAddressCount", wanted.count)
                .texts("Ipv4Prefixes", &wanted.prefixes.list)
                .maybe("Ipv4PrefixCount", wanted.prefixes.count);
            ("AssignPrivateIpAddresses", object.maybe("AllowReassignment", wanted.allow_reassignment.then_some(true)))
        }
        Command::UnassignPrivateIpAddresses(gone) => {
            let object = of(gone.eni).texts("PrivateIpAddresses", &gone.addresses).texts("Ipv4Prefixes", &gone.prefixes);
            ("UnassignPrivateIpAddresses", object)
        }
        Command::AssignIpv6Addresses(wanted) => {
            let object = of(wanted.eni)
                .texts("Ipv6Addresses", &wanted.addresses.list)
                .maybe("Ipv6AddressCount", wanted.addresses.count)
                .texts("Ipv6Prefixes", &wanted.prefixes.list);
            ("AssignIpv6Addresses", object.maybe("Ipv6PrefixCount", wanted.prefixes.count))
        }
        Command::UnassignIpv6Addresses(gone) => {
            let object = of(gone.eni).texts("Ipv6Addresses", &gone.addresses).texts("Ipv6Prefixes", &gone.prefixes);
            ("UnassignIpv6Addresses", object)
        }
        Command::CreateSubnetReservation(wanted) => {
            let object = Object::new().text("SubnetId", wanted.subnet).text("Cidr", wanted.cidr);
            let object = object.with("ReservationType", wanted.kind.as_str()).filled("Description", &wanted.description);
            ("CreateSubnetCidrReservation", tagged(object, "subnet-cidr-reservation", &wanted.tags))
        }
        Command::CreateDhcpOptions(wanted) => {
            let option = |(key, values): &(String, Vec<String>)| Object::new().with("Key", key.as_str()).texts("Values", values).into();
            let object = Object::new().list("DhcpConfigurations", wanted.options.iter().map(option));
            ("CreateDhcpOptions", tagged(object, "dhcp-options", &wanted.tags))
        }
        Command::DeleteDhcpOptions(id) => ("DeleteDhcpOptions", Object::new().text("DhcpOptionsId", id)),
        Command::AssociateDhcpOptions(vpc, set) => {
            let set = set.map_or_else(|| NO_SET.to_owned(), |id| id.to_string());
            ("AssociateDhcpOptions", Object::new().text("DhcpOptionsId", set).text("VpcId", vpc))
        }
        Command::DeleteSubnetReservation(id) => ("DeleteSubnetCidrReservation", Object::new().text("SubnetCidrReservationId", id)),
        _ => return None,
    })
}

/// The addresses and prefixes of a new ENI, added to the parameters; with the name under which the call asks for a primary IPv6 address.
pub(super) fn of_new(
    object: Object,
    addresses: &[(std::net::Ipv4Addr, bool)],
    count: Option<i64>,
    prefixes: &Wanted<Ipv4Net>,
    (primary, ipv6): (&str, &Ipv6Wanted),
) -> Object {
    let one = |(ip, primary): &(_, bool)| Object::new().text("PrivateIpAddress", ip).with("Primary", *primary).into();
    let addresses: Vec<Value> = addresses.iter().map(one).collect();
    let list: Vec<Value> = prefixes.list.iter().map(|prefix| Object::new().text("Ipv4Prefix", prefix).into()).collect();
    object
        .maybe("PrivateIpAddresses", (!addresses.is_empty()).then_some(addresses))
        .maybe("SecondaryPrivateIpAddressCount", count)
        .maybe("Ipv4Prefixes", (!list.is_empty()).then_some(list))
        .maybe("Ipv4PrefixCount", prefixes.count)
        .maybe("Ipv6Addresses", objects("Ipv6Address", &ipv6.addresses.list))
        .maybe("Ipv6AddressCount", ipv6.addresses.count)
        .maybe("Ipv6Prefixes", objects("Ipv6Prefix", &ipv6.prefixes.list))
        .maybe("Ipv6PrefixCount", ipv6.prefixes.count)
        .maybe(primary, ipv6.primary.then_some(true))
}

/// A list of objects with one member each; nothing if it is empty.
fn objects(member: &str, list: &[impl std::fmt::Display]) -> Option<Vec<Value>> {
    (!list.is_empty()).then(|| list.iter().map(|item| Object::new().text(member, item).into()).collect())
}
