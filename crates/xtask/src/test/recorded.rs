//! The recorded event lists: the same scenes, played in wasm, must give the very events that were recorded natively.
//!
//! `crates/core/examples/recorded.rs` says the text of all lists, byte by byte as the exit codes of `main`, so it needs neither glue nor imports;
//! a native test of `eni-core` compares the same text with the committed files, this part compares what wasm says.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::Count;
use crate::progress::{capture, run as run_command};
use crate::tools::{TARGET, wasm_target};

const EXAMPLE: &str = "crates/core/examples/recorded.rs";
const RECORDED: &str = "crates/core/tests/data";

/// Reads the text out of the module named last: calls `main` until it says 0.
const READER: &str = "const module = new WebAssembly.Module(require('node:fs').readFileSync(process.argv[1]));\
    const { main } = new WebAssembly.Instance(module).exports; const bytes = [];\
    for (let byte; (byte = main(0, 0)) !== 0;) bytes.push(byte); process.stdout.write(Buffer.from(bytes));";

/// Plays the scenes in wasm under Node and compares.
///
/// # Errors
///
/// When it cannot be built or the lists differ.
pub fn run() -> Result<Count> {
    let root = crate::root()?;
    if !root.join(EXAMPLE).is_file() {
        bail!("{EXAMPLE} is missing");
    }
    wasm_target()?;
    let target = root.join("target/recorded");
    run_command(
        Command::new("cargo")
            .args(["build", "--quiet", "--package", "eni-core", "--example", "recorded", "--target", TARGET, "--profile", "play"])
            .arg("--target-dir")
            .arg(&target)
            .current_dir(&root),
    )?;
    let module = target.join(TARGET).join("play/examples/recorded.wasm");
    let played = capture(Command::new("node").args(["--eval", READER]).arg(module))?;
    let mut count = Count::default();
    for list in played.split("== ").skip(1) {
        let (name, events) = list.split_once('\n').context("a list without a name")?;
        let file = root.join(RECORDED).join(name).with_extension("events");
        let recorded = fs::read_to_string(&file).with_context(|| format!("{} is missing", file.display()))?;
        compare(name, &recorded, events)?;
        count.add(Count::success());
    }
    if count.passed == 0 {
        bail!("wasm played nothing");
    }
    Ok(count)
}

fn compare(name: &str, recorded: &str, played: &str) -> Result<()> {
    if recorded.trim().is_empty() {
        bail!("{name}: the record is empty");
    }
    let differs = recorded.lines().zip(played.lines()).position(|(recorded, played)| recorded != played);
    let line = match differs {
        None if recorded.lines().count() == played.lines().count() => return Ok(()),
        None => recorded.lines().count().min(played.lines().count()),
        Some(line) => line,
    };
    let at = |text: &str| text.lines().nth(line).unwrap_or("(nothing)").to_owned();
    bail!("{name}: wasm and the record differ at line {}:\n  recorded: {}\n  in wasm:  {}", line + 1, at(recorded), at(played))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_lists_pass_and_the_first_difference_is_named() {
        assert!(compare("list", "a\nb\n", "a\nb\n").is_ok());
        assert!(compare("list", "", "").is_err());
        for (recorded, played) in [("a\nb\n", "a\nc\n"), ("a\nb\n", "a\n"), ("a\n", "a\nb\n")] {
            let message = compare("list", recorded, played).unwrap_err().to_string();
            assert!(message.contains("line 2"), "{message}");
        }
    }
}
