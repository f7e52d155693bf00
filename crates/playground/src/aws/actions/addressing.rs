//! Addresses and prefixes of network interfaces: the parameters that create calls and launches share, and the calls that change them.

use super::{Action, command};
use crate::aws::error::ApiError;
use crate::aws::input::Parameters;
use crate::aws::member::{DRY_RUN, Member, Wire, optional, required};
use eni_core::addr::{Ipv4Addr, Ipv4Net};
use eni_core::control::command::{
    AssignIpv6Addresses, AssignPrivateIpAddresses, Command, Ipv6Wanted, UnassignIpv6Addresses, UnassignPrivateIpAddresses, Wanted,
};
use std::str::FromStr;

pub(super) const INTERFACE: Member = required("NetworkInterfaceId", Wire::Id("eni"), "the interface");

/// The private addresses of a new interface in a list.
pub(super) const PRIVATE_ADDRESSES: Member = optional(
    "PrivateIpAddresses",
    Wire::List(&Wire::Struct(&[
        required("PrivateIpAddress", Wire::Ipv4, "an address"),
        optional("Primary", Wire::Boolean, "whether it is the primary one"),
    ])),
    "its addresses in a list",
);
/// How many secondary addresses of any a new interface gets.
pub(super) const SECONDARY_COUNT: Member =
    optional("SecondaryPrivateIpAddressCount", Wire::Integer, "how many secondary addresses it gets");
/// The IPv4 prefixes of a new interface.
pub(super) const IPV4_PREFIXES: Member = optional(
    "Ipv4Prefixes",
    Wire::List(&Wire::Struct(&[optional("Ipv4Prefix", Wire::Ipv4Block, "a /28 of the subnet")])),
    "its IPv4 prefixes, of 16 addresses each",
);
/// How many IPv4 prefixes of any a new interface gets.
pub(super) const IPV4_PREFIX_COUNT: Member = optional("Ipv4PrefixCount", Wire::Integer, "how many IPv4 prefixes it gets");

/// The IPv6 addresses of a new interface.
pub(super) const IPV6_ADDRESSES: Member =
    optional("Ipv6Addresses", Wire::List(&Wire::Struct(&[optional("Ipv6Address", Wire::Ipv6, "an address")])), "its IPv6 addresses");
/// How many IPv6 addresses of any a new interface gets.
pub(super) const IPV6_ADDRESS_COUNT: Member =
    optional("Ipv6AddressCount", Wire::Integer, "how many IPv6 addresses it gets; 0 overrides the subnet's setting");
/// The IPv6 prefixes of a new interface.
pub(super) const IPV6_PREFIXES: Member = optional(
    "Ipv6Prefixes",
    Wire::List(&Wire::Struct(&[optional("Ipv6Prefix", Wire::Ipv6Block, "a /80 of the subnet")])),
    "its IPv6 prefixes",
);
/// How many IPv6 prefixes of any a new interface gets.
pub(super) const IPV6_PREFIX_COUNT: Member = optional("Ipv6PrefixCount", Wire::Integer, "how many IPv6 prefixes it gets");

/// Whether a new interface's first IPv6 address becomes the primary one; AWS has another name for it in a launch.
pub(super) const PRIMARY_IPV6_HELP: &str = "whether its first IPv6 address stays the primary one while it is attached";

