//! Rows that two columns share: a card that stands a little lower than one across the router is lifted to its height, so that wires run straight.

use crate::platform::screen::{Anchors, Rect};

/// Cards whose tops differ by more than this are no row.
const NEAR: f64 = 160.0;
/// What is left between two cards.
const GAP: f64 = 10.0;

/// The cards that are to be lifted, with how far. Only the last card of a subnet is: it stands at the lower edge with room above it.
pub fn lifts(anchors: &Anchors) -> Vec<(String, f64)> {
    let all = |kind: &'static str| anchors.iter().filter(move |(name, _)| name.starts_with(kind));
    let mut lifts = Vec::new();
    for (_, subnet) in all("subnet:") {
        let inside = |rect: &Rect| {
            rect.left >= subnet.left && rect.right() <= subnet.right() && rect.top >= subnet.top && rect.bottom() <= subnet.bottom()
        };
        let mut last: Option<(&String, &Rect)> = None;
        for (name, rect) in all("instance:").filter(|(_, rect)| inside(rect)) {
            if last.is_none_or(|(_, last)| rect.top > last.top) {
                last = Some((name, rect));
            }
        }
        let Some((name, card)) = last else { continue };
        let others = all("instance:").filter(|(other, rect)| *other != name && inside(rect)).map(|(_, rect)| rect.bottom());
        let above = others.fold(f64::NEG_INFINITY, f64::max);
        // What it keeps of a move stands above it and goes with it.
        let head = all("trail:").filter(|(_, rect)| inside(rect)).map(|(_, rect)| rect.top).fold(card.top, f64::min);
        let across = all("instance:").map(|(_, rect)| rect).filter(|rect| rect.left >= subnet.right());
        let lower = across.map(|rect| card.top - rect.top).filter(|by| *by > 0.0 && *by <= NEAR);
        let by = lower.fold(f64::INFINITY, f64::min);
        // A first card stands at the upper edge already.
        if above.is_finite() && by.is_finite() && head - by >= above + GAP {
            lifts.push((name.clone(), by));
        }
    }
    lifts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn board(second: f64, across: f64) -> Anchors {
        let rect = |left: f64, top: f64, width: f64, height: f64| Rect { left, top, width, height };
        let rows = [
            ("subnet:a", rect(0.0, 0.0, 300.0, 500.0)),
            ("subnet:b", rect(400.0, 200.0, 300.0, 300.0)),
            ("instance:1", rect(10.0, 30.0, 250.0, 150.0)),
            ("instance:2", rect(10.0, second, 250.0, 150.0)),
            ("instance:3", rect(440.0, across, 250.0, 150.0)),
        ];
        rows.into_iter().map(|(name, rect)| (name.to_owned(), rect)).collect()
    }

    #[test]
    fn the_last_card_is_lifted_to_the_row_across_when_there_is_room() {
        assert_eq!(lifts(&board(330.0, 318.0)), [("instance:2".to_owned(), 12.0)]);
        assert!(lifts(&board(330.0, 340.0)).is_empty(), "never lowered");
        assert!(lifts(&board(330.0, 160.0)).is_empty(), "another row");
        assert!(lifts(&board(200.0, 188.0)).is_empty(), "no room above");
    }
}
