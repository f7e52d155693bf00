//! `cargo xtask oracle`: random networks built of Linux namespaces, and whether the judge of packets says of them what the kernel does.

use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Result, bail};
use clap::Args;

use crate::progress::{run as run_command, step};
use crate::root;

#[derive(Args)]
pub struct Options {
    /// How long, in minutes
    #[arg(long, default_value_t = 10)]
    minutes: u64,
    /// The first network; by the clock where none is named
    #[arg(long)]
    seed: Option<u64>,
}

/// Asks about other networks than the tests do, as many as the time allows.
///
/// # Errors
///
/// When this machine has not what it takes, or cargo cannot be run.
pub fn run(options: &Options) -> Result<ExitCode> {
    if let Some(why) = tools()? {
        bail!("{why}");
    }
    let clock = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs() * 1_000;
    let status = Command::new("cargo")
        .args(["test", "--release", "--package", "eni-core", "--test", "oracle", "--", "--nocapture"])
        .env("ENI_ORACLE_MINUTES", options.minutes.to_string())
        .env("ENI_ORACLE_SEED", options.seed.unwrap_or(clock).to_string())
        .current_dir(root()?)
        .status()?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Programs that read captures, for the tests that show them what is written; or why they are not there.
pub fn readers() -> Option<String> {
    missing(["tshark", "tcpdump"], ["tshark", "tcpdump"])
}

/// Installs what is not there, where that may be; why it is not there afterwards.
fn missing(programs: [&str; 2], packages: [&str; 2]) -> Option<String> {
    let there = |name: &str| ["/usr/sbin", "/sbin", "/usr/bin", "/bin"].iter().any(|folder| Path::new(folder).join(name).is_file());
    let has_both = || programs.iter().all(|name| there(name));
    let advice = format!("as root: `apt-get update && apt-get install --yes {}`", packages.join(" "));
    if has_both() {
        return None;
    }
    let apt = |arguments: &[&str]| run_command(Command::new("apt-get").args(arguments).env("DEBIAN_FRONTEND", "noninteractive"));
    let installed = step(&format!("Install {} (once)", packages.join(" and ")), &advice, || {
        apt(&["update", "-qq"])?;
        apt(&[&["install", "--yes", "-qq", "--no-install-recommends"], &packages[..]].concat())
    });
    let why = || format!("`{}` and `{}` are missing and could not be installed; {advice}", programs[0], programs[1]);
    (installed.is_err() || !has_both()).then(why)
}

/// `ip` and `nft`, which are installed where they may be; or why the kernel cannot be asked here.
///
/// # Errors
///
/// When nothing can be run at all.
pub fn tools() -> Result<Option<String>> {
    let root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n");
    if !cfg!(target_os = "linux") || !root {
        return Ok(Some("the kernel is asked on Linux, as root: nobody else may build networks".to_owned()));
    }
    if let Some(why) = missing(["ip", "nft"], ["iproute2", "nftables"]) {
        return Ok(Some(why));
    }
    // Some machines let not even root have namespaces or tables: those of containers, for instance.
    let trial = Command::new("unshare").args(["--net", "nft", "add", "table", "ip", "t"]).output();
    let allowed = trial.is_ok_and(|output| output.status.success());
    Ok((!allowed).then(|| "this machine gives root no namespaces with tables of nftables".to_owned()))
}
