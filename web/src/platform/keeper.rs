//! Who has the focus keeps it, when what had it is drawn anew as another element.

use super::screen;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement};

/// The attribute by which a thing is found again.
const NAME: &str = "data-rove";
/// The pane that can be closed.
const PANE: &str = ".area-why";
/// How many looks are taken for a thing that was taken off the page before it counts as gone.
const PATIENCE: u32 = 120;

/// The thing that has the focus, or is to get it.
#[derive(Default)]
pub struct Keeper {
    /// What is to get it as soon as it is there.
    wanted: Option<String>,
    /// What had it at the last look.
    held: Option<(Element, String)>,
    /// What had it last outside the pane that can be closed, with its name where it has one.
    outside: Option<(Element, Option<String>)>,
    /// Whether that pane was closed.
    closed: bool,
    looks: u32,
}

impl Keeper {
    /// This thing is to have the focus.
    pub fn want(&mut self, thing: String) {
        self.wanted = Some(thing);
        self.looks = 0;
    }

    /// The pane was closed: what had the focus before it gets it back.
    pub fn give_back(&mut self) {
        self.closed = true;
    }

    /// Looks where the focus is: once a frame.
    pub fn look(&mut self, root: &Element) {
        let Some(active) = screen::focused() else { return };
        let in_pane = active.closest(PANE).ok().flatten().is_some();
        if std::mem::take(&mut self.closed) && (in_pane || screen::is_page(&active)) {
            self.back(root);
            return;
        }
        let elsewhere = !in_pane && !screen::is_page(&active) && root.contains(Some(&active));
        if elsewhere
            && active.closest("dialog").ok().flatten().is_none()
            && self.outside.as_ref().is_none_or(|(element, _)| *element != active)
        {
            self.outside = Some((active.clone(), screen::nearest(&active, NAME)));
        }
        if let Some(thing) = self.wanted.take() {
            self.looks += 1;
            if !self.give(root, &thing, true) && self.looks < PATIENCE {
                self.wanted = Some(thing);
            }
            return;
        }
        if self.held.as_ref().is_some_and(|(element, _)| *element == active) {
            self.looks = 0;
        } else if !screen::is_page(&active) {
            // A dialog gives the focus back when it closes, if what had it is still there.
            if active.closest("dialog").ok().flatten().is_none() {
                self.held = screen::nearest(&active, NAME).filter(|_| root.contains(Some(&active))).map(|name| (active, name));
            }
        } else if let Some((element, name)) = self.held.take() {
            // What is still there has lost the focus because somebody wanted so.
            self.looks += 1;
            if !element.is_connected() && !self.give(root, &name, false) && self.looks < PATIENCE {
                self.held = Some((element, name));
            }
        }
    }

    /// Gives the focus to what had it before the pane: that very element, or what stands for the same thing now.
    fn back(&mut self, root: &Element) {
        match self.outside.take() {
            Some((element, _)) if element.is_connected() => {
                // A lane of the timeline is a drawing, which takes the focus in the same way.
                let _ = element.unchecked_ref::<HtmlElement>().focus();
                self.outside = Some((element, None));
            }
            Some((_, Some(name))) => {
                self.give(root, &name, false);
            }
            _ => {}
        }
    }

    /// Gives the focus to a thing; true if it has it now.
    fn give(&mut self, root: &Element, thing: &str, scroll: bool) -> bool {
        let Some(element) = screen::find(root, NAME, thing).and_then(|element| element.dyn_into::<HtmlElement>().ok()) else {
            return false;
        };
        let options = FocusOptions::new();
        options.set_prevent_scroll(!scroll);
        // What is hidden, or behind a dialog, does not take it; that shows at once.
        let _ = element.focus_with_options(&options);
        let element: Element = element.into();
        let given = screen::focused().is_some_and(|active| active == element);
        if given {
            self.held = Some((element, thing.to_owned()));
        }
        given
    }
}
