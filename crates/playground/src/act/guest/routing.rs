//! `ip rule`, `ip route` and `ip link set` as changes of a guest (`G17`, `G20`): their grammar as iproute2 reads it, their one written form, and what
//! the kernel says of those that cannot be.

use super::GuestCommandError;
use crate::words::programs;
use eni_core::addr::{Ipv4Addr, Ipv4Net};
use eni_core::id::EniId;
use eni_core::model::by_hand::{ByHand, HandRoute, HandRule, JUMBO, MAIN_TABLE};
use std::fmt;

/// How many rules, and how many routes, somebody may set in one guest.
const MOST: usize = 100;
/// The sizes that the driver of the network card takes for the longest packet.
const SIZES: std::ops::RangeInclusive<u16> = 128..=9_216;
/// Every address.
pub(super) const ALL: Ipv4Net = Ipv4Net::new_assert(Ipv4Addr::UNSPECIFIED, 0);

/// What iproute2 takes besides, and is not played.
const RULE_NOT_PLAYED: [&str; 20] = [
    "not",
    "iif",
    "oif",
    "dev",
    "fwmark",
    "tos",
    "dsfield",
    "ipproto",
    "sport",
    "dport",
    "uidrange",
    "realms",
    "goto",
    "nop",
    "blackhole",
    "unreachable",
    "prohibit",
    "suppress_prefixlength",
    "protocol",
    "l3mdev",
];
const ROUTE_NOT_PLAYED: [&str; 18] = [
    "blackhole",
    "unreachable",
    "prohibit",
    "throw",
    "local",
    "broadcast",
    "multicast",
    "nexthop",
    "mtu",
    "advmss",
    "window",
    "initcwnd",
    "initrwnd",
    "tos",
    "dsfield",
    "realms",
    "encap",
    "nhid",
];
const LINK_NOT_PLAYED: [&str; 14] = [
    "down",
    "address",
    "txqueuelen",
    "qlen",
    "promisc",
    "arp",
    "multicast",
    "allmulticast",
    "alias",
    "name",
    "master",
    "netns",
    "group",
    "type",
];

/// What changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Routing {
    /// `ip rule add`; without a priority it is asked before all others.
    AddRule(WantedRule),
    /// `ip rule del`: the first that has all that is named.
    DeleteRule(WantedRule),
    /// `ip rule flush`.
    FlushRules,
    /// `ip route add`.
    AddRoute(WantedRoute),
    /// `ip route replace`: the route of that destination and metric is this one from now on.
    ReplaceRoute(WantedRoute),
    /// `ip route del`: the first that has all that is named.
    DeleteRoute(WantedRoute),
    /// `ip route flush table N`.
    FlushTable(u32),
    /// `networkctl renew DEV`: the system makes its own routes of the interface again.
    Renew(EniId),
    /// `ip link set dev DEV mtu N`.
    Size(EniId, u16),
}

/// A rule as it was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WantedRule {
    /// Which one among all.
    pub priority: Option<u32>,
    /// The sources.
    pub from: Ipv4Net,
    /// The destinations.
    pub to: Ipv4Net,
    /// The table that it leads to.
    pub table: Option<u32>,
}

/// A route as it was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WantedRoute {
    /// The table that it is in.
    pub table: u32,
    /// Where it leads.
    pub destination: Ipv4Net,
    /// The router.
    pub via: Option<Ipv4Addr>,
    /// The interface.
    pub eni: Option<EniId>,
    /// The address that a new conversation begins from.
    pub source: Option<Ipv4Addr>,
    /// What it costs.
    pub metric: Option<u32>,
    /// Whether it is one that the system made by itself (`proto dhcp`).
    pub is_own: bool,
}

/// What a program on the guest says to a line that cannot be, with its exit code.
pub(super) fn said(exit: u8, text: impl Into<String>) -> GuestCommandError {
    GuestCommandError::Program { text: text.into(), exit }
}

fn incomplete() -> GuestCommandError {
    said(255, "Command line is not complete. Try option \"help\"")
}

/// Which interface a name means.
pub(super) type Devices<'d> = &'d dyn Fn(&str) -> Option<EniId>;

/// The words of a line, one by one.
struct Words<'w> {
    left: std::slice::Iter<'w, &'w str>,
    devices: Devices<'w>,
}

