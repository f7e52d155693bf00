//! Every shipped file, raw and by brotli.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::grouped;
use crate::progress::capture;

/// What an empty page of the same make weighs is 49 kB; with all of the control plane it was 316 kB. This is the goal of the page with the data plane.
const BUDGET: usize = 420_000;
/// What the first load may weigh, in bytes by brotli. `cargo xtask test` fails above it, so that growth is decided upon and does not just happen.
const CEILING: usize = 385_000;
/// The same for the rest of the engine, which is fetched when the first scene runs. What the first part has only a piece of is in it, too.
const CEILING_OF_THE_REST: usize = 1_360_000;

/// One file.
struct Size {
    name: String,
    raw: usize,
    brotli: usize,
    /// When a visitor of the page on an ordinary server loads it.
    when: When,
}

/// When a file is loaded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum When {
    /// Before the first scene runs.
    First,
    /// As soon as it does: the rest of the engine.
    Rest,
    /// Later, by others, or never.
    Other,
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
        let when = when(&name, &index);
        Size { name, raw, brotli, when }
    };
    Ok(Sizes(paths.into_iter().zip(numbers).map(size).collect()))
}

/// Whether the page as it is shipped is below the ceilings; what it weighs.
///
/// # Errors
///
/// When it is above, with what can be done; when it is not built or Node fails.
pub fn check(root: &Path) -> Result<String> {
    let sizes = measure(root)?;
    let mut told = Vec::new();
    for (what, when, name, ceiling) in CEILINGS {
        let (_, brotli) = sizes.sum(when);
        within(what, brotli, name, ceiling)?;
        told.push(format!("{what} is {} bytes by brotli, of {} at most", grouped(brotli), grouped(ceiling)));
    }
    Ok(told.join("; "))
}

/// What has a ceiling, and what that is called in this file.
const CEILINGS: [(&str, When, &str, usize); 2] =
    [("the first load", When::First, "CEILING", CEILING), ("the rest", When::Rest, "CEILING_OF_THE_REST", CEILING_OF_THE_REST)];

fn within(what: &str, brotli: usize, name: &str, ceiling: usize) -> Result<()> {
    ensure!(
        brotli <= ceiling,
        "{what} is {} bytes by brotli, {} over the ceiling of {}: `cargo xtask bench --no-build` shows what weighs how much; make it \
         smaller, or raise {name} in crates/xtask/src/bench/sizes.rs and say in the change what it is for",
        grouped(brotli),
        grouped(brotli - ceiling),
        grouped(ceiling)
    );
    Ok(())
}

/// What the page names is loaded first, but for the rest of the engine, the fall-back and the service worker.
fn when(name: &str, index: &str) -> When {
    let other = name.contains(".bytes.") || name == "sw.js" || name.ends_with(".webmanifest");
    let named = index.contains(&format!("./{name}\""));
    match (name, named) {
        ("index.html", _) => When::First,
        (name, true) if name.starts_with("eni-web_rest") => When::Rest,
        (_, true) if !other => When::First,
        _ => When::Other,
    }
}

impl Sizes {
    fn sum(&self, when: When) -> (usize, usize) {
        let files = self.0.iter().filter(|file| file.when == when);
        files.fold((0, 0), |(raw, brotli), file| (raw + file.raw, brotli + file.brotli))
    }

    /// For programs.
    pub fn json(&self) -> Value {
        let ((raw, brotli), (rest_raw, rest_brotli)) = (self.sum(When::First), self.sum(When::Rest));
        let file = |file: &Size| {
            let first = file.when == When::First;
            json!({ "name": file.name, "raw": file.raw, "brotli": file.brotli, "first_load": first, "rest": file.when == When::Rest })
        };
        json!({
            "files": self.0.iter().map(file).collect::<Vec<_>>(),
            "first_load": { "raw": raw, "brotli": brotli, "budget_brotli": BUDGET, "ceiling_brotli": CEILING },
            "rest": { "raw": rest_raw, "brotli": rest_brotli, "ceiling_brotli": CEILING_OF_THE_REST },
        })
    }

    /// For people.
    pub fn table(&self) -> String {
        let mut text = format!("{:<44} {:>12} {:>12}\n", "file (* = loaded first, + = after that)", "raw", "brotli");
        for file in &self.0 {
            let mark = match file.when {
                When::First => "*",
                When::Rest => "+",
                When::Other => " ",
            };
            text.push_str(&format!("{mark} {:<42} {:>12} {:>12}\n", file.name, grouped(file.raw), grouped(file.brotli)));
        }
        for (what, when, _, ceiling) in CEILINGS {
            let (raw, brotli) = self.sum(when);
            text.push_str(&format!("{what:<44} {:>12} {:>12}\n", grouped(raw), grouped(brotli)));
            text.push_str(&format!("{:<44} {:>12} {:>12}\n", "  ceiling that the tests hold", "", grouped(ceiling)));
        }
        text.push_str(&format!("{:<44} {:>12} {:>12}\n", "goal of the first load, data plane in it", "", grouped(BUDGET)));
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_over_the_ceiling_is_refused_with_what_to_do() {
        for (what, _, name, ceiling) in CEILINGS {
            assert!(within(what, ceiling, name, ceiling).is_ok());
            let told = within(what, ceiling + 1_234, name, ceiling).unwrap_err().to_string();
            let place = format!("{name} in crates/xtask/src/bench/sizes.rs");
            for part in [what, &grouped(ceiling + 1_234), "1,234 over", &grouped(ceiling), "cargo xtask bench", &place] {
                assert!(told.contains(part), "{part}: {told}");
            }
        }
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/bench/sizes.rs").is_file(), "the message names this file");
    }

    #[test]
    fn what_the_page_names_is_loaded_first() {
        let index = r#"<link rel="manifest" href="./m.webmanifest"><script src="./l.js" data-wasm="./w.wasm" data-rest="./eni-web_rest-1.wasm" data-fallback="./e.bytes.js"></script>"#;
        for (name, expected) in [
            ("index.html", When::First),
            ("l.js", When::First),
            ("w.wasm", When::First),
            ("eni-web_rest-1.wasm", When::Rest),
            ("eni-web_rest-2.wasm", When::Other),
            ("e.bytes.js", When::Other),
            ("m.webmanifest", When::Other),
            ("eni-playground.js", When::Other),
        ] {
            assert_eq!(when(name, index), expected, "{name}");
        }
    }
}
