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
