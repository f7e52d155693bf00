//! An ENI as a chip: name and state, address and Elastic IP, groups at its end.

use super::Marks;
use crate::glyph::{Icon, glyph, glyph_sized};
use crate::words::{Key, say};
use eni_playground::view::board::{AddressView, EniState, EniView, GroupBadge};
use yew::prelude::*;

/// The chip. `locked`: it stays where it is.
pub fn chip(eni: &EniView, marks: &Marks, locked: bool) -> Html {
    let thing = format!("eni:{}", eni.id);
    let address = eni.addresses.first();
    let place_of_address = address.map(|address| format!("address:{}/{}", eni.id, address.ip)).unwrap_or_default();
    let selected = marks.selected.as_deref() == Some(&thing);
    let moving = match eni.state {
        EniState::Attaching => Some("is-wait"),
        EniState::Detaching => Some("is-wait is-leaving"),
        _ => None,
    };
    let classes = classes!(
        "eni",
        moving,
        locked.then_some("is-locked"),
        selected.then_some("is-selected"),
        marks.stopped.contains(&thing).then_some("is-stop"),
        marks.holds(&thing).then_some("is-away"),
        marks.place(&thing),
        marks.place(&place_of_address),
    );
    html! {
        <div class={classes} key={eni.id.clone()} data-anchor={thing.clone()} data-for-group={thing.clone()} data-for-elastic-ip={place_of_address}>
            <button type="button" class="eni-main" data-drag={thing.clone()} data-menu={thing.clone()} data-rove={thing.clone()}
                tabindex={marks.tab_index(&thing)} aria-haspopup="menu" aria-pressed={selected.to_string()}>
                { glyph(Icon::Eni) }
                <span class="sr">{ eni.spoken.clone() }</span>
                <span class="eni-words" aria-hidden="true">
                    <span class="eni-name"><b>{ eni.name.clone() }</b>{ state_text(eni) }</span>
                    <span class="eni-address">{ for address.map(|address| html! { <span class="mono">{ address.ip.clone() }</span> }) }</span>
                </span>
            </button>
            <span class="eni-extra">{ elastic_ips(eni, marks) }{ more_addresses(eni) }</span>
            <span class="eni-groups">{ for eni.groups.iter().map(|group| badge_of(group, &eni.id, marks)) }</span>
            { moving.map(|_| bar(eni)).unwrap_or_default() }
        </div>
    }
}

/// How far it is on its way.
fn bar(eni: &EniView) -> Html {
    let done = eni.progress.min(1000);
    let shown = if eni.state == EniState::Detaching { 1000 - done } else { done };
    html! { <svg class="eni-bar" aria-hidden="true"><rect width={format!("{}.{}%", shown / 10, shown % 10)} height="100%" /></svg> }
}

/// "attaching, 0.7 s left": the word, and the rest where there is room.
fn state_text(eni: &EniView) -> Html {
    let (word, rest) = eni.state_text.split_once(',').unwrap_or((&eni.state_text, ""));
    let rest = if rest.is_empty() { String::new() } else { format!(",{rest}") };
    if word.is_empty() {
        html! {}
    } else {
        html! { <span class="eni-state">{ word.to_owned() }<span class="far">{ rest }</span></span> }
    }
}

fn elastic_ips(eni: &EniView, marks: &Marks) -> Html {
    eni.addresses.iter().take(1).filter_map(|address| address.public_ip.as_ref().map(|ip| pill(address, ip, marks))).collect()
}

fn pill(address: &AddressView, ip: &str, marks: &Marks) -> Html {
    let words = html! { <>{ glyph_sized(Icon::ElasticIp, "xs") }<span class="eip-full">{ ip.to_owned() }</span><span class="eip-short">{ say(Key::ElasticIpShort) }</span></> };
    let Some(allocation) = &address.allocation else { return html! { <span class="eip is-lent" title={ip.to_owned()}>{ words }</span> } };
    let thing = format!("elastic-ip:{allocation}");
    html! {
        <button type="button" class={classes!("eip", marks.holds(&thing).then_some("is-away"))} data-drag={thing.clone()} data-menu={thing.clone()}
            data-rove={thing.clone()} tabindex={marks.tab_index(&thing)} title={say(Key::ElasticIp { ip })}
            aria-haspopup="menu">
            <span class="sr">{ say(Key::ElasticIp { ip }) }</span><span class="eip-words" aria-hidden="true">{ words }</span>
        </button>
    }
}

fn more_addresses(eni: &EniView) -> Html {
    match eni.addresses.len() {
        0 | 1 => html! {},
        count => {
            let rest = eni.addresses.iter().skip(1).map(|address| address.ip.clone()).collect::<Vec<_>>().join(", ");
            html! { <span class="eni-more" title={rest}>{ say(Key::MoreAddresses { count: &(count - 1).to_string() }) }</span> }
        }
    }
}

fn badge_of(group: &GroupBadge, eni: &str, marks: &Marks) -> Html {
    let thing = format!("group:{}@{eni}", group.id);
    let name = say(Key::GroupBadge { name: &group.name });
    html! {
        <button type="button" class={classes!("sg", hue(group.hue), marks.holds(&thing).then_some("is-away"))} data-drag={thing.clone()}
            data-menu={thing.clone()} data-rove={thing.clone()} tabindex={marks.tab_index(&thing)} title={name.clone()} aria-label={name}
            aria-haspopup="menu">{ group.letter.clone() }</button>
    }
}

/// The class of a group's colour.
pub fn hue(hue: u8) -> String {
    format!("hue-{}", hue % 8)
}

/// A badge that only shows.
pub fn badge(group: &GroupBadge) -> Html {
    html! { <span class={classes!("sg", hue(group.hue))} aria-hidden="true">{ group.letter.clone() }</span> }
}
