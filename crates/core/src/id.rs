//! One newtype for each kind of resource id, and the counters that new ids come from.
//!
//! An id is a prefix, a hyphen and 17 (formerly 8) lower-case hex digits (`I1`, `I2`). It is kept as a number, so ids are small, copyable and
//! ordered as their text is; two forms of one number are two different ids, as on AWS.

mod hosted_zone;
mod spot_request;

pub use hosted_zone::{HostedZoneId, NoZoneId};
pub use spot_request::{NoSpotRequestId, SpotRequestId};

use crate::addr::hex_digit;
use std::fmt;
use std::num::NonZeroU64;
use std::str::FromStr;

/// Why a text is not an id of the wanted kind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected \"{prefix}-\" and 17 (or 8) lower-case hex digits")]
pub struct IdError {
    /// The prefix that was wanted, without its hyphen.
    pub prefix: &'static str,
}

/// The number behind an id; the short form carries a mark above the 68 bits that the long form needs. Two halves, high first, because a `u128`
/// is aligned to 16 bytes and would make everything that holds an id larger. The lowest bit of the high half is always set, so that an id that may
/// be missing needs no more room than an id.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Raw(NonZeroU64, u64);

const SHORT_MARK: u64 = 1 << 36;
/// Ids at or above this did not come from our counters (a real account's do not start with seven zeros).
const COUNTER_LIMIT: u64 = 1 << 40;

impl Raw {
    fn new(high: u64, low: u64) -> Raw {
        Raw(NonZeroU64::MIN | high << 1, low)
    }

    const fn high(self) -> u64 {
        self.0.get() >> 1
    }

    /// How many numbers after another; [`usize::MAX`] for one before it, or far away.
    fn after(self, first: Raw) -> usize {
        if self.0 == first.0 { usize::try_from(self.1.wrapping_sub(first.1)).unwrap_or(usize::MAX) } else { usize::MAX }
    }

    fn parse(hex: &str) -> Option<Raw> {
        let lower_hex = hex.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if !lower_hex {
            return None;
        }
        match hex.len() {
            17 => {
                let (high, low) = hex.split_at_checked(1)?;
                Some(Raw::new(u64::from_str_radix(high, 16).ok()?, u64::from_str_radix(low, 16).ok()?))
            }
            8 => Some(Raw::new(SHORT_MARK, u64::from_str_radix(hex, 16).ok()?)),
            _ => None,
        }
    }

    fn write(self, prefix: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(prefix)?;
        f.write_str(self.digits(&mut [0; 18]))
    }

    /// Whether it is long, and nothing but noughts stands before its last five digits. Those of our counters are, and what does not change from one
    /// to the next is written at once.
    const fn is_low(self) -> bool {
        self.high() == 0 && self.1 < 1 << 20
    }

    /// Adds the last five digits.
    fn push_last_digits(self, text: &mut String) {
        for place in [16, 12, 8, 4, 0] {
            text.push(char::from(hex_digit((self.1 >> place) as u8 & 15)));
        }
    }

    /// The hyphen and the digits. Replies are full of ids: a formatted and padded number takes ten times as long.
    fn digits(self, text: &mut [u8; 18]) -> &str {
        let is_short = self.high() & SHORT_MARK != 0;
        *text = [b'0'; 18];
        let (mut low, mut places) = (self.1, text.iter_mut().rev());
        // What is left is noughts, which stand there already.
        while low != 0
            && let Some(digit) = places.next()
        {
            *digit = hex_digit(low as u8 & 15);
            low >>= 4;
        }
        let digits = if is_short {
            text.get_mut(9..)
        } else {
            text.iter_mut().skip(1).take(1).for_each(|digit| *digit = hex_digit(self.high() as u8 & 15));
            text.get_mut(..)
        };
        let digits = digits.unwrap_or_default();
        digits.iter_mut().take(1).for_each(|place| *place = b'-');
        std::str::from_utf8(digits).unwrap_or_default()
    }
}

