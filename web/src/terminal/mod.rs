//! The terminal: what is done on the board as lines, and a field in which one types such lines. Folded, it is the newest line alone.

mod height;
mod keys;
mod lines;

use crate::evidence::fold;
use crate::glyph::{Icon, glyph_sized};
use crate::platform::writing;
use crate::store::{Dispatch, Msg, TerminalShown};
use crate::words::{Key, language, say};
use eni_playground::session::EchoView;
use eni_playground::terminal::{Completion, MOST_TYPED, behind, recalled, too_much};
use height::{Edge, Moved};
use keys::Pressed;
use std::rc::Rc;
use yew::prelude::*;

/// What the terminal shows.
#[derive(Clone, Properties)]
pub struct TerminalProps {
    /// The lines, oldest first.
    pub lines: Rc<Vec<EchoView>>,
    /// Whether it is open, and what of it is shown.
    pub shown: TerminalShown,
    /// Whether a narrow page shows nothing else.
    pub alone: bool,
    /// Whether the panel of evidence is open, if there is one.
    pub evidence: Option<bool>,
    /// What may stand behind a text.
    pub complete: Callback<String, Completion>,
    /// Where what is done here goes.
    pub send: Dispatch,
}

impl PartialEq for TerminalProps {
    fn eq(&self, other: &TerminalProps) -> bool {
        // The store makes new lines only where there are others.
        Rc::ptr_eq(&self.lines, &other.lines)
            && (self.shown, self.alone, self.evidence) == (other.shown, other.alone, other.evidence)
            && self.send == other.send
    }
}

/// What happens in the terminal itself.
pub enum Message {
    /// A key that means something.
    Pressed(Pressed),
    /// Something was typed.
    Typed,
    /// More was pasted than is taken: so many bytes.
    TooMuch(usize),
    /// An offered word was chosen.
    Chosen(String),
    /// The upper edge was moved.
    Edge(Moved),
}

/// The terminal.
pub struct Terminal {
    field: NodeRef,
    log: NodeRef,
    edge: Edge,
    /// What is said or offered above the field.
    offer: Offer,
    /// How many lines back the field shows one; 0 while it shows what was typed.
    back: usize,
    /// What was typed before an earlier line came.
    draft: String,
    /// Whether Escape was pressed: then Tab leaves the field.
    leaves: bool,
    /// Whether the log is to show its end after it was drawn.
    follows: bool,
    /// Whether the field is to get the focus.
    enters: bool,
    hint: AttrValue,
}

/// What stands above the field.
#[derive(Clone, Debug, PartialEq, Default)]
enum Offer {
    /// Nothing.
    #[default]
    None,
    /// Words that may stand where the caret is.
    Words(Completion),
    /// Something that did not go.
    Said(String),
}

impl Component for Terminal {
    type Message = Message;
    type Properties = TerminalProps;

