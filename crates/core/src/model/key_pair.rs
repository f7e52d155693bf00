//! Key pairs, by which AWS lets people in. Nobody logs in here, so there is no key: what stands is a name, and a fingerprint that is made up.

use super::Tags;
use crate::id::KeyPairId;
use crate::rng::Rng;
use crate::time::Instant;

/// A key pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPair {
    /// Its id.
    pub id: KeyPairId,
    /// Its name: one of each in a region.
    pub name: String,
    /// The kind of its keys.
    pub kind: KeyType,
    /// As it is shown; made up where the pair was made here.
    pub fingerprint: String,
    /// When it was made.
    pub created: Instant,
    /// Tags.
    pub tags: Tags,
}

/// The kinds of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum KeyType {
    /// RSA.
    #[default]
    Rsa,
    /// Ed25519.
    Ed25519,
}

impl KeyType {
    /// AWS's words, in the order of the variants.
    pub const WORDS: &'static [&'static str] = &["rsa", "ed25519"];

    /// AWS's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            KeyType::Rsa => "rsa",
            KeyType::Ed25519 => "ed25519",
        }
    }

    /// From AWS's word; what it does not name is RSA, as AWS takes it.
    pub fn from_word(word: &str) -> KeyType {
        if word == "ed25519" { KeyType::Ed25519 } else { KeyType::Rsa }
    }
}

/// The letters of base64, in their order.
pub const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// A fingerprint of the length and form that AWS shows, made up from a text: of no key, and no proof of anything. The same text gives the same one.
///
/// AWS's are the SHA-1 of an RSA key that it made, the MD5 of one that was brought, and the SHA-256 of an Ed25519 key.
pub fn made_up_fingerprint(kind: KeyType, imported: bool, text: &str) -> String {
    let seed = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    let mut rng = Rng::new(seed);
    match kind {
        KeyType::Rsa => {
            let bytes = if imported { 16 } else { 20 };
            let pairs: Vec<String> = (0..bytes).map(|_| format!("{:02x}", rng.below(256))).collect();
            pairs.join(":")
        }
        KeyType::Ed25519 => {
            // 32 bytes are 43 letters, of which the last one carries four bits, and a sign that fills up.
            let mut letter = |step: u64| LETTERS.get(usize::try_from(rng.below(64 / step) * step).unwrap_or(0)).copied();
            let mut letters: Vec<u8> = (0..42).filter_map(|_| letter(1)).collect();
            letters.extend(letter(4));
            letters.push(b'=');
            String::from_utf8_lossy(&letters).into_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // rules: L19
    #[test]
    fn fingerprints_have_the_form_of_their_kind_and_are_the_same_for_the_same() {
        let made = made_up_fingerprint(KeyType::Rsa, false, "one");
        assert_eq!(made, made_up_fingerprint(KeyType::Rsa, false, "one"));
        assert_ne!(made, made_up_fingerprint(KeyType::Rsa, false, "two"));
        assert_eq!((made.len(), made.matches(':').count()), (59, 19));
        assert_eq!(made_up_fingerprint(KeyType::Rsa, true, "one").len(), 47);
        let short = made_up_fingerprint(KeyType::Ed25519, false, "one");
        assert_eq!((short.len(), short.ends_with('=')), (44, true), "{short}");
    }
}
