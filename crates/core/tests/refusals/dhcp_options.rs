//! DHCP option sets.

use super::*;
use eni_core::control::command::CreateDhcpOptions;

fn with(options: &[(&str, &[&str])]) -> Command {
    let texts = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
    let options = options.iter().map(|(key, values)| ((*key).to_owned(), texts(values))).collect();
    Command::CreateDhcpOptions(Box::new(CreateDhcpOptions { options, tags: Tags::new() }))
}

pub const DHCP_OPTIONS: &[Case] = &[
    case("MissingParameter", "MissingParameter: The request must contain the parameter dhcpConfiguration", |_| with(&[])),
    case("DhcpKeyUnknown", "InvalidParameterValue: Value (router) for parameter key is invalid. Unknown DHCP option", |_| {
        with(&[("router", &["10.0.0.1"])])
    }),
    case(
        "DhcpKeyTwice",
        "InvalidParameterValue: Value (ntp-servers) for parameter key is invalid. The DHCP option was specified more than once",
        |_| with(&[("ntp-servers", &["10.0.0.5"]), ("ntp-servers", &["10.0.0.6"])]),
    ),
    case("DhcpValueCount", "InvalidParameterValue: The DHCP option domain-name takes 1 to 1 values", |_| {
        with(&[("domain-name", &["one.example", "two.example"])])
    }),
    case("DhcpValueCount", "InvalidParameterValue: The DHCP option domain-name-servers takes 1 to 4 values", |_| {
        with(&[("domain-name-servers", &["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5"])])
    }),
    case("DhcpValueCount", "InvalidParameterValue: The DHCP option ntp-servers takes 1 to 4 values", |_| with(&[("ntp-servers", &[])])),
    case(
        "DhcpValue",
        "InvalidParameterValue: Value (dns.example) for parameter value is invalid. Invalid DHCP option value for domain-name-servers",
        |_| with(&[("domain-name-servers", &["AmazonProvidedDNS", "dns.example"])]),
    ),
    case(
        "DhcpValue",
        "InvalidParameterValue: Value (3) for parameter value is invalid. Invalid DHCP option value for netbios-node-type",
        |_| with(&[("netbios-node-type", &["3"])]),
    ),
    case(
        "DhcpValue",
        "InvalidParameterValue: Value (139) for parameter value is invalid. Invalid DHCP option value for ipv6-address-preferred-lease-time",
        |_| with(&[("ipv6-address-preferred-lease-time", &["139"])]),
    ),
    case("DhcpOptionsNotFound", "InvalidDhcpOptionsID.NotFound: The dhcpOptions ID 'dopt-9' does not exist", |_| {
        Command::DeleteDhcpOptions(id(9))
    }),
    case("DhcpOptionsNotFound", "InvalidDhcpOptionsID.NotFound: The dhcpOptions ID 'dopt-9' does not exist", |_| {
        Command::AssociateDhcpOptions(vpc(1), Some(id(9)))
    }),
    case("VpcNotFound", "InvalidVpcID.NotFound: The vpc ID 'vpc-9' does not exist", |_| Command::AssociateDhcpOptions(vpc(9), None)),
    case("DhcpOptionsInUse", "DependencyViolation: The dhcpOptions 'dopt-1' has dependencies and cannot be deleted.", |_| {
        Command::DeleteDhcpOptions(id(1))
    }),
];
