//! What an import has gathered: the objects of describe outputs by the top-level members where they stood, whatever the files are called.

use super::ScenarioError;
use super::report::{Notes, harmless};
use super::unknown::{note_secrets, note_unknown};
use crate::aws::Kind;
use crate::aws::shape::{DERIVED, SHAPES, Shape, shape};
use crate::json::FieldError;
use crate::words::InputKey;
use eni_core::table::{Set, Table};
use serde_json::{Map, Value};

/// How many objects are taken.
const MAX_OBJECTS: usize = 200_000;

/// The longest id that is taken: load balancing has ARNs.
const LONGEST_ID: usize = 256;

/// What replies tell of something without the thing itself: it would be missed.
const TOLD_ALONE: [Kind; 8] = [
    Kind::PrefixListEntries,
    Kind::HostedZone,
    Kind::ResourceRecordSets,
    Kind::Listeners,
    Kind::TargetHealth,
    Kind::TransitGatewayRoutes,
    Kind::TransitGatewayRouteTableAssociations,
    Kind::TransitGatewayRouteTablePropagations,
];
/// What stands beside a list and tells nothing.
const PASSED: [&str; 6] = ["NextToken", "ResponseMetadata", "ServiceNames", "IsTruncated", "MaxItems", "DelegationSet"];

/// An object with the name of the file that it came from.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// The file's name.
    pub(super) file: String,
    /// Where it stands, for messages: `NetworkInterfaces eni-…`.
    pub(super) place: String,
    /// The launch that an instance belongs to.
    pub(super) launch: Option<String>,
    /// The object.
    pub(super) value: Value,
}

/// The attributes of instances that only describe-instance-attribute shows.
pub(super) const INSTANCE_ATTRIBUTES: [&str; 3] = ["DisableApiTermination", "DisableApiStop", "InstanceInitiatedShutdownBehavior"];

/// Objects by kind and id; instances stand under [`Kind::Reservations`] by their own ids.
#[derive(Default)]
pub(super) struct Gathered {
    lists: Table<Kind, Vec<Found>>,
    known: Table<(Kind, String), usize>,
    count: usize,
    /// Tags by resource: key, value and the file that says so.
    pub(super) tags: Table<String, Vec<(String, String, String)>>,
    /// Requests for spot instances, by the instances that were launched for them.
    pub(super) spot_requests: Table<String, Value>,
    /// Attributes of VPCs, from describe-vpc-attribute.
    pub(super) vpc_attributes: Vec<Found>,
    /// Attributes of instances, from describe-instance-attribute.
    pub(super) instance_attributes: Vec<Found>,
    /// The zones of describe-availability-zones.
    pub(super) zones: Vec<Value>,
    /// Which kinds of lists there were.
    pub(super) seen: Set<Kind>,
}

