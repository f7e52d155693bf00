//! The lines of the terminal: what was done as one would type it, and what typed lines printed.

use crate::glyph::{Icon, glyph_sized};
use crate::refusal::refusal_box;
use crate::store::{Dispatch, Msg};
use crate::words::{Key, say};
use eni_playground::session::{EchoView, PrintedView};
use yew::prelude::*;

/// The newest line alone, with what came of it.
pub fn newest(line: &EchoView, send: &Dispatch) -> Html {
    html! {
        <>
            <span class="ps" aria-hidden="true">{ "$" }</span>
            <code class="cmd" tabindex="0">{ for coloured(&line.line).into_iter().map(piece) }</code>
            { outcome(line) }
            { copy(Key::CopyCommand, line.line.clone(), true, send) }
        </>
    }
}

/// A line of the list. Only the buttons of the newest one are on the way of the Tab key: the field comes soon after it.
pub fn entry(line: &EchoView, is_newest: bool, send: &Dispatch) -> Html {
    let output: String = line.printed.iter().map(|piece| piece.text.as_str()).collect();
    html! {
        <li key={line.number} data-line={line.number.to_string()} class={classes!((!line.accepted).then_some("is-refused"))}>
            <div class="term-did">
                <span class="ps" aria-hidden="true">{ "$" }</span>
                <code class="cmd">{ for coloured(&line.line).into_iter().map(piece) }</code>
                if !line.typed || !line.accepted { { outcome(line) } }
                { copy(Key::CopyCommand, line.line.clone(), is_newest, send) }
                if !output.is_empty() { { copy(Key::CopyOutput, output, is_newest, send) } }
            </div>
            { for line.printed.iter().map(|piece| printed(piece, !line.accepted)) }
        </li>
    }
}

/// A piece of what was printed, with the explanation of a refusal behind a word that opens it. Programs also say there what is no fault: only a line
/// that failed, and what was refused, is told as one.
fn printed(piece: &PrintedView, failed: bool) -> Html {
    let text = piece.text.trim_start_matches('\n').trim_end_matches('\n');
    // The rows of a table are no longer rows when they are broken, and what is set out as JSON is not read any better.
    let class = match text {
        _ if piece.error => {
            if failed || piece.refusal.is_some() {
                "is-error"
            } else {
                "is-said"
            }
        }
        _ if text.starts_with("----") || text.starts_with(['{', '[']) => "is-set-out",
        _ => "",
    };
    html! {
        <>
            <pre class={classes!("term-out", class)}>{ whole_options(text) }</pre>
            if let Some(refusal) = &piece.refusal {
                <details class="term-why"><summary>{ say(Key::WhyRefused) }</summary>{ refusal_box(refusal) }</details>
            }
        </>
    }
}

/// A text in which options stay in one piece where its lines are broken: else they would be after their dashes.
fn whole_options(text: &str) -> Html {
    let mut html = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(" --") {
        let (before, option) = rest.split_at(at + 1);
        let (option, after) = option.split_at(option.find(char::is_whitespace).unwrap_or(option.len()));
        html.push(html! { <>{ before }<i>{ option }</i></> });
        rest = after;
    }
    html.push(rest.into());
    html.into_iter().collect()
}

fn outcome(line: &EchoView) -> Html {
    let (class, icon) = if line.accepted { ("res ok", Icon::Tick) } else { ("res no", Icon::Forbidden) };
    html! { <span {class}>{ glyph_sized(icon, "s") }if !line.note.is_empty() { <span>{ &line.note }</span> }</span> }
}

fn copy(key: Key, text: String, is_stop: bool, send: &Dispatch) -> Html {
    let icon = if key == Key::CopyCommand { Icon::Copy } else { Icon::Sheet };
    html! {
        <button type="button" class="btn sq" tabindex={(!is_stop).then_some("-1")} aria-label={say(key)} title={say(key)}
            onclick={send.reform(move |_: MouseEvent| Msg::Copy(text.clone()))}>{ glyph_sized(icon, "s") }</button>
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
        // An option stays in one piece where a line is broken; the spaces before it are where that may be.
        Word::Option => {
            let name = text.trim_start();
            html! { <>{ text.strip_suffix(name) }<i>{ name }</i></> }
        }
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
