//! What rules and routes count for against their quotas: one that names a prefix list counts as often as the list may have entries (`S10`).

use super::error::Refusal;
use crate::id::GroupId;
use crate::model::network::Network;
use crate::model::prefix_list::{AddressFamily, PrefixList};
use crate::model::route_table::{Destination, RouteOrigin, RouteTable};
use crate::model::security_group::{GroupRule, Peer};

/// Rules are counted by direction and family; one that names a group counts in both families, one that names a prefix list as often as the list
/// may have entries (`S9`, `S10`). `resized` stands for the list with its id.
pub(super) fn rule_quota<'r>(
    network: &Network,
    resized: Option<&PrefixList>,
    group: GroupId,
    rules: impl Iterator<Item = &'r GroupRule>,
) -> Result<(), Refusal> {
    let limit = network.quotas().rules_per_group;
    let (mut ipv4, mut ipv6) = (0_usize, 0_usize);
    for rule in rules {
        let (four, six) = match rule.peer {
            Peer::Ipv4(_) => (1, 0),
            Peer::Ipv6(_) => (0, 1),
            Peer::Group(_) => (1, 1),
            Peer::PrefixList(id) => match resized.filter(|list| list.id == id).or_else(|| network.prefix_list(id)) {
                Some(list) if list.family == AddressFamily::Ipv4 => (list.max_entries, 0),
                Some(list) => (0, list.max_entries),
                None => (1, 1),
            },
        };
        (ipv4, ipv6) = (ipv4.saturating_add(four), ipv6.saturating_add(six));
    }
    if ipv4.max(ipv6) > limit { Err(Refusal::RuleLimit { group, limit }) } else { Ok(()) }
}

/// What the routes of a family weigh that somebody wrote, where a list was as large as it is to become.
pub(super) fn weight_of_routes(network: &Network, table: &RouteTable, family: AddressFamily, resized: Option<&PrefixList>) -> usize {
    let written = table.routes.iter().filter(|(_, route)| route.origin != RouteOrigin::EnableVgwRoutePropagation);
    written.map(|(destination, _)| weight(network, *destination, family, resized)).fold(0, usize::saturating_add)
}

/// What one destination counts for in a family.
pub(super) fn weight(network: &Network, destination: Destination, family: AddressFamily, resized: Option<&PrefixList>) -> usize {
    match destination {
        Destination::Cidr(cidr) => usize::from(AddressFamily::of(cidr) == family),
        Destination::PrefixList(id) => {
            let list = resized.filter(|list| list.id == id).or_else(|| network.prefix_list(id));
            list.filter(|list| list.family == family).map_or(0, |list| list.max_entries)
        }
    }
}
