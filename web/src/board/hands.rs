//! Hands: one set of handlers at the root of the page for everything that is picked up, by pointer, by tap or by key.
//!
//! A pointer that moves with a thing carries it and lets it go where it is lifted. A tap picks up, the next tap lets go. By key, M picks up,
//! arrows walk the places, Enter lets go and Escape puts back. All of them send the same messages.

use crate::glyph::{Icon, glyph};
use crate::import;
use crate::platform::{pointer, screen};
use crate::store::{Dispatch, Hand, HandKind, Msg, Saved, enis};
use crate::words::language;
use eni_playground::view::board::BoardView;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

/// A pointer that moves less than this has tapped, not carried; in pixels.
const SLOP: f64 = 5.0;

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
    /// What is in the hand.
    pub hand: Option<Rc<Hand>>,
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
    lifted: bool,
}

/// What happens.
pub enum Message {
    /// A pointer goes down.
    Down(PointerEvent),
    /// It moves.
    Move(PointerEvent),
    /// It is lifted, or taken away (`true`).
    Up(PointerEvent, bool),
    /// A click or tap.
    Click(MouseEvent),
    /// The secondary button, or a long press.
    Context(MouseEvent),
    /// A key.
    Key(KeyboardEvent),
}

/// The hands.
pub struct Hands {
    ghost: NodeRef,
    carry: Option<Carry>,
    /// The click that a browser makes of a carrying is none.
    ignore_click: bool,
}

impl Component for Hands {
    type Message = Message;
    type Properties = HandsProps;

    fn create(_: &Context<Self>) -> Hands {
        Hands { ghost: NodeRef::default(), carry: None, ignore_click: false }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Down(event) => self.down(ctx, &event),
            Message::Move(event) => self.moved(ctx, &event),
            Message::Up(event, cancelled) => self.up(ctx, &event, cancelled),
            Message::Click(event) => self.click(ctx, &event),
            Message::Context(event) => context_menu(ctx, &event),
            Message::Key(event) => key(ctx, &event),
        }
        false
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let link = ctx.link();
        let dragging = self.carry.as_ref().is_some_and(|carry| carry.lifted);
        let hand = props.hand.as_ref().filter(|hand| dragging && !hand.locked);
        html! {
            <div ref={props.root.clone()} class={classes!("eni-app", props.class.clone(), hand.is_some().then_some("is-dragging"))}
                lang={language().tag()} data-theme={props.theme} data-pane={props.pane} data-running={props.running.to_string()} data-saved={format!("{:?}", props.saved)}
                onpointerdown={link.callback(Message::Down)} onpointermove={link.callback(Message::Move)}
                onpointerup={link.callback(|event| Message::Up(event, false))} onpointercancel={link.callback(|event| Message::Up(event, true))}
                onclick={link.callback(Message::Click)} oncontextmenu={link.callback(Message::Context)} onkeydown={link.callback(Message::Key)}
                ondragover={import::over()} ondrop={import::dropped(&props.send)}>
                { props.children.clone() }
                <div class="lifted" ref={&self.ghost} aria-hidden="true">{ for hand.map(|hand| carried(hand, &props.board)) }</div>
            </div>
        }
    }
}

impl Hands {
    fn down(&mut self, ctx: &Context<Self>, event: &PointerEvent) {
        self.ignore_click = false;
        if event.button() != 0 || self.carry.is_some() {
            return;
        }
        let Some(thing) = target(event).and_then(|element| screen::nearest(&element, "data-drag")) else { return };
        let carrying = ctx.props().hand.as_ref().is_some_and(|hand| !hand.locked);
        if !carrying {
            let from = (f64::from(event.client_x()), f64::from(event.client_y()));
            self.carry = Some(Carry { pointer: event.pointer_id(), thing, from, lifted: false });
        }
    }

    fn moved(&mut self, ctx: &Context<Self>, event: &PointerEvent) {
        let Some(carry) = self.carry.as_mut().filter(|carry| carry.pointer == event.pointer_id()) else { return };
        let at = (f64::from(event.client_x()), f64::from(event.client_y()));
        if !carry.lifted {
            if (at.0 - carry.from.0).hypot(at.1 - carry.from.1) < SLOP {
                return;
            }
            carry.lifted = true;
            self.ignore_click = true;
            pointer::capture(&ctx.props().root, event);
            ctx.props().send.emit(Msg::PickUp(carry.thing.clone()));
        }
        let kind = HandKind::of(&carry.thing);
        if let Some(ghost) = self.ghost.cast::<Element>() {
            screen::set_property(&ghost, "--x", &format!("{}px", at.0));
            screen::set_property(&ghost, "--y", &format!("{}px", at.1));
        }
        let place = kind.and_then(|kind| screen::element_at(at.0, at.1).and_then(|element| screen::nearest(&element, attribute(kind))));
        ctx.props().send.emit(Msg::Over(place));
    }

