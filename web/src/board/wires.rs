//! Wires and gates: SVG over the boxes, drawn from what was measured.

use super::geometry::Plan;
use super::track::{Point, Track};
use crate::store::{Dispatch, FlowWire, Msg};
use crate::words::{Key, say};
use eni_playground::order::sort_by_key;
use eni_playground::view::why::{CheckState, CheckView, WhyView};
use std::rc::Rc;
use yew::prelude::*;

/// How far a number keeps from the chip beside it.
const BESIDE: f64 = 2.0;

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
                { stops(&props.plan, &props.wires, chosen.as_ref()).iter().map(|one| stop(&props.plan, one, &props.send)).collect::<Html>() }
            </svg>
            </>
        }
    }
}

/// The part of a path that a router lies on: beyond a peering connection or a transit gateway there is another one.
fn beside<'p>(path: &[&'p String], router: &str) -> Vec<&'p String> {
    let mut parts = path.split(|anchor| anchor.starts_with("pcx:") || anchor.starts_with("tgw:"));
    parts.find(|part| part.iter().any(|anchor| *anchor == router)).map(<[_]>::to_vec).unwrap_or_default()
}

/// The ENI at whose height the router stands: where the chosen packet arrives, or else the first flow inside.
pub fn arrival(why: Option<&WhyView>, wires: &[FlowWire], router: &str) -> Option<String> {
    let eni = |path: Vec<&String>| beside(&path, router).into_iter().rfind(|anchor| anchor.starts_with("eni:")).cloned();
    if let Some(why) = why
        && why.checks.iter().any(|check| check.anchor == router)
    {
        return eni(why.checks.iter().map(|check| &check.anchor).collect());
    }
    let through = |wire: &&FlowWire| wire.path.iter().any(|anchor| anchor == router) && !wire.from.starts_with("client:");
    wires.iter().filter(through).filter_map(|wire| eni(wire.path.iter().collect())).next()
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

/// Where the newest packets of one flow or more are lost.
struct Stop<'a> {
    at: Point,
    wires: Vec<&'a FlowWire>,
}

/// All places where newest packets are lost, but the one that the chosen packet has a mark at. Flows that are lost at one place share a mark.
fn stops<'a>(plan: &Plan, wires: &'a [FlowWire], chosen: Option<&Chosen<'_>>) -> Vec<Stop<'a>> {
    let refused = chosen.and_then(Chosen::refused);
    let mut stops: Vec<Stop<'a>> = Vec::new();
    for wire in wires.iter().filter(|wire| wire.lost) {
        let Some(at) = plan.track(&wire.path, true).and_then(|track| track.end()) else { continue };
        if refused.is_some_and(|refused| touches(refused, at)) {
            continue;
        }
        match stops.iter_mut().find(|stop| touches(stop.at, at)) {
            Some(stop) => stop.wires.push(wire),
            None => stops.push(Stop { at, wires: vec![wire] }),
        }
    }
    stops
}

/// The mark where the newest packets of flows are lost, with how many.
fn stop(plan: &Plan, stop: &Stop<'_>, send: &Dispatch) -> Html {
    let (Some(wire), at) = (stop.wires.first(), stop.at) else { return html! {} };
    let packet = wire.packet;
    let select = send.reform(move |_: MouseEvent| Msg::SelectPacket(Some(packet)));
    let lost = stop.wires.iter().map(|wire| wire.lost_count).sum();
    let label = say(Key::LostAt { count: &format!("{lost}"), place: &wire.place });
    html! {
        <g class="stop" transform={format!("translate({} {})", at.0, at.1)} role="button" tabindex="0" aria-label={label.clone()} onclick={select}
            onkeydown={by_key(send, Msg::SelectPacket(Some(packet)))}>
            <title>{ label }</title>
            { cross() }
            { count(plan, &wire.path, lost) }
        </g>
    }
}

fn close(one: Point, other: Point) -> bool {
    (one.0 - other.0).hypot(one.1 - other.1) < 12.0
}

