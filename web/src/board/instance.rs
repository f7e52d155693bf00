//! An instance: its header, then a row for each device index. A terminated one is a ghost.

use super::Marks;
use super::slot::slot;
use crate::glyph::{Icon, glyph};
use eni_playground::view::board::InstanceView;
use std::rc::Rc;
use yew::prelude::*;

/// What an instance shows.
#[derive(Clone, PartialEq, Properties)]
pub struct InstanceProps {
    /// The instance.
    pub instance: InstanceView,
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
                    <span class={classes!("state", format!("is-{}", instance.state), (!instance.running).then_some("is-off"))}>
                        <i aria-hidden="true" />{ instance.state_text.clone() }
                    </span>
                </header>
                <ul class="slots">{ for instance.slots.iter().map(|view| slot(&instance.id, instance.gone, view, marks)) }</ul>
            </article>
        }
    }
}
