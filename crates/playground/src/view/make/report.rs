//! Makes the report of an import.

use crate::scenario::{Report, Scenario, Why};
use crate::view::report::{ReportView, SectionView};
use crate::view::words::{InputKey, Key, Language};
use eni_core::model::endpoint::{Endpoint, EndpointKind};
use eni_core::model::network::Network;

/// The report of an import, in a language.
pub fn report(scenario: &Scenario, report: &Report, language: Language) -> ReportView {
    let kept = kept(scenario, language);
    let left_out = |wanted: &dyn Fn(Why) -> bool| {
        report.left_out.iter().filter(|left| wanted(left.why)).map(|left| left.say(language)).collect::<Vec<_>>()
    };
    let parts = [
        ("kept", InputKey::Kept, InputKey::KeptNote, kept.clone()),
        ("warnings", InputKey::Warnings, InputKey::WarningsNote, report.warnings.iter().map(|warning| warning.say(language)).collect()),
        ("not-modelled", InputKey::NotModelled, InputKey::NotModelledNote, left_out(&|why| why == Why::NotModelled)),
        ("not-known", InputKey::NotKnown, InputKey::NotKnownNote, left_out(&|why| matches!(why, Why::NotKnown | Why::TagOfOthers))),
        ("otherwise", InputKey::Otherwise, InputKey::OtherwiseNote, left_out(&|why| why == Why::Otherwise)),
        ("secrets", InputKey::Secrets, InputKey::SecretsNote, left_out(&Why::is_secret)),
        ("not-read", InputKey::NotRead, InputKey::NotReadNote, report.not_read.iter().map(|skipped| skipped.say(language)).collect()),
    ];
    let sections: Vec<SectionView> = parts
        .into_iter()
        .filter(|(.., lines)| !lines.is_empty())
        .map(|(part, heading, note, lines)| SectionView { part, heading: language.say(heading), note: language.say(note), lines })
        .collect();
    let summary = summary(scenario, language);
    let title = title(scenario, language);
    let plain = plain(&title, &summary, &sections, language);
    ReportView { title, summary, sections, plain }
}

/// What a world is called: its own name, or that it was imported.
pub fn title(scenario: &Scenario, language: Language) -> String {
    if scenario.title.is_empty() { language.say(InputKey::Untitled) } else { scenario.title.clone() }
}

/// What is in a world, in one line: "us-west-2: 4 VPCs, 10 subnets, …".
pub fn summary(scenario: &Scenario, language: Language) -> String {
    language.say(InputKey::Summary { region: scenario.network.region(), kept: &kept(scenario, language).join(", ") })
}

/// What is there, by kind; kinds of which there is nothing are left out.
fn kept(scenario: &Scenario, language: Language) -> Vec<String> {
    let mut lines = Vec::new();
    let mut add = |count: usize, one: &dyn Fn() -> String, many: &dyn Fn(&str) -> String| match count {
        0 => {}
        1 => lines.push(one()),
        count => lines.push(many(&count.to_string())),
    };
    networks(&scenario.network, language, &mut add);
    rules(&scenario.network, language, &mut add);
    ways(&scenario.network, language, &mut add);
    lines
}

/// Takes note of so many things of a kind, with the sentence for one and that for several.
type Add<'a> = dyn FnMut(usize, &dyn Fn() -> String, &dyn Fn(&str) -> String) + 'a;

/// VPCs and what is in them.
fn networks(network: &Network, language: Language, add: &mut Add<'_>) {
    let say = |key: InputKey<'_>| language.say(key);
    add(network.vpcs().len(), &|| language.say(Key::VpcOne), &|count| language.say(Key::VpcMany { count }));
    // The set that every region begins with goes without saying.
    let sets = if network.dhcp_option_sets().eq(network.emptied().dhcp_option_sets()) { 0 } else { network.dhcp_option_sets().len() };
    add(sets, &|| say(InputKey::DhcpOptionsOne), &|count| say(InputKey::DhcpOptionsMany { count }));
    add(network.subnets().len(), &|| language.say(Key::SubnetOne), &|count| language.say(Key::SubnetMany { count }));
    let reservations = network.reservations().count();
    add(reservations, &|| say(InputKey::ReservationOne), &|count| say(InputKey::ReservationMany { count }));
    add(network.instances().len(), &|| language.say(Key::InstanceOne), &|count| language.say(Key::InstanceMany { count }));
    add(network.log_groups().len(), &|| say(InputKey::LogGroupOne), &|count| say(InputKey::LogGroupMany { count }));
    add(network.alarms().len(), &|| say(InputKey::AlarmOne), &|count| say(InputKey::AlarmMany { count }));
    add(network.key_pairs().len(), &|| say(InputKey::KeyPairOne), &|count| say(InputKey::KeyPairMany { count }));
    add(network.enis().len(), &|| language.say(Key::EniOne), &|count| language.say(Key::EniMany { count }));
    add(network.elastic_ips().len(), &|| say(InputKey::ElasticIpOne), &|count| say(InputKey::ElasticIpMany { count }));
    add(network.flow_logs().len(), &|| say(InputKey::FlowLogOne), &|count| say(InputKey::FlowLogMany { count }));
    add(network.hosted_zones().len(), &|| say(InputKey::HostedZoneOne), &|count| say(InputKey::HostedZoneMany { count }));
}

