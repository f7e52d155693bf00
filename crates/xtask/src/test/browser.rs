//! The page in a real Chromium: builds what is shipped, and runs `web/e2e`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use super::count::{Count, counted};
use crate::bench::sizes;
use crate::browser::{chromium, packages};
use crate::page::Kind;
use crate::tools;

/// So many failed tests are tried a second time: on a busy machine a gesture of a few frames may miss; where more fail, the page is at fault.
const SECOND_TRIES: usize = 3;

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
    let files = files(&tests, filter)?;
    let mut tried = run_files(&tests, &files, &[])?;
    if (1..=SECOND_TRIES).contains(&tried.failures.len()) {
        eprintln!("    what failed is tried once more, alone");
        let names: Vec<String> = tried.failures.iter().map(|failure| name(failure).to_owned()).collect();
        tried.take_second(&run_files(&tests, &files, &names)?);
    }
    count.add(tried);
    Ok(count)
}

/// Runs test files, all where none is named; of them only the tests of these names, all where none is named.
fn run_files(tests: &Path, files: &[PathBuf], names: &[String]) -> Result<Count> {
    let mut command = Command::new("node");
    command.arg(tests.join("run.mjs")).args(files).current_dir(crate::root()?);
    command.env("ENI_XTASK", tools::program()?).env("ENI_E2E_NAMES", serde_json::to_string(names)?);
    counted("the browser tests", &mut command, Count::read_node)
}

/// The name of a test in a line of Node's runner, which ends in the time that it took.
fn name(failure: &str) -> &str {
    failure.rsplit_once(" (").map_or(failure, |(name, _)| name)
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
