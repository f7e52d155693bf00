//! Key pairs (`L19`): made, brought along, deleted, and named by launches. There is no key in any of them.

use super::check;
use super::command::{CreateKeyPair, ImportKeyPair, KeyPairNamed};
use super::draft::Draft;
use super::error::Refusal;
use super::reply::Reply;
use crate::model::Tags;
use crate::model::event::Event;
use crate::model::key_pair::{KeyPair, KeyType, made_up_fingerprint};

/// The longest name, in letters.
const LONGEST_NAME: usize = 255;
/// How many key pairs a Region takes; AWS does not raise it.
pub const MOST_PAIRS: usize = 5_000;

/// What the public keys of each kind begin with: the kind in words, and the same in base64.
const BEGINNINGS: [(KeyType, &str, &str); 2] =
    [(KeyType::Rsa, "ssh-rsa", "AAAAB3NzaC1yc2E"), (KeyType::Ed25519, "ssh-ed25519", "AAAAC3NzaC1lZDI1NTE5AAAAI")];

/// CreateKeyPair.
pub(super) fn create(draft: &mut Draft, request: &CreateKeyPair) -> Result<Reply, Refusal> {
    let fingerprint = made_up_fingerprint(request.kind, false, &request.name);
    make(draft, &request.name, (request.kind, fingerprint), &request.tags)
}

/// ImportKeyPair.
pub(super) fn import(draft: &mut Draft, request: &ImportKeyPair) -> Result<Reply, Refusal> {
    let kind = kind_of(&request.public_key).ok_or(Refusal::BadPublicKey {})?;
    // What stands behind the key itself is a remark.
    let key = request.public_key.split_ascii_whitespace().nth(1).unwrap_or_default();
    make(draft, &request.name, (kind, made_up_fingerprint(kind, true, key)), &request.tags)
}

fn make(draft: &mut Draft, name: &str, (kind, fingerprint): (KeyType, String), tags: &Tags) -> Result<Reply, Refusal> {
    check::tags(tags)?;
    let takes = name.is_ascii() && name.trim() == name && !name.is_empty() && name.len() <= LONGEST_NAME;
    if !takes || name.chars().any(|letter| letter.is_ascii_control()) {
        return Err(Refusal::BadKeyName { key_name: name.chars().take(LONGEST_NAME).collect() });
    }
    if draft.network.key_pair_by_name(name).is_some() {
        return Err(Refusal::KeyPairExists { key_name: name.to_owned() });
    }
    if draft.network.key_pairs().count() >= MOST_PAIRS {
        return Err(Refusal::KeyPairLimit { limit: MOST_PAIRS });
    }
    let (id, created) = (draft.new_id(), draft.now);
    let pair = KeyPair { id, name: name.to_owned(), kind, fingerprint, created, tags: tags.clone() };
    draft.push(Event::KeyPairCreated(Box::new(pair)));
    Ok(Reply::KeyPair(id))
}

/// Which kind of key a text is, as OpenSSH writes public keys: a word, base64, and maybe a remark.
fn kind_of(text: &str) -> Option<KeyType> {
    let mut words = text.split_ascii_whitespace();
    let (word, key) = (words.next()?, words.next()?);
    let is_base64 = |letter: u8| letter.is_ascii_alphanumeric() || matches!(letter, b'+' | b'/' | b'=');
    let (kind, _, beginning) = BEGINNINGS.into_iter().find(|(_, known, _)| *known == word)?;
    let whole = key.len() > 60 && key.len().is_multiple_of(4) && key.bytes().all(is_base64);
    (whole && key.starts_with(beginning)).then_some(kind)
}

/// DeleteKeyPair: one that is not there is no error (`B`). Instances that were launched with it keep its name.
pub(super) fn delete(draft: &mut Draft, which: &KeyPairNamed) -> Result<Reply, Refusal> {
    let found = match which {
        KeyPairNamed::Name(name) => draft.network.key_pair_by_name(name),
        KeyPairNamed::Id(id) => draft.network.key_pair(*id),
    };
    let gone = found.map(|pair| pair.id);
    draft.events.extend(gone.map(Event::KeyPairDeleted));
    Ok(Reply::KeyPairGone(gone))
}

/// Whether a launch may name this key pair.
pub(super) fn of_launch(draft: &Draft, name: &str) -> Result<(), Refusal> {
    match draft.network.key_pair_by_name(name) {
        Some(_) => Ok(()),
        None => Err(Refusal::KeyPairNotFound { key_name: name.to_owned() }),
    }
}
