//! *Why*: the checks that a packet met, in order, with the rule that decided each.

use super::board::GroupBadge;
use crate::act::Act;

/// The pane about one packet.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct WhyView {
    /// The packet's number.
    pub packet: u64,
    /// "web-2's security group refused this packet".
    pub headline: String,
    /// The explanation code, if it was refused.
    pub code: Option<String>,
    /// Whether it got where it was going.
    pub delivered: bool,
    /// When it was sent, in milliseconds.
    pub at_ms: u64,
    /// Who asked, and when: "ops-1, check 15, at 7.4 s".
    pub origin: String,
    /// "tcp 10.0.12.40:51544 → 10.0.1.12:443".
    pub flow: String,
    /// The anchor of the internet's host that sent it, `client:N`, or of the customer gateway that its sender is behind, `cgw:…`; empty if it was sent inside.
    pub from: String,
    /// The address of that host where no client stands for it: who asked once and is not on the board.
    pub asker: String,
    /// The checks, in order; those after the deciding one are `NotReached`.
    pub checks: Vec<CheckView>,
    /// Every check that refuses it as the network is now, in order.
    pub blockers: Vec<BlockerView>,
    /// What would change it, the smallest first.
    pub remedies: Vec<RemedyView>,
    /// The same for the answer, when the request got through.
    pub reply: Option<Box<WhyView>>,
}

/// One check.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct CheckView {
    /// Its number in this pane, from 1: the same as on the wire.
    pub number: u32,
    /// Which glyph: `instance`, `group`, `check`, `acl`, `route`, `gateway`, `router`, `internet`.
    pub glyph: &'static str,
    /// "Security group".
    pub title: String,
    /// "into web-2-main".
    pub detail: String,
    /// "rule 100", "all traffic", "local", "Refused", "not reached".
    pub result: String,
    /// How it ended.
    pub state: CheckState,
    /// The anchor on the board where it stands: `eni:…`, `subnet:…`, `router:vpc-…`, `igw:…`, `nat:…`, `pcx:…`, `instance:…`,
    /// `internet`; an ENI that has left the place where it was met, as `eni:eni-…@i-…/CARD/INDEX`.
    pub anchor: String,
    /// The evidence: "No rule of base fits. Nearest: rule 2, one field off."
    pub evidence: String,
    /// The groups that it names, in its order, if they refused.
    pub groups: Vec<GroupBadge>,
    /// The packet beside the nearest or matching rule.
    pub compared: Vec<ComparedField>,
    /// The rulebook's number.
    pub rule: String,
    /// B, M or ? where the rule is not certain.
    pub mark: Option<char>,
}

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum CheckState {
    /// The packet passed.
    #[default]
    Passed,
    /// The packet was stopped here.
    Refused,
    /// The packet did not come this far.
    NotReached,
}

/// A field of the packet beside the same field of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ComparedField {
    /// "Source".
    pub field: String,
    /// The packet's.
    pub packet: String,
    /// The rule's.
    pub rule: String,
    /// Whether they fit.
    pub fits: bool,
}

/// A check that refuses a packet or its answer once the changes of those before it are made.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct BlockerView {
    /// The check, numbered among those that refuse, with its evidence.
    pub check: CheckView,
    /// The explanation code.
    pub code: String,
    /// Whether it is the one that the pane is about: the check that refused this packet.
    pub decides: bool,
    /// Whether it refuses the answer.
    pub reply: bool,
    /// What gets the packet past it; without acts where they could not be done before others.
    pub change: Option<RemedyView>,
    /// Why nothing changes it, and that nothing is known of what comes after; or that others must be changed first. Mostly empty.
    pub note: String,
}

/// Something that would change the verdict.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct RemedyView {
    /// "Let group ops in on tcp 443. One source, one port."
    pub sentence: String,
    /// The same act by act where there are several, and after them what else they touch.
    pub steps: Vec<String>,
    /// "Add this rule".
    pub button: String,
    /// The acts that do it, in order.
    pub acts: Vec<Act>,
    /// The acts as command lines, one a line.
    pub echo: String,
}
