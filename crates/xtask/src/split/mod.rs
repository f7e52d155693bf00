//! The engine in two parts: what the first scene, its traffic and the first hands come by, and the rest, which the page fetches after that.
//!
//! [`mark()`] makes a module that remembers which of its points it has come by, a browser plays it, and by its marks [`split()`] makes two modules:
//!
//! - the first has memory, tables and globals, of the functions what was come by, and the data that those may read. Where a point was not come
//!   by, it calls `missing` and traps;
//! - the rest has all other data and functions, those of which the first has only a piece once more, whole, and a copy of those that must be fast,
//!   because a call from one part to the other is a slow one. It takes everything else from the first, and when an instance of it is made, it stands in the table in the places of the pieces and of what was missing. So the first part calls
//!   such functions by their places.
//!
//! Nothing that the two do together differs from what the one module does: the marks say only how long the first can do without the rest.

mod data;
mod emit;
mod mark;
mod module;
mod objects;
mod plan;
mod points;
#[cfg(test)]
mod tests;

use anyhow::{Context, Result, anyhow};
use wasm_encoder::reencode;
use wasmparser::Validator;

use module::Module;
pub use objects::Objects;
use plan::Plan;

/// The two parts.
pub struct Halves {
    /// Memory, table, globals, data and the functions that are needed first.
    pub first: Vec<u8>,
    /// All other functions.
    pub rest: Vec<u8>,
    /// How many bytes of data are in the rest.
    pub late: usize,
}

fn told(error: reencode::Error<anyhow::Error>) -> anyhow::Error {
    match error {
        reencode::Error::UserError(error) => error,
        error => anyhow!("{error}"),
    }
}

/// A module that remembers where it has been: one byte for each point, in a memory of its own.
///
/// # Errors
///
/// When the module cannot be read.
pub fn mark(module: &[u8]) -> Result<Vec<u8>> {
    mark::mark(module)
}

/// Splits a module by what it was seen to come by: a byte for each of its points, 1 where visits came by it, 2 where jobs by which speed is measured
/// did, 3 where both. `objects` are the constants that may come with the rest; with none, all data are in the first part.
///
/// # Errors
///
/// When the marks are those of another module, or the module has something that the splitter does not know.
pub fn split(module: &[u8], marks: &[u8], objects: &Objects) -> Result<Halves> {
    let module = Module::read(module)?;
    let mut plan = Plan::new(&module, marks)?;
    plan.late = data::late(&module, &plan, objects)?;
    let halves = emit::write(&module, &plan)?;
    for (part, bytes) in [("first part", &halves.first), ("rest", &halves.rest)] {
        Validator::new().validate_all(bytes).with_context(|| format!("the {part} is no valid module"))?;
    }
    Ok(halves)
}
