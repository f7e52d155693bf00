//! Where wires run: from measured rectangles to lines, stops and gates. Nothing here knows a browser.
//!
//! The way in is always the same: from a client to the gateway, down the spine where the router stands, into a subnet on the side that faces the
//! spine, to an ENI. So a path is a list of anchors, and a line follows from it.

use super::track::{OUTSIDE, Point, Track};
use crate::platform::screen::{Anchors, Rect};

/// How far a wire that comes down from a gateway keeps from the pill's ends.
const INSET: f64 = 4.0;
/// How far below the box of a VPN connection its wire runs on.
const BELOW: f64 = 8.0;
/// How far below a gateway beside the spine its wire runs across, where there is room.
const UNDER: f64 = 10.0;
/// How far a wire between two ENIs of one subnet keeps from them.
const APART: f64 = 18.0;
/// The kind of an anchor: what stands before its colon. A way out of the VPC is one, whatever goes through it, and so is a way to another VPC.
fn kind(anchor: &str) -> &str {
    match anchor.split(':').next().unwrap_or_default() {
        "eigw" | "vgw" | "vpce" => "igw",
        // The two ends of a VPN connection outside.
        "vpn" => "cgw",
        "tgw" => "pcx",
        kind => kind,
    }
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

    /// The anchor of a path whose box a point is nearest to; of boxes that lie one in the other the inner one.
    pub fn nearest_of(&self, path: &[String], (x, y): Point) -> Option<String> {
        let beyond = |from: f64, to: f64, at: f64| (from - at).max(at - to).max(0.0);
        let far = |rect: &Rect| beyond(rect.left, rect.right(), x).hypot(beyond(rect.top, rect.bottom(), y));
        let key = |rect: &Rect| (far(rect), rect.width * rect.height);
        let boxes = path.iter().filter_map(|anchor| Some((anchor, key(self.rect(anchor)?))));
        let nearest = boxes.min_by(|(_, one), (_, other)| one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)));
        nearest.map(|(anchor, _)| anchor.clone())
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

    /// Where the spine stands that a path runs along at one of its places: beyond a peering connection it is another VPC's.
    fn spine_at(&self, path: &[String], at: usize) -> Option<Point> {
        let part = match path.iter().position(|anchor| kind(anchor) == "pcx") {
            Some(gate) if at > gate => path.get(gate + 1..),
            Some(gate) => path.get(..gate),
            None => Some(path),
        };
        self.spine(part?).map(|rect| (rect.x(), rect.y()))
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
        let outside = path.first().is_some_and(|first| matches!(kind(first), "client" | "internet" | "cgw" | "igw"));
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

    /// Whether a client at a place of a path is drawn nowhere, and asks from a network behind a customer gateway, which is.
    fn begins_beyond(&self, path: &[String], at: usize) -> bool {
        let drawn = path.get(at).is_some_and(|anchor| self.anchors.get(anchor).is_some());
        !drawn && path.get(at + 1).is_some_and(|next| kind(next) == "cgw")
    }

    /// Whether a path stays in one subnet, which it names between its two ends: no router is on its way.
    fn is_local(path: &[String]) -> bool {
        let count = |wanted: &str| path.iter().filter(|anchor| kind(anchor) == wanted).count();
        count("subnet") == 1 && count("eni") == 2 && count("router") + count("igw") + count("internet") == 0
    }

    fn inward(&self, path: &[String], lost: bool) -> Option<Track> {
        let mut track = Track::default();
        let ends = self.ends(path);
        // What stopped it may not be drawn, as the rows of a ghost on a phone: then it stops at what lies before.
        let last = path.iter().rposition(|anchor| self.rect(anchor).is_some()).unwrap_or_default();
        for (at, anchor) in path.iter().enumerate() {
            let Some(rect) = self.rect(anchor) else { continue };
            let (stops, spine) = (lost && at == last, self.spine_at(path, at));
            match kind(anchor) {
                // Told of as a place of its own it lies where it was asked from.
                "internet" if !track.points.is_empty() => {
                    if stops {
                        track.go_on(if self.narrow { (0.0, OUTSIDE) } else { (OUTSIDE, 0.0) });
                    }
                }
                // Of a network behind a customer gateway only clients are drawn.
                "client" if self.begins_beyond(path, at) => {}
                "cgw" => {
                    track.turn_to((rect.x(), rect.y()));
                    track.halt();
                }
                "client" | "internet" => {
                    track.go(if self.narrow { (rect.x(), rect.bottom()) } else { (rect.right(), rect.y()) });
                    if stops {
                        // No way leads from the internet to what it asked: lost right outside.
                        track.go(if self.narrow { (rect.x(), rect.bottom() + OUTSIDE) } else { (rect.right() + OUTSIDE, rect.y()) });
                    }
                }
                "igw" => {
                    let far = at.checked_sub(1).and_then(|before| path.get(before)).filter(|before| kind(before) == "cgw");
                    let below = far.and_then(|far| self.rect(far)).map(|far| far.bottom() + BELOW);
                    below.into_iter().for_each(|below| track.down_to(below));
                    self.enter(&mut track, rect, stops, spine, self.narrow && below.is_none());
                }
                "router" => self.cross(&mut track, rect, stops),
                "pcx" => self.join(&mut track, rect, stops, spine, self.spine_at(path, at + 1)),
                // It is on its ENI that the wire ends, and before its card that it is stopped.
                "nat" => {
                    if let (true, Some((x, _))) = (stops, spine) {
                        track.stand_off(self.facing(rect, x));
                    }
                }
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
    /// `beside` is for a narrow board, where a wire comes to it from its side.
    fn enter(&self, track: &mut Track, gateway: &Rect, stops: bool, spine: Option<Point>, beside: bool) {
        let over = |x: &f64| (gateway.left + INSET..=gateway.right() - INSET).contains(x);
        let down = spine.map(|(x, _)| x).filter(over);
        let x = down.unwrap_or(gateway.x());
        if let Some(&from) = track.points.last() {
            if beside {
                if self.pass(track, from, (from.0, gateway.y())) {
                    // On beside them, as far down as the gateway: nothing else lies there.
                    track.points.truncate(track.points.len().saturating_sub(2));
                }
                track.go((track.end().map_or(from.0, |(x, _)| x), gateway.y()));
                track.go((if stops { gateway.left - OUTSIDE } else { gateway.left }, gateway.y()));
            } else {
                let top = if stops { gateway.top - OUTSIDE } else { gateway.top };
                if !self.pass(track, (from.0 + APART, from.1), (x, top)) {
                    track.go((x, from.1));
                }
                track.go((x, top));
            }
        } else if stops {
            // Who asked is not drawn: it ends where it would have come in.
            let (x, y) = if beside { (gateway.left - OUTSIDE, gateway.y()) } else { (x, gateway.top - OUTSIDE) };
            track.go(if beside { (x - OUTSIDE, y) } else { (x, y - OUTSIDE) });
            track.go((x, y));
        }
        track.halt();
        track.outside = track.points.len();
        if stops {
            return;
        }
        if beside {
            // Under the pill, which hides the corner.
            track.go((x, gateway.y()));
        }
        track.go((x, gateway.bottom()));
        if let (Some((spine, _)), None) = (spine, down) {
            let below = gateway.bottom() + self.room_below(gateway, x, spine);
            track.go((x, below));
            track.go((spine, below));
        }
    }

    /// How far below a gateway its wire runs across to the spine: where other boxes stand below it, in the middle of what is between.
    fn room_below(&self, gateway: &Rect, x: f64, spine: f64) -> f64 {
        let across = |rect: &&Rect| rect.left < x.max(spine) && x.min(spine) < rect.right();
        let rows = self.anchors.iter().filter(|(name, _)| kind(name) == "igw").map(|(_, rect)| rect);
        let gaps = rows.filter(across).map(|rect| (rect.top - gateway.bottom()) / 2.0).filter(|gap| *gap > 0.0);
        gaps.fold(UNDER, f64::min)
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
        let spine = self.spine_at(path, at);
        let x = spine.map_or(rect.right() + 40.0, |(x, _)| x);
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
            "instance" | "nat" => {
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
            "pcx" => {
                let x = spine.and_then(|spine| self.lane(spine, rect.y())).map_or(x, |(x, _)| x);
                // Above or below its box, or beside it where the way does not come from there.
                match spine {
                    _ if x < rect.left => (rect.left - OUTSIDE, rect.y()),
                    _ if x > rect.right() => (rect.right() + OUTSIDE, rect.y()),
                    Some((_, y)) if y > rect.y() => (x, rect.bottom() + OUTSIDE),
                    _ => (x, rect.top - OUTSIDE),
                }
            }
            // On the spine: beside it other gates have their names.
            "igw" => (x, rect.bottom() + 14.0),
            _ => return None,
        })
    }
}

mod around;

#[cfg(test)]
mod tests;
