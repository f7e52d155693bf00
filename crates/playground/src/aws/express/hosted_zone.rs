//! Private hosted zones of Route 53, and what they say.

use super::Call;
use crate::aws::object::Object;
use eni_core::control::command::{Command, HostedZoneVpc, RecordChange};
use serde_json::Value;

/// The call that makes, changes or deletes a hosted zone.
pub(super) fn call(command: &Command) -> Option<Call> {
    Some(match command {
        Command::CreateHostedZone(wanted) => {
            let vpc = wanted.vpc.as_ref().map(|(id, region)| Object::new().text("VPCRegion", region).text("VPCId", id));
            let config = Object::new().filled("Comment", &wanted.comment).maybe("PrivateZone", wanted.is_private).map();
            let object = Object::new().text("Name", &wanted.name).maybe("VPC", vpc).text("CallerReference", &wanted.caller_reference);
            ("CreateHostedZone", object.maybe("HostedZoneConfig", (!config.is_empty()).then(|| Object::of(config))))
        }
        Command::DeleteHostedZone(id) => ("DeleteHostedZone", Object::new().text("Id", id)),
        Command::UpdateHostedZoneComment(id, comment) => {
            ("UpdateHostedZoneComment", Object::new().text("Id", id).filled("Comment", comment))
        }
        Command::AssociateHostedZone(wanted) => ("AssociateVPCWithHostedZone", with_vpc(wanted)),
        Command::DisassociateHostedZone(wanted) => ("DisassociateVPCFromHostedZone", with_vpc(wanted)),
        Command::ChangeRecordSets(wanted) => {
            let changes: Vec<Value> = wanted.changes.iter().map(change).collect();
            let batch = Object::new().filled("Comment", &wanted.comment).with("Changes", changes);
            ("ChangeResourceRecordSets", Object::new().text("HostedZoneId", wanted.zone).with("ChangeBatch", batch))
        }
        _ => return None,
    })
}

fn with_vpc(wanted: &HostedZoneVpc) -> Object {
    let vpc = Object::new().text("VPCRegion", &wanted.region).text("VPCId", wanted.vpc);
    Object::new().text("HostedZoneId", wanted.zone).with("VPC", vpc).filled("Comment", &wanted.comment)
}

fn change(change: &RecordChange) -> Value {
    let value = |value: &String| Object::new().text("Value", value).into();
    let set = Object::new().text("Name", &change.name).with("Type", change.kind.as_str()).with("TTL", change.set.ttl);
    let set = set.list("ResourceRecords", change.set.values.iter().map(value));
    Object::new().with("Action", change.action.as_str()).with("ResourceRecordSet", set).into()
}
