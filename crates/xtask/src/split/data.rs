//! Which data come with the rest: what the first part has no way to.
//!
//! The linker tells which constants stand where ([`Objects`]). A constant is needed by who has a number that lies in it: code of the first part,
//! or another constant that is needed. Whatever could be an address is taken for one, so that at worst too much is in the first part. That is
//! the rule by which linkers and conservative collectors leave things out. What may be written stays in the first part, because the rest
//! would write over it.

use std::ops::Range;

use anyhow::{Context, Result, bail};
use wasmparser::{DataKind, Operator};

use super::module::Module;
use super::objects::Objects;
use super::plan::Plan;
use super::points::Kept;

/// A number that something is added to may be the address of a table less the first place that is looked up in it, or the end of a table that is
/// walked by negative numbers, and a part of a row behind that. So what begins so many bytes after it and what ends so many before it is needed,
/// too. In the module of November 2026 the linker's relocations tell: of 14,425 numbers that are addresses 27 lie outside of what they are for, at most
/// 176 bytes before it and 88 behind it, and something is added to each; 33 more are its end.
const AROUND: u32 = 256;
/// A longer text is no such table, so what is around it does not bring it along; and who takes it with its length takes it from its first letter.
const LONG_TEXT: usize = 4_096;
/// So many methods of a trait object are looked at. Closures have one, iterators and writers a few.
const METHODS: u32 = 4;
/// Shorter gaps are not worth a segment of their own.
const WORTH: u32 = 16;

/// The data of the module that the first part has no way to: ranges of addresses, in order.
///
/// # Errors
///
/// When the module has data of a kind that the splitter does not know.
pub fn late(module: &Module, plan: &Plan, objects: &Objects) -> Result<Vec<Range<u32>>> {
    let memory = Memory::new(module)?;
    let objects = objects.apart(|range| memory.zeros(range));
    let mut search = Search { needed: vec![false; objects.len()], objects, memory, left: Vec::new() };
    for (body, function) in module.bodies.iter().zip(module.imported()..) {
        if plan.has(true, u32::try_from(function)?) {
            search.code(&plan.kept(true, function, body)?);
        }
    }
    for (_, value) in &module.globals {
        for operator in value.get_operators_reader() {
            search.operator(&operator?, None);
        }
    }
    search.written();
    while let Some(object) = search.left.pop() {
        if let Some(range) = search.objects.get(object).cloned() {
            search.words(&range);
        }
    }
    let mut late: Vec<Range<u32>> = Vec::new();
    for (range, needed) in search.objects.iter().zip(&search.needed) {
        match late.last_mut() {
            _ if *needed => {}
            Some(last) if search.nothing_between(last.end, range.start) => last.end = range.end,
            _ => late.push(range.clone()),
        }
    }
    late.retain(|range| range.len() >= WORTH as usize);
    Ok(late)
}

/// The segments of data with their addresses.
///
/// # Errors
///
/// When a segment is not placed at a fixed address as soon as an instance is made.
pub fn image<'bytes>(module: &Module<'bytes>) -> Result<Vec<(u32, &'bytes [u8])>> {
    let mut image = Vec::new();
    for segment in &module.data {
        let DataKind::Active { memory_index: 0, offset_expr } = &segment.kind else { bail!("a segment of data that is placed later") };
        let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else { bail!("data at no fixed address") };
        image.push((value.cast_unsigned(), segment.data));
    }
    Ok(image)
}

/// The pieces of a segment that are in the late ranges, or those that are not.
///
/// # Errors
///
/// When the segment is longer than a memory.
pub fn pieces<'bytes>(address: u32, bytes: &'bytes [u8], late: &[Range<u32>], wanted: bool) -> Result<Vec<(u32, &'bytes [u8])>> {
    let end = address.checked_add(u32::try_from(bytes.len())?).context("a segment of data is too long")?;
    let mut pieces = Vec::new();
    let mut add = |range: Range<u32>| {
        if let Some(piece) = bytes.get((range.start - address) as usize..(range.end.max(range.start) - address) as usize) {
            pieces.extend((!piece.is_empty()).then_some((range.start, piece)));
        }
    };
    let mut at = address;
    for range in late {
        let (begin, until) = (range.start.clamp(at, end), range.end.clamp(at, end));
        add(if wanted { begin..until } else { at..begin });
        at = until;
    }
    if !wanted {
        add(at..end);
    }
    Ok(pieces)
}

