//! The parts that Rust's own tools do.

use std::process::Command;

use anyhow::Result;

use super::count::{Count, counted};
use crate::oracle;
use crate::progress::run;
use crate::tools::{TARGET, wasm_target};

fn cargo(arguments: &[&str]) -> Result<Command> {
    let mut command = Command::new("cargo");
    command.args(arguments).current_dir(crate::root()?);
    Ok(command)
}

/// `cargo fmt --check`.
///
/// # Errors
///
/// When something is not formatted.
pub fn format() -> Result<Count> {
    run(&mut cargo(&["fmt", "--all", "--check"])?)?;
    Ok(Count::success())
}

/// Clippy over everything natively, and over the page as it is compiled for the browser.
///
/// # Errors
///
/// When there is a warning.
pub fn clippy() -> Result<Count> {
    wasm_target()?;
    run(&mut cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"])?)?;
    run(&mut cargo(&["clippy", "--package", "eni-web", "--target", TARGET, "--quiet", "--", "-D", "warnings"])?)?;
    Ok(Count { passed: 2, ..Count::default() })
}

/// All tests that need no browser. Where the kernel cannot be asked, that is said.
///
/// # Errors
///
/// When cargo cannot be started, or what the tests need cannot be installed.
pub fn native() -> Result<Count> {
    let unasked = oracle::tools()?;
    let mut count = counted("the native tests", &mut cargo(&["test", "--workspace", "--no-fail-fast"])?, Count::read_cargo)?;
    if let Some(why) = unasked {
        // It has returned at once, and was counted as passed.
        let skips = vec![format!("the judge agrees with the kernel: {why}")];
        count.passed = count.passed.saturating_sub(1);
        count.add(Count { skipped: 1, skips, ..Count::default() });
    }
    Ok(count)
}
