//! An instance: its header, then a row for each device index. A terminated one is a ghost, and on a dense board it is one line.

use super::Marks;
use super::marks::Density;
use super::slot::{rest, slot};
use super::state::state;
use super::tile::tile;
use crate::glyph::{Icon, glyph};
use eni_playground::view::board::{InstanceView, SlotView};
use std::rc::Rc;
use yew::prelude::*;

/// What an instance shows.
#[derive(Clone, PartialEq, Properties)]
pub struct InstanceProps {
    /// The instance.
    pub instance: Rc<InstanceView>,
    /// What else it has to know.
    pub marks: Rc<Marks>,
}

/// The card.
pub struct InstanceCard;

impl Component for InstanceCard {
    type Message = ();
    type Properties = InstanceProps;

    fn create(_: &Context<Self>) -> InstanceCard {
        InstanceCard
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let InstanceProps { instance, marks } = ctx.props();
        if marks.density == Density::Dense && !marks.is_open(instance) {
            return tile(instance, marks);
        }
        let thing = format!("instance:{}", instance.id);
        let selected = marks.selected.as_deref() == Some(&thing);
        let classes = classes!("inst", instance.gone.then_some("is-ghost"), selected.then_some("is-selected"));
        html! {
            <article class={classes} data-anchor={thing.clone()}>
                <header>
                    <h4>
                        <button type="button" class="title" data-menu={thing.clone()} data-rove={thing.clone()}
                            tabindex={marks.tab_index(&thing)} aria-haspopup="menu">{ glyph(Icon::Instance) }<b>{ instance.name.clone() }</b></button>
                    </h4>
                    <span class="kind">{ instance.kind.clone() }</span>
                    { state(instance) }
                </header>
                <ul class="slots">{ slots(instance, marks) }</ul>
            </article>
        }
    }
}

fn slots(instance: &InstanceView, marks: &Rc<Marks>) -> Html {
    let row = |view: &SlotView| slot(&instance.id, instance.gone, view, marks);
    if marks.density == Density::Roomy || instance.gone {
        return instance.slots.iter().map(row).collect();
    }
    // What is on its way here is no free place.
    let (free, used): (Vec<&SlotView>, Vec<&SlotView>) = instance.slots.iter().partition(|view| view.eni.is_none() && !view.awaits);
    html! { <>{ used.into_iter().map(row).collect::<Html>() }{ rest(instance, &free, marks) }</> }
}
