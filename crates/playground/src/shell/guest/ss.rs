//! `ss` and `hostname`: what waits on a guest's ports, and what the guest calls itself.

use super::link::links;
use super::{Guest, failed};
use crate::shell::{Failure, said};
use eni_core::dataplane::resolver::private_name_of;
use eni_core::model::instance::{Listener, ListenerProtocol};
use eni_core::order::sort_by_key;

/// Where secure shell waits.
const SSH: u16 = 22;

/// `ss -tln`: the services that wait. Connections are not listed: a document does not keep them.
pub(super) fn ss(guest: &Guest<'_>, words: &[&str]) -> Result<String, Failure> {
    let letters: String = words.iter().map(|word| word.strip_prefix('-').unwrap_or("?")).collect();
    if !letters.contains('l') || letters.chars().any(|one| !"tulnp4H".contains(one)) {
        return Err(failed(255, said::SS_USAGE));
    }
    let both = letters.contains('t') == letters.contains('u');
    let is_shown = |listener: &&Listener| both || letters.contains('t') == (listener.protocol == ListenerProtocol::Tcp);
    let mut all: Vec<&Listener> = guest.instance.guest.listeners.iter().filter(is_shown).collect();
    sort_by_key(&mut all, |listener| (std::cmp::Reverse(listener.protocol), listener.ports.from()));
    let row = |of: [&str; 8], process: &str| {
        let [netid, state, waiting, most, own, port, peer, ports] = of;
        let netid = if both { format!("{netid:<6}") } else { String::new() };
        format!("{netid}{state:<7} {waiting:<7} {most:<7} {own:>16}:{port:<6} {peer:>13}:{ports:<5} {process}").trim_end().to_owned() + "\n"
    };
    let head = row(["Netid", "State", "Recv-Q", "Send-Q", "Local Address", "Port", "Peer Address", "Port"], "Process");
    let lines = all.into_iter().map(|listener| {
        let (netid, state, most) = match listener.protocol {
            ListenerProtocol::Tcp => ("tcp", "LISTEN", "128"),
            ListenerProtocol::Udp => ("udp", "UNCONN", "0"),
        };
        let own = listener.address.map_or_else(|| "0.0.0.0".to_owned(), |address| address.to_string());
        let (from, to) = (listener.ports.from(), listener.ports.to());
        let port = if from == to { from.to_string() } else { format!("{from}-{to}") };
        let over_ipv4 = row([netid, state, "0", most, &own, &port, "0.0.0.0", "*"], "");
        // Secure shell waits on a socket of IPv6, too.
        let is_ssh = listener.address.is_none() && (listener.protocol, from, to) == (ListenerProtocol::Tcp, SSH, SSH);
        let over_ipv6 =
            if is_ssh && !letters.contains('4') { row([netid, state, "0", most, "[::]", &port, "[::]", "*"], "") } else { String::new() };
        over_ipv4 + &over_ipv6
    });
    Ok(if letters.contains('H') { lines.collect() } else { head + &lines.collect::<String>() })
}

/// `hostname`: the private name of the primary address (`L13`); with `-I` the addresses that the guest has, which no public one is of (`A31`).
pub(super) fn hostname(guest: &Guest<'_>, words: &[&str]) -> Result<String, Failure> {
    let links = links(guest);
    let primary = links.first().and_then(|link| link.eni.primary_ip()).ok_or_else(|| failed(1, "localhost"))?;
    let name = private_name_of(guest.network().region(), primary);
    Ok(match words {
        // Ubuntu calls itself by the short name.
        [] if guest.is_plain() => format!("{}\n", name.split('.').next().unwrap_or_default()),
        [] | ["-f" | "--fqdn"] => format!("{name}\n"),
        ["-s" | "--short"] => format!("{}\n", name.split('.').next().unwrap_or_default()),
        ["-i" | "--ip-address"] => format!("{primary}\n"),
        ["-I" | "--all-ip-addresses"] => {
            let of = |link: &super::link::Link<'_>| {
                let four = link.addresses(guest).into_iter().map(|ip| format!("{ip} "));
                four.chain(link.eni.ipv6_addresses.iter().map(|ip| format!("{ip} "))).collect::<String>()
            };
            links.iter().map(of).collect::<String>() + "\n"
        }
        _ => return Err(failed(255, said::HOSTNAME_USAGE)),
    })
}
