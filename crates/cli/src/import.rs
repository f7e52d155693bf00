//! `eni import`.

use crate::{Ending, files};
use clap::Args;
use eni_playground::scenario::save;
use eni_playground::view::report::report_of;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args)]
#[command(
    long_about = "Reads what aws ec2 describe-… prints, from files or folders, and writes one document that the playground opens.\n\n\
    Files are told apart by what is in them, not by their names: Vpcs, Subnets, NetworkInterfaces, Reservations, Addresses, SecurityGroups, \
    SecurityGroupRules, NetworkAcls, RouteTables, InternetGateways, NatGateways, VpnGateways, Tags. Folders in folders are read, too. What the playground does not know is listed and \
    left out; the list goes to stderr. Secrets (VPN configurations, user data, keys, tokens, passwords) are never kept."
)]
#[command(after_help = "Examples:\n  aws ec2 describe-vpcs > acct/vpcs.json\n  aws ec2 describe-subnets > acct/subnets.json\n  \
    aws ec2 describe-network-interfaces > acct/enis.json     (and so on)\n  eni import acct -o acct.eni.json\n  eni import vpcs.json subnets.json -o small.eni.json\n\n\
    Exit codes: 0 written; 2 refused, with the reason on stderr, and nothing written.")]
pub struct Import {
    /// Files or folders with output of aws ec2 describe-… (JSON)
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// The document to write, usually NAME.eni.json
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

/// Runs the command.
pub fn run(arguments: &Import) -> Ending {
    let (scenario, report) = files::read(&arguments.paths)?;
    files::write(&arguments.output, &save(&scenario))?;
    let told = report_of(&scenario, &report);
    files::print(&format!("{}: {}\n", arguments.output.display(), told.summary));
    files::tell(&told.plain);
    Ok(ExitCode::SUCCESS)
}
