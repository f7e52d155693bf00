//! `cargo xtask bench`: how large what is shipped is, and how fast.

mod control;
mod crates;
mod reach;
pub mod sizes;
mod speed;

use std::process::ExitCode;

use anyhow::Result;
use serde_json::json;

use crate::page::Kind;

/// Options of `bench`.
#[derive(clap::Args)]
pub struct Options {
    /// Write one JSON object instead of tables
    #[arg(long)]
    json: bool,
    /// Measure the page as it was built last (by `cargo xtask dist`)
    #[arg(long)]
    no_build: bool,
    /// Only the control plane, natively: nothing of the page is built or measured
    #[arg(long)]
    control: bool,
    /// Only who reaches whom in estates, natively
    #[arg(long)]
    reach: bool,
}

/// Measures and reports.
///
/// # Errors
///
/// When the page cannot be built or read.
pub fn run(options: &Options) -> Result<ExitCode> {
    let root = crate::root()?;
    if options.control {
        let control = control::measure(&root)?;
        let text = if options.json { control.json().to_string() } else { control.table() };
        println!("{text}");
        return Ok(ExitCode::SUCCESS);
    }
    if options.reach {
        let reach = reach::measure(&root)?;
        let text = if options.json { reach.json().to_string() } else { reach.table() };
        println!("{text}");
        return Ok(ExitCode::SUCCESS);
    }
    if !options.no_build {
        crate::dist::make(Kind::Release, true)?;
    }
    let sizes = sizes::measure(&root)?;
    let crates = crates::measure(&root)?;
    let speed = speed::measure(&root)?;
    let control = control::measure(&root)?;
    let reach = reach::measure(&root)?;
    if options.json {
        let (control, reach) = (control.json(), reach.json());
        let report = json!({ "format": 1, "sizes": sizes.json(), "crates": crates.json(), "speed": speed.json(), "control": control, "reach": reach });
        println!("{report}");
    } else {
        println!("{}\n{}\n{}\n{}\n{}", sizes.table(), crates.table(), speed.table(), control.table(), reach.table());
    }
    Ok(ExitCode::SUCCESS)
}

/// A number with thousands apart.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_apart() {
        for (number, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(grouped(number), text);
        }
    }
}
