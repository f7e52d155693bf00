//! Every shipped file, raw and by brotli.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::grouped;
use crate::progress::capture;

/// What an empty page of the same make weighs is 49 kB; this is the goal of the first playable.
const BUDGET: usize = 220_000;
/// What the first load may weigh today, in bytes by brotli: a few per cent over what it weighs. `cargo xtask test` fails above it, so that growth is
/// decided upon and does not just happen. Lower it when the page has become smaller.
const CEILING: usize = 800_000;

/// One file.
struct Size {
    name: String,
    raw: usize,
    brotli: usize,
    /// A visitor of the page on an ordinary server loads it before the page is usable.
    first_load: bool,
}

/// All files.
pub struct Sizes(Vec<Size>);

/// Node compresses: it has brotli at its strongest built in.
const SCRIPT: &str = r#"
const { readFileSync } = require("node:fs");
const { brotliCompressSync, constants } = require("node:zlib");
const sizes = process.argv.slice(1).map((path) => {
  const bytes = readFileSync(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return [bytes.length, brotliCompressSync(bytes, { params }).length];
});
process.stdout.write(JSON.stringify(sizes));
"#;

/// Measures what lies in `target/dist` and `target/dist-single`.
///
/// # Errors
///
/// When it is not there or Node fails.
pub fn measure(root: &Path) -> Result<Sizes> {
    let dist = root.join("target/dist");
    let mut paths: Vec<(String, PathBuf)> = Vec::new();
    let index = std::fs::read_to_string(dist.join("index.html")).context("the page is not built: cargo xtask dist")?;
    for entry in std::fs::read_dir(&dist)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            paths.push((entry.file_name().to_string_lossy().into_owned(), entry.path()));
        }
    }
    paths.sort();
    let single = root.join("target/dist-single/eni-playground.html");
    if single.is_file() {
        paths.push(("(single file) eni-playground.html".to_owned(), single));
    }
    let answer = capture(Command::new("node").args(["--eval", SCRIPT]).args(paths.iter().map(|(_, path)| path)))?;
    let numbers: Vec<(usize, usize)> = serde_json::from_str(&answer).context("Node's answer")?;
    let size = |((name, _), (raw, brotli)): ((String, PathBuf), (usize, usize))| {
        let first_load = is_first_load(&name, &index);
        Size { name, raw, brotli, first_load }
    };
    Ok(Sizes(paths.into_iter().zip(numbers).map(size).collect()))
}

/// Whether the page as it is shipped is below the ceiling; what it weighs.
///
/// # Errors
///
/// When it is above, with what can be done; when it is not built or Node fails.
pub fn check(root: &Path) -> Result<String> {
    let (_, brotli) = measure(root)?.first_load();
    within(brotli)?;
    Ok(format!("the first load is {} bytes by brotli, of {} at most", grouped(brotli), grouped(CEILING)))
}

fn within(brotli: usize) -> Result<()> {
    ensure!(
        brotli <= CEILING,
        "the first load is {} bytes by brotli, {} over the ceiling of {}: `cargo xtask bench --no-build` shows what weighs how much; make it \
         smaller, or raise CEILING in crates/xtask/src/bench/sizes.rs and say in the change what it is for",
        grouped(brotli),
        grouped(brotli - CEILING),
        grouped(CEILING)
    );
    Ok(())
}

/// What the page names, but for the fall-back and the service worker, which come later or never.
fn is_first_load(name: &str, index: &str) -> bool {
    let later = name.contains(".bytes.") || name == "sw.js" || name.ends_with(".webmanifest");
    name == "index.html" || (!later && index.contains(&format!("./{name}\"")))
}

impl Sizes {
    fn first_load(&self) -> (usize, usize) {
        let files = self.0.iter().filter(|file| file.first_load);
        files.fold((0, 0), |(raw, brotli), file| (raw + file.raw, brotli + file.brotli))
    }

    /// For programs.
    pub fn json(&self) -> Value {
        let (raw, brotli) = self.first_load();
        let file = |file: &Size| json!({ "name": file.name, "raw": file.raw, "brotli": file.brotli, "first_load": file.first_load });
        json!({
            "files": self.0.iter().map(file).collect::<Vec<_>>(),
            "first_load": { "raw": raw, "brotli": brotli, "budget_brotli": BUDGET, "ceiling_brotli": CEILING },
        })
    }

    /// For people.
    pub fn table(&self) -> String {
        let mut text = format!("{:<44} {:>12} {:>12}\n", "file (* = loaded first)", "raw", "brotli");
        for file in &self.0 {
            let mark = if file.first_load { "*" } else { " " };
            text.push_str(&format!("{mark} {:<42} {:>12} {:>12}\n", file.name, grouped(file.raw), grouped(file.brotli)));
        }
        let (raw, brotli) = self.first_load();
        text.push_str(&format!("{:<44} {:>12} {:>12}\n", "first load", grouped(raw), grouped(brotli)));
        text.push_str(&format!("{:<44} {:>12} {:>12}\n", "ceiling that the tests hold", "", grouped(CEILING)));
        text.push_str(&format!("{:<44} {:>12} {:>12}\n", "budget of the first playable", "", grouped(BUDGET)));
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_over_the_ceiling_is_refused_with_what_to_do() {
        assert!(within(CEILING).is_ok());
        let told = within(CEILING + 1_234).unwrap_err().to_string();
        for part in ["801,234 bytes", "1,234 over", "800,000", "cargo xtask bench", "CEILING in crates/xtask/src/bench/sizes.rs"] {
            assert!(told.contains(part), "{part}: {told}");
        }
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/bench/sizes.rs").is_file(), "the message names this file");
    }

    #[test]
    fn what_the_page_names_is_loaded_first() {
        let index = r#"<link rel="manifest" href="./m.webmanifest"><script src="./l.js" data-wasm="./w.wasm" data-fallback="./e.bytes.js"></script>"#;
        for (name, first) in [
            ("index.html", true),
            ("l.js", true),
            ("w.wasm", true),
            ("e.bytes.js", false),
            ("m.webmanifest", false),
            ("eni-playground.js", false),
        ] {
            assert_eq!(is_first_load(name, index), first, "{name}");
        }
    }
}
