//! Hands: one set of handlers at the root of the page for everything that is picked up, by pointer, by tap or by key.
//!
//! A mouse that moves with a thing carries it and lets it go where it is lifted; a finger scrolls, and carries when it has rested on the thing
//! first. A tap picks up, the next tap lets go. By key, M picks up, arrows walk the places, Enter lets go and Escape puts back. All of them send
//! the same messages.

use super::edge::Edge;
use crate::glyph::{Icon, badge, glyph};
use crate::import;
use crate::platform::timer::Timeout;
use crate::platform::window::{EventListener, EventListenerOptions, window};
use crate::platform::{pointer, screen};
use crate::store::{Dispatch, Hand, HandKind, Msg, Saved, enis};
use crate::words::language;
use eni_playground::view::board::BoardView;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, MouseEvent, PointerEvent};
use yew::prelude::{Callback, Classes, Component, Context, Event, Html, NodeRef, Properties, classes, html};

/// A pointer that moves less than this has tapped, not carried; in pixels.
const SLOP: f64 = 5.0;
/// A finger that has rested on a thing for so long lifts it, in milliseconds: sooner than the browser's own long press.
const REST_MS: u32 = 350;

/// What the hands need.
#[derive(Clone, PartialEq, Properties)]
pub struct HandsProps {
    /// The page's root element.
    pub root: NodeRef,
    /// Its classes.
    pub class: Classes,
    /// The colours.
    pub theme: &'static str,
    /// Which pane a narrow page shows.
    pub pane: &'static str,
    /// Whether time runs.
    pub running: bool,
    /// Whether the work is kept.
    pub saved: Saved,
    /// What is in the hand, as it is drawn.
    pub hand: Option<Rc<Hand>>,
    /// What is in the hand at this very moment: a slow page may not have drawn it yet.
    pub held: Held,
    /// The board, to show what is carried.
    pub board: Rc<BoardView>,
    /// The way to the store.
    pub send: Dispatch,
    /// The page.
    pub children: Html,
}

/// A pointer that went down on something.
struct Carry {
    pointer: i32,
    thing: String,
    from: (f64, f64),
    /// Where the pointer is now.
    at: (f64, f64),
    lifted: bool,
    /// Lifts it when the finger has rested; a mouse needs no rest.
    rest: Option<Timeout>,
    /// Keeps the page from scrolling under what a finger carries.
    _still: Option<EventListener>,
}

/// Asks what is in the hand now.
#[derive(Clone)]
pub struct Held(pub Rc<dyn Fn() -> Option<Rc<Hand>>>);

impl PartialEq for Held {
    // Whoever asks gets the same answer from each.
    fn eq(&self, _: &Held) -> bool {
        true
    }
}

/// The hands. Events are answered where they happen, never put into a queue: a page that is slow to draw would decide by what it showed a
/// moment ago, and could no longer keep the browser from doing something of its own.
pub struct Hands {
    ghost: NodeRef,
    grip: Rc<RefCell<Grip>>,
    _keys: Option<EventListener>,
}

/// What a pointer is doing.
#[derive(Default)]
struct Grip {
    carry: Option<Carry>,
    /// The click that a browser makes of a carrying is none.
    ignore_click: bool,
    /// What it carries pulls at an edge of the board.
    edge: Edge,
}

/// What an event is answered with.
#[derive(Clone)]
struct Answer {
    root: NodeRef,
    ghost: NodeRef,
    held: Held,
    send: Dispatch,
    grip: Rc<RefCell<Grip>>,
}

impl Component for Hands {
    type Message = ();
    type Properties = HandsProps;

    fn create(ctx: &Context<Self>) -> Hands {
        let mut hands = Hands { ghost: NodeRef::default(), grip: Rc::default(), _keys: None };
        let answer = hands.answer(ctx.props());
        hands._keys = window().map(|window| {
            EventListener::new_with_options(&window, "keydown", EventListenerOptions::enable_prevent_default(), move |event| {
                if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
                    answer.key(event);
                }
            })
        });
        hands
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let dragging = self.grip.borrow().carry.as_ref().is_some_and(|carry| carry.lifted);
        let hand = props.hand.as_ref().filter(|hand| dragging && !hand.locked);
        let answer = self.answer(props);
        let on = |does: fn(&Answer, &PointerEvent)| {
            let answer = answer.clone();
            Callback::from(move |event: PointerEvent| does(&answer, &event))
        };
        let (clicked, context) = (answer.clone(), answer.clone());
        html! {
            <div ref={props.root.clone()} class={classes!("eni-app", props.class.clone(), hand.is_some().then_some("is-dragging"))}
                lang={language().tag()} data-theme={props.theme} data-pane={props.pane} data-running={props.running.to_string()} data-saved={format!("{:?}", props.saved)}
                onpointerdown={on(Answer::down)} onpointermove={on(Answer::moved)}
                onpointerup={on(|answer, event| answer.up(event, false))} onpointercancel={on(|answer, event| answer.up(event, true))}
                onclick={move |event: MouseEvent| clicked.click(&event)} oncontextmenu={move |event: MouseEvent| context.context_menu(&event)}
                ondragenter={import::over(&props.send)} ondragover={import::over(&props.send)}
                ondragleave={import::left(&props.root, &props.send)} ondrop={import::dropped(&props.send)}>
                { props.children.clone() }
                <div class="lifted" ref={&self.ghost} aria-hidden="true">{ for hand.map(|hand| carried(hand, &props.board)) }</div>
                <div class="flights" aria-hidden="true" inert=true />
            </div>
        }
    }
}

