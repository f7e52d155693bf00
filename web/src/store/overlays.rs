//! Menus, details and forms: asked of the session by the name of a thing, and made anew whenever the views are.

use super::{Dialog, Msg, Pane, Store};
use eni_playground::act::{Act, SceneAct};
use eni_playground::table::Table;
use eni_playground::view::menu::{MenuDoes, MenuEntry};
use serde_json::Value;
use std::rc::Rc;

impl Store {
    /// Opens the menu of a thing.
    pub(super) fn open_menu(&mut self, thing: &str) {
        let mut menu = self.session.menu(whole(thing));
        if let (Some(menu), false) = (&mut menu, self.shown.panels.evidence) {
            menu.entries.retain(|entry| !opens_evidence(entry));
        }
        self.shown.menu = menu.map(Rc::new);
        self.shown.menu_at = thing.to_owned();
    }

    /// Does an act that somebody asked for by hand. A question that was sent is followed: *Why* is about it, and time runs.
    pub(super) fn act_and_follow(&mut self, act: Act) {
        let keeps_asking = matches!(act, Act::Scene(SceneAct::AddClient(_)));
        let Ok(reply) = self.act(act).result else { return };
        if keeps_asking && matches!(self.shown.dialog, Some(Dialog::Ask { .. })) {
            // What was asked for is to be seen on the board, which the dialog would hide.
            self.shown.dialog = None;
            self.shown.clock.playing = true;
        }
        if let Some(packet) = reply.get("Packet").and_then(Value::as_u64) {
            self.update_page(Msg::SelectPacket(Some(packet)));
            self.shown.dialog = None;
            self.shown.clock.playing = true;
        }
    }

    /// Does what a filled form says; the dialog stays open over a refusal.
    pub(super) fn submit(&mut self, form: &str, values: &Table<String, String>) {
        let acts = self.session.form_acts(form, values);
        if let ([Act::Guest { instance, command }], true) = (acts.as_slice(), self.shown.panels.echo) {
            // What is typed on an instance may print: it is run where that is seen.
            let line = format!("ssh {instance} {command}");
            self.shown.dialog = None;
            self.update_terminal(Msg::OpenTerminal(true));
            self.shown.pane = Pane::Terminal;
            self.update_terminal(Msg::Type(line));
            return;
        }
        let accepted = acts.into_iter().all(|act| self.act(act).result.is_ok());
        if accepted {
            self.shown.dialog = None;
        }
    }

    /// Makes the details and the form anew.
    pub(super) fn refresh_overlays(&mut self) {
        let shown = &mut self.shown;
        let details = shown.selection.thing.as_deref().and_then(|thing| self.session.details(whole(thing)));
        keep(&mut shown.details, details);
        let form = shown.dialog.as_ref().and_then(Dialog::form).and_then(|id| self.session.form(&id));
        keep(&mut shown.form, form);
    }
}

/// Whether an entry leads into the panel of evidence, which a page may do without.
fn opens_evidence(entry: &MenuEntry) -> bool {
    match &entry.does {
        MenuDoes::Evidence(_) => true,
        MenuDoes::More(entries) => entries.iter().any(opens_evidence),
        _ => false,
    }
}

/// The thing itself, where a name says also on which ENI it was met: `group:sg-…@eni-…`.
fn whole(thing: &str) -> &str {
    thing.split_once('@').map_or(thing, |(thing, _)| thing)
}

/// Keeps the pointer while the value stays the same, so that what is drawn from it is not drawn again.
fn keep<T: PartialEq>(place: &mut Option<Rc<T>>, value: Option<T>) {
    if place.as_deref() != value.as_ref() {
        *place = value.map(Rc::new);
    }
}
