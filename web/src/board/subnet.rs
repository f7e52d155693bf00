//! A subnet: green when its table leads to an internet gateway, blue when not.

use super::Marks;
use super::chip::Chip;
use super::instance::InstanceCard;
use super::state::dot_and_word;
use crate::glyph::{Icon, glyph, glyph_sized};
use crate::words::{Key, say};
use eni_playground::view::board::{EniView, NamedId, OtherGatewayView, SubnetView, TrailView};
use std::rc::Rc;
use yew::prelude::*;

/// What a subnet shows.
#[derive(Clone, PartialEq, Properties)]
pub struct SubnetProps {
    /// The subnet.
    pub subnet: Rc<SubnetView>,
    /// What else it has to know.
    pub marks: Rc<Marks>,
}

/// The box.
pub struct SubnetBox;

impl Component for SubnetBox {
    type Message = ();
    type Properties = SubnetProps;

    fn create(_: &Context<Self>) -> SubnetBox {
        SubnetBox
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let SubnetProps { subnet, marks } = ctx.props();
        let thing = format!("subnet:{}", subnet.id);
        let is_port = |eni: &EniView| subnet.others.iter().any(|gateway| gateway.port.as_ref() == Some(&eni.id));
        let (class, icon, word) = if subnet.public {
            ("is-public", Icon::Globe, say(Key::PublicSubnet))
        } else {
            ("is-private", Icon::Padlock, say(Key::PrivateSubnet))
        };
        html! {
            <section class={classes!("subnet", class)} data-anchor={thing.clone()} aria-label={say(Key::SubnetTitle { name: &subnet.name, cidr: &subnet.cidr })}>
                <header>
                    <h3>
                        <button type="button" class="title" data-menu={thing.clone()} data-rove={thing.clone()} tabindex={marks.tab_index(&thing)}
                            aria-haspopup="menu">{ glyph_sized(icon, "s") }<span class="sr">{ word }</span><b>{ subnet.name.clone() }</b></button>
                    </h3>
                    <span class="mono cidr">{ subnet.cidr.clone() }</span>
                    <span class="free-count">{ say(Key::FreeAddresses { count: &subnet.free.to_string() }) }</span>
                    <span class="tables">
                        { table(Icon::Route, "route-table", &subnet.route_table, say(Key::RouteTable { name: &subnet.route_table.name }), marks) }
                        { table(Icon::Acl, "acl", &subnet.acl, say(Key::NetworkAcl { name: &subnet.acl.name }), marks) }
                    </span>
                </header>
                <div class="instances">
                    { subnet.instances.iter().map(|instance| html! {
                        <>
                            { instance.trails.iter().map(trail).collect::<Html>() }
                            <InstanceCard key={instance.id.clone()} instance={instance.clone()} marks={marks.of_instance(instance)} />
                        </>
                    }).collect::<Html>() }
                    { subnet.service_enis.iter().filter(|eni| !is_port(eni)).map(|eni| chip(eni, marks)).collect::<Html>() }
                    { subnet.others.iter().map(|gateway| self::gateway(gateway, &subnet.service_enis, marks)).collect::<Html>() }
                </div>
                if !subnet.elsewhere.is_empty() { <p class="elsewhere">{ subnet.elsewhere.clone() }</p> }
            </section>
        }
    }
}

fn chip(eni: &EniView, marks: &Rc<Marks>) -> Html {
    html! { <Chip key={eni.id.clone()} eni={eni.clone()} marks={marks.clone()} /> }
}

/// A NAT gateway, or what a service has here: a card as an instance has, with the ENI that it works through as its port.
fn gateway(gateway: &OtherGatewayView, enis: &[EniView], marks: &Rc<Marks>) -> Html {
    let thing = gateway.thing.clone();
    let selected = marks.selected.as_ref() == Some(&thing);
    html! {
        <article class={classes!("inst", "is-nat", selected.then_some("is-selected"))} key={thing.clone()} data-anchor={thing.clone()}>
            <header>
                <h4>
                    <button type="button" class="title" data-menu={thing.clone()} data-rove={thing.clone()} tabindex={marks.tab_index(&thing)}
                        aria-haspopup="menu" aria-label={[&*gateway.name, &gateway.kind, &gateway.note].join(" ")}>{ glyph(Icon::named(gateway.glyph)) }<b>{ gateway.name.clone() }</b></button>
                </h4>
                <span class="kind">{ gateway.kind.clone() }</span>
                if !gateway.note.is_empty() { { dot_and_word(&gateway.note, gateway.live, &gateway.note) } }
            </header>
            if !gateway.lines.is_empty() { <ul class="card-lines">{ for gateway.lines.iter().map(|line| html! { <li>{ line.clone() }</li> }) }</ul> }
            { enis.iter().filter(|eni| gateway.port.as_ref() == Some(&eni.id)).map(|eni| chip(eni, marks)).collect::<Html>() }
        </article>
    }
}

/// Above the card that an ENI has come to: what it kept on the way. Its line is drawn with the wires.
fn trail(trail: &TrailView) -> Html {
    html! { <p class="trail" key={trail.eni.clone()} data-anchor={format!("trail:{}@{}", trail.eni, trail.from)}><b>{ trail.name.clone() }</b>{ " " }{ trail.text.clone() }</p> }
}

fn table(icon: Icon, kind: &str, table: &NamedId, title: String, marks: &Marks) -> Html {
    if table.id.is_empty() {
        return html! {};
    }
    let thing = format!("{kind}:{}", table.id);
    html! {
        <button type="button" class="table" data-menu={thing.clone()} data-rove={thing.clone()} tabindex={marks.tab_index(&thing)}
            title={title.clone()} aria-label={title} aria-haspopup="menu">{ glyph_sized(icon, "s") }<span class="far">{ table.name.clone() }</span></button>
    }
}
