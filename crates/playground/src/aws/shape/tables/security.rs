//! Security groups, prefix lists and network ACLs.

use super::{ID, OWNER, TAGS};
use crate::aws::member::{Member, Wire, attribute, derived, kept};

/// Rules of a group, those of equal traffic together.
pub const PERMISSIONS: Wire = Wire::List(&Wire::Struct(&[
    derived("IpProtocol", Wire::Text),
    derived("FromPort", Wire::Integer),
    derived("ToPort", Wire::Integer),
    derived("UserIdGroupPairs", GROUP_PAIRS),
    derived("IpRanges", Wire::List(&Wire::Struct(&[derived("Description", Wire::Text), derived("CidrIp", Wire::Ipv4Block)]))),
    derived("Ipv6Ranges", Wire::List(&Wire::Struct(&[derived("Description", Wire::Text), derived("CidrIpv6", Wire::Ipv6Block)]))),
    derived("PrefixListIds", Wire::List(&Wire::Struct(&[derived("Description", Wire::Text), derived("PrefixListId", ID)]))),
]));

const GROUP_PAIRS: Wire = Wire::List(&Wire::Struct(&[
    derived("Description", Wire::Text),
    derived("UserId", Wire::Text),
    derived("GroupId", ID),
    derived("VpcId", ID),
    derived("VpcPeeringConnectionId", ID),
    derived("PeeringStatus", Wire::Text),
]));

/// A security group (`J6`); documents keep its rules as rules.
pub const GROUP: &[Member] = &[
    kept("GroupId", ID),
    derived("IpPermissionsEgress", PERMISSIONS),
    TAGS,
    kept("VpcId", ID),
    derived("SecurityGroupArn", Wire::Text),
    OWNER,
    kept("GroupName", Wire::Text),
    kept("Description", Wire::Text),
    derived("IpPermissions", PERMISSIONS),
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
            kept("PeeringStatus", Wire::Text),
            kept("UserId", Wire::Text),
            kept("VpcId", ID),
            kept("VpcPeeringConnectionId", ID),
        ]),
    ),
    kept("Description", Wire::Text),
    TAGS,
    derived("SecurityGroupRuleArn", Wire::Text),
];

/// A group that ENIs of a VPC may have.
pub const GROUP_FOR_VPC: &[Member] = &[
    derived("Description", Wire::Text),
    derived("GroupName", Wire::Text),
    derived("OwnerId", Wire::Text),
    derived("GroupId", ID),
    derived("Tags", Wire::List(&Wire::Struct(&[derived("Key", Wire::Text), derived("Value", Wire::Text)]))),
    derived("PrimaryVpcId", ID),
];

/// What names a prefix list.
pub const PREFIX_LIST_ASSOCIATION: &[Member] = &[derived("ResourceId", ID), derived("ResourceOwner", Wire::Text)];

/// Which VPC names a group, through which peering connection.
pub const GROUP_REFERENCE: &[Member] = &[derived("GroupId", ID), derived("ReferencingVpcId", ID), derived("VpcPeeringConnectionId", ID)];

const STALE_PERMISSIONS: Wire = Wire::List(&Wire::Struct(&[
    derived("FromPort", Wire::Integer),
    derived("IpProtocol", Wire::Text),
    derived("IpRanges", Wire::List(&Wire::Text)),
    derived("PrefixListIds", Wire::List(&Wire::Text)),
    derived("ToPort", Wire::Integer),
    derived("UserIdGroupPairs", GROUP_PAIRS),
]));

/// A group with rules that fit nothing any more.
pub const STALE_GROUP: &[Member] = &[
    derived("Description", Wire::Text),
    derived("GroupId", ID),
    derived("GroupName", Wire::Text),
    derived("StaleIpPermissions", STALE_PERMISSIONS),
    derived("StaleIpPermissionsEgress", STALE_PERMISSIONS),
    derived("VpcId", ID),
];

const PREFIX_LIST_ENTRIES: Wire = Wire::List(&Wire::Struct(PREFIX_LIST_ENTRY));

/// A managed prefix list; its entries come from get-managed-prefix-list-entries.
pub const PREFIX_LIST: &[Member] = &[
    kept("PrefixListId", ID),
    kept("AddressFamily", Wire::Text),
    kept("State", Wire::Text),
    kept("StateMessage", Wire::Text),
    derived("PrefixListArn", Wire::Text),
    kept("PrefixListName", Wire::Text),
    kept("MaxEntries", Wire::Integer),
    kept("Version", Wire::Integer),
    TAGS,
    kept("OwnerId", Wire::Text),
    attribute("Cidrs", Wire::List(&Wire::Text)),
    attribute("Entries", PREFIX_LIST_ENTRIES),
    attribute(
        "EarlierVersions",
        Wire::List(&Wire::Struct(&[attribute("Version", Wire::Integer), attribute("Entries", PREFIX_LIST_ENTRIES)])),
    ),
];

/// A prefix list that AWS keeps.
pub const SERVICE_PREFIX_LIST: &[Member] =
    &[derived("Cidrs", Wire::List(&Wire::Text)), derived("PrefixListId", ID), derived("PrefixListName", Wire::Text)];

/// An entry of a prefix list.
pub const PREFIX_LIST_ENTRY: &[Member] = &[kept("Cidr", Wire::Text), kept("Description", Wire::Text)];

/// A network ACL (`J8`).
pub const NETWORK_ACL: &[Member] = &[
    kept(
        "Associations",
        Wire::List(&Wire::Struct(&[kept("NetworkAclAssociationId", ID), derived("NetworkAclId", ID), kept("SubnetId", ID)])),
    ),
    kept(
        "Entries",
        Wire::List(&Wire::Struct(&[
            kept("CidrBlock", Wire::Ipv4Block),
            kept("Egress", Wire::Boolean),
            kept("IcmpTypeCode", Wire::Struct(&[kept("Code", Wire::Integer), kept("Type", Wire::Integer)])),
            kept("Ipv6CidrBlock", Wire::Ipv6Block),
            kept("PortRange", Wire::Struct(&[kept("From", Wire::Integer), kept("To", Wire::Integer)])),
            kept("Protocol", Wire::Text),
            kept("RuleAction", Wire::Text),
            kept("RuleNumber", Wire::Integer),
        ])),
    ),
    kept("IsDefault", Wire::Boolean),
    kept("NetworkAclId", ID),
    TAGS,
    kept("VpcId", ID),
    OWNER,
];
