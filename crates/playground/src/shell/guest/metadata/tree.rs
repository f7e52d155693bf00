//! What there is to read: leaves by their paths. What stands above leaves is a list of what is below it.

use super::Guest;
use crate::aws::text_of_base64;
use eni_core::dataplane::guest::interfaces;
use eni_core::dataplane::resolver::{private_name_of, public_name_of};
use eni_core::model::eni::{Eni, PublicAddress};
use eni_core::order::sort;
use std::fmt::Display;

/// What stands at the top, and what is read there.
const TOP: &str = "latest/";
/// What is told of the instance.
const OWN: &str = "latest/meta-data/";
/// What is told of its interfaces.
const MACS: &str = "network/interfaces/macs/";

/// A leaf: its path, and what it says.
type Leaf = (String, String);

/// What a path leads to: a leaf, or the list of what is below it, where what has something below itself ends with a `/`.
pub(super) fn read(guest: &Guest<'_>, path: &str) -> Option<String> {
    let path = path.trim_start_matches('/');
    let all = leaves(guest);
    if let Some((_, value)) = all.iter().find(|(own, _)| own == path.trim_end_matches('/')) {
        return Some(value.clone());
    }
    let above = if path.is_empty() || path.ends_with('/') { path.to_owned() } else { format!("{path}/") };
    let mut below: Vec<&str> = Vec::new();
    for rest in all.iter().filter_map(|(own, _)| own.strip_prefix(&above)) {
        let name = rest.split_inclusive('/').next().unwrap_or(rest);
        if !below.contains(&name) {
            below.push(name);
        }
    }
    sort(&mut below);
    // The two lists at the top are written without it.
    let plain = above == TOP || above.is_empty();
    let shown: Vec<&str> = below.into_iter().map(|name| if plain { name.trim_end_matches('/') } else { name }).collect();
    (!shown.is_empty()).then(|| shown.join("\n"))
}

fn leaves(guest: &Guest<'_>) -> Vec<Leaf> {
    let mut all = vec![("latest/dynamic/instance-identity/document".to_owned(), document(guest))];
    let instance = guest.instance;
    if let Some(data) = text_of_base64(&instance.user_data).filter(|data| !data.is_empty()) {
        all.push(("latest/user-data".to_owned(), data));
    }
    let mut add = |path: &str, value: String| all.push((format!("{OWN}{path}"), value));
    for (path, value) in [
        ("ami-id", instance.image.to_string()),
        ("ami-launch-index", "0".to_owned()),
        ("ami-manifest-path", "(unknown)".to_owned()),
        ("instance-action", "none".to_owned()),
        ("instance-id", instance.id.to_string()),
        ("instance-life-cycle", if instance.spot.is_some() { "spot" } else { "on-demand" }.to_owned()),
        ("instance-type", instance.instance_type.name().to_owned()),
        ("placement/availability-zone", instance.zone.to_string()),
        ("placement/region", guest.network().region().to_owned()),
        ("profile", "default-hvm".to_owned()),
        ("reservation-id", instance.reservation.to_string()),
        ("services/domain", "amazonaws.com".to_owned()),
        ("services/partition", "aws".to_owned()),
    ] {
        add(path, value);
    }
    if let Some(name) = &instance.key_name {
        add(&format!("public-keys/0={name}"), String::new());
    }
    if let Some(spot) = instance.spot
        && let Some(at) = spot.notice
    {
        let time = moment(guest, at);
        add("spot/instance-action", format!("{{\"action\":\"{}\",\"time\":\"{time}\"}}", spot.interruption));
        if spot.interruption.as_str() == "terminate" {
            add("spot/termination-time", time);
        }
    }
    if instance.metadata.tells_tags {
        instance.tags.iter().for_each(|(key, value)| add(&format!("tags/instance/{key}"), value.clone()));
    }
    if let Some(primary) = instance.primary_eni().and_then(|id| guest.network().eni(id)) {
        of_primary(guest, primary, &mut add);
    }
    // A place that an ENI was forced off goes on telling of it until the instance is stopped (`E29`).
    let stuck = instance.stuck.iter().filter_map(|(place, id)| Some((*place, guest.network().eni(*id)?)));
    let attached = interfaces(guest.network(), instance)
        .filter_map(|eni| eni.attachment.as_ref().map(|attachment| ((attachment.network_card, attachment.device_index), eni)));
    for (place, eni) in attached.chain(stuck) {
        of_interface(guest, eni, place, &mut add);
    }
    all
}

/// A moment of virtual time: `2026-01-01T00:02:00Z`.
fn moment(guest: &Guest<'_>, at: eni_core::time::Instant) -> String {
    let printed = guest.scenario.epoch.print(at);
    format!("{}Z", printed.get(..19).unwrap_or(&printed))
}