/// What all resource ids have in common.
pub trait ResourceId: Copy + Ord + fmt::Display + FromStr<Err = IdError> {
    /// Which counter numbers new ids of this kind.
    const KIND: IdKind;
    /// The text before the hyphen.
    const PREFIX: &'static str;
    /// The id that a counter at `number` makes.
    fn from_number(number: u64) -> Self;
    /// The number, if a counter could have made this id.
    fn counter_number(self) -> Option<u64>;
    /// Adds it to a text, as it is displayed.
    fn push_to(self, text: &mut String);
}

macro_rules! resource_ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {
        /// The kinds of ids, each with a counter of its own.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum IdKind { $(#[doc = concat!("`", $prefix, "-…`")] $name,)* }

        impl IdKind {
            /// The text before the hyphen of its ids.
            pub const fn prefix(self) -> &'static str {
                match self { $(IdKind::$name => $prefix,)* }
            }
        }

        /// Every kind, in the order of the counters.
        pub const ID_KINDS: &[IdKind] = &[$(IdKind::$name,)*];

        $(
            $(#[$doc])*
            #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $name(Raw);

            impl $name {
                /// How many ids of our counters come after `first` up to this one; a very high number where they are not of one row.
                #[inline]
                pub fn after(self, first: Self) -> usize { self.0.after(first.0) }
                /// Its last 16 digits as a number: most ids differ there.
                pub const fn low(self) -> u64 { self.0.1 }
            }

            impl ResourceId for $name {
                const KIND: IdKind = IdKind::$name;
                const PREFIX: &'static str = $prefix;
                fn from_number(number: u64) -> Self { Self(Raw::new(0, number)) }
                fn push_to(self, text: &mut String) {
                    if self.0.is_low() {
                        text.push_str(concat!($prefix, "-000000000000"));
                        return self.0.push_last_digits(text);
                    }
                    text.push_str($prefix);
                    text.push_str(self.0.digits(&mut [0; 18]));
                }
                fn counter_number(self) -> Option<u64> {
                    if self.0.high() == 0 && self.0.1 < COUNTER_LIMIT { Some(self.0.1) } else { None }
                }
            }
            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.write($prefix, f) }
            }
            impl fmt::Debug for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.write($prefix, f) }
            }
            impl FromStr for $name {
                type Err = IdError;
                fn from_str(text: &str) -> Result<Self, IdError> {
                    text.strip_prefix($prefix)
                        .and_then(|rest| rest.strip_prefix('-'))
                        .and_then(Raw::parse)
                        .map(Self)
                        .ok_or(IdError { prefix: $prefix })
                }
            }
        )*
    };
}

// Keep this list in alphabetical order of the type names.
resource_ids! {
    /// A network ACL.
    AclId = "acl";
    /// The tie between a subnet and its network ACL.
    AclAssociationId = "aclassoc";
    /// An allocated Elastic IP address.
    AllocationId = "eipalloc";
    /// The tie between an Elastic IP and a private address.
    AssociationId = "eipassoc";
    /// The tie between an ENI and an instance.
    AttachmentId = "eni-attach";
    /// A customer gateway: the far end of a VPN connection.
    CustomerGatewayId = "cgw";
    /// A DHCP option set.
    DhcpOptionsId = "dopt";
    /// The number of a change of the domain name system, behind the `C` of its id.
    DnsChangeNumber = "dns-change";
    /// An egress-only internet gateway.
    EgressOnlyGatewayId = "eigw";
    /// A VPC endpoint.
    EndpointId = "vpce";
    /// An elastic network interface.
    EniId = "eni";
    /// A file system of Amazon EFS.
    FileSystemId = "fs";
    /// A flow log.
    FlowLogId = "fl";
    /// A security group.
    GroupId = "sg";
    /// A rule of a security group.
    GroupRuleId = "sgr";
    /// The number of a hosted zone: its id has a form of its own.
    HostedZoneNumber = "hosted-zone";
    /// A machine image.
    ImageId = "ami";
    /// An instance.
    InstanceId = "i";
    /// An internet gateway.
    InternetGatewayId = "igw";
    /// A key pair.
    KeyPairId = "key";
    /// The number of a listener of a load balancer: load balancing tells things by ARNs.
    ListenerId = "listener";
    /// The number of a load balancer.
    LoadBalancerId = "loadbalancer";
    /// A mount target of Amazon EFS.
    MountTargetId = "fsmt";
    /// A NAT gateway.
    NatGatewayId = "nat";
    /// A VPC peering connection.
    PeeringId = "pcx";
    /// A managed prefix list.
    PrefixListId = "pl";
    /// A reservation: the instances of one launch.
    ReservationId = "r";
    /// The tie between a route table and a subnet, a gateway or (as main table) its VPC.
    RouteTableAssociationId = "rtbassoc";
    /// A route table.
    RouteTableId = "rtb";
    /// The attachment of an ENI that a service made (`E81`).
    ServiceAttachmentId = "ela-attach";
    /// The tie between a subnet and its IPv6 block.
    SubnetCidrAssociationId = "subnet-cidr-assoc";
    /// A subnet.
    SubnetId = "subnet";
    /// A reservation of a range of a subnet.
    SubnetReservationId = "scr";
    /// The number of a target group of a load balancer.
    TargetGroupId = "targetgroup";
    /// The attachment of a VPC to a transit gateway.
    TransitAttachmentId = "tgw-attach";
    /// A transit gateway.
    TransitGatewayId = "tgw";
    /// A route table of a transit gateway.
    TransitTableId = "tgw-rtb";
    /// The tie between a VPC and one of its address blocks.
    VpcCidrAssociationId = "vpc-cidr-assoc";
    /// A VPC.
    VpcId = "vpc";
    /// A Site-to-Site VPN connection.
    VpnConnectionId = "vpn";
    /// A virtual private gateway.
    VpnGatewayId = "vgw";
}

