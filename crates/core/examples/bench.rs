//! Runs a job of [`eni_core::measure`]: `bench NAME ROUNDS` once; `bench NAME ROUNDS RUNS` as often, and prints the nanoseconds that the fastest
//! run took; without arguments it prints the names. `cargo xtask bench` calls it.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use eni_core::measure::{JOBS, run};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (job, rounds, runs) = match arguments.as_slice() {
        [job, rounds] => (job, rounds, None),
        [job, rounds, runs] => (job, rounds, Some(runs)),
        _ => {
            JOBS.iter().for_each(|job| println!("{job}"));
            return ExitCode::SUCCESS;
        }
    };
    let mut best = Duration::MAX;
    for _ in 0..runs.and_then(|runs| runs.parse().ok()).unwrap_or(1) {
        let begin = Instant::now();
        let done = rounds.parse().ok().and_then(|rounds| run(job, rounds));
        best = best.min(begin.elapsed());
        if done.is_none_or(|done| done.to_string() != *rounds) {
            eprintln!("{job}: of {rounds} rounds {done:?} ended as they should");
            return ExitCode::FAILURE;
        }
    }
    if runs.is_some() {
        println!("{}", best.as_nanos());
    }
    ExitCode::SUCCESS
}
