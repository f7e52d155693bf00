//! The routes and rules of a guest, and which of them takes a packet (`G1` to `G8`).

use super::Guest;
use super::failed;
use crate::act::block;
use crate::shell::guest::link::{Link, links};
use crate::shell::{Failure, said};
use crate::words::programs;
use eni_core::addr::{IpAddr, Ipv4Addr, Ipv4Net};
use eni_core::dataplane::guest::exit;
use eni_core::dataplane::reason::GuestRouting;
use eni_core::id::EniId;
use eni_core::model::by_hand::{HandRoute, HandRule, MAIN_RULE, MAIN_TABLE};
use eni_core::order::sort_by_key;

/// `ip route`, with what stands behind it.
pub(super) fn routes(guest: &Guest<'_>, words: &[&str], over_ipv4: bool) -> Result<String, Failure> {
    let usage = || failed(255, said::IP_USAGE);
    match words {
        ["get", to] => taken(guest, IpAddr::V4(Ipv4Addr::UNSPECIFIED), to.parse().map_err(|_| usage())?),
        ["get", to, "from", from] => taken(guest, from.parse().map_err(|_| usage())?, to.parse().map_err(|_| usage())?),
        [] | ["table", "main" | "254"] if !over_ipv4 => Ok(over_ipv6(guest)),
        [] | ["table", "main" | "254"] => Ok(listed(of_table(guest, MAIN_TABLE))),
        ["table", number] => {
            if matches!(*number, "local" | "all" | "default") {
                return Err(failed(255, &programs::table_not_shown(number)));
            }
            let table =
                number.parse().map_err(|_| failed(255, &format!("Error: argument \"{number}\" is wrong: table id value is invalid")))?;
            let text = listed(of_table(guest, table));
            if text.is_empty() { Err(failed(2, "Error: ipv4: FIB table does not exist.\nDump terminated")) } else { Ok(text) }
        }
        ["dev", name] => {
            let links = links(guest);
            let link = links.iter().find(|link| link.name == *name).ok_or_else(|| failed(1, &format!("Cannot find device \"{name}\"")))?;
            let of_it = of_table(guest, MAIN_TABLE).into_iter().filter(|line| line.eni == link.eni.id);
            // What is named is not said again.
            Ok(listed(of_it.collect()).replace(&format!(" dev {name}"), ""))
        }
        _ => Err(usage()),
    }
}

/// A route as it is listed.
struct Line {
    order: (Ipv4Addr, u8, u32),
    eni: EniId,
    text: String,
}

fn listed(mut lines: Vec<Line>) -> String {
    sort_by_key(&mut lines, |line| line.order);
    lines.into_iter().map(|line| line.text).collect()
}

/// The routes of a table: those of the system, and those that somebody set.
fn of_table(guest: &Guest<'_>, table: u32) -> Vec<Line> {
    let links = links(guest);
    let hand = guest.instance.guest.by_hand.as_deref();
    let mut all = Vec::new();
    for link in links.iter().filter(|link| link.eni.primary_ip().is_some() && (table == MAIN_TABLE || link.table(guest) == Some(table))) {
        let line = |order: (Ipv4Addr, u8), text: String| Line { order: (order.0, order.1, link.metric(guest)), eni: link.eni.id, text };
        if hand.is_none_or(|hand| !hand.without_default.contains(&link.eni.id)) {
            all.push(line((Ipv4Addr::UNSPECIFIED, 0), default(guest, link)));
        }
        let (cidr, router) = (link.subnet.cidr, link.subnet.router());
        all.push(line((cidr.network(), cidr.prefix_len()), connected(guest, link)));
        if table == MAIN_TABLE {
            let text = format!("{router} dev {} proto dhcp scope link{}\n", link.name, source(guest, link));
            all.push(line((router, 32), text));
        }
    }
    for (block, eni, ip) in hand.iter().flat_map(|hand| hand.blocks()).filter(|_| table == MAIN_TABLE) {
        let Some(link) = links.iter().find(|link| link.eni.id == eni) else { continue };
        let text = format!("{block} dev {} proto kernel scope link src {ip}\n", link.name);
        all.push(Line { order: (block.network(), block.prefix_len(), 0), eni, text });
    }
    for route in hand.iter().flat_map(|hand| &hand.routes).filter(|route| route.table == table) {
        let Some(link) = links.iter().find(|link| link.eni.id == route.eni) else { continue };
        let order = (route.destination.network(), route.destination.prefix_len(), route.metric);
        all.push(Line { order, eni: route.eni, text: set_by_hand(route, &link.name) });
    }
    all
}

/// A route that somebody set.
fn set_by_hand(route: &HandRoute, device: &str) -> String {
    let via = route.via.map_or_else(String::new, |via| format!(" via {via}"));
    let scope = if route.via.is_none() { " scope link" } else { "" };
    let source = route.source.map_or_else(String::new, |source| format!(" src {source}"));
    let metric = if route.metric > 0 { format!(" metric {}", route.metric) } else { String::new() };
    format!("{}{via} dev {device}{scope}{source}{metric}\n", block(route.destination))
}

