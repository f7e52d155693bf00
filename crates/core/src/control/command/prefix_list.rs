//! Acts on managed prefix lists.

use crate::addr::IpNet;
use crate::id::PrefixListId;
use crate::model::Tags;
use crate::model::prefix_list::{AddressFamily, PrefixListEntry};

/// What CreateManagedPrefixList was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct CreatePrefixList {
    /// Its name.
    pub name: String,
    /// The family of its blocks.
    pub family: AddressFamily,
    /// How many entries it may have (1 to 1,000); wider, so that a wrong one can be refused.
    pub max_entries: i64,
    /// Its first entries.
    pub entries: Vec<PrefixListEntry>,
    /// Its tags.
    pub tags: Tags,
}

/// What ModifyManagedPrefixList was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct ModifyPrefixList {
    /// The list.
    pub list: PrefixListId,
    /// The version that it must have; needed where entries change.
    pub version: Option<i64>,
    /// Its new name.
    pub name: Option<String>,
    /// The entries to add.
    pub add: Vec<PrefixListEntry>,
    /// The blocks whose entries go.
    pub remove: Vec<IpNet>,
    /// How many entries it may have.
    pub max_entries: Option<i64>,
}

/// What RestoreManagedPrefixListVersion was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct RestorePrefixList {
    /// The list.
    pub list: PrefixListId,
    /// The version to go back to.
    pub previous: i64,
    /// The version that it must have.
    pub version: i64,
}
