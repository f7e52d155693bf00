//! Throws lines at the fronts: `fuzz api|shell MINUTES SEED`. A panic, a change by something that is refused, an answer that is not one line
//! or a network that is not sound ends it with the line that did it; otherwise it tells how many lines it threw.
//!
//! The lines are calls drawn from the table of actions, the lines of transcripts and scripts, and both with random damage.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a tool of the tests")]

#[path = "../tests/support/calls.rs"]
mod calls;

use calls::Caller;
use eni_core::model::network::Network;
use eni_core::time::Duration;
use eni_playground::account::Account;
use eni_playground::act::Asking;
use eni_playground::aws::{ApiError, echo};
use eni_playground::scenario::Scenario;
use eni_playground::shell::{Failure, Host, Lone, Shell, Told};
use eni_playground::trace::{Answer, Ask};
use serde_json::{Map, Value};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::Instant;

/// So many lines are thrown at one account; then comes a new one.
const LINES: u32 = 300;
/// No line may take longer, in seconds.
const LONGEST: f64 = 10.0;
/// Pieces that mean something to one of the fronts.
const PIECES: [&str; 51] = [
    "\"",
    "'",
    "\\",
    "$",
    "`",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    ":",
    ",",
    "=",
    "\n",
    "\r",
    "\t",
    " ",
    "\0",
    "#",
    "&&",
    "||",
    ";",
    "|",
    ">",
    "$(",
    "${",
    "$((",
    "--",
    "--query",
    "--output text",
    "--output table",
    "--dry-run",
    "--filters Name=",
    "Values=",
    "null",
    "true",
    "-1",
    "1e309",
    "99999999999999999999",
    "\u{feff}",
    "\u{1f980}",
    "wait 5s",
    "aws ec2 ",
    "ssh i-00000000000000001 ",
    "ping -c 2 ",
    "curl -m 1 ",
    "nc -zv ",
    "fault loss ",
    "fault connections ",
    "aws logs ",
];

/// The line that is thrown, for whoever tells of a panic.
static LINE: Mutex<Vec<u8>> = Mutex::new(Vec::new());

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [front, minutes, seed] = arguments.as_slice() else {
        eprintln!("usage: fuzz api|shell MINUTES SEED");
        return ExitCode::from(2);
    };
    let (minutes, seed) = (minutes.parse::<f64>().unwrap(), seed.parse::<u64>().unwrap());
    let throw = match front.as_str() {
        "api" => throw_at_api,
        _ => throw_at_shell,
    };
    let seeds = if front == "api" { transcript() } else { scripts() };
    std::panic::set_hook(Box::new(|panic| {
        let line = LINE.lock().map(|line| String::from_utf8_lossy(&line).into_owned()).unwrap_or_default();
        println!("{panic}, by {line:?}");
    }));
    let begin = Instant::now();
    let (mut thrown, mut slowest, mut accounts) = (0_u64, 0.0_f64, 0_u64);
    while begin.elapsed().as_secs_f64() < minutes * 60.0 {
        let mut fuzz = Fuzz::new(seed.wrapping_mul(1_000_003).wrapping_add(accounts));
        accounts += 1;
        for _ in 0..LINES {
            let line = fuzz.line(front == "api", &seeds);
            line.clone_into(&mut LINE.lock().unwrap());
            let start = Instant::now();
            // Where panics abort, the hook has told of it.
            let fate = catch_unwind(AssertUnwindSafe(|| throw(&mut fuzz, &line)));
            slowest = slowest.max(start.elapsed().as_secs_f64());
            thrown += 1;
            let fault = match fate {
                Ok(Ok(())) if start.elapsed().as_secs_f64() < LONGEST => continue,
                Ok(Ok(())) => "it takes too long".to_owned(),
                Ok(Err(fault)) => fault,
                Err(_) => "panic".to_owned(),
            };
            println!("{front}: {fault}, after {thrown} lines, by {line:?}");
            return ExitCode::FAILURE;
        }
    }
    println!(
        "{front}: {thrown} lines at {accounts} accounts in {:.0} s, the slowest {:.0} ms: no fault",
        begin.elapsed().as_secs_f64(),
        slowest * 1e3
    );
    ExitCode::SUCCESS
}

