//! A script is tried before it is handed out: on an empty region, by the calls that its lines would make.

use super::ipv6;
use super::plan::{Deed, Plan, Query};
use crate::account::Account;
use crate::aws::{Epoch, service_of};
use eni_core::model::network::Network;
use eni_core::table::Table;
use eni_core::time::Instant;
use serde_json::{Map, Value};

/// Members whose texts are people's own, whatever they look like.
const FREE: [&str; 5] = ["Description", "Value", "Key", "GroupName", "KeyName"];

/// Makes every call of a plan; marks what is refused. Gives the region as it is then, and the new id of each id of the state.
pub(super) fn run(plan: &mut Plan<'_>, epoch: Epoch) -> (Network, Table<String, String>) {
    let mut account = Account::holding(plan.network.emptied(), Instant::ZERO, epoch);
    let mut ids: Table<String, String> = Table::new();
    for step in &mut plan.steps {
        if matches!(step.deed, Deed::Wait | Deed::Pause) {
            continue;
        }
        let parameters = replaced_in(&step.parameters, &|text| ids.get(text).cloned().or_else(|| ipv6::moved(&plan.blocks, &ids, text)));
        let answer = account.call(service_of(step.action).map_or("ec2", |service| service.name), step.action, &parameters);
        account.settle();
        match answer {
            Err(error) => step.refused = Some(error.code),
            Ok(answer) => {
                if let Some((id, query)) = &step.stands_for
                    && let Some(new) = asked(&answer, query, &ids)
                {
                    ids.insert(id.clone(), new);
                }
            }
        }
    }
    (account.network().clone(), ids)
}

/// What a query finds in an answer.
fn asked(answer: &Value, query: &Query, ids: &Table<String, String>) -> Option<String> {
    let path = match query {
        Query::Path(path) => path,
        Query::At(path) => path.as_str(),
        Query::AclTie(subnet) => {
            let ties = answer.get("NetworkAcls")?.get(0)?.get("Associations")?.as_array()?;
            let subnet = ids.get(subnet)?;
            let tie = ties.iter().find(|tie| tie.get("SubnetId").and_then(Value::as_str) == Some(subnet.as_str()))?;
            return Some(tie.get("NetworkAclAssociationId")?.as_str()?.to_owned());
        }
    };
    let mut found = answer;
    for part in path.split('.') {
        found = match part.strip_suffix(']').and_then(|part| part.split_once('[')) {
            Some((list, at)) => found.get(list)?.get(at.parse::<usize>().ok()?)?,
            None => found.get(part)?,
        };
    }
    Some(found.as_str()?.to_owned())
}

/// Parameters with other texts in the place of ids.
pub(super) fn replaced_in(parameters: &Map<String, Value>, other: &dyn Fn(&str) -> Option<String>) -> Map<String, Value> {
    let mut map = Map::new();
    for (name, value) in parameters {
        let value = if FREE.contains(&name.as_str()) && value.is_string() { value.clone() } else { replaced(value, other) };
        map.insert(name.clone(), value);
    }
    map
}

fn replaced(value: &Value, other: &dyn Fn(&str) -> Option<String>) -> Value {
    match value {
        Value::String(text) => Value::String(other(text).unwrap_or_else(|| text.clone())),
        Value::Array(values) => values.iter().map(|value| replaced(value, other)).collect(),
        Value::Object(members) => Value::Object(replaced_in(members, other)),
        _ => value.clone(),
    }
}
