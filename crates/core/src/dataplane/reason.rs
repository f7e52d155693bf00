//! Why: codes and typed evidence. No sentence is made here.

use crate::addr::{Direction, IcmpMatch, IpAddr, IpNet, PortRange, Traffic};
use crate::id::*;
use crate::model::eni::AttachmentStatus;
use crate::model::instance::InstanceState;
use crate::model::nat_gateway::NatState;
use crate::model::route_table::{Destination, RouteState, RouteTarget};
use crate::model::security_group::Peer;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        /// Why a packet was stopped: AWS Reachability Analyzer's code where it has one, ours (`GUEST_…`) where the guest decides.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code.
            pub const ALL: &[Code] = &[$(Code::$name,)*];

            /// The code as it is written.
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }
        }
    };
}

codes! {
    /// The instance does not run.
    BadState = "BAD_STATE";
    /// The ENI is not attached, or not yet, or not any more.
    BadStateAttachment = "BAD_STATE_ATTACHMENT";
    /// The route is a blackhole (`R11`, `R12`).
    BadStateRoute = "BAD_STATE_ROUTE";
    /// An egress-only internet gateway takes nothing that did not begin inside (`R58`).
    EigwUnsolicited = "EIGW_UNSOLICITED";
    /// No rule of the groups fits.
    EniSgRulesMismatch = "ENI_SG_RULES_MISMATCH";
    /// Source/destination check (`E40`).
    EniSourceDestCheckRestriction = "ENI_SOURCE_DEST_CHECK_RESTRICTION";
    /// A route that was taken leads back to where it began (`R47`).
    CannotRoute = "CANNOT_ROUTE";
    /// The guest has not configured that address (`E62`).
    GuestAddressNotConfigured = "GUEST_ADDRESS_NOT_CONFIGURED";
    /// The system of the guest hangs (`L17`).
    GuestHangs = "GUEST_HANGS";
    /// The packet is one of those that the guest's network cards lose (`L18`).
    GuestLosesPackets = "GUEST_LOSES_PACKETS";
    /// The guest does not forward what is not for it (`G10`).
    GuestNotForwarding = "GUEST_NOT_FORWARDING";
    /// No service of the guest waits there.
    GuestNoListener = "GUEST_NO_LISTENER";
    /// The guest's reverse path filter (`G7`).
    GuestReversePathFilter = "GUEST_REVERSE_PATH_FILTER";
    /// The packet was forwarded too often.
    HopLimitExceeded = "HOP_LIMIT_EXCEEDED";
    /// An internet gateway does not send to RFC 1918 addresses.
    IgwDestinationRfc1918Egress = "IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS";
    /// An internet gateway does not send to RFC 6598 addresses.
    IgwDestinationRfc6598Egress = "IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS";
    /// The destination is no public address of a network interface (`R34`).
    IgwPrivateIpAssociationForIngress = "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS";
    /// The source has no public address (`R33`).
    IgwPublicIpAssociationForEgress = "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS";
    /// An internet gateway does not take RFC 1918 sources from outside.
    IgwSourceRfc1918Ingress = "IGW_SOURCE_ADDRESS_NOT_IN_RFC1918_INGRESS";
    /// An internet gateway does not take RFC 6598 sources from outside.
    IgwSourceRfc6598Ingress = "IGW_SOURCE_ADDRESS_NOT_IN_RFC6598_INGRESS";
    /// The middlebox of a gateway's route table has no public address (`R29`).
    IngressRtbNoPublicIp = "INGRESS_RTB_NO_PUBLIC_IP";
    /// A NAT gateway has no port left for another flow to that end (`R43`).
    NgwErrorPortAllocation = "NGW_ERROR_PORT_ALLOCATION";
    /// A NAT gateway has forgotten the connection that a packet belongs to (`R44`).
    NgwIdleTimeout = "NGW_IDLE_TIMEOUT";
    /// A NAT gateway serves only its own VPC (`R46`).
    NgwRequiresSourceInVpc = "NGW_REQUIRES_SOURCE_IN_VPC";
    /// A NAT gateway takes nothing from outside that was not asked for (`R40`).
    NgwUnsolicited = "NGW_UNSOLICITED";
    /// Nobody has the destination address.
    NoPossibleDestination = "NO_POSSIBLE_DESTINATION";
    /// No route fits (`R15`).
    NoRouteToDestination = "NO_ROUTE_TO_DESTINATION";
    /// AWS does not let TCP port 25 out to public addresses (`E92`).
    OutboundPort25Restricted = "OUTBOUND_PORT_25_RESTRICTED";
    /// A peering connection carries only what is between its two VPCs (`R53`).
    PcxRequiresAddressInVpcCidr = "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR";
    /// A NAT gateway does not carry that protocol (`R41`).
    ProtocolRestriction = "PROTOCOL_RESTRICTION";
    /// The groups have no rule of that direction at all.
    SgHasNoRules = "SG_HAS_NO_RULES";
    /// The subnet's ACL.
    SubnetAclRestriction = "SUBNET_ACL_RESTRICTION";
    /// The route leads into something that this model does not have.
    UnsupportedComponent = "UNSUPPORTED_COMPONENT";
}

