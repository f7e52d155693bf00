//! Commands typed on an instance: what they are, and what they make of its guest.

mod kernel;
mod routing;

pub use kernel::{FilterOf, Nat, number as filter_number, shown as masquerade_shown};
pub use routing::{Routing, WantedRoute, WantedRule, block, default_of};

use crate::words::{InputKey, Saying};
use eni_core::addr::{Ipv4Addr, PortRange};
use eni_core::id::EniId;
use eni_core::model::by_hand::ByHand;
use eni_core::model::instance::{Guest, Listener, ListenerProtocol, RpFilter};
use std::fmt;
use std::str::FromStr;

/// How many services one guest may run.
const MAX_LISTENERS: usize = 100;

/// A command that was typed on an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GuestCommand(pub GuestChange);

/// What a command changes on a guest (`G1` to `G10`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GuestChange {
    /// `listen tcp 443 [on ADDRESS]`: a service starts.
    Listen(Listener),
    /// `unlisten tcp 443 [on ADDRESS]`: it stops.
    Unlisten(Listener),
    /// `ip addr add ADDRESS[/LENGTH] dev ENI`: a secondary address is configured by hand (`E62`), beside the others of the subnet if no length is told.
    ConfigureAddress(Ipv4Addr, EniId, Option<u8>),
    /// `ip addr del ADDRESS dev ENI`.
    ForgetAddress(Ipv4Addr, EniId),
    /// `sysctl net.ipv4.ip_forward=1`: packets for others are forwarded.
    Forwarding(bool),
    /// `sysctl net.ipv4.conf.all.rp_filter=0|1|2`, or that of an interface (`G7`, `G18`).
    ReversePathFilter(FilterOf, RpFilter),
    /// `ip rule`, `ip route` and `ip link set` (`G17`, `G20`).
    Routing(Routing),
    /// `iptables -t nat … -j MASQUERADE` (`G19`).
    Nat(Nat),
    /// `masquerade on|off`: what is forwarded gets the forwarder's address.
    Masquerade(bool),
    /// `shutdown`: the system ends, and what becomes of the instance is its own setting.
    ShutDown,
    /// `policy-routing on|off`: one routing table for each ENI, chosen by source address (`G5`).
    PolicyRouting(bool),
}

/// Why a text is not a guest command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GuestCommandError {
    /// It begins with no known command.
    Unknown,
    /// It goes on in a wrong way.
    Usage(&'static str),
    /// The guest already runs as many services as one may.
    TooManyListeners,
    /// What the program says that was typed, and the exit code that it ends with.
    Program {
        /// The text.
        text: String,
        /// The code.
        exit: u8,
    },
}

const COMMANDS: &str = "listen, unlisten, systemctl, ip addr|route|rule add|del, ip link set, iptables, sysctl, masquerade, policy-routing, shutdown; cat, curl, dig, ethtool, getent, host, hostname, hping3, ip, iperf3, nc, nslookup, ping, ss, tcpdump, tracepath, traceroute, wget";
const LISTEN: &str = "listen tcp|udp PORT[-PORT] [on ADDRESS]";
const ADDRESS: &str = "ip addr add|del ADDRESS[/LENGTH] dev ENI";
const SYSCTL: &str = "sysctl -w net.ipv4.ip_forward=0|1, or sysctl -w net.ipv4.conf.all|DEV.rp_filter=0|1|2";
const IPTABLES: &str = "iptables -t nat -A|-D POSTROUTING [-s BLOCK] [-o DEV] -j MASQUERADE, or iptables -t nat -F";
const RENEW: &str = "networkctl renew DEV";
const SYSTEMCTL: &str = "systemctl start|stop|restart httpd|apache2|nginx, or systemctl enable|disable --now httpd|apache2|nginx";
const SWITCH: &str = "masquerade on|off, or policy-routing on|off";

const IPERF_SERVER: &str = "iperf3 -s -D [-p PORT]";
const SHUTDOWN: &str = "shutdown, shutdown -h now, or poweroff";

impl GuestCommandError {
    /// What was expected, to be said in any language.
    pub fn saying(&self) -> Saying {
        match self {
            GuestCommandError::Unknown => InputKey::GuestUnknown { words: COMMANDS }.into(),
            GuestCommandError::Usage(usage) => InputKey::GuestUsage { usage }.into(),
            GuestCommandError::Program { text, .. } => InputKey::GuestSaid { text }.into(),
            GuestCommandError::TooManyListeners => InputKey::GuestTooMany { limit: &MAX_LISTENERS.to_string() }.into(),
        }
    }
}

