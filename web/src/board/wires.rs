//! Wires and gates: SVG over the boxes, drawn from what was measured.

use super::geometry::Plan;
use super::track::{Point, Track};
use crate::store::{Dispatch, FlowWire, Msg};
use crate::words::{Key, say};
use eni_playground::view::why::{CheckState, CheckView, WhyView};
use std::rc::Rc;
use yew::prelude::*;

/// What is drawn.
#[derive(Clone, PartialEq, Properties)]
pub struct WiresProps {
    /// The board as it was measured.
    pub plan: Rc<Plan>,
    /// The flows that run.
    pub wires: Rc<Vec<FlowWire>>,
    /// The packet that is asked about.
    pub why: Option<Rc<WhyView>>,
    /// Whether only its line is drawn: among hundreds of boxes flows are told by their packets and stops.
    pub quiet: bool,
    /// The check that is lit.
    pub lit: Option<u32>,
    /// The way to the store.
    pub send: Dispatch,
}

/// The overlay.
pub struct Wires;

impl Component for Wires {
    type Message = ();
    type Properties = WiresProps;

    fn create(_: &Context<Self>) -> Wires {
        Wires
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let size = (props.plan.size.0.to_string(), props.plan.size.1.to_string());
        let chosen = props.why.as_deref().map(|why| Chosen::of(&props.plan, why));
        html! {
            <>
            <svg class="wires" width={size.0.clone()} height={size.1.clone()} aria-hidden="true">
                { props.wires.iter().filter(|_| !props.quiet).map(|wire| flow(&props.plan, wire)).collect::<Html>() }
                { chosen.iter().map(|chosen| chosen.line()).collect::<Html>() }
                { props.plan.trails().into_iter().map(trail).collect::<Html>() }
                </svg>
            // Above the packets: a number that is passed stays readable.
            <svg class="wires is-above" width={size.0} height={size.1}>
                { chosen.iter().map(|chosen| chosen.gates(props.lit, &props.wires, &props.send)).collect::<Html>() }
                { props.wires.iter().map(|wire| stop(&props.plan, wire, chosen.as_ref(), &props.send)).collect::<Html>() }
            </svg>
            </>
        }
    }
}

/// The wire of a flow; what it ran along before stays as a dashed line while it is lost.
fn flow(plan: &Plan, wire: &FlowWire) -> Html {
    let now = plan.track(&wire.path, wire.lost);
    let before = plan.track(&wire.before, false).map(|track| {
        let alone = now.as_ref().map_or(track.clone(), |now| track.apart_from(now));
        html! { <path class="wire is-waiting" d={alone.path_data()} /> }
    });
    let now = now.map(|track| {
        let (outside, inside) = parts(&track);
        let class = if wire.lost { "wire" } else { "wire is-pass" };
        html! { <><path class="wire" d={outside} /><path class={class} d={inside} /></> }
    });
    html! { <>{ before.unwrap_or_default() }{ now.unwrap_or_default() }</> }
}

/// The way that an ENI went from one instance to the next.
fn trail((from, to): (Point, Point)) -> Html {
    let head = format!("M{} {}l4 4l4 -4", to.0 - 4.0, to.1 - 4.0);
    html! { <><path class="trail-line" d={super::track::path_data(&[from, to])} /><path class="trail-head" d={head} /></> }
}

/// The line outside the VPC and the line inside.
fn parts(track: &Track) -> (String, String) {
    let at = track.outside.min(track.points.len());
    let (outside, inside) = track.points.split_at(at);
    (super::track::path_data(outside), super::track::path_data(inside))
}

