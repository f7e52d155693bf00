//! Internet gateways, NAT gateways and VPN.

use super::{ID, OWNER, TAGS};
use crate::aws::member::{Member, Wire, derived, kept};

const VPC_ATTACHMENTS: Wire = Wire::List(&Wire::Struct(&[kept("State", Wire::Text), kept("VpcId", ID)]));

/// An internet gateway (`J10`).
pub const INTERNET_GATEWAY: &[Member] = &[kept("Attachments", VPC_ATTACHMENTS), kept("InternetGatewayId", ID), OWNER, TAGS];

/// An egress-only internet gateway.
pub const EGRESS_ONLY_GATEWAY: &[Member] = &[kept("Attachments", VPC_ATTACHMENTS), kept("EgressOnlyInternetGatewayId", ID), TAGS];

/// A virtual private gateway (`J15`).
pub const VPN_GATEWAY: &[Member] = &[
    kept("AmazonSideAsn", Wire::Integer),
    TAGS,
    kept("VpnGatewayId", ID),
    derived("State", Wire::Text),
    derived("Type", Wire::Text),
    kept("VpcAttachments", Wire::List(&Wire::Struct(&[kept("VpcId", ID), kept("State", Wire::Text)]))),
];

/// A customer gateway.
pub const CUSTOMER_GATEWAY: &[Member] = &[
    kept("DeviceName", Wire::Text),
    TAGS,
    kept("CustomerGatewayId", ID),
    derived("State", Wire::Text),
    derived("Type", Wire::Text),
    kept("IpAddress", Wire::Ipv4),
    kept("BgpAsn", Wire::Text),
];

/// A VPN connection; its configuration, which has keys in it, is never kept.
pub const VPN_CONNECTION: &[Member] = &[
    derived("Category", Wire::Text),
    kept("Options", Wire::Struct(&[kept("StaticRoutesOnly", Wire::Boolean)])),
    kept(
        "Routes",
        Wire::List(&Wire::Struct(&[
            kept("DestinationCidrBlock", Wire::Ipv4Block),
            derived("Source", Wire::Text),
            derived("State", Wire::Text),
        ])),
    ),
    TAGS,
    derived(
        "VgwTelemetry",
        Wire::List(&Wire::Struct(&[
            derived("AcceptedRouteCount", Wire::Integer),
            derived("OutsideIpAddress", Wire::Ipv4),
            derived("Status", Wire::Text),
            derived("StatusMessage", Wire::Text),
        ])),
    ),
    kept("VpnConnectionId", ID),
    derived("State", Wire::Text),
    derived("Type", Wire::Text),
    kept("CustomerGatewayId", ID),
    kept("VpnGatewayId", ID),
];

/// The addresses of a NAT gateway.
pub const NAT_ADDRESSES: Wire = Wire::List(&Wire::Struct(&[
    kept("AllocationId", ID),
    kept("NetworkInterfaceId", ID),
    kept("PrivateIp", Wire::Ipv4),
    kept("PublicIp", Wire::Ipv4),
    kept("AssociationId", ID),
    kept("IsPrimary", Wire::Boolean),
    derived("Status", Wire::Text),
]));

/// A NAT gateway (`J11`).
pub const NAT_GATEWAY: &[Member] = &[
    kept("CreateTime", Wire::Time),
    kept("DeleteTime", Wire::Time),
    kept("FailureCode", Wire::Text),
    kept("FailureMessage", Wire::Text),
    kept("NatGatewayAddresses", NAT_ADDRESSES),
    kept("NatGatewayId", ID),
    kept("State", Wire::Text),
    kept("SubnetId", ID),
    kept("VpcId", ID),
    TAGS,
    kept("ConnectivityType", Wire::Text),
    derived("AvailabilityMode", Wire::Text),
];
