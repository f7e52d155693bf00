//! DHCP option sets (`I7`, `L12`).

use super::check;
use super::command::CreateDhcpOptions;
use super::draft::Draft;
use super::error::Refusal;
use super::reply::Reply;
use crate::id::{DhcpOptionsId, VpcId};
use crate::model::dhcp_options::{DhcpKey, DhcpOption, DhcpOptions};
use crate::model::event::{Event, VpcChange};

/// CreateDhcpOptions.
pub(super) fn create(draft: &mut Draft, request: &CreateDhcpOptions) -> Result<Reply, Refusal> {
    check::tags(&request.tags)?;
    if request.options.is_empty() {
        return Err(Refusal::MissingParameter { parameter: "dhcpConfiguration" });
    }
    let mut options: Vec<DhcpOption> = Vec::new();
    for (word, values) in &request.options {
        let key = DhcpKey::find(word).ok_or_else(|| Refusal::DhcpKeyUnknown { key: word.clone() })?;
        if options.iter().any(|option| option.key == key) {
            return Err(Refusal::DhcpKeyTwice { key: key.as_str() });
        }
        if !(1..=key.most_values()).contains(&values.len()) {
            return Err(Refusal::DhcpValueCount { key: key.as_str(), limit: key.most_values() });
        }
        if let Some(value) = values.iter().find(|value| !key.takes(value)) {
            return Err(Refusal::DhcpValue { key: key.as_str(), value: value.clone() });
        }
        options.push(DhcpOption { key, values: values.clone() });
    }
    let id = draft.new_id();
    draft.push(Event::DhcpOptionsCreated(Box::new(DhcpOptions { id, options, tags: request.tags.clone() })));
    Ok(Reply::DhcpOptions(id))
}

/// AssociateDhcpOptions: with a set, or with none (`default`). Guests take it over at once (`M`).
pub(super) fn associate(draft: &mut Draft, vpc: VpcId, set: Option<DhcpOptionsId>) -> Result<Reply, Refusal> {
    set.map_or(Ok(()), |id| draft.dhcp_options(id).map(|_| ()))?;
    draft.vpc(vpc)?;
    draft.push(Event::VpcChanged(vpc, VpcChange::DhcpOptions(set)));
    Ok(Reply::Nothing)
}

/// DeleteDhcpOptions.
pub(super) fn delete(draft: &mut Draft, id: DhcpOptionsId) -> Result<Reply, Refusal> {
    draft.dhcp_options(id)?;
    if draft.network.vpcs().any(|vpc| vpc.dhcp_options == Some(id)) {
        return Err(Refusal::DhcpOptionsInUse { set: id });
    }
    draft.push(Event::DhcpOptionsDeleted(id));
    Ok(Reply::Nothing)
}

/// The set of a new VPC: the region's own, which comes back where it was deleted (`M`).
pub(super) fn of_new_vpc(draft: &mut Draft) -> DhcpOptionsId {
    if let Some(set) = draft.network.default_dhcp_options() {
        return set.id;
    }
    let id = draft.new_id();
    draft.push(Event::DhcpOptionsCreated(Box::new(DhcpOptions::of_region(id, draft.network.region()))));
    id
}
