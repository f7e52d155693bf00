//! The raw page: what trunk makes of `index.html`, in `target/trunk`. [`crate::assemble`] makes the page of it that is shipped.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::progress::{run, step};
use crate::tools::{TARGET, Tools};

/// How the page is compiled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Quick to make: profile `play`, no wasm-opt.
    Play,
    /// As it is shipped: profile `page`, through wasm-opt.
    Release,
}

/// Builds the raw page and returns its folder.
///
/// # Errors
///
/// When the code does not compile or trunk fails.
pub fn build(kind: Kind, tools: &Tools) -> Result<PathBuf> {
    let root = crate::root()?;
    step("Fetch the crates", "crates.io must be reachable; try `cargo fetch`", || {
        run(Command::new("cargo").args(["fetch", "--quiet", "--target", TARGET]).current_dir(&root))
    })?;
    let what = if kind == Kind::Release { "Build the page (release)" } else { "Build the page" };
    step(what, "look at the first error above", || {
        let mut trunk = Command::new(&tools.trunk);
        trunk.args(["build", "--offline", "--skip-version-check"]).current_dir(&root).env("PATH", &tools.path);
        // Some shells set NO_COLOR=1, which trunk does not take for a yes.
        trunk.env_remove("NO_COLOR");
        if kind == Kind::Release {
            trunk.arg("--release");
        }
        run(&mut trunk)
    })?;
    Ok(root.join("target/trunk"))
}

/// What is on the screen before the engine is: true, if not much.
pub const FIRST_PICTURE: &str = r#"<svg class="eni-first-picture" viewBox="0 0 640 240" role="img" aria-label="The ENI Playground is starting">
      <g fill="none" stroke="currentColor" stroke-opacity="0.4"><rect x="120" y="20" width="500" height="200" rx="8"/><rect x="140" y="60" width="220" height="140" rx="6"/><rect x="380" y="60" width="220" height="140" rx="6"/></g>
      <g fill="currentColor" font-family="system-ui, sans-serif" font-size="13"><text x="20" y="120">internet</text><text x="132" y="42">VPC</text><text x="150" y="82">Availability Zone</text><text x="390" y="82">Availability Zone</text></g>
    </svg>"#;
