//! What further programs of guests say of how they are used.

/// How `tracepath` is used.
pub const TRACEPATH: &str = "usage: tracepath [-n] [-b] [-m HOPS] [-l BYTES] [-p PORT] NAME|ADDRESS";
/// How `nslookup` is used.
pub const NSLOOKUP: &str = "usage: nslookup [-type=TYPE] NAME|ADDRESS [SERVER]";
/// How `wget` is used.
pub const WGET: &str = "usage: wget -qO- [-T SECONDS] [-t 1] [--header='NAME: VALUE'] [http://]NAME|ADDRESS[:PORT][/PATH]";
/// How `cat` is used on an instance.
pub const CAT: &str = "Of files on an instance only /etc/resolv.conf can be read here: cat /etc/resolv.conf";

/// A part of a filter that `tcpdump` takes elsewhere.
pub fn filter_not_played(what: &str) -> String {
    format!(
        "tcpdump: “{what}” is a filter, and not played here. Played are tcp, udp, icmp, icmp6, ip, ip6 and arp; [src|dst] host, net, port and portrange; tcp[tcpflags], icmp[icmptype] and icmp[icmpcode] compared with numbers; and, or, not and brackets."
    )
}

/// Another protocol than HTTP.
pub fn only_http(program: &str, protocol: &str) -> String {
    format!("{program}: {protocol}:// is not played here: http:// and https:// are")
}

/// A variable of curl's `-w` that is not played.
pub fn written_not_played(name: &str) -> String {
    format!("curl: the --write-out variable '{name}' is not played here\n")
}

/// A part of `ip rule` that is not played.
pub fn rule_not_played(word: &str) -> String {
    format!("ip rule: “{word}” is not played here: rules choose by from and to, and lead to a table, in the order of their pref")
}

/// A part of `ip route` that is not played.
pub fn route_not_played(word: &str) -> String {
    format!("ip route: “{word}” is not played here: a route is a block, with via, dev, src, metric and table")
}

/// A part of `ip link set` that is not played.
pub fn link_not_played(word: &str) -> String {
    format!("ip link: “{word}” is not played here: of an interface mtu can be set. What takes one away is aws ec2 detach-network-interface")
}

/// A table that is not listed.
pub fn table_not_shown(name: &str) -> String {
    format!("ip route: table “{name}” is not listed here: main is, and tables by their numbers")
}
