//! The namespaces and the wires between them.

use crate::random_net::draw::{ENIS, HOSTS, HOSTS_IPV6, INSTANCES, NATS, OFFICE, SERVICES, VPCS};
use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::Write as _;
use std::os::fd::AsFd;
use std::process::{Command, Stdio};

pub const GUESTS: usize = 6;
pub const ROUTER: &str = "router";
pub const EDGE: &str = "edge";
const INTERNET: &str = "internet";
const OFFICES: &str = "office";
/// Who hears, by number: the guests, then the services, then the office.
pub const IN_OFFICE: usize = GUESTS + SERVICES;
/// The two ends of the wire by which one knows that all is quiet.
pub const MARKS: [&str; 2] = ["mark0", "mark1"];

pub fn eni(eni: usize) -> String {
    format!("eni{eni}")
}

pub fn guest(instance: usize) -> String {
    format!("guest{instance}")
}

pub fn nat(nat: usize) -> String {
    format!("nat{nat}")
}

pub fn service(service: usize) -> String {
    format!("service{service}")
}

/// Where somebody sends from: an instance, a service, the office, or the internet.
pub fn host(place: Option<usize>) -> String {
    match place {
        None => INTERNET.to_owned(),
        Some(IN_OFFICE) => OFFICES.to_owned(),
        Some(instance) if instance < GUESTS => guest(instance),
        Some(at) => service(at - GUESTS),
    }
}

/// Runs a program on a text.
pub fn feed(program: &str, arguments: &[&str], text: &str) {
    let mut child =
        Command::new(program).args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{program}: {}\n{text}", String::from_utf8_lossy(&output.stderr));
}

/// The namespaces, which are gone when this is.
pub struct Layout {
    prefix: String,
    home: File,
    spaces: BTreeMap<String, File>,
}

impl Layout {
    pub fn build(processor: usize) -> Layout {
        let prefix = format!("eni-oracle-{}-{processor}-", std::process::id());
        let mut names: Vec<String> = [ROUTER, EDGE, INTERNET, OFFICES, MARKS[0], MARKS[1]].map(str::to_owned).to_vec();
        names.extend((0..ENIS).map(eni).chain((0..GUESTS).map(guest)).chain((0..NATS).map(nat)).chain((0..SERVICES).map(service)));
        let lines: Vec<String> = names.iter().map(|name| format!("netns add {prefix}{name}")).collect();
        feed("ip", &["-batch", "-"], &lines.join("\n"));
        let open = |name: &String| File::open(format!("/run/netns/{prefix}{name}")).unwrap();
        let spaces = names.iter().map(|name| (name.clone(), open(name))).collect();
        let layout = Layout { prefix, home: File::open("/proc/thread-self/ns/net").unwrap(), spaces };
        for name in &names {
            layout.settings(name);
        }
        layout.enter(ROUTER);
        feed("ip", &["-batch", "-"], &layout.wires());
        for name in &names {
            layout.enter(name);
            let (either, ipv6) = up(name);
            feed("ip", &["-batch", "-"], &either);
            feed("ip", &["-6", "-batch", "-"], &ipv6);
        }
        names.iter().for_each(|name| layout.await_links(name));
        layout.enter(MARKS[1]);
        feed(
            "nft",
            &["-f", "-"],
            "table ip t {\nchain marked { type filter hook prerouting priority -200; ip ttl 2 meta mark set 1; }\n}\n",
        );
        layout
    }

    /// From here on, this thread is there.
    pub fn enter(&self, name: &str) {
        move_into_link_name_space(self.spaces[name].as_fd(), Some(LinkNameSpaceType::Network)).unwrap();
    }

    /// Until every device of a namespace carries packets: the kernel sees that the other end of a wire is up some time after it is, and drops
    /// everything until then.
    fn await_links(&self, name: &str) {
        self.enter(name);
        let carry = || {
            let output = Command::new("ip").args(["-o", "link"]).output().unwrap();
            String::from_utf8_lossy(&output.stdout).lines().all(|line| line.contains(" lo: ") || line.contains(" state UP "))
        };
        while !carry() {
            std::thread::yield_now();
        }
    }

