//! From virtual time to a place on the timeline. Places are percentages; only what would cover each other has to be measured.

use eni_playground::view::timeline::TimelineView;

/// The width of the ruler until it has been measured, in CSS pixels: that of a page of 1024.
pub const USUAL_WIDTH: u64 = 880;

/// How much room there is for words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// The width of the ruler, in CSS pixels.
    pub width: u64,
    /// Whether letters are a step larger.
    pub large: bool,
}

/// The window of time that is shown, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// Its left edge.
    pub from: u64,
    /// Its right edge.
    pub to: u64,
    /// Now.
    pub now: u64,
}

impl Scale {
    /// The scale of a view.
    pub fn of(view: &TimelineView) -> Scale {
        Scale { from: view.from_ms, to: view.to_ms.max(view.from_ms + 1), now: view.now_ms }
    }

    /// Where an instant stands, in thousandths of a percent of the width, cut at the edges.
    fn at(&self, milliseconds: u64) -> u64 {
        (milliseconds.clamp(self.from, self.to) - self.from) * 100_000 / (self.to - self.from)
    }

    /// Where an instant stands, as an SVG length.
    pub fn x(&self, milliseconds: u64) -> String {
        percent(self.at(milliseconds))
    }

    /// How wide a span is, as an SVG length.
    pub fn width(&self, start: u64, end: u64) -> String {
        percent(self.at(end).saturating_sub(self.at(start)))
    }

    /// Whether an instant is in the window.
    pub fn shows(&self, milliseconds: u64) -> bool {
        (self.from..=self.to).contains(&milliseconds)
    }

    /// The instants that carry a figure: whole seconds, at most about a dozen.
    pub fn marks(&self) -> Vec<u64> {
        let span = self.to - self.from;
        let step = [1000, 2000, 5000, 10_000, 30_000, 60_000].into_iter().find(|step| span / step <= 13).unwrap_or(300_000);
        let first = self.from.div_ceil(step) * step;
        (0..=span / step).map(|index| first + index * step).filter(|mark| self.shows(*mark)).collect()
    }
}

fn percent(thousandths: u64) -> String {
    format!("{}.{:03}%", thousandths / 1000, thousandths % 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale() -> Scale {
        Scale { from: 4000, to: 16_000, now: 10_000 }
    }

    #[test]
    fn instants_stand_in_proportion_and_never_beyond_the_edges() {
        assert_eq!(scale().x(4000), "0.000%");
        assert_eq!(scale().x(10_000), "50.000%");
        assert_eq!(scale().x(1), "0.000%");
        assert_eq!(scale().x(99_999), "100.000%");
        assert_eq!(scale().width(0, 7000), "25.000%");
        assert_eq!(scale().width(9000, 8000), "0.000%");
    }

    #[test]
    fn figures_stand_at_whole_steps_and_stay_few() {
        assert_eq!(scale().marks().first(), Some(&4000));
        assert_eq!(scale().marks().len(), 13);
        let long = Scale { from: 1, to: 600_000, now: 0 };
        assert!(long.marks().len() <= 13 && long.marks().iter().all(|mark| mark % 10_000 == 0));
    }
}
