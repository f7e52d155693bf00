//! Streams: where more packets set out in a second than can be told apart, a wire carries dashes whose pace is the rate, and the rate beside it.
//! No packet is left out without a word.
//!
//! What counts is the rate in virtual time, never how many are in flight just now: that follows from the speed of time and of the machine.

use super::track::Track;
use eni_playground::view::timeline::FlightView;
use std::collections::VecDeque;

/// The rate is counted over so much virtual time, in milliseconds.
const WINDOW_MS: u64 = 1_000;
/// A way of more packets a second than this is a stream. Who asks five times a second sends 25.
const DENSE: usize = 60;
/// And so are the busiest ways while those that are none have more than this together.
const MOST_APART: usize = 240;
/// More packets than these in the window are not counted one by one.
const MOST_COUNTED: usize = 5_000;
/// A dash and the gap after it, in pixels.
const PERIOD: f64 = 20.0;
/// The dash alone.
const DASH: f64 = 9.0;

/// Many packets of one path.
pub struct Stream {
    /// The first of them.
    pub flight: FlightView,
    /// Its line.
    pub track: Track,
    /// When those of the window set out, in milliseconds of virtual time.
    sent: VecDeque<u64>,
    /// How far the dashes have come, in pixels.
    phase: f64,
    /// Whether it is drawn as one; else its packets are dots.
    dense: bool,
}

/// The ways that packets flew in the last second.
#[derive(Default)]
pub struct Streams {
    ways: Vec<Stream>,
}

impl Streams {
    /// A packet sets out. True if its way is a stream, so that it is no dot; in `joined` stands a way that has just become one.
    pub fn take(&mut self, flight: &FlightView, track: &Track, joined: &mut Option<FlightView>) -> bool {
        let at = self.ways.iter().position(|way| way.takes(flight)).unwrap_or_else(|| {
            self.ways.push(Stream::new(flight.clone(), track.clone()));
            self.ways.len() - 1
        });
        let apart: usize = self.ways.iter().filter(|way| !way.dense).map(Stream::rate).sum();
        let busiest = self.ways.iter().filter(|way| !way.dense).map(Stream::rate).max().unwrap_or(0);
        let Some(way) = self.ways.get_mut(at) else { return false };
        way.add(flight.at_ms);
        let crowded = apart >= MOST_APART && way.rate() >= busiest;
        if !way.dense && (way.rate() > DENSE || crowded) {
            way.dense = true;
            *joined = Some(way.flight.clone());
        }
        way.dense
    }

    /// Time goes on: dashes move, and what has calmed down is told apart again. `now_ms` is virtual, `passed_ms` real.
    pub fn frame(&mut self, now_ms: u64, passed_ms: f64) {
        for way in &mut self.ways {
            way.forget_before(now_ms);
            way.flow(passed_ms);
        }
        self.ways.retain(|way| way.rate() > 0);
        // A stream is one until its rate has fallen well below what made it one: it does not flicker.
        let all: usize = self.ways.iter().map(Stream::rate).sum();
        for way in &mut self.ways {
            way.dense = way.dense && (way.rate() > DENSE * 2 / 3 || all > MOST_APART * 2 / 3);
        }
    }

    /// Those that are drawn.
    pub fn shown(&self) -> impl Iterator<Item = &Stream> {
        self.ways.iter().filter(|way| way.dense)
    }

    /// The board was measured anew; a way that is not on it any more is forgotten.
    pub fn replan(&mut self, track: impl Fn(&FlightView) -> Option<Track>) {
        self.ways.retain_mut(|way| track(&way.flight).map(|track| way.track = track).is_some());
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.ways.clear();
    }
}

impl Stream {
    /// A stream that has no packet yet.
    fn new(flight: FlightView, track: Track) -> Stream {
        Stream { flight, track, sent: VecDeque::new(), phase: 0.0, dense: false }
    }

    /// Whether a packet is one of this stream.
    fn takes(&self, flight: &FlightView) -> bool {
        same_way(&self.flight, flight)
    }

    /// A packet set out.
    fn add(&mut self, at_ms: u64) {
        while self.sent.front().is_some_and(|first| first + WINDOW_MS < at_ms) {
            self.sent.pop_front();
        }
        if self.sent.len() >= MOST_COUNTED {
            self.sent.pop_front();
        }
        self.sent.push_back(at_ms);
    }

    /// What is older than the window counts no more.
    fn forget_before(&mut self, now_ms: u64) {
        let from = now_ms.saturating_sub(WINDOW_MS);
        // Packets may come a little out of order: what is old is taken wherever it stands.
        self.sent.retain(|at| *at >= from);
    }

    /// Packets a second.
    pub fn rate(&self) -> usize {
        self.sent.len()
    }

    /// Real time goes on: the dashes move.
    fn flow(&mut self, passed_ms: f64) {
        self.phase = (self.phase + passed_ms / 1000.0 * pace(self.rate())) % PERIOD;
    }