/// An account, the shell in front of it, and what draws lines.
struct Fuzz {
    caller: Caller,
    account: Account,
    region: Region,
    shell: Shell,
}

/// A region that watches that what it refuses changes nothing.
struct Region {
    lone: Lone,
    fault: Option<String>,
    seen: String,
}

impl Fuzz {
    fn new(seed: u64) -> Fuzz {
        let account = Account::fresh("us-east-1").unwrap();
        let region = Region { lone: Lone::new("us-east-1", false).unwrap(), fault: None, seen: String::new() };
        let mut fuzz = Fuzz { caller: Caller::new(seed), account, region, shell: Shell::new() };
        for action in
            ["DescribeSubnets", "DescribeSecurityGroups", "DescribeRouteTables", "DescribeNetworkAcls", "DescribeInternetGateways"]
        {
            let shown = fuzz.account.call("ec2", action, &Map::new()).unwrap().to_string();
            fuzz.caller.saw(&shown);
        }
        fuzz
    }

    fn line(&mut self, api: bool, seeds: &[String]) -> Vec<u8> {
        let drawn = |caller: &mut Caller| {
            if api {
                return caller.line();
            }
            let (service, action, parameters) = caller.call();
            echo(service, action, &parameters)
        };
        match self.caller.below(10) {
            0..=4 => drawn(&mut self.caller).into_bytes(),
            5 => self.caller.pick(seeds).into_bytes(),
            6 | 7 => {
                let line = self.caller.pick(seeds).into_bytes();
                self.damaged(line)
            }
            8 => {
                let line = drawn(&mut self.caller).into_bytes();
                self.damaged(line)
            }
            _ => self.odd(),
        }
    }

    /// A line with some places changed.
    fn damaged(&mut self, mut line: Vec<u8>) -> Vec<u8> {
        for _ in 0..=self.caller.below(4) {
            let at = self.caller.below(line.len() + 1);
            let end = (at + self.caller.below(12)).min(line.len());
            let piece = self.caller.pick(&PIECES).as_bytes().to_vec();
            match self.caller.below(6) {
                0 => drop(line.splice(at..at, piece)),
                1 => drop(line.splice(at..end, piece)),
                2 => drop(line.drain(at..end)),
                3 => line.truncate(at),
                4 => {
                    let copy = line[at..end].to_vec();
                    let times = self.caller.pick(&[1, 2, 50]);
                    line.splice(at..at, copy.repeat(times));
                }
                _ => {
                    let byte = u8::try_from(self.caller.below(256)).unwrap();
                    line.splice(at..end.min(at + 1), [byte]);
                }
            }
        }
        line
    }

    /// A line of a kind that nobody writes.
    fn odd(&mut self) -> Vec<u8> {
        let long = self.caller.pick(&[10, 100, 1_000, 100_000]);
        match self.caller.below(7) {
            0 => "[".repeat(long).into_bytes(),
            1 => "{\"a\":".repeat(long).into_bytes(),
            2 => "$(".repeat(long).into_bytes(),
            3 => format!("A=$A{}\necho $A $A $A", "x".repeat(long)).into_bytes(),
            4 => (0..self.caller.below(64)).map(|_| u8::try_from(self.caller.below(256)).unwrap()).collect(),
            5 => {
                let query = (0..1 + self.caller.below(20))
                    .map(|_| self.caller.pick(&["[", "]", "Vpcs", ".", "?", "`", "'", "|", "{", "}", "*", "(", ")", "&&", "length", "0"]))
                    .collect::<String>();
                format!("aws ec2 describe-vpcs --query \"{query}\" --output {}", self.caller.pick(&["json", "text", "table"])).into_bytes()
            }
            _ => (0..self.caller.below(12)).map(|_| self.caller.pick(&PIECES)).collect::<String>().into_bytes(),
        }
    }
}

