//! `cargo xtask rules`: fills the last column of `crates/RULES.md` from the tests that cite rules, and writes what people read of it in the
//! playground itself (`rules`, `rules E15` in the terminal).
//!
//! A test cites rules by a comment, `// rules: E15 E20`, above its `#[test]` or its table of cases, or inside it (in the browser tests above
//! `test(`). The list is true
//! when every rule has a test that cites it or says why it is not modelled, and when no test cites a rule that the list does not have.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::root;

/// Where a citation's test may stand from its comment, in lines.
const REACH: usize = 8;
/// How many tests a cell names before it counts the rest.
const SHOWN: usize = 3;
/// How a cell begins that says why a rule has no test.
const REASON: &str = "not modelled:";

/// The list without its tests, as `playground::rules` reads it.
const READERS: &str = "crates/playground/src/rules.txt";

/// Rule number to the tests that cite it, as `file: name`.
type Citations = BTreeMap<String, BTreeSet<String>>;

/// Writes the list anew.
///
/// # Errors
///
/// When files cannot be read or written, a test cites an unknown rule, or a rule has neither test nor reason.
pub fn run() -> Result<ExitCode> {
    let root = root()?;
    let path = root.join("crates/RULES.md");
    let list = fs::read_to_string(&path).context("crates/RULES.md could not be read")?;
    let (filled, problems) = fill(&list, &citations(&root)?);
    fs::write(&path, &filled).context("crates/RULES.md could not be written")?;
    fs::write(root.join(READERS), for_readers(&filled)).with_context(|| format!("{READERS} could not be written"))?;
    if problems.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    bail!("crates/RULES.md is not true yet:\n  {}", problems.join("\n  "))
}

/// The list with its last column filled, and what is wrong with it.
fn fill(list: &str, citations: &Citations) -> (String, Vec<String>) {
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    let mut filled = String::with_capacity(list.len());
    for line in list.lines() {
        match Row::read(line) {
            Some(row) => {
                if !seen.insert(row.number.to_owned()) {
                    problems.push(format!("{} is listed twice", row.number));
                }
                filled.push_str(&row.filled(citations.get(row.number), &mut problems));
            }
            None => filled.push_str(line),
        }
        filled.push('\n');
    }
    for (number, tests) in citations {
        if !seen.contains(number) {
            let tests: Vec<_> = tests.iter().cloned().collect();
            problems.push(format!("{number} is cited by {} but not listed", tests.join(", ")));
        }
    }
    (filled, problems)
}

/// A rule a line, its cells with tabs between them: number, mark, source, why it is not modelled, the rule.
fn for_readers(list: &str) -> String {
    let mut text = String::new();
    for row in list.lines().filter_map(Row::read) {
        let cells: Vec<&str> = row.head.split('|').map(str::trim).collect();
        let [_, number, rule @ .., source, mark, _] = cells.as_slice() else { continue };
        let why = row.last.strip_prefix(REASON).unwrap_or_default().trim();
        text.push_str(&format!("{number}\t{mark}\t{source}\t{why}\t{}\n", rule.join("|").replace('`', "")));
    }
    text
}

/// A row of the list.
struct Row<'a> {
    number: &'a str,
    /// Everything before the last cell, with its closing bar.
    head: &'a str,
    last: &'a str,
}

impl<'a> Row<'a> {
    fn read(line: &'a str) -> Option<Row<'a>> {
        let inner = line.strip_prefix("| ")?.strip_suffix('|')?;
        let number = inner.split('|').next()?.trim();
        if inner.matches('|').count() < 4 || number == "No." || number.starts_with("---") {
            return None;
        }
        let cut = line.strip_suffix('|')?.rfind('|')? + 1;
        let (head, last) = line.split_at_checked(cut)?;
        Some(Row { number, head, last: last.trim_end_matches('|').trim() })
    }

    fn filled(&self, tests: Option<&BTreeSet<String>>, problems: &mut Vec<String>) -> String {
        let cell = match tests {
            Some(tests) => name_tests(tests),
            None if self.last.starts_with(REASON) => self.last.to_owned(),
            None => {
                problems.push(format!("{} has no test and no reason", self.number));
                String::new()
            }
        };
        format!("{} {cell} |", self.head)
    }
}

fn name_tests(tests: &BTreeSet<String>) -> String {
    let named: Vec<_> = tests.iter().take(SHOWN).map(|test| format!("`{test}`")).collect();
    match tests.len().saturating_sub(SHOWN) {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}

/// Every citation in the crates and in the browser tests.
fn citations(root: &Path) -> Result<Citations> {
    let mut files = Vec::new();
    for place in ["crates", "web/src", "web/e2e"] {
        collect(&root.join(place), &mut files)?;
    }
    files.sort();
    let mut found = Citations::new();
    for file in files {
        let text = fs::read_to_string(&file).with_context(|| format!("{} could not be read", file.display()))?;
        let name = file.strip_prefix(root).unwrap_or(&file).display().to_string();
        cite(&text, name.strip_prefix("crates/").unwrap_or(&name), &mut found);
    }
    Ok(found)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_dir() {
            if name != "node_modules" && name != "target" {
                collect(&path, files)?;
            }
        } else if name.ends_with(".rs") || name.ends_with(".test.mjs") {
            files.push(path);
        }
    }
    Ok(())
}

/// Takes the citations out of one file.
fn cite(text: &str, file: &str, found: &mut Citations) {
    let lines: Vec<&str> = text.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        let Some(numbers) = line.trim().strip_prefix("// rules:") else { continue };
        let after = lines.iter().skip(at + 1).take(REACH).find_map(|line| test_name(line));
        let before = || lines.iter().take(at).rev().take(REACH).find_map(|line| test_name(line));
        let inside = lines.get(at.saturating_sub(1)).and_then(|line| test_name(line));
        let Some(test) = inside.or(after).or_else(before) else { continue };
        for number in numbers.split_whitespace() {
            let number = number.trim_matches([',', '`']);
            found.entry(number.to_owned()).or_default().insert(format!("{file}: {test}"));
        }
    }
}

