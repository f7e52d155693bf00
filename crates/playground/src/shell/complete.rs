//! Completion: what may stand where the line ends.

use super::complete_filters;
use super::guest;
use super::options::{Meaning, options};
use super::waiter::WAITERS;
use crate::aws::{Action, Member, SERVICES, Wire, action, kebab, service_named};
use eni_core::model::service::Service;
use eni_core::order::sort;

/// Options of every command.
const COMMON: [&str; 4] = ["--cli-input-json", "--output", "--query", "--region"];
/// Commands of the shell.
const COMMANDS: [&str; 16] = [
    "aws",
    "cat",
    "chmod",
    "connect",
    "echo",
    "expect",
    "export",
    "flow-logs",
    "help",
    "ls",
    "rm",
    "rules",
    "service",
    "sleep",
    "trace",
    "wait",
];

/// The words that may stand where the line ends, in order, all of which begin as the line's last word does. `ids` are those that are there.
pub fn complete(line: &str, ids: &[String]) -> Vec<String> {
    // A backslash joins lines: it is no word.
    let words: Vec<&str> = line.split_whitespace().filter(|word| *word != "\\").collect();
    let (before, typed) = match words.split_last() {
        Some((last, before)) if !line.ends_with(char::is_whitespace) => (before, *last),
        _ => (words.as_slice(), ""),
    };
    let mut found: Vec<String> = candidates(before, typed, ids).into_iter().filter(|word| word.starts_with(typed)).collect();
    sort(&mut found);
    found.dedup();
    found
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn candidates(before: &[&str], typed: &str, ids: &[String]) -> Vec<String> {
    match before {
        [] => owned(&COMMANDS),
        ["aws"] => SERVICES.iter().map(|service| service.name).chain(["help"]).map(str::to_owned).collect(),
        ["aws", service] => {
            let actions = service_named(service).into_iter().flat_map(|service| service.commands());
            let wait = (*service == "ec2").then(|| "wait".to_owned());
            actions.map(|action| kebab(action.name)).chain(["help".to_owned()]).chain(wait).collect()
        }
        ["aws", "ec2", "wait"] => WAITERS.iter().map(|waiter| waiter.name).chain(["help"]).map(str::to_owned).collect(),
        ["aws", "ec2", "wait", name, rest @ ..] => {
            let waiter = WAITERS.iter().find(|waiter| waiter.name == *name);
            waiter.and_then(|waiter| action("ec2", waiter.action)).map(|action| of_call(action, rest, typed, ids)).unwrap_or_default()
        }
        ["aws", service, command, rest @ ..] => {
            let found = service_named(service).and_then(|service| service.commands().find(|action| kebab(action.name) == *command));
            found.map(|action| of_call(action, rest, typed, ids)).unwrap_or_default()
        }
        ["ssh"] => with_prefix(ids, "i"),
        ["ssh", _] => guest::COMMANDS.iter().map(|command| command.name.to_owned()).collect(),
        ["ssh", _, command, ..] => {
            guest::COMMANDS.iter().filter(|known| known.name == *command).flat_map(|known| owned(known.words)).collect()
        }
        ["lambda", _] => owned(&["now", "then"]),
        ["service"] => owned(&["leaves", "takes"]),
        ["service", "takes"] => Service::BY_ACT.into_iter().map(|service| service.word().to_owned()).collect(),
        ["service", "takes", _] => with_prefix(ids, "subnet"),
        ["service", "takes", _, _, .., "--groups"] => with_prefix(ids, "sg"),
        ["service", "takes", _, _, ..] => owned(&["--groups", "--name"]),
        ["service", "leaves"] => with_prefix(ids, "eni"),
        ["expect"] => owned(&["cut", "ok", "open", "refused", "trace"]),
        _ => Vec::new(),
    }
}

fn of_call(action: &'static Action, rest: &[&str], typed: &str, ids: &[String]) -> Vec<String> {
    let at = rest.iter().rposition(|word| word.starts_with("--"));
    let (last, values) = match at.and_then(|at| rest.split_at_checked(at)) {
        Some((_, [last, values @ ..])) => (*last, values.len()),
        _ => ("", 0),
    };
    let mut found = match (last, values) {
        ("--output", 0) => return owned(&["json", "table", "text", "yaml", "yaml-stream"]),
        ("--query" | "--region" | "--cli-input-json", 0) => return Vec::new(),
        _ => Vec::new(),
    };
    let option = last.strip_prefix("--").unwrap_or_default();
    if let Some((_, Meaning::Member(member))) = options(action).find(|(name, _)| name == option) {
        let is_list = matches!(member.wire, Wire::List(_));
        if matches!(member.name, "Filters" | "Filter") {
            found = complete_filters::words(action.name, typed, ids);
        } else if values == 0 || is_list {
            found = values_of(member, ids);
        }
        if values == 0 && !matches!(member.wire, Wire::Wrapped(Wire::Boolean)) {
            return found;
        }
    }
    found.extend(options(action).map(|(name, _)| format!("--{name}")).filter(|name| !rest.contains(&name.as_str())));
    found.extend(owned(&COMMON));
    found
}

/// The ids of a kind.
fn with_prefix(ids: &[String], prefix: &str) -> Vec<String> {
    ids.iter().filter(|id| id.rsplit_once('-').is_some_and(|(kind, _)| kind == prefix)).cloned().collect()
}

/// What may stand in a member, as far as that can be listed.
fn values_of(member: &Member, ids: &[String]) -> Vec<String> {
    let element = match member.wire {
        Wire::List(element) => *element,
        wire => wire,
    };
    match element {
        Wire::Words(words) => owned(words),
        Wire::Id(prefix) => with_prefix(ids, prefix),
        // An id of a kind that the service tells by itself.
        Wire::Text if member.name.ends_with("Id") => ids.to_vec(),
        _ => Vec::new(),
    }
}
