//! Asking: who sends what to whom, once or over and over, and the list of those who do.

mod asker;
mod ends;

use crate::dialog::Dialog;
use crate::glyph::{Icon, glyph_sized};
use crate::platform::overlay;
use crate::refusal::refusal_box;
use crate::store::{Dispatch, Msg};
use crate::words::{Key, say};
use ends::{End, OTHER, ends};
use eni_playground::act::{Act, Asking, SceneAct};
use eni_playground::view::board::{BoardView, RefusalView};
use std::rc::Rc;
use yew::prelude::*;

/// What the dialog is made from.
#[derive(Clone, PartialEq, Properties)]
pub struct AskProps {
    /// The board, for the ends to choose from and the clients that ask.
    pub board: Rc<BoardView>,
    /// Who asks; may be empty.
    pub from: AttrValue,
    /// Whom; may be empty.
    pub to: AttrValue,
    /// What the last act was refused with.
    pub refusal: Option<Rc<RefusalView>>,
    /// Where what is done here goes.
    pub send: Dispatch,
}

/// What happens in it.
pub enum Message {
    /// A field has another value.
    Set(Field, String),
    /// Sends one packet.
    Once,
    /// Keeps sending.
    Over,
}

/// A field of the dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Who asks.
    From,
    /// Whom.
    To,
    /// An address that stands on no list.
    FromOther,
    /// The same for the other end.
    ToOther,
    /// The protocol.
    Protocol,
    /// The port.
    Port,
    /// How long between two questions.
    Every,
}

/// The dialog.
pub struct Ask {
    from: String,
    to: String,
    from_other: String,
    to_other: String,
    protocol: String,
    port: String,
    every: String,
    sent: bool,
}

impl Component for Ask {
    type Message = Message;
    type Properties = AskProps;

