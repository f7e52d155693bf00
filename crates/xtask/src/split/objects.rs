//! Which constants stand where in the memory of the engine, as the linker tells it.

use std::ops::Range;

use anyhow::{Context, Result, ensure};
use wasmparser::{Parser, Payload};

/// Constants by their ranges of addresses, in order. None of them is ever written.
#[derive(Default)]
pub struct Objects {
    /// Constants, each with bounds of its own.
    pub constants: Vec<Range<u32>>,
    /// Where the linker put texts together that end in a zero: each of them is one constant.
    texts: Vec<Range<u32>>,
}

impl Objects {
    /// From the linker's map and the module that it belongs to, as the linker wrote it.
    ///
    /// # Errors
    ///
    /// When the map is that of another module, has no constants, or has some that lie over each other.
    pub fn read(map: &str, linked: &[u8]) -> Result<Self> {
        ensure!(ends_in_map(map) == ends_in_module(linked)?, "the linker's map is not of this module");
        let (texts, constants) = map.lines().filter_map(constant).partition::<Vec<_>, _>(|(_, text)| *text);
        let ranges = |list: Vec<(Range<u32>, bool)>| list.into_iter().map(|(range, _)| range).collect();
        Self::new(ranges(constants), ranges(texts))
    }

    /// From ranges of addresses, in any order.
    ///
    /// # Errors
    ///
    /// When there are none, or some lie over each other.
    pub fn new(mut constants: Vec<Range<u32>>, texts: Vec<Range<u32>>) -> Result<Self> {
        constants.retain(|range| !range.is_empty());
        constants.sort_by_key(|range| range.start);
        let mut all: Vec<_> = constants.iter().chain(&texts).collect();
        all.sort_by_key(|range| range.start);
        ensure!(all.is_sorted_by(|one, next| one.end <= next.start), "there are constants that lie over each other");
        ensure!(!all.is_empty(), "there are no constants");
        Ok(Self { constants, texts })
    }

    /// All constants, where `zeros` gives the addresses in a range at which the memory has a zero.
    pub fn apart(&self, zeros: impl Fn(&Range<u32>) -> Vec<u32>) -> Vec<Range<u32>> {
        let mut all = self.constants.clone();
        for range in &self.texts {
            let mut begin = range.start;
            for zero in zeros(range).into_iter().chain([range.end.saturating_sub(1)]) {
                all.extend((begin <= zero).then_some(begin..zero + 1));
                begin = zero + 1;
            }
        }
        all.sort_by_key(|range| range.start);
        all
    }
}

/// The constant of a line of the map, and whether it is many texts: address, offset in the file, size, and where it is from.
fn constant(line: &str) -> Option<(Range<u32>, bool)> {
    let mut columns = line.split_whitespace();
    let (address, _, size, from) = (columns.next()?, columns.next()?, columns.next()?, columns.next()?);
    if !from.contains(":(.rodata") {
        return None;
    }
    let (address, size) = (u32::from_str_radix(address, 16).ok()?, u32::from_str_radix(size, 16).ok()?);
    Some((address..address.checked_add(size)?, from.starts_with("<internal>")))
}

/// Where code and data end in the file that the map is of.
fn ends_in_map(map: &str) -> Vec<usize> {
    let end = |line: &str| {
        let columns: Vec<&str> = line.split_whitespace().collect();
        let [_, offset, size, "CODE" | "DATA"] = columns.as_slice() else { return None };
        Some(usize::from_str_radix(offset, 16).ok()? + usize::from_str_radix(size, 16).ok()?)
    };
    map.lines().filter_map(end).collect()
}

/// The same of a module.
fn ends_in_module(module: &[u8]) -> Result<Vec<usize>> {
    let mut ends = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        match payload.context("what the linker wrote is no module")? {
            Payload::CodeSectionStart { range, .. } => ends.push(range.end),
            Payload::DataSection(section) => ends.push(section.range().end),
            _ => {}
        }
    }
    Ok(ends)
}
