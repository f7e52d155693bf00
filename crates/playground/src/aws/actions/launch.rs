//! What tutorials launch instances with beside their network, and what no packet ever meets.

use super::key_pair::{from_base64, to_base64};
use crate::aws::error::ApiError;
use crate::aws::input::Parameters;
use crate::aws::member::{Member, Wire, optional, required};
use eni_core::model::metadata::MetadataChange;

/// What AWS launches when no type is given.
pub(super) const DEFAULT_TYPE: &str = "m1.small";

pub(super) const PROFILE: &[Member] = &[optional("Arn", Wire::Text, "the profile"), optional("Name", Wire::Text, "or its name")];
pub(super) const MONITORING: &[Member] = &[required("Enabled", Wire::Boolean, "whether every minute")];
pub(super) const DEVICE: &[Member] = &[
    optional("DeviceName", Wire::Text, "where"),
    optional(
        "Ebs",
        Wire::Struct(&[
            optional("VolumeSize", Wire::Integer, "how large, in GiB"),
            optional("VolumeType", Wire::Text, "of which kind"),
            optional("DeleteOnTermination", Wire::Boolean, "whether it dies with the instance"),
            optional("Encrypted", Wire::Boolean, "whether it is encrypted"),
            optional("Iops", Wire::Integer, "how many operations a second"),
            optional("Throughput", Wire::Integer, "how many MiB a second"),
            optional("SnapshotId", Wire::Text, "what it begins with"),
            optional("KmsKeyId", Wire::Text, "the key that encrypts it"),
        ]),
        "what is there",
    ),
    optional("NoDevice", Wire::Text, "that nothing is there"),
    optional("VirtualName", Wire::Text, "or which disk of the host"),
];
pub(super) const PLACEMENT: &[Member] = &[
    optional("AvailabilityZone", Wire::Text, "the zone by name: its default subnet where no subnet is named"),
    optional("AvailabilityZoneId", Wire::Text, "or the zone by id"),
    optional("Tenancy", Wire::Words(&["default", "dedicated", "host"]), "default: the playground has no hosts of one's own"),
];
pub(super) const METADATA: &[Member; 5] = &[
    optional("HttpTokens", Wire::Words(&["optional", "required"]), "whether a question needs a token"),
    optional(
        "HttpPutResponseHopLimit",
        Wire::Between(1, 64),
        "how many hops a token goes; it is kept and decides nothing, for nobody stands behind an instance here",
    ),
    optional("HttpEndpoint", Wire::Words(&["enabled", "disabled"]), "whether it answers"),
    optional("HttpProtocolIpv6", Wire::Words(&["enabled", "disabled"]), "whether it answers over IPv6"),
    optional("InstanceMetadataTags", Wire::Words(&["enabled", "disabled"]), "whether it tells the tags"),
];
pub(super) const CREDITS: &[Member] =
    &[required("CpuCredits", Wire::Words(&["standard", "unlimited"]), "for types of the t families; the others are refused")];
pub(super) const DNS_NAMES: &[Member] = &[
    optional("HostnameType", Wire::Words(&["ip-name", "resource-name"]), "ip-name; instances are called after their addresses here"),
    optional("EnableResourceNameDnsARecord", Wire::Boolean, "false; no instance is called after its id here"),
    optional("EnableResourceNameDnsAAAARecord", Wire::Boolean, "the same for IPv6"),
];

/// The ports that a first script makes a guest serve: web servers by their names, in plain text or in base64 (`G13`).
pub(super) fn served(script: &str) -> Vec<u16> {
    let unpacked = from_base64(script.trim());
    let script = unpacked.as_deref().unwrap_or(script);
    let starts = ["httpd", "apache2", "nginx"].iter().any(|server| script.contains(server));
    if starts { vec![80] } else { Vec::new() }
}

/// How many bytes user data may have (`G13`).
const MOST_USER_DATA: usize = 16_384;

/// User data as AWS keeps and shows it, in base64: AWS's command line sends it so, and what is plain here is put so.
///
/// # Errors
/// `InvalidParameterValue` where it is too long.
pub(super) fn user_data(script: &str) -> Result<Box<str>, ApiError> {
    let script = if script.trim().is_empty() { "" } else { script };
    let packed = from_base64(script.trim()).map_or_else(|| to_base64(script.as_bytes()), |_| script.trim().to_owned());
    // Four letters are three bytes.
    if packed.trim_end_matches('=').len() / 4 * 3 > MOST_USER_DATA {
        return Err(ApiError::new("InvalidParameterValue", "User data is limited to 16384 bytes"));
    }
    Ok(packed.into())
}

