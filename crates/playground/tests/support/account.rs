//! An account of its own: calls in, answers out, and whether a document and an import bring it back.

#![allow(dead_code, reason = "each test file uses its own part")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests say plainly that something must be there")]

use eni_playground::account::Account;
use eni_playground::scenario::{Scenario, Scene, import, load, save};
use serde_json::{Value, json};

/// The default VPC of a fresh account.
pub const VPC: &str = "vpc-00000000000000001";
/// Its first subnet.
pub const SUBNET: &str = "subnet-00000000000000001";

/// The answer to a call that is accepted, and what it began is over.
pub fn ok(account: &mut Account, action: &str, parameters: Value) -> Value {
    let answer = account.call("ec2", action, parameters.as_object().unwrap());
    account.settle();
    answer.unwrap_or_else(|error| panic!("{action} {parameters}: {error}"))
}

/// Code and message of a call that is refused.
pub fn refused(account: &mut Account, action: &str, parameters: Value) -> String {
    account.call("ec2", action, parameters.as_object().unwrap()).unwrap_err().to_string()
}

/// The account as a document keeps it.
pub fn scenario(account: &Account) -> Scenario {
    let network = account.network().clone();
    Scenario { title: String::new(), network, epoch: account.epoch(), clock: account.now(), seed: 0, scene: Scene::default() }
}

/// What `describe` prints of these lists, a file each.
pub fn files_of(account: &mut Account, lists: &[&str]) -> Vec<(String, Vec<u8>)> {
    let text = |account: &mut Account, list: &str| ok(account, &format!("Describe{list}"), json!({})).to_string().into_bytes();
    lists.iter().map(|list| (format!("{list}.json"), text(account, list))).collect()
}

/// What is described is the same after an import of these files, and after a document was saved and loaded; gives the document's text.
pub fn stays<T: PartialEq + std::fmt::Debug>(first: &mut Account, files: &[(String, Vec<u8>)], described: fn(&mut Account) -> T) -> String {
    let (read, _) = import(files).unwrap();
    let mut second = Account::holding(read.network, read.clock, read.epoch);
    assert_eq!(described(&mut second), described(first));
    let text = save(&scenario(first));
    let (read, _) = load(text.as_bytes()).unwrap();
    assert_eq!(save(&read), text);
    let mut third = Account::holding(read.network, read.clock, read.epoch);
    assert_eq!(described(&mut third), described(first));
    text
}
