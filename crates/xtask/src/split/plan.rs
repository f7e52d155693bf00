//! Which function goes where.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use anyhow::{Context, Result, ensure};
use wasmparser::{ExternalKind, FunctionBody};

use super::data::Memory;
use super::module::Module;
use super::points::{self, Kept};

/// A function of at most so many bytes is in the first part if something there may call it, though it was not seen to: so that a visit that takes
/// another turn than the recorded ones finds what it needs.
const SMALL: usize = 200;

/// In a mark: a visit came by the point.
const VISITED: u8 = 1;
/// In a mark: a job by which speed is measured did.
const MEASURED: u8 = 2;

/// Where a function is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// The page gives it; each part imports what it uses.
    Imported,
    /// Whole, in the first part; the rest imports it.
    First,
    /// Whole in each part, because jobs by which speed is measured run it. Most of what such a job calls is in the rest, and a call within a
    /// part is direct, where one to the other part is not.
    Twice,
    /// As far as it was come by in the first part, and whole in the rest. Who calls it does so by its place in the table, where the whole one
    /// replaces the other.
    Both,
    /// In the rest.
    Rest,
}

/// Which function goes where, and by which place of the table it is reached.
pub struct Plan {
    /// Where each function is.
    pub places: Vec<Place>,
    /// Which points of each function have been come by.
    pub marks: Vec<Vec<bool>>,
    /// The place in the table of each function that the first part reaches there.
    pub slots: BTreeMap<u32, u32>,
    /// What stands at each place of the table in the end.
    pub table: BTreeMap<u32, u32>,
    /// How many places the table needs.
    pub length: u32,
    /// The data that come with the rest: ranges of addresses, in order.
    pub late: Vec<Range<u32>>,
}

impl Plan {
    /// The operators of a function in one of the parts.
    ///
    /// # Errors
    ///
    /// When the function cannot be read, or has no marks.
    pub fn kept<'bytes>(&self, first: bool, function: usize, body: &FunctionBody<'bytes>) -> Result<Vec<Kept<'bytes>>> {
        if first && self.places.get(function) == Some(&Place::Both) {
            let marks = self.marks.get(function).context("a function without marks")?;
            return Ok(points::keep(body, marks)?.0);
        }
        points::all(body)
    }

    /// Makes the plan from the marks: a byte for each point of each function, in order.
    ///
    /// # Errors
    ///
    /// When the marks are those of another module, or the module's table is not as expected.
    pub fn new(module: &Module, marks: &[u8]) -> Result<Self> {
        let (marks, measured) = by_function(module, marks)?;
        let mut places = vec![Place::Imported; module.imported()];
        for (body, marks) in module.bodies.iter().zip(marks.iter().skip(module.imported())) {
            let run = marks.first() == Some(&true);
            places.push(match run {
                false => Place::Rest,
                true if points::keep(body, marks)?.1 > 0 => Place::Both,
                true => Place::First,
            });
        }
        let mut table: BTreeMap<u32, u32> = module.slots()?.into_iter().collect();
        let called = take_small(module, &marks, &table, &mut places)?;
        for (place, measured) in places.iter_mut().zip(measured) {
            if measured && *place == Place::First {
                *place = Place::Twice;
            }
        }
        let mut slots: BTreeMap<u32, u32> = table.iter().map(|(place, function)| (*function, *place)).collect();
        let mut length = u32::try_from(module.tables.first().map_or(0, |table| table.initial))?;
        let outside = module.exports.iter().filter(|export| export.kind == ExternalKind::Func).map(|export| export.index);
        for function in called.into_iter().chain(outside).chain(module.start) {
            let moves = matches!(places.get(function as usize), Some(Place::Both | Place::Rest));
            if moves && !slots.contains_key(&function) {
                slots.insert(function, length);
                table.insert(length, function);
                length += 1;
            }
        }
        Ok(Self { places, marks, slots, table, length, late: Vec::new() })
    }

    /// Where a function is.
    pub fn place(&self, function: u32) -> Place {
        self.places.get(function as usize).copied().unwrap_or(Place::Rest)
    }

    /// Whether a part has the code of a function.
    pub fn has(&self, first: bool, function: u32) -> bool {
        match self.place(function) {
            Place::Imported => false,
            Place::First => first,
            Place::Twice | Place::Both => true,
            Place::Rest => !first,
        }
    }
}

/// Takes small functions that the first part calls into it, and what they call in their turn; gives all that it calls then. A method of a trait
/// object is called by who has the address of its table: a map compares two keys only when their hashes begin alike, which in one visit they do
/// and in another they do not.
fn take_small(module: &Module, marks: &[Vec<bool>], table: &BTreeMap<u32, u32>, places: &mut [Place]) -> Result<BTreeSet<u32>> {
    let memory = Memory::new(module)?;
    let mut called = BTreeSet::new();
    let mut left: Vec<usize> =
        (0..places.len()).filter(|function| matches!(places.get(*function), Some(Place::First | Place::Both))).collect();
    while let Some(function) = left.pop() {
        let (Some(body), Some(marks)) = (module.body(function), marks.get(function)) else { continue };
        let kept = if places.get(function) == Some(&Place::Both) { points::keep(body, marks)?.0 } else { points::all(body)? };
        let by_name: BTreeSet<u32> = kept.iter().filter_map(Kept::called).collect();
        let numbers = kept.iter().filter_map(Kept::number);
        let methods = numbers.flat_map(|number| memory.methods(number).map_while(|place| table.get(&place).copied()));
        for called_here in by_name.iter().copied().chain(methods) {
            let small = module.body(called_here as usize).is_some_and(|body| body.range().len() <= SMALL);
            if let Some(place) = places.get_mut(called_here as usize).filter(|place| small && **place == Place::Rest) {
                *place = Place::First;
                left.push(called_here as usize);
            }
        }
        called.extend(by_name);
    }
    Ok(called)
}

/// By function: which of its points visits came by, and whether jobs came by the first.
fn by_function(module: &Module, marks: &[u8]) -> Result<(Vec<Vec<bool>>, Vec<bool>)> {
    let (mut all, mut measured) = (vec![Vec::new(); module.imported()], vec![false; module.imported()]);
    let mut left = marks;
    for body in &module.bodies {
        let count = points::count(body)?;
        ensure!(left.len() >= count, "the marks are those of another module");
        let (own, more) = left.split_at(count);
        all.push(own.iter().map(|mark| mark & VISITED != 0).collect());
        measured.push(own.first().is_some_and(|mark| mark & MEASURED != 0));
        left = more;
    }
    Ok((all, measured))
}
