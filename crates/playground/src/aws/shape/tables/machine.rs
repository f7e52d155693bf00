//! Network interfaces, Elastic IPs and instances.

use super::{FLAG_VALUE, ID, OWNER, TAG, TAGS};
use crate::aws::member::{Member, Wire, attribute, derived, kept};

const GROUPS: Wire = Wire::List(&Wire::Struct(&[kept("GroupId", ID), derived("GroupName", Wire::Text)]));

const ATTACHMENT: &[Member] = &[
    kept("AttachmentId", ID),
    kept("InstanceId", ID),
    derived("InstanceOwnerId", Wire::Text),
    kept("DeviceIndex", Wire::Integer),
    kept("NetworkCardIndex", Wire::Integer),
    kept("DeleteOnTermination", Wire::Boolean),
    kept("AttachTime", Wire::Time),
    derived("Status", Wire::Text),
];

/// Where a public address is mapped to a private one. The address of an Elastic IP stands with the Elastic IP.
const ASSOCIATION: &[Member] = &[
    kept("AllocationId", ID),
    kept("AssociationId", ID),
    kept("PublicIp", Wire::Ipv4),
    kept("IpOwnerId", Wire::Text),
    derived("PublicDnsName", Wire::Text),
];

const PRIVATE_ADDRESSES: Wire = Wire::List(&Wire::Struct(&[
    kept("PrivateIpAddress", Wire::Ipv4),
    kept("Primary", Wire::Boolean),
    derived("PrivateDnsName", Wire::Text),
    kept("Association", Wire::Struct(ASSOCIATION)),
]));

/// A network interface (`J1`).
pub const INTERFACE: &[Member] = &[
    kept("NetworkInterfaceId", ID),
    kept("SubnetId", ID),
    derived("VpcId", ID),
    derived("AvailabilityZone", Wire::Text),
    derived("AvailabilityZoneId", Wire::Text),
    kept("OwnerId", Wire::Text),
    kept("Description", Wire::Text),
    kept("InterfaceType", Wire::Text),
    kept("MacAddress", Wire::Text),
    derived("PrivateIpAddress", Wire::Ipv4),
    derived("PrivateDnsName", Wire::Text),
    derived("PublicDnsName", Wire::Text),
    kept("PrivateIpAddresses", PRIVATE_ADDRESSES),
    derived("Association", Wire::Struct(ASSOCIATION)),
    kept("Ipv4Prefixes", Wire::List(&Wire::Struct(&[kept("Ipv4Prefix", Wire::Ipv4Block)]))),
    kept("Ipv6Addresses", Wire::List(&Wire::Struct(&[kept("Ipv6Address", Wire::Text), kept("IsPrimaryIpv6", Wire::Boolean)]))),
    kept("Ipv6Prefixes", Wire::List(&Wire::Struct(&[kept("Ipv6Prefix", Wire::Ipv6Block)]))),
    kept("Groups", GROUPS),
    kept("SourceDestCheck", Wire::Boolean),
    attribute("AssociatePublicIpAddress", Wire::Boolean),
    kept("Attachment", Wire::Struct(ATTACHMENT)),
    derived("Status", Wire::Text),
    kept("RequesterId", Wire::Text),
    kept("RequesterManaged", Wire::Boolean),
    kept(
        "ConnectionTrackingConfiguration",
        Wire::Struct(&[
            kept("TcpEstablishedTimeout", Wire::Integer),
            kept("UdpStreamTimeout", Wire::Integer),
            kept("UdpTimeout", Wire::Integer),
        ]),
    ),
    kept("TagSet", Wire::List(&Wire::Struct(TAG))),
];

/// An Elastic IP address (`J2`); where it is mapped stands with the network interface.
pub const ADDRESS: &[Member] = &[
    kept("AllocationId", ID),
    kept("PublicIp", Wire::Ipv4),
    derived("Domain", Wire::Text),
    derived("PublicIpv4Pool", Wire::Text),
    derived("NetworkBorderGroup", Wire::Text),
    derived("AssociationId", ID),
    derived("NetworkInterfaceId", ID),
    derived("NetworkInterfaceOwnerId", Wire::Text),
    derived("PrivateIpAddress", Wire::Ipv4),
    derived("InstanceId", ID),
    derived("SubnetId", ID),
    kept("ServiceManaged", Wire::Text),
    TAGS,
];

/// The same where they stand with an instance: there the ids are not told.
const INSTANCE_ASSOCIATION: &[Member] =
    &[derived("PublicIp", Wire::Ipv4), derived("IpOwnerId", Wire::Text), derived("PublicDnsName", Wire::Text)];

const INSTANCE_ADDRESSES: Wire = Wire::List(&Wire::Struct(&[
    derived("PrivateIpAddress", Wire::Ipv4),
    derived("Primary", Wire::Boolean),
    derived("PrivateDnsName", Wire::Text),
    derived("Association", Wire::Struct(INSTANCE_ASSOCIATION)),
]));

const INSTANCE_ATTACHMENT: &[Member] = &[
    derived("AttachmentId", ID),
    derived("DeviceIndex", Wire::Integer),
    derived("NetworkCardIndex", Wire::Integer),
    derived("DeleteOnTermination", Wire::Boolean),
    derived("AttachTime", Wire::Time),
    derived("Status", Wire::Text),
];

