//! The panel of evidence: what the network left behind. Flow logs, packets and connections, each a tab with lines, and what a line means beside them.

mod lines;

use crate::glyph::{Icon, glyph_sized};
use crate::platform::{overlay, screen, writing};
use crate::store::{Dispatch, EvidenceShown, Msg};
use crate::words::{Key, say};
use eni_playground::act::Act;
use eni_playground::view::evidence::{EvidenceOf, EvidenceTab, EvidenceView, ExplainedView};
use eni_playground::view::form::ChoiceView;
use lines::Walk;
use std::rc::Rc;
use yew::prelude::*;

/// What the panel shows.
#[derive(Clone, Properties)]
pub struct EvidenceProps {
    /// What is looked at.
    pub shown: EvidenceShown,
    /// The packet that is chosen on the page.
    pub packet: Option<u64>,
    /// Where what is done here goes.
    pub send: Dispatch,
}

impl PartialEq for EvidenceProps {
    fn eq(&self, other: &EvidenceProps) -> bool {
        // The store makes new lines only where there are others.
        Rc::ptr_eq(&self.shown.view, &other.shown.view) && self.shown.of == other.shown.of && self.packet == other.packet
    }
}

/// What happens in the panel.
pub enum Message {
    /// A tab was chosen.
    Tab(EvidenceTab),
    /// An arrow key on the tabs: to the one after it, or before.
    Beside(bool),
    /// An ENI was chosen.
    Eni(String),
    /// A flow log was chosen.
    Log(String),
    /// Lines of one kind alone were chosen, by its name; all if it is none.
    Only(String),
    /// A line has the focus, by its key.
    Reached(String),
    /// A line was pressed.
    Pressed(String),
    /// A key that walks the lines.
    Walk(Walk),
}

/// The panel.
pub struct Evidence {
    tabs: NodeRef,
    list: NodeRef,
    panel: AttrValue,
    /// Whether the list is to show its end after it was drawn.
    follows: bool,
    /// Whether the tab is to get the focus.
    enters: bool,
}

impl Component for Evidence {
    type Message = Message;
    type Properties = EvidenceProps;

