//! Which metrics CloudWatch has of what is here (`W1` to `W10`), and what one minute of one says.
//!
//! A service that comes later adds its rows to [`METRICS`] and its own [`Source`].

use crate::id::{InstanceId, LoadBalancerId, NatGatewayId, TargetGroupId};
use crate::model::network::Network;

/// What a metric is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// An instance.
    Instance(InstanceId),
    /// A NAT gateway.
    NatGateway(NatGatewayId),
    /// A load balancer.
    LoadBalancer(LoadBalancerId),
    /// A target group of a load balancer.
    TargetGroup(LoadBalancerId, TargetGroupId),
}

impl Subject {
    /// The dimensions of its metrics: their names and values.
    pub fn dimensions(self, network: &Network) -> Vec<(&'static str, String)> {
        let balancer = |id| (LOAD_BALANCER, network.load_balancer(id).map(|balancer| balancer.path()).unwrap_or_default());
        match self {
            Subject::Instance(id) => vec![(INSTANCE, id.to_string())],
            Subject::NatGateway(id) => vec![(NAT_GATEWAY, id.to_string())],
            Subject::LoadBalancer(id) => vec![balancer(id)],
            Subject::TargetGroup(of, id) => {
                let group = network.target_group(id).map(|group| format!("targetgroup/{}", group.path())).unwrap_or_default();
                vec![balancer(of), (TARGET_GROUP, group)]
            }
        }
    }
}

const INSTANCE: &str = "InstanceId";
const NAT_GATEWAY: &str = "NatGatewayId";
const LOAD_BALANCER: &str = "LoadBalancer";
const TARGET_GROUP: &str = "TargetGroup";

/// A metric that AWS keeps by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Metric {
    /// The service that keeps it.
    pub namespace: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What its values are in.
    pub unit: &'static str,
    /// Where its values come from.
    pub source: Source,
}

/// Where the values of a metric come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// What passed the ENIs of an instance (`W1`); whether only five minutes together are told (`W2`).
    Traffic(Traffic, bool),
    /// What one of AWS's checks of an instance says (`W3`).
    Check(StatusCheck),
    /// What a NAT gateway counts (`W6`).
    Gateway(NatCount),
    /// What a load balancer counts (`W10`); whether a minute without any tells nothing.
    Balancer(NlbCount, bool),
    /// How many targets of a group are well, or are not (`W10`).
    Targets(bool),
}

/// What is counted of an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "AWS's own words")]
pub enum Traffic {
    BytesIn,
    BytesOut,
    PacketsIn,
    PacketsOut,
}

/// AWS's checks of an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusCheck {
    /// Whether any of the others fails.
    Any,
    /// The system on it answers.
    Instance,
    /// What is under it works.
    System,
    /// Its disks can be reached; here they always can.
    AttachedEbs,
}

/// What is counted of a NAT gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "AWS's own words")]
pub enum NatCount {
    ActiveConnections,
    BytesInFromDestination,
    BytesInFromSource,
    BytesOutToDestination,
    BytesOutToSource,
    Attempts,
    Established,
    ErrorPortAllocation,
    IdleTimeout,
    PacketsDrop,
    PacketsInFromDestination,
    PacketsInFromSource,
    PacketsOutToDestination,
    PacketsOutToSource,
}

/// What is counted of a Network Load Balancer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "AWS's own words")]
pub enum NlbCount {
    ActiveFlows,
    ActiveFlowsTcp,
    ActiveFlowsUdp,
    NewFlows,
    NewFlowsTcp,
    NewFlowsUdp,
    Bytes,
    BytesTcp,
    BytesUdp,
    Packets,
    ClientResets,
    OwnResets,
    TargetResets,
}

/// How many of these there are: as many of a NAT gateway as there is room for of a load balancer.
pub(super) const COUNTS: usize = 14;
/// How many kinds of [`Traffic`] there are.
pub(super) const TRAFFIC: usize = 4;

const fn of_instance(name: &'static str, unit: &'static str, source: Source) -> Metric {
    Metric { namespace: "AWS/EC2", name, unit, source }
}

const fn of_gateway(name: &'static str, unit: &'static str, count: NatCount) -> Metric {
    Metric { namespace: "AWS/NATGateway", name, unit, source: Source::Gateway(count) }
}

const fn of_balancer(name: &'static str, unit: &'static str, source: Source) -> Metric {
    Metric { namespace: "AWS/NetworkELB", name, unit, source }
}

