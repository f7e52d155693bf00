//! How fast: natively, and in the very wasm that is shipped.
//!
//! The jobs belong to the engine. Each is run with two numbers of rounds, and the difference is divided by the difference of the rounds, so
//! that what it takes to build the network does not count.
//!
//! - natively `crates/core/examples/bench.rs` runs `NAME ROUNDS` (no arguments: it prints the names, one a line);
//! - in wasm the glue exports `bench(name, rounds)`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::progress::capture;

const EXAMPLE: &str = "crates/core/examples/bench.rs";
/// The rounds of the shorter run; the longer one has eleven times as many.
const ROUNDS: u32 = 20_000;
/// Of so many runs the fastest counts: what disturbs only ever slows.
const RUNS: u32 = 5;

/// Job, and what it should take at most in nanoseconds.
const GOALS: [(&str, f64); 3] = [("packet", 250.0), ("verdict", 2_000.0), ("act", 5_000.0)];

/// One job.
struct Job {
    name: String,
    /// Nanoseconds a round.
    native: Option<f64>,
    /// Nanoseconds a round.
    wasm: Option<f64>,
    /// Instructions a round, where valgrind is installed.
    instructions: Option<f64>,
}

/// All jobs, and why some were not measured.
pub struct Speed {
    jobs: Vec<Job>,
    missing: Vec<String>,
}

/// Measures all jobs.
///
/// # Errors
///
/// When a job is there and fails.
pub fn measure(root: &Path) -> Result<Speed> {
    let mut missing = Vec::new();
    if !root.join(EXAMPLE).is_file() {
        missing.push(format!("{EXAMPLE} does not exist yet: no speed was measured"));
        return Ok(Speed { jobs: Vec::new(), missing });
    }
    let program = build(root)?;
    let names = capture(&mut Command::new(&program))?;
    let glue = glue(root)?;
    let valgrind = Command::new("valgrind").arg("--version").output().is_ok_and(|output| output.status.success());
    if !valgrind {
        missing.push("valgrind is not installed: no instructions were counted".to_owned());
    }
    let mut jobs = Vec::new();
    for name in names.lines().map(str::trim).filter(|name| !name.is_empty()) {
        let native = per_round(|rounds| time(&program, name, rounds))?;
        let wasm =
            glue.as_ref().and_then(|glue| in_wasm(glue, name).map_err(|error| missing.push(format!("{name} in wasm: {error:#}"))).ok());
        let instructions = if valgrind { Some(count_instructions(&program, name)?) } else { None };
        jobs.push(Job { name: name.to_owned(), native: Some(native), wasm, instructions });
    }
    Ok(Speed { jobs, missing })
}

fn build(root: &Path) -> Result<PathBuf> {
    let arguments = ["build", "--release", "--package", "eni-core", "--example", "bench", "--message-format", "json"];
    let messages = capture(Command::new("cargo").args(arguments).current_dir(root))?;
    let executables = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let path = executables.filter_map(|message| message.get("executable").and_then(Value::as_str).map(PathBuf::from)).next_back();
    path.context("cargo named no program")
}

/// The shorter and the longer run, apart by ten times [`ROUNDS`].
fn per_round(mut run: impl FnMut(u32) -> Result<f64>) -> Result<f64> {
    let short = run(ROUNDS)?;
    let long = run(ROUNDS * 11)?;
    Ok((long - short) / f64::from(ROUNDS * 10))
}

fn time(program: &Path, name: &str, rounds: u32) -> Result<f64> {
    let mut best = Duration::MAX;
    for _ in 0..RUNS {
        let begin = Instant::now();
        capture(Command::new(program).args([name, &rounds.to_string()]))?;
        best = best.min(begin.elapsed());
    }
    Ok(best.as_secs_f64() * 1e9)
}

fn count_instructions(program: &Path, name: &str) -> Result<f64> {
    let rounds = ROUNDS / 10;
    let count = |rounds: u32| -> Result<f64> {
        let output = Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
            .arg(program)
            .args([name, &rounds.to_string()])
            .output()?;
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        let collected = text.lines().find_map(|line| line.split_once("Collected : ")).context("callgrind did not count")?;
        collected.1.trim().parse().context("callgrind's count")
    };
    Ok((count(rounds * 11)? - count(rounds)?) / f64::from(rounds * 10))
}

