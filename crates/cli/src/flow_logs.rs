//! `eni flow-logs`: what the flow logs of a state have written when a script has run.

use crate::{Ending, files, run};
use clap::Args;
use eni_playground::shell::{Host as _, Lone, Shell, Stream};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// What `eni flow-logs --help` says before its options; lines are broken here, because a terminal would break them inside of words.
const ABOUT: &str = "\
Runs a script on a state and prints what its flow logs have written, each log behind a
line with the names of its fields, in AWS's own form. The script makes the traffic, and
lets the window of the log pass:

  ssh web-1 curl -m 5 http://10.0.2.20/
  wait 60s

What the script itself prints goes to stderr.";

/// What it says after them.
const CODES: &str = "\
Exit codes: that of the script (0 where every line of it did what it should); 2 bad
usage, STATE or SCRIPT cannot be read, or nothing is written (the reason is on stderr).";

/// Print what flow logs have written
#[derive(Args)]
#[command(long_about = ABOUT, after_help = CODES)]
pub struct FlowLogs {
    /// A document, a file of describe output, or a folder of it
    #[arg(value_name = "STATE")]
    state: PathBuf,
    /// The script; - is standard input
    #[arg(long = "run", value_name = "SCRIPT")]
    script: PathBuf,
    /// Only of this flow log or network interface, by its id
    #[arg(long, value_name = "ID")]
    only: Option<String>,
    /// Of a state with several regions, the one to keep
    #[arg(long, value_name = "REGION")]
    region: Option<String>,
}

/// Runs the command.
pub fn run(arguments: &FlowLogs) -> Ending {
    let script = run::read(&arguments.script)?;
    let mut host = Lone::of(files::read(std::slice::from_ref(&arguments.state), arguments.region.as_deref())?.0);
    let mut shell = Shell::new();
    for (_, text) in shell.run(&mut host, &script) {
        run::show(Stream::Err, &text);
    }
    if host.network_has_no_flow_logs() {
        return Err("there is no flow log in this network: aws ec2 create-flow-logs makes one".to_owned());
    }
    if let Some(id) = &arguments.only {
        host.flow_log_or_eni(id)?;
    }
    let written = host.flow_logs(arguments.only.as_deref());
    if written.is_empty() {
        return Err("no flow log has written anything: a record comes when the log's window is over (wait 60s, or 600s)".to_owned());
    }
    // A reader that goes away early (`| head`) is no error.
    let _ = std::io::stdout().write_all(written.as_bytes());
    Ok(ExitCode::from(shell.exit()))
}
