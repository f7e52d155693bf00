//! Where wires run: from measured rectangles to lines, stops and gates. Nothing here knows a browser.
//!
//! The way in is always the same: from a client to the gateway, down the spine where the router stands, into a subnet on the side that faces the
//! spine, to an ENI. So a path is a list of anchors, and a line follows from it.

use super::track::{OUTSIDE, Point, Track};
use crate::platform::screen::{Anchors, Rect};

/// How far a wire that comes down from a gateway keeps from the pill's ends.
const INSET: f64 = 4.0;
/// How far a wire between two ENIs of one subnet keeps from them.
const APART: f64 = 18.0;
/// How far a wire that passes a VPC keeps from it.
const BESIDE: f64 = 8.0;

/// The kind of an anchor: what stands before its colon.
fn kind(anchor: &str) -> &str {
    anchor.split(':').next().unwrap_or_default()
}

/// Whether a packet leaves the subnet at this place of its path: nothing lies between it and the ENI that the packet came from.
fn leaves(path: &[String], at: usize, ends: &[(usize, Rect)]) -> bool {
    let Some((source, _)) = ends.iter().rev().find(|(end, _)| *end < at) else { return false };
    let between = path.get(source + 1..at).unwrap_or_default();
    between.iter().all(|anchor| matches!(kind(anchor), "instance" | "eni"))
}

/// The board as it was measured.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// All anchors.
    pub anchors: Anchors,
    /// Whether it is narrow: the spine stands at the right edge and clients above the gateway.
    pub narrow: bool,
    /// How large it is.
    pub size: (f64, f64),
}

impl Plan {
    /// Where an anchor is, or what stands for it: for a host that is no client the internet's box, for a row that is not drawn its card.
    fn rect(&self, anchor: &str) -> Option<&Rect> {
        let card = || self.anchors.get(&["instance:", anchor.split_once('@')?.1.split('/').next()?].concat());
        let host = || self.anchors.get("internet").filter(|_| kind(anchor) == "client");
        self.anchors.get(anchor).or_else(card).or_else(host)
    }

    /// Where the spine of a path stands: at its router, or at that of the VPC that it lies in.
    fn spine(&self, path: &[String]) -> Option<&Rect> {
        let named = path.iter().find(|anchor| kind(anchor) == "router").and_then(|anchor| self.rect(anchor));
        named.or_else(|| {
            let inside =
                path.iter().find(|anchor| matches!(kind(anchor), "eni" | "subnet" | "instance" | "igw") && self.rect(anchor).is_some());
            let height = self.rect(inside?)?.bottom();
            let around = |(anchor, rect): (&String, &Rect)| {
                let vpc = anchor.strip_prefix("vpc:").filter(|_| rect.top <= height && height <= rect.bottom())?;
                self.rect(&["router:", vpc].concat())
            };
            self.anchors.iter().find_map(around)
        })
    }

    /// The side of a box that faces the spine: its x, and the direction towards the spine.
    pub fn facing(&self, rect: &Rect, spine: f64) -> (f64, f64) {
        if rect.x() < spine { (rect.right(), 1.0) } else { (rect.left, -1.0) }
    }

    /// The end of a path that is an ENI, or the instance when no ENI is named.
    fn ends(&self, path: &[String]) -> Vec<(usize, Rect)> {
        let named = |wanted: &str| -> Vec<(usize, Rect)> {
            let found = path.iter().enumerate().filter(|(_, anchor)| kind(anchor) == wanted);
            found.filter_map(|(at, anchor)| self.rect(anchor).map(|rect| (at, *rect))).collect()
        };
        let enis = named("eni");
        if enis.is_empty() { named("instance") } else { enis }
    }

    /// The line of a path. `lost` stops it before its last anchor instead of inside. `None` if nothing of it is on the board.
    pub fn track(&self, path: &[String], lost: bool) -> Option<Track> {
        path.iter().find(|anchor| self.rect(anchor).is_some())?;
        let outside = path.first().is_some_and(|first| matches!(kind(first), "client" | "internet"));
        let outward = !outside && path.iter().any(|anchor| matches!(kind(anchor), "client" | "igw" | "internet"));
        if outward {
            let turned: Vec<String> = path.iter().rev().cloned().collect();
            let mut track = self.inward(&turned, false)?;
            let length = track.length();
            track.points.reverse();
            track.halts = track.halts.iter().rev().map(|way| length - way).collect();
            track.outside = 0;
            if let Some(gateway) = path.last().filter(|last| lost && kind(last) == "igw").and_then(|last| self.rect(last)) {
                track.stop_below(gateway.bottom() + OUTSIDE);
            }
            return Some(track);
        }
        self.inward(path, lost)
    }