    fn settings(&self, name: &str) {
        self.enter(name);
        let outside = [INTERNET, OFFICES].contains(&name);
        let ends = name.starts_with("guest") || name.starts_with("service") || outside;
        let forwards = if ends { "0" } else { "1" };
        let settings = [
            // Nobody says anything of his own over IPv6 either.
            ("ipv6/conf/default/accept_dad", "0"),
            ("ipv6/conf/default/accept_ra", "0"),
            ("ipv6/conf/default/router_solicitations", "0"),
            ("ipv6/conf/default/addr_gen_mode", "1"),
            ("ipv6/icmp/echo_ignore_all", "1"),
            ("ipv6/conf/all/forwarding", forwards),
            ("ipv6/conf/default/forwarding", forwards),
            ("ipv4/conf/all/rp_filter", "0"),
            ("ipv4/conf/default/rp_filter", "0"),
            ("ipv4/conf/all/accept_local", "1"),
            ("ipv4/ip_nonlocal_bind", if outside { "1" } else { "0" }),
            ("ipv6/ip_nonlocal_bind", if outside { "1" } else { "0" }),
            ("ipv4/conf/all/send_redirects", "0"),
            ("ipv4/conf/default/send_redirects", "0"),
            ("ipv4/conf/all/forwarding", forwards),
            ("ipv4/conf/default/forwarding", forwards),
            // What is sent has wrong checksums, so that no kernel answers in the place of the one that asks.
            ("netfilter/nf_conntrack_checksum", "0"),
        ];
        for (path, value) in settings {
            std::fs::write(format!("/proc/sys/net/{path}"), value).unwrap_or_else(|error| panic!("{path}: {error}"));
        }
    }

    /// Every pair of devices, seen from the router.
    fn wires(&self) -> String {
        let mut text = String::new();
        let mut wire = |one: (&str, String), other: (&str, String)| {
            let device = |(space, name): (&str, String)| format!("{name} address 02:00:00:00:00:01 netns {}{space}", self.prefix);
            writeln!(text, "link add name {} type veth peer name {}", device(one), device(other)).unwrap();
        };
        for (at, instance) in INSTANCES.into_iter().enumerate() {
            wire((ROUTER, format!("f{at}")), (&eni(at), "f".to_owned()));
            wire((&eni(at), "g".to_owned()), (&guest(instance), format!("e{}", at % 2)));
        }
        for at in 0..NATS {
            wire((ROUTER, format!("n{at}")), (&nat(at), "e".to_owned()));
        }
        for at in 0..SERVICES {
            wire((ROUTER, format!("s{at}")), (&service(at), "e".to_owned()));
        }
        wire((ROUTER, "v0".to_owned()), (OFFICES, "e".to_owned()));
        for vpc in 0..VPCS {
            // What leaves by the first comes back by the second: a further look-up, in the VPC's own addresses.
            wire((ROUTER, format!("a{vpc}")), (ROUTER, format!("b{vpc}")));
            wire((ROUTER, format!("w{vpc}")), (EDGE, format!("w{vpc}")));
            // What an egress-only gateway lets out; nothing comes in by it but answers, and those by the other wire.
            wire((ROUTER, format!("x{vpc}")), (EDGE, format!("x{vpc}")));
        }
        wire((ROUTER, "p0".to_owned()), (ROUTER, "p1".to_owned()));
        wire((EDGE, "h".to_owned()), (INTERNET, "e".to_owned()));
        wire((MARKS[0], "e".to_owned()), (MARKS[1], "e".to_owned()));
        text
    }
}