    fn create(ctx: &Context<Self>) -> Self {
        let mut edge = Edge::default();
        edge.take(ctx.props().shown.height);
        Terminal {
            field: NodeRef::default(),
            log: NodeRef::default(),
            edge,
            offer: Offer::None,
            back: 0,
            draft: String::new(),
            leaves: false,
            follows: true,
            enters: false,
            hint: crate::platform::screen::own_id("terminal").into(),
        }
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &TerminalProps) -> bool {
        let new = ctx.props();
        if new.shown.height != old.shown.height {
            self.edge.take(new.shown.height);
        }
        self.enters |= new.shown.open && !old.shown.open;
        let typed = new.lines.last().is_some_and(|line| line.typed);
        self.follows |= (new.shown, new.alone) != (old.shown, old.alone) || typed || writing::is_at_end(&self.log);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Pressed(pressed) => self.pressed(ctx, pressed),
            Message::Typed => {
                writing::fit(&self.field);
                self.leaves = false;
                self.say(Offer::None)
            }
            Message::TooMuch(bytes) => self.say(Offer::Said(too_much(bytes, language()))),
            Message::Edge(moved) => {
                self.follows |= writing::is_at_end(&self.log);
                let other = self.edge.update(moved);
                if let Some(share) = self.edge.settled(ctx.props().shown.height) {
                    ctx.props().send.emit(Msg::TerminalHeight(share));
                }
                other
            }
            Message::Chosen(word) => {
                let (before, _, after) = writing::parts(&self.field);
                let kept = before.rfind([' ', '\n', '(']).map_or("", |at| before.get(..=at).unwrap_or_default());
                writing::write(&self.field, &format!("{kept}{word}{}", behind(&word)), &after);
                writing::focus(&self.field);
                self.say(Offer::None)
            }
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let TerminalProps { lines, shown, alone, send, .. } = ctx.props();
        let open = shown.open || *alone;
        let (icon, key) = if shown.open { (Icon::Down, Key::FoldTerminal) } else { (Icon::Up, Key::OpenTerminal) };
        let wanted = !shown.open;
        let toggle = send.reform(move |_: MouseEvent| Msg::OpenTerminal(wanted));
        html! {
            <section class={classes!("term", open.then_some("open"))} aria-label={say(Key::Terminal)}>
                if open {
                    { self.edge.view(&ctx.link().callback(Message::Edge)) }
                    <div class={self.edge.class()} ref={&self.edge.body}>{ self.log(ctx) }{ self.offers(ctx) }</div>
                }
                <div class="term-line">
                    if open { { self.field(ctx) } }
                    else if let Some(line) = lines.last().filter(|line| line.number > shown.cleared) { { lines::newest(line, send) } }
                    else { <span class="ps">{ "$" }</span><span class="none">{ say(Key::NoEcho) }</span> }
                    if let Some(open) = ctx.props().evidence { { fold(open, send) } }
                    <button type="button" class="btn term-fold" aria-expanded={shown.open.to_string()} title={say(key)} onclick={toggle}>
                        <span>{ say(Key::Terminal) }</span>{ glyph_sized(icon, "s") }
                    </button>
                </div>
                if open { <p class="term-hint" id={&self.hint}>{ say(if self.leaves { Key::TerminalLeaves } else { Key::TerminalHint }) }</p> }
            </section>
        }
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        self.edge.show();
        if std::mem::take(&mut self.follows) {
            writing::to_end(&self.log);
        }
        if std::mem::take(&mut self.enters) {
            writing::focus(&self.field);
        }
    }
}

impl Terminal {
    fn log(&self, ctx: &Context<Self>) -> Html {
        let TerminalProps { lines, shown, send, .. } = ctx.props();
        let newest = lines.last().map(|line| line.number);
        // What is done on the board is said by the page; only what was typed is read from here.
        let live = if lines.last().is_some_and(|line| line.typed) { "polite" } else { "off" };
        html! {
            <div class="term-log" role="log" aria-live={live} aria-label={say(Key::TerminalLog)} tabindex="0" ref={&self.log}>
                <ol class="term-list">
                    { for lines.iter().filter(|line| line.number > shown.cleared).map(|line| lines::entry(line, Some(line.number) == newest, send)) }
                </ol>
            </div>
        }
    }

    /// The words that may come next, what did not go, or that lines are still being run.
    fn offers(&self, ctx: &Context<Self>) -> Html {
        if ctx.props().shown.busy {
            return html! {
                <div class="term-offers"><span role="status">{ say(Key::LinesRun) }</span>
                    <button type="button" class="btn" onclick={ctx.props().send.reform(|_: MouseEvent| Msg::StopLines)}>{ say(Key::LinesStop) }</button>
                </div>
            };
        }
        match &self.offer {
            Offer::None => Html::default(),
            Offer::Said(text) => html! { <p class="term-offers is-said" role="alert">{ text }</p> },
            Offer::Words(completion) => {
                let word = |word: &String| {
                    let chosen = word.clone();
                    html! {
                        <button type="button" class="term-word" tabindex="-1" onclick={ctx.link().callback(move |_: MouseEvent| Message::Chosen(chosen.clone()))}>{ word }</button>
                    }
                };
                let (count, more) = (completion.words.len() + completion.more, completion.more.to_string());
                html! {
                    <div class="term-offers" role="group" tabindex="0" aria-label={say(Key::TerminalOffers)}>
                        <span class="sr" role="status">{ say(Key::OffersSpoken { count: &count.to_string(), words: &completion.words.iter().take(8).cloned().collect::<Vec<_>>().join(", ") }) }</span>
                        { for completion.words.iter().map(word) }
                        if completion.more > 0 { <span>{ say(Key::OffersMore { count: &more }) }</span> }
                    </div>
                }
            }
        }
    }

