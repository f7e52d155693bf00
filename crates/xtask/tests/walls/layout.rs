//! What holds for every file of the house.

use crate::source::{Source, Sources, root};
use crate::{Complaints, passes, stands, stops};

/// The visible top level is closed.
const TOP: [&str; 14] = [
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    "README.md",
    "LICENSE-MIT",
    "LICENSE-APACHE",
    "LICENSE-NOTICE",
    "NOTICE",
    "index.html",
    "Trunk.toml",
    "crates",
    "web",
    ".cargo",
    ".ci",
];
/// Settings of tools that look for them here.
const TOP_HIDDEN: [&str; 4] = [".gitignore", ".gitattributes", ".clippy.toml", ".rustfmt.toml"];

const LONGEST_FILE: usize = 600;

fn the_top_level_is_closed(sources: &Sources) -> Complaints {
    let first = |file: &Source| file.path.split('/').next().unwrap_or_default().to_owned();
    let known = |name: &str| TOP.contains(&name) || TOP_HIDDEN.contains(&name);
    sources.files.iter().filter(|file| !known(&first(file))).map(|file| file.at(1, "the top level is closed")).collect()
}

/// A table that a program wrote says so in its first line, and may be as long as it is.
fn is_generated(file: &Source) -> bool {
    file.text.lines().next().is_some_and(|line| line.to_lowercase().contains("generated"))
}

fn files_are_short(sources: &Sources) -> Complaints {
    let hand_written =
        |file: &&Source| [".rs", ".js", ".mjs", ".css"].iter().any(|ending| file.path.ends_with(ending)) && !is_generated(file);
    let too_long = |file: &&Source| file.text.lines().count() > LONGEST_FILE;
    let complaint = |file: &Source| file.at(LONGEST_FILE, &format!("longer than {LONGEST_FILE} lines: split it"));
    sources.files.iter().filter(hand_written).filter(too_long).map(complaint).collect()
}

fn every_module_says_what_it_is(sources: &Sources) -> Complaints {
    let silent = |file: &&Source| !file.text.trim_start().starts_with("//!");
    sources.rust("").filter(silent).map(|file| file.at(1, "a module begins with what it is: `//! …`")).collect()
}

/// Lints are silenced with a reason or not at all.
fn lints_are_silenced_with_reasons(sources: &Sources) -> Complaints {
    let mut complaints = Vec::new();
    for file in sources.rust("").filter(|file| file.path.contains("/src/")) {
        for (at, _) in file.tokens.iter().enumerate().filter(|(_, token)| token.text == "allow") {
            let before: Vec<&str> = file.tokens[at.saturating_sub(3)..at].iter().map(|token| token.text.as_str()).collect();
            let attribute = matches!(before.as_slice(), [.., "#", "["] | ["#", "!", "["]);
            let inside = file.tokens[at..].iter().take_while(|token| token.text != "]");
            if attribute && !inside.into_iter().any(|token| token.text == "reason") {
                complaints.push(file.at(file.tokens[at].line, "`#[allow(…, reason = \"…\")]`: without a reason no lint is silenced"));
            }
        }
        for token in file.tokens.iter().filter(|token| ["todo", "unimplemented", "dbg"].contains(&token.text.as_str())) {
            complaints.push(file.at(token.line, &format!("`{}` has no place in shipped code", token.text)));
        }
    }
    complaints
}

/// Clippy stops unwrap, expect, panic and indexing (the workspace's lints); so a crate must take part in them.
fn every_crate_takes_the_lints(sources: &Sources) -> Complaints {
    let manifests = sources.files.iter().filter(|file| file.path.ends_with("/Cargo.toml"));
    let lax = manifests.filter(|file| !file.text.contains("[lints]\nworkspace = true"));
    lax.map(|file| file.at(1, "`[lints] workspace = true` is missing")).collect()
}

fn xtask_is_the_only_build_script(sources: &Sources) -> Complaints {
    let by_name = |file: &&Source| file.path.rsplit('/').next() == Some("build.rs") && !file.path.contains("/src/");
    // A manifest may name any file.
    let names_one = |file: &&Source| file.path.ends_with("Cargo.toml") && file.text.lines().any(|line| setting(line) == Some("build"));
    let scripts = sources.files.iter().filter(|file| by_name(file) || names_one(file));
    scripts.map(|file| file.at(1, "xtask makes what has to be made")).collect()
}

/// The standard library's sorts cost the page about 4 kB for each type that is sorted.
const SORTS: [&str; 7] =
    ["sort", "sort_by", "sort_by_key", "sort_by_cached_key", "sort_unstable", "sort_unstable_by", "sort_unstable_by_key"];