/// The memory as it is made, from its first byte that is given to its last. The optimiser leaves out runs of zeros, and so parts of numbers.
pub struct Memory {
    begin: u32,
    bytes: Vec<u8>,
}

impl Memory {
    /// Lays out the module's data.
    ///
    /// # Errors
    ///
    /// When a segment is not placed at a fixed address as soon as an instance is made.
    pub fn new(module: &Module) -> Result<Self> {
        let image = image(module)?;
        let begin = image.iter().map(|(address, _)| *address).min().unwrap_or(0);
        let mut bytes = Vec::new();
        for (address, segment) in image {
            let at = (address - begin) as usize;
            bytes.resize(bytes.len().max(at + segment.len()), 0);
            bytes.get_mut(at..at + segment.len()).context("a segment without a place")?.copy_from_slice(segment);
        }
        // The last number may end in zeros that are left out.
        bytes.resize(bytes.len().next_multiple_of(4) + 4, 0);
        Ok(Self { begin, bytes })
    }

    /// The number at an address.
    fn word(&self, address: u32) -> Option<u32> {
        let at = address.checked_sub(self.begin)? as usize;
        self.bytes.get(at..)?.first_chunk().map(|word| u32::from_le_bytes(*word))
    }

    /// What a trait object's table of methods holds, if one may stand at this address: behind a destructor, a size and an alignment. What
    /// follows the last method is taken for one, too, when it could be.
    pub fn methods(&self, address: u32) -> impl Iterator<Item = u32> {
        let aligned = self.word(address.saturating_add(8)).is_some_and(|alignment| matches!(alignment, 1 | 2 | 4 | 8 | 16));
        let begin = address.saturating_add(12);
        (0..METHODS)
            .filter(move |_| aligned && address.is_multiple_of(4))
            .map_while(move |method| self.word(begin.saturating_add(method * 4)))
    }

    fn end(&self) -> u32 {
        self.begin.saturating_add(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX))
    }

    /// Where there are zeros in a range of addresses.
    fn zeros(&self, range: &Range<u32>) -> Vec<u32> {
        let zero = |address: &u32| {
            let byte = address.checked_sub(self.begin).and_then(|at| self.bytes.get(at as usize));
            byte.is_none_or(|byte| *byte == 0)
        };
        range.clone().filter(zero).collect()
    }

    /// Whether something is a text that is too long for a table of small numbers that happen to be letters.
    fn is_long_text(&self, range: &Range<u32>) -> bool {
        let at = |address: u32| address.saturating_sub(self.begin) as usize;
        let bytes = self.bytes.get(at(range.start)..at(range.end)).unwrap_or_default();
        let is_text = |text: &str| text.chars().all(|letter| !letter.is_control() || matches!(letter, '\n' | '\t'));
        bytes.len() > LONG_TEXT && std::str::from_utf8(bytes).is_ok_and(is_text)
    }

    /// The numbers in a range of addresses: addresses lie at multiples of four.
    fn words(&self, range: &Range<u32>) -> Vec<u32> {
        let begin = range.start.max(self.begin).next_multiple_of(4);
        let at = |address: u32| (address.saturating_sub(self.begin) as usize).min(self.bytes.len());
        let bytes = self.bytes.get(at(begin)..at(range.end.saturating_add(3)).max(at(begin))).unwrap_or_default();
        bytes.as_chunks().0.iter().map(|word| u32::from_le_bytes(*word)).collect()
    }
}

/// What is needed, while it is searched.
struct Search {
    /// The constants, in order.
    objects: Vec<Range<u32>>,
    memory: Memory,
    needed: Vec<bool>,
    left: Vec<usize>,
}

impl Search {
    /// The number of the constant that an address lies in.
    fn at(&self, address: u32) -> Option<usize> {
        let index = self.objects.partition_point(|range| range.start <= address).checked_sub(1)?;
        self.objects.get(index).filter(|range| range.contains(&address)).map(|_| index)
    }

    /// The numbers of the constants that begin in a range.
    fn beginning(&self, range: Range<u32>) -> Range<usize> {
        self.objects.partition_point(|object| object.start < range.start)..self.objects.partition_point(|object| object.start < range.end)
    }

    fn need(&mut self, object: usize) {
        if let Some(needed) = self.needed.get_mut(object).filter(|needed| !**needed) {
            *needed = true;
            self.left.push(object);
        }
    }

    /// A number that may be an address.
    fn address(&mut self, value: u32) {
        if let Some(object) = self.at(value) {
            self.need(object);
        }
    }

