//! Makes the report of an import.

use crate::scenario::{Report, Scenario, Why};
use crate::view::report::{ReportView, SectionView};
use crate::view::words::{InputKey, Key, Language};

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
    let network = &scenario.network;
    let mut lines = Vec::new();
    let mut add = |count: usize, one: &dyn Fn() -> String, many: &dyn Fn(&str) -> String| match count {
        0 => {}
        1 => lines.push(one()),
        count => lines.push(many(&count.to_string())),
    };
    let say = |key: InputKey<'_>| language.say(key);
    let silent = |what: String| language.say(InputKey::PassesNothing { what: &what });
    add(network.vpcs().len(), &|| language.say(Key::VpcOne), &|count| language.say(Key::VpcMany { count }));
    add(network.subnets().len(), &|| language.say(Key::SubnetOne), &|count| language.say(Key::SubnetMany { count }));
    add(network.instances().len(), &|| language.say(Key::InstanceOne), &|count| language.say(Key::InstanceMany { count }));
    add(network.enis().len(), &|| language.say(Key::EniOne), &|count| language.say(Key::EniMany { count }));
    add(network.elastic_ips().len(), &|| say(InputKey::ElasticIpOne), &|count| say(InputKey::ElasticIpMany { count }));
    add(network.groups().len(), &|| say(InputKey::GroupOne), &|count| say(InputKey::GroupMany { count }));
    add(network.acls().len(), &|| say(InputKey::AclOne), &|count| say(InputKey::AclMany { count }));
    add(network.route_tables().len(), &|| say(InputKey::RouteTableOne), &|count| say(InputKey::RouteTableMany { count }));
    let gateways = network.internet_gateways().len();
    add(gateways, &|| say(InputKey::InternetGatewayOne), &|count| say(InputKey::InternetGatewayMany { count }));
    let nats = network.nat_gateways().len();
    add(nats, &|| say(InputKey::NatGatewayOne), &|count| say(InputKey::NatGatewayMany { count }));
    let vpns = network.vpn_gateways().len();
    add(vpns, &|| silent(say(InputKey::VpnGatewayOne)), &|count| silent(say(InputKey::VpnGatewayMany { count })));
    let endpoints = network.endpoints().len();
    add(endpoints, &|| silent(say(InputKey::EndpointOne)), &|count| silent(say(InputKey::EndpointMany { count })));
    let logs = network.flow_logs().len();
    add(logs, &|| say(InputKey::FlowLogOne), &|count| say(InputKey::FlowLogMany { count }));
    let peerings = network.peerings().len();
    add(peerings, &|| say(InputKey::PeeringOne), &|count| say(InputKey::PeeringMany { count }));
    lines
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
