//! Places on the screen: measured rectangles, the element under a point, the focus, custom properties.

use eni_playground::table::Table;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// A rectangle in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// From the left.
    pub left: f64,
    /// From the top.
    pub top: f64,
    /// How wide.
    pub width: f64,
    /// How high.
    pub height: f64,
}

impl Rect {
    /// The right edge.
    pub fn right(&self) -> f64 {
        self.left + self.width
    }

    /// The lower edge.
    pub fn bottom(&self) -> f64 {
        self.top + self.height
    }

    /// The middle across.
    pub fn x(&self) -> f64 {
        self.left + self.width / 2.0
    }

    /// The middle down.
    pub fn y(&self) -> f64 {
        self.top + self.height / 2.0
    }
}

/// Rectangles of named things, relative to the upper left corner of what they lie in.
pub type Anchors = Table<String, Rect>;

/// Measures all elements inside `root` that carry `data-anchor`, relative to `root`'s scrolled content.
pub fn measure(root: &Element) -> Anchors {
    let mut anchors = Anchors::new();
    let origin = root.get_bounding_client_rect();
    let (left, top) = (origin.left() - f64::from(root.scroll_left()), origin.top() - f64::from(root.scroll_top()));
    let Ok(found) = root.query_selector_all("[data-anchor]") else { return anchors };
    for element in (0..found.length()).filter_map(|at| found.get(at)).filter_map(|node| node.dyn_into::<Element>().ok()) {
        let rect = element.get_bounding_client_rect();
        if let Some(name) = element.get_attribute("data-anchor")
            && rect.width() > 0.0
        {
            // Half pixels are enough, and keep a layout that has not changed equal to itself.
            let half = |value: f64| (value * 2.0).round() / 2.0;
            let (width, height) = (half(rect.width()), half(rect.height()));
            anchors.insert(name, Rect { left: half(rect.left() - left), top: half(rect.top() - top), width, height });
        }
    }
    anchors
}

/// How large an element is. Not its scrolled size: that counts what was drawn over it by an earlier, larger measure.
pub fn content_size(root: &Element) -> (f64, f64) {
    let rect = root.get_bounding_client_rect();
    (rect.width(), rect.height())
}

/// Where an element is in the window.
pub fn in_window(element: &Element) -> Rect {
    let rect = element.get_bounding_client_rect();
    Rect { left: rect.left(), top: rect.top(), width: rect.width(), height: rect.height() }
}

/// Scrolls what is in an element by so many pixels; says whether it moved.
pub fn scroll_by(element: &Element, x: f64, y: f64) -> bool {
    let before = (element.scroll_left(), element.scroll_top());
    element.scroll_by_with_x_and_y(x, y);
    before != (element.scroll_left(), element.scroll_top())
}

/// Scrolls an element as little as it takes to show what lies in it, with some room above and below.
pub fn show_in(scroller: &Element, inside: &Element, room: f64) {
    let (frame, rect) = (in_window(scroller), in_window(inside));
    let above = (rect.top - room - frame.top).min(0.0);
    let below = (rect.bottom() + room - frame.bottom()).max(0.0);
    // What is higher than the frame shows its beginning.
    scroll_by(scroller, 0.0, if above < 0.0 { above } else { below.min(rect.top - frame.top) });
}

/// An id for an element that no other playground on this page has.
pub fn own_id(name: &str) -> String {
    // A whole number below 2^32: the cast keeps it.
    format!("{name}-{:x}", (js_sys::Math::random() * 4_294_967_296.0) as u64)
}

/// How many pixels of the device make one of the page.
pub fn pixel_ratio() -> f64 {
    web_sys::window().map_or(1.0, |window| window.device_pixel_ratio())
}

/// The element under a point of the window.
pub fn element_at(x: f64, y: f64) -> Option<Element> {
    // Points are whole CSS pixels here; the fraction does not matter.
    web_sys::window()?.document()?.element_from_point(x as f32, y as f32)
}

