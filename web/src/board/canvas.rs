//! Packets in flight: drawn on a canvas above the board, outside the virtual DOM, so that a frame costs no rendering of components.

use super::geometry::Plan;
use super::stream::{Stream, Streams, same_way};
use super::track::{Point, Track};
use crate::platform::canvas::{CanvasRenderingContext2d, HtmlCanvasElement};
use crate::platform::{media, screen};
use crate::words::{Key, say};
use eni_playground::view::timeline::FlightView;
use std::f64::consts::TAU;
use wasm_bindgen::JsCast;

/// A hop takes this long at normal speed, in real milliseconds.
const HOP_MS: f64 = 150.0;
/// And never less than this.
const SHORTEST_HOP_MS: f64 = 60.0;
/// How long a packet halts at a gate.
const HALT_MS: f64 = 40.0;
/// How long the end of a packet shows: a cross that grows, or a dot that sinks.
const END_MS: f64 = 120.0;
/// How long an ENI that was reached wears a green edge.
const GLOW_MS: f64 = 600.0;
/// How near a click has to be to a packet, in pixels.
const REACH: f64 = 14.0;
/// How long the tail is, in pixels.
const TAIL: f64 = 16.0;

/// One packet.
struct Dot {
    flight: FlightView,
    /// Its line.
    track: Track,
    /// How long it has flown, in milliseconds.
    flown: f64,
}

/// All packets, and the canvas that they are drawn on.
#[derive(Default)]
pub struct Sky {
    dots: Vec<Dot>,
    streams: Streams,
    plan: Plan,
    canvas: Option<HtmlCanvasElement>,
    colours: Colours,
    chosen: Option<u64>,
    last: Option<f64>,
    blank: bool,
    turned: bool,
    /// How fast time went when it was painted last.
    factor: f64,
}

#[derive(Default)]
struct Colours {
    accent: String,
    ground: String,
    lost: String,
    pass: String,
    on_lost: String,
}

impl Sky {
    /// The packet that is nearest to a point of the board, if one is near, and the anchor on its way that it is nearest to.
    pub fn packet_at(&self, point: Point) -> Option<(u64, String)> {
        let far = |at: Point| (at.0 - point.0).hypot(at.1 - point.1);
        let still = media::reduced_motion();
        let at = |dot: &Dot| dot.track.at(way_after(&dot.track, dot.flown, self.factor, still)).map_or(f64::INFINITY, far);
        let (dot, _) = self
            .dots
            .iter()
            .map(|dot| (dot, at(dot)))
            .filter(|(_, far)| *far <= REACH)
            .min_by(|(_, one), (_, other)| one.total_cmp(other))?;
        Some((dot.flight.packet, self.plan.nearest_of(&dot.flight.path, point).unwrap_or_default()))
    }

    /// New packets set out.
    pub fn launch(&mut self, flights: Vec<FlightView>) {
        for flight in flights {
            let Some(track) = self.plan.track(&flight.path, flight.lost) else { continue };
            let mut joined = None;
            if !self.streams.take(&flight, &track, &mut joined) {
                self.dots.push(Dot { flight, track, flown: 0.0 });
            } else if let Some(way) = joined {
                self.dots.retain(|dot| !same_way(&dot.flight, &way));
            }
        }
    }

    /// All packets are gone.
    pub fn clear(&mut self) {
        self.turned = true;
        self.dots.clear();
        self.streams.clear();
        self.paint(1.0);
    }

    /// Whether the world has become another one since the last question, as by undo and redo.
    pub fn take_turned(&mut self) -> bool {
        std::mem::take(&mut self.turned)
    }

    /// The board was measured anew.
    pub fn set_plan(&mut self, plan: Plan, chosen: Option<u64>) {
        self.plan = plan;
        self.chosen = chosen;
        let plan = &self.plan;
        self.dots.retain_mut(|dot| plan.track(&dot.flight.path, dot.flight.lost).map(|track| dot.track = track).is_some());
        self.streams.replan(|flight| plan.track(&flight.path, flight.lost));
        self.fit();
    }

    /// The canvas is there, or the colours have changed.
    pub fn attach(&mut self, canvas: HtmlCanvasElement) {
        let colour = |name| screen::property(&canvas, name);
        self.colours = Colours {
            accent: colour("--accent"),
            ground: colour("--bg"),
            lost: colour("--lost"),
            pass: colour("--pass"),
            on_lost: colour("--on-lost"),
        };
        self.canvas = Some(canvas);
        self.fit();
    }

    fn fit(&mut self) {
        let Some(canvas) = &self.canvas else { return };
        let ratio = screen::pixel_ratio();
        // Board sizes are far below the largest whole number.
        let (width, height) = ((self.plan.size.0 * ratio) as u32, (self.plan.size.1 * ratio) as u32);
        if canvas.width() != width || canvas.height() != height {
            canvas.set_width(width);
            canvas.set_height(height);
        }
        self.paint(1.0);
    }