/// Every metric, by namespace and name.
pub static METRICS: [Metric; 37] = [
    of_instance("NetworkIn", "Bytes", Source::Traffic(Traffic::BytesIn, false)),
    of_instance("NetworkOut", "Bytes", Source::Traffic(Traffic::BytesOut, false)),
    of_instance("NetworkPacketsIn", "Count", Source::Traffic(Traffic::PacketsIn, true)),
    of_instance("NetworkPacketsOut", "Count", Source::Traffic(Traffic::PacketsOut, true)),
    of_instance("StatusCheckFailed", "Count", Source::Check(StatusCheck::Any)),
    of_instance("StatusCheckFailed_AttachedEBS", "Count", Source::Check(StatusCheck::AttachedEbs)),
    of_instance("StatusCheckFailed_Instance", "Count", Source::Check(StatusCheck::Instance)),
    of_instance("StatusCheckFailed_System", "Count", Source::Check(StatusCheck::System)),
    of_gateway("ActiveConnectionCount", "Count", NatCount::ActiveConnections),
    of_gateway("BytesInFromDestination", "Bytes", NatCount::BytesInFromDestination),
    of_gateway("BytesInFromSource", "Bytes", NatCount::BytesInFromSource),
    of_gateway("BytesOutToDestination", "Bytes", NatCount::BytesOutToDestination),
    of_gateway("BytesOutToSource", "Bytes", NatCount::BytesOutToSource),
    of_gateway("ConnectionAttemptCount", "Count", NatCount::Attempts),
    of_gateway("ConnectionEstablishedCount", "Count", NatCount::Established),
    of_gateway("ErrorPortAllocation", "Count", NatCount::ErrorPortAllocation),
    of_gateway("IdleTimeoutCount", "Count", NatCount::IdleTimeout),
    of_gateway("PacketsDropCount", "Count", NatCount::PacketsDrop),
    of_gateway("PacketsInFromDestination", "Count", NatCount::PacketsInFromDestination),
    of_gateway("PacketsInFromSource", "Count", NatCount::PacketsInFromSource),
    of_gateway("PacketsOutToDestination", "Count", NatCount::PacketsOutToDestination),
    of_gateway("PacketsOutToSource", "Count", NatCount::PacketsOutToSource),
    of_balancer("ActiveFlowCount", "Count", Source::Balancer(NlbCount::ActiveFlows, false)),
    of_balancer("ActiveFlowCount_TCP", "Count", Source::Balancer(NlbCount::ActiveFlowsTcp, true)),
    of_balancer("ActiveFlowCount_UDP", "Count", Source::Balancer(NlbCount::ActiveFlowsUdp, true)),
    of_balancer("HealthyHostCount", "Count", Source::Targets(true)),
    of_balancer("NewFlowCount", "Count", Source::Balancer(NlbCount::NewFlows, false)),
    of_balancer("NewFlowCount_TCP", "Count", Source::Balancer(NlbCount::NewFlowsTcp, true)),
    of_balancer("NewFlowCount_UDP", "Count", Source::Balancer(NlbCount::NewFlowsUdp, true)),
    of_balancer("ProcessedBytes", "Bytes", Source::Balancer(NlbCount::Bytes, false)),
    of_balancer("ProcessedBytes_TCP", "Bytes", Source::Balancer(NlbCount::BytesTcp, true)),
    of_balancer("ProcessedBytes_UDP", "Bytes", Source::Balancer(NlbCount::BytesUdp, true)),
    of_balancer("ProcessedPackets", "Count", Source::Balancer(NlbCount::Packets, false)),
    of_balancer("TCP_Client_Reset_Count", "Count", Source::Balancer(NlbCount::ClientResets, false)),
    of_balancer("TCP_ELB_Reset_Count", "Count", Source::Balancer(NlbCount::OwnResets, false)),
    of_balancer("TCP_Target_Reset_Count", "Count", Source::Balancer(NlbCount::TargetResets, false)),
    of_balancer("UnHealthyHostCount", "Count", Source::Targets(false)),
];

impl Metric {
    /// The metric of a namespace and name.
    pub fn find(namespace: &str, name: &str) -> Option<&'static Metric> {
        METRICS.iter().find(|metric| metric.namespace == namespace && metric.name == name)
    }

    /// Whether it can be told of that.
    pub const fn is_of(&self, subject: Subject) -> bool {
        matches!(
            (self.source, subject),
            (Source::Traffic(..) | Source::Check(_), Subject::Instance(_))
                | (Source::Gateway(_), Subject::NatGateway(_))
                | (Source::Balancer(..), Subject::LoadBalancer(_))
                | (Source::Targets(_), Subject::TargetGroup(..))
        )
    }

    /// What values of its dimensions name; nothing where they are not its own. Of load balancers only those that are there have names.
    pub fn subject(&self, network: &Network, dimensions: &[(String, String)]) -> Option<Subject> {
        let found = match dimensions {
            [(name, value)] if name == INSTANCE => Subject::Instance(value.parse().ok()?),
            [(name, value)] if name == NAT_GATEWAY => Subject::NatGateway(value.parse().ok()?),
            _ => balancer_named(network, dimensions)?,
        };
        self.is_of(found).then_some(found)
    }
}

/// The load balancer, or the target group of one, that has these dimensions.
fn balancer_named(network: &Network, dimensions: &[(String, String)]) -> Option<Subject> {
    let is_it = |subject: Subject| {
        let own = subject.dimensions(network);
        own.len() == dimensions.len() && own.iter().all(|(name, value)| dimensions.iter().any(|(n, v)| n == name && v == value))
    };
    balancers(network).find(|subject| is_it(*subject))
}

/// Load balancers, and their target groups.
pub(super) fn balancers(network: &Network) -> impl Iterator<Item = Subject> {
    let groups = |group: &crate::model::target_group::TargetGroup| {
        network.balancer_of(group.id).map(|(balancer, _)| Subject::TargetGroup(balancer.id, group.id))
    };
    let own = network.load_balancers().map(|balancer| Subject::LoadBalancer(balancer.id));
    own.chain(network.target_groups().filter_map(groups))
}

/// The values that were told for a moment: those of one minute, or of five together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The minute of virtual time that it is told for, from 0.
    pub minute: u64,
    /// How many values it has.
    pub count: u64,
    /// All of them together.
    pub sum: u64,
    /// The least of them.
    pub least: u64,
    /// The greatest of them.
    pub most: u64,
}

impl Sample {
    pub(super) const fn of(minute: u64, value: u64) -> Sample {
        Sample { minute, count: 1, sum: value, least: value, most: value }
    }

    /// The values of both, told for the moment of the first.
    #[must_use]
    pub fn with(self, other: Sample) -> Sample {
        Sample {
            minute: self.minute,
            count: self.count + other.count,
            sum: self.sum.saturating_add(other.sum),
            least: self.least.min(other.least),
            most: self.most.max(other.most),
        }
    }
}
