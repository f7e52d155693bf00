//! Protocols, ports and ICMP types as security group rules and network ACL entries write them.

use eni_core::addr::{IcmpMatch, PortRange, Traffic};

/// How a security group rule writes its traffic (`S13` to `S16`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenPermission {
    /// `tcp`, `udp`, `icmp`, `icmpv6`, a number or `-1`.
    pub protocol: String,
    /// First port, or ICMP type; absent where ports do not matter.
    pub from: Option<i64>,
    /// Last port, or ICMP code.
    pub to: Option<i64>,
}

/// Reads a protocol's name, in letters of either case, or number; `None` is all of them.
///
/// # Errors
/// A message in AWS's style.
pub fn protocol_number(text: &str) -> Result<Option<u8>, String> {
    match text.to_ascii_lowercase().as_str() {
        "-1" | "all" => Ok(None),
        "tcp" => Ok(Some(6)),
        "udp" => Ok(Some(17)),
        "icmp" => Ok(Some(1)),
        "icmpv6" => Ok(Some(58)),
        number => number.parse().map(Some).map_err(|_| format!("Invalid value '{text}' for IP protocol. Unknown protocol.")),
    }
}

fn ports(from: Option<i64>, to: Option<i64>) -> Result<PortRange, String> {
    let (Some(from), Some(to)) = (from, to) else {
        return Err("Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.".to_owned());
    };
    let range = match (u16::try_from(from), u16::try_from(to)) {
        (Ok(first), Ok(last)) => PortRange::new(first, last),
        _ => None,
    };
    range.ok_or_else(|| format!("Invalid TCP/UDP port range ({from}:{to})"))
}

/// Reads an ICMP type and code; -1 and absence are wildcards (`S15`).
fn icmp(kind: Option<i64>, code: Option<i64>) -> Result<IcmpMatch, String> {
    let number = |value: i64| u8::try_from(value).map_err(|_| format!("ICMP code ({value}) out of range"));
    match (kind.unwrap_or(-1), code.unwrap_or(-1)) {
        (-1, -1) => Ok(IcmpMatch::Any),
        (-1, _) => Err("ICMP type (-1) does not allow an ICMP code".to_owned()),
        (kind, -1) => Ok(IcmpMatch::Type(number(kind)?)),
        (kind, code) => Ok(IcmpMatch::TypeCode(number(kind)?, number(code)?)),
    }
}

/// Reads the traffic of a security group rule.
///
/// # Errors
/// A message in AWS's style.
pub fn read_permission(protocol: &str, from: Option<i64>, to: Option<i64>) -> Result<Traffic, String> {
    Ok(match protocol_number(protocol)? {
        None => Traffic::All,
        Some(6) => Traffic::Tcp(ports(from, to)?),
        Some(17) => Traffic::Udp(ports(from, to)?),
        Some(1) => Traffic::Icmp(icmp(from, to)?),
        Some(58) => Traffic::Icmpv6(icmp(from, to)?),
        Some(number) => Traffic::Other(number),
    })
}

/// Reads the traffic of a network ACL entry: ports for TCP and UDP, type and code for ICMP (`N6`).
///
/// # Errors
/// A message in AWS's style.
pub fn read_acl(protocol: &str, range: Option<(i64, i64)>, kind: Option<(i64, i64)>) -> Result<Traffic, String> {
    let (from, to) = match protocol_number(protocol)? {
        Some(6 | 17) => range.unzip(),
        Some(1 | 58) => kind.unzip(),
        _ => (None, None),
    };
    read_permission(protocol, from, to)
}

/// The type and code that stand for an ICMP match, -1 where any will do.
pub fn icmp_numbers(icmp: IcmpMatch) -> (i64, i64) {
    match icmp {
        IcmpMatch::Any => (-1, -1),
        IcmpMatch::Type(kind) => (i64::from(kind), -1),
        IcmpMatch::TypeCode(kind, code) => (i64::from(kind), i64::from(code)),
    }
}

