//! `cargo xtask dist`: the page for publishing.

use std::process::ExitCode;

use anyhow::Result;

use crate::minify::Minifier;
use crate::page::{self, Kind};
use crate::progress::step;
use crate::{assemble, single_file, tools};

/// Options of `dist`.
#[derive(clap::Args)]
pub struct Options {
    /// Make one file that runs from file:// without a network, in target/dist-single
    #[arg(long)]
    single_file: bool,
    /// Build quickly instead of small
    #[arg(long, hide = true)]
    quick: bool,
}

/// Makes `target/dist`, or the single file.
///
/// # Errors
///
/// When a step fails.
pub fn run(options: &Options) -> Result<ExitCode> {
    let kind = if options.quick { Kind::Play } else { Kind::Release };
    make(kind, options.single_file)?;
    Ok(ExitCode::SUCCESS)
}

/// Makes the folder (always) and the single file (if asked for).
///
/// # Errors
///
/// When a step fails.
pub fn make(kind: Kind, with_single_file: bool) -> Result<()> {
    let root = crate::root()?;
    let tools = tools::ensure(kind == Kind::Release)?;
    let raw = page::build(kind, &tools)?;
    let minifier = if kind == Kind::Release { Minifier::esbuild(tools::esbuild()?) } else { Minifier::none() };
    step("Assemble the page", "", || {
        let parts = assemble::read(&raw, &minifier)?;
        assemble::write(&parts, &minifier, &root.join("target/dist"))?;
        eprintln!("    target/dist is ready");
        if with_single_file {
            single_file::write(&parts, &root.join("target/dist-single/eni-playground.html"))?;
            eprintln!("    target/dist-single/eni-playground.html is ready");
        }
        Ok(())
    })
}