impl Hands {
    fn answer(&self, props: &HandsProps) -> Answer {
        let (root, ghost, grip) = (props.root.clone(), self.ghost.clone(), self.grip.clone());
        Answer { root, ghost, held: props.held.clone(), send: props.send.clone(), grip }
    }
}

impl Answer {
    fn hand(&self) -> Option<Rc<Hand>> {
        (self.held.0)()
    }

    fn down(&self, event: &PointerEvent) {
        let mut grip = self.grip.borrow_mut();
        grip.ignore_click = false;
        if event.button() != 0 || grip.carry.is_some() {
            return;
        }
        let Some(thing) = target(event).and_then(|element| screen::nearest(&element, "data-drag")) else { return };
        let carrying = self.hand().is_some_and(|hand| !hand.locked);
        if !carrying {
            let from = (f64::from(event.client_x()), f64::from(event.client_y()));
            let rest = (event.pointer_type() != "mouse").then(|| {
                let (answer, event) = (self.clone(), event.clone());
                Timeout::new(REST_MS, move || answer.rested(&event))
            });
            let still = target(event).filter(|_| rest.is_some()).map(|finger_on| self.still(&finger_on));
            grip.carry = Some(Carry { pointer: event.pointer_id(), thing, from, at: from, lifted: false, rest, _still: still });
        }
    }

    /// What a finger carries does not scroll the page. The element that it came down on is told of its moves to the end, on the page or not.
    fn still(&self, finger_on: &Element) -> EventListener {
        let grip = self.grip.clone();
        EventListener::new_with_options(finger_on, "touchmove", EventListenerOptions::enable_prevent_default(), move |event| {
            if grip.borrow().carry.as_ref().is_some_and(|carry| carry.lifted) && event.cancelable() {
                event.prevent_default();
            }
        })
    }

    /// A finger has rested on a thing: it is lifted.
    fn rested(&self, event: &PointerEvent) {
        let lifted = self.grip.borrow_mut().lift(event.pointer_id());
        if let Some((thing, from)) = lifted {
            self.carry(event, &thing, from, true);
        }
    }

    fn moved(&self, event: &PointerEvent) {
        let at = (f64::from(event.client_x()), f64::from(event.client_y()));
        let Some((thing, lifts)) = self.grip.borrow_mut().follow(event.pointer_id(), at) else { return };
        self.carry(event, &thing, at, lifts);
    }

    fn carry(&self, event: &PointerEvent, thing: &str, at: (f64, f64), lifts: bool) {
        if lifts {
            pointer::capture(&self.root, event);
            self.send.emit(Msg::PickUp(thing.to_owned()));
        }
        if let Some(ghost) = self.ghost.cast::<Element>() {
            screen::set_property(&ghost, "--x", &format!("{}px", at.0));
            screen::set_property(&ghost, "--y", &format!("{}px", at.1));
        }
        self.send.emit(Msg::Over(place_under(thing, at)));
        self.pull(at);
    }

    /// What is carried to an edge of the board scrolls it.
    fn pull(&self, at: (f64, f64)) {
        let (Some(board), mut grip) = (self.board(), self.grip.borrow_mut()) else { return };
        let Grip { carry: Some(carry), edge, .. } = &mut *grip else { return };
        carry.at = at;
        if place_under(&carry.thing, at).is_none() && edge.begins(&board, carry.from, at) {
            edge.ask(self.each_frame());
        }
    }

    fn each_frame(&self) -> Callback<f64> {
        let answer = self.clone();
        Callback::from(move |now| answer.frame(now))
    }

