//! Commands of the shell's own: `export`, `set`, `exit`, `echo`, `wait`, `sleep`, `expect`, `rules`, `ssh`, `help`.

use super::lex::is_name;
use super::{DECLARE, Failure, Host, Outcome, Shell, Stream, guest, printf, said};
use crate::rules;
use crate::trace::Ask;
use eni_core::time::Duration;

/// The longest wait of one command: 30 days.
const LONGEST_WAIT: f64 = 30.0 * 24.0 * 3_600.0;

/// The most questions that clients may ask while a command waits: beyond that a page would stand still for minutes.
const MOST_QUESTIONS: u64 = 500_000;

/// The most numbers that one `seq` counts.
const MOST_NUMBERS: i64 = 4_096;

/// A failure with a line of text.
fn failure(exit: u8, text: &str) -> Failure {
    Failure { exit, text: format!("{text}\n") }
}

/// Lets time pass, unless that would keep a page busy for minutes.
fn wait(host: &mut dyn Host, words: &[String]) -> Result<String, Failure> {
    let span = words.first().and_then(|word| span(word)).ok_or_else(|| failure(2, said::WAIT_USAGE))?;
    let questions = host.questions_in(span);
    if questions > MOST_QUESTIONS {
        return Err(failure(1, &said::too_busy(questions)));
    }
    host.wait(span);
    Ok(String::new())
}

impl Shell {
    /// Runs a command that is not `aws`.
    pub(super) fn builtin(&mut self, host: &mut dyn Host, name: &str, words: &[String]) -> Result<String, Failure> {
        if let Some(instance) = self.at.as_ref().filter(|_| !is_everywhere(name)) {
            let typed: Vec<String> = [instance.as_str(), name].into_iter().map(str::to_owned).chain(words.iter().cloned()).collect();
            return self.ssh(host, &typed);
        }
        match name {
            "echo" => Ok(printf::echo(words)),
            "printf" => match words {
                [flag, name, words @ ..] if flag == "-v" && is_name(name) => {
                    let text = printf::printf(words)?;
                    self.variables.insert(name.clone(), text);
                    Ok(String::new())
                }
                words => printf::printf(words),
            },
            "seq" => seq(words),
            "jq" => self.jq(words),
            name if DECLARE.contains(&name) => {
                words.iter().for_each(|word| self.declare(word));
                Ok(String::new())
            }
            "unset" => {
                words.iter().filter(|name| is_name(name)).for_each(|name| drop(self.variables.remove(name)));
                Ok(String::new())
            }
            "set" => {
                self.set(words);
                Ok(String::new())
            }
            "cat" | "chmod" | "ls" | "rm" => self.file_command(name, words),
            "break" | "continue" => {
                (self.ended, self.broken) = (true, true);
                Err(failure(2, &said::no_break(name)))
            }
            "[" | "[[" | "test" | "read" | "!" | "((" | "eval" | "source" | "." => {
                (self.ended, self.broken) = (true, true);
                Err(failure(2, &said::no_construct(name)))
            }
            "exit" => Err(self.leave(words)),
            "true" | ":" => Ok(String::new()),
            "false" => Err(Failure { exit: 1, text: String::new() }),
            "wait" | "sleep" => wait(host, words),
            "expect" => self.expect(host, words).inspect_err(|_| self.unmet += 1),
            "trace" => {
                let ask = asked(words, false).ok_or_else(|| failure(2, said::TRACE_USAGE))?;
                host.trace(&ask).map(|answer| answer.text).map_err(|why| failure(1, &format!("trace: {why}")))
            }
            "connect" => {
                let ask = asked(words, true).ok_or_else(|| failure(2, said::CONNECT_USAGE))?;
                let opened = host.connect(&ask, false).map_err(|why| failure(1, &format!("connect: {why}")))?;
                if opened.got_through { Ok(String::new()) } else { Err(Failure { exit: 1, text: opened.text }) }
            }
            "rules" => match words {
                [] => Ok(rules::left_out()),
                numbers => numbers.iter().map(|number| rules::rule(number).ok_or_else(|| failure(1, &said::no_rule(number)))).collect(),
            },
            "flow-logs" => flow_logs(host, words),
            "ssh" => self.ssh(host, words),
            "help" => Ok(format!("{}{}", said::HELP, host.own_help())),
            _ => host.own(name, words).unwrap_or_else(|| Err(failure(127, &said::not_found(name)))),
        }
    }

