//! Client tokens: a request that comes twice with one token is done once (`X3`). The SDKs of AWS send a token with each such request.

use super::error::ApiError;
use eni_core::control::command::Command;
use eni_core::control::reply::Reply;
use eni_core::rng::Rng;
use eni_core::table::Table;

/// The longest token, in characters.
const LONGEST: usize = 64;

/// What was asked with which token, and what came of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tokens(Table<String, Box<(Command, Reply)>>);

impl Tokens {
    /// The reply that a request had before, if it came with this token then. A token belongs to one action.
    ///
    /// # Errors
    /// `IdempotentParameterMismatch` if something else was asked with it.
    pub fn again(&self, action: &str, token: Option<&str>, command: &Command) -> Result<Option<Reply>, ApiError> {
        let Some(known) = token.and_then(|token| self.0.get(&key(action, token))) else { return Ok(None) };
        if known.0 == *command {
            return Ok(Some(known.1.clone()));
        }
        let message = "Arguments on this idempotent request are inconsistent with arguments used in previous request(s).";
        Err(ApiError::new("IdempotentParameterMismatch", message))
    }

    /// Remembers what came of a request.
    pub fn remember(&mut self, action: &str, token: Option<&str>, command: &Command, reply: &Reply) {
        if let Some(token) = token {
            self.0.insert(key(action, token), Box::new((command.clone(), reply.clone())));
        }
    }
}

fn key(action: &str, token: &str) -> String {
    format!("{action} {token}")
}

/// The token that AWS's command line makes up for a request that comes without one: the same for the same thing that is made.
pub fn made_up(id: &str) -> String {
    let seed = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    let mut rng = Rng::new(seed);
    let (high, low) = (rng.next_u64(), rng.next_u64());
    // The digits that say of which kind it is: one of chance.
    let (version, variant) = (0x4000 | high & 0x0fff, 0x8000 | low >> 48 & 0x3fff);
    format!("{:08x}-{:04x}-{version:04x}-{variant:04x}-{:012x}", high >> 32, high >> 16 & 0xffff, low & 0xffff_ffff_ffff)
}

/// Whether a text can be a token.
///
/// # Errors
/// `InvalidParameterValue` if it is too long or not of ASCII letters.
pub fn check(token: &str) -> Result<(), ApiError> {
    if token.len() <= LONGEST && token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(());
    }
    Err(ApiError::invalid("ClientToken", token, "It must be at most 64 ASCII characters."))
}
