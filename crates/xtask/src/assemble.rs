//! From trunk's output to the folder that is shipped.
//!
//! - the glue is wrapped in a factory, so that each mount has variables of its own (see 2 in `web/js/loader.js`);
//! - the wasm is in two parts, where it was split; in one piece it also stands in a classic script, for pages that may not fetch;
//! - files are named by their final content; `index.html`, `sw.js`, `eni-playground.js` and the small static files keep their names;
//! - the service worker gets its version and list, `index.html` its first picture.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::loader::put_together;
use crate::minify::{Language, Minifier};
use crate::sheet::inline_imports;
use crate::split::Halves;
use crate::text::{replace_only, short_hash};

const GLUE: &str = "eni-web.js";
const WASM: &str = "eni-web_bg.wasm";
const REST: &str = "eni-web_rest.wasm";
const LOADER: &str = "loader.js";
const FALLBACK: &str = "engine.bytes.js";
const WORKER: &str = "sw.js";
const INDEX: &str = "index.html";

/// The parts of a page, before they have names.
pub struct Parts {
    /// `index.html`, with the names that trunk wrote.
    pub index: String,
    /// The loader of the page.
    pub loader: String,
    /// The loader before it was made small: the names of files are still to be written into it.
    raw_loader: String,
    /// An expression: the function that makes a fresh glue.
    pub factory: String,
    /// The engine, in one piece.
    pub wasm: Vec<u8>,
    /// The engine in two parts, where it is shipped so.
    pub halves: Option<Halves>,
    /// The sheets, by the names in `index`.
    pub styles: BTreeMap<String, String>,
    /// All other files, by their paths beside `index.html`.
    pub others: BTreeMap<String, Vec<u8>>,
}

/// Reads the parts of a page from trunk's folder.
///
/// # Errors
///
/// When a file is missing or the glue is not what this build knows how to wrap.
pub fn read(folder: &Path, minifier: &Minifier) -> Result<Parts> {
    let mut files = BTreeMap::new();
    collect(folder, "", &mut files)?;
    let mut take = |name: &str| files.remove(name).with_context(|| format!("trunk made no {name}"));
    let (index, loader, glue, wasm) = (take(INDEX)?, take(LOADER)?, take(GLUE)?, take(WASM)?);
    let names: Vec<String> = files.keys().filter(|name| name.ends_with(".css")).cloned().collect();
    let mut styles = BTreeMap::new();
    for name in names {
        let sheet = files.remove(&name).unwrap_or_default();
        let whole = inline_imports(&String::from_utf8(sheet)?, &crate::root()?.join("web/styles"))?;
        styles.insert(name, minifier.run(&whole, Language::Sheet)?);
    }
    let index = replace_only(&String::from_utf8(index)?, "<!-- xtask:first-picture -->", crate::page::FIRST_PICTURE)?;
    let raw_loader = put_together(&String::from_utf8(loader)?, &crate::root()?)?;
    let loader = minifier.run(&raw_loader, Language::Script)?;
    let factory = factory(&String::from_utf8(glue)?, minifier)?;
    Ok(Parts { index, loader, raw_loader, factory, wasm, halves: None, styles, others: files })
}

/// Writes the folder build.
///
/// # Errors
///
/// When a file cannot be written or a name is not where it is expected.
pub fn write(parts: &Parts, minifier: &Minifier, target: &Path) -> Result<()> {
    let fallback = format!("document.currentScript.eniBytes = \"{}\";\n", STANDARD.encode(&parts.wasm));
    let glue = format!("document.currentScript.eniGlue = {};\n", parts.factory);
    let mut named: Vec<(&str, Vec<u8>)> = vec![
        (GLUE, glue.into_bytes()),
        (WASM, parts.halves.as_ref().map_or(&parts.wasm, |halves| &halves.first).clone()),
        (FALLBACK, fallback.into_bytes()),
        (LOADER, parts.loader.clone().into_bytes()),
    ];
    named.extend(parts.styles.iter().map(|(name, sheet)| (name.as_str(), sheet.clone().into_bytes())));

    let mut out: BTreeMap<String, Vec<u8>> = parts.others.clone();
    let mut index = match &parts.halves {
        Some(halves) => {
            named.push((REST, halves.rest.clone()));
            parts.index.clone()
        }
        None => replace_only(&parts.index, &format!(" data-rest=\"./{REST}\""), "")?,
    };
    let mut names = BTreeMap::new();
    for (name, bytes) in named {
        let hashed = hashed_name(name, &bytes)?;
        index = replace_only(&index, &format!("\"./{name}\""), &format!("\"./{hashed}\""))?;
        names.insert(name.to_owned(), hashed.clone());
        out.insert(hashed, bytes);
    }
    out.insert("eni-playground.js".to_owned(), minifier.run(&stable_loader(parts, &names)?, Language::Script)?.into_bytes());
    out.insert(INDEX.to_owned(), index.into_bytes());
    let worker = service_worker(&out, &names)?;
    out.insert(WORKER.to_owned(), worker.into_bytes());
    replace_folder(target, &out)
}

