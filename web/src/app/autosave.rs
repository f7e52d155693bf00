//! Keeping the work: after each act, and read back from an earlier visit at the start.

use crate::app::SharedStore;
use crate::platform::storage;
use crate::store::{Msg, Past, Saved};
use serde_json::{Value, json};
use std::cell::Cell;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Keeps the work of one page.
pub struct Autosave {
    key: String,
    store: SharedStore,
    send: Callback<Msg>,
    pen: Rc<Cell<Pen>>,
}

/// One text is written at a time; what is done meanwhile is written after it, together.
#[derive(Clone, Copy, Default)]
enum Pen {
    #[default]
    Idle,
    Writing,
    WritingAndThenAgain,
}

impl Autosave {
    /// Begins; with what an earlier visit kept, if `restore`.
    pub fn new(key: String, store: SharedStore, send: Callback<Msg>, restore: bool) -> Autosave {
        if restore {
            let (earlier, kept, told) = (key.clone(), store.clone(), send.clone());
            spawn_local(async move {
                let past = storage::load(&earlier).await.as_deref().and_then(from_text);
                if let Ok(mut store) = kept.try_borrow_mut() {
                    store.restore(past);
                }
                told.emit(Msg::Refresh);
            });
        }
        Autosave { key, store, send, pen: Rc::default() }
    }

    /// Keeps the work as it is now.
    pub fn write(&self) {
        if !matches!(self.pen.get(), Pen::Idle) {
            self.pen.set(Pen::WritingAndThenAgain);
            return;
        }
        let (key, store, send, pen) = (self.key.clone(), self.store.clone(), self.send.clone(), self.pen.clone());
        spawn_local(async move {
            loop {
                pen.set(Pen::Writing);
                let Ok((text, changes)) = store.try_borrow().map(|store| (to_text(&store.past()), store.changes())) else { return };
                let kept = storage::save(&key, &text).await;
                send.emit(Msg::Saved(if kept { Saved::OnDevice } else { Saved::Refused }, changes));
                if !matches!(pen.get(), Pen::WritingAndThenAgain) {
                    break;
                }
            }
            pen.set(Pen::Idle);
        });
    }
}

fn to_text(past: &Past) -> String {
    json!({ "format": 1, "checkpoint": past.checkpoint, "entries": past.entries, "leftAt": past.left_at }).to_string()
}

fn from_text(text: &str) -> Option<Past> {
    let value: Value = serde_json::from_str(text).ok()?;
    if value.get("format")?.as_u64()? != 1 {
        return None;
    }
    let entries = value.get("entries")?.as_array()?.iter().filter_map(|entry| entry.as_str().map(str::to_owned)).collect();
    let checkpoint = value.get("checkpoint").and_then(Value::as_str).map(str::to_owned);
    Some(Past { checkpoint, entries, left_at: value.get("leftAt").and_then(Value::as_u64).unwrap_or(0) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back() {
        let past = Past { checkpoint: Some("{}".to_owned()), entries: vec!["a\"b".to_owned()], left_at: 5 };
        assert_eq!(from_text(&to_text(&past)), Some(past));
        assert_eq!(from_text("{\"format\":2}"), None);
        assert_eq!(from_text("nonsense"), None);
    }
}
