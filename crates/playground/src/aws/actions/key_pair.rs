//! Key pairs.

use super::read::{FILTERS, list};
use super::{Action, Request, command};
use crate::aws::error::ApiError;
use crate::aws::input::Parameters;
use crate::aws::kind::Kind;
use crate::aws::member::{DRY_RUN, TAG_SPECIFICATIONS, Wire, optional, required};
use eni_core::control::command::{Command, CreateKeyPair, ImportKeyPair, KeyPairNamed};
use eni_core::model::key_pair::KeyType;

const KIND: &[&str] = &["key-pair"];

pub(super) const ACTIONS: &[Action] = &[
    Action {
        name: "CreateKeyPair",
        help: "makes a key pair for launches to name; there is no key in it, since nobody logs in here",
        members: &[
            required("KeyName", Wire::Text, "its name, one of each in a region"),
            optional("KeyType", Wire::Words(KeyType::WORDS), "the kind of key; rsa if absent"),
            optional("KeyFormat", Wire::Words(&["pem", "ppk"]), "the form of what stands in the place of the private key"),
            TAG_SPECIFICATIONS,
            DRY_RUN,
        ],
        build: |p| {
            command(Command::CreateKeyPair(Box::new(CreateKeyPair {
                name: p.text_or_empty("KeyName"),
                kind: KeyType::from_word(p.text("KeyType").unwrap_or_default()),
                ppk: p.text("KeyFormat") == Some("ppk"),
                tags: p.tags_for("key-pair", KIND)?,
            })))
        },
    },
    Action {
        name: "ImportKeyPair",
        help: "makes a key pair of a public key of yours, which is looked at and not kept",
        members: &[
            required("KeyName", Wire::Text, "its name, one of each in a region"),
            required("PublicKeyMaterial", Wire::Text, "the public key as OpenSSH writes it, or that in base64"),
            TAG_SPECIFICATIONS,
            DRY_RUN,
        ],
        build: |p| {
            let material = p.text_or_empty("PublicKeyMaterial");
            let public_key = if material.starts_with("ssh-") { material } else { from_base64(&material).unwrap_or(material) };
            let (name, tags) = (p.text_or_empty("KeyName"), p.tags_for("key-pair", KIND)?);
            command(Command::ImportKeyPair(Box::new(ImportKeyPair { name, public_key, tags })))
        },
    },
    Action {
        name: "DeleteKeyPair",
        help: "deletes a key pair; instances keep its name",
        members: &[optional("KeyName", Wire::Text, "the key pair, by name"), optional("KeyPairId", Wire::Id("key"), "or by id"), DRY_RUN],
        build: |p| match (p.text("KeyName"), p.maybe_id("KeyPairId")?) {
            (Some(name), None) => command(Command::DeleteKeyPair(KeyPairNamed::Name(name.to_owned()))),
            (None, Some(id)) => command(Command::DeleteKeyPair(KeyPairNamed::Id(id))),
            (None, None) => Err(ApiError::new("MissingParameter", "The request must contain the parameter keyName or keyPairId")),
            (Some(_), Some(_)) => Err(ApiError::combination("The parameter keyName cannot be used with the parameter keyPairId")),
        },
    },
    Action {
        name: "DescribeKeyPairs",
        help: "shows key pairs",
        members: &[
            optional("KeyNames", Wire::List(&Wire::Text), "only those, by name"),
            optional("KeyPairIds", Wire::List(&Wire::Id("key")), "only those, by id"),
            optional("IncludePublicKey", Wire::Boolean, "not here: no key is kept, so there is none to show"),
            FILTERS,
            DRY_RUN,
        ],
        build: describe,
    },
];

fn describe(p: &Parameters<'_>) -> Result<Request, ApiError> {
    if p.flag("IncludePublicKey").unwrap_or(false) {
        return Err(ApiError::new("UnsupportedOperation", "The playground keeps no key, a public one neither: there is none to include."));
    }
    list(p, Kind::KeyPairs, &["KeyNames", "KeyPairIds"])
}

/// Bytes in base64.
pub(super) fn to_base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let held = (0..3).fold(0_u32, |held, at| held << 8 | u32::from(three.get(at).copied().unwrap_or(0)));
        for at in 0..4_usize {
            let value = u8::try_from(held >> (18 - 6 * at) & 63).unwrap_or(0);
            text.push(char::from(match value {
                _ if at > three.len() => b'=',
                0..26 => b'A' + value,
                26..52 => b'a' + value - 26,
                52..62 => b'0' + value - 52,
                62 => b'+',
                _ => b'/',
            }));
        }
    }
    text
}

/// What base64 stands for, if that is text.
pub(crate) fn from_base64(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let (mut held, mut bits) = (0_u32, 0);
    for letter in text.trim_end_matches('=').bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        held = (held << 6 | u32::from(value)) & 0xffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xff).ok()?);
        }
    }
    String::from_utf8(bytes).ok()
}
