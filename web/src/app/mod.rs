//! The root component: it takes every message to the store, does what the store asks of the browser, and lays out the page.

mod autosave;
mod frame;
mod panes;

use crate::board::{Held, Sky};
use crate::import;
use crate::platform::keeper::Keeper;
use crate::platform::whole::Whole;
use crate::platform::window::{EventListener, window};
use crate::platform::{clipboard, files};
use crate::store::{Dispatch, Effect, Msg, Saved, Store, Theme};
use crate::words::{Key, say};
use autosave::Autosave;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

/// The store, shared by the root component and the handle that other pages hold.
pub type SharedStore = Rc<RefCell<Store>>;

/// What the root component is given.
#[derive(Clone, Properties)]
pub struct AppProps {
    /// The store.
    pub store: SharedStore,
    /// Under which key the work is kept; `None` if it is not.
    pub storage_key: Option<String>,
    /// Whether an earlier visit is brought back; not after a crash, when the loader has brought back more.
    pub restore: bool,
    /// What keeping the work waits for.
    pub whole: Whole,
}

impl PartialEq for AppProps {
    fn eq(&self, other: &AppProps) -> bool {
        Rc::ptr_eq(&self.store, &other.store)
    }
}

/// What the root component hears.
pub enum Told {
    /// The store has done what a message asked; whether the page has to be drawn again.
    Did(bool),
    /// A message came while the store was at work.
    Later(Msg),
    /// A frame.
    Frame(f64),
}

/// The root of the page.
pub struct App {
    root: NodeRef,
    sky: Rc<RefCell<Sky>>,
    frame: Option<crate::platform::frame::Frame>,
    autosave: Option<Autosave>,
    /// Who has the focus.
    keeper: Keeper,
    send: Dispatch,
    held: Held,
    complete: panes::Completer,
    _listeners: Vec<EventListener>,
}

impl Component for App {
    type Message = Told;
    type Properties = AppProps;

    fn create(ctx: &Context<Self>) -> App {
        let AppProps { store, storage_key, restore, whole } = ctx.props();
        let send = dispatch(ctx);
        let begin = |key| Autosave::new(key, store.clone(), send.clone(), *restore, whole.clone());
        let autosave = storage_key.clone().map(begin);
        let root = NodeRef::default();
        let peeked = store.clone();
        let held = Held(Rc::new(move || peeked.try_borrow().ok()?.shown().hand.clone()));
        let mut listeners = listen(&send);
        listeners.extend(import::pastes(&root, store.borrow().shown().embedded, &send));
        let asked = store.clone();
        let complete = Callback::from(move |before: String| asked.try_borrow().map(|store| store.complete(&before)).unwrap_or_default());
        App { root, sky: Rc::default(), frame: None, autosave, keeper: Keeper::default(), send, held, complete, _listeners: listeners }
    }

    fn update(&mut self, ctx: &Context<Self>, told: Told) -> bool {
        let at_frame = match told {
            Told::Frame(at) => Some(at),
            _ => None,
        };
        let redraw = match told {
            Told::Did(redraw) => redraw,
            Told::Later(message) => ctx.props().store.borrow_mut().update(message),
            Told::Frame(at) => ctx.props().store.borrow_mut().update(Msg::Frame(at)),
        };
        let effects = ctx.props().store.borrow_mut().take_effects();
        for effect in effects {
            self.carry_out(effect);
        }
        if let Some(at) = at_frame {
            let clock = ctx.props().store.borrow().shown().clock;
            self.sky.borrow_mut().frame(at, clock.playing, clock.speed.factor(), clock.now_ms);
            if let Some(root) = self.root.cast::<Element>() {
                self.keeper.look(&root);
            }
            self.ask_for_frame(ctx);
        }
        redraw
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let store = ctx.props().store.borrow();
        frame::view(&self.root, &self.sky, store.shown(), &self.held, &self.complete, &self.send)
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first {
            self.ask_for_frame(ctx);
        }
    }
}

impl App {
    fn ask_for_frame(&mut self, ctx: &Context<Self>) {
        self.frame = Some(crate::platform::frame::next(ctx.link().callback(Told::Frame)));
    }

    fn carry_out(&mut self, effect: Effect) {
        let send = &self.send;
        match effect {
            Effect::Copy(text) => {
                clipboard::copy(&text, send.reform(|copied| Msg::Notice(say(if copied { Key::Copied } else { Key::CopyRefused }))))
            }
            Effect::Download { name, bytes } => files::download(&name, &bytes),
            Effect::Save | Effect::SaveTime | Effect::SaveHere => match &self.autosave {
                Some(autosave) => autosave.write(effect != Effect::SaveTime, effect == Effect::SaveHere),
                None => send.emit(Msg::Saved(Saved::Off, 0)),
            },
            Effect::Choose { folder } => files::choose(folder, import::taker(send)),
            Effect::Fly(flights) => self.sky.borrow_mut().launch(flights),
            Effect::Ground => self.sky.borrow_mut().clear(),
            Effect::FocusBack => self.keeper.give_back(),
            Effect::Focus(thing) => self.keeper.want(thing),
        }
    }
}

/// The way to the store. It is taken at once, not in the turn of what waits to be drawn: the next event, however soon, finds what this one did.
fn dispatch(ctx: &Context<App>) -> Dispatch {
    let (store, link) = (ctx.props().store.clone(), ctx.link().clone());
    Callback::from(move |message: Msg| {
        let told = match store.try_borrow_mut() {
            Ok(mut store) => Told::Did(store.update(message)),
            Err(_) => Told::Later(message),
        };
        link.send_message(told);
    })
}

/// Listeners of the window; they end when they are dropped.
fn listen(send: &Callback<Msg>) -> Vec<EventListener> {
    let Some(window) = window() else { return Vec::new() };
    let resized = send.clone();
    let typed = send.clone();
    let left = send.clone();
    let gone = send.clone();
    vec![
        EventListener::new(&window, "resize", move |_| resized.emit(Msg::Resized)),
        EventListener::new(&window, "visibilitychange", move |_| left.emit(Msg::Leaving)),
        EventListener::new(&window, "pagehide", move |_| gone.emit(Msg::Leaving)),
        EventListener::new(&window, "keydown", move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let inside = |selector: &str| target.as_ref().is_some_and(|element| element.closest(selector).ok().flatten().is_some());
            let writing = inside("input,textarea,select,[contenteditable]");
            if event.key() == "Escape" {
                // In a dialog it closes the dialog and nothing else.
                if !inside("dialog") {
                    typed.emit(Msg::PutBack);
                    typed.emit(Msg::FilesOver(false));
                }
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