/// What is compiled into the page, and where its one sort is.
const SHIPPED: [&str; 3] = ["crates/core/src/", "crates/playground/src/", "web/src/"];
const ORDER: &str = "crates/core/src/order.rs";

fn one_sort_serves_all(sources: &Sources) -> Complaints {
    let mut complaints = Vec::new();
    for file in SHIPPED.iter().flat_map(|folder| sources.rust(folder)).filter(|file| file.path != ORDER) {
        for pair in file.tokens.windows(2) {
            let [before, token] = pair else { continue };
            if before.text == "." && SORTS.contains(&token.text.as_str()) {
                complaints.push(file.at(token.line, &format!("`order::sort…` serves all types: `.{}` costs kilobytes", token.text)));
            }
        }
    }
    complaints
}

/// The name that a line of a manifest sets.
fn setting(line: &str) -> Option<&str> {
    line.split_once('=').map(|(name, _)| name.trim())
}

#[test]
fn the_visible_top_level_is_closed() {
    stands(the_top_level_is_closed);
    stops(the_top_level_is_closed, &[("notes.txt", ""), ("scripts/run.sh", ""), ("docs/x.md", "")]);
    passes(the_top_level_is_closed, &[("crates/core/src/lib.rs", "//! x"), (".gitignore", "")]);
}

#[test]
fn no_file_is_too_long() {
    stands(files_are_short);
    stops(files_are_short, &[("web/js/x.js", &"\n".repeat(601))]);
    passes(files_are_short, &[("web/js/x.js", &"\n".repeat(600)), ("web/js/x.js", &format!("// Generated\n{}", "\n".repeat(900)))]);
}

#[test]
fn modules_begin_with_their_purpose() {
    stands(every_module_says_what_it_is);
    stops(every_module_says_what_it_is, &[("crates/core/src/x.rs", "// x\nfn f() {}")]);
}

#[test]
fn no_lint_is_silenced_without_a_reason() {
    stands(lints_are_silenced_with_reasons);
    let path = "crates/core/src/x.rs";
    stops(
        lints_are_silenced_with_reasons,
        &[(path, "#[allow(clippy::unwrap_used)] fn f() {}"), (path, "#![allow(dead_code)]"), (path, "fn f() { todo!() }")],
    );
    passes(
        lints_are_silenced_with_reasons,
        &[
            (path, "#[expect(clippy::panic, reason = \"x\")] fn f() {}"),
            (path, "#[allow(unused, reason = \"x\")] fn allow() { vec![allow()] }"),
        ],
    );
}

#[test]
fn the_lints_reach_every_crate() {
    stands(every_crate_takes_the_lints);
    stops(every_crate_takes_the_lints, &[("crates/new/Cargo.toml", "[package]")]);
    let workspace = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    for lint in ["unwrap_used", "expect_used", "indexing_slicing", "panic", "missing_docs", "unsafe_code"] {
        assert!(workspace.contains(&format!("\n{lint} = ")), "{lint} is not among the workspace's lints");
    }
}

#[test]
fn there_is_no_other_build_script() {
    stands(xtask_is_the_only_build_script);
    let script = "//! Writes a table.\n\nfn main() {\n    println!(\"cargo::rerun-if-changed=table.txt\");\n}\n";
    let named = "[package]\nname = \"eni-core\"\nbuild = \"make.rs\"\n";
    stops(
        xtask_is_the_only_build_script,
        &[("crates/core/build.rs", script), ("web/build.rs", script), ("build.rs", script), ("crates/core/Cargo.toml", named)],
    );
    passes(
        xtask_is_the_only_build_script,
        &[
            ("crates/xtask/src/build.rs", script),
            ("crates/core/tests/rebuild.rs", script),
            ("crates/core/Cargo.toml", "[package]\nname = \"build\"\n[build-dependencies]\n"),
        ],
    );
}

#[test]
fn what_the_page_sorts_it_sorts_by_order() {
    stands(one_sort_serves_all);
    let (by_order, by_std) = ("fn f(a: &mut [u8]) { order::sort(a) }", "fn f(a: &mut [u8]) { a.sort_unstable_by(|a, b| a.cmp(b)) }");
    stops(one_sort_serves_all, &[("crates/core/src/x.rs", "fn f(a: &mut Vec<u8>) { a.sort(); }"), ("web/src/x.rs", by_std)]);
    let in_test = "#[cfg(test)]\nmod tests { fn f(a: &mut Vec<u8>) { a.sort(); } }";
    passes(
        one_sort_serves_all,
        &[
            (ORDER, by_std),
            ("crates/playground/src/x.rs", by_order),
            ("crates/playground/src/y.rs", in_test),
            ("crates/cli/src/x.rs", by_std),
        ],
    );
}
