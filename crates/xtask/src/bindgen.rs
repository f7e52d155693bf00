//! The `wasm-bindgen` command as trunk calls it, over the library: the library builds in seconds, the published command in minutes, and its
//! version is the lock file's, so that it always fits the crate that the page is built with.

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

/// Does what the arguments say.
///
/// # Errors
///
/// An argument that trunk is not known to use, or a module that cannot be processed.
pub fn run(arguments: Vec<OsString>) -> Result<ExitCode> {
    let mut bindgen = Bindgen::new();
    let mut folder = None;
    for argument in arguments {
        let argument = argument.into_string().ok().context("an argument is not UTF-8")?;
        match argument.split_once('=').unwrap_or((&argument, "")) {
            ("--version", _) => {
                println!("wasm-bindgen {}", version());
                return Ok(ExitCode::SUCCESS);
            }
            ("--target", "no-modules") => drop(bindgen.no_modules(true)?),
            ("--target", "nodejs") => drop(bindgen.nodejs(true)?),
            ("--out-dir", path) => folder = Some(path.to_owned()),
            ("--out-name", name) => drop(bindgen.out_name(name)),
            ("--no-typescript", _) => drop(bindgen.typescript(false)),
            ("--keep-debug", _) => drop(bindgen.keep_debug(true)),
            (unknown, _) if unknown.starts_with("--") => {
                bail!("xtask's wasm-bindgen does not know `{argument}`")
            }
            _ => drop(bindgen.input_path(&argument)),
        }
    }
    let folder = folder.context("--out-dir is missing")?;
    bindgen.generate(&folder)?;
    Ok(ExitCode::SUCCESS)
}

/// The version of wasm-bindgen in the lock file that this program was built with.
pub fn version() -> &'static str {
    include_str!("../../../Cargo.lock")
        .split("[[package]]")
        .find(|package| package.contains("name = \"wasm-bindgen-cli-support\"\n"))
        .and_then(|package| package.split("version = \"").nth(1))
        .and_then(|rest| rest.split('"').next())
        .unwrap_or("unknown")
}
