//! Style sheets: `@import "other.css";` is replaced by that sheet, so that a page loads one.

use std::path::Path;

use anyhow::{Context, Result, bail};

/// The sheet with the sheets that it imports in their places. They lie in the same folder, and import none themselves.
///
/// # Errors
///
/// When an imported sheet is not there, or imports others.
pub fn inline_imports(sheet: &str, folder: &Path) -> Result<String> {
    let mut whole = String::new();
    for line in sheet.lines() {
        match imported(line)? {
            Some(name) => {
                let part = std::fs::read_to_string(folder.join(name)).with_context(|| format!("@import of {name}"))?;
                if part.lines().any(|line| line.trim_start().starts_with("@import")) {
                    bail!("{name} imports another sheet: only the page's sheet may");
                }
                whole.push_str(&part);
            }
            None => whole.push_str(line),
        }
        whole.push('\n');
    }
    Ok(whole)
}

fn imported(line: &str) -> Result<Option<&str>> {
    let Some(rest) = line.trim().strip_prefix("@import") else { return Ok(None) };
    let name = rest.trim().strip_prefix('"').and_then(|rest| rest.strip_suffix("\";"));
    match name {
        Some(name) if name.ends_with(".css") && !name.contains(['/', '\\', ':']) => Ok(Some(name)),
        _ => bail!("`{}` is not `@import \"sheet.css\";`", line.trim()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_name_a_sheet_beside() {
        assert_eq!(imported("@import \"base.css\";").unwrap(), Some("base.css"));
        assert_eq!(imported("body { margin: 0; }").unwrap(), None);
        for wrong in ["@import url(x.css);", "@import \"../x.css\";", "@import \"https://x/y.css\";", "@import \"x.css\" screen;"] {
            assert!(imported(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_sheet_that_is_not_there_is_an_error() {
        assert!(inline_imports("@import \"no-such.css\";", Path::new(".")).is_err());
        assert_eq!(inline_imports("a {}\nb {}", Path::new(".")).unwrap(), "a {}\nb {}\n");
    }
}
