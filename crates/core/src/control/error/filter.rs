//! Refusals of security groups, managed prefix lists and network ACLs: rows of the table in [`super`].

/// Hands its rows, after those it was given, to the next macro in the list.
macro_rules! filter_rows {
    ([$next:ident $($more:ident)*] $($rows:tt)*) => { $next! { [$($more)*] $($rows)*
    // Security groups.
    /// The name is taken in the VPC.
    GroupDuplicate { group_name: String, vpc: VpcId } = "InvalidGroup.Duplicate", "The security group '{group_name}' already exists for VPC '{vpc}'", "S8";
    /// The name is kept for the VPC's own group.
    GroupReserved { group_name: String } = "InvalidGroup.Reserved", "The security group name '{group_name}' is reserved", "S8", Believed;
    /// The name is not one that AWS takes.
    BadGroupName { group_name: String }
        = "InvalidParameterValue", "Value ({group_name}) for parameter GroupName is invalid. Group names may not be in the format sg-* and have 1 to 255 characters from the following set: a-zA-Z0-9. _-:/()#,@[]+=&;{{}}!$*", "S8", Believed;
    /// As many groups as the region takes.
    GroupLimit { limit: usize } = "SecurityGroupLimitExceeded", "The maximum number of security groups has been reached.", "S9", Believed;
    /// The rule is there already.
    RuleDuplicate { rule: GroupRuleId, text: String } = "InvalidPermission.Duplicate", "the specified rule \"{text}\" already exists", "S19";
    /// The same rule twice in one call.
    RuleTwice {} = "InvalidParameterValue", "The same permission must not appear multiple times", "S19", Believed;
    /// More rules than a group takes in one direction and family.
    RuleLimit { group: GroupId, limit: usize }
        = "RulesPerSecurityGroupLimitExceeded", "The maximum number of rules per security group has been reached.", "S9";
    /// No such permission in the group.
    RuleNotFound { group: GroupId } = "InvalidPermission.NotFound", "The specified rule does not exist in this security group.", "S20";
    /// A rule keeps the kind of its other end: a block cannot become a group.
    RuleKind { rule: GroupRuleId, existing: PeerKindText, given: PeerKindText }
        = "InvalidParameterValue", "You may not specify {given} for an existing {existing:#} rule.", "S18";
    /// A VPC's own group cannot be deleted.
    DefaultGroup { group: GroupId } = "CannotDelete", "the specified group: \"{group}\" name: \"default\" cannot be deleted by a user", "S6";
    /// An ENI carries the group, or another group names it.
    GroupInUse { group: GroupId } = "DependencyViolation", "resource {group} has a dependent object", "X3";

    // Managed prefix lists.
    /// The name is not one that AWS takes.
    BadPrefixListName { list_name: String }
        = "InvalidParameterValue", "Value ({list_name}) for parameter prefixListName is invalid. It must have 1 to 255 characters and cannot start with com.amazonaws.", "S12", Believed;
    /// As many prefix lists as the region takes.
    PrefixListLimit { limit: usize } = "ResourceLimitExceeded", "The maximum number of prefix lists has been reached.", "S10", Believed;
    /// More entries than the list may have.
    PrefixListFull { limit: usize }
        = "PrefixListMaxEntriesExceeded", "You have reached the maximum number of entries for the prefix list ({limit}).", "S10", Believed;
    /// More entries than one request adds or takes away.
    TooManyEntries { limit: usize } = "InvalidParameterValue", "The number of entries per request cannot exceeds limit ({limit}).", "S10";
    /// The block is of the other family.
    PrefixListFamily { cidr: IpNet, family: &'static str }
        = "InvalidParameterValue", "The CIDR ({cidr}) is not valid for the address family ({family}).", "S12", Believed;
    /// The entry to take away is not there, the one to add is, or it is named twice.
    BadPrefixListChange { cidr: IpNet } = "InvalidPrefixListModification", "The modification of the entry {cidr} is not valid.", "S10", Believed;
    /// Entries and the size of a list change one after the other.
    EntriesAndSize {}
        = "InvalidParameterCombination", "You cannot modify the entries and the maximum entries for the prefix list in the same request.", "S10";
    /// The list has changed since.
    PrefixListVersionMismatch { version: u64 } = "PrefixListVersionMismatch", "The prefix list has the incorrect version number.", "S10";
    /// The list never had this version, or it is kept no longer.
    PrefixListVersionUnknown { list: PrefixListId, version: i64 }
        = "InvalidParameterValue", "The specified value for version is not valid. The prefix list {list} has no earlier version {version}.", "S10", Believed;
    /// Something is under way with the list.
    PrefixListBusy { list: PrefixListId, state: &'static str }
        = "IncorrectState", "The request cannot be completed while the prefix list ({list}) is in the current state ({state}).", "S10";
    /// AWS keeps the list.
    PrefixListOfAws { list: PrefixListId } = "AuthFailure", "You do not have permission to access the specified resource.", "S12", Believed;

    // Network ACLs.
    /// As many network ACLs as a VPC takes.
    AclLimit { limit: usize } = "NetworkAclLimitExceeded", "The maximum number of network ACLs has been reached.", "N14", Believed;
    /// The number is used in that direction.
    AclEntryExists { acl: AclId, number: u16 }
        = "NetworkAclEntryAlreadyExists", "The network acl entry identified by {number} already exists.", "N13";
    /// The number is not used in that direction.
    AclEntryNotFound { acl: AclId, number: u16 }
        = "InvalidNetworkAclEntry.NotFound", "The network acl entry identified by {number} does not exist.", "N13", Believed;
    /// More entries than an ACL takes in one direction and family.
    AclEntryLimit { acl: AclId, limit: usize }
        = "NetworkAclEntryLimitExceeded", "The maximum number of network acl entries has been reached.", "N14", Believed;
    /// A VPC's own ACL cannot be deleted.
    DefaultAcl { acl: AclId } = "InvalidParameterValue", "cannot delete default network ACL {acl}", "N16";
    /// A subnet uses the ACL.
    AclInUse { acl: AclId } = "DependencyViolation", "The networkAcl '{acl}' has dependencies and cannot be deleted.", "N16";
    /// ACL and subnet are in different VPCs.
    AclOfOtherVpc { acl: AclId, subnet: SubnetId }
        = "InvalidParameterValue", "network acl {acl} and subnet {subnet} belong to different networks", "N1", Believed;
    } };
}
