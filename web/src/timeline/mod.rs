//! The timeline: the controls of time, the acts as flags, and a lane of questions for each client.

mod acts;
mod controls;
mod lane;
mod pan;
mod ruler;
mod scale;

use crate::platform::wheel::Wheel;
use crate::platform::widths::Widths;
use crate::platform::{pointer, screen};
use crate::store::{Clock, Dispatch, Looking, Msg, Panels};
use crate::words::{Key, say};
use controls::controls;
use eni_playground::view::timeline::TimelineView;
use lane::Lane;
use pan::Drag;
use scale::{Room, Scale};
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

/// What the timeline shows.
#[derive(Clone, PartialEq, Properties)]
pub struct TimelineProps {
    /// The window.
    pub timeline: Rc<TimelineView>,
    /// Where it looks.
    pub looking: Looking,
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
    lanes: NodeRef,
    widths: Option<Widths>,
    wheel: Option<Wheel>,
    width: u64,
    drag: Option<Drag>,
    /// The id of the hatching of what is still to come.
    hatch: String,
}

/// What happens to the timeline itself.
pub enum Told {
    /// The ruler has another width, in CSS pixels.
    Width(f64),
    /// The wheel turned: across, down, whether it counts lines, and whether that was over the ruler.
    Wheel((f64, f64), bool, bool),
    /// A pointer came down, moved, or went up.
    Down(PointerEvent),
    /// It moved.
    Moved(PointerEvent),
    /// It went up, or was taken away.
    Up(PointerEvent),
}

impl Component for Timeline {
    type Message = Told;
    type Properties = TimelineProps;

    fn create(_: &Context<Self>) -> Self {
        Timeline {
            ruler: NodeRef::default(),
            lanes: NodeRef::default(),
            widths: None,
            wheel: None,
            width: scale::USUAL_WIDTH,
            drag: None,
            hatch: screen::own_id("hatch"),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, told: Told) -> bool {
        let scale = Scale::of(&ctx.props().timeline);
        let look = match told {
            Told::Width(width) => {
                // Some thousands at most; the fraction does not matter.
                let width = width as u64;
                return std::mem::replace(&mut self.width, width) != width;
            }
            Told::Wheel(delta, lines, on_ruler) => pan::wheel(delta, lines, on_ruler, &scale, self.track_width()),
            Told::Down(event) => {
                self.drag = Drag::begin(&event, &scale);
                None
            }
            Told::Moved(event) => {
                let width = self.track_width();
                self.drag.as_mut().and_then(|drag| drag.follow(&event, &self.lanes, &scale, width))
            }
            Told::Up(event) => {
                pointer::release(&self.lanes, &event);
                self.drag = None;
                None
            }
        };
        if let Some(look) = look {
            ctx.props().send.emit(Msg::Look(look));
        }
        false
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first {
            self.widths = Widths::of(&self.ruler, ctx.link().callback(Told::Width));
            self.wheel = Wheel::of(&self.lanes, ".ruler", ctx.link().callback(|(delta, lines, ruler)| Told::Wheel(delta, lines, ruler)));
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let TimelineProps { timeline, looking, clock, happened, panels, large, send, .. } = ctx.props();
        let scale = Scale::of(timeline);
        let room = Room { width: self.width, large: *large };
        html! {
            <section class="time" aria-label={say(Key::Timeline)}>
                if panels.controls { { controls(*clock, happened.as_ref(), send) } }
                if panels.timeline {
                    <div class={classes!("lanes", looking.from_ms.is_some().then_some("is-past"))} ref={&self.lanes} onpointerdown={ctx.link().callback(Told::Down)}
                        onpointermove={ctx.link().callback(Told::Moved)} onpointerup={ctx.link().callback(Told::Up)}
                        onpointercancel={ctx.link().callback(Told::Up)}>
                        { ruler::hatching(&self.hatch) }
                        <div class="lab acts-lab"><span>{ say(Key::ActsLane) }</span>{ pan::buttons(&scale, send) }</div>
                        { ruler::ruler(&ruler::Ruler { view: timeline, room, node: &self.ruler, looking: *looking, hatch: &self.hatch, send }) }
                        if looking.from_ms.is_some() { { pan::to_now(send) } }
                        { for lanes(ctx.props(), &self.hatch) }
                        if timeline.lanes.is_empty() { <p class="no-lanes">{ say(Key::NoLanes) }</p> }
                    </div>
                }
            </section>
        }
    }
}

impl Timeline {
    /// How many pixels the window of time has: the ruler's, or a lane's where there is no room for a ruler.
    fn track_width(&self) -> f64 {
        let shown = |selector: &str| {
            let track = self.lanes.cast::<Element>()?.query_selector(selector).ok().flatten()?;
            Some(screen::in_window(&track).width).filter(|width| *width > 0.0)
        };
        // A width in pixels: far below what the cast would round.
        shown(".ruler").or_else(|| shown(".lane")).unwrap_or(self.width as f64)
    }
}

fn lanes<'a>(props: &'a TimelineProps, hatch: &'a str) -> impl Iterator<Item = Html> + 'a {
    let scale = Scale::of(&props.timeline);
    let hatch = AttrValue::from(hatch.to_owned());
    props.timeline.lanes.iter().map(move |lane| {
        html! { <Lane key={lane.client} lane={lane.clone()} {scale} hatch={hatch.clone()} chosen={props.packet} send={props.send.clone()} /> }
    })
}