/// What is told of the instance itself, by its primary interface. Here alone the guest sees its public address (`A31`).
fn of_primary(guest: &Guest<'_>, primary: &Eni, add: &mut impl FnMut(&str, String)) {
    add("mac", primary.mac.to_string());
    add("security-groups", group_names(guest, primary));
    if let Some(ip) = primary.primary_ip() {
        let name = private_name_of(guest.network().region(), ip);
        add("hostname", name.clone());
        add("local-hostname", name);
        add("local-ipv4", ip.to_string());
    }
    if let Some(ip) = primary.ipv6_addresses.first() {
        add("ipv6", ip.to_string());
    }
    if let Some(public) = primary.addresses.first().and_then(|address| address.public) {
        add("public-ipv4", public.ip.to_string());
        add("public-hostname", public_name(guest, public));
    }
}

/// The public name of an address: empty where the VPC gives none.
fn public_name(guest: &Guest<'_>, public: PublicAddress) -> String {
    if guest.vpc.has_public_names() { public_name_of(guest.network().region(), public.ip) } else { String::new() }
}

fn of_interface(guest: &Guest<'_>, eni: &Eni, (card, index): (u16, u16), add: &mut impl FnMut(&str, String)) {
    let network = guest.network();
    let mut add = |name: &str, value: String| {
        // What there is none of is not listed.
        if !value.is_empty() {
            add(&format!("{MACS}{}/{name}", eni.mac), value);
        }
    };
    add("device-number", index.to_string());
    add("interface-id", eni.id.to_string());
    add("mac", eni.mac.to_string());
    add("network-card", card.to_string());
    add("owner-id", eni.owner.to_string());
    add("security-groups", group_names(guest, eni));
    add("security-group-ids", lines(&eni.groups));
    add("subnet-id", eni.subnet.to_string());
    add("vpc-id", eni.vpc.to_string());
    if let Some(ip) = eni.primary_ip() {
        add("local-hostname", private_name_of(network.region(), ip));
    }
    add("local-ipv4s", lines(eni.addresses.iter().map(|address| address.ip)));
    add("ipv4-prefix", lines(&eni.ipv4_prefixes));
    add("ipv6s", lines(&eni.ipv6_addresses));
    add("ipv6-prefix", lines(&eni.ipv6_prefixes));
    let mapped: Vec<_> = eni.mapped().collect();
    add("public-ipv4s", lines(mapped.iter().map(|(_, public)| public.ip)));
    if let Some((_, public)) = mapped.first() {
        add("public-hostname", public_name(guest, *public));
    }
    for (private, public) in mapped {
        add(&format!("ipv4-associations/{}", public.ip), private.to_string());
    }
    if let Some(subnet) = network.subnet(eni.subnet) {
        add("subnet-ipv4-cidr-block", subnet.cidr.to_string());
        add("subnet-ipv6-cidr-blocks", lines(subnet.ipv6_cidr.iter().map(|block| block.cidr)));
    }
    if let Some(vpc) = network.vpc(eni.vpc) {
        add("vpc-ipv4-cidr-block", vpc.cidrs.first().map(|block| block.cidr.to_string()).unwrap_or_default());
        add("vpc-ipv4-cidr-blocks", lines(vpc.cidrs.iter().map(|block| block.cidr)));
        add("vpc-ipv6-cidr-blocks", lines(vpc.ipv6_cidrs.iter().map(|block| block.cidr)));
    }
}

fn group_names(guest: &Guest<'_>, eni: &Eni) -> String {
    lines(eni.groups.iter().filter_map(|id| guest.network().group(*id)).map(|group| &group.name))
}

fn lines<T: Display>(all: impl IntoIterator<Item = T>) -> String {
    let texts: Vec<String> = all.into_iter().map(|one| one.to_string()).collect();
    texts.join("\n")
}

/// The document that says which instance this is.
fn document(guest: &Guest<'_>) -> String {
    let instance = guest.instance;
    let primary = instance.primary_eni().and_then(|id| guest.network().eni(id));
    let text = |value: String| format!("\"{value}\"");
    let nothing = || "null".to_owned();
    let members = [
        ("accountId", text(guest.network().account().to_string())),
        ("architecture", text(if instance.instance_type.is_arm() { "arm64" } else { "x86_64" }.to_owned())),
        ("availabilityZone", text(instance.zone.to_string())),
        ("billingProducts", nothing()),
        ("devpayProductCodes", nothing()),
        ("marketplaceProductCodes", nothing()),
        ("imageId", text(instance.image.to_string())),
        ("instanceId", text(instance.id.to_string())),
        ("instanceType", text(instance.instance_type.name().to_owned())),
        ("kernelId", nothing()),
        ("pendingTime", text(moment(guest, instance.launched_at))),
        ("privateIp", primary.and_then(Eni::primary_ip).map_or_else(nothing, |ip| text(ip.to_string()))),
        ("ramdiskId", nothing()),
        ("region", text(guest.network().region().to_owned())),
        ("version", text("2017-09-30".to_owned())),
    ];
    let members = members.map(|(name, value)| format!("  \"{name}\" : {value}"));
    format!("{{\n{}\n}}", members.join(",\n"))
}
