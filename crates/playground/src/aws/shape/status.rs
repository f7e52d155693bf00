//! How instances are (DescribeInstanceStatus): what AWS's own checks of an instance and of the machine under it say.

use super::Writer;
use crate::aws::member::{Member, Wire, derived};
use crate::aws::text::{Json, Object};
use eni_core::model::instance::{Instance, InstanceState};
use eni_core::time::Instant;

/// The filters of DescribeInstanceStatus.
pub const FILTERS: &str = "availability-zone availability-zone-id instance-state-code=InstanceState.Code \
    instance-state-name=InstanceState.Name instance-status.reachability=InstanceStatus.Details.Status \
    instance-status.status=InstanceStatus.Status system-status.reachability=SystemStatus.Details.Status \
    system-status.status=SystemStatus.Status \
    !event.code !event.description !event.instance-event-id !event.not-after !event.not-before !event.not-before-deadline \
    !operator.managed !operator.principal !attached-ebs-status.status";

const CHECKS: Wire = Wire::Struct(&[
    derived(
        "Details",
        Wire::List(&Wire::Struct(&[derived("ImpairedSince", Wire::Time), derived("Name", Wire::Text), derived("Status", Wire::Text)])),
    ),
    derived("Status", Wire::Text),
]);

/// How one instance is.
pub const STATUS: &[Member] = &[
    derived("AvailabilityZone", Wire::Text),
    derived("AvailabilityZoneId", Wire::Text),
    derived("InstanceId", Wire::Text),
    derived("InstanceState", Wire::Struct(&[derived("Code", Wire::Integer), derived("Name", Wire::Text)])),
    derived("InstanceStatus", CHECKS),
    derived("SystemStatus", CHECKS),
];

impl Writer<'_> {
    /// What AWS's checks say: nothing yet of what starts, that all is well of what runs, and nothing at all of the rest. The check of the instance
    /// fails where its system hangs, both where no packet gets through; that some are lost they do not see (`L17`, `L18`).
    pub(in crate::aws) fn instance_status(&self, instance: &Instance) -> Json {
        let (status, detail) = match instance.state {
            InstanceState::Pending => ("initializing", Some("initializing")),
            InstanceState::Running => ("ok", Some("passed")),
            _ => ("not-applicable", None),
        };
        let checks = |since: Option<Instant>| {
            let (status, detail) = if since.is_some() { ("impaired", Some("failed")) } else { (status, detail) };
            let since = since.map(|since| self.epoch.print(since));
            let details = detail.map(|word| Object::new().maybe("ImpairedSince", since).with("Name", "reachability").with("Status", word));
            Object::new().with("Status", status).list("Details", details.map(Json::from).into_iter())
        };
        let faults = &instance.faults;
        let cut_off = faults.cut_off_since();
        let first = [faults.hangs_since, cut_off].into_iter().flatten().min();
        self.object()
            .text("InstanceId", instance.id)
            .text("AvailabilityZone", &instance.zone)
            .with("AvailabilityZoneId", self.zone_id(&instance.zone))
            .with("InstanceState", Object::new().with("Code", instance.state.code()).with("Name", instance.state.as_str()))
            .with("InstanceStatus", checks(first))
            .with("SystemStatus", checks(cut_off))
            .into()
    }
}
