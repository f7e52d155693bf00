//! Every refusal is produced, with its whole text, and changes nothing.

mod refusals;
mod support;

use eni_core::control::decide::decide;
use eni_core::control::error::REFUSAL_NAMES;
use refusals::{
    Case, Scene, TABLES, alarms, dhcp_options, edges, endpoints, enis, flow_logs, functions, groups, hosted_zones, instances, ipv6,
    key_pairs, lookups, nat_gateways, networks, peering, quotas, refusal_of, reservations, routes, transit, vpn,
};
use std::collections::BTreeSet;

fn all() -> impl Iterator<Item = &'static Case> {
    TABLES.iter().copied().flatten()
}

/// A text with the zeros of ids taken out: `eni-00000000000000004` reads `eni-4`.
fn without_zeros(text: &str) -> String {
    let mut short = String::new();
    for part in text.split_inclusive('-') {
        short.push_str(if short.ends_with('-') && part.starts_with("0000000") { part.trim_start_matches('0') } else { part });
    }
    short
}

/// Each case refuses with its whole text, and nothing changes.
fn check(cases: &[Case]) {
    let mut wrong = Vec::new();
    for (at, case) in cases.iter().enumerate() {
        let mut scene = Scene::new();
        let command = (case.act)(&mut scene);
        let before = scene.network.clone();
        match refusal_of(decide(&scene.network, &command, scene.now)) {
            Err(reply) => wrong.push(format!("{at} {}: accepted: {reply:?}", case.name)),
            Ok(refusal) => {
                let text = without_zeros(&refusal.to_string());
                if (refusal.name(), text.as_str()) != (case.name, case.text) {
                    wrong.push(format!("{at} {}: {} {text:?}", case.name, refusal.name()));
                }
                assert!(refusal.rule().chars().next().is_some_and(char::is_uppercase), "{refusal:?} cites no rule");
                let _ = refusal.remedy(&scene.network);
            }
        }
        assert_eq!(scene.network, before, "{}", case.name);
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

// rules: X1 X2 X3 E9 E10 E11 E53
#[test]
fn shapes_are_looked_at_first() {
    check(lookups::SHAPES);
}

// rules: E30 A27 X3 X4
#[test]
fn ids_must_name_something() {
    check(lookups::IDS);
}

// rules: E80 E81 A28 A29
#[test]
fn what_a_service_made_is_the_services() {
    check(lookups::OWNERS);
}

// rules: E47 L15 I9 X3
#[test]
fn vpcs_and_subnets() {
    check(networks::VPCS);
}

// rules: R30 R36 X3
#[test]
fn internet_gateways() {
    check(networks::GATEWAYS);
}

// rules: S6 S8 S9 S18 S19 S20 S30 X3
#[test]
fn security_groups() {
    check(groups::GROUPS);
}

// rules: S10 S12 X3
#[test]
fn prefix_lists() {
    check(groups::PREFIX_LISTS);
}

// rules: N1 N4 N13 N14 N16
#[test]
fn network_acls() {
    check(networks::ACLS);
}

// rules: E3 E48 E49 E50 E54 E55 E56 E57 E60 E61 E63 E64 E66 X3
#[test]
fn private_addresses() {
    check(enis::ADDRESSES);
}

// rules: W20
#[test]
fn alarms_of_cloudwatch() {
    check(alarms::ALARMS);
}

// rules: L12
#[test]
fn private_hosted_zones() {
    check(hosted_zones::HOSTED_ZONES);
}

// rules: R90 R91 R95
#[test]
fn functions_of_lambda() {
    check(functions::FUNCTIONS);
}

// rules: E48 E49 E50 E86 R96 R97 R98
#[test]
fn file_systems_and_mount_targets() {
    check(functions::FILE_SYSTEMS);
}

// rules: S9 X3 X4
#[test]
fn quotas_raised() {
    check(quotas::QUOTAS);
}

// rules: E65
#[test]
fn reservations_of_subnets() {
    check(reservations::RESERVATIONS);
}

// rules: E60 E72 E74 E75 E77
#[test]
fn ipv6_addresses_of_enis() {
    check(ipv6::IPV6);
}

// rules: E6 E7 E9 E12 E15 E16 E20 E21 E23 E25 E26 E27 E28 E29 E67 E86 S9 X3
#[test]
fn interfaces_and_attachments() {
    check(enis::ENIS);
}

// rules: A13 A15 A16 A18 A19 A20 A23 A24 A28 A30 X3
#[test]
fn elastic_ips() {
    check(enis::ELASTIC_IPS);
}

// rules: L1 L6 L7 E19 E42 G10 X3
#[test]
fn instances_in_a_wrong_state() {
    check(instances::INSTANCES);
}

// rules: A2 A4 E15 E20 E22 E25 E26 E27 E28 E37 E50 X3
#[test]
fn launches() {
    check(instances::LAUNCHES);
}

// rules: R1 R2 R3 R7 R8 R9 R10 R14 R17 R18 R28 X3
#[test]
fn route_tables() {
    check(routes::ROUTES);
}

// rules: R8 R55 R56 P42 X4
#[test]
fn endpoints_of_a_vpc() {
    check(endpoints::ENDPOINTS);
}

// rules: F2 F3 F20 F21 X3 X4
#[test]
fn flow_logs_of_all_kinds() {
    check(flow_logs::FLOW_LOGS);
}

// rules: L19 X3 X4
#[test]
fn key_pairs_and_launches_that_name_them() {
    check(key_pairs::KEY_PAIRS);
}

// rules: R70 R72 R73 R74 X4
#[test]
fn load_balancers() {
    check(refusals::balancers::BALANCERS);
}

// rules: I7 X4
#[test]
fn dhcp_option_sets() {
    check(dhcp_options::DHCP_OPTIONS);
}

// rules: R57 R64 R65 R66 R67 X4
#[test]
fn transit_gateways() {
    check(transit::TRANSIT);
}

// rules: R52 X3 X4
#[test]
fn peering_connections() {
    check(peering::PEERINGS);
}

// rules: R38 R39 R43 R48 R49 E80 A28 A29 L15 X3
#[test]
fn nat_gateways_of_all_kinds() {
    check(nat_gateways::NAT_GATEWAYS);
}

// rules: R9 R27 R28 R37 L15 X3
#[test]
fn tables_of_gateways_and_egress_only_gateways() {
    check(edges::EDGES);
}

// rules: R28 R51 L15 X3 X4
#[test]
fn ends_and_connections_of_vpn() {
    check(vpn::VPN);
}

// rules: X3
#[test]
fn every_refusal_is_in_the_tables() {
    let named: BTreeSet<_> = REFUSAL_NAMES.iter().copied().collect();
    let produced: BTreeSet<_> = all().map(|case| case.name).collect();
    assert_eq!(named.difference(&produced).collect::<Vec<_>>(), Vec::<&&str>::new(), "no test produces these");
}
