//! Network interfaces, Elastic IPs and instances.

use super::{FLAG_VALUE, ID, OWNER, TAG, TAGS};
use crate::aws::member::{Member, Wire, attribute, derived, kept};

const GROUPS: Wire = Wire::List(&Wire::Struct(&[kept("GroupId", ID), derived("GroupName", Wire::Text)]));

/// What attaches a network interface to its instance.
pub const ATTACHMENT: &[Member] = &[
    kept("AttachTime", Wire::Time),
    kept("AttachmentId", ID),
    kept("DeleteOnTermination", Wire::Boolean),
    kept("DeviceIndex", Wire::Integer),
    kept("NetworkCardIndex", Wire::Integer),
    kept("InstanceId", ID),
    derived("InstanceOwnerId", Wire::Text),
    derived("Status", Wire::Text),
];

/// Where a public address is mapped to a private one. The address of an Elastic IP stands with the Elastic IP.
const ASSOCIATION: &[Member] = &[
    kept("AllocationId", ID),
    kept("AssociationId", ID),
    kept("IpOwnerId", Wire::Text),
    derived("PublicDnsName", Wire::Text),
    kept("PublicIp", Wire::Ipv4),
];

const PRIVATE_ADDRESSES: Wire = Wire::List(&Wire::Struct(&[
    kept("Association", Wire::Struct(ASSOCIATION)),
    kept("Primary", Wire::Boolean),
    derived("PrivateDnsName", Wire::Text),
    kept("PrivateIpAddress", Wire::Ipv4),
]));

/// A network interface (`J1`).
pub const INTERFACE: &[Member] = &[
    derived("Association", Wire::Struct(ASSOCIATION)),
    kept("Attachment", Wire::Struct(ATTACHMENT)),
    derived("AvailabilityZone", Wire::Text),
    kept(
        "ConnectionTrackingConfiguration",
        Wire::Struct(&[
            kept("TcpEstablishedTimeout", Wire::Integer),
            kept("UdpStreamTimeout", Wire::Integer),
            kept("UdpTimeout", Wire::Integer),
        ]),
    ),
    kept("Description", Wire::Text),
    kept("Groups", GROUPS),
    kept("InterfaceType", Wire::Text),
    kept("Ipv6Addresses", Wire::List(&Wire::Struct(&[kept("Ipv6Address", Wire::Text), kept("IsPrimaryIpv6", Wire::Boolean)]))),
    kept("MacAddress", Wire::Text),
    kept("NetworkInterfaceId", ID),
    kept("OwnerId", Wire::Text),
    derived("PrivateDnsName", Wire::Text),
    derived("PublicDnsName", Wire::Text),
    derived("PrivateIpAddress", Wire::Ipv4),
    kept("PrivateIpAddresses", PRIVATE_ADDRESSES),
    kept("Ipv4Prefixes", Wire::List(&Wire::Struct(&[kept("Ipv4Prefix", Wire::Ipv4Block)]))),
    kept("Ipv6Prefixes", Wire::List(&Wire::Struct(&[kept("Ipv6Prefix", Wire::Ipv6Block)]))),
    kept("RequesterId", Wire::Text),
    kept("RequesterManaged", Wire::Boolean),
    kept("SourceDestCheck", Wire::Boolean),
    derived("Status", Wire::Text),
    kept("SubnetId", ID),
    kept("TagSet", Wire::List(&Wire::Struct(TAG))),
    derived("VpcId", ID),
    derived("AvailabilityZoneId", Wire::Text),
    attribute("AssociatePublicIpAddress", Wire::Boolean),
];

/// An Elastic IP address (`J2`); where it is mapped stands with the network interface, unless it is on an address of a prefix.
pub const ADDRESS: &[Member] = &[
    kept("AllocationId", ID),
    kept("AssociationId", ID),
    derived("Domain", Wire::Text),
    kept("NetworkInterfaceId", ID),
    derived("NetworkInterfaceOwnerId", Wire::Text),
    kept("PrivateIpAddress", Wire::Ipv4),
    TAGS,
    derived("PublicIpv4Pool", Wire::Text),
    derived("NetworkBorderGroup", Wire::Text),
    derived("SubnetId", ID),
    kept("ServiceManaged", Wire::Text),
    derived("InstanceId", ID),
    kept("PublicIp", Wire::Ipv4),
];

/// The same where they stand with an instance: there the ids are not told.
const INSTANCE_ASSOCIATION: &[Member] =
    &[derived("IpOwnerId", Wire::Text), derived("PublicDnsName", Wire::Text), derived("PublicIp", Wire::Ipv4)];

const INSTANCE_ADDRESSES: Wire = Wire::List(&Wire::Struct(&[
    derived("Association", Wire::Struct(INSTANCE_ASSOCIATION)),
    derived("Primary", Wire::Boolean),
    derived("PrivateDnsName", Wire::Text),
    derived("PrivateIpAddress", Wire::Ipv4),
]));

const INSTANCE_ATTACHMENT: &[Member] = &[
    derived("AttachTime", Wire::Time),
    derived("AttachmentId", ID),
    derived("DeleteOnTermination", Wire::Boolean),
    derived("DeviceIndex", Wire::Integer),
    derived("Status", Wire::Text),
    derived("NetworkCardIndex", Wire::Integer),
];

