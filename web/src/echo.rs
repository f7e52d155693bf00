//! The command line: the newest act as one would type it, what came of it, and the lines before it.

use crate::glyph::{Icon, glyph_sized};
use crate::store::{Dispatch, Msg};
use crate::words::{Key, say};
use eni_playground::session::EchoView;
use std::rc::Rc;
use yew::prelude::*;

/// What the line shows.
#[derive(Clone, PartialEq, Properties)]
pub struct EchoProps {
    /// The lines, oldest first.
    pub lines: Rc<Vec<EchoView>>,
    /// Where what is done here goes.
    pub send: Dispatch,
}

/// The command line.
pub struct Echo {
    open: bool,
}

impl Component for Echo {
    type Message = ();
    type Properties = EchoProps;

    fn create(_: &Context<Self>) -> Self {
        Echo { open: false }
    }

    fn update(&mut self, _: &Context<Self>, (): ()) -> bool {
        self.open = !self.open;
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let EchoProps { lines, send } = ctx.props();
        let toggle = ctx.link().callback(|_: MouseEvent| ());
        let (icon, key) = if self.open { (Icon::Down, Key::FoldEcho) } else { (Icon::Up, Key::ShowEcho) };
        html! {
            <section class={classes!("term", self.open.then_some("open"))} aria-label={say(Key::Echo)}>
                if self.open {
                    <ol class="term-list" tabindex="0" aria-label={say(Key::EchoBefore)}>
                        { for lines.iter().map(|line| html! { <li>{ shown(line, send) }</li> }) }
                    </ol>
                }
                <div class="term-line">
                    if let Some(line) = lines.last() { { shown(line, send) } } else { <span class="ps">{ "$" }</span><span class="none">{ say(Key::NoEcho) }</span> }
                    <button type="button" class="btn sq" aria-expanded={self.open.to_string()} aria-label={say(key)} title={say(key)} onclick={toggle}>
                        { glyph_sized(icon, "s") }
                    </button>
                </div>
            </section>
        }
    }
}

fn shown(line: &EchoView, send: &Dispatch) -> Html {
    let text = line.line.clone();
    let (class, icon) = if line.accepted { ("res ok", Icon::Tick) } else { ("res no", Icon::Forbidden) };
    html! {
        <>
            <span class="ps" aria-hidden="true">{ "$" }</span>
            <code class="cmd" tabindex="0">{ for coloured(&line.line).into_iter().map(piece) }</code>
            if !line.note.is_empty() { <span {class}>{ glyph_sized(icon, "s") }<span>{ &line.note }</span></span> } else { <span {class}>{ glyph_sized(icon, "s") }</span> }
            <button type="button" class="btn sq" aria-label={say(Key::CopyCommand)} title={say(Key::CopyCommand)}
                onclick={send.reform(move |_: MouseEvent| Msg::Copy(text.clone()))}>{ glyph_sized(Icon::Copy, "s") }</button>
        </>
    }
}

/// What a word of a command line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    /// The program and the action.
    Name,
    /// An option.
    Option,
    /// A value.
    Value,
}

fn piece((word, text): (Word, &str)) -> Html {
    match word {
        Word::Name => html! { <b>{ text }</b> },
        Word::Option => html! { <i>{ text }</i> },
        Word::Value => html! { <em>{ text }</em> },
    }
}

/// A command line in pieces: each with the spaces before it, so that the pieces together are the line.
fn coloured(line: &str) -> Vec<(Word, &str)> {
    let mut pieces = Vec::new();
    let mut rest = line;
    let mut options = false;
    while !rest.is_empty() {
        let spaces = rest.len() - rest.trim_start().len();
        let (start, after) = rest.split_at(spaces);
        let end = word_end(after);
        let word = match after.get(..2) {
            Some("--") => Word::Option,
            _ if options => Word::Value,
            _ => Word::Name,
        };
        options |= word == Word::Option;
        let (piece, tail) = rest.split_at(start.len() + end);
        pieces.push((word, piece));
        rest = tail;
    }
    pieces
}

/// Where a word ends: at a space that is not within quotes.
fn word_end(text: &str) -> usize {
    let mut quote = None;
    for (at, letter) in text.char_indices() {
        match (letter, quote) {
            ('\'' | '"', None) => quote = Some(letter),
            (_, Some(open)) if letter == open => quote = None,
            (_, None) if letter.is_whitespace() => return at,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pieces_together_are_the_line() {
        for line in ["", " ", "aws ec2 x", "aws ec2 x --name 'a b'  --n 1 ", "aws --q \"it's", "é --ü ñ", "-"] {
            let joined: String = coloured(line).into_iter().map(|(_, text)| text).collect();
            assert_eq!(joined, line);
        }
    }

    #[test]
    fn names_options_and_values_are_told_apart() {
        let words: Vec<Word> =
            coloured("aws ec2 attach-network-interface --device-index 1 --name 'a b'").into_iter().map(|(word, _)| word).collect();
        assert_eq!(words, [Word::Name, Word::Name, Word::Name, Word::Option, Word::Value, Word::Option, Word::Value]);
    }
}
