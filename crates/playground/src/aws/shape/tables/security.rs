//! Security groups, prefix lists and network ACLs.

use super::{ID, OWNER, TAGS};
use crate::aws::member::{Member, Wire, attribute, derived, kept};

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
