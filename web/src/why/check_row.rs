//! One check: a row, and beneath it the evidence with the packet beside the rule.

use super::with_whole_names;
use crate::glyph::{Icon, badge, glyph, glyph_sized};
use crate::rulebook::source;
use crate::words::{Key, say};
use eni_playground::view::board::GroupBadge;
use eni_playground::view::why::{CheckState, CheckView, ComparedField};
use yew::prelude::*;

/// How a row and the gate on the wire light each other.
pub struct Lighting {
    /// Whether it is lit.
    pub lit: bool,
    /// Lights a check, or none.
    pub light: Option<Callback<Option<u32>>>,
}

/// The row of a check. One that decided stands open.
pub fn check_row(check: &CheckView, open: bool, delivered: bool, lighting: &Lighting, toggle: Callback<MouseEvent>) -> Html {
    let state = match check.state {
        CheckState::Passed => "pass",
        CheckState::Refused => "no",
        CheckState::NotReached => "skip",
    };
    let last = delivered && check.state == CheckState::Passed;
    let number = check.number;
    let lit = |light: Option<u32>| lighting.light.as_ref().map(|callback| callback.reform(move |_: MouseEvent| light));
    let focused = |light: Option<u32>| lighting.light.as_ref().map(|callback| callback.reform(move |_: FocusEvent| light));
    let has_more = !check.evidence.is_empty() || !check.compared.is_empty() || !check.rule.is_empty();
    html! {
        <li class={classes!("check", state, lighting.lit.then_some("lit"), last.then_some("through"), open.then_some("open"))}
            onmouseenter={lit(Some(number))} onmouseleave={lit(None)}>
            <button type="button" class="ck" aria-expanded={has_more.then(|| open.to_string())} onclick={toggle}
                onfocus={focused(Some(number))} onblur={focused(None)}>
                <span class="k">{ number }</span>
                { glyph(Icon::of_check(check.glyph)) }
                <span class="t">{ &check.title }{ " " }<span>{ with_whole_names(&check.detail) }</span></span>
                <span class="r">{ result(check) }</span>
            </button>
            if open && has_more { { evidence(check) } }
        </li>
    }
}

fn result(check: &CheckView) -> Html {
    match check.state {
        CheckState::Passed => html! {
            <>
                if check.result.is_empty() { <span class="sr">{ say(Key::Passed) }</span> } else { <span class="mono">{ &check.result }</span> }
                { glyph_sized(Icon::Tick, "s") }
            </>
        },
        CheckState::Refused => html! { <>{ &check.result }{ glyph_sized(Icon::Cross, "s") }</> },
        CheckState::NotReached => html! { { &check.result } },
    }
}

fn evidence(check: &CheckView) -> Html {
    html! {
        <div class="in">
            if !check.evidence.is_empty() { <p class="near">{ with_badges(&check.evidence, &check.groups) }</p> }
            if !check.compared.is_empty() { { comparison(&check.compared) } }
            { source(&check.rule, check.mark) }
        </div>
    }
}

/// A sentence with the badge of each group before its name.
fn with_badges(text: &str, groups: &[GroupBadge]) -> Html {
    let (mut parts, mut rest) = (Vec::new(), text);
    for group in groups {
        let Some((before, after)) = around_word(rest, &group.name) else { continue };
        parts.push(html! { <>{ with_whole_names(before) }{ badge(group) }{ " " }<b>{ group.name.clone() }</b></> });
        rest = after;
    }
    html! { <>{ for parts }{ with_whole_names(rest) }</> }
}

/// What stands before and after a word, or words, of a text.
fn around_word<'t>(text: &'t str, word: &str) -> Option<(&'t str, &'t str)> {
    let parts = |(at, _): (usize, &str)| text.split_at_checked(at).and_then(|(before, rest)| Some((before, rest.strip_prefix(word)?)));
    let alone = |(before, after): &(&str, &str)| {
        let joins = |end: Option<char>| end.is_some_and(|end| end.is_alphanumeric() || matches!(end, '-' | '_'));
        !word.is_empty() && !joins(before.chars().next_back()) && !joins(after.chars().next())
    };
    text.match_indices(word).filter_map(parts).find(alone)
}

/// The packet beside the rule, field by field.
fn comparison(fields: &[ComparedField]) -> Html {
    html! {
        <table class="cmp">
            <thead><tr>
                <th scope="col"><span class="sr">{ say(Key::Field) }</span></th>
                <th scope="col">{ say(Key::PacketColumn) }</th>
                <th scope="col">{ say(Key::RuleColumn) }</th>
                <th scope="col"><span class="sr">{ say(Key::FitsColumn) }</span></th>
            </tr></thead>
            <tbody>{ for fields.iter().map(compared) }</tbody>
        </table>
    }
}

fn compared(field: &ComparedField) -> Html {
    let (row, cell, icon, word) =
        if field.fits { (None, "ok", Icon::Tick, Key::Fits) } else { (Some("hot"), "bad", Icon::Cross, Key::FitsNot) };
    html! {
        <tr class={classes!(row)}>
            <th scope="row">{ &field.field }</th>
            <td class="mono got">{ &field.packet }</td>
            <td class="mono">{ &field.rule }</td>
            <td class={cell}>{ glyph_sized(icon, "s") }<span class="sr">{ say(word) }</span></td>
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_group_is_found_as_a_word_and_not_in_another() {
        let text = "No rule of database, base fits.";
        assert_eq!(around_word(text, "base"), Some(("No rule of database, ", " fits.")));
        assert_eq!(around_word(text, "data"), None);
        assert_eq!(around_word("base-2 lets nothing in.", "base"), None);
        assert_eq!(around_word("base lets nothing in.", "base"), Some(("", " lets nothing in.")));
        assert_eq!(around_word(text, ""), None);
    }
}
