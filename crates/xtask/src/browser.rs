//! A real Chromium, and what drives it: found, or installed.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::progress::{run, step};
use crate::text::short_hash;

/// Playwright's client and axe, as the lock file has them.
///
/// # Errors
///
/// When they cannot be installed.
pub fn packages(tests: &Path) -> Result<()> {
    let lock = fs::read(tests.join("package-lock.json")).context("web/e2e/package-lock.json")?;
    let stamp = tests.join("node_modules/.installed");
    let wanted = short_hash(&lock);
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    step("Install the browser tests' packages", "the npm registry must be reachable; try `npm ping`", || {
        run(Command::new("npm").args(["ci", "--silent", "--no-fund", "--no-audit", "--ignore-scripts"]).current_dir(tests))?;
        fs::write(&stamp, wanted).context("the stamp cannot be written")
    })
}

/// Chromium: the one that is there, else Debian's where it may be installed.
///
/// # Errors
///
/// When there is none and none can be installed.
pub fn chromium() -> Result<()> {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let path = std::env::var_os("PATH").unwrap_or_default();
    let there = std::env::split_paths(&path).any(|folder| names.iter().any(|name| folder.join(name).is_file()));
    if there || std::env::var_os("ENI_CHROMIUM").is_some() {
        return Ok(());
    }
    let advice = "as root: `apt-get update && apt-get install --yes chromium`; or set ENI_CHROMIUM to a Chromium or Chrome of yours";
    let root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n");
    if !root {
        bail!("no Chromium was found; {advice}");
    }
    step("Install Chromium (once)", advice, || {
        let apt = |arguments: &[&str]| run(Command::new("apt-get").args(arguments).env("DEBIAN_FRONTEND", "noninteractive"));
        apt(&["update", "-qq"])?;
        apt(&["install", "--yes", "-qq", "--no-install-recommends", "chromium"])
    })
}
