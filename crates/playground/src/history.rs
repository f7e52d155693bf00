//! The history: the acts with their virtual times, and full copies of the world now and then.
//!
//! Any moment is the nearest copy before it and a replay from there. Undo and redo are two such moments: the one before an act, and the same
//! moment with the act done. What was undone stays as a branch until the next act.

use eni_core::table::Table;

/// How many of the newest acts have a copy of the world each.
const NEWEST_WITH_COPY: usize = 8;
/// Of older acts, each one of so many has a copy.
const OLDER_WITH_COPY: usize = 32;
/// How many acts are remembered; beyond that the oldest cannot be undone any more.
const MOST_ENTRIES: usize = 4_000;

/// A world that acts can be replayed in.
pub(crate) trait Replay: Clone {
    /// Something that was done at a moment.
    type Entry;
    /// Goes to the moment of an entry, just before it is done.
    fn go_to(&mut self, entry: &Self::Entry);
    /// Does the entry.
    fn redo(&mut self, entry: &Self::Entry);
}

/// The acts that were done, and those that were undone.
#[derive(Clone, Debug)]
pub(crate) struct History<W: Replay> {
    entries: Vec<W::Entry>,
    /// How many of the entries are done; the rest are the branch.
    done: usize,
    /// The world just before an entry.
    copies: Table<usize, W>,
}

impl<W: Replay> Default for History<W> {
    fn default() -> History<W> {
        History { entries: Vec::new(), done: 0, copies: Table::new() }
    }
}

impl<W: Replay> History<W> {
    /// Takes note of something that was done in `before`. The branch is gone.
    pub fn record(&mut self, before: W, entry: W::Entry) {
        self.entries.truncate(self.done);
        self.copies.retain(|at, _| *at < self.done);
        self.copies.insert(self.done, before);
        self.entries.push(entry);
        self.done += 1;
        self.thin_out();
    }

    /// Keeps the copies few.
    fn thin_out(&mut self) {
        let newest = self.done.saturating_sub(NEWEST_WITH_COPY);
        self.copies.retain(|at, _| *at >= newest || *at % OLDER_WITH_COPY == 0);
        // A copy stands at every multiple, so the cut leaves one at the new beginning.
        while self.entries.len() > MOST_ENTRIES {
            self.entries.drain(..OLDER_WITH_COPY);
            self.done = self.done.saturating_sub(OLDER_WITH_COPY);
            let copies = std::mem::take(&mut self.copies);
            self.copies = copies.into_iter().filter_map(|(at, world)| Some((at.checked_sub(OLDER_WITH_COPY)?, world))).collect();
        }
    }

    /// The entries that are done, oldest first.
    pub fn done(&self) -> &[W::Entry] {
        self.entries.get(..self.done).unwrap_or_default()
    }

    /// What undo would take back.
    pub fn last_done(&self) -> Option<&W::Entry> {
        self.done().last()
    }

    /// What redo would do again.
    pub fn next_undone(&self) -> Option<&W::Entry> {
        self.entries.get(self.done)
    }

    /// The world as it was just before the last entry, which is undone from now on.
    pub fn undo(&mut self) -> Option<W> {
        let target = self.done.checked_sub(1)?;
        let world = self.before(target)?;
        self.done = target;
        Some(world)
    }

    /// The world just after the first undone entry, which is done from now on.
    pub fn redo(&mut self) -> Option<W> {
        let mut world = self.before(self.done)?;
        let entry = self.entries.get(self.done)?;
        world.redo(entry);
        self.done += 1;
        Some(world)
    }

    /// The world just before an entry.
    fn before(&self, target: usize) -> Option<W> {
        let (start, copy) = self.copies.range(..=target).next_back()?;
        let mut world = copy.clone();
        for entry in self.entries.get(*start..target)? {
            world.go_to(entry);
            world.redo(entry);
        }
        world.go_to(self.entries.get(target)?);
        Some(world)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A world that counts time and writes down what was done.
    #[derive(Clone, Debug, PartialEq, Default)]
    struct Diary {
        now: usize,
        lines: Vec<String>,
    }

    impl Replay for Diary {
        type Entry = (usize, &'static str);
        fn go_to(&mut self, entry: &Self::Entry) {
            self.now = entry.0;
        }
        fn redo(&mut self, entry: &Self::Entry) {
            self.lines.push(format!("{} {}", self.now, entry.1));
        }
    }

    fn act(world: &mut Diary, history: &mut History<Diary>, entry: (usize, &'static str)) {
        world.go_to(&entry);
        history.record(world.clone(), entry);
        world.redo(&entry);
    }

    #[test]
    fn undo_and_redo_return_every_moment_exactly_over_many_acts() {
        let (mut world, mut history) = (Diary::default(), History::default());
        let mut moments = Vec::new();
        for at in 0..MOST_ENTRIES + 100 {
            world.go_to(&(at, ""));
            let before = world.clone();
            act(&mut world, &mut history, (at, "x"));
            moments.push((before, world.clone()));
        }
        assert!(history.copies.len() < NEWEST_WITH_COPY + MOST_ENTRIES / OLDER_WITH_COPY + 3);
        let mut back = 0;
        while let Some(world) = history.undo() {
            back += 1;
            assert_eq!(world, moments[moments.len() - back].0);
        }
        assert!(back >= MOST_ENTRIES - OLDER_WITH_COPY, "{back}");
        for at in (0..back).rev() {
            assert_eq!(history.redo().unwrap(), moments[moments.len() - 1 - at].1);
        }
        assert_eq!(history.redo(), None);
    }

    #[test]
    fn the_branch_stays_until_the_next_act() {
        let (mut world, mut history) = (Diary::default(), History::default());
        for entry in [(1, "a"), (2, "b"), (3, "c")] {
            act(&mut world, &mut history, entry);
        }
        history.undo();
        world = history.undo().unwrap();
        assert_eq!(history.next_undone(), Some(&(2, "b")));
        act(&mut world, &mut history, (5, "d"));
        assert_eq!(history.next_undone(), None);
        assert_eq!(history.done(), [(1, "a"), (5, "d")]);
        assert_eq!(history.undo().unwrap(), Diary { now: 5, lines: vec!["1 a".to_owned()] });
    }
}
