//! Outside: the clients of the internet, and how they are answered.

use super::Marks;
use super::meter::meter;
use crate::glyph::{Icon, glyph};
use crate::words::{Key, say};
use eni_playground::view::board::ClientView;
use yew::prelude::*;

/// The strip above the VPCs. The internet always has its place there: nothing moves when somebody asks from it.
///
/// `once` is the address of a host that is no client, if the chosen packet came from one.
pub fn outside(clients: &[ClientView], once: Option<&str>, marks: &Marks) -> Html {
    let outside: Vec<&ClientView> = clients.iter().filter(|client| client.outside && client.behind.is_empty()).collect();
    let first = outside.first().copied().or(clients.first());
    html! {
        <section class="outside" aria-label={say(Key::Internet)}>
            <div class="clients">{ for outside.iter().map(|client| pill(client, marks)) }{ internet(once) }</div>
            { outside.first().map(|client| html! {
                <p class="asks">{ say(Key::Asks { target: &client.target }) }</p>
            }).unwrap_or_default() }
            { first.map(meter).unwrap_or_default() }
        </section>
    }
}

/// All other hosts of the internet; by its address the one that asked last.
fn internet(once: Option<&str>) -> Html {
    html! {
        <span class={classes!("client", "is-net", once.is_some().then_some("is-once"))} data-anchor="internet">
            <span class="client-glyph">{ glyph(Icon::Globe) }</span>
            <span class="client-words"><b>{ say(Key::Internet) }</b>if let Some(address) = once { <span class="mono">{ address.to_owned() }</span> }</span>
        </span>
    }
}

/// A client as a pill.
pub fn pill(client: &ClientView, marks: &Marks) -> Html {
    let thing = format!("client:{}", client.id);
    html! {
        <button type="button" class={classes!("client", (!client.asking).then_some("is-paused"))} key={client.id} data-anchor={client.anchor.clone()}
            data-menu={thing.clone()} data-rove={thing.clone()} tabindex={marks.tab_index(&thing)} aria-haspopup="menu">
            <span class="client-glyph">{ glyph(Icon::Client) }</span>
            <span class="client-words"><b>{ client.name.clone() }</b><span class="mono">{ client.address.clone() }</span></span>
        </button>
    }
}
