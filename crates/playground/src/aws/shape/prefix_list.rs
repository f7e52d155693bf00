//! Writes managed prefix lists and their entries.

use super::Writer;
use crate::aws::error::ApiError;
use crate::aws::text::{Json, Object};
use eni_core::model::prefix_list::{PrefixList, PrefixListEntry};

impl Writer<'_> {
    /// A list as describe-managed-prefix-lists shows it, with what documents keep of it.
    pub(in crate::aws) fn prefix_list(&self, list: &PrefixList) -> Json {
        let (owner, account) =
            if list.by_aws { ("AWS".to_owned(), "aws".to_owned()) } else { (self.owner().to_string(), self.owner().to_string()) };
        let earlier = list.earlier.iter().map(|(version, entries)| {
            let object = Object::new().with("Version", *version);
            object.list("Entries", entries.iter().map(entry)).into()
        });
        self.object()
            .text("PrefixListId", list.id)
            .with("AddressFamily", list.family.as_str())
            .with("State", list.state.as_str())
            .filled("StateMessage", &list.state_message)
            .with("PrefixListArn", format!("arn:aws:ec2:{}:{account}:prefix-list/{}", self.network.region(), list.id))
            .with("PrefixListName", list.name.as_str())
            .maybe("MaxEntries", (!list.by_aws).then_some(list.max_entries))
            .maybe("Version", (!list.by_aws).then_some(list.version))
            .tags("Tags", &list.tags)
            .with("OwnerId", owner)
            .maybe("Entries", self.attribute(Json::list(list.entries.iter().map(entry))))
            .maybe("EarlierVersions", self.attribute(Json::list(earlier)))
            .into()
    }

    /// The same as describe-prefix-lists shows it.
    pub(in crate::aws) fn service_prefix_list(&self, list: &PrefixList) -> Json {
        let blocks = list.entries.iter().map(|entry| entry.cidr.to_string().into());
        self.object().text("PrefixListId", list.id).with("PrefixListName", list.name.as_str()).list("Cidrs", blocks).into()
    }

    /// What names a list: groups in their rules, route tables in their routes.
    pub(in crate::aws) fn prefix_list_associations(&self, names: &[String]) -> Result<Vec<Json>, ApiError> {
        let list = self.named_list(names)?.id;
        let object = |id: &dyn std::fmt::Display| Object::new().text("ResourceId", id).with("ResourceOwner", self.owner()).into();
        let tables = self.network.tables_with_list(list).map(|table| object(&table.id));
        Ok(tables.chain(self.network.groups_with_list(list).map(|group| object(&group))).collect())
    }

    fn named_list(&self, names: &[String]) -> Result<&PrefixList, ApiError> {
        let id = names.first().map_or("", String::as_str);
        id.parse().ok().and_then(|id| self.network.prefix_list(id)).ok_or_else(|| ApiError::not_found("pl", id))
    }

    /// The entries of a list, now or in an earlier version, by their blocks.
    pub(in crate::aws) fn prefix_list_entries(&self, names: &[String]) -> Result<Vec<Json>, ApiError> {
        let list = self.named_list(names)?;
        let version = names.get(1).and_then(|version| version.parse().ok()).filter(|version| *version != list.version);
        let entries = match version {
            None if names.len() < 2 || names.get(1) == Some(&list.version.to_string()) => Some(&list.entries),
            None => None,
            Some(version) => list.earlier.get(&version),
        };
        let unknown = || ApiError::new("InvalidParameterValue", "The specified value for version is not valid.");
        let mut entries: Vec<(String, Json)> =
            entries.ok_or_else(unknown)?.iter().map(|known| (known.cidr.to_string(), entry(known))).collect();
        eni_core::order::sort_by_key(&mut entries, |(block, _)| block.clone());
        Ok(entries.into_iter().map(|(_, value)| value).collect())
    }
}

fn entry(entry: &PrefixListEntry) -> Json {
    Object::new().text("Cidr", entry.cidr).filled("Description", &entry.description).into()
}
