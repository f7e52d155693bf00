//! The questions of one client: a stroke for an answer, a cross for a loss, and the spans without an answer.
//!
//! The lane is one stop for the Tab key; the arrow keys go from question to question, Enter opens *Why*.

use super::ruler::future;
use super::scale::Scale;
use crate::platform::screen;
use crate::store::{Dispatch, Look, Msg, tenths};
use crate::words::{Key, say};
use eni_playground::session::Walk;
use eni_playground::view::timeline::{LaneView, TickView};
use yew::prelude::*;

/// What a lane shows.
#[derive(Clone, PartialEq, Properties)]
pub struct LaneProps {
    /// The lane.
    pub lane: LaneView,
    /// The window of time.
    pub scale: Scale,
    /// The id of the hatching of what is still to come.
    pub hatch: AttrValue,
    /// The packet that is chosen.
    pub chosen: Option<u64>,
    /// Where what is done here goes.
    pub send: Dispatch,
}

/// The lane.
pub struct Lane {
    /// What the ids of its questions begin with.
    name: String,
}

impl Component for Lane {
    type Message = KeyboardEvent;
    type Properties = LaneProps;

    fn create(_: &Context<Self>) -> Self {
        Lane { name: screen::own_id("tick") }
    }

    fn update(&mut self, ctx: &Context<Self>, event: KeyboardEvent) -> bool {
        let LaneProps { lane, send, .. } = ctx.props();
        let walk = match event.key().as_str() {
            "ArrowRight" => Walk::On,
            "ArrowLeft" => Walk::Back,
            "Home" => Walk::First,
            "End" => Walk::Last,
            // The chosen one's *Why* comes up where it does not stand there always.
            "Enter" | " " => Walk::Here,
            _ => return false,
        };
        event.prevent_default();
        send.emit(Msg::Look(Look::Question { client: lane.client, walk }));
        false
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let LaneProps { lane, scale, hatch, chosen, .. } = ctx.props();
        let active = lane.ticks.iter().find(|tick| Some(tick.packet) == *chosen).map(|tick| self.id(tick));
        html! {
            <>
                { label(lane) }
                <svg class="lane" role="listbox" tabindex="0" aria-label={spoken(lane)} aria-activedescendant={active}
                    onkeydown={ctx.link().callback(|event: KeyboardEvent| event)}>
                    { for lane.outages.iter().map(|span| outage(*span, scale)) }
                    { future(scale, hatch, "0", "100%") }
                    { not_kept(lane, scale) }
                    { for lane.ticks.iter().filter(|tick| scale.shows(tick.at_ms)).map(|tick| self.tick(ctx, tick)) }
                    if scale.shows(scale.now) { <svg x={scale.x(scale.now)} y="0" overflow="visible" class="now"><path d="M0 0v22" /></svg> }
                </svg>
            </>
        }
    }
}

impl Lane {
    fn id(&self, tick: &TickView) -> String {
        format!("{}-{}", self.name, tick.packet)
    }

    fn tick(&self, ctx: &Context<Self>, tick: &TickView) -> Html {
        let LaneProps { scale, chosen, send, .. } = ctx.props();
        let (class, drawing, word) = match tick.answered {
            Some(true) => ("ok", "M0 8.5v5", Key::Answered),
            Some(false) => ("no", "M-4 7l8 8M4 7l-8 8", Key::Lost),
            None => ("open", "M-1.5 11h3", Key::Waiting),
        };
        let selected = *chosen == Some(tick.packet);
        let packet = tick.packet;
        let name = say(Key::TickAt { outcome: &say(word), seconds: &tenths(tick.at_ms) });
        html! {
            <svg x={scale.x(tick.at_ms)} y="0" overflow="visible" class={classes!("tick", class, selected.then_some("sel"))} role="option"
                id={self.id(tick)} aria-selected={selected.to_string()} aria-label={name} data-packet={packet.to_string()}
                onclick={send.reform(move |_: MouseEvent| Msg::SelectPacket(Some(packet)))}>
                <rect class="hit" x="-6" y="0" width="12" height="22" />
                if selected { <rect class="ring" x="-8" y="3" width="16" height="16" rx="5" /> }
                <path d={drawing} />
            </svg>
        }
    }
}

/// Who asks whom, how that went so far, and how long the last span without an answer was.
fn label(lane: &LaneView) -> Html {
    html! {
        <span class="lab">
            <span class="lab-name" title={lane.name.clone()}>{ &lane.name }</span>
            <span class="lab-counts">
                <span class="is-answered">{ say(Key::AnsweredCount { count: &lane.answered.to_string() }) }</span>
                <span class={if lane.lost == 0 { "is-none" } else { "is-lost" }}>{ say(Key::LostCount { count: &lane.lost.to_string() }) }</span>
            </span>
            if !lane.gap.is_empty() { <span class={classes!("lab-gap", lane.out.then_some("is-out"))}>{ &lane.gap }</span> }
        </span>
    }
}

/// The bar of a span without an answer.
fn outage((start, end): (u64, u64), scale: &Scale) -> Html {
    let length = say(Key::Seconds { seconds: &tenths(end.saturating_sub(start)) });
    let told = say(Key::OutageSpan { from: &tenths(start), to: &tenths(end), length: &length });
    html! { <rect class="outage" x={scale.x(start)} y="0" width={scale.width(start, end)} height="100%"><title>{ told }</title></rect> }
}

/// The time whose questions are not kept one by one any more.
fn not_kept(lane: &LaneView, scale: &Scale) -> Html {
    if lane.kept_ms <= scale.from {
        return html! {};
    }
    let told = say(Key::NotKeptBefore { seconds: &tenths(lane.kept_ms) });
    html! {
        <svg class="not-kept" overflow="visible">
            <rect x="0" y="0" width={scale.width(scale.from, lane.kept_ms)} height="100%"><title>{ told }</title></rect>
        </svg>
    }
}

fn spoken(lane: &LaneView) -> String {
    let (answered, lost) = (lane.answered.to_string(), lane.lost.to_string());
    let (answered, lost, gap) = (answered.as_str(), lost.as_str(), lane.gap.as_str());
    let lane_name = lane.name.as_str();
    say(match (gap.is_empty(), lane.out) {
        (true, _) => Key::LaneSpoken { lane: lane_name, answered, lost },
        (_, true) => Key::LaneSpokenOut { lane: lane_name, answered, lost, gap },
        (_, false) => Key::LaneSpokenGap { lane: lane_name, answered, lost, gap },
    })
}
