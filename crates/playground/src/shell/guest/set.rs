//! What people type on an instance to set its network, made the one form that is written down: interfaces by their ids, what follows from the network
//! filled in; and what the programs say of what cannot be (`G17` to `G20`).

use super::link::{Link, links};
use super::{Guest, failed, guest, ip};
use crate::act::{FilterOf, GuestChange, GuestCommand, GuestCommandError, Routing, WantedRoute, filter_number, masquerade_shown};
use crate::shell::{Failure, Host, said};
use eni_core::addr::{IpAddr, Ipv4Addr};
use eni_core::dataplane::guest::{EPHEMERAL, configured_on, has_configured};
use eni_core::id::EniId;
use eni_core::model::by_hand::MAIN_TABLE;
use eni_core::model::by_hand::RpFilter;

/// The setting that has the ports which the guest begins conversations from (`N11`). It is only read here.
const PORT_RANGE: &str = "net.ipv4.ip_local_port_range";

/// A command as it is written down, and what its program prints.
pub struct Typed {
    pub words: Vec<String>,
    pub printed: String,
}

/// Whether a program changes the guest with these words behind it, though with others it only looks.
pub(super) fn is_change(program: &str, words: &[&str]) -> bool {
    match program {
        "ip" => ip::is_act(words),
        "sysctl" => words.iter().any(|word| word.contains('=')),
        "iperf3" => words.iter().any(|word| matches!(*word, "-s" | "-D")),
        "iptables" => !words.iter().any(|word| matches!(*word, "-L" | "--list" | "-S" | "--list-rules")),
        _ => false,
    }
}

/// Reads what was typed; nothing where it is not about the network.
pub fn typed(host: &dyn Host, words: &[String]) -> Option<Result<Typed, Failure>> {
    let (name, command) = words.split_first()?;
    let command: Vec<&str> = command.iter().map(String::as_str).collect();
    let (program, rest) = command.split_first()?;
    if *program != "networkctl" && !is_change(program, rest) {
        return None;
    }
    let scenario = host.scenario()?;
    Some(guest(&scenario, name).and_then(|guest| {
        let links = links(&guest);
        let known = |word: &str| links.iter().find(|link| link.name == word || link.eni.id.to_string() == word).map(|link| link.eni.id);
        let read = GuestCommand::read(&command, &known).and_then(|command| {
            let GuestCommand(change) = command;
            completed(&guest, &links, change).map(GuestCommand)
        });
        let done = read.and_then(|command| command.carried_out_on(&guest.instance.guest).map(|_| command));
        let quiet = rest.iter().any(|word| word.starts_with("-q"));
        match done {
            Ok(command) => {
                let words = std::iter::once(name.clone()).chain(command.to_string().split(' ').map(str::to_owned)).collect();
                let printed = if *program == "sysctl" && !quiet { told(&links, command.0) } else { String::new() };
                Ok(Typed { words, printed })
            }
            Err(GuestCommandError::Program { text, exit }) => Err(failed(exit, &text)),
            Err(other) => Err(failed(255, &other.to_string())),
        }
    }))
}

fn program(exit: u8, text: &str) -> GuestCommandError {
    GuestCommandError::Program { text: text.to_owned(), exit }
}

/// The change with what the network tells, if the kernel takes it.
fn completed(guest: &Guest<'_>, links: &[Link<'_>], change: GuestChange) -> Result<GuestChange, GuestCommandError> {
    let of = |eni: EniId| links.iter().find(|link| link.eni.id == eni);
    match change {
        GuestChange::Routing(Routing::AddRoute(route)) => led(guest, links, route).map(Routing::AddRoute).map(GuestChange::Routing),
        GuestChange::Routing(Routing::ReplaceRoute(route)) => led(guest, links, route).map(Routing::ReplaceRoute).map(GuestChange::Routing),
        GuestChange::Routing(Routing::DeleteRoute(route)) => Ok(GuestChange::Routing(Routing::DeleteRoute(own(guest, links, route)))),
        GuestChange::ConfigureAddress(ip, eni, _)
            if of(eni).is_some_and(|link| has_configured(&guest.instance.guest, link.eni, ip.into())) =>
        {
            Err(program(2, "RTNETLINK answers: File exists"))
        }
        // An address without a length is alone; one with that of its subnet needs none.
        GuestChange::ConfigureAddress(ip, eni, length) => {
            let length = length.unwrap_or(32);
            let is_usual = of(eni).is_some_and(|link| link.subnet.cidr.prefix_len() == length && link.subnet.cidr.contains(&ip));
            Ok(GuestChange::ConfigureAddress(ip, eni, Some(length).filter(|_| !is_usual)))
        }
        GuestChange::ForgetAddress(ip, eni) => match of(eni) {
            Some(link) if link.eni.primary_ip() == Some(ip) => Err(program(2, said::PRIMARY_STAYS)),
            Some(link) if has_configured(&guest.instance.guest, link.eni, ip.into()) => Ok(change),
            _ => Err(program(2, "Error: ipv4: Address not found.")),
        },
        change => Ok(change),
    }
}

