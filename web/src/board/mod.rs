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
//! - `data-for-eni`, `data-for-elastic-ip`, `data-for-group`: a place where one of that kind may be let go, by `DropTarget::place`;
//! - `data-over`: the place that what is carried is over. It is set past the virtual DOM: nothing else has to be drawn for it.

mod canvas;
mod chip;
mod client;
mod edge;
mod geometry;
mod hands;
mod instance;
mod marks;
mod meter;
mod motion;
mod props;
mod refusal;
mod root;
mod rows;
mod slot;
mod state;
mod stream;
mod subnet;
mod tile;
mod track;
mod tray;
mod vpc;
mod wires;

pub use canvas::Sky;
pub use hands::{Hands, Held};
pub use marks::Marks;
pub use root::Board;
pub use tray::Tray;
