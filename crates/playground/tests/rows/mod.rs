//! Rows of lines in text files, each played in a region of its own after the lines of `data/refusals/00-prologue.txt`.
//!
//! A row begins with `== title`. `! LINE` must be refused with the line below it (`*` for a message that AWS does not publish), `? LINE` must
//! print the line below it (` / ` between its lines), any other line must be accepted. What a row needs beside lines:
//!
//! - `@quota NAME NUMBER`: a quota of the document; - `@slow`: from here on nothing settles; - `@tags NUMBER`: `$TAGS`, so many of them;
//! - `@service`: `$SERVICE`, `$SERVICEATTACHMENT`, `$SERVICEEIP`: what a load balancer made for itself;
//! - `@not-yet FAMILY`: the playground cannot do this yet; as soon as it can, the test fails until this line goes;
//! - `@never REASON`, `@elsewhere TEST`: rows that no line can produce here;
//! - `@options NAMES`: what `aws ec2 COMMAND help` must list; `@options-not-yet NAMES`: what it does not list yet.
#![allow(dead_code, reason = "each test binary uses its own part")]

use eni_core::time::{Duration, Instant};
use eni_playground::account::Account;
use eni_playground::aws::{ApiError, Epoch};
use eni_playground::scenario::{Scenario, Scene, load, save};
use eni_playground::shell::{Host, Shell, Stream};
use eni_playground::trace::{Answer, Ask};
use serde_json::{Map, Value, json};

/// What stands in the region before each row.
const PROLOGUE: &str = include_str!("../data/refusals/00-prologue.txt");

/// A region that settles after each call, or does not.
pub struct Region {
    account: Account,
    slow: bool,
}

impl Host for Region {
    fn region(&self) -> &str {
        self.account.network().region()
    }

    fn call(&mut self, service: &str, action: &str, parameters: &Map<String, Value>) -> Result<Value, ApiError> {
        let answer = self.account.call(service, action, parameters);
        if !self.slow {
            self.account.settle();
        }
        answer
    }

    fn wait(&mut self, span: Duration) {
        self.account.wait(span);
    }

    fn trace(&self, _: &Ask) -> Result<Answer, String> {
        Err("no row asks".to_owned())
    }
}

/// A region and a shell in front of it.
pub struct Scenery {
    region: Region,
    shell: Shell,
}

impl Scenery {
    pub fn new() -> Scenery {
        let account = Account::fresh("us-east-1").unwrap();
        let mut scenery = Scenery { region: Region { account, slow: false }, shell: Shell::new() };
        let printed = scenery.run(PROLOGUE).1;
        assert_eq!(printed, "", "the prologue is accepted");
        scenery
    }

    /// What a line prints on standard output and on standard error.
    pub fn run(&mut self, line: &str) -> (String, String) {
        let (mut out, mut err) = (String::new(), String::new());
        for (stream, text) in self.shell.run(&mut self.region, line) {
            match stream {
                Stream::Out => out.push_str(&text),
                Stream::Err => err.push_str(&text),
            }
        }
        (out, err)
    }

    /// The code and message of what refuses a line, or a call written as JSON; else what it prints.
    fn refusal(&mut self, act: &str) -> String {
        if act.starts_with('{') {
            let call: Value = serde_json::from_str(&self.expand(act)).unwrap();
            let parameters = call["Parameters"].as_object().unwrap();
            let answer = self.region.call("ec2", call["Action"].as_str().unwrap(), parameters);
            return answer.map_or_else(|error| error.to_string(), |answer| answer.to_string());
        }
        let (out, err) = self.run(act);
        let refused = err.split_once("An error occurred (").and_then(|(_, error)| {
            let (code, rest) = error.split_once(')')?;
            Some(format!("{code}: {}", rest.split_once(" operation: ")?.1.trim_end()))
        });
        refused.unwrap_or_else(|| format!("{out}{err}"))
    }

    /// A text with `$NAME`s replaced by what the shell knows of them.
    fn expand(&mut self, text: &str) -> String {
        let mut expanded = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('$') {
            let length = after.find(|letter: char| !letter.is_ascii_uppercase() && !letter.is_ascii_digit()).unwrap_or(after.len());
            let (name, later) = after.split_at(length);
            expanded.push_str(before);
            match name {
                "" => expanded.push('$'),
                name => expanded.push_str(self.run(&format!("echo ${name}")).0.trim_end()),
            }
            rest = later;
        }
        expanded + rest
    }

    /// The region after its document was changed.
    fn edit(&mut self, change: impl FnOnce(&mut Value)) {
        let account = &self.region.account;
        let scenario = Scenario {
            title: String::new(),
            network: account.network().clone(),
            epoch: account.epoch(),
            clock: account.now(),
            seed: 0,
            scene: Scene::default(),
        };
        let mut document: Value = serde_json::from_str(&save(&scenario)).unwrap();
        change(&mut document);
        let loaded = load(document.to_string().as_bytes()).unwrap().0;
        self.region.account = Account::holding(loaded.network, loaded.clock, loaded.epoch);
    }

    fn directive(&mut self, words: &str) {
        let words: Vec<&str> = words.split(' ').collect();
        match words.as_slice() {
            ["quota", name, number] => {
                let number: u64 = number.parse().unwrap();
                self.edit(|document| document["playground"]["quotas"][*name] = number.into());
            }
            ["slow"] => self.region.slow = true,
            ["tags", number] => {
                let tags: Vec<String> = (0..number.parse::<usize>().unwrap()).map(|n| format!("Key=k{n},Value=v")).collect();
                self.run(&format!("TAGS=\"{}\"", tags.join(" ")));
            }
            ["service"] => self.service(),
            other => panic!("no directive: {other:?}"),
        }
    }

