//! Key pairs.

use crate::id::KeyPairId;
use crate::model::Tags;
use crate::model::key_pair::KeyType;

/// What CreateKeyPair was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateKeyPair {
    /// Its name.
    pub name: String,
    /// The kind of its keys.
    pub kind: KeyType,
    /// Whether the private key is asked for as PuTTY has it.
    pub ppk: bool,
    /// Its tags.
    pub tags: Tags,
}

/// What ImportKeyPair was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportKeyPair {
    /// Its name.
    pub name: String,
    /// The public key as OpenSSH writes it. It is looked at and not kept.
    pub public_key: String,
    /// Its tags.
    pub tags: Tags,
}

/// Which key pair DeleteKeyPair was asked to delete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyPairNamed {
    /// The one of this name.
    Name(String),
    /// The one with this id.
    Id(KeyPairId),
}
