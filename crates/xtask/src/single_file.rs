//! The page as one file: everything inline, with a policy of its own that names the one script and the sheets by their hashes.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use miniz_oxide::deflate::compress_to_vec;

use crate::assemble::Parts;
use crate::text::{between, replace_only, sha256};

/// Writes the single file.
///
/// # Errors
///
/// When the page is not as expected or the file cannot be written.
pub fn write(parts: &Parts, target: &Path) -> Result<()> {
    let page = page(parts)?;
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(target, page).with_context(|| format!("{} cannot be written", target.display()))
}

fn page(parts: &Parts) -> Result<String> {
    let script = script(parts);
    if script.contains("</script") || script.contains("<!--") {
        bail!("the script holds something that would end it");
    }
    let mut index = parts.index.clone();
    let mut style_hashes = String::new();
    for (name, sheet) in &parts.styles {
        if sheet.contains("</style") {
            bail!("{name} holds something that would end it");
        }
        let link = tag(&index, "<link", &format!("./{name}"))?;
        style_hashes.push_str(&format!(" 'sha256-{}'", STANDARD.encode(sha256(sheet.as_bytes()))));
        index = replace_only(&index, &link, &format!("<style>{sheet}</style>"))?;
    }
    let icon = parts.others.get("icon.svg").context("icon.svg is missing")?;
    let icon = format!("href=\"data:image/svg+xml;base64,{}\"", STANDARD.encode(icon));
    index = replace_only(&index, "href=\"./icon.svg\"", &icon)?;
    let manifest = tag(&index, "<link", "./manifest.webmanifest")?;
    index = replace_only(&index, &manifest, "")?;

    let hash = STANDARD.encode(sha256(script.as_bytes()));
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{hash}' 'wasm-unsafe-eval'; style-src{style_hashes}; img-src data: blob:; base-uri 'none'; form-action 'none'"
    );
    let meta = format!("<head>\n    <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
    index = replace_only(&index, "<head>", &meta)?;
    let loader = between(&index, "<script src=\"./loader.js\"", "</script>").context("the loader is not in the page")?;
    replace_only(&index, loader, &format!("<script>{script}</script>"))
}

fn script(parts: &Parts) -> String {
    let packed = STANDARD.encode(compress_to_vec(&parts.wasm, 9));
    format!("document.currentScript.eniInline = {{ wasm: \"{packed}\", glue: {} }};\n{}", parts.factory, parts.loader)
}

/// The whole tag that begins with `begin` and holds `part`.
fn tag(text: &str, begin: &str, part: &str) -> Result<String> {
    let at = text.find(part).with_context(|| format!("{part} is not in the page"))?;
    let start = text.get(..at).and_then(|before| before.rfind(begin));
    let end = text.get(at..).and_then(|after| after.find('>')).map(|length| at + length + 1);
    let found = start.zip(end).and_then(|(start, end)| text.get(start..end));
    Ok(found.with_context(|| format!("the tag of {part} is not as expected"))?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tag_around_a_name_is_found() {
        let text = "<p><link rel=x href=\"./a.css\"/><link href=\"./b.css\">";
        assert_eq!(tag(text, "<link", "./b.css").unwrap(), "<link href=\"./b.css\">");
        assert_eq!(tag(text, "<link", "./a.css").unwrap(), "<link rel=x href=\"./a.css\"/>");
        assert!(tag(text, "<link", "./c.css").is_err());
    }
}