/// What stays as it is in a namespace: devices, addresses, and the routes and rules of IPv4; and those of IPv6.
fn up(name: &str) -> (String, String) {
    let mut ipv6 = String::new();
    let route = |device: &str| format!("route add default dev {device}\n");
    let mut devices: Vec<String> = vec!["e".to_owned()];
    let mut rest = String::new();
    if name.starts_with("eni") {
        devices = vec!["f".to_owned(), "g".to_owned()];
        rest = "rule add iif g lookup 11 pref 1\nrule add iif f lookup 12 pref 2\nroute add default dev f table 11\nroute add default dev g table 12\n".to_owned();
    } else if let Some(instance) = name.strip_prefix("guest") {
        let instance: usize = instance.parse().unwrap();
        devices = (0..ENIS).filter(|eni| INSTANCES[*eni] == instance).map(|eni| format!("e{}", eni % 2)).collect();
        rest = "rule add tos 0x10 lookup 50 pref 40\nrule add tos 0x08 lookup 51 pref 41\n".to_owned();
    } else if name == ROUTER {
        let all = [('f', ENIS), ('n', NATS), ('s', SERVICES)];
        devices = all.iter().flat_map(|(kind, count)| (0..*count).map(move |at| format!("{kind}{at}"))).collect();
        for (at, device) in devices.iter().enumerate() {
            writeln!(
                rest,
                "rule add iif {device} lookup {} pref {}\nrule add iif {device} lookup {} pref {}",
                100 + at,
                10 + at,
                200 + at,
                30 + at
            )
            .unwrap();
        }
        for vpc in 0..VPCS {
            for from in [format!("b{vpc}"), format!("w{vpc}"), format!("p{vpc}")] {
                writeln!(rest, "rule add iif {from} lookup {} pref {}", 300 + vpc, 60 + vpc).unwrap();
            }
            // What comes in by a gateway looks at that gateway's table first.
            writeln!(rest, "rule add iif w{vpc} lookup {} pref {}", 400 + vpc, 50 + vpc).unwrap();
            devices.extend(["a", "b", "w", "p", "x"].map(|kind| format!("{kind}{vpc}")));
        }
        rest += "rule add iif v0 lookup 402 pref 52\nrule add iif v0 lookup 300 pref 60\n";
        devices.push("v0".to_owned());
    } else if name == EDGE {
        devices = vec!["h".to_owned()];
        for vpc in 0..VPCS {
            devices.extend(["w", "x"].map(|kind| format!("{kind}{vpc}")));
            writeln!(rest, "route add 10.{vpc}.0.0/16 dev w{vpc}").unwrap();
        }
        rest += &route("h");
    } else if !name.starts_with("service") {
        rest += &route("e");
    }
    if [INTERNET, OFFICES].contains(&name) {
        // Whatever comes here, somebody has that address.
        rest += "rule add iif e lookup 77 pref 5\nroute add local default dev lo table 77\n";
        for host in if name == INTERNET { &HOSTS[..] } else { &OFFICE[..] } {
            writeln!(rest, "addr add {host}/32 dev e").unwrap();
        }
    }
    if name == INTERNET {
        HOSTS_IPV6.iter().for_each(|host| writeln!(ipv6, "addr add {host}/128 dev e").unwrap());
    }
    if name == MARKS[0] {
        rest += "addr add 192.0.2.1/32 dev e\n";
    }
    if name == MARKS[1] {
        rest += "rule add fwmark 1 lookup 77 pref 5\nroute add local 192.0.2.9 dev lo table 77\n";
    }
    let links =
        devices.iter().fold("link set dev lo up\n".to_owned(), |links, device| links + &format!("link set dev {device} arp off up\n"));
    // What names no address is the same for both.
    let same = rest.lines().filter(|line| !line.contains('.')).fold(String::new(), |lines, line| lines + line + "\n");
    (links + &rest, same + &ipv6)
}

impl Drop for Layout {
    fn drop(&mut self) {
        let _home = move_into_link_name_space(self.home.as_fd(), Some(LinkNameSpaceType::Network));
        for name in self.spaces.keys() {
            let _gone = Command::new("ip").args(["netns", "del", &format!("{}{name}", self.prefix)]).status();
        }
    }
}
