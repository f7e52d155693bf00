//! Filters of describe calls: a name, and values with wildcards (`C1`). A filter's name leads to members of the reply, so there is no code for
//! any one of them.
//!
//! A shape lists its filters as words. `vpc-id` leads to `VpcId`, `attachment.instance-id` to `Attachment.InstanceId`; where AWS's filter is
//! called otherwise than its member, the word says so: `group-id=Groups.GroupId`. Lists on the way are looked through, and a list may be named
//! in the singular. A word after `!` is a filter that AWS has and the playground has not: it has no such member.

use super::error::ApiError;
use super::input::Parameters;
use super::look;
use super::text::{Json, Wanted};

/// How many filters a call may have.
const MAX_FILTERS: usize = 50;
/// How many values a filter may have.
const MAX_VALUES: usize = 200;
/// The word in a shape's list that stands for `tag:KEY`, `tag-key` and `tag-value`.
const TAGS: &str = "tag";

/// One filter of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    place: Place,
    values: Vec<String>,
}

/// What a filter looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    /// Members, with dots between them.
    Members(String),
    /// The value of the tag with this key.
    Tag(String),
    /// The keys of tags.
    TagKey,
    /// The values of tags.
    TagValue,
}

impl Filter {
    /// A filter for one value of a member, which nobody typed.
    pub fn of_member(member: &str, value: &str) -> Filter {
        Filter { place: Place::Members(member.to_owned()), values: vec![value.to_owned()] }
    }
}

impl Filter {
    /// The same for any of several values.
    pub fn of_values(member: &str, values: Vec<String>) -> Filter {
        Filter { place: Place::Members(member.to_owned()), values }
    }
}

/// Reads the filters of a call; `known` are the words of the shape.
///
/// # Errors
/// A filter that the call does not have, one without values, too many of either.
pub fn read<'a>(known: &str, filters: impl Iterator<Item = Parameters<'a>>) -> Result<Vec<Filter>, ApiError> {
    let mut all = Vec::new();
    for filter in filters {
        let name = filter.text_or_empty("Name");
        let place = place(known, &name).ok_or_else(|| {
            let name: String = name.chars().take(100).collect();
            if known.split_ascii_whitespace().any(|word| word.strip_prefix('!') == Some(&name)) {
                return ApiError::new("UnsupportedOperation", format!("The playground does not have the filter '{name}'; AWS has it."));
            }
            ApiError::new("InvalidParameterValue", format!("The filter '{name}' is invalid"))
        })?;
        let values: Vec<String> = filter.texts("Values").map(str::to_owned).collect();
        if values.is_empty() {
            return Err(ApiError::new("InvalidParameterValue", format!("The filter '{name}' must have at least one value")));
        }
        all.push(Filter { place, values });
    }
    if all.len() > MAX_FILTERS || all.iter().any(|filter| filter.values.len() > MAX_VALUES) {
        let message = "The maximum number of filters (50) or of values of a filter (200) was exceeded.";
        return Err(ApiError::new("FilterLimitExceeded", message));
    }
    Ok(all)
}

/// Where a filter of this name looks.
fn place(known: &str, name: &str) -> Option<Place> {
    let mut words = known.split_ascii_whitespace();
    let of_tags = match name {
        "tag-key" => Some(Place::TagKey),
        "tag-value" => Some(Place::TagValue),
        name => name.strip_prefix("tag:").map(|key| Place::Tag(key.to_owned())),
    };
    if of_tags.is_some() {
        return of_tags.filter(|_| words.any(|word| word == TAGS));
    }
    words.filter(|word| *word != TAGS && !word.starts_with('!')).find_map(|word| match word.split_once('=') {
        Some((own, members)) => (own == name).then(|| Place::Members(members.to_owned())),
        None => (word == name).then(|| Place::Members(pascal(name))),
    })
}

/// `attachment.instance-id` as `Attachment.InstanceId`.
fn pascal(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    let mut begins = true;
    for letter in name.chars() {
        match letter {
            '-' => begins = true,
            _ => {
                text.push(if begins { letter.to_ascii_uppercase() } else { letter });
                begins = letter == '.';
            }
        }
    }
    text
}

impl Filter {
    /// Whether an object has, at the filter's place, a value that fits one of the filter's.
    pub fn fits(&self, object: &Json) -> bool {
        let object = object.as_str();
        let fits = |text: &str| self.values.iter().any(|pattern| fits(pattern, text));
        match &self.place {
            Place::Members(path) => look::any(object, path, &fits),
            Place::TagKey => tags(object).any(|tag| look::any(tag, "Key", &fits)),
            Place::TagValue => tags(object).any(|tag| look::any(tag, "Value", &fits)),
            Place::Tag(key) => tags(object).any(|tag| look::any(tag, "Key", &|text| text == key) && look::any(tag, "Value", &fits)),
        }
    }

