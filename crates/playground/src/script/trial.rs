//! A script is tried before it is handed out: on an empty region, by the calls that its lines would make.

use super::ipv6;
use super::plan::{Deed, Plan, Query, Step};
use super::said;
use crate::account::Account;
use crate::aws::{ApiError, Epoch, service_of};
use eni_core::model::network::Network;
use eni_core::table::Table;
use eni_core::time::Instant;
use serde_json::{Map, Value};

/// The rules of a call.
const RULES: &str = "IpPermissions";
/// Members whose texts are people's own, whatever they look like.
const FREE: [&str; 6] = ["Description", "Value", "Key", "GroupName", "KeyName", "UserData"];

/// Makes every call of a plan; marks what is refused. Gives the region as it is then, and the new id of each id of the state.
pub(super) fn run(plan: &mut Plan<'_>, epoch: Epoch) -> (Network, Table<String, String>) {
    let account = Account::holding(plan.network.emptied(), Instant::ZERO, epoch);
    let mut trial = Trial { account, ids: Table::new() };
    for mut step in std::mem::take(&mut plan.steps) {
        if !matches!(step.deed, Deed::Wait | Deed::Pause) {
            match trial.call(plan, &step) {
                Err(_) if step.action.starts_with("AuthorizeSecurityGroup") => {
                    trial.rule_by_rule(plan, step);
                    continue;
                }
                Err(error) => step.refused = Some(said::refused(&error.code)),
                Ok(answer) => trial.learn(&step, &answer),
            }
        }
        plan.steps.push(step);
    }
    (trial.account.network().clone(), trial.ids)
}

/// A region that a plan is tried on.
struct Trial {
    account: Account,
    /// The new id of each id of the state.
    ids: Table<String, String>,
}

impl Trial {
    fn call(&mut self, plan: &Plan<'_>, step: &Step) -> Result<Value, ApiError> {
        let ids = &self.ids;
        let parameters = replaced_in(&step.parameters, &|text| ids.get(text).cloned().or_else(|| ipv6::moved(&plan.blocks, ids, text)));
        let answer = self.account.call(service_of(step.action).map_or("ec2", |service| service.name), step.action, &parameters);
        self.account.settle();
        answer
    }

    fn learn(&mut self, step: &Step, answer: &Value) {
        if let Some((id, query)) = &step.stands_for
            && let Some(new) = asked(answer, query, &self.ids)
        {
            self.ids.insert(id.clone(), new);
        }
    }

    /// Where one rule of a call is refused AWS takes none of them. Each is tried by itself: those that are taken stay one call.
    fn rule_by_rule(&mut self, plan: &mut Plan<'_>, mut step: Step) {
        let Some(Value::Array(rules)) = step.parameters.remove(RULES) else { return };
        let (mut taken, mut refused) = (Vec::new(), Vec::new());
        for rule in rules {
            let mut one = step.clone();
            one.parameters.insert(RULES.to_owned(), Value::Array(vec![rule.clone()]));
            match self.call(plan, &one) {
                Ok(_) => taken.push(rule),
                Err(error) => {
                    one.refused = Some(untaken(plan, &one, &rule, &error.code));
                    refused.push(one);
                }
            }
        }
        if !taken.is_empty() {
            step.parameters.insert(RULES.to_owned(), Value::Array(taken));
            refused.insert(0, step);
        }
        refused.iter_mut().skip(1).for_each(|step| step.heading = None);
        plan.steps.append(&mut refused);
    }
}

/// Says at the head why a rule is not made, and gives what stands above its line.
fn untaken(plan: &mut Plan<'_>, step: &Step, rule: &Value, code: &str) -> String {
    let text = |name: &str| step.parameters.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let direction = if step.action.ends_with("Ingress") { "ingress" } else { "egress" };
    let peer = |list: &str, id: &str| rule.get(list)?.get(0)?.get(id)?.as_str().map(str::to_owned);
    let (list, group) = (peer("PrefixListIds", "PrefixListId"), peer("UserIdGroupPairs", "GroupId"));
    let is_own = |id: &String| id.parse().ok().and_then(|id| plan.network.prefix_list(id)).is_some_and(|list| !list.by_aws);
    let elsewhere = list.as_ref().is_some_and(|list| !is_own(list));
    let own = text("GroupId").parse().ok().and_then(|id| plan.network.group(id));
    let named = group.as_ref().and_then(|id| plan.network.group(id.parse().ok()?));
    let is_far = group.is_some() && named.is_none();
    let is_stale = own.zip(named).is_some_and(|(own, named)| plan.network.is_stale(own.vpc, named));
    let other = list.or(group).or_else(|| peer("IpRanges", "CidrIp")).or_else(|| peer("Ipv6Ranges", "CidrIpv6")).unwrap_or_default();
    let number = |name: &str| rule.get(name).and_then(Value::as_i64);
    let protocol = rule.get("IpProtocol").and_then(Value::as_str).unwrap_or_default();
    let what = said::rule(direction, protocol, (number("FromPort"), number("ToPort")), &other);
    let why = match (elsewhere, is_stale) {
        (true, _) => said::list_elsewhere(&other),
        (_, true) => said::nothing_joins(&other),
        _ if is_far => said::group_elsewhere(&other),
        _ => said::is_refused(code),
    };
    plan.note(&text("GroupId"), "SecurityGroupRules", |group| format!("{group}: {what}: {why}"));
    if elsewhere { said::line_elsewhere(&other) } else { said::refused(code) }
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
        // The value of a metric's dimension is an id, that of a tag any text.
        let is_free = FREE.contains(&name.as_str()) && !(name == "Value" && parameters.contains_key("Name"));
        let value = if is_free && value.is_string() { value.clone() } else { replaced(value, other) };
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
