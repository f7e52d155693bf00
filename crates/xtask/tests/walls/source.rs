//! The sources that the walls look at: Rust files as tokens without comments and tests, other files as text.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};

/// All files of a repository.
pub struct Sources {
    pub files: Vec<Source>,
}

/// One file.
pub struct Source {
    /// Path from the root, with slashes.
    pub path: String,
    pub text: String,
    /// For Rust: what is compiled into the shipped code.
    pub tokens: Vec<Token>,
}

/// A leaf of the token tree.
#[derive(Clone, Debug)]
pub struct Token {
    pub text: String,
    pub line: usize,
}

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_path_buf()
}

impl Sources {
    /// The files that git tracks or would track.
    pub fn of_repository() -> &'static Sources {
        static REPOSITORY: OnceLock<Sources> = OnceLock::new();
        REPOSITORY.get_or_init(|| {
            let listing = Command::new("git")
                .args(["ls-files", "--cached", "--others", "--exclude-standard"])
                .current_dir(root())
                .output()
                .expect("git is needed");
            assert!(listing.status.success(), "git ls-files failed");
            let paths = String::from_utf8(listing.stdout).unwrap();
            let mut paths: Vec<&str> = paths.lines().filter(|path| root().join(path).is_file()).collect();
            paths.sort_unstable();
            paths.dedup();
            Sources { files: paths.iter().map(|path| Source::read(path)).collect() }
        })
    }

    /// A repository of one file.
    pub fn of_one(path: &str, text: &str) -> Sources {
        Sources { files: vec![Source::new(path, text.to_owned())] }
    }

    /// The Rust files whose path begins with `prefix`.
    pub fn rust<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a Source> {
        self.files.iter().filter(move |file| file.path.starts_with(prefix) && file.path.ends_with(".rs"))
    }
}

impl Source {
    fn read(path: &str) -> Source {
        let bytes = std::fs::read(root().join(path)).unwrap();
        Source::new(path, String::from_utf8_lossy(&bytes).into_owned())
    }

    fn new(path: &str, text: String) -> Source {
        // `tests.rs` beside the code is compiled for tests only, and so is a folder `tests`.
        let tests = path.ends_with("/tests.rs") || path.contains("/tests/");
        let tokens = if path.ends_with(".rs") && !tests { shipped_tokens(path, &text) } else { Vec::new() };
        Source { path: path.to_owned(), text, tokens }
    }

    /// A complaint about a line of this file.
    pub fn at(&self, line: usize, what: &str) -> String {
        format!("{}:{line}: {what}", self.path)
    }

    /// The places where these tokens follow each other.
    pub fn sequences<'a>(&'a self, wanted: &'a [&'a str]) -> impl Iterator<Item = usize> + 'a {
        self.tokens
            .windows(wanted.len())
            .filter(move |window| window.iter().zip(wanted).all(|(token, wanted)| token.text == *wanted))
            .map(|window| window[0].line)
    }

    /// Every path (`a::b::c`), those of `use` trees spelt out, with its line.
    pub fn paths(&self) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            if is_identifier(&self.tokens[at].text) {
                at = self.read_path(at, "", &mut found);
            } else {
                at += 1;
            }
        }
        found
    }

    /// Reads the path that begins at a token; returns where it ends.
    fn read_path(&self, mut at: usize, prefix: &str, found: &mut Vec<(usize, String)>) -> usize {
        let mut path = prefix.to_owned();
        let line = self.tokens[at].line;
        while let Some(token) = self.tokens.get(at) {
            if is_identifier(&token.text) || token.text == "*" {
                path.push_str(&token.text);
                at += 1;
            } else if token.text == "{" {
                at += 1;
                while self.tokens.get(at).is_some_and(|token| token.text != "}") {
                    at = if is_identifier(&self.tokens[at].text) { self.read_path(at, &path, found) } else { at + 1 };
                }
                return at + 1;
            }
            let separator = self.tokens.get(at).is_some_and(|token| token.text == "::");
            let goes_on = self.tokens.get(at + 1).is_some_and(|next| is_identifier(&next.text) || next.text == "{" || next.text == "*");
            if !(separator && goes_on) {
                break;
            }
            path.push_str("::");
            at += 1;
        }
        found.push((line, path));
        at
    }
}

fn is_identifier(text: &str) -> bool {
    text.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

/// The tokens of a file without its comments, doc comments and tests.
fn shipped_tokens(path: &str, text: &str) -> Vec<Token> {
    let mut file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
    WithoutTests.visit_file_mut(&mut file);
    let mut tokens = Vec::new();
    flatten(file.to_token_stream(), &mut tokens);
    tokens
}

struct WithoutTests;

impl VisitMut for WithoutTests {
    fn visit_file_mut(&mut self, file: &mut syn::File) {
        file.items.retain(is_shipped);
        visit_mut::visit_file_mut(self, file);
    }

    fn visit_item_mod_mut(&mut self, module: &mut syn::ItemMod) {
        if let Some((_, items)) = &mut module.content {
            items.retain(is_shipped);
        }
        visit_mut::visit_item_mod_mut(self, module);
    }

    fn visit_attributes_mut(&mut self, attributes: &mut Vec<syn::Attribute>) {
        attributes.retain(|attribute| !attribute.path().is_ident("doc"));
    }
}

fn is_shipped(item: &syn::Item) -> bool {
    let attributes = match item {
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        _ => return true,
    };
    !attributes.iter().any(|attribute| attribute.path().is_ident("cfg") && attribute.to_token_stream().to_string().contains("test"))
}

fn flatten(stream: TokenStream, into: &mut Vec<Token>) {
    let mut previous_colon = false;
    for tree in stream {
        let line = tree.span().start().line;
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    proc_macro2::Delimiter::Parenthesis => ("(", ")"),
                    proc_macro2::Delimiter::Brace => ("{", "}"),
                    proc_macro2::Delimiter::Bracket => ("[", "]"),
                    proc_macro2::Delimiter::None => ("", ""),
                };
                into.push(Token { text: open.to_owned(), line });
                flatten(group.stream(), into);
                into.push(Token { text: close.to_owned(), line: group.span_close().start().line });
                previous_colon = false;
            }
            TokenTree::Punct(punct) if punct.as_char() == ':' && previous_colon => {
                into.pop();
                into.push(Token { text: "::".to_owned(), line });
                previous_colon = false;
            }
            other => {
                previous_colon = matches!(&other, TokenTree::Punct(punct) if punct.as_char() == ':');
                into.push(Token { text: other.to_string(), line });
            }
        }
    }
}

#[test]
fn paths_of_use_trees_are_spelt_out() {
    let source = Source::new(
        "x.rs",
        "use std::{time::Instant, collections::{BTreeMap, HashMap as Map}};\nfn f() { let x: a::B = c::d(1); }".to_owned(),
    );
    let paths: Vec<String> = source.paths().into_iter().map(|(_, path)| path).collect();
    for wanted in ["std::time::Instant", "std::collections::BTreeMap", "std::collections::HashMap", "a::B", "c::d"] {
        assert!(paths.iter().any(|path| path == wanted), "{wanted} is not among {paths:?}");
    }
}

#[test]
fn tests_and_comments_are_not_shipped() {
    let source = Source::new(
        "x.rs",
        "//! std::time\n/// HashMap\nfn f() {} // HashMap\n#[cfg(test)]\nmod tests { use std::time::Instant; }".to_owned(),
    );
    assert!(source.tokens.iter().all(|token| !["HashMap", "Instant"].contains(&token.text.as_str())), "{:?}", source.tokens);
}
