//! `cargo xtask fuzz`: random and damaged lines at the fronts that read what people and programs write.

use std::process::{Command, ExitCode};

use anyhow::Result;
use clap::Args;

use crate::root;

#[derive(Args)]
pub struct Options {
    /// How long at each front, in minutes
    #[arg(long, default_value_t = 1.0)]
    minutes: f64,
    /// What randomness begins with
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// At one front only
    #[arg(long, value_parser = ["api", "shell"])]
    front: Option<String>,
}

/// Fuzzes the JSON front (`eni api`) and the command front (`eni run`).
///
/// # Errors
///
/// When cargo cannot be run.
pub fn run(options: &Options) -> Result<ExitCode> {
    let fronts = options.front.as_ref().map_or_else(|| vec!["api", "shell"], |front| vec![front.as_str()]);
    for front in fronts {
        let arguments = ["run", "--quiet", "--release", "--package", "eni-playground", "--example", "fuzz", "--"];
        let own = [front.to_owned(), options.minutes.to_string(), options.seed.to_string()];
        let status = Command::new("cargo").args(arguments).args(own).current_dir(root()?).status()?;
        if !status.success() {
            return Ok(ExitCode::FAILURE);
        }
    }
    Ok(ExitCode::SUCCESS)
}
