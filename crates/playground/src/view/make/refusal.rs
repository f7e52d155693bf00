//! Refusals in a few words of ours beside AWS's own.

use super::Maker;
use super::refusal_words::words;
use crate::aws::ApiError;
use crate::view::board::RefusalView;
use crate::view::words::{Key, RefusalKey};
use eni_core::control::error::{Mark, Refusal};
use eni_core::id::EniId;
use std::net::IpAddr;

impl Maker<'_> {
    /// A refusal of the control plane.
    pub fn refusal(&self, refusal: &Refusal) -> Box<RefusalView> {
        let names = self.names_in(refusal);
        let (why, instead) = words(refusal, &names);
        Box::new(RefusalView {
            headline: self.say(headline(refusal)),
            code: refusal.code().to_owned(),
            message: refusal.message(),
            reason: self.language.say(why),
            remedy: self.named_instead(refusal).unwrap_or_else(|| self.language.say(instead)),
            rule: refusal.rule(),
            mark: refusal.mark().map(Mark::letter),
        })
    }

    /// The few words that stand first, for places that have room for no more.
    pub(super) fn refusal_headline(&self, refusal: &Refusal) -> String {
        self.say(headline(refusal))
    }

    /// A request that does not even reach a decision: its code and AWS's message.
    pub fn refused_request(&self, error: ApiError) -> Box<RefusalView> {
        let ApiError { code, message } = error;
        let (why, instead) = request_words(&code);
        // The message names the kind of id that was expected: `(expecting "eni-...")`.
        let prefix = message.split_once("(expecting \"").and_then(|(_, rest)| rest.split_once("-...")).map_or("", |(prefix, _)| prefix);
        let ids = self.things_with(prefix);
        let instead = if ids.is_empty() { instead } else { RefusalKey::OneThatIsHere { ids: &ids } };
        Box::new(RefusalView {
            headline: self.say(Key::RefusedRequest),
            reason: self.language.say(why),
            remedy: self.language.say(instead),
            code,
            message,
            ..RefusalView::default()
        })
    }

    /// An instance that nobody here is called.
    pub fn no_such_instance(&self, name: &str) -> Box<RefusalView> {
        let ids = self.instances_by_name();
        self.refused_here(self.say(Key::NoSuchInstance { name }), RefusalKey::AnInstance { ids: &ids })
    }

    /// An end of a question that nothing here is called.
    pub fn no_such_end(&self, name: &str) -> Box<RefusalView> {
        let ids = self.instances_by_name();
        let message = match name {
            "" => Key::NoEndNamed,
            address if address.parse::<IpAddr>().is_ok() => Key::NobodyHas { address },
            name => Key::NoSuchEnd { name },
        };
        self.refused_here(self.say(message), RefusalKey::AnEnd { ids: &ids })
    }

    /// An ENI in no instance is to send something.
    pub fn eni_sends_nothing(&self, eni: EniId) -> Box<RefusalView> {
        self.refused_here(self.say(Key::EniSendsNothing { eni: &self.eni_name(eni) }), RefusalKey::AttachFirst)
    }

    /// Something that only the playground refuses, in its own words.
    pub fn refused_here(&self, message: String, instead: RefusalKey<'_>) -> Box<RefusalView> {
        Box::new(RefusalView {
            headline: self.say(Key::RefusedHere),
            message,
            remedy: self.language.say(instead),
            ..RefusalView::default()
        })
    }
}

/// The words for a request that was not understood, by AWS's code.
fn request_words(code: &str) -> (RefusalKey<'static>, RefusalKey<'static>) {
    match code {
        "UnsupportedOperation" => (RefusalKey::NotModelledHere, RefusalKey::PartOfPlayground),
        "MissingParameter" => (RefusalKey::RequestUnread, RefusalKey::WithMember),
        "UnknownParameter" => (RefusalKey::MemberUnknown, RefusalKey::WithoutMember),
        "InvalidParameterCombination" => (RefusalKey::MembersClash, RefusalKey::PutRight),
        "DryRunOperation" => (RefusalKey::OnlyTried, RefusalKey::WithoutDryRun),
        _ => (RefusalKey::RequestUnread, RefusalKey::PutRight),
    }
}

