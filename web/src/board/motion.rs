//! What flies: an ENI, an Elastic IP or a group goes to its new place along a straight line instead of jumping there.
//!
//! The place before is measured while the old page still stands, the place after when the new one does; the style sheet does the rest. Where
//! little may move nothing flies: both places are outlined, long enough to be seen.

use crate::platform::screen::{self, Rect};
use crate::platform::{flight, media};
use crate::store::Hand;
use eni_playground::table::Table;
use eni_playground::view::board::{BoardView, EniView};
use web_sys::Element;

/// How long it takes to a place, and back there by undo and redo.
const SETTLE: &str = "260ms";
const BACK: &str = "180ms";
/// After this many milliseconds nothing flies any more.
const OVER_MS: u32 = 450;
/// How long a change is outlined where nothing may move, in milliseconds.
const STILL_MS: u32 = 2_500;
/// What flights are drawn in: above all panes.
const LAYER: &str = ".flights";
/// More things at once are another board, not a move.
const MOST: usize = 12;

/// Things that are on their way.
#[derive(Default)]
pub struct Motion {
    /// With where they were in the window, and whether they were in the hand there.
    from: Vec<(String, Rect, bool)>,
    back: bool,
    /// Whether something was carried by a pointer when the board was drawn last.
    pub carried: bool,
}

impl Motion {
    /// The board is about to be drawn: remembers where the things are that will stand elsewhere.
    pub fn before(&mut self, page: &Element, boards: (&BoardView, &BoardView), hand: Option<&Hand>, back: bool) {
        // The board may change again before this change is drawn: what goes back already keeps its pace.
        self.back = back || self.back && !self.from.is_empty();
        let moved = moved(boards.0, boards.1);
        if moved.len() > MOST {
            return;
        }
        let lifted = if self.carried { page.query_selector(".lifted").ok().flatten() } else { None };
        for thing in moved {
            let source = thing.split('@').next().unwrap_or_default().to_owned();
            let held = hand.is_some_and(|hand| hand.thing == thing || hand.thing == source);
            let carried = lifted.as_ref().filter(|_| held);
            let element = carried.cloned().or_else(|| find(page, &thing)).or_else(|| find(page, &source));
            if let Some(rect) = element.map(|element| screen::in_window(&element)).filter(|rect| rect.left > 0.0 || rect.width > 0.0) {
                self.from.push((thing, rect, carried.is_some()));
            }
        }
    }

    /// The board is drawn: lets them fly, or marks them where nothing may move. For how many milliseconds, if there is anything to see.
    pub fn after(&mut self, page: &Element) -> Option<u32> {
        let from = std::mem::take(&mut self.from);
        let layer = page.query_selector(LAYER).ok().flatten().filter(|_| !from.is_empty())?;
        let still = media::reduced_motion();
        let mut lasts = None;
        for (thing, from, carried) in from {
            let Some(element) = find(page, &thing) else { continue };
            let to = screen::in_window(&element);
            if to.width <= 0.0 || (!carried || !still) && (from.left - to.left).hypot(from.top - to.top) <= 4.0 {
                continue;
            }
            if still {
                flight::outline(&layer, &element, (!carried).then_some(from));
            } else {
                flight::fly(&layer, &element, from, to, if self.back { BACK } else { SETTLE });
            }
            lasts = Some(if still { STILL_MS } else { OVER_MS });
        }
        lasts
    }

    /// All have arrived.
    pub fn over(page: &Element) {
        if let Some(layer) = page.query_selector(LAYER).ok().flatten() {
            flight::over(page, &layer);
        }
    }
}

/// What a thing looks like on the page: the whole chip of an ENI.
fn find(page: &Element, thing: &str) -> Option<Element> {
    // A part that was taken in the hand by a tap has left a place in the tray that has its menu still.
    let element = screen::find(page, "data-drag", thing).or_else(|| screen::find(page, "data-menu", thing))?;
    element.closest(".eni").ok().flatten().filter(|_| thing.starts_with("eni:")).or(Some(element))
}

/// Things that stand at another place on the second board than on the first, or have come to an ENI.
fn moved(before: &BoardView, after: &BoardView) -> Vec<String> {
    let (before, after) = (places(before), places(after));
    let known = |thing: &str| before.contains_key(thing);
    let flies = |(thing, place): &(&String, &String)| match before.get(*thing) {
        Some(old) => old != *place,
        // A group that an ENI gets comes from the tray; an ENI that is new comes from nowhere.
        None => thing.strip_prefix("group:").and_then(|group| group.split_once('@')).is_some_and(|(_, eni)| known(&format!("eni:{eni}"))),
    };
    after.iter().filter(flies).map(|(thing, _)| thing.clone()).collect()
}

/// Where each thing stands.
fn places(board: &BoardView) -> Table<String, String> {
    let mut places = Table::new();
    let mut put = |eni: &EniView, place: String| {
        let name = format!("eni:{}", eni.id);
        for group in &eni.groups {
            places.insert(format!("group:{}@{}", group.id, eni.id), name.clone());
        }
        for allocation in eni.addresses.iter().filter_map(|address| address.allocation.as_ref()) {
            places.insert(format!("elastic-ip:{allocation}"), name.clone());
        }
        places.insert(name, place);
    };
    for subnet in board.vpcs.iter().flat_map(|vpc| &vpc.zones).flat_map(|zone| &zone.subnets) {
        for instance in &subnet.instances {
            for slot in &instance.slots {
                if let Some(eni) = &slot.eni {
                    put(eni, format!("{}/{}/{}", instance.id, slot.card, slot.index));
                }
            }
        }
        for eni in &subnet.service_enis {
            put(eni, subnet.id.clone());
        }
    }
    for eni in &board.tray.enis {
        put(eni, "tray".to_owned());
    }
    for address in board.tray.elastic_ips.iter().filter(|address| address.free) {
        places.insert(format!("elastic-ip:{}", address.id), "tray".to_owned());
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use eni_playground::view::board::{AddressView, ElasticIpView, GroupBadge, TrayView};
    use std::rc::Rc;

    fn board(groups: &[&str], elastic: Option<&str>) -> BoardView {
        let groups = groups.iter().map(|&id| GroupBadge { id: id.to_owned(), ..GroupBadge::default() }).collect();
        let address = AddressView { allocation: elastic.map(str::to_owned), ..AddressView::default() };
        let eni = EniView { id: "eni-1".to_owned(), groups, addresses: vec![address], ..EniView::default() };
        let free = ElasticIpView { id: "eipalloc-1".to_owned(), free: elastic.is_none(), ..ElasticIpView::default() };
        let tray = TrayView { enis: vec![eni], elastic_ips: vec![free], groups: Vec::new() };
        BoardView { tray: Rc::new(tray), ..BoardView::default() }
    }

    #[test]
    fn what_has_another_place_flies_and_what_is_new_does_not() {
        let (before, after) = (board(&["sg-1"], None), board(&["sg-1", "sg-2"], Some("eipalloc-1")));
        assert_eq!(moved(&before, &after), ["elastic-ip:eipalloc-1", "group:sg-2@eni-1"]);
        assert_eq!(moved(&after, &before), ["elastic-ip:eipalloc-1"]);
        assert!(moved(&before, &before).is_empty());
        assert!(moved(&BoardView::default(), &before).iter().all(|thing| !thing.starts_with("eni:")));
    }
}
