//! The document `.eni.json`: written and read.

use super::extra::{self, Extra};
use super::gather::Gathered;
use super::read::{self, Basis};
use super::report::Notes;
use super::{Report, Scenario, ScenarioError};
use crate::act::MAX_NAME;
use crate::aws::shape::{Form, SHAPES, shorten, write};
use crate::aws::{Epoch, Kind};
use crate::json::{self, FILE_LIMITS, FieldError, Fields};
use crate::words::InputKey;
use eni_core::control::transition::finish;
use eni_core::model::network_acl::MAX_RULE_NUMBER;
use serde_json::{Map, Value};

/// What the member `format` of every document says.
pub const FORMAT: &str = "eni-playground";
/// The version that this playground writes, and the highest that it reads.
pub const VERSION: u64 = 1;

/// Writes a document. What is in flight is brought to its end first, on a copy.
pub fn save(scenario: &Scenario) -> String {
    let mut network = scenario.network.clone();
    finish(&mut network);
    let mut state = Map::new();
    for shape in SHAPES {
        let mut objects = write(&network, scenario.epoch, shape.kind);
        for object in &mut objects {
            shorten(shape.members, Form::Document, object);
            once(object);
        }
        // That the set which every region begins with was deleted must be said, too.
        let none_left = shape.kind == Kind::DhcpOptions && network.dhcp_option_sets().len() == 0;
        if !objects.is_empty() || none_left {
            state.insert(shape.list.to_owned(), Value::Array(objects));
        }
    }
    let mut document = Map::new();
    document.insert("format".to_owned(), FORMAT.into());
    document.insert("version".to_owned(), VERSION.into());
    if !scenario.title.is_empty() {
        document.insert("title".to_owned(), scenario.title.as_str().into());
    }
    document.insert("region".to_owned(), network.region().into());
    document.insert("epoch".to_owned(), scenario.epoch.to_string().into());
    document.insert("seed".to_owned(), scenario.seed.into());
    document.insert("playground".to_owned(), extra::write(scenario, &network));
    document.insert("state".to_owned(), Value::Object(state));
    Value::Object(document).to_string()
}

/// Takes out what stands elsewhere or is always so: the address of an Elastic IP at its ENI, the closing denies, empty lists.
fn once(value: &mut Value) {
    if let Some(addresses) = value.get_mut("PrivateIpAddresses").and_then(Value::as_array_mut) {
        for association in addresses.iter_mut().filter_map(|address| address.get_mut("Association")?.as_object_mut()) {
            if association.contains_key("AllocationId") {
                association.retain(|name, _| name == "AllocationId" || name == "AssociationId");
            }
        }
    }
    if let Some(entries) = value.get_mut("Entries").and_then(Value::as_array_mut) {
        entries.retain(|entry| entry.get("RuleNumber").and_then(Value::as_u64).is_none_or(|n| n <= u64::from(MAX_RULE_NUMBER)));
    }
    drop_empty(value);
}

fn drop_empty(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.values_mut().for_each(drop_empty);
            // Without a token is not the same as with one that was made up.
            members.retain(|name, value| !is_empty(value) || name == "Value" || name == "ClientToken");
        }
        Value::Array(values) => values.iter_mut().for_each(drop_empty),
        _ => {}
    }
}

fn is_empty(value: &Value) -> bool {
    value.as_array().is_some_and(Vec::is_empty) || value.as_str() == Some("")
}

/// Reads a document of at most 64 MB.
///
/// # Errors
/// Says which limit was passed, which member is wrong, where two places disagree, or why the network cannot exist.
pub fn load(bytes: &[u8]) -> Result<(Scenario, Report), ScenarioError> {
    let value = json::parse(bytes, FILE_LIMITS).map_err(|problem| ScenarioError::Text(problem.saying()))?;
    read_document(&value)
}

/// Reads a document that was parsed.
pub(super) fn read_document(value: &Value) -> Result<(Scenario, Report), ScenarioError> {
    if value.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return Err(ScenarioError::NotADocument);
    }
    let mut fields = Fields::of("", value)?;
    let version = fields.number("version", u64::MAX)?;
    if version > VERSION {
        return Err(ScenarioError::Newer { found: version });
    }
    if version == 0 {
        return Err(FieldError::new("version", InputKey::VersionZero).into());
    }
    let mut notes = Notes::default();
    let mut gathered = Gathered::default();
    match fields.optional("state") {
        Some(Value::Object(state)) => {
            state.iter().try_for_each(|(name, value)| gathered.add_member("state", name, value, &mut notes))?;
        }
        Some(_) => return Err(FieldError::new("state", InputKey::ExpectedObject).into()),
        None => {}
    }
    let nothing = Value::Object(Map::new());
    let basis = Basis {
        strict: true,
        title: fields.optional_text("title", MAX_NAME)?.unwrap_or_default().to_owned(),
        region: read_region(&mut fields)?,
        epoch: fields.optional_parsed::<Epoch>("epoch")?.unwrap_or_default(),
        seed: fields.optional_number("seed", u64::MAX)?.unwrap_or(0),
        extra: Extra::read(fields.optional("playground").unwrap_or(&nothing))?,
    };
    let scenario = read::scenario(&gathered, &basis, &mut notes)?;
    Ok((scenario, notes.report()))
}

fn read_region(fields: &mut Fields<'_>) -> Result<String, FieldError> {
    let region = fields.optional_text("region", 32)?.unwrap_or("us-east-1");
    let plain = !region.is_empty() && region.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
    if plain { Ok(region.to_owned()) } else { Err(FieldError::new("region", InputKey::ExpectedRegion)) }
}
