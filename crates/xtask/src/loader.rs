//! The loader of the page, put together: its parts, and its sentences from the table that has all others.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::text::replace_only;

/// The part of the table of sentences that the loader says.
const WORDS: &str = "crates/playground/src/words/loader.json";
/// Where its parts lie.
const PARTS: &str = "web/js/parts";

/// The loader that is one script, from `web/js/loader.js`.
///
/// # Errors
///
/// When a part or the table cannot be read, or has no place.
pub fn put_together(loader: &str, root: &Path) -> Result<String> {
    let words = fs::read_to_string(root.join(WORDS)).with_context(|| format!("{WORDS} cannot be read"))?;
    with_words(&with_parts(loader, &root.join(PARTS))?, &words)
}

/// The loader with its parts in the places where it names them, each on a line of its own: `/* xtask:part mount.js */`.
fn with_parts(loader: &str, folder: &Path) -> Result<String> {
    let mut whole = String::new();
    for line in loader.lines() {
        match line.trim().strip_prefix("/* xtask:part ").and_then(|rest| rest.strip_suffix(" */")) {
            Some(name) if name.contains(['/', '\\']) => bail!("the part {name} lies elsewhere"),
            Some(name) => whole.push_str(&fs::read_to_string(folder.join(name)).with_context(|| format!("the part {name} of the loader"))?),
            None => whole.push_str(line),
        }
        whole.push('\n');
    }
    Ok(whole)
}

/// The loader with its sentences.
fn with_words(loader: &str, words: &str) -> Result<String> {
    let words: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(words).with_context(|| format!("{WORDS} is not as expected"))?;
    replace_only(loader, "null /* xtask:words */", &serde_json::to_string(&words)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use std::path::PathBuf;

    fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
    }

    #[test]
    fn every_part_has_its_place_in_one_script() {
        let loader = fs::read_to_string(root().join("web/js/loader.js")).unwrap();
        let whole = put_together(&loader, &root()).unwrap();
        for part in fs::read_dir(root().join(PARTS)).unwrap() {
            let part = part.unwrap().path();
            let text = fs::read_to_string(&part).unwrap();
            assert_eq!(whole.matches(&text).count(), 1, "{}", part.display());
            // Classic scripts know no modules.
            assert!(!text.lines().any(|line| line.starts_with("import ") || line.starts_with("export ")), "{}", part.display());
        }
        assert!(!whole.contains("xtask:part") && !whole.contains("xtask:words"));
        assert!(with_parts("/* xtask:part none.js */", &root().join(PARTS)).is_err());
        assert!(with_parts("/* xtask:part ../loader.js */", &root().join(PARTS)).is_err());
        assert_eq!(with_parts("a\nb", &root()).unwrap(), "a\nb\n");
    }

    #[test]
    fn the_loader_says_what_is_in_the_table_and_nothing_else() {
        let loader = with_parts(&fs::read_to_string(root().join("web/js/loader.js")).unwrap(), &root().join(PARTS)).unwrap();
        let table: BTreeMap<String, String> = serde_json::from_str(&fs::read_to_string(root().join(WORDS)).unwrap()).unwrap();
        // Texts in quotes are keys of the table, names of the browser's and short words; a sentence is none of them. The console is for developers.
        let quoted: Vec<&str> = loader
            .lines()
            .filter(|line| !line.trim_start().starts_with("//") && !line.contains("/**") && !line.contains("console."))
            .flat_map(|line| line.split('"').skip(1).step_by(2))
            .collect();
        for key in table.keys() {
            assert!(quoted.contains(&key.as_str()), "nobody says `{key}`");
        }
        let sentences: Vec<_> = quoted.iter().filter(|text| text.split(' ').filter(|word| word.len() > 1).count() > 2).collect();
        assert!(sentences.is_empty(), "{sentences:?}");
        let said = with_words("const WORDS = null /* xtask:words */;", "{\"a\":\"A “b”\"}").unwrap();
        assert_eq!(said, "const WORDS = {\"a\":\"A “b”\"};");
        assert!(with_words("const WORDS = {};", "{}").is_err() && with_words("null /* xtask:words */", "[]").is_err());
    }
}
