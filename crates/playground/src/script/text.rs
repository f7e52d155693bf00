//! A plan as text: one command a line, long ones broken before their options.

use super::ipv6;
use super::plan::{Deed, Plan, Query, Step};
use super::said;
use super::trial::replaced_in;
use crate::aws::{echo, kebab, service_of};
use eni_core::addr::Ipv6Net;
use eni_core::table::{Set, Table};
use serde_json::{Map, Value};

/// Lines that are longer are broken.
const WIDTH: usize = 96;

/// How many seconds a pause has.
const PAUSE: u64 = 10;

/// Makes a default VPC only where there is none: an account has one at most, and most have it from the start. It is a loop of one turn or none
/// because the playground's shell has no `if`.
const DEFAULT_VPC: &str = "\
for NONE in $(aws ec2 describe-account-attributes --attribute-names default-vpc \\
    --query \"AccountAttributes[0].AttributeValues[?AttributeValue=='none'].AttributeValue\" \\
    --output text); do
  aws ec2 create-default-vpc
done
";

/// Asks for the default VPC that there is then.
const THE_DEFAULT_VPC: &str = "aws ec2 describe-vpcs --filters 'Name=is-default,Values=[true]'";

/// The commands of a plan.
pub(super) fn commands(plan: &Plan<'_>, images: &Table<String, String>) -> String {
    let needed = needed(plan);
    let mark = mark(plan);
    let variable = |id: &str| plan.variables.get(id).or_else(|| images.get(id));
    let marked = |id: &str| variable(id).map(|name| format!("{mark}{name}{mark}"));
    let inside = |text: &str| Some(format!("{}{}", marked(&ipv6::block_of(&plan.blocks, text)?.to_string())?, ipv6::rest(text)?));
    let mut text = String::new();
    for step in &plan.steps {
        if matches!((&step.deed, &step.stands_for), (Deed::Find, Some((id, _))) if !needed.contains(id)) {
            continue;
        }
        if let Some(heading) = &step.heading {
            text.push_str(&format!("\n# {}\n", one_line(heading)));
        }
        if matches!(step.deed, Deed::Pause) {
            text.push_str(&format!("sleep {PAUSE}  # {}\n", step.action));
            continue;
        }
        let parameters = replaced_in(&step.parameters, &|text| inside(text).or_else(|| marked(text)));
        let is_default_vpc = step.action == "CreateDefaultVpc" && step.refused.is_none();
        let line = if is_default_vpc {
            text.push_str(DEFAULT_VPC);
            THE_DEFAULT_VPC.to_owned()
        } else {
            referring(&line(step, &parameters), &mark)
        };
        let line = match &step.stands_for {
            Some((id, query)) => {
                let name = variable(id).map_or("", String::as_str);
                let path = if is_default_vpc { "'Vpcs[0].VpcId'".to_owned() } else { asked(query, &variable) };
                format!("{name}=$({line} --query {path} --output text)")
            }
            None => line,
        };
        match &step.refused {
            Some(comment) => text.push_str(&format!("{comment}# {}\n", one_line(&line))),
            None => text.push_str(&format!("{}\n", broken(&line))),
        }
        if let Some((id, _)) = &step.stands_for
            && let Some(name) = variable(id).filter(|_| ipv6::block_of(&plan.blocks, id).is_some())
        {
            text.push_str(&format!("{name}=${{{name}%{}}}  # {}\n", ipv6::END, said::BEGINNING));
        }
    }
    text
}

fn one_line(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect::<String>().trim_end().to_owned()
}

/// The ids that some line names. A question that is asked needs what it names itself.
fn needed(plan: &Plan<'_>) -> Set<String> {
    let mut needed = Set::new();
    for step in plan.steps.iter().rev() {
        let is_asked = match (&step.deed, &step.stands_for) {
            (Deed::Find, Some((id, _))) => needed.contains(id),
            _ => true,
        };
        if is_asked {
            step.parameters.values().for_each(|value| names(value, &plan.blocks, &mut needed));
        }
    }
    needed
}

fn names(value: &Value, blocks: &[Ipv6Net], all: &mut Set<String>) {
    match value {
        Value::String(text) => {
            all.extend(ipv6::block_of(blocks, text).map(|block| block.to_string()));
            all.insert(text.clone());
        }
        Value::Array(values) => values.iter().for_each(|value| names(value, blocks, all)),
        Value::Object(members) => members.values().for_each(|value| names(value, blocks, all)),
        _ => {}
    }
}

/// A word that stands in no text of the plan: it marks where variables are.
fn mark(plan: &Plan<'_>) -> String {
    let texts: Vec<String> = plan.steps.iter().map(|step| Value::Object(step.parameters.clone()).to_string()).collect();
    let mut number = 0;
    loop {
        let mark = format!("Zq{number}Y");
        if !texts.iter().any(|text| text.contains(&mark)) {
            return mark;
        }
        number += 1;
    }
}

/// The command of a step.
fn line(step: &Step, parameters: &Map<String, Value>) -> String {
    if !matches!(step.deed, Deed::Wait) {
        return echo(service_of(step.action).map_or("ec2", |service| service.name), step.action, parameters);
    }
    let mut line = format!("aws ec2 wait {}", step.action);
    for (name, ids) in parameters {
        let ids: Vec<&str> = ids.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        line.push_str(&format!(" --{} {}", kebab(name), ids.join(" ")));
    }
    line
}

