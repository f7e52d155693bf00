//! The ids of everything that can be described: what completion offers.

use super::{Epoch, Request, actions, describe, prepare};
use eni_core::model::network::Network;
use eni_core::order::sort;
use serde_json::{Map, Value};

/// The ids that describe calls show, in order, each once.
pub fn ids(network: &Network, epoch: Epoch) -> Vec<String> {
    let mut found = Vec::new();
    for action in actions().filter(|action| action.name.starts_with("Describe")) {
        // A call that cannot do without a parameter shows what another one shows, too.
        let Ok(prepared) = prepare("ec2", action.name, &Map::new()) else { continue };
        if let Request::Describe(request) = prepared.request
            && let Ok(shown) = describe(network, epoch, &request)
        {
            collect(&shown.value(), &mut found);
        }
    }
    sort(&mut found);
    found.dedup();
    found
}

fn collect(shown: &Value, found: &mut Vec<String>) {
    match shown {
        Value::String(text) if is_id(text) => found.push(text.clone()),
        Value::Array(list) => list.iter().for_each(|inner| collect(inner, found)),
        Value::Object(members) => members.values().for_each(|inner| collect(inner, found)),
        _ => {}
    }
}

/// Whether a text looks like an id: `eni-0123456789abcdef0`.
fn is_id(text: &str) -> bool {
    let Some((kind, digits)) = text.rsplit_once('-') else { return false };
    let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    matches!(digits.len(), 8 | 17) && digits.bytes().all(is_hex) && kind.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}
