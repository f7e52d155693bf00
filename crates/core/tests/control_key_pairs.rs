//! Key pairs (L19): names without keys.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

mod support;

use eni_core::control::command::{Command, CreateKeyPair, ImportKeyPair, KeyPairNamed};
use eni_core::control::reply::Reply;
use eni_core::id::{InstanceId, KeyPairId};
use eni_core::model::Tags;
use eni_core::model::event::TaggedId;
use eni_core::model::key_pair::KeyType;
use support::scene::{Scene, subnet};
use support::{id, run};

fn create(name: &str, kind: KeyType) -> Command {
    let tags = Tags::from_iter([("Name".to_owned(), name.to_owned())]);
    Command::CreateKeyPair(Box::new(CreateKeyPair { name: name.to_owned(), kind, ppk: false, tags }))
}

fn import(name: &str, public_key: &str) -> Command {
    let public_key = public_key.to_owned();
    Command::ImportKeyPair(Box::new(ImportKeyPair { name: name.to_owned(), public_key, tags: Tags::new() }))
}

fn launch(key_name: Option<&str>) -> Command {
    let mut request = run(Some(subnet(1)), "t3.small");
    request.options.key_name = key_name.map(str::to_owned);
    Command::RunInstances(Box::new(request))
}

// rules: L19 E10
#[test]
fn a_pair_has_a_name_a_kind_a_fingerprint_and_tags_and_no_two_have_one_name() {
    let mut scene = Scene::new();
    assert_eq!(scene.accept(create("one", KeyType::Rsa)), Reply::KeyPair(id(1)));
    assert_eq!(scene.accept(create("two", KeyType::Ed25519)), Reply::KeyPair(id(2)));
    assert_eq!(scene.refuse(create("two", KeyType::Rsa)).code(), "InvalidKeyPair.Duplicate");
    // Names that differ in their letters' size are two.
    scene.accept(create("Two", KeyType::Rsa));
    let pair = scene.network.key_pair(id(2)).unwrap();
    assert_eq!((pair.name.as_str(), pair.kind, pair.fingerprint.len()), ("two", KeyType::Ed25519, 44));
    assert_eq!(pair.tags.get("Name").map(String::as_str), Some("two"));
    scene.accept(Command::DeleteTags { resources: vec![TaggedId::KeyPair(id(2))], tags: Vec::new() });
    assert!(scene.network.key_pair(id(2)).unwrap().tags.is_empty());
}

// rules: L19
#[test]
fn a_public_key_says_what_it_is_and_the_same_one_has_the_same_fingerprint() {
    let mut scene = Scene::new();
    let rsa = format!("ssh-rsa AAAAB3NzaC1yc2E{}", "A".repeat(61));
    let ed25519 = format!("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{}\n", "b".repeat(43));
    for (name, key) in [("a", rsa.clone()), ("b", format!("{rsa} me@home")), ("c", ed25519)] {
        scene.accept(import(name, &key));
    }
    let facts = |number: u64| scene.network.key_pair(id(number)).map(|pair| (pair.kind, pair.fingerprint.clone())).unwrap();
    assert_eq!((facts(1).0, facts(1).1.len(), facts(3).0), (KeyType::Rsa, 47, KeyType::Ed25519));
    assert_eq!(facts(1), facts(2), "a remark is no part of the key");
}

// rules: L19
#[test]
fn a_launch_names_a_pair_that_is_there_and_keeps_the_name_when_the_pair_goes() {
    let mut scene = Scene::new();
    assert_eq!(scene.refuse(launch(Some("one"))).code(), "InvalidKeyPair.NotFound");
    scene.accept(create("one", KeyType::Rsa));
    let Reply::Instances { instances, .. } = scene.accept(launch(Some("one"))) else { panic!("a launch") };
    let key_of = |scene: &Scene, instance: InstanceId| scene.network.instance(instance).unwrap().key_name.clone();
    assert_eq!(scene.accept(Command::DeleteKeyPair(KeyPairNamed::Id(id(1)))), Reply::KeyPairGone(Some(id(1))));
    assert_eq!(key_of(&scene, instances[0]).as_deref(), Some("one"));
    assert_eq!(scene.refuse(launch(Some("one"))).code(), "InvalidKeyPair.NotFound");
    // What is not there is deleted already.
    let none: Option<KeyPairId> = None;
    assert_eq!(scene.accept(Command::DeleteKeyPair(KeyPairNamed::Name("one".to_owned()))), Reply::KeyPairGone(none));
    let Reply::Instances { instances, .. } = scene.accept(launch(None)) else { panic!("a launch") };
    assert_eq!(key_of(&scene, instances[0]), None);
}
