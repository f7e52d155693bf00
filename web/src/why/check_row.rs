//! One check: a row, and beneath it the evidence with the packet beside the rule.

use super::with_whole_names;
use crate::glyph::{Icon, glyph, glyph_sized};
use crate::rulebook::source;
use crate::words::{Key, say};
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
            if !check.evidence.is_empty() { <p class="near">{ with_whole_names(&check.evidence) }</p> }
            if !check.compared.is_empty() { { comparison(&check.compared) } }
            { source(&check.rule, check.mark) }
        </div>
    }
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