impl<'w> Words<'w> {
    fn value(&mut self) -> Result<&'w str, GuestCommandError> {
        self.left.next().copied().ok_or_else(incomplete)
    }

    fn prefix(&mut self) -> Result<Ipv4Net, GuestCommandError> {
        prefix(self.value()?)
    }

    fn address(&mut self) -> Result<Ipv4Addr, GuestCommandError> {
        let word = self.value()?;
        word.parse().map_err(|_| said(1, format!("Error: inet address is expected rather than \"{word}\".")))
    }

    fn number(&mut self, what: &str) -> Result<u32, GuestCommandError> {
        let word = self.value()?;
        word.parse().map_err(|_| said(255, format!("Error: argument \"{word}\" is wrong: {what}")))
    }

    fn table(&mut self, what: &str) -> Result<u32, GuestCommandError> {
        match self.value()? {
            "main" => Ok(MAIN_TABLE),
            "default" => Ok(253),
            word => {
                let number = word.parse().ok().filter(|number| (1..255).contains(number) || *number > 255);
                number.ok_or_else(|| said(255, format!("Error: argument \"{word}\" is wrong: {what}")))
            }
        }
    }

    fn device(&mut self) -> Result<EniId, GuestCommandError> {
        let name = self.value()?;
        (self.devices)(name).ok_or_else(|| said(1, format!("Cannot find device \"{name}\"")))
    }
}

/// A block; a lone address is one of its own.
fn prefix(word: &str) -> Result<Ipv4Net, GuestCommandError> {
    let lone = || word.parse::<Ipv4Addr>().ok().map(Ipv4Net::from);
    let read = if matches!(word, "all" | "any" | "default") { Some(ALL) } else { word.parse().ok().or_else(lone) };
    read.ok_or_else(|| said(1, format!("Error: any valid prefix is expected rather than \"{word}\".")))
}

/// An address with its length, if it has one.
pub(super) fn of_length(word: &str) -> Result<(Ipv4Addr, Option<u8>), GuestCommandError> {
    let (ip, length) = word.split_once('/').map_or((word, None), |(ip, length)| (ip, Some(length)));
    let length = match length {
        None => Some(None),
        Some(length) => length.parse().ok().filter(|length| *length <= 32).map(Some),
    };
    let read = ip.parse().ok().zip(length);
    read.ok_or_else(|| said(1, format!("Error: any valid prefix is expected rather than \"{word}\".")))
}

/// Whether a word is a verb, or enough of its beginning.
fn is(word: &str, verb: &str) -> bool {
    !word.is_empty() && verb.starts_with(word)
}

/// Reads what stands behind `ip`; nothing where the words change nothing of this kind.
pub(super) fn read(words: &[&str], devices: Devices<'_>) -> Option<Result<Routing, GuestCommandError>> {
    let (object, verb, rest) = match words {
        [object, verb, rest @ ..] => (*object, *verb, rest),
        _ => return None,
    };
    let mut words = Words { left: rest.iter(), devices };
    Some(match object {
        "rule" | "ru" | "rul" if is(verb, "add") => rule(&mut words).map(Routing::AddRule),
        "rule" | "ru" | "rul" if is(verb, "delete") => rule(&mut words).map(Routing::DeleteRule),
        "rule" | "ru" | "rul" if verb == "flush" => Ok(Routing::FlushRules),
        "r" | "ro" | "route" if is(verb, "add") => route(&mut words).map(Routing::AddRoute),
        "r" | "ro" | "route" if is(verb, "delete") => route(&mut words).map(Routing::DeleteRoute),
        "r" | "ro" | "route" if verb.len() > 2 && is(verb, "replace") => route(&mut words).map(Routing::ReplaceRoute),
        "r" | "ro" | "route" if verb == "flush" => flushed(&mut words).map(Routing::FlushTable),
        "l" | "link" if is(verb, "set") => link(&mut words),
        _ => return None,
    })
}

fn rule(words: &mut Words<'_>) -> Result<WantedRule, GuestCommandError> {
    let mut wanted = WantedRule { priority: None, from: ALL, to: ALL, table: None };
    while let Some(word) = words.left.next() {
        match *word {
            "from" => wanted.from = words.prefix()?.trunc(),
            "to" => wanted.to = words.prefix()?.trunc(),
            "table" | "lookup" => wanted.table = Some(words.table("invalid table ID")?),
            "pref" | "prio" | "priority" | "preference" | "order" => wanted.priority = Some(words.number("preference value is invalid")?),
            other if RULE_NOT_PLAYED.contains(&other) => return Err(said(255, programs::rule_not_played(other))),
            other => return Err(said(255, format!("Error: argument \"{other}\" is wrong: Failed to parse rule type"))),
        }
    }
    Ok(wanted)
}

