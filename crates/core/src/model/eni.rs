//! The elastic network interface (`E1` to `E83`).

use super::{AccountId, Tags};
use crate::addr::{IpAddr, Ipv4Addr, Ipv4Net, Ipv6Addr, Ipv6Net, Mac};
use crate::id::{AllocationId, AssociationId, AttachmentId, EniId, GroupId, InstanceId, ServiceAttachmentId, SubnetId, VpcId};
use crate::table::Table;
use crate::time::{Duration, Instant};

/// The length of every IPv4 prefix of an ENI: 16 addresses (`E66`).
pub const IPV4_PREFIX_LEN: u8 = 28;

/// The length of every IPv6 prefix of an ENI (`E66`).
pub const IPV6_PREFIX_LEN: u8 = 80;

/// An elastic network interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Eni {
    /// Its id.
    pub id: EniId,
    /// Its subnet, for life (`E1`).
    pub subnet: SubnetId,
    /// The subnet's VPC.
    pub vpc: VpcId,
    /// The account that owns it.
    pub owner: AccountId,
    /// Free text, at most 255 characters (`E9`).
    pub description: String,
    /// What it was made for.
    pub kind: InterfaceType,
    /// Its MAC, for life (`E5`).
    pub mac: Mac,
    /// Private IPv4 addresses; the first is the primary one (`E3`).
    pub addresses: Vec<PrivateAddress>,
    /// IPv4 prefixes of 16 addresses each (`E66`).
    pub ipv4_prefixes: Vec<Ipv4Net>,
    /// Elastic IPs on single addresses inside of those (`E70`).
    pub prefix_publics: Table<Ipv4Addr, PublicAddress>,
    /// IPv6 addresses.
    pub ipv6_addresses: Vec<Ipv6Addr>,
    /// The one of them that does not change while the ENI is attached (`E77`).
    pub primary_ipv6: Option<Ipv6Addr>,
    /// IPv6 prefixes (/80).
    pub ipv6_prefixes: Vec<Ipv6Net>,
    /// Security groups, at least one (`E6`).
    pub groups: Vec<GroupId>,
    /// Whether packets that are neither from nor for one of its own addresses are dropped (`E40`).
    pub source_dest_check: bool,
    /// Whether it wants an automatic public address as primary interface (`A1`, `A10`).
    pub wants_public_ip: bool,
    /// Where it is attached.
    pub attachment: Option<Attachment>,
    /// False only for the second between the reply of the create call and `available` (`E18`).
    pub settled: bool,
    /// Whoever made it by itself (`E13`), or the service that made it and what it did with it (`E80`); nobody for one that came with a launch.
    pub requester: Option<Requester>,
    /// Idle time-outs of tracked connections (`S42`).
    pub tracking: TrackingTimeouts,
    /// Tags.
    pub tags: Tags,
}

impl Eni {
    /// The primary private IPv4 address. An ENI without one (IPv6 only, EFA only) has none.
    pub fn primary_ip(&self) -> Option<Ipv4Addr> {
        self.addresses.first().map(|address| address.ip)
    }

    /// The address that packets to a destination leave with where nobody chose one: the first of its family.
    pub fn address_towards(&self, destination: IpAddr) -> Option<IpAddr> {
        match destination {
            IpAddr::V4(_) => self.primary_ip().map(IpAddr::V4),
            IpAddr::V6(_) => self.ipv6_addresses.first().copied().map(IpAddr::V6),
        }
    }

    /// Whether `ip` is one of its own addresses: primary, secondary, or inside a prefix (`E41`). A public address never is.
    pub fn owns_ipv4(&self, ip: Ipv4Addr) -> bool {
        self.addresses.iter().any(|address| address.ip == ip) || self.ipv4_prefixes.iter().any(|prefix| prefix.contains(&ip))
    }

    /// Whether the IPv6 address is its own.
    pub fn owns_ipv6(&self, ip: Ipv6Addr) -> bool {
        self.ipv6_addresses.contains(&ip) || self.ipv6_prefixes.iter().any(|prefix| prefix.contains(&ip))
    }

    /// The entry of a private address.
    pub fn address(&self, ip: Ipv4Addr) -> Option<&PrivateAddress> {
        self.addresses.iter().find(|address| address.ip == ip)
    }

    /// The public address on one of its private ones, which may be inside a prefix.
    pub fn public_of(&self, ip: Ipv4Addr) -> Option<PublicAddress> {
        match self.address(ip) {
            Some(address) => address.public,
            None => self.prefix_publics.get(&ip).copied(),
        }
    }

