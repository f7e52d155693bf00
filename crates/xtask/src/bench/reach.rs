//! How fast it is found out who reaches whom in estates, natively: from the beginning, and after an edit.
//!
//! `crates/core/examples/reach.rs` measures, each size in a process of its own, because the most memory that a process had never gets less.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::control::program;
use super::grouped;
use crate::progress::capture;

/// What is run, and the most milliseconds that its first row should take.
const RUNS: [(&str, &str, f64); 4] =
    [("full", "1000", 10.0), ("full", "10000", 500.0), ("full", "100000", 10_000.0), ("edits", "10000", 1.0)];
/// The most memory that the largest estate should take, in kB.
const MEMORY: u64 = 512 << 10;

struct Row {
    name: String,
    ns: f64,
    goal_ms: Option<f64>,
    /// In kB.
    memory: Option<u64>,
}

/// All rows.
pub struct Reach {
    rows: Vec<Row>,
}

/// Measures all rows.
///
/// # Errors
///
/// When something cannot be built or fails.
pub fn measure(root: &Path) -> Result<Reach> {
    let example = program(root, &["--package", "eni-core", "--example", "reach"])?;
    let mut rows = Vec::new();
    for (what, enis, goal) in RUNS {
        let told = capture(Command::new(&example).args([what, enis]))?;
        for (at, line) in told.lines().enumerate() {
            rows.push(row(line, Some(goal).filter(|_| at == 0))?);
        }
    }
    Ok(Reach { rows })
}

fn row(line: &str, goal_ms: Option<f64>) -> Result<Row> {
    let value: Value = serde_json::from_str(line)?;
    let name = value.get("row").and_then(Value::as_str).context("a row without a name")?.to_owned();
    let ns = value.get("ns").and_then(Value::as_f64).with_context(|| format!("no time in {line}"))?;
    Ok(Row { name, ns, goal_ms, memory: value.get("peak_kb").and_then(Value::as_u64) })
}

impl Reach {
    /// For programs.
    pub fn json(&self) -> Value {
        let row = |row: &Row| json!({ "row": row.name, "native_ns": row.ns, "goal_ms": row.goal_ms, "peak_kb": row.memory });
        json!({ "rows": self.rows.iter().map(row).collect::<Vec<_>>(), "memory_goal_kb": MEMORY })
    }

    /// For people.
    pub fn table(&self) -> String {
        let mut text = format!("{:<48} {:>12} {:>10} {:>12}\n", "who reaches whom", "native ms", "goal ms", "memory kB");
        for row in &self.rows {
            let goal = row.goal_ms.map_or_else(|| "-".to_owned(), |goal| goal.to_string());
            let memory = row.memory.and_then(|kb| usize::try_from(kb).ok()).map_or_else(|| "-".to_owned(), grouped);
            text.push_str(&format!("{:<48} {:>12.4} {goal:>10} {memory:>12}\n", row.name, row.ns / 1e6));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_read_and_shown_in_milliseconds() {
        let rows = vec![row(r#"{"row":"matrix of 7 ENIs","ns":1500000,"peak_kb":12345}"#, Some(10.0)).unwrap()];
        let table = Reach { rows }.table();
        assert!(table.contains("matrix of 7 ENIs") && table.contains("1.5000") && table.contains("12,345"), "{table}");
        assert!(row("{}", None).is_err());
    }
}
