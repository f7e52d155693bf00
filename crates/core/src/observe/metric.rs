//! Which metrics CloudWatch has of what is here (`W1` to `W9`), and what one minute of one says.
//!
//! A service that comes later adds its rows to [`METRICS`] and its own [`Source`].

use crate::id::{InstanceId, NatGatewayId};

/// What a metric is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// An instance.
    Instance(InstanceId),
    /// A NAT gateway.
    NatGateway(NatGatewayId),
}

/// A metric that AWS keeps by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Metric {
    /// The service that keeps it.
    pub namespace: &'static str,
    /// What its only dimension is called.
    pub dimension: &'static str,
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

/// How many of these there are.
pub(super) const NAT_COUNTS: usize = 14;
/// How many kinds of [`Traffic`] there are.
pub(super) const TRAFFIC: usize = 4;

const fn of_instance(name: &'static str, unit: &'static str, source: Source) -> Metric {
    Metric { namespace: "AWS/EC2", dimension: "InstanceId", name, unit, source }
}

const fn of_gateway(name: &'static str, unit: &'static str, count: NatCount) -> Metric {
    Metric { namespace: "AWS/NATGateway", dimension: "NatGatewayId", name, unit, source: Source::Gateway(count) }
}

/// Every metric, by namespace and name.
pub static METRICS: [Metric; 22] = [
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
];

impl Metric {
    /// The metric of a namespace and name.
    pub fn find(namespace: &str, name: &str) -> Option<&'static Metric> {
        METRICS.iter().find(|metric| metric.namespace == namespace && metric.name == name)
    }

    /// What a value of its dimension names.
    pub fn subject(&self, value: &str) -> Option<Subject> {
        match self.source {
            Source::Traffic(..) | Source::Check(_) => value.parse().ok().map(Subject::Instance),
            Source::Gateway(_) => value.parse().ok().map(Subject::NatGateway),
        }
    }
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
