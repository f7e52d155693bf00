//! The flows that the security groups of an ENI remember: how far each is, for how long it lives, and which rule would let it open today.

use super::{SHOWN, chosen, flow_text};
use crate::view::evidence::{EvidenceOf, EvidenceView, ExplainedField, ExplainedView, LineMark, LineView};
use crate::view::make::Maker;
use crate::words::{EvidenceKey, seconds};
use crate::world::World;
use eni_core::addr::Direction;
use eni_core::dataplane::conntrack::{Flow, FlowKey, FlowState};
use eni_core::dataplane::{Assume, Luck, Question, opens};
use eni_core::id::{EniId, GroupId};
use eni_core::model::eni::Eni;
use eni_core::model::security_group::GroupRule;
use eni_core::order::sort_by_key;
use eni_core::packet::Packet;
use eni_core::time::Instant;

/// A flow, the packet that would open one like it, and the rule that would let that packet pass now.
struct Known<'w> {
    key: &'w FlowKey,
    flow: &'w Flow,
    packet: Packet,
    rule: Option<(GroupId, &'w GroupRule)>,
}

/// The tab.
pub(super) fn tab(world: &World, maker: &Maker<'_>, of: &EvidenceOf, eni: Option<EniId>) -> EvidenceView {
    let Some(eni) = eni.or_else(|| busiest(world)).and_then(|id| maker.network.eni(id)) else {
        return EvidenceView { empty: maker.say(EvidenceKey::NoEni), ..EvidenceView::default() };
    };
    let now = world.sim.now();
    let mut alive: Vec<(&FlowKey, &Flow)> = world.sim.tracking().flows(eni.id).filter(|(_, flow)| flow.expires > now).collect();
    sort_by_key(&mut alive, |(key, flow)| (flow.since, **key));
    let shown = alive.get(alive.len().saturating_sub(SHOWN)..).unwrap_or_default();
    let known: Vec<Known<'_>> = shown.iter().map(|(key, flow)| known(world, eni, key, flow)).collect();
    let lines: Vec<LineView> = known.iter().map(|known| line(maker, known, now)).collect();
    let explained = known.iter().zip(&lines).find(|(_, line)| line.key == of.line).map(|(known, _)| explain(maker, known));
    let (count, all) = (lines.len().to_string(), alive.len().to_string());
    let all_tracked = alive.iter().all(|(_, flow)| flow.tracked);
    let of_all = if all_tracked {
        EvidenceKey::FlowsShown { shown: &count, all: &all }
    } else {
        EvidenceKey::FlowsShownBoth { shown: &count, all: &all }
    };
    let mut limit = maker.say(of_all);
    if let Some((left, (_, at_most))) = world.sim.connections_left(eni.id).zip(maker.network.connection_limit(eni)) {
        let (left, at_most) = (left.to_string(), at_most.to_string());
        limit.push_str(". ");
        limit.push_str(&maker.say(EvidenceKey::ConnectionsOfInstance { left: &left, at_most: &at_most }));
    }
    EvidenceView {
        eni: chosen(Some(eni.id)),
        head: maker.say(EvidenceKey::ColumnsOfFlows),
        limit,
        empty: maker.say(EvidenceKey::NoFlows),
        lines,
        explained,
        ..EvidenceView::default()
    }
}

/// The first ENI that remembers anything, else the first of all.
fn busiest(world: &World) -> Option<EniId> {
    let first = || world.network().enis().next().map(|eni| eni.id);
    world.sim.tracking().first_eni(world.sim.now()).or_else(first)
}

fn known<'w>(world: &'w World, eni: &'w Eni, key: &'w FlowKey, flow: &'w Flow) -> Known<'w> {
    let packet = key.opening(flow.opened);
    let question = Question {
        network: world.network(),
        tracking: world.sim.tracking(),
        now: world.sim.now(),
        assume: Assume::default(),
        luck: Luck::Good,
    };
    Known { key, flow, packet, rule: opens(question, eni, packet, flow.opened) }
}

