//! What the boxes have to know beside what they show: what is in the hand, what is chosen, and how closely they are drawn.

use crate::platform::screen;
use crate::store::{Hand, Places, enis};
use eni_playground::view::board::{BoardView, InstanceView, SlotView};
use std::rc::Rc;
use web_sys::Element;
use yew::Callback;

/// Up to so many ENIs on instances each has two lines, and each free place a line.
const ROOMY: usize = 24;
/// Up to so many each has a line; above that an instance has one.
const CLOSE: usize = 120;

/// How closely the boxes are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    /// Chips of two lines, every device index.
    #[default]
    Roomy,
    /// Chips of one line, free places counted.
    Close,
    /// An instance in one line, its ENIs as ticks.
    Dense,
}

impl Density {
    /// What a board needs.
    pub fn of(board: &BoardView) -> Density {
        match enis(board).count() - board.tray.enis.len() {
            count if count <= ROOMY => Density::Roomy,
            count if count <= CLOSE => Density::Close,
            _ => Density::Dense,
        }
    }

    /// Its class.
    pub fn class(self) -> Option<&'static str> {
        match self {
            Density::Roomy => None,
            Density::Close => Some("is-close"),
            Density::Dense => Some("is-dense"),
        }
    }
}

/// What the boxes have to know beside what they show.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// What is in the hand, unless it may not be lifted.
    held: Option<String>,
    /// The places that matter for it.
    places: Rc<Places>,
    /// What is chosen.
    pub selected: Option<String>,
    /// ENIs that refused the newest packet of some flow, or the chosen one.
    pub stopped: Vec<String>,
    /// The anchors that the chosen packet passes: they are drawn in full.
    pub path: Vec<String>,
    /// The stop of the arrow keys that Tab comes to.
    pub stop: Option<String>,
    /// How closely the boxes are drawn.
    pub density: Density,
    /// To be told when a box changes its size by itself.
    pub resized: Callback<()>,
    /// The same for boxes that none of this is about.
    quiet: Option<Rc<Marks>>,
}

impl PartialEq for Marks {
    fn eq(&self, other: &Marks) -> bool {
        // The places of one hand in one state of the network are one value.
        Rc::ptr_eq(&self.places, &other.places)
            && self.held == other.held
            && self.selected == other.selected
            && self.stopped == other.stopped
            && self.path == other.path
            && self.stop == other.stop
            && self.density == other.density
    }
}

impl Marks {
    /// For what is in the hand, or nothing.
    pub fn new(hand: Option<&Hand>, density: Density, none: &Rc<Places>) -> Marks {
        let hand = hand.filter(|hand| !hand.locked);
        let held = hand.map(|hand| hand.thing.clone());
        let places = hand.map_or_else(|| none.clone(), |hand| hand.places.clone());
        Marks { held, places, density, ..Marks::default() }
    }

    /// Ready to be shared: most boxes of a large board need no more than what the hand holds.
    pub fn share(mut self) -> Rc<Marks> {
        let quiet = Marks {
            held: self.held.clone(),
            places: self.places.clone(),
            density: self.density,
            resized: self.resized.clone(),
            ..Marks::default()
        };
        self.quiet = Some(Rc::new(quiet));
        Rc::new(self)
    }

    /// For one instance: the quiet ones, unless something is marked there.
    pub fn of_instance(self: &Rc<Marks>, instance: &InstanceView) -> Rc<Marks> {
        let named = |name: &String| names(instance, name);
        let here = self.stop.iter().chain(&self.stopped).any(named) || self.is_open(instance);
        match &self.quiet {
            Some(quiet) if !here => quiet.clone(),
            _ => self.clone(),
        }
    }

    /// Whether an instance is drawn in full on a dense board: it or something on it is chosen, or the chosen packet passes it.
    pub fn is_open(&self, instance: &InstanceView) -> bool {
        self.selected.iter().chain(&self.path).any(|name| names(instance, name))
    }

    /// The anchor of a place that the chosen packet met an ENI at which has left it since.
    pub fn once_at(&self, place: &str) -> Option<String> {
        let slot = place.strip_prefix("slot:")?;
        self.path.iter().find(|anchor| anchor.split_once('@').is_some_and(|(_, at)| at == slot)).cloned()
    }

    /// The classes of a place for what is in the hand.
    pub fn place(&self, place: &str) -> Option<&'static str> {
        self.places.get(place).map(|text| if text.is_empty() { "is-barred" } else { "is-legal" })
    }

    /// The words of a legal place.
    pub fn legal_text(&self, place: &str) -> Option<String> {
        self.places.get(place).filter(|text| !text.is_empty()).cloned()
    }

    /// Whether this very thing is in the hand.
    pub fn holds(&self, thing: &str) -> bool {
        self.held.as_deref() == Some(thing)
    }

    /// Whether an Elastic IP is in the hand: each private address is a place for it then.
    pub fn holds_address(&self) -> bool {
        self.held.as_ref().is_some_and(|held| held.starts_with("elastic-ip:"))
    }

    /// `0` for the one stop that Tab comes to, `-1` for the others.
    pub fn tab_index(&self, thing: &str) -> &'static str {
        if self.stop.as_deref() == Some(thing) { "0" } else { "-1" }
    }

    /// The free place that stands for all free places of an instance: one that takes what is in the hand, else the first.
    pub fn free_place<'v>(&self, instance: &InstanceView, free: &[&'v SlotView]) -> Option<(&'v SlotView, String)> {
        let name = |slot: &SlotView| slot_place(&instance.id, slot);
        let takes = free.iter().find(|slot| self.legal_text(&name(slot)).is_some());
        takes.or(free.first()).map(|slot| (*slot, name(slot)))
    }
}

