//! An ENI as a chip: name and state, address and Elastic IP, groups at its end.

use super::marks::{Density, Marks};
use crate::glyph::{Icon, glyph, glyph_sized, hue, long_name};
use crate::words::{Key, say};
use eni_playground::view::board::{AddressView, EniState, EniView, GroupBadge};
use std::rc::Rc;
use yew::prelude::*;

/// What a chip shows.
#[derive(Clone, PartialEq, Properties)]
pub struct ChipProps {
    /// The ENI.
    pub eni: EniView,
    /// What else it has to know.
    pub marks: Rc<Marks>,
    /// Whether it stays where it is.
    #[prop_or_default]
    pub locked: bool,
}

/// The chip.
pub struct Chip {
    /// Whether all its addresses are shown.
    open: bool,
    /// Whether they were when it was drawn last.
    shown: bool,
}

/// All addresses are shown, or only the first again.
pub struct Toggle;

impl Component for Chip {
    type Message = Toggle;
    type Properties = ChipProps;

    fn create(_: &Context<Self>) -> Chip {
        Chip { open: false, shown: false }
    }

    fn update(&mut self, _: &Context<Self>, _: Toggle) -> bool {
        self.open = !self.open;
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let ChipProps { eni, marks, locked } = ctx.props();
        let thing = format!("eni:{}", eni.id);
        let address = eni.addresses.first();
        let place_of_address = address.map(|address| format!("address:{}/{}", eni.id, address.ip)).unwrap_or_default();
        let selected = marks.selected.as_deref() == Some(&thing);
        let moving = match eni.state {
            EniState::Attaching => Some("is-wait"),
            EniState::Detaching => Some("is-wait is-leaving"),
            _ => None,
        };
        let open = self.open || marks.holds_address();
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
            <div class={classes} data-anchor={thing.clone()} data-for-group={thing.clone()} data-for-elastic-ip={place_of_address}>
                <button type="button" class="eni-main" data-drag={thing.clone()} data-menu={thing.clone()} data-rove={thing.clone()}
                    tabindex={marks.tab_index(&thing)} aria-haspopup="menu" aria-pressed={selected.to_string()}>
                    { glyph(Icon::Eni) }
                    <span class="sr">{ eni.spoken.clone() }</span>
                    <span class="eni-words" aria-hidden="true">
                        <span class="eni-name"><b>{ long_name(&eni.name) }</b>{ state_text(eni) }{ subnet_of(eni) }</span>
                        <span class="eni-address">{ for address.map(|address| address_text(&address.ip, marks)) }</span>
                    </span>
                </button>
                <span class="eni-extra">{ elastic_ips(eni, marks) }{ more_button(eni, marks, open, ctx.link().callback(|_: MouseEvent| Toggle)) }</span>
                <span class="eni-groups">{ groups(eni, marks) }</span>
                if open && eni.addresses.len() > 1 { { more_addresses(eni, marks) } }
                { moving.map(|_| bar(eni)).unwrap_or_default() }
            </div>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _: bool) {
        let ChipProps { eni, marks, .. } = ctx.props();
        let shown = (self.open || marks.holds_address()) && eni.addresses.len() > 1;
        if std::mem::replace(&mut self.shown, shown) != shown {
            marks.resized.emit(());
        }
    }
}

/// How far it is on its way.
fn bar(eni: &EniView) -> Html {
    let done = eni.progress.min(1000);
    let shown = if eni.state == EniState::Detaching { 1000 - done } else { done };
    html! { <svg class="eni-bar" aria-hidden="true"><rect width={format!("{}.{}%", shown / 10, shown % 10)} height="100%" /></svg> }
}