fn route(words: &mut Words<'_>) -> Result<WantedRoute, GuestCommandError> {
    let mut wanted = WantedRoute { table: MAIN_TABLE, destination: ALL, via: None, eni: None, source: None, metric: None, is_own: false };
    let mut has_destination = false;
    while let Some(word) = words.left.next() {
        match *word {
            "via" => wanted.via = Some(words.address()?),
            "dev" | "oif" => wanted.eni = Some(words.device()?),
            "src" => wanted.source = Some(words.address()?),
            "table" => wanted.table = words.table("table id value is invalid")?,
            "metric" | "priority" | "preference" => wanted.metric = Some(words.number("\"metric\" value is invalid")?),
            // What is said of these changes nothing here.
            "proto" | "protocol" => wanted.is_own = words.value()? == "dhcp",
            "scope" => drop(words.value()?),
            "onlink" | "unicast" => {}
            word if ROUTE_NOT_PLAYED.contains(&word) => return Err(said(255, programs::route_not_played(word))),
            word if has_destination && word != "to" => {
                return Err(said(255, format!("Error: either \"to\" is duplicate, or \"{word}\" is a garbage.")));
            }
            word => {
                wanted.destination = if word == "to" { words.prefix()? } else { prefix(word)? };
                has_destination = true;
            }
        }
    }
    if !has_destination {
        return Err(incomplete());
    }
    if wanted.destination.trunc() != wanted.destination {
        return Err(said(2, "Error: Invalid prefix for given prefix length."));
    }
    Ok(wanted)
}

fn flushed(words: &mut Words<'_>) -> Result<u32, GuestCommandError> {
    match words.left.next().copied() {
        Some("table") => words.table("table id value is invalid"),
        Some("cache") | None => Err(said(255, "\"ip route flush\" requires arguments.")),
        Some(word) => Err(said(255, format!("Error: either \"to\" is duplicate, or \"{word}\" is a garbage."))),
    }
}

fn link(words: &mut Words<'_>) -> Result<Routing, GuestCommandError> {
    let (mut eni, mut size) = (None, None);
    while let Some(word) = words.left.next().copied() {
        match word {
            "dev" => eni = Some(words.device()?),
            "mtu" => size = Some(words.number("Invalid \"mtu\" value\n")?),
            "up" => {}
            word if LINK_NOT_PLAYED.contains(&word) => return Err(said(255, programs::link_not_played(word))),
            name if eni.is_none() && (words.devices)(name).is_some() => eni = (words.devices)(name),
            name if eni.is_none() => return Err(said(1, format!("Cannot find device \"{name}\""))),
            other => return Err(said(255, format!("Error: either \"dev\" is duplicate, or \"{other}\" is a garbage."))),
        }
    }
    let eni = eni.ok_or_else(|| said(255, "Not enough information: \"dev\" argument is required."))?;
    let size = u16::try_from(size.ok_or_else(incomplete)?).unwrap_or(u16::MAX);
    match size {
        size if size < *SIZES.start() => Err(said(2, "Error: mtu less than device minimum.")),
        size if size > *SIZES.end() => Err(said(2, "Error: mtu greater than device maximum.")),
        size => Ok(Routing::Size(eni, size)),
    }
}

impl Routing {
    /// Does it to what was set by hand.
    pub(super) fn carry_out(self, hand: &mut ByHand, image_has_rules: bool) -> Result<(), GuestCommandError> {
        match self {
            Routing::AddRule(wanted) => add_rule(hand, wanted, image_has_rules),
            Routing::DeleteRule(wanted) => {
                let exact = hand.rules.iter().position(|rule| wanted == WantedRule::from(rule));
                let at = exact.or_else(|| hand.rules.iter().position(|rule| wanted.means(rule)));
                let at = at.ok_or_else(|| said(2, "RTNETLINK answers: No such file or directory"))?;
                hand.rules.remove(at);
                Ok(())
            }
            Routing::FlushRules => {
                hand.rules.clear();
                Ok(())
            }
            Routing::AddRoute(wanted) => {
                let route = wanted.route()?;
                if hand
                    .routes
                    .iter()
                    .any(|other| (other.table, other.destination, other.metric) == (route.table, route.destination, route.metric))
                {
                    return Err(said(2, "RTNETLINK answers: File exists"));
                }
                put_route(hand, route)
            }
            Routing::ReplaceRoute(wanted) => {
                let route = wanted.route()?;
                hand.routes
                    .retain(|other| (other.table, other.destination, other.metric) != (route.table, route.destination, route.metric));
                put_route(hand, route)
            }
            Routing::DeleteRoute(wanted) => delete_route(hand, wanted),
            Routing::FlushTable(table) => {
                hand.routes.retain(|route| route.table != table);
                Ok(())
            }
            Routing::Renew(eni) => {
                hand.without_default.remove(&eni);
                Ok(())
            }
            Routing::Size(eni, size) => {
                hand.sizes.insert(eni, size);
                if size == JUMBO {
                    hand.sizes.remove(&eni);
                }
                Ok(())
            }
        }
    }
}

