//! The board: boxes in boxes as ordinary elements, wires and gates as SVG over them, packets on a canvas over that.
//!
//! The boxes are laid out by the style sheet and are, in the order of the document, what a screen reader walks: VPC, zone, subnet, instance,
//! ENI. Wires follow from the boxes as they were measured (`geometry`), never the other way round.
//!
//! Attributes by which the parts find each other:
//!
//! - `data-anchor`: a place that wires and packets know, as `eni:eni-…`;
//! - `data-drag`: something that can be picked up, by its name in `Msg::PickUp`;
//! - `data-menu`: something that has a menu, by its name in `Msg::OpenMenu`;
//! - `data-rove`: a stop of the arrow keys;
//! - `data-for-eni`, `data-for-elastic-ip`, `data-for-group`: a place where one of that kind may be let go, by `DropTarget::place`.

mod canvas;
mod chip;
mod client;
mod geometry;
mod hands;
mod instance;
mod meter;
mod motion;
mod refusal;
mod root;
mod slot;
mod subnet;
mod tray;
mod vpc;
mod wires;

pub use canvas::Sky;
pub use hands::{Hands, Held};
pub use root::Board;
pub use tray::Tray;

use crate::store::{Hand, Place};
use std::rc::Rc;
use yew::Classes;

/// What the boxes have to know beside what they show.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks {
    /// What is in the hand.
    pub hand: Option<Rc<Hand>>,
    /// What is chosen.
    pub selected: Option<String>,
    /// ENIs that refused the newest packet of some flow, or the chosen one.
    pub stopped: Vec<String>,
    /// The stop of the arrow keys that Tab comes to.
    pub stop: Option<String>,
}

impl Marks {
    /// The classes of a place for what is in the hand.
    pub fn place(&self, place: &str) -> Classes {
        let Some(hand) = self.hand.as_ref().filter(|hand| !hand.locked) else { return Classes::new() };
        let over = hand.over.as_deref() == Some(place);
        let mut classes = Classes::new();
        match hand.place(place) {
            Place::Legal(_) => classes.push("is-legal"),
            Place::Illegal(_) if over => classes.push("is-illegal"),
            Place::Illegal(_) => classes.push("is-barred"),
            Place::Outside => {}
        }
        if over && !classes.is_empty() {
            classes.push("is-over");
        }
        classes
    }

    /// The words of a legal place.
    pub fn legal_text(&self, place: &str) -> Option<String> {
        match self.hand.as_ref().filter(|hand| !hand.locked)?.place(place) {
            Place::Legal(target) => Some(target.text.clone()),
            _ => None,
        }
    }

    /// Whether this very thing is in the hand.
    pub fn holds(&self, thing: &str) -> bool {
        self.hand.as_ref().is_some_and(|hand| hand.thing == thing && !hand.locked)
    }

    /// `0` for the one stop that Tab comes to, `-1` for the others.
    pub fn tab_index(&self, thing: &str) -> &'static str {
        if self.stop.as_deref() == Some(thing) { "0" } else { "-1" }
    }
}
