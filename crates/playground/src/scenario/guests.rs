//! The guests of a document: what runs on instances, what is broken on them, and what they are held to.

use crate::act::{FilterOf, GuestChange, GuestCommand};
use crate::json::{FieldError, Fields};
use crate::words::InputKey;
use eni_core::addr::Ipv4Addr;
use eni_core::id::EniId;
use eni_core::model::fault::{EVERY_PACKET, Faults, Loss, MOST_CONNECTIONS};
use eni_core::model::instance::{Guest, GuestFlavour, Instance, Listener, RpFilter};
use eni_core::table::Set;
use eni_core::time::Instant;
use serde_json::{Map, Value, json};

/// What is broken on an instance, and since when, in nanoseconds; how many connections it may track.
pub(super) fn read_faults(fields: &mut Fields<'_>) -> Result<Faults, FieldError> {
    let mut moment = |name| Ok(fields.optional_number(name, u64::MAX / 2)?.map(Instant::from_nanos));
    let (hangs_since, since) = (moment("hangsSince")?, moment("lossSince")?.unwrap_or(Instant::ZERO));
    let share = fields.optional_number("lossPerMille", u64::from(EVERY_PACKET))?.and_then(|share| u16::try_from(share).ok());
    let loss = share.filter(|share| *share > 0).map(|per_mille| Loss { per_mille, since });
    let most = fields.optional_number("connectionsAtMost", u64::from(MOST_CONNECTIONS))?.and_then(|most| u32::try_from(most).ok());
    Ok(Faults { hangs_since, loss, connections: most.filter(|most| *most > 0) })
}

fn write_faults(faults: &Faults, object: &mut Map<String, Value>) {
    if let Some(since) = faults.hangs_since {
        object.insert("hangsSince".to_owned(), since.as_nanos().into());
    }
    if let Some(loss) = faults.loss {
        object.insert("lossPerMille".to_owned(), loss.per_mille.into());
        object.insert("lossSince".to_owned(), loss.since.as_nanos().into());
    }
    if let Some(most) = faults.connections {
        object.insert("connectionsAtMost".to_owned(), most.into());
    }
}

/// What runs on an instance.
pub(super) fn read_guest(fields: &mut Fields<'_>) -> Result<Guest, FieldError> {
    let flavour = match fields.optional_text("image", 32)?.unwrap_or("policy-routing") {
        "policy-routing" => GuestFlavour::PolicyRouting,
        "plain" => GuestFlavour::Plain,
        "router" => GuestFlavour::Router,
        _ => return Err(FieldError::new(fields.place("image"), InputKey::ExpectedWord { words: "policy-routing, plain, router" })),
    };
    let mut guest = Guest::of(flavour);
    let flags = [
        ("policyRouting", &mut guest.policy_routing),
        ("forwarding", &mut guest.forwarding),
        ("masquerade", &mut guest.masquerade),
        ("configuresSecondaries", &mut guest.configures_secondaries),
    ];
    for (name, flag) in flags {
        *flag = fields.optional_flag(name)?.unwrap_or(*flag);
    }
    guest.rp_filter = match fields.optional_text("rpFilter", 8)? {
        None => guest.rp_filter,
        Some("off") => RpFilter::Off,
        Some("strict") => RpFilter::Strict,
        Some("loose") => RpFilter::Loose,
        _ => return Err(FieldError::new(fields.place("rpFilter"), InputKey::ExpectedWord { words: "off, strict, loose" })),
    };
    guest.configured = read_configured(fields)?;
    for text in fields.list("byHand")? {
        let command = text.as_str().and_then(|text| text.parse::<GuestCommand>().ok()).filter(|command| is_by_hand(command.0));
        let after = command.and_then(|command| command.carried_out_on(&guest).ok());
        guest = after.ok_or_else(|| FieldError::new(fields.place("byHand"), InputKey::ExpectedByHand))?;
    }
    for text in fields.list("listeners")? {
        let command = text.as_str().and_then(|text| format!("listen {text}").parse::<GuestCommand>().ok());
        let after = command.and_then(|command| command.carried_out_on(&guest).ok());
        guest = after.ok_or_else(|| FieldError::new(fields.place("listeners"), InputKey::ExpectedListeners))?;
    }
    Ok(guest)
}

/// What a document tells of beside the switches of a guest.
const fn is_by_hand(change: GuestChange) -> bool {
    matches!(
        change,
        GuestChange::Routing(_)
            | GuestChange::Nat(_)
            | GuestChange::ConfigureAddress(_, _, Some(_))
            | GuestChange::ReversePathFilter(FilterOf::All | FilterOf::Interface(_), _)
    )
}

/// The commands that make what was set by hand.
fn written_by_hand(guest: &Guest) -> Vec<String> {
    let before = Guest { by_hand: None, ..guest.clone() };
    GuestCommand::between(&before, guest).iter().map(ToString::to_string).collect()
}

fn read_configured(fields: &mut Fields<'_>) -> Result<Set<(EniId, Ipv4Addr)>, FieldError> {
    let mut configured = Set::new();
    for entry in fields.list("configured")? {
        let pair = entry.as_str().and_then(|text| text.split_once(' ')).and_then(|(eni, ip)| Some((eni.parse().ok()?, ip.parse().ok()?)));
        configured.insert(pair.ok_or_else(|| FieldError::new(fields.place("configured"), InputKey::ExpectedConfigured))?);
    }
    Ok(configured)
}

/// The guest of an instance.
pub(super) fn write_guest(instance: &Instance) -> Value {
    let guest = &instance.guest;
    let image = match guest.flavour {
        GuestFlavour::PolicyRouting => "policy-routing",
        GuestFlavour::Plain => "plain",
        GuestFlavour::Router => "router",
    };
    let filter = match guest.rp_filter {
        RpFilter::Off => "off",
        RpFilter::Strict => "strict",
        RpFilter::Loose => "loose",
    };
    let listener = |listener: &Listener| {
        let command = GuestCommand(GuestChange::Listen(*listener)).to_string();
        command.strip_prefix("listen ").unwrap_or_default().to_owned()
    };
    let mut object = json!({
        "image": image,
        "policyRouting": guest.policy_routing,
        "forwarding": guest.forwarding,
        "masquerade": guest.masquerade,
        "configuresSecondaries": guest.configures_secondaries,
        "rpFilter": filter,
        "configured": guest.configured.iter().map(|(eni, ip)| format!("{eni} {ip}")).collect::<Vec<_>>(),
        "listeners": guest.listeners.iter().map(listener).collect::<Vec<_>>(),
    });
    if let Some(members) = object.as_object_mut() {
        write_faults(&instance.faults, members);
        if guest.by_hand.is_some() {
            members.insert("byHand".to_owned(), written_by_hand(guest).into());
        }
        if !instance.user_data.is_empty() {
            members.insert("userData".to_owned(), (*instance.user_data).into());
        }
    }
    object
}
