//! How fast the control plane is, natively: acts, lines of `eni api`, describing.
//!
//! `crates/playground/examples/control.rs` measures what happens in one process. Through `eni api` two runs with two numbers of rounds are timed
//! by the wall clock, and their difference is divided by the difference of their lines, so that the building of the region does not count.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::progress::capture;

/// The rounds of the two runs.
const ROUNDS: [u32; 2] = [100, 1_100];
/// Of so many runs the fastest counts.
const RUNS: u32 = 3;
/// 100,000 lines a second.
const LINE_GOAL: f64 = 10_000.0;

/// A row of the table.
struct Row {
    name: String,
    native_ns: f64,
    goal_ns: f64,
}

/// All rows.
pub struct Control {
    rows: Vec<Row>,
}

/// Measures all rows.
///
/// # Errors
///
/// When something cannot be built or fails.
pub fn measure(root: &Path) -> Result<Control> {
    let example = program(root, &["--package", "eni-playground", "--example", "control"])?;
    let eni = program(root, &["--package", "eni-cli", "--bin", "eni"])?;
    let told = capture(&mut Command::new(&example))?;
    let mut rows = told.lines().map(row).collect::<Result<Vec<Row>>>()?;
    rows.push(Row { name: "line through eni api, 1000 ENIs".to_owned(), native_ns: through_eni_api(&example, &eni)?, goal_ns: LINE_GOAL });
    Ok(Control { rows })
}

fn row(line: &str) -> Result<Row> {
    let value: Value = serde_json::from_str(line)?;
    let number = |name: &str| value.get(name).and_then(Value::as_f64).with_context(|| format!("no {name} in {line}"));
    let name = value.get("row").and_then(Value::as_str).context("a row without a name")?.to_owned();
    Ok(Row { name, native_ns: number("native_ns")?, goal_ns: number("goal_ns")? })
}

/// Builds a program for speed; where it lies.
pub(super) fn program(root: &Path, what: &[&str]) -> Result<PathBuf> {
    let arguments = [&["build", "--release", "--message-format", "json"][..], what].concat();
    let messages = capture(Command::new("cargo").args(arguments).current_dir(root))?;
    let executables = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let path = executables.filter_map(|message| message.get("executable").and_then(Value::as_str).map(PathBuf::from)).next_back();
    path.context("cargo named no program")
}

/// Nanoseconds a line.
fn through_eni_api(example: &Path, eni: &Path) -> Result<f64> {
    let folder = std::env::temp_dir().join(format!("eni-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let mut measured = Vec::new();
    for rounds in ROUNDS {
        let path = folder.join(format!("{rounds}.jsonl"));
        let lines = capture(Command::new(example).args(["lines", &rounds.to_string()]))?;
        std::fs::write(&path, &lines)?;
        let mut best = Duration::MAX;
        for _ in 0..RUNS {
            let begin = Instant::now();
            let status = Command::new(eni)
                .args(["api", "--empty"])
                .stdin(File::open(&path)?)
                .stdout(Stdio::from(File::create(folder.join("answers.jsonl"))?))
                .status()?;
            best = best.min(begin.elapsed());
            ensure!(status.success(), "eni api failed");
        }
        let answers = std::fs::read_to_string(folder.join("answers.jsonl"))?;
        ensure!(!answers.contains("{\"Error\""), "eni api refused a line");
        measured.push((best.as_secs_f64() * 1e9, lines.lines().count()));
    }
    std::fs::remove_dir_all(&folder)?;
    match measured.as_slice() {
        [(short, few), (long, many)] => Ok((long - short) / f64::from(u32::try_from(many - few)?)),
        _ => Ok(0.0),
    }
}

impl Control {
    /// For programs.
    pub fn json(&self) -> Value {
        let row = |row: &Row| json!({ "row": row.name, "native_ns": row.native_ns, "goal_ns": row.goal_ns });
        self.rows.iter().map(row).collect()
    }

    /// For people.
    pub fn table(&self) -> String {
        let mut text = format!("{:<36} {:>12} {:>12} {:>12}\n", "control plane", "native ns", "a second", "goal ns");
        for row in &self.rows {
            let rate = 1e9 / row.native_ns;
            text.push_str(&format!("{:<36} {:>12.0} {:>12.0} {:>12.0}\n", row.name, row.native_ns, rate, row.goal_ns));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_and_told() {
        let control = Control { rows: vec![row(r#"{"row":"act, 100 ENIs","native_ns":1000.4,"goal_ns":2000}"#).unwrap()] };
        let table = control.table();
        let words: Vec<&str> = table.lines().nth(1).unwrap().split_whitespace().collect();
        assert_eq!(words, ["act,", "100", "ENIs", "1000", "999600", "2000"], "{table}");
        assert_eq!(control.json()[0]["row"], "act, 100 ENIs");
        assert!(row("{}").is_err() && row("x").is_err());
    }
}
