//! The option grammar of the AWS command line, by the one table of actions: words in, a call out.

use super::paging::{Paging, has_pages};
use super::sugar::{self, Given, Takes};
use super::usage::{self, BAD_USAGE, shown};
use super::waiter::{WAITERS, Waiter};
use super::{Failure, kinds, said, shorthand};
use crate::aws::{Action, Member, Presence, SERVICES, ServiceTable, Wire, action, kebab, service_named};
use crate::json::{self, LINE_LIMITS};
use serde_json::{Map, Number, Value};

/// How an answer is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JSON, over several lines.
    Json,
    /// Values with tabs between them.
    Text,
    /// Boxes of lines and bars.
    Table,
    /// YAML.
    Yaml,
    /// YAML, each page of an answer an element of a list.
    YamlStream,
}

impl Format {
    /// The format of this name.
    pub fn named(name: &str) -> Option<Format> {
        match name {
            "json" => Some(Format::Json),
            "text" => Some(Format::Text),
            "table" => Some(Format::Table),
            "yaml" => Some(Format::Yaml),
            "yaml-stream" => Some(Format::YamlStream),
            _ => None,
        }
    }
}

/// What is common to all commands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Common {
    /// `--output`.
    pub output: Option<Format>,
    /// `--query`.
    pub query: Option<String>,
    /// `--region`.
    pub region: Option<String>,
    /// The file that a call writes its payload to.
    pub outfile: Option<String>,
    /// `--max-items`, `--page-size`, `--starting-token`, `--no-paginate`.
    pub paging: Paging,
}