impl fmt::Display for GuestCommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.saying().fmt(f)
    }
}

impl std::error::Error for GuestCommandError {}

impl GuestCommand {
    /// The guest as it is after the command.
    ///
    /// # Errors
    /// If it would run more services than one may, or the kernel refuses.
    pub fn carried_out_on(&self, guest: &Guest) -> Result<Guest, GuestCommandError> {
        let mut guest = guest.clone();
        match self.0 {
            GuestChange::Listen(listener) if guest.listeners.contains(&listener) => {}
            GuestChange::Listen(_) if guest.listeners.len() >= MAX_LISTENERS => return Err(GuestCommandError::TooManyListeners),
            GuestChange::Listen(listener) => guest.listeners.push(listener),
            GuestChange::Unlisten(listener) => guest.listeners.retain(|other| *other != listener),
            GuestChange::ConfigureAddress(ip, eni, length) => {
                guest.configured.insert((eni, ip));
                set_length(&mut guest, (eni, ip), length);
            }
            GuestChange::ForgetAddress(ip, eni) => {
                guest.configured.remove(&(eni, ip));
                set_length(&mut guest, (eni, ip), None);
            }
            GuestChange::Forwarding(on) => guest.forwarding = on,
            GuestChange::ReversePathFilter(of, filter) => of.set(&mut guest, filter),
            GuestChange::Routing(change) => by_hand(&mut guest, |hand, has_rules| change.carry_out(hand, has_rules))?,
            GuestChange::Nat(change) => by_hand(&mut guest, |hand, _| change.carry_out(hand))?,
            GuestChange::Masquerade(on) => guest.masquerade = on,
            GuestChange::PolicyRouting(on) => guest.policy_routing = on,
            GuestChange::ShutDown => {}
        }
        Ok(guest)
    }
}

impl FromStr for GuestCommand {
    type Err = GuestCommandError;

    fn from_str(text: &str) -> Result<GuestCommand, GuestCommandError> {
        let words: Vec<&str> = text.split_whitespace().collect();
        GuestCommand::read(&words, &|name| name.parse().ok())
    }
}

impl GuestCommand {
    /// Reads a command in which interfaces go by the names that `devices` knows.
    ///
    /// # Errors
    /// Says what was expected, or what the program says that was typed.
    pub fn read(words: &[&str], devices: &dyn Fn(&str) -> Option<EniId>) -> Result<GuestCommand, GuestCommandError> {
        let words = words.strip_prefix(&["sudo"]).unwrap_or(words);
        let usage = |usage| GuestCommandError::Usage(usage);
        let change = match words {
            ["listen", rest @ ..] => GuestChange::Listen(listener(rest).ok_or(usage(LISTEN))?),
            ["unlisten", rest @ ..] => GuestChange::Unlisten(listener(rest).ok_or(usage(LISTEN))?),
            ["systemctl" | "service", rest @ ..] => service(rest).ok_or(usage(SYSTEMCTL))?,
            ["ip", rest @ ..] => match routing::read(rest, devices) {
                Some(change) => GuestChange::Routing(change?),
                None => address(rest, devices).ok_or(usage(ADDRESS))??,
            },
            ["networkctl", "renew", name] => GuestChange::Routing(Routing::Renew(devices(name).ok_or(usage(RENEW))?)),
            ["sysctl", rest @ ..] => kernel::sysctl(rest, devices).ok_or(usage(SYSCTL))??,
            ["iptables", rest @ ..] => GuestChange::Nat(kernel::iptables(rest, devices).ok_or(usage(IPTABLES))??),
            ["masquerade", rest @ ..] => GuestChange::Masquerade(switch(rest).ok_or(usage(SWITCH))?),
            ["policy-routing", rest @ ..] => GuestChange::PolicyRouting(switch(rest).ok_or(usage(SWITCH))?),
            ["iperf3", rest @ ..] => GuestChange::Listen(iperf_server(rest).ok_or(usage(IPERF_SERVER))?),
            ["shutdown" | "poweroff", ..] => shutdown(words).ok_or(usage(SHUTDOWN))?,
            _ => return Err(GuestCommandError::Unknown),
        };
        Ok(GuestCommand(change))
    }
}

/// The length of an address, if it has one of its own.
fn length(guest: &Guest, address: &(EniId, Ipv4Addr)) -> Option<u8> {
    guest.by_hand.as_deref().and_then(|hand| hand.lengths.get(address).copied())
}

