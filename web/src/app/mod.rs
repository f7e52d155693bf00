//! The root component: it takes every message to the store, does what the store asks of the browser, and lays out the page.

mod autosave;
mod frame;
mod panes;

use crate::board::Sky;
use crate::platform::window::{EventListener, window};
use crate::platform::{clipboard, files, screen};
use crate::store::{Effect, Msg, Saved, Store, Theme};
use crate::words::{Key, say};
use autosave::Autosave;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

/// The store, shared by the root component and the handle that other pages hold.
pub type SharedStore = Rc<RefCell<Store>>;

/// Who is told that a document contains all so far.
pub type CheckpointSink = Rc<dyn Fn(&str)>;

/// What the root component is given.
#[derive(Clone, Properties)]
pub struct AppProps {
    /// The store.
    pub store: SharedStore,
    /// The loader's checkpoint.
    pub checkpoint: CheckpointSink,
    /// Under which key the work is kept; `None` if it is not.
    pub storage_key: Option<String>,
    /// Whether an earlier visit is brought back; not after a crash, when the loader has brought back more.
    pub restore: bool,
}

impl PartialEq for AppProps {
    fn eq(&self, other: &AppProps) -> bool {
        Rc::ptr_eq(&self.store, &other.store)
    }
}

/// The root of the page.
pub struct App {
    root: NodeRef,
    sky: Rc<RefCell<Sky>>,
    frame: Option<crate::platform::frame::Frame>,
    autosave: Option<Autosave>,
    /// What gets the focus when it has been drawn.
    focus: Option<String>,
    _listeners: Vec<EventListener>,
}

impl Component for App {
    type Message = Msg;
    type Properties = AppProps;

    fn create(ctx: &Context<Self>) -> App {
        let send = ctx.link().callback(|message: Msg| message);
        let autosave =
            ctx.props().storage_key.clone().map(|key| Autosave::new(key, ctx.props().store.clone(), send.clone(), ctx.props().restore));
        App { root: NodeRef::default(), sky: Rc::default(), frame: None, autosave, focus: None, _listeners: listen(&send) }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Msg) -> bool {
        let at_frame = match message {
            Msg::Frame(at) => Some(at),
            _ => None,
        };
        let (redraw, effects) = {
            let mut store = ctx.props().store.borrow_mut();
            let redraw = store.update(message);
            (redraw, store.take_effects())
        };
        for effect in effects {
            self.carry_out(ctx, effect);
        }
        if let Some(at) = at_frame {
            let store = ctx.props().store.borrow();
            let clock = store.shown().clock;
            self.sky.borrow_mut().frame(at, clock.playing, clock.speed.factor());
            // By the frame after the act all parts have been drawn anew, and the thing is where it belongs.
            if let (Some(thing), Some(root)) = (self.focus.take(), self.root.cast::<Element>()) {
                screen::focus(&root, "data-rove", &thing);
            }
            self.ask_for_frame(ctx);
        }
        redraw
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let store = ctx.props().store.borrow();
        let send = ctx.link().callback(|message: Msg| message);
        frame::view(&self.root, &self.sky, store.shown(), &send)
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first {
            self.ask_for_frame(ctx);
        }
    }
}

impl App {
    fn ask_for_frame(&mut self, ctx: &Context<Self>) {
        self.frame = Some(crate::platform::frame::next(ctx.link().callback(Msg::Frame)));
    }

    fn carry_out(&mut self, ctx: &Context<Self>, effect: Effect) {
        let link = ctx.link();
        match effect {
            Effect::Checkpoint(document) => (ctx.props().checkpoint)(&document),
            Effect::Copy(text) => {
                clipboard::copy(&text, link.callback(|copied| Msg::Notice(say(if copied { Key::Copied } else { Key::CopyRefused }))))
            }
            Effect::Download { name, text } => files::download(&name, &text),
            Effect::Save => match &mut self.autosave {
                Some(autosave) => autosave.soon(),
                None => link.send_message(Msg::Saved(Saved::Off)),
            },
            Effect::ChooseFiles => files::choose(link.callback(crate::import::opened)),
            Effect::Fly(flights) => self.sky.borrow_mut().launch(flights),
            Effect::Ground => self.sky.borrow_mut().clear(),
            Effect::Focus(thing) => self.focus = Some(thing),
        }
    }
}

/// Listeners of the window; they end when they are dropped.
fn listen(send: &Callback<Msg>) -> Vec<EventListener> {
    let Some(window) = window() else { return Vec::new() };
    let resized = send.clone();
    let typed = send.clone();
    vec![
        EventListener::new(&window, "resize", move |_| resized.emit(Msg::Resized)),
        EventListener::new(&window, "keydown", move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
            let writing = event
                .target()
                .and_then(|target| target.dyn_into::<Element>().ok())
                .is_some_and(|element| element.closest("input,textarea,select,[contenteditable]").ok().flatten().is_some());
            if event.key() == "Escape" {
                typed.emit(Msg::PutBack);
                return;
            }
            if writing || !(event.ctrl_key() || event.meta_key()) {
                return;
            }
            match (event.key().as_str(), event.shift_key()) {
                ("z" | "Z", false) => typed.emit(Msg::Undo),
                ("z" | "Z", true) | ("y", _) => typed.emit(Msg::Redo),
                _ => {}
            }
        }),
    ]
}

/// The word for `data-theme`: automatic is settled here, so that the sheets know three themes only.
fn theme_name(theme: Theme) -> &'static str {
    match theme {
        Theme::Auto if crate::platform::media::prefers_dark() => "dark",
        Theme::Auto => "light",
        other => other.name(),
    }
}
