//! The routes and rules of a guest, and which of them takes a packet (`G1` to `G8`).

use super::Guest;
use super::failed;
use crate::shell::guest::link::{Link, links};
use crate::shell::{Failure, said};
use eni_core::addr::{IpAddr, Ipv4Addr};
use eni_core::dataplane::guest::exit;
use eni_core::dataplane::reason::GuestRouting;
use eni_core::order::sort_by_key;

/// `ip route`, with what stands behind it.
pub(super) fn routes(guest: &Guest<'_>, words: &[&str], over_ipv4: bool) -> Result<String, Failure> {
    let usage = || failed(255, said::IP_USAGE);
    match words {
        ["get", to] => taken(guest, IpAddr::V4(Ipv4Addr::UNSPECIFIED), to.parse().map_err(|_| usage())?),
        ["get", to, "from", from] => taken(guest, from.parse().map_err(|_| usage())?, to.parse().map_err(|_| usage())?),
        [] | ["table", "main" | "254"] if !over_ipv4 => Ok(over_ipv6(guest)),
        [] | ["table", "main" | "254"] => Ok(main(guest)),
        ["table", number] => {
            let links = links(guest);
            let of = number.parse().ok().and_then(|number: u32| links.iter().find(|link| link.table(guest) == Some(number)));
            match of {
                Some(link) => Ok([default(guest, link), connected(guest, link)].concat()),
                None => Err(failed(2, "Error: ipv4: FIB table does not exist.\nDump terminated")),
            }
        }
        _ => Err(usage()),
    }
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

fn main(guest: &Guest<'_>) -> String {
    let mut links: Vec<Link<'_>> = links(guest).into_iter().filter(|link| link.eni.primary_ip().is_some()).collect();
    let defaults: String = links.iter().map(|link| default(guest, link)).collect();
    sort_by_key(&mut links, |link| (link.subnet.cidr.network(), link.place));
    let rest = links.iter().map(|link| {
        let router = format!("{} dev {} proto dhcp scope link{}\n", link.subnet.router(), link.name, source(guest, link));
        connected(guest, link) + &router
    });
    defaults + &rest.collect::<String>()
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
    let mut text = "0:\tfrom all lookup local\n".to_owned();
    for link in links(guest) {
        if let Some(table) = link.table(guest) {
            text.extend(link.addresses(guest).iter().map(|ip| format!("{table}:\tfrom {ip} lookup {table} proto static\n")));
        }
    }
    text + "32766:\tfrom all lookup main\n32767:\tfrom all lookup default\n"
}

/// `ip route get`: by which interface a packet leaves, as the judge has it.
fn taken(guest: &Guest<'_>, from: IpAddr, to: IpAddr) -> Result<String, Failure> {
    let chosen = exit(guest.network(), guest.instance, from, to);
    let links = links(guest);
    let link = chosen.eni.and_then(|eni| links.iter().find(|link| link.eni.id == eni.id));
    let (is_bound, end) = (!from.is_unspecified(), " uid 1000 \n    cache ");
    let link = match (chosen.by, link) {
        (GuestRouting::Local, _) => return Ok(format!("local {to} dev lo src {to}{end}<local> \n")),
        (GuestRouting::ForeignSource, _) => return Err(failed(2, "RTNETLINK answers: Invalid argument")),
        (_, None) => return Err(failed(2, "RTNETLINK answers: Network is unreachable")),
        (_, Some(link)) => link,
    };
    let bound = if is_bound { format!(" from {from}") } else { String::new() };
    let via = match to {
        _ if link.subnet.holds(to) => String::new(),
        IpAddr::V4(_) => format!(" via {}", link.subnet.router()),
        IpAddr::V6(_) => " via fe80::1".to_owned(),
    };
    let table = if chosen.by == GuestRouting::Policy { link.table(guest) } else { None };
    let table = table.map_or_else(String::new, |table| format!(" table {table}"));
    let own = link.eni.address_towards(to).filter(|_| !is_bound).map_or_else(String::new, |own| format!(" src {own}"));
    Ok(format!("{to}{bound}{via} dev {}{table}{own}{end}\n", link.name))
}