/// The name of a place for an ENI.
pub fn slot_place(instance: &str, slot: &SlotView) -> String {
    format!("slot:{instance}/{}/{}", slot.card, slot.index)
}

/// Whether a thing, as `eni:eni-…` or `group:sg-…@eni-…`, is this instance or is on it.
fn names(instance: &InstanceView, thing: &str) -> bool {
    // What was met on an ENI that has left the instance names its place there: `eni:eni-…@i-…/0/1`.
    let id = thing.rsplit([':', '@']).next().unwrap_or_default().split('/').next().unwrap_or_default();
    let on = |slot: &SlotView| {
        slot.eni.as_ref().is_some_and(|eni| eni.id == id || eni.addresses.iter().any(|address| address.allocation.as_deref() == Some(id)))
    };
    instance.id == id || instance.slots.iter().any(on)
}

/// How much of what lies around a place that the keys have come to is shown with it, in pixels: below lies the bar of what is in the hand.
const AROUND: f64 = 64.0;

/// What is carried is over a place now: it wears a mark that the style sheet knows, and comes into sight where no pointer has brought it there.
pub fn mark_over(page: &Element, over: Option<&str>) {
    let set = |element: Element, on: bool| {
        // Refused only for a bad name.
        let _ = if on { element.set_attribute("data-over", "") } else { element.remove_attribute("data-over") };
    };
    let place = over.and_then(|over| {
        ["data-place", "data-anchor", "data-for-elastic-ip", "data-for-group", "data-for-eni"]
            .iter()
            .find_map(|attribute| screen::find(page, attribute, over))
    });
    let before = page.query_selector("[data-over]").ok().flatten();
    if before != place {
        before.into_iter().for_each(|element| set(element, false));
        let dragging = page.get_attribute("class").is_some_and(|class| class.contains("is-dragging"));
        if let (Some(place), Some(board), false) = (&place, page.query_selector(".board").ok().flatten(), dragging)
            && board.contains(Some(place))
        {
            screen::show_in(&board, place, AROUND);
        }
        place.into_iter().for_each(|element| set(element, true));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eni_playground::view::board::{AddressView, EniView};

    fn instance() -> InstanceView {
        let address = AddressView { allocation: Some("eipalloc-1".to_owned()), ..AddressView::default() };
        let eni = EniView { id: "eni-1".to_owned(), addresses: vec![address], ..EniView::default() };
        let slots = vec![
            SlotView { eni: Some(eni), ..SlotView::default() },
            SlotView { index: 1, ..SlotView::default() },
            SlotView { index: 2, ..SlotView::default() },
        ];
        InstanceView { id: "i-1".to_owned(), slots, ..InstanceView::default() }
    }

    #[test]
    fn an_instance_is_marked_by_itself_and_by_all_that_is_on_it() {
        for thing in ["instance:i-1", "eni:eni-1", "group:sg-1@eni-1", "elastic-ip:eipalloc-1"] {
            assert!(names(&instance(), thing), "{thing}");
        }
        assert!(names(&instance(), "eni:eni-2@i-1/0/1"), "what was there once");
        assert!(!names(&instance(), "eni:eni-2") && !names(&instance(), "group:sg-1"));
        let marks = Marks { path: vec!["eni:eni-2@i-1/0/1".to_owned()], ..Marks::default() };
        assert_eq!(marks.once_at("slot:i-1/0/1").as_deref(), Some("eni:eni-2@i-1/0/1"));
        assert_eq!((marks.once_at("slot:i-1/0/2"), marks.once_at("tray")), (None, None));
    }

    #[test]
    fn what_nothing_is_marked_on_gets_the_quiet_marks() {
        let marks = Marks { stop: Some("eni:eni-2".to_owned()), selected: Some("instance:i-2".to_owned()), ..Marks::default() }.share();
        assert_eq!(marks.of_instance(&instance()).stop, None);
        let marks = Marks { stop: Some("group:sg-1@eni-1".to_owned()), ..Marks::default() }.share();
        assert_eq!(marks.of_instance(&instance()).tab_index("group:sg-1@eni-1"), "0");
    }

    #[test]
    fn the_free_place_is_one_that_takes_what_is_in_the_hand() {
        let mut places = Places::new();
        places.insert("slot:i-1/0/1".to_owned(), String::new());
        places.insert("slot:i-1/0/2".to_owned(), "it may go here".to_owned());
        let (view, mut marks) = (instance(), Marks::default());
        let free: Vec<&SlotView> = view.slots.iter().skip(1).collect();
        let at = |marks: &Marks| marks.free_place(&view, &free).map(|(_, place)| place);
        assert_eq!(at(&marks).as_deref(), Some("slot:i-1/0/1"));
        marks.places = Rc::new(places);
        assert_eq!(at(&marks).as_deref(), Some("slot:i-1/0/2"));
        assert_eq!(
            (marks.place("slot:i-1/0/1"), marks.place("slot:i-1/0/2"), marks.place("tray")),
            (Some("is-barred"), Some("is-legal"), None)
        );
    }
}