/// Wraps the glue, which keeps the state of an instance in variables, in a function that makes such variables anew.
fn factory(glue: &str, minifier: &Minifier) -> Result<String> {
    if !glue.starts_with("let wasm_bindgen = (function(exports) {") {
        bail!("the glue does not begin as that of wasm-bindgen's target `no-modules` does");
    }
    // As an assignment, because a function expression alone is no script; the target of the assignment is taken off again.
    let script = minifier.run(&format!("x = function (WebAssembly) {{\n{glue}\nreturn wasm_bindgen;\n}};"), Language::Script)?;
    let expression = script.trim().trim_end_matches(';').strip_prefix('x').and_then(|rest| rest.trim_start().strip_prefix('='));
    Ok(expression.context("the minifier made something else of the glue")?.trim().to_owned())
}

/// The loader under a name that does not change, for the authors of other pages: it knows the hashed names itself.
fn stable_loader(parts: &Parts, names: &BTreeMap<String, String>) -> Result<String> {
    let name = |key: &str| names.get(key).map(|name| format!("./{name}"));
    let files = serde_json::json!({
        "glue": name(GLUE),
        "wasm": name(WASM),
        "rest": name(REST),
        "fallback": name(FALLBACK),
        "styles": parts.styles.keys().filter_map(|sheet| name(sheet)).collect::<Vec<_>>(),
    });
    replace_only(&parts.raw_loader, "null /* xtask:files */", &files.to_string())
}

/// The service worker keeps what a page with an origin loads, and nothing else.
fn service_worker(out: &BTreeMap<String, Vec<u8>>, names: &BTreeMap<String, String>) -> Result<String> {
    let source = out.get(WORKER).context("web/static/sw.js is missing")?;
    let source = String::from_utf8(source.clone())?;
    let mut summary = source.clone();
    let mut kept = vec!["./".to_owned()];
    for (name, bytes) in out {
        let page_only = name != WORKER && name != "eni-playground.js" && names.get(FALLBACK) != Some(name);
        if page_only {
            summary.push_str(&format!("{name} {}\n", short_hash(bytes)));
            if name != INDEX {
                kept.push(format!("./{name}"));
            }
        }
    }
    let list = serde_json::to_string(&kept)?;
    let source = replace_only(&source, "xtask:version", &short_hash(summary.as_bytes()))?;
    replace_only(&source, "[/* xtask:files */]", &list)
}

fn hashed_name(name: &str, bytes: &[u8]) -> Result<String> {
    let (stem, rest) = name.split_once('.').with_context(|| format!("{name} has no ending"))?;
    Ok(format!("{stem}-{}.{rest}", short_hash(bytes)))
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("the folder {}", folder.display()))? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.insert(name, fs::read(entry.path())?);
        }
    }
    Ok(())
}

/// Replaces a folder as a whole, so that no file of an older build stays and a server never sees half of one.
fn replace_folder(target: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<()> {
    let fresh = sibling(target, "new")?;
    let old = sibling(target, "old")?;
    let _ = fs::remove_dir_all(&fresh);
    let _ = fs::remove_dir_all(&old);
    for (name, bytes) in files {
        let path = fresh.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&path, bytes).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    if target.is_dir() {
        fs::rename(target, &old)?;
    }
    fs::rename(&fresh, target)?;
    let _ = fs::remove_dir_all(&old);
    Ok(())
}

fn sibling(target: &Path, ending: &str) -> Result<PathBuf> {
    let name = target.file_name().context("a folder without a name")?.to_string_lossy();
    Ok(target.with_file_name(format!(".{name}.{ending}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_the_content() {
        assert_eq!(hashed_name("engine.bytes.js", b"").unwrap(), "engine-e3b0c44298fc.bytes.js");
        assert!(hashed_name("engine", b"").is_err());
    }

    #[test]
    fn glue_of_another_shape_is_refused() {
        assert!(factory("let wasm_bindgen = (function(exports) { })();", &Minifier::none()).is_ok());
        assert!(factory("export default function init() {}", &Minifier::none()).is_err());
    }
}