/// The highest number that each kind of id has used. Only `model::apply` advances it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counters {
    last: [u64; ID_KINDS.len()],
}

impl Default for Counters {
    fn default() -> Counters {
        Counters { last: [0; ID_KINDS.len()] }
    }
}

impl Counters {
    /// The last number used for this kind; 0 before the first.
    pub fn last(&self, kind: IdKind) -> u64 {
        self.last.get(kind as usize).copied().unwrap_or(0)
    }

    /// Makes the next id of a kind: for drafts in `control::decide`, which work on a copy.
    pub fn take<I: ResourceId>(&mut self) -> I {
        let number = self.last(I::KIND) + 1;
        self.raise(I::KIND, number);
        I::from_number(number)
    }

    /// Whether an id was once given by this counter.
    pub fn has_given<I: ResourceId>(&self, id: I) -> bool {
        id.counter_number().is_some_and(|number| number <= self.last(I::KIND))
    }

    /// Takes note of an id in use, so that no later id equals it.
    pub fn observe<I: ResourceId>(&mut self, id: I) {
        if let Some(number) = id.counter_number() {
            self.raise(I::KIND, number);
        }
    }

    /// Raises a counter to at least `number`.
    pub fn raise(&mut self, kind: IdKind, number: u64) {
        if let Some(last) = self.last.get_mut(kind as usize) {
            *last = number.max(*last);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // rules: I1 I2
    #[test]
    fn ids_read_and_print_both_forms() {
        let long: EniId = "eni-0f3a61c2d98b4e570".parse().unwrap();
        assert_eq!(long.to_string(), "eni-0f3a61c2d98b4e570");
        let short: VpcId = "vpc-815775e7".parse().unwrap();
        assert_eq!(short.to_string(), "vpc-815775e7");
        assert_eq!(EniId::from_number(1).to_string(), "eni-00000000000000001");
        for bad in ["eni-", "eni-0F3a61c2d98b4e570", "eni-123", "sg-815775e7", "eni-+f3a61c2d98b4e57", ""] {
            assert!(bad.parse::<EniId>().is_err(), "{bad}");
        }
    }

    // rules: I1
    #[test]
    fn counters_pass_over_ids_in_use() {
        let mut counters = Counters::default();
        assert_eq!(counters.take::<EniId>(), EniId::from_number(1));
        counters.observe(EniId::from_number(7));
        counters.observe("eni-0f3a61c2d98b4e570".parse::<EniId>().unwrap());
        assert_eq!(counters.take::<EniId>(), EniId::from_number(8));
        assert_eq!(counters.take::<VpcId>(), VpcId::from_number(1));
    }
}
