//! A menu: a list of things that can be done, with the reason beside each that cannot be done now.
//!
//! It opens at a place of the window, is worked with the arrow keys, and goes one level down where an entry has entries of its own.

use crate::glyph::{Icon, glyph_sized};
use crate::platform::overlay::{self, Place};
use crate::words::{Key, say};
use std::rc::Rc;
use yew::prelude::*;

/// An entry of a menu; `T` is what picking it gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<T> {
    /// What it says: a verb.
    pub text: AttrValue,
    /// A second, quieter line: the reason why not, or what it would bring.
    pub note: AttrValue,
    /// Its glyph.
    pub icon: Option<Icon>,
    /// What it does.
    pub does: Does<T>,
}

/// What an entry does.
#[derive(Clone, Debug, PartialEq)]
pub enum Does<T> {
    /// It can be picked.
    Pick(T),
    /// It opens more.
    More(Rc<[Entry<T>]>),
    /// It would be refused now; the note says why in a few words, and picking it gives the whole answer.
    Refused(T),
    /// It cannot be done now; the note says why.
    Nothing,
}

impl<T> Entry<T> {
    /// An entry without a note.
    pub fn new(icon: Icon, text: impl Into<AttrValue>, does: Does<T>) -> Entry<T> {
        Entry { text: text.into(), note: AttrValue::default(), icon: Some(icon), does }
    }

    /// The same with a note.
    pub fn noted(mut self, note: impl Into<AttrValue>) -> Entry<T> {
        self.note = note.into();
        self
    }
}

/// What a menu is made of.
#[derive(Clone, PartialEq, Properties)]
pub struct MenuProps<T: Clone + PartialEq + 'static> {
    /// Its name.
    pub name: AttrValue,
    /// Its entries.
    pub entries: Rc<[Entry<T>]>,
    /// What it hangs at; where it is not given, the thing that it is about.
    #[prop_or_default]
    pub place: Option<Place>,
    /// The thing that it is about.
    #[prop_or_default]
    pub thing: AttrValue,
    /// What was picked.
    pub on_pick: Callback<T>,
    /// Closed without picking.
    pub on_close: Callback<()>,
}

/// What happens in it.
pub enum Message {
    /// An entry was clicked.
    Chosen(usize),
    /// One level up.
    Back,
    /// A key.
    Pressed(KeyboardEvent),
}

/// The menu.
pub struct Menu<T> {
    node: NodeRef,
    list: NodeRef,
    /// The way down: which entry was opened on each level.
    path: Vec<usize>,
    at: usize,
    fresh: bool,
    place: Place,
    kind: std::marker::PhantomData<T>,
}

