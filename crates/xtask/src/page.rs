//! The raw page: what trunk makes of `index.html`, in `target/trunk`. What is shipped is made of it afterwards.

use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::progress::{capture, run, step};
use crate::split::Objects;
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
            std::fs::create_dir_all(root.join("target"))?;
            trunk
                .arg("--release")
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", format!("-Clink-arg=-Map={}", link_map()?.display()));
        }
        run(&mut trunk)
    })?;
    made()
}

/// Where the linker writes which data stand where in the engine.
///
/// # Errors
///
/// When the root of the repository is not known.
pub fn link_map() -> Result<PathBuf> {
    Ok(crate::root()?.join("target/eni-web.map"))
}

/// Where which constants stand in the engine that trunk made last.
///
/// # Errors
///
/// When the linker left no map of it, because it was linked with other flags (`RUSTFLAGS`).
pub fn objects() -> Result<Objects> {
    let map = std::fs::read_to_string(link_map()?).context("the linker left no map")?;
    let arguments = ["metadata", "--no-deps", "--format-version", "1"];
    let metadata: Value = serde_json::from_str(&capture(Command::new("cargo").args(arguments).current_dir(crate::root()?))?)?;
    let target = metadata.get("target_directory").and_then(Value::as_str).context("no target folder")?;
    let linked = PathBuf::from(target).join(TARGET).join("page/eni_web.wasm");
    Objects::read(&map, &std::fs::read(&linked).with_context(|| linked.display().to_string())?)
}

/// The folder of the raw page.
///
/// # Errors
///
/// When the root of the repository is not known.
pub fn made() -> Result<PathBuf> {
    Ok(crate::root()?.join("target/trunk"))
}

/// What is on the screen before the engine is: the first scene, as `cargo xtask picture` has drawn it.
pub const FIRST_PICTURE: &str = include_str!("first_picture.svg");

/// `cargo xtask picture`: draws the first picture anew.
///
/// # Errors
///
/// When the example that draws it fails, or the file cannot be written.
pub fn draw() -> Result<ExitCode> {
    let root = crate::root()?;
    let example = ["run", "--quiet", "--package", "eni-playground", "--example", "first_picture"];
    let drawn = Command::new("cargo").args(example).current_dir(&root).stderr(Stdio::inherit()).output()?;
    anyhow::ensure!(drawn.status.success(), "the first picture could not be drawn");
    std::fs::write(root.join("crates/xtask/src/first_picture.svg"), drawn.stdout)?;
    Ok(ExitCode::SUCCESS)
}