/// What a check found. Ids and addresses only.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Evidence {
    /// Nothing to tell.
    None,
    /// The state of an instance.
    Instance {
        /// The instance.
        instance: InstanceId,
        /// Its state.
        state: InstanceState,
        /// Whether it was taken as running although it does not.
        assumed: bool,
    },
    /// What an ENI is attached to.
    Attachment {
        /// The ENI.
        eni: EniId,
        /// The instance, if it is attached to one.
        instance: Option<InstanceId>,
        /// How far attaching or detaching has come.
        status: Option<AttachmentStatus>,
        /// The state of the instance.
        state: Option<InstanceState>,
        /// Whether the instance was taken as running although it does not.
        assumed: bool,
    },
    /// How the guest chose the ENI to send by.
    GuestRoute {
        /// The ENI; `None` where there is no way out.
        eni: Option<EniId>,
        /// How it was chosen.
        by: GuestRouting,
    },
    /// A service of the host.
    Service(HostService),
    /// Source/destination check.
    SourceDest {
        /// The ENI.
        eni: EniId,
        /// Whether the check is on.
        enabled: bool,
        /// The address that was looked at.
        address: IpAddr,
        /// Whether it is the ENI's own.
        own: bool,
    },
    /// Security groups.
    Group {
        /// The ENI whose groups were asked.
        eni: EniId,
        /// Into it or out of it.
        direction: Direction,
        /// What fitted. Where nothing did, the walk names the rule that came closest.
        matched: GroupMatch,
    },
    /// Whether the destination is in the sender's subnet.
    SameSubnet {
        /// The subnet.
        subnet: SubnetId,
        /// Whether it is.
        same: bool,
        /// Who has the address there.
        owner: Option<EniId>,
    },
    /// A network ACL.
    Acl {
        /// The ACL.
        acl: AclId,
        /// Into the subnet or out of it.
        direction: Direction,
        /// The entry that decided; `None` for the closing deny. Where it denied, the walk names the allowing entry that came closest.
        number: Option<u16>,
    },
    /// A packet that does not cross the subnet's border meets no ACL (`N10`).
    NoBorder {
        /// The subnet.
        subnet: SubnetId,
    },
    /// A route table.
    Route(RouteEvidence),
    /// Who has an address in the VPC.
    Owner {
        /// The address.
        address: IpAddr,
        /// The ENI.
        eni: Option<EniId>,
    },
    /// A translation at an internet gateway.
    Translation {
        /// The address in the packet.
        from: IpAddr,
        /// What it became; `None` where there is no mapping.
        to: Option<IpAddr>,
        /// The ENI that the mapping belongs to.
        eni: Option<EniId>,
    },
    /// The state of a NAT gateway.
    NatGateway {
        /// The gateway.
        gateway: NatGatewayId,
        /// Its state.
        state: NatState,
    },
    /// A translation at a NAT gateway, with the port that belongs to the address.
    PortTranslation {
        /// The gateway.
        gateway: NatGatewayId,
        /// Address and port in the packet.
        from: (IpAddr, u16),
        /// What they became; `None` where there is no mapping.
        to: Option<(IpAddr, u16)>,
    },
    /// What an egress-only internet gateway remembers of a packet's flow.
    EgressOnly {
        /// The gateway.
        gateway: EgressOnlyGatewayId,
        /// Whether the flow went out through it before.
        known: bool,
    },
    /// What a peering connection does with an address.
    Peering {
        /// The connection.
        peering: PeeringId,
        /// The VPC at its other end.
        to: VpcId,
        /// The address.
        address: IpAddr,
        /// Whether that VPC has it in its blocks.
        inside: bool,
    },
    /// Whether a public destination is one of this network.
    PublicDestination {
        /// The address.
        address: IpAddr,
        /// The ENI that it is mapped to.
        eni: Option<EniId>,
    },
    /// The guest's reverse path filter.
    ReversePath {
        /// The ENI that the packet came in by.
        came_in: EniId,
        /// The ENI by which the guest would send to its source.
        way_back: Option<EniId>,
    },
    /// What the guest does with a destination address.
    GuestAddress {
        /// The address.
        address: IpAddr,
        /// What it is to the guest.
        is: GuestAddressKind,
    },
    /// What is broken on an instance.
    Faults {
        /// The instance.
        instance: InstanceId,
        /// Whether its system hangs.
        hangs: bool,
        /// How many of a thousand packets are lost.
        per_mille: u16,
        /// What was drawn for this packet, below a thousand; what is below the share is lost. `None` where nothing was drawn.
        drawn: Option<u16>,
    },
    /// Whether a service waits.
    Listener {
        /// Whether one does.
        found: bool,
        /// Whether one was taken for granted.
        assumed: bool,
    },
}