    fn create(ctx: &Context<Self>) -> Self {
        let panel = screen::own_id("evidence").into();
        Evidence {
            tabs: NodeRef::default(),
            list: NodeRef::default(),
            panel,
            follows: is_by_time(ctx.props().shown.of.tab),
            enters: ctx.props().shown.by_hand,
        }
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &EvidenceProps) -> bool {
        let (new, old) = (&ctx.props().shown.of, &old.shown.of);
        let other = (new.tab, &new.eni, &new.log) != (old.tab, &old.eni, &old.log);
        // On a slow machine another change may come before what was drawn last is scrolled: that it is to be is not forgotten.
        if is_by_time(new.tab) {
            self.follows |= other || writing::is_at_end(&self.list);
        } else if other {
            writing::to_start(&self.list);
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        let EvidenceProps { shown, send, .. } = ctx.props();
        let look = |of: EvidenceOf| send.emit(Msg::Evidence(of));
        let of = shown.of.clone();
        match message {
            Message::Tab(tab) => look(EvidenceOf { tab, line: String::new(), only: None, ..of }),
            Message::Beside(after) => {
                let all = EvidenceTab::ALL;
                let at = all.iter().position(|tab| *tab == of.tab).unwrap_or(0);
                let at = (at + if after { 1 } else { all.len() - 1 }) % all.len();
                if let Some(tab) = all.get(at) {
                    look(EvidenceOf { tab: *tab, line: String::new(), only: None, ..of });
                }
                // A handful of tabs: the cast keeps the number.
                overlay::focus_nth(&self.tabs, "[role=tab]", at as isize);
            }
            Message::Eni(subject) if of.tab == EvidenceTab::Metrics => look(EvidenceOf { subject, line: String::new(), ..of }),
            Message::Eni(eni) => look(EvidenceOf { eni, line: String::new(), ..of }),
            Message::Log(log) => look(EvidenceOf { log, line: String::new(), ..of }),
            Message::Only(name) => {
                let only = shown.view.marks.iter().find(|(of, _)| *of == name).map(|(_, mark)| *mark);
                look(EvidenceOf { only, line: String::new(), ..of });
            }
            Message::Reached(line) if line == of.line => {}
            Message::Reached(line) => look(EvidenceOf { line, ..of }),
            Message::Pressed(key) => {
                let packet = shown.view.lines.iter().find(|line| line.key == key).and_then(|line| line.packet);
                look(EvidenceOf { line: key, ..of });
                if let Some(packet) = packet {
                    send.emit(Msg::WhyOfEvidence(packet));
                }
            }
            Message::Walk(walk) => {
                let to = walk.from(lines::current(&shown.view, &of.line), shown.view.lines.len());
                overlay::focus_nth(&self.list, ".ev-mark", to);
            }
        }
        false
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let EvidenceProps { shown, packet, send } = ctx.props();
        let view = &shown.view;
        let whose = if shown.of.tab == EvidenceTab::Metrics { Key::EvidenceSubject } else { Key::EvidenceEni };
        html! {
            <section class="ev" aria-label={say(Key::Evidence)}>
                <div class="ev-head">
                    <div class="tabs" role="tablist" aria-label={say(Key::Evidence)} ref={&self.tabs} onkeydown={ctx.link().batch_callback(beside)}>
                        { for EvidenceTab::ALL.map(|tab| self.tab(ctx, tab)) }
                    </div>
                    { self.pick((whose, "eni"), &view.enis, &view.eni, ctx.link().callback(Message::Eni)) }
                    if !view.logs.is_empty() { { self.pick((Key::EvidenceLog, "log"), &view.logs, &view.log, ctx.link().callback(Message::Log)) } }
                    if !view.marks.is_empty() { { self.only(view, &shown.of, ctx.link().callback(Message::Only)) } }
                    if !view.lines.is_empty() { { offers(view, "btn line", send) } }
                    if shown.of.tab == EvidenceTab::Capture { { export(&shown.of.eni, send) } }
                </div>
                <div class="ev-in" role="tabpanel" id={self.panel.clone()} aria-label={say(name(shown.of.tab))}>
                    if view.lines.is_empty() {
                        <div class="nothing">
                            <p>{ &view.empty }</p>
                            { offers(view, "cta", send) }
                        </div>
                    } else {
                        <div class="ev-list">
                            { lines::lines(view, &shown.of.line, *packet, &self.list, ctx.link()) }
                            <p class="ev-limit">{ &view.limit }</p>
                        </div>
                        if let Some(explained) = &view.explained { { about(explained, send) } }
                        else if shown.of.tab != EvidenceTab::Capture { <p class="ev-about ev-hint">{ say(Key::EvidenceHint) }</p> }
                    }
                </div>
            </section>
        }
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if std::mem::take(&mut self.follows) {
            writing::to_end(&self.list);
        }
        if std::mem::take(&mut self.enters) {
            overlay::focus_nth(&self.tabs, "[aria-selected=true]", 0);
        }
    }
}

impl Evidence {
    fn tab(&self, ctx: &Context<Self>, tab: EvidenceTab) -> Html {
        let chosen = ctx.props().shown.of.tab == tab;
        html! {
            <button type="button" role="tab" aria-selected={chosen.to_string()} aria-controls={self.panel.clone()} tabindex={if chosen { "0" } else { "-1" }}
                onclick={ctx.link().callback(move |_: MouseEvent| Message::Tab(tab))}>{ say(name(tab)) }</button>
        }
    }

