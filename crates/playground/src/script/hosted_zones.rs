//! Private hosted zones of a script.

use super::plan::Plan;
use super::said;
use crate::aws::object::Object;
use eni_core::id::VpcId;
use eni_core::model::hosted_zone::HostedZone;
use serde_json::Value;

/// How many records one call may name.
const MOST: usize = 500;

/// Every zone, the VPCs that see it, and what it says. A VPC that is gone is left out; a zone that only such VPCs see cannot be made.
pub(super) fn hosted_zones(plan: &mut Plan<'_>) {
    let network = plan.network;
    plan.heading("Private hosted zones");
    for zone in network.hosted_zones() {
        let id = format!("/hostedzone/{}", zone.id);
        let is_gone = |vpc: &VpcId| network.vpc(*vpc).is_none();
        if zone.vpcs.iter().any(is_gone) {
            let member = if zone.vpcs.iter().all(is_gone) { "" } else { "VPCs" };
            plan.note(&id, member, said::vpcs_are_gone);
        }
        let vpc = |id: VpcId| Object::new().text("VPCRegion", network.region()).text("VPCId", id);
        let mut vpcs = zone.vpcs.iter().copied().filter(|vpc| !is_gone(vpc));
        let Some(first) = vpcs.next() else { continue };
        let config = Object::new().filled("Comment", &zone.comment).with("PrivateZone", true);
        let object = Object::new().text("Name", &zone.name).with("VPC", vpc(first));
        let object = object.text("CallerReference", &zone.caller_reference).with("HostedZoneConfig", config);
        let name = zone.name.as_str();
        plan.make(&id, ("ZONE", name), "CreateHostedZone", object, "HostedZone.Id");
        let of = || Object::new().with("HostedZoneId", id.as_str());
        for other in vpcs {
            plan.call("AssociateVPCWithHostedZone", of().with("VPC", vpc(other)));
        }
        let changes = changes(zone);
        for batch in changes.chunks(MOST) {
            plan.call("ChangeResourceRecordSets", of().with("ChangeBatch", Object::new().with("Changes", batch.to_vec())));
        }
    }
}

/// What the zone says beyond what every new one does.
fn changes(zone: &HostedZone) -> Vec<Value> {
    let first = HostedZone::first_records(&zone.name);
    let new = zone.records.iter().filter(|(key, set)| first.get(key) != Some(set));
    new.map(|((name, kind), set)| {
        let value = |value: &String| Object::new().text("Value", value).into();
        let object = Object::new().with("Name", name.escaped()).with("Type", kind.as_str()).with("TTL", set.ttl);
        let set = object.list("ResourceRecords", set.values.iter().map(value));
        Object::new().with("Action", "UPSERT").with("ResourceRecordSet", set).into()
    })
    .collect()
}