    /// A frame: dots fly on while time runs, by real time and the speed of virtual time.
    pub fn frame(&mut self, at: f64, running: bool, factor: f64, now_ms: u64) {
        let passed = self.last.map_or(0.0, |last| (at - last).clamp(0.0, 100.0));
        self.last = Some(at);
        if !running {
            return;
        }
        self.streams.frame(now_ms, passed);
        if self.dots.is_empty() && self.streams.shown().next().is_none() && self.blank {
            return;
        }
        for dot in &mut self.dots {
            dot.flown += passed;
        }
        self.paint(factor);
        self.dots.retain(|dot| dot.flown < flight_ms(&dot.track, factor) + if dot.flight.lost { END_MS } else { GLOW_MS });
    }

    fn paint(&mut self, factor: f64) {
        self.factor = factor;
        let Some(context) = self.canvas.as_ref().and_then(context_of) else { return };
        let ratio = screen::pixel_ratio();
        // A transform of finite numbers is never refused.
        let _ = context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0);
        context.clear_rect(0.0, 0.0, self.plan.size.0, self.plan.size.1);
        self.blank = self.dots.is_empty() && self.streams.shown().next().is_none();
        let still = media::reduced_motion();
        for stream in self.streams.shown() {
            self.paint_stream(&context, stream);
        }
        for dot in &self.dots {
            self.paint_dot(&context, dot, &dot.track, factor, still);
        }
        for stream in self.streams.shown().filter(|stream| !stream.flight.reply) {
            self.paint_rate(&context, stream);
        }
    }

    fn paint_stream(&self, context: &CanvasRenderingContext2d, stream: &Stream) {
        context.set_line_cap("butt");
        context.set_stroke_style_str(&self.colours.accent);
        context.set_line_width(if stream.flight.reply { 2.0 } else { 5.0 });
        context.begin_path();
        for (from, to) in stream.dashes() {
            for (at, way) in [from, (from + to) / 2.0, to].into_iter().enumerate() {
                match stream.track.at(way) {
                    Some(point) if at == 0 => context.move_to(point.0, point.1),
                    Some(point) => context.line_to(point.0, point.1),
                    None => {}
                }
            }
        }
        context.stroke();
        if let (true, Some(end)) = (stream.flight.lost, stream.track.end()) {
            self.paint_cross(context, end, 1.0);
        }
    }

    /// "120/s" on a ground of its own, near the beginning of the line: further on many lines run together.
    fn paint_rate(&self, context: &CanvasRenderingContext2d, stream: &Stream) {
        let Some(at) = stream.track.at(stream.track.length() / 5.0) else { return };
        let text = say(Key::PerSecond { count: &stream.rate().to_string() });
        let half = 4.0 * text.chars().count() as f64 + 5.0;
        context.begin_path();
        if context.round_rect_with_f64(at.0 - half, at.1 - 9.0, half * 2.0, 18.0, 9.0).is_ok() {
            context.set_fill_style_str(&self.colours.ground);
            context.fill();
            context.set_stroke_style_str(&self.colours.accent);
            context.set_line_width(1.5);
            context.stroke();
        }
        context.set_font("600 11px sans-serif");
        context.set_text_align("center");
        context.set_text_baseline("middle");
        context.set_fill_style_str(&self.colours.accent);
        // Refused for nothing that is text.
        let _ = context.fill_text(&text, at.0, at.1 + 0.5);
    }

    fn paint_cross(&self, context: &CanvasRenderingContext2d, end: Point, grown: f64) {
        disc(context, end, 11.0 * grown, &self.colours.lost, &self.colours.ground);
        context.set_stroke_style_str(&self.colours.on_lost);
        context.set_line_width(2.0);
        context.begin_path();
        let arm = 3.6 * grown;
        context.move_to(end.0 - arm, end.1 - arm);
        context.line_to(end.0 + arm, end.1 + arm);
        context.move_to(end.0 + arm, end.1 - arm);
        context.line_to(end.0 - arm, end.1 + arm);
        context.stroke();
    }

    fn paint_dot(&self, context: &CanvasRenderingContext2d, dot: &Dot, track: &Track, factor: f64, still: bool) {
        let whole = flight_ms(track, factor);
        if dot.flown >= whole {
            self.paint_end(context, dot, track, dot.flown - whole, still);
            return;
        }
        let way = way_after(track, dot.flown, factor, still);
        let Some(head) = track.at(way) else { return };
        context.set_line_cap("round");
        if still {
            ring(context, head, 9.0, &self.colours.accent);
            return;
        }
        if dot.flight.reply {
            // Answers are small and hollow, so that one sees which way the question went.
            disc(context, head, 3.5, &self.colours.ground, &self.colours.accent);
            return;
        }
        context.set_stroke_style_str(&self.colours.accent);
        context.set_global_alpha(0.55);
        context.set_line_width(4.0);
        context.begin_path();
        let tail = (way - TAIL).max(0.0);
        // The tail bends with the wire: a point every four pixels is round enough.
        if let Some(from) = track.at(tail) {
            context.move_to(from.0, from.1);
        }
        let mut along = tail;
        while along < way {
            along = (along + 4.0).min(way);
            if let Some(point) = track.at(along) {
                context.line_to(point.0, point.1);
            }
        }
        context.stroke();
        context.set_global_alpha(1.0);
        disc(context, head, 5.5, &self.colours.accent, &self.colours.ground);
        if self.chosen == Some(dot.flight.packet) {
            ring(context, head, 9.0, &self.colours.accent);
        }
    }

    fn paint_end(&self, context: &CanvasRenderingContext2d, dot: &Dot, track: &Track, since: f64, still: bool) {
        let Some(end) = track.end() else { return };
        if dot.flight.lost {
            let grown = if still { 1.0 } else { 0.6 + 0.4 * (since / END_MS).min(1.0) };
            self.paint_cross(context, end, grown);
            return;
        }
        let arrived =
            dot.flight.path.iter().rev().find(|anchor| anchor.starts_with("eni:")).and_then(|anchor| self.plan.anchors.get(anchor));
        if let (Some(rect), false) = (arrived, dot.flight.reply) {
            context.set_global_alpha((1.0 - since / GLOW_MS).clamp(0.0, 1.0));
            context.set_stroke_style_str(&self.colours.pass);
            context.set_line_width(2.0);
            context.begin_path();
            if context.round_rect_with_f64(rect.left, rect.top, rect.width, rect.height, 8.0).is_ok() {
                context.stroke();
            }
            context.set_global_alpha(1.0);
        }
    }
}

