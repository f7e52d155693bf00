//! The board as a whole: boxes, wires, packets, the callout of a refusal and the bar of what is in the hand.

use super::client::outside;
use super::geometry::Plan;
use super::marks::{self, Density, Marks};
use super::motion::Motion;
use super::props::BoardProps;
use super::vpc::{VpcBox, loose, peerings};
use super::wires::{Wires, arrival};
use super::{refusal, rows};
use crate::glyph::{Icon, glyph_sized};
use crate::platform::canvas::HtmlCanvasElement;
use crate::platform::screen::{self, Anchors, Rect};
use crate::platform::timer::Timeout;
use crate::store::{Dispatch, FlowWire, Hand, HandKind, Msg, Places, enis};
use crate::words::{Key, say};
use eni_playground::view::board::VpcView;
use eni_playground::view::why::CheckState;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

/// Below this width of the board zones stand one below the other.
const NARROW: f64 = 620.0;

/// A board of more places than this is measured only when something has changed that may move them.
const MANY: usize = 150;

/// What happens on the board itself.
pub enum Message {
    /// The boxes were measured anew.
    Measured(Plan),
    /// The focus came to a stop of the arrow keys.
    Focused(String),
    /// A box has changed its size by itself.
    Resized,
}

/// What the places of the boxes depend on.
#[derive(PartialEq)]
struct Seen {
    vpcs: Vec<Rc<VpcView>>,
    clients: usize,
    peerings: usize,
    wires: Rc<Vec<FlowWire>>,
    held: bool,
    chosen: Option<String>,
    packet: Option<u64>,
    theme: &'static str,
    resized: u32,
    size: (f64, f64),
}

/// The board.
pub struct Board {
    node: NodeRef,
    content: NodeRef,
    canvas: NodeRef,
    plan: Rc<Plan>,
    stop: Option<String>,
    painted: Option<&'static str>,
    motion: Motion,
    /// What the last measure was made of.
    seen: Option<Seen>,
    /// The places that matter for nothing.
    none: Rc<Places>,
    /// Takes the marks of what flew off again.
    landing: Option<Timeout>,
}

impl Component for Board {
    type Message = Message;
    type Properties = BoardProps;

    fn create(_: &Context<Self>) -> Board {
        let (node, content, canvas) = (NodeRef::default(), NodeRef::default(), NodeRef::default());
        let (plan, motion, none) = (Rc::default(), Motion::default(), Rc::default());
        Board { node, content, canvas, plan, stop: None, painted: None, motion, seen: None, none, landing: None }
    }

