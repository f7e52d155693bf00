//! `eni`: files in, text or JSON out, exit codes. All it knows of networks is in `eni-playground`.

mod files;
mod import;
mod trace;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// What a command may end with: its exit code, or an error in plain words (exit code 2).
type Ending = Result<ExitCode, String>;

/// The exit code of bad usage and of input that cannot be read.
const BAD: u8 = 2;

#[derive(Parser)]
#[command(name = "eni", version, about = "AWS network interfaces on your desk: import a real account, trace packets, see why they stop.")]
#[command(after_help = "Start with:\n  eni import ./my-account -o my.eni.json\n  eni trace my.eni.json --from web-1 --to internet\n\n\
    Nothing leaves this machine: eni reads files and makes no requests. It is a model, not affiliated with AWS.")]
struct Eni {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Import(import::Import),
    Trace(trace::Trace),
}

fn main() -> ExitCode {
    let ending = match Eni::parse().command {
        Command::Import(import) => import::run(&import),
        Command::Trace(trace) => trace::run(&trace),
    };
    ending.unwrap_or_else(|problem| {
        eprintln!("eni: {problem}");
        ExitCode::from(BAD)
    })
}