/// What is asked for, as the command line writes it.
fn asked<'v>(query: &Query, variable: &dyn Fn(&str) -> Option<&'v String>) -> String {
    match query {
        Query::Path(path) if path.contains('[') => format!("'{path}'"),
        Query::Path(path) => (*path).to_owned(),
        Query::At(path) => format!("'{path}'"),
        Query::AclTie(subnet) => {
            let name = variable(subnet).map_or("", String::as_str);
            format!("\"NetworkAcls[0].Associations[?SubnetId=='${name}'].NetworkAclAssociationId\"")
        }
    }
}

/// With variables where the marks are. What stood in single quotes for them stands in double quotes, where that changes nothing else.
fn referring(line: &str, mark: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('\'') {
        text.push_str(&with_variables(before, mark, "", ""));
        let (part, after) = quoted(after);
        rest = after;
        let escaped = || part.replace('\'', r"'\''");
        if !part.contains(mark) {
            text.push_str(&format!("'{}'", escaped()));
        } else if part.contains(['"', '$', '`', '\\', '!']) {
            text.push_str(&format!("'{}'", with_variables(&escaped(), mark, "'\"", "\"'")));
        } else {
            text.push_str(&format!("\"{}\"", with_variables(&part, mark, "", "")));
        }
    }
    text.push_str(&with_variables(rest, mark, "", ""));
    text
}

/// What stands in single quotes up to their end, and what comes after them. A quote among it is written `'\''`.
fn quoted(text: &str) -> (String, &str) {
    let mut part = String::new();
    let mut rest = text;
    loop {
        let (piece, after) = rest.split_once('\'').unwrap_or((rest, ""));
        part.push_str(piece);
        match after.strip_prefix(r"\''") {
            Some(more) => {
                part.push('\'');
                rest = more;
            }
            None => return (part, after),
        }
    }
}

fn with_variables(part: &str, mark: &str, before: &str, after: &str) -> String {
    let mut text = String::new();
    let mut pieces = part.split(mark).enumerate().peekable();
    while let Some((at, piece)) = pieces.next() {
        if at % 2 == 0 {
            text.push_str(piece);
            continue;
        }
        let goes_on =
            pieces.peek().is_some_and(|(_, next)| next.starts_with(|letter: char| letter.is_ascii_alphanumeric() || letter == '_'));
        let name = if goes_on && after.is_empty() { format!("${{{piece}}}") } else { format!("${piece}") };
        text.push_str(&format!("{before}{name}{after}"));
    }
    text
}

/// A long line in several. An option and its first value stay together.
fn broken(line: &str) -> String {
    if line.len() <= WIDTH {
        return line.to_owned();
    }
    let (mut text, mut width) = (String::new(), 0);
    let mut quote = None;
    let mut word = String::new();
    let flush = |word: &mut String, text: &mut String, width: &mut usize| {
        if *width + word.len() > WIDTH - 2 && *width > 3 {
            text.push_str(" \\\n   ");
            *width = 3;
        }
        *width += word.len();
        text.push_str(word);
        word.clear();
    };
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        let is_option = word.trim_start().starts_with("--") && !word.trim_start().contains(' ');
        match (quote, letter) {
            (None, '\'' | '"') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            (None, ' ') if !is_option => flush(&mut word, &mut text, &mut width),
            _ => {}
        }
        word.push(letter);
        if letter == '\\' && quote != Some('\'') {
            word.extend(letters.next());
        }
    }
    flush(&mut word, &mut text, &mut width);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_stand_in_double_quotes_where_quotes_are_needed() {
        let cases = [
            ("--vpc-id <A> --x", "--vpc-id $A --x"),
            ("a<A>b", "a${A}b"),
            ("'Name=x,Values=[<A>]' 'y'", "\"Name=x,Values=[$A]\" 'y'"),
            (r#"'{"GroupId":"<A>"}'"#, r#"'{"GroupId":"'"$A"'"}'"#),
            ("'costs 5$ <A>'", "'costs 5$ '\"$A\"''"),
            ("'plain $HOME'", "'plain $HOME'"),
            (r"'it'\''s <A>' <A>", r#""it's $A" $A"#),
            (r"'it'\''s $1 <A>'", r#"'it'\''s $1 '"$A"''"#),
        ];
        for (line, expected) in cases {
            assert_eq!(referring(&line.replace(['<', '>'], "Zq0Y"), "Zq0Y"), expected);
        }
    }

    #[test]
    fn long_lines_are_broken_between_words_and_never_in_quotes() {
        assert_eq!(broken("short --line"), "short --line");
        let long = format!("aws ec2 thing --first '{}' --second {} --third x y", "a b ".repeat(20), "c".repeat(40));
        let text = broken(&long);
        assert_eq!(text.replace(" \\\n   ", ""), long);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 3, "{text}");
        assert!(lines[1].starts_with("    --first 'a b ") && lines[2].starts_with("    --second ccc"), "{text}");
    }
}
