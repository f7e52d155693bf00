//! `eni import`.

use crate::{Ending, files};
use clap::Args;
use eni_playground::scenario::save;
use eni_playground::view::report::report_of;
use std::path::PathBuf;
use std::process::ExitCode;

/// What `eni import --help` says before its options; lines are broken here, because a terminal would break them inside of words.
const ABOUT: &str = "\
Reads what aws ec2 describe-… prints, from files or folders, and writes one
document: the page opens it, eni trace reads it.

Files are told apart by what is in them, not by their names. What is read:
  networks       Vpcs (with describe-vpc-attribute), DhcpOptions, Subnets,
                 SubnetIpv4CidrReservations, SubnetIpv6CidrReservations
  in them        NetworkInterfaces, Reservations (instances, with
                 describe-instance-attribute), Addresses (Elastic IPs),
                 VpcEndpoints, FlowLogs, KeyPairs, Functions, FileSystems,
                 MountTargets, MetricAlarms, logGroups
  rules          SecurityGroups, SecurityGroupRules, NetworkAcls, PrefixLists
                 (with Entries of get-managed-prefix-list-entries)
  ways           RouteTables, InternetGateways, EgressOnlyInternetGateways,
                 NatGateways, VpcPeeringConnections, VpnGateways,
                 CustomerGateways, VpnConnections, TransitGateways,
                 TransitGatewayVpcAttachments, TransitGatewayRouteTables
                 (with TransitGatewayAttachments for who uses them)
  names          HostedZones (private ones, with get-hosted-zone for their VPCs
                 and ResourceRecordSets of list-resource-record-sets)
  balancers      LoadBalancers (of type network) and TargetGroups; listeners and
                 targets, which other calls show, are left out
  and            Tags
Without Vpcs and Subnets nothing can be shown; what else is missing is made up
for, with a warning. Quotas are not read: they are AWS's defaults. Folders in
folders are read, too, and pages of output (NextToken) may be in files of their
own.

Entries come without a word of which prefix list they are of: name their file by
the list's id, as pl-0123456789abcdef0.json. Without it, they are taken as those
of the only list there is. So it is with the record sets of a zone; without its
id in the name of their file, their SOA record says whose they are. Routes and
propagations of a transit gateway's table need its id (tgw-rtb-…) there.

What the playground does not know or cannot read is listed on stderr and left
out; what it shows otherwise than the files do is listed, too. Secrets (VPN
configurations, user data, keys, tokens, passwords) are never kept. A document
holds one region: of output that tells of several, one is kept and the rest is
listed (--region says which). Where two files contradict each other, or the
network could not exist, nothing is written, and the reason is given.";

/// What it says after them.
const EXAMPLES: &str = "\
Examples:
  To keep what describes a region, in one folder:

    mkdir acct
    for what in vpcs subnets network-interfaces instances addresses \\
        security-groups security-group-rules network-acls route-tables \\
        internet-gateways egress-only-internet-gateways nat-gateways \\
        vpc-peering-connections vpc-endpoints vpn-gateways customer-gateways \\
        vpn-connections flow-logs managed-prefix-lists dhcp-options
    do aws ec2 describe-$what --output json > acct/$what.json; done
    for list in $(aws ec2 describe-managed-prefix-lists --output text \\
        --query 'PrefixLists[].PrefixListId')
    do aws ec2 get-managed-prefix-list-entries --prefix-list-id $list \\
        --output json > acct/$list.json; done
    aws lambda list-functions --output json > acct/functions.json
    aws efs describe-file-systems --output json > acct/files.json
    for files in $(aws efs describe-file-systems --output text \\
        --query 'FileSystems[].FileSystemId')
    do aws efs describe-mount-targets --file-system-id $files \\
        --output json > acct/$files.json; done
    aws route53 list-hosted-zones --output json > acct/zones.json
    for zone in $(aws route53 list-hosted-zones --output text \\
        --query 'HostedZones[?Config.PrivateZone].Id')
    do aws route53 get-hosted-zone --id $zone > acct/${zone##*/}.json
       aws route53 list-resource-record-sets --hosted-zone-id $zone \\
        --output json > acct/${zone##*/}-records.json; done

  To import it, and then to ask:

    eni import acct -o acct.eni.json
    eni trace acct.eni.json --from web-1 --to internet

  Single files will do:

    eni import vpcs.json subnets.json enis.json -o small.eni.json

Exit codes: 0 written; 2 bad usage, or refused, with the reason on stderr and
nothing written.";

/// Turn output of aws ec2 describe-… into a document of the playground
#[derive(Args)]
#[command(long_about = ABOUT, after_help = EXAMPLES)]
pub struct Import {
    /// Files or folders with output of aws ec2 describe-… (JSON)
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// The document to write, usually NAME.eni.json
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// The region to keep, where there are several; else the one with most in it
    #[arg(long, value_name = "REGION")]
    region: Option<String>,
}

/// Runs the command.
pub fn run(arguments: &Import) -> Ending {
    let (scenario, report) = files::read(&arguments.paths, arguments.region.as_deref())?;
    files::write(&arguments.output, &save(&scenario))?;
    let told = report_of(&scenario, &report);
    files::print(&format!("{}: {}\n", arguments.output.display(), told.summary));
    files::tell(&told.plain);
    Ok(ExitCode::SUCCESS)
}
