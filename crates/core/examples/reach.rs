//! Times the matrix of who reaches whom, in estates: `reach full ENIS` from the beginning, `reach edits ENIS` after edits. A row is a line of JSON;
//! `cargo xtask bench` reads them.

use eni_core::measure::reach::{Edit, Reach};
use std::process::ExitCode;
use std::time::Instant;

/// Of so many runs the fastest counts.
const RUNS: usize = 3;
const EDITS: usize = 400;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let told = match arguments.as_slice() {
        [what, enis] if what == "full" => enis.parse().ok().and_then(full),
        [what, enis] if what == "edits" => enis.parse().ok().and_then(edits),
        _ => None,
    };
    if told.is_some() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn full(enis: usize) -> Option<()> {
    let mut reach = Reach::of(enis)?;
    let mut best = f64::MAX;
    for _ in 0..RUNS {
        let begin = Instant::now();
        reach.build();
        best = best.min(begin.elapsed().as_secs_f64());
    }
    let (ns, kb, pairs) = (best * 1e9, peak(), reach.pairs());
    println!(r#"{{"row":"matrix of {enis} ENIs","ns":{ns:.0},"peak_kb":{kb},"pairs":{pairs}}}"#);
    Some(())
}

fn edits(enis: usize) -> Option<()> {
    let mut reach = Reach::of(enis)?;
    for (name, edit) in Edit::ALL {
        let mut took: Vec<f64> = Vec::new();
        for _ in 0..if edit == Edit::SharedGroup { EDITS / 10 } else { EDITS } {
            reach.edit(edit);
            let begin = Instant::now();
            reach.follow();
            took.push(begin.elapsed().as_secs_f64() * 1e9);
        }
        took.sort_by(f64::total_cmp);
        let part = |per_cent: usize| took.get(took.len() * per_cent / 100).copied().unwrap_or_default();
        for (which, ns) in [("p50", part(50)), ("p95", part(95)), ("most", *took.last()?)] {
            println!(r#"{{"row":"{name} edited, {enis} ENIs, {which}","ns":{ns:.0}}}"#);
        }
    }
    Some(())
}

/// The most memory that the process had, in kB, where the system tells.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
