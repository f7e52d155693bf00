//! The rules of AWS's network that the playground keeps, and those that it does not, with the reason: what `rules` prints.
//!
//! `rules.txt` is written from `crates/RULES.md`, where each rule also has its tests (`cargo xtask rules`; a test compares the two).

/// A rule a line: number, mark, source, why it is not modelled, the rule; tabs stand between them.
const LIST: &str = include_str!("rules.txt");
/// How wide what is printed may be, in characters.
const WIDTH: usize = 88;

/// A rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule<'a> {
    /// Its number, as answers cite it: `E15`.
    pub number: &'a str,
    /// How far it can be relied on: `B` believed, `M` decided here, `?` disputed; empty for what was read at AWS.
    pub mark: &'a str,
    /// The public page that it was read in.
    pub source: &'a str,
    /// Why the playground does not keep it; empty if it does.
    pub left_out: &'a str,
    /// What it says.
    pub text: &'a str,
}

/// Every rule, in the order of the list.
pub fn rules() -> impl Iterator<Item = Rule<'static>> {
    LIST.lines().filter_map(|line| {
        let mut cells = line.splitn(5, '\t');
        let (number, mark, source) = (cells.next()?, cells.next()?, cells.next()?);
        Some(Rule { number, mark, source, left_out: cells.next()?, text: cells.next()? })
    })
}

/// What the playground does not do, and why.
pub fn left_out() -> String {
    let missing: Vec<Rule<'_>> = rules().filter(|rule| !rule.left_out.is_empty()).collect();
    let mut text = format!("Of {} rules of AWS's network the playground does not keep {}:\n\n", rules().count(), missing.len());
    for rule in missing {
        paragraph(&mut text, rule.number, rule.text);
        paragraph(&mut text, "", &format!("Why not: {}.", rule.left_out));
    }
    text.push_str("\nrules NUMBER says any of them, such as rules E15. Refusals and answers name the rule that decided.\n");
    text
}

/// One rule, with what it rests on; none if there is no rule of this number.
pub fn rule(number: &str) -> Option<String> {
    let rule = rules().find(|rule| rule.number.eq_ignore_ascii_case(number))?;
    let mut text = String::new();
    paragraph(&mut text, rule.number, rule.text);
    let rests_on = match rule.mark {
        "B" => "Believed: not confirmed in a page that was opened",
        "M" => "Decided here: AWS says nothing of it, or no more than that it takes time",
        "?" => "Disputed: public sources disagree",
        _ => "Read at AWS",
    };
    let source = if rule.source.is_empty() { String::new() } else { format!(" ({})", rule.source) };
    paragraph(&mut text, "", &format!("{rests_on}{source}."));
    if !rule.left_out.is_empty() {
        paragraph(&mut text, "", &format!("Not kept here: {}.", rule.left_out));
    }
    Some(text)
}

/// Words in lines, after a number before the first.
fn paragraph(text: &mut String, number: &str, words: &str) {
    let mut line = format!("{number:<5}");
    for word in words.split(' ') {
        if line.chars().count() + word.chars().count() >= WIDTH {
            text.push_str(line.trim_end());
            text.push('\n');
            line = " ".repeat(5);
        }
        line.push(' ');
        line.push_str(word);
    }
    text.push_str(line.trim_end());
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_read_and_said() {
        assert!(rules().count() > 300 && rules().count() == LIST.lines().count());
        for known in rules() {
            assert!(!known.number.is_empty() && known.text.ends_with('.'), "{known:?}");
            let said = rule(known.number).unwrap();
            assert!(said.starts_with(known.number) && said.lines().all(|line| line.chars().count() <= WIDTH), "{said}");
            assert_eq!(said.contains("Not kept here"), !known.left_out.is_empty(), "{said}");
        }
        assert!(rule("e15").unwrap().contains("at most one attachment"));
        assert!(rule("E999").is_none() && rule("").is_none());
    }

    #[test]
    fn what_is_not_kept_is_said_with_its_reason() {
        let said = left_out();
        for missing in rules().filter(|rule| !rule.left_out.is_empty()) {
            assert!(said.lines().any(|line| line.split(' ').next() == Some(missing.number)), "{missing:?}");
        }
        assert_eq!(said.matches("Why not:").count(), rules().filter(|rule| !rule.left_out.is_empty()).count());
    }
}