    /// Whether a path stays in one subnet, which it names between its two ends: no router is on its way.
    fn is_local(path: &[String]) -> bool {
        let count = |wanted: &str| path.iter().filter(|anchor| kind(anchor) == wanted).count();
        count("subnet") == 1 && count("eni") == 2 && count("router") + count("igw") + count("internet") == 0
    }

    fn inward(&self, path: &[String], lost: bool) -> Option<Track> {
        let mut track = Track::default();
        let ends = self.ends(path);
        let spine = self.spine(path).map(|rect| (rect.x(), rect.y()));
        // What stopped it may not be drawn, as the rows of a ghost on a phone: then it stops at what lies before.
        let last = path.iter().rposition(|anchor| self.rect(anchor).is_some()).unwrap_or_default();
        for (at, anchor) in path.iter().enumerate() {
            let Some(rect) = self.rect(anchor) else { continue };
            let stops = lost && at == last;
            match kind(anchor) {
                // Told of as a place of its own it lies where it was asked from.
                "internet" if !track.points.is_empty() => {
                    if stops {
                        track.go_on(if self.narrow { (0.0, OUTSIDE) } else { (OUTSIDE, 0.0) });
                    }
                }
                "client" | "internet" => {
                    track.go(if self.narrow { (rect.x(), rect.bottom()) } else { (rect.right(), rect.y()) });
                    if stops {
                        // No way leads from the internet to what it asked: lost right outside.
                        track.go(if self.narrow { (rect.x(), rect.bottom() + OUTSIDE) } else { (rect.right() + OUTSIDE, rect.y()) });
                    }
                }
                "igw" => self.enter(&mut track, rect, stops, spine),
                "router" => self.cross(&mut track, rect, stops),
                "subnet" if Plan::is_local(path) => {}
                "subnet" => {
                    self.border(&mut track, rect, at, &ends, path, spine);
                    if stops && let Some((x, _)) = spine {
                        // Outside its edge, clear of what stands in its header.
                        track.stand_off(self.facing(rect, x));
                    }
                }
                _ => {
                    if let Some(position) = ends.iter().position(|(end, _)| *end == at) {
                        self.reach(&mut track, rect, position, &ends, path, spine, stops);
                    }
                }
            }
        }
        (track.points.len() > 1).then_some(track)
    }

    /// From outside to the gateway, and below it. Where the pill stands over the spine the wire is the spine's, so that it stays straight.
    fn enter(&self, track: &mut Track, gateway: &Rect, stops: bool, spine: Option<Point>) {
        let over = |x: &f64| (gateway.left + INSET..=gateway.right() - INSET).contains(x);
        let down = spine.map(|(x, _)| x).filter(over);
        let x = down.unwrap_or(gateway.x());
        if let Some(&from) = track.points.last() {
            if self.narrow {
                if !self.pass(track, from, (from.0, gateway.y())) {
                    track.go((from.0, gateway.y()));
                }
                track.go((if stops { gateway.left - OUTSIDE } else { gateway.left }, gateway.y()));
            } else {
                let top = if stops { gateway.top - OUTSIDE } else { gateway.top };
                if !self.pass(track, from, (x, top)) {
                    track.go((x, from.1));
                }
                track.go((x, top));
            }
        } else if stops {
            // Who asked is not drawn: it ends where it would have come in.
            let (x, y) = if self.narrow { (gateway.left - OUTSIDE, gateway.y()) } else { (x, gateway.top - OUTSIDE) };
            track.go(if self.narrow { (x - OUTSIDE, y) } else { (x, y - OUTSIDE) });
            track.go((x, y));
        }
        track.halt();
        track.outside = track.points.len();
        if stops {
            return;
        }
        if self.narrow {
            // Under the pill, which hides the corner.
            track.go((x, gateway.y()));
        }
        track.go((x, gateway.bottom()));
        if let (Some((spine, _)), None) = (spine, down) {
            track.go((x, gateway.bottom() + 10.0));
            track.go((spine, gateway.bottom() + 10.0));
        }
    }

