//! Ordered tables and sets, small in the machine's code.
//!
//! The standard library's B-tree costs the page about 8 kB of code for each pair of key and value; this costs about one. The rows lie in chunks of at
//! most [`FULL`], one sorted vector after the other; both the chunk and the row in it are searched by halves. A row put in or taken out moves only
//! rows of its own chunk, and now and then the list of chunks: in a table of 100,000 rows that are a few kB, less than a microsecond. New ids are
//! higher than the old ones, and a row at the end moves nothing.

use std::borrow::Borrow;
use std::fmt;
use std::ops::{Bound, RangeBounds};

mod hashed;
mod set;

pub use hashed::{Hashed, Mixed, mix};
pub use set::Set;

/// A chunk with so many rows is split before the next one.
const FULL: usize = 128;

/// Values by key, in the order of the keys.
#[derive(Clone)]
pub struct Table<K, V> {
    /// No chunk is empty.
    chunks: Vec<Vec<(K, V)>>,
}

/// A chunk and a row in it.
type Place = (usize, usize);

impl<K, V> Default for Table<K, V> {
    fn default() -> Table<K, V> {
        Table::new()
    }
}

impl<K, V> Table<K, V> {
    /// Without rows.
    pub const fn new() -> Table<K, V> {
        Table { chunks: Vec::new() }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.chunks.iter().map(Vec::len).sum()
    }

    /// Whether there is no row.
    pub const fn is_empty(&self) -> bool {
        self.chunks.is_empty()
    }

    /// Takes all rows out.
    pub fn clear(&mut self) {
        self.chunks.clear();
    }

    /// Every row, in order.
    pub fn iter(&self) -> Rows<'_, K, V> {
        Rows { first: [].iter(), chunks: self.chunks.iter(), last: [].iter() }
    }

    /// Every row, in order; the values may be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&K, &mut V)> {
        self.chunks.iter_mut().flatten().map(|(key, value)| (&*key, value))
    }

    /// The first row that fits. Two plain loops: packets are compared with many rows, and [`Table::iter`] can be taken from both ends.
    #[inline]
    pub fn search(&self, mut fits: impl FnMut(&K, &V) -> bool) -> Option<(&K, &V)> {
        for chunk in &self.chunks {
            for (key, value) in chunk {
                if fits(key, value) {
                    return Some((key, value));
                }
            }
        }
        None
    }

    /// Every key, in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> + ExactSizeIterator + Clone {
        self.iter().map(|(key, _)| key)
    }

    /// Every value, in the order of the keys.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + ExactSizeIterator + Clone {
        self.iter().map(|(_, value)| value)
    }

    /// Every value, in the order of the keys, to change.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.iter_mut().map(|(_, value)| value)
    }

    /// Every value, in the order of the keys, taken out.
    pub fn into_values(self) -> impl Iterator<Item = V> {
        self.into_iter().map(|(_, value)| value)
    }

    /// The row with the lowest key.
    pub fn first_key_value(&self) -> Option<(&K, &V)> {
        self.iter().next()
    }

    /// Takes the row with the lowest key out.
    pub fn pop_first(&mut self) -> Option<(K, V)> {
        self.take((0, 0))
    }

    /// Keeps only the rows that `keep` says yes to.
    pub fn retain(&mut self, mut keep: impl FnMut(&K, &mut V) -> bool) {
        for chunk in &mut self.chunks {
            chunk.retain_mut(|(key, value)| keep(key, value));
        }
        self.chunks.retain(|chunk| !chunk.is_empty());
    }

    fn row(&self, (chunk, at): Place) -> Option<&(K, V)> {
        self.chunks.get(chunk)?.get(at)
    }

    fn row_mut(&mut self, (chunk, at): Place) -> Option<&mut (K, V)> {
        self.chunks.get_mut(chunk)?.get_mut(at)
    }

    /// Puts a row where [`Table::find`] says that it belongs.
    fn put(&mut self, (at_chunk, at): Place, row: (K, V)) {
        match self.chunks.get_mut(at_chunk) {
            None => self.chunks.push(vec![row]),
            Some(chunk) if chunk.len() < FULL => chunk.insert(at, row),
            Some(chunk) => {
                // At its end nothing is split off, so that a table that grows there has full chunks.
                let keep = if at < chunk.len() { FULL / 2 } else { FULL };
                let mut behind = chunk.split_off(keep);
                if at < keep {
                    chunk.insert(at, row)
                } else {
                    behind.insert(at - keep, row)
                }
                self.chunks.insert(at_chunk + 1, behind);
            }
        }
    }

    /// Takes out the row that is there, if there is one.
    fn take(&mut self, (at_chunk, at): Place) -> Option<(K, V)> {
        let chunk = self.chunks.get_mut(at_chunk)?;
        let row = (at < chunk.len()).then(|| chunk.remove(at));
        if chunk.is_empty() {
            self.chunks.remove(at_chunk);
        }
        row
    }

    /// The rows from one place to before another.
    fn between(&self, from: Place, to: Place) -> Rows<'_, K, V> {
        let part = |chunk: usize, from: usize, to: usize| {
            let rows = self.chunks.get(chunk).map(Vec::as_slice).unwrap_or_default();
            rows.get(from..to.min(rows.len())).unwrap_or_default().iter()
        };
        if from.0 < to.0 {
            let chunks = self.chunks.get(from.0 + 1..to.0).unwrap_or_default().iter();
            Rows { first: part(from.0, from.1, usize::MAX), chunks, last: part(to.0, 0, to.1) }
        } else {
            let to = if from.0 == to.0 { to.1 } else { 0 };
            Rows { first: part(from.0, from.1, to), chunks: [].iter(), last: [].iter() }
        }
    }
}