/// Takes note of the length of an address, or forgets it.
fn set_length(guest: &mut Guest, address: (EniId, Ipv4Addr), length: Option<u8>) {
    guest.change_by_hand(|hand| {
        hand.lengths.remove(&address);
        hand.lengths.extend(length.map(|length| (address, length)));
    });
}

/// Changes what was set by hand, if it can be.
fn by_hand(guest: &mut Guest, change: impl FnOnce(&mut ByHand, bool) -> Result<(), GuestCommandError>) -> Result<(), GuestCommandError> {
    let (mut done, has_rules) = (Ok(()), guest.policy_routing);
    guest.change_by_hand(|hand| done = change(hand, has_rules));
    done
}

/// A web server starts or stops, by systemd's words or the older ones; that it is installed is taken for granted.
fn service(words: &[&str]) -> Option<GuestChange> {
    let (verb, name) = match words {
        ["enable", "--now", name] => ("start", *name),
        ["disable", "--now", name] => ("stop", *name),
        [verb @ ("start" | "restart" | "stop"), name] | [name, verb @ ("start" | "restart" | "stop")] => (*verb, *name),
        _ => return None,
    };
    let is_web = ["httpd", "apache2", "nginx"].contains(&name.trim_end_matches(".service"));
    let listener = Listener { protocol: ListenerProtocol::Tcp, ports: PortRange::single(80), address: None };
    is_web.then_some(if verb == "stop" { GuestChange::Unlisten(listener) } else { GuestChange::Listen(listener) })
}

/// `iperf3 -s -D`: the other end of a load waits in the background.
fn iperf_server(words: &[&str]) -> Option<Listener> {
    let (mut port, mut words) = (5_201, words.iter());
    while let Some(word) = words.next() {
        match *word {
            "-s" | "-D" => {}
            "-p" => port = words.next()?.parse().ok().filter(|port| *port > 0)?,
            _ => return None,
        }
    }
    Some(Listener { protocol: ListenerProtocol::Tcp, ports: PortRange::single(port), address: None })
}

fn listener(words: &[&str]) -> Option<Listener> {
    let (protocol, ports, address) = match words {
        [protocol, ports] => (*protocol, *ports, None),
        [protocol, ports, "on", address] => (*protocol, *ports, Some(address.parse().ok()?)),
        _ => return None,
    };
    let protocol = match protocol {
        "tcp" => ListenerProtocol::Tcp,
        "udp" => ListenerProtocol::Udp,
        _ => return None,
    };
    let (from, to) = ports.split_once('-').unwrap_or((ports, ports));
    Some(Listener { protocol, ports: PortRange::new(from.parse().ok()?, to.parse().ok()?)?, address })
}

/// `ip addr add|del ADDRESS[/LENGTH] dev DEV`, with the words that people put behind it and that change nothing here.
fn address(words: &[&str], devices: routing::Devices<'_>) -> Option<Result<GuestChange, GuestCommandError>> {
    let (object, verb, rest) = match words {
        [object, verb, rest @ ..] => (*object, *verb, rest),
        _ => return None,
    };
    let adds = "add".starts_with(verb);
    let is_one = !object.is_empty() && "address".starts_with(object) && !verb.is_empty() && (adds || "delete".starts_with(verb));
    let (mut found, mut eni, mut words) = (None, None, rest.iter().filter(|_| is_one));
    while let Some(word) = words.next() {
        match *word {
            "dev" => {
                let name = words.next()?;
                eni = Some(devices(name).ok_or_else(|| routing::said(1, format!("Cannot find device \"{name}\""))));
            }
            "brd" | "broadcast" | "label" | "scope" => drop(words.next()?),
            "local" => {}
            word => found = Some(routing::of_length(word)),
        }
    }
    let missing = || Err(routing::said(1, "Not enough information: \"dev\" argument is required."));
    let found = found?;
    Some(found.and_then(|(ip, length)| {
        let eni = eni.unwrap_or_else(missing)?;
        Ok(if adds { GuestChange::ConfigureAddress(ip, eni, length) } else { GuestChange::ForgetAddress(ip, eni) })
    }))
}

fn shutdown(words: &[&str]) -> Option<GuestChange> {
    matches!(words, ["poweroff"] | ["shutdown"] | ["shutdown", "now"] | ["shutdown", "-h" | "-P", "now"]).then_some(GuestChange::ShutDown)
}

