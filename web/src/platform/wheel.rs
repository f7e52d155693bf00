//! The wheel of a mouse, and two fingers on a touchpad, over one element.

use super::window::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, WheelEvent};
use yew::{Callback, NodeRef};

/// Listens until it is dropped.
pub struct Wheel {
    _listener: EventListener,
}

/// How far across and down, whether counted in lines, and whether that was over the part that takes all of it.
pub type Turned = ((f64, f64), bool, bool);

impl Wheel {
    /// Tells how the wheel turned over an element. The part of it that the selector names takes every turn for itself, the rest only those that
    /// go across; turns with Control enlarge the page and belong to the browser. Shift makes across of down.
    pub fn of(node: &NodeRef, part: &'static str, tell: Callback<Turned>) -> Option<Wheel> {
        let element = node.cast::<Element>()?;
        let heard = move |event: &web_sys::Event| {
            let Some(wheel) = event.dyn_ref::<WheelEvent>().filter(|wheel| !wheel.ctrl_key()) else { return };
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let on_part = target.is_some_and(|target| target.closest(part).ok().flatten().is_some());
            let (across, down) =
                if wheel.shift_key() && wheel.delta_x() == 0.0 { (wheel.delta_y(), 0.0) } else { (wheel.delta_x(), wheel.delta_y()) };
            if on_part || across.abs() >= down.abs() {
                // The page around does not scroll, and the browser does not go back to the page before.
                event.prevent_default();
                tell.emit(((across, down), wheel.delta_mode() == WheelEvent::DOM_DELTA_LINE, on_part));
            }
        };
        let options = EventListenerOptions::enable_prevent_default();
        Some(Wheel { _listener: EventListener::new_with_options(&element, "wheel", options, heard) })
    }
}
