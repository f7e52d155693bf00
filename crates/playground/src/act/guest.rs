//! Commands typed on an instance: what they are, and what they make of its guest.

use crate::words::{InputKey, Saying};
use eni_core::addr::{Ipv4Addr, PortRange};
use eni_core::id::EniId;
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
    /// `ip addr add ADDRESS dev ENI`: a secondary address is configured by hand (`E62`).
    ConfigureAddress(Ipv4Addr, EniId),
    /// `ip addr del ADDRESS dev ENI`.
    ForgetAddress(Ipv4Addr, EniId),
    /// `sysctl net.ipv4.ip_forward=1`: packets for others are forwarded.
    Forwarding(bool),
    /// `sysctl net.ipv4.conf.all.rp_filter=0|1|2` (`G7`).
    ReversePathFilter(RpFilter),
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
}

const COMMANDS: &str = "listen, unlisten, systemctl, ip addr add, ip addr del, sysctl, masquerade, policy-routing, shutdown; curl, dig, ethtool, getent, host, hostname, ip, nc, ping, ss, traceroute";
const LISTEN: &str = "listen tcp|udp PORT[-PORT] [on ADDRESS]";
const ADDRESS: &str = "ip addr add|del ADDRESS dev ENI";
const SYSCTL: &str = "sysctl net.ipv4.ip_forward=0|1, or sysctl net.ipv4.conf.all.rp_filter=0|1|2";
const SYSTEMCTL: &str = "systemctl start|stop|restart httpd|apache2|nginx, or systemctl enable|disable --now httpd|apache2|nginx";
const SWITCH: &str = "masquerade on|off, or policy-routing on|off";

const SHUTDOWN: &str = "shutdown, shutdown -h now, or poweroff";

impl GuestCommandError {
    /// What was expected, to be said in any language.
    pub fn saying(&self) -> Saying {
        match self {
            GuestCommandError::Unknown => InputKey::GuestUnknown { words: COMMANDS }.into(),
            GuestCommandError::Usage(usage) => InputKey::GuestUsage { usage }.into(),
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
    /// If it would run more services than one may.
    pub fn carried_out_on(&self, guest: &Guest) -> Result<Guest, GuestCommandError> {
        let mut guest = guest.clone();
        match self.0 {
            GuestChange::Listen(listener) if guest.listeners.contains(&listener) => {}
            GuestChange::Listen(_) if guest.listeners.len() >= MAX_LISTENERS => return Err(GuestCommandError::TooManyListeners),
            GuestChange::Listen(listener) => guest.listeners.push(listener),
            GuestChange::Unlisten(listener) => guest.listeners.retain(|other| *other != listener),
            GuestChange::ConfigureAddress(ip, eni) => {
                guest.configured.insert((eni, ip));
            }
            GuestChange::ForgetAddress(ip, eni) => {
                guest.configured.remove(&(eni, ip));
            }
            GuestChange::Forwarding(on) => guest.forwarding = on,
            GuestChange::ReversePathFilter(filter) => guest.rp_filter = filter,
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
        let change = match words.as_slice() {
            ["listen", rest @ ..] => GuestChange::Listen(listener(rest).ok_or(GuestCommandError::Usage(LISTEN))?),
            ["unlisten", rest @ ..] => GuestChange::Unlisten(listener(rest).ok_or(GuestCommandError::Usage(LISTEN))?),
            ["systemctl" | "service", rest @ ..] => service(rest).ok_or(GuestCommandError::Usage(SYSTEMCTL))?,
            ["ip", rest @ ..] => address(rest).ok_or(GuestCommandError::Usage(ADDRESS))?,
            ["sysctl", rest @ ..] => sysctl(rest).ok_or(GuestCommandError::Usage(SYSCTL))?,
            ["masquerade", rest @ ..] => GuestChange::Masquerade(switch(rest).ok_or(GuestCommandError::Usage(SWITCH))?),
            ["policy-routing", rest @ ..] => GuestChange::PolicyRouting(switch(rest).ok_or(GuestCommandError::Usage(SWITCH))?),
            ["sudo", "shutdown" | "poweroff", ..] | ["shutdown" | "poweroff", ..] => {
                shutdown(&words).ok_or(GuestCommandError::Usage(SHUTDOWN))?
            }
            _ => return Err(GuestCommandError::Unknown),
        };
        Ok(GuestCommand(change))
    }
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

fn address(words: &[&str]) -> Option<GuestChange> {
    match words {
        ["addr", "add", address, "dev", eni] => Some(GuestChange::ConfigureAddress(address.parse().ok()?, eni.parse().ok()?)),
        ["addr", "del", address, "dev", eni] => Some(GuestChange::ForgetAddress(address.parse().ok()?, eni.parse().ok()?)),
        _ => None,
    }
}

fn sysctl(words: &[&str]) -> Option<GuestChange> {
    match words {
        ["net.ipv4.ip_forward=0"] => Some(GuestChange::Forwarding(false)),
        ["net.ipv4.ip_forward=1"] => Some(GuestChange::Forwarding(true)),
        ["net.ipv4.conf.all.rp_filter=0"] => Some(GuestChange::ReversePathFilter(RpFilter::Off)),
        ["net.ipv4.conf.all.rp_filter=1"] => Some(GuestChange::ReversePathFilter(RpFilter::Strict)),
        ["net.ipv4.conf.all.rp_filter=2"] => Some(GuestChange::ReversePathFilter(RpFilter::Loose)),
        _ => None,
    }
}

fn shutdown(words: &[&str]) -> Option<GuestChange> {
    let words = words.strip_prefix(&["sudo"]).unwrap_or(words);
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
            GuestChange::ConfigureAddress(ip, eni) => write!(f, "ip addr add {ip} dev {eni}"),
            GuestChange::ForgetAddress(ip, eni) => write!(f, "ip addr del {ip} dev {eni}"),
            GuestChange::Forwarding(on) => write!(f, "sysctl net.ipv4.ip_forward={}", u8::from(on)),
            GuestChange::ReversePathFilter(filter) => {
                let number = match filter {
                    RpFilter::Off => 0,
                    RpFilter::Strict => 1,
                    RpFilter::Loose => 2,
                };
                write!(f, "sysctl net.ipv4.conf.all.rp_filter={number}")
            }
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
        if from.rp_filter != to.rp_filter {
            changes.push(GuestChange::ReversePathFilter(to.rp_filter));
        }
        let gone = from.configured.difference(&to.configured).map(|(eni, ip)| GuestChange::ForgetAddress(*ip, *eni));
        let new = to.configured.difference(&from.configured).map(|(eni, ip)| GuestChange::ConfigureAddress(*ip, *eni));
        changes.extend(gone.chain(new));
        let stopped = from.listeners.iter().filter(|listener| !to.listeners.contains(listener));
        let started = to.listeners.iter().filter(|listener| !from.listeners.contains(listener));
        changes.extend(stopped.map(|listener| GuestChange::Unlisten(*listener)));
        changes.extend(started.map(|listener| GuestChange::Listen(*listener)));
        changes.into_iter().map(GuestCommand).collect()
    }
}
