//! What the board is given.

use super::canvas::Sky;
use crate::store::{Dispatch, FlowWire, Hand, Selection};
use eni_playground::view::board::{BoardView, RefusalView};
use eni_playground::view::why::WhyView;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// What the board shows.
#[derive(Clone, Properties)]
pub struct BoardProps {
    /// The boxes.
    pub board: Rc<BoardView>,
    /// The flows that run.
    pub wires: Rc<Vec<FlowWire>>,
    /// The packet that is asked about.
    pub why: Option<Rc<WhyView>>,
    /// What is in the hand.
    pub hand: Option<Rc<Hand>>,
    /// The last refusal of an act.
    pub refusal: Option<Rc<RefusalView>>,
    /// Where it happened.
    pub refused_at: Option<String>,
    /// What is chosen.
    pub selection: Selection,
    /// The colours.
    pub theme: &'static str,
    /// Counts changes of the window's size.
    pub resized: u32,
    /// The packets in flight.
    pub sky: Rc<RefCell<Sky>>,
    /// The way to the store.
    pub send: Dispatch,
}

impl PartialEq for BoardProps {
    fn eq(&self, other: &BoardProps) -> bool {
        self.board == other.board
            && self.wires == other.wires
            && self.why == other.why
            && self.hand == other.hand
            && self.refusal == other.refusal
            && self.refused_at == other.refused_at
            && self.selection == other.selection
            && self.theme == other.theme
            && self.resized == other.resized
    }
}
