//! The calls about key pairs.

use super::{Call, tagged};
use crate::aws::object::Object;
use eni_core::control::command::{Command, KeyPairNamed};
use eni_core::model::key_pair::KeyType;

/// The call of such a command.
pub(super) fn call(command: &Command) -> Option<Call> {
    Some(match command {
        Command::CreateKeyPair(request) => {
            let object = Object::new().with("KeyName", request.name.as_str());
            let object = object.maybe("KeyType", (request.kind != KeyType::Rsa).then_some(request.kind.as_str()));
            ("CreateKeyPair", tagged(object.maybe("KeyFormat", request.ppk.then_some("ppk")), "key-pair", &request.tags))
        }
        Command::ImportKeyPair(request) => {
            let object = Object::new().with("KeyName", request.name.as_str()).with("PublicKeyMaterial", request.public_key.as_str());
            ("ImportKeyPair", tagged(object, "key-pair", &request.tags))
        }
        Command::DeleteKeyPair(KeyPairNamed::Name(name)) => ("DeleteKeyPair", Object::new().with("KeyName", name.as_str())),
        Command::DeleteKeyPair(KeyPairNamed::Id(id)) => ("DeleteKeyPair", Object::new().text("KeyPairId", id)),
        _ => return None,
    })
}
