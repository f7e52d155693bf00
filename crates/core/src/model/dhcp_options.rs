//! DHCP option sets: what the guests of a VPC are told about their network, their name servers above all (`I7`, `L12`).

use super::Tags;
use crate::addr::IpAddr;
use crate::id::DhcpOptionsId;

/// The word for the resolver of the VPC itself, whatever its address.
pub const AMAZON_DNS: &str = "AmazonProvidedDNS";

/// A set of options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DhcpOptions {
    /// Its id.
    pub id: DhcpOptionsId,
    /// The options, each once, in the order in which they were given.
    pub options: Vec<DhcpOption>,
    /// Tags.
    pub tags: Tags,
}

/// One option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DhcpOption {
    /// Which.
    pub key: DhcpKey,
    /// What it says; at least one value.
    pub values: Vec<String>,
}

/// The options that there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DhcpKey {
    /// The domain behind names that have none.
    DomainName,
    /// Who answers questions for names.
    DomainNameServers,
    /// Who tells the time.
    NtpServers,
    /// Who answers questions for NetBIOS names.
    NetbiosNameServers,
    /// How NetBIOS names are looked for.
    NetbiosNodeType,
    /// After how many seconds an IPv6 lease is renewed.
    Ipv6AddressPreferredLeaseTime,
}

impl DhcpKey {
    /// Every option.
    pub const ALL: [DhcpKey; 6] = [
        DhcpKey::DomainName,
        DhcpKey::DomainNameServers,
        DhcpKey::NtpServers,
        DhcpKey::NetbiosNameServers,
        DhcpKey::NetbiosNodeType,
        DhcpKey::Ipv6AddressPreferredLeaseTime,
    ];

    /// AWS's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            DhcpKey::DomainName => "domain-name",
            DhcpKey::DomainNameServers => "domain-name-servers",
            DhcpKey::NtpServers => "ntp-servers",
            DhcpKey::NetbiosNameServers => "netbios-name-servers",
            DhcpKey::NetbiosNodeType => "netbios-node-type",
            DhcpKey::Ipv6AddressPreferredLeaseTime => "ipv6-address-preferred-lease-time",
        }
    }

    /// The option of this word.
    pub fn find(word: &str) -> Option<DhcpKey> {
        Self::ALL.into_iter().find(|key| key.as_str() == word)
    }

    /// How many values it may have.
    pub const fn most_values(self) -> usize {
        match self {
            DhcpKey::DomainNameServers | DhcpKey::NtpServers | DhcpKey::NetbiosNameServers => 4,
            DhcpKey::DomainName | DhcpKey::NetbiosNodeType | DhcpKey::Ipv6AddressPreferredLeaseTime => 1,
        }
    }

    /// Whether it may say this.
    pub fn takes(self, value: &str) -> bool {
        match self {
            DhcpKey::DomainName => !value.trim().is_empty() && value.len() <= 255 && !value.chars().any(char::is_control),
            DhcpKey::DomainNameServers => value == AMAZON_DNS || value.parse::<IpAddr>().is_ok(),
            DhcpKey::NtpServers | DhcpKey::NetbiosNameServers => value.parse::<IpAddr>().is_ok(),
            DhcpKey::NetbiosNodeType => ["1", "2", "4", "8"].contains(&value),
            DhcpKey::Ipv6AddressPreferredLeaseTime => value.parse().is_ok_and(|seconds: u32| (140..=2_147_483_647).contains(&seconds)),
        }
    }
}

impl DhcpOptions {
    /// The set that a region has by itself, and that its new VPCs use.
    pub fn of_region(id: DhcpOptionsId, region: &str) -> DhcpOptions {
        let option = |key, value: String| DhcpOption { key, values: vec![value] };
        let options = vec![option(DhcpKey::DomainName, domain_of(region)), option(DhcpKey::DomainNameServers, AMAZON_DNS.to_owned())];
        DhcpOptions { id, options, tags: Tags::new() }
    }

    /// What an option says; nothing where it is not in the set.
    pub fn values(&self, key: DhcpKey) -> &[String] {
        self.options.iter().find(|option| option.key == key).map_or(&[], |option| &option.values)
    }
}

/// The domain of private names: `ec2.internal` (`I5`).
pub fn domain_of(region: &str) -> String {
    if region == "us-east-1" { "ec2.internal".to_owned() } else { format!("{region}.compute.internal") }
}

/// Whom the guests of a VPC ask for names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameServers {
    /// The resolver of their VPC.
    OfVpc,
    /// The resolver of their VPC by its address that is the same everywhere; only guests on Nitro are told so (`I7`).
    OfNitro,
    /// These.
    Own(Vec<IpAddr>),
    /// Nobody.
    Nobody,
}
