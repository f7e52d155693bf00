//! Private hosted zones.

use crate::id::{HostedZoneId, VpcId};
use crate::model::dns_name::DnsName;
use crate::model::hosted_zone::{RecordSet, RecordType};

/// What CreateHostedZone was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateHostedZone {
    /// The domain.
    pub name: DnsName,
    /// The first VPC, with the region that it is said to be in. Without one the zone would be a public one.
    pub vpc: Option<(VpcId, String)>,
    /// Whether a private zone is asked for in words.
    pub is_private: Option<bool>,
    /// What tells a repetition of the request from a second one.
    pub caller_reference: String,
    /// Free text.
    pub comment: String,
}

/// What AssociateVPCWithHostedZone and DisassociateVPCFromHostedZone were asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostedZoneVpc {
    /// The zone.
    pub zone: HostedZoneId,
    /// The VPC.
    pub vpc: VpcId,
    /// The region that it is said to be in.
    pub region: String,
    /// Free text about the change, which nobody keeps.
    pub comment: String,
}

/// What ChangeResourceRecordSets was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeRecordSets {
    /// The zone.
    pub zone: HostedZoneId,
    /// The changes, in order: all of them or none.
    pub changes: Vec<RecordChange>,
    /// Free text about the change, which the answer repeats.
    pub comment: String,
}

/// One change of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordChange {
    /// What is done.
    pub action: RecordAction,
    /// The name as it was written: it is read, and refused, with all others of the batch.
    pub name: String,
    /// The type.
    pub kind: RecordType,
    /// What the name is to say, or says.
    pub set: RecordSet,
}

/// What is done with a record set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordAction {
    /// It comes; it must not be there.
    Create,
    /// It goes; it must be there with the same values.
    Delete,
    /// It comes, or takes the place of the one that is there.
    Upsert,
}

impl RecordAction {
    /// AWS's words, in the order of the variants.
    pub const WORDS: [&str; 3] = ["CREATE", "DELETE", "UPSERT"];

    /// AWS's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            RecordAction::Create => "CREATE",
            RecordAction::Delete => "DELETE",
            RecordAction::Upsert => "UPSERT",
        }
    }

    /// From AWS's word.
    pub fn from_word(word: &str) -> Option<RecordAction> {
        [RecordAction::Create, RecordAction::Delete, RecordAction::Upsert].into_iter().find(|action| action.as_str() == word)
    }
}
