//! What the engine uses first: a page whose engine remembers where it has been (see [`crate::split`]) is played by a browser
//! (`web/e2e/record.mjs`) for as long as a first visit's first moments last. What the jobs run by which speed is measured is recorded with it.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::assemble::{self, Parts};
use crate::browser;
use crate::minify::Minifier;
use crate::progress::run;
use crate::split;
use crate::tools::program;

/// Where the page lies that is played.
const FOLDER: &str = "target/recording";
/// What the script leaves, in that folder.
const MARKS: &str = "marks";

/// Makes sure that there is a browser, and what drives it.
///
/// # Errors
///
/// When one of them is missing and cannot be installed.
pub fn tools(root: &Path) -> Result<()> {
    browser::chromium()?;
    browser::packages(&root.join("web/e2e"))
}

/// Plays the page and gives a byte for each point of the engine: who came by it ([`split::split`]).
///
/// # Errors
///
/// When the page cannot be made, or the browser did not get as far as a running scene.
pub fn marks(parts: &mut Parts, minifier: &Minifier, root: &Path) -> Result<Vec<u8>> {
    let folder = root.join(FOLDER);
    let whole = std::mem::take(&mut parts.wasm);
    let written = split::mark(&whole).and_then(|marked| {
        parts.wasm = marked;
        assemble::write(parts, minifier, &folder)
    });
    parts.wasm = whole;
    written?;
    let out = folder.join(MARKS);
    run(Command::new("node").arg(root.join("web/e2e/record.mjs")).arg(&folder).arg(&out).env("ENI_XTASK", program()?).current_dir(root))?;
    last(root)
}

/// What was recorded last.
///
/// # Errors
///
/// When nothing was.
pub fn last(root: &Path) -> Result<Vec<u8>> {
    let out = root.join(FOLDER).join(MARKS);
    std::fs::read(&out).with_context(|| format!("{} was not written", out.display()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_jobs_that_are_played_are_those_of_the_engine() {
        let named = |text: &str, begin: &str| {
            let from = text.split_once(begin).expect(begin).1;
            from.split_once(';').map(|(list, _)| list.to_owned())
        };
        let played = named(include_str!("../../../web/e2e/record.mjs"), "const JOBS = ");
        let of_the_engine = named(include_str!("../../core/src/measure.rs"), "pub const JOBS: [&str; 5] = ");
        assert_eq!(played, of_the_engine);
    }
}
