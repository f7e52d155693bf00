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
    let (unasked, unread) = (oracle::tools()?, oracle::readers());
    let mut count = counted("the native tests", &mut cargo(&["test", "--workspace", "--no-fail-fast"])?, Count::read_cargo)?;
    if let Some(why) = unasked {
        skip(&mut count, 1, format!("the judge agrees with the kernel: {why}"));
    }
    if let Some(why) = unread {
        skip(&mut count, 2, format!("other programs read a capture: {why}"));
    }
    Ok(count)
}

/// Tests that have returned at once, and were counted as passed.
fn skip(count: &mut Count, tests: usize, why: String) {
    count.passed = count.passed.saturating_sub(tests);
    count.add(Count { skipped: tests, skips: vec![why], ..Count::default() });
}
