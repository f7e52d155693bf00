//! A VPC: the gateway astride its upper edge, zones in pairs with the router's spine between them.

use super::Marks;
use super::client::pill;
use super::subnet::SubnetBox;
use crate::glyph::{Icon, glyph, glyph_sized, long_name};
use crate::words::{Key, say};
use eni_playground::view::board::{ClientView, OtherGatewayView, PeeringView, VpcView, ZoneView};
use std::rc::Rc;
use yew::prelude::*;

/// What a VPC shows.
#[derive(Clone, PartialEq, Properties)]
pub struct VpcProps {
    /// The VPC.
    pub vpc: Rc<VpcView>,
    /// What else it has to know.
    pub marks: Rc<Marks>,
}

/// The box.
pub struct VpcBox;

impl Component for VpcBox {
    type Message = ();
    type Properties = VpcProps;

    fn create(_: &Context<Self>) -> VpcBox {
        VpcBox
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let VpcProps { vpc, marks } = ctx.props();
        let thing = format!("vpc:{}", vpc.id);
        let title = say(Key::VpcTitle { name: &vpc.name });
        // Beside the spine, never over it: the side that has only the region's name takes the odd one.
        let (right, left) = vpc.others.split_at(vpc.others.len().div_ceil(2));
        html! {
            <section class={classes!("vpc", (vpc.zones.len() == 1).then_some("is-single"))} data-anchor={thing.clone()} aria-label={title.clone()}>
                { vpc.gateway.iter().map(|gateway| {
                    let thing = format!("igw:{}", gateway.id);
                    html! {
                        <button type="button" class="igw" data-anchor={thing.clone()} data-menu={thing.clone()} data-rove={thing.clone()}
                            tabindex={marks.tab_index(&thing)} aria-haspopup="menu" aria-label={say(Key::Gateway { name: &gateway.name })}>
                            { glyph(Icon::Gateway) }<span>{ gateway.name.clone() }</span>
                        </button>
                    }
                }).collect::<Html>() }
                <header>
                    <div class="vpc-side">
                        <h2>
                            <button type="button" class="title" data-menu={thing.clone()} data-rove={thing.clone()} tabindex={marks.tab_index(&thing)}
                                aria-haspopup="menu">{ glyph(Icon::Vpc) }<b>{ title }</b></button>
                        </h2>
                        <span class="mono">{ vpc.cidr.clone() }</span>
                        { others(left, marks) }
                    </div>
                    <div class="vpc-side">{ others(right, marks) }<span class="region">{ vpc.region.clone() }</span></div>
                </header>
                <div class="zones">
                    if !vpc.zones.is_empty() { <div class="spine">
                        <div class="router" data-anchor={format!("router:{}", vpc.id)} title={say(Key::Router)}>
                            { glyph(Icon::Router) }<small>{ say(Key::Router) }</small>
                        </div>
                    </div> }
                    { vpc.zones.iter().enumerate().map(|(at, zone)| column(at, zone, marks)).collect::<Html>() }
                </div>
            </section>
        }
    }
}

/// What is in no VPC, with the clients behind each customer gateway before it.
pub fn loose(gates: &[OtherGatewayView], clients: &[ClientView], marks: &Marks) -> Html {
    if gates.is_empty() {
        return html! {};
    }
    let with_clients = |gate: &OtherGatewayView| {
        let behind = clients.iter().filter(|client| client.behind == gate.thing).map(|client| pill(client, marks));
        html! { <>{ for behind }{ others(std::slice::from_ref(gate), marks) }</> }
    };
    html! { <div class="others is-loose" data-anchor="loose">{ for gates.iter().map(with_clients) }</div> }
}

/// The peering connections below a VPC: packets pass them on their way to the next one.
pub fn peerings(peerings: &[PeeringView], vpc: &str, marks: &Marks) -> Html {
    let below: Vec<OtherGatewayView> = peerings.iter().filter(|peering| peering.below == vpc).map(|peering| peering.gate.clone()).collect();
    if below.is_empty() {
        return html! {};
    }
    html! { <div class="others is-between">{ others(&below, marks) }</div> }
}

/// Gates to elsewhere: boxes with their names, which say it where they carry nothing.
pub fn others(gateways: &[OtherGatewayView], marks: &Marks) -> Html {
    gateways
        .iter()
        .map(|gateway| {
            let thing = gateway.thing.clone();
            // What no packet passes needs no place.
            let anchor = !["igw:", "zone:", "function:"].iter().any(|kind| thing.starts_with(kind));
            html! {
                <button type="button" class={classes!("other", gateway.live.then_some("is-live"))} key={thing.clone()} data-anchor={anchor.then(|| thing.clone())} data-menu={thing.clone()} data-rove={thing.clone()}
                    tabindex={marks.tab_index(&thing)} aria-haspopup="menu" title={gateway.note.clone()} aria-label={[&*gateway.name, &gateway.kind, &gateway.note].join(" ")}>
                    { glyph_sized(Icon::named(gateway.glyph), "s") }<b>{ long_name(&gateway.name) }</b><small>{ gateway.kind.clone() }</small>
                </button>
            }
        })
        .collect()
}

fn column(at: usize, zone: &ZoneView, marks: &Rc<Marks>) -> Html {
    html! {
        <section class={classes!("zone", if at.is_multiple_of(2) { "is-left" } else { "is-right" })} key={zone.name.clone()} aria-label={say(Key::Zone { name: &zone.name })}>
            <h3 class="zone-name">{ zone.name.clone() }</h3>
            { zone.subnets.iter().map(|subnet| html! { <SubnetBox key={subnet.id.clone()} subnet={subnet.clone()} marks={marks.clone()} /> }).collect::<Html>() }
        </section>
    }
}
