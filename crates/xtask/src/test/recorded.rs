//! The recorded event lists: the same scenes, played in wasm, must give the very events that were recorded natively.
//!
//! `web/examples/recorded.rs` exports `recorded()`, the text of all lists; a native test of `eni-playground` compares the same text with the
//! committed file, this part compares what wasm says.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use super::Count;
use crate::progress::{capture, run as run_command};
use crate::tools::{TARGET, wasm_target};

const EXAMPLE: &str = "web/examples/recorded.rs";
const RECORDED: &str = "crates/playground/tests/recorded/event-lists.txt";

/// Plays the scenes in wasm under Node and compares.
///
/// # Errors
///
/// When it cannot be built or the lists differ.
pub fn run() -> Result<Count> {
    let root = crate::root()?;
    if !root.join(EXAMPLE).is_file() {
        return Ok(Count::skip("recorded event lists in wasm", &format!("{EXAMPLE} does not exist yet")));
    }
    wasm_target()?;
    let target = root.join("target/recorded");
    run_command(
        Command::new("cargo")
            .args(["build", "--quiet", "--package", "eni-web", "--example", "recorded", "--target", TARGET, "--profile", "play"])
            .arg("--target-dir")
            .arg(&target)
            .current_dir(&root),
    )?;
    let glue = target.join("glue");
    let module = target.join(TARGET).join("play/examples/recorded.wasm");
    Bindgen::new().input_path(module).nodejs(true)?.typescript(false).out_name("recorded").generate(&glue)?;
    let script = format!("process.stdout.write(require({:?}).recorded())", glue.join("recorded.js"));
    let played = capture(Command::new("node").args(["--eval", &script]))?;
    let recorded = fs::read_to_string(root.join(RECORDED)).with_context(|| format!("{RECORDED} is missing"))?;
    compare(&recorded, &played)?;
    Ok(Count::success())
}

fn compare(recorded: &str, played: &str) -> Result<()> {
    if recorded.trim().is_empty() {
        bail!("{RECORDED} is empty");
    }
    let differs = recorded.lines().zip(played.lines()).position(|(recorded, played)| recorded != played);
    let line = match differs {
        None if recorded.lines().count() == played.lines().count() => return Ok(()),
        None => recorded.lines().count().min(played.lines().count()),
        Some(line) => line,
    };
    let at = |text: &str| text.lines().nth(line).unwrap_or("(nothing)").to_owned();
    bail!("wasm and the record differ at line {}:\n  recorded: {}\n  in wasm:  {}", line + 1, at(recorded), at(played))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_lists_pass_and_the_first_difference_is_named() {
        assert!(compare("a\nb\n", "a\nb\n").is_ok());
        assert!(compare("", "").is_err());
        for (recorded, played) in [("a\nb\n", "a\nc\n"), ("a\nb\n", "a\n"), ("a\n", "a\nb\n")] {
            let message = compare(recorded, played).unwrap_err().to_string();
            assert!(message.contains("line 2"), "{message}");
        }
    }
}
