//! A network as a script: commands of the AWS command line that rebuild it, on an account or in the playground.
//!
//! The steps are made in the order in which things need each other. Before a script is handed out it is tried on an empty region, and what
//! does not come out as it was stands at its head: that list cannot forget anything.

mod alarms;
mod compare;
mod dhcp_options;
mod endpoints;
mod filters;
mod flow_logs;
mod functions;
mod gateways;
mod hosted_zones;
mod ipv6;
mod load_balancers;
mod machines;
mod peers;
mod places;
mod plan;
mod prefix_lists;
mod routes;
mod said;
mod text;
mod transit;
mod trial;
mod vpn;

use crate::aws::Kind;
use crate::scenario::Scenario;
use eni_core::control::account::fresh_account;
use eni_core::control::transition::finish;
use eni_core::id::{ImageId, ResourceId};
use eni_core::model::network::Network;
use eni_core::table::{Set, Table};
use plan::Plan;

/// A script, and what stands at its head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// The whole text.
    pub text: String,
    /// What does not come out as it was, one sentence each.
    pub left_out: Vec<String>,
    /// The variable that stands for each id of the network.
    pub variables: Table<String, String>,
}

/// The script that rebuilds a network. What is under way counts as done.
pub fn script(scenario: &Scenario) -> Script {
    let mut network = scenario.network.clone();
    finish(&mut network);
    let mut plan = Plan::new(&network);
    write(&mut plan);
    let (rebuilt, ids) = trial::run(&mut plan, scenario.epoch);
    let mut left_out: Vec<String> = plan.notes.iter().map(|note| note.text.clone()).collect();
    // What explains several members is said once.
    left_out.dedup();
    let launches: Set<_> = network.instances().map(|instance| instance.reservation).collect();
    if launches.len() < network.instances().len() {
        left_out.push(said::LAUNCHES.to_owned());
    }
    let is_of_aws = |tag: &serde_json::Value| tag.get("Key").and_then(serde_json::Value::as_str).is_some_and(plan::is_of_aws);
    if crate::aws::shape::write(&network, scenario.epoch, Kind::Tags).iter().any(is_of_aws) {
        left_out.push(said::TAGS_OF_AWS.to_owned());
    }
    let known = |what: &str, member: &str| plan.notes.iter().any(|note| note.id == what && note.member == member);
    for mut difference in compare::differences(&network, &rebuilt, scenario.epoch, &ids) {
        let is_whole = difference.members.is_empty();
        difference.members.retain(|member| !known(&difference.what, member));
        // Which address the ENI of a transit gateway has, nobody can ask for.
        let eni = difference.what.parse().ok().and_then(|id| network.eni(id));
        if difference.members == ["PrivateIpAddresses"] && eni.is_some_and(|eni| network.transit_attachment_with(eni).is_some()) {
            left_out.push(said::free_address(&difference.what));
        } else if !difference.members.is_empty() || is_whole && !known(&difference.what, "") {
            left_out.push(said::different(&difference.what, &difference.members));
        }
    }
    let images = images(&network);
    let mut text = said::head(&scenario.title, network.region());
    if network.default_vpc().is_some() {
        text.push_str(said::DEFAULT_VPC);
    }
    if !left_out.is_empty() {
        text.push_str(&format!("#\n{}", said::LEFT_OUT));
        left_out.iter().for_each(|what| text.push_str(&format!("# - {what}\n")));
    }
    text.push_str(&format!("set -euo pipefail\nexport AWS_DEFAULT_REGION={} AWS_PAGER=\n", network.region()));
    if !images.is_empty() {
        text.push_str(&format!("\n{}", said::IMAGES));
    }
    for (id, name) in images.iter() {
        let about = said::image(id.parse().ok().and_then(|image: ImageId| image.counter_number()));
        text.push_str(&format!("{name}={id}{}{about}\n", if about.is_empty() { "" } else { "  # " }));
    }
    text.push_str(&text::commands(&plan, &images));
    Script { text, left_out, variables: plan.variables }
}

/// All steps.
fn write(plan: &mut Plan<'_>) {
    let mut fresh = plan.network.emptied();
    fresh_account(fresh.region(), fresh.account()).iter().for_each(|event| fresh.apply(event));
    places::quotas(plan);
    places::vpcs(plan, &fresh);
    dhcp_options::dhcp_options(plan);
    places::internet_gateways(plan);
    gateways::egress_only(plan);
    vpn::all(plan);
    peers::peerings(plan);
    prefix_lists::prefix_lists(plan);
    filters::groups(plan);
    filters::acls(plan);
    machines::elastic_ips(plan);
    load_balancers::inner(plan);
    gateways::nat_gateways(plan);
    endpoints::interfaces(plan);
    functions::file_systems(plan);
    machines::key_pairs(plan);
    machines::interfaces(plan);
    machines::instances(plan);
    machines::associations(plan);
    load_balancers::outward(plan);
    load_balancers::targets(plan);
    transit::all(plan);
    routes::tables(plan);
    routes::routes(plan);
    places::reservations(plan);
    hosted_zones::hosted_zones(plan);
    functions::functions(plan);
    places::late(plan);
    peers::options(plan);
    machines::states(plan);
    flow_logs::flow_logs(plan);
    alarms::alarms(plan);
}

/// A variable for each image.
fn images(network: &Network) -> Table<String, String> {
    let mut images: Table<String, String> = Table::new();
    for instance in network.instances() {
        images.insert(instance.image.to_string(), String::new());
    }
    for (number, name) in images.values_mut().enumerate() {
        *name = format!("IMAGE_{}", number + 1);
    }
    images
}