impl<T: Clone + PartialEq + 'static> Component for Menu<T> {
    type Message = Message;
    type Properties = MenuProps<T>;

    fn create(_: &Context<Self>) -> Self {
        Menu {
            node: NodeRef::default(),
            list: NodeRef::default(),
            path: Vec::new(),
            at: 0,
            fresh: true,
            place: Place::default(),
            kind: std::marker::PhantomData,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Chosen(index) => self.choose(ctx, index),
            Message::Back => {
                self.path.pop();
                self.fresh = true;
                true
            }
            Message::Pressed(event) => self.press(&event),
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let on_cancel = props.on_close.reform(|event: Event| event.prevent_default());
        let (node, on_close) = (self.node.clone(), props.on_close.clone());
        let on_beside = Callback::from(move |event: MouseEvent| {
            if overlay::is_on(&event, &node) {
                on_close.emit(());
            }
        });
        let level = level(&props.entries, &self.path);
        // Here and not in the message, which may be taken after the browser has scrolled.
        let onkeydown = ctx.link().callback(|event: KeyboardEvent| {
            if matches!(event.key().as_str(), "ArrowDown" | "ArrowUp" | "Home" | "End" | "ArrowLeft") {
                event.prevent_default();
            }
            Message::Pressed(event)
        });
        html! {
            <dialog ref={&self.node} class="menu" aria-label={&props.name} oncancel={on_cancel} onclick={on_beside}>
                <div class="menu-in" role="menu" aria-label={&props.name} ref={&self.list} {onkeydown}>
                    { self.back(ctx, &level.title) }
                    { for level.entries.iter().enumerate().map(|(index, entry)| entry_row(entry, ctx.link().callback(move |_: MouseEvent| Message::Chosen(index)))) }
                </div>
            </dialog>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first {
            // Before it opens, because then the focus leaves the thing.
            self.place = ctx.props().place.unwrap_or_else(|| overlay::place_of_thing(&self.node, &ctx.props().thing));
            overlay::open_modal(&self.node);
        }
        if self.fresh {
            self.fresh = false;
            overlay::put_below(&self.node, self.place);
            self.at = overlay::focus_nth(&self.list, ITEM, 0);
        }
    }

    fn destroy(&mut self, _: &Context<Self>) {
        overlay::close_modal(&self.node);
    }
}

const ITEM: &str = "[role=menuitem]";

impl<T: Clone + PartialEq + 'static> Menu<T> {
    fn choose(&mut self, ctx: &Context<Self>, index: usize) -> bool {
        let level = level(&ctx.props().entries, &self.path);
        match level.entries.get(index).map(|entry| &entry.does) {
            Some(Does::Pick(value) | Does::Refused(value)) => {
                // First out of the way, so that the focus is back before whatever comes next takes it.
                overlay::close_modal(&self.node);
                ctx.props().on_pick.emit(value.clone());
                false
            }
            Some(Does::More(_)) => {
                self.path.push(index);
                self.fresh = true;
                true
            }
            Some(Does::Nothing) | None => false,
        }
    }

    fn press(&mut self, event: &KeyboardEvent) -> bool {
        let wanted = match event.key().as_str() {
            "ArrowDown" => self.at as isize + 1,
            "ArrowUp" => self.at as isize - 1,
            "Home" => 0,
            "End" => -1,
            "ArrowLeft" if !self.path.is_empty() => {
                self.path.pop();
                self.fresh = true;
                return true;
            }
            _ => return false,
        };
        self.at = overlay::focus_nth(&self.list, ITEM, wanted);
        false
    }

    fn back(&self, ctx: &Context<Self>, title: &AttrValue) -> Html {
        if self.path.is_empty() {
            return Html::default();
        }
        html! {
            <button type="button" role="menuitem" class="menu-back" onclick={ctx.link().callback(|_: MouseEvent| Message::Back)}>
                { glyph_sized(Icon::Back, "s") }<span>{ title }</span><span class="sr">{ say(Key::MenuBack) }</span>
            </button>
        }
    }
}

/// One level of a menu.
struct Level<T> {
    title: AttrValue,
    entries: Rc<[Entry<T>]>,
}

/// The level that a way down leads to.
fn level<T>(entries: &Rc<[Entry<T>]>, path: &[usize]) -> Level<T> {
    let mut level = Level { title: AttrValue::default(), entries: entries.clone() };
    for step in path {
        let Some(Entry { text, does: Does::More(more), .. }) = level.entries.get(*step) else { break };
        level = Level { title: text.clone(), entries: more.clone() };
    }
    level
}

fn entry_row<T>(entry: &Entry<T>, onclick: Callback<MouseEvent>) -> Html {
    let blocked = matches!(entry.does, Does::Nothing);
    html! {
        <button type="button" role="menuitem" class={matches!(entry.does, Does::Refused(_)).then_some("is-refused")} aria-disabled={blocked.then_some("true")} aria-haspopup={matches!(entry.does, Does::More(_)).then_some("menu")} {onclick}>
            { entry.icon.map(|icon| glyph_sized(icon, "")).unwrap_or_default() }
            <span class="menu-text">
                <span>{ &entry.text }</span>
                if !entry.note.is_empty() { <small>{ &entry.note }</small> }
            </span>
            if matches!(entry.does, Does::More(_)) { { glyph_sized(Icon::Forward, "s") } }
        </button>
    }
}