fn context_of(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok().flatten()?.dyn_into().ok()
}

fn disc(context: &CanvasRenderingContext2d, at: Point, radius: f64, fill: &str, edge: &str) {
    context.begin_path();
    if context.arc(at.0, at.1, radius, 0.0, TAU).is_ok() {
        context.set_fill_style_str(fill);
        context.fill();
        context.set_stroke_style_str(edge);
        context.set_line_width(1.5);
        context.stroke();
    }
}

fn ring(context: &CanvasRenderingContext2d, at: Point, radius: f64, colour: &str) {
    context.begin_path();
    if context.arc(at.0, at.1, radius, 0.0, TAU).is_ok() {
        context.set_stroke_style_str(colour);
        context.set_line_width(2.0);
        context.stroke();
    }
}

/// How long one hop takes at a speed.
fn hop_ms(factor: f64) -> f64 {
    (HOP_MS / factor).max(SHORTEST_HOP_MS)
}

/// The legs of a track: from gate to gate, and the rest.
fn legs(track: &Track) -> Vec<(f64, f64)> {
    let length = track.length();
    let mut from = 0.0;
    let mut legs = Vec::with_capacity(track.halts.len() + 1);
    for &halt in track.halts.iter().chain([&length]) {
        if halt > from + 1.0 {
            legs.push((from, halt));
            from = halt;
        }
    }
    legs
}

/// How long a packet flies, in milliseconds.
pub fn flight_ms(track: &Track, factor: f64) -> f64 {
    legs(track).len() as f64 * (hop_ms(factor) + HALT_MS)
}

/// How far a packet has come: it flies a leg, halts, flies the next. Where nothing may move it stands at the end of its leg.
fn way_after(track: &Track, flown: f64, factor: f64, still: bool) -> f64 {
    let hop = hop_ms(factor);
    let mut left = flown;
    for (from, to) in legs(track) {
        if left < hop {
            return if still { to } else { from + (to - from) * left / hop };
        }
        if left < hop + HALT_MS {
            return to;
        }
        left -= hop + HALT_MS;
    }
    track.length()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn track() -> Track {
        Track { points: vec![(0.0, 0.0), (100.0, 0.0), (100.0, 100.0)], halts: vec![100.0], outside: 0 }
    }

    #[test]
    fn a_packet_halts_at_each_gate() {
        assert_eq!(way_after(&track(), 75.0, 1.0, false), 50.0);
        assert_eq!(way_after(&track(), 150.0, 1.0, false), 100.0);
        assert_eq!(way_after(&track(), 189.0, 1.0, false), 100.0);
        assert_eq!(way_after(&track(), 190.0 + 75.0, 1.0, false), 150.0);
        assert_eq!(way_after(&track(), 10_000.0, 1.0, false), 200.0);
    }

    #[test]
    fn a_hop_is_never_too_quick_to_see() {
        assert_eq!(hop_ms(4.0), SHORTEST_HOP_MS);
        assert_eq!(hop_ms(0.25), 600.0);
    }

    #[test]
    fn where_nothing_may_move_a_packet_goes_from_gate_to_gate() {
        assert_eq!(way_after(&track(), 1.0, 1.0, true), 100.0);
        assert_eq!(way_after(&track(), 200.0, 1.0, true), 200.0);
    }
}