fn line(maker: &Maker<'_>, known: &Known<'_>, now: Instant) -> LineView {
    let Known { key, flow, packet, .. } = known;
    let text = flow_text(maker, packet);
    let state = maker.say(state(flow.state(**key)));
    let left = flow.expires.since(now).as_millis() / 1_000;
    let left = match left {
        0..=600 => maker.say(EvidenceKey::LeftSeconds { seconds: &left.to_string() }),
        _ => maker.say(EvidenceKey::LeftHours { hours: &(left / 3_600).to_string(), minutes: &(left / 60 % 60).to_string() }),
    };
    LineView {
        // ICMP echoes of the same ends are told apart by their identifier.
        key: format!("{} {text} {:?}", flow.since.as_nanos(), packet.flow()),
        mark: match (flow.tracked, known.rule) {
            (_, Some(_)) => LineMark::Passed,
            (true, None) => LineMark::Held,
            (false, None) => LineMark::Lost,
        },
        name: maker.say(EvidenceKey::AboutFlow { flow: &text }),
        note: if flow.tracked {
            rule_text(maker, known)
        } else {
            format!("{}; {}", maker.say(EvidenceKey::NotTracked), rule_text(maker, known))
        },
        // What no group remembers is not forgotten either.
        text: if flow.tracked { format!("{text}, {state}, {left}") } else { format!("{text}, {state}") },
        packet: None,
    }
}

const fn state(state: FlowState) -> EvidenceKey<'static> {
    match state {
        FlowState::Opening => EvidenceKey::StateOpening,
        FlowState::Established => EvidenceKey::StateEstablished,
        FlowState::Answered => EvidenceKey::StateAnswered,
        FlowState::Closing => EvidenceKey::StateClosing,
    }
}

fn rule_text(maker: &Maker<'_>, known: &Known<'_>) -> String {
    let Some((group, rule)) = known.rule else { return maker.say(EvidenceKey::NoRuleLets) };
    let (number, group) = (maker.rule_number(group, rule.id), maker.group_name(group));
    let (number, group) = (number.as_str(), group.as_str());
    match known.flow.opened {
        Direction::Ingress => maker.say(EvidenceKey::RuleLetsIn { number, group }),
        Direction::Egress => maker.say(EvidenceKey::RuleLetsOut { number, group }),
    }
}

fn explain(maker: &Maker<'_>, known: &Known<'_>) -> ExplainedView {
    let Known { key, flow, packet, rule } = known;
    let since = seconds(flow.since.as_millis());
    let opened = match flow.opened {
        Direction::Ingress => EvidenceKey::FlowIn { seconds: &since },
        Direction::Egress => EvidenceKey::FlowOut { seconds: &since },
    };
    let ends = seconds(flow.expires.as_millis());
    let (tracked, of_tracked) =
        if flow.tracked { (EvidenceKey::Yes, EvidenceKey::TrackedText) } else { (EvidenceKey::No, EvidenceKey::UntrackedText) };
    let (of_opened, of_state) = match flow.tracked {
        true => (EvidenceKey::FlowOpenedText, EvidenceKey::FlowStateText { seconds: &ends }),
        false => (EvidenceKey::FlowOpenedUntrackedText, EvidenceKey::FlowStateUntrackedText { seconds: &ends }),
    };
    let of_rule = match rule {
        Some((_, rule)) => maker.say(EvidenceKey::FlowRuleText { traffic: &maker.traffic(rule.traffic), peer: &maker.peer(rule.peer) }),
        None if flow.tracked => maker.say(EvidenceKey::NoRuleTrackedText),
        None => maker.say(EvidenceKey::NoRuleText),
    };
    let field = |name: EvidenceKey<'_>, value: String, text: String| ExplainedField { name: maker.say(name), value, text };
    ExplainedView {
        title: flow_text(maker, packet),
        fields: vec![
            field(EvidenceKey::FlowOpened, maker.say(opened), maker.say(of_opened)),
            field(EvidenceKey::FlowState, maker.say(state(flow.state(**key))), maker.say(of_state)),
            field(EvidenceKey::FlowTracked, maker.say(tracked), maker.say(of_tracked)),
            field(EvidenceKey::FlowRule, rule_text(maker, known), of_rule),
        ],
        ..ExplainedView::default()
    }
}