/// The name of the test, or of the table of cases, that a line begins.
fn test_name(line: &str) -> Option<String> {
    let line = line.trim();
    if let Some(rest) = line.strip_prefix("test(") {
        let quote = rest.chars().next()?;
        return rest.get(1..)?.split(quote).next().map(str::to_owned);
    }
    let rest = line.strip_prefix("pub ").unwrap_or(line);
    let rest = rest.strip_prefix("fn ").or_else(|| rest.strip_prefix("const "))?;
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_')?;
    rest.get(..end).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_rules_is_true() {
        let root = root().unwrap();
        let list = fs::read_to_string(root.join("crates/RULES.md")).unwrap();
        let (filled, problems) = fill(&list, &citations(&root).unwrap());
        assert!(problems.is_empty(), "\n  {}\nmend it, then `cargo xtask rules`", problems.join("\n  "));
        assert!(filled == list, "the last column is old: `cargo xtask rules` writes it anew");
        let readers = fs::read_to_string(root.join(READERS)).unwrap_or_default();
        assert!(readers == for_readers(&list), "{READERS} is old: `cargo xtask rules` writes it anew");
    }

    #[test]
    fn the_list_has_every_rule_of_its_sections() {
        let root = root().unwrap();
        let list = fs::read_to_string(root.join("crates/RULES.md")).unwrap();
        let rows: Vec<Row<'_>> = list.lines().filter_map(Row::read).collect();
        let listed: BTreeSet<_> = rows.iter().map(|row| row.number.to_owned()).collect();
        let sections = [("E", 1, 93), ("A", 1, 36), ("S", 1, 48), ("N", 1, 17), ("R", 1, 57), ("G", 1, 10), ("L", 1, 16)];
        let shapes = [("X", 1, 4), ("I", 1, 12), ("C", 1, 2), ("J", 1, 17)];
        let blocks = [("P", 1, 18), ("P-E", 1, 8), ("P-I", 1, 5), ("P-IGW", 1, 3)];
        for (letter, first, last) in sections.into_iter().chain(shapes).chain(blocks) {
            for number in first..=last {
                assert!(listed.contains(&format!("{letter}{number}")), "{letter}{number} is not in crates/RULES.md");
            }
        }
        let reasons = rows.iter().filter(|row| row.last.starts_with(REASON)).count();
        assert!(reasons * 10 <= rows.len(), "{reasons} of {} rules are not modelled", rows.len());
    }

    /// Keys that rows use and the list of sources has not, or that it has and no row uses.
    fn stray_sources(list: &str) -> Vec<String> {
        let (rows, sources) = list.split_once("## Sources").unwrap();
        let named = |line: &str| Some(line.strip_prefix("- `")?.split_once("`: ")?.0.to_owned());
        let known: BTreeSet<String> = sources.lines().filter_map(named).collect();
        let keys =
            |row: Row<'_>| row.head.split('|').map(str::trim).rev().nth(2).unwrap().split(", ").map(str::to_owned).collect::<Vec<_>>();
        let used: BTreeSet<String> = rows.lines().filter_map(Row::read).flat_map(keys).collect();
        known.symmetric_difference(&used).cloned().collect()
    }

    #[test]
    fn every_source_of_a_rule_is_in_the_list_of_sources_with_its_page() {
        let list = fs::read_to_string(root().unwrap().join("crates/RULES.md")).unwrap();
        assert_eq!(stray_sources(&list), Vec::<String>::new());
        for line in list.split_once("## Sources").unwrap().1.lines().filter(|line| line.starts_with("- ")) {
            let of_our_own = line.starts_with("- `seen`") || line.starts_with("- `model`");
            assert!(of_our_own || line.contains("<https://"), "{line}");
        }
        let offence = "| E1 | a | eni, moon | | `x` |\n## Sources\n- `eni`: a page. <https://a>\n- `sun`: another. <https://b>\n";
        assert_eq!(stray_sources(offence), ["moon", "sun"]);
    }

    #[test]
    fn a_rule_without_test_or_reason_is_a_problem_and_so_is_an_unknown_citation() {
        let list = "| No. | Rule | Source | Mark | Test |\n| --- | --- | --- | --- | --- |\n| E1 | a | s | | |\n| E2 | b | s | | not modelled: later |\n";
        let mut citations = Citations::new();
        cite("// rules: E9\n#[test]\nfn nine() {}\n", "a.rs", &mut citations);
        let (_, problems) = fill(list, &citations);
        assert_eq!(problems, ["E1 has no test and no reason", "E9 is cited by a.rs: nine but not listed"]);
        cite("// rules: E1\n#[test]\nfn one() {}\n", "a.rs", &mut citations);
        citations.remove("E9");
        let (filled, problems) = fill(list, &citations);
        assert!(problems.is_empty());
        assert!(filled.contains("| E1 | a | s | | `a.rs: one` |"), "{filled}");
        assert_eq!(fill(&filled, &citations).0, filled);
    }
}