    /// Past the VPCs that lie between two heights, beside them: a wire never runs through a box that it has nothing to do with. False if there is none.
    fn pass(&self, track: &mut Track, from: Point, to: Point) -> bool {
        let (high, low) = (from.1.min(to.1), from.1.max(to.1));
        let between = || {
            self.anchors.iter().filter(|(name, rect)| kind(name) == "vpc" && high < rect.top && rect.bottom() < low).map(|(_, rect)| rect)
        };
        let first = between().min_by(|one, other| one.top.total_cmp(&other.top));
        let last = between().max_by(|one, other| one.top.total_cmp(&other.top));
        let (Some(first), Some(last)) = (first, last) else { return false };
        let beside = first.left - if self.narrow { 4.0 } else { BESIDE };
        let (above, below) = (first.top - BESIDE, last.bottom() + BESIDE);
        let (near, far) = if from.1 < to.1 { (above, below) } else { (below, above) };
        // Out of what it starts in, sideways, before it turns.
        let out = from.0 + if from.1 < to.1 && !self.narrow { APART } else { 0.0 };
        for point in [(out, from.1), (out, near), (beside, near), (beside, far), (to.0, far)] {
            track.go(point);
        }
        true
    }

    fn cross(&self, track: &mut Track, router: &Rect, stops: bool) {
        if let Some(&from) = track.points.last() {
            track.go((router.x(), from.1));
        }
        if stops {
            track.go((router.x(), router.y()));
        }
        track.halt();
    }