/// The mark where the newest packets of a flow are lost, with how many.
fn stop(plan: &Plan, wire: &FlowWire, chosen: Option<&Chosen<'_>>, send: &Dispatch) -> Html {
    let end = plan.track(&wire.path, wire.lost).and_then(|track| track.end());
    let (Some(at), true) = (end, wire.lost) else { return html! {} };
    if chosen.and_then(Chosen::refused).is_some_and(|refused| close(refused, at)) {
        return html! {};
    }
    let packet = wire.packet;
    let select = send.reform(move |_: MouseEvent| Msg::SelectPacket(Some(packet)));
    let place = wire.path.last().map(|anchor| anchor.split_once(':').map_or(anchor.as_str(), |(_, id)| id).to_owned()).unwrap_or_default();
    let label = say(Key::LostAt { count: &wire.lost_count.to_string(), place: &place });
    html! {
        <g class="stop" transform={format!("translate({} {})", at.0, at.1)} role="button" tabindex="0" aria-label={label.clone()} onclick={select}
            onkeydown={by_key(send, Msg::SelectPacket(Some(packet)))}>
            <title>{ label }</title>
            { cross() }
            { count(plan, &wire.path, wire.lost_count) }
        </g>
    }
}

fn close(one: Point, other: Point) -> bool {
    (one.0 - other.0).hypot(one.1 - other.1) < 12.0
}

/// Whether a gate and another mark would lie one over the other.
fn touches(one: Point, other: Point) -> bool {
    (one.0 - other.0).abs() < 24.0 && (one.1 - other.1).abs() < 22.0
}

fn by_key(send: &Dispatch, message: Msg) -> Callback<KeyboardEvent> {
    let send = send.clone();
    Callback::from(move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            event.stop_propagation();
            send.emit(message.clone());
        }
    })
}

fn cross() -> Html {
    html! { <><circle class="stop-disc" r="12" /><path class="stop-cross" d="M-4 -4L4 4M4 -4L-4 4" /></> }
}

/// The small count beside a stop: to the right of one at a gateway, above others.
fn count(plan: &Plan, path: &[String], count: u64) -> Html {
    if count == 0 {
        return html! {};
    }
    let text = count.to_string();
    // About the width of a figure of the smallest step, on a projector too.
    let width = 10.0 + 7.5 * text.chars().count() as f64;
    let at_gateway = path.last().is_some_and(|anchor| anchor.starts_with("igw:"));
    let (x, y) = if at_gateway && !plan.narrow { (17.0, -8.0) } else { (-width / 2.0, -30.0) };
    html! {
        <>
            <rect class="count-box" x={x.to_string()} y={y.to_string()} width={width.to_string()} height="17" rx="8.5" />
            <text class="count" x={(x + width / 2.0).to_string()} y={(y + 9.0).to_string()}>{ text }</text>
        </>
    }
}

/// The chosen packet on the board: its line and its gates.
struct Chosen<'a> {
    path: Vec<String>,
    passed: Option<Track>,
    gates: Vec<Gate<'a>>,
    packet: u64,
}

/// A gate: the checks at one point.
struct Gate<'a> {
    at: Point,
    checks: Vec<&'a CheckView>,
}

