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
    /// Names the text that is kept, so that a time is never taken for another text's; 0 while none of ours is kept.
    stamp: Rc<Cell<u64>>,
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
        let stamp = Rc::new(Cell::new(0));
        if restore {
            let (earlier, kept, told, named) = (key.clone(), store.clone(), send.clone(), stamp.clone());
            spawn_local(async move {
                let mut past = None;
                if let Some((stamp, mut found)) = storage::load(&earlier).await.as_deref().and_then(from_text) {
                    let time = storage::load(&time_key(&earlier)).await;
                    found.left_at = time.as_deref().and_then(|time| time_from_text(time, stamp)).unwrap_or(found.left_at);
                    named.set(stamp);
                    past = Some(found);
                }
                if let Ok(mut store) = kept.try_borrow_mut() {
                    store.restore(past);
                }
                told.emit(Msg::Refresh);
            });
        }
        Autosave { key, store, send, pen: Rc::default(), stamp }
    }

    /// Keeps the work as it is now: all of it, or only how far time came, if the rest is kept.
    pub fn write(&self, all: bool) {
        if !matches!(self.pen.get(), Pen::Idle) {
            if all {
                self.pen.set(Pen::WritingAndThenAgain);
            }
            return;
        }
        let (key, store, send, pen, stamp) =
            (self.key.clone(), self.store.clone(), self.send.clone(), self.pen.clone(), self.stamp.clone());
        let mut all = all || stamp.get() == 0;
        pen.set(Pen::Writing);
        spawn_local(async move {
            loop {
                pen.set(Pen::Writing);
                let Ok((past, changes)) = store.try_borrow().map(|store| (store.past(), store.changes())) else { break };
                let name = if all { storage::stamp() } else { stamp.get() };
                let kept = if all {
                    storage::save(&key, &to_text(&past, name)).await
                } else {
                    storage::save(&time_key(&key), &time_to_text(&past, name)).await
                };
                stamp.set(if kept { name } else { 0 });
                if all || !kept {
                    send.emit(Msg::Saved(if kept { Saved::OnDevice } else { Saved::Refused }, changes));
                }
                if !matches!(pen.get(), Pen::WritingAndThenAgain) {
                    break;
                }
                all = true;
            }
            pen.set(Pen::Idle);
        });
    }
}

/// Where it is kept how far time came: a small text, for it is written often.
fn time_key(key: &str) -> String {
    [key, "/time"].concat()
}

fn time_to_text(past: &Past, stamp: u64) -> String {
    json!({ "of": stamp, "leftAt": past.left_at }).to_string()
}

fn time_from_text(text: &str, stamp: u64) -> Option<u64> {
    let value: Value = serde_json::from_str(text).ok()?;
    if value.get("of")?.as_u64()? != stamp {
        return None;
    }
    value.get("leftAt")?.as_u64()
}

fn to_text(past: &Past, stamp: u64) -> String {
    json!({ "format": 1, "stamp": stamp, "checkpoint": past.checkpoint, "entries": past.entries, "leftAt": past.left_at }).to_string()
}

fn from_text(text: &str) -> Option<(u64, Past)> {
    let value: Value = serde_json::from_str(text).ok()?;
    if value.get("format")?.as_u64()? != 1 {
        return None;
    }
    let entries = value.get("entries")?.as_array()?.iter().filter_map(|entry| entry.as_str().map(str::to_owned)).collect();
    let checkpoint = value.get("checkpoint").and_then(Value::as_str).map(str::to_owned);
    let number = |name| value.get(name).and_then(Value::as_u64).unwrap_or(0);
    Some((number("stamp"), Past { checkpoint, entries, left_at: number("leftAt") }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back() {
        let past = Past { checkpoint: Some("{}".to_owned()), entries: vec!["a\"b".to_owned()], left_at: 5 };
        assert_eq!(from_text(&to_text(&past, 7)), Some((7, past)));
        assert_eq!(from_text("{\"format\":2}"), None);
        assert_eq!(from_text("nonsense"), None);
    }

    #[test]
    fn a_time_is_only_taken_for_the_text_it_was_kept_with() {
        let past = Past { left_at: 26_000_000, ..Past::default() };
        let time = time_to_text(&past, 7);
        assert_eq!(time_from_text(&time, 7), Some(26_000_000));
        assert_eq!(time_from_text(&time, 8), None);
        assert_eq!(time_from_text("nonsense", 7), None);
    }
}