    /// Every private address with a public one on it, those inside prefixes last.
    pub fn mapped(&self) -> impl Iterator<Item = (Ipv4Addr, PublicAddress)> + '_ {
        let single = self.addresses.iter().filter_map(|address| Some((address.ip, address.public?)));
        single.chain(self.prefix_publics.iter().map(|(ip, public)| (*ip, *public)))
    }

    /// What `describe-network-interfaces` shows as its status (`E14`).
    pub fn status(&self) -> EniStatus {
        match (self.is_in_use(), self.settled) {
            (true, _) => EniStatus::InUse,
            (false, true) => EniStatus::Available,
            (false, false) => EniStatus::Pending,
        }
    }

    /// Whether an instance or a service has it, or is about to get or give it (`E15`).
    pub fn is_in_use(&self) -> bool {
        self.attachment.is_some() || self.requester.as_ref().is_some_and(|requester| requester.attachment.is_some())
    }

    /// Whether a service made it, so that the user may not manage it (`E80`).
    pub fn is_requester_managed(&self) -> bool {
        self.requester.as_ref().is_some_and(|requester| requester.managed)
    }

    /// The instance that it carries packets for now: attached, not attaching or detaching.
    pub fn attached_instance(&self) -> Option<InstanceId> {
        self.attachment.as_ref().filter(|a| a.status == AttachmentStatus::Attached).map(|a| a.instance)
    }
}

/// A private IPv4 address of an ENI, and the public one mapped to it (`A14`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrivateAddress {
    /// The private address.
    pub ip: Ipv4Addr,
    /// The public address that the internet gateway translates it to.
    pub public: Option<PublicAddress>,
}

/// A public address as mapped to a private one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicAddress {
    /// The public address.
    pub ip: Ipv4Addr,
    /// Where it comes from.
    pub origin: PublicOrigin,
}

/// Where a public address comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublicOrigin {
    /// AWS's pool: given at launch and start, gone at stop (`A5`).
    Amazon,
    /// An Elastic IP of the account.
    Elastic {
        /// The Elastic IP.
        allocation: AllocationId,
        /// The tie.
        association: AssociationId,
    },
}

/// The tie between an ENI and an instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its id; detach takes this, not the ENI's (`E30`).
    pub id: AttachmentId,
    /// The instance.
    pub instance: InstanceId,
    /// The position on the network card; 0 on card 0 is the primary ENI (`E22`).
    pub device_index: u16,
    /// The network card.
    pub network_card: u16,
    /// Whether the ENI dies with the instance (`E35` to `E39`).
    pub delete_on_termination: bool,
    /// How far attaching or detaching has come.
    pub status: AttachmentStatus,
    /// When attaching began.
    pub attached_at: Instant,
}

impl Attachment {
    /// Whether this is the primary ENI's attachment (`E22`).
    pub const fn is_primary(&self) -> bool {
        self.device_index == 0 && self.network_card == 0
    }
}

/// How far attaching or detaching has come (`E14`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AttachmentStatus {
    /// Asked for; no packets yet.
    Attaching,
    /// Carries packets.
    Attached,
    /// On its way off; no packets any more.
    Detaching,
}

/// What describe shows as an ENI's status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EniStatus {
    /// Just created; shown in the create reply only.
    Pending,
    /// Not attached.
    Available,
    /// Attached, attaching or detaching (`E18`, `M`).
    InUse,
}

/// Who made an ENI.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requester {
    /// The principal (`E13`).
    pub id: String,
    /// Whether the service alone may manage the ENI (`E80`).
    pub managed: bool,
    /// The service's own attachment (`E81`).
    pub attachment: Option<ServiceAttachmentId>,
}

/// What an ENI was made for (`E78`). An importer must take any text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InterfaceType {
    /// An ordinary one.
    Interface,
    /// With Elastic Fabric Adapter.
    Efa,
    /// Elastic Fabric Adapter without an address.
    EfaOnly,
    /// A trunk for branch interfaces.
    Trunk,
    /// Made by a service; AWS's own word for it.
    Service(String),
}

impl InterfaceType {
    /// AWS's word.
    pub fn as_str(&self) -> &str {
        match self {
            InterfaceType::Interface => "interface",
            InterfaceType::Efa => "efa",
            InterfaceType::EfaOnly => "efa-only",
            InterfaceType::Trunk => "trunk",
            InterfaceType::Service(word) => word,
        }
    }

    /// From AWS's word.
    pub fn from_word(word: &str) -> InterfaceType {
        match word {
            "interface" => InterfaceType::Interface,
            "efa" => InterfaceType::Efa,
            "efa-only" => InterfaceType::EfaOnly,
            "trunk" => InterfaceType::Trunk,
            other => InterfaceType::Service(other.to_owned()),
        }
    }
}

/// Idle time-outs of tracked connections on an ENI; `None` leaves AWS's default (`S42`, `S43`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct TrackingTimeouts {
    /// TCP established: 60 to 432,000 s.
    pub tcp_established: Option<Duration>,
    /// UDP with more than one request and reply: 60 to 180 s.
    pub udp_stream: Option<Duration>,
    /// UDP one way or single: 30 to 60 s.
    pub udp: Option<Duration>,
}
