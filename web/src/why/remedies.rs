//! What would change the verdict: the smallest change first, with a button that does it; the others behind a second one.

use super::with_whole_names;
use crate::store::{Dispatch, Msg};
use crate::words::{Key, say};
use eni_playground::view::why::RemedyView;
use yew::prelude::*;

/// What is offered.
#[derive(Clone, PartialEq, Properties)]
pub struct RemediesProps {
    /// The remedies, the smallest first.
    pub remedies: Vec<RemedyView>,
    /// How many checks refuse: the first remedy has a change for each.
    pub checks: usize,
    /// The question that they would let through.
    pub packet: u64,
    /// Where what is done here goes.
    pub send: Dispatch,
}

/// The remedies.
pub struct Remedies {
    all: bool,
}

impl Component for Remedies {
    type Message = ();
    type Properties = RemediesProps;

    fn create(_: &Context<Self>) -> Self {
        Remedies { all: false }
    }

    fn update(&mut self, _: &Context<Self>, (): ()) -> bool {
        self.all = !self.all;
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let RemediesProps { remedies, checks, packet, send } = ctx.props();
        let Some((first, others)) = remedies.split_first() else { return Html::default() };
        html! {
            <section class={classes!("fix", self.all.then_some("all"))} aria-label={say(Key::WhatWouldChange)}>
                <h3>{ say(Key::WhatWouldChange) }</h3>
                { what_it_does(first) }
                if *checks > 1 { <p class="near">{ say(Key::AllTogether { count: &checks.to_string() }) }</p> }
                <div class="row">
                    { do_it(first, *packet, send, "cta") }
                    if !others.is_empty() {
                        <button type="button" class="cta alt" aria-expanded={self.all.to_string()} onclick={ctx.link().callback(|_: MouseEvent| ())}>
                            { others_text(others.len()) }
                        </button>
                    }
                </div>
                { commands(first) }
                if self.all {
                    <ul class="others">
                        { for others.iter().map(|remedy| html! { <li>{ what_it_does(remedy) }{ do_it(remedy, *packet, send, "cta alt") }</li> }) }
                    </ul>
                }
            </section>
        }
    }
}

/// One sentence, or a numbered list where there are several acts.
pub fn what_it_does(remedy: &RemedyView) -> Html {
    if remedy.steps.is_empty() {
        return html! { <p>{ with_whole_names(&remedy.sentence) }</p> };
    }
    html! { <ol class="steps">{ for remedy.steps.iter().map(|step| html! { <li>{ with_whole_names(step) }</li> }) }</ol> }
}

/// Its acts as command lines.
pub fn commands(remedy: &RemedyView) -> Html {
    html! { { for remedy.echo.lines().map(|line| html! { <code class="cli" tabindex="0">{ line }</code> }) } }
}

/// The button that does it, where it can be done.
pub fn do_it(remedy: &RemedyView, packet: u64, send: &Dispatch, class: &'static str) -> Html {
    if remedy.acts.is_empty() {
        return Html::default();
    }
    let acts = remedy.acts.clone();
    html! { <button type="button" {class} onclick={send.reform(move |_: MouseEvent| Msg::Remedy { acts: acts.clone(), packet })}>{ &remedy.button }</button> }
}

fn others_text(count: usize) -> String {
    if count == 1 { say(Key::OneOtherWay) } else { say(Key::OtherWays { count: &count.to_string() }) }
}
