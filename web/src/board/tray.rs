//! The tray: ENIs that are in no instance, free Elastic IPs, groups. What is let go here leaves its place. Where there is no room for it, as in
//! another page, a strip below the board holds what is in no place, as long as there is anything.

use super::Marks;
use super::chip::Chip;
use super::marks::Density;
use crate::glyph::{Icon, badge, glyph, glyph_sized, long_name};
use crate::platform::screen;
use crate::store::{Dialog, Dispatch, Hand, Msg, Places};
use crate::words::{Key, say};
use eni_playground::act::Act;
use eni_playground::view::board::{ElasticIpView, EniView, GroupView, TrayView};
use serde_json::json;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

/// What the tray shows.
#[derive(Clone, PartialEq, Properties)]
pub struct TrayProps {
    /// The parts.
    pub tray: Rc<TrayView>,
    /// What is in the hand.
    pub hand: Option<Rc<Hand>>,
    /// What is chosen.
    pub selected: Option<String>,
    /// Whether it is the strip.
    #[prop_or_default]
    pub strip: bool,
    /// The way to the store.
    pub send: Dispatch,
}

/// What happens in the tray itself.
pub enum Message {
    /// The rail opens over the board, or closes.
    Toggle(bool),
    /// The focus came to a stop of the arrow keys.
    Focused(String),
}

/// The tray.
pub struct Tray {
    open: bool,
    stop: Option<String>,
    /// The places that matter for nothing.
    none: Rc<Places>,
}

impl Component for Tray {
    type Message = Message;
    type Properties = TrayProps;

    fn create(_: &Context<Self>) -> Tray {
        Tray { open: false, stop: None, none: Rc::default() }
    }

    fn update(&mut self, _: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Toggle(open) if self.open == open => return false,
            Message::Toggle(open) => self.open = open,
            Message::Focused(thing) if self.stop.as_ref() == Some(&thing) => return false,
            Message::Focused(thing) => self.stop = Some(thing),
        }
        true
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &TrayProps) -> bool {
        // What was taken from the open rail is on its way to the board, which the rail covers.
        if old.hand.is_none() && ctx.props().hand.as_ref().is_some_and(|hand| !hand.locked) {
            self.open = false;
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let TrayProps { tray, hand, selected, strip, send } = ctx.props();
        let free: Vec<&ElasticIpView> = tray.elastic_ips.iter().filter(|address| address.free).collect();
        let first = tray.enis.first().map(|eni| format!("eni:{}", eni.id));
        let first = first.or_else(|| free.first().map(|address| format!("elastic-ip:{}", address.id)));
        let first = first.or_else(|| tray.groups.first().map(|group| format!("group:{}", group.badge.id)));
        // A part that has left the tray is no stop: Tab has to find a way in.
        let names = tray.enis.iter().map(|eni| format!("eni:{}", eni.id));
        let names = names.chain(free.iter().map(|address| format!("elastic-ip:{}", address.id)));
        let mut names = names.chain(tray.groups.iter().map(|group| format!("group:{}", group.badge.id)));
        let stop = self.stop.clone().filter(|stop| names.any(|name| name == *stop)).or(first);
        let mut marks = Marks::new(hand.as_deref(), Density::Roomy, &self.none);
        (marks.selected, marks.stop) = (selected.clone(), stop);
        let marks = Rc::new(marks);
        let onfocusin = ctx.link().batch_callback(|event: FocusEvent| {
            let element = event.target()?.dyn_into::<Element>().ok()?;
            screen::nearest(&element, "data-rove").map(Message::Focused)
        });
        if *strip {
            return self::strip(tray, &free, &marks, onfocusin);
        }
        let open = self.open;
        let toggle = ctx.link().callback(move |_: MouseEvent| Message::Toggle(!open));
        let head = |icon, words, count: usize| {
            html! {
                <h2><button type="button" onclick={toggle.clone()} aria-expanded={open.to_string()}>{ glyph(icon) }<span class="tray-words">{ say(words) }</span><span class="tray-count">{ count }</span></button></h2>
            }
        };
        // What lies open over the board closes as everything does that was opened.
        let onkeydown = ctx.link().batch_callback(move |event: KeyboardEvent| {
            let element = event.target().filter(|_| open && event.key() == "Escape")?.dyn_into::<Element>().ok()?;
            screen::focus_head(&element, "section");
            Some(Message::Toggle(false))
        });
        let create_eni = send.reform(|_: MouseEvent| Msg::OpenDialog(Dialog::CreateEni { subnet: String::new() }));
        let allocate = send.reform(|_: MouseEvent| Msg::Act(Act::ec2("AllocateAddress", json!({ "Domain": "vpc" }))));
        let create_group = send.reform(|_: MouseEvent| Msg::OpenDialog(Dialog::CreateGroup { vpc: String::new() }));
        html! {
            <aside class={classes!("area-tray", "tray", open.then_some("is-open"), marks.place("tray"))} aria-label={say(Key::Parts)} {onfocusin} {onkeydown}
                data-for-eni="tray" data-for-elastic-ip="tray" data-for-group="tray" data-place="tray">
                { marks.legal_text("tray").map(|text| html! { <p class="tray-legal">{ glyph_sized(Icon::Plus, "s") }{ text }</p> }).unwrap_or_default() }
                <section>
                    { head(Icon::Eni, Key::UnattachedEnis, tray.enis.len()) }
                    <div class="tray-list">
                        { tray.enis.iter().map(|eni| part(eni, &marks)).collect::<Html>() }
                        { add(Key::NewEni, create_eni) }
                    </div>
                </section>
                <section>
                    { head(Icon::ElasticIp, Key::FreeElasticIps, free.len()) }
                    <div class="tray-list">
                        { free.iter().map(|address| address_pill(address, &marks)).collect::<Html>() }
                        { add(Key::Allocate, allocate) }
                    </div>
                </section>
                <section>
                    { head(Icon::Group, Key::SecurityGroups, tray.groups.len()) }
                    <div class="tray-list is-tight">
                        { tray.groups.iter().map(|group| group_row(group, &marks)).collect::<Html>() }
                        { add(Key::NewGroup, create_group) }
                    </div>
                </section>
                <section class="tray-more">
                    <button type="button" class="add" data-menu="region" aria-haspopup="menu" title={say(Key::MoreToMake)}>
                        { glyph_sized(Icon::Plus, "s") }<span>{ say(Key::MoreToMake) }</span>
                    </button>
                </section>
                <p class="tray-note">{ say(Key::TrayNote) }</p>
            </aside>
        }
    }
}

