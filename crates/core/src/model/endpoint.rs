//! VPC endpoints (`R55`, `R56`, `J13`): private ways from a VPC to a service of AWS.

use super::Tags;
use crate::id::{EndpointId, EniId, GroupId, PrefixListId, VpcId};
use crate::time::Instant;

/// A VPC endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Its id.
    pub id: EndpointId,
    /// Its VPC.
    pub vpc: VpcId,
    /// The service, without the region: `s3`, `ecr.api`.
    pub service: String,
    /// What it is made of.
    pub kind: EndpointKind,
    /// How far it has come.
    pub state: EndpointState,
    /// When it was asked for.
    pub created: Instant,
    /// Tags.
    pub tags: Tags,
}

/// What an endpoint is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EndpointKind {
    /// Routes to the service's prefix list (`R55`). They stand in the route tables, and there only.
    Gateway,
    /// ENIs, one in a subnet (`R56`).
    Interface {
        /// The ENIs, which the service manages.
        enis: Vec<EniId>,
        /// Their groups, at least one.
        groups: Vec<GroupId>,
        /// Whether the service's own name leads to the ENIs (`P42`).
        private_dns: bool,
    },
}

/// How far an endpoint has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EndpointState {
    /// On its way.
    Pending,
    /// It works.
    Available,
    /// On its way off.
    Deleting,
}

impl EndpointState {
    /// AWS's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            EndpointState::Pending => "pending",
            EndpointState::Available => "available",
            EndpointState::Deleting => "deleting",
        }
    }
}

impl Endpoint {
    /// AWS's word for its type.
    pub const fn kind_word(&self) -> &'static str {
        match self.kind {
            EndpointKind::Gateway => "Gateway",
            EndpointKind::Interface { .. } => "Interface",
        }
    }

    /// The groups that its ENIs get; a gateway endpoint has none.
    pub fn groups(&self) -> &[GroupId] {
        match &self.kind {
            EndpointKind::Gateway => &[],
            EndpointKind::Interface { groups, .. } => groups,
        }
    }

    /// Its ENIs; a gateway endpoint has none.
    pub fn enis(&self) -> &[EniId] {
        match &self.kind {
            EndpointKind::Gateway => &[],
            EndpointKind::Interface { enis, .. } => enis,
        }
    }

    /// Whether the service's own name leads to its ENIs.
    pub const fn has_private_dns(&self) -> bool {
        matches!(self.kind, EndpointKind::Interface { private_dns: true, .. })
    }
}

/// The services that have interface endpoints here: those that lessons need, and what people try first.
pub const INTERFACE_SERVICES: &[&str] = &[
    "dynamodb",
    "ec2",
    "ec2messages",
    "ecr.api",
    "ecr.dkr",
    "ecs",
    "elasticfilesystem",
    "elasticloadbalancing",
    "events",
    "execute-api",
    "kms",
    "lambda",
    "logs",
    "monitoring",
    "s3",
    "secretsmanager",
    "sns",
    "sqs",
    "ssm",
    "ssmmessages",
    "sts",
];

/// The service's prefix list, if it has gateway endpoints. The ids are those of us-east-1, and the same in every region here (`M`).
pub fn prefix_list_of(service: &str) -> Option<PrefixListId> {
    match service {
        "s3" => "pl-63a5400a".parse().ok(),
        "dynamodb" => "pl-02cd2c6b".parse().ok(),
        _ => None,
    }
}

/// A service's part in names, which say its words backwards: `api.ecr` of `ecr.api`.
pub fn words_of_name(service: &str) -> String {
    match service.split_once('.') {
        Some((first, second)) => format!("{second}.{first}"),
        None => service.to_owned(),
    }
}

/// The name that clients of a service use in a region: `api.ecr.us-east-1.amazonaws.com`.
pub fn public_name_of(service: &str, region: &str) -> String {
    format!("{}.{region}.amazonaws.com", words_of_name(service))
}

/// Whether a name without its region and domain is that of a service: its own, or where each client has one that of a client (`bucket.s3`).
pub fn is_named(service: &str, stem: &str) -> bool {
    let words = words_of_name(service);
    let of_client =
        || matches!(service, "s3" | "ecr.dkr" | "execute-api") && stem.strip_suffix(&words).is_some_and(|more| more.ends_with('.'));
    stem == words || of_client()
}
