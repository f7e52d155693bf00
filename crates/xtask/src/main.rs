//! `cargo xtask`: everything that is done to the playground from outside: playing it, building it, testing it, measuring it.
//!
//! These are the project's only build scripts. Under the name `wasm-bindgen` (a link that [`tools`] puts on trunk's path) the same binary is
//! the wasm-bindgen command: see [`bindgen`].

mod assemble;
mod bench;
mod bindgen;
mod browser;
mod dist;
mod fuzz;
mod instance_types;
mod loader;
mod minify;
mod oracle;
mod page;
mod play;
mod progress;
mod record;
mod rules;
mod serve;
mod service_names;
mod sheet;
mod single_file;
mod split;
mod test;
mod text;
mod tools;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Play, test, bench and build the ENI Playground")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the page, serve it on 127.0.0.1 and open it in a browser
    Play(play::Options),
    /// Build the page for publishing: a folder for any static server, or one file
    Dist(dist::Options),
    /// Everything that has to pass before a change lands
    Test(test::Options),
    /// Write the table of instance types from the files in a folder
    GenerateInstanceTypes(instance_types::Options),
    /// Write the names of EC2's API from botocore's service model
    GenerateServiceNames(service_names::Options),
    /// How large and how fast what is shipped is
    Bench(bench::Options),
    /// Throw random and damaged lines at the JSON front and the command front
    Fuzz(fuzz::Options),
    /// Ask the Linux kernel whether the judge of packets is right, for longer than the tests do
    Oracle(oracle::Options),
    /// Fill the list of rules from the tests that cite them
    Rules,
    /// Draw the picture of the first scene that stands in the page before the engine runs
    Picture,
    /// Serve folders under the page's security policy (used by the browser tests)
    #[command(hide = true)]
    Serve(serve::Options),
}

fn main() -> ExitCode {
    let mut arguments = std::env::args_os();
    let called_as = arguments.next().map(PathBuf::from).unwrap_or_default();
    let outcome = if called_as.file_stem().is_some_and(|name| name == "wasm-bindgen") {
        bindgen::run(arguments.collect())
    } else {
        run(Arguments::parse().command)
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<ExitCode> {
    match command {
        Command::Play(options) => play::run(&options),
        Command::Dist(options) => dist::run(&options),
        Command::Test(options) => test::run(&options),
        Command::GenerateInstanceTypes(options) => instance_types::run(&options),
        Command::GenerateServiceNames(options) => service_names::run(&options),
        Command::Bench(options) => bench::run(&options),
        Command::Fuzz(options) => fuzz::run(&options),
        Command::Oracle(options) => oracle::run(&options),
        Command::Rules => rules::run(),
        Command::Picture => page::draw(),
        Command::Serve(options) => serve::run(&options),
    }
}

/// The root of the repository.
fn root() -> Result<PathBuf> {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).map(Path::to_path_buf).context("xtask is not in crates/xtask any more")
}
