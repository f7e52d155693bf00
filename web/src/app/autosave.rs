//! Keeping the work: after each act, and read back from an earlier visit at the start.

use crate::app::SharedStore;
use crate::platform::storage::{self, Guard, Kept};
use crate::platform::whole::Whole;
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
    mark: Rc<Cell<Mark>>,
    /// Nothing is begun in storage before this, for an instance that is cut off would never end it, and others would wait for it.
    whole: Whole,
}

/// What this tab knows of what is kept.
#[derive(Clone, Copy, Default)]
struct Mark {
    /// The mark that the kept work bears; nothing while it was not asked for. It names the text, so that a time is never taken for another
    /// text's, and tells when another tab has written.
    known: Option<u64>,
    /// Whether that work is this tab's, so that only how far time came has to be kept with it.
    ours: bool,
}

/// One text is written at a time; what is done meanwhile is written after it, together.
#[derive(Clone, Copy, Default)]
enum Pen {
    #[default]
    Idle,
    Writing,
    WritingAndThenAgain {
        force: bool,
    },
}

impl Autosave {
    /// Begins; with what an earlier visit kept, if `restore`.
    pub fn new(key: String, store: SharedStore, send: Callback<Msg>, restore: bool, whole: Whole) -> Autosave {
        let mark = Rc::new(Cell::new(Mark::default()));
        if restore {
            let (earlier, kept, told, known, all_there) = (key.clone(), store.clone(), send.clone(), mark.clone(), whole.clone());
            spawn_local(async move {
                all_there.wait().await;
                // First the mark: should another tab write in between, this one knows too little and is told so, not too much.
                known.set(Mark { known: Some(storage::mark(&earlier).await), ours: false });
                let mut past = None;
                if let Some((stamp, mut found)) = storage::load(&earlier).await.as_deref().and_then(from_text) {
                    let time = storage::load(&time_key(&earlier)).await;
                    found.left_at = time.as_deref().and_then(|time| time_from_text(time, stamp)).unwrap_or(found.left_at);
                    past = Some(found);
                }
                if let Ok(mut store) = kept.try_borrow_mut() {
                    store.restore(past);
                }
                told.emit(Msg::Refresh);
            });
        }
        Autosave { key, store, send, pen: Rc::default(), mark, whole }
    }

    /// Keeps the work as it is now: all of it, or only how far time came, if the rest is kept. With `force` also where another tab has kept its own.
    pub fn write(&self, all: bool, force: bool) {
        if !matches!(self.pen.get(), Pen::Idle) {
            if all {
                self.pen.set(Pen::WritingAndThenAgain { force });
            }
            return;
        }
        let (key, store, send, pen, mark) = (self.key.clone(), self.store.clone(), self.send.clone(), self.pen.clone(), self.mark.clone());
        let whole = self.whole.clone();
        pen.set(Pen::Writing);
        spawn_local(async move {
            whole.wait().await;
            let (mut all, mut force) = (all, force);
            loop {
                pen.set(Pen::Writing);
                let Ok((past, changes)) = store.try_borrow().map(|store| (store.past(), store.changes())) else { break };
                let (saved, told) = keep(&key, &past, &mark, all, force).await;
                if told {
                    send.emit(Msg::Saved(saved, changes));
                }
                let Pen::WritingAndThenAgain { force: again } = pen.get() else { break };
                (all, force) = (true, again);
            }
            pen.set(Pen::Idle);
        });
    }
}

/// Keeps it once. What came of it, and whether that is news.
async fn keep(key: &str, past: &Past, mark: &Cell<Mark>, all: bool, force: bool) -> (Saved, bool) {
    let known = match mark.get().known {
        Some(known) => known,
        // After a crash: what this tab kept before is there.
        None => storage::mark(key).await,
    };
    let mut all = all || !mark.get().ours;
    loop {
        let next = if all { storage::stamp() } else { known };
        let guard = Guard { known, next, force };
        let kept = if all {
            storage::save(key, key, &to_text(past, next), guard).await
        } else {
            storage::save(key, &time_key(key), &time_to_text(past, next), guard).await
        };
        let here = kept == Kept::Here;
        mark.set(Mark { known: Some(if here { next } else { known }), ours: here });
        match kept {
            Kept::Gone if !all => all = true,
            Kept::Here => return (Saved::OnDevice, all),
            Kept::Elsewhere => return (Saved::Elsewhere, true),
            Kept::Refused | Kept::Gone => return (Saved::Refused, true),
        }
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