/// The nearest value of an attribute, from the element outwards.
pub fn nearest(element: &Element, attribute: &str) -> Option<String> {
    element.closest(&format!("[{attribute}]")).ok().flatten()?.get_attribute(attribute)
}

/// The nearest value of an attribute, from what an event happened to outwards.
pub fn named_by(event: &web_sys::Event, attribute: &str) -> Option<String> {
    nearest(&event.target()?.dyn_into::<Element>().ok()?, attribute)
}

/// Whether some text of the page is marked.
pub fn selects_text() -> bool {
    let selection = web_sys::window().and_then(|window| window.get_selection().ok().flatten());
    selection.is_some_and(|selection| !selection.is_collapsed())
}

/// How much of the window's height lies between a height in it and the lower edge of an element, in per cent.
pub fn share_above(node: &yew::NodeRef, y: i32) -> Option<u32> {
    let bottom = node.cast::<Element>()?.get_bounding_client_rect().bottom();
    let window = web_sys::window()?.inner_height().ok()?.as_f64().filter(|height| *height > 0.0)?;
    // A share is far from what a number holds; a negative one is none.
    Some(((bottom - f64::from(y)) / window * 100.0).round().max(0.0) as u32)
}

/// The first element inside `root` whose attribute has this value.
pub fn find(root: &Element, attribute: &str, value: &str) -> Option<Element> {
    let quoted = value.replace('\\', "\\\\").replace('"', "\\\"");
    root.query_selector(&format!("[{attribute}=\"{quoted}\"]")).ok().flatten()
}

/// The element that has the focus. The page's body has it when nothing has.
pub fn focused() -> Option<Element> {
    web_sys::window()?.document()?.active_element()
}

/// Whether an element is the page itself, as it is for the keys when nothing has the focus.
pub fn is_page(element: &Element) -> bool {
    matches!(element.tag_name().as_str(), "BODY" | "HTML")
}

/// Gives the focus to the first button of the part of the page that something stands in.
pub fn focus_head(inside: &Element, part: &str) {
    let head = inside.closest(part).ok().flatten().and_then(|part| part.query_selector("button").ok().flatten());
    if let Some(head) = head.and_then(|head| head.dyn_into::<HtmlElement>().ok()) {
        // A button that is shown takes it.
        let _ = head.focus();
    }
}

/// Gives the focus to the next element (or the one before) inside `root` that carries an attribute and is shown. Elements, not values: one
/// thing may stand at several places.
pub fn focus_next(root: &Element, attribute: &str, from: &Element, forward: bool) {
    let Ok(found) = root.query_selector_all(&format!("[{attribute}]")) else { return };
    let stops: Vec<HtmlElement> = (0..found.length())
        .filter_map(|at| found.get(at))
        .filter_map(|node| node.dyn_into::<HtmlElement>().ok())
        .filter(|element| element.offset_parent().is_some())
        .collect();
    let Some(at) = stops.iter().position(|stop| stop.is_same_node(Some(from))) else { return };
    let next = if forward { at.checked_add(1) } else { at.checked_sub(1) };
    if let Some(stop) = next.and_then(|next| stops.get(next)) {
        // An element that is shown takes the focus, or has it already.
        let _ = stop.focus();
    }
}

/// Sets a custom property on an element: under the page's policy this is the way to place something without a `style` attribute.
pub fn set_property(element: &Element, name: &str, value: &str) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // Refused only for a name that is no property, which shows at once.
        let _ = element.style().set_property(name, value);
    }
}

/// The value of a custom property as it is computed on an element.
pub fn property(element: &Element, name: &str) -> String {
    web_sys::window()
        .and_then(|window| window.get_computed_style(element).ok().flatten())
        .and_then(|style| style.get_property_value(name).ok())
        .map(|value| value.trim().to_owned())
        .unwrap_or_default()
}
