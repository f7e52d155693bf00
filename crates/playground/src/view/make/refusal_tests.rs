//! Every refusal of the engine has a code, AWS's message, the reason and what would be accepted, in words of the table.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

#[path = "../../../../core/tests/refusals/mod.rs"]
mod cases;

use super::Maker;
use crate::view::board::RefusalView;
use crate::view::words::Language;
use crate::world::memory::Memory;
use cases::{Case, Scene, TABLES, refusal_of};
use eni_core::control::decide::decide;
use eni_core::control::error::REFUSAL_NAMES;
use eni_core::table::Table;

/// Every case of the engine's tables, and what the learner is told about it.
fn all(language: Language) -> Vec<(&'static Case, Box<RefusalView>)> {
    TABLES.iter().copied().flatten().map(|case| (case, told(case, language))).collect()
}

fn told(case: &Case, language: Language) -> Box<RefusalView> {
    let mut scene = Scene::new();
    let command = (case.act)(&mut scene);
    let refusal = refusal_of(decide(&scene.network, &command, scene.now)).unwrap();
    let mut memory = Memory::default();
    memory.follow(&scene.network, scene.now);
    let names = Table::new();
    Maker { network: &scene.network, memory: &memory, now: scene.now, language, names: &names, follows: &[] }.refusal(&refusal)
}

// rules: A13 A16 A23 E15 E20 E23 E25 E27 E50 E57 E60 L7 L15 S8 X3
#[test]
fn every_refusal_says_why_and_what_would_be_accepted() {
    let told = all(Language::English);
    for name in REFUSAL_NAMES {
        assert!(told.iter().any(|(case, _)| case.name == *name), "{name} is never given");
    }
    for (case, view) in &told {
        for (what, text) in [
            ("headline", &view.headline),
            ("code", &view.code),
            ("message", &view.message),
            ("reason", &view.reason),
            ("instead", &view.remedy),
        ] {
            assert!(!text.is_empty(), "{} has no {what}", case.name);
            // A name that is not there leaves a gap.
            assert!(!text.contains("  ") && !text.starts_with(' ') && !text.contains(" ."), "{}: {what} has a gap: {text:?}", case.name);
        }
        assert!(case.text.starts_with(&format!("{}: ", view.code)), "{}: {}", case.name, view.code);
        assert!(view.reason.ends_with('.') && !view.remedy.ends_with('.'), "{}: {} | {}", case.name, view.reason, view.remedy);
        assert_ne!(view.reason, view.message, "{}", case.name);
    }
    // What can be named is named.
    for (name, part) in NAMED {
        let said: Vec<&str> = told.iter().filter(|(case, _)| case.name == *name).map(|(_, view)| view.remedy.as_str()).collect();
        assert!(said.iter().any(|text| text.contains(part)), "{name}: {said:?} has no {part:?}");
    }
}

#[test]
fn the_words_of_refusals_are_translated() {
    for (case, view) in all(Language::Pseudo) {
        for text in [&view.headline, &view.reason] {
            assert!(text.starts_with('⟦') && text.ends_with('⟧'), "{}: {text}", case.name);
        }
        // The id of an attachment stands by itself.
        assert!(view.remedy.starts_with('⟦') || view.remedy.starts_with("eni-attach-"), "{}: {}", case.name, view.remedy);
    }
}

/// What names things names the right ones: the variant, and a part of what it says.
const NAMED: &[(&str, &str)] = &[
    ("AddressOutsideSubnet", "10.0.1.8 is free"),
    ("AddressInUse", "10.0.1.8 is free"),
    ("PrimaryAddressTaken", "10.0.1.8 is free; or move the whole ENI eni-00000000000000004"),
    ("DeviceIndexTaken", "index 2 is free"),
    ("DetachPrimary", "eni-00000000000000004"),
    ("DifferentZones", "us-east-1b"),
    ("AttachmentLimit", "t3.small"),
    ("GroupOfOtherVpc", "default, web"),
    ("LastGroup", "default, web"),
    ("AddressQuota", "203.0.113.2 is released"),
    ("NoInternetGateway", "igw-00000000000000002 is attached"),
    ("PublicAddressesMapped", "203.0.113.1"),
    ("SubnetConflict", "10.0.0.0/24 is free"),
    ("SubnetInUse", "eni-00000000000000001"),
    ("AclInUse", "no longer use it: subnet-00000000000000001"),
    ("SeveralEnis", "eni-00000000000000001, eni-00000000000000004"),
    ("WrongInstanceState", "is running"),
    ("InstanceNotReady", "does not come back"),
    ("InstanceNotStopped", "is stopped"),
    ("GroupDuplicate", "WEB-2 is free"),
    ("UnknownZone", "us-east-1a"),
    ("EniNotFound", "eni-00000000000000001"),
    ("RouteNotFound", "10.0.0.0/16"),
    ("VpcHasGateway", "igw-00000000000000001 is detached"),
    ("AddressLimit", "t3.medium"),
];