    /// A frame while something pulls at an edge: under the pointer there is another place then.
    fn frame(&self, now: f64) {
        let Some(board) = self.board() else { return };
        let held = self.hand().is_some_and(|hand| !hand.locked);
        let mut grip = self.grip.borrow_mut();
        let Grip { carry, edge, .. } = &mut *grip;
        let Some(carry) = carry.as_ref().filter(|carry| carry.lifted && held) else {
            *edge = Edge::default();
            return;
        };
        // A place that was reached stays under the pointer.
        if place_under(&carry.thing, carry.at).is_some() {
            *edge = Edge::default();
            return;
        }
        let (moved, pulls) = edge.frame(&board, carry.from, carry.at, now);
        let over = moved.then(|| place_under(&carry.thing, carry.at));
        if pulls {
            edge.ask(self.each_frame());
        }
        drop(grip);
        if let Some(place) = over {
            self.send.emit(Msg::Over(place));
        }
    }

    fn board(&self) -> Option<Element> {
        self.root.cast::<Element>()?.query_selector(".board").ok().flatten()
    }

    fn up(&self, event: &PointerEvent, cancelled: bool) {
        let carry = self.grip.borrow_mut().carry.take_if(|carry| carry.pointer == event.pointer_id());
        let Some(carry) = carry.filter(|carry| carry.lifted) else { return };
        pointer::release(&self.root, event);
        let at = (f64::from(event.client_x()), f64::from(event.client_y()));
        match (self.hand(), place_under(&carry.thing, at)) {
            // What may not be lifted keeps its callout until the next act or tap; what Escape put back on the way lies where it was.
            (Some(hand), _) if hand.locked => {}
            (None, _) => {}
            (_, Some(place)) if !cancelled => self.send.emit(Msg::Release(place)),
            _ => self.send.emit(Msg::PutBack),
        }
    }

    fn click(&self, event: &MouseEvent) {
        if std::mem::take(&mut self.grip.borrow_mut().ignore_click) {
            return;
        }
        let Some(element) = target(event) else { return };
        if element.closest(".eni-more").ok().flatten().is_some() {
            // It opens and closes, with or without something in the hand.
            return;
        }
        let on_board = element.closest(".board-content,.tray,.loose").ok().flatten().is_some();
        if let Some(hand) = self.hand().filter(|_| on_board) {
            match screen::nearest(&element, attribute(hand.kind)).filter(|_| !hand.locked) {
                // A tap on the thing itself puts it back, wherever it lies.
                Some(place) if screen::nearest(&element, "data-drag").as_ref() != Some(&hand.thing) => self.send.emit(Msg::DropOn(place)),
                _ => self.send.emit(Msg::PutBack),
            }
            return;
        }
        let (drag, menu) = (screen::nearest(&element, "data-drag"), screen::nearest(&element, "data-menu"));
        match (drag, menu) {
            // A click without a pointer is Enter, Space or an assistive device: it opens the menu.
            (Some(thing), _) if event.detail() > 0 => self.send.emit(Msg::PickUp(thing)),
            (_, Some(thing)) => {
                self.send.emit(Msg::SelectThing(Some(thing.clone())));
                self.send.emit(Msg::OpenMenu(thing));
            }
            _ => {}
        }
    }

    fn context_menu(&self, event: &MouseEvent) {
        if self.grip.borrow().carry.is_some() {
            // The browser's own long press comes after ours.
            event.prevent_default();
            return;
        }
        let thing = target(event).and_then(|element| screen::nearest(&element, "data-menu"));
        if let Some(thing) = thing {
            event.prevent_default();
            self.send.emit(Msg::OpenMenu(thing));
        }
    }

    /// Keys of the stops of the arrow keys; with something in the hand, of the whole page, for the focus may be nowhere.
    fn key(&self, event: &KeyboardEvent) {
        let Some(element) = target(event).filter(|_| !event.default_prevented()) else { return };
        let Some(root) = self.root.cast::<Element>() else { return };
        let taken = event.ctrl_key() || event.meta_key() || event.alt_key();
        if taken || !(root.contains(Some(&element)) || screen::is_page(&element)) || element.closest(TYPING).ok().flatten().is_some() {
            return;
        }
        let stop = element.closest("[data-rove]").ok().flatten();
        let does = match self.hand().filter(|hand| !hand.locked) {
            Some(hand) => self.carrying(&hand, event, stop.is_some() || screen::is_page(&element)),
            None => self.idle(event, stop),
        };
        if does {
            event.prevent_default();
        }
    }

    fn idle(&self, event: &KeyboardEvent, stop: Option<Element>) -> bool {
        let Some(stop) = stop else { return false };
        match (event.key().as_str(), step(event)) {
            ("m" | "M", _) => {
                let Some(thing) = screen::nearest(&stop, "data-drag") else { return false };
                self.send.emit(Msg::PickUp(thing));
            }
            (_, Some(forward)) => {
                if self.hand().is_some() {
                    self.send.emit(Msg::PutBack);
                }
                walk(&stop, forward);
            }
            _ => return false,
        }
        true
    }

