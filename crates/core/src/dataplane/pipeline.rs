//! The order of checks, as data: the blocks of the rulebook's section 6. The walker reads these lists and nothing else decides the order.

/// One thing that is looked at on a packet's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Check {
    /// The sending instance runs (`P-E1`).
    SourceRuns,
    /// The system answers, and the network cards lose nothing: asked only where something is broken (`L17`, `L18`).
    Faults,
    /// The guest chooses the ENI that the packet leaves by (`G1` to `G8`).
    GuestRoute,
    /// The ENI is attached to a running instance (`P-E1`).
    SourceAttached,
    /// The destination is a service of the host, which nothing filters (`P-E2`, `S48`).
    Unfiltered,
    /// The source is an address of the ENI (`P-E3`, `E40`).
    SourceDestCheckOut,
    /// The ENI's groups let it out (`P-E4`).
    GroupOut,
    /// The instance may track another connection: asked only where its connections are limited, out of an ENI and into it (`S45`).
    Connections,
    /// The destination is in the same subnet, so neither ACL nor route is met (`P-E5`).
    SameSubnet,
    /// The subnet's ACL lets it out (`P-E6`).
    AclOut,
    /// The subnet's route table leads on (`P-E8`).
    Route,
    /// Somebody in the VPC has the destination address.
    Owner,
    /// The internet gateway has a public address for the source (`P-IGW2`, `P-IGW3`).
    GatewaySource,
    /// The internet gateway can send to the destination, or hands it back in (`P24`).
    GatewayDestination,
    /// Somebody holds the public address that the packet is for (`R34`).
    PublicAddress,
    /// The internet gateway takes the packet in and translates its destination (`P8`).
    GatewayTranslate,
    /// The route table of the gateway, if it has one (`R27`).
    EdgeRoute,
    /// The NAT gateway works (`P14`).
    NatState,
    /// It carries the protocol (`R41`).
    NatProtocol,
    /// It serves the sender (`R46`).
    NatSource,
    /// It puts its own address and port on the packet, or takes them off again (`P11`, `P12`).
    NatTranslate,
    /// The egress-only gateway knows the flow, or it begins inside (`R58`).
    EgressOnly,
    /// A virtual private gateway takes packets of its VPC, and for it (`P23`).
    VpnAddress,
    /// A virtual private gateway knows a way to the far end (`R60`).
    VpnRoute,
    /// A gateway endpoint carries that protocol (`R61`).
    EndpointProtocol,
    /// A gateway endpoint takes packets of its VPC, and brings back those of its service (`R61`).
    EndpointAddress,
    /// A load balancer listens there, and has a target for it (`P51`).
    Balance,
    /// The service behind an ENI of its own waits on the port (`R62`).
    Service,
    /// The peering connection carries packets for that address (`R53`).
    PeeringAddress,
    /// The attachment by which a packet comes to a transit gateway is associated with a table of it (`R66`).
    TransitAssociation,
    /// That table leads on, to an attachment that works (`R66`).
    TransitRoute,
    /// The subnet's ACL lets it in (`P-I1`).
    AclIn,
    /// The ENI's groups let it in (`P-I2`).
    GroupIn,
    /// The destination is an address of the ENI (`P-I4`, `E40`).
    SourceDestCheckIn,
    /// The ENI is attached to a running instance (`P-I5`).
    DestinationRuns,
    /// The guest's reverse path filter (`G7`).
    ReversePath,
    /// The guest has the destination address configured (`E62`), or forwards (`G10`).
    GuestAddress,
    /// A service waits on the port.
    Listener,
    /// It is not too long for the way on: asked at the beginning of a stage, and only of long packets (`E93`).
    Size,
}

