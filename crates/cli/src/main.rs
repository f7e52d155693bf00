//! `eni`: files in, text or JSON out, exit codes. All it knows of networks is in `eni-playground`.

mod api;
mod capture;
mod estate;
mod export;
mod files;
mod flow_logs;
mod import;
mod reach;
mod rules;
mod run;
mod trace;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// What a command may end with: its exit code, or an error in plain words (exit code 2).
type Ending = Result<ExitCode, String>;

/// The exit code of bad usage and of input that cannot be read.
const BAD: u8 = 2;

/// What `eni --help` says after its commands.
const START: &str = "\
Start with:
  eni import --help              how to get at your account, what is kept of it
  eni import ./my-account -o my.eni.json
  eni trace my.eni.json          who is there?
  eni trace my.eni.json --from web-1 --to internet

Exit codes: 0 done; 1 the packet or its answer did not get through; 2 bad usage or
bad input, with the reason on stderr.

Nothing leaves this machine: eni reads files and makes no requests. It is a model,
not affiliated with AWS.";

#[derive(Parser)]
#[command(
    name = "eni",
    version,
    arg_required_else_help = true,
    after_help = START,
    about = "AWS network interfaces on your desk: import an account, trace packets, see why they stop."
)]
struct Eni {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Import(import::Import),
    Trace(trace::Trace),
    Reach(reach::Reach),
    Api(api::Api),
    Run(run::Run),
    Export(export::Export),
    FlowLogs(flow_logs::FlowLogs),
    Capture(capture::Capture),
    Estate(estate::Estate),
    Rules(rules::Rules),
}

fn main() -> ExitCode {
    let ending = match Eni::parse().command {
        Command::Import(import) => import::run(&import),
        Command::Trace(trace) => trace::run(&trace),
        Command::Reach(reach) => reach::run(&reach),
        Command::Api(api) => api::run(&api),
        Command::Run(run) => run::run(&run),
        Command::Export(export) => export::run(&export),
        Command::FlowLogs(logs) => flow_logs::run(&logs),
        Command::Capture(capture) => capture::run(&capture),
        Command::Estate(estate) => estate::run(&estate),
        Command::Rules(rules) => rules::run(&rules),
    };
    ending.unwrap_or_else(|problem| {
        eprintln!("eni: {problem}");
        ExitCode::from(BAD)
    })
}