/// What a route table said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RouteEvidence {
    /// The table; `None` where a gateway has none.
    pub table: Option<RouteTableId>,
    /// The destination of the chosen route.
    pub destination: Option<Destination>,
    /// Its target.
    pub target: Option<Target>,
    /// Whether it works.
    pub state: Option<RouteState>,
    /// The prefix length of the next best route, which longest prefix passed over.
    pub runner_up: Option<u8>,
}

impl RouteEvidence {
    /// The destination of the next best route for an address.
    pub fn runner_up_for(&self, address: IpAddr) -> Option<Destination> {
        IpNet::new(address, self.runner_up?).ok().map(|block| Destination::Cidr(block.trunc()))
    }
}

/// A route's target in a copyable form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// Inside the VPC.
    Local,
    /// An internet gateway.
    InternetGateway(InternetGatewayId),
    /// A NAT gateway.
    NatGateway(NatGatewayId),
    /// An ENI.
    Eni(EniId),
    /// A VPC peering connection.
    Peering(PeeringId),
    /// A virtual private gateway.
    VpnGateway(VpnGatewayId),
    /// An egress-only internet gateway.
    EgressOnlyGateway(EgressOnlyGatewayId),
    /// A transit gateway.
    TransitGateway(TransitGatewayId),
    /// A VPC endpoint.
    Endpoint(EndpointId),
    /// Something that the model keeps as text.
    Unmodelled,
}

impl Target {
    /// The copyable form.
    pub const fn of(target: &RouteTarget) -> Target {
        match target {
            RouteTarget::Local => Target::Local,
            RouteTarget::InternetGateway(id) => Target::InternetGateway(*id),
            RouteTarget::NatGateway(id) => Target::NatGateway(*id),
            RouteTarget::Eni(id) => Target::Eni(*id),
            RouteTarget::Peering(id) => Target::Peering(*id),
            RouteTarget::VpnGateway(id) => Target::VpnGateway(*id),
            RouteTarget::EgressOnlyGateway(id) => Target::EgressOnlyGateway(*id),
            RouteTarget::TransitGateway(id) => Target::TransitGateway(*id),
            RouteTarget::Endpoint(id) => Target::Endpoint(*id),
            RouteTarget::Unmodelled(_) => Target::Unmodelled,
        }
    }
}

/// How a guest chose the ENI to send by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GuestRouting {
    /// By the source address: the table of the ENI that has it (`G5`).
    Policy,
    /// By destination: an ENI's own subnet (`G4`).
    Connected,
    /// By destination: the default route with the best metric (`G1`, `G2`).
    Default,
    /// The destination is one of its own addresses: nothing is sent.
    Local,
    /// It may not send from that address: it has it no more, or never had it.
    ForeignSource,
    /// It has no ENI that works.
    NoInterface,
}

