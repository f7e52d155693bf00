//! How wide an element is, now and whenever that changes.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, ResizeObserver};
use yew::{Callback, NodeRef};

/// Watches one element until it is dropped.
pub struct Widths {
    observer: ResizeObserver,
    _heard: Closure<dyn FnMut()>,
}

impl Widths {
    /// Tells the width of an element in CSS pixels: soon for the first time, then after each change; nothing while it is not shown.
    pub fn of(node: &NodeRef, tell: Callback<f64>) -> Option<Widths> {
        let element = node.cast::<Element>()?;
        let watched = element.clone();
        let heard = Closure::<dyn FnMut()>::new(move || {
            let width = watched.get_bounding_client_rect().width();
            if width > 0.0 {
                tell.emit(width);
            }
        });
        let observer = ResizeObserver::new(heard.as_ref().unchecked_ref()).ok()?;
        observer.observe(&element);
        Some(Widths { observer, _heard: heard })
    }
}

impl Drop for Widths {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