fn add_rule(hand: &mut ByHand, wanted: WantedRule, image_has_rules: bool) -> Result<(), GuestCommandError> {
    let priority = wanted.priority.unwrap_or_else(|| hand.next_priority(image_has_rules));
    let rule = HandRule { priority, from: wanted.from, to: wanted.to, table: wanted.table.unwrap_or(MAIN_TABLE) };
    if hand.rules.contains(&rule) {
        return Err(said(2, "RTNETLINK answers: File exists"));
    }
    if hand.rules.len() >= MOST {
        return Err(said(2, "RTNETLINK answers: No buffer space available"));
    }
    let at = hand.rules.iter().take_while(|other| other.priority <= priority).count();
    hand.rules.insert(at, rule);
    Ok(())
}

fn put_route(hand: &mut ByHand, route: HandRoute) -> Result<(), GuestCommandError> {
    if hand.routes.len() >= MOST {
        return Err(said(2, "RTNETLINK answers: No buffer space available"));
    }
    hand.put_route(route);
    Ok(())
}

/// Of those that somebody set the first that fits; of those of the system, one that is named with its interface.
fn delete_route(hand: &mut ByHand, wanted: WantedRoute) -> Result<(), GuestCommandError> {
    let wanted_metric = Some(wanted.metric.unwrap_or(0));
    let exact = hand.routes.iter().position(|route| WantedRoute { metric: wanted_metric, ..wanted } == WantedRoute::from(route));
    let found = exact.or_else(|| hand.routes.iter().position(|route| wanted.means(route)));
    if let Some(at) = found.filter(|_| !wanted.is_own) {
        hand.routes.remove(at);
        return Ok(());
    }
    let is_own = wanted.table == MAIN_TABLE && wanted.destination == ALL && wanted.metric.is_none();
    match wanted.eni {
        Some(eni) if is_own && hand.without_default.insert(eni) => Ok(()),
        _ => Err(said(2, "RTNETLINK answers: No such process")),
    }
}

impl WantedRule {
    /// Whether a rule has all that is named.
    fn means(&self, rule: &HandRule) -> bool {
        self.priority.is_none_or(|priority| priority == rule.priority)
            && self.table.is_none_or(|table| table == rule.table)
            && [(self.from, rule.from), (self.to, rule.to)].iter().all(|(wanted, has)| *wanted == ALL || wanted == has)
    }
}

impl WantedRoute {
    fn route(self) -> Result<HandRoute, GuestCommandError> {
        let eni = self.eni.ok_or_else(|| said(2, "RTNETLINK answers: No such device"))?;
        let WantedRoute { table, destination, via, source, metric, .. } = self;
        Ok(HandRoute { table, destination, via, eni, source, metric: metric.unwrap_or(0) })
    }

    /// Whether a route has all that is named.
    pub fn means(&self, route: &HandRoute) -> bool {
        (self.table, self.destination) == (route.table, route.destination)
            && self.via.is_none_or(|via| route.via == Some(via))
            && self.eni.is_none_or(|eni| eni == route.eni)
            && self.metric.is_none_or(|metric| metric == route.metric)
    }
}

impl fmt::Display for Routing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Routing::AddRule(rule) => write!(f, "ip rule add{rule}"),
            Routing::DeleteRule(rule) => write!(f, "ip rule del{rule}"),
            Routing::FlushRules => f.write_str("ip rule flush"),
            Routing::AddRoute(route) => write!(f, "ip route add {route}"),
            Routing::ReplaceRoute(route) => write!(f, "ip route replace {route}"),
            Routing::DeleteRoute(route) => write!(f, "ip route del {route}"),
            Routing::FlushTable(table) => write!(f, "ip route flush table {table}"),
            Routing::Renew(eni) => write!(f, "networkctl renew {eni}"),
            Routing::Size(eni, size) => write!(f, "ip link set dev {eni} mtu {size}"),
        }
    }
}