/// A route with its interface, if its router is one that the interface can ask.
fn led(guest: &Guest<'_>, links: &[Link<'_>], mut route: WantedRoute) -> Result<WantedRoute, GuestCommandError> {
    let near = |via: Ipv4Addr| links.iter().find(|link| link.subnet.cidr.contains(&via));
    let named = route.eni.and_then(|eni| links.iter().find(|link| link.eni.id == eni));
    let link = named.or_else(|| route.via.and_then(near));
    if let Some(via) = route.via {
        match link.filter(|link| link.subnet.cidr.contains(&via)) {
            None => return Err(program(2, "Error: Nexthop has invalid gateway.")),
            Some(link) if link.subnet.router() != via => return Err(program(2, said::OTHER_ROUTER)),
            Some(_) => {}
        }
    }
    if let Some(source) = route.source
        && configured_on(guest.network(), guest.instance, IpAddr::V4(source)).is_none()
    {
        return Err(program(2, "Error: Invalid prefsrc address."));
    }
    route.eni = link.map(|link| link.eni.id);
    Ok(route)
}

/// A route that is taken away: where none is meant that somebody set, the first of the system's own that is.
fn own(guest: &Guest<'_>, links: &[Link<'_>], route: WantedRoute) -> WantedRoute {
    let hand = guest.instance.guest.by_hand.as_deref();
    let is_set = hand.is_some_and(|hand| hand.routes.iter().any(|set| route.means(set)));
    if is_set || route.table != MAIN_TABLE || route.destination.prefix_len() > 0 {
        return route;
    }
    let is_there = |link: &&Link<'_>| hand.is_none_or(|hand| !hand.without_default.contains(&link.eni.id));
    let is_meant = |link: &&Link<'_>| {
        route.eni.is_none_or(|eni| eni == link.eni.id)
            && route.via.is_none_or(|via| via == link.subnet.router())
            && route.metric.is_none_or(|metric| metric == link.metric(guest))
    };
    let found = links.iter().filter(is_there).find(is_meant);
    found.map_or(route, |link| crate::act::default_of(link.eni.id))
}

/// What `sysctl -w` prints.
fn told(links: &[Link<'_>], change: GuestChange) -> String {
    let named = |eni: EniId| links.iter().find(|link| link.eni.id == eni).map_or_else(|| eni.to_string(), |link| link.name.clone());
    match change {
        GuestChange::Forwarding(on) => format!("net.ipv4.ip_forward = {}\n", u8::from(on)),
        GuestChange::ReversePathFilter(of, filter) => {
            let name = match of {
                FilterOf::Everything => "*".to_owned(),
                FilterOf::All => "all".to_owned(),
                FilterOf::Default => "default".to_owned(),
                FilterOf::Interface(eni) => named(eni),
            };
            format!("net.ipv4.conf.{name}.rp_filter = {}\n", filter_number(filter))
        }
        _ => String::new(),
    }
}

/// `sysctl KEY`: the settings that are kept here.
pub(super) fn sysctl(guest: &Guest<'_>, words: &[&str]) -> Result<String, Failure> {
    let (has_name, keys) = match words {
        ["-n", keys @ ..] => (false, keys),
        keys => (true, keys),
    };
    let all = settings(guest);
    let is_all = matches!(keys, ["-a"]);
    if keys.is_empty() || (keys.iter().any(|key| key.starts_with('-')) && !is_all) {
        return Err(failed(1, said::SYSCTL_USAGE));
    }
    let mut text = String::new();
    for (key, value) in all.iter().filter(|(key, _)| is_all || keys.contains(&key.as_str())) {
        text += &if has_name { format!("{key} = {value}\n") } else { format!("{value}\n") };
    }
    let unknown = keys.iter().find(|key| !is_all && all.iter().all(|(known, _)| known != *key));
    match unknown {
        Some(key) => Err(failed(1, &format!("{text}sysctl: cannot stat /proc/sys/{}: No such file or directory", key.replace('.', "/")))),
        None => Ok(text),
    }
}

fn settings(guest: &Guest<'_>) -> Vec<(String, String)> {
    let system = &guest.instance.guest;
    let hand = system.by_hand.as_deref();
    let mut all = vec![
        ("net.ipv4.ip_forward".to_owned(), u8::from(system.forwarding).to_string()),
        (PORT_RANGE.to_owned(), format!("{}\t{}", EPHEMERAL.0, EPHEMERAL.1)),
    ];
    let mut filter =
        |name: &str, filter: RpFilter| all.push((format!("net.ipv4.conf.{name}.rp_filter"), filter_number(filter).to_string()));
    filter("all", hand.and_then(|hand| hand.filter_of_all).unwrap_or(system.usual_filter_of_all()));
    filter("default", system.rp_filter);
    for link in links(guest) {
        filter(&link.name, hand.and_then(|hand| hand.filters.get(&link.eni.id).copied()).unwrap_or(system.rp_filter));
    }
    all
}

/// `iptables -t nat -S`, or `-L`: what is masqueraded.
pub(super) fn iptables(guest: &Guest<'_>, words: &[&str]) -> Result<String, Failure> {
    let is_nat = words.windows(2).any(|pair| matches!(pair, ["-t" | "--table", "nat"]));
    if !is_nat || !words.iter().any(|word| matches!(*word, "-S" | "--list-rules")) {
        return Err(failed(2, said::IPTABLES_USAGE));
    }
    let links = links(guest);
    let name = |eni: EniId| links.iter().find(|link| link.eni.id == eni).map_or_else(|| eni.to_string(), |link| link.name.clone());
    let rules = guest.instance.guest.by_hand.iter().flat_map(|hand| &hand.masquerades).map(|rule| masquerade_shown(rule, &name));
    let of_image = if guest.instance.guest.masquerade { "-A POSTROUTING -j MASQUERADE\n" } else { "" };
    let head = "-P PREROUTING ACCEPT\n-P INPUT ACCEPT\n-P OUTPUT ACCEPT\n-P POSTROUTING ACCEPT\n";
    Ok(format!("{head}{of_image}{}", rules.collect::<String>()))
}
