//! `ip`: addresses, links, routes, rules and neighbours of a guest, printed as iproute2 prints them (`G15`). `ip addr add`, `ip route add`
//! and their like change the guest: they are acts.

mod route;

use super::link::{Link, links};
use super::{Guest, failed};
use crate::shell::{Failure, said};
use eni_core::addr::{Ipv4Addr, Ipv6Addr};

/// The interface of a guest with itself.
const LOOPBACK: &str = "lo";
/// How long an address is lent by DHCP, and after how long it is asked for again, in seconds.
const LEASE: u64 = 3_600;
const RENEWED: u64 = 1_800;

/// What is shown of each.
#[derive(Clone, Copy, Default)]
struct Shown {
    over_ipv4: bool,
    over_ipv6: bool,
    is_brief: bool,
}

/// Whether these words change the guest.
pub fn is_act(words: &[&str]) -> bool {
    let adds = |verb: &str| is_of(verb, &["add", "delete"]) || verb == "flush" || (verb.len() > 2 && is_of(verb, &["replace"]));
    match words {
        [object, verb, ..] if is_of(object, &["link"]) => is_of(verb, &["set"]) && verb.len() > 1,
        [object, verb, ..] => adds(verb) && (is_of(object, &["address", "route"]) || matches!(*object, "ru" | "rul" | "rule")),
        _ => false,
    }
}

/// Whether a word is one of these, or its beginning.
fn is_of(word: &str, names: &[&str]) -> bool {
    !word.is_empty() && names.iter().any(|name| name.starts_with(word))
}

pub(super) fn ip(guest: &Guest<'_>, words: &[&str]) -> Result<String, Failure> {
    let usage = || failed(255, said::IP_USAGE);
    let mut shown = Shown { over_ipv4: true, over_ipv6: true, is_brief: false };
    let flags = words.iter().take_while(|word| word.starts_with('-')).count();
    let (options, rest) = words.split_at_checked(flags).unwrap_or_default();
    for option in options {
        match *option {
            "-4" => shown.over_ipv6 = false,
            "-6" => shown.over_ipv4 = false,
            "-br" | "-brief" => shown.is_brief = true,
            "-c" | "-color" | "-o" => {}
            _ => return Err(usage()),
        }
    }
    let (object, rest) = rest.split_first().ok_or_else(usage)?;
    let rest = match rest {
        [verb, rest @ ..] if is_of(verb, &["show", "list", "ls"]) => rest,
        rest => rest,
    };
    match *object {
        object if is_of(object, &["address"]) => {
            each(guest, named(rest).ok_or_else(usage)?, |number, link| address(guest, number, link, shown))
        }
        object if is_of(object, &["link"]) => each(guest, named(rest).ok_or_else(usage)?, |number, link| {
            if shown.is_brief { brief(link, &link_words(link)) } else { head(guest, number, link, " mode DEFAULT") }
        }),
        object if is_of(object, &["route"]) => route::routes(guest, rest, shown.over_ipv4),
        "rule" | "ru" => Ok(route::rules(guest)),
        object if is_of(object, &["neighbour", "neighbor"]) => Ok(neighbours(guest)),
        _ => Err(usage()),
    }
}

/// The interface that is named, if one is: nothing where the words mean something else.
fn named<'w>(words: &[&'w str]) -> Option<Option<&'w str>> {
    match words {
        [] => Some(None),
        ["dev", name] | [name] => Some(Some(name)),
        _ => None,
    }
}

/// What is shown of each interface, or of the one that is named; the loopback has no link.
fn each(guest: &Guest<'_>, name: Option<&str>, show: impl Fn(u32, Option<&Link<'_>>) -> String) -> Result<String, Failure> {
    let links = links(guest);
    let all = std::iter::once(None).chain(links.iter().map(Some));
    let wanted = (1_u32..).zip(all).filter(|(_, link)| name.is_none_or(|name| name == link.map_or(LOOPBACK, |link| &link.name)));
    let text: String = wanted.map(|(number, link)| show(number, link)).collect();
    if text.is_empty() { Err(failed(1, &format!("Device \"{}\" does not exist.", name.unwrap_or_default()))) } else { Ok(text) }
}

/// What is said of an interface in any case.
fn head(guest: &Guest<'_>, number: u32, link: Option<&Link<'_>>, mode: &str) -> String {
    let Some(link) = link else {
        return format!(
            "{number}: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN{mode} group default qlen 1000\n    \
             link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n"
        );
    };
    let (name, mac, mtu) = (&link.name, link.eni.mac, guest.instance.guest.size_of(link.eni.id));
    let other = others(guest, link).into_iter().map(|other| format!("    altname {other}\n")).collect::<String>();
    format!(
        "{number}: {name}: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu {mtu} qdisc mq state UP{mode} group default qlen 1000\n    \
         link/ether {mac} brd ff:ff:ff:ff:ff:ff\n{other}"
    )
}

