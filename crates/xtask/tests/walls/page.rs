//! The walls around the page.

use crate::source::{Source, Sources};
use crate::{Complaints, passes, stands, stops};
use std::collections::BTreeSet;

const PAGE: &str = "web/src/";

fn is_in(file: &Source, parts: &[&str]) -> bool {
    parts.iter().any(|part| file.path.starts_with(&format!("{PAGE}{part}/")) || file.path == format!("{PAGE}{part}.rs"))
}

/// Outside `platform` and `embed` a component may name the events that it handles, and the elements that they come from.
fn is_about_events(path: &str) -> bool {
    let name = path.rsplit("::").next().unwrap_or_default();
    let target = ["EventTarget", "Element", "HtmlElement", "HtmlInputElement", "HtmlSelectElement", "HtmlTextAreaElement", "SvgElement"];
    let cast = ["wasm_bindgen::JsCast"];
    (path.starts_with("web_sys::") && (name.ends_with("Event") || target.contains(&name))) || cast.contains(&path)
}

fn only_platform_calls_the_browser(sources: &Sources) -> Complaints {
    let mut complaints = Vec::new();
    for file in sources.rust(PAGE).filter(|file| !is_in(file, &["platform", "embed"])) {
        for (line, path) in file.paths() {
            let first = path.split("::").next().unwrap_or_default();
            let browser = ["web_sys", "js_sys", "wasm_bindgen", "wasm_bindgen_futures", "gloo", "serde_wasm_bindgen"].contains(&first)
                || first.starts_with("gloo_");
            if browser && path != first && !is_about_events(&path) {
                complaints.push(file.at(line, &format!("only `platform` and `embed` may use {path}")));
            }
        }
    }
    complaints
}

/// The language is a mount's, not a session's, and every sentence asks for it.
const LANGUAGE: &str = "web/src/words.rs";

fn nothing_of_a_session_is_static(sources: &Sources) -> Complaints {
    let mut complaints = Vec::new();
    for file in sources.rust(PAGE).filter(|file| !is_in(file, &["platform", "embed"]) && file.path != LANGUAGE) {
        for token in file.tokens.iter().filter(|token| token.text == "thread_local") {
            complaints.push(file.at(token.line, "two playgrounds may share one module: keep state in a component or the store"));
        }
        for line in file.sequences(&["static", "mut"]) {
            complaints.push(file.at(line, "no mutable statics"));
        }
    }
    complaints
}

/// The tables of sentences.
const WORDS: &str = "crates/playground/src/words/";
const TABLES: [&str; 8] = ["acts", "english", "input", "menus", "page", "refusals", "services", "why"];

fn every_sentence_is_said(sources: &Sources) -> Complaints {
    let is_table = |file: &Source| TABLES.iter().any(|name| file.path == format!("{WORDS}{name}.rs"));
    let speakers = ["crates/playground/src/", "crates/playground/examples/", PAGE]
        .iter()
        .flat_map(|folder| sources.rust(folder))
        .filter(|file| !is_table(file));
    let said: BTreeSet<&str> = speakers.flat_map(|file| &file.tokens).map(|token| token.text.as_str()).collect();
    let mut complaints = Vec::new();
    for file in sources.files.iter().filter(|file| is_table(file)) {
        for (number, line) in file.text.lines().enumerate() {
            // A row of the table: `Key { argument } = "Sentence";`.
            let key = line.split_once(" = \"").and_then(|(key, _)| key.split_whitespace().next()).unwrap_or_default();
            if key.starts_with(|letter: char| letter.is_ascii_uppercase()) && !said.contains(key) {
                complaints.push(file.at(number + 1, &format!("nothing says {key}")));
            }
        }
    }
    complaints
}

/// The files that a browser is given.
fn is_shipped_to_browsers(path: &str) -> bool {
    path == "index.html" || ["web/src/", "web/js/", "web/static/", "web/styles/"].iter().any(|folder| path.starts_with(folder))
}