/// The shipped glue and wasm (one module, or first part and rest), if they are there.
fn glue(root: &Path) -> Result<Option<(PathBuf, Vec<PathBuf>)>> {
    let (mut script, mut wasm) = (None, Vec::new());
    for entry in std::fs::read_dir(root.join("target/dist"))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(".wasm") {
            wasm.push(path);
        } else if name.starts_with("eni-web-") && name.ends_with(".js") {
            script = Some(path);
        }
    }
    // The first part comes before the rest.
    wasm.sort();
    Ok(script.map(|script| (script, wasm)))
}

/// Loads the shipped files as the loader does and times a job: prints nanoseconds a round.
const SCRIPT: &str = r#"
const { readFileSync } = require("node:fs");
const [name, rounds, runs, script, wasm, rest] = process.argv.slice(1);
const module = (path) => new WebAssembly.Module(readFileSync(path));
const missing = () => {
  throw new Error("the rest is missing");
};
const instantiate = async (first, imports) => {
  const instance = await WebAssembly.instantiate(first, { ...imports, rest: { missing } });
  if (rest) await WebAssembly.instantiate(module(rest), { ...imports, first: instance.exports });
  return instance;
};
globalThis.document = { currentScript: {} };
(0, eval)(readFileSync(script, "utf8"));
const factory = document.currentScript.eniGlue;
delete globalThis.document;
const glue = factory({ Module: WebAssembly.Module, Instance: WebAssembly.Instance, instantiate });
glue({ module_or_path: module(wasm) }).then(() => {
  if (!glue.bench) throw new Error("the shipped engine exports no `bench`");
  const time = (rounds) => {
    let best = Infinity;
    for (let run = 0; run < runs; run += 1) {
      const begin = process.hrtime.bigint();
      glue.bench(name, rounds);
      best = Math.min(best, Number(process.hrtime.bigint() - begin));
    }
    return best;
  };
  glue.bench(name, Number(rounds));
  const short = time(Number(rounds));
  const long = time(Number(rounds) * 11);
  process.stdout.write(String((long - short) / (Number(rounds) * 10)));
}).catch((error) => {
  process.stderr.write(error.message);
  process.exit(1);
});
"#;

fn in_wasm((script, wasm): &(PathBuf, Vec<PathBuf>), name: &str) -> Result<f64> {
    let mut node = Command::new("node");
    node.args(["--eval", SCRIPT]).args([name, &ROUNDS.to_string(), &RUNS.to_string()]).arg(script).args(wasm);
    capture(&mut node)?.trim().parse().context("Node's answer")
}

fn shown(number: Option<f64>) -> String {
    number.map_or_else(|| "-".to_owned(), |number| format!("{number:.0}"))
}

impl Speed {
    /// For programs.
    pub fn json(&self) -> Value {
        let goal = |name: &str| GOALS.iter().find(|(job, _)| *job == name).map(|(_, goal)| *goal);
        let job = |job: &Job| json!({ "job": job.name, "native_ns": job.native, "wasm_ns": job.wasm, "instructions": job.instructions, "goal_ns": goal(&job.name) });
        json!({ "jobs": self.jobs.iter().map(job).collect::<Vec<_>>(), "missing": self.missing })
    }

    /// For people.
    pub fn table(&self) -> String {
        let mut text = format!("{:<24} {:>12} {:>14} {:>14} {:>10}\n", "job", "native ns", "shipped wasm", "instructions", "goal ns");
        for job in &self.jobs {
            let goal = GOALS.iter().find(|(name, _)| *name == job.name).map(|(_, goal)| *goal);
            text.push_str(&format!(
                "{:<24} {:>12} {:>14} {:>14} {:>10}\n",
                job.name,
                shown(job.native),
                shown(job.wasm),
                shown(job.instructions),
                shown(goal)
            ));
        }
        for reason in &self.missing {
            text.push_str(&format!("not measured: {reason}\n"));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_before_the_rounds_does_not_count() {
        let measured = per_round(|rounds| Ok(5_000_000.0 + 7.0 * f64::from(rounds))).unwrap();
        assert!((measured - 7.0).abs() < 1e-6, "{measured}");
    }
}
