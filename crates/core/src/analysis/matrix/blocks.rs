//! Blocks of addresses, and which of them have an address: found by length, longest first.

use crate::addr::{Ipv4Addr, Ipv4Net};

/// Blocks, each with a number that it keeps.
#[derive(Clone, Debug, Default)]
pub struct Blocks {
    /// By length, the longest first; of each length the blocks' first addresses, in order, with their numbers.
    lengths: Vec<(u8, Vec<(u32, u32)>)>,
}

fn masked(ip: u32, length: u8) -> u32 {
    u32::MAX.checked_shl(32 - u32::from(length)).unwrap_or(0) & ip
}

impl Blocks {
    /// Adds a block under a number; whether it was not there yet.
    pub fn add(&mut self, block: Ipv4Net, number: u32) -> bool {
        let (length, first) = (block.prefix_len(), u32::from(block.network()));
        let at = self.lengths.partition_point(|(other, _)| *other > length);
        if self.lengths.get(at).is_none_or(|(other, _)| *other != length) {
            self.lengths.insert(at, (length, Vec::new()));
        }
        let Some((_, blocks)) = self.lengths.get_mut(at) else { return false };
        match blocks.binary_search_by_key(&first, |(first, _)| *first) {
            Ok(_) => false,
            Err(place) => {
                blocks.insert(place, (first, number));
                true
            }
        }
    }

    /// The numbers of the blocks that have an address, the longest block first.
    pub fn around(&self, ip: Ipv4Addr) -> impl Iterator<Item = u32> + '_ {
        let ip = u32::from(ip);
        self.lengths.iter().filter_map(move |(length, blocks)| {
            let at = blocks.binary_search_by_key(&masked(ip, *length), |(first, _)| *first).ok()?;
            blocks.get(at).map(|(_, number)| *number)
        })
    }

    /// The number of the longest block that has an address: which blocks have it follows from that, because blocks lie inside of each other or
    /// beside each other.
    pub fn longest(&self, ip: Ipv4Addr) -> Option<u32> {
        self.around(ip).next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_block_comes_first() {
        let mut blocks = Blocks::default();
        for (number, block) in ["0.0.0.0/0", "10.0.0.0/8", "10.0.1.0/24", "10.0.1.7/32"].iter().enumerate() {
            assert!(blocks.add(block.parse().unwrap(), u32::try_from(number).unwrap()));
        }
        assert!(!blocks.add("10.0.1.0/24".parse().unwrap(), 9));
        let around = |ip: &str| blocks.around(ip.parse().unwrap()).collect::<Vec<_>>();
        assert_eq!((around("10.0.1.7"), around("10.0.2.7"), around("192.0.2.1")), (vec![3, 2, 1, 0], vec![1, 0], vec![0]));
        assert_eq!(blocks.longest("10.0.1.8".parse().unwrap()), Some(2));
    }
}