    fn field(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let pasted = |event: Event| {
            let bytes = writing::pasted(&event);
            (bytes > MOST_TYPED).then(|| {
                event.prevent_default();
                Message::TooMuch(bytes)
            })
        };
        let press = |pressed: Pressed| link.callback(move |_: MouseEvent| Message::Pressed(pressed));
        html! {
            <>
                <span class="ps" aria-hidden="true">{ "$" }</span>
                <textarea class="term-field" ref={&self.field} rows="1" aria-label={say(Key::Echo)} aria-describedby={&self.hint}
                    spellcheck="false" autocomplete="off" autocapitalize="off" autocorrect="off"
                    onkeydown={keys::read(&self.field, self.leaves, link.callback(Message::Pressed))}
                    oninput={link.callback(|_: InputEvent| Message::Typed)} onpaste={link.batch_callback(pasted)} />
                <button type="button" class="btn sq term-key" aria-label={say(Key::TerminalComplete)} title={say(Key::TerminalComplete)} onclick={press(Pressed::Complete)}>{ "⇥" }</button>
                <button type="button" class="btn sq term-key" aria-label={say(Key::TerminalRun)} title={say(Key::TerminalRun)} onclick={press(Pressed::Run)}>{ glyph_sized(Icon::Play, "s") }</button>
            </>
        }
    }

    /// True if what stands above the field is another.
    fn say(&mut self, offer: Offer) -> bool {
        let other = self.offer != offer;
        // What is offered takes its room from the lines: the newest ones stay in sight.
        self.follows |= other && writing::is_at_end(&self.log);
        self.offer = offer;
        other
    }

    fn pressed(&mut self, ctx: &Context<Self>, pressed: Pressed) -> bool {
        let send = &ctx.props().send;
        match pressed {
            Pressed::Run => return self.run(ctx),
            Pressed::Complete => return self.complete(ctx),
            Pressed::Older | Pressed::Newer => self.recall(ctx, pressed == Pressed::Older),
            Pressed::Clear => send.emit(Msg::ClearLines),
            Pressed::Drop => {
                send.emit(Msg::StopLines);
                writing::write(&self.field, "", "");
                self.back = 0;
            }
            Pressed::Cut => {
                let (before, _, after) = writing::parts(&self.field);
                let kept = before.rfind('\n').map_or("", |at| before.get(..=at).unwrap_or_default());
                writing::write(&self.field, kept, &after);
            }
            Pressed::Leave => {
                self.leaves = true;
                self.offer = Offer::None;
                return true;
            }
        }
        self.say(Offer::None)
    }

    fn run(&mut self, ctx: &Context<Self>) -> bool {
        let text = writing::text(&self.field);
        if text.len() > MOST_TYPED {
            return self.say(Offer::Said(too_much(text.len(), language())));
        }
        writing::write(&self.field, "", "");
        self.back = 0;
        self.leaves = false;
        if text.trim() == "clear" {
            ctx.props().send.emit(Msg::ClearLines);
        } else if !text.trim().is_empty() {
            ctx.props().send.emit(Msg::Type(text));
        }
        self.say(Offer::None)
    }

    fn complete(&mut self, ctx: &Context<Self>) -> bool {
        let (before, _, after) = writing::parts(&self.field);
        let found = ctx.props().complete.emit(before.clone());
        writing::write(&self.field, &format!("{before}{}", found.insert), &after);
        writing::focus(&self.field);
        self.say(if found.words.is_empty() { Offer::None } else { Offer::Words(found) })
    }

    fn recall(&mut self, ctx: &Context<Self>, older: bool) {
        if self.back == 0 {
            self.draft = writing::text(&self.field);
        }
        let back = if older { self.back.saturating_add(1) } else { self.back.saturating_sub(1) };
        if back == 0 {
            if self.back > 0 {
                writing::write(&self.field, &self.draft, "");
            }
            self.back = 0;
        } else if let Some(line) = recalled(&ctx.props().lines, back) {
            writing::write(&self.field, line, "");
            self.back = back;
        }
    }
}
