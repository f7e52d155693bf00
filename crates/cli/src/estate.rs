//! `eni estate`.

use crate::{Ending, files};
use clap::Args;
use eni_playground::reach::document_of_estate;
use std::path::PathBuf;
use std::process::ExitCode;

/// What `eni estate --help` says before its options; lines are broken here, because a terminal would break them inside of words.
const ABOUT: &str = "\
Writes a network as companies have them, to try things on: a VPC for each 2,000
network interfaces, three tiers in three zones, a group for each tier of each service
of 20, with references between them, NAT gateways, Elastic IPs, peering, and here and
there a mistake. Each interface is on an instance of its own; NAT gateways have theirs
beside them. The same number and seed give the same network.

  eni estate 1000 -o estate.eni.json
  eni reach estate.eni.json --port 8080";

/// Write a large network to try things on
#[derive(Args)]
#[command(long_about = ABOUT)]
pub struct Estate {
    /// How many network interfaces, up to 20000
    #[arg(value_name = "NUMBER")]
    enis: usize,
    /// Another network of the same shape for each seed
    #[arg(long, default_value_t = 1, value_name = "NUMBER")]
    seed: u64,
    /// The file to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Runs the command.
pub fn run(arguments: &Estate) -> Ending {
    let document = document_of_estate(arguments.enis, arguments.seed)?;
    match &arguments.output {
        Some(path) => files::write(path, &document)?,
        None => files::print(&document),
    }
    Ok(ExitCode::SUCCESS)
}
