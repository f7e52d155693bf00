//! Import: reads files one after the other and has the network made of what they hold.

use super::document::read_document;
use super::entries::{self, ENTRIES, Told};
use super::gather::{Found, Gathered, INSTANCE_ATTRIBUTES};
use super::intake::{Intake, shown_name};
use super::records::{self, RECORDS, Records};
use super::report::Notes;
use super::{Report, Scenario, ScenarioError};
use super::{moments, otherwise, read, region, transit};
use crate::json::{self, FILE_LIMITS, JsonError};
use crate::words::InputKey;
use serde_json::Value;

/// What has come so far.
#[derive(Default)]
struct Coming {
    gathered: Gathered,
    /// Entries of prefix lists that are not with their lists yet.
    entries: Vec<Told>,
    /// Record sets that are not with their zones yet.
    records: Vec<Records>,
    /// What other calls than their own tell of transit gateways.
    transit: transit::Told,
}

impl Coming {
    /// Takes a file in.
    fn file(&mut self, (path, file): (&str, &str), value: &Value, notes: &mut Notes) -> Result<(), ScenarioError> {
        let Value::Object(members) = value else {
            notes.not_read(file.to_owned(), InputKey::HoldsNoObject);
            return Ok(());
        };
        let told = Told::read(file, path, members);
        let records = Records::read(file, path, members);
        let mut passed = vec![];
        if told.is_some() {
            passed.push(ENTRIES);
        }
        if records.is_some() {
            passed.push(RECORDS);
        }
        passed.extend(self.transit.read(file, path, members));
        if let Some(zone) = records::zone_with_vpcs(members) {
            self.gathered.add_member(file, "HostedZones", &Value::Array(vec![zone]), notes)?;
            passed.extend(["HostedZone", "VPCs"]);
        }
        if members.contains_key("VpcId") && (members.contains_key("EnableDnsSupport") || members.contains_key("EnableDnsHostnames")) {
            let place = format!("the VPC attribute in {file}");
            self.gathered.vpc_attributes.push(Found { file: file.to_owned(), place, launch: None, value: value.clone() });
            return Ok(());
        }
        if members.contains_key("InstanceId") && INSTANCE_ATTRIBUTES.iter().any(|name| members.contains_key(*name)) {
            let place = format!("the instance attribute in {file}");
            self.gathered.instance_attributes.push(Found { file: file.to_owned(), place, launch: None, value: value.clone() });
            return Ok(());
        }
        self.gathered.count_more(told.as_ref().map_or(0, Told::count) + records.as_ref().map_or(0, Records::count))?;
        self.entries.extend(told);
        self.records.extend(records);
        members
            .iter()
            .filter(|(name, _)| !passed.contains(&name.as_str()))
            .try_for_each(|(name, value)| self.gathered.add_member(file, name, value, notes))
    }
}

/// Reads any number of describe outputs, given as names and contents. One saved document by itself is read as such.
///
/// # Errors
/// Says which limit was passed, which file is no JSON, where two places disagree, or why the network cannot exist.
pub fn import(files: &[(String, Vec<u8>)]) -> Result<(Scenario, Report), ScenarioError> {
    open(&Intake::of(files.to_vec()))
}

/// Reads what has come in. The world bears the name of the document, or of the file or folder.
///
/// # Errors
/// As for [`import`].
pub fn open(intake: &Intake) -> Result<(Scenario, Report), ScenarioError> {
    let files = intake.files()?;
    let mut notes = Notes::default();
    notes.all_not_read(intake.skipped());
    let mut coming = Coming::default();
    let mut document = None;
    for (name, bytes) in files {
        let file = shown_name(name);
        let Some(values) = values_of((name, &file), bytes, files.len() == 1, &mut notes)? else { continue };
        if let Some(value) = values.iter().find(|value| value.get("format").and_then(Value::as_str) == Some(super::FORMAT)) {
            if files.len() > 1 || values.len() > 1 {
                notes.not_read(file.clone(), InputKey::IsDocument);
                document = Some(file);
                continue;
            }
            let (scenario, report) = read_document(value)?;
            return region::is_of(&scenario, intake.region()).map(|()| (named(scenario, intake), report));
        }
        for value in values.iter().flat_map(outputs) {
            coming.file((name, &file), value, &mut notes)?;
        }
    }
    if coming.gathered.seen.is_empty() {
        if let Some(file) = document {
            return Err(ScenarioError::DocumentAmongFiles(file));
        }
        return Err(ScenarioError::Nothing(notes.files_not_read().to_vec()));
    }
    let Coming { mut gathered, entries, records, transit } = coming;
    entries::hand_out(&mut gathered, entries, &mut notes);
    records::hand_out(&mut gathered, records, &mut notes);
    transit::hand_out(&mut gathered, transit, &mut notes);
    let region = region::choose(&mut gathered, intake.region(), &mut notes)?;
    let epoch = moments::beginning(&gathered);
    let scenario = read::scenario(&gathered, &read::Basis { region, epoch, ..read::Basis::default() }, &mut notes)?;
    otherwise::tell(&gathered, &scenario, &mut notes);
    Ok((named(scenario, intake), notes.report()))
}

/// What a file holds. Of several files, one that cannot be read is listed and the others are read.
fn values_of((name, file): (&str, &str), bytes: &[u8], alone: bool, notes: &mut Notes) -> Result<Option<Vec<Value>>, ScenarioError> {
    if !alone && !name.to_ascii_lowercase().ends_with(".json") {
        notes.not_read(file.to_owned(), InputKey::OtherEnding);
        return Ok(None);
    }
    let why = match json::parse_all(bytes, FILE_LIMITS) {
        Ok(values) => return Ok(Some(values)),
        Err(problem) if alone => return Err(ScenarioError::File { file: file.to_owned(), problem: problem.saying() }),
        // What a command that failed leaves behind.
        Err(JsonError::Empty) => InputKey::EmptyFile.into(),
        Err(problem) => problem.saying(),
    };
    notes.not_read(file.to_owned(), why);
    Ok(None)
}

/// The outputs in a value: itself, or those of a list of them.
fn outputs(value: &Value) -> &[Value] {
    match value {
        Value::Array(values) if values.iter().all(Value::is_object) && !values.is_empty() => values,
        value => std::slice::from_ref(value),
    }
}

/// The world with a name, if it has none of its own.
fn named(mut scenario: Scenario, intake: &Intake) -> Scenario {
    if scenario.title.is_empty() {
        scenario.title = intake.title().to_owned();
    }
    scenario
}