    fn up(&mut self, ctx: &Context<Self>, event: &PointerEvent, cancelled: bool) {
        let Some(carry) = self.carry.take_if(|carry| carry.pointer == event.pointer_id()) else { return };
        if !carry.lifted {
            return;
        }
        pointer::release(&ctx.props().root, event);
        let locked = ctx.props().hand.as_ref().is_some_and(|hand| hand.locked);
        let place = HandKind::of(&carry.thing).and_then(|kind| {
            let under = screen::element_at(f64::from(event.client_x()), f64::from(event.client_y()))?;
            screen::nearest(&under, attribute(kind))
        });
        match place {
            // What may not be lifted keeps its callout until the next act or tap.
            _ if locked => {}
            Some(place) if !cancelled => ctx.props().send.emit(Msg::DropOn(place)),
            _ => ctx.props().send.emit(Msg::PutBack),
        }
    }

    fn click(&mut self, ctx: &Context<Self>, event: &MouseEvent) {
        if std::mem::take(&mut self.ignore_click) {
            return;
        }
        let Some(element) = target(event) else { return };
        let send = &ctx.props().send;
        let on_board = element.closest(".board-content,.tray").ok().flatten().is_some();
        if let Some(hand) = ctx.props().hand.as_ref().filter(|_| on_board) {
            match screen::nearest(&element, attribute(hand.kind)).filter(|_| !hand.locked) {
                // A tap on the thing itself puts it back, wherever it lies.
                Some(place) if screen::nearest(&element, "data-drag").as_ref() != Some(&hand.thing) => send.emit(Msg::DropOn(place)),
                _ => send.emit(Msg::PutBack),
            }
            return;
        }
        let (drag, menu) = (screen::nearest(&element, "data-drag"), screen::nearest(&element, "data-menu"));
        match (drag, menu) {
            // A click without a pointer is Enter, Space or an assistive device: it opens the menu.
            (Some(thing), None) | (Some(thing), Some(_)) if event.detail() > 0 => send.emit(Msg::PickUp(thing)),
            (_, Some(thing)) => {
                send.emit(Msg::SelectThing(Some(thing.clone())));
                send.emit(Msg::OpenMenu(thing));
            }
            _ => {}
        }
    }
}

fn context_menu(ctx: &Context<Hands>, event: &MouseEvent) {
    let thing = target(event).and_then(|element| screen::nearest(&element, "data-menu"));
    if let Some(thing) = thing {
        event.prevent_default();
        ctx.props().send.emit(Msg::OpenMenu(thing));
    }
}

fn key(ctx: &Context<Hands>, event: &KeyboardEvent) {
    let Some(element) = target(event) else { return };
    if screen::nearest(&element, "data-rove").is_none() {
        return;
    }
    let send = &ctx.props().send;
    let hand = ctx.props().hand.as_ref();
    let step = match event.key().as_str() {
        "ArrowDown" | "ArrowRight" => Some(true),
        "ArrowUp" | "ArrowLeft" => Some(false),
        _ => None,
    };
    match (event.key().as_str(), hand, step) {
        (_, Some(hand), Some(forward)) if !hand.locked => send.emit(Msg::WalkPlaces(forward)),
        ("Enter" | " ", Some(hand), _) if !hand.locked => {
            if let Some(place) = &hand.over {
                send.emit(Msg::DropOn(place.clone()));
            }
        }
        ("m" | "M", None, _) if !(event.ctrl_key() || event.meta_key() || event.alt_key()) => {
            let Some(thing) = screen::nearest(&element, "data-drag") else { return };
            send.emit(Msg::PickUp(thing));
        }
        (_, None, Some(forward)) => walk(&element, forward),
        (_, Some(_), Some(forward)) => {
            send.emit(Msg::PutBack);
            walk(&element, forward);
        }
        _ => return,
    }
    event.prevent_default();
}

/// The focus goes to the next stop of the same region.
fn walk(element: &Element, forward: bool) {
    let stop = element.closest("[data-rove]").ok().flatten();
    if let (Some(region), Some(stop)) = (element.closest(".board,.tray").ok().flatten(), stop) {
        screen::focus_next(&region, "data-rove", &stop, forward);
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
                    <span class="eni-groups">{ for eni.iter().flat_map(|eni| &eni.groups).map(super::chip::badge) }</span>
                </div>
            }
        }
        HandKind::ElasticIp => {
            html! { <div class="free is-drag">{ glyph(Icon::ElasticIp) }<span class="mono">{ hand.name.clone() }</span></div> }
        }
        HandKind::Group => {
            let group = board.tray.groups.iter().find(|group| group.badge.id == id);
            html! { <div class="grp is-drag">{ group.map(|group| super::chip::badge(&group.badge)).unwrap_or_default() }<span>{ hand.name.clone() }</span></div> }
        }
    }
}
