//! The members of each kind of object.

use crate::aws::member::{Member, Wire, attribute, derived, kept};

const TAG: &[Member] = &[kept("Key", Wire::Text), kept("Value", Wire::Text)];
pub(super) const TAGS: Member = kept("Tags", Wire::List(&Wire::Struct(TAG)));
const OWNER: Member = derived("OwnerId", Wire::Text);
pub(super) const ID: Wire = Wire::Text;
const STATE: &[Member] = &[derived("State", Wire::Text)];
const FLAG_VALUE: Wire = Wire::Wrapped(&Wire::Boolean);

/// A VPC (`J4`); its DNS attributes come from describe-vpc-attribute.
pub const VPC: &[Member] = &[
    kept("VpcId", ID),
    derived("CidrBlock", Wire::Ipv4Block),
    kept(
        "CidrBlockAssociationSet",
        Wire::List(&Wire::Struct(&[
            kept("AssociationId", ID),
            kept("CidrBlock", Wire::Ipv4Block),
            derived("CidrBlockState", Wire::Struct(STATE)),
        ])),
    ),
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
    kept("IsDefault", Wire::Boolean),
    derived("State", Wire::Text),
    derived("InstanceTenancy", Wire::Text),
    attribute("EnableDnsSupport", FLAG_VALUE),
    attribute("EnableDnsHostnames", FLAG_VALUE),
    OWNER,
    TAGS,
];

const IPV6_BLOCKS: Wire = Wire::List(&Wire::Struct(&[
    kept("AssociationId", ID),
    kept("Ipv6CidrBlock", Wire::Ipv6Block),
    derived("Ipv6CidrBlockState", Wire::Struct(STATE)),
]));

/// A subnet (`J5`).
pub const SUBNET: &[Member] = &[
    kept("SubnetId", ID),
    derived("SubnetArn", Wire::Text),
    kept("VpcId", ID),
    kept("CidrBlock", Wire::Ipv4Block),
    kept("Ipv6CidrBlockAssociationSet", IPV6_BLOCKS),
    kept("AvailabilityZone", Wire::Text),
    derived("AvailabilityZoneId", Wire::Text),
    derived("AvailableIpAddressCount", Wire::Integer),
    kept("MapPublicIpOnLaunch", Wire::Boolean),
    kept("AssignIpv6AddressOnCreation", Wire::Boolean),
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
    kept("DefaultForAz", Wire::Boolean),
    derived("State", Wire::Text),
    OWNER,
    TAGS,
];

/// An internet gateway (`J10`).
pub const INTERNET_GATEWAY: &[Member] = &[kept("InternetGatewayId", ID), kept("Attachments", VPC_ATTACHMENTS), OWNER, TAGS];

const VPC_ATTACHMENTS: Wire = Wire::List(&Wire::Struct(&[kept("VpcId", ID), kept("State", Wire::Text)]));

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

const PERMISSIONS: Wire = Wire::List(&Wire::Struct(&[
    derived("IpProtocol", Wire::Text),
    derived("FromPort", Wire::Integer),
    derived("ToPort", Wire::Integer),
    derived("IpRanges", Wire::List(&Wire::Struct(&[derived("CidrIp", Wire::Ipv4Block), derived("Description", Wire::Text)]))),
    derived("Ipv6Ranges", Wire::List(&Wire::Struct(&[derived("CidrIpv6", Wire::Ipv6Block), derived("Description", Wire::Text)]))),
    derived("PrefixListIds", Wire::List(&Wire::Struct(&[derived("PrefixListId", ID), derived("Description", Wire::Text)]))),
    derived("UserIdGroupPairs", GROUP_PAIRS),
]));

const GROUP_PAIRS: Wire = Wire::List(&Wire::Struct(&[
    derived("GroupId", ID),
    derived("UserId", Wire::Text),
    derived("VpcId", ID),
    derived("VpcPeeringConnectionId", ID),
    derived("PeeringStatus", Wire::Text),
    derived("Description", Wire::Text),
]));

