//! An instance in one line, for boards of hundreds: its name, a tick for each ENI, and how many places are free.

use super::Marks;
use super::slot::rest;
use super::state::state;
use eni_playground::view::board::{EniState, EniView, InstanceView, SlotView};
use std::rc::Rc;
use yew::prelude::*;

/// The line. What is chosen on it opens it.
pub fn tile(instance: &InstanceView, marks: &Rc<Marks>) -> Html {
    let thing = format!("instance:{}", instance.id);
    let (used, free): (Vec<&SlotView>, Vec<&SlotView>) = instance.slots.iter().partition(|view| view.eni.is_some());
    html! {
        <article class={classes!("inst", "is-tile", instance.gone.then_some("is-ghost"))} data-anchor={thing.clone()}>
            <header>
                { state(instance) }
                <h4>
                    <button type="button" class="title" data-menu={thing.clone()} data-rove={thing.clone()} title={instance.kind.clone()}
                        tabindex={marks.tab_index(&thing)} aria-haspopup="menu"><b>{ instance.name.clone() }</b></button>
                </h4>
            </header>
            <ul class="slots">
                { used.iter().filter_map(|view| view.eni.as_ref()).map(|eni| tick(eni, marks)).collect::<Html>() }
                { rest(instance, if instance.gone { &[] } else { &free }, marks) }
            </ul>
        </article>
    }
}

fn tick(eni: &EniView, marks: &Marks) -> Html {
    let thing = format!("eni:{}", eni.id);
    let address = eni.addresses.first().map(|address| address.ip.clone()).unwrap_or_default();
    let place = format!("address:{}/{address}", eni.id);
    let moving = matches!(eni.state, EniState::Attaching | EniState::Detaching);
    let classes = classes!(
        "tick",
        moving.then_some("is-wait"),
        marks.stopped.contains(&thing).then_some("is-stop"),
        marks.holds(&thing).then_some("is-away"),
        marks.place(&thing),
        marks.place(&place),
    );
    html! {
        <li key={thing.clone()}>
            <button type="button" class={classes} data-anchor={thing.clone()} data-drag={thing.clone()} data-menu={thing.clone()} data-rove={thing.clone()}
                data-for-group={thing.clone()} data-for-elastic-ip={place} tabindex={marks.tab_index(&thing)} aria-haspopup="menu"
                title={format!("{} {address}", eni.name)} aria-label={eni.spoken.clone()} />
        </li>
    }
}
