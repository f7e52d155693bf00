//! A routing table of its own for an ENI of a guest that routes by destination alone (`G5`).

use crate::addr::{IpAddr, Ipv4Net};
use crate::control::command::Command;
use crate::dataplane::guest::{has_address, interfaces};
use crate::model::by_hand::{HandRoute, HandRule, MAIN_TABLE};
use crate::model::instance::{Guest, GuestFlavour, Instance};
use crate::model::network::Network;

/// What comes from an address of the guest's is routed by the ENI that has it: by a table and a rule, as one types them, or, on an image that makes
/// both by itself, by what it does where nobody stops it.
pub(super) fn command(network: &Network, instance: &Instance, address: IpAddr) -> Option<Command> {
    let guest = if instance.guest.flavour == GuestFlavour::Plain {
        by_hand(network, instance, address)?
    } else {
        Guest { policy_routing: true, ..instance.guest.clone() }
    };
    Some(Command::ConfigureGuest(instance.id, Box::new(guest)))
}

fn by_hand(network: &Network, instance: &Instance, address: IpAddr) -> Option<Guest> {
    let IpAddr::V4(ip) = address else { return None };
    let eni = network.eni(has_address(network, instance, address)?)?;
    let place = interfaces(network, instance).take_while(|other| other.id != eni.id).count();
    let mut guest = instance.guest.clone();
    let is_used = |table: u32| {
        let hand = instance.guest.by_hand.as_ref();
        hand.is_some_and(|hand| hand.routes.iter().any(|route| route.table == table) || hand.rules.iter().any(|rule| rule.table == table))
    };
    let first = u32::try_from(place).ok()? + 1;
    let table = (first..MAIN_TABLE).find(|table| !is_used(*table))?;
    let all = Ipv4Net::new_assert(std::net::Ipv4Addr::UNSPECIFIED, 0);
    let router = network.subnet(eni.subnet)?.router();
    guest.change_by_hand(|hand| {
        hand.put_route(HandRoute { table, destination: all, via: Some(router), eni: eni.id, source: None, metric: 0 });
        let priority = hand.next_priority(false);
        hand.rules.insert(0, HandRule { priority, from: ip.into(), to: all, table });
    });
    Some(guest)
}