/// A network interface as it stands with its instance (`J3`): all of it follows from the interface's own entry.
const INSTANCE_INTERFACE: &[Member] = &[
    derived("NetworkInterfaceId", ID),
    derived("SubnetId", ID),
    derived("VpcId", ID),
    derived("OwnerId", Wire::Text),
    derived("Description", Wire::Text),
    derived("InterfaceType", Wire::Text),
    derived("MacAddress", Wire::Text),
    derived("PrivateIpAddress", Wire::Ipv4),
    derived("PrivateDnsName", Wire::Text),
    derived("PrivateIpAddresses", INSTANCE_ADDRESSES),
    derived("Association", Wire::Struct(INSTANCE_ASSOCIATION)),
    derived("Ipv4Prefixes", Wire::List(&Wire::Struct(&[kept("Ipv4Prefix", Wire::Ipv4Block)]))),
    derived("Ipv6Addresses", Wire::List(&Wire::Struct(&[kept("Ipv6Address", Wire::Text), kept("IsPrimaryIpv6", Wire::Boolean)]))),
    derived("Ipv6Prefixes", Wire::List(&Wire::Struct(&[kept("Ipv6Prefix", Wire::Ipv6Block)]))),
    derived("Groups", GROUPS),
    derived("SourceDestCheck", Wire::Boolean),
    derived("Status", Wire::Text),
    derived("Attachment", Wire::Struct(INSTANCE_ATTACHMENT)),
];

/// An instance (`J3`).
pub const INSTANCE: &[Member] = &[
    kept("InstanceId", ID),
    kept("InstanceType", Wire::Text),
    kept("ImageId", ID),
    kept("State", Wire::Struct(&[derived("Code", Wire::Integer), kept("Name", Wire::Text)])),
    kept(
        "Placement",
        Wire::Struct(&[kept("AvailabilityZone", Wire::Text), derived("AvailabilityZoneId", Wire::Text), derived("Tenancy", Wire::Text)]),
    ),
    kept("VpcId", ID),
    derived("SubnetId", ID),
    derived("PrivateIpAddress", Wire::Ipv4),
    derived("PublicIpAddress", Wire::Ipv4),
    derived("Ipv6Address", Wire::Text),
    derived("PrivateDnsName", Wire::Text),
    derived("PublicDnsName", Wire::Text),
    derived("SecurityGroups", GROUPS),
    derived("SourceDestCheck", Wire::Boolean),
    derived("NetworkInterfaces", Wire::List(&Wire::Struct(INSTANCE_INTERFACE))),
    kept("LaunchTime", Wire::Time),
    derived("Architecture", Wire::Text),
    derived("EnaSupport", Wire::Boolean),
    derived("Hypervisor", Wire::Text),
    derived("RootDeviceType", Wire::Text),
    kept("InstanceLifecycle", Wire::Text),
    attribute(
        "InstanceMarketOptions",
        Wire::Struct(&[
            attribute("MarketType", Wire::Text),
            attribute(
                "SpotOptions",
                Wire::Struct(&[attribute("SpotInstanceType", Wire::Text), attribute("InstanceInterruptionBehavior", Wire::Text)]),
            ),
        ]),
    ),
    kept("HibernationOptions", Wire::Struct(&[kept("Configured", Wire::Boolean)])),
    kept("StateTransitionReason", Wire::Text),
    kept("StateReason", Wire::Struct(&[kept("Code", Wire::Text), derived("Message", Wire::Text)])),
    attribute("DisableApiTermination", FLAG_VALUE),
    attribute("DisableApiStop", FLAG_VALUE),
    attribute("InstanceInitiatedShutdownBehavior", Wire::Struct(&[attribute("Value", Wire::Text)])),
    TAGS,
];

/// A launch with its instances (`J3`).
pub const RESERVATION: &[Member] = &[kept("ReservationId", ID), OWNER, kept("Instances", Wire::List(&Wire::Struct(INSTANCE)))];

/// What an instance type takes (`J16`).
pub const INSTANCE_TYPE: &[Member] = &[
    derived("InstanceType", Wire::Text),
    derived(
        "NetworkInfo",
        Wire::Struct(&[
            derived("NetworkPerformance", Wire::Text),
            derived("MaximumNetworkInterfaces", Wire::Integer),
            derived("Ipv4AddressesPerInterface", Wire::Integer),
            derived("Ipv6AddressesPerInterface", Wire::Integer),
            derived("Ipv6Supported", Wire::Boolean),
            derived("MaximumNetworkCards", Wire::Integer),
            derived("DefaultNetworkCardIndex", Wire::Integer),
            derived(
                "NetworkCards",
                Wire::List(&Wire::Struct(&[
                    derived("NetworkCardIndex", Wire::Integer),
                    derived("NetworkPerformance", Wire::Text),
                    derived("MaximumNetworkInterfaces", Wire::Integer),
                    derived("BaselineBandwidthInGbps", Wire::Number),
                    derived("PeakBandwidthInGbps", Wire::Number),
                ])),
            ),
            derived(
                "ConnectionTrackingConfiguration",
                Wire::Struct(&[
                    derived("DefaultTcpEstablishedTimeout", Wire::Integer),
                    derived("DefaultUdpStreamTimeout", Wire::Integer),
                    derived("DefaultUdpTimeout", Wire::Integer),
                ]),
            ),
        ]),
    ),
];
