//! The AWS objects of one region, inert: no validation, no packets. `network` holds them, `apply` is the one writer.

mod address_runs;
mod addresses;
pub mod alarm;
pub mod apply;
pub mod by_hand;
mod changes;
pub mod dhcp_options;
pub mod dns_name;
pub mod elastic_ip;
pub mod elsewhere;
pub mod endpoint;
pub mod eni;
pub mod event;
pub mod fault;
pub mod file_system;
pub mod flow_log;
pub mod function;
pub mod gateway;
pub mod hosted_zone;
mod index;
pub mod instance;
pub mod instance_type;
pub mod invariants;
pub mod key_pair;
pub mod load_balancer;
pub mod log_group;
pub mod metadata;
mod names;
pub mod nat_gateway;
pub mod network;
pub mod network_acl;
pub mod peering;
pub mod prefix_list;
pub mod quota;
mod quotas;
mod reads;
pub mod reservation;
mod reserved;
pub mod route_table;
pub mod security_group;
pub mod service;
pub mod spot;
pub mod spot_request;
pub mod target_group;
pub mod transit;
pub mod vpc;
pub mod vpn;
mod vpn_reads;

use crate::table::Table;

/// The id of the user who asks, as `get-caller-identity` tells it: all of an account here is done by one.
pub const CALLER: &str = "AIDAPLAYGROUNDLEARNER";

/// Tags by key. The name that people see is the value of `Name`.
pub type Tags = Table<String, String>;

/// An Availability Zone by its name, as `us-east-1a`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Zone(Box<str>);

impl Zone {
    /// The zone of this name.
    pub fn new(name: &str) -> Zone {
        Zone(name.into())
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Zone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// An AWS account: twelve digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(pub u64);

impl AccountId {
    /// The number that AWS's own examples use.
    pub const EXAMPLE: AccountId = AccountId(123_456_789_012);
}

impl std::fmt::Display for AccountId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:012}", self.0)
    }
}
