//! The table of actions, by family.

mod address;
mod addressing;
mod alarm;
mod block;
mod dhcp_options;
mod efs;
mod endpoint;
mod flow_log;
mod gateway;
mod group;
mod group_rules;
mod hosted_zone;
mod instance;
mod interface;
mod key_pair;
mod lambda;
mod launch;
mod load_balancer;
mod log;
mod metric;
mod nat_gateway;
mod network_acl;
mod peering;
mod prefix_list;
mod quota;
mod read;
mod reservation;
mod route;
mod sts;
mod tag;
mod transit;
mod vpc;
mod vpn;

pub(super) use dhcp_options::NO_SET;
pub(crate) use key_pair::from_base64 as text_of_base64;
pub(crate) use lambda::payload;

use super::describe::Describe;
use super::error::ApiError;
use super::input::Parameters;
use super::kind::Kind;
use super::member::Member;
use super::metrics::MetricQuery;
use super::records::Records;
use eni_core::control::command::Command;

/// An action of a service.
#[derive(Clone, Copy)]
pub struct Action {
    /// AWS's name: `AttachNetworkInterface`.
    pub name: &'static str,
    /// One line of help.
    pub help: &'static str,
    /// Its parameters.
    pub members: &'static [Member],
    /// Makes the typed request from checked parameters.
    pub(super) build: fn(&Parameters<'_>) -> Result<Request, ApiError>,
}

impl std::fmt::Debug for Action {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// What an action asks.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// To change the network.
    Command(Command),
    /// To see it.
    Describe(Describe),
    /// To read what flow logs have written.
    Records(Box<Records>),
    /// To read what is counted.
    Metrics(Box<MetricQuery>),
}

/// A service of AWS with its part of the table. Names of actions are unique over all services.
#[derive(Clone, Copy, Debug)]
pub struct ServiceTable {
    /// What stands behind `aws` on a command line, and in `Service`.
    pub name: &'static str,
    /// One line of help.
    pub help: &'static str,
    families: &'static [&'static [Action]],
    /// Commands that are none of its calls, made of them by the command line alone.
    custom: &'static [Action],
}

impl ServiceTable {
    /// Its actions, by family.
    pub fn actions(&self) -> impl Iterator<Item = &'static Action> + use<> {
        self.families.iter().flat_map(|family| family.iter())
    }

    /// What a command line calls it by: its actions, and what is made of them there.
    pub fn commands(&self) -> impl Iterator<Item = &'static Action> + use<> {
        self.actions().chain(self.custom)
    }
}

/// The services that the table knows; the first is the one that is meant where none is named.
pub const SERVICES: &[ServiceTable] = &[
    EC2,
    ServiceTable { name: "elbv2", help: "Network Load Balancers and their targets", families: &[load_balancer::ACTIONS], custom: &[] },
    ServiceTable {
        name: "efs",
        help: "file systems, and the mount targets through which subnets reach them",
        families: &[efs::ACTIONS],
        custom: &[],
    },
    ServiceTable { name: "lambda", help: "functions, and what they reach from a VPC", families: &[lambda::ACTIONS], custom: &[] },
    ServiceTable {
        name: "cloudwatch",
        help: "what is counted of instances and NAT gateways, and alarms on it",
        families: &[metric::ACTIONS, alarm::ACTIONS],
        custom: &[],
    },
    ServiceTable { name: "logs", help: "what flow logs have written", families: &[log::ACTIONS], custom: &[log::TAIL] },
    ServiceTable { name: "route53", help: "private hosted zones: names that VPCs resolve", families: &[hosted_zone::ACTIONS], custom: &[] },
    ServiceTable { name: "service-quotas", help: "what AWS limits, and how it is raised", families: &[quota::ACTIONS], custom: &[] },
    ServiceTable { name: "sts", help: "who asks", families: &[sts::ACTIONS], custom: &[] },
];

const EC2: ServiceTable = ServiceTable {
    name: "ec2",
    help: "networks and the instances in them",
    families: &[
        vpc::ACTIONS,
        block::ACTIONS,
        dhcp_options::ACTIONS,
        reservation::ACTIONS,
        interface::ACTIONS,
        addressing::ACTIONS,
        address::ACTIONS,
        instance::ACTIONS,
        key_pair::ACTIONS,
        group::ACTIONS,
        group_rules::ACTIONS,
        prefix_list::ACTIONS,
        network_acl::ACTIONS,
        route::ACTIONS,
        gateway::ACTIONS,
        nat_gateway::ACTIONS,
        vpn::ACTIONS,
        transit::ACTIONS,
        endpoint::ACTIONS,
        peering::ACTIONS,
        flow_log::ACTIONS,
        tag::ACTIONS,
        read::ACTIONS,
    ],
    custom: &[],
};

/// Every action of EC2, by family.
pub fn actions() -> impl Iterator<Item = &'static Action> {
    EC2.actions()
}

/// Every action of every service.
pub fn all_actions() -> impl Iterator<Item = &'static Action> {
    SERVICES.iter().flat_map(ServiceTable::actions)
}

/// The service of this name.
pub fn service_named(name: &str) -> Option<&'static ServiceTable> {
    SERVICES.iter().find(|service| service.name == name)
}

/// The service that has an action of this name.
pub fn service_of(action: &str) -> Option<&'static ServiceTable> {
    SERVICES.iter().find(|service| service.actions().any(|known| known.name == action))
}

/// The action of this service and name.
pub fn action(service: &str, name: &str) -> Option<&'static Action> {
    service_named(service)?.actions().find(|action| action.name == name)
}

/// A request that shows things by what names them, which no filters choose and no pages divide.
fn shown(kind: Kind, ids: Vec<String>) -> Result<Request, ApiError> {
    Ok(Request::Describe(Describe { kind, ids, filters: Vec::new(), most: None, after: None, attribute: None }))
}

/// A request that changes the network.
fn command(command: Command) -> Result<Request, ApiError> {
    Ok(Request::Command(command))
}
