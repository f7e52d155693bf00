//! Tags (`E10`).

use super::check;
use super::draft::Draft;
use super::error::{FlowLogList, Refusal};
use super::reply::Reply;
use crate::model::Tags;
use crate::model::event::{Event, TaggedId};
use crate::model::transit::TransitId;

/// CreateTags: adds or replaces, on every resource or on none.
pub(super) fn create(draft: &mut Draft, resources: &[TaggedId], tags: &Tags) -> Result<Reply, Refusal> {
    if tags.is_empty() {
        return Err(Refusal::NoTags {});
    }
    check::tags(tags)?;
    change(draft, resources, |old| {
        let mut new = old.clone();
        new.extend(tags.iter().map(|(key, value)| (key.clone(), value.clone())));
        if new.len() > check::MAX_TAGS { Err(Refusal::TagLimitExceeded { limit: check::MAX_TAGS }) } else { Ok(new) }
    })
}

/// DeleteTags: takes out the tags named, each only if it has the value given. What is not there is no error; no tag named means all.
pub(super) fn delete(draft: &mut Draft, resources: &[TaggedId], tags: &[(String, Option<String>)]) -> Result<Reply, Refusal> {
    change(draft, resources, |old| {
        let mut new = old.clone();
        let goes = |key: &String, value: &String| tags.iter().any(|(k, v)| k == key && v.as_ref().is_none_or(|v| v == value));
        new.retain(|key, value| !tags.is_empty() && !goes(key, value));
        Ok(new)
    })
}

fn change(draft: &mut Draft, resources: &[TaggedId], new_tags: impl Fn(&Tags) -> Result<Tags, Refusal>) -> Result<Reply, Refusal> {
    if resources.is_empty() {
        return Err(Refusal::MissingParameter { parameter: "Resources" });
    }
    for id in check::distinct(resources) {
        let tags = new_tags(tags_of(draft, id)?)?;
        draft.push(Event::TagsSet(id, tags));
    }
    Ok(Reply::Nothing)
}

fn tags_of<'n>(draft: &Draft<'n>, id: TaggedId) -> Result<&'n Tags, Refusal> {
    Ok(match id {
        TaggedId::Acl(id) => &draft.acl(id)?.tags,
        TaggedId::CustomerGateway(id) => &draft.customer_gateway(id)?.tags,
        TaggedId::DhcpOptions(id) => &draft.dhcp_options(id)?.tags,
        TaggedId::EgressOnlyGateway(id) => &draft.egress_only_gateway(id)?.tags,
        TaggedId::ElasticIp(id) => &draft.elastic_ip(id)?.tags,
        TaggedId::Endpoint(id) => &draft.endpoint(id)?.tags,
        TaggedId::Eni(id) => &draft.eni(id)?.tags,
        TaggedId::Group(id) => &draft.group(id)?.tags,
        TaggedId::GroupRule(rule) => {
            let group = draft.network.group_of_rule(rule);
            &group.and_then(|group| group.rule(rule)).ok_or(Refusal::GroupRuleNotFound { rule })?.tags
        }
        TaggedId::FlowLog(id) => match draft.network.flow_log(id) {
            Some(log) => &log.tags,
            None => return Err(Refusal::FlowLogNotFound { flow_logs: FlowLogList(vec![id]) }),
        },
        TaggedId::Instance(id) => &draft.instance(id)?.tags,
        TaggedId::InternetGateway(id) => &draft.internet_gateway(id)?.tags,
        TaggedId::KeyPair(id) => &draft.key_pair(id)?.tags,
        TaggedId::NatGateway(id) => &draft.nat_gateway(id)?.tags,
        TaggedId::Peering(id) => &draft.peering(id)?.tags,
        TaggedId::PrefixList(list) => match draft.prefix_list(list)? {
            known if known.by_aws => return Err(Refusal::PrefixListOfAws { list }),
            known => &known.tags,
        },
        TaggedId::RouteTable(id) => &draft.route_table(id)?.tags,
        TaggedId::Subnet(id) => &draft.subnet(id)?.tags,
        TaggedId::SubnetReservation(id) => &draft.reservation(id)?.tags,
        TaggedId::Transit(TransitId::Gateway(id)) => &draft.transit_gateway(id)?.tags,
        TaggedId::Transit(TransitId::Attachment(id)) => &draft.transit_attachment(id)?.tags,
        TaggedId::Transit(TransitId::Table(id)) => &draft.transit_table(id)?.tags,
        TaggedId::Vpc(id) => &draft.vpc(id)?.tags,
        TaggedId::VpnConnection(id) => &draft.vpn_connection(id)?.tags,
        TaggedId::VpnGateway(id) => &draft.vpn_gateway(id)?.tags,
    })
}
