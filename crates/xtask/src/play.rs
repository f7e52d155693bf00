//! `cargo xtask play`: from nothing to the page in a browser.

use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use anyhow::Result;

use crate::page::Kind;
use crate::progress::seconds;
use crate::serve::{Mount, Server};

/// Options of `play`.
#[derive(clap::Args)]
pub struct Options {
    /// The port to serve on
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Build as it is shipped: smaller and faster, slower to build
    #[arg(long)]
    release: bool,
    /// Do not open a browser
    #[arg(long)]
    no_open: bool,
}

/// Builds, serves, opens; runs until it is stopped.
///
/// # Errors
///
/// When a step fails or the port is taken.
pub fn run(options: &Options) -> Result<ExitCode> {
    let begin = Instant::now();
    // The port first: to learn that it is taken after five minutes of building would be a pity.
    let server = Server::bind(options.port)?;
    crate::dist::make(if options.release { Kind::Release } else { Kind::Play }, false)?;
    let address = format!("http://127.0.0.1:{}/", server.port());
    eprintln!("==> Ready after {}", seconds(begin.elapsed()));
    println!("The playground is at {address}  (Ctrl-C ends it)");
    if !options.no_open {
        open(&address);
    }
    server.run(&[Mount::page("/", crate::root()?.join("target/dist"))]);
    Ok(ExitCode::SUCCESS)
}

/// Opens a browser where there is one; that there is none is no error.
fn open(address: &str) {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(target_os = "windows") {
        "explorer"
    } else if std::env::var_os("DISPLAY").is_some() || std::env::var_os("WAYLAND_DISPLAY").is_some() {
        "xdg-open"
    } else {
        eprintln!("    no display here: open the address in a browser yourself");
        return;
    };
    let opened = Command::new(program).arg(address).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    if opened.is_err() {
        eprintln!("    no browser could be opened: open the address yourself");
    }
}