/// The other names of an interface: by its place on the bus, and on Amazon's images by its ENI and its device.
fn others(guest: &Guest<'_>, link: &Link<'_>) -> Vec<String> {
    let Some(slot) = link.name.strip_prefix("ens") else { return Vec::new() };
    let (index, card) = link.device;
    let of_bus = format!("enp0s{slot}");
    if guest.is_plain() { vec![of_bus] } else { vec![of_bus, link.eni.id.to_string(), format!("device-number-{index}.{card}")] }
}

/// One line of an interface.
fn brief(link: Option<&Link<'_>>, words: &str) -> String {
    let (name, state) = link.map_or((LOOPBACK, "UNKNOWN"), |link| (&link.name, "UP"));
    format!("{name:<16} {state:<14} {words} \n")
}

fn link_words(link: Option<&Link<'_>>) -> String {
    match link {
        None => "00:00:00:00:00:00 <LOOPBACK,UP,LOWER_UP>".to_owned(),
        Some(link) => format!("{} <BROADCAST,MULTICAST,UP,LOWER_UP>", link.eni.mac),
    }
}

fn address(guest: &Guest<'_>, number: u32, link: Option<&Link<'_>>, shown: Shown) -> String {
    let all = held(guest, link, shown);
    if shown.is_brief {
        let words: Vec<String> = all.into_iter().map(|(address, ..)| address).collect();
        return brief(link, &words.join(" "));
    }
    let forever = || "forever".to_owned();
    let lines = all.into_iter().map(|(address, words, lives)| {
        let lives = lives.map_or_else(forever, |seconds| format!("{seconds}sec"));
        let family = if address.contains(':') { "inet6" } else { "inet" };
        format!("    {family} {address} {words}\n       valid_lft {lives} preferred_lft {lives}\n")
    });
    head(guest, number, link, "") + &lines.collect::<String>()
}

/// The addresses of an interface, with the words behind each and how long it is lent for, in seconds.
fn held(guest: &Guest<'_>, link: Option<&Link<'_>>, shown: Shown) -> Vec<(String, String, Option<u64>)> {
    let Some(link) = link else {
        let four = ("127.0.0.1/8".to_owned(), "scope host lo".to_owned(), None);
        let six = ("::1/128".to_owned(), "scope host noprefixroute".to_owned(), None);
        return [(shown.over_ipv4, four), (shown.over_ipv6, six)].into_iter().filter_map(|(is_on, one)| is_on.then_some(one)).collect();
    };
    let (name, cidr, mut all) = (&link.name, link.subnet.cidr, Vec::new());
    let age = guest.scenario.clock.since(guest.instance.launched_at).as_millis() / 1_000;
    let lent = Some(LEASE - age % RENEWED);
    if shown.over_ipv4 {
        for (place, ip) in link.addresses(guest).into_iter().enumerate() {
            let (length, end) = (cidr.prefix_len(), cidr.broadcast());
            all.push(match place {
                0 => {
                    let address = format!("{ip}/{length} metric {}", link.metric(guest));
                    (address, format!("brd {end} scope global dynamic {name}"), lent)
                }
                _ => match own_length(guest, link, ip) {
                    Some(length) => (format!("{ip}/{length}"), format!("scope global {name}"), None),
                    // The system tells the block's last address with what it sets by itself; nobody types it.
                    None if guest.instance.guest.configured.contains(&(link.eni.id, ip)) => {
                        (format!("{ip}/{length}"), format!("scope global secondary {name}"), None)
                    }
                    None => (format!("{ip}/{length}"), format!("brd {end} scope global secondary {name}"), None),
                },
            });
        }
    }
    if shown.over_ipv6 {
        let dynamic = "scope global dynamic noprefixroute".to_owned();
        all.extend(link.eni.ipv6_addresses.iter().map(|ip| (format!("{ip}/128"), dynamic.clone(), Some(450))));
        all.push((format!("{}/64", link_local(link)), "scope link".to_owned(), None));
    }
    all
}

/// The length that somebody gave an address, if it is not its subnet's.
fn own_length(guest: &Guest<'_>, link: &Link<'_>, ip: Ipv4Addr) -> Option<u8> {
    guest.instance.guest.by_hand.as_deref()?.lengths.get(&(link.eni.id, ip)).copied()
}

/// The link-local address that follows from a MAC.
fn link_local(link: &Link<'_>) -> Ipv6Addr {
    let [a, b, c, d, e, f] = link.eni.mac.0.map(u16::from);
    Ipv6Addr::new(0xfe80, 0, 0, 0, (a ^ 2) << 8 | b, c << 8 | 0xff, 0xfe00 | d, e << 8 | f)
}

/// The routers that the guest has spoken with; of others it is not kept whom it knows.
fn neighbours(guest: &Guest<'_>) -> String {
    links(guest)
        .iter()
        .map(|link| format!("{} dev {} lladdr {} REACHABLE\n", link.subnet.router(), link.name, link.subnet.router_mac()))
        .collect()
}