/// An address; where dozens of ENIs are shown it can do without its first three numbers.
fn address_text(ip: &str, marks: &Marks) -> Html {
    match ip.rfind('.').filter(|_| marks.density == Density::Close).and_then(|dot| ip.split_at_checked(dot)) {
        Some((net, host)) => html! { <span class="mono"><span class="net">{ net.to_owned() }</span>{ host.to_owned() }</span> },
        None => html! { <span class="mono">{ ip.to_owned() }</span> },
    }
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

/// Its own subnet, where the card that it is on stands in another one.
fn subnet_of(eni: &EniView) -> Html {
    if eni.elsewhere.is_empty() {
        return html! {};
    }
    html! { <span class="eni-subnet" title={eni.elsewhere.clone()}>{ eni.elsewhere.clone() }</span> }
}

fn elastic_ips(eni: &EniView, marks: &Marks) -> Html {
    eni.addresses.iter().take(1).filter_map(|address| address.public_ip.as_ref().map(|ip| pill(address, ip, marks))).collect()
}

fn pill(address: &AddressView, ip: &str, marks: &Marks) -> Html {
    let words = html! { <>{ glyph_sized(Icon::ElasticIp, "xs") }<span class="eip-full">{ ip.to_owned() }</span><span class="eip-short">{ say(Key::ElasticIpShort) }</span></> };
    let Some(allocation) = &address.allocation else { return html! { <span class="eip is-lent" title={ip.to_owned()}>{ words }</span> } };
    let thing = format!("elastic-ip:{allocation}");
    html! {
        <button type="button" class={classes!("eip", marks.holds(&thing).then_some("is-away"), marks.holds_address().then_some("may-go"))} data-drag={thing.clone()} data-menu={thing.clone()}
            data-rove={thing.clone()} tabindex={marks.tab_index(&thing)} title={say(Key::ElasticIp { ip })}
            aria-haspopup="menu">
            <span class="sr">{ say(Key::ElasticIp { ip }) }</span><span class="eip-words" aria-hidden="true">{ words }</span>
        </button>
    }
}

/// "+3": the other addresses, which it shows and hides.
fn more_button(eni: &EniView, marks: &Marks, open: bool, onclick: Callback<MouseEvent>) -> Html {
    let count = match eni.addresses.len() {
        0 | 1 => return html! {},
        count => (count - 1).to_string(),
    };
    let stop = format!("more:{}", eni.id);
    html! {
        <button type="button" class="eni-more" data-rove={stop.clone()} tabindex={marks.tab_index(&stop)} {onclick}
            aria-expanded={open.to_string()} aria-label={say(Key::MoreAddressesOf { count: &count, eni: &eni.name })}>
            { say(Key::MoreAddresses { count: &count }) }
        </button>
    }
}

/// All addresses but the first: each is a place for an Elastic IP.
fn more_addresses(eni: &EniView, marks: &Marks) -> Html {
    let row = |address: &AddressView| {
        let place = format!("address:{}/{}", eni.id, address.ip);
        let public = address.public_ip.as_ref().map(|ip| pill(address, ip, marks)).unwrap_or_default();
        html! {
            <li class={classes!("eni-ip", marks.place(&place))} key={place.clone()} data-for-elastic-ip={place.clone()} data-place={place.clone()}>
                <span class="mono">{ address.ip.clone() }</span>{ public }
            </li>
        }
    };
    let label = say(Key::MoreAddressesOf { count: &(eni.addresses.len() - 1).to_string(), eni: &eni.name });
    html! { <ul class="eni-list" tabindex="0" aria-label={label}>{ eni.addresses.iter().skip(1).map(row).collect::<Html>() }</ul> }
}

/// A badge for each group; where dozens of ENIs are shown, two and how many more.
fn groups(eni: &EniView, marks: &Marks) -> Html {
    let shown = if marks.density == Density::Close && eni.groups.len() > 3 { 2 } else { eni.groups.len() };
    let more: Vec<&str> = eni.groups.iter().skip(shown).map(|group| group.name.as_str()).collect();
    html! {
        <>
            { eni.groups.iter().take(shown).map(|group| badge_of(group, &eni.id, marks)).collect::<Html>() }
            if !more.is_empty() { <span class="sg is-count" title={more.join(", ")}>{ say(Key::MoreAddresses { count: &more.len().to_string() }) }</span> }
        </>
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