fn switch(words: &[&str]) -> Option<bool> {
    match words {
        ["on"] => Some(true),
        ["off"] => Some(false),
        _ => None,
    }
}

impl fmt::Display for GuestCommand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let on_off = |on: bool| if on { "on" } else { "off" };
        match self.0 {
            GuestChange::Listen(listener) => write_listener(f, "listen", listener),
            GuestChange::Unlisten(listener) => write_listener(f, "unlisten", listener),
            GuestChange::ConfigureAddress(ip, eni, None) => write!(f, "ip addr add {ip} dev {eni}"),
            GuestChange::ConfigureAddress(ip, eni, Some(length)) => write!(f, "ip addr add {ip}/{length} dev {eni}"),
            GuestChange::ForgetAddress(ip, eni) => write!(f, "ip addr del {ip} dev {eni}"),
            GuestChange::Forwarding(on) => write!(f, "sysctl net.ipv4.ip_forward={}", u8::from(on)),
            GuestChange::ReversePathFilter(of, filter) => kernel::write(f, of, filter),
            GuestChange::Routing(change) => change.fmt(f),
            GuestChange::Nat(change) => change.fmt(f),
            GuestChange::Masquerade(on) => write!(f, "masquerade {}", on_off(on)),
            GuestChange::PolicyRouting(on) => write!(f, "policy-routing {}", on_off(on)),
            GuestChange::ShutDown => f.write_str("shutdown"),
        }
    }
}

fn write_listener(f: &mut fmt::Formatter<'_>, word: &str, listener: Listener) -> fmt::Result {
    let protocol = match listener.protocol {
        ListenerProtocol::Tcp => "tcp",
        ListenerProtocol::Udp => "udp",
    };
    write!(f, "{word} {protocol} {}", listener.ports.from())?;
    if listener.ports.from() != listener.ports.to() {
        write!(f, "-{}", listener.ports.to())?;
    }
    match listener.address {
        Some(address) => write!(f, " on {address}"),
        None => Ok(()),
    }
}

impl GuestCommand {
    /// The commands that make `to` of `from`, as far as commands can.
    pub fn between(from: &Guest, to: &Guest) -> Vec<GuestCommand> {
        let mut changes = Vec::new();
        let flags = [
            (from.policy_routing, to.policy_routing, GuestChange::PolicyRouting(to.policy_routing)),
            (from.forwarding, to.forwarding, GuestChange::Forwarding(to.forwarding)),
            (from.masquerade, to.masquerade, GuestChange::Masquerade(to.masquerade)),
        ];
        changes.extend(flags.into_iter().filter(|(before, after, _)| before != after).map(|(.., change)| change));
        changes.extend(kernel_between(from, to));
        let gone = from.configured.difference(&to.configured).map(|(eni, ip)| GuestChange::ForgetAddress(*ip, *eni));
        let is_new = |address: &&(EniId, Ipv4Addr)| !from.configured.contains(address) || length(from, address) != length(to, address);
        let new = to.configured.iter().filter(is_new);
        let new = new.map(|address| GuestChange::ConfigureAddress(address.1, address.0, length(to, address)));
        changes.extend(gone.chain(new));
        let stopped = from.listeners.iter().filter(|listener| !to.listeners.contains(listener));
        let started = to.listeners.iter().filter(|listener| !from.listeners.contains(listener));
        changes.extend(stopped.map(|listener| GuestChange::Unlisten(*listener)));
        changes.extend(started.map(|listener| GuestChange::Listen(*listener)));
        changes.into_iter().map(GuestCommand).collect()
    }
}

/// The commands that make what was set by hand in `to`, and the filter of its interfaces, of those of `from`.
fn kernel_between(from: &Guest, to: &Guest) -> Vec<GuestChange> {
    if (from.rp_filter, &from.by_hand) == (to.rp_filter, &to.by_hand) {
        return Vec::new();
    }
    let mut changes = Vec::new();
    let mut from = from.clone();
    if from.rp_filter != to.rp_filter {
        FilterOf::Everything.set(&mut from, to.rp_filter);
        changes.push(GuestChange::ReversePathFilter(FilterOf::Everything, to.rp_filter));
    }
    let before = from.by_hand.as_deref().cloned().unwrap_or_default();
    let after = to.by_hand.as_deref().cloned().unwrap_or_default();
    changes.extend(kernel::between(&before, &after, (to.rp_filter, to.usual_filter_of_all())));
    changes.extend(routing::between(&before, &after).into_iter().map(GuestChange::Routing));
    changes
}