impl<'a> Chosen<'a> {
    fn of(plan: &Plan, why: &'a WhyView) -> Chosen<'a> {
        let mut path: Vec<String> = Vec::new();
        let mut reached = 0;
        let mut places = Vec::new();
        for check in &why.checks {
            if path.last() != Some(&check.anchor) {
                path.push(check.anchor.clone());
            }
            places.push(path.len() - 1);
            if check.state != CheckState::NotReached {
                reached = path.len();
            }
        }
        let lost = why.checks.iter().any(|check| check.state == CheckState::Refused);
        let passed = plan.track(path.get(..reached).unwrap_or_default(), lost);
        let mut gates: Vec<Gate<'a>> = Vec::new();
        for (check, place) in why.checks.iter().zip(places) {
            let refused = check.state == CheckState::Refused;
            if check.glyph == "instance" && !refused || check.state == CheckState::NotReached {
                continue;
            }
            // A subnet's routes are followed by the router: their gate stands there, clear of the subnet's ACL.
            let at_router = (check.glyph == "route" && !refused).then(|| plan.router_gate(&path)).flatten();
            let Some(at) = at_router.or_else(|| plan.gate(&path, place, refused)) else { continue };
            let near =
                |gate: &&mut Gate<'a>| close(gate.at, at) || (plan.narrow && !refused && gate.refused().is_none() && touches(gate.at, at));
            match gates.iter_mut().find(near) {
                Some(gate) => gate.checks.push(check),
                None => gates.push(Gate { at, checks: vec![check] }),
            }
        }
        // A number that would lie under the stop stands in *Why* alone.
        if let Some(stop) = gates.iter().find(|gate| gate.refused().is_some()).map(|gate| gate.at) {
            gates.retain(|gate| gate.refused().is_some() || !touches(gate.at, stop));
        }
        Chosen { path, passed, gates, packet: why.packet }
    }

    /// Where it was refused.
    fn refused(&self) -> Option<Point> {
        self.gates.iter().find(|gate| gate.refused().is_some()).map(|gate| gate.at)
    }

    fn line(&self) -> Html {
        let Some(track) = &self.passed else { return html! {} };
        let red = self.refused().and_then(|at| {
            let last = track.points.len().checked_sub(2).and_then(|from| track.points.get(from))?;
            Some(format!("M{} {}L{} {}", last.0, last.1, at.0, at.1))
        });
        html! {
            <>
                <path class="wire is-chosen" d={track.path_data()} />
                { red.map(|red| html! { <path class="wire is-refused" d={red} /> }).unwrap_or_default() }
            </>
        }
    }

    fn gates(&self, lit: Option<u32>, wires: &[FlowWire], send: &Dispatch) -> Html {
        self.gates.iter().map(|gate| self.gate(gate, lit, wires, send)).collect()
    }

    fn gate(&self, gate: &Gate<'a>, lit: Option<u32>, wires: &[FlowWire], send: &Dispatch) -> Html {
        let numbers: Vec<String> = gate.checks.iter().map(|check| check.number.to_string()).collect();
        let first = gate.checks.first().map_or(0, |check| check.number);
        let shines = lit.is_some_and(|lit| gate.checks.iter().any(|check| check.number == lit));
        let light = send.reform(move |_: MouseEvent| Msg::Light(Some(first)));
        let dim = send.reform(|_: MouseEvent| Msg::Light(None));
        let place = format!("translate({} {})", gate.at.0, gate.at.1);
        if gate.refused().is_some() {
            let lost = wires.iter().find(|wire| wire.lost && wire.path.last() == self.path_end()).map_or(0, |wire| wire.lost_count);
            let packet = self.packet;
            return html! {
                <g class={classes!("stop", "is-chosen", shines.then_some("is-lit"))} transform={place} onmouseenter={light} onmouseleave={dim}
                    data-packet={packet.to_string()}>
                    <circle class="stop-ring" r="15" />{ cross() }{ count(&Plan::default(), &[], lost) }
                </g>
            };
        }
        let square = gate.checks.iter().any(|check| matches!(check.glyph, "group" | "check"));
        let label = numbers.join("·");
        let width = 13.0 + 7.0 * label.chars().count() as f64;
        html! {
            <g class={classes!("gate", shines.then_some("is-lit"))} transform={place} onmouseenter={light} onmouseleave={dim}>
                <rect x={(-width / 2.0).to_string()} y="-10" width={width.to_string()} height="20" rx={if square { "5" } else { "10" }} />
                <text>{ label }</text>
            </g>
        }
    }

    fn path_end(&self) -> Option<&String> {
        let refused = self.gates.iter().find_map(|gate| gate.refused())?;
        self.path.iter().find(|anchor| **anchor == refused.anchor)
    }
}

impl Gate<'_> {
    fn refused(&self) -> Option<&CheckView> {
        self.checks.iter().copied().find(|check| check.state == CheckState::Refused)
    }
}
