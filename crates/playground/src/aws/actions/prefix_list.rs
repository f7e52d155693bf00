//! Managed prefix lists.

use super::read::page;
use super::{Action, Request, command};
use crate::aws::error::ApiError;
use crate::aws::input::Parameters;
use crate::aws::kind::Kind;
use crate::aws::member::{CLIENT_TOKEN, DRY_RUN, Member, TAG_SPECIFICATIONS, Wire, optional, required};
use eni_core::addr::IpNet;
use eni_core::control::command::{Command, CreatePrefixList, ModifyPrefixList, RestorePrefixList};
use eni_core::model::prefix_list::{AddressFamily, PrefixListEntry};

const LIST: Member = required("PrefixListId", Wire::Id("pl"), "the prefix list");
const CIDR: Member = required("Cidr", Wire::Text, "a block");
const ENTRIES: Wire = Wire::List(&Wire::Struct(&[CIDR, optional("Description", Wire::Text, "why")]));

pub(super) const ACTIONS: &[Action] = &[
    Action {
        name: "CreateManagedPrefixList",
        help: "makes a list of blocks that rules and routes can name",
        members: &[
            required("PrefixListName", Wire::Text, "its name"),
            required("AddressFamily", Wire::Words(&["IPv4", "IPv6"]), "the family of its blocks"),
            required("MaxEntries", Wire::Integer, "how many entries it may have; what names it counts as so many rules or routes"),
            optional("Entries", ENTRIES, "its first entries, at most 100"),
            TAG_SPECIFICATIONS,
            CLIENT_TOKEN,
            DRY_RUN,
        ],
        build: create,
    },
    Action {
        name: "ModifyManagedPrefixList",
        help: "adds entries to a prefix list and takes some away, renames it, or changes how many it may have",
        members: &[
            LIST,
            optional("CurrentVersion", Wire::Integer, "the version that it has; needed where entries change"),
            optional("PrefixListName", Wire::Text, "another name"),
            optional("AddEntries", ENTRIES, "entries to add"),
            optional("RemoveEntries", Wire::List(&Wire::Struct(&[CIDR])), "entries to take away"),
            optional("MaxEntries", Wire::Integer, "how many entries it may have; not together with entries"),
            DRY_RUN,
        ],
        build: modify,
    },
    Action {
        name: "RestoreManagedPrefixListVersion",
        help: "gives a prefix list the entries of an earlier version",
        members: &[
            LIST,
            required("PreviousVersion", Wire::Integer, "the version to go back to"),
            required("CurrentVersion", Wire::Integer, "the version that it has"),
            DRY_RUN,
        ],
        build: |p| {
            let (previous, version) = (p.integer("PreviousVersion").unwrap_or_default(), p.integer("CurrentVersion").unwrap_or_default());
            let list = p.id("PrefixListId")?;
            command(Command::RestoreManagedPrefixListVersion(RestorePrefixList { list, previous, version }))
        },
    },
    Action {
        name: "DeleteManagedPrefixList",
        help: "deletes a prefix list that nothing names",
        members: &[LIST, DRY_RUN],
        build: |p| command(Command::DeleteManagedPrefixList(p.id("PrefixListId")?)),
    },
    Action {
        name: "GetManagedPrefixListEntries",
        help: "shows the entries of a prefix list",
        members: &[
            LIST,
            optional("TargetVersion", Wire::Integer, "as they were in this version"),
            optional("MaxResults", Wire::Between(1, 100), "how many at most"),
            optional("NextToken", Wire::Text, "go on where the last answer ended"),
            DRY_RUN,
        ],
        build: entries,
    },
];

fn create(p: &Parameters<'_>) -> Result<Request, ApiError> {
    let family = if p.text("AddressFamily") == Some("IPv6") { AddressFamily::Ipv6 } else { AddressFamily::Ipv4 };
    command(Command::CreateManagedPrefixList(Box::new(CreatePrefixList {
        name: p.text_or_empty("PrefixListName"),
        family,
        max_entries: p.integer("MaxEntries").unwrap_or_default(),
        entries: listed(p, "Entries")?,
        tags: p.tags_for("prefix-list", &["prefix-list"])?,
    })))
}

fn modify(p: &Parameters<'_>) -> Result<Request, ApiError> {
    command(Command::ModifyManagedPrefixList(Box::new(ModifyPrefixList {
        list: p.id("PrefixListId")?,
        version: p.integer("CurrentVersion"),
        name: p.text("PrefixListName").map(str::to_owned),
        add: listed(p, "AddEntries")?,
        remove: p.objects("RemoveEntries").map(|entry| block(&entry)).collect::<Result<_, _>>()?,
        max_entries: p.integer("MaxEntries"),
    })))
}

fn listed(p: &Parameters<'_>, name: &str) -> Result<Vec<PrefixListEntry>, ApiError> {
    let read = |entry: Parameters<'_>| Ok(PrefixListEntry { cidr: block(&entry)?, description: entry.text_or_empty("Description") });
    p.objects(name).map(read).collect()
}

/// A block of either family.
fn block(p: &Parameters<'_>) -> Result<IpNet, ApiError> {
    let text = p.text("Cidr").unwrap_or_default();
    text.parse().map_err(|_| ApiError::invalid("Cidr", text, "This is not a valid CIDR block."))
}

/// The list stands for the objects' names, and its version after it.
fn entries(p: &Parameters<'_>) -> Result<Request, ApiError> {
    let ids = [Some(p.text_or_empty("PrefixListId")), p.integer("TargetVersion").map(|version| version.to_string())];
    page(p, Kind::PrefixListEntries, ids.into_iter().flatten().collect(), Vec::new())
}
