//! Programs on an instance that look or ask and leave it as it is: `ssh INSTANCE dig NAME`, `ssh INSTANCE ping ADDRESS` and their like. What changes
//! the guest is an act (`act::guest`); a new program stands in [`COMMANDS`], with a file of its own.

mod curl;
mod dig;
mod ethtool;
mod host;
mod hping;
mod http;
mod ip;
mod iperf;
mod link;
mod metadata;
mod names;
mod nc;
mod net;
mod nslookup;
mod ping;
mod set;
mod ss;
mod tcpdump;
mod tracepath;
mod traceroute;
mod wget;

use super::{Failure, Host, said};
use crate::scenario::Scenario;
use crate::trace::instance_at;
use eni_core::id::InstanceId;
use eni_core::model::instance::{GuestFlavour, Instance, InstanceState};
use eni_core::model::network::Network;
use eni_core::model::vpc::Vpc;
use net::Program;

pub use set::typed;

/// A command on an instance.
pub struct GuestCommand {
    /// What it is called.
    pub name: &'static str,
    /// The words that may stand behind it, as far as they can be listed.
    pub words: &'static [&'static str],
    /// What it does.
    does: Does,
}

/// What a command does.
enum Does {
    /// Looks at what is there.
    Looks(fn(&Guest<'_>, &[&str]) -> Result<String, Failure>),
    /// The same, and it may end in another way than well.
    Finds(fn(&Guest<'_>, &[&str]) -> Result<Ended, Failure>),
    /// Asks over the network, and waits for what comes of it.
    Asks(fn(&mut Program<'_>, &[&str]) -> Result<Ended, Failure>),
}

/// How a program ended that has said what it had to say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ended {
    /// What it printed.
    pub text: String,
    /// What is printed behind it on standard error.
    pub error: String,
    /// The exit code.
    pub exit: u8,
}

impl From<String> for Ended {
    fn from(text: String) -> Ended {
        Ended { text, ..Ended::default() }
    }
}

/// Every such command.
pub const COMMANDS: &[GuestCommand] = &[
    GuestCommand { name: "cat", words: &["/etc/resolv.conf"], does: Does::Looks(nslookup::cat) },
    GuestCommand {
        name: "curl",
        words: &["--connect-timeout", "--interface", "--max-time", "-H", "-I", "-X", "-f", "-i", "-m", "-o", "-s", "-v", "-w"],
        does: Does::Asks(curl::curl),
    },
    GuestCommand {
        name: "dig",
        words: &["+short", "-x", "A", "AAAA", "CNAME", "MX", "NS", "PTR", "SOA", "SRV", "TXT"],
        does: Does::Looks(dig::dig),
    },
    GuestCommand { name: "ethtool", words: &["-S"], does: Does::Asks(ethtool::ethtool) },
    GuestCommand { name: "getent", words: &["hosts"], does: Does::Looks(host::getent) },
    GuestCommand { name: "host", words: &[], does: Does::Looks(host::host) },
    GuestCommand { name: "hostname", words: &["-I", "-f", "-s"], does: Does::Looks(ss::hostname) },
    GuestCommand {
        name: "hping3",
        words: &["--udp", "-c", "-d", "-i", "-p", "-q", "169.254.169.123", "169.254.169.253", "169.254.169.254"],
        does: Does::Asks(hping::hping3),
    },
    GuestCommand { name: "ip", words: &["addr", "link", "neigh", "route", "rule"], does: Does::Looks(ip::ip) },
    GuestCommand { name: "iperf3", words: &["-D", "-P", "-b", "-c", "-i", "-l", "-p", "-s", "-t", "-u"], does: Does::Asks(iperf::iperf3) },
    GuestCommand { name: "nc", words: &["-u", "-w", "-zv"], does: Does::Asks(nc::nc) },
    GuestCommand { name: "nslookup", words: &["-type="], does: Does::Finds(nslookup::nslookup) },
    GuestCommand { name: "ping", words: &["-I", "-M", "-W", "-c", "-i", "-q", "-s"], does: Does::Asks(ping::ping) },
    GuestCommand {
        name: "iptables",
        words: &["-A", "-D", "-S", "-j", "-o", "-s", "-t", "MASQUERADE", "POSTROUTING", "nat"],
        does: Does::Looks(set::iptables),
    },
    GuestCommand { name: "ss", words: &["-tln", "-tuln", "-uln"], does: Does::Looks(ss::ss) },
    GuestCommand {
        name: "sysctl",
        words: &["-n", "-w", "net.ipv4.conf.all.rp_filter", "net.ipv4.ip_forward", "net.ipv4.ip_local_port_range"],
        does: Does::Looks(set::sysctl),
    },
    GuestCommand {
        name: "tcpdump",
        words: &["-c", "-e", "-i", "-n", "-t", "and", "any", "dst", "host", "icmp", "not", "or", "port", "src", "tcp", "udp"],
        does: Does::Asks(tcpdump::tcpdump),
    },
    GuestCommand { name: "timeout", words: &["tcpdump"], does: Does::Asks(tcpdump::timeout) },
    GuestCommand { name: "tracepath", words: &["-b", "-l", "-m", "-n", "-p"], does: Does::Asks(tracepath::tracepath) },
    GuestCommand { name: "traceroute", words: &["-I", "-T", "-m", "-n", "-p"], does: Does::Asks(traceroute::traceroute) },
    GuestCommand { name: "wget", words: &["--header=", "-T", "-qO-"], does: Does::Asks(wget::wget) },
];

/// Where a command runs.
pub struct Guest<'s> {
    /// All that is there.
    pub scenario: &'s Scenario,
    /// The instance.
    pub instance: &'s Instance,
    /// Its VPC: that of its primary ENI.
    pub vpc: &'s Vpc,
}

impl Guest<'_> {
    /// What is in the region.
    pub fn network(&self) -> &Network {
        &self.scenario.network
    }

    /// Whether its system is a plain distribution, as Ubuntu is, and not Amazon's.
    pub fn is_plain(&self) -> bool {
        self.instance.guest.flavour == GuestFlavour::Plain
    }

    /// Whether its network cards are those of Nitro.
    pub fn nitro(&self) -> bool {
        self.instance.instance_type.is_nitro()
    }
}

/// The instance and the command of an `ssh` line: what ssh wants to know beside them (`-i KEY`, `USER@`) makes no difference here, where nobody logs
/// in, and an address stands for the instance that has it. Nothing if there is no instance.
pub fn typed_on(host: &dyn Host, words: &[String]) -> Option<Vec<String>> {
    let mut words = words.iter();
    let mut place = words.next()?;
    while let Some(option) = place.strip_prefix('-') {
        if matches!(option, "i" | "l" | "o" | "p") {
            words.next()?;
        }
        place = words.next()?;
    }
    let place = place.rsplit_once('@').map_or(place.as_str(), |(_, place)| place);
    // Names and ids are known where commands are; what has a dot or a colon may be an address.
    let at = if place.contains(['.', ':']) { host.scenario().and_then(|scenario| instance_at(&scenario, place)) } else { None };
    let name = at.map_or_else(|| place.to_owned(), |id| id.to_string());
    Some(std::iter::once(name).chain(words.cloned()).collect())
}

/// Does a command on an instance if it leaves the guest as it is; nothing if it is none of those.
pub fn run(host: &mut dyn Host, words: &[String]) -> Option<Result<Ended, Failure>> {
    let (name, command) = words.split_first()?;
    let (first, rest) = command.split_first()?;
    let found = COMMANDS.iter().find(|known| known.name == first)?;
    let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
    if set::is_change(first, &rest) {
        return None;
    }
    let scenario = host.scenario()?;
    Some(guest(&scenario, name).and_then(|guest| match found.does {
        Does::Looks(look) => look(&guest, &rest).map(Ended::from),
        Does::Finds(find) => find(&guest, &rest),
        Does::Asks(ask) => ask(&mut Program { host, instance: name }, &rest),
    }))
}

/// The guest of a running instance.
fn guest<'s>(scenario: &'s Scenario, name: &str) -> Result<Guest<'s>, Failure> {
    let network = &scenario.network;
    let shown: String = name.chars().take(100).collect();
    let instance = called(scenario, name).ok_or_else(|| failed(255, &said::no_host(&shown)))?;
    let vpc = network.vpc(instance.vpc).filter(|_| instance.state == InstanceState::Running && instance.faults.hangs_since.is_none());
    let vpc = vpc.ok_or_else(|| failed(255, &said::host_is_down(&shown)))?;
    Ok(Guest { scenario, instance, vpc })
}

/// The instance with this id, or name, on AWS or on the board; of several of one name the first that is not gone.
fn called<'s>(scenario: &'s Scenario, name: &str) -> Option<&'s Instance> {
    let network = &scenario.network;
    let by_id = name.parse::<InstanceId>().ok().and_then(|id| network.instance(id));
    let lives = |instance: &&Instance| instance.state != InstanceState::Terminated;
    let is_called = |instance: &&Instance| instance.tags.get("Name").is_some_and(|own| own == name);
    let on_board = |instance: &&Instance| scenario.scene.names.get(&instance.id.to_string()).is_some_and(|own| own == name);
    by_id.or_else(|| network.instances().filter(lives).find(is_called)).or_else(|| network.instances().filter(lives).find(on_board))
}

/// A failure with a line of text.
fn failed(exit: u8, text: &str) -> Failure {
    Failure { exit, text: format!("{text}\n") }
}
