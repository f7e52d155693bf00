//! Which addresses of a VPC are in use, as runs without gaps: the lowest free one is found without walking over those in use.

use crate::addr::Ipv4Addr;
use crate::id::VpcId;
use crate::table::Table;

/// The longest runs of used addresses: VPC and first address to last address. Runs neither touch nor overlap.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct AddressRuns {
    runs: Table<(VpcId, u32), u32>,
}

impl AddressRuns {
    /// Marks the addresses from `first` to `last` as used.
    pub fn insert(&mut self, vpc: VpcId, first: u32, last: u32) {
        let (mut start, mut end) = (first, last);
        if let Some((from, to)) = self.run_before(vpc, first)
            && to.saturating_add(1) >= first
        {
            self.runs.remove(&(vpc, from));
            start = from;
            end = end.max(to);
        }
        while let Some((from, to)) = self.run_from(vpc, start)
            && from <= end.saturating_add(1)
        {
            self.runs.remove(&(vpc, from));
            end = end.max(to);
        }
        self.runs.insert((vpc, start), end);
    }

    /// Marks the addresses from `first` to `last` as free.
    pub fn remove(&mut self, vpc: VpcId, first: u32, last: u32) {
        if let Some((from, to)) = self.run_before(vpc, first)
            && to >= first
        {
            self.cut(vpc, (from, to), first, last);
        }
        while let Some((from, to)) = self.run_from(vpc, first)
            && from <= last
        {
            self.cut(vpc, (from, to), first, last);
        }
    }

    /// The lowest free address from `first` to `last`.
    pub fn first_free(&self, vpc: VpcId, first: u32, last: u32) -> Option<Ipv4Addr> {
        let free = match self.runs.range((vpc, 0)..=(vpc, first)).next_back() {
            Some((_, to)) if *to >= first => to.checked_add(1)?,
            _ => first,
        };
        (free <= last).then(|| Ipv4Addr::from(free))
    }

    /// The lowest free block of `size` addresses, which is a power of two, that begins at a multiple of it and lies from `first` to `last`.
    pub fn first_free_block(&self, vpc: VpcId, (first, last): (u32, u32), size: u32) -> Option<Ipv4Addr> {
        let mut start = first.checked_next_multiple_of(size)?;
        loop {
            let end = start.checked_add(size.checked_sub(1)?)?;
            if end > last {
                return None;
            }
            match self.runs.range((vpc, 0)..=(vpc, end)).next_back() {
                Some((_, to)) if *to >= start => start = to.checked_add(1)?.checked_next_multiple_of(size)?,
                _ => return Some(Ipv4Addr::from(start)),
            }
        }
    }

    /// Takes `first` to `last` out of one run.
    fn cut(&mut self, vpc: VpcId, (from, to): (u32, u32), first: u32, last: u32) {
        self.runs.remove(&(vpc, from));
        if from < first {
            self.runs.insert((vpc, from), first - 1);
        }
        if to > last {
            self.runs.insert((vpc, last + 1), to);
        }
    }

    /// The last run that starts before `address`.
    fn run_before(&self, vpc: VpcId, address: u32) -> Option<(u32, u32)> {
        self.runs.range((vpc, 0)..(vpc, address)).next_back().map(|((_, from), to)| (*from, *to))
    }

    /// The first run that starts at `address` or later.
    fn run_from(&self, vpc: VpcId, address: u32) -> Option<(u32, u32)> {
        self.runs.range((vpc, address)..=(vpc, u32::MAX)).next().map(|((_, from), to)| (*from, *to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::ResourceId;
    use crate::rng::Rng;
    use crate::table::Set;

    // rules: E51
    #[test]
    fn the_lowest_free_address_is_that_of_a_plain_search() {
        let (vpc, other) = (VpcId::from_number(1), VpcId::from_number(2));
        let mut rng = Rng::new(7);
        let mut runs = AddressRuns::default();
        let mut used = Set::new();
        runs.insert(other, 0, 1_000);
        for step in 0..20_000 {
            let address = u32::try_from(rng.below(200)).unwrap();
            if rng.below(5) < 3 {
                runs.insert(vpc, address, address);
                used.insert(address);
            } else {
                runs.remove(vpc, address, address);
                used.remove(&address);
            }
            let from = u32::try_from(rng.below(200)).unwrap();
            let wanted = (from..200).find(|a| !used.contains(a)).map(Ipv4Addr::from);
            assert_eq!(runs.first_free(vpc, from, 199), wanted, "step {step}");
            let is_free = |start: &u32| *start >= from && *start + 7 <= 199 && (0..8).all(|at| !used.contains(&(start + at)));
            let block = (0..25).map(|number| number * 8).find(is_free).map(Ipv4Addr::from);
            assert_eq!(runs.first_free_block(vpc, (from, 199), 8), block, "step {step}");
        }
        let mut afresh = AddressRuns::default();
        afresh.insert(other, 0, 1_000);
        for address in used.iter().rev() {
            afresh.insert(vpc, *address, *address);
        }
        assert_eq!(runs, afresh);
    }
}