pub(super) const ACTIONS: &[Action] = &[
    Action {
        name: "AssignIpv6Addresses",
        help: "gives an interface IPv6 addresses and prefixes",
        members: &[
            INTERFACE,
            optional("Ipv6Addresses", Wire::List(&Wire::Ipv6), "these addresses"),
            optional("Ipv6AddressCount", Wire::Integer, "or so many of any"),
            optional("Ipv6Prefixes", Wire::List(&Wire::Ipv6Block), "these prefixes, each a /80 of the subnet"),
            optional("Ipv6PrefixCount", Wire::Integer, "or so many prefixes of any"),
        ],
        build: |p| {
            command(Command::AssignIpv6Addresses(Box::new(AssignIpv6Addresses {
                eni: p.id("NetworkInterfaceId")?,
                addresses: Wanted { list: parsed(p.texts("Ipv6Addresses"))?, count: p.integer("Ipv6AddressCount") },
                prefixes: Wanted { list: parsed(p.texts("Ipv6Prefixes"))?, count: p.integer("Ipv6PrefixCount") },
            })))
        },
    },
    Action {
        name: "UnassignIpv6Addresses",
        help: "takes IPv6 addresses and prefixes away from an interface",
        members: &[
            INTERFACE,
            optional("Ipv6Addresses", Wire::List(&Wire::Ipv6), "the addresses"),
            optional("Ipv6Prefixes", Wire::List(&Wire::Ipv6Block), "the prefixes"),
        ],
        build: |p| {
            let (addresses, prefixes) = (parsed(p.texts("Ipv6Addresses"))?, parsed(p.texts("Ipv6Prefixes"))?);
            let gone = UnassignIpv6Addresses { eni: p.id("NetworkInterfaceId")?, addresses, prefixes };
            command(Command::UnassignIpv6Addresses(Box::new(gone)))
        },
    },
    Action {
        name: "AssignPrivateIpAddresses",
        help: "gives an interface secondary private addresses and prefixes",
        members: &[
            INTERFACE,
            optional("PrivateIpAddresses", Wire::List(&Wire::Ipv4), "these addresses"),
            optional("SecondaryPrivateIpAddressCount", Wire::Integer, "or so many of any"),
            optional("Ipv4Prefixes", Wire::List(&Wire::Ipv4Block), "these prefixes, each a /28 of the subnet"),
            optional("Ipv4PrefixCount", Wire::Integer, "or so many prefixes of any"),
            optional("AllowReassignment", Wire::Boolean, "take them from another interface if need be"),
            DRY_RUN,
        ],
        build: |p| {
            let prefixes = p.texts("Ipv4Prefixes").map(prefix).collect::<Result<_, _>>()?;
            command(Command::AssignPrivateIpAddresses(Box::new(AssignPrivateIpAddresses {
                eni: p.id("NetworkInterfaceId")?,
                addresses: p.ipv4s("PrivateIpAddresses")?,
                count: p.integer("SecondaryPrivateIpAddressCount"),
                prefixes: Wanted { list: prefixes, count: p.integer("Ipv4PrefixCount") },
                allow_reassignment: p.flag("AllowReassignment").unwrap_or(false),
            })))
        },
    },
    Action {
        name: "UnassignPrivateIpAddresses",
        help: "takes secondary private addresses and prefixes away from an interface",
        members: &[
            INTERFACE,
            optional("PrivateIpAddresses", Wire::List(&Wire::Ipv4), "the addresses"),
            optional("Ipv4Prefixes", Wire::List(&Wire::Ipv4Block), "the prefixes"),
            DRY_RUN,
        ],
        build: |p| {
            let (eni, addresses) = (p.id("NetworkInterfaceId")?, p.ipv4s("PrivateIpAddresses")?);
            let prefixes = p.texts("Ipv4Prefixes").map(prefix).collect::<Result<_, _>>()?;
            command(Command::UnassignPrivateIpAddresses(Box::new(UnassignPrivateIpAddresses { eni, addresses, prefixes })))
        },
    },
];

/// The addresses of a new interface, each with its mark as primary.
pub(super) fn addresses(p: &Parameters<'_>) -> Result<Vec<(Ipv4Addr, bool)>, ApiError> {
    let mut addresses = Vec::new();
    for entry in p.objects("PrivateIpAddresses") {
        let address = entry.ipv4("PrivateIpAddress")?.ok_or_else(|| ApiError::missing("PrivateIpAddress"))?;
        addresses.push((address, entry.flag("Primary").unwrap_or(false)));
    }
    Ok(addresses)
}

/// The IPv4 prefixes of a new interface.
pub(super) fn ipv4_prefixes(p: &Parameters<'_>) -> Result<Wanted<Ipv4Net>, ApiError> {
    let list = p.objects("Ipv4Prefixes").map(|entry| prefix(entry.text("Ipv4Prefix").unwrap_or_default())).collect::<Result<_, _>>()?;
    Ok(Wanted { list, count: p.integer("Ipv4PrefixCount") })
}

/// The IPv6 addresses and prefixes of a new interface.
pub(super) fn ipv6(p: &Parameters<'_>) -> Result<Ipv6Wanted, ApiError> {
    let addresses = parsed(p.objects("Ipv6Addresses").filter_map(|entry| entry.text("Ipv6Address")))?;
    let prefixes = parsed(p.objects("Ipv6Prefixes").filter_map(|entry| entry.text("Ipv6Prefix")))?;
    Ok(Ipv6Wanted {
        addresses: Wanted { list: addresses, count: p.integer("Ipv6AddressCount") },
        prefixes: Wanted { list: prefixes, count: p.integer("Ipv6PrefixCount") },
        primary: p.flag("EnablePrimaryIpv6").or(p.flag("PrimaryIpv6")).unwrap_or(false),
    })
}

/// Addresses or blocks as they were written.
fn parsed<'a, T: FromStr>(texts: impl Iterator<Item = &'a str>) -> Result<Vec<T>, ApiError> {
    texts
        .map(|text| text.parse().map_err(|_| ApiError::invalid("Ipv6Addresses", text, "This is not a valid IPv6 address or block.")))
        .collect()
}

/// A prefix as it was written: bits of the host are for the engine to refuse.
fn prefix(text: &str) -> Result<Ipv4Net, ApiError> {
    text.parse().map_err(|_| ApiError::invalid("Ipv4Prefixes", text, "This is not a valid CIDR block."))
}
