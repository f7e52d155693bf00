//! How many connections an instance may track (`S45`): the groups of all its ENIs share so many places. AWS publishes no number, so it is one that
//! somebody sets.

use crate::addr::Direction;
use crate::dataplane::conntrack::{Effect, FlowKey};
use crate::dataplane::reason::{Code, Evidence};
use crate::dataplane::stage::{Context, Outcome, Question};
use crate::dataplane::verdict::{Mark, Step};
use crate::id::EniId;
use crate::model::eni::Eni;
use crate::model::instance::Instance;

/// Asked behind the groups of an ENI whose instance has a limit. What begins a tracked connection needs a place; nothing else does.
pub fn check<'s, 'a>(step: &'s mut Step, context: &mut Context<'a>, eni: &'a Eni, direction: Direction) -> Outcome<'s, 'a> {
    let Some((instance, at_most)) = context.network().connection_limit(eni) else { return Outcome::skip(step, "S45", Evidence::None) };
    let seen = |taken| Evidence::Connections { instance: instance.id, direction, at_most, taken };
    // Which connections are tracked is for rules to say: where they are taken to let pass, nobody knows.
    if context.question.assume.groups_pass || !begins(context, eni, direction) {
        return Outcome::skip(step, "S45", seen(None)).marked(Mark::Modelled);
    }
    let taken = taken(context, instance);
    if taken < at_most {
        return Outcome::allow(step, "S45", seen(Some(taken))).marked(Mark::Modelled);
    }
    // Nothing is remembered of what got no place.
    context.effects.pop();
    Outcome::deny(step, "S45", Code::ConntrackAllowanceExceeded, seen(Some(taken))).marked(Mark::Modelled)
}

/// Whether the groups that were asked last began to track the packet's flow.
fn begins(context: &Context<'_>, eni: &Eni, direction: Direction) -> bool {
    let Some(effect) = context.effects.last() else { return false };
    let is_here = matches!(effect, Effect::Open { eni: at, key, .. } if *at == eni.id && *key == FlowKey::of(context.packet(), direction));
    is_here && takes_at(&context.question, effect).is_some()
}

/// How many places are taken: by what is remembered, and by what this packet began on its way here.
fn taken(context: &Context<'_>, instance: &Instance) -> u32 {
    let (known, before) = (context.question.tracking.tracked_on(instance, context.question.now), context.effects.len().saturating_sub(1));
    let begun = context.effects.iter().take(before).filter_map(|effect| takes_at(&context.question, effect));
    let here = begun.filter(|eni| instance.enis.values().any(|own| own == eni)).count();
    known.saturating_add(u32::try_from(here).unwrap_or(u32::MAX))
}

/// The ENI at which something that is to be remembered takes a place: one that is tracked, and was not before.
fn takes_at(question: &Question<'_>, effect: &Effect) -> Option<EniId> {
    let Effect::Open { eni, ref key, tracked: true, .. } = *effect else { return None };
    let has_one = question.tracking.flow(eni, key, question.now).is_some_and(|flow| flow.tracked);
    (!has_one).then_some(eni)
}
