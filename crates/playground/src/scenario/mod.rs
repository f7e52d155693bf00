//! The document, and what real accounts print: how a world is saved, loaded and imported.
//!
//! A document's `state` is what `aws … describe-*` prints, each fact once; `playground` adds what AWS has no word for. [`load`] and
//! [`import`] read both by the same tables and either give a whole world whose invariants hold, or refuse in plain words. Nothing that was
//! in flight is saved: attaching ENIs are attached, detaching ones are off, terminated instances are gone.

mod agree;
mod document;
mod extra;
mod gather;
mod read;
mod report;

pub use document::{FORMAT, VERSION, load, save};
pub use gather::import;
pub use report::{LeftOut, Report};

use crate::act::Asking;
use crate::aws::Epoch;
use crate::json::{FieldError, JsonError};
use eni_core::model::network::Network;
use eni_core::time::Instant;
use std::collections::BTreeMap;

/// A world at rest: what a document holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// The network.
    pub network: Network,
    /// What virtual time counts from.
    pub epoch: Epoch,
    /// Where virtual time stands.
    pub clock: Instant,
    /// Where the generator of randomness stands.
    pub seed: u64,
    /// What is around the network.
    pub scene: Scene,
}

/// What is around the network: traffic, places on the board, names that AWS does not know.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Scene {
    /// The clients, in the order of their numbers.
    pub traffic: Vec<SavedClient>,
    /// Where objects were put on the board, by id.
    pub layout: BTreeMap<String, (i64, i64)>,
    /// Names that objects have on the board, by id.
    pub names: BTreeMap<String, String>,
}

/// A client as it is saved.
#[derive(Clone, Debug, PartialEq)]
pub struct SavedClient {
    /// What it asks.
    pub asking: Asking,
    /// Whether it pauses.
    pub paused: bool,
}

/// Why a document or an import was refused. Nothing of it was taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScenarioError {
    /// A file is not JSON, or too large.
    #[error("{file}: {problem}")]
    File {
        /// The file's name.
        file: String,
        /// What is wrong with it.
        problem: JsonError,
    },
    /// All files together are too large.
    #[error("the files have {length} bytes together; at most {limit} are read")]
    TooLarge {
        /// Their length.
        length: usize,
        /// The limit.
        limit: usize,
    },
    /// More objects than the playground takes.
    #[error("there are more than {0} objects")]
    TooManyObjects(usize),
    /// The text is JSON, but no document.
    #[error("this is not a document of the ENI Playground: it has no \"format\":\"{FORMAT}\"")]
    NotADocument,
    /// A document that a later version of the playground wrote.
    #[error("this document was saved by a newer ENI Playground (version {found}); this one reads up to version {VERSION}")]
    Newer {
        /// Its version.
        found: u64,
    },
    /// A saved document among other files.
    #[error("{0} is a saved document; open it by itself")]
    DocumentAmongFiles(String),
    /// There is nothing in it that the playground knows.
    #[error(
        "nothing was found that the playground knows: expected output of aws ec2 describe-… with lists like Vpcs, Subnets or NetworkInterfaces"
    )]
    Nothing,
    /// A member is missing or wrong.
    #[error("{0}")]
    Field(#[from] FieldError),
    /// Two places say different things.
    #[error("{first} and {second} disagree: {problem}")]
    Disagree {
        /// The one place.
        first: String,
        /// The other place.
        second: String,
        /// What each says.
        problem: String,
    },
    /// The network could not exist.
    #[error("this network cannot exist: {}", .0.join("; "))]
    Impossible(Vec<String>),
}

impl Scenario {
    /// What is in it, in one line: "us-west-2: 4 VPCs, 10 subnets, …".
    pub fn summary(&self) -> String {
        let network = &self.network;
        let counts = [
            (network.vpcs().len(), "VPC"),
            (network.subnets().len(), "subnet"),
            (network.instances().len(), "instance"),
            (network.enis().len(), "network interface"),
            (network.elastic_ips().len(), "Elastic IP"),
            (network.groups().len(), "security group"),
            (network.acls().len(), "network ACL"),
            (network.route_tables().len(), "route table"),
            (network.internet_gateways().len() + network.vpn_gateways().len() + network.nat_gateways().len(), "gateway"),
        ];
        let words = counts.map(|(count, noun)| format!("{count} {noun}{}", if count == 1 { "" } else { "s" }));
        format!("{}: {}", network.region(), words.join(", "))
    }
}
