//! Key pairs.

use super::*;
use crate::support::run;
use eni_core::control::command::{CreateKeyPair, ImportKeyPair};
use eni_core::model::event::{Event, TaggedId};
use eni_core::model::key_pair::{KeyPair, KeyType};

fn made(name: &str) -> Command {
    Command::CreateKeyPair(Box::new(CreateKeyPair { name: name.to_owned(), kind: KeyType::Rsa, ppk: false, tags: Tags::new() }))
}

fn brought(public_key: &str) -> Command {
    let (name, public_key) = ("mine".to_owned(), public_key.to_owned());
    Command::ImportKeyPair(Box::new(ImportKeyPair { name, public_key, tags: Tags::new() }))
}

pub const KEY_PAIRS: &[Case] = &[
    case("KeyPairNotFound", "InvalidKeyPair.NotFound: The key pair 'other' does not exist", |scene| {
        scene.accept(made("one"));
        let mut request = run(Some(subnet(1)), "t3.small");
        request.options.key_name = Some("other".to_owned());
        Command::RunInstances(Box::new(request))
    }),
    case("KeyPairIdNotFound", "InvalidKeyPair.NotFound: The key pair 'key-9' does not exist", |_| Command::CreateTags {
        resources: vec![TaggedId::KeyPair(id(9))],
        tags: Tags::from_iter([("a".to_owned(), "b".to_owned())]),
    }),
    case("KeyPairExists", "InvalidKeyPair.Duplicate: The keypair already exists", |scene| {
        scene.accept(made("one"));
        made("one")
    }),
    case(
        "KeyPairLimit",
        "KeyPairLimitExceeded: You've reached the limit on the number of key pairs that you can have in this Region.",
        |scene| {
            let pair = |at: u64| KeyPair {
                id: id(at),
                name: format!("key-{at}"),
                kind: KeyType::Rsa,
                fingerprint: String::new(),
                created: scene.now,
                tags: Tags::new(),
            };
            let pairs: Vec<Event> = (1..=5_000).map(|at| Event::KeyPairCreated(Box::new(pair(at)))).collect();
            scene.apply(&pairs);
            made("one more")
        },
    ),
    case(
        "BadKeyName",
        "InvalidParameterValue: Value (für) for parameter KeyName is invalid. A name has 1 to 255 ASCII characters, and no space at either end.",
        |_| made("für"),
    ),
    case(
        "BadKeyName",
        "InvalidParameterValue: Value () for parameter KeyName is invalid. A name has 1 to 255 ASCII characters, and no space at either end.",
        |_| made(""),
    ),
    case(
        "BadKeyName",
        "InvalidParameterValue: Value ( one) for parameter KeyName is invalid. A name has 1 to 255 ASCII characters, and no space at either end.",
        |_| made(" one"),
    ),
    case("BadPublicKey", "InvalidKey.Format: Key is not in valid OpenSSH public key format", |_| brought("ssh-rsa AAAAB3NzaC1yc2E")),
    case("BadPublicKey", "InvalidKey.Format: Key is not in valid OpenSSH public key format", |_| {
        // The kind that the word says is not the one in the key.
        brought(&format!("ssh-ed25519 AAAAB3NzaC1yc2E{}", "A".repeat(61)))
    }),
    case("BadPublicKey", "InvalidKey.Format: Key is not in valid OpenSSH public key format", |_| brought("-----BEGIN PUBLIC KEY-----")),
];
