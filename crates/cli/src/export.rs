//! `eni export`.

use crate::{Ending, files};
use clap::{Args, ValueEnum};
use eni_playground::script::script;
use std::path::PathBuf;
use std::process::ExitCode;

/// What `eni export --help` says before its options; lines are broken here, because a terminal would break them inside of words.
const ABOUT: &str = "\
Writes a network as a bash script of aws ec2 commands that rebuilds it: on an
account of yours, where it costs what AWS charges, or in the playground.

STATE is a saved document (.eni.json), one file of aws ec2 describe-… output, or
a folder of it.

Ids stand in variables. What no script can bring back (ids, MAC addresses, public
addresses, what was set up inside of instances) and what does not come out as it
was stands in comments at the script's head.";

/// What it says after them.
const EXAMPLES: &str = "\
Examples:
  eni export my.eni.json -o rebuild.sh
  eni export ./my-account | eni run --empty -

Exit codes: 0 written; 2 bad usage, or STATE cannot be read (the reason is on
stderr).";

/// Write a network as a script of aws commands
#[derive(Args)]
#[command(long_about = ABOUT, after_help = EXAMPLES)]
pub struct Export {
    /// A document, a file of describe output, or a folder of it
    state: PathBuf,
    /// What to write
    #[arg(long = "as", value_enum, default_value_t = Form::Script, value_name = "FORM")]
    form: Form,
    /// The file to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The region to keep, where there are several; else the one with most in it
    #[arg(long, value_name = "REGION")]
    region: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    /// Commands of the AWS command line
    Script,
}

/// Runs the command.
pub fn run(arguments: &Export) -> Ending {
    let (scenario, _) = files::read(std::slice::from_ref(&arguments.state), arguments.region.as_deref())?;
    let text = match arguments.form {
        Form::Script => script(&scenario).text,
    };
    match &arguments.output {
        Some(path) => files::write(path, &text)?,
        None => files::print(&text),
    }
    Ok(ExitCode::SUCCESS)
}
