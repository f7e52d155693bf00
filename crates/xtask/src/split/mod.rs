//! The engine in two parts: what the first scene, its traffic and the first hands come by, and the rest, which the page fetches after that.
//!
//! [`mark`] makes a module that remembers which of its points it has come by, [`crate::record`] has it played, and [`split()`] makes two modules:
//!
//! - the first has memory, tables, globals and data, and of the functions what was come by. Where a point was not, it calls `missing` and traps;
//! - the rest has all other functions, and those of which the first has only a piece once more, whole. It takes everything else from the first,
//!   and when an instance of it is made, it stands in the table in the places of the pieces and of what was missing. So the first part calls
//!   such functions by their places.
//!
//! Nothing that the two do together differs from what the one module does: the marks say only how long the first can do without the rest.

mod emit;
mod mark;
mod module;
mod plan;
mod points;
#[cfg(test)]
mod tests;

use anyhow::{Context, Result, anyhow};
use wasm_encoder::reencode;
use wasmparser::Validator;

use module::Module;
use plan::Plan;

/// The two parts.
pub struct Halves {
    /// Memory, table, globals, data and the functions that are needed first.
    pub first: Vec<u8>,
    /// All other functions.
    pub rest: Vec<u8>,
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

/// Splits a module by what it was seen to come by.
///
/// # Errors
///
/// When the marks are those of another module, or the module has something that the splitter does not know.
pub fn split(module: &[u8], marks: &[u8]) -> Result<Halves> {
    let module = Module::read(module)?;
    let halves = emit::write(&module, &Plan::new(&module, marks)?)?;
    for (part, bytes) in [("first part", &halves.first), ("rest", &halves.rest)] {
        Validator::new().validate_all(bytes).with_context(|| format!("the {part} is no valid module"))?;
    }
    Ok(halves)
}
