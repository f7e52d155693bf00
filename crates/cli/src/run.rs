//! `eni run`: scripts of `aws` commands on an account that exists only as long as this command runs.

use crate::{Ending, files};
use clap::Args;
use eni_playground::shell::{Host as _, LONGEST_LINE, Lone, Shell, Stream};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The longest script, in bytes.
const LONGEST_SCRIPT: u64 = 64 << 20;

/// What `eni run --help` says before its options; lines are broken here, because a terminal would break them inside of words.
const ABOUT: &str = "\
Runs scripts of aws ec2 commands and prints what a terminal would show: answers on
stdout, refusals on stderr in AWS's own words. The scripts share one account; it
begins as a new one does, with a default VPC.

  VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 \\
      --query Vpc.VpcId --output text)
  aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24
  expect ok

Options are those of the AWS command line: --query, --filters, --cli-input-json,
--output json|text|table|yaml, --dry-run and so on; aws ec2 help lists the commands,
aws ec2 COMMAND help their options. Of the shell there are variables, $(...),
quotes, comments, && and ||, for NAME in ...; do ...; done, 2>&1, >/dev/null, echo,
export and set -e, files that live as long as the script (> rules.json, << END,
file://rules.json, cat, rm), and of jq behind a | plain paths (jq -r
.Vpcs[0].VpcId). Of the playground there are
wait 5s, expect ok, expect refused CODE and
expect trace FROM TO tcp 443 DELIVERED; help lists them.

Between two calls everything that is under way is done (an instance runs, an
interface is off), so that no script has to wait; with --no-settle it takes its time.";

/// What it says after them.
const EXAMPLES: &str = "\
Examples:
  eni run lab.sh
  eni run lab.sh --state my.eni.json -o after.eni.json
  echo 'aws ec2 describe-vpcs --output table' | eni run -

A command that is refused does not end a script, as in any shell without set -e.
Exit codes: that of the last command (254 refused by AWS, 252 bad options); 1 if it
went well, but something expected did not happen; 2 bad usage.";

/// Run scripts of aws commands
#[derive(Args)]
#[command(long_about = ABOUT, after_help = EXAMPLES)]
pub struct Run {
    /// Scripts, one after the other; - is standard input
    #[arg(required = true, value_name = "SCRIPT")]
    scripts: Vec<PathBuf>,
    /// Begin with this: a document, a file of describe output, or a folder of it
    #[arg(long, value_name = "STATE", conflicts_with = "empty")]
    state: Option<PathBuf>,
    /// Write what is there at the end as a document, usually NAME.eni.json
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The region; of a state with several, the one to keep [default: us-east-1]
    #[arg(long, value_name = "REGION")]
    region: Option<String>,
    /// Begin with nothing, not even a default VPC
    #[arg(long)]
    empty: bool,
    /// Let what takes time take it: a script then has to wait for it, as on AWS
    #[arg(long)]
    no_settle: bool,
}

/// Runs the command.
pub fn run(arguments: &Run) -> Ending {
    let region = arguments.region.as_deref();
    let scripts = arguments.scripts.iter().map(|path| read(path)).collect::<Result<Vec<String>, String>>()?;
    let mut host = match &arguments.state {
        Some(state) => Lone::of(files::read(std::slice::from_ref(state), region)?.0),
        None => Lone::new(region.unwrap_or("us-east-1"), arguments.empty).map_err(|error| error.to_string())?,
    };
    if arguments.no_settle {
        host = host.without_settling();
    }
    if let Some(asked) = region.filter(|asked| *asked != host.region()) {
        return Err(format!("the state is of {}, not of {asked}", host.region()));
    }
    let mut shell = Shell::new();
    for script in scripts {
        for (stream, text) in shell.run(&mut host, &script) {
            show(stream, &text);
        }
    }
    if let Some(path) = &arguments.output {
        files::write(path, &host.save())?;
    }
    Ok(ExitCode::from(shell.exit()))
}

/// Prints a piece. A reader that goes away early (`| head`) is no error.
pub fn show(stream: Stream, text: &str) {
    let _ = match stream {
        Stream::Out => std::io::stdout().write_all(text.as_bytes()).and_then(|()| std::io::stdout().flush()),
        Stream::Err => std::io::stderr().write_all(text.as_bytes()),
    };
}

/// A script. A line that is not text becomes one that the shell refuses.
pub fn read(path: &Path) -> Result<String, String> {
    let told = |error: std::io::Error| format!("{}: {error}", path.display());
    let mut bytes = Vec::new();
    if path.as_os_str() == "-" {
        std::io::stdin().lock().take(LONGEST_SCRIPT + 1).read_to_end(&mut bytes).map_err(told)?;
    } else {
        std::fs::File::open(path).map_err(told)?.take(LONGEST_SCRIPT + 1).read_to_end(&mut bytes).map_err(told)?;
    }
    if bytes.len() as u64 > LONGEST_SCRIPT {
        return Err(format!("{}: a script has at most {LONGEST_SCRIPT} bytes, a line {LONGEST_LINE}", path.display()));
    }
    let text = |line: &[u8]| String::from_utf8(line.to_vec()).unwrap_or_else(|_| "\0".to_owned());
    Ok(bytes.split(|byte| *byte == b'\n').map(text).collect::<Vec<String>>().join("\n"))
}
