//! The engine's measured jobs, callable in the shipped module: `cargo xtask bench` is to time what is shipped, not a copy of it.

use wasm_bindgen::prelude::*;

/// Does a job of [`eni_playground::measure`] and gives how many rounds ended as they should; 0 for a job that there is not.
#[wasm_bindgen]
pub fn bench(job: &str, rounds: u32) -> u32 {
    eni_playground::measure::run(job, rounds).unwrap_or(0)
}