    /// The edge of a subnet, at the height of the ENI that the packet comes from or goes to.
    fn border(&self, track: &mut Track, subnet: &Rect, at: usize, ends: &[(usize, Rect)], path: &[String], spine: Option<Point>) {
        let Some((x, _)) = spine else { return };
        let (edge, _) = self.facing(subnet, x);
        let leaving = leaves(path, at, ends);
        let next = ends.iter().find(|(end, _)| *end > at);
        let height = match next {
            _ if leaving => track.points.last().map(|point| point.1),
            Some((_, rect)) => Some(rect.y()),
            None => Some(subnet.top + 16.0),
        };
        let Some(height) = height else { return };
        if !leaving {
            track.turn(x, height);
        }
        track.go((edge, height));
        track.halt();
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one path, passed once")]
    fn reach(
        &self,
        track: &mut Track,
        rect: &Rect,
        position: usize,
        ends: &[(usize, Rect)],
        path: &[String],
        spine: Option<Point>,
        stops: bool,
    ) {
        let x = spine.map_or(rect.right() + 40.0, |(x, _)| x);
        let (edge, towards) = self.facing(rect, x);
        let height = rect.y();
        if position == 0 && track.points.is_empty() {
            // Where the packet sets out.
            track.go((edge, height));
            if stops {
                track.go((edge + towards * OUTSIDE, height));
            }
            track.halt();
            return;
        }
        let before = position.checked_sub(1).and_then(|position| ends.get(position));
        let through_router = !Plan::is_local(path) && path.iter().any(|anchor| matches!(kind(anchor), "router" | "igw" | "subnet"));
        match before {
            Some((_, other)) if !through_router => {
                let (other_edge, _) = self.facing(other, x);
                let lane = other_edge + towards * APART;
                track.go((lane, other.y()));
                track.go((lane, height));
            }
            _ => track.turn(x, height),
        }
        if stops {
            track.go((edge + towards * OUTSIDE, height));
        } else {
            // Up to the edge and no further: a chip's last badge stands just behind it.
            track.go((edge, height));
        }
        track.halt();
    }

    /// The lines of trails: from the card that an ENI left straight down to its row above the card that it went to, if nothing lies between.
    pub fn trails(&self) -> Vec<(Point, Point)> {
        let cards = || self.anchors.iter().filter(|(anchor, _)| kind(anchor) == "instance");
        let line = |(anchor, row): (&String, &Rect)| {
            let (_, from) = anchor.strip_prefix("trail:")?.split_once('@')?;
            let (x, from) = (row.left + 12.0, self.rect(&format!("instance:{from}"))?);
            let under = |rect: &Rect| rect.left < x && x < rect.right();
            let between = |rect: &Rect| under(rect) && rect.top >= from.bottom() && rect.bottom() <= row.top;
            let free = under(from) && from.bottom() + 8.0 < row.bottom() && !cards().any(|(_, rect)| between(rect));
            free.then(|| ((x, from.bottom() + 5.0), (x, row.bottom() - 4.0)))
        };
        self.anchors.iter().filter_map(line).collect()
    }

    /// Where a route was followed: on the wire above or below the router, or beside it where the wire runs straight through.
    fn router_gate(&self, router: &Rect, track: &Track) -> Point {
        let (x, y) = (router.x(), router.y());
        let (above, below) = ((x, router.top - 12.0), (x, router.bottom() + if self.narrow { 12.0 } else { 27.0 }));
        let on_wire = |point: &Point| track.nearest(*point).is_some_and(|near| (near.0 - point.0).hypot(near.1 - point.1) < 1.0);
        [above, below].into_iter().find(on_wire).unwrap_or((x + 16.0, y - 16.0))
    }

    /// Where a check of *Why* stands on the wire, which is `track`. `path` is all anchors of its checks, in order, without repetitions, and `at`
    /// the place in it.
    pub fn gate(&self, path: &[String], at: usize, refused: bool, track: &Track) -> Option<Point> {
        let rect = self.rect(path.get(at)?)?;
        match kind(path.get(at)?) {
            _ if refused => track.end(),
            "router" => Some(self.router_gate(rect, track)),
            _ => self.near_gate(path, at).and_then(|at| track.nearest(at)),
        }
    }

    /// About where a check that was passed stands.
    fn near_gate(&self, path: &[String], at: usize) -> Option<Point> {
        let anchor = path.get(at)?;
        let rect = self.rect(anchor)?;
        let ends = self.ends(path);
        let x = self.spine(path).map_or(rect.right() + 40.0, |rect| rect.x());
        let near = |at: usize| {
            let source = ends.iter().rev().find(|(end, _)| *end < at);
            let goal = ends.iter().find(|(end, _)| *end > at);
            if leaves(path, at, &ends) { source } else { goal }.map(|(_, rect)| rect.y())
        };
        Some(match kind(anchor) {
            "eni" => {
                let (edge, towards) = self.facing(rect, x);
                (edge + towards * 16.0, rect.y())
            }
            "instance" => {
                let end = ends.iter().find(|(end, _)| end.abs_diff(at) <= 1).map_or(*rect, |(_, rect)| *rect);
                let (edge, towards) = self.facing(&end, x);
                (edge + towards * OUTSIDE, end.y())
            }
            "subnet" if Plan::is_local(path) => {
                // Between the two ENIs, on the wire beside them.
                let height = ends.iter().map(|(_, rect)| rect.y()).sum::<f64>() / ends.len().max(1) as f64;
                (self.facing(rect, x).0, height)
            }
            "subnet" => {
                let (edge, _) = self.facing(rect, x);
                (edge, near(at).unwrap_or(rect.top + 16.0))
            }
            "igw" => (if self.narrow { x } else { rect.x() }, rect.bottom() + 14.0),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> Plan {
        let rect = |left: f64, top: f64, width: f64, height: f64| Rect { left, top, width, height };
        let anchors = [
            ("client:1", rect(0.0, 0.0, 100.0, 40.0)),
            ("igw:a", rect(380.0, 80.0, 40.0, 40.0)),
            ("vpc:v", rect(10.0, 100.0, 780.0, 460.0)),
            ("router:v", rect(390.0, 290.0, 20.0, 20.0)),
            ("subnet:left", rect(20.0, 150.0, 330.0, 400.0)),
            ("subnet:right", rect(450.0, 150.0, 330.0, 400.0)),
            ("eni:left", rect(40.0, 280.0, 270.0, 40.0)),
            ("eni:low", rect(40.0, 400.0, 270.0, 40.0)),
            ("eni:right", rect(490.0, 380.0, 270.0, 40.0)),
        ];
        let anchors = anchors.into_iter().map(|(name, rect)| (name.to_owned(), rect)).collect();
        Plan { anchors, narrow: false, size: (800.0, 600.0) }
    }

    fn path(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn what_no_way_leads_to_is_lost_beside_who_asked() {
        let track = plan().track(&path(&["client:1"]), true).unwrap();
        assert_eq!(track.points, [(100.0, 20.0), (100.0 + OUTSIDE, 20.0)]);
        let narrow = Plan { narrow: true, ..plan() };
        assert_eq!(narrow.track(&path(&["client:1"]), true).unwrap().end(), Some((50.0, 40.0 + OUTSIDE)));
        assert_eq!(plan().track(&path(&["client:1"]), false), None);
    }

    #[test]
    fn a_request_from_outside_runs_down_the_spine_and_into_the_side_that_faces_it() {
        let whole = path(&["client:1", "internet", "igw:a", "router:v", "subnet:left", "eni:left"]);
        let track = plan().track(&whole, false).unwrap();
        assert_eq!(track.points.first(), Some(&(100.0, 20.0)));
        assert!(track.points.contains(&(400.0, 300.0)), "{:?}", track.points);
        assert_eq!(track.end(), Some((310.0, 300.0)));
        assert_eq!(track.halts.len(), 4);
    }

    #[test]
    fn what_is_lost_stops_outside_the_place_that_refused_it() {
        let at_gateway = plan().track(&path(&["client:1", "internet", "igw:a"]), true).unwrap();
        assert_eq!(at_gateway.end(), Some((400.0, 66.0)));
        let at_eni = plan().track(&path(&["eni:right", "subnet:right", "router:v", "subnet:left", "eni:left"]), true).unwrap();
        assert_eq!(at_eni.end(), Some((324.0, 300.0)));
        let at_subnet = plan().track(&path(&["eni:right", "subnet:right", "router:v", "subnet:left"]), true).unwrap();
        assert_eq!(at_subnet.end().map(|end| end.0), Some(364.0), "clear of the subnet's header");
    }

    #[test]
    fn what_nobody_on_the_board_asked_is_lost_at_the_gateway_and_a_host_that_is_no_client_has_the_box_of_the_internet() {
        let at_gateway = path(&["client:9", "igw:a"]);
        assert_eq!(plan().track(&at_gateway, true).unwrap().end(), Some((400.0, 66.0)));
        let narrow = Plan { narrow: true, ..plan() };
        assert_eq!(narrow.track(&at_gateway, true).unwrap().end(), Some((366.0, 100.0)));
        let mut asked = plan();
        asked.anchors.insert("internet".to_owned(), Rect { left: 120.0, top: 0.0, width: 60.0, height: 40.0 });
        let track = asked.track(&path(&["client:9", "igw:a", "router:v", "subnet:left", "eni:left"]), true).unwrap();
        assert_eq!((track.points.first(), track.end()), (Some(&(180.0, 20.0)), Some((324.0, 300.0))));
        let nowhere = asked.track(&path(&["client:9", "internet"]), true).unwrap();
        assert_eq!(nowhere.points, [(180.0, 20.0), (180.0 + OUTSIDE, 20.0)], "no public address leads there");
    }

    #[test]
    fn an_eni_that_has_left_is_met_where_it_was() {
        let mut plan = plan();
        let whole = path(&["client:1", "igw:a", "router:v", "subnet:left", "eni:right@i-1/0/1"]);
        assert_eq!(plan.track(&whole, true).unwrap().end(), Some((364.0, 166.0)), "its instance is not drawn any more");
        plan.anchors.insert("instance:i-1".to_owned(), Rect { left: 40.0, top: 160.0, width: 280.0, height: 40.0 });
        assert_eq!(plan.track(&whole, true).unwrap().end(), Some((334.0, 180.0)), "the card stands for a row that is not drawn");
        plan.anchors.insert("eni:right@i-1/0/1".to_owned(), Rect { left: 40.0, top: 220.0, width: 270.0, height: 40.0 });
        assert_eq!(plan.track(&whole, true).unwrap().end(), Some((324.0, 240.0)));
    }

    #[test]
    fn a_wire_passes_beside_a_vpc_that_it_has_nothing_to_do_with() {
        let mut plan = plan();
        let lower = |name: &str, rect: &Rect| Rect { top: rect.top + if name.starts_with("client") { 0.0 } else { 300.0 }, ..*rect };
        plan.anchors = plan.anchors.iter().map(|(name, rect)| (name.clone(), lower(name, rect))).collect();
        plan.anchors.insert("vpc:other".to_owned(), Rect { left: 10.0, top: 100.0, width: 780.0, height: 250.0 });
        let whole = path(&["client:1", "igw:a", "router:v", "subnet:left", "eni:left"]);
        for (narrow, x) in [(false, 2.0), (true, 6.0)] {
            let plan = Plan { narrow, ..plan.clone() };
            let track = plan.track(&whole, false).unwrap();
            let inside = |way: f64| track.at(way).is_some_and(|at| (100.0..350.0).contains(&at.1) && (10.0..790.0).contains(&at.0));
            let crossing = (0..track.length() as usize).find(|way| inside(*way as f64));
            assert_eq!(crossing, None, "{:?}", track.points);
            assert!(track.points.iter().any(|point| point.0 == x), "{:?}", track.points);
        }
    }

    #[test]
    fn what_is_stopped_at_something_that_is_not_drawn_stops_outside_the_last_place_that_is() {
        let whole = path(&["client:1", "internet", "igw:a", "router:v", "subnet:left", "eni:gone"]);
        assert_eq!(plan().track(&whole, true).unwrap().end(), Some((364.0, 166.0)));
    }

    #[test]
    fn two_enis_of_one_subnet_are_joined_beside_them() {
        let track = plan().track(&path(&["eni:left", "eni:low"]), false).unwrap();
        assert!(track.points.iter().all(|point| point.0 < 350.0), "{:?}", track.points);
        assert_eq!(track.end(), Some((310.0, 420.0)));
    }

    #[test]
    fn what_a_gateway_refuses_on_the_way_out_stops_below_it() {
        let track = plan().track(&path(&["eni:left", "subnet:left", "router:v", "igw:a"]), true).unwrap();
        assert_eq!(track.points, [(310.0, 300.0), (350.0, 300.0), (400.0, 300.0), (400.0, 134.0)]);
    }

    #[test]
    fn a_path_inside_one_subnet_goes_round_by_no_router() {
        let whole = path(&["eni:left", "subnet:left", "eni:low"]);
        let track = plan().track(&whole, false).unwrap();
        assert_eq!(track.points, [(310.0, 300.0), (328.0, 300.0), (328.0, 420.0), (310.0, 420.0)]);
        assert_eq!(plan().gate(&whole, 1, false, &track), Some((328.0, 360.0)));
    }

    #[test]
    fn an_answer_runs_the_same_way_back() {
        let there = path(&["client:1", "internet", "igw:a", "router:v", "subnet:left", "eni:left"]);
        let back: Vec<String> = there.iter().rev().cloned().collect();
        let (there, back) = (plan().track(&there, false).unwrap(), plan().track(&back, false).unwrap());
        assert_eq!(there.points.first(), back.points.last());
        assert!((there.length() - back.length()).abs() < 1e-9);
    }

    #[test]
    fn a_path_whose_checks_name_no_router_runs_by_the_spine_all_the_same() {
        let whole = path(&["eni:right", "subnet:right", "subnet:left", "eni:left"]);
        let track = plan().track(&whole, true).unwrap();
        assert_eq!(track.points, [(490.0, 400.0), (450.0, 400.0), (400.0, 400.0), (400.0, 300.0), (350.0, 300.0), (324.0, 300.0)]);
        assert_eq!(plan().gate(&whole, 2, false, &track), Some((350.0, 300.0)));
    }

    #[test]
    fn gates_stand_on_the_wire() {
        let whole = path(&["eni:right", "subnet:right", "router:v", "subnet:left", "eni:left"]);
        let (plan, track) = (plan(), plan().track(&whole, true).unwrap());
        let gate = |at, refused| plan.gate(&whole, at, refused, &track);
        assert_eq!(gate(0, false), Some((474.0, 400.0)));
        assert_eq!(gate(1, false), Some((450.0, 400.0)));
        assert_eq!(gate(2, false), Some((400.0, 337.0)), "below the router, where the wire comes from, clear of its name");
        assert_eq!(gate(3, false), Some((350.0, 300.0)));
        assert_eq!(gate(4, true), Some((324.0, 300.0)));
    }

    #[test]
    fn a_trail_runs_from_card_to_card_and_never_through_another() {
        let mut plan = plan();
        let put = |plan: &mut Plan, name: &str, top: f64, height: f64| {
            plan.anchors.insert(name.to_owned(), Rect { left: 40.0, top, width: 270.0, height });
        };
        put(&mut plan, "instance:old", 160.0, 80.0);
        put(&mut plan, "trail:eni@old", 400.0, 20.0);
        assert_eq!(plan.trails(), [((52.0, 245.0), (52.0, 416.0))]);
        put(&mut plan, "instance:other", 260.0, 80.0);
        assert!(plan.trails().is_empty());
    }

    #[test]
    fn the_wire_below_a_gateway_is_straight_where_its_pill_stands_over_the_spine() {
        let mut plan = plan();
        plan.anchors.insert("igw:a".to_owned(), Rect { left: 379.0, top: 80.0, width: 41.0, height: 40.0 });
        let track = plan.track(&path(&["client:1", "internet", "igw:a", "router:v", "subnet:left", "eni:left"]), false).unwrap();
        let below: Vec<f64> = track.points.iter().filter(|point| (20.0..300.0).contains(&point.1)).skip(1).map(|point| point.0).collect();
        assert!(!below.is_empty() && below.iter().all(|x| *x == 400.0), "{:?}", track.points);
    }
}
