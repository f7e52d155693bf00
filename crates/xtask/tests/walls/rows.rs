//! The walls inside the engine, the playground, the page and the build: the modules stand in a row, and each knows only those before it.

use crate::source::Sources;
use crate::{Complaints, passes, stands, stops};

/// Where a crate's modules stand, and the modules, each of which may know those before it.
struct Row {
    folder: &'static str,
    modules: &'static [&'static str],
}

/// Values at the bottom, what asks the judge on top.
const ENGINE: Row = Row {
    folder: "crates/core/src/",
    modules: &[
        "table",
        "order",
        "addr",
        "id",
        "mark",
        "time",
        "rng",
        "packet",
        "model",
        "control",
        "dataplane",
        "observe",
        "sim",
        "analysis",
        "measure",
    ],
};

/// Words at the bottom, the session on top.
const PLAYGROUND: Row = Row {
    folder: "crates/playground/src/",
    modules: &[
        "words", "rules", "json", "history", "aws", "account", "act", "world", "scenario", "script", "scene", "view", "trace", "reach",
        "capture", "session", "shell", "terminal",
    ],
};

/// What draws anything at the bottom, then the store, what several panes share, the panes, and the application on top.
const PAGE: Row = Row {
    folder: "web/src/",
    modules: &[
        "words",
        "platform",
        "rulebook",
        "glyph",
        "store",
        "dialog",
        "menu",
        "refusal",
        "forms",
        "tables",
        "inspector",
        "import",
        "why",
        "ask",
        "board",
        "form_dialog",
        "object_menu",
        "evidence",
        "terminal",
        "tabs",
        "timeline",
        "topbar",
        "help",
        "app",
        "embed",
    ],
};

/// What runs and prints at the bottom, then what makes the page, what is done with it, and the tests of all on top.
const BUILD: Row = Row {
    folder: "crates/xtask/src/",
    modules: &[
        "progress",
        "text",
        "tools",
        "sheet",
        "minify",
        "loader",
        "split",
        "page",
        "assemble",
        "browser",
        "record",
        "single_file",
        "dist",
        "serve",
        "play",
        "bench",
        "fuzz",
        "instance_types",
        "service_names",
        "rules",
        "bindgen",
        "oracle",
        "test",
    ],
};

impl Row {
    /// The names of the modules from the crate's root to a file: `["view", "make", "menu"]`.
    fn modules<'a>(&self, path: &'a str) -> Vec<&'a str> {
        let inner = path.strip_prefix(self.folder).and_then(|rest| rest.strip_suffix(".rs")).unwrap_or_default();
        inner.split('/').filter(|name| !matches!(*name, "mod" | "lib" | "main")).collect()
    }

    fn place(&self, module: &str) -> Option<usize> {
        self.modules.iter().position(|name| *name == module)
    }
}

/// The module at the crate's root that a path in a file leads to, if it does.
fn leads_to(path: &str, depth: usize) -> Option<&str> {
    let mut rest = path;
    if let Some(of_the_crate) = rest.strip_prefix("crate::") {
        return of_the_crate.split("::").next();
    }
    for _ in 0..depth {
        rest = rest.strip_prefix("super::")?;
    }
    rest.split("::").next()
}

fn modules_know_only_those_below(sources: &Sources, row: &Row) -> Complaints {
    let mut complaints = Vec::new();
    for file in sources.rust(row.folder) {
        let modules = row.modules(&file.path);
        let Some(own) = modules.first() else { continue };
        let Some(place) = row.place(own) else {
            complaints.push(file.at(1, &format!("`{own}` has no place in the row of the crate's modules")));
            continue;
        };
        for (line, path) in file.paths() {
            let known = leads_to(&path, modules.len()).and_then(|known| row.place(known));
            if let Some(known) = known.filter(|known| *known > place) {
                complaints.push(file.at(line, &format!("`{own}` may not know `{}`", row.modules[known])));
            }
        }
    }
    complaints
}

fn modules_of_the_engine_know_only_those_below(sources: &Sources) -> Complaints {
    modules_know_only_those_below(sources, &ENGINE)
}

