//! Every refusal of the control plane, produced once: what is there, the act, and the whole answer.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

pub mod alarms;
pub mod balancers;
pub mod dhcp_options;
pub mod edges;
pub mod endpoints;
pub mod enis;
pub mod flow_logs;
pub mod functions;
pub mod groups;
pub mod hosted_zones;
pub mod instances;
pub mod ipv6;
pub mod key_pairs;
pub mod lookups;
pub mod nat_gateways;
pub mod networks;
pub mod peering;
pub mod quotas;
pub mod reservations;
pub mod routes;
pub mod transit;
pub mod vpn;

pub use crate::support::scene::*;
pub use crate::support::{World, id, kind, net};
pub use eni_core::addr::Traffic;
pub use eni_core::control::command::{Command, CreateSubnet, Permission};
pub use eni_core::control::decide::Decision;
pub use eni_core::control::error::Refusal;
pub use eni_core::control::reply::Reply;
pub use eni_core::id::*;
pub use eni_core::model::Tags;
pub use eni_core::model::elastic_ip::ElasticIp;
pub use eni_core::model::event::Event;
pub use eni_core::model::security_group::Peer;

/// Every table.
pub const TABLES: &[&[Case]] = &[
    lookups::SHAPES,
    lookups::IDS,
    lookups::OWNERS,
    networks::VPCS,
    networks::GATEWAYS,
    groups::GROUPS,
    groups::PREFIX_LISTS,
    networks::ACLS,
    enis::ADDRESSES,
    ipv6::IPV6,
    enis::ENIS,
    enis::ELASTIC_IPS,
    instances::INSTANCES,
    instances::LAUNCHES,
    quotas::QUOTAS,
    reservations::RESERVATIONS,
    dhcp_options::DHCP_OPTIONS,
    alarms::ALARMS,
    hosted_zones::HOSTED_ZONES,
    routes::ROUTES,
    peering::PEERINGS,
    transit::TRANSIT,
    nat_gateways::NAT_GATEWAYS,
    edges::EDGES,
    vpn::VPN,
    balancers::BALANCERS,
    endpoints::ENDPOINTS,
    flow_logs::FLOW_LOGS,
    functions::FUNCTIONS,
    functions::FILE_SYSTEMS,
    key_pairs::KEY_PAIRS,
];

/// A refusal: its variant, its code and message with ids without their zeros, and how to come by it.
pub struct Case {
    pub name: &'static str,
    pub text: &'static str,
    pub act: fn(&mut Scene) -> Command,
}

/// How a decision refuses: as a whole, or the one of several things that it was asked for.
pub fn refusal_of(decision: Result<Decision, Refusal>) -> Result<Refusal, Reply> {
    match decision {
        Err(refusal) => Ok(refusal),
        Ok(Decision { reply: Reply::FlowLogs(_, mut list), .. }) if !list.is_empty() => Ok(list.remove(0).1),
        Ok(decision) => Err(decision.reply),
    }
}

/// Shorthand for a row.
pub const fn case(name: &'static str, text: &'static str, act: fn(&mut Scene) -> Command) -> Case {
    Case { name, text, act }
}
