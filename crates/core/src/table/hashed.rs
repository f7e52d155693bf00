//! Rows found by a number that is computed from their key: for what every packet is looked up in. There is no order, so nobody may see one.

/// A key of a [`Hashed`].
pub trait Mixed: Copy + Eq {
    /// A number that is the same for equal keys and mostly another for others. It is the same on every machine.
    fn mixed(&self) -> u64;
}

/// Mixes one more number into what was mixed so far.
#[inline]
pub const fn mix(so_far: u64, number: u64) -> u64 {
    // The fraction of the golden ratio: its bits have no pattern.
    let mixed = (so_far.rotate_left(5) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ mixed >> 32
}

/// How many places there are at first.
const FIRST: usize = 16;

/// Values by key. A row stands at the place that its key's number names, or at the next free one behind it.
#[derive(Clone, Debug)]
pub struct Hashed<K, V> {
    /// As many as a power of two, at most three quarters of them taken; or none.
    places: Vec<Option<(K, V)>>,
    taken: usize,
}

impl<K, V> Default for Hashed<K, V> {
    fn default() -> Hashed<K, V> {
        Hashed { places: Vec::new(), taken: 0 }
    }
}

impl<K: Mixed, V> Hashed<K, V> {
    /// How many rows there are.
    pub const fn len(&self) -> usize {
        self.taken
    }

    /// Whether there is no row.
    pub const fn is_empty(&self) -> bool {
        self.taken == 0
    }

    /// Every row, in no order that means anything: to count or to sort them.
    pub fn unordered(&self) -> impl Iterator<Item = (&K, &V)> {
        self.places.iter().flatten().map(|(key, value)| (key, value))
    }

    /// Where a key is, or the free place where it would be. There always is one.
    fn place(&self, key: &K) -> usize {
        let last = self.places.len().wrapping_sub(1);
        let mut at = key.mixed() as usize & last;
        while let Some(Some((found, _))) = self.places.get(at) {
            if found == key {
                break;
            }
            at = (at + 1) & last;
        }
        at
    }

    /// The value of a key.
    pub fn get(&self, key: &K) -> Option<&V> {
        self.places.get(self.place(key))?.as_ref().map(|(_, value)| value)
    }

    /// The value of a key, to change.
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let at = self.place(key);
        self.places.get_mut(at)?.as_mut().map(|(_, value)| value)
    }

    /// Puts a row in, in the place of the one that the key had.
    pub fn insert(&mut self, key: K, value: V) {
        if (self.taken + 1) * 4 > self.places.len() * 3 {
            let room = (self.places.len() * 2).max(FIRST);
            self.rebuild(room, |_, _| true);
        }
        let at = self.place(&key);
        if let Some(place) = self.places.get_mut(at) {
            self.taken += usize::from(place.is_none());
            *place = Some((key, value));
        }
    }

    /// Keeps only the rows that `keep` says yes to.
    pub fn retain(&mut self, keep: impl Fn(&K, &V) -> bool) {
        let staying = self.unordered().filter(|(key, value)| keep(key, value)).count();
        if staying == 0 {
            *self = Hashed::default();
        } else if staying < self.taken {
            self.rebuild((staying * 2).next_power_of_two().max(FIRST), keep);
        }
    }

    /// Puts the rows that stay into so many places.
    fn rebuild(&mut self, room: usize, keep: impl Fn(&K, &V) -> bool) {
        let places = std::mem::take(&mut self.places);
        self.places.resize_with(room, || None);
        self.taken = 0;
        for (key, value) in places.into_iter().flatten().filter(|(key, value)| keep(key, value)) {
            let at = self.place(&key);
            if let Some(place) = self.places.get_mut(at) {
                *place = Some((key, value));
                self.taken += 1;
            }
        }
    }
}

impl<K: Mixed, V: PartialEq> PartialEq for Hashed<K, V> {
    fn eq(&self, other: &Hashed<K, V>) -> bool {
        // Not place by place: where rows stand depends on what was done.
        self.taken == other.taken && self.unordered().all(|(key, value)| other.get(key) == Some(value))
    }
}
