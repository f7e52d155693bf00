//! Requests for spot instances (`L22`), as DescribeSpotInstanceRequests shows them. Each follows from the instance that was launched for it.

use super::tables::ID;
use super::{Form, Writer};
use crate::aws::member::{Member, Wire, derived};
use crate::aws::text::{Json, Object};
use eni_core::model::instance::Instance;
use eni_core::model::spot_request::SpotStatus;
use eni_core::order::sort_by_key;

/// The filters of DescribeSpotInstanceRequests.
pub const FILTERS: &str = "tag create-time instance-id launched-availability-zone product-description spot-instance-request-id state type \
    status-code=Status.Code status-message=Status.Message status-update-time=Status.UpdateTime \
    launch.group-id=LaunchSpecification.SecurityGroups.GroupId launch.group-name=LaunchSpecification.SecurityGroups.GroupName \
    launch.image-id=LaunchSpecification.ImageId launch.instance-type=LaunchSpecification.InstanceType \
    launch.key-name=LaunchSpecification.KeyName launch.monitoring-enabled=LaunchSpecification.Monitoring.Enabled \
    launched-availability-zone-id \
    !availability-zone-group !fault-code !fault-message !launch-group !spot-price !valid-from !valid-until \
    !launch.block-device-mapping.delete-on-termination !launch.block-device-mapping.device-name !launch.block-device-mapping.snapshot-id \
    !launch.block-device-mapping.volume-size !launch.block-device-mapping.volume-type !launch.kernel-id !launch.ramdisk-id \
    !network-interface.addresses.primary !network-interface.delete-on-termination !network-interface.description \
    !network-interface.device-index !network-interface.group-id !network-interface.network-interface-id \
    !network-interface.private-ip-address !network-interface.subnet-id";

const TEXT: Wire = Wire::Text;

/// A request.
pub const SPOT_REQUEST: &[Member] = &[
    derived("CreateTime", Wire::Time),
    derived("InstanceId", ID),
    derived(
        "LaunchSpecification",
        Wire::Struct(&[
            derived("ImageId", ID),
            derived("InstanceType", TEXT),
            derived("KeyName", TEXT),
            derived("Placement", Wire::Struct(&[derived("AvailabilityZone", TEXT), derived("Tenancy", TEXT)])),
            derived("SubnetId", ID),
            derived("SecurityGroups", Wire::List(&Wire::Struct(&[derived("GroupId", ID), derived("GroupName", TEXT)]))),
            derived("Monitoring", Wire::Struct(&[derived("Enabled", Wire::Boolean)])),
        ]),
    ),
    derived("LaunchedAvailabilityZone", TEXT),
    derived("LaunchedAvailabilityZoneId", TEXT),
    derived("ProductDescription", TEXT),
    derived("SpotInstanceRequestId", TEXT),
    derived("State", TEXT),
    derived("Status", Wire::Struct(&[derived("Code", TEXT), derived("Message", TEXT), derived("UpdateTime", Wire::Time)])),
    derived("Tags", Wire::List(&Wire::Struct(&[derived("Key", TEXT), derived("Value", TEXT)]))),
    derived("Type", TEXT),
    derived("InstanceInterruptionBehavior", TEXT),
];

impl Writer<'_> {
    /// Every request, by its id.
    pub(super) fn spot_requests(self) -> Vec<Json> {
        let mut spot: Vec<&Instance> = self.network.instances().filter(|instance| instance.spot.is_some()).collect();
        sort_by_key(&mut spot, |instance| instance.spot_request());
        spot.into_iter().filter_map(|instance| self.spot_request(instance)).collect()
    }

    /// The request with this id.
    pub(super) fn spot_request_of_id(self, id: &str) -> Option<Json> {
        let id = id.parse().ok()?;
        let instance = self.network.instances().find(|instance| instance.spot_request() == Some(id))?;
        self.spot_request(instance)
    }

    /// The request that an instance came from; as it begins, it has no instance yet.
    pub(in crate::aws) fn spot_request(&self, instance: &Instance) -> Option<Json> {
        let (spot, id) = (instance.spot?, instance.spot_request()?);
        let begins = self.form == Form::Begun;
        let SpotStatus(state, code, message) = if begins { SpotStatus::BEGUN } else { SpotStatus::of(instance, &spot) };
        let at = instance.reason.filter(|_| !begins).map_or(instance.launched_at, |(_, since)| since);
        let status = Object::new().with("Code", code).with("Message", message).with("UpdateTime", self.epoch.print(at));
        let primary = instance.primary_eni().and_then(|id| self.network.eni(id));
        let zone = (!begins).then_some(&instance.zone);
        let groups = primary.map(|eni| eni.groups.as_slice()).unwrap_or_default();
        let placement = Object::new().text("AvailabilityZone", &instance.zone).with("Tenancy", "default");
        let launch = Object::new()
            .text("ImageId", instance.image)
            .with("InstanceType", instance.instance_type.name())
            .maybe("KeyName", instance.key_name.as_deref())
            .with("Placement", placement)
            .maybe_text("SubnetId", primary.map(|eni| eni.subnet))
            .objects("SecurityGroups", groups.iter(), |object, id| self.group_of(object, *id))
            .with("Monitoring", Object::new().with("Enabled", instance.monitored));
        let object = self
            .object()
            .with("CreateTime", self.epoch.print(instance.launched_at))
            .maybe_text("InstanceId", (!begins).then_some(instance.id))
            .with("LaunchSpecification", launch)
            .maybe_text("LaunchedAvailabilityZone", zone)
            .maybe("LaunchedAvailabilityZoneId", zone.map(|zone| self.zone_id(zone)))
            .with("ProductDescription", "Linux/UNIX")
            .text("SpotInstanceRequestId", id)
            .with("State", state)
            .with("Status", status)
            .with("Tags", Vec::<Json>::new())
            .with("Type", if spot.persistent { "persistent" } else { "one-time" })
            .with("InstanceInterruptionBehavior", spot.interruption.as_str());
        Some(object.into())
    }
}