    fn update(&mut self, _: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Measured(plan) => self.plan = Rc::new(plan),
            Message::Focused(thing) if self.stop.as_ref() == Some(&thing) => return false,
            Message::Focused(thing) => self.stop = Some(thing),
            Message::Resized => self.seen = None,
        }
        true
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &BoardProps) -> bool {
        let props = ctx.props();
        let same = props.board.vpcs == old.board.vpcs && props.board.tray == old.board.tray;
        if !same && let Some(page) = self.page() {
            let back = props.sky.borrow_mut().take_turned();
            self.motion.before(&page, (&old.board, &props.board), old.hand.as_deref(), back);
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let density = Density::of(&props.board);
        let marks = self.marks(ctx, density);
        let onfocusin = ctx.link().batch_callback(|event: FocusEvent| {
            let element = event.target()?.dyn_into::<Element>().ok()?;
            screen::nearest(&element, "data-rove").map(Message::Focused)
        });
        let onclick = self.picks(props);
        html! {
            <div class="board" ref={&self.node} {onfocusin} {onclick} aria-label={say(Key::RegionName)} role="region">
                <p class="sr">{ props.board.summary.clone() }</p>
                <div class={classes!("board-content", density.class())} ref={&self.content}>
                    { outside(&props.board.clients, props.why.as_deref().map(|why| why.asker.as_str()).filter(|asker| !asker.is_empty()), &marks) }
                    { loose(&props.board.others, &props.board.clients, &marks) }
                    { props.board.vpcs.iter().map(|vpc| html! {
                        <><VpcBox key={vpc.id.clone()} vpc={vpc.clone()} marks={marks.clone()} />{ peerings(&props.board.peerings, &vpc.id, &marks) }</>
                    }).collect::<Html>() }
                    if props.board.vpcs.is_empty() { <p class="empty">{ say(Key::NothingHere) }</p> }
                    <Wires plan={self.plan.clone()} wires={props.wires.clone()} why={props.why.clone()} quiet={density == Density::Dense} lit={props.selection.check} send={props.send.clone()} />
                    <canvas class="sky" ref={&self.canvas} aria-hidden="true" />
                    { refusal::callout(props) }
                </div>
                { props.hand.iter().filter(|hand| !hand.locked).map(|hand| hand_bar(hand, &props.send)).collect::<Html>() }
            </div>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _: bool) {
        let Some(content) = self.content.cast::<Element>() else { return };
        let props = ctx.props();
        if let Some(page) = self.page() {
            marks::mark_over(&page, props.hand.as_ref().and_then(|hand| hand.over.as_deref()));
        }
        self.paint(&content, ctx);
        refusal::place(&content, props);
        self.fly();
    }
}

impl Board {
    /// Wires and packets follow the boxes.
    fn paint(&mut self, content: &Element, ctx: &Context<Self>) {
        let props = ctx.props();
        if self.painted != Some(props.theme)
            && let Some(canvas) = self.canvas.cast::<HtmlCanvasElement>()
        {
            self.painted = Some(props.theme);
            props.sky.borrow_mut().attach(canvas);
        }
        let seen = Seen::of(props, screen::content_size(content));
        if self.plan.anchors.len() > MANY && self.seen.as_ref() == Some(&seen) {
            return;
        }
        self.seen = Some(seen);
        let plan = self.measure(content, props);
        if plan != *self.plan {
            props.sky.borrow_mut().set_plan(plan.clone(), props.selection.packet);
            ctx.link().send_message(Message::Measured(plan));
        }
    }

    /// A click on a packet chooses it, where nothing lies there that hears of clicks itself.
    fn picks(&self, props: &BoardProps) -> Callback<MouseEvent> {
        let (content, sky, send) = (self.content.clone(), props.sky.clone(), props.send.clone());
        Callback::from(move |event: MouseEvent| {
            let Some(content) = content.cast::<Element>() else { return };
            let own = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            if own.is_some_and(|own| own.closest("button, a, [role=button]").ok().flatten().is_some()) {
                return;
            }
            let origin = content.get_bounding_client_rect();
            let point = (f64::from(event.client_x()) - origin.left(), f64::from(event.client_y()) - origin.top());
            let found = sky.borrow().packet_at(point);
            if let Some((packet, at)) = found {
                send.emit(Msg::WhyAt { packet, at });
            }
        })
    }

    fn page(&self) -> Option<Element> {
        self.node.cast::<Element>()?.closest(".eni-app").ok().flatten()
    }

    fn fly(&mut self) {
        let Some(page) = self.page() else { return };
        if let Some(lasts) = self.motion.after(&page) {
            let root = page.clone();
            self.landing = Some(Timeout::new(lasts, move || Motion::over(&root)));
        }
        self.motion.carried = page.get_attribute("class").is_some_and(|class| class.contains("is-dragging"));
    }

    fn marks(&self, ctx: &Context<Self>, density: Density) -> Rc<Marks> {
        let props = ctx.props();
        let lost = props.wires.iter().filter(|wire| wire.lost).filter_map(|wire| wire.path.last());
        let refused =
            props.why.iter().flat_map(|why| &why.checks).filter(|check| check.state == CheckState::Refused).map(|check| &check.anchor);
        let stopped = lost.chain(refused).filter(|anchor| anchor.starts_with("eni:")).cloned().collect();
        let first = || enis(&props.board).next().map(|eni| format!("eni:{}", eni.id));
        let stop = self.stop.clone().or_else(first);
        let path = props.why.iter().flat_map(|why| &why.checks).map(|check| check.anchor.clone()).collect();
        let resized = ctx.link().callback(|()| Message::Resized);
        let mut marks = Marks::new(props.hand.as_deref(), density, &self.none);
        marks.selected.clone_from(&props.selection.thing);
        (marks.stopped, marks.path, marks.stop, marks.resized) = (stopped, path, stop, resized);
        marks.share()
    }

    /// Measures the boxes, after cards have come to the height of those across, where there are some.
    fn share_rows(content: &Element, narrow: bool, density: Density) -> Anchors {
        while let Some(lifted) = content.query_selector("[data-lift]").ok().flatten() {
            // It has just been found by it.
            let _ = lifted.remove_attribute("data-lift");
        }
        let anchors = screen::measure(content);
        let lifts = if density == Density::Roomy && !narrow { rows::lifts(&anchors) } else { Vec::new() };
        if lifts.is_empty() {
            return anchors;
        }
        for (name, by) in lifts {
            let card = screen::find(content, "data-anchor", &name);
            let trail = card.as_ref().and_then(Element::previous_element_sibling).filter(|above| above.class_name() == "trail");
            for element in card.into_iter().chain(trail) {
                screen::set_property(&element, "--lift", &format!("{}px", -by));
                let _ = element.set_attribute("data-lift", "");
            }
        }
        screen::measure(content)
    }

    /// Measures the boxes; the router is moved to the height where the chosen flow, or the first one inside, arrives.
    fn measure(&self, content: &Element, props: &BoardProps) -> Plan {
        let narrow = content.get_bounding_client_rect().width() < NARROW;
        let mut anchors = Board::share_rows(content, narrow, Density::of(&props.board));
        let routers: Vec<String> = anchors.keys().filter(|name| name.starts_with("router:")).cloned().collect();
        for router in routers {
            let height = arrival(props.why.as_deref(), &props.wires, &router).and_then(|eni| anchors.get(&eni)).map(Rect::y);
            if let (Some(height), Some(rect), Some(element)) =
                (height, anchors.get_mut(&router), screen::find(content, "data-anchor", &router))
            {
                let top = element.parent_element().map_or(0.0, |spine| spine.get_bounding_client_rect().top());
                let origin = content.get_bounding_client_rect().top();
                screen::set_property(&element, "--y", &format!("{}px", height - (top - origin)));
                rect.top = height - rect.height / 2.0;
            }
        }
        Plan { anchors, narrow, size: screen::content_size(content) }
    }
}

impl Seen {
    fn of(props: &BoardProps, size: (f64, f64)) -> Seen {
        Seen {
            vpcs: props.board.vpcs.clone(),
            clients: props.board.clients.len(),
            peerings: props.board.peerings.len(),
            wires: props.wires.clone(),
            held: props.hand.is_some(),
            chosen: props.selection.thing.clone(),
            packet: props.selection.packet,
            theme: props.theme,
            resized: props.resized,
            size,
        }
    }
}

/// What is in the hand, for those who do not drag: what to do, and a way out.
fn hand_bar(hand: &Hand, send: &Dispatch) -> Html {
    let icon = match hand.kind {
        HandKind::Eni => Icon::Eni,
        HandKind::ElasticIp => Icon::ElasticIp,
        HandKind::Group => Icon::Group,
    };
    let thing = hand.thing.clone();
    let menu = send.reform(move |_: MouseEvent| Msg::OpenMenu(thing.clone()));
    let back = send.reform(|_: MouseEvent| Msg::PutBack);
    let hint = match hand.over_target().filter(|target| target.refusal.is_none()) {
        Some(target) => html! { <span>{ target.text.clone() }</span> },
        None => html! { <span class="far">{ say(Key::HandHint) }</span> },
    };
    html! {
        <div class="hand-bar">
            { glyph_sized(icon, "s") }
            <p><b>{ say(Key::InHand { name: &hand.name }) }</b>{ hint }</p>
            <button type="button" class="button" onclick={menu}>{ say(Key::MenuButton) }</button>
            <button type="button" class="button" onclick={back}>{ say(Key::PutBackButton) }</button>
        </div>
    }
}