/// What is asked for of an instance's metadata service.
pub(super) fn metadata(p: &Parameters<'_>) -> MetadataChange {
    let is = |name: &str, yes: &str| p.text(name).map(|word| word == yes);
    MetadataChange {
        needs_token: is("HttpTokens", "required"),
        hop_limit: p.whole("HttpPutResponseHopLimit"),
        is_on: is("HttpEndpoint", "enabled"),
        over_ipv6: is("HttpProtocolIpv6", "enabled"),
        tells_tags: is("InstanceMetadataTags", "enabled"),
    }
}

/// Refuses what a request for spot instances could keep at AWS: it follows from its instance here, and has neither tags nor a price (`L23`).
///
/// # Errors
/// `UnsupportedOperation`.
pub(super) fn plain_request(p: &Parameters<'_>) -> Result<(), ApiError> {
    let options = p.object("InstanceMarketOptions").and_then(|market| market.object("SpotOptions"));
    let price = if options.is_some_and(|options| options.has("MaxPrice")) { Some("MaxPrice") } else { None };
    if let Some(price) = p.has("SpotPrice").then_some("SpotPrice").or(price) {
        return Err(ApiError::new("UnsupportedOperation", format!("The playground has no prices: leave {price} out.")));
    }
    let is_request = |tagged: Parameters<'_>| tagged.text("ResourceType") == Some(super::tag::SPOT_REQUEST);
    if p.objects("TagSpecifications").any(is_request) { Err(super::tag::of_spot_request()) } else { Ok(()) }
}

pub(super) const CPU: &[Member] = &[
    optional("CoreCount", Wire::Integer, "how many cores"),
    optional("ThreadsPerCore", Wire::Integer, "how many threads on each"),
    optional("AmdSevSnp", Wire::Words(&["enabled", "disabled"]), "whether its memory is encrypted"),
];
pub(super) const TEMPLATE: &[Member] = &[
    optional("LaunchTemplateId", Wire::Text, "by its id"),
    optional("LaunchTemplateName", Wire::Text, "or by its name"),
    optional("Version", Wire::Text, "which version"),
];

/// The families whose instances save up processor time.
const BURSTABLE: [&str; 4] = ["t2", "t3", "t3a", "t4g"];

/// Refuses what AWS has and the playground has not: hosts of one's own, and names that are made of ids. What AWS refuses of what is taken
/// and changes nothing is refused here as well.
///
/// # Errors
/// `UnsupportedOperation`, which says what is here instead; `InstanceCreditSpecification.NotSupported` for a type that saves nothing up.
pub(super) fn only_here(p: &Parameters<'_>) -> Result<(), ApiError> {
    let unsupported = |message: String| Err(ApiError::new("UnsupportedOperation", message));
    if p.has("LaunchTemplate") {
        return unsupported("The playground has no launch templates: say image, type and network with the launch itself.".to_owned());
    }
    let tenancy = p.object("Placement").and_then(|placement| placement.text("Tenancy")).unwrap_or("default");
    if tenancy != "default" {
        return unsupported(format!(
            "The playground has no hosts of one's own: an instance of tenancy {tenancy} is not here, only of default."
        ));
    }
    let names = p.object("PrivateDnsNameOptions");
    let asks = |name: &str| names.and_then(|names| names.flag(name)).unwrap_or(false);
    let by_id = names.and_then(|names| names.text("HostnameType")) == Some("resource-name");
    if by_id || asks("EnableResourceNameDnsARecord") || asks("EnableResourceNameDnsAAAARecord") {
        return unsupported(
            "The playground calls instances after their addresses alone (HostnameType ip-name, no records of ids).".to_owned(),
        );
    }
    let kind = p.text("InstanceType").unwrap_or(DEFAULT_TYPE);
    let family = kind.split_once('.').map_or(kind, |(family, _)| family);
    if p.has("CreditSpecification") && !BURSTABLE.contains(&family) {
        let kind: String = kind.chars().take(100).collect();
        let message = format!("The {kind} instance type does not support T2 Unlimited.");
        return Err(ApiError::new("InstanceCreditSpecification.NotSupported", message));
    }
    Ok(())
}
