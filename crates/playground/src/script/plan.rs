//! The plan of a script: steps in their order, and the variables that stand for ids.

use super::ipv6;
use crate::aws::object::Object;
use eni_core::addr::Ipv6Net;
use eni_core::model::Tags;
use eni_core::model::network::Network;
use eni_core::table::{Set, Table};
use serde_json::{Map, Value};
use std::fmt::Display;

/// What an answer is asked for.
#[derive(Clone, Debug)]
pub(super) enum Query {
    /// Members with dots between them; `[0]` is the first of a list.
    Path(&'static str),
    /// The same, put together.
    At(String),
    /// The tie of a subnet to its network ACL.
    AclTie(String),
}

/// What a step does.
#[derive(Clone, Debug)]
pub(super) enum Deed {
    /// Makes something.
    Call,
    /// Asks for what AWS made by itself; left out where nobody needs the answer.
    Find,
    /// Waits for what others need (`aws ec2 wait NAME`).
    Wait,
    /// Lets some seconds pass, where others need what no waiter waits for.
    Pause,
}

/// A line of the script.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// Begins a paragraph with these words.
    pub(super) heading: Option<String>,
    /// What it does.
    pub(super) deed: Deed,
    /// The action, the waiter's name, or what a pause is for.
    pub(super) action: &'static str,
    /// Its parameters, with the ids of the state.
    pub(super) parameters: Map<String, Value>,
    /// The id of the state that its answer stands for.
    pub(super) stands_for: Option<(String, Query)>,
    /// If it is refused on an empty region: the comment above its line.
    pub(super) refused: Option<String>,
}

/// Something that does not come back.
#[derive(Clone, Debug)]
pub(super) struct Note {
    /// What it is about.
    pub(super) id: String,
    /// The member that will differ; if empty, the whole is missing.
    pub(super) member: &'static str,
    /// In words.
    pub(super) text: String,
}

/// A script in the making.
pub(super) struct Plan<'n> {
    pub(super) network: &'n Network,
    pub(super) steps: Vec<Step>,
    /// The variable of each id of the state.
    pub(super) variables: Table<String, String>,
    /// The IPv6 blocks of its VPCs, which are other ones each time.
    pub(super) blocks: Vec<Ipv6Net>,
    taken: Set<String>,
    heading: Option<String>,
    /// What is known from the start not to come back.
    pub(super) notes: Vec<Note>,
}

impl<'n> Plan<'n> {
    pub(super) fn new(network: &'n Network) -> Plan<'n> {
        let (variables, taken) = (Table::new(), Set::new());
        Plan { network, steps: Vec::new(), variables, blocks: ipv6::blocks(network), taken, heading: None, notes: Vec::new() }
    }

    /// What follows has this heading.
    pub(super) fn heading(&mut self, text: &str) {
        self.heading = Some(text.to_owned());
    }

    fn step(&mut self, deed: Deed, action: &'static str, parameters: Object, stands_for: Option<(String, Query)>) {
        // A question stands in the script only if it is needed: it cannot carry a heading.
        let heading = if matches!(deed, Deed::Find) { None } else { self.heading.take() };
        self.steps.push(Step { heading, deed, action, parameters: parameters.map(), stands_for, refused: None });
    }

    /// A call whose answer nobody needs.
    pub(super) fn call(&mut self, action: &'static str, parameters: Object) {
        self.step(Deed::Call, action, parameters, None);
    }

    /// A call that makes what has this id in the state; `label` names its variable.
    pub(super) fn make(&mut self, id: &str, name: (&str, &str), action: &'static str, parameters: Object, path: &'static str) {
        self.variable(id, name);
        self.step(Deed::Call, action, parameters, Some((id.to_owned(), Query::Path(path))));
    }

    /// A question for what AWS made by itself.
    pub(super) fn find(&mut self, id: &str, name: (&str, &str), action: &'static str, filters: &[(&str, &str)], query: Query) {
        self.variable(id, name);
        let filter = |(name, value): &(&str, &str)| Object::new().with("Name", *name).with("Values", vec![Value::from(*value)]).into();
        self.step(Deed::Find, action, Object::new().list("Filters", filters.iter().map(filter)), Some((id.to_owned(), query)));
    }

    /// Says what does not come back: a member of something, or all of it.
    pub(super) fn note(&mut self, id: &dyn Display, member: &'static str, text: impl FnOnce(&str) -> String) {
        let id = id.to_string();
        let text = text(&id);
        self.notes.push(Note { id, member, text });
    }

    /// Waits for these.
    pub(super) fn wait(&mut self, waiter: &'static str, option: &str, ids: Vec<String>) {
        if !ids.is_empty() {
            self.step(Deed::Wait, waiter, Object::new().texts(option, &ids), None);
        }
    }

    /// Gives what was just asked for the time to be done; why, a comment says.
    pub(super) fn pause(&mut self, why: &'static str) {
        self.step(Deed::Pause, why, Object::new(), None);
    }

    /// The name of the variable for an id: its kind, and what people call it or a number.
    fn variable(&mut self, id: &str, (kind, label): (&str, &str)) {
        let mut name = kind.to_owned();
        let words = label.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        words.for_each(|word| name.push_str(&format!("_{}", word.to_ascii_uppercase())));
        name.truncate(40);
        let plain = name == kind;
        let mut number = 1;
        let mut wanted = if plain { format!("{kind}_1") } else { name.clone() };
        while !self.taken.insert(wanted.clone()) {
            number += 1;
            wanted = format!("{name}_{number}");
        }
        self.variables.insert(id.to_owned(), wanted);
    }

    /// Sets the tags of what AWS made by itself.
    pub(super) fn tags(&mut self, id: &dyn Display, tags: &Tags) {
        if has_own(tags) {
            self.call("CreateTags", Object::new().texts("Resources", &[id.to_string()]).with("Tags", tag_list(tags)));
        }
    }
}

/// The Name tag.
pub(super) fn name_of(tags: &Tags) -> &str {
    tags.get("Name").map_or("", String::as_str)
}

/// Whether a tag is one that AWS's services set: nobody else may.
pub(super) fn is_of_aws(key: &str) -> bool {
    key.starts_with("aws:")
}

/// Whether there is a tag that a script can set.
fn has_own(tags: &Tags) -> bool {
    tags.keys().any(|key| !is_of_aws(key))
}

pub(super) fn tag_list(tags: &Tags) -> Value {
    tags.iter()
        .filter(|(key, _)| !is_of_aws(key))
        .map(|(key, value)| Value::from(Object::new().text("Key", key).text("Value", value)))
        .collect()
}

/// With tags for what a call makes, unless there are none.
pub(super) fn tagged(object: Object, kinds: &[(&str, &Tags)]) -> Object {
    let specification = |(kind, tags): &(&str, &Tags)| Object::new().with("ResourceType", *kind).with("Tags", tag_list(tags)).into();
    let all: Vec<Value> = kinds.iter().filter(|(_, tags)| has_own(tags)).map(specification).collect();
    object.maybe("TagSpecifications", (!all.is_empty()).then_some(all))
}

/// An attribute as calls that change it write it.
pub(super) fn wrapped(value: impl Into<Value>) -> Value {
    Object::new().with("Value", value).into()
}
