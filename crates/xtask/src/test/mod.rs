//! `cargo xtask test`: everything that has to pass before a change lands.
//!
//! All parts are run, also after one has failed; the last line is the sum of all.

pub mod browser;
mod count;
mod recorded;
mod rust;

use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;
use clap::ValueEnum;

pub use count::Count;

use crate::progress::seconds;

/// Options of `test`.
#[derive(clap::Args)]
pub struct Options {
    /// Only these parts; all when none is named
    #[arg(value_enum)]
    parts: Vec<Part>,
    /// With `browser`: only test files whose name contains this
    #[arg(long)]
    filter: Option<String>,
    /// With `browser`: test the page as it was built last
    #[arg(long)]
    no_build: bool,
}

/// The parts, in the order in which they are run: what fails fast comes first.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Formatting
    Format,
    /// Clippy, natively and for wasm; warnings are errors
    Clippy,
    /// Native tests of all crates, module walls among them
    Native,
    /// The recorded event lists, in wasm
    Recorded,
    /// The page in a real Chromium
    Browser,
}

/// Runs the parts.
///
/// # Errors
///
/// Only when the repository cannot be found: a part that fails is counted.
pub fn run(options: &Options) -> Result<ExitCode> {
    let begin = Instant::now();
    // Before the native tests build another xtask over this one.
    crate::tools::program()?;
    let all = Part::value_variants();
    let parts: Vec<Part> = all.iter().copied().filter(|part| options.parts.is_empty() || options.parts.contains(part)).collect();
    let mut sum = Count::default();
    for part in &parts {
        let name = part.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
        eprintln!("\n==> {name}");
        let part_begin = Instant::now();
        let outcome = match part {
            Part::Format => rust::format(),
            Part::Clippy => rust::clippy(),
            Part::Native => rust::native(),
            Part::Recorded => recorded::run(),
            Part::Browser => browser::run(options.filter.as_deref(), !options.no_build),
        };
        let count = outcome.unwrap_or_else(|error| {
            eprintln!("error: {error:#}");
            Count::failure(&name)
        });
        eprintln!("    {name}: {} in {}", count.line(), seconds(part_begin.elapsed()));
        sum.add(count);
    }
    report(&sum, parts.len() < all.len(), &seconds(begin.elapsed()));
    Ok(if sum.failed == 0 && sum.passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn report(sum: &Count, partly: bool, took: &str) {
    println!();
    for what in &sum.failures {
        println!("failed: {what}");
    }
    for what in &sum.seconds {
        println!("passed at the second try only: {what}");
    }
    for what in &sum.skips {
        println!("skipped: {what}");
    }
    if partly {
        println!("(only the parts that were asked for)");
    }
    println!("took {took}");
    println!("{}", sum.line());
}
