//! Rows of the table: a member's name, what may stand there, and how it is typed on a command line.

/// A member of a request or of a describe reply.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// AWS's name: `NetworkInterfaceId`.
    pub name: &'static str,
    /// What may stand there.
    pub wire: Wire,
    /// Whether it must be there, and whether a document keeps it.
    pub presence: Presence,
    /// One line of help.
    pub help: &'static str,
}

/// What may stand in a member.
#[derive(Clone, Copy, Debug)]
pub enum Wire {
    /// Any text.
    Text,
    /// One of these words.
    Words(&'static [&'static str]),
    /// An id with this prefix.
    Id(&'static str),
    /// A whole number.
    Integer,
    /// A whole number from the first to the second.
    Between(i64, i64),
    /// A number, which may have a fraction.
    Number,
    /// True or false.
    Boolean,
    /// True or false, told apart on the command line by these two options (`--egress`, `--ingress`).
    Switch(&'static str, &'static str),
    /// An IPv4 address.
    Ipv4,
    /// An IPv6 address.
    Ipv6,
    /// An IPv4 block; bits of the host are cleared.
    Ipv4Block,
    /// An IPv6 block; bits of the host are cleared.
    Ipv6Block,
    /// A moment.
    Time,
    /// An object whose only member is `Value`.
    Wrapped(&'static Wire),
    /// A list.
    List(&'static Wire),
    /// An object.
    Struct(&'static [Member]),
}

/// Whether a member must be there, and whether a document keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// A request must have it.
    Required,
    /// A request may have it.
    Optional,
    /// A fact of the object: replies show it and documents keep it.
    Kept,
    /// Follows from other facts: replies show it, documents do not keep it, an import does not trust it.
    Derived,
    /// A fact that AWS shows by another describe call: documents keep it, replies do not show it.
    Attribute,
}

impl Member {
    const fn new(name: &'static str, wire: Wire, presence: Presence, help: &'static str) -> Member {
        Member { name, wire, presence, help }
    }
}

/// A member that a request must have.
pub const fn required(name: &'static str, wire: Wire, help: &'static str) -> Member {
    Member::new(name, wire, Presence::Required, help)
}

/// A member that a request may have.
pub const fn optional(name: &'static str, wire: Wire, help: &'static str) -> Member {
    Member::new(name, wire, Presence::Optional, help)
}

/// A member of a describe reply that documents keep.
pub const fn kept(name: &'static str, wire: Wire) -> Member {
    Member::new(name, wire, Presence::Kept, "")
}

/// A member of a describe reply that follows from others.
pub const fn derived(name: &'static str, wire: Wire) -> Member {
    Member::new(name, wire, Presence::Derived, "")
}

/// A fact that AWS shows by another describe call: documents keep it with its object, replies do not show it.
pub const fn attribute(name: &'static str, wire: Wire) -> Member {
    Member::new(name, wire, Presence::Attribute, "")
}

/// Every action's `DryRun`.
pub const DRY_RUN: Member = optional("DryRun", Wire::Boolean, "say whether it would work, and change nothing");

/// The `ClientToken` of actions that make something.
pub const CLIENT_TOKEN: Member = optional("ClientToken", Wire::Text, "the same request with the same token is done once");

/// One tag.
pub const TAG: &[Member] = &[required("Key", Wire::Text, "the key"), optional("Value", Wire::Text, "the value")];

/// Tags to give to what a request makes.
pub const TAG_SPECIFICATIONS: Member = optional(
    "TagSpecifications",
    Wire::List(&Wire::Struct(&[
        required("ResourceType", Wire::Text, "what kind of resource gets the tags"),
        required("Tags", Wire::List(&Wire::Struct(TAG)), "the tags"),
    ])),
    "tags for what is made",
);

/// The name as it stands in error texts: `networkInterfaceId`.
pub fn camel(name: &str) -> String {
    let mut text = name.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    text
}

/// The name as it stands on a command line: `network-interface-id`; letters in a row are one word: `dns-aaaa-record`.
pub fn kebab(name: &str) -> String {
    let mut text = String::with_capacity(name.len() + 4);
    let mut before: Option<char> = None;
    let mut letters = name.chars().peekable();
    while let Some(letter) = letters.next() {
        let next_is_small = letters.peek().is_some_and(char::is_ascii_lowercase);
        let begins = letter.is_ascii_uppercase() && before.is_some_and(|before| !before.is_ascii_uppercase() || next_is_small);
        if begins {
            text.push('-');
        }
        text.push(letter.to_ascii_lowercase());
        before = Some(letter);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    // rules: C1
    #[test]
    fn names_change_their_form() {
        assert_eq!(kebab("NetworkInterfaceId"), "network-interface-id");
        assert_eq!(kebab("Ipv6CidrBlock"), "ipv6-cidr-block");
        assert_eq!(kebab("EnableResourceNameDnsAAAARecordOnLaunch"), "enable-resource-name-dns-aaaa-record-on-launch");
        assert_eq!(kebab("EnableResourceNameDnsARecordOnLaunch"), "enable-resource-name-dns-a-record-on-launch");
        assert_eq!(camel("SecondaryPrivateIpAddressCount"), "secondaryPrivateIpAddressCount");
        assert_eq!(camel(""), "");
    }
}
