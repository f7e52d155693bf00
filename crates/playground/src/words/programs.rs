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