    /// Arrows walk from wherever the focus is; Enter lets go unless the focus is on something that Enter is meant for.
    fn carrying(&self, hand: &Hand, event: &KeyboardEvent, lets_go: bool) -> bool {
        match (event.key().as_str(), step(event)) {
            (_, Some(forward)) => self.send.emit(Msg::WalkPlaces(forward)),
            ("Enter" | " ", _) if lets_go => {
                if let Some(place) = &hand.over {
                    self.send.emit(Msg::DropOn(place.clone()));
                }
            }
            _ => return false,
        }
        true
    }
}

impl Grip {
    /// A pointer has moved: what it carries, and whether it lifts it with this very step.
    fn follow(&mut self, pointer: i32, at: (f64, f64)) -> Option<(String, bool)> {
        let carry = self.carry.as_mut().filter(|carry| carry.pointer == pointer)?;
        if carry.lifted {
            return Some((carry.thing.clone(), false));
        }
        if (at.0 - carry.from.0).hypot(at.1 - carry.from.1) < SLOP {
            return None;
        }
        if carry.rest.is_some() {
            // A finger that moves at once scrolls.
            self.carry = None;
            return None;
        }
        self.lift(pointer).map(|(thing, _)| (thing, true))
    }

    /// A pointer lifts what it is on: what, and where it went down.
    fn lift(&mut self, pointer: i32) -> Option<(String, (f64, f64))> {
        let carry = self.carry.as_mut().filter(|carry| carry.pointer == pointer && !carry.lifted)?;
        carry.lifted = true;
        self.ignore_click = true;
        Some((carry.thing.clone(), carry.from))
    }
}

/// Where keys are for writing, or belong to a dialog.
const TYPING: &str = "input,textarea,select,[contenteditable],dialog";

/// Forward or back, by an arrow key.
fn step(event: &KeyboardEvent) -> Option<bool> {
    match event.key().as_str() {
        "ArrowDown" | "ArrowRight" => Some(true),
        "ArrowUp" | "ArrowLeft" => Some(false),
        _ => None,
    }
}

/// The place for a thing under a point of the window.
fn place_under(thing: &str, at: (f64, f64)) -> Option<String> {
    let kind = HandKind::of(thing)?;
    screen::nearest(&screen::element_at(at.0, at.1)?, attribute(kind))
}

/// The focus goes to the next stop of the same region.
fn walk(stop: &Element, forward: bool) {
    if let Some(region) = stop.closest(".board,.tray,.loose").ok().flatten() {
        screen::focus_next(&region, "data-rove", stop, forward);
    }
}

fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// The attribute of places for a kind of thing.
fn attribute(kind: HandKind) -> &'static str {
    match kind {
        HandKind::Eni => "data-for-eni",
        HandKind::ElasticIp => "data-for-elastic-ip",
        HandKind::Group => "data-for-group",
    }
}

/// What follows the pointer.
fn carried(hand: &Hand, board: &BoardView) -> Html {
    let id = hand.thing.split('@').next().and_then(|thing| thing.split_once(':')).map_or("", |(_, id)| id);
    match hand.kind {
        HandKind::Eni => {
            let eni = enis(board).find(|eni| eni.id == id);
            let address = eni.and_then(|eni| eni.addresses.first()).map(|address| address.ip.clone()).unwrap_or_default();
            html! {
                <div class="eni is-drag">
                    <span class="eni-main">{ glyph(Icon::Eni) }
                        <span class="eni-words"><span class="eni-name"><b>{ hand.name.clone() }</b></span><span class="eni-address"><span class="mono">{ address }</span></span></span>
                    </span>
                    <span class="eni-groups">{ for eni.iter().flat_map(|eni| &eni.groups).map(badge) }</span>
                </div>
            }
        }
        HandKind::ElasticIp => {
            // What else happens there, as that another address makes way.
            let over = hand.over_target().filter(|target| target.act.is_some() && target.refusal.is_none());
            html! {
                <>
                    <div class="free is-drag">{ glyph(Icon::ElasticIp) }<span class="mono">{ hand.name.clone() }</span></div>
                    { for over.map(|target| html! { <p class="drag-says">{ target.text.clone() }</p> }) }
                </>
            }
        }
        HandKind::Group => {
            let group = board.tray.groups.iter().find(|group| group.badge.id == id);
            html! { <div class="grp is-drag">{ group.map(|group| badge(&group.badge)).unwrap_or_default() }<span>{ hand.name.clone() }</span></div> }
        }
    }
}
