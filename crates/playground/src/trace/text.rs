//! A trace for people. Sentences come from the same place as the page's.

use crate::act::Act;
use crate::scenario::Scenario;
use crate::view::make::Maker;
use crate::view::make::why::WhyOf;
use crate::view::memory::Memory;
use crate::view::why::{CheckState, WhyView};
use crate::view::words::Language;
use eni_core::analysis::remedy::Blocker;
use eni_core::dataplane::trace::Trace;
use eni_core::dataplane::verdict::Walk;
use eni_core::packet::Packet;
use std::fmt::Write;

/// Writes the whole trace.
pub(super) fn write(scenario: &Scenario, traced: &Trace, blocker: Option<&Blocker>) -> String {
    let mut memory = Memory::default();
    memory.follow(&scenario.network);
    let maker = Maker {
        network: &scenario.network,
        memory: &memory,
        now: scenario.clock,
        language: Language::English,
        names: &scenario.scene.names,
        follows: &[],
    };
    let mut text = String::new();
    way(&mut text, &maker, &traced.forward, traced.packet);
    if let Some(reply) = &traced.reply {
        let sent = reply.steps.first().map_or(traced.packet, |step| step.packet);
        text.push('\n');
        way(&mut text, &maker, reply, sent);
    }
    for remedy in blocker.map(|blocker| blocker.remedies.as_slice()).unwrap_or_default() {
        text.push('\n');
        for act in remedy.acts.iter().flat_map(|command| Act::asking_for(&scenario.network, command)) {
            let _ = writeln!(text, "  $ {}", act.echo());
        }
    }
    text
}

fn way(text: &mut String, maker: &Maker<'_>, walk: &Walk, sent: Packet) {
    let view = maker.why(&WhyOf { packet: 0, at_ms: 0, origin: String::new(), sent, walk });
    let WhyView { headline, code, flow, checks, .. } = view;
    let code = code.map(|code| format!(" {code}")).unwrap_or_default();
    let _ = writeln!(text, "{}{code}  {flow}\n{headline}", walk.disposition.as_str());
    for check in checks.iter().filter(|check| check.state != CheckState::NotReached) {
        let sign = if check.state == CheckState::Refused { "x" } else { "+" };
        let mark = check.mark.map(|mark| format!(" {mark}")).unwrap_or_default();
        let _ = writeln!(text, "  {sign} {} {}: {} [{}{mark}]", check.title, check.detail, check.result, check.rule);
        if !check.evidence.is_empty() {
            let _ = writeln!(text, "      {}", check.evidence);
        }
    }
}
