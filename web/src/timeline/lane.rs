//! The questions of one client: a stroke for an answer, a cross for a loss, and the spans without an answer.
//!
//! The lane is one stop for the Tab key; the arrow keys go from question to question, Enter opens *Why*.

use super::ruler::future;
use super::scale::Scale;
use crate::store::{Dispatch, Msg};
use crate::words::{Key, say};
use eni_playground::view::timeline::{LaneView, TickView};
use yew::prelude::*;

/// What a lane shows.
#[derive(Clone, PartialEq, Properties)]
pub struct LaneProps {
    /// The lane.
    pub lane: LaneView,
    /// The window of time.
    pub scale: Scale,
    /// The packet that is chosen.
    pub chosen: Option<u64>,
    /// Where what is done here goes.
    pub send: Dispatch,
}

/// The lane.
pub struct Lane;

impl Component for Lane {
    type Message = KeyboardEvent;
    type Properties = LaneProps;

    fn create(_: &Context<Self>) -> Self {
        Lane
    }

    fn update(&mut self, ctx: &Context<Self>, event: KeyboardEvent) -> bool {
        let LaneProps { lane, chosen, send, .. } = ctx.props();
        let at = lane.ticks.iter().position(|tick| Some(tick.packet) == *chosen);
        let last = lane.ticks.len().saturating_sub(1);
        let next = match (event.key().as_str(), at) {
            ("ArrowRight", Some(at)) => (at + 1).min(last),
            ("ArrowLeft", Some(at)) => at.saturating_sub(1),
            ("ArrowRight" | "ArrowLeft" | "Enter" | " ", None) | ("End", _) => last,
            ("Home", _) => 0,
            _ => return false,
        };
        event.prevent_default();
        if let Some(tick) = lane.ticks.get(next) {
            send.emit(Msg::SelectPacket(Some(tick.packet)));
        }
        false
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let LaneProps { lane, scale, chosen, .. } = ctx.props();
        let active = lane.ticks.iter().find(|tick| Some(tick.packet) == *chosen).map(|tick| id(lane.client, tick));
        html! {
            <>
                <span class="lab" title={lane.name.clone()}>{ &lane.name }</span>
                <svg class="lane" role="listbox" tabindex="0" aria-label={spoken(lane)} aria-activedescendant={active}
                    onkeydown={ctx.link().callback(|event: KeyboardEvent| event)}>
                    { for lane.outages.iter().map(|(start, end)| html! {
                        <rect class="outage" x={scale.x(*start)} y="0" width={scale.width(*start, *end)} height="100%" />
                    }) }
                    { future(scale, "0", "100%") }
                    { for lane.ticks.iter().filter(|tick| scale.shows(tick.at_ms)).map(|tick| self.tick(ctx, tick)) }
                    <svg x={scale.x(scale.now)} y="0" overflow="visible" class="now"><path d="M0 0v22" /></svg>
                </svg>
            </>
        }
    }
}

impl Lane {
    fn tick(&self, ctx: &Context<Self>, tick: &TickView) -> Html {
        let LaneProps { lane, scale, chosen, send } = ctx.props();
        let (class, drawing, word) = match tick.answered {
            Some(true) => ("ok", "M0 8.5v5", Key::Answered),
            Some(false) => ("no", "M-4 7l8 8M4 7l-8 8", Key::Lost),
            None => ("open", "M-1.5 11h3", Key::Waiting),
        };
        let selected = *chosen == Some(tick.packet);
        let packet = tick.packet;
        let seconds = format!("{}.{}", tick.at_ms / 1000, tick.at_ms % 1000 / 100);
        let name = say(Key::TickAt { outcome: &say(word), seconds: &seconds });
        html! {
            <svg x={scale.x(tick.at_ms)} y="0" overflow="visible" class={classes!("tick", class, selected.then_some("sel"))} role="option"
                id={id(lane.client, tick)} aria-selected={selected.to_string()} aria-label={name} data-packet={packet.to_string()}
                onclick={send.reform(move |_: MouseEvent| Msg::SelectPacket(Some(packet)))}>
                <rect class="hit" x="-6" y="0" width="12" height="22" />
                if selected { <rect class="ring" x="-8" y="3" width="16" height="16" rx="5" /> }
                <path d={drawing} />
            </svg>
        }
    }
}

fn id(client: u32, tick: &TickView) -> String {
    format!("tick-{client}-{}", tick.packet)
}

fn spoken(lane: &LaneView) -> String {
    let count = |outcome| lane.ticks.iter().filter(|tick| tick.answered == Some(outcome)).count().to_string();
    say(Key::LaneSpoken { lane: &lane.name, answered: &count(true), lost: &count(false) })
}