/// The few words that stand first. What has no words of its own is told by the family of its code.
fn headline(refusal: &Refusal) -> Key<'static> {
    match refusal {
        Refusal::DifferentZones { .. } => Key::RefusedZone,
        Refusal::DetachPrimary { .. } => Key::RefusedPrimary,
        Refusal::DeviceIndexTaken { .. } | Refusal::DeviceIndexStuck { .. } => Key::RefusedIndexTaken,
        Refusal::AttachmentLimit { .. } | Refusal::DeviceIndexTooHigh { .. } => Key::RefusedNoPlace,
        Refusal::InstanceNotReady { .. } | Refusal::WrongInstanceState { .. } | Refusal::InstanceGone { .. } => Key::RefusedInstanceState,
        Refusal::LastGroup { .. } => Key::RefusedLastGroup,
        Refusal::GroupsPerEniLimit { .. } => Key::RefusedGroupLimit,
        Refusal::DifferentVpcs { .. }
        | Refusal::GroupOfOtherVpc { .. }
        | Refusal::DifferentNetworks { .. }
        | Refusal::DifferentNetwork { .. } => Key::RefusedVpc,
        Refusal::EniManagedByService { .. } | Refusal::ElasticIpHeldByService { .. } | Refusal::ServiceAttachment { .. } => {
            Key::RefusedService
        }
        Refusal::NoInternetGateway { .. } => Key::RefusedNoGateway,
        Refusal::AttachmentBusy { .. } => Key::RefusedOnItsWay,
        Refusal::TerminationProtected { .. } | Refusal::StopProtected { .. } => Key::RefusedProtected,
        Refusal::LocalRoute { .. } => Key::RefusedLocalRoute,
        Refusal::FunctionExists { .. } | Refusal::MountTargetZoneTaken { .. } | Refusal::HostedZoneConflict { .. } => {
            Key::RefusedAlreadyThere
        }
        Refusal::FunctionBusy { .. } | Refusal::FunctionNotReady { .. } => Key::RefusedNotReady,
        Refusal::MountTargetOtherVpc { .. } => Key::RefusedVpc,
        other => family(other.code()),
    }
}

/// The words for a family of codes.
fn family(code: &str) -> Key<'static> {
    const FAMILIES: &[(&str, Key<'static>)] = &[
        ("NotFound", Key::RefusedNotThere),
        ("LimitExceeded", Key::RefusedQuota),
        ("Duplicate", Key::RefusedAlreadyThere),
        ("AlreadyExists", Key::RefusedAlreadyThere),
        ("AlreadyAssigned", Key::RefusedAlreadyThere),
        ("AlreadyAssociated", Key::RefusedAlreadyThere),
        ("InUse", Key::RefusedInUse),
        ("DependencyViolation", Key::RefusedInUse),
        ("Conflict", Key::RefusedOverlap),
        ("Range", Key::RefusedRange),
    ];
    FAMILIES.iter().find(|(part, _)| code.contains(part)).map_or(Key::RefusedRequest, |(_, key)| *key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_conflict_of_addresses_is_not_called_one() {
        let function = || "f".to_owned();
        assert_eq!(headline(&Refusal::FunctionNotReady { function: function(), state: "Pending" }), Key::RefusedNotReady);
        assert_eq!(headline(&Refusal::FunctionBusy { function: function() }), Key::RefusedNotReady);
        assert_eq!(headline(&Refusal::FunctionExists { function: function() }), Key::RefusedAlreadyThere);
        assert_eq!(family("InvalidSubnet.Conflict"), Key::RefusedOverlap);
    }
}
