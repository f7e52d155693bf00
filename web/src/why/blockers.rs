//! The checks behind the one that decided that would refuse the packet as well, in order, each with what changes it.

use super::check_row::{self, Lighting};
use super::remedies::{commands, do_it, what_it_does};
use super::with_whole_names;
use crate::store::Dispatch;
use crate::words::{Key, say};
use eni_playground::view::why::{BlockerView, WhyView};
use yew::prelude::*;

/// The rows; nothing where one check alone refuses. `packet` is the question, also where its answer is what was refused.
pub fn would_also_refuse(
    why: &WhyView,
    packet: u64,
    send: &Dispatch,
    is_open: &dyn Fn(u32) -> bool,
    toggle: &dyn Fn(u32) -> Callback<MouseEvent>,
) -> Html {
    let rows: Vec<&BlockerView> = why.blockers.iter().filter(|row| !row.decides).collect();
    if rows.is_empty() {
        return Html::default();
    }
    let title = say(Key::WouldAlsoRefuse { count: &rows.len().to_string() });
    html! {
        <section class="also" aria-label={title.clone()}>
            <h3>{ title }</h3>
            <ol class="checks all">{ for rows.into_iter().map(|row| blocker(row, packet, send, is_open, toggle)) }</ol>
        </section>
    }
}

fn blocker(
    row: &BlockerView,
    packet: u64,
    send: &Dispatch,
    is_open: &dyn Fn(u32) -> bool,
    toggle: &dyn Fn(u32) -> Callback<MouseEvent>,
) -> Html {
    let number = row.check.number;
    let lighting = Lighting { lit: false, light: None };
    html! {
        <>
            { check_row::check_row(&row.check, is_open(number), false, &lighting, toggle(number)) }
            <li class="way">
                if row.reply { <p class="near">{ say(Key::TheAnswer) }</p> }
                if let Some(change) = &row.change {
                    { what_it_does(change) }
                    <div class="row">{ do_it(change, packet, send, "cta alt") }</div>
                    { commands(change) }
                }
                if !row.note.is_empty() { <p class="near">{ with_whole_names(&row.note) }</p> }
            </li>
        </>
    }
}

/// What is said of a check that stands between the packet and everything that is not known: how it gets past, or why it does not.
pub fn dead_end(why: &WhyView, packet: u64, send: &Dispatch) -> Html {
    let Some(first) = why.blockers.first().filter(|first| first.decides && why.remedies.is_empty()) else { return Html::default() };
    let title = say(Key::PastThisCheck);
    html! {
        <section class="fix" aria-label={title.clone()}>
            <h3>{ title }</h3>
            if let Some(change) = &first.change {
                { what_it_does(change) }
                <div class="row">{ do_it(change, packet, send, "cta") }</div>
                { commands(change) }
            }
            if !first.note.is_empty() { <p>{ with_whole_names(&first.note) }</p> }
        </section>
    }
}
