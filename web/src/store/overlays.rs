//! Menus, details and forms: asked of the session by the name of a thing, and made anew whenever the views are.

use super::{Dialog, Store};
use std::collections::BTreeMap;
use std::rc::Rc;

impl Store {
    /// Opens the menu of a thing. The thing is chosen as well, so that its details stand beside the menu.
    pub(super) fn open_menu(&mut self, thing: &str) {
        self.shown.menu = self.session.menu(thing).map(Rc::new);
        self.shown.selection.thing = Some(thing.to_owned());
    }

    /// Does what a filled form says; the dialog stays open over a refusal.
    pub(super) fn submit(&mut self, form: &str, values: &BTreeMap<String, String>) {
        let acts = self.session.form_acts(form, values);
        let accepted = acts.into_iter().all(|act| self.act(act).result.is_ok());
        if accepted {
            self.shown.dialog = None;
        }
    }

    /// Makes the details and the form anew.
    pub(super) fn refresh_overlays(&mut self) {
        let shown = &mut self.shown;
        let details = shown.selection.thing.as_deref().and_then(|thing| self.session.details(thing));
        keep(&mut shown.details, details);
        let form = shown.dialog.as_ref().and_then(Dialog::form).and_then(|id| self.session.form(&id));
        keep(&mut shown.form, form);
    }
}

/// Keeps the pointer while the value stays the same, so that what is drawn from it is not drawn again.
fn keep<T: PartialEq>(place: &mut Option<Rc<T>>, value: Option<T>) {
    if place.as_deref() != value.as_ref() {
        *place = value.map(Rc::new);
    }
}
