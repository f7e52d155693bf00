//! Who is meant: ids, names, addresses and DNS names.

use crate::scenario::Scenario;
use eni_core::addr::{IpAddr, Ipv4Addr};
use eni_core::dataplane::internet::{address_of_service, service_named};
use eni_core::dataplane::resolver::resolve_in;
use eni_core::dataplane::trace::End;
use eni_core::id::InstanceId;
use eni_core::model::Tags;
use eni_core::model::dns_name::DnsName;
use eni_core::model::hosted_zone::RecordType;
use eni_core::order::sort;
use std::fmt::Display;

/// Finds an end.
///
/// # Errors
/// Nobody is called that, or more than one.
pub(super) fn find(scenario: &Scenario, who: &str) -> Result<End, String> {
    if who == "internet" {
        return Ok(End::Internet);
    }
    let shown: String = who.chars().take(100).collect();
    if let Some(end) = by_id(scenario, who) {
        return end.ok_or_else(|| format!("there is no {shown} in this network{}", near(scenario, &shown)));
    }
    if let Ok(address) = who.parse::<IpAddr>() {
        return Ok(End::Address(address));
    }
    if let Some(function) = scenario.network.function(who) {
        let eni = scenario.network.enis_of_function(function).into_iter().next();
        return Ok(eni.map_or(End::Internet, |eni| End::Eni(eni.id)));
    }
    let mut called = by_name(scenario, who);
    match (called.pop(), called.pop()) {
        (Some((_, end)), None) => Ok(end),
        (Some((a, _)), Some((b, _))) => Err(format!("\"{shown}\" is the name of {b} and of {a}; use an id")),
        (None, _) => by_dns_name(scenario, who).ok_or_else(|| {
            let near = near(scenario, &shown);
            format!("nobody is called \"{shown}\": expected an instance, a network interface or a gateway (id or Name tag), an address, a DNS name or internet{near}")
        }),
    }
}

/// The instance that is called so, or has this address: a public one, or else a private one.
pub(super) fn instance_at(scenario: &Scenario, who: &str) -> Option<InstanceId> {
    let network = &scenario.network;
    let eni = match find(scenario, who).ok()? {
        End::Instance(id) => return Some(id),
        End::Eni(id) => network.eni(id),
        End::Address(ip) => {
            let public = if let IpAddr::V4(ip) = ip { network.mapping_of_public_ip(ip) } else { None };
            public.map(|(eni, _)| eni).or_else(|| network.eni_anywhere(ip))
        }
        End::InternetGateway(_) | End::VpnGateway(_) | End::Internet => None,
    };
    eni?.attachment.as_ref().map(|attachment| attachment.instance)
}

/// What a DNS name stands for where it is asked for: inside the VPC of its address a public one is the private one (`A35`), if the VPC has both its
/// DNS attributes on, and a service's name leads to the interface endpoint that has it (`P42`).
pub(super) fn seen_from(scenario: &Scenario, from: End, to: End, who: &str) -> End {
    let network = &scenario.network;
    let End::Address(IpAddr::V4(_)) = to else { return to };
    let asks_by = match from {
        End::Instance(id) => network.instance(id).and_then(|instance| network.eni(instance.primary_eni()?)),
        End::Eni(id) => network.eni(id),
        End::Address(ip) => network.eni_anywhere(ip),
        End::InternetGateway(_) | End::VpnGateway(_) | End::Internet => None,
    };
    let asks_in = asks_by.and_then(|eni| Some((network.vpc(eni.vpc)?, network.subnet(eni.subnet).map(|subnet| &subnet.zone))));
    let resolved = asks_in.zip(DnsName::read(who).ok().filter(|_| who.ends_with(".amazonaws.com")));
    let answer = resolved.map(|(place, name)| resolve_in(network, place, &name, RecordType::A));
    let address = answer.and_then(|answer| answer.records.iter().find_map(|record| record.value.parse().ok()));
    address.map_or(to, End::Address)
}

/// How many names are listed.
const LISTED: usize = 6;

/// The ends whose names or ids are nearest to what was typed, in a line of their own: first those that it is a part of.
fn near(scenario: &Scenario, typed: &str) -> String {
    let network = &scenario.network;
    let named = |id: String, tags: &Tags| {
        let name = tags.get("Name").filter(|name| !name.is_empty());
        [Some(id), name.cloned()].into_iter().flatten().collect::<Vec<String>>()
    };
    let instances = network.instances().flat_map(|i| named(i.id.to_string(), &i.tags));
    let enis = network.enis().flat_map(|e| named(e.id.to_string(), &e.tags));
    let gateways = network.internet_gateways().flat_map(|g| named(g.id.to_string(), &g.tags));
    let typed = typed.to_lowercase();
    let rank = |name: String| {
        let small = name.to_lowercase();
        ((!small.contains(&typed), distance(&typed, &small)), name)
    };
    let mut ranked: Vec<((bool, usize), String)> = instances.chain(enis).chain(gateways).map(rank).collect();
    sort(&mut ranked);
    ranked.dedup();
    let listed: Vec<String> = ranked.into_iter().map(|(_, name)| name).take(LISTED).collect();
    if listed.is_empty() { String::new() } else { format!("\nnearest here: {}", listed.join(", ")) }
}

/// How many ends are listed to somebody who names none.
const MOST_LISTED: usize = 50;