/// What says who may send to whom, and where packets go.
fn rules(network: &Network, language: Language, add: &mut Add<'_>) {
    let say = |key: InputKey<'_>| language.say(key);
    add(network.groups().len(), &|| say(InputKey::GroupOne), &|count| say(InputKey::GroupMany { count }));
    // Those of AWS are in every region.
    let own = network.prefix_lists().filter(|list| !list.by_aws).count();
    add(own, &|| say(InputKey::PrefixListOne), &|count| say(InputKey::PrefixListMany { count }));
    add(network.acls().len(), &|| say(InputKey::AclOne), &|count| say(InputKey::AclMany { count }));
    add(network.route_tables().len(), &|| say(InputKey::RouteTableOne), &|count| say(InputKey::RouteTableMany { count }));
}

/// Gateways and what else leads out of a VPC.
fn ways(network: &Network, language: Language, add: &mut Add<'_>) {
    let say = |key: InputKey<'_>| language.say(key);
    let gateways = network.internet_gateways().len();
    add(gateways, &|| say(InputKey::InternetGatewayOne), &|count| say(InputKey::InternetGatewayMany { count }));
    let egress_only = network.egress_only_gateways().len();
    add(egress_only, &|| say(InputKey::EgressOnlyOne), &|count| say(InputKey::EgressOnlyMany { count }));
    add(network.nat_gateways().len(), &|| say(InputKey::NatGatewayOne), &|count| say(InputKey::NatGatewayMany { count }));
    add(network.load_balancers().len(), &|| say(InputKey::BalancerOne), &|count| say(InputKey::BalancerMany { count }));
    add(network.target_groups().len(), &|| say(InputKey::TargetGroupOne), &|count| say(InputKey::TargetGroupMany { count }));
    add(network.peerings().len(), &|| say(InputKey::PeeringOne), &|count| say(InputKey::PeeringMany { count }));
    let transit = network.transit_gateways().len();
    add(transit, &|| say(InputKey::TransitGatewayOne), &|count| say(InputKey::TransitGatewayMany { count }));
    let is_gateway = |endpoint: &&Endpoint| endpoint.kind == EndpointKind::Gateway;
    let gateways = network.endpoints().filter(is_gateway).count();
    add(gateways, &|| say(InputKey::GatewayEndpointOne), &|count| say(InputKey::GatewayEndpointMany { count }));
    let interfaces = network.endpoints().len() - gateways;
    add(interfaces, &|| say(InputKey::InterfaceEndpointOne), &|count| say(InputKey::InterfaceEndpointMany { count }));
    let vpns = network.vpn_gateways().len();
    add(vpns, &|| say(InputKey::VpnGatewayOne), &|count| say(InputKey::VpnGatewayMany { count }));
    let customers = network.customer_gateways().len();
    add(customers, &|| say(InputKey::CustomerGatewayOne), &|count| say(InputKey::CustomerGatewayMany { count }));
    let connections = network.vpn_connections().len();
    add(connections, &|| say(InputKey::VpnConnectionOne), &|count| say(InputKey::VpnConnectionMany { count }));
}

fn plain(title: &str, summary: &str, sections: &[SectionView], language: Language) -> String {
    let mut text = format!("{title}\n{summary}\n");
    for section in sections {
        let count = section.lines.len().to_string();
        text.push_str(&format!("\n{}\n", language.say(InputKey::HeadingCount { heading: &section.heading, count: &count })));
        text.extend(section.lines.iter().map(|line| format!("  {line}\n")));
    }
    text
}