/// Whether a mark and another one would lie one over the other.
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
        // From outside it comes from who asked, of whom no check tells.
        let mut path: Vec<String> = Some(why.from.clone()).filter(|from| !from.is_empty()).into_iter().collect();
        let mut reached = path.len();
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
            let Some(at) = passed.as_ref().and_then(|track| plan.gate(&path, place, refused, track)) else { continue };
            let near =
                |gate: &&mut Gate<'a>| close(gate.at, at) || (plan.narrow && !refused && gate.refused().is_none() && touches(gate.at, at));
            match gates.iter_mut().find(near) {
                Some(gate) => gate.checks.push(check),
                None => gates.push(Gate { at, checks: vec![check] }),
            }
        }
        let mut gates = join_overlapping(gates);
        for gate in &mut gates {
            gate.keep_off_chips(plan, passed.as_ref());
        }
        let mut gates = join_overlapping(gates);
        for gate in &mut gates {
            gate.keep_inside(plan.size.0);
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
        let first = gate.checks.first().map_or(0, |check| check.number);
        let shines = lit.is_some_and(|lit| gate.checks.iter().any(|check| check.number == lit));
        let light = send.reform(move |_: MouseEvent| Msg::Light(Some(first)));
        let dim = send.reform(|_: MouseEvent| Msg::Light(None));
        let place = format!("translate({} {})", gate.at.0, gate.at.1);
        if gate.refused().is_some() {
            let here = |wire: &&FlowWire| wire.lost && wire.path.last() == self.path_end();
            let lost = wires.iter().filter(here).map(|wire| wire.lost_count).sum();
            let packet = self.packet;
            return html! {
                <g class={classes!("stop", "is-chosen", shines.then_some("is-lit"))} transform={place} onmouseenter={light} onmouseleave={dim}
                    data-packet={packet.to_string()}>
                    <circle class="stop-ring" r="15" />{ cross() }{ count(&Plan::default(), &[], lost) }
                </g>
            };
        }
        let square = gate.checks.iter().any(|check| matches!(check.glyph, "group" | "check"));
        let (label, width) = (gate.label(), gate.width());
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

/// Gates whose numbers would lie one over the other become one.
fn join_overlapping(gates: Vec<Gate<'_>>) -> Vec<Gate<'_>> {
    let mut joined: Vec<Gate<'_>> = Vec::with_capacity(gates.len());
    for gate in gates {
        let over = |other: &&mut Gate<'_>| other.refused().is_none() && gate.refused().is_none() && other.overlaps(&gate);
        match joined.iter_mut().find(over) {
            Some(other) => {
                other.checks.extend(gate.checks);
                sort_by_key(&mut other.checks, |check| check.number);
            }
            None => joined.push(gate),
        }
    }
    joined
}

impl Gate<'_> {
    /// Its numbers; of many in a row the first and the last.
    fn label(&self) -> String {
        if let [first, .., last] = self.checks.as_slice()
            && self.checks.len() > 2
            && (last.number - first.number) as usize + 1 == self.checks.len()
        {
            return format!("{}–{}", first.number, last.number);
        }
        self.checks.iter().map(|check| check.number.to_string()).collect::<Vec<_>>().join("·")
    }

    /// About the width of its numbers.
    fn width(&self) -> f64 {
        13.0 + 7.0 * self.label().chars().count() as f64
    }

    /// Along its wire to where it lies beside the chip that it belongs to, however wide it is: in a column at the right the glyph of an ENI is there.
    fn keep_off_chips(&mut self, plan: &Plan, track: Option<&Track>) {
        if self.refused().is_some() {
            return;
        }
        let half = self.width() / 2.0 + BESIDE;
        let (from, y) = self.at;
        let enis = self.checks.iter().filter(|check| check.anchor.starts_with("eni:")).filter_map(|check| plan.anchors.get(&check.anchor));
        let x = enis
            .filter(|rect| (rect.top..=rect.bottom()).contains(&y))
            .fold(from, |x, rect| if x < rect.x() { x.min(rect.left - half) } else { x.max(rect.right() + half) });
        if x != from {
            self.at = track.and_then(|track| track.nearest((x, y))).unwrap_or(self.at);
        }
    }

    /// Whole on the board, where the spine stands at its edge.
    fn keep_inside(&mut self, width: f64) {
        let half = self.width() / 2.0 + BESIDE;
        self.at.0 = self.at.0.min(width - half).max(half);
    }

    fn overlaps(&self, other: &Gate<'_>) -> bool {
        (self.at.0 - other.at.0).abs() < (self.width() + other.width()) / 2.0 - 4.0 && (self.at.1 - other.at.1).abs() < 16.0
    }

    fn refused(&self) -> Option<&CheckView> {
        self.checks.iter().copied().find(|check| check.state == CheckState::Refused)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::screen::{Anchors, Rect};
    use eni_playground::act::{Act, Asking, SceneAct};
    use eni_playground::session::Session;
    use eni_playground::view::board::BoardView;

    #[test]
    fn many_numbers_in_a_row_are_told_by_the_first_and_the_last() {
        let label = |numbers: &[u32]| {
            let checks: Vec<CheckView> = numbers.iter().map(|number| CheckView { number: *number, ..CheckView::default() }).collect();
            Gate { at: (0.0, 0.0), checks: checks.iter().collect() }.label()
        };
        assert_eq!(label(&[6, 7, 8, 9]), "6–9");
        assert_eq!([label(&[2, 3]), label(&[2, 3, 4]), label(&[2, 3, 4, 6])], ["2·3", "2–4", "2·3·4·6"]);
    }

    #[test]
    fn a_number_at_the_edge_of_the_board_stands_whole_on_it() {
        let check = CheckView { number: 15, ..CheckView::default() };
        let inside = |x: f64| {
            let mut gate = Gate { at: (x, 50.0), checks: vec![&check] };
            gate.keep_inside(390.0);
            gate.at.0
        };
        // Two figures are 27 wide.
        assert_eq!([inside(200.0), inside(385.0), inside(4.0)], [200.0, 390.0 - 15.5, 15.5]);
    }

    /// The board as it could be measured: zones beside the router, or one below the other with the router at the right.
    fn measured(board: &BoardView, narrow: bool) -> Plan {
        let mut anchors = Anchors::new();
        let mut put = |name: String, left: f64, top: f64, width: f64, height: f64| anchors.insert(name, Rect { left, top, width, height });
        let (mut low, mut column) = (160.0, 0.0);
        put("internet".to_owned(), 0.0, 0.0, 90.0, 40.0);
        for vpc in &board.vpcs {
            for zone in &vpc.zones {
                let (left, width) = if narrow { (20.0, 330.0) } else { (20.0 + column, 360.0) };
                let mut top = if narrow { low } else { 160.0 + column / 40.0 };
                column += 440.0;
                for subnet in &zone.subnets {
                    let first = top;
                    top += 40.0;
                    for instance in &subnet.instances {
                        put(format!("instance:{}", instance.id), left + 20.0, top, width - 60.0, 150.0);
                        for (at, slot) in instance.slots.iter().enumerate() {
                            let Some(eni) = &slot.eni else { continue };
                            put(format!("eni:{}", eni.id), left + 30.0, top + 34.0 + 50.0 * at as f64, width - 80.0, 44.0);
                        }
                        top += 190.0;
                    }
                    put(format!("subnet:{}", subnet.id), left, first, width, top - first);
                    top += 12.0;
                }
                low = top;
            }
            let (spine, size) = if narrow { (365.0, 26.0) } else { (420.0, 34.0) };
            put(format!("vpc:{}", vpc.id), 10.0, 120.0, 840.0, 2000.0);
            put(format!("router:{}", vpc.id), spine - size / 2.0, 600.0, size, size);
            if let Some(gateway) = &vpc.gateway {
                put(format!("igw:{}", gateway.id), spine - 90.0, 100.0, 100.0, 34.0);
            }
        }
        Plan { anchors, narrow, size: (860.0, 2200.0) }
    }

    /// All that are asked of all, with what a second one says of it.
    fn asked() -> (BoardView, Vec<WhyView>) {
        let mut session = Session::open("").unwrap();
        let ends = ["web-1", "web-2", "web-3", "ops-1", "internet", "203.0.113.25"];
        let mut whys = Vec::new();
        for from in ends {
            // The address is on web-1: what an instance sends to itself takes no wire.
            for to in ends.iter().filter(|to| **to != from && (from, **to) != ("203.0.113.25", "web-1")) {
                for (protocol, port) in [("tcp", 443), ("tcp", 22), ("icmp", 0)] {
                    let asking = Asking { from: from.into(), to: (*to).into(), protocol: protocol.into(), port, ..Asking::default() };
                    let Ok(answer) = session.execute(&Act::Scene(SceneAct::Ask(asking))).result else { continue };
                    session.advance(10_000);
                    let packet = answer.get("Packet").and_then(|packet| packet.as_u64()).unwrap();
                    // From the internet there is no way to a private address, not even one to tell of.
                    let Some(why) = session.why(packet) else { continue };
                    whys.extend(why.reply.clone().map(|reply| *reply));
                    whys.push(why);
                }
            }
        }
        (session.board(), whys)
    }

    #[test]
    fn flows_that_are_lost_at_one_place_share_a_mark_and_the_chosen_packet_has_its_own() {
        let (board, whys) = asked();
        let plan = measured(&board, false);
        let ends = |why: &&WhyView| why.checks.iter().any(|check| check.state == CheckState::Refused && check.anchor.starts_with("eni:"));
        let why = whys.iter().filter(ends).find(|why| why.from.is_empty() && Chosen::of(&plan, why).refused().is_some()).unwrap();
        let chosen = Chosen::of(&plan, why);
        let reached = why.checks.iter().filter(|check| check.state != CheckState::NotReached).map(|check| check.anchor.clone());
        let path: Vec<String> = reached.collect();
        let lost = |count, path: &[String]| FlowWire { lost: true, lost_count: count, path: path.to_vec(), ..FlowWire::default() };
        let wires = [lost(3, &path), lost(4, &path), lost(5, &["client:1".to_owned()]), FlowWire { lost: false, ..lost(9, &path) }];
        let mut plan = plan;
        plan.anchors.insert("client:1".to_owned(), Rect { left: 0.0, top: 0.0, width: 90.0, height: 40.0 });
        let counts = |chosen: Option<&Chosen<'_>>| -> Vec<u64> {
            stops(&plan, &wires, chosen).iter().map(|stop| stop.wires.iter().map(|wire| wire.lost_count).sum()).collect()
        };
        assert_eq!(counts(None), [7, 5]);
        assert_eq!(counts(Some(&chosen)), [5], "{}", why.flow);
    }

    #[test]
    fn what_was_asked_from_outside_is_drawn_from_who_asked_and_marked_where_it_was_stopped() {
        let (board, whys) = asked();
        let plan = measured(&board, false);
        let outside: Vec<&WhyView> = whys.iter().filter(|why| !why.from.is_empty()).collect();
        assert!(outside.iter().all(|why| !why.asker.is_empty()), "nobody keeps asking");
        let mut refused = 0;
        for why in &outside {
            let chosen = Chosen::of(&plan, why);
            let track = chosen.passed.as_ref().unwrap();
            assert_eq!(track.points.first(), Some(&(90.0, 20.0)), "{}", why.flow);
            if !why.delivered {
                refused += 1;
                assert_eq!(chosen.refused(), track.end(), "{}", why.flow);
                // Clear of the badges at the end of a chip.
                let at = track.end().unwrap();
                let on = |(name, rect): (&String, &Rect)| {
                    name.starts_with("eni:") && (rect.left..=rect.right()).contains(&at.0) && (rect.top..=rect.bottom()).contains(&at.1)
                };
                assert!(!plan.anchors.iter().any(on), "{}: {at:?}", why.flow);
            }
        }
        assert!(refused > 4, "{refused} of {}", outside.len());
    }

    /// How far a gate is from the wire. The gate of a route stands at the router's edge where the wire runs straight through.
    fn off(plan: &Plan, track: &Track, gate: &Gate<'_>) -> f64 {
        let far = |one: Point, other: Point| (one.0 - other.0).hypot(one.1 - other.1);
        let from_wire = |point: Point| track.nearest(point).map_or(f64::INFINITY, |near| far(near, point));
        let router = gate.checks.iter().find_map(|check| plan.anchors.get(&check.anchor).filter(|_| check.anchor.starts_with("router:")));
        let at_router = router.map(|rect| (rect.x(), rect.y())).filter(|at| far(*at, gate.at) < 24.0);
        from_wire(gate.at).min(at_router.map_or(f64::INFINITY, from_wire))
    }

    #[test]
    fn each_gate_of_a_path_lies_on_its_wire() {
        let (board, whys) = asked();
        assert!(whys.len() > 60, "{}", whys.len());
        // Another flow runs through the router: it stands where the chosen packet arrives all the same.
        let other = whys.iter().find(|why| why.delivered && why.checks.iter().any(|check| check.anchor.starts_with("router:"))).unwrap();
        let path = other.checks.iter().map(|check| check.anchor.clone()).collect();
        let wires = [FlowWire { from: "instance:i-other".to_owned(), path, ..FlowWire::default() }];
        let mut routes = 0;
        for narrow in [false, true] {
            for why in &whys {
                let mut plan = measured(&board, narrow);
                for vpc in &board.vpcs {
                    let router = format!("router:{}", vpc.id);
                    let height = arrival(Some(why), &wires, &router).and_then(|eni| plan.anchors.get(&eni)).map(Rect::y);
                    if let (Some(height), Some(rect)) = (height, plan.anchors.get_mut(&router)) {
                        rect.top = height - rect.height / 2.0;
                    }
                }
                let chosen = Chosen::of(&plan, why);
                let track = chosen.passed.as_ref().unwrap_or_else(|| panic!("{}", why.flow));
                assert!(!chosen.gates.is_empty(), "{}", why.flow);
                for gate in &chosen.gates {
                    let far = off(&plan, track, gate);
                    routes += usize::from(gate.checks.iter().any(|check| check.anchor.starts_with("router:")));
                    let numbers: Vec<u32> = gate.checks.iter().map(|check| check.number).collect();
                    assert!(far < 1.0, "{} {narrow}: {numbers:?} at {:?} is {far} off {:?}", why.flow, gate.at, track.points);
                    let (left, right) = (gate.at.0 - gate.width() / 2.0, gate.at.0 + gate.width() / 2.0);
                    let over = |rect: &Rect| left < rect.right() && rect.left < right && (rect.top..rect.bottom()).contains(&gate.at.1);
                    let chip = plan.anchors.iter().find(|(name, rect)| name.starts_with("eni:") && over(rect));
                    assert!(gate.refused().is_some() || chip.is_none(), "{} {narrow}: {numbers:?} lies over {chip:?}", why.flow);
                }
            }
        }
        assert!(routes > 40, "{routes}");
    }
}
