//! Ways around: a wire runs through no box that it has nothing to do with, be it another VPC, a gate to elsewhere, or the pill of an internet gateway.

use super::{Plan, kind};
use crate::board::track::{OUTSIDE, Point, Track};
use crate::platform::screen::Rect;

/// How far a wire that passes a box keeps from it.
const BESIDE: f64 = 8.0;
/// How far below the pill of an internet gateway a wire leaves the spine that is not on its way through it.
const BELOW: f64 = 4.0;

impl Plan {
    /// Past the boxes that lie between two heights, beside them, if one of them stands in the way straight down at the goal. False if there is none.
    pub(super) fn pass(&self, track: &mut Track, from: Point, to: Point) -> bool {
        let (high, low) = (from.1.min(to.1), from.1.max(to.1));
        let boxes = || {
            let between = |rect: &&Rect| high < rect.top && rect.bottom() < low;
            self.anchors.iter().filter(|(name, _)| matches!(kind(name), "vpc" | "pcx" | "loose")).map(|(_, rect)| rect).filter(between)
        };
        if !boxes().any(|rect| (rect.left..=rect.right()).contains(&to.0)) {
            return false;
        }
        let first = boxes().map(|rect| rect.top).fold(f64::INFINITY, f64::min);
        let last = boxes().map(Rect::bottom).fold(f64::NEG_INFINITY, f64::max);
        let left = boxes().map(|rect| rect.left).fold(f64::INFINITY, f64::min);
        // In the middle of what little room there is, so that no packet is cut off by the board's edge.
        let beside = (left / 2.0).max(left - BESIDE);
        let (above, below) = (first - BESIDE, last + BESIDE);
        let (near, far) = if from.1 < to.1 { (above, below) } else { (below, above) };
        for point in [from, (from.0, near), (beside, near), (beside, far), (to.0, far)] {
            track.go(point);
        }
        true
    }

    /// Where a way from a spine up to a peering connection leaves it, and how far across it goes on: what is not for the internet does not go through
    /// the pill of the internet gateway over it.
    pub(super) fn lane(&self, (x, inside): Point, gate: f64) -> Option<Point> {
        let over = |rect: &&Rect| gate < rect.top && rect.bottom() < inside && rect.left <= x && x <= rect.right();
        let (_, pill) = self.anchors.iter().find(|(name, rect)| name.starts_with("igw:") && over(rect))?;
        Some((if self.narrow { pill.left - OUTSIDE } else { pill.right() + OUTSIDE }, pill.bottom() + BELOW))
    }

    /// Through a peering connection: along the spine of one VPC to its box, and from there along that of the other.
    pub(super) fn join(&self, track: &mut Track, gate: &Rect, stops: bool, here: Option<Point>, beyond: Option<Point>) {
        let (Some((mut x, _)), Some(mut from)) = (here, track.end()) else { return };
        track.go((x, from.1));
        if let Some(lane) = self.lane((x, from.1), gate.y()) {
            track.go((x, lane.1));
            track.go(lane);
            (x, from) = (lane.0, lane);
        }
        self.pass(track, (x, from.1), (x, gate.y()));
        if stops {
            let (above, right) = (from.1 < gate.y(), gate.x() < x);
            if (gate.left..=gate.right()).contains(&x) {
                track.go((x, if above { gate.top - OUTSIDE } else { gate.bottom() + OUTSIDE }));
            } else {
                track.go((x, gate.y()));
                track.go((if right { gate.right() + OUTSIDE } else { gate.left - OUTSIDE }, gate.y()));
            }
            track.halt();
            return;
        }
        track.go((x, gate.y()));
        let lane = beyond.and_then(|beyond| self.lane(beyond, gate.y()));
        if let Some((beyond, _)) = lane.or(beyond) {
            // Beside both spines, where several share a row: there and on.
            if gate.right() < x.min(beyond) {
                track.go((gate.right(), gate.y()));
            } else if gate.left > x.max(beyond) {
                track.go((gate.left, gate.y()));
            }
        }
        track.halt();
        let Some((spine, y)) = beyond else { return };
        let (x, y) = lane.unwrap_or((spine, y));
        track.go((x, gate.y()));
        self.pass(track, (x, gate.y()), (x, y));
        if lane.is_some() {
            track.go((x, y));
            track.go((spine, y));
        }
    }
}
