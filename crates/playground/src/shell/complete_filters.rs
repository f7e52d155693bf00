//! Completion of `--filters Name=…,Values=…`: the names that a describe call has, then ids where the name says of which kind.

use crate::aws::shape::{SHAPES, Shape};

/// What may stand in place of `typed`, all of it each time.
pub fn words(action: &str, typed: &str, ids: &[String]) -> Vec<String> {
    let Some(name_and_values) = typed.strip_prefix("Name=") else { return names(action) };
    let Some((name, values)) = name_and_values.split_once(",Values=") else { return names(action) };
    // Several values stand in a row.
    let kept = values.rfind(',').map_or("", |at| values.get(..=at).unwrap_or_default());
    let given: Vec<&str> = kept.split(',').collect();
    let kinds = kinds_of(name);
    let fits = |id: &&String| id.rsplit_once('-').is_some_and(|(kind, _)| kinds.contains(&kind)) && !given.contains(&id.as_str());
    ids.iter().filter(fits).map(|id| format!("Name={name},Values={kept}{id}")).collect()
}

/// Each filter's name, ready for its values.
fn names(action: &str) -> Vec<String> {
    let Some(shape) = shape_of(action) else { return Vec::new() };
    let name = |word: &str| match word.split_once('=').map_or(word, |(name, _)| name) {
        "tag" => "Name=tag:Name,Values=".to_owned(),
        name => format!("Name={name},Values="),
    };
    shape.filters.split_whitespace().filter(|word| !word.starts_with('!')).map(name).collect()
}

/// What a call describes: most are called as the list of their answer is.
fn shape_of(action: &str) -> Option<&'static Shape> {
    let list = match action.strip_prefix("Describe")? {
        "Instances" => "Reservations",
        list => list,
    };
    SHAPES.iter().find(|shape| shape.list == list)
}

/// How ids begin that a filter of this name asks for.
fn kinds_of(name: &str) -> &'static [&'static str] {
    let last = name.rsplit('.').next().unwrap_or(name);
    match last {
        "vpc-id" => &["vpc"],
        "subnet-id" => &["subnet"],
        "instance-id" => &["i"],
        "network-interface-id" => &["eni"],
        "group-id" => &["sg"],
        "route-table-id" => &["rtb"],
        "network-acl-id" => &["acl"],
        "internet-gateway-id" => &["igw"],
        "nat-gateway-id" => &["nat"],
        "allocation-id" => &["eipalloc"],
        "attachment-id" => &["eni-attach"],
        "gateway-id" => &["igw", "vgw"],
        "resource-id" => &["vpc", "subnet", "i", "eni", "sg", "rtb", "acl", "igw", "nat", "eipalloc"],
        _ => &[],
    }
}
