//! Small things done to text and bytes.

use anyhow::{Result, bail};
use sha2::{Digest, Sha256};

/// Replaces the only occurrence of `from`.
///
/// # Errors
///
/// When there is none, or more than one: then the file is not what this build expects.
pub fn replace_only(text: &str, from: &str, to: &str) -> Result<String> {
    match text.matches(from).count() {
        1 => Ok(text.replacen(from, to, 1)),
        count => bail!("`{from}` was expected once, and is there {count} times"),
    }
}

/// The part between `from` and `to`, both included, of the first place where `from` is.
pub fn between<'text>(text: &'text str, from: &str, to: &str) -> Option<&'text str> {
    let (_, rest) = text.split_once(from)?;
    let length = from.len() + rest.find(to)? + to.len();
    let start = text.find(from)?;
    text.get(start..start + length)
}

/// SHA-256.
pub fn sha256(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}

/// Twelve hexadecimal digits that stand for the content in a file's name.
pub fn short_hash(bytes: &[u8]) -> String {
    sha256(bytes).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_occurrence_is_replaced() {
        assert_eq!(replace_only("a b c", "b", "x").unwrap(), "a x c");
        assert!(replace_only("a b b", "b", "x").is_err());
        assert!(replace_only("a", "b", "x").is_err());
    }

    #[test]
    fn the_part_between_includes_both_ends() {
        assert_eq!(between("x <link a> y <link b>", "<link", ">"), Some("<link a>"));
        assert_eq!(between("x", "<link", ">"), None);
        assert_eq!(between("x <link", "<link", ">"), None);
    }

    #[test]
    fn the_hash_is_that_of_the_content() {
        assert_eq!(short_hash(b""), "e3b0c44298fc");
        assert_ne!(short_hash(b"a"), short_hash(b"b"));
    }
}