/// A security group (`J6`); documents keep its rules as rules.
pub const GROUP: &[Member] = &[
    kept("GroupId", ID),
    kept("GroupName", Wire::Text),
    kept("Description", Wire::Text),
    kept("VpcId", ID),
    derived("SecurityGroupArn", Wire::Text),
    derived("IpPermissions", PERMISSIONS),
    derived("IpPermissionsEgress", PERMISSIONS),
    OWNER,
    TAGS,
];

/// A rule of a security group (`J7`).
pub const GROUP_RULE: &[Member] = &[
    kept("SecurityGroupRuleId", ID),
    kept("GroupId", ID),
    derived("GroupOwnerId", Wire::Text),
    kept("IsEgress", Wire::Boolean),
    kept("IpProtocol", Wire::Text),
    kept("FromPort", Wire::Integer),
    kept("ToPort", Wire::Integer),
    kept("CidrIpv4", Wire::Ipv4Block),
    kept("CidrIpv6", Wire::Ipv6Block),
    kept("PrefixListId", ID),
    kept(
        "ReferencedGroupInfo",
        Wire::Struct(&[
            kept("GroupId", ID),
            derived("UserId", Wire::Text),
            derived("VpcId", ID),
            derived("VpcPeeringConnectionId", ID),
            derived("PeeringStatus", Wire::Text),
        ]),
    ),
    kept("Description", Wire::Text),
    derived("SecurityGroupRuleArn", Wire::Text),
    TAGS,
];

/// Which VPC names a group, through which peering connection.
pub const GROUP_REFERENCE: &[Member] = &[derived("GroupId", ID), derived("ReferencingVpcId", ID), derived("VpcPeeringConnectionId", ID)];

const STALE_PERMISSIONS: Wire = Wire::List(&Wire::Struct(&[
    derived("IpProtocol", Wire::Text),
    derived("FromPort", Wire::Integer),
    derived("ToPort", Wire::Integer),
    derived("IpRanges", Wire::List(&Wire::Text)),
    derived("PrefixListIds", Wire::List(&Wire::Text)),
    derived("UserIdGroupPairs", GROUP_PAIRS),
]));

/// A group with rules that fit nothing any more.
pub const STALE_GROUP: &[Member] = &[
    derived("GroupId", ID),
    derived("GroupName", Wire::Text),
    derived("Description", Wire::Text),
    derived("VpcId", ID),
    derived("StaleIpPermissions", STALE_PERMISSIONS),
    derived("StaleIpPermissionsEgress", STALE_PERMISSIONS),
];

const PREFIX_LIST_ENTRIES: Wire = Wire::List(&Wire::Struct(PREFIX_LIST_ENTRY));
/// A managed prefix list; its entries come from get-managed-prefix-list-entries.
pub const PREFIX_LIST: &[Member] = &[
    kept("PrefixListId", ID),
    kept("PrefixListName", Wire::Text),
    kept("AddressFamily", Wire::Text),
    kept("State", Wire::Text),
    kept("StateMessage", Wire::Text),
    kept("MaxEntries", Wire::Integer),
    kept("Version", Wire::Integer),
    kept("OwnerId", Wire::Text),
    derived("PrefixListArn", Wire::Text),
    attribute("Cidrs", Wire::List(&Wire::Text)),
    attribute("Entries", PREFIX_LIST_ENTRIES),
    attribute(
        "EarlierVersions",
        Wire::List(&Wire::Struct(&[attribute("Version", Wire::Integer), attribute("Entries", PREFIX_LIST_ENTRIES)])),
    ),
    TAGS,
];

/// A prefix list that AWS keeps.
pub const SERVICE_PREFIX_LIST: &[Member] =
    &[derived("PrefixListId", ID), derived("PrefixListName", Wire::Text), derived("Cidrs", Wire::List(&Wire::Text))];

/// An entry of a prefix list.
pub const PREFIX_LIST_ENTRY: &[Member] = &[kept("Cidr", Wire::Text), kept("Description", Wire::Text)];

