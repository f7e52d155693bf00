//! The keys of the terminal's field. What none of them is, the browser does.

use crate::platform::writing;
use eni_playground::terminal::wants_more;
use yew::prelude::*;

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    /// Runs what was typed.
    Run,
    /// Completes the word before the caret.
    Complete,
    /// An older line.
    Older,
    /// A newer one.
    Newer,
    /// Takes the lines off the page.
    Clear,
    /// Drops what was typed, and what is still to be run.
    Drop,
    /// Takes away what stands before the caret.
    Cut,
    /// The next Tab leaves the field.
    Leave,
}

/// Reads the keys of a field. Tab leaves it where there is nothing to complete, or after Escape (`leaves`).
pub fn read(field: &NodeRef, leaves: bool, send: Callback<Pressed>) -> Callback<KeyboardEvent> {
    let field = field.clone();
    Callback::from(move |event: KeyboardEvent| {
        if event.is_composing() || event.alt_key() || event.meta_key() {
            return;
        }
        let Some(pressed) = meant(&event, &field, leaves) else { return };
        if pressed != Pressed::Leave {
            event.prevent_default();
        }
        send.emit(pressed);
    })
}

fn meant(event: &KeyboardEvent, field: &NodeRef, leaves: bool) -> Option<Pressed> {
    let key = event.key();
    if event.ctrl_key() {
        return match key.as_str() {
            "l" | "L" => Some(Pressed::Clear),
            "u" | "U" => Some(Pressed::Cut),
            // What is chosen is copied.
            "c" | "C" => writing::parts(field).1.is_empty().then_some(Pressed::Drop),
            _ => None,
        };
    }
    match (key.as_str(), event.shift_key()) {
        ("Enter", false) => (!wants_more(&writing::text(field))).then_some(Pressed::Run),
        ("Tab", false) => (!leaves && !writing::text(field).trim().is_empty()).then_some(Pressed::Complete),
        ("Escape", _) => Some(Pressed::Leave),
        // In several lines the arrows walk through them first.
        ("ArrowUp", false) => (!writing::parts(field).0.contains('\n')).then_some(Pressed::Older),
        ("ArrowDown", false) => (!writing::parts(field).2.contains('\n')).then_some(Pressed::Newer),
        _ => None,
    }
}