/// Writes the traffic of a security group rule.
pub fn write_permission(traffic: Traffic) -> WrittenPermission {
    let (protocol, ends) = match traffic {
        Traffic::All => ("-1".to_owned(), None),
        Traffic::Tcp(ports) => ("tcp".to_owned(), Some((i64::from(ports.from()), i64::from(ports.to())))),
        Traffic::Udp(ports) => ("udp".to_owned(), Some((i64::from(ports.from()), i64::from(ports.to())))),
        Traffic::Icmp(icmp) => ("icmp".to_owned(), Some(icmp_numbers(icmp))),
        Traffic::Icmpv6(icmp) => ("icmpv6".to_owned(), Some(icmp_numbers(icmp))),
        Traffic::Other(number) => (number.to_string(), None),
    };
    let (from, to) = ends.unzip();
    WrittenPermission { protocol, from, to }
}

/// Writes the protocol of a network ACL entry: always a number.
pub fn acl_protocol(traffic: Traffic) -> String {
    traffic.protocol_number().map_or_else(|| "-1".to_owned(), |number| number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    // rules: S13 S14 S15 S16
    #[test]
    fn traffic_of_a_group_rule_reads_and_writes() {
        let range = |a, b| PortRange::new(a, b).unwrap();
        let good = [
            (("tcp", Some(22), Some(22)), Traffic::Tcp(range(22, 22)), ("tcp", Some(22), Some(22))),
            (("TCP", Some(22), Some(22)), Traffic::Tcp(range(22, 22)), ("tcp", Some(22), Some(22))),
            (("ICMPv6", None, None), Traffic::Icmpv6(IcmpMatch::Any), ("icmpv6", Some(-1), Some(-1))),
            (("6", Some(0), Some(65_535)), Traffic::Tcp(range(0, 65_535)), ("tcp", Some(0), Some(65_535))),
            (("17", Some(53), Some(54)), Traffic::Udp(range(53, 54)), ("udp", Some(53), Some(54))),
            (("icmp", Some(-1), Some(-1)), Traffic::Icmp(IcmpMatch::Any), ("icmp", Some(-1), Some(-1))),
            (("1", Some(3), Some(4)), Traffic::Icmp(IcmpMatch::TypeCode(3, 4)), ("icmp", Some(3), Some(4))),
            (("icmpv6", Some(128), None), Traffic::Icmpv6(IcmpMatch::Type(128)), ("icmpv6", Some(128), Some(-1))),
            (("-1", Some(1), Some(2)), Traffic::All, ("-1", None, None)),
            (("50", Some(1), Some(2)), Traffic::Other(50), ("50", None, None)),
        ];
        for ((protocol, from, to), traffic, (name, first, last)) in good {
            assert_eq!(read_permission(protocol, from, to), Ok(traffic));
            let written = write_permission(traffic);
            assert_eq!((written.protocol.as_str(), written.from, written.to), (name, first, last));
        }
        let bad = [
            ("tcp", None, Some(5)),
            ("tcp", Some(9), Some(5)),
            ("udp", Some(-1), Some(-1)),
            ("tcp", Some(0), Some(65_536)),
            ("icmp", Some(-1), Some(3)),
            ("icmp", Some(256), Some(0)),
            ("gre", None, None),
            ("256", None, None),
        ];
        for (protocol, from, to) in bad {
            assert!(read_permission(protocol, from, to).is_err(), "{protocol} {from:?} {to:?}");
        }
    }

    // rules: N6
    #[test]
    fn traffic_of_an_acl_entry_takes_ports_or_types_by_protocol() {
        let tcp = read_acl("6", Some((80, 80)), Some((1, 1))).unwrap();
        assert_eq!(tcp, Traffic::Tcp(PortRange::single(80)));
        assert_eq!(read_acl("1", Some((80, 80)), Some((8, -1))), Ok(Traffic::Icmp(IcmpMatch::Type(8))));
        assert_eq!(read_acl("-1", Some((80, 80)), None), Ok(Traffic::All));
        assert!(read_acl("6", None, None).is_err());
        assert_eq!((acl_protocol(tcp).as_str(), acl_protocol(Traffic::All).as_str()), ("6", "-1"));
    }
}
