//! Network interfaces, instances and Elastic IPs of a script.

use super::plan::{Plan, Query, name_of, tagged, wrapped};
use super::said;
use crate::aws::object::Object;
use crate::aws::{metadata_options, spot_market, text_of_base64};
use eni_core::id::EniId;
use eni_core::model::eni::{Eni, PublicOrigin, TrackingTimeouts};
use eni_core::model::instance::{Instance, InstanceState, ShutdownBehavior};
use eni_core::model::key_pair::made_up_fingerprint;
use eni_core::model::transit::TransitState;
use serde_json::Value;

/// ENIs that do not come with an instance.
pub(super) fn interfaces(plan: &mut Plan<'_>) {
    let network = plan.network;
    plan.heading("Network interfaces");
    for eni in network.enis() {
        if eni.is_requester_managed() {
            // Those that came with what was made before have a variable; load balancers, functions and attachments to transit gateways come later.
            let of_transit = || network.transit_attachment_with(eni).is_some_and(|one| one.state == TransitState::Available);
            let comes_later = || network.load_balancer_of(eni).is_some() || network.function_eni(eni.id).is_some() || of_transit();
            if !plan.variables.contains_key(&eni.id.to_string()) && !comes_later() {
                plan.note(&eni.id, "", |id| said::of_a_service(id, &eni.description));
            }
        } else if !eni.attachment.as_ref().is_some_and(|attachment| attachment.is_primary()) {
            let object = Object::new().text("SubnetId", eni.subnet).filled("Description", &eni.description).texts("Groups", &eni.groups);
            let object = object.maybe_text("PrivateIpAddress", eni.primary_ip());
            let object = tagged(object, &[("network-interface", &eni.tags)]);
            let name = ("ENI", name_of(&eni.tags));
            plan.make(&eni.id.to_string(), name, "CreateNetworkInterface", object, "NetworkInterface.NetworkInterfaceId");
            let usual = network.subnet(eni.subnet).is_some_and(|subnet| subnet.map_public_ip_on_launch);
            addresses(plan, eni);
            settings(plan, eni, usual);
        }
    }
}

/// What an ENI has beside its primary address. One call takes addresses or prefixes.
fn addresses(plan: &mut Plan<'_>, eni: &Eni) {
    let addresses: Vec<String> = eni.addresses.iter().skip(1).map(|address| address.ip.to_string()).collect();
    let prefixes: Vec<String> = eni.ipv4_prefixes.iter().map(ToString::to_string).collect();
    for (member, list) in [("PrivateIpAddresses", addresses), ("Ipv4Prefixes", prefixes)] {
        if !list.is_empty() {
            plan.call("AssignPrivateIpAddresses", Object::new().text("NetworkInterfaceId", eni.id).texts(member, &list));
        }
    }
    let addresses: Vec<String> = eni.ipv6_addresses.iter().map(ToString::to_string).collect();
    let prefixes: Vec<String> = eni.ipv6_prefixes.iter().map(ToString::to_string).collect();
    for (member, list) in [("Ipv6Addresses", addresses), ("Ipv6Prefixes", prefixes)] {
        if !list.is_empty() {
            plan.call("AssignIpv6Addresses", Object::new().text("NetworkInterfaceId", eni.id).texts(member, &list));
        }
    }
    if eni.primary_ipv6.is_some() {
        let object = Object::new().text("NetworkInterfaceId", eni.id).with("EnablePrimaryIpv6", true);
        plan.call("ModifyNetworkInterfaceAttribute", object);
    }
}

/// What no call that makes an ENI sets.
fn settings(plan: &mut Plan<'_>, eni: &Eni, usual: bool) {
    let of = || Object::new().text("NetworkInterfaceId", eni.id);
    if !eni.source_dest_check {
        plan.call("ModifyNetworkInterfaceAttribute", of().with("SourceDestCheck", wrapped(false)));
    }
    if eni.wants_public_ip != usual {
        plan.call("ModifyNetworkInterfaceAttribute", of().with("AssociatePublicIpAddress", eni.wants_public_ip));
    }
    if eni.tracking != TrackingTimeouts::default() {
        let seconds = |span: Option<eni_core::time::Duration>| span.map(|span| span.as_millis() / 1_000);
        let object = Object::new()
            .maybe("TcpEstablishedTimeout", seconds(eni.tracking.tcp_established))
            .maybe("UdpStreamTimeout", seconds(eni.tracking.udp_stream))
            .maybe("UdpTimeout", seconds(eni.tracking.udp));
        plan.call("ModifyNetworkInterfaceAttribute", of().with("ConnectionTrackingSpecification", object));
    }
}