    /// `NAME=VALUE`, or `NAME+=VALUE` for what comes behind what is there; another word says nothing of a value.
    fn declare(&mut self, word: &str) {
        let Some((name, value)) = word.split_once('=') else { return };
        let (name, adds) = name.strip_suffix('+').map_or((name, false), |name| (name, true));
        if is_name(name) {
            let old = self.variables.get(name).filter(|_| adds).cloned().unwrap_or_default();
            self.variables.insert(name.to_owned(), old + value);
        }
    }

    /// `set -eu -o pipefail`: what is known of bash's switches is turned on, or with `+` off; the rest changes nothing.
    fn set(&mut self, words: &[String]) {
        let mut is_on = true;
        for word in words {
            match word.strip_prefix(['-', '+']) {
                Some(letters) => {
                    is_on = word.starts_with('-');
                    if letters.len() < 7 && letters.contains('e') {
                        self.stops_at_failure = is_on;
                    }
                    if letters.len() < 7 && letters.contains('u') {
                        self.stops_at_unset = is_on;
                    }
                }
                None if word == "errexit" => self.stops_at_failure = is_on,
                None if word == "nounset" => self.stops_at_unset = is_on,
                None if word == "pipefail" => self.pipe_fails = is_on,
                None => {}
            }
        }
    }

    /// Ends the script; of the status its last eight bits stay, as everywhere.
    fn leave(&mut self, words: &[String]) -> Failure {
        self.ended = true;
        let Some(word) = words.first() else { return Failure { exit: self.exit, text: String::new() } };
        match word.parse::<i64>().map(|status| u8::try_from(status.rem_euclid(256))) {
            Ok(Ok(exit)) => Failure { exit, text: String::new() },
            _ => failure(2, &said::no_status(word)),
        }
    }

    /// What leaves the guest as it is is done here; what changes it is the host's.
    fn ssh(&mut self, host: &mut dyn Host, words: &[String]) -> Result<String, Failure> {
        let words = guest::typed_on(host, words).ok_or_else(|| failure(2, said::SSH_USAGE))?;
        let rooted: Vec<String>;
        let words = match words.as_slice() {
            [name] => return Err(failure(2, &said::no_login(name))),
            [instance, line] if line.contains(char::is_whitespace) && self.at.is_none() => return self.typed_there(host, instance, line),
            [instance, sudo, rest @ ..] if sudo == "sudo" && !rest.is_empty() => {
                rooted = std::iter::once(instance).chain(rest).cloned().collect();
                &rooted
            }
            words => words,
        };
        if let Some(ended) = guest::run(host, words) {
            let ended = ended?;
            self.behind = Some(Failure { exit: ended.exit, text: ended.error });
            return Ok(ended.text);
        }
        let written = guest::typed(host, words).transpose()?;
        let (words, printed) = written.as_ref().map_or((words, ""), |typed| (&typed.words, &typed.printed));
        let done = host.own("ssh", words).map(|done| done.map(|text| text + printed));
        done.unwrap_or_else(|| {
            let command = words.get(1).map_or("ssh", String::as_str);
            Err(failure(127, &said::not_found(command)))
        })
    }

    /// A line in one piece is read by the shell on the instance, which has variables of its own.
    fn typed_there(&mut self, host: &mut dyn Host, instance: &str, line: &str) -> Result<String, Failure> {
        // Its loops are among those of the script: one bound is for all of them.
        let mut there = Shell { at: Some(instance.to_owned()), turns: self.turns, ..Shell::new() };
        let (out, error): (Vec<_>, Vec<_>) = there.go_on(host, line).into_iter().partition(|(stream, _)| *stream == Stream::Out);
        self.turns = there.turns;
        let text = |pieces: Vec<(Stream, String)>| pieces.into_iter().map(|(_, text)| text).collect::<String>();
        self.behind = Some(Failure { exit: there.exit, text: text(error) });
        Ok(text(out))
    }