/// A service that the host of an instance gives, beyond all filters (`S48`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HostService {
    /// The VPC's resolver.
    Resolver,
    /// Instance metadata.
    Metadata,
    /// Time.
    Time,
    /// Activation of Windows licences.
    Licence,
    /// The router's own address in the subnet.
    Router,
    /// A link-local address that nobody has.
    Nobody,
}

/// What let a packet through security groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupMatch {
    /// A flow that is being tracked; rules were not asked (`S32`, `S38`).
    Tracked {
        /// The direction of the packet that opened the flow.
        opened: Direction,
    },
    /// A rule.
    Rule {
        /// The group.
        group: GroupId,
        /// The rule.
        rule: GroupRuleId,
        /// The entry of the prefix list that it names.
        entry: Option<IpNet>,
        /// Whether the flow is tracked from now on (`S35`, `S36`).
        tracked: bool,
    },
    /// No group has a rule of this direction.
    NoRules,
    /// No rule fits.
    NoMatch,
    /// The ENI has no group, so nothing filters (`R40`).
    NoGroup,
}

/// A rule that did not fit, and the first thing about it that did not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NearestMiss {
    /// Which rule.
    pub rule: RuleRef,
    /// The first field that differs.
    pub field: Field,
    /// What the rule wants there.
    pub wanted: Wanted,
    /// What the packet has.
    pub got: Got,
    /// How many fields differ: the nearest rule has the fewest.
    pub fields_off: u8,
    /// Why a reference to a group did not fit.
    pub reference: Option<ReferenceMiss>,
}

/// A rule of a group or of an ACL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleRef {
    /// A rule of a security group.
    Group(GroupId, GroupRuleId),
    /// An entry of a network ACL.
    Acl(AclId, u16),
}

/// A field of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The protocol.
    Protocol,
    /// The ports.
    Port,
    /// The ICMP type and code.
    Icmp,
    /// The other end, on the way in.
    Source,
    /// The other end, on the way out.
    Destination,
    /// Its place: an entry with a lower number decided first (`N4`).
    Order,
}

impl Field {
    /// Its name in traces.
    pub const fn as_str(self) -> &'static str {
        match self {
            Field::Protocol => "PROTOCOL",
            Field::Port => "PORT",
            Field::Icmp => "ICMP",
            Field::Source => "SOURCE",
            Field::Destination => "DESTINATION",
            Field::Order => "ORDER",
        }
    }
}

/// What a rule wants in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wanted {
    /// A protocol, as in this traffic.
    Protocol(Traffic),
    /// A range of ports.
    Ports(PortRange),
    /// An ICMP type and code.
    Icmp(IcmpMatch),
    /// A peer.
    Peer(Peer),
    /// A block.
    Cidr(IpNet),
    /// A number below this one.
    Before(u16),
}

/// What a packet has in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Got {
    /// An IANA protocol number.
    Protocol(u8),
    /// A destination port.
    Port(u16),
    /// An ICMP type and code.
    Icmp(u8, u8),
    /// An address.
    Address(IpAddr),
    /// The entry's number.
    Number(u16),
}

/// Why a rule that names a group (or prefix list) did not fit an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReferenceMiss {
    /// The address is a public one, and references know private ones only (`S23`).
    PublicAddress(Option<EniId>),
    /// An ENI has the address, but does not carry the group (`S22`, `S29`).
    NotMember(EniId),
    /// No ENI has the address (`S22`).
    NobodyHasIt,
    /// The packet came through a middlebox (`S25`).
    Forwarded,
    /// The group is gone (`S28`).
    Stale,
    /// The prefix list's blocks are not known here.
    PrefixListUnknown,
}

/// What an address is to the guest that got a packet for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GuestAddressKind {
    /// Its own, and configured.
    Configured,
    /// Its ENI's, but the guest does not know (`E62`).
    NotConfigured,
    /// Not its own, and it forwards by this ENI.
    Forwarded(EniId),
    /// Not its own, and it forwards by this ENI under its own address.
    Masqueraded(EniId),
    /// The answer to something that it masqueraded.
    Returned,
    /// Not its own, and it does not forward.
    Foreign,
}
