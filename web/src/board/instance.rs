//! An instance: its header, then a row for each device index. A terminated one is a ghost.

use super::Marks;
use super::slot::slot;
use crate::glyph::{Icon, glyph};
use eni_playground::view::board::InstanceView;
use yew::prelude::*;

/// The card.
pub fn card(instance: &InstanceView, marks: &Marks) -> Html {
    let thing = format!("instance:{}", instance.id);
    let selected = marks.selected.as_deref() == Some(&thing);
    let classes = classes!("inst", instance.gone.then_some("is-ghost"), selected.then_some("is-selected"));
    html! {
        <article class={classes} key={instance.id.clone()} data-anchor={thing.clone()}>
            <header>
                <h4>
                    <button type="button" class="title" data-menu={thing.clone()} data-rove={thing.clone()}
                        tabindex={marks.tab_index(&thing)} aria-haspopup="menu">{ glyph(Icon::Instance) }<b>{ instance.name.clone() }</b></button>
                </h4>
                <span class="kind">{ instance.kind.clone() }</span>
                <span class={classes!("state", format!("is-{}", instance.state), (!instance.running).then_some("is-off"))}>
                    <i aria-hidden="true" />{ instance.state_text.clone() }
                </span>
            </header>
            <ul class="slots">{ for instance.slots.iter().map(|view| slot(&instance.id, instance.gone, view, marks)) }</ul>
        </article>
    }
}