fn nothing_that_the_policy_forbids(sources: &Sources) -> Complaints {
    let mut complaints = Vec::new();
    for file in sources.files.iter().filter(|file| is_shipped_to_browsers(&file.path)) {
        for (number, line) in file.text.lines().enumerate() {
            let quoted = [
                "ttribute(\"style\"",
                "ttribute('style'",
                "javascript:",
                "<script",
                "eval(",
                "new Function",
                "insertAdjacentHTML",
                "innerHTML",
                "document.write",
            ];
            let attribute = line.match_indices("style=").any(|(at, _)| {
                let before = line[..at].chars().next_back();
                !before.is_some_and(|character| character.is_alphanumeric() || ['-', '_'].contains(&character))
            });
            if attribute {
                complaints.push(file.at(number + 1, "no style attributes: SVG attributes, classes, or `platform` for custom properties"));
            }
            if let Some(found) = quoted.iter().find(|found| line.contains(**found)) {
                complaints.push(file.at(number + 1, &format!("`{found}` has no place in the page")));
            }
            let elsewhere = line.contains("https://") || line.replace("http://www.w3.org/", "").contains("http://");
            let comment = line.trim_start().starts_with("//") || line.trim_start().starts_with('*') || line.trim_start().starts_with("/*");
            if elsewhere && !comment {
                complaints.push(file.at(number + 1, "the page names no other server"));
            }
        }
        for three in file.tokens.windows(3) {
            let [before, name, equals] = three else { continue };
            if name.text == "style" && equals.text == "=" && !["let", "mut", ".", ";", "{", "-"].contains(&before.text.as_str()) {
                complaints.push(file.at(name.line, "no style attributes"));
            }
        }
    }
    complaints
}

/// HTML5 drag and drop; only the drop of a file from outside is another thing.
const DRAGS: [&str; 5] = ["ondragstart", "ondragend", "ondrag", "draggable", "DataTransfer"];

fn no_html_drag_and_drop(sources: &Sources) -> Complaints {
    let mut complaints = Vec::new();
    for file in sources.rust(PAGE).filter(|file| !is_in(file, &["platform"])) {
        for token in file.tokens.iter().filter(|token| DRAGS.contains(&token.text.as_str())) {
            complaints.push(file.at(token.line, "pointer events with capture, never HTML5 drag and drop"));
        }
    }
    complaints
}

/// The shell, and of it the files that speak as bash, jq, dig and the AWS command line do, word for word, or whose help belongs to a table of options.
const SHELL: &str = "crates/playground/src/shell/";
const GRAMMAR: [&str; 8] = ["guest/", "kinds.rs", "options.rs", "paging.rs", "query.rs", "sugar.rs", "usage.rs", "waiter.rs"];

/// Whether a text has four words of letters one after the other.
fn is_sentence(text: &str) -> bool {
    let is_word = |word: &&str| !word.is_empty() && word.chars().all(|letter| letter.is_ascii_lowercase());
    let words: Vec<&str> = text.split(' ').map(|word| word.trim_end_matches([',', ';', ':', '.'])).collect();
    words.windows(4).any(|four| four.iter().all(is_word))
}

fn the_shell_speaks_from_words(sources: &Sources) -> Complaints {
    let mut complaints = Vec::new();
    let is_own = |file: &&Source| {
        let name = file.path.strip_prefix(SHELL).unwrap_or_default();
        name != "tests.rs" && !name.starts_with("tests/") && !GRAMMAR.iter().any(|of| name.starts_with(of))
    };
    for file in sources.rust(SHELL).filter(is_own) {
        for (number, line) in file.text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            if line.split('"').skip(1).step_by(2).any(is_sentence) {
                complaints.push(file.at(number + 1, "what the shell says stands in playground/src/words/shell.rs"));
            }
        }
    }
    complaints
}

