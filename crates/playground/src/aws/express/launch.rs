//! The two calls with the most parameters: launching instances and creating network interfaces.

use super::addressing::of_new;
use super::{tag_specification, tagged, tracking};
use crate::aws::object::Object;
use eni_core::control::command::{CreateNetworkInterface, LaunchInterface, LaunchOptions, RunInstances};
use eni_core::model::eni::TrackingTimeouts;
use eni_core::model::instance::ShutdownBehavior;
use eni_core::model::metadata::{MetadataChange, MetadataOptions};
use eni_core::model::spot::Interruption;
use serde_json::Value;

/// The parameters of RunInstances.
pub(super) fn parameters(launch: &RunInstances) -> Object {
    let object = Object::new()
        .text("ImageId", launch.image)
        .with("InstanceType", launch.instance_type.name())
        .with("MinCount", launch.count)
        .with("MaxCount", launch.count)
        .maybe_text("SubnetId", launch.subnet)
        .texts("SecurityGroupIds", &launch.groups)
        .maybe_text("PrivateIpAddress", launch.private_ip)
        .maybe("AssociatePublicIpAddress", launch.associate_public_ip);
    let object = match launch.interfaces.as_slice() {
        [] => object,
        interfaces => object.list("NetworkInterfaces", interfaces.iter().map(launch_interface)),
    };
    let tags = [("instance", &launch.tags), ("network-interface", &launch.interface_tags)];
    let tags: Vec<Value> =
        tags.into_iter().filter(|(_, tags)| !tags.is_empty()).map(|(kind, tags)| tag_specification(kind, tags)).collect();
    let object = options(object, &launch.options);
    object.maybe("TagSpecifications", (!tags.is_empty()).then_some(tags))
}

/// The parameters of RequestSpotInstances: of a launch, what one network interface needs.
pub(super) fn spot_parameters(launch: &RunInstances) -> Object {
    let spot = launch.options.spot.unwrap_or_default();
    let specification = Object::new()
        .text("ImageId", launch.image)
        .with("InstanceType", launch.instance_type.name())
        .maybe_text("SubnetId", launch.subnet)
        .texts("SecurityGroupIds", &launch.groups)
        .maybe("KeyName", launch.options.key_name.as_deref())
        .maybe("Monitoring", launch.options.monitored.then(|| Object::new().with("Enabled", true)))
        .filled("UserData", &launch.options.user_data)
        .maybe("EbsOptimized", launch.options.ebs_optimized.then_some(true));
    let specification = match launch.interfaces.as_slice() {
        [] => specification,
        interfaces => specification.list("NetworkInterfaces", interfaces.iter().map(launch_interface)),
    };
    Object::new()
        .with("InstanceCount", launch.count)
        .maybe("Type", spot.persistent.then_some("persistent"))
        .maybe("InstanceInterruptionBehavior", (spot.interruption != Interruption::Terminate).then_some(spot.interruption.as_str()))
        .with("LaunchSpecification", specification)
}

fn options(object: Object, options: &LaunchOptions) -> Object {
    let spot = options.spot.map(|spot| {
        let asked = Object::new()
            .maybe("SpotInstanceType", spot.persistent.then_some("persistent"))
            .maybe("InstanceInterruptionBehavior", (spot.interruption != Interruption::Terminate).then_some(spot.interruption.as_str()))
            .map();
        Object::new().with("MarketType", "spot").maybe("SpotOptions", (!asked.is_empty()).then_some(Value::Object(asked)))
    });
    metadata_options(object, options.metadata)
        .maybe("InstanceMarketOptions", spot)
        .maybe("HibernationOptions", options.hibernates.then(|| Object::new().with("Configured", true)))
        .maybe("KeyName", options.key_name.as_deref())
        .maybe("ClientToken", options.client_token.as_deref())
        .maybe("Monitoring", options.monitored.then(|| Object::new().with("Enabled", true)))
        .filled("UserData", &options.user_data)
        .maybe("EbsOptimized", options.ebs_optimized.then_some(true))
        .maybe("DisableApiTermination", options.termination_protection.then_some(true))
        .maybe("DisableApiStop", options.stop_protection.then_some(true))
        .maybe("InstanceInitiatedShutdownBehavior", (options.shutdown != ShutdownBehavior::Stop).then_some(options.shutdown.as_str()))
}

/// What of the settings of a metadata service is not as usual, for a launch.
pub(crate) fn metadata_options(object: Object, options: MetadataOptions) -> Object {
    let wish = metadata(Object::new(), options.beside_usual()).map();
    object.maybe("MetadataOptions", (!wish.is_empty()).then_some(Value::Object(wish)))
}

/// The settings of a metadata service that are named.
pub(super) fn metadata(object: Object, change: MetadataChange) -> Object {
    let on = |is_on: bool| if is_on { "enabled" } else { "disabled" };
    object
        .maybe("HttpTokens", change.needs_token.map(|needed| if needed { "required" } else { "optional" }))
        .maybe("HttpPutResponseHopLimit", change.hop_limit)
        .maybe("HttpEndpoint", change.is_on.map(on))
        .maybe("HttpProtocolIpv6", change.over_ipv6.map(on))
        .maybe("InstanceMetadataTags", change.tells_tags.map(on))
}

fn launch_interface(wanted: &LaunchInterface) -> Value {
    let object = Object::new()
        .with("DeviceIndex", wanted.device_index)
        .maybe("NetworkCardIndex", (wanted.network_card != 0).then_some(wanted.network_card))
        .maybe_text("NetworkInterfaceId", wanted.existing)
        .maybe_text("SubnetId", wanted.subnet)
        .texts("Groups", &wanted.groups)
        .maybe_text("PrivateIpAddress", wanted.private_ip)
        .filled("Description", &wanted.description)
        .maybe("DeleteOnTermination", wanted.delete_on_termination)
        .maybe("AssociatePublicIpAddress", wanted.associate_public_ip);
    let object = of_new(object, &wanted.addresses, wanted.secondary_count, &wanted.prefixes, ("PrimaryIpv6", &wanted.ipv6));
    timeouts(object, &wanted.tracking).into()
}

/// The parameters of CreateNetworkInterface.
pub(super) fn interface_parameters(wanted: &CreateNetworkInterface) -> Object {
    let object = Object::new()
        .maybe_text("SubnetId", wanted.subnet)
        .filled("Description", &wanted.description)
        .texts("Groups", &wanted.groups)
        .maybe_text("PrivateIpAddress", wanted.private_ip);
    let object = of_new(object, &wanted.addresses, wanted.secondary_count, &wanted.prefixes, ("EnablePrimaryIpv6", &wanted.ipv6));
    let object = timeouts(object, &wanted.tracking);
    tagged(object, "network-interface", &wanted.tags)
}

fn timeouts(object: Object, wanted: &TrackingTimeouts) -> Object {
    object.maybe("ConnectionTrackingSpecification", (*wanted != TrackingTimeouts::default()).then(|| tracking(wanted)))
}
