//! The walls inside the playground: its modules stand in a row, and each knows only those before it.

use crate::source::Sources;
use crate::{Complaints, passes, stands, stops};

/// Where they stand.
const FOLDER: &str = "crates/playground/src/";

/// The modules, each of which may know those before it: words at the bottom, the session on top.
const ROW: [&str; 11] = ["words", "json", "history", "aws", "act", "world", "scenario", "scene", "view", "trace", "session"];

/// The names of the modules from the crate's root to a file: `["view", "make", "menu"]`.
fn modules(path: &str) -> Vec<&str> {
    let inner = path.strip_prefix(FOLDER).and_then(|rest| rest.strip_suffix(".rs")).unwrap_or_default();
    inner.split('/').filter(|name| !matches!(*name, "mod" | "lib")).collect()
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

fn modules_of_the_playground_know_only_those_below(sources: &Sources) -> Complaints {
    let mut complaints = Vec::new();
    for file in sources.rust(FOLDER) {
        let modules = modules(&file.path);
        let Some(own) = modules.first() else { continue };
        let Some(place) = ROW.iter().position(|name| name == own) else {
            complaints.push(file.at(1, &format!("`{own}` has no place in the row of the playground's modules")));
            continue;
        };
        for (line, path) in file.paths() {
            let known = leads_to(&path, modules.len()).and_then(|known| ROW.iter().position(|name| *name == known));
            if let Some(known) = known.filter(|known| *known > place) {
                complaints.push(file.at(line, &format!("`{own}` may not know `{}`", ROW[known])));
            }
        }
    }
    complaints
}

#[test]
fn inside_the_playground_nothing_knows_what_stands_above_it() {
    stands(modules_of_the_playground_know_only_those_below);
    let file = |path: &str| format!("{FOLDER}{path}");
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