/// A network interface as it stands with its instance (`J3`): all of it follows from the interface's own entry.
const INSTANCE_INTERFACE: &[Member] = &[
    derived("Association", Wire::Struct(INSTANCE_ASSOCIATION)),
    derived("Attachment", Wire::Struct(INSTANCE_ATTACHMENT)),
    derived("Description", Wire::Text),
    derived("Groups", GROUPS),
    derived("Ipv6Addresses", Wire::List(&Wire::Struct(&[kept("Ipv6Address", Wire::Text), kept("IsPrimaryIpv6", Wire::Boolean)]))),
    derived("MacAddress", Wire::Text),
    derived("NetworkInterfaceId", ID),
    derived("OwnerId", Wire::Text),
    derived("PrivateDnsName", Wire::Text),
    derived("PrivateIpAddress", Wire::Ipv4),
    derived("PrivateIpAddresses", INSTANCE_ADDRESSES),
    derived("SourceDestCheck", Wire::Boolean),
    derived("Status", Wire::Text),
    derived("SubnetId", ID),
    derived("VpcId", ID),
    derived("InterfaceType", Wire::Text),
    derived("Ipv4Prefixes", Wire::List(&Wire::Struct(&[kept("Ipv4Prefix", Wire::Ipv4Block)]))),
    derived("Ipv6Prefixes", Wire::List(&Wire::Struct(&[kept("Ipv6Prefix", Wire::Ipv6Block)]))),
];

/// The settings of an instance's metadata service.
pub const METADATA_OPTIONS: Wire = Wire::Struct(&[
    derived("State", Wire::Text),
    kept("HttpTokens", Wire::Text),
    kept("HttpPutResponseHopLimit", Wire::Integer),
    kept("HttpEndpoint", Wire::Text),
    kept("HttpProtocolIpv6", Wire::Text),
    kept("InstanceMetadataTags", Wire::Text),
]);

/// An instance (`J3`).
pub const INSTANCE: &[Member] = &[
    derived("Architecture", Wire::Text),
    kept("ClientToken", Wire::Text),
    kept("EbsOptimized", Wire::Boolean),
    derived("EnaSupport", Wire::Boolean),
    derived("Hypervisor", Wire::Text),
    kept("InstanceLifecycle", Wire::Text),
    derived("NetworkInterfaces", Wire::List(&Wire::Struct(INSTANCE_INTERFACE))),
    derived("RootDeviceType", Wire::Text),
    derived("SecurityGroups", GROUPS),
    derived("SourceDestCheck", Wire::Boolean),
    kept("SpotInstanceRequestId", Wire::Text),
    kept("StateReason", Wire::Struct(&[kept("Code", Wire::Text), derived("Message", Wire::Text)])),
    TAGS,
    kept("HibernationOptions", Wire::Struct(&[kept("Configured", Wire::Boolean)])),
    kept("MetadataOptions", METADATA_OPTIONS),
    derived("Ipv6Address", Wire::Text),
    kept("InstanceId", ID),
    kept("ImageId", ID),
    kept("State", Wire::Struct(&[derived("Code", Wire::Integer), kept("Name", Wire::Text)])),
    derived("PrivateDnsName", Wire::Text),
    derived("PublicDnsName", Wire::Text),
    kept("StateTransitionReason", Wire::Text),
    kept("KeyName", Wire::Text),
    kept("AmiLaunchIndex", Wire::Integer),
    kept("InstanceType", Wire::Text),
    kept("LaunchTime", Wire::Time),
    kept(
        "Placement",
        Wire::Struct(&[derived("AvailabilityZoneId", Wire::Text), derived("Tenancy", Wire::Text), kept("AvailabilityZone", Wire::Text)]),
    ),
    kept("Monitoring", Wire::Struct(&[kept("State", Wire::Text)])),
    derived("SubnetId", ID),
    kept("VpcId", ID),
    derived("PrivateIpAddress", Wire::Ipv4),
    derived("PublicIpAddress", Wire::Ipv4),
    attribute("SpotInstanceRequestState", Wire::Text),
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
    attribute("DisableApiTermination", FLAG_VALUE),
    attribute("DisableApiStop", FLAG_VALUE),
    attribute("InstanceInitiatedShutdownBehavior", Wire::Struct(&[attribute("Value", Wire::Text)])),
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
            derived("Ipv4AddressesPerInterface", Wire::Integer),
            derived("Ipv6AddressesPerInterface", Wire::Integer),
            derived("Ipv6Supported", Wire::Boolean),
            derived("EnaSupport", Wire::Text),
            derived("EfaSupported", Wire::Boolean),
            derived(
                "ConnectionTrackingConfiguration",
                Wire::Struct(&[
                    derived("DefaultTcpEstablishedTimeout", Wire::Integer),
                    derived("DefaultUdpTimeout", Wire::Integer),
                    derived("DefaultUdpStreamTimeout", Wire::Integer),
                ]),
            ),
        ]),
    ),
];
