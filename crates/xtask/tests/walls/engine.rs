//! The walls around and inside the engine.

use crate::source::{Source, Sources};
use crate::{Complaints, passes, stands, stops};

/// Paths that begin so bring in a clock, a file, a terminal, a thread or the order of a hash.
const OUTSIDE: [&str; 14] = [
    "std::time",
    "std::fs",
    "std::io",
    "std::env",
    "std::thread",
    "std::process",
    "std::sync",
    "std::path",
    "std::os",
    "std::collections::HashMap",
    "std::collections::HashSet",
    "std::hash::RandomState",
    "std::net::TcpStream",
    "std::net::UdpSocket",
];

/// Words that have no place in the engine: order or values that may differ between machines, and what waits or prints.
const WORDS: [&str; 10] = ["HashMap", "HashSet", "f32", "f64", "async", "await", "println", "eprintln", "print", "thread_local"];

fn no_outside_in_the_engine(sources: &Sources) -> Complaints {
    let mut complaints = Vec::new();
    for file in sources.rust("crates/core/src/") {
        for (line, path) in file.paths() {
            if OUTSIDE.iter().any(|outside| path == *outside || path.starts_with(&format!("{outside}::"))) {
                complaints.push(file.at(line, &format!("the engine has no {path}")));
            }
        }
        for token in &file.tokens {
            if WORDS.contains(&token.text.as_str()) {
                complaints.push(file.at(token.line, &format!("the engine has no `{}`", token.text)));
            }
        }
        for pair in file.tokens.windows(2) {
            let [before, token] = pair else { continue };
            // `.0.1` is two fields of tuples.
            if before.text != "." && token.text.starts_with(|first: char| first.is_ascii_digit()) && token.text.contains('.') {
                complaints.push(file.at(token.line, &format!("the engine has no floating point: {}", token.text)));
            }
        }
    }
    complaints
}

/// Where the tables of a network are listed.
const NETWORK: &str = "crates/core/src/model/network.rs";

/// The tables in the struct of a network: `pub(crate) vpcs: Table<VpcId, Box<Vpc>>`.
fn tables_of(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| Some(line.trim().strip_prefix("pub(crate) ")?.split_once(": Table<")?.0))
}

/// Where a network is read.
const READS: [&str; 3] = ["network", "addresses", "reads"];

/// The tables of the network, and the ways to change one.
const TABLES: [&str; 35] = [
    "log_groups",
    "alarms",
    "endpoints",
    "flow_logs",
    "peerings",
    "prefix_lists",
    "reservations",
    "dhcp_option_sets",
    "file_systems",
    "function_enis",
    "functions",
    "hosted_zones",
    "mount_targets",
    "key_pairs",
    "load_balancers",
    "target_groups",
    "transit_attachments",
    "transit_gateways",
    "transit_tables",
    "vpcs",
    "subnets",
    "enis",
    "instances",
    "elastic_ips",
    "groups",
    "acls",
    "route_tables",
    "internet_gateways",
    "egress_only_gateways",
    "vpn_gateways",
    "customer_gateways",
    "vpn_connections",
    "nat_gateways",
    "transitions",
    "index",
];
const CHANGES: [&str; 12] =
    ["insert", "remove", "get_mut", "entry", "clear", "retain", "values_mut", "iter_mut", "append", "extend", "pop_first", "split_off"];

fn is_the_writer(path: &str) -> bool {
    path == "crates/core/src/model/apply.rs" || path.starts_with("crates/core/src/model/apply/")
}

/// May hold a network to hand events to `apply`: what is due by itself is carried out there.
const CARRIES_OUT: &str = "crates/core/src/control/transition.rs";

/// The lines that name `mut` and then a type, by whatever path.
fn borrowed_to_write(file: &Source, wanted: &str) -> Vec<usize> {
    let texts: Vec<&str> = file.tokens.iter().map(|token| token.text.as_str()).collect();
    let parts = |text: &str| text.starts_with(':');
    let is_of_a_path = |text: &str| parts(text) || text.starts_with(|letter: char| letter.is_alphabetic() || letter == '_');
    let mut lines = Vec::new();
    for (at, _) in texts.iter().enumerate().filter(|(_, text)| **text == "mut") {
        // `mut crate::model::Network`: names with `::` between them; two names without are the end of the path.
        let mut end = at + 1;
        while end < texts.len() && is_of_a_path(texts[end]) && (parts(texts[end]) || parts(texts[end - 1]) || end == at + 1) {
            end += 1;
        }
        if texts[end - 1] == wanted {
            lines.push(file.tokens[at].line);
        }
    }
    lines
}

