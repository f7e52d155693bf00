//! A table does what the standard library's tree does, whatever is done to it.

use super::{FULL, Hashed, Mixed, Set, Table};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Enough for several chunks.
const KEYS: u16 = 700;

fn key() -> impl Strategy<Value = u16> {
    0..=KEYS
}

#[derive(Clone, Debug)]
enum Step {
    Insert(u16, u32),
    Remove(u16),
    Update(u16, u32),
    Change(u16, u32),
    Retain(u16),
    Extend(Vec<(u16, u32)>),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (key(), any::<u32>()).prop_map(|(key, value)| Step::Insert(key, value)),
        2 => key().prop_map(Step::Remove),
        1 => (key(), any::<u32>()).prop_map(|(key, value)| Step::Update(key, value)),
        1 => (key(), any::<u32>()).prop_map(|(key, value)| Step::Change(key, value)),
        1 => (2u16..8).prop_map(Step::Retain),
        1 => proptest::collection::vec((key(), any::<u32>()), 0..400).prop_map(Step::Extend),
    ]
}

fn both_do(table: &mut Table<u16, u32>, tree: &mut BTreeMap<u16, u32>, step: &Step) {
    match step.clone() {
        Step::Insert(key, value) => assert_eq!(table.insert(key, value), tree.insert(key, value)),
        Step::Remove(key) => assert_eq!(table.remove(&key), tree.remove(&key)),
        Step::Update(key, value) => {
            table.update(key, 7, |old| *old = old.wrapping_add(value));
            let old = tree.entry(key).or_insert(7);
            *old = old.wrapping_add(value);
        }
        Step::Change(key, value) => {
            assert_eq!(
                table.get_mut(&key).map(|old| std::mem::replace(old, value)),
                tree.get_mut(&key).map(|old| std::mem::replace(old, value))
            );
        }
        Step::Retain(part) => {
            table.retain(|key, _| key % part != 0);
            tree.retain(|key, _| key % part != 0);
        }
        Step::Extend(rows) => {
            table.extend(rows.clone());
            tree.extend(rows);
        }
    }
}

proptest! {
    #[test]
    fn a_table_is_as_a_tree(steps in proptest::collection::vec(step(), 0..60), low in key(), high in key()) {
        let (mut table, mut tree) = (Table::new(), BTreeMap::new());
        for step in &steps {
            both_do(&mut table, &mut tree, step);
            prop_assert!(table.iter().eq(tree.iter()));
        }
        prop_assert_eq!((table.len(), table.is_empty()), (tree.len(), tree.is_empty()));
        prop_assert_eq!(table.first_key_value(), tree.first_key_value());
        prop_assert!(table.iter().rev().eq(tree.iter().rev()));
        prop_assert!(table.keys().eq(tree.keys()) && table.values().rev().eq(tree.values().rev()));
        prop_assert!((0..=KEYS).all(|key| table.get(&key) == tree.get(&key) && table.contains_key(&key) == tree.contains_key(&key)));
        if low <= high {
            prop_assert!(table.range(low..high).eq(tree.range(low..high)) && table.range(low..=high).rev().eq(tree.range(low..=high).rev()));
        }
        prop_assert!(table.range(low..).eq(tree.range(low..)) && table.range(..high).eq(tree.range(..high)));
    }

    #[test]
    fn a_table_is_collected_as_a_tree_is(rows in proptest::collection::vec((key(), any::<u32>()), 0..900)) {
        let (table, tree): (Table<u16, u32>, BTreeMap<u16, u32>) = (rows.iter().copied().collect(), rows.iter().copied().collect());
        prop_assert!(table.into_iter().eq(tree));
    }

    #[test]
    fn a_set_is_as_a_tree(keys in proptest::collection::vec(key(), 0..900), gone in proptest::collection::vec(key(), 0..400), bound in key()) {
        let (mut set, mut tree) = (Set::new(), BTreeSet::new());
        for key in &keys {
            prop_assert_eq!(set.insert(*key), tree.insert(*key));
        }
        prop_assert_eq!(&set, &keys.iter().copied().collect::<Set<u16>>());
        for key in &gone {
            prop_assert_eq!(set.remove(key), tree.remove(key));
        }
        prop_assert!(set.iter().eq(tree.iter()));
        prop_assert!(set.range(bound..).eq(tree.range(bound..)) && set.range(..=bound).eq(tree.range(..=bound)));
        prop_assert!((0..=KEYS).all(|key| set.contains(&key) == tree.contains(&key)));
    }
}

