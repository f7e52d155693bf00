//! Who may use whom: `web → playground → core`, `cli → playground → core`, and nothing else.

use std::process::Command;

use serde_json::Value;

use crate::source::root;

/// Crate, and the crates of the workspace that it may list.
const ARROWS: [(&str, &[&str]); 5] = [
    ("eni-core", &[]),
    ("eni-playground", &["eni-core"]),
    ("eni-cli", &["eni-playground"]),
    ("eni-web", &["eni-playground"]),
    ("xtask", &[]),
];

/// All that the engine may use from outside: nothing that knows a browser, a clock, a file, a terminal or a runtime.
const ENGINE_MAY_USE: [&str; 8] = ["ipnet", "thiserror", "etherparse", "pcap-file", "serde", "rand_core", "rand_pcg", "rand_chacha"];

/// What belongs to the page alone.
const BROWSER: [&str; 7] = ["web-sys", "js-sys", "wasm-bindgen", "wasm-bindgen-futures", "gloo", "yew", "serde-wasm-bindgen"];

/// Crate and everything that it lists: name, and whether for tests only.
type Listed = (String, Vec<(String, bool)>);

fn listed() -> Vec<Listed> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo).args(["metadata", "--no-deps", "--format-version", "1"]).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let name = |value: &Value| value["name"].as_str().unwrap().to_owned();
    let dependencies = |package: &Value| {
        let all = package["dependencies"].as_array().unwrap();
        all.iter().map(|dependency| (name(dependency), dependency["kind"] == "dev")).collect()
    };
    packages.iter().map(|package| (name(package), dependencies(package))).collect()
}

fn complaints(crates: &[Listed]) -> Vec<String> {
    let mut complaints = Vec::new();
    for (name, dependencies) in crates {
        let Some((_, allowed)) = ARROWS.iter().find(|(known, _)| known == name) else {
            complaints.push(format!("{name} has no place in the house"));
            continue;
        };
        for (dependency, tests_only) in dependencies {
            let inside = ARROWS.iter().any(|(known, _)| known == dependency);
            if inside && !allowed.contains(&dependency.as_str()) {
                complaints.push(format!("{name} may not use {dependency}"));
            }
            if !inside && name == "eni-core" && !tests_only && !ENGINE_MAY_USE.contains(&dependency.as_str()) {
                complaints.push(format!("the engine may not use {dependency}"));
            }
            if name != "eni-web" && BROWSER.contains(&dependency.as_str()) {
                complaints.push(format!("{name} may not know the browser: {dependency}"));
            }
        }
    }
    complaints
}

#[test]
fn the_arrows_are_those_of_the_architecture() {
    let crates = listed();
    assert!(crates.len() >= ARROWS.len(), "a crate is missing");
    let complaints = complaints(&crates);
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn wrong_arrows_are_seen() {
    for (from, to) in [
        ("eni-web", "eni-core"),
        ("eni-cli", "eni-core"),
        ("eni-core", "eni-playground"),
        ("eni-playground", "eni-web"),
        ("eni-core", "tokio"),
        ("eni-playground", "web-sys"),
        ("eni-cli", "yew"),
        ("eni-desktop", "serde"),
    ] {
        assert!(!complaints(&[(from.to_owned(), vec![(to.to_owned(), false)])]).is_empty(), "{from} → {to}");
    }
    assert!(complaints(&[("eni-core".to_owned(), vec![("proptest".to_owned(), true)])]).is_empty(), "tests may use more");
}
