//! The details of what is chosen: its facts and its tables, and the way to everything that can be done with it.

use crate::glyph::{Icon, glyph, glyph_sized};
use crate::refusal::refusal_box;
use crate::store::{Dispatch, Msg};
use crate::tables::DataTable;
use crate::words::{Key, say};
use eni_playground::view::board::RefusalView;
use eni_playground::view::details::{DetailsView, FactView};
use std::rc::Rc;
use yew::prelude::*;

/// The inspector.
pub fn inspector(details: &DetailsView, refusal: &Option<Rc<RefusalView>>, send: &Dispatch) -> Html {
    let thing = details.thing.clone();
    html! {
        <div class="details" key={details.thing.clone()}>
            <header>
                { glyph(Icon::named(details.glyph)) }
                <div><h2>{ &details.title }</h2><p>{ &details.subtitle }</p></div>
                <button type="button" class="btn line" aria-haspopup="menu" data-menu={thing.clone()}
                    onclick={send.reform(move |_: MouseEvent| Msg::OpenMenu(thing.clone()))}>
                    { say(Key::Actions) }{ glyph_sized(Icon::Down, "s") }
                </button>
            </header>
            <dl class="facts">{ for details.facts.iter().map(|fact| fact_row(fact, send)) }</dl>
            if let Some(refusal) = refusal { { refusal_box(refusal) } }
            { for details.tables.iter().map(|table| html! {
                <DataTable key={table.title.clone()} table={table.clone()} refusal={refusal.clone()} send={send.clone()} />
            }) }
        </div>
    }
}

fn fact_row(fact: &FactView, send: &Dispatch) -> Html {
    let class = fact.code.then_some("mono");
    html! {
        <div>
            <dt>{ &fact.name }</dt>
            <dd class={classes!(class)}>
                if let Some(thing) = fact.thing.clone() {
                    <button type="button" class="link" onclick={send.reform(move |_: MouseEvent| Msg::ShowThing(thing.clone()))}>{ &fact.value }</button>
                } else {
                    { &fact.value }
                }
            </dd>
        </div>
    }
}
