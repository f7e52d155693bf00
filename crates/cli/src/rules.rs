//! `eni rules`: what the playground does not do, and each rule by its number.

use crate::Ending;
use clap::Args;
use eni_playground::rules;
use std::process::ExitCode;

/// What `eni rules --help` says before its options; lines are broken here, because a terminal would break them inside of words.
const ABOUT: &str = "\
Says which rules of AWS's network the playground does not keep, and why. With numbers
it says those rules and what they rest on. Refusals, answers and tests cite the number
of the rule that decided.";

/// Say what the playground does not do, or rules by their numbers
#[derive(Args)]
#[command(long_about = ABOUT)]
pub struct Rules {
    /// Numbers of rules, such as E15
    #[arg(value_name = "NUMBER")]
    numbers: Vec<String>,
}

/// Runs the command.
pub fn run(arguments: &Rules) -> Ending {
    if arguments.numbers.is_empty() {
        print!("{}", rules::left_out());
    }
    for number in &arguments.numbers {
        let said = rules::rule(number).ok_or_else(|| format!("there is no rule {number:.20}; eni rules E15 says one"))?;
        print!("{said}");
    }
    Ok(ExitCode::SUCCESS)
}