    /// The dashes on its line, as distances from its start.
    pub fn dashes(&self) -> impl Iterator<Item = (f64, f64)> {
        let (length, first) = (self.track.length(), self.phase - PERIOD);
        // As many as fit, and one that comes in: a wire is a few thousand pixels long at most.
        let count = (length / PERIOD) as u32 + 2;
        (0..count)
            .map(move |at| first + f64::from(at) * PERIOD)
            .map(move |from| (from.max(0.0), (from + DASH).min(length)))
            .filter(|(from, to)| to > from)
    }
}

/// Whether two packets fly the same way and end the same way.
pub fn same_way(one: &FlightView, other: &FlightView) -> bool {
    one.lost == other.lost && one.reply == other.reply && one.path == other.path
}

/// How fast dashes move, in pixels a second: faster for more packets, never so fast that they seem to stand or to run back.
fn pace(rate: usize) -> f64 {
    // Rates are small whole numbers.
    (40.0 + rate as f64 * 0.5).min(320.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream() -> Stream {
        let track = Track { points: vec![(0.0, 0.0), (100.0, 0.0)], ..Track::default() };
        Stream::new(FlightView { path: vec!["eni:a".to_owned(), "eni:b".to_owned()], ..FlightView::default() }, track)
    }

    fn way(name: &str) -> FlightView {
        FlightView { path: vec![name.to_owned()], ..FlightView::default() }
    }

    /// So many packets a second for so many seconds, on so many ways in turn: how many ways are streams then.
    fn streams(rate: u64, seconds: u64, ways: u64) -> (Streams, usize) {
        let mut streams = Streams::default();
        for packet in 0..rate * seconds {
            let at_ms = packet * 1_000 / rate;
            let flight = FlightView { at_ms, ..way(&(packet % ways).to_string()) };
            streams.take(&flight, &Track::default(), &mut None);
            streams.frame(at_ms, 16.0);
        }
        let shown = streams.shown().count();
        (streams, shown)
    }

    #[test]
    fn a_way_is_a_stream_by_its_rate_alone() {
        assert_eq!(streams(25, 60, 1).1, 0, "a client that asks five times a second, however long");
        assert_eq!(streams(50, 10, 1).1, 0);
        assert_eq!(streams(100, 2, 1).1, 1);
        assert_eq!(streams(100, 2, 4).1, 0, "four ways of 25");
        // However slow the machine: many at once that set out over a long time are no stream.
        let mut late = Streams::default();
        assert!((0..200).all(|packet| !late.take(&FlightView { at_ms: packet * 40, ..way("a") }, &Track::default(), &mut None)));
    }

    #[test]
    fn where_all_ways_together_are_too_many_the_busiest_become_streams() {
        let shown = streams(400, 2, 10).1;
        assert!((1..10).contains(&shown), "{shown} of 10 ways of 40 a second");
    }

    #[test]
    fn a_stream_that_has_become_thin_is_told_apart_again() {
        let (mut streams, shown) = streams(100, 2, 1);
        assert_eq!(shown, 1);
        let mut joined = None;
        for packet in 0..100 {
            streams.take(&FlightView { at_ms: 2_000 + packet * 40, ..way("0") }, &Track::default(), &mut joined);
            streams.frame(2_000 + packet * 40, 16.0);
        }
        assert_eq!((streams.shown().count(), joined), (0, None));
        streams.frame(99_000, 16.0);
        assert!(streams.ways.is_empty(), "what has dried up is forgotten");
    }

    #[test]
    fn the_rate_counts_what_set_out_in_the_last_second() {
        let mut stream = stream();
        (0..50).for_each(|at| stream.add(at * 40));
        stream.forget_before(1_999);
        assert_eq!(stream.rate(), 25);
        stream.forget_before(9_000);
        assert_eq!(stream.rate(), 0, "a stream that has dried up");
    }

    #[test]
    fn dashes_cover_the_line_and_stay_on_it() {
        let mut stream = stream();
        stream.flow(100.0);
        let dashes: Vec<(f64, f64)> = stream.dashes().collect();
        assert_eq!(dashes.len(), 5, "{dashes:?}");
        assert!(dashes.iter().all(|(from, to)| *from >= 0.0 && *to <= 100.0 && to - from <= DASH));
        let before = dashes;
        (0..100).for_each(|at| stream.add(at));
        stream.flow(50.0);
        assert_ne!(stream.dashes().collect::<Vec<_>>(), before, "they move");
    }

    #[test]
    fn lost_packets_and_answers_are_other_streams() {
        let stream = stream();
        let other = FlightView { lost: true, ..stream.flight.clone() };
        assert!(stream.takes(&stream.flight.clone()) && !stream.takes(&other));
        assert!(pace(10) < pace(100) && pace(10_000) <= 320.0);
    }
}
