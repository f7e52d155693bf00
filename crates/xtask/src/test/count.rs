//! Counting tests: what `cargo test` and Node's test runner say, added up.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

/// How many tests passed, failed and were skipped, and the names of those that did not pass.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub passed: usize,
    pub failed: usize,
    pub skipped: usize,
    pub failures: Vec<String>,
    /// Name and reason.
    pub skips: Vec<String>,
    /// Those among the passed that failed at first.
    pub seconds: Vec<String>,
}

impl Count {
    /// One check that passed.
    pub fn success() -> Self {
        Self { passed: 1, ..Self::default() }
    }

    /// One check that failed.
    pub fn failure(what: &str) -> Self {
        Self { failed: 1, failures: vec![what.to_owned()], ..Self::default() }
    }

    /// Adds another count to this one.
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
        self.failures.extend(other.failures);
        self.skips.extend(other.skips);
        self.seconds.extend(other.seconds);
    }

    /// Takes in what the failed tests came to when they alone were run again: only where each of them is known and has passed do they count as
    /// passed, and they are told apart.
    pub fn take_second(&mut self, second: &Self) {
        if second.failed == 0 && second.passed == self.failed && self.failures.len() == self.failed {
            self.passed += self.failed;
            self.failed = 0;
            self.seconds.append(&mut self.failures);
        }
    }

    /// The closing line.
    pub fn line(&self) -> String {
        format!("{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }

    /// Takes in a line of `cargo test`.
    pub fn read_cargo(&mut self, line: &str) {
        if let Some(rest) = line.strip_prefix("test result: ") {
            let number = |word: &str| number_before(rest, word);
            self.passed += number(" passed");
            self.failed += number(" failed");
            self.skipped += number(" ignored");
        } else if let Some((name, outcome)) = line.strip_prefix("test ").and_then(|rest| rest.split_once(" ... ")) {
            if outcome.starts_with("FAILED") {
                self.failures.push(name.to_owned());
            } else if let Some(reason) = outcome.strip_prefix("ignored") {
                let reason = reason.trim_start_matches(", ");
                self.skips.push(format!("{name}: {}", if reason.is_empty() { "no reason given" } else { reason }));
            }
        }
    }

    /// Takes in a line of Node's `spec` reporter.
    pub fn read_node(&mut self, line: &str) {
        let words: Vec<&str> = line.split_whitespace().collect();
        if let ["ℹ", what, number] = words.as_slice() {
            let number: usize = number.parse().unwrap_or(0);
            match *what {
                "pass" => self.passed += number,
                "fail" | "cancelled" => self.failed += number,
                "skipped" | "todo" => self.skipped += number,
                _ => {}
            }
        } else if line.starts_with('﹣') {
            self.skips.push(line.trim_start_matches('﹣').trim().to_owned());
        } else if let Some(rest) = line.strip_prefix('✖').filter(|rest| rest.contains("ms)")) {
            let name = rest.trim().to_owned();
            if !self.failures.contains(&name) {
                self.failures.push(name);
            }
        }
    }
}

fn number_before(text: &str, word: &str) -> usize {
    let number = text.split_once(word).and_then(|(before, _)| before.rsplit(' ').next());
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// Runs a test command, shows its output as it comes, and counts. A command that fails without a failed test (it did not compile, it
/// crashed) counts as one failure.
///
/// # Errors
///
/// When the command cannot be started.
pub fn counted(what: &str, command: &mut Command, read: fn(&mut Count, &str)) -> Result<Count> {
    let mut child = command.stdout(Stdio::piped()).spawn().with_context(|| format!("{what} cannot be started"))?;
    let mut count = Count::default();
    let output = child.stdout.take().context("no output")?;
    for line in BufReader::new(output).lines() {
        let line = line?;
        println!("{line}");
        read(&mut count, &line);
    }
    let status = child.wait()?;
    if !status.success() && count.failed == 0 {
        count.add(Count::failure(&format!("{what} ({status})")));
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(read: fn(&mut Count, &str), text: &str) -> Count {
        let mut count = Count::default();
        text.lines().for_each(|line| read(&mut count, line));
        count
    }

    #[test]
    fn cargo_is_understood() {
        let text = "running 4 tests\ntest a::b ... ok\ntest a::c ... FAILED\ntest d ... ignored, takes an hour\ntest e ... ignored\n\
                    test result: FAILED. 1 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.01s\n\
                    test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s";
        let count = read(Count::read_cargo, text);
        assert_eq!(count.line(), "13 passed, 1 failed, 2 skipped");
        assert_eq!(count.failures, ["a::c"]);
        assert_eq!(count.skips, ["d: takes an hour", "e: no reason given"]);
    }

    #[test]
    fn node_is_understood() {
        let text = "✔ the page runs (596.5ms)\n✖ it falls (12.1ms)\n﹣ later (0.1ms) # not yet\nℹ tests 3\nℹ pass 1\nℹ fail 1\nℹ cancelled 0\n\
                    ℹ skipped 1\nℹ todo 0\n✖ failing tests:\n✖ it falls (12.1ms)";
        let count = read(Count::read_node, text);
        assert_eq!(count.line(), "1 passed, 1 failed, 1 skipped");
        assert_eq!(count.failures, ["it falls (12.1ms)"]);
        assert_eq!(count.skips, ["later (0.1ms) # not yet"]);
    }

    #[test]
    fn a_second_try_counts_only_where_all_that_failed_passes() {
        let first = || Count { passed: 5, failed: 2, failures: vec!["one".into(), "two".into()], ..Count::default() };
        let second = |passed, failed| {
            let mut count = first();
            count.take_second(&Count { passed, failed, ..Count::default() });
            count
        };
        let both = second(2, 0);
        assert_eq!((both.line().as_str(), both.seconds.len(), both.failures.len()), ("7 passed, 0 failed, 0 skipped", 2, 0));
        for (passed, failed) in [(1, 1), (1, 0), (0, 0), (3, 0)] {
            assert_eq!(second(passed, failed), first(), "{passed} passed, {failed} failed");
        }
    }

    #[test]
    fn a_command_that_only_fails_is_one_failure() {
        let count = counted("it", Command::new("false").env("LANG", "C"), Count::read_cargo).unwrap();
        assert_eq!((count.passed, count.failed), (0, 1));
    }
}