impl<K: Ord, V> Table<K, V> {
    /// Where a key is, or where it would be.
    fn find<Q: Ord + ?Sized>(&self, key: &Q) -> Result<Place, Place>
    where
        K: Borrow<Q>,
    {
        let starts_before = |chunk: &Vec<(K, V)>| chunk.first().is_some_and(|(first, _)| first.borrow() <= key);
        // Most tables have one chunk.
        let chunk = if self.chunks.len() > 1 { self.chunks.partition_point(starts_before).saturating_sub(1) } else { 0 };
        let rows = self.chunks.get(chunk).map(Vec::as_slice).unwrap_or_default();
        match rows.binary_search_by(|(other, _)| other.borrow().cmp(key)) {
            Ok(at) => Ok((chunk, at)),
            Err(at) => Err((chunk, at)),
        }
    }

    /// The value of a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.find(key).ok().and_then(|place| self.row(place)).map(|(_, value)| value)
    }

    /// The value of a key that comes so many keys after the first, if none in between is missing: that is looked at before the key is searched for.
    pub fn near(&self, key: &K, apart: impl FnOnce(&K) -> usize) -> Option<&V> {
        let (first, _) = self.chunks.first()?.first()?;
        let at = apart(first);
        match self.row((at / FULL, at % FULL)) {
            Some((found, value)) if found == key => Some(value),
            _ => self.get(key),
        }
    }

    /// The value of a key, to change.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        self.find(key).ok().and_then(|place| self.row_mut(place)).map(|(_, value)| value)
    }

    /// Whether there is a row with this key.
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.find(key).is_ok()
    }

    /// Puts a row in; the value that the key had is returned.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.find(&key) {
            Ok(place) => self.row_mut(place).map(|row| std::mem::replace(&mut row.1, value)),
            Err(place) => {
                self.put(place, (key, value));
                None
            }
        }
    }

    /// Takes a row out.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.find(key).ok().and_then(|place| self.take(place)).map(|(_, value)| value)
    }

    /// Changes the value of a key; where there is none, `first` is changed and put in.
    pub fn update(&mut self, key: K, mut first: V, change: impl FnOnce(&mut V)) {
        match self.find(&key) {
            Ok(place) => {
                if let Some((_, value)) = self.row_mut(place) {
                    change(value);
                }
            }
            Err(place) => {
                change(&mut first);
                self.put(place, (key, first));
            }
        }
    }

    /// The rows whose keys are in a range, in order.
    pub fn range(&self, range: impl RangeBounds<K>) -> Rows<'_, K, V> {
        let from = match range.start_bound() {
            Bound::Unbounded => (0, 0),
            Bound::Included(key) => self.find(key).unwrap_or_else(|place| place),
            Bound::Excluded(key) => self.behind(key),
        };
        let to = match range.end_bound() {
            Bound::Unbounded => (usize::MAX, 0),
            Bound::Included(key) => self.behind(key),
            Bound::Excluded(key) => self.find(key).unwrap_or_else(|place| place),
        };
        self.between(from, (to.0.min(self.chunks.len()), to.1))
    }

    /// The place behind a key.
    fn behind(&self, key: &K) -> Place {
        self.find(key).map_or_else(|place| place, |(chunk, at)| (chunk, at + 1))
    }
}