#[test]
fn a_table_that_grows_at_its_end_has_full_chunks() {
    let table: Table<usize, ()> = (0..1_000).map(|key| (key, ())).collect();
    assert_eq!(table.chunks.len(), 1_000_usize.div_ceil(FULL));
    assert!(table.keys().copied().eq(0..1_000));
}

#[test]
fn tables_are_equal_however_they_came_about() {
    let up: Table<usize, usize> = (0..500).map(|key| (key, key)).collect();
    let down: Table<usize, usize> = (0..500).rev().map(|key| (key, key)).collect();
    assert_ne!(up.chunks.len(), down.chunks.len());
    assert_eq!(up, down);
}

#[test]
fn a_range_turned_round_is_empty() {
    let table: Table<u16, u16> = [(1, 1), (5, 5)].into();
    let (low, high) = (2, 4);
    assert_eq!(table.range(high..low).count(), 0);
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Poor(u16);

impl Mixed for Poor {
    fn mixed(&self) -> u64 {
        // Many keys want one place.
        u64::from(self.0 / 9)
    }
}

proptest! {
    #[test]
    fn a_hashed_table_holds_what_a_tree_holds(steps in proptest::collection::vec(step(), 0..200)) {
        let (mut hashed, mut tree) = (Hashed::default(), BTreeMap::new());
        for step in steps {
            match step {
                Step::Insert(key, value) | Step::Update(key, value) => {
                    hashed.insert(Poor(key), value);
                    tree.insert(Poor(key), value);
                }
                Step::Remove(key) => {
                    hashed.retain(|found, _| found.0 != key);
                    tree.remove(&Poor(key));
                }
                Step::Change(key, value) => {
                    let found = hashed.get_mut(&Poor(key)).map(|held| *held = value);
                    prop_assert_eq!(found.is_some(), tree.get_mut(&Poor(key)).map(|held| *held = value).is_some());
                }
                Step::Retain(part) => {
                    hashed.retain(|key, _| key.0 % part != 0);
                    tree.retain(|key, _| key.0 % part != 0);
                }
                Step::Extend(rows) => {
                    for (key, value) in rows {
                        hashed.insert(Poor(key), value);
                        tree.insert(Poor(key), value);
                    }
                }
            }
        }
        let mut rows: Vec<_> = hashed.unordered().map(|(key, value)| (*key, *value)).collect();
        rows.sort();
        prop_assert_eq!(rows, tree.iter().map(|(key, value)| (*key, *value)).collect::<Vec<_>>());
        prop_assert_eq!((hashed.len(), hashed.is_empty()), (tree.len(), tree.is_empty()));
        for key in (0..=KEYS).step_by(31) {
            prop_assert_eq!(hashed.get(&Poor(key)), tree.get(&Poor(key)));
        }
        let again: Hashed<Poor, u32> = {
            let mut other = Hashed::default();
            tree.iter().rev().for_each(|(key, value)| other.insert(*key, *value));
            other
        };
        prop_assert!(hashed == again, "what was done does not show");
    }

    #[test]
    fn a_row_is_found_from_its_distance_or_without_it(keys in proptest::collection::btree_set(key(), 0..400), wanted in key(), wrong in 0usize..900) {
        let table: Table<u16, u16> = keys.iter().map(|key| (*key, key / 3)).collect();
        let found = keys.contains(&wanted).then_some(wanted / 3);
        prop_assert_eq!(table.near(&wanted, |first| usize::from(wanted.wrapping_sub(*first))).copied(), found);
        prop_assert_eq!(table.near(&wanted, |_| wrong).copied(), found);
    }
}