impl Check {
    /// Its name in traces.
    pub const fn as_str(self) -> &'static str {
        match self {
            Check::SourceRuns => "SOURCE_RUNS",
            Check::Faults => "FAULTS",
            Check::GuestRoute => "GUEST_ROUTE",
            Check::SourceAttached => "SOURCE_ATTACHED",
            Check::Unfiltered => "UNFILTERED",
            Check::SourceDestCheckOut => "SOURCE_DEST_CHECK_OUT",
            Check::GroupOut => "SECURITY_GROUP_OUT",
            Check::Connections => "CONNECTION_TRACKING",
            Check::SameSubnet => "SAME_SUBNET",
            Check::AclOut => "NETWORK_ACL_OUT",
            Check::Route => "ROUTE",
            Check::Owner => "OWNER",
            Check::GatewaySource => "GATEWAY_SOURCE",
            Check::GatewayDestination => "GATEWAY_DESTINATION",
            Check::PublicAddress => "PUBLIC_ADDRESS",
            Check::GatewayTranslate => "GATEWAY_TRANSLATE",
            Check::EdgeRoute => "EDGE_ROUTE",
            Check::NatState => "NAT_STATE",
            Check::NatProtocol => "NAT_PROTOCOL",
            Check::NatSource => "NAT_SOURCE",
            Check::NatTranslate => "NAT_TRANSLATE",
            Check::EgressOnly => "EGRESS_ONLY",
            Check::VpnAddress => "VPN_ADDRESS",
            Check::VpnRoute => "VPN_ROUTE",
            Check::EndpointProtocol => "ENDPOINT_PROTOCOL",
            Check::EndpointAddress => "ENDPOINT_ADDRESS",
            Check::Balance => "LOAD_BALANCER",
            Check::Service => "SERVICE",
            Check::PeeringAddress => "PEERING_ADDRESS",
            Check::TransitAssociation => "TRANSIT_ASSOCIATION",
            Check::TransitRoute => "TRANSIT_ROUTE",
            Check::AclIn => "NETWORK_ACL_IN",
            Check::GroupIn => "SECURITY_GROUP_IN",
            Check::SourceDestCheckIn => "SOURCE_DEST_CHECK_IN",
            Check::DestinationRuns => "DESTINATION_RUNS",
            Check::ReversePath => "REVERSE_PATH",
            Check::GuestAddress => "GUEST_ADDRESS",
            Check::Listener => "LISTENER",
            Check::Size => "PACKET_SIZE",
        }
    }
}

/// In the guest that sends. What is broken is looked at only where something is.
pub const GUEST_OUT: &[Check] = &[Check::SourceRuns, Check::Faults, Check::GuestRoute];

/// Out of an ENI and its subnet: the rulebook's EGRESS block. Connections are counted only where they are limited.
pub const EGRESS: &[Check] = &[
    Check::SourceAttached,
    Check::Unfiltered,
    Check::SourceDestCheckOut,
    Check::GroupOut,
    Check::Connections,
    Check::SameSubnet,
    Check::AclOut,
    Check::Route,
];

/// In the VPC's router, for a local route.
pub const LOCAL: &[Check] = &[Check::Owner];

/// Out through the internet gateway.
pub const GATEWAY_OUT: &[Check] = &[Check::GatewaySource, Check::GatewayDestination];

/// In the internet, on the way to a public address.
pub const INTERNET: &[Check] = &[Check::PublicAddress];

/// In through the internet gateway.
pub const GATEWAY_IN: &[Check] = &[Check::GatewayTranslate, Check::EdgeRoute];

/// Out through an egress-only internet gateway.
pub const EGRESS_ONLY_OUT: &[Check] = &[Check::EgressOnly, Check::GatewayDestination];

/// In through an egress-only internet gateway.
pub const EGRESS_ONLY_IN: &[Check] = &[Check::EgressOnly];

/// In through a virtual private gateway.
pub const VPN_IN: &[Check] = &[Check::VpnRoute, Check::VpnAddress, Check::EdgeRoute];

/// Out through a virtual private gateway.
pub const VPN_OUT: &[Check] = &[Check::VpnAddress, Check::VpnRoute];

/// Through a NAT gateway, in either direction: `P14`, then `P11` or `P12`.
pub const NAT: &[Check] = &[Check::NatState, Check::NatProtocol, Check::NatSource, Check::NatTranslate];

/// Through a gateway endpoint, in either direction.
pub const ENDPOINT: &[Check] = &[Check::EndpointProtocol, Check::EndpointAddress];

/// At a node of a load balancer.
pub const BALANCER: &[Check] = &[Check::Balance];

/// At the service behind an ENI that it made for itself.
pub const SERVICE: &[Check] = &[Check::Service];

/// Through a VPC peering connection.
pub const PEERING: &[Check] = &[Check::PeeringAddress];

/// Through a transit gateway, between its ENI in one VPC and that in another.
pub const TRANSIT: &[Check] = &[Check::TransitAssociation, Check::TransitRoute];

/// Into a subnet and an ENI: the rulebook's INGRESS block. Connections are counted only where they are limited.
pub const INGRESS: &[Check] = &[Check::AclIn, Check::GroupIn, Check::Connections, Check::SourceDestCheckIn, Check::DestinationRuns];

/// In the guest that receives. What is broken is looked at only where something is.
pub const GUEST_IN: &[Check] = &[Check::Faults, Check::ReversePath, Check::GuestAddress, Check::Listener];
