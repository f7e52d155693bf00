//! `cargo xtask dist`: the page for publishing.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;

use crate::assemble::Parts;
use crate::minify::Minifier;
use crate::page::{self, Kind};
use crate::progress::step;
use crate::split::{Halves, Objects};
use crate::{assemble, record, single_file, split, tools};

/// Options of `dist`.
#[derive(clap::Args)]
pub struct Options {
    /// Make one file that runs from file:// without a network, in target/dist-single
    #[arg(long)]
    single_file: bool,
    /// Build quickly instead of small
    #[arg(long, hide = true)]
    quick: bool,
    /// Take what trunk made last, as it is: for work on what comes after it
    #[arg(long, hide = true)]
    no_trunk: bool,
    /// Take what was recorded last, for work on the splitter
    #[arg(long, hide = true, requires = "no_trunk")]
    no_record: bool,
}

/// Makes `target/dist`, or the single file.
///
/// # Errors
///
/// When a step fails.
pub fn run(options: &Options) -> Result<ExitCode> {
    let kind = if options.quick { Kind::Play } else { Kind::Release };
    if options.no_trunk {
        assemble_page(kind, options.single_file, &page::made()?, !options.no_record)?;
    } else {
        make(kind, options.single_file)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Makes the folder (always) and the single file (if asked for).
///
/// # Errors
///
/// When a step fails.
pub fn make(kind: Kind, with_single_file: bool) -> Result<()> {
    let tools = tools::ensure(kind == Kind::Release)?;
    let raw = page::build(kind, &tools)?;
    assemble_page(kind, with_single_file, &raw, true)
}

/// Makes of trunk's folder what is shipped.
fn assemble_page(kind: Kind, with_single_file: bool, raw: &Path, record: bool) -> Result<()> {
    let root = crate::root()?;
    let minifier = if kind == Kind::Release { Minifier::esbuild(tools::esbuild()?) } else { Minifier::none() };
    let mut parts = assemble::read(raw, &minifier)?;
    if kind == Kind::Release {
        parts.halves = halves(&mut parts, &minifier, &root, record)?;
    }
    step("Assemble the page", "", || {
        assemble::write(&parts, &minifier, &root.join("target/dist"))?;
        eprintln!("    target/dist is ready");
        if with_single_file {
            single_file::write(&parts, &root.join("target/dist-single/eni-playground.html"))?;
            eprintln!("    target/dist-single/eni-playground.html is ready");
        }
        Ok(())
    })
}

/// The engine in two parts, by what a browser saw it use. Where there is no browser it stays in one: the page does the same, and takes longer to begin.
fn halves(parts: &mut Parts, minifier: &Minifier, root: &Path, record: bool) -> Result<Option<Halves>> {
    if let Err(error) = record::tools(root) {
        eprintln!("    the engine stays in one piece, because what it uses first cannot be recorded: {error:#}");
        return Ok(None);
    }
    let marks = match record {
        true => step("Record what the first scene uses", "", || record::marks(parts, minifier, root))?,
        false => record::last(root)?,
    };
    let objects = page::objects().unwrap_or_else(|error| {
        eprintln!("    all data are in the first part of the engine: {error:#}");
        Objects::default()
    });
    step("Split the engine", "", || {
        let halves = split::split(&parts.wasm, &marks, &objects)?;
        eprintln!("    {} bytes of data come with the rest", halves.late);
        Ok(Some(halves))
    })
}
