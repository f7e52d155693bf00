//! The verdict on one packet: what happened, the checks in order, what would change it, and how its answer fared.

use super::blockers;
use super::check_row::{self, Lighting};
use super::remedies::Remedies;
use super::with_whole_names;
use crate::glyph::{Icon, glyph, glyph_sized};
use crate::store::{Dispatch, Msg};
use crate::words::{Key, say};
use eni_playground::table::Set;
use eni_playground::view::why::{CheckState, CheckView, WhyView};
use std::rc::Rc;
use yew::prelude::*;

/// What is shown.
#[derive(Clone, PartialEq, Properties)]
pub struct VerdictProps {
    /// The packet.
    pub why: Rc<WhyView>,
    /// The check that is lit.
    pub lit: Option<u32>,
    /// Where what is done here goes.
    pub send: Dispatch,
}

/// What happens in it.
pub enum Message {
    /// Shows or folds the checks that let it pass.
    Unfold,
    /// Opens or closes the evidence of a check.
    Open(Row),
}

/// A check by its list and its number there.
type Row = (List, u32);

/// A list of checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum List {
    /// The question's.
    Question,
    /// The answer's.
    Answer,
    /// Those that would refuse the question, too.
    Behind,
    /// Those that would refuse the answer, too.
    BehindAnswer,
}

/// The verdict.
pub struct Verdict {
    unfolded: bool,
    open: Set<Row>,
}

impl Component for Verdict {
    type Message = Message;
    type Properties = VerdictProps;

    fn create(_: &Context<Self>) -> Self {
        Verdict { unfolded: false, open: Set::new() }
    }

    fn update(&mut self, _: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Unfold => self.unfolded = !self.unfolded,
            Message::Open(row) => {
                if !self.open.remove(&row) {
                    self.open.insert(row);
                }
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let VerdictProps { why, send, .. } = ctx.props();
        html! {
            <>
                { heading(why, "verdict") }
                { self.checks(ctx, why, List::Question) }
                { self.behind(ctx, why, List::Behind) }
                { remedies(why, why.packet, send) }
                if let Some(reply) = &why.reply {
                    <section class="reply" aria-label={say(Key::TheAnswer)}>
                        <h3>{ say(Key::TheAnswer) }</h3>
                        { heading(reply, "verdict small") }
                        { self.checks(ctx, reply, List::Answer) }
                        { self.behind(ctx, reply, List::BehindAnswer) }
                        { remedies(reply, why.packet, send) }
                    </section>
                }
            </>
        }
    }
}

impl Verdict {
    fn checks(&self, ctx: &Context<Self>, why: &WhyView, list: List) -> Html {
        let passed = why.checks.iter().filter(|check| check.state == CheckState::Passed).count();
        let foldable = passed > 2;
        let rows = why.checks.iter().map(|check| self.row(ctx, check, list, why.delivered));
        html! {
            <ol class={classes!("checks", (self.unfolded || !foldable).then_some("all"))}>
                if foldable { <li class="ck-sum">{ self.summary(ctx, why, passed) }</li> }
                { for rows }
            </ol>
        }
    }

    /// The checks that would refuse as well. Their evidence is folded: the one that decided stands open above.
    fn behind(&self, ctx: &Context<Self>, why: &WhyView, list: List) -> Html {
        let VerdictProps { why: shown, send, .. } = ctx.props();
        let is_open = |number| self.open.contains(&(list, number));
        blockers::would_also_refuse(why, shown.packet, send, &is_open, &|number| toggle(ctx, list, number))
    }

    fn summary(&self, ctx: &Context<Self>, why: &WhyView, passed: usize) -> Html {
        let mut numbers = why.checks.iter().filter(|check| check.state == CheckState::Passed).map(|check| check.number);
        let first = numbers.next().unwrap_or(1);
        let range = format!("{first}–{}", numbers.next_back().unwrap_or(first));
        html! {
            <button type="button" class="ck" aria-expanded={self.unfolded.to_string()} onclick={ctx.link().callback(|_: MouseEvent| Message::Unfold)}>
                <span class="k">{ range }</span>{ glyph(Icon::Tick) }
                <span class="t">{ say(Key::ChecksPassed { count: &passed.to_string() }) }</span>
                <span class="r">{ say(if self.unfolded { Key::Fold } else { Key::Show }) }</span>
            </button>
        }
    }

    fn row(&self, ctx: &Context<Self>, check: &CheckView, list: List, delivered: bool) -> Html {
        let VerdictProps { lit, send, .. } = ctx.props();
        let (number, reply) = (check.number, list == List::Answer);
        let lighting = Lighting {
            lit: !reply && *lit == Some(number),
            // The answer's numbers are its own: they are not on the wire of the question.
            light: (!reply).then(|| send.reform(Msg::Light)),
        };
        let open = (check.state == CheckState::Refused) != self.open.contains(&(list, number));
        let toggle = toggle(ctx, list, number);
        check_row::check_row(check, open, delivered, &lighting, toggle)
    }
}

/// What opens and closes a row.
fn toggle(ctx: &Context<Verdict>, list: List, number: u32) -> Callback<MouseEvent> {
    ctx.link().callback(move |_: MouseEvent| Message::Open((list, number)))
}

fn heading(why: &WhyView, class: &'static str) -> Html {
    html! {
        <div {class}>
            <h2>{ with_whole_names(&why.headline) }</h2>
            <div class="flow">
                if let Some(code) = &why.code {
                    <span class="tag no">{ glyph_sized(Icon::Cross, "xs") }<code>{ code }</code></span>
                } else if why.delivered {
                    <span class="tag ok">{ glyph_sized(Icon::Tick, "xs") }{ say(Key::Delivered) }</span>
                }
                if !why.origin.is_empty() { <span class="far">{ &why.origin }</span> }
            </div>
            <div class="flow mono">{ &why.flow }</div>
        </div>
    }
}

/// `packet` is the question, also where its answer is what was refused.
fn remedies(why: &WhyView, packet: u64, send: &Dispatch) -> Html {
    if why.remedies.is_empty() {
        return blockers::dead_end(why, packet, send);
    }
    html! { <Remedies remedies={why.remedies.clone()} checks={why.blockers.len()} {packet} send={send.clone()} /> }
}