    /// These members, and those that the filter looks at.
    pub(super) fn and_looked_at(&self, wanted: Wanted) -> Wanted {
        match &self.place {
            Place::Members(path) => {
                let name = path.split('.').next().unwrap_or_default();
                wanted.and(name).and(&format!("{name}s"))
            }
            Place::Tag(_) | Place::TagKey | Place::TagValue => TAG_MEMBERS.iter().fold(wanted, |wanted, name| wanted.and(name)),
        }
    }
}

/// Where tags stand: in a list, or the object is one itself.
const TAG_MEMBERS: [&str; 4] = ["Tags", "TagSet", "Key", "Value"];

/// The tags of an object; one that is a tag itself has itself.
fn tags(object: &str) -> impl Iterator<Item = &str> {
    let list = look::member(object, "Tags").or_else(|| look::member(object, "TagSet"));
    list.into_iter().flat_map(look::elements).chain(look::member(object, "Key").map(|_| object))
}

/// Whether a text fits a pattern: `*` is any text, `?` any one character, and either is itself after `\`.
fn fits(pattern: &str, text: &str) -> bool {
    let (mut pattern, mut text) = (pattern, text);
    // What follows the last `*`, and where it was tried last.
    let mut again: Option<(&str, &str)> = None;
    loop {
        let (mut wanted, mut found) = (pattern.chars(), text.chars());
        let goes_on = match (wanted.next(), found.next()) {
            (Some('*'), _) => {
                again = Some((wanted.as_str(), text));
                pattern = wanted.as_str();
                continue;
            }
            (None, None) => return true,
            (Some('?'), Some(_)) => true,
            (Some('\\'), Some(letter)) => wanted.next().unwrap_or('\\') == letter,
            (Some(one), Some(letter)) => one == letter,
            _ => false,
        };
        if goes_on {
            (pattern, text) = (wanted.as_str(), found.as_str());
            continue;
        }
        let Some((rest, tried)) = again else { return false };
        let mut next = tried.chars();
        if next.next().is_none() {
            return false;
        }
        (pattern, text) = (rest, next.as_str());
        again = Some((rest, text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    // rules: C1
    #[test]
    fn stars_and_question_marks_stand_for_other_letters() {
        let cases = [
            ("web", "web", true),
            ("web", "web-1", false),
            ("web", "Web", false),
            ("web*", "web-1", true),
            ("web*", "web", true),
            ("*web", "my-web", true),
            ("*eb*1", "web-eb-11", true),
            ("*eb*2", "web-eb-11", false),
            ("w?b", "web", true),
            ("w?b", "wéb", true),
            ("w?b", "wb", false),
            ("w?b?", "web", false),
            ("", "", true),
            ("", "web", false),
            ("*", "", true),
            ("?", "", false),
            ("**", "web", true),
            (r"1\*2", "1*2", true),
            (r"1\*2", "1x2", false),
            (r"1\?", "1?", true),
            (r"1\?", "12", false),
            (r"a\\b", r"a\b", true),
            (r"a\", r"a\", true),
            ("*a*a*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false),
        ];
        for (pattern, text, expected) in cases {
            assert_eq!(fits(pattern, text), expected, "{pattern:?} {text:?}");
        }
    }

    #[test]
    fn a_name_leads_to_a_member() {
        let object = json!({
            "VpcId": "vpc-1", "IsDefault": true, "Count": 5, "Nothing": null, "Attachment": {"InstanceId": "i-1"},
            "Attachments": [{"VpcId": "vpc-2"}, {"VpcId": "vpc-3"}], "Groups": [{"GroupId": "sg-1"}], "TagSet": [{"Key": "Name", "Value": "web"}],
        });
        let known =
            "vpc-id is-default count nothing attachment.instance-id many.vpc-id=Attachments.VpcId group.group-id sg=Groups.GroupId tag";
        let cases = [
            ("vpc-id", "vpc-1", Some(true)),
            ("vpc-id", "vpc-2", Some(false)),
            ("VpcId", "vpc-1", None),
            ("is-default", "true", Some(true)),
            ("count", "5", Some(true)),
            ("nothing", "*", Some(false)),
            ("attachment.instance-id", "i-1", Some(true)),
            ("many.vpc-id", "vpc-3", Some(true)),
            ("group.group-id", "sg-1", Some(true)),
            ("sg", "sg-*", Some(true)),
            ("tag:Name", "w*", Some(true)),
            ("tag:name", "w*", Some(false)),
            ("tag-key", "Name", Some(true)),
            ("tag-key", "web", Some(false)),
            ("tag", "x", None),
            ("", "x", None),
        ];
        for (name, value, expected) in cases {
            let filter = json!({"Name": name, "Values": ["nothing like it", value]});
            let read = read(known, std::iter::once(Parameters::new(filter.as_object().unwrap())));
            assert_eq!(
                read.ok().map(|filters| filters.iter().all(|filter| filter.fits(&Json::from(object.clone())))),
                expected,
                "{name} {value}"
            );
        }
    }
}