    fn expect(&self, host: &mut dyn Host, given: &[String]) -> Result<String, Failure> {
        let words: Vec<&str> = given.iter().map(String::as_str).collect();
        let wanted = words.join(" ");
        if let ["trace", from, to, protocol, rest @ ..] = words.as_slice() {
            return expect_trace(host, from, to, protocol, rest, &wanted);
        }
        if let [what @ ("open" | "cut"), ..] = words.as_slice() {
            let ask = given.get(1..).and_then(|rest| asked(rest, true)).ok_or_else(|| failure(2, said::EXPECT_USAGE))?;
            let open = host.connect(&ask, true).map_err(|why| failure(1, &format!("expect: {why}")))?.got_through;
            let got = if open { "open" } else { "cut" };
            return if got == *what { Ok(said::as_expected(got)) } else { Err(failure(1, &said::expected(&wanted, got))) };
        }
        let outcome = self.outcome.as_ref().ok_or_else(|| failure(1, said::NOTHING_TO_EXPECT))?;
        let is_met = match (words.as_slice(), outcome) {
            (["ok"], outcome) => *outcome == Outcome::Accepted,
            (["refused"], outcome) => matches!(outcome, Outcome::Refused(_)),
            (["refused", code], outcome) => matches!(outcome, Outcome::Refused(got) if got == code),
            _ => return Err(failure(2, said::EXPECT_USAGE)),
        };
        let got = match outcome {
            Outcome::Accepted => "ok".to_owned(),
            Outcome::Refused(code) => format!("refused {code}"),
            Outcome::NotAsked(exit) => format!("exit {exit}"),
        };
        if is_met { Ok(said::as_expected(&got)) } else { Err(failure(1, &said::expected(&wanted, &got))) }
    }
}

/// Whether a command is the shell's own wherever it runs.
fn is_everywhere(name: &str) -> bool {
    DECLARE.contains(&name)
        || matches!(
            name,
            "echo" | "printf" | "seq" | "unset" | "set" | "break" | "continue" | "exit" | "true" | ":" | "false" | "wait" | "sleep"
        )
}

/// What flow logs have written.
fn flow_logs(host: &dyn Host, words: &[String]) -> Result<String, Failure> {
    let which = match words {
        [] => None,
        [which] if which.starts_with("fl-") || which.starts_with("eni-") => Some(which.as_str()),
        _ => return Err(failure(2, said::FLOW_LOGS_USAGE)),
    };
    let text = host.flow_logs(which);
    if text.is_empty() { Err(failure(1, said::NO_RECORDS)) } else { Ok(text) }
}

/// `seq 3`, `seq 1 3`, `seq 1 2 9`: whole numbers, one a line.
fn seq(words: &[String]) -> Result<String, Failure> {
    let numbers: Option<Vec<i64>> = words.iter().map(|word| word.parse::<i32>().ok().map(i64::from)).collect();
    let (first, step, last) = match numbers.as_deref() {
        Some([last]) => (1, 1, *last),
        Some([first, last]) => (*first, 1, *last),
        Some([first, step, last]) if *step != 0 => (*first, *step, *last),
        _ => return Err(failure(1, said::SEQ_USAGE)),
    };
    let count = (last - first) / step + 1;
    if count > MOST_NUMBERS {
        return Err(failure(1, said::SEQ_USAGE));
    }
    let is_past = (last - first).signum() == -step.signum();
    Ok((0..if is_past { 0 } else { count }).map(|turn| format!("{}\n", first + turn * step)).collect())
}