/// A line that was read.
#[derive(Debug)]
pub enum Asked {
    /// A call of the service.
    Call {
        /// Of which service.
        service: &'static ServiceTable,
        /// Which.
        action: &'static Action,
        /// With these parameters.
        parameters: Map<String, Value>,
        /// And what is common to all commands.
        common: Common,
    },
    /// `aws ec2 wait …`.
    Wait {
        /// For what.
        waiter: &'static Waiter,
        /// With these parameters of its call.
        parameters: Map<String, Value>,
        /// And what is common to all commands.
        common: Common,
    },
    /// `--generate-cli-skeleton`.
    Skeleton(&'static Action),
    /// `aws help`, `aws ec2 help`, `aws ec2 COMMAND help`.
    Help(Help),
    /// `aws --version`.
    Version,
}

/// What help is wanted about.
#[derive(Clone, Copy, Debug)]
pub enum Help {
    /// The services.
    Services,
    /// The commands of one.
    Commands(&'static ServiceTable),
    /// One command.
    Command(&'static ServiceTable, &'static Action),
    /// What can be waited for.
    Waiters,
    /// One of it.
    Waiter(&'static Waiter, &'static Action),
}

/// Options of all commands that take a word and change nothing here.
const IDLE: [&str; 7] = ["cli-binary-format", "profile", "endpoint-url", "color", "ca-bundle", "cli-read-timeout", "cli-connect-timeout"];
/// Options of all commands that take none. But for `--no-paginate` they change nothing here.
const FLAGS: [&str; 5] = ["no-cli-pager", "debug", "no-paginate", "no-verify-ssl", "no-sign-request"];
/// Options of all commands that change something.
const COMMON: [&str; 3] = ["output", "query", "region"];
/// Options of all commands of a service.
const OF_COMMANDS: [&str; 3] = ["cli-input-json", "cli-input-yaml", "generate-cli-skeleton"];
/// Options of commands whose answers have pages.
const OF_PAGES: [&str; 3] = ["max-items", "page-size", "starting-token"];

/// The option whose name begins so, if there is one; of several none is meant, unless one has just this name.
fn whole(name: &str, own: impl Iterator<Item = String>) -> Result<String, Failure> {
    let common = COMMON.into_iter().chain(IDLE).chain(FLAGS).map(str::to_owned);
    let mut matches: Vec<String> = Vec::new();
    for known in own.chain(common).filter(|known| known.starts_with(name)) {
        if !matches.contains(&known) {
            matches.push(known);
        }
    }
    match matches.as_slice() {
        [only] => Ok(only.clone()),
        _ if name.is_empty() || matches.is_empty() || matches.iter().any(|known| known == name) => Ok(name.to_owned()),
        _ => Err(usage::ambiguous(name, &matches)),
    }
}

/// The options of an action, and those that it has as all others do.
fn names(action: &'static Action) -> impl Iterator<Item = String> {
    let pages = OF_PAGES.into_iter().filter(|_| has_pages(action));
    options(action).map(|(name, _)| name).chain(OF_COMMANDS.into_iter().chain(pages).map(str::to_owned))
}

/// An option's name, and the value that stands behind `=`.
fn split(option: &str) -> (&str, Option<&str>) {
    option.split_once('=').map_or((option, None), |(name, value)| (name, Some(value)))
}

/// Reads the words after `aws`.
///
/// # Errors
/// What the AWS command line says of them, with its exit code.
pub fn read(words: &[String]) -> Result<Asked, Failure> {
    if words.iter().any(|word| word == "--version") {
        return Ok(Asked::Version);
    }
    let mut reader = Reader { words, at: 0, common: Common::default(), unknown: Vec::new() };
    let name = reader.command()?.ok_or_else(|| usage::required(&["command".to_owned()]))?;
    if name == "help" {
        return Ok(Asked::Help(Help::Services));
    }
    let service = service_named(&name).ok_or_else(|| {
        let known = SERVICES.iter().map(|service| service.name).chain(["help"]);
        usage::choice("command", &name, &known.map(str::to_owned).collect::<Vec<String>>())
    })?;
    let command = reader.command()?.ok_or_else(|| usage::required(&["operation".to_owned()]))?;
    if command == "help" {
        return Ok(Asked::Help(Help::Commands(service)));
    }
    if command == "wait" && service.name == "ec2" {
        return reader.waiting(service);
    }
    let action = service.commands().find(|action| kebab(action.name) == command);
    let action = action.ok_or_else(|| usage::no_command(service, &command))?;
    reader.call(service, action)
}

/// What an option of an action is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Meaning {
    /// A member of the request.
    Member(&'static Member),
    /// A member of the request, set to this.
    Set(&'static Member, bool),
    /// An option of the command line alone.
    Sugar(&'static str, Takes),
    /// The opposite of one.
    NoSugar(&'static str),
}

/// The options of an action with what they mean, in the order of the table.
pub(super) fn options(action: &'static Action) -> impl Iterator<Item = (String, Meaning)> {
    let sugar = sugar::of(action.name);
    let own = sugar.iter().flat_map(|(name, takes, _)| {
        let opposite = (*takes == Takes::Flag).then(|| (format!("no-{name}"), Meaning::NoSugar(name)));
        [Some(((*name).to_owned(), Meaning::Sugar(name, *takes))), opposite].into_iter().flatten()
    });
    let members = action.members.iter().filter(|member| !sugar::hides(action.name, member.name)).flat_map(|member| {
        let name = kebab(member.name);
        let pair = match member.wire {
            Wire::Switch(on, off) => {
                [Some((on.to_owned(), Meaning::Set(member, true))), Some((off.to_owned(), Meaning::Set(member, false)))]
            }
            Wire::Boolean => [Some((name.clone(), Meaning::Set(member, true))), Some((format!("no-{name}"), Meaning::Set(member, false)))],
            Wire::Wrapped(Wire::Boolean) => {
                [Some((name.clone(), Meaning::Member(member))), Some((format!("no-{name}"), Meaning::Set(member, false)))]
            }
            _ => [Some((name, Meaning::Member(member))), None],
        };
        pair.into_iter().flatten()
    });
    own.chain(members)
}

/// Whether a word is an option and not a value: numbers and texts with blanks, but behind a `=`, are values.
fn is_option(word: &str) -> bool {
    let rest = word.strip_prefix('-').unwrap_or_default();
    let is_number = rest.bytes().any(|byte| byte.is_ascii_digit()) && rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let name = if word.starts_with("--") { split(word).0 } else { word };
    !rest.is_empty() && !is_number && !name.contains([' ', '\t', '\n'])
}

struct Reader<'a> {
    words: &'a [String],
    at: usize,
    common: Common,
    unknown: Vec<String>,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<&'a String> {
        let word = self.words.get(self.at)?;
        self.at += 1;
        Some(word)
    }

    /// The next word, if it is a value.
    fn value(&mut self) -> Option<String> {
        let word = self.words.get(self.at).filter(|word| !is_option(word))?;
        self.at += 1;
        Some(word.clone())
    }

    /// The value that stands behind `=`, or else the next word.
    fn one(&mut self, option: &str, joined: Option<&str>) -> Result<String, Failure> {
        joined.map(str::to_owned).or_else(|| self.value()).ok_or_else(|| usage::expected_one(option))
    }

    /// The name of a command; options of all commands may stand before it.
    fn command(&mut self) -> Result<Option<String>, Failure> {
        while let Some(word) = self.next() {
            match word.strip_prefix("--").filter(|_| is_option(word)) {
                Some(option) if self.common(&whole(split(option).0, std::iter::empty())?, split(option).1)? => {}
                Some(_) => self.unknown.push(word.clone()),
                None => return Ok(Some(word.clone())),
            }
        }
        if self.unknown.is_empty() { Ok(None) } else { Err(usage::unknown(&self.unknown)) }
    }

    /// Takes an option of all commands, if it is one.
    fn common(&mut self, name: &str, joined: Option<&str>) -> Result<bool, Failure> {
        match name {
            "output" => {
                let format = self.one(name, joined)?;
                let choices = ["json", "text", "table", "yaml", "yaml-stream"].map(str::to_owned);
                self.common.output = Some(Format::named(&format).ok_or_else(|| usage::choice("--output", &format, &choices))?);
            }
            "query" => self.common.query = Some(self.one(name, joined)?),
            "region" => self.common.region = Some(self.one(name, joined)?),
            "no-paginate" => self.common.paging.by_hand = true,
            _ if IDLE.contains(&name) => {
                self.one(name, joined)?;
            }
            _ => return Ok(FLAGS.contains(&name)),
        }
        Ok(true)
    }

    /// The name of a waiter, and the options of its call.
    fn waiting(mut self, service: &'static ServiceTable) -> Result<Asked, Failure> {
        let name = self.command()?.ok_or_else(|| usage::required(&["waiter".to_owned()]))?;
        if name == "help" {
            return Ok(Asked::Help(Help::Waiters));
        }
        let waiter = WAITERS.iter().find(|waiter| waiter.name == name);
        let action = waiter.and_then(|waiter| action(service.name, waiter.action));
        let (Some(waiter), Some(action)) = (waiter, action) else {
            let known: Vec<String> = WAITERS.iter().map(|waiter| waiter.name.to_owned()).collect();
            return Err(usage::choice("operation", &name, &known));
        };
        Ok(match self.call(service, action)? {
            Asked::Call { parameters, common, .. } => Asked::Wait { waiter, parameters, common },
            Asked::Help(_) => Asked::Help(Help::Waiter(waiter, action)),
            other => other,
        })
    }

    /// The options of a command.
    fn call(mut self, service: &'static ServiceTable, action: &'static Action) -> Result<Asked, Failure> {
        let mut request = Map::new();
        let mut skeleton = None;
        let (mut given, mut template, mut set): (Given, Option<String>, Vec<(&str, bool)>) = (Vec::new(), None, Vec::new());
        while let Some(word) = self.next() {
            let Some(option) = word.strip_prefix("--").filter(|_| is_option(word)) else {
                if word == "help" {
                    return Ok(Asked::Help(Help::Command(service, action)));
                }
                match sugar::positional(action.name) {
                    Some((member, _)) if !request.contains_key(member) => drop(request.insert(member.to_owned(), word.as_str().into())),
                    _ => self.unknown.push(word.clone()),
                }
                continue;
            };
            let (name, joined) = split(option);
            let name = whole(name, names(action))?;
            let name = name.as_str();
            match options(action).find(|(known, _)| known == name) {
                Some((_, Meaning::Set(member, on))) => {
                    if set.contains(&(member.name, !on)) {
                        return Err(both(action, member));
                    }
                    set.push((member.name, on));
                    let wrapped = matches!(member.wire, Wire::Wrapped(_));
                    request.insert(member.name.to_owned(), if wrapped { serde_json::json!({"Value": on}) } else { on.into() });
                }
                Some((_, Meaning::Member(member))) => {
                    let words = self.take(name, joined, takes(member.wire))?;
                    if matches!(member.wire, Wire::Wrapped(Wire::Boolean)) {
                        if set.contains(&(member.name, false)) {
                            return Err(both(action, member));
                        }
                        set.push((member.name, true));
                    }
                    request.insert(member.name.to_owned(), self.member(name, member.wire, &words)?);
                }
                Some((_, Meaning::Sugar(name, Takes::Flag))) => given.push((name, vec!["true".to_owned()])),
                Some((_, Meaning::NoSugar(name))) => given.push((name, vec!["false".to_owned()])),
                Some((_, Meaning::Sugar(name, how))) => given.push((name, self.take(name, joined, how)?)),
                None if name == "cli-input-json" => template = Some(self.one(name, joined)?),
                None if name == "cli-input-yaml" => return Err(usage::plain(said::NO_YAML_INPUT)),
                None if has_pages(action) && OF_PAGES.contains(&name) => {
                    let value = self.one(name, joined)?;
                    self.common.paging.take(name, &value)?;
                }
                None if name == "generate-cli-skeleton" => {
                    skeleton = joined.map(str::to_owned).or_else(|| self.value()).or_else(|| Some("input".to_owned()));
                }
                None if self.common(name, joined)? => {}
                None => self.unknown.push(word.clone()),
            }
        }
        match skeleton {
            Some(kind) if matches!(kind.as_str(), "output" | "yaml-input") => return Err(usage::plain(&said::no_skeleton(&kind))),
            Some(kind) if kind != "input" => {
                let kinds = ["input", "output", "yaml-input"].map(str::to_owned);
                return Err(usage::choice("--generate-cli-skeleton", &kind, &kinds));
            }
            Some(_) => return Ok(Asked::Skeleton(action)),
            None => {}
        }
        self.finish((service, action), request, &given, template.as_deref())
    }

    fn finish(
        mut self,
        (service, action): (&'static ServiceTable, &'static Action),
        mut request: Map<String, Value>,
        given: &Given,
        template: Option<&str>,
    ) -> Result<Asked, Failure> {
        let missing = |member: &&Member| {
            let is_given = request.contains_key(member.name) || stands_in(member.name).is_some_and(|other| request.contains_key(other));
            member.presence == Presence::Required && !is_given && !sugar::hides(action.name, member.name)
        };
        let mut missing: Vec<String> = action.members.iter().filter(missing).map(option_name).collect();
        missing
            .extend(sugar::positional(action.name).filter(|(member, _)| !request.contains_key(*member)).map(|(_, name)| name.to_owned()));
        if !missing.is_empty() && template.is_none() {
            return Err(usage::required(&missing));
        }
        if !self.unknown.is_empty() {
            return Err(usage::unknown(&self.unknown));
        }
        if let Some(text) = template {
            let Value::Object(members) = parse_json("cli-input-json", text)? else {
                return Err(usage::plain(&format!("Invalid type: expecting map, received {}", shown(text))));
            };
            for (name, value) in members {
                request.entry(name).or_insert(value);
            }
        }
        sugar::apply(action.name, given, &mut request)?;
        if let Some(Value::String(file)) = request.remove(sugar::OUTFILE) {
            self.common.outfile = Some(file);
        }
        let request = checked(action.members, request)?;
        if has_pages(action) {
            self.common.paging.for_request(&request)?;
        }
        Ok(Asked::Call { service, action, parameters: request, common: self.common })
    }

    fn take(&mut self, option: &str, joined: Option<&str>, how: Takes) -> Result<Vec<String>, Failure> {
        Ok(match how {
            Takes::One => vec![self.one(option, joined)?],
            Takes::Flag => joined.map(str::to_owned).or_else(|| self.value()).into_iter().collect(),
            Takes::Many => {
                let mut words: Vec<String> = joined.map(str::to_owned).into_iter().collect();
                while let Some(word) = self.value() {
                    words.push(word);
                }
                words
            }
        })
    }

    /// The value of a member from the words of its option.
    fn member(&self, option: &str, wire: Wire, words: &[String]) -> Result<Value, Failure> {
        // The first word says whether all of them are JSON.
        let is_json = words.first().is_some_and(|word| word.trim_start().starts_with(['{', '[']));
        match (wire, words) {
            (Wire::List(_), [all]) if all.trim_start().starts_with('[') => parse_json(option, all),
            (Wire::List(element), words) => {
                let values: Result<Vec<Value>, Failure> = words.iter().map(|word| read_value(option, *element, word, is_json)).collect();
                Ok(values?.into())
            }
            (Wire::Wrapped(Wire::Boolean), []) => Ok(serde_json::json!({"Value": true})),
            (wire, [word, ..]) => read_value(option, wire, word, is_json),
            (_, []) => Err(usage::expected_one(option)),
        }
    }
}

/// A request whose members are known, through all levels, and of the kinds that the table has.
fn checked(table: &'static [Member], request: Map<String, Value>) -> Result<Map<String, Value>, Failure> {
    let (request, mut faults) = (Value::Object(request), Vec::new());
    kinds::check(Wire::Struct(table), &request, "", &mut faults);
    match request {
        Value::Object(request) if faults.is_empty() => Ok(request),
        _ => Err(usage::validation(&faults.join("\n"))),
    }
}

/// The member that may stand in the place of one that must be there: a group of the default VPC may be named.
fn stands_in(member: &str) -> Option<&'static str> {
    (member == "GroupId").then_some("GroupName")
}

/// The option that sets a member, with its dashes.
fn option_name(member: &Member) -> String {
    match member.wire {
        Wire::Switch(on, off) => format!("--{on} | --{off}"),
        _ => format!("--{}", kebab(member.name)),
    }
}

fn takes(wire: Wire) -> Takes {
    match wire {
        Wire::List(_) => Takes::Many,
        Wire::Wrapped(Wire::Boolean) => Takes::Flag,
        _ => Takes::One,
    }
}

fn both(action: &'static Action, member: &Member) -> Failure {
    let mut names = options(action).filter_map(|(name, meaning)| match meaning {
        Meaning::Set(other, _) | Meaning::Member(other) if other.name == member.name => Some(name),
        _ => None,
    });
    let (on, off) = (names.next().unwrap_or_default(), names.next().unwrap_or_default());
    let text = format!("\nCannot specify both the \"--{on}\" option and the \"--{off}\" option.\n");
    Failure { exit: BAD_USAGE, text }
}

fn parse_json(option: &str, text: &str) -> Result<Value, Failure> {
    json::parse(text.as_bytes(), LINE_LIMITS)
        .map_err(|error| usage::parsing(option, &format!("Invalid JSON: {error}\nJSON received: {}", shown(text))))
}

/// One word as a value.
fn read_value(option: &str, wire: Wire, word: &str, is_json: bool) -> Result<Value, Failure> {
    match wire {
        Wire::Struct(_) | Wire::Wrapped(_) if is_json && word.trim_start().starts_with('{') => parse_json(option, word),
        Wire::Struct(_) | Wire::Wrapped(_) if is_json => Err(usage::parsing(option, &format!("Invalid JSON:\n{}", shown(word)))),
        // Only an object whose one member is a text has a short form of its own.
        Wire::Wrapped(inner) if is_text(*inner) && !word.contains('=') => Ok(serde_json::json!({"Value": word})),
        Wire::Struct(_) | Wire::Wrapped(_) => {
            let members = shorthand::read(word).map_err(|why| usage::parsing(option, &why))?;
            convert(wire, members.into())
        }
        wire => convert(wire, Value::String(word.to_owned())),
    }
}

fn is_text(wire: Wire) -> bool {
    !matches!(wire, Wire::Boolean | Wire::Switch(..) | Wire::Integer | Wire::Between(..) | Wire::Number | Wire::List(_) | Wire::Struct(_))
}

/// Makes of texts what the table says that they are. What does not fit stays as it is: the service refuses it.
fn convert(wire: Wire, value: Value) -> Result<Value, Failure> {
    Ok(match (wire, value) {
        (Wire::Integer | Wire::Between(..), Value::String(text)) => {
            text.trim().parse::<i64>().map(Value::from).map_err(|_| sugar::not_a_number(&text))?
        }
        (Wire::Number, Value::String(text)) => text.trim().parse::<Number>().map(Value::from).map_err(|_| sugar::not_a_number(&text))?,
        (Wire::Boolean | Wire::Switch(..), Value::String(text)) => match text.to_ascii_lowercase().as_str() {
            "true" => true.into(),
            "false" => false.into(),
            _ => text.into(),
        },
        (Wire::List(element), Value::Array(values)) => {
            let values: Result<Vec<Value>, Failure> = values.into_iter().map(|value| convert(*element, value)).collect();
            values?.into()
        }
        // A single value where a list belongs is a list of one.
        (Wire::List(element), value) => vec![convert(*element, value)?].into(),
        (Wire::Struct(table), Value::Object(members)) => {
            let mut object = Map::new();
            for (name, value) in members {
                let wire = table.iter().find(|member| member.name == name).map_or(Wire::Text, |member| member.wire);
                object.insert(name, convert(wire, value)?);
            }
            object.into()
        }
        (Wire::Wrapped(inner), Value::Object(members)) => {
            let mut object = Map::new();
            for (name, value) in members {
                object.insert(name, convert(*inner, value)?);
            }
            object.into()
        }
        (_, value) => value,
    })
}
