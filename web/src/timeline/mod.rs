//! The timeline: the controls of time, the acts as flags, and a lane of questions for each client.

mod acts;
mod controls;
mod lane;
mod ruler;
mod scale;

use crate::store::{Clock, Dispatch};
use crate::words::{Key, say};
use controls::Controls;
use eni_playground::view::timeline::TimelineView;
use lane::Lane;
use scale::Scale;
use std::rc::Rc;
use yew::prelude::*;

/// What the timeline shows.
#[derive(Clone, PartialEq, Properties)]
pub struct TimelineProps {
    /// The window.
    pub timeline: Rc<TimelineView>,
    /// Time.
    pub clock: Clock,
    /// The packet that is chosen.
    pub packet: Option<u64>,
    /// Where what is done here goes.
    pub send: Dispatch,
}

/// The timeline.
pub struct Timeline;

impl Component for Timeline {
    type Message = ();
    type Properties = TimelineProps;

    fn create(_: &Context<Self>) -> Self {
        Timeline
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let TimelineProps { timeline, clock, packet, send } = ctx.props();
        let scale = Scale::of(timeline);
        html! {
            <section class="time" aria-label={say(Key::Timeline)}>
                <Controls clock={*clock} send={send.clone()} />
                <div class="lanes">
                    <span class="lab acts-lab">{ say(Key::ActsLane) }</span>
                    { ruler::ruler(timeline, &scale, send) }
                    { for timeline.lanes.iter().map(|lane| html! {
                        <Lane key={lane.client} lane={lane.clone()} {scale} chosen={*packet} send={send.clone()} />
                    }) }
                    if timeline.lanes.is_empty() { <p class="no-lanes">{ say(Key::NoLanes) }</p> }
                </div>
            </section>
        }
    }
}
