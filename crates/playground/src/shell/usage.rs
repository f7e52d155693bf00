//! What the AWS command line says when it is used wrongly, and how it ends then.

use super::{Failure, said};
use crate::aws::{ApiError, ServiceTable, kebab};

/// More choices than these are not listed where one was meant.
const MAX_LISTED: usize = 12;

/// The exit code of a line that the command line cannot read.
pub const BAD_USAGE: u8 = 252;
/// The command line knows no credentials.
pub const NO_CREDENTIALS: u8 = 253;
/// The exit code of a call that the service refuses.
pub const REFUSED: u8 = 254;
/// The exit code of everything else.
pub const OTHER: u8 = 255;

/// How the command line says that it is used.
const USAGE: &str = "
usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
To see help text, you can run:

  aws help
  aws <command> help
  aws <command> <subcommand> help

";

fn usage(message: &str) -> Failure {
    Failure { exit: BAD_USAGE, text: format!("{USAGE}{message}\n") }
}

/// A fault without lines of usage.
pub fn plain(message: &str) -> Failure {
    Failure { exit: BAD_USAGE, text: format!("\n{message}\n") }
}

/// What the service refuses (`X1`).
pub fn refused(operation: &str, error: &ApiError) -> Failure {
    let text = format!("\nAn error occurred ({}) when calling the {operation} operation: {}\n", error.code, error.message);
    Failure { exit: REFUSED, text }
}

/// Options and words that nobody knows.
pub fn unknown(words: &[String]) -> Failure {
    usage(&format!("Unknown options: {}", shown(&words.join(", "))))
}

/// Options that must be there.
pub fn required(options: &[String]) -> Failure {
    usage(&format!("aws: error: the following arguments are required: {}", options.join(", ")))
}

/// An option without its value.
pub fn expected_one(option: &str) -> Failure {
    usage(&format!("aws: error: argument --{option}: expected one argument"))
}

/// The beginning of several options.
pub fn ambiguous(option: &str, matches: &[String]) -> Failure {
    usage(&format!("aws: error: ambiguous option: --{} could match --{}", shown(option), matches.join(", --")))
}

/// A word that is none of those that may stand there.
pub fn choice(argument: &str, given: &str, choices: &[String]) -> Failure {
    choice_of(argument, given, choices, "aws help")
}

/// A command that a service does not have here.
pub fn no_command(service: &ServiceTable, given: &str) -> Failure {
    choice_of("operation", given, &commands(service), &format!("aws {} help", service.name))
}

/// Of many words only those are told that look like the one given: AWS's own list of its commands is ten screens long, and what is not here
/// may well be there.
fn choice_of(argument: &str, given: &str, choices: &[String], help: &str) -> Failure {
    let given = shown(given);
    let mut text = format!("aws: error: argument {argument}: Invalid choice");
    if choices.len() > MAX_LISTED {
        text.push_str(&format!(": {}", said::none_of(&given, choices.len(), help)));
    } else {
        text.push_str(", valid choices are:\n\n");
        let mut left = choices.iter();
        while let Some(first) = left.next() {
            let second = left.next().map_or("", String::as_str);
            text.push_str(format!("{first:<40} | {second}").trim_end_matches(" | ").trim_end());
            text.push('\n');
        }
    }
    let near: Vec<&String> = choices.iter().filter(|known| is_near(known, &given)).take(5).collect();
    if !near.is_empty() {
        text.push_str(&format!("\n\nInvalid choice: '{given}', maybe you meant:\n"));
        near.iter().for_each(|known| text.push_str(&format!("\n  * {known}")));
        text.push('\n');
    }
    usage(&text)
}

/// The commands of a service, in order.
fn commands(service: &ServiceTable) -> Vec<String> {
    let mut names: Vec<String> = service.commands().map(|action| kebab(action.name)).collect();
    eni_core::order::sort(&mut names);
    names
}

/// A value that cannot be read.
pub fn parsing(option: &str, why: &str) -> Failure {
    plain(&format!("Error parsing parameter '--{option}': {why}"))
}

/// A file that is not there, in the place of a value.
pub fn no_file(option: &str, value: &str, path: &str) -> Failure {
    let (value, path) = (shown(value), shown(path));
    parsing(option, &format!("Unable to load paramfile {value}: [Errno 2] No such file or directory: '{path}'"))
}

/// What the request cannot be.
pub fn validation(why: &str) -> Failure {
    plain(&format!("Parameter validation failed:\n{why}"))
}

/// The first letters of what was typed: an error need not repeat a megabyte.
pub fn shown(text: &str) -> String {
    text.chars().take(300).collect()
}

/// Whether a word looks like another: letters in the same order, but for two or three.
fn is_near(known: &str, given: &str) -> bool {
    if given.len() > 100 {
        return false;
    }
    let mut rest = known.chars();
    let kept = given.chars().filter(|letter| {
        let at = rest.clone().position(|other| other == *letter);
        at.is_some_and(|at| at <= 3 && rest.nth(at).is_some())
    });
    let kept = kept.count();
    kept + 2 >= known.len() && kept + 2 >= given.len()
}
