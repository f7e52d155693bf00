//! The callout of a refusal: our few words, AWS's message and code, and who would take it.

use super::props::BoardProps;
use crate::glyph::{Icon, glyph_sized};
use crate::platform::screen::{self, Rect};
use crate::refusal::instead;
use eni_playground::view::board::RefusalView;
use web_sys::Element;
use yew::prelude::*;

/// How far below or above its place it opens.
const GAP: f64 = 12.0;

/// How far above or below a place what is carried over it may reach: it hangs on the pointer, which is over the place.
const CARRIED: f64 = 26.0;

/// The refusal that is to be shown now, and the place that it belongs to.
fn current(props: &BoardProps) -> Option<(RefusalView, Option<String>)> {
    if let Some(hand) = &props.hand {
        if hand.locked {
            return props.refusal.as_ref().map(|refusal| ((**refusal).clone(), Some(hand.thing.clone())));
        }
        let target = hand.over_target()?;
        // What was tried there and refused for another reason, as on a page for reading, is said there, too.
        let tried = || props.refusal.as_deref().filter(|_| props.refused_at.as_ref() == Some(&target.place)).cloned();
        return target.refusal.clone().or_else(tried).map(|refusal| (refusal, Some(target.place.clone())));
    }
    props.refusal.as_ref().map(|refusal| ((**refusal).clone(), props.refused_at.clone()))
}

/// The callout, if something is refused.
pub fn callout(props: &BoardProps) -> Html {
    let Some((refusal, place)) = current(props) else { return html! {} };
    let message = refusal.message.clone();
    html! {
        <div class={classes!("refuse", place.is_none().then_some("is-loose"))} data-refusal={refusal.code.clone()}>
            <p class="refuse-title">{ glyph_sized(Icon::Forbidden, "s") }{ refusal.headline.clone() }</p>
            if !refusal.reason.is_empty() { <p>{ refusal.reason.clone() }</p> }
            <p><q>{ message }</q>{ " " }<code>{ refusal.code.clone() }</code></p>
            { instead(&refusal) }
        </div>
    }
}

/// Puts the callout below its place, or above it where there is no room.
pub fn place(content: &Element, props: &BoardProps) {
    let Some((_, Some(name))) = current(props) else { return };
    let Some(callout) = content.query_selector(".refuse").ok().flatten() else { return };
    let attributes = ["data-place", "data-anchor", "data-for-eni", "data-for-elastic-ip", "data-for-group"];
    let Some(target) = attributes.iter().find_map(|attribute| screen::find(content, attribute, &name)) else { return };
    let carried = content.closest(".is-dragging").ok().flatten().is_some();
    let (origin, target, size) =
        (content.get_bounding_client_rect(), target.get_bounding_client_rect(), callout.get_bounding_client_rect());
    let seen = content.closest(".board").ok().flatten().map_or(Rect::default(), |board| screen::in_window(&board));
    let pane = content.closest(".eni-app").ok().flatten().and_then(|page| page.query_selector(".area-why").ok().flatten());
    let area = uncovered(seen, pane.map(|pane| screen::in_window(&pane)));
    let area = Rect { left: area.left - origin.left(), top: area.top - origin.top(), ..area };
    let target =
        Rect { left: target.left() - origin.left(), top: target.top() - origin.top(), width: target.width(), height: target.height() };
    let (left, top, above) = position(&area, &target, (size.width(), size.height()), if carried { GAP + CARRIED } else { GAP });
    screen::set_property(&callout, "--x", &format!("{left}px"));
    screen::set_property(&callout, "--y", &format!("{top}px"));
    screen::set_property(&callout, "--tip", &format!("{}px", (target.x() - left).clamp(20.0, (size.width() - 20.0).max(20.0)) - 6.0));
    // The attribute, not a class: the classes belong to the virtual DOM. It is refused only for a bad name.
    let _ = callout.set_attribute("data-side", if above { "above" } else { "below" });
}

/// What of the board can be seen: beside a pane that lies over it as a drawer, above one that lies over it as a sheet.
fn uncovered(board: Rect, pane: Option<Rect>) -> Rect {
    let over = |pane: &Rect| {
        pane.width > 0.0 && pane.left < board.right() && pane.right() > board.left && pane.top < board.bottom() && pane.bottom() > board.top
    };
    match pane.filter(over) {
        Some(drawer) if drawer.left > board.left => Rect { width: drawer.left - board.left, ..board },
        Some(sheet) => Rect { height: (sheet.top - board.top).max(0.0), ..board },
        None => board,
    }
}

/// Where a callout of a size goes beside a place, with a gap between them: left, top, and whether that is above.
fn position(area: &Rect, target: &Rect, size: (f64, f64), gap: f64) -> (f64, f64, bool) {
    let first = area.left + 4.0;
    let left = (target.x() - size.0 / 2.0).clamp(first, (area.right() - size.0 - 4.0).max(first));
    let below = target.bottom() + gap;
    let above = target.top - gap - size.1;
    if below + size.1 > area.bottom() && above >= area.top.max(0.0) { (left, above, true) } else { (left, below, false) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_opens_below_then_above_and_stays_on_the_board() {
        let area = Rect { left: 0.0, top: 0.0, width: 400.0, height: 500.0 };
        let at = |left, top| Rect { left, top, width: 100.0, height: 40.0 };
        assert_eq!(position(&area, &at(150.0, 100.0), (200.0, 90.0), GAP), (100.0, 152.0, false));
        assert_eq!(position(&area, &at(150.0, 420.0), (200.0, 90.0), GAP), (100.0, 318.0, true));
        assert_eq!(position(&area, &at(350.0, 100.0), (200.0, 90.0), GAP).0, 196.0);
    }

    #[test]
    fn it_keeps_to_what_no_pane_covers() {
        let board = Rect { left: 50.0, top: 50.0, width: 700.0, height: 600.0 };
        let drawer = Rect { left: 430.0, top: 50.0, width: 320.0, height: 600.0 };
        let sheet = Rect { left: 50.0, top: 350.0, width: 700.0, height: 300.0 };
        assert_eq!(uncovered(board, None), board);
        assert_eq!(uncovered(board, Some(drawer)), Rect { width: 380.0, ..board });
        assert_eq!(uncovered(board, Some(sheet)), Rect { height: 300.0, ..board });
        assert_eq!(uncovered(board, Some(Rect { left: 750.0, ..drawer })), board, "a pane beside it covers nothing");
        assert_eq!(uncovered(board, Some(Rect::default())), board, "nor does one that is not shown");
        // A place at the drawer's side, and one just above the sheet.
        let at = |left, top| Rect { left, top, width: 100.0, height: 40.0 };
        assert_eq!(position(&uncovered(board, Some(drawer)), &at(380.0, 100.0), (200.0, 90.0), GAP).0, 226.0);
        assert_eq!(position(&uncovered(board, Some(sheet)), &at(100.0, 300.0), (200.0, 90.0), GAP).1, 198.0);
    }
}