/// A block as iproute2 writes it: one address without its length.
pub fn block(net: Ipv4Net) -> String {
    match net.prefix_len() {
        0 => "default".to_owned(),
        32 => net.addr().to_string(),
        _ => net.to_string(),
    }
}

impl fmt::Display for WantedRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (word, net) in [("from", self.from), ("to", self.to)] {
            if net != ALL {
                write!(f, " {word} {}", block(net))?;
            }
        }
        if let Some(table) = self.table {
            write!(f, " lookup {table}")?;
        }
        self.priority.map_or(Ok(()), |priority| write!(f, " pref {priority}"))
    }
}

impl fmt::Display for WantedRoute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&block(self.destination))?;
        if let Some(via) = self.via {
            write!(f, " via {via}")?;
        }
        if let Some(eni) = self.eni {
            write!(f, " dev {eni}")?;
        }
        if let Some(source) = self.source {
            write!(f, " src {source}")?;
        }
        if let Some(metric) = self.metric.filter(|metric| *metric > 0) {
            write!(f, " metric {metric}")?;
        }
        if self.is_own {
            f.write_str(" proto dhcp")?;
        }
        if self.table == MAIN_TABLE { Ok(()) } else { write!(f, " table {}", self.table) }
    }
}

impl From<&HandRule> for WantedRule {
    fn from(rule: &HandRule) -> WantedRule {
        WantedRule { priority: Some(rule.priority), from: rule.from, to: rule.to, table: Some(rule.table) }
    }
}

impl From<&HandRoute> for WantedRoute {
    fn from(route: &HandRoute) -> WantedRoute {
        let HandRoute { table, destination, via, eni, source, metric } = *route;
        WantedRoute { table, destination, via, eni: Some(eni), source, metric: Some(metric), is_own: false }
    }
}

/// The commands that make the rules, routes and sizes of `to` of those of `from`.
pub(super) fn between(from: &ByHand, to: &ByHand) -> Vec<Routing> {
    let mut all = Vec::new();
    let gone = from.routes.iter().filter(|route| !to.routes.contains(route));
    all.extend(gone.map(|route| Routing::DeleteRoute(route.into())));
    all.extend(from.without_default.difference(&to.without_default).map(|eni| Routing::Renew(*eni)));
    all.extend(to.without_default.difference(&from.without_default).map(|eni| Routing::DeleteRoute(default_of(*eni))));
    let new = to.routes.iter().filter(|route| !from.routes.contains(route));
    all.extend(new.map(|route| Routing::AddRoute(route.into())));
    all.extend(rules_between(from, to));
    let sizes = to.sizes.iter().filter(|(eni, size)| from.sizes.get(eni) != Some(size)).map(|(eni, size)| (*eni, *size));
    let plain = from.sizes.keys().filter(|eni| !to.sizes.contains_key(*eni)).map(|eni| (*eni, JUMBO));
    all.extend(sizes.chain(plain).map(|(eni, size)| Routing::Size(eni, size)));
    all
}

/// The commands for the rules. Of those with one priority the older one stands first: where the new ones would not stand as they do, all are made
/// anew.
fn rules_between(from: &ByHand, to: &ByHand) -> Vec<Routing> {
    let gone = from.rules.iter().filter(|rule| !to.rules.contains(rule)).map(|rule| Routing::DeleteRule(rule.into()));
    let new = to.rules.iter().filter(|rule| !from.rules.contains(rule)).map(|rule| Routing::AddRule(rule.into()));
    let few: Vec<Routing> = gone.chain(new).collect();
    let mut tried = ByHand { rules: from.rules.clone(), ..ByHand::default() };
    let is_done = few.iter().all(|change| change.carry_out(&mut tried, false).is_ok());
    if is_done && tried.rules == to.rules {
        return few;
    }
    let all = to.rules.iter().map(|rule| Routing::AddRule(rule.into()));
    (!from.rules.is_empty()).then_some(Routing::FlushRules).into_iter().chain(all).collect()
}

/// The default route that a system made by itself.
pub fn default_of(eni: EniId) -> WantedRoute {
    WantedRoute { table: MAIN_TABLE, destination: ALL, via: None, eni: Some(eni), source: None, metric: None, is_own: true }
}
