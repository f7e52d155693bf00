//! *Why* and *Details*: the pane about what is chosen.

mod blockers;
mod check_row;
mod remedies;
mod verdict;

pub use verdict::Verdict;

use crate::glyph::{Icon, glyph, glyph_sized};
use crate::inspector::inspector;
use crate::platform::{overlay, screen};
use crate::store::{Dialog, Dispatch, Msg, Selection};
use crate::words::{Key, say};
use eni_playground::view::board::RefusalView;
use eni_playground::view::details::DetailsView;
use eni_playground::view::timeline::UNSENT;
use eni_playground::view::why::WhyView;
use std::rc::Rc;
use yew::prelude::*;

/// What the pane shows.
#[derive(Clone, PartialEq, Properties)]
pub struct WhyPaneProps {
    /// *Why* of the chosen packet.
    pub why: Option<Rc<WhyView>>,
    /// The details of the chosen thing.
    pub details: Option<Rc<DetailsView>>,
    /// What the last act was refused with.
    pub refusal: Option<Rc<RefusalView>>,
    /// What is chosen.
    pub selection: Selection,
    /// Where what is done here goes.
    pub send: Dispatch,
}

/// One of the two tabs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// The checks of a packet.
    Why,
    /// What a thing is.
    Details,
}

/// What happens in the pane itself.
pub enum Message {
    /// A tab was chosen.
    Choose(Tab),
    /// An arrow key on the tabs.
    Other,
    /// The sheet of a narrow page is pulled up or pushed down.
    Pull,
}

/// The pane.
pub struct WhyPane {
    tab: Tab,
    pulled: bool,
    tabs: NodeRef,
    /// The id of the panel.
    panel: AttrValue,
}

impl Component for WhyPane {
    type Message = Message;
    type Properties = WhyPaneProps;

    fn create(ctx: &Context<Self>) -> Self {
        let tab = if ctx.props().why.is_none() && ctx.props().details.is_some() { Tab::Details } else { Tab::Why };
        WhyPane { tab, pulled: false, tabs: NodeRef::default(), panel: screen::own_id("why").into() }
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &WhyPaneProps) -> bool {
        let new = &ctx.props().selection;
        if new.packet != old.selection.packet && new.packet.is_some() {
            self.tab = Tab::Why;
        } else if new.thing != old.selection.thing && new.thing.is_some() {
            self.tab = Tab::Details;
        }
        true
    }

    fn update(&mut self, _: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Choose(tab) => self.tab = tab,
            Message::Pull => self.pulled = !self.pulled,
            Message::Other => {
                self.tab = if self.tab == Tab::Why { Tab::Details } else { Tab::Why };
                overlay::focus_nth(&self.tabs, "[role=tab]", if self.tab == Tab::Why { 0 } else { 1 });
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let pull = if self.pulled { Key::PushDown } else { Key::PullUp };
        let empty = ctx.props().selection.packet.is_none() && ctx.props().details.is_none();
        let name = say(if self.tab == Tab::Why { Key::TabWhy } else { Key::TabDetails });
        html! {
            <div class={classes!("why", self.pulled.then_some("pulled"), empty.then_some("empty"))}>
                <button type="button" class="pull" aria-label={say(pull)} aria-expanded={self.pulled.to_string()}
                    onclick={ctx.link().callback(|_: MouseEvent| Message::Pull)}><i /></button>
                <div class="why-head">
                    <div class="tabs" role="tablist" aria-label={say(Key::WhyAndDetails)} ref={&self.tabs} onkeydown={ctx.link().batch_callback(arrow)}>
                        { self.tab_button(ctx, Tab::Why, Key::TabWhy) }
                        { self.tab_button(ctx, Tab::Details, Key::TabDetails) }
                    </div>
                    if !empty { { close(&ctx.props().send) } }
                </div>
                <div class="why-in" role="tabpanel" id={self.panel.clone()} tabindex="0" aria-label={name}>{ self.panel(ctx) }</div>
            </div>
        }
    }
}

impl WhyPane {
    fn tab_button(&self, ctx: &Context<Self>, tab: Tab, key: Key) -> Html {
        let chosen = self.tab == tab;
        html! {
            <button type="button" role="tab" aria-selected={chosen.to_string()} aria-controls={self.panel.clone()} tabindex={if chosen { "0" } else { "-1" }}
                onclick={ctx.link().callback(move |_: MouseEvent| Message::Choose(tab))}>{ say(key) }</button>
        }
    }

    fn panel(&self, ctx: &Context<Self>) -> Html {
        let WhyPaneProps { why, details, refusal, selection, send } = ctx.props();
        match (self.tab, why, details) {
            (Tab::Why, Some(why), _) => html! { <Verdict key={why.packet} why={why.clone()} lit={selection.check} send={send.clone()} /> },
            (Tab::Details, _, Some(details)) => inspector(details, refusal, send),
            (Tab::Why, None, _) => nothing(Icon::List, without_checks(selection.packet), Some(send)),
            (Tab::Details, _, None) => nothing(Icon::Eni, Key::NoThing, None),
        }
    }
}

/// An arrow key walks the tabs and does nothing else: that is said at once, before anybody else hears of the key.
fn arrow(event: KeyboardEvent) -> Option<Message> {
    matches!(event.key().as_str(), "ArrowLeft" | "ArrowRight").then(|| {
        event.prevent_default();
        Message::Other
    })
}

/// What is said instead of checks.
fn without_checks(packet: Option<u64>) -> Key<'static> {
    match packet {
        None => Key::NoPacket,
        Some(UNSENT..) => Key::PacketUnsent,
        Some(_) => Key::PacketForgotten,
    }
}

/// The way back to the board alone.
fn close(send: &Dispatch) -> Html {
    html! {
        <button type="button" class="btn sq why-close" aria-label={say(Key::CloseWhy)} title={say(Key::CloseWhy)}
            onclick={send.reform(|_: MouseEvent| Msg::CloseWhy)}>{ glyph_sized(Icon::Close, "s") }</button>
    }
}

/// What stands there when nothing is chosen, with the way to have something.
fn nothing(icon: Icon, key: Key, ask: Option<&Dispatch>) -> Html {
    html! {
        <div class="nothing">
            { glyph(icon) }
            <p>{ say(key) }</p>
            if let Some(send) = ask {
                <button type="button" class="cta alt"
                    onclick={send.reform(|_: MouseEvent| Msg::OpenDialog(Dialog::Ask { from: String::new(), to: String::new() }))}>
                    { say(Key::AskOpen) }
                </button>
            }
        </div>
    }
}

/// A text in which names keep together: no line ends at one of their hyphens. What is copied is the text as it is, and a name that is wider than its
/// place breaks all the same.
pub fn with_whole_names(text: &str) -> Html {
    let mut parts = Vec::new();
    let mut plain = String::new();
    for (place, word) in text.split(' ').enumerate() {
        if place > 0 {
            plain.push(' ');
        }
        if word.contains('-') {
            parts.push(html! { { std::mem::take(&mut plain) } });
            parts.push(html! { <span class="whole">{ word }</span> });
        } else {
            plain.push_str(word);
        }
    }
    parts.push(html! { { plain } });
    html! { <>{ for parts }</> }
}