impl Gathered {
    /// The objects of a kind, in the order in which they came.
    pub(super) fn of(&self, kind: Kind) -> &[Found] {
        self.lists.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// The object of a kind with this id.
    pub(super) fn find(&self, kind: Kind, id: &str) -> Option<&Found> {
        self.known.get(&(kind, id.to_owned())).and_then(|at| self.of(kind).get(*at))
    }

    /// The same, to complete it.
    pub(super) fn find_mut(&mut self, kind: Kind, id: &str) -> Option<&mut Value> {
        let at = self.known.get(&(kind, id.to_owned())).copied()?;
        Some(&mut self.lists.get_mut(&kind)?.get_mut(at)?.value)
    }

    /// Leaves out objects, by id; says how many there were in each list.
    pub(super) fn keep_only(&mut self, is_kept: &dyn Fn(&str) -> bool) -> Vec<(&'static str, usize)> {
        let mut left_out = Vec::new();
        self.known.clear();
        for shape in SHAPES {
            let Some(objects) = self.lists.get_mut(&shape.kind) else { continue };
            let (before, member) = (objects.len(), id_member(shape.kind));
            let id_of = |found: &Found| found.value.get(member).and_then(Value::as_str).unwrap_or_default().to_owned();
            objects.retain(|found| is_kept(&id_of(found)));
            self.known.extend(objects.iter().enumerate().map(|(at, found)| ((shape.kind, id_of(found)), at)));
            if objects.len() < before {
                left_out.push((shape.list, before - objects.len()));
            }
        }
        left_out
    }

    /// One top-level member of a file.
    pub(super) fn add_member(&mut self, file: &str, name: &str, value: &Value, notes: &mut Notes) -> Result<(), ScenarioError> {
        let shape = SHAPES.iter().find(|shape| shape.list == name);
        match (shape, value) {
            (Some(shape), Value::Array(values)) => self.add_list(file, shape, values, notes),
            (None, Value::Array(values)) if name == "Tags" => {
                values.iter().filter_map(Value::as_object).for_each(|tag| self.add_tag(file, tag, notes));
                Ok(())
            }
            (None, Value::Array(values)) if name == "SpotInstanceRequests" => {
                let of_instance = |value: &Value| Some((value.get("InstanceId")?.as_str()?.to_owned(), value.clone()));
                self.spot_requests.extend(values.iter().filter_map(of_instance));
                Ok(())
            }
            (None, Value::Array(values)) if name == "AvailabilityZones" => {
                self.zones.extend(values.iter().cloned());
                Ok(())
            }
            (None, _) if PASSED.contains(&name) => Ok(()),
            // What is the same for everybody, or follows from the rest, is not missed.
            (None, _) if DERIVED.iter().any(|shape| shape.list == name && !TOLD_ALONE.contains(&shape.kind)) => Ok(()),
            (_, Value::Array(values)) if values.is_empty() => Ok(()),
            _ => {
                notes.leave_out("", name, value.as_array().map_or(1, Vec::len));
                note_secrets(harmless(name), value, notes);
                Ok(())
            }
        }
    }

    /// One list of objects.
    fn add_list(&mut self, file: &str, shape: &Shape, values: &[Value], notes: &mut Notes) -> Result<(), ScenarioError> {
        self.seen.insert(shape.kind);
        for value in values {
            note_unknown(shape.list, shape.members, value, notes);
            if shape.kind != Kind::Reservations {
                self.add(file, shape, shape.id, (value, None), notes)?;
                continue;
            }
            let launch = value.get("ReservationId").and_then(Value::as_str);
            for instance in value.get("Instances").and_then(Value::as_array).into_iter().flatten() {
                self.add(file, shape, "InstanceId", (instance, launch), notes)?;
            }
        }
        Ok(())
    }

    /// One object; of two with the same id the later wins.
    fn add(
        &mut self,
        file: &str,
        shape: &Shape,
        id_member: &str,
        (value, launch): (&Value, Option<&str>),
        notes: &mut Notes,
    ) -> Result<(), ScenarioError> {
        let Some(id) = value.get(id_member).and_then(Value::as_str).filter(|id| id.len() <= LONGEST_ID) else {
            let problem = InputKey::NoListed { member: id_member, list: shape.list };
            notes.warn(FieldError::new(file, problem).saying());
            return Ok(());
        };
        let place = format!("{} {id}", shape.list);
        let mut found = Found { file: file.to_owned(), place, launch: launch.map(str::to_owned), value: value.clone() };
        let known = self.known.get(&(shape.kind, id.to_owned())).copied();
        if let Some(old) = known.and_then(|at| self.lists.get_mut(&shape.kind)?.get_mut(at)) {
            // Two calls tell of prefix lists and of zones, each one half.
            let by_halves = matches!(shape.kind, Kind::ManagedPrefixLists | Kind::HostedZones);
            if by_halves && complete(&mut found.value, &old.value) {
                *old = found;
                return Ok(());
            }
            if old.value != found.value {
                notes.warn(InputKey::TakenTwice { what: &found.place, file, other: &old.file });
            }
            *old = found;
            return Ok(());
        }
        self.count_more(1)?;
        let at = self.lists.get(&shape.kind).map_or(0, Vec::len);
        self.known.insert((shape.kind, id.to_owned()), at);
        self.lists.update(shape.kind, Vec::new(), |objects| objects.push(found));
        Ok(())
    }

    /// An entry of describe-tags.
    fn add_tag(&mut self, file: &str, tag: &Map<String, Value>, notes: &mut Notes) {
        let text = |name: &str| tag.get(name).and_then(Value::as_str);
        match (text("ResourceId"), text("Key")) {
            (Some(resource), Some(key)) => {
                let value = text("Value").unwrap_or_default().to_owned();
                let tag = (key.to_owned(), value, file.to_owned());
                self.tags.update(resource.to_owned(), Vec::new(), |tags| tags.push(tag));
            }
            _ => notes.warn(FieldError::new(file, InputKey::TagWithout).saying()),
        }
    }

    /// So many more objects came, wherever they are kept.
    ///
    /// # Errors
    /// That there are too many.
    pub(super) fn count_more(&mut self, more: usize) -> Result<(), ScenarioError> {
        self.count += more;
        if self.count > MAX_OBJECTS { Err(ScenarioError::TooManyObjects(MAX_OBJECTS)) } else { Ok(()) }
    }
}

/// Takes over what only the other one says, unless they contradict each other; says whether they do not.
fn complete(value: &mut Value, other: &Value) -> bool {
    let (Some(value), Some(other)) = (value.as_object_mut(), other.as_object()) else { return false };
    let agree = other.iter().all(|(name, said)| value.get(name).is_none_or(|own| own == said));
    if agree {
        for (name, said) in other {
            value.insert(name.clone(), said.clone());
        }
    }
    agree
}

/// The member with the id of a kind of thing.
pub(super) fn id_member(kind: Kind) -> &'static str {
    match kind {
        Kind::Reservations => "InstanceId",
        kind => shape(kind).map_or("", |shape| shape.id),
    }
}
