//! Which crate takes how much of the engine: the code of each function, by the crate that its name begins with.
//!
//! The names are gone from what is shipped, so this looks at the module just before wasm-opt; the shares are what to read, not the sums.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use wasmparser::{Name, NameSectionReader, Parser, Payload};

use super::grouped;
use crate::progress::capture;

/// Bytes by crate, and those of the data section.
pub struct Crates {
    code: BTreeMap<String, usize>,
    data: usize,
}

/// Measures the module that trunk left before wasm-opt.
///
/// # Errors
///
/// When it is not there or is no module.
pub fn measure(root: &Path) -> Result<Crates> {
    let arguments = ["metadata", "--no-deps", "--format-version", "1"];
    let metadata: Value = serde_json::from_str(&capture(Command::new("cargo").args(arguments).current_dir(root))?)?;
    let target = metadata.get("target_directory").and_then(Value::as_str).context("no target folder")?;
    let module = PathBuf::from(target).join("wasm-bindgen/release/eni-web_bg.wasm");
    let bytes = std::fs::read(&module).with_context(|| format!("{}: cargo xtask dist makes it", module.display()))?;
    by_crate(&bytes)
}

fn by_crate(module: &[u8]) -> Result<Crates> {
    let (mut imported, mut bodies, mut names, mut data) = (0, Vec::new(), BTreeMap::new(), 0);
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, wasmparser::TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.range().len()),
            Payload::DataSection(section) => data = section.range().len(),
            Payload::CustomSection(section) if section.name() == "name" => {
                let reader = NameSectionReader::new(wasmparser::BinaryReader::new(section.data(), section.data_offset()));
                for subsection in reader {
                    let Name::Function(map) = subsection? else { continue };
                    for naming in map {
                        let naming = naming?;
                        names.insert(naming.index, naming.name.to_owned());
                    }
                }
            }
            _ => {}
        }
    }
    let mut code: BTreeMap<String, usize> = BTreeMap::new();
    for (index, size) in bodies.into_iter().enumerate() {
        let name = u32::try_from(index).ok().and_then(|index| names.get(&(index + imported)));
        *code.entry(crate_of(name.map_or("", String::as_str)).to_owned()).or_default() += size;
    }
    Ok(Crates { code, data })
}

/// The crate of a function: the first path in its name, past what it is a method of. `core` and `alloc` are Rust's own; what is generic
/// counts for the crate that wrote it, not for the one that uses it.
fn crate_of(name: &str) -> &str {
    let inner = name.trim_start_matches(|character: char| "<&*[(".contains(character) || character.is_whitespace());
    let inner = ["dyn ", "mut ", "const ", "for<'a> "].iter().fold(inner, |inner, word| inner.strip_prefix(word).unwrap_or(inner));
    let end = inner.find(|character: char| !(character.is_alphanumeric() || character == '_')).unwrap_or(inner.len());
    match (inner.get(..end), inner.get(end..)) {
        (Some(first), Some(rest)) if rest.starts_with("::") && !first.is_empty() => first,
        _ => "(other)",
    }
}

impl Crates {
    fn sorted(&self) -> Vec<(&str, usize)> {
        let mut rows: Vec<(&str, usize)> = self.code.iter().map(|(name, size)| (name.as_str(), *size)).collect();
        rows.push(("(data)", self.data));
        rows.sort_by_key(|(name, size)| (std::cmp::Reverse(*size), *name));
        rows
    }

    /// For programs.
    pub fn json(&self) -> Value {
        let rows = self.sorted().into_iter().map(|(name, raw)| json!({ "crate": name, "raw": raw }));
        json!({ "before": "wasm-opt", "rows": rows.collect::<Vec<_>>() })
    }

    /// For people.
    pub fn table(&self) -> String {
        let rows = self.sorted();
        let sum: usize = rows.iter().map(|(_, size)| size).sum();
        let mut text = format!("{:<44} {:>12} {:>12}\n", "crate, before wasm-opt", "raw", "per mille");
        for (name, size) in rows.iter().filter(|(_, size)| size * 500 >= sum) {
            text.push_str(&format!("  {name:<42} {:>12} {:>12}\n", grouped(*size), size * 1000 / sum.max(1)));
        }
        text.push_str(&format!("{:<44} {:>12}\n", "all", grouped(sum)));
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_crate_is_read_off_the_name() {
        for (name, expected) in [
            ("eni_core::control::decide::h0123", "eni_core"),
            ("<alloc::vec::Vec<T> as core::clone::Clone>::clone", "alloc"),
            ("<&mut eni_core::model::Network as core::fmt::Debug>::fmt", "eni_core"),
            ("<dyn core::any::Any>::is", "core"),
            ("handle_call", "(other)"),
            ("", "(other)"),
        ] {
            assert_eq!(crate_of(name), expected, "{name}");
        }
    }

    #[test]
    fn what_is_no_module_is_an_error() {
        assert!(by_crate(b"this is no module").is_err());
    }
}
