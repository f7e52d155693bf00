//! `aws ec2 help` and `aws ec2 COMMAND help`, from the table.

use super::options::{Help, Meaning, options};
use super::said;
use super::sugar::{self, Takes};
use super::waiter::WAITERS;
use crate::aws::{Action, Member, Presence, SERVICES, ServiceTable, Wire, kebab};
use eni_core::order::sort_by_key;

/// How a list of commands begins.
const AVAILABLE: &str = "AVAILABLE COMMANDS\n";

/// The width of help, in characters.
const WIDTH: usize = 80;

/// Help for a command, the list of a service's commands, or the list of services.
pub fn help(wanted: Help) -> String {
    match wanted {
        Help::Services => services(),
        Help::Commands(service) => all(service),
        Help::Command(service, action) => one(service.name, &kebab(action.name), action.help, action),
        Help::Waiters => waiters(),
        Help::Waiter(waiter, action) => one("ec2 wait", waiter.name, &waiter.help(), action),
    }
}

fn services() -> String {
    let mut text = "AVAILABLE SERVICES\n".to_owned();
    for service in SERVICES {
        text.push_str(&format!("  {:<18} {}\n", service.name, said::service_line(service.help, service.name)));
    }
    text
}

fn all(service: &ServiceTable) -> String {
    let wait = (service.name == "ec2").then(|| ("wait".to_owned(), said::WAIT_LINE));
    let mut known: Vec<(String, &str)> = service.commands().map(|action| (kebab(action.name), action.help)).chain(wait).collect();
    sort_by_key(&mut known, |(name, _)| name.clone());
    let mut text = AVAILABLE.to_owned();
    for (name, help) in known {
        text.push_str(&format!("  {name:<34} {help}\n"));
    }
    text
}

/// What can be waited for.
fn waiters() -> String {
    WAITERS.iter().fold(AVAILABLE.to_owned(), |text, waiter| format!("{text}  {}\n", waiter.name))
}

/// A command, by its name and what it does, with the options of a call.
fn one(service: &str, name: &str, does: &str, action: &'static Action) -> String {
    let mut text = format!("NAME\n  {name}\n{}\nSYNOPSIS\n", folded(does));
    let mut line = format!("  aws {service} {name}");
    if let Some((_, word)) = sugar::positional(action.name) {
        line.push_str(&format!(" {word}"));
    }
    for (option, is_required) in spelled(action) {
        let word = if is_required { option } else { format!("[{option}]") };
        if line.len() + word.len() >= WIDTH {
            text.push_str(&line);
            text.push('\n');
            line = "     ".to_owned();
        }
        line.push(' ');
        line.push_str(&word);
    }
    text.push_str(&format!("{line}\n\nOPTIONS\n"));
    for (name, takes, help) in sugar::of(action.name) {
        let value = if *takes == Takes::Flag { "" } else { " <value>" };
        text.push_str(&format!("  --{name}{value}\n{}", folded(help)));
    }
    for member in action.members.iter().filter(|member| is_shown(action, member)) {
        text.push_str(&format!("  {}\n{}", spell(member), folded(member.help)));
        if let Wire::Words(words) = member.wire {
            text.push_str(&folded(&format!("One of: {}", words.join(", "))));
        }
        let inner = match member.wire {
            Wire::Struct(table) => Some(table),
            Wire::List(Wire::Struct(table)) => Some(*table),
            _ => None,
        };
        if let Some(table) = inner {
            let names: Vec<&str> = table.iter().map(|member| member.name).collect();
            text.push_str(&folded(&format!("Members: {}", names.join(", "))));
        }
    }
    text
}

/// Lines of six blanks and words.
fn folded(words: &str) -> String {
    let (mut text, mut line) = (String::new(), "     ".to_owned());
    for word in words.split(' ') {
        if line.len() + word.len() >= WIDTH && !line.trim().is_empty() {
            text.push_str(&line);
            text.push('\n');
            line = "     ".to_owned();
        }
        line.push(' ');
        line.push_str(word);
    }
    format!("{text}{line}\n")
}

/// Whether the command line shows a member under its own name.
fn is_shown(action: &'static Action, member: &Member) -> bool {
    let hidden = sugar::of(action.name).iter().any(|(name, ..)| *name == kebab(member.name));
    !hidden && !sugar::hides(action.name, member.name)
}

/// The options as a synopsis spells them, and whether they must be there.
fn spelled(action: &'static Action) -> Vec<(String, bool)> {
    let own = options(action).filter_map(|(name, meaning)| match meaning {
        Meaning::Sugar(_, Takes::Flag) => Some((format!("--{name} | --no-{name}"), false)),
        Meaning::Sugar(..) => Some((format!("--{name} <value>"), false)),
        _ => None,
    });
    let members = action.members.iter().filter(|member| is_shown(action, member));
    own.chain(members.map(|member| (spell(member), member.presence == Presence::Required))).collect()
}

fn spell(member: &Member) -> String {
    let name = kebab(member.name);
    match member.wire {
        // Two long names stand on two lines.
        Wire::Boolean | Wire::Wrapped(Wire::Boolean) if 2 * name.len() + 20 > WIDTH => format!("--{name} |\n          --no-{name}"),
        Wire::Boolean | Wire::Wrapped(Wire::Boolean) => format!("--{name} | --no-{name}"),
        Wire::Switch(on, off) => format!("--{on} | --{off}"),
        _ => format!("--{name} <value>"),
    }
}
