//! Refusals in a few words of ours beside AWS's own.

use super::Maker;
use crate::view::board::RefusalView;
use crate::view::words::Key;
use eni_core::control::error::{Mark, Refusal};
use eni_core::control::remedy::Remedy;

impl Maker<'_> {
    /// A refusal of the control plane.
    pub fn refusal(&self, refusal: &Refusal) -> RefusalView {
        RefusalView {
            headline: self.say(headline(refusal)),
            code: refusal.code().to_owned(),
            message: refusal.message(),
            remedy: self.instead(refusal),
            rule: refusal.rule(),
            mark: refusal.mark().map(|mark| match mark {
                Mark::Believed => 'B',
                Mark::Modelled => 'M',
                Mark::Disputed => '?',
            }),
        }
    }

    /// What would be accepted instead, where a few words can say it.
    fn instead(&self, refusal: &Refusal) -> String {
        match refusal.remedy(self.network) {
            Remedy::InstancesInZone { instances, .. } => {
                instances.first().map(|id| self.say(Key::TakesIt { who: &self.instance_name(*id) })).unwrap_or_default()
            }
            Remedy::FreeIndexes { indexes, .. } => {
                indexes.first().map(|index| self.say(Key::IndexIsFree { index: &index.to_string() })).unwrap_or_default()
            }
            Remedy::Wait => self.say(Key::WaitForIt),
            Remedy::Detach(_) => self.say(Key::DetachFirst),
            Remedy::Disassociate(_) => self.say(Key::UnmapFirst),
            Remedy::AttachGateway { .. } => self.say(Key::AttachGatewayFirst),
            Remedy::RemoveFirst(things) => {
                let names = super::list(things.iter().take(3).map(|id| self.tagged_name(*id)));
                if names.is_empty() { String::new() } else { self.say(Key::RemoveFirst { things: &names }) }
            }
            _ => String::new(),
        }
    }

    /// A request that does not even reach a decision: its code and AWS's message.
    pub fn refused_request(&self, code: &str, message: String) -> RefusalView {
        RefusalView { headline: self.say(Key::RefusedRequest), code: code.to_owned(), message, ..RefusalView::default() }
    }

    /// Something that only the playground refuses, in its own words.
    pub fn refused_here(&self, message: String) -> RefusalView {
        RefusalView { headline: self.say(Key::RefusedHere), message, ..RefusalView::default() }
    }
}

/// The few words that stand first. What has no words of its own is told by the family of its code.
fn headline(refusal: &Refusal) -> Key<'static> {
    match refusal {
        Refusal::DifferentZones { .. } => Key::RefusedZone,
        Refusal::DetachPrimary { .. } => Key::RefusedPrimary,
        Refusal::DeviceIndexTaken { .. } => Key::RefusedIndexTaken,
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
