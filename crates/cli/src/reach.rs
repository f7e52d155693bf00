//! `eni reach`.

use crate::{Ending, files};
use clap::{Args, ValueEnum};
use eni_playground::reach::{Ask, answer};
use eni_playground::trace::{Ask as Pair, answer as trace};
use std::path::PathBuf;
use std::process::ExitCode;

/// What `eni reach --help` says before its options; lines are broken here, because a terminal would break them inside of words.
const ABOUT: &str = "\
Says who can open a connection to whom on one protocol and port: network interfaces,
the internet, networks on premises. A connection opens if its first packet gets to the
other end and the answer gets back: groups, network ACLs, routes, gateways and guests,
both ways, as eni trace tells them packet by packet.

Those who behave alike are one class. Of the internet, each block that a rule, an ACL
or a route names is a class of its own, and all other addresses are one; of on-premises
networks, each block that a VPN connection leads to.

A line such as `2 <- 1, 5-8` says: the members of classes 1 and 5 to 8 can open a
connection to those of class 2. `2 <- 2` is said of the members of one class among
themselves.

With --from and --to: one pair, and the rule that refuses it, as eni trace tells it.

STATE is a saved document (.eni.json), one file of aws ec2 describe-… output, or
a folder of it.";

/// What it says after them.
const EXAMPLES: &str = "\
Examples:
  eni reach my.eni.json --port 443
  eni reach ./my-account --protocol udp --port 53 --output json
  eni reach my.eni.json --port 5432 --from web-1 --to db-1
  eni estate 1000 -o estate.eni.json && eni reach estate.eni.json --port 8080

Exit codes: 0 told (of one pair: it opens); 1 of one pair: it does not; 2 bad usage,
or STATE cannot be read (the reason is on stderr).";

/// Say who can open a connection to whom
#[derive(Args)]
#[command(long_about = ABOUT, after_help = EXAMPLES)]
pub struct Reach {
    /// A document, a file of describe output, or a folder of it
    state: PathBuf,
    /// tcp, udp, icmp, or a protocol number
    #[arg(long, default_value = "tcp", value_name = "PROTOCOL")]
    protocol: String,
    /// Destination port of tcp and udp
    #[arg(long, value_name = "PORT")]
    port: Option<u16>,
    /// One pair: who opens the connection
    #[arg(long, value_name = "WHO", requires = "to")]
    from: Option<String>,
    /// One pair: to whom
    #[arg(long, value_name = "WHO", requires = "from")]
    to: Option<String>,
    /// Take stopped instances as running
    #[arg(long)]
    assume_running: bool,
    /// How many classes and lines the text has at most
    #[arg(long, default_value_t = 200, value_name = "NUMBER")]
    most: usize,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Output::Text)]
    output: Output,
    /// The region to keep, where there are several; else the one with most in it
    #[arg(long, value_name = "REGION")]
    region: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Output {
    /// For people
    Text,
    /// For programs
    Json,
}

/// Runs the command.
pub fn run(arguments: &Reach) -> Ending {
    let (scenario, _) = files::read(std::slice::from_ref(&arguments.state), arguments.region.as_deref())?;
    let (protocol, port, assume_running) = (arguments.protocol.clone(), arguments.port, arguments.assume_running);
    if let (Some(from), Some(to)) = (arguments.from.clone(), arguments.to.clone()) {
        let pair = Pair { from, to, protocol, port, assume_running, ..Pair::default() };
        let told = trace(&scenario, &pair)?;
        match arguments.output {
            Output::Text => files::print(&told.text),
            Output::Json => files::print(&told.pretty_json()),
        }
        return Ok(if told.got_through { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let told = answer(&scenario, &Ask { protocol, port, assume_running, most: arguments.most })?;
    match arguments.output {
        Output::Text => files::print(&told.text),
        Output::Json => files::print(&format!("{:#}\n", told.json)),
    }
    Ok(ExitCode::SUCCESS)
}