fn modules_of_the_playground_know_only_those_below(sources: &Sources) -> Complaints {
    modules_know_only_those_below(sources, &PLAYGROUND)
}

fn modules_of_the_page_know_only_those_below(sources: &Sources) -> Complaints {
    modules_know_only_those_below(sources, &PAGE)
}

fn modules_of_the_build_know_only_those_below(sources: &Sources) -> Complaints {
    modules_know_only_those_below(sources, &BUILD)
}

#[test]
fn inside_the_engine_the_row_is_kept_from_values_to_analysis() {
    stands(modules_of_the_engine_know_only_those_below);
    let file = |path: &str| format!("{}{path}", ENGINE.folder);
    stops(
        modules_of_the_engine_know_only_those_below,
        &[
            (&file("addr.rs"), "use crate::model::eni::Eni;"),
            (&file("id.rs"), "use crate::packet::Packet;"),
            (&file("sim/run.rs"), "use crate::analysis::remedy::remedies;"),
            (&file("table.rs"), "fn f() { super::sim::run(); }"),
            (&file("odd.rs"), "fn f() {}"),
        ],
    );
    passes(
        modules_of_the_engine_know_only_those_below,
        &[(&file("measure.rs"), "use crate::analysis::remedy; use crate::sim::Simulator;")],
    );
}

#[test]
fn inside_the_page_nothing_knows_what_stands_above_it() {
    stands(modules_of_the_page_know_only_those_below);
    stops(
        modules_of_the_page_know_only_those_below,
        &[
            ("web/src/refusal.rs", "use crate::why::Verdict;"),
            ("web/src/forms.rs", "use crate::tables::DataTable;"),
            ("web/src/store/state.rs", "use crate::board::Board;"),
            ("web/src/odd.rs", "fn f() {}"),
        ],
    );
    passes(
        modules_of_the_page_know_only_those_below,
        &[("web/src/lib.rs", "mod app;"), ("web/src/why/mod.rs", "use crate::inspector::Inspector; use super::store::Msg;")],
    );
}

#[test]
fn inside_the_playground_nothing_knows_what_stands_above_it() {
    stands(modules_of_the_playground_know_only_those_below);
    let file = |path: &str| format!("{}{path}", PLAYGROUND.folder);
    stops(
        modules_of_the_playground_know_only_those_below,
        &[
            (&file("json.rs"), "use crate::view::words::Saying;"),
            (&file("json.rs"), "use super::act::Act;"),
            (&file("view/make/menu.rs"), "use crate::{act::Act, session::Session};"),
            (&file("scenario/read/nic.rs"), "fn f() { super::super::super::view::make::report::report(); }"),
            (&file("words/mod.rs"), "use super::json::Fields;"),
            (&file("odd.rs"), "fn f() {}"),
        ],
    );
    passes(
        modules_of_the_playground_know_only_those_below,
        &[
            (&file("lib.rs"), "pub mod session; pub use session::Session;"),
            (&file("session/store.rs"), "use super::Session; use crate::view::make; use crate::words::Key;"),
            (&file("view/make/menu.rs"), "use super::super::menu::MenuView; use crate::world::World;"),
            (&file("scenario/mod.rs"), "use crate::act::Asking; #[cfg(test)] mod tests { use crate::session::Session; }"),
        ],
    );
}

#[test]
fn inside_the_build_nothing_knows_what_stands_above_it() {
    stands(modules_of_the_build_know_only_those_below);
    let file = |path: &str| format!("{}{path}", BUILD.folder);
    stops(
        modules_of_the_build_know_only_those_below,
        &[
            (&file("record.rs"), "use crate::test::browser;"),
            (&file("split/mod.rs"), "fn f() { super::record::last(); }"),
            (&file("page.rs"), "use crate::{assemble, split};"),
            (&file("odd.rs"), "fn f() {}"),
        ],
    );
    passes(
        modules_of_the_build_know_only_those_below,
        &[(&file("main.rs"), "mod test;"), (&file("test/browser.rs"), "use super::count::Count; use crate::bench::sizes;")],
    );
}
