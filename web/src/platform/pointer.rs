//! Capturing the pointer while something is carried.

use web_sys::{Element, PointerEvent};
use yew::NodeRef;

/// Sends all events of this pointer to `node` until it is released.
pub fn capture(node: &NodeRef, event: &PointerEvent) {
    if let Some(element) = node.cast::<Element>() {
        // Refused when the pointer has been lifted in the meantime; then its release has ended the carrying.
        let _ = element.set_pointer_capture(event.pointer_id());
    }
}

/// Ends that.
pub fn release(node: &NodeRef, event: &PointerEvent) {
    if let Some(element) = node.cast::<Element>()
        && element.has_pointer_capture(event.pointer_id())
    {
        // It has just been found to be captured.
        let _ = element.release_pointer_capture(event.pointer_id());
    }
}
