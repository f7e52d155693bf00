//! Streams: where more packets fly than can be told apart, a wire carries dashes whose pace is the rate, and the rate beside it. No packet is
//! left out without a word.

use super::track::Track;
use eni_playground::view::timeline::FlightView;
use std::collections::VecDeque;

/// The rate is counted over so much virtual time, in milliseconds.
const WINDOW_MS: u64 = 1_000;
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
}

impl Stream {
    /// A stream that has no packet yet.
    pub fn new(flight: FlightView, track: Track) -> Stream {
        Stream { flight, track, sent: VecDeque::new(), phase: 0.0 }
    }

    /// Whether a packet is one of this stream.
    pub fn takes(&self, flight: &FlightView) -> bool {
        same_way(&self.flight, flight)
    }

    /// A packet set out.
    pub fn add(&mut self, at_ms: u64) {
        if self.sent.len() >= MOST_COUNTED {
            self.sent.pop_front();
        }
        self.sent.push_back(at_ms);
    }

    /// What is older than the window counts no more.
    pub fn forget_before(&mut self, now_ms: u64) {
        let from = now_ms.saturating_sub(WINDOW_MS);
        // Packets may come a little out of order: what is old is taken wherever it stands.
        self.sent.retain(|at| *at >= from);
    }

    /// Packets a second.
    pub fn rate(&self) -> usize {
        self.sent.len()
    }

    /// Real time goes on: the dashes move.
    pub fn flow(&mut self, passed_ms: f64) {
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