    /// A part of a number or of a row that may be an address: small numbers side by side may be in the middle of a long text by chance.
    fn part(&mut self, value: u32) {
        let inside = self.at(value).and_then(|object| self.objects.get(object)).filter(|range| range.start != value);
        if inside.is_none_or(|range| !self.memory.is_long_text(range)) {
            self.address(value);
        }
    }

    /// A number that something is added to before it is an address.
    fn base(&mut self, value: u32) {
        self.address(value);
        let ended = |end: u32| self.objects.partition_point(|object| object.end < end);
        let near = ended(value.saturating_sub(AROUND))..ended(value.saturating_add(1));
        for object in near.chain(self.beginning(value..value.saturating_add(AROUND))) {
            if self.objects.get(object).is_some_and(|range| !self.memory.is_long_text(range)) {
                self.need(object);
            }
        }
    }

    fn code(&mut self, code: &[Kept]) {
        for (index, kept) in code.iter().enumerate() {
            let Kept::Operator(operator) = kept else { continue };
            let next = match code.get(index + 1) {
                Some(Kept::Operator(next)) => Some(next),
                _ => None,
            };
            self.operator(operator, next);
        }
    }

    fn operator(&mut self, operator: &Operator, next: Option<&Operator>) {
        match operator {
            Operator::I32Const { value } if matches!(next, Some(Operator::I32Add)) => self.base(value.cast_unsigned()),
            Operator::I32Const { value } => {
                let value = value.cast_unsigned();
                // In the middle of a constant: a part of it, or what lies before the next one.
                match self.at(value).and_then(|object| self.objects.get(object)) {
                    Some(range) if range.start == value => self.address(value),
                    _ => self.base(value),
                }
            }
            Operator::I64Const { value } => {
                // Two numbers that are stored at once.
                let [a, b, c, d, e, f, g, h] = value.to_le_bytes();
                self.part(u32::from_le_bytes([a, b, c, d]));
                self.part(u32::from_le_bytes([e, f, g, h]));
            }
            operator => {
                if let Some(offset) = offset(operator).and_then(|offset| u32::try_from(offset).ok()) {
                    self.address(offset);
                }
            }
        }
    }

    /// What is in the memory besides constants may be written; it is needed, and so is what it leads to.
    fn written(&mut self) {
        let mut at = self.memory.begin;
        for object in self.objects.clone() {
            self.words(&(at..object.start));
            at = object.end;
        }
        self.words(&(at..self.memory.end()));
    }

    fn words(&mut self, range: &Range<u32>) {
        for word in self.memory.words(range) {
            self.part(word);
        }
    }

    /// Whether nothing but padding lies between two addresses.
    fn nothing_between(&self, from: u32, to: u32) -> bool {
        to.saturating_sub(from) < WORTH && self.beginning(from..to).is_empty()
    }
}

/// What is added to the address of an operator that reads or writes.
fn offset(operator: &Operator) -> Option<u64> {
    use Operator::*;
    match operator {
        I32Load { memarg } | I64Load { memarg } | F32Load { memarg } | F64Load { memarg } => Some(memarg.offset),
        I32Load8S { memarg } | I32Load8U { memarg } | I32Load16S { memarg } | I32Load16U { memarg } => Some(memarg.offset),
        I64Load8S { memarg } | I64Load8U { memarg } | I64Load16S { memarg } | I64Load16U { memarg } => Some(memarg.offset),
        I64Load32S { memarg } | I64Load32U { memarg } => Some(memarg.offset),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{LONG_TEXT, Memory, Search};

    #[test]
    fn a_number_in_the_middle_of_a_long_text_is_no_way_to_it() {
        for (letter, length, middle) in [(b'a', LONG_TEXT + 4, false), (b'a', LONG_TEXT, true), (0, LONG_TEXT + 4, true)] {
            let end = 100 + u32::try_from(length).unwrap();
            let needed = |number: u32, of_a_row: bool| {
                let memory = Memory { begin: 100, bytes: vec![letter; length] };
                let objects = vec![100..end, end + 4_096..end + 4_100];
                let mut search = Search { objects, memory, needed: vec![false; 2], left: Vec::new() };
                if of_a_row {
                    search.part(number)
                } else {
                    search.base(number)
                }
                search.needed == [true, false]
            };
            assert_eq!((needed(100, true), needed(2_000, true)), (true, middle), "{letter} {length}");
            assert_eq!((needed(100, false), needed(end + 8, false)), (true, middle), "{letter} {length}");
        }
    }
}