impl<K: PartialEq, V: PartialEq> PartialEq for Table<K, V> {
    fn eq(&self, other: &Table<K, V>) -> bool {
        // Not chunk by chunk: how rows are parted depends on what was done.
        self.len() == other.len() && self.iter().zip(other).all(|(a, b)| a == b)
    }
}

impl<K: Eq, V: Eq> Eq for Table<K, V> {}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Table<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

impl<K: Ord, V> Extend<(K, V)> for Table<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, rows: I) {
        for (key, value) in rows {
            self.insert(key, value);
        }
    }
}

/// Of rows with the same key the last one stays.
impl<K: Ord, V> FromIterator<(K, V)> for Table<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(rows: I) -> Table<K, V> {
        let mut table = Table::new();
        table.extend(rows);
        table
    }
}

impl<K: Ord, V, const N: usize> From<[(K, V); N]> for Table<K, V> {
    fn from(rows: [(K, V); N]) -> Table<K, V> {
        rows.into_iter().collect()
    }
}

impl<'a, K, V> IntoIterator for &'a Table<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Rows<'a, K, V>;
    fn into_iter(self) -> Rows<'a, K, V> {
        self.iter()
    }
}

impl<K, V> IntoIterator for Table<K, V> {
    type Item = (K, V);
    type IntoIter = std::iter::Flatten<std::vec::IntoIter<Vec<(K, V)>>>;
    fn into_iter(self) -> Self::IntoIter {
        self.chunks.into_iter().flatten()
    }
}

/// Rows of a table, in order.
pub struct Rows<'a, K, V> {
    first: std::slice::Iter<'a, (K, V)>,
    chunks: std::slice::Iter<'a, Vec<(K, V)>>,
    last: std::slice::Iter<'a, (K, V)>,
}

impl<K, V> Clone for Rows<'_, K, V> {
    fn clone(&self) -> Self {
        Rows { first: self.first.clone(), chunks: self.chunks.clone(), last: self.last.clone() }
    }
}

impl<'a, K, V> Iterator for Rows<'a, K, V> {
    type Item = (&'a K, &'a V);
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((key, value)) = self.first.next() {
                return Some((key, value));
            }
            match self.chunks.next() {
                Some(chunk) => self.first = chunk.iter(),
                None => return self.last.next().map(|(key, value)| (key, value)),
            }
        }
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        let count = self.first.len() + self.chunks.clone().map(Vec::len).sum::<usize>() + self.last.len();
        (count, Some(count))
    }
}

impl<K, V> DoubleEndedIterator for Rows<'_, K, V> {
    fn next_back(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((key, value)) = self.last.next_back() {
                return Some((key, value));
            }
            match self.chunks.next_back() {
                Some(chunk) => self.last = chunk.iter(),
                None => return self.first.next_back().map(|(key, value)| (key, value)),
            }
        }
    }
}

impl<K, V> ExactSizeIterator for Rows<'_, K, V> {}

#[cfg(test)]
mod tests;