/// What is in no place, in one row below the board.
fn strip(tray: &TrayView, free: &[&ElasticIpView], marks: &Rc<Marks>, onfocusin: Callback<FocusEvent>) -> Html {
    if tray.enis.is_empty() && free.is_empty() {
        return html! {};
    }
    html! {
        <section class={classes!("loose", marks.place("tray"))} aria-label={say(Key::NotAttached)} {onfocusin}
            data-for-eni="tray" data-for-elastic-ip="tray" data-for-group="tray" data-place="tray">
            <p class="loose-title">{ marks.legal_text("tray").unwrap_or_else(|| say(Key::NotAttached)) }</p>
            { tray.enis.iter().map(|eni| part(eni, marks)).collect::<Html>() }
            { free.iter().map(|address| address_pill(address, marks)).collect::<Html>() }
        </section>
    }
}

fn add(words: Key<'_>, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" class="add" {onclick}>{ glyph_sized(Icon::Plus, "s") }{ say(words) }</button> }
}

/// An ENI, or the place that it has left for the hand.
fn part(eni: &EniView, marks: &Rc<Marks>) -> Html {
    let thing = format!("eni:{}", eni.id);
    if marks.holds(&thing) {
        return html! {
            <button type="button" class="gone" key={eni.id.clone()} data-rove={thing.clone()} data-menu={thing.clone()} tabindex="0">
                { glyph_sized(Icon::Eni, "s") }{ say(Key::InHand { name: &eni.name }) }
            </button>
        };
    }
    html! { <Chip key={eni.id.clone()} eni={eni.clone()} marks={marks.clone()} /> }
}

fn address_pill(address: &ElasticIpView, marks: &Marks) -> Html {
    let thing = format!("elastic-ip:{}", address.id);
    html! {
        <button type="button" class={classes!("free", marks.holds(&thing).then_some("is-away"))} key={address.id.clone()} data-drag={thing.clone()}
            data-menu={thing.clone()} data-rove={thing.clone()} tabindex={marks.tab_index(&thing)} aria-haspopup="menu">
            { glyph_sized(Icon::ElasticIp, "s") }<span class="mono">{ address.ip.clone() }</span><small>{ address.note.clone() }</small>
        </button>
    }
}

fn group_row(group: &GroupView, marks: &Marks) -> Html {
    let thing = format!("group:{}", group.badge.id);
    html! {
        <button type="button" class={classes!("grp", marks.holds(&thing).then_some("is-away"))} key={group.badge.id.clone()} data-drag={thing.clone()}
            data-menu={thing.clone()} data-rove={thing.clone()} tabindex={marks.tab_index(&thing)} aria-haspopup="menu">
            { badge(&group.badge) }<span class="grp-name" title={group.badge.name.clone()}>{ long_name(&group.badge.name) }</span><span class="use">{ group.use_text.clone() }</span>
        </button>
    }
}