/// What follows the interface in each route of it.
fn source(guest: &Guest<'_>, link: &Link<'_>) -> String {
    let from = link.eni.primary_ip().map_or_else(String::new, |ip| format!(" src {ip}"));
    format!("{from} metric {}", link.metric(guest))
}

fn default(guest: &Guest<'_>, link: &Link<'_>) -> String {
    format!("default via {} dev {} proto dhcp{}\n", link.subnet.router(), link.name, source(guest, link))
}

fn connected(guest: &Guest<'_>, link: &Link<'_>) -> String {
    format!("{} dev {} proto kernel scope link{}\n", link.subnet.cidr, link.name, source(guest, link))
}

fn over_ipv6(guest: &Guest<'_>) -> String {
    let links = links(guest);
    let six = || links.iter().filter(|link| !link.eni.ipv6_addresses.is_empty());
    let blocks = six().filter_map(|link| Some((link, link.subnet.ipv6_cidr?.cidr)));
    let nets = blocks.map(|(link, block)| format!("{block} dev {} proto ra metric {} pref medium\n", link.name, link.metric(guest)));
    let own = links.iter().map(|link| format!("fe80::/64 dev {} proto kernel metric 256 pref medium\n", link.name));
    let out = six().map(|link| format!("default via fe80::1 dev {} proto ra metric {} pref medium\n", link.name, link.metric(guest)));
    nets.chain(own).chain(out).collect()
}

/// `ip rule`: by which table what comes from an address is routed.
pub(super) fn rules(guest: &Guest<'_>) -> String {
    let mut all = vec![(0, "from all lookup local".to_owned())];
    for link in links(guest) {
        if let Some(table) = link.table(guest) {
            all.extend(link.addresses(guest).iter().map(|ip| (table, format!("from {ip} lookup {table} proto static"))));
        }
    }
    all.extend([(MAIN_RULE, "from all lookup main".to_owned()), (MAIN_RULE + 1, "from all lookup default".to_owned())]);
    let hand = guest.instance.guest.by_hand.iter().flat_map(|hand| &hand.rules);
    all.extend(hand.map(|rule| (rule.priority, ruled(rule))));
    sort_by_key(&mut all, |(priority, _)| *priority);
    all.into_iter().map(|(priority, text)| format!("{priority}:\t{text}\n")).collect()
}

fn ruled(rule: &HandRule) -> String {
    let all = |net: Ipv4Net| if net.prefix_len() == 0 { "all".to_owned() } else { block(net) };
    let to = if rule.to.prefix_len() == 0 { String::new() } else { format!(" to {}", all(rule.to)) };
    let table = if rule.table == MAIN_TABLE { "main".to_owned() } else { rule.table.to_string() };
    format!("from {}{to} lookup {table}", all(rule.from))
}

/// `ip route get`: by which interface a packet leaves, as the judge has it.
fn taken(guest: &Guest<'_>, from: IpAddr, to: IpAddr) -> Result<String, Failure> {
    let chosen = exit(guest.network(), guest.instance, from, to);
    let links = links(guest);
    let link = chosen.eni.and_then(|eni| links.iter().find(|link| link.eni.id == eni.id));
    let (is_bound, end) = (!from.is_unspecified(), " uid 1000 \n    cache ");
    let link = match (chosen.by, link) {
        (GuestRouting::Local, _) => {
            let own = chosen.source.map_or(to, IpAddr::V4);
            return Ok(format!("local {to} dev lo src {own}{end}<local> \n"));
        }
        (GuestRouting::ForeignSource, _) => return Err(failed(2, "RTNETLINK answers: Invalid argument")),
        (_, None) => return Err(failed(2, "RTNETLINK answers: Network is unreachable")),
        (_, Some(link)) => link,
    };
    let bound = if is_bound { format!(" from {from}") } else { String::new() };
    let via = match to {
        _ if link.subnet.holds(to) || matches!(chosen.by, GuestRouting::NoNeighbour(_)) => String::new(),
        IpAddr::V4(_) => format!(" via {}", link.subnet.router()),
        IpAddr::V6(_) => " via fe80::1".to_owned(),
    };
    let table = match chosen.by {
        GuestRouting::Policy => link.table(guest),
        GuestRouting::Table(table) | GuestRouting::NoNeighbour(table) => Some(table).filter(|table| *table != MAIN_TABLE),
        _ => None,
    };
    let table = table.map_or_else(String::new, |table| format!(" table {table}"));
    let own = chosen
        .source
        .map(IpAddr::V4)
        .or_else(|| link.eni.address_towards(to))
        .filter(|_| !is_bound)
        .map_or_else(String::new, |own| format!(" src {own}"));
    Ok(format!("{to}{bound}{via} dev {}{table}{own}{end}\n", link.name))
}