    fn create(ctx: &Context<Self>) -> Self {
        let props = ctx.props();
        let choices = ends(&props.board);
        let (to, to_other) = begin(&choices, &props.to, |end| end.heading != Key::InternetHeading);
        // What a service has in a subnet is mostly asked from inside.
        let inside = choices.iter().any(|end| end.value == to && end.heading == Key::ServicesHeading);
        let asker = if inside { Key::Instances } else { Key::InternetHeading };
        let (from, from_other) = begin(&choices, &props.from, |end| end.heading == asker);
        Ask { from, to, from_other, to_other, protocol: "tcp".to_owned(), port: "443".to_owned(), every: "200".to_owned(), sent: false }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        let send = &ctx.props().send;
        match message {
            Message::Set(field, value) => *self.field(field) = value,
            Message::Once => {
                self.sent = true;
                send.emit(Msg::Act(Act::Scene(SceneAct::Ask(self.asking(&ctx.props().board)))));
            }
            Message::Over => {
                self.sent = true;
                send.emit(Msg::Act(Act::Scene(SceneAct::AddClient(self.asking(&ctx.props().board)))));
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let AskProps { board, refusal, send, .. } = ctx.props();
        let link = ctx.link();
        let once = link.callback(|event: SubmitEvent| {
            event.prevent_default();
            Message::Once
        });
        let choices = ends(board);
        html! {
            <Dialog heading={say(Key::AskHeading)} on_close={send.reform(|()| Msg::CloseDialog)}>
                <form class="form ask-form" onsubmit={once} autocomplete="off">
                    <div class="fields">
                        { self.end(ctx, &choices, Field::From, Field::FromOther, Key::AskFrom) }
                        { self.end(ctx, &choices, Field::To, Field::ToOther, Key::AskTo) }
                        { self.protocol(ctx) }
                        if self.protocol != "icmp" { { text(ctx, Field::Port, Key::AskPort, &self.port) } }
                        { self.pace(ctx) }
                    </div>
                    if self.sent && let Some(refusal) = refusal { { refusal_box(refusal) } }
                    <div class="row">
                        <button type="submit" class="cta">{ say(Key::AskOnce) }</button>
                        <button type="button" class="cta alt" onclick={link.callback(|_: MouseEvent| Message::Over)}>{ say(Key::AskOver) }</button>
                    </div>
                </form>
                <section class="askers" aria-label={say(Key::Askers)}>
                    <h3>{ glyph_sized(Icon::Client, "s") }{ say(Key::Askers) }</h3>
                    if board.clients.is_empty() { <p class="hint">{ say(Key::NoAskers) }</p> }
                    <ul>{ for board.clients.iter().map(|client| asker::row(client, send)) }</ul>
                </section>
            </Dialog>
        }
    }
}

impl Ask {
    fn field(&mut self, field: Field) -> &mut String {
        match field {
            Field::From => &mut self.from,
            Field::To => &mut self.to,
            Field::FromOther => &mut self.from_other,
            Field::ToOther => &mut self.to_other,
            Field::Protocol => &mut self.protocol,
            Field::Port => &mut self.port,
            Field::Every => &mut self.every,
        }
    }

    fn asking(&self, board: &BoardView) -> Asking {
        let end = |chosen: &str, other: &str| if chosen == OTHER { other.trim().to_owned() } else { chosen.to_owned() };
        let from = end(&self.from, &self.from_other);
        let icmp = self.protocol == "icmp";
        Asking {
            name: ends::name_of(board, &from),
            from,
            to: end(&self.to, &self.to_other),
            protocol: self.protocol.clone(),
            port: if icmp { 0 } else { self.port.trim().parse().unwrap_or(0) },
            every_ms: self.every.parse().unwrap_or(200),
            ..Asking::default()
        }
    }

    fn end(&self, ctx: &Context<Self>, choices: &[End], field: Field, other: Field, label: Key) -> Html {
        let (value, typed) = if field == Field::From { (&self.from, &self.from_other) } else { (&self.to, &self.to_other) };
        let id = format!("ask-{field:?}");
        let can = |end: &End| end.asks || field == Field::To;
        let group = |heading: &Key| {
            let of = choices.iter().filter(|end| end.heading == *heading && can(end));
            html! {
                <optgroup label={say(*heading)}>
                    { for of.map(|end| html! { <option value={end.value.clone()} selected={end.value == *value}>{ &end.text }</option> }) }
                </optgroup>
            }
        };
        let mut headings: Vec<Key> = choices.iter().filter(|end| can(end)).map(|end| end.heading).collect();
        headings.dedup();
        html! {
            <div class="field">
                <label for={id.clone()}>{ say(label) }</label>
                <select {id} onchange={ctx.link().callback(move |event: Event| Message::Set(field, overlay::value_of(&event)))}>
                    { for headings.iter().map(group) }
                    <option value={OTHER} selected={value == OTHER}>{ say(Key::OtherAddress) }</option>
                </select>
                if value == OTHER {
                    <input type="text" class="mono" aria-label={say(Key::OtherAddress)} value={typed.clone()} spellcheck="false"
                        oninput={ctx.link().callback(move |event: InputEvent| Message::Set(other, overlay::value_of(&event)))} />
                }
            </div>
        }
    }

    fn protocol(&self, ctx: &Context<Self>) -> Html {
        let set = ctx.link().callback(|event: Event| Message::Set(Field::Protocol, overlay::value_of(&event)));
        html! {
            <div class="field">
                <label for="ask-protocol">{ say(Key::AskProtocol) }</label>
                <select id="ask-protocol" onchange={set}>
                    { for ["tcp", "udp", "icmp"].into_iter().map(|name| html! { <option value={name} selected={self.protocol == name}>{ name }</option> }) }
                </select>
            </div>
        }
    }

    fn pace(&self, ctx: &Context<Self>) -> Html {
        let set = ctx.link().callback(|event: Event| Message::Set(Field::Every, overlay::value_of(&event)));
        html! {
            <div class="field">
                <label for="ask-every">{ say(Key::AskEvery) }</label>
                <select id="ask-every" onchange={set}>
                    { for ["100", "200", "500", "1000", "5000"].into_iter().map(|pace| html! {
                        <option value={pace} selected={self.every == pace}>{ say(Key::Milliseconds { count: pace }) }</option>
                    }) }
                </select>
            </div>
        }
    }
}

fn text(ctx: &Context<Ask>, field: Field, label: Key, value: &str) -> Html {
    let id = format!("ask-{field:?}");
    html! {
        <div class="field">
            <label for={id.clone()}>{ say(label) }</label>
            <input {id} type="text" class="mono" inputmode="numeric" maxlength="5" value={value.to_owned()} spellcheck="false"
                oninput={ctx.link().callback(move |event: InputEvent| Message::Set(field, overlay::value_of(&event)))} />
        </div>
    }
}

/// What an end begins with: what was asked for, on the list or off it, else the first of the list that fits.
fn begin(choices: &[End], wanted: &str, fits: impl Fn(&End) -> bool) -> (String, String) {
    if wanted.is_empty() {
        let end = choices.iter().find(|end| fits(end));
        return (end.map_or(OTHER.to_owned(), |end| end.value.clone()), String::new());
    }
    match choices.iter().find(|end| end.value == wanted) {
        Some(end) => (end.value.clone(), String::new()),
        None => (OTHER.to_owned(), wanted.to_owned()),
    }
}
