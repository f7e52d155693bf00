//! The page in a real Chromium: builds what is shipped, installs the test tools, and runs `web/e2e`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::count::{Count, counted};
use crate::bench::sizes;
use crate::page::Kind;
use crate::progress::{run as run_command, step};
use crate::text::short_hash;
use crate::tools;

/// Runs the browser tests.
///
/// # Errors
///
/// When the page cannot be built or the tools cannot be installed.
pub fn run(filter: Option<&str>, build: bool) -> Result<Count> {
    let root = crate::root()?;
    let tests = root.join("web/e2e");
    chromium()?;
    packages(&tests)?;
    let mut count = Count::default();
    if build {
        crate::dist::make(Kind::Release, true)?;
        count.add(size(&root));
    }
    let mut command = Command::new("node");
    command.arg(tests.join("run.mjs")).args(files(&tests, filter)?).current_dir(&root);
    command.env("ENI_XTASK", tools::program()?);
    count.add(counted("the browser tests", &mut command, Count::read_node)?);
    Ok(count)
}

/// That the page has not grown without anybody having decided so.
fn size(root: &Path) -> Count {
    match sizes::check(root) {
        Ok(told) => {
            eprintln!("    {told}");
            Count::success()
        }
        Err(error) => {
            eprintln!("error: {error:#}");
            Count::failure("the size of the first load")
        }
    }
}

fn files(tests: &Path, filter: Option<&str>) -> Result<Vec<PathBuf>> {
    let Some(filter) = filter else { return Ok(Vec::new()) };
    let mut files = Vec::new();
    for entry in fs::read_dir(tests)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(".test.mjs") && name.contains(filter) {
            files.push(path);
        }
    }
    if files.is_empty() {
        bail!("no browser test file has `{filter}` in its name");
    }
    Ok(files)
}

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
        run_command(Command::new("npm").args(["ci", "--silent", "--no-fund", "--no-audit", "--ignore-scripts"]).current_dir(tests))?;
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
        let apt = |arguments: &[&str]| run_command(Command::new("apt-get").args(arguments).env("DEBIAN_FRONTEND", "noninteractive"));
        apt(&["update", "-qq"])?;
        apt(&["install", "--yes", "-qq", "--no-install-recommends", "chromium"])
    })
}
