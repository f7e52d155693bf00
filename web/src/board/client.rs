//! Outside: the clients of the internet, and how they are answered.

use super::Marks;
use super::meter::meter;
use crate::glyph::{Icon, glyph, glyph_sized};
use crate::words::{Key, say};
use eni_playground::view::board::ClientView;
use yew::prelude::*;

/// The strip above the VPC.
///
/// `once` is the address of a host that is no client, if the chosen packet came from one.
pub fn outside(clients: &[ClientView], once: Option<&str>, marks: &Marks) -> Html {
    let outside: Vec<&ClientView> = clients.iter().filter(|client| client.outside).collect();
    if clients.is_empty() && once.is_none() {
        return html! {};
    }
    let first = outside.first().copied().or(clients.first());
    html! {
        <section class="outside" aria-label={say(Key::Internet)}>
            <div class="clients">{ for outside.iter().map(|client| pill(client, marks)) }{ for once.map(host) }</div>
            { outside.first().map(|client| html! {
                <p class="asks">{ glyph_sized(Icon::Globe, "s") }<span>{ say(Key::Internet) }<span class="far">{ say(Key::Asks { target: &client.target }) }</span></span></p>
            }).unwrap_or_default() }
            { first.map(meter).unwrap_or_default() }
        </section>
    }
}

/// A host of the internet that asked once.
fn host(address: &str) -> Html {
    html! {
        <span class="client is-once" data-anchor="internet">
            <span class="client-glyph">{ glyph(Icon::Globe) }</span>
            <span class="client-words"><b>{ say(Key::Internet) }</b><span class="mono">{ address.to_owned() }</span></span>
        </span>
    }
}

fn pill(client: &ClientView, marks: &Marks) -> Html {
    let thing = format!("client:{}", client.id);
    html! {
        <button type="button" class={classes!("client", (!client.asking).then_some("is-paused"))} key={client.id} data-anchor={client.anchor.clone()}
            data-menu={thing.clone()} data-rove={thing.clone()} tabindex={marks.tab_index(&thing)} aria-haspopup="menu">
            <span class="client-glyph">{ glyph(Icon::Client) }</span>
            <span class="client-words"><b>{ client.name.clone() }</b><span class="mono">{ client.address.clone() }</span></span>
        </button>
    }
}
