//! `eni api`: an account that answers on standard input and output.

use crate::{BAD, Ending};
use clap::Args;
use eni_playground::account::Account;
use eni_playground::json::LINE_LIMITS;
use std::io::{BufRead, ErrorKind, Read, Write};
use std::process::ExitCode;

/// What `eni api --help` says before its options; lines are broken here, because a terminal would break them inside of words.
const ABOUT: &str = "\
Answers AWS's calls for an account that exists only as long as this command runs.
Reads one JSON object a line and writes one a line, until the input ends:

  {\"Service\":\"ec2\",\"Action\":\"CreateVpc\",\"Parameters\":{\"CidrBlock\":\"10.0.0.0/16\"}}
  {\"Result\":{\"Vpc\":{\"VpcId\":\"vpc-00000000000000002\",...}}}

Service is ec2 if it is absent. Parameters and results have the members that AWS's
SDKs use. What AWS refuses is answered by its own code and message:

  {\"Error\":{\"Code\":\"InvalidVpc.Range\",\"Message\":\"The CIDR ... is invalid.\"}}

It begins as a new account does: a default VPC 172.31.0.0/16 with a subnet in each
zone, an internet gateway and a route to it. What takes time (an attachment, a
start) is done when its call is answered; with --no-settle it takes until

  {\"Service\":\"world\",\"Action\":\"Wait\",\"Parameters\":{\"Seconds\":5}}";

/// What it says after them.
const EXAMPLES: &str = "\
Examples:
  echo '{\"Action\":\"DescribeSubnets\"}' | eni api --region eu-west-1
  eni api --empty < calls.jsonl > answers.jsonl

An action that is not there is answered by UnsupportedOperation, a line that cannot
be read by an error; the next line is read in any case.
Exit codes: 0 the input ended; 2 bad usage.";

/// Answer AWS's calls, one JSON object a line
#[derive(Args)]
#[command(long_about = ABOUT, after_help = EXAMPLES)]
pub struct Api {
    /// The region; it decides the names of zones and hosts
    #[arg(long, value_name = "REGION", default_value = "us-east-1")]
    region: String,
    /// Begin with nothing, not even a default VPC
    #[arg(long)]
    empty: bool,
    /// What takes time waits for calls of world Wait
    #[arg(long)]
    no_settle: bool,
}

/// Runs the command.
pub fn run(arguments: &Api) -> Ending {
    let account = if arguments.empty { Account::empty(&arguments.region) } else { Account::fresh(&arguments.region) };
    let account = account.map_err(|error| error.to_string())?;
    let mut account = if arguments.no_settle { account.without_settling() } else { account };
    let ended = serve(&mut account, &mut std::io::stdin().lock(), &mut std::io::stdout().lock());
    match ended {
        Ok(()) => Ok(ExitCode::SUCCESS),
        // Whoever asked has gone away: nobody is left to be told.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        Err(error) => {
            eprintln!("eni: {error}");
            Ok(ExitCode::from(BAD))
        }
    }
}

/// A line in, a line out.
fn serve(account: &mut Account, input: &mut impl BufRead, output: &mut impl Write) -> std::io::Result<()> {
    let (mut line, mut text) = (Vec::new(), Vec::new());
    while next_line(input, &mut line)? {
        text.clear();
        account.answer(&line, &mut text)?;
        output.write_all(&text)?;
        output.flush()?;
    }
    Ok(())
}

/// Reads the next line without its end. Of one that is too long only so much is kept that it is seen to be too long. False at the end.
fn next_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> std::io::Result<bool> {
    line.clear();
    // One more than may be there, and the line's end.
    let most = LINE_LIMITS.bytes as u64 + 2;
    if input.by_ref().take(most).read_until(b'\n', line)? == 0 {
        return Ok(false);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
    } else if line.len() as u64 == most {
        input.skip_until(b'\n')?;
    }
    Ok(true)
}
