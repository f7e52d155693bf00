//! The steps of a walk: one for each check that was made.

use super::pipeline::Check;
use super::reason::{Code, Evidence};
use super::verdict::{Mark, Place, Verdict};
use crate::packet::Packet;
use std::ops::Deref;
use std::rc::Rc;

/// One check that was made, and what it found. Small and copyable: words are made later, elsewhere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Where.
    pub place: Place,
    /// Which of the walk's packets the check saw: [`Walk::packet`].
    pub(super) saw: u8,
    /// Which check.
    pub check: Check,
    /// What it said.
    pub verdict: Verdict,
    /// Why.
    pub evidence: Evidence,
    /// The code, where it stopped the packet.
    pub code: Option<Code>,
    /// The number of the rule that it followed.
    pub rule: &'static str,
    /// How far that rule can be trusted; `None` for rules that a public source states.
    pub mark: Option<Mark>,
}

impl Step {
    /// Whether somebody handed the packet on here who counts that as a hop: a guest that forwards, a NAT gateway (`G16`).
    pub const fn counts_a_hop(&self) -> bool {
        matches!(
            (self.check, self.verdict),
            (Check::NatTranslate, Verdict::Translate) | (Check::GuestAddress, Verdict::Route | Verdict::Translate)
        )
    }
}

/// A step with the packet that its check saw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen<'a> {
    step: &'a Step,
    /// The packet as the check saw it.
    pub packet: &'a Packet,
}

impl<'a> Seen<'a> {
    pub(super) const fn new(step: &'a Step, packet: &'a Packet) -> Seen<'a> {
        Seen { step, packet }
    }
}

impl Deref for Seen<'_> {
    type Target = Step;
    fn deref(&self) -> &Step {
        self.step
    }
}

/// Steps in order: a walk's own, or those of a way that packets have gone before, which all walks by that way share.
#[derive(Clone, Debug, Default)]
pub struct Steps {
    /// Empty where the steps are shared.
    own: Vec<Step>,
    shared: Option<Rc<[Step]>>,
}

impl Steps {
    /// The space for steps of its own.
    pub const fn capacity(&self) -> usize {
        self.own.capacity()
    }

    pub(super) fn reserve(&mut self, more: usize) {
        self.own.reserve(more);
    }

    /// One more, of a check that is about to be made: what it says is written over this before anybody reads it.
    #[inline(always)]
    pub(super) fn begin(&mut self, place: Place, saw: u8, check: Check) -> &mut Step {
        self.own.push_mut(Step { place, saw, check, verdict: Verdict::Skip, evidence: Evidence::None, code: None, rule: "", mark: None })
    }

    pub(super) fn push(&mut self, step: Step) {
        self.own.push(step);
    }

    /// The one that was made last, to change.
    pub(super) fn last_mut(&mut self) -> Option<&mut Step> {
        self.own.last_mut()
    }

    /// All that were made so far, to change.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Step> {
        self.own.iter_mut()
    }

    /// Takes the steps of a way.
    pub(super) fn share(&mut self, steps: &Rc<[Step]>) {
        self.own.clear();
        self.shared = Some(Rc::clone(steps));
    }

    /// Forgets everything but the space.
    pub(super) fn clear(&mut self) {
        self.own.clear();
        self.shared = None;
    }
}

impl Deref for Steps {
    type Target = [Step];
    fn deref(&self) -> &[Step] {
        self.shared.as_deref().unwrap_or(&self.own)
    }
}

impl PartialEq for Steps {
    fn eq(&self, other: &Steps) -> bool {
        **self == **other
    }
}

impl<'a> IntoIterator for &'a Steps {
    type Item = &'a Step;
    type IntoIter = std::slice::Iter<'a, Step>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
