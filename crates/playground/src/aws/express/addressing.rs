//! Addresses and prefixes of network interfaces.

use super::Call;
use crate::aws::object::Object;
use eni_core::addr::Ipv4Net;
use eni_core::control::command::{Command, Wanted};
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
        _ => return None,
    })
}

/// The private addresses and prefixes of a new ENI, added to the parameters.
pub(super) fn of_new(object: Object, addresses: &[(std::net::Ipv4Addr, bool)], count: Option<i64>, prefixes: &Wanted<Ipv4Net>) -> Object {
    let one = |(ip, primary): &(_, bool)| Object::new().text("PrivateIpAddress", ip).with("Primary", *primary).into();
    let addresses: Vec<Value> = addresses.iter().map(one).collect();
    let list: Vec<Value> = prefixes.list.iter().map(|prefix| Object::new().text("Ipv4Prefix", prefix).into()).collect();
    object
        .maybe("PrivateIpAddresses", (!addresses.is_empty()).then_some(addresses))
        .maybe("SecondaryPrivateIpAddressCount", count)
        .maybe("Ipv4Prefixes", (!list.is_empty()).then_some(list))
        .maybe("Ipv4PrefixCount", prefixes.count)
}