fn throw_at_api(fuzz: &mut Fuzz, line: &[u8]) -> Result<(), String> {
    let before = fuzz.account.network().clone();
    let mut output = Vec::new();
    fuzz.account.answer(line, &mut output).map_err(|error| error.to_string())?;
    let text = String::from_utf8(output).map_err(|_| "the answer is not text".to_owned())?;
    let value: Value = serde_json::from_str(&text).map_err(|error| format!("the answer is not JSON: {error}"))?;
    if !text.ends_with('\n') || text.matches('\n').count() != 1 {
        return Err("the answer is not one line".to_owned());
    }
    if value.get("Error").is_some() {
        if *fuzz.account.network() != before {
            return Err(format!("refused ({text}), and something changed"));
        }
    } else {
        fuzz.caller.saw(&text);
    }
    is_sound(fuzz.account.network())
}

fn throw_at_shell(fuzz: &mut Fuzz, line: &[u8]) -> Result<(), String> {
    fuzz.shell.run(&mut fuzz.region, &String::from_utf8_lossy(line));
    fuzz.caller.saw(&std::mem::take(&mut fuzz.region.seen));
    fuzz.region.fault.take().map_or(Ok(()), Err)?;
    is_sound(fuzz.region.lone.network())
}

fn is_sound(network: &Network) -> Result<(), String> {
    let broken = network.check_invariants();
    if broken.is_empty() { Ok(()) } else { Err(broken.join("; ")) }
}

impl Host for Region {
    fn region(&self) -> &str {
        self.lone.region()
    }

    fn call(&mut self, service: &str, action: &str, parameters: &Map<String, Value>) -> Result<Value, ApiError> {
        self.lone.settle();
        let before = self.lone.network().clone();
        let answer = self.lone.call(service, action, parameters);
        match &answer {
            Err(error) if *self.lone.network() != before => self.fault = Some(format!("refused ({}), and something changed", error.code)),
            Err(_) => {}
            Ok(value) => self.seen = value.to_string(),
        }
        answer
    }

    fn wait(&mut self, span: Duration) {
        self.lone.wait(span);
    }

    fn questions_in(&self, span: Duration) -> u64 {
        self.lone.questions_in(span)
    }

    fn trace(&self, ask: &Ask) -> Result<Answer, String> {
        self.lone.trace(ask)
    }

    fn scenario(&self) -> Option<Scenario> {
        self.lone.scenario()
    }

    fn own(&mut self, name: &str, words: &[String]) -> Option<Result<String, Failure>> {
        self.lone.own(name, words)
    }

    fn ask(&mut self, asking: &Asking) -> Result<Told, String> {
        self.lone.ask(asking)
    }

    fn flow_logs(&self, which: Option<&str>) -> String {
        self.lone.flow_logs(which)
    }

    fn connect(&mut self, ask: &Ask, again: bool) -> Result<Answer, String> {
        self.lone.connect(ask, again)
    }
}

fn texts(folder: &str, ending: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut folders: Vec<PathBuf> = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../cli/tests").join(folder)];
    while let Some(folder) = folders.pop() {
        let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|own| own == ending) {
                all.push(std::fs::read_to_string(path).unwrap());
            }
        }
    }
    all
}

/// The calls of the transcripts.
fn transcript() -> Vec<String> {
    let lines = texts("transcripts", "txt").join("\n");
    let calls: Vec<String> = lines.lines().filter_map(|line| line.strip_prefix("> {")).map(|rest| format!("{{{rest}")).collect();
    assert!(!calls.is_empty());
    calls
}

/// The commands of the scripts, and whole scripts now and then.
fn scripts() -> Vec<String> {
    let whole = texts("scripts", "sh");
    let lines = whole.iter().flat_map(|script| script.replace("\\\n", " ").lines().map(str::to_owned).collect::<Vec<_>>());
    let mut all: Vec<String> = lines.filter(|line| !line.trim().is_empty()).collect();
    assert!(!all.is_empty());
    all.extend(whole);
    all
}
