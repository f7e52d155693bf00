//! A set of small numbers.

/// The numbers whose bits are set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bits(Vec<u64>);

fn place(number: u32) -> (usize, u64) {
    (number as usize / 64, 1 << (number % 64))
}

impl Bits {
    /// Puts a number in.
    pub fn set(&mut self, number: u32) {
        let (at, bit) = place(number);
        if self.0.len() <= at {
            self.0.resize(at + 1, 0);
        }
        if let Some(word) = self.0.get_mut(at) {
            *word |= bit;
        }
    }

    /// Takes a number out.
    pub fn unset(&mut self, number: u32) {
        let (at, bit) = place(number);
        if let Some(word) = self.0.get_mut(at) {
            *word &= !bit;
        }
    }

    /// Whether a number is in it.
    pub fn has(&self, number: u32) -> bool {
        let (at, bit) = place(number);
        self.0.get(at).is_some_and(|word| word & bit != 0)
    }

    /// The numbers in it, in order.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        (0u32..).zip(&self.0).flat_map(|(at, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = left.trailing_zeros();
                left &= left.wrapping_sub(1);
                (bit < 64).then_some(at * 64 + bit)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_is_in_until_it_is_taken_out() {
        let mut bits = Bits::default();
        [3, 64, 200, 63].iter().for_each(|number| bits.set(*number));
        bits.unset(64);
        bits.unset(10_000);
        assert_eq!(bits.iter().collect::<Vec<_>>(), [3, 63, 200]);
        assert!(bits.has(63) && !bits.has(64) && !bits.has(9_999));
    }
}
