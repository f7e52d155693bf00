//! `eni capture`: the packets of a script, as a file for Wireshark.

use crate::{Ending, files, run};
use clap::Args;
use eni_playground::shell::{Lone, Shell, Stream};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What `eni capture --help` says before its options; lines are broken here, because a terminal would break them inside of words.
const ABOUT: &str = "\
Runs a script on a state and writes the packets that it sent as pcapng: an interface for
each ENI, at each packet the sentence that says what became of it, and why. Wireshark
shows that as the packet's comment. Kept are the last 2,000 packets, and the last 1,000
lost ones before them.

  echo 'ssh web-1 curl -m 5 http://10.0.2.20/' > ask.txt
  eni capture my.eni.json --run ask.txt -o ask.pcapng
  tshark -r ask.pcapng -T fields -e frame.interface_name -e frame.comment

What the script itself prints goes to stderr.";

/// What it says after them.
const CODES: &str = "\
Exit codes: that of the script (0 where every line of it did what it should); 2 bad
usage, STATE or SCRIPT cannot be read, the file cannot be written, or no packet was
sent (the reason is on stderr).";

/// Write the packets of a script for Wireshark
#[derive(Args)]
#[command(long_about = ABOUT, after_help = CODES)]
pub struct Capture {
    /// A document, a file of describe output, or a folder of it
    #[arg(value_name = "STATE")]
    state: PathBuf,
    /// The script; - is standard input
    #[arg(long = "run", value_name = "SCRIPT")]
    script: PathBuf,
    /// The file to write; - is standard output
    #[arg(short, long = "output", value_name = "FILE")]
    output: PathBuf,
    /// Only at this network interface, by its id
    #[arg(long, value_name = "ENI")]
    only: Option<String>,
    /// Of a state with several regions, the one to keep
    #[arg(long, value_name = "REGION")]
    region: Option<String>,
}

/// Runs the command.
pub fn run(arguments: &Capture) -> Ending {
    let script = run::read(&arguments.script)?;
    let mut host = Lone::of(files::read(std::slice::from_ref(&arguments.state), arguments.region.as_deref())?.0);
    let only = arguments.only.as_deref().map(|id| host.eni(id)).transpose()?;
    let mut shell = Shell::new();
    for (_, text) in shell.run(&mut host, &script) {
        run::show(Stream::Err, &text);
    }
    let file = host.capture(only).ok_or("no packet was sent: the script makes them, by lines like `ssh web-1 ping 10.0.2.20`")?;
    if arguments.output == Path::new("-") {
        // A reader that goes away early is no error.
        let _ = std::io::stdout().write_all(&file);
    } else {
        fs::write(&arguments.output, file).map_err(|error| format!("{}: {error}", arguments.output.display()))?;
    }
    Ok(ExitCode::from(shell.exit()))
}
