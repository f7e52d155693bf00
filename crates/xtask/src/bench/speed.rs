//! How fast: natively, and in the very wasm that is shipped.
//!
//! The jobs belong to the engine. Each is run with two numbers of rounds, and the difference is divided by the difference of the rounds, so
//! that what it takes to build the network does not count. Both are short, and run often: on a busy machine a run of many milliseconds is
//! always interrupted, and then it is the others that are measured.
//!
//! - natively `crates/core/examples/bench.rs` runs `NAME ROUNDS RUNS` and prints the nanoseconds of the fastest run (without `RUNS` it runs once and
//!   prints nothing, without arguments it prints the names, one a line);
//! - in wasm the glue exports `bench(name, rounds)`.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::progress::capture;

const EXAMPLE: &str = "crates/core/examples/bench.rs";
/// The rounds of the shorter run; the longer one has twice as many. It is more than the flows of a job are, so that both open all of them.
const ROUNDS: u32 = 1_200;
/// Of so many runs the fastest counts: what disturbs only ever slows.
const RUNS: u32 = 300;
/// So many rounds are run before: then V8 has compiled what is hot once more, for speed.
const WARM: u32 = 200_000;
/// What a job may take in wasm at most, as a multiple of the native time.
const RATIO: f64 = 1.5;

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
        let native = native(&program, name)?;
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

/// What one more round takes.
fn per_round(short: f64, long: f64) -> f64 {
    (long - short) / f64::from(ROUNDS)
}

fn native(program: &Path, name: &str) -> Result<f64> {
    let best = |rounds: u32| -> Result<f64> {
        let told = capture(Command::new(program).args([name, &rounds.to_string(), &RUNS.to_string()]))?;
        told.trim().parse().context("the native time")
    };
    Ok(per_round(best(ROUNDS)?, best(ROUNDS * 2)?))
}

fn count_instructions(program: &Path, name: &str) -> Result<f64> {
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
    Ok(per_round(count(ROUNDS)?, count(ROUNDS * 2)?))
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

/// Loads the shipped files as the loader does and times a job: prints the nanoseconds of the fastest shorter and longer run.
const SCRIPT: &str = r#"
const { readFileSync } = require("node:fs");
const [name, rounds, runs, warm, script, wasm, rest] = process.argv.slice(1);
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
    const begin = process.hrtime.bigint();
    glue.bench(name, rounds);
    return Number(process.hrtime.bigint() - begin);
  };
  const [short, long] = [Number(rounds), Number(rounds) * 2];
  for (let run = 0; run < warm / long; run += 1) time(long);
  // In turn: what V8 compiles once more on the way makes both faster.
  const best = [Infinity, Infinity];
  for (let run = 0; run < runs; run += 1) {
    best[0] = Math.min(best[0], time(short));
    best[1] = Math.min(best[1], time(long));
  }
  process.stdout.write(JSON.stringify(best));
}).catch((error) => {
  process.stderr.write(error.message);
  process.exit(1);
});
"#;

fn in_wasm((script, wasm): &(PathBuf, Vec<PathBuf>), name: &str) -> Result<f64> {
    let mut node = Command::new("node");
    node.args(["--eval", SCRIPT, name]).args([ROUNDS, RUNS, WARM].map(|number| number.to_string())).arg(script).args(wasm);
    let (short, long): (f64, f64) = serde_json::from_str(&capture(&mut node)?).context("Node's answer")?;
    Ok(per_round(short, long))
}

fn shown(number: Option<f64>) -> String {
    number.map_or_else(|| "-".to_owned(), |number| format!("{number:.0}"))
}

impl Job {
    /// How many times as long it takes in wasm.
    fn ratio(&self) -> Option<f64> {
        self.wasm.zip(self.native).map(|(wasm, native)| wasm / native)
    }
}

impl Speed {
    /// For programs.
    pub fn json(&self) -> Value {
        let goal = |name: &str| GOALS.iter().find(|(job, _)| *job == name).map(|(_, goal)| *goal);
        let job = |job: &Job| {
            let (goal, ratio) = (goal(&job.name), job.ratio());
            json!({ "job": job.name, "native_ns": job.native, "wasm_ns": job.wasm, "ratio": ratio, "instructions": job.instructions, "goal_ns": goal })
        };
        json!({ "jobs": self.jobs.iter().map(job).collect::<Vec<_>>(), "goal_ratio": RATIO, "missing": self.missing })
    }

    /// For people.
    pub fn table(&self) -> String {
        let mut text =
            format!("{:<24} {:>12} {:>14} {:>8} {:>14} {:>10}\n", "job", "native ns", "shipped wasm", "ratio", "instructions", "goal ns");
        for job in &self.jobs {
            let goal = GOALS.iter().find(|(name, _)| *name == job.name).map(|(_, goal)| *goal);
            text.push_str(&format!(
                "{:<24} {:>12} {:>14} {:>8} {:>14} {:>10}\n",
                job.name,
                shown(job.native),
                shown(job.wasm),
                job.ratio().map_or_else(|| "-".to_owned(), |ratio| format!("{ratio:.1}")),
                shown(job.instructions),
                shown(goal)
            ));
        }
        text.push_str(&format!("goal of the ratio: at most {RATIO}\n"));
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
        let run = |rounds: u32| 5_000_000.0 + 7.0 * f64::from(rounds);
        let measured = per_round(run(ROUNDS), run(ROUNDS * 2));
        assert!((measured - 7.0).abs() < 1e-6, "{measured}");
    }
}