#[test]
fn what_the_shell_says_stands_with_the_words() {
    stands(the_shell_speaks_from_words);
    stops(the_shell_speaks_from_words, &[("crates/playground/src/shell/lex.rs", "fn f() { say(\"nothing of this line ran\"); }")]);
    passes(
        the_shell_speaks_from_words,
        &[
            ("crates/playground/src/shell/lex.rs", "/// \"nothing of this line ran\"\nfn f() { say(\"ran\", \"line\"); }"),
            ("crates/playground/src/shell/usage.rs", "fn f() { say(\"the following arguments are required\"); }"),
        ],
    );
}

#[test]
fn only_platform_and_embed_call_the_browser() {
    stands(only_platform_calls_the_browser);
    let path = "web/src/board.rs";
    stops(
        only_platform_calls_the_browser,
        &[
            (path, "fn f() { web_sys::window(); }"),
            (path, "use web_sys::{PointerEvent, Window};"),
            (path, "use gloo::timers::callback::Timeout;"),
            (path, "use gloo_timers::callback::Timeout;"),
            (path, "use js_sys::Date;"),
            (path, "use wasm_bindgen::prelude::*;"),
        ],
    );
    passes(
        only_platform_calls_the_browser,
        &[
            (path, "use web_sys::{PointerEvent, KeyboardEvent, HtmlInputElement}; use wasm_bindgen::JsCast;"),
            ("web/src/platform/frames.rs", "fn f() { web_sys::window(); }"),
            ("web/src/embed.rs", "use wasm_bindgen::prelude::*;"),
        ],
    );
}

#[test]
fn state_of_a_session_is_never_static() {
    stands(nothing_of_a_session_is_static);
    stops(
        nothing_of_a_session_is_static,
        &[("web/src/store/mod.rs", "thread_local! { static SESSION: Cell<u8> = const { Cell::new(0) }; }")],
    );
    passes(nothing_of_a_session_is_static, &[("web/src/store/mod.rs", "static NAMES: [&str; 1] = [\"a\"];")]);
}

#[test]
fn the_page_holds_nothing_that_its_policy_forbids() {
    stands(nothing_that_the_policy_forbids);
    stops(
        nothing_that_the_policy_forbids,
        &[
            ("web/src/board.rs", "fn f() { html! { <div style=\"top: 1px\" /> } }"),
            ("web/src/board.rs", "fn f() { html! { <div style={format!(\"x\")} /> } }"),
            ("web/src/board.rs", "fn f() { html! { <div style = {x} /> } }"),
            ("web/src/platform/dom.rs", "fn f() { element.set_attribute(\"style\", \"x\"); }"),
            ("web/js/loader.js", "node.innerHTML = text;"),
            ("web/js/loader.js", "fetch(\"https://example.com/\");"),
            ("index.html", "<p style=\"color: red\">"),
            ("index.html", "<script>start()</script>"),
        ],
    );
    passes(
        nothing_that_the_policy_forbids,
        &[
            ("web/src/board.rs", "fn f() { let style = 1; let mut style = 2; style = 3; }"),
            ("web/src/board.rs", "fn f() { html! { <rect class=\"x\" font-style=\"italic\" /> } }"),
            ("web/static/icon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>"),
        ],
    );
}

#[test]
fn things_are_dragged_by_pointer_events() {
    stands(no_html_drag_and_drop);
    stops(no_html_drag_and_drop, &[("web/src/board.rs", "fn f() { html! { <div draggable=\"true\" ondragstart={x} /> } }")]);
    passes(no_html_drag_and_drop, &[("web/src/board.rs", "fn f() { html! { <div ondrop={x} ondragover={y} onpointerdown={z} /> } }")]);
}

#[test]
fn a_sentence_that_nothing_says_goes() {
    stands(every_sentence_is_said);
    stops(every_sentence_is_said, &[("crates/playground/src/words/page.rs", "messages! {\n    Gone { name } = \"{name} is gone.\";\n}")]);
    passes(every_sentence_is_said, &[("crates/playground/src/words/page.rs", "/// No row: = \"x\"\nconst GONE: u8 = 1;")]);
}