/// Who is there, a line each: name, id, first address.
pub(super) fn list(scenario: &Scenario) -> String {
    let network = &scenario.network;
    let line = |tags: &Tags, id: String, address: Option<Ipv4Addr>| {
        let name: String = tags.get("Name").filter(|name| !name.is_empty()).map_or("-", String::as_str).chars().take(40).collect();
        format!("  {name:<20} {id:<21} {}", address.map(|ip| ip.to_string()).unwrap_or_default()).trim_end().to_owned()
    };
    let first = |eni: eni_core::id::EniId| network.eni(eni).and_then(|eni| eni.addresses.first()).map(|address| address.ip);
    let instances = network.instances().map(|i| line(&i.tags, i.id.to_string(), i.primary_eni().and_then(first)));
    let enis = network.enis().map(|e| line(&e.tags, e.id.to_string(), first(e.id)));
    let gateways = network.internet_gateways().map(|g| line(&g.tags, g.id.to_string(), None));
    let all: Vec<String> = instances.chain(enis).chain(gateways).collect();
    let more = all.len().saturating_sub(MOST_LISTED);
    let mut text = all.into_iter().take(MOST_LISTED).collect::<Vec<_>>().join("\n");
    if more > 0 {
        text.push_str(&format!("\n  and {more} more"));
    }
    text
}

/// How many letters must be put in, taken out or changed to make one word of another.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().take(100).collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (line, letter) in from.chars().enumerate() {
        let mut next = vec![line + 1];
        for ((left_above, above), other) in row.iter().zip(row.iter().skip(1)).zip(&to) {
            let left = next.last().copied().unwrap_or(usize::MAX - 1);
            next.push((left_above + usize::from(letter != *other)).min(above + 1).min(left + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or(usize::MAX)
}

/// Something that looks like an id; the inner value is there if the network has it.
fn by_id(scenario: &Scenario, who: &str) -> Option<Option<End>> {
    let network = &scenario.network;
    let instance = || who.parse().ok().map(|id| network.instance(id).map(|_| End::Instance(id)));
    let eni = || who.parse().ok().map(|id| network.eni(id).map(|_| End::Eni(id)));
    let internet = || who.parse().ok().map(|id| network.internet_gateway(id).map(|_| End::InternetGateway(id)));
    let vpn = || who.parse().ok().map(|id| network.vpn_gateway(id).map(|_| End::VpnGateway(id)));
    // What is meant by a customer gateway is a host of the network behind it.
    let behind = || who.parse().ok().map(|id| network.host_behind(id).map(|ip| End::Address(ip.into())));
    instance().or_else(eni).or_else(internet).or_else(vpn).or_else(behind)
}

/// Everything of this name: of instances, or else of ENIs, or else of gateways.
fn by_name(scenario: &Scenario, who: &str) -> Vec<(String, End)> {
    let network = &scenario.network;
    let is = |id: &dyn Display, tags: &Tags| {
        tags.get("Name").is_some_and(|name| name == who) || scenario.scene.names.get(&id.to_string()).is_some_and(|name| name == who)
    };
    let instances: Vec<_> = network.instances().filter(|i| is(&i.id, &i.tags)).map(|i| (i.id.to_string(), End::Instance(i.id))).collect();
    if !instances.is_empty() {
        return instances;
    }
    let enis: Vec<_> = network.enis().filter(|e| is(&e.id, &e.tags)).map(|e| (e.id.to_string(), End::Eni(e.id))).collect();
    if !enis.is_empty() {
        return enis;
    }
    let internet = network.internet_gateways().filter(|g| is(&g.id, &g.tags)).map(|g| (g.id.to_string(), End::InternetGateway(g.id)));
    let vpn = network.vpn_gateways().filter(|g| is(&g.id, &g.tags)).map(|g| (g.id.to_string(), End::VpnGateway(g.id)));
    let far = network.customer_gateways().filter(|g| is(&g.id, &g.tags));
    let behind = far.filter_map(|g| Some((g.id.to_string(), End::Address(network.host_behind(g.id)?.into()))));
    internet.chain(vpn).chain(behind).collect()
}

/// The name of a service of the region; `ip-10-0-0-5.…` and `ec2-203-0-113-25.…` of an address that the network has (`I5`, `I6`).
fn by_dns_name(scenario: &Scenario, who: &str) -> Option<End> {
    let stem = who.strip_suffix(".amazonaws.com").and_then(|rest| rest.strip_suffix(scenario.network.region()));
    let service = stem.and_then(|rest| service_named(rest.strip_suffix('.')?));
    if let Some(address) = service.and_then(|service| address_of_service(&scenario.network, service)) {
        return Some(End::Address(IpAddr::V4(address)));
    }
    if let Some(name) = stem.and_then(|rest| rest.strip_suffix('.')?.strip_suffix(".efs")) {
        // Which of its mount targets is meant is settled where it is asked for.
        let system = name.rsplit('.').next()?.parse().ok()?;
        let mut targets = scenario.network.mount_targets_of(system).filter_map(|target| scenario.network.eni(target.eni)?.primary_ip());
        return targets.next().map(|ip| End::Address(IpAddr::V4(ip)));
    }
    let (label, domain) = who.split_once('.')?;
    let private = label.strip_prefix("ip-").filter(|_| domain.ends_with("internal"));
    let public = label.strip_prefix("ec2-").filter(|_| domain.ends_with("amazonaws.com"));
    let address: Ipv4Addr = private.or(public)?.replace('-', ".").parse().ok()?;
    let network = &scenario.network;
    let there = network.eni_anywhere(IpAddr::V4(address)).is_some() || network.mapping_of_public_ip(address).is_some();
    there.then_some(End::Address(IpAddr::V4(address)))
}
