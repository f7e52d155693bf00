//! Key pairs: their members, their filters, and what writes them.

use super::Writer;
use super::tables::{ID, TAGS};
use crate::aws::member::{Member, Wire, derived, kept};
use crate::aws::text::Json;
use eni_core::model::key_pair::{KeyPair, KeyType};

/// A key pair. There is no key in it, so `PublicKey` is never there.
pub const KEY_PAIR: &[Member] = &[
    kept("KeyPairId", ID),
    kept("KeyType", Wire::Text),
    TAGS,
    derived("PublicKey", Wire::Text),
    kept("CreateTime", Wire::Time),
    kept("KeyName", Wire::Text),
    kept("KeyFingerprint", Wire::Text),
];

/// The filters of DescribeKeyPairs.
pub const FILTERS: &str = "tag key-pair-id fingerprint=KeyFingerprint key-name";

impl Writer<'_> {
    pub(in crate::aws) fn key_pair(&self, pair: &KeyPair) -> Json {
        self.object()
            .text("KeyPairId", pair.id)
            .with("KeyType", pair.kind.as_str())
            .tags("Tags", &pair.tags)
            .with("CreateTime", self.epoch.print(pair.created))
            .with("KeyName", pair.name.as_str())
            .with("KeyFingerprint", pair.fingerprint.as_str())
            .into()
    }
}

/// What stands where AWS hands out the private key: in its form, and in plain words that there is none.
pub(in crate::aws) fn no_key(pair: &KeyPair, ppk: bool) -> String {
    let words = "There is no key here. The ENI Playground is a model in\nwhich nobody logs in, so it makes none and keeps none.";
    match (ppk, pair.kind) {
        (true, kind) => {
            let kind = if kind == KeyType::Rsa { "ssh-rsa" } else { "ssh-ed25519" };
            format!("PuTTY-User-Key-File-3: {kind}\nEncryption: none\nComment: {}\n{words}\n", pair.name)
        }
        (false, KeyType::Rsa) => format!("-----BEGIN RSA PRIVATE KEY-----\n{words}\n-----END RSA PRIVATE KEY-----"),
        (false, KeyType::Ed25519) => format!("-----BEGIN OPENSSH PRIVATE KEY-----\n{words}\n-----END OPENSSH PRIVATE KEY-----\n"),
    }
}