/// A network ACL (`J8`).
pub const NETWORK_ACL: &[Member] = &[
    kept("NetworkAclId", ID),
    kept("VpcId", ID),
    kept("IsDefault", Wire::Boolean),
    kept(
        "Associations",
        Wire::List(&Wire::Struct(&[kept("NetworkAclAssociationId", ID), derived("NetworkAclId", ID), kept("SubnetId", ID)])),
    ),
    kept(
        "Entries",
        Wire::List(&Wire::Struct(&[
            kept("Egress", Wire::Boolean),
            kept("RuleNumber", Wire::Integer),
            kept("Protocol", Wire::Text),
            kept("RuleAction", Wire::Text),
            kept("CidrBlock", Wire::Ipv4Block),
            kept("Ipv6CidrBlock", Wire::Ipv6Block),
            kept("PortRange", Wire::Struct(&[kept("From", Wire::Integer), kept("To", Wire::Integer)])),
            kept("IcmpTypeCode", Wire::Struct(&[kept("Type", Wire::Integer), kept("Code", Wire::Integer)])),
        ])),
    ),
    OWNER,
    TAGS,
];

/// A route table (`J9`).
pub const ROUTE_TABLE: &[Member] = &[
    kept("RouteTableId", ID),
    kept("VpcId", ID),
    kept(
        "Associations",
        Wire::List(&Wire::Struct(&[
            kept("RouteTableAssociationId", ID),
            derived("RouteTableId", ID),
            kept("Main", Wire::Boolean),
            kept("SubnetId", ID),
            kept("GatewayId", ID),
            derived("AssociationState", Wire::Struct(STATE)),
        ])),
    ),
    kept("PropagatingVgws", Wire::List(&Wire::Struct(&[kept("GatewayId", ID)]))),
    kept(
        "Routes",
        Wire::List(&Wire::Struct(&[
            kept("DestinationCidrBlock", Wire::Ipv4Block),
            kept("DestinationIpv6CidrBlock", Wire::Ipv6Block),
            kept("DestinationPrefixListId", ID),
            kept("GatewayId", ID),
            kept("NatGatewayId", ID),
            kept("NetworkInterfaceId", ID),
            derived("InstanceId", ID),
            derived("InstanceOwnerId", Wire::Text),
            kept("VpcPeeringConnectionId", ID),
            kept("TransitGatewayId", ID),
            kept("EgressOnlyInternetGatewayId", ID),
            kept("LocalGatewayId", ID),
            kept("CarrierGatewayId", ID),
            kept("CoreNetworkArn", Wire::Text),
            kept("Origin", Wire::Text),
            derived("State", Wire::Text),
        ])),
    ),
    OWNER,
    TAGS,
];

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

/// A tag with the resource that carries it.
pub const TAGGED: &[Member] =
    &[derived("ResourceId", ID), derived("ResourceType", Wire::Text), derived("Key", Wire::Text), derived("Value", Wire::Text)];

/// An Availability Zone (`I3`).
pub const ZONE: &[Member] = &[
    derived("ZoneName", Wire::Text),
    derived("ZoneId", Wire::Text),
    derived("RegionName", Wire::Text),
    derived("GroupName", Wire::Text),
    derived("NetworkBorderGroup", Wire::Text),
    derived("State", Wire::Text),
    derived("OptInStatus", Wire::Text),
    derived("ZoneType", Wire::Text),
    derived("Messages", Wire::List(&Wire::Struct(&[derived("Message", Wire::Text)]))),
];

/// What an instance type takes (`J16`).
pub const INSTANCE_TYPE: &[Member] = &[
    derived("InstanceType", Wire::Text),
    derived(
        "NetworkInfo",
        Wire::Struct(&[
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
                    derived("MaximumNetworkInterfaces", Wire::Integer),
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

/// An attribute of the account.
pub const ACCOUNT_ATTRIBUTE: &[Member] = &[
    derived("AttributeName", Wire::Text),
    derived("AttributeValues", Wire::List(&Wire::Struct(&[derived("AttributeValue", Wire::Text)]))),
];
