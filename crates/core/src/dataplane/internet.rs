//! The hosts of the internet that have names: a handful, so that nothing here means a real host. Their addresses are of the ranges that are kept for
//! documentation (`G14`); so are those of AWS's services, but for the two whose blocks are in prefix lists (`R63`).

use crate::addr::{IpAddr, IpNet, Ipv4Addr, Ipv6Addr};
use crate::model::endpoint::{INTERFACE_SERVICES, is_named};
use crate::model::network::Network;

/// A host of the internet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicHost {
    /// Its name; it has the same one behind `www.`, too.
    pub name: &'static str,
    /// Its place in the ranges of addresses.
    place: u8,
    /// Whether all that it does is to tell who asks by which address it was asked.
    pub tells_address: bool,
}

/// Every such host: the names that are reserved for examples, some that everybody tries, and those that tell one's own address.
pub const PUBLIC_HOSTS: &[PublicHost] = &[
    PublicHost { name: "example.com", place: 10, tells_address: false },
    PublicHost { name: "example.net", place: 11, tells_address: false },
    PublicHost { name: "example.org", place: 12, tells_address: false },
    PublicHost { name: "amazon.com", place: 20, tells_address: false },
    PublicHost { name: "aws.amazon.com", place: 21, tells_address: false },
    PublicHost { name: "google.com", place: 30, tells_address: false },
    PublicHost { name: "checkip.amazonaws.com", place: 40, tells_address: true },
    PublicHost { name: "ifconfig.me", place: 41, tells_address: true },
];

impl PublicHost {
    /// Its IPv4 address.
    pub const fn ipv4(self) -> Ipv4Addr {
        Ipv4Addr::new(198, 51, 100, self.place)
    }

    /// Its IPv6 address. Those that tell one's address have none.
    pub fn ipv6(self) -> Option<Ipv6Addr> {
        (!self.tells_address).then(|| Ipv6Addr::new(0x2001, 0xdb8, 0xffff, 0, 0, 0, 0, u16::from(self.place)))
    }

    /// The host of this name, which ends with a dot.
    pub fn named(name: &str) -> Option<PublicHost> {
        let name = name.strip_suffix('.').unwrap_or(name);
        let name = name.strip_prefix("www.").unwrap_or(name);
        PUBLIC_HOSTS.iter().find(|host| host.name == name).copied()
    }

    /// The host with this address.
    pub fn at(address: IpAddr) -> Option<PublicHost> {
        PUBLIC_HOSTS
            .iter()
            .find(|host| match address {
                IpAddr::V4(ip) => host.ipv4() == ip,
                IpAddr::V6(ip) => host.ipv6() == Some(ip),
            })
            .copied()
    }
}

/// The place of the first service in the range of addresses.
const SERVICES_FROM: u8 = 100;

/// The service of AWS that a name is of, without the region and the domain behind it.
pub fn service_named(stem: &str) -> Option<&'static str> {
    INTERFACE_SERVICES.iter().find(|service| is_named(service, stem)).copied()
}

/// The public address of a service of AWS: of its prefix list, if it has one.
pub fn address_of_service(network: &Network, service: &str) -> Option<Ipv4Addr> {
    let of_list = network.prefix_lists_of_service(service).flat_map(|list| &list.entries).find_map(|entry| match entry.cidr {
        IpNet::V4(block) => u32::from(block.network()).checked_add(10).map(Ipv4Addr::from).filter(|ip| block.contains(ip)),
        IpNet::V6(_) => None,
    });
    let place = || INTERFACE_SERVICES.iter().position(|one| *one == service).and_then(|at| u8::try_from(at).ok());
    of_list.or_else(|| Some(Ipv4Addr::new(198, 51, 100, SERVICES_FROM.checked_add(place()?)?)))
}

/// Whose an address is in AWS's list of its own: of a service whose blocks are known, of EC2 (which has those of instances), or of Amazon alone.
pub fn listed_as(network: &Network, address: IpAddr) -> Option<&'static str> {
    let lists = [("s3", "S3"), ("dynamodb", "DYNAMODB")];
    let of_list = lists.iter().find(|(service, _)| network.prefix_lists_of_service(service).any(|list| list.entry_of(address).is_some()));
    match (of_list, address) {
        (Some((_, listed)), _) => Some(listed),
        (None, IpAddr::V4(ip)) if network.has_public_ip(ip) => Some("EC2"),
        _ => service_at(network, address).map(|_| "AMAZON"),
    }
}

/// The service of AWS that has a public address.
pub fn service_at(network: &Network, address: IpAddr) -> Option<&'static str> {
    INTERFACE_SERVICES.iter().find(|service| address_of_service(network, service).map(IpAddr::V4) == Some(address)).copied()
}