    /// A choice, with its name before it.
    fn pick(&self, (key, name): (Key<'_>, &str), choices: &[ChoiceView], chosen: &str, choose: Callback<String>) -> Html {
        let id = format!("{}-{name}", self.panel);
        html! {
            <div class="ev-pick" key={name.to_owned()}>
                <label for={id.clone()}>{ say(key) }</label>
                <select {id} onchange={choose.reform(|event: Event| overlay::value_of(&event))}>
                    { for choices.iter().map(|choice| html! {
                        <option key={choice.value.clone()} value={choice.value.clone()} selected={choice.value == chosen} disabled={choice.value == "more"}>{ &choice.text }</option>
                    }) }
                </select>
            </div>
        }
    }

    /// Lines of all kinds, or of one.
    fn only(&self, view: &EvidenceView, of: &EvidenceOf, choose: Callback<String>) -> Html {
        let all = ChoiceView { value: String::new(), text: say(Key::EvidenceAll) };
        let kinds = view.marks.iter().map(|(name, _)| ChoiceView { value: name.clone(), text: name.clone() });
        let chosen = view.marks.iter().find(|(_, mark)| Some(*mark) == of.only).map_or("", |(name, _)| name.as_str());
        self.pick((Key::EvidenceOnly, "only"), &std::iter::once(all).chain(kinds).collect::<Vec<_>>(), chosen, choose)
    }
}

/// The button that opens the panel or folds it.
pub fn fold(open: bool, send: &Dispatch) -> Html {
    let (icon, key) = if open { (Icon::Down, Key::FoldEvidence) } else { (Icon::Up, Key::OpenEvidence) };
    html! {
        <button type="button" class="btn term-fold ev-fold" aria-expanded={open.to_string()} title={say(key)} onclick={send.reform(move |_: MouseEvent| Msg::OpenEvidence(!open))}>
            <span>{ say(Key::Evidence) }</span>{ glyph_sized(icon, "s") }
        </button>
    }
}

/// Whether the newest line of a tab is its last one.
fn is_by_time(tab: EvidenceTab) -> bool {
    matches!(tab, EvidenceTab::FlowLogs | EvidenceTab::Capture)
}

fn name(tab: EvidenceTab) -> Key<'static> {
    match tab {
        EvidenceTab::FlowLogs => Key::TabFlowLogs,
        EvidenceTab::Capture => Key::TabCapture,
        EvidenceTab::Connections => Key::TabConnections,
        EvidenceTab::Metrics => Key::TabMetrics,
    }
}

/// An arrow key walks the tabs and does nothing else: that is said at once, before anybody else hears of the key.
fn beside(event: KeyboardEvent) -> Option<Message> {
    let after = match event.key().as_str() {
        "ArrowLeft" => false,
        "ArrowRight" => true,
        _ => return None,
    };
    event.prevent_default();
    Some(Message::Beside(after))
}

/// What would bring lines, or more of them.
fn offers(view: &EvidenceView, class: &'static str, send: &Dispatch) -> Html {
    let offer = |(text, act): &(String, Act)| {
        let act = act.clone();
        html! { <button type="button" {class} onclick={send.reform(move |_: MouseEvent| Msg::Act(act.clone()))}>{ text }</button> }
    };
    view.offers.iter().map(offer).collect()
}

fn export(eni: &str, send: &Dispatch) -> Html {
    let eni = eni.to_owned();
    html! {
        <button type="button" class="btn line ev-export" title={say(Key::DownloadCaptureNote)} onclick={send.reform(move |_: MouseEvent| Msg::DownloadCapture(eni.clone()))}>
            { glyph_sized(Icon::Download, "s") }<span>{ say(Key::DownloadCapture) }</span>
        </button>
    }
}

/// What a line means.
fn about(explained: &ExplainedView, send: &Dispatch) -> Html {
    let why = explained.packet.map(|packet| {
        html! {
            <button type="button" class="cta alt" title={explained.verdict.clone()} onclick={send.reform(move |_: MouseEvent| Msg::WhyOfEvidence(packet))}>
                { say(Key::EvidenceWhy) }
            </button>
        }
    });
    html! {
        <section class="ev-about" aria-label={explained.title.clone()} tabindex="0">
            <h3>{ &explained.title }</h3>
            { for why }
            <dl>{ for explained.fields.iter().map(|field| html! {
                <div><dt>{ &field.name }</dt><dd><b class="mono">{ &field.value }</b><span>{ &field.text }</span></dd></div>
            }) }</dl>
        </section>
    }
}
