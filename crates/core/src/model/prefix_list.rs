//! Managed prefix lists: blocks of addresses under one name, for rules of groups and for routes (`S10`, `S12`, `R5`).

use super::Tags;
use crate::addr::{IpAddr, IpNet};
use crate::id::PrefixListId;
use crate::table::Table;

/// A managed prefix list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrefixList {
    /// Its id.
    pub id: PrefixListId,
    /// Whether AWS keeps it: then nobody else changes it.
    pub by_aws: bool,
    /// Its name; two lists may have the same.
    pub name: String,
    /// The family of all its blocks.
    pub family: AddressFamily,
    /// How many entries it may have. What names the list pays for so many rules or routes (`S10`).
    pub max_entries: usize,
    /// Counts the changes of its entries, from 1.
    pub version: u64,
    /// Its entries, in the order they were added.
    pub entries: Vec<PrefixListEntry>,
    /// What it had in earlier versions.
    pub earlier: Table<u64, Vec<PrefixListEntry>>,
    /// What is under way, or how the last change ended.
    pub state: PrefixListState,
    /// Why the last change failed, or why the one under way is going to.
    pub state_message: String,
    /// Tags.
    pub tags: Tags,
}

impl PrefixList {
    /// The first entry that holds an address.
    pub fn entry_of(&self, ip: IpAddr) -> Option<&PrefixListEntry> {
        self.entries.iter().find(|entry| entry.cidr.contains(&ip))
    }
}

/// An entry of a prefix list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrefixListEntry {
    /// The block, without host bits.
    pub cidr: IpNet,
    /// Why; at most 255 characters.
    pub description: String,
}

/// A family of addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AddressFamily {
    /// IPv4.
    Ipv4,
    /// IPv6.
    Ipv6,
}

impl AddressFamily {
    /// The family of a block.
    pub const fn of(cidr: IpNet) -> AddressFamily {
        match cidr {
            IpNet::V4(_) => AddressFamily::Ipv4,
            IpNet::V6(_) => AddressFamily::Ipv6,
        }
    }

    /// AWS's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            AddressFamily::Ipv4 => "IPv4",
            AddressFamily::Ipv6 => "IPv6",
        }
    }
}

/// Writes the states with AWS's words, once.
macro_rules! states {
    ($($(#[$doc:meta])* $name:ident = $word:literal;)*) => {
        /// What is under way with a list, or how its last change ended.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum PrefixListState { $($(#[$doc])* $name,)* }

        impl PrefixListState {
            /// AWS's word.
            pub const fn as_str(self) -> &'static str {
                match self { $(PrefixListState::$name => $word,)* }
            }

            /// The state that a word of AWS's stands for.
            pub fn find(word: &str) -> Option<PrefixListState> {
                match word { $($word => Some(PrefixListState::$name),)* _ => None }
            }
        }
    };
}

states! {
    /// Being made.
    CreateInProgress = "create-in-progress";
    /// Made.
    CreateComplete = "create-complete";
    /// Not made.
    CreateFailed = "create-failed";
    /// Being changed.
    ModifyInProgress = "modify-in-progress";
    /// Changed.
    ModifyComplete = "modify-complete";
    /// Not changed.
    ModifyFailed = "modify-failed";
    /// Going back to an earlier version.
    RestoreInProgress = "restore-in-progress";
    /// Back at an earlier version.
    RestoreComplete = "restore-complete";
    /// Not back at an earlier version.
    RestoreFailed = "restore-failed";
    /// Being deleted.
    DeleteInProgress = "delete-in-progress";
    /// Not deleted.
    DeleteFailed = "delete-failed";
}

impl PrefixListState {
    /// Whether something is under way: nothing else may begin.
    pub const fn is_busy(self) -> bool {
        self.settled(false).is_some()
    }

    /// The state that follows by itself; none where nothing is under way. What is deleted has no state afterwards but that of a failure.
    pub const fn settled(self, failed: bool) -> Option<PrefixListState> {
        Some(match (self, failed) {
            (PrefixListState::CreateInProgress, false) => PrefixListState::CreateComplete,
            (PrefixListState::CreateInProgress, true) => PrefixListState::CreateFailed,
            (PrefixListState::ModifyInProgress, false) => PrefixListState::ModifyComplete,
            (PrefixListState::ModifyInProgress, true) => PrefixListState::ModifyFailed,
            (PrefixListState::RestoreInProgress, false) => PrefixListState::RestoreComplete,
            (PrefixListState::RestoreInProgress, true) => PrefixListState::RestoreFailed,
            (PrefixListState::DeleteInProgress, _) => PrefixListState::DeleteFailed,
            _ => return None,
        })
    }
}

/// A service with a list of AWS's own, and its blocks. In every region the same addresses stand for it (`M`).
type Service = (&'static str, &'static str, &'static [&'static str]);

const SERVICES: [Service; 2] =
    [("s3", "pl-63a5400a", &["52.216.0.0/15", "54.231.0.0/16"]), ("dynamodb", "pl-02cd2c6b", &["52.94.0.0/22", "52.119.224.0/20"])];

/// The lists that AWS keeps in a region, for its gateway endpoints: Amazon S3 and DynamoDB. Their ids are those of us-east-1 everywhere (`M`).
pub fn lists_of_aws(region: &str) -> impl Iterator<Item = PrefixList> + '_ {
    SERVICES.into_iter().filter_map(move |(service, id, blocks)| {
        let entry = |block: &&str| Some(PrefixListEntry { cidr: block.parse().ok()?, description: String::new() });
        Some(PrefixList {
            id: id.parse().ok()?,
            by_aws: true,
            name: format!("com.amazonaws.{region}.{service}"),
            family: AddressFamily::Ipv4,
            // Both weigh as much as one rule.
            max_entries: 1,
            version: 1,
            entries: blocks.iter().filter_map(entry).collect(),
            earlier: Table::new(),
            state: PrefixListState::CreateComplete,
            state_message: String::new(),
            tags: Tags::new(),
        })
    })
}
