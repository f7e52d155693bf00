//! Internet gateways, NAT gateways and VPN.

use super::{ID, OWNER, TAGS};
use crate::aws::member::{Member, Wire, derived, kept};

const VPC_ATTACHMENTS: Wire = Wire::List(&Wire::Struct(&[kept("VpcId", ID), kept("State", Wire::Text)]));

/// An internet gateway (`J10`).
pub const INTERNET_GATEWAY: &[Member] = &[kept("InternetGatewayId", ID), kept("Attachments", VPC_ATTACHMENTS), OWNER, TAGS];

/// An egress-only internet gateway.
pub const EGRESS_ONLY_GATEWAY: &[Member] = &[kept("EgressOnlyInternetGatewayId", ID), kept("Attachments", VPC_ATTACHMENTS), TAGS];

/// A virtual private gateway (`J15`).
pub const VPN_GATEWAY: &[Member] = &[
    kept("VpnGatewayId", ID),
    kept("VpcAttachments", VPC_ATTACHMENTS),
    derived("State", Wire::Text),
    derived("Type", Wire::Text),
    kept("AmazonSideAsn", Wire::Integer),
    TAGS,
];

/// A customer gateway.
pub const CUSTOMER_GATEWAY: &[Member] = &[
    kept("CustomerGatewayId", ID),
    kept("IpAddress", Wire::Ipv4),
    kept("BgpAsn", Wire::Text),
    kept("DeviceName", Wire::Text),
    derived("State", Wire::Text),
    derived("Type", Wire::Text),
    TAGS,
];

/// A VPN connection; its configuration, which has keys in it, is never kept.
pub const VPN_CONNECTION: &[Member] = &[
    kept("VpnConnectionId", ID),
    kept("CustomerGatewayId", ID),
    kept("VpnGatewayId", ID),
    kept("Options", Wire::Struct(&[kept("StaticRoutesOnly", Wire::Boolean)])),
    kept(
        "Routes",
        Wire::List(&Wire::Struct(&[
            kept("DestinationCidrBlock", Wire::Ipv4Block),
            derived("Source", Wire::Text),
            derived("State", Wire::Text),
        ])),
    ),
    derived("State", Wire::Text),
    derived("Type", Wire::Text),
    derived("Category", Wire::Text),
    TAGS,
];

/// A NAT gateway (`J11`).
pub const NAT_GATEWAY: &[Member] = &[
    kept("NatGatewayId", ID),
    kept("SubnetId", ID),
    kept("VpcId", ID),
    kept("State", Wire::Text),
    kept("ConnectivityType", Wire::Text),
    derived("AvailabilityMode", Wire::Text),
    kept("CreateTime", Wire::Time),
    kept("DeleteTime", Wire::Time),
    kept("FailureCode", Wire::Text),
    kept("FailureMessage", Wire::Text),
    kept(
        "NatGatewayAddresses",
        Wire::List(&Wire::Struct(&[
            kept("AllocationId", ID),
            kept("AssociationId", ID),
            kept("NetworkInterfaceId", ID),
            kept("PrivateIp", Wire::Ipv4),
            kept("PublicIp", Wire::Ipv4),
            kept("IsPrimary", Wire::Boolean),
            derived("Status", Wire::Text),
        ])),
    ),
    TAGS,
];
