//! `cargo xtask test`: placeholder until the next landing.

use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::progress::{run as run_command, step};

/// Options of `test`.
#[derive(clap::Args)]
pub struct Options {}

/// Runs the checks.
///
/// # Errors
///
/// When a check cannot be run.
pub fn run(_options: &Options) -> Result<ExitCode> {
    let root = crate::root()?;
    step("Formatting", "cargo fmt", || run_command(Command::new("cargo").args(["fmt", "--check"]).current_dir(&root)))?;
    step("Native tests", "", || run_command(Command::new("cargo").args(["test", "--workspace"]).current_dir(&root)))?;
    Ok(ExitCode::SUCCESS)
}
