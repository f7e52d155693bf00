//! Runs a job of [`eni_core::measure`]: `bench NAME ROUNDS`; without arguments it prints the names. `cargo xtask bench` takes the time.

use std::process::ExitCode;

use eni_core::measure::{JOBS, run};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [job, rounds] = arguments.as_slice() else {
        JOBS.iter().for_each(|job| println!("{job}"));
        return ExitCode::SUCCESS;
    };
    match rounds.parse().ok().and_then(|rounds| run(job, rounds)) {
        Some(done) if done.to_string() == *rounds => ExitCode::SUCCESS,
        done => {
            eprintln!("{job}: of {rounds} rounds {done:?} ended as they should");
            ExitCode::FAILURE
        }
    }
}
