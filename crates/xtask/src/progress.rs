//! Progress: one line as a step begins, one with its duration as it ends, and what to do when it fails.

use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// Runs one step, saying what it is, how long it took, and `advice` if it fails.
///
/// # Errors
///
/// Those of `work`, with the advice.
pub fn step<T>(what: &str, advice: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("==> {what}");
    let begin = Instant::now();
    let outcome = work();
    let took = seconds(begin.elapsed());
    match &outcome {
        Ok(_) => eprintln!("    {what}: done in {took}"),
        Err(_) => eprintln!("    {what}: FAILED after {took}"),
    }
    outcome.with_context(|| if advice.is_empty() { what.to_owned() } else { format!("{what}\n  what to do: {advice}\n  why") })
}

/// A duration as people read it.
pub fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

/// Runs a command with its output shown, all of it as progress: standard output belongs to the answer.
///
/// # Errors
///
/// When it cannot be started or ends with a failure.
pub fn run(command: &mut Command) -> Result<()> {
    let shown = show(command);
    let status = command.stdout(std::io::stderr()).status().with_context(|| format!("`{shown}` could not be started"))?;
    if !status.success() {
        bail!("`{shown}` ended with {status}");
    }
    Ok(())
}

/// Runs a command and returns what it wrote to standard output.
///
/// # Errors
///
/// When it cannot be started or ends with a failure.
pub fn capture(command: &mut Command) -> Result<String> {
    let shown = show(command);
    let output = command.output().with_context(|| format!("`{shown}` could not be started"))?;
    if !output.status.success() {
        bail!("`{shown}` ended with {}: {}", output.status, String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn show(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
