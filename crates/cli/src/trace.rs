//! `eni trace`.

use crate::{Ending, files};
use clap::{Args, ValueEnum};
use eni_playground::trace::{Ask, Style, USUAL_WIDTH, styled_answer, who_is_there};
use std::io::IsTerminal;
use std::net::IpAddr;
use std::path::PathBuf;
use std::process::ExitCode;

/// What `eni trace --help` says before its options; lines are broken here, because a terminal would break them inside of words.
const ABOUT: &str = "\
Follows one packet from its sender to its receiver, and the answer back, through
every check that AWS makes: security groups, network ACLs, route tables,
source/destination check, gateways, the guests. Says where it stopped, by which
rule, which rule came nearest, and which commands would let it through.

STATE is a saved document (.eni.json), one file of aws ec2 describe-… output, or
a folder of it.

WHO is one of:
  web-1            the Name tag of an instance, a network interface or a gateway
  i-… eni-… igw-…  an id
  10.0.1.20        an address
  ip-10-0-1-20.ec2.internal, ec2-203-0-113-25.compute-1.amazonaws.com
                   a DNS name that AWS gives
  internet         a host of the internet: 198.51.100.1, or --source-ip
Without --from or --to, those that are there are listed.";

/// What it says after them.
const EXAMPLES: &str = "\
Examples:
  eni trace my.eni.json                                     who is there?
  eni trace my.eni.json --from web-1 --to internet
  eni trace my.eni.json --from internet --to 203.0.113.10 --port 22
  eni trace ./my-account --from web-1 --to 10.0.2.5 --protocol icmp --assume-running
  eni trace my.eni.json --from eni-0f3a61c2d98b4e570 --to db-1 --port 5432 --output json

Marks: + let it pass, x stopped it. In [ ]: the number of the rule that this rests
on; crates/RULES.md lists them with their sources.

Exit codes: 0 the packet and its answer got through; 1 they did not; 2 bad usage,
or STATE cannot be read (the reason is on stderr).

Lines are made for COLUMNS characters, 80 where that is not set; colours only on a
terminal, and never with NO_COLOR set.";

/// Follow one packet and its answer, check by check
#[derive(Args)]
#[command(long_about = ABOUT, after_help = EXAMPLES)]
pub struct Trace {
    /// A document, a file of describe output, or a folder of it
    state: PathBuf,
    /// Who sends
    #[arg(long, value_name = "WHO")]
    from: Option<String>,
    /// Who shall get it
    #[arg(long, value_name = "WHO")]
    to: Option<String>,
    /// tcp, udp, icmp, or a protocol number
    #[arg(long, default_value = "tcp", value_name = "PROTOCOL")]
    protocol: String,
    /// Destination port of tcp and udp [default: 443]
    #[arg(long, value_name = "PORT")]
    port: Option<u16>,
    /// Source address, if not the sender's own [of internet: 198.51.100.1]
    #[arg(long, value_name = "IP")]
    source_ip: Option<IpAddr>,
    /// Source port of tcp and udp [default: 32768]
    #[arg(long, value_name = "PORT")]
    source_port: Option<u16>,
    /// How long the packet is, in bytes
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(40..))]
    bytes: Option<u16>,
    /// Take stopped instances as running: what would happen if they were
    #[arg(long)]
    assume_running: bool,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Output::Text)]
    output: Output,
}

#[derive(Clone, Copy, ValueEnum)]
enum Output {
    /// For people
    Text,
    /// For programs
    Json,
}

/// Runs the command.
pub fn run(arguments: &Trace) -> Ending {
    let (scenario, _) = files::read(std::slice::from_ref(&arguments.state), None)?;
    let (Some(from), Some(to)) = (arguments.from.clone(), arguments.to.clone()) else {
        let missing = if arguments.from.is_none() { "who sends: --from WHO" } else { "who shall get it: --to WHO" };
        return Err(format!("say {missing}. Here are, with name, id and address:\n{}\n  internet", who_is_there(&scenario)));
    };
    let ask = Ask {
        from,
        to,
        protocol: arguments.protocol.clone(),
        port: arguments.port,
        source_ip: arguments.source_ip,
        source_port: arguments.source_port,
        bytes: arguments.bytes,
        assume_running: arguments.assume_running,
    };
    let answer = styled_answer(&scenario, &ask, style())?;
    match arguments.output {
        Output::Text => files::print(&answer.text),
        Output::Json => files::print(&answer.pretty_json()),
    }
    Ok(if answer.got_through { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// How the text is laid out: colours for a terminal alone, as <https://no-color.org> asks.
fn style() -> Style {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let plain = set("NO_COLOR").is_some() || set("TERM").is_some_and(|term| term == "dumb");
    let width = set("COLUMNS").and_then(|columns| columns.parse().ok()).unwrap_or(USUAL_WIDTH);
    Style { width, colour: std::io::stdout().is_terminal() && !plain }
}
