//! The codes of why a packet was stopped.

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
    /// No VPN connection that works ends at a virtual private gateway (`R60`).
    BadStateVpn = "BAD_STATE_VPN";
    /// The route is a blackhole (`R11`, `R12`).
    BadStateRoute = "BAD_STATE_ROUTE";
    /// The instance tracks as many connections as it may (`S45`).
    ConntrackAllowanceExceeded = "CONNTRACK_ALLOWANCE_EXCEEDED";
    /// An egress-only internet gateway takes nothing that did not begin inside (`R58`).
    EigwUnsolicited = "EIGW_UNSOLICITED";
    /// No rule of the groups fits.
    EniSgRulesMismatch = "ENI_SG_RULES_MISMATCH";
    /// No listener of a load balancer waits there (`P50`).
    Elbv2ListenersMismatch = "ELBV2_LISTENERS_MISMATCH";
    /// A load balancer has no target that it may choose (`P54`).
    Elbv2NoTargetsInAz = "ELBV2_NO_TARGETS_IN_AZ";
    /// Source/destination check (`E40`).
    EniSourceDestCheckRestriction = "ENI_SOURCE_DEST_CHECK_RESTRICTION";
    /// A route that was taken leads back to where it began (`R47`).
    CannotRoute = "CANNOT_ROUTE";
    /// A gateway takes nothing of a source that is not of its VPC.
    GatewayRejectsSpoofedTraffic = "GATEWAY_REJECTS_SPOOFED_TRAFFIC";
    /// The guest has not configured that address (`E62`).
    GuestAddressNotConfigured = "GUEST_ADDRESS_NOT_CONFIGURED";
    /// The system of the guest hangs (`L17`).
    GuestHangs = "GUEST_HANGS";
    /// The packet is one of those that the guest's network cards lose (`L18`).
    GuestLosesPackets = "GUEST_LOSES_PACKETS";
    /// The guest does not forward what is not for it (`G10`).
    GuestNotForwarding = "GUEST_NOT_FORWARDING";
    /// The guest takes nothing from outside that says to come from itself (`P37`).
    GuestOwnSource = "GUEST_OWN_SOURCE";
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
    /// Nothing in a VPC opens a connection to a function: only answers come in to the ENI (`P30`).
    LambdaUnsolicited = "LAMBDA_UNSOLICITED";
    /// A NAT gateway has no port left for another flow to that end (`R43`).
    NgwErrorPortAllocation = "NGW_ERROR_PORT_ALLOCATION";
    /// A NAT gateway has forgotten the connection that a packet belongs to (`R44`).
    NgwIdleTimeout = "NGW_IDLE_TIMEOUT";
    /// A NAT gateway serves only its own VPC (`R46`).
    NgwRequiresSourceInVpc = "NGW_REQUIRES_SOURCE_IN_VPC";
    /// A NAT gateway takes nothing from outside that was not asked for (`R40`).
    NgwUnsolicited = "NGW_UNSOLICITED";
    /// A load balancer does not know the flow of a packet, or its target is gone (`P52`).
    NlbFlowUnknown = "NLB_FLOW_UNKNOWN";
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
    /// The packet is too long for the way on, and may not be cut into pieces (`E93`).
    PacketTooLong = "PACKET_TOO_LONG";
    /// The groups have no rule of that direction at all.
    SgHasNoRules = "SG_HAS_NO_RULES";
    /// The subnet's ACL.
    SubnetAclRestriction = "SUBNET_ACL_RESTRICTION";
    /// The attachment by which a packet comes is associated with no table of the transit gateway (`R66`).
    TgwAttachMissingTgwRtbAssociation = "TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION";
    /// A transit gateway's attachment has no subnet in the sender's zone (`R65`).
    TgwRouteAzRestriction = "TGW_ROUTE_AZ_RESTRICTION";
    /// No route of the transit gateway's table leads to an attachment (`R66`).
    TgwRtbNoRouteToTgwAttachment = "TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT";
    /// An interface endpoint has forgotten the connection that a packet belongs to (`R62`).
    VpceIdleTimeout = "VPCE_IDLE_TIMEOUT";
    /// A virtual private gateway sends out only what comes from its VPC.
    VgwPrivateIpAssociationForEgress = "VGW_PRIVATE_IP_ASSOCIATION_FOR_EGRESS";
    /// A virtual private gateway takes in only what is for its VPC (`P23`).
    VgwPrivateIpAssociationForIngress = "VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS";
    /// A gateway endpoint brings into its VPC only what its service sends (`R61`).
    VpceGatewayEgressSource = "VPCE_GATEWAY_EGRESS_SOURCE_ADDRESS_RESTRICTION";
    /// A gateway endpoint carries TCP and echoes (`R61`).
    VpceGatewayProtocol = "VPCE_GATEWAY_PROTOCOL_RESTRICTION";
    /// An interface endpoint begins nothing in its VPC (`R62`).
    VpceIntraVpcTraffic = "VPCE_INTRA_VPC_TRAFFIC";
    /// The route leads into something that this model does not have.
    UnsupportedComponent = "UNSUPPORTED_COMPONENT";
}