/// Instances with their primary ENIs, and the attachments of the others.
pub(super) fn instances(plan: &mut Plan<'_>) {
    let network = plan.network;
    plan.heading("Instances");
    let kept: Vec<&Instance> = network.instances().filter(|instance| !instance.state.is_gone()).collect();
    for instance in &kept {
        if let Some(primary) = instance.primary_eni().and_then(|id| network.eni(id)) {
            launch(plan, instance, primary);
        }
    }
    plan.wait("instance-running", "InstanceIds", kept.iter().map(|instance| instance.id.to_string()).collect());
    plan.heading("Attachments");
    let others: Vec<(&Instance, &Eni)> = kept
        .iter()
        .flat_map(|instance| instance.enis.values().map(move |id| (*instance, *id)))
        .filter_map(|(instance, id): (&Instance, EniId)| Some((instance, network.eni(id)?)))
        .filter(|(_, eni)| !eni.is_requester_managed() && !eni.attachment.as_ref().is_some_and(|attachment| attachment.is_primary()))
        .collect();
    plan.wait("network-interface-available", "NetworkInterfaceIds", others.iter().map(|(_, eni)| eni.id.to_string()).collect());
    for (instance, eni) in others {
        attach(plan, instance, eni);
    }
}

fn launch(plan: &mut Plan<'_>, instance: &Instance, primary: &Eni) {
    let Some(attachment) = &primary.attachment else { return };
    let (is_on, first) = (instance.state == InstanceState::Running, primary.addresses.first());
    let origin = first.and_then(|address| address.public).map(|public| public.origin);
    // While it runs, an address that is wished for and not there was lost to an Elastic IP that went away again.
    let public = match origin {
        Some(PublicOrigin::Amazon) => true,
        None if is_on => false,
        _ => primary.wants_public_ip,
    };
    if public != primary.wants_public_ip {
        plan.note(&primary.id, "AssociatePublicIpAddress", said::lost_public_address);
    }
    let usual = plan.network.subnet(primary.subnet).is_some_and(|subnet| subnet.map_public_ip_on_launch);
    let object = Object::new().text("ImageId", instance.image).with("InstanceType", instance.instance_type.name());
    let object = object.with("MinCount", 1).with("MaxCount", 1);
    let object = object.maybe("InstanceMarketOptions", instance.spot.map(|spot| spot_market(&spot)));
    let object = object.maybe("HibernationOptions", instance.hibernates.then(|| Object::new().with("Configured", true)));
    let object = metadata_options(object, instance.metadata);
    let key = instance.key_name.as_deref().filter(|name| plan.network.key_pair_by_name(name).is_some());
    if instance.key_name.is_some() && key.is_none() {
        plan.note(&instance.id, "KeyName", said::key_is_gone);
    }
    let object = object.maybe("KeyName", key);
    if instance.spot.is_some_and(|spot| spot.cancelled) {
        plan.note(&instance.id, "SpotInstanceRequestState", said::cancelled_request);
    }
    let object = object.maybe("Monitoring", instance.monitored.then(|| Object::new().with("Enabled", true)));
    let object = object.maybe("EbsOptimized", instance.ebs_optimized.then_some(true));
    // AWS's command line puts it into base64 itself.
    let data = text_of_base64(&instance.user_data).filter(|text| !text.contains('\0'));
    if data.is_none() {
        plan.note(&instance.id, "UserData", said::no_text);
    }
    let object = object.maybe("UserData", data.filter(|data| !data.is_empty()));
    let place = |object: Object| object.text("SubnetId", primary.subnet).maybe_text("PrivateIpAddress", first.map(|address| address.ip));
    let object = if primary.description.is_empty() && attachment.delete_on_termination && public == usual {
        place(object).texts("SecurityGroupIds", &primary.groups)
    } else {
        let interface = place(Object::new().with("DeviceIndex", 0)).texts("Groups", &primary.groups);
        let interface = interface.filled("Description", &primary.description).with("DeleteOnTermination", attachment.delete_on_termination);
        object.with("NetworkInterfaces", vec![Value::from(interface.with("AssociatePublicIpAddress", public))])
    };
    let object = tagged(object, &[("instance", &instance.tags), ("network-interface", &primary.tags)]);
    if instance.faults.any() {
        plan.note(&instance.id, "Faults", said::broken);
    }
    if instance.faults.connections.is_some() {
        plan.note(&instance.id, "Connections", said::limited);
    }
    let id = instance.id.to_string();
    let name = name_of(&instance.tags);
    plan.make(&id, ("INSTANCE", name), "RunInstances", object, "Instances[0].InstanceId");
    let own = [("attachment.instance-id", id.as_str()), ("attachment.device-index", "0")];
    let label = if name_of(&primary.tags).is_empty() { name } else { name_of(&primary.tags) };
    let path = Query::Path("NetworkInterfaces[0].NetworkInterfaceId");
    plan.find(&primary.id.to_string(), ("PRIMARY_ENI", label), "DescribeNetworkInterfaces", &own, path);
    settings(plan, &Eni { wants_public_ip: public, ..primary.clone() }, public);
    addresses(plan, primary);
}

