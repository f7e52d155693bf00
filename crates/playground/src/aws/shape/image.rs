//! Images (`L21`): those that differ here, as DescribeImages shows them, and the public parameters that lead to them.

use crate::aws::member::{Member, Wire, derived};
use crate::aws::text::{Json, Object};
use eni_core::control::image::{PLAIN, POLICY_ROUTING, ROUTER};
use eni_core::id::{ImageId, ResourceId};

/// The account that Amazon's own images belong to.
pub(in crate::aws) const AMAZON: &str = "137112412989";
/// That of Ubuntu's.
const CANONICAL: &str = "099720109477";
/// The number of Amazon Linux 2023 for ARM, which behaves as the other one.
const ARM: u64 = 4;
/// The same of Amazon Linux 2.
const AMAZON_LINUX_2: u64 = 5;

/// The filters of DescribeImages; nobody has tagged an image.
pub const FILTERS: &str = "tag architecture creation-date description ena-support hypervisor image-id image-type is-public=Public \
    manifest-location=ImageLocation name owner-alias=ImageOwnerAlias owner-id root-device-name root-device-type state \
    virtualization-type !block-device-mapping.volume-type !kernel-id !platform !product-code !ramdisk-id \
    !block-device-mapping.delete-on-termination !block-device-mapping.device-name !block-device-mapping.snapshot-id \
    !block-device-mapping.volume-size !block-device-mapping.encrypted !free-tier-eligible !image-allowed !product-code.type \
    !source-image-id !source-image-region !source-instance-id !state-reason-code !state-reason-message !sriov-net-support";

/// An image.
pub const IMAGE: &[Member] = &[
    derived("PlatformDetails", Wire::Text),
    derived("UsageOperation", Wire::Text),
    derived("Description", Wire::Text),
    derived("EnaSupport", Wire::Boolean),
    derived("Hypervisor", Wire::Text),
    derived("ImageOwnerAlias", Wire::Text),
    derived("Name", Wire::Text),
    derived("RootDeviceName", Wire::Text),
    derived("RootDeviceType", Wire::Text),
    derived("VirtualizationType", Wire::Text),
    derived("ImageId", Wire::Text),
    derived("ImageLocation", Wire::Text),
    derived("State", Wire::Text),
    derived("OwnerId", Wire::Text),
    derived("CreationDate", Wire::Text),
    derived("Public", Wire::Boolean),
    derived("Architecture", Wire::Text),
    derived("ImageType", Wire::Text),
];

/// An image: its number, its owner, its name, and what it is here.
type Row = (u64, &'static str, &'static str, &'static str);

#[rustfmt::skip]
const IMAGES: [Row; 5] = [
    (POLICY_ROUTING, AMAZON, "al2023-ami-2023.9.20260101.0-kernel-6.1-x86_64",
        "As Amazon Linux 2023: routes by source address and configures its secondary addresses"),
    (PLAIN, CANONICAL, "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260101",
        "As a plain distribution: routes by destination alone, secondary addresses are configured by hand"),
    (ROUTER, AMAZON, "amzn-ami-vpc-nat-2018.03.0.20260101.0-x86_64-ebs",
        "As a NAT instance: forwards packets and puts its own address on them"),
    (ARM, AMAZON, "al2023-ami-2023.9.20260101.0-kernel-6.1-arm64", "The same as al2023-ami for x86_64"),
    (AMAZON_LINUX_2, AMAZON, "amzn2-ami-hvm-2.0.20260101.0-x86_64-gp2", "The same as al2023-ami for x86_64"),
];

/// Every image that is shown, by its id.
pub(super) fn images() -> Vec<Json> {
    IMAGES.iter().map(image).collect()
}

/// The image with this id.
pub(super) fn image_of_id(id: &str) -> Option<Json> {
    IMAGES.iter().find(|row| ImageId::from_number(row.0).to_string() == id).map(image)
}

/// Where an image has its root, if it is one of these.
pub(in crate::aws) fn root_device(id: &str) -> Option<&'static str> {
    IMAGES.iter().find(|row| ImageId::from_number(row.0).to_string() == id).map(|row| root(row.1))
}

fn root(owner: &str) -> &'static str {
    if owner == AMAZON { "/dev/xvda" } else { "/dev/sda1" }
}

fn image((number, owner, name, description): &Row) -> Json {
    let is_amazons = *owner == AMAZON;
    let location = if is_amazons { format!("amazon/{name}") } else { format!("{owner}/{name}") };
    Object::new()
        .with("PlatformDetails", "Linux/UNIX")
        .with("UsageOperation", "RunInstances")
        .with("Description", *description)
        .with("EnaSupport", true)
        .with("Hypervisor", "xen")
        .maybe("ImageOwnerAlias", is_amazons.then_some("amazon"))
        .with("Name", *name)
        .with("RootDeviceName", root(owner))
        .with("RootDeviceType", "ebs")
        .with("VirtualizationType", "hvm")
        .text("ImageId", ImageId::from_number(*number))
        .with("ImageLocation", location)
        .with("State", "available")
        .with("OwnerId", *owner)
        .with("CreationDate", "2026-01-01T00:00:00.000Z")
        .with("Public", true)
        .with("Architecture", if *number == ARM { "arm64" } else { "x86_64" })
        .with("ImageType", "machine")
        .into()
}

/// The image that a public parameter of Systems Manager leads to, as `resolve:ssm:` names it.
pub(in crate::aws) fn image_of_parameter(path: &str) -> Option<ImageId> {
    let number = match path.strip_prefix("/aws/service/")?.split_once('/')? {
        ("ami-amazon-linux-latest", name) if name.starts_with("amzn2-") => AMAZON_LINUX_2,
        ("ami-amazon-linux-latest", name) if name.ends_with("arm64") => ARM,
        ("ami-amazon-linux-latest", _) => POLICY_ROUTING,
        ("canonical" | "debian", _) => PLAIN,
        _ => return None,
    };
    Some(ImageId::from_number(number))
}
