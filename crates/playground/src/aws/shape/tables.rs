//! The members of each kind of object: of networks here, the others by their families.

mod gateway;
mod machine;
mod security;

pub use gateway::{CUSTOMER_GATEWAY, EGRESS_ONLY_GATEWAY, INTERNET_GATEWAY, NAT_ADDRESSES, NAT_GATEWAY, VPN_CONNECTION, VPN_GATEWAY};
pub use machine::{ADDRESS, ATTACHMENT, INSTANCE, INSTANCE_TYPE, INTERFACE, METADATA_OPTIONS, RESERVATION};
pub use security::{
    GROUP, GROUP_FOR_VPC, GROUP_REFERENCE, GROUP_RULE, NETWORK_ACL, PERMISSIONS, PREFIX_LIST, PREFIX_LIST_ASSOCIATION, PREFIX_LIST_ENTRY,
    SERVICE_PREFIX_LIST, STALE_GROUP,
};

use crate::aws::member::{Member, Wire, attribute, derived, kept};

const TAG: &[Member] = &[kept("Key", Wire::Text), kept("Value", Wire::Text)];
pub(super) const TAGS: Member = kept("Tags", Wire::List(&Wire::Struct(TAG)));
const OWNER: Member = derived("OwnerId", Wire::Text);
pub(super) const ID: Wire = Wire::Text;
const STATE: &[Member] = &[derived("State", Wire::Text)];
const FLAG_VALUE: Wire = Wire::Wrapped(&Wire::Boolean);

/// A VPC (`J4`); its DNS attributes come from describe-vpc-attribute.
pub const VPC: &[Member] = &[
    OWNER,
    derived("InstanceTenancy", Wire::Text),
    kept(
        "Ipv6CidrBlockAssociationSet",
        Wire::List(&Wire::Struct(&[
            kept("AssociationId", ID),
            kept("Ipv6CidrBlock", Wire::Ipv6Block),
            derived("Ipv6CidrBlockState", Wire::Struct(STATE)),
            derived("NetworkBorderGroup", Wire::Text),
            derived("Ipv6Pool", Wire::Text),
        ])),
    ),
    kept(
        "CidrBlockAssociationSet",
        Wire::List(&Wire::Struct(&[
            kept("AssociationId", ID),
            kept("CidrBlock", Wire::Ipv4Block),
            derived("CidrBlockState", Wire::Struct(STATE)),
        ])),
    ),
    kept("IsDefault", Wire::Boolean),
    TAGS,
    kept("VpcId", ID),
    derived("State", Wire::Text),
    derived("CidrBlock", Wire::Ipv4Block),
    kept("DhcpOptionsId", ID),
    attribute("EnableDnsSupport", FLAG_VALUE),
    attribute("EnableDnsHostnames", FLAG_VALUE),
];

const IPV6_BLOCKS: Wire = Wire::List(&Wire::Struct(&[
    kept("AssociationId", ID),
    kept("Ipv6CidrBlock", Wire::Ipv6Block),
    derived("Ipv6CidrBlockState", Wire::Struct(STATE)),
]));

/// A subnet (`J5`).
pub const SUBNET: &[Member] = &[
    derived("AvailabilityZoneId", Wire::Text),
    OWNER,
    kept("AssignIpv6AddressOnCreation", Wire::Boolean),
    kept("Ipv6CidrBlockAssociationSet", IPV6_BLOCKS),
    TAGS,
    derived("SubnetArn", Wire::Text),
    kept("EnableDns64", Wire::Boolean),
    derived("Ipv6Native", Wire::Boolean),
    kept(
        "PrivateDnsNameOptionsOnLaunch",
        Wire::Struct(&[
            kept("HostnameType", Wire::Text),
            kept("EnableResourceNameDnsARecord", Wire::Boolean),
            kept("EnableResourceNameDnsAAAARecord", Wire::Boolean),
        ]),
    ),
    kept("SubnetId", ID),
    derived("State", Wire::Text),
    kept("VpcId", ID),
    kept("CidrBlock", Wire::Ipv4Block),
    derived("AvailableIpAddressCount", Wire::Integer),
    kept("AvailabilityZone", Wire::Text),
    kept("DefaultForAz", Wire::Boolean),
    kept("MapPublicIpOnLaunch", Wire::Boolean),
];

/// A route table (`J9`).
pub const ROUTE_TABLE: &[Member] = &[
    kept(
        "Associations",
        Wire::List(&Wire::Struct(&[
            kept("Main", Wire::Boolean),
            kept("RouteTableAssociationId", ID),
            derived("RouteTableId", ID),
            kept("SubnetId", ID),
            kept("GatewayId", ID),
            derived("AssociationState", Wire::Struct(STATE)),
        ])),
    ),
    kept("PropagatingVgws", Wire::List(&Wire::Struct(&[kept("GatewayId", ID)]))),
    kept("RouteTableId", ID),
    kept(
        "Routes",
        Wire::List(&Wire::Struct(&[
            kept("DestinationCidrBlock", Wire::Ipv4Block),
            kept("DestinationIpv6CidrBlock", Wire::Ipv6Block),
            kept("DestinationPrefixListId", ID),
            kept("EgressOnlyInternetGatewayId", ID),
            kept("GatewayId", ID),
            derived("InstanceId", ID),
            derived("InstanceOwnerId", Wire::Text),
            kept("NatGatewayId", ID),
            kept("TransitGatewayId", ID),
            kept("LocalGatewayId", ID),
            kept("CarrierGatewayId", ID),
            kept("NetworkInterfaceId", ID),
            kept("Origin", Wire::Text),
            derived("State", Wire::Text),
            kept("VpcPeeringConnectionId", ID),
            kept("CoreNetworkArn", Wire::Text),
        ])),
    ),
    TAGS,
    kept("VpcId", ID),
    OWNER,
];

/// A tag with the resource that carries it.
pub const TAGGED: &[Member] =
    &[derived("Key", Wire::Text), derived("ResourceId", ID), derived("ResourceType", Wire::Text), derived("Value", Wire::Text)];

/// An Availability Zone (`I3`).
pub const ZONE: &[Member] = &[
    derived("OptInStatus", Wire::Text),
    derived("Messages", Wire::List(&Wire::Struct(&[derived("Message", Wire::Text)]))),
    derived("RegionName", Wire::Text),
    derived("ZoneName", Wire::Text),
    derived("ZoneId", Wire::Text),
    derived("GroupName", Wire::Text),
    derived("NetworkBorderGroup", Wire::Text),
    derived("ZoneType", Wire::Text),
    derived("State", Wire::Text),
];

/// An attribute of the account.
pub const ACCOUNT_ATTRIBUTE: &[Member] = &[
    derived("AttributeName", Wire::Text),
    derived("AttributeValues", Wire::List(&Wire::Struct(&[derived("AttributeValue", Wire::Text)]))),
];