fn attach(plan: &mut Plan<'_>, instance: &Instance, eni: &Eni) {
    let Some(attachment) = &eni.attachment else { return };
    let card = (attachment.network_card != 0).then_some(attachment.network_card);
    let object = Object::new().text("NetworkInterfaceId", eni.id).text("InstanceId", instance.id);
    let object = object.with("DeviceIndex", attachment.device_index).maybe("NetworkCardIndex", card);
    if !attachment.delete_on_termination {
        plan.call("AttachNetworkInterface", object);
        return;
    }
    let id = attachment.id.to_string();
    plan.make(&id, ("ATTACHMENT", name_of(&eni.tags)), "AttachNetworkInterface", object, "AttachmentId");
    let own = Object::new().with("AttachmentId", id).with("DeleteOnTermination", true);
    plan.call("ModifyNetworkInterfaceAttribute", Object::new().text("NetworkInterfaceId", eni.id).with("Attachment", own));
}

/// Key pairs, before the instances that name them. None of them comes with a key, so of each a new one is made.
pub(super) fn key_pairs(plan: &mut Plan<'_>) {
    let network = plan.network;
    plan.heading("Key pairs");
    for pair in network.key_pairs() {
        if pair.fingerprint != made_up_fingerprint(pair.kind, false, &pair.name) {
            plan.note(&pair.id, "KeyFingerprint", said::another_key);
        }
        let object = Object::new().with("KeyName", pair.name.as_str()).with("KeyType", pair.kind.as_str());
        let object = tagged(object, &[("key-pair", &pair.tags)]);
        plan.make(&pair.id.to_string(), ("KEY_PAIR", &pair.name), "CreateKeyPair", object, "KeyPairId");
    }
}

/// Elastic IPs, before the NAT gateways that take them.
pub(super) fn elastic_ips(plan: &mut Plan<'_>) {
    let network = plan.network;
    plan.heading("Elastic IP addresses");
    for eip in network.elastic_ips() {
        if eip.service_managed.is_some() {
            plan.note(&eip.allocation, "", |id| said::of_a_service(id, ""));
            continue;
        }
        let object = tagged(Object::new().with("Domain", "vpc"), &[("elastic-ip", &eip.tags)]);
        plan.make(&eip.allocation.to_string(), ("EIP", name_of(&eip.tags)), "AllocateAddress", object, "AllocationId");
    }
}

/// Where Elastic IPs are mapped. Those of services are mapped by them.
pub(super) fn associations(plan: &mut Plan<'_>) {
    let network = plan.network;
    plan.heading("Associations of Elastic IP addresses");
    for eip in network.elastic_ips().filter(|eip| eip.service_managed.is_none()) {
        let Some(association) = eip.association else { continue };
        if network.eni(association.eni).is_some_and(|eni| !eni.is_requester_managed()) {
            let object = Object::new().text("AllocationId", eip.allocation).text("NetworkInterfaceId", association.eni);
            plan.call("AssociateAddress", object.text("PrivateIpAddress", association.private_ip));
        }
    }
}

/// What must come last: stopping, and protection from it.
pub(super) fn states(plan: &mut Plan<'_>) {
    plan.heading("States and protections of instances");
    let network = plan.network;
    let stopped: Vec<String> =
        network.instances().filter(|one| one.state == InstanceState::Stopped).map(|instance| instance.id.to_string()).collect();
    if !stopped.is_empty() {
        plan.call("StopInstances", Object::new().texts("InstanceIds", &stopped));
        plan.wait("instance-stopped", "InstanceIds", stopped);
    }
    for instance in network.instances().filter(|instance| !instance.state.is_gone()) {
        for (attribute, on) in [("DisableApiTermination", instance.termination_protection), ("DisableApiStop", instance.stop_protection)] {
            if on {
                plan.call("ModifyInstanceAttribute", Object::new().text("InstanceId", instance.id).with(attribute, wrapped(true)));
            }
        }
        if instance.shutdown != ShutdownBehavior::Stop {
            let object = Object::new().text("InstanceId", instance.id);
            plan.call("ModifyInstanceAttribute", object.with("InstanceInitiatedShutdownBehavior", wrapped(instance.shutdown.as_str())));
        }
    }
}
