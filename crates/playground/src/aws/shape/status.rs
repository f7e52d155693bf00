//! How instances are (DescribeInstanceStatus): what AWS's own checks of an instance and of the machine under it say.

use super::Writer;
use crate::aws::member::{Member, Wire, derived};
use crate::aws::text::{Json, Object};
use eni_core::model::instance::{Instance, InstanceState};

/// The filters of DescribeInstanceStatus.
pub const FILTERS: &str = "availability-zone availability-zone-id instance-state-code=InstanceState.Code \
    instance-state-name=InstanceState.Name instance-status.reachability=InstanceStatus.Details.Status \
    instance-status.status=InstanceStatus.Status system-status.reachability=SystemStatus.Details.Status \
    system-status.status=SystemStatus.Status";

const CHECKS: Wire = Wire::Struct(&[
    derived("Details", Wire::List(&Wire::Struct(&[derived("Name", Wire::Text), derived("Status", Wire::Text)]))),
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
    /// What AWS's checks say: nothing yet of what starts, that all is well of what runs, and nothing at all of the rest.
    pub(in crate::aws) fn instance_status(&self, instance: &Instance) -> Json {
        let (status, detail) = match instance.state {
            InstanceState::Pending => ("initializing", Some("initializing")),
            InstanceState::Running => ("ok", Some("passed")),
            _ => ("not-applicable", None),
        };
        let checks = || {
            let details = detail.map(|word| Object::new().with("Name", "reachability").with("Status", word)).map(Json::from);
            Object::new().with("Status", status).list("Details", details.into_iter())
        };
        self.object()
            .text("InstanceId", instance.id)
            .text("AvailabilityZone", &instance.zone)
            .with("AvailabilityZoneId", self.zone_id(&instance.zone))
            .with("InstanceState", Object::new().with("Code", instance.state.code()).with("Name", instance.state.as_str()))
            .with("InstanceStatus", checks())
            .with("SystemStatus", checks())
            .into()
    }
}