fn only_apply_writes(sources: &Sources) -> Complaints {
    let mut complaints = Vec::new();
    for file in sources.rust("crates/core/src/").filter(|file| !is_the_writer(&file.path)) {
        for line in borrowed_to_write(file, "Network").into_iter().filter(|_| file.path != CARRIES_OUT) {
            complaints.push(file.at(line, "only model/apply may change a network: give it events"));
        }
        for table in TABLES {
            for line in file.sequences(&["network", ".", table, "="]) {
                complaints.push(file.at(line, &format!("only model/apply may change the table `{table}`")));
            }
            for change in CHANGES {
                for line in file.sequences(&["network", ".", table, ".", change]) {
                    complaints.push(file.at(line, &format!("only model/apply may change the table `{table}`")));
                }
            }
        }
        if file.path == NETWORK {
            for name in tables_of(&file.text).filter(|name| !TABLES.contains(name)) {
                complaints.push(file.at(1, &format!("this wall does not watch the table `{name}` yet")));
            }
        }
        if READS.iter().any(|name| file.path == format!("crates/core/src/model/{name}.rs")) {
            for line in file.sequences(&["&", "mut", "self"]) {
                complaints.push(file.at(line, "this is the read side; what changes it belongs into model/apply"));
            }
        }
    }
    complaints
}

/// Inside the engine: module, and the modules that it may not know.
const INSIDE: [(&str, &[&str]); 4] = [
    ("model", &["control", "dataplane", "sim", "observe", "analysis"]),
    ("packet", &["model", "control", "dataplane", "sim", "observe", "analysis"]),
    ("control", &["dataplane", "sim", "observe", "analysis", "packet"]),
    ("dataplane", &["control", "sim", "observe", "analysis"]),
];

fn modules_of_the_engine_know_only_those_below(sources: &Sources) -> Complaints {
    let mut complaints = Vec::new();
    for (module, strangers) in INSIDE {
        let folder = format!("crates/core/src/{module}");
        for file in sources.rust(&folder) {
            for (line, path) in file.paths() {
                let known = path.strip_prefix("crate::").and_then(|rest| rest.split("::").next()).unwrap_or_default();
                if strangers.contains(&known) {
                    complaints.push(file.at(line, &format!("`{module}` may not know `{known}`")));
                }
            }
        }
    }
    complaints
}

#[test]
fn the_engine_has_no_clock_file_terminal_thread_hash_order_or_float() {
    stands(no_outside_in_the_engine);
    let path = "crates/core/src/sim/queue.rs";
    stops(
        no_outside_in_the_engine,
        &[
            (path, "use std::time::Instant;"),
            (path, "use std::{fmt, time::{Duration, SystemTime}};"),
            (path, "fn now() -> u64 { let t = std::time::SystemTime::now(); 0 }"),
            (path, "use std::collections::HashMap;"),
            (path, "fn f() { let x = 1.5; }"),
            (path, "fn f(x: f64) {}"),
            (path, "async fn f() {}"),
            (path, "fn f() { println!(\"x\"); }"),
            (path, "fn f() { std::fs::read(\"x\"); }"),
        ],
    );
    passes(
        no_outside_in_the_engine,
        &[
            (path, "use std::collections::BTreeMap; use crate::time::Instant; use std::net::Ipv4Addr;"),
            (path, "fn f() { let (a, b) = pair.0.1; }"),
            (path, "#[cfg(test)] mod tests { use std::time::Instant; }"),
            ("crates/cli/src/main.rs", "use std::time::Instant;"),
        ],
    );
}

#[test]
fn only_apply_changes_a_network() {
    stands(only_apply_writes);
    stops(
        only_apply_writes,
        &[
            ("crates/core/src/control/attach.rs", "fn f(network: &mut Network) {}"),
            ("crates/core/src/control/attach.rs", "fn f(network: &mut crate::model::network::Network) {}"),
            ("crates/core/src/sim/mod.rs", "struct S<'a> { network: &'a mut Network }"),
            ("crates/core/src/sim/mod.rs", "fn f(&mut self) { self.network.enis.insert(id, eni); }"),
            (CARRIES_OUT, "fn f(network: &mut Network) { network.enis.clear(); }"),
            ("crates/core/src/sim/mod.rs", "fn f(&mut self) { self.network.enis = BTreeMap::new(); }"),
            (NETWORK, "impl Network { fn set(&mut self) {} }"),
            (NETWORK, "struct Network {\n pub(crate) things: Table<Id, Thing>,\n}"),
        ],
    );
    passes(
        only_apply_writes,
        &[
            ("crates/core/src/model/apply.rs", "fn f(network: &mut Network) { network.enis.remove(&id); }"),
            ("crates/core/src/sim/mod.rs", "fn f(&mut self) { self.network.apply(&event); self.network.enis().count(); }"),
        ],
    );
}

#[test]
fn inside_the_engine_nothing_knows_what_stands_above_it() {
    stands(modules_of_the_engine_know_only_those_below);
    stops(
        modules_of_the_engine_know_only_those_below,
        &[
            ("crates/core/src/model/eni.rs", "use crate::control::error::Refusal;"),
            ("crates/core/src/control/attach.rs", "use crate::{id::EniId, sim::Simulator};"),
            ("crates/core/src/dataplane/trace.rs", "fn f() { crate::control::decide(); }"),
        ],
    );
    passes(
        modules_of_the_engine_know_only_those_below,
        &[("crates/core/src/sim/mod.rs", "use crate::dataplane::trace; use crate::control::decide;")],
    );
}