    /// A load balancer's interface in the first subnet, with an Elastic IP, both its own.
    fn service(&mut self) {
        let (subnet, group) = (self.expand("$A"), self.expand("$SG"));
        let (eni, eip) = ("eni-0aaaaaaaaaaaaaaa1", "eipalloc-0aaaaaaaaaaaaaaa1");
        let attachment = "ela-attach-0aaaaaaaaaaaaaaa1";
        self.edit(|document| {
            let interface = json!({
                "NetworkInterfaceId": eni, "SubnetId": subnet, "InterfaceType": "network_load_balancer", "MacAddress": "02:00:00:aa:00:01",
                "Description": "ELB net/front", "Groups": [{"GroupId": group}], "RequesterId": "amazon-elb", "RequesterManaged": true,
                "SourceDestCheck": false, "Attachment": {"AttachmentId": attachment, "DeviceIndex": 1, "DeleteOnTermination": false},
                "PrivateIpAddresses": [{"Primary": true, "PrivateIpAddress": "10.0.1.200",
                    "Association": {"AllocationId": eip, "AssociationId": "eipassoc-0aaaaaaaaaaaaaaa1"}}],
            });
            let address = json!({"AllocationId": eip, "PublicIp": "203.0.113.200", "ServiceManaged": "nlb"});
            let state = document["state"].as_object_mut().unwrap();
            for (list, entry) in [("NetworkInterfaces", interface), ("Addresses", address)] {
                state.entry(list).or_insert_with(|| json!([])).as_array_mut().unwrap().push(entry);
            }
        });
        self.run(&format!("SERVICE={eni}\nSERVICEATTACHMENT={attachment}\nSERVICEEIP={eip}"));
    }
}

/// A row: its title, whose family it waits for, why no line can produce it, and its lines.
#[derive(Debug)]
pub struct Row {
    pub title: &'static str,
    pub not_yet: Option<&'static str>,
    pub apart: Option<&'static str>,
    pub lines: Vec<&'static str>,
    pub options: Vec<&'static str>,
    pub options_not_yet: Vec<&'static str>,
}

pub fn rows(files: &'static [&'static str]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for line in files.iter().flat_map(|file| file.lines()).filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        if let Some(title) = line.strip_prefix("== ") {
            rows.push(Row { title, not_yet: None, apart: None, lines: Vec::new(), options: Vec::new(), options_not_yet: Vec::new() });
            continue;
        }
        let row = rows.last_mut().unwrap();
        if let Some(family) = line.strip_prefix("@not-yet ") {
            row.not_yet = Some(family);
        } else if let Some(reason) = line.strip_prefix("@never ").or_else(|| line.strip_prefix("@elsewhere ")) {
            row.apart = Some(reason);
        } else if let Some(options) = line.strip_prefix("@options ") {
            row.options.extend(options.split(' '));
        } else if let Some(options) = line.strip_prefix("@options-not-yet ") {
            row.options_not_yet.extend(options.split(' '));
        } else {
            row.lines.push(line);
        }
    }
    rows
}

/// Plays a row; the first line that does otherwise than it should.
pub fn play(row: &Row) -> Result<(), String> {
    let mut scenery = Scenery::new();
    let mut lines = row.lines.iter();
    while let Some(line) = lines.next() {
        let expected = |scenery: &mut Scenery, next: Option<&&str>| scenery.expand(next.unwrap());
        if let Some(words) = line.strip_prefix('@') {
            if let (Some(_), Some(quota)) = (row.not_yet, words.strip_prefix("quota ")) {
                // The family may not have its quota yet, and a document with it would not load.
                if !known_quota(&mut scenery, quota) {
                    return Err(format!("no quota {quota}"));
                }
            }
            scenery.directive(words);
        } else if let Some(act) = line.strip_prefix("! ") {
            let wanted = expected(&mut scenery, lines.next());
            let got = scenery.refusal(act);
            let fits = match wanted.strip_suffix('*') {
                // While a family is waited for, its code alone says that it has come.
                _ if row.not_yet.is_some() => got.split(':').next() == wanted.split(':').next(),
                Some(start) if start.ends_with(": ") => got.starts_with(start),
                _ => got == wanted,
            };
            if !fits {
                return Err(format!("{act}\n     wanted {wanted}\n     got    {got}"));
            }
        } else if let Some(act) = line.strip_prefix("? ") {
            let wanted = expected(&mut scenery, lines.next());
            let got = scenery.run(act).0.trim_end().replace('\n', " / ");
            if got != wanted {
                return Err(format!("{act}\n     wanted {wanted}\n     got    {got}"));
            }
        } else {
            let (_, err) = scenery.run(line);
            if !err.is_empty() {
                return Err(format!("{line}\n     must be accepted: {err}"));
            }
        }
    }
    Ok(())
}

/// Whether a document may have this quota.
fn known_quota(scenery: &mut Scenery, quota: &str) -> bool {
    let account = &scenery.region.account;
    let scenario = Scenario {
        title: String::new(),
        network: account.network().clone(),
        epoch: Epoch::default(),
        clock: Instant::ZERO,
        seed: 0,
        scene: Scene::default(),
    };
    let mut document: Value = serde_json::from_str(&save(&scenario)).unwrap();
    document["playground"]["quotas"][quota.split(' ').next().unwrap()] = 1.into();
    load(document.to_string().as_bytes()).is_ok()
}
