//! What the network left behind: the records of flow logs, the packets at ENIs, the flows that their groups remember, what is counted. One tab at a
//! time, each a list of lines that is bounded.

use super::form::ChoiceView;
use crate::act::Act;

/// A tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum EvidenceTab {
    /// Records of flow logs.
    #[default]
    FlowLogs,
    /// Packets, as `tcpdump` prints them.
    Capture,
    /// The flows that the security groups of an ENI remember.
    Connections,
    /// What is counted.
    Metrics,
}

impl EvidenceTab {
    /// Every tab, in order.
    pub const ALL: [EvidenceTab; 4] = [EvidenceTab::FlowLogs, EvidenceTab::Capture, EvidenceTab::Connections, EvidenceTab::Metrics];
}

/// What somebody looks at.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct EvidenceOf {
    /// Which tab.
    pub tab: EvidenceTab,
    /// The ENI's id; empty for all of them.
    pub eni: String,
    /// Whose metrics, by the last dimension that CloudWatch has of it: the id of an instance or a NAT gateway, the path of a load balancer or of a target
    /// group; empty for the first one.
    pub subject: String,
    /// Which lines: all, or those with one mark alone.
    pub only: Option<LineMark>,
    /// The flow log's id; empty for the first one.
    pub log: String,
    /// The key of the line that is explained; empty for none.
    pub line: String,
}

/// A tab with its lines.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct EvidenceView {
    /// The ENIs to choose from; of metrics the instances, NAT gateways, load balancers and target groups.
    pub enis: Vec<ChoiceView>,
    /// The one that is looked at, as its choice says it.
    pub eni: String,
    /// The flow logs to choose from, where there are several.
    pub logs: Vec<ChoiceView>,
    /// The one that is looked at.
    pub log: String,
    /// What the lines can be told apart by: what that is called, and which mark those have. Empty where they are not filtered.
    pub marks: Vec<(String, LineMark)>,
    /// The names of what stands in the lines.
    pub head: String,
    /// The lines, the newest last.
    pub lines: Vec<LineView>,
    /// How many of them there are, and how many are kept.
    pub limit: String,
    /// What stands there instead, if there are none.
    pub empty: String,
    /// What would bring some, or more, by its name and the act that does it.
    pub offers: Vec<(String, Act)>,
    /// The line that is explained.
    pub explained: Option<ExplainedView>,
}

/// What a line says at its first glance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum LineMark {
    /// It passed: accepted, delivered, let in by a rule.
    Passed,
    /// It did not: rejected, lost.
    Lost,
    /// It lives although no rule lets it.
    Held,
    /// Nothing happened that could.
    #[default]
    Plain,
}

/// A line.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct LineView {
    /// What stays its own while others come and go.
    pub key: String,
    /// Its mark.
    pub mark: LineMark,
    /// What its mark is called where it is a button: "Why: svc's group refused this packet".
    pub name: String,
    /// The line, as machines read it.
    pub text: String,
    /// What is said of it behind it.
    pub note: String,
    /// The packet that it is; *Why* of it opens instead of an explanation.
    pub packet: Option<u64>,
}

/// What the fields of a line mean.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ExplainedView {
    /// What it is about: "tcp 198.51.100.1:49152 → 10.0.1.20:443".
    pub title: String,
    /// Its fields, in order.
    pub fields: Vec<ExplainedField>,
    /// A packet that it tells of, if one is kept still, to open *Why* with.
    pub packet: Option<u64>,
    /// What became of that packet.
    pub verdict: String,
}

/// A field with its meaning.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ExplainedField {
    /// Its name: "srcaddr".
    pub name: String,
    /// What stands in it.
    pub value: String,
    /// What that means.
    pub text: String,
}
