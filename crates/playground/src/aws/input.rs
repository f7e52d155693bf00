//! Typed access to the parameters of a request that was checked by the table.

use super::error::ApiError;
use eni_core::addr::{Ipv4Addr, Ipv4Net, Ipv6Net};
use eni_core::id::ResourceId;
use eni_core::model::Tags;
use serde_json::{Map, Value};
use std::str::FromStr;

/// How many tags a resource may have.
const MAX_TAGS: usize = 50;

/// The parameters of a request, or of an object in it.
#[derive(Clone, Copy)]
pub struct Parameters<'a> {
    members: &'a Map<String, Value>,
}

impl<'a> Parameters<'a> {
    /// Access to these members.
    pub fn new(members: &'a Map<String, Value>) -> Parameters<'a> {
        Parameters { members }
    }

    fn value(&self, name: &str) -> Option<&'a Value> {
        self.members.get(name).filter(|value| !value.is_null())
    }

    /// Whether a member is there.
    pub fn has(&self, name: &str) -> bool {
        self.value(name).is_some()
    }

    /// A text.
    pub fn text(&self, name: &str) -> Option<&'a str> {
        self.value(name).and_then(Value::as_str)
    }

    /// A text, or an empty one.
    pub fn text_or_empty(&self, name: &str) -> String {
        self.text(name).unwrap_or_default().to_owned()
    }

    /// A truth value.
    pub fn flag(&self, name: &str) -> Option<bool> {
        self.value(name).and_then(Value::as_bool)
    }

    /// A whole number.
    pub fn integer(&self, name: &str) -> Option<i64> {
        self.value(name).and_then(Value::as_i64)
    }

    /// A whole number, if this type has it.
    pub fn whole<T: TryFrom<i64>>(&self, name: &str) -> Option<T> {
        self.integer(name).and_then(|number| T::try_from(number).ok())
    }

    /// A number as it is written; what needs an exponent is left with it.
    pub fn number(&self, name: &str) -> Option<String> {
        self.value(name).filter(|value| value.is_number()).map(ToString::to_string)
    }

    /// A number from 0 to 65535.
    pub fn small(&self, name: &str) -> Result<Option<u16>, ApiError> {
        self.integer(name)
            .map(|number| u16::try_from(number).map_err(|_| ApiError::invalid(name, number, "It is out of range.")))
            .transpose()
    }

    /// An object.
    pub fn object(&self, name: &str) -> Option<Parameters<'a>> {
        self.value(name).and_then(Value::as_object).map(Parameters::new)
    }

    /// The `Value` of a wrapped flag.
    pub fn wrapped_flag(&self, name: &str) -> Option<bool> {
        self.object(name)?.flag("Value")
    }

    /// The `Value` of a wrapped text.
    pub fn wrapped_text(&self, name: &str) -> Option<&'a str> {
        self.object(name)?.text("Value")
    }

    /// The objects of a list.
    pub fn objects(&self, name: &str) -> impl Iterator<Item = Parameters<'a>> + use<'a> {
        let list: &'a [Value] = self.value(name).and_then(Value::as_array).map_or(&[], Vec::as_slice);
        list.iter().filter_map(Value::as_object).map(Parameters::new)
    }

    /// The texts of a list.
    pub fn texts(&self, name: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let list: &'a [Value] = self.value(name).and_then(Value::as_array).map_or(&[], Vec::as_slice);
        list.iter().filter_map(Value::as_str)
    }

    /// An id, if there is one.
    pub fn maybe_id<I: ResourceId>(&self, name: &str) -> Result<Option<I>, ApiError> {
        self.text(name).map(id).transpose()
    }

    /// An id that must be there.
    pub fn id<I: ResourceId>(&self, name: &str) -> Result<I, ApiError> {
        self.maybe_id(name)?.ok_or_else(|| ApiError::missing(name))
    }

    /// The ids of a list.
    pub fn ids<I: ResourceId>(&self, name: &str) -> Result<Vec<I>, ApiError> {
        self.texts(name).map(id).collect()
    }

    /// Something that is read from a text, if there is one.
    fn parsed<T: FromStr>(&self, name: &str, why: &str) -> Result<Option<T>, ApiError> {
        self.text(name).map(|text| text.parse().map_err(|_| ApiError::invalid(name, text, why))).transpose()
    }

    /// An IPv4 address, if there is one.
    pub fn ipv4(&self, name: &str) -> Result<Option<Ipv4Addr>, ApiError> {
        self.parsed(name, "This is not a valid IPv4 address.")
    }

    /// The IPv4 addresses of a list.
    pub fn ipv4s(&self, name: &str) -> Result<Vec<Ipv4Addr>, ApiError> {
        let read = |text: &str| text.parse().map_err(|_| ApiError::invalid(name, text, "This is not a valid IPv4 address."));
        self.texts(name).map(read).collect()
    }

    /// An IPv4 block without host bits, if there is one.
    pub fn ipv4_block(&self, name: &str) -> Result<Option<Ipv4Net>, ApiError> {
        Ok(self.parsed::<Ipv4Net>(name, "This is not a valid CIDR block.")?.map(|block| block.trunc()))
    }

    /// An IPv6 block without host bits, if there is one.
    pub fn ipv6_block(&self, name: &str) -> Result<Option<Ipv6Net>, ApiError> {
        Ok(self.parsed::<Ipv6Net>(name, "This is not a valid CIDR block.")?.map(|block| block.trunc()))
    }

    /// The tags of a `Tags` list.
    pub fn tags(&self) -> Result<Tags, ApiError> {
        let mut tags = Tags::new();
        for tag in self.objects("Tags") {
            add_tag(&mut tags, tag)?;
        }
        Ok(tags)
    }

    /// The tags for one kind of resource among `TagSpecifications`; `kinds` are those that the request makes.
    pub fn tags_for(&self, kind: &str, kinds: &[&str]) -> Result<Tags, ApiError> {
        let mut tags = Tags::new();
        for specification in self.objects("TagSpecifications") {
            let wanted = specification.text("ResourceType").unwrap_or_default();
            if !kinds.contains(&wanted) {
                let message = format!("'{wanted}' is not a valid taggable resource type for this operation.");
                return Err(ApiError::new("InvalidParameterValue", message));
            }
            if specification.objects("Tags").next().is_none() {
                return Err(ApiError::new("InvalidTagKey.Malformed", "Tag specification must have at least one tag"));
            }
            if wanted == kind {
                for tag in specification.objects("Tags") {
                    add_tag(&mut tags, tag)?;
                }
            }
        }
        Ok(tags)
    }
}

fn add_tag(tags: &mut Tags, tag: Parameters<'_>) -> Result<(), ApiError> {
    let (key, value) = (tag.text_or_empty("Key"), tag.text_or_empty("Value"));
    if tags.contains_key(&key) {
        let shown: String = key.chars().take(128).collect();
        return Err(ApiError::new("InvalidParameterValue", format!("Duplicate tag key '{shown}' specified.")));
    }
    tags.insert(key, value);
    if tags.len() > MAX_TAGS {
        return Err(ApiError::new("TagLimitExceeded", "The maximum number of Tags for a resource has been reached."));
    }
    Ok(())
}

/// Reads an id of a kind.
pub fn id<I: ResourceId>(text: &str) -> Result<I, ApiError> {
    text.parse().map_err(|_| ApiError::malformed(I::PREFIX, text))
}
