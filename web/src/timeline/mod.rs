//! The timeline: the controls of time, the acts as flags, and a lane of questions for each client.

mod acts;
mod controls;
mod lane;
mod ruler;
mod scale;

use crate::platform::widths::Widths;
use crate::store::{Clock, Dispatch, Panels};
use crate::words::{Key, say};
use controls::controls;
use eni_playground::view::timeline::TimelineView;
use lane::Lane;
use scale::{Room, Scale};
use std::rc::Rc;
use yew::prelude::*;

/// What the timeline shows.
#[derive(Clone, PartialEq, Properties)]
pub struct TimelineProps {
    /// The window.
    pub timeline: Rc<TimelineView>,
    /// Time.
    pub clock: Clock,
    /// What the last single event was.
    pub happened: Option<AttrValue>,
    /// The packet that is chosen.
    pub packet: Option<u64>,
    /// Whether the controls and the lanes are wanted.
    pub panels: Panels,
    /// Whether letters are a step larger, as on a wall.
    pub large: bool,
    /// Where what is done here goes.
    pub send: Dispatch,
}

/// The timeline.
pub struct Timeline {
    ruler: NodeRef,
    widths: Option<Widths>,
    width: u64,
}

impl Component for Timeline {
    /// The width of the ruler has changed, in CSS pixels.
    type Message = f64;
    type Properties = TimelineProps;

    fn create(_: &Context<Self>) -> Self {
        Timeline { ruler: NodeRef::default(), widths: None, width: scale::USUAL_WIDTH }
    }

    fn update(&mut self, _: &Context<Self>, width: f64) -> bool {
        // Some thousands at most; the fraction does not matter.
        let width = width as u64;
        std::mem::replace(&mut self.width, width) != width
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first {
            self.widths = Widths::of(&self.ruler, ctx.link().callback(|width: f64| width));
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let TimelineProps { timeline, clock, happened, panels, large, send, .. } = ctx.props();
        let room = Room { width: self.width, large: *large };
        html! {
            <section class="time" aria-label={say(Key::Timeline)}>
                if panels.controls { { controls(*clock, happened.as_ref(), send) } }
                if panels.timeline {
                    <div class="lanes">
                        <span class="lab acts-lab">{ say(Key::ActsLane) }</span>
                        { ruler::ruler(timeline, room, &self.ruler, send) }
                        { for lanes(ctx.props()) }
                        if timeline.lanes.is_empty() { <p class="no-lanes">{ say(Key::NoLanes) }</p> }
                    </div>
                }
            </section>
        }
    }
}

fn lanes(props: &TimelineProps) -> impl Iterator<Item = Html> + '_ {
    let scale = Scale::of(&props.timeline);
    props.timeline.lanes.iter().map(move |lane| {
        html! { <Lane key={lane.client} lane={lane.clone()} {scale} chosen={props.packet} send={props.send.clone()} /> }
    })
}