/// `5s`, `500ms`, `2m`, `1h`, or seconds.
fn span(word: &str) -> Option<Duration> {
    let length = word.find(|letter: char| letter.is_ascii_alphabetic()).unwrap_or(word.len());
    let (number, unit) = word.split_at_checked(length)?;
    let unit = match unit {
        "" | "s" => 1.0,
        "ms" => 0.001,
        "m" => 60.0,
        "h" => 3_600.0,
        "d" => 86_400.0,
        _ => return None,
    };
    let seconds = number.parse::<f64>().ok()? * unit;
    if !(0.0..=LONGEST_WAIT).contains(&seconds) {
        return None;
    }
    u64::try_from(std::time::Duration::from_secs_f64(seconds).as_nanos()).ok().map(Duration::from_nanos)
}

/// The shortest packet that can be asked about: its headers.
const SHORTEST_PACKET: u16 = 40;

/// `A B tcp 443`: what is asked about. A connection needs its port.
fn asked(words: &[String], is_connection: bool) -> Option<Ask> {
    let (words, bytes) = long(words);
    let (from, to, rest) = match words {
        [from, to, rest @ ..] => (from.clone(), to.clone(), rest),
        _ => return None,
    };
    let (protocol, port) = match rest {
        [] if !is_connection => (String::new(), None),
        [protocol] if !is_connection => (protocol.clone(), None),
        [protocol, port] => (protocol.clone(), Some(port.parse().ok()?)),
        _ => return None,
    };
    Some(Ask { from, to, protocol, port, bytes, ..Ask::default() })
}

/// The words without `bytes N` at their end, and how long the packet is.
fn long<W: AsRef<str>>(words: &[W]) -> (&[W], Option<u16>) {
    match words {
        [rest @ .., word, number] if word.as_ref() == "bytes" => match number.as_ref().parse::<u16>() {
            Ok(bytes) if bytes >= SHORTEST_PACKET => (rest, Some(bytes)),
            _ => (words, None),
        },
        words => (words, None),
    }
}

/// `trace A B tcp 443 DELIVERED`: the disposition, or the code of what stopped it.
fn expect_trace(host: &dyn Host, from: &str, to: &str, protocol: &str, rest: &[&str], wanted: &str) -> Result<String, Failure> {
    let Some((fate, rest)) = rest.split_last() else { return Err(failure(2, said::EXPECT_USAGE)) };
    let (rest, bytes) = long(rest);
    let port = match rest {
        [] => None,
        [port] => Some(port.parse::<u16>().map_err(|_| failure(2, said::EXPECT_USAGE))?),
        _ => return Err(failure(2, said::EXPECT_USAGE)),
    };
    let ask = Ask { from: from.to_owned(), to: to.to_owned(), protocol: protocol.to_owned(), port, bytes, ..Ask::default() };
    let answer = host.trace(&ask).map_err(|why| failure(1, &format!("expect: {why}")))?;
    let said = |way: Option<&serde_json::Value>| {
        let text = |name: &str| way.and_then(|way| way.get(name)).and_then(serde_json::Value::as_str).map(str::to_owned);
        (text("Disposition"), text("ExplanationCode"))
    };
    let (way, reply) = (said(Some(&answer.json)), said(answer.json.get("Reply").filter(|reply| !reply.is_null())));
    let got = [&way.0, &way.1, &reply.0, &reply.1];
    let is_met = match *fate {
        // Delivered means: there and back.
        "DELIVERED" => way.0.as_deref() == Some(*fate) && answer.got_through,
        _ => [&way.0, &way.1, &reply.1].into_iter().any(|said| said.as_deref() == Some(*fate)),
    };
    let got: Vec<&str> = got.into_iter().flatten().map(String::as_str).collect();
    if !is_met {
        return Err(failure(1, &said::expected(wanted, &got.join(" "))));
    }
    // The way back is told where that is what was expected.
    let is_there = [&way.0, &way.1].into_iter().any(|said| said.as_deref() == Some(*fate));
    let told = if is_there { [&way.0, &way.1].into_iter().flatten().map(String::as_str).collect() } else { got };
    Ok(said::as_expected(&told.join(" ")))
}
