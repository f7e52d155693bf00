//! Which ENI the guest sends by (`G1` to `G8`).

use crate::addr::IpAddr;
use crate::dataplane::guest;
use crate::dataplane::reason::{Code, Evidence, GuestRouting};
use crate::dataplane::stage::{Context, Outcome, Stage, Then};
use crate::dataplane::verdict::{Step, Verdict};
use crate::model::instance::Instance;
use crate::packet::Packet;

/// Chooses the ENI, and the source address where the sender left it open.
pub fn check<'s, 'a>(step: &'s mut Step, context: &mut Context<'a>, instance: &'a Instance) -> Outcome<'s, 'a> {
    let network = context.network();
    let packet = *context.packet();
    let exit = guest::exit(network, instance, packet.source, packet.destination);
    let evidence = Evidence::GuestRoute { eni: exit.eni.map(|eni| eni.id), by: exit.by };
    let rule = match exit.by {
        GuestRouting::Policy => "G5",
        GuestRouting::Connected => "G4",
        GuestRouting::Default if packet.source.is_unspecified() => "G8",
        GuestRouting::Default => "G2",
        GuestRouting::Local => "G1",
        GuestRouting::Table(_) => "G17",
        GuestRouting::NoNeighbour(_) => return Outcome::deny(step, "G17", Code::NoPossibleDestination, evidence),
        // Nobody said so by hand: the guest has no address of that family, and so no route.
        GuestRouting::Unreachable if instance.guest.by_hand.is_none() => {
            return Outcome::deny(step, "G1", Code::NoRouteToDestination, evidence);
        }
        GuestRouting::Unreachable => return Outcome::deny(step, "G17", Code::NoRouteToDestination, evidence),
        GuestRouting::ForeignSource => return Outcome::deny(step, "E62", Code::GuestAddressNotConfigured, evidence),
        GuestRouting::NoInterface => return Outcome::deny(step, "P-E1", Code::BadStateAttachment, evidence),
    };
    let Some(eni) = exit.eni else { return Outcome::deny(step, "P-E1", Code::BadStateAttachment, evidence) };
    if packet.source.is_unspecified() {
        // To an address of its own it speaks from that address.
        let own = (exit.by == GuestRouting::Local).then_some(packet.destination);
        let wanted = exit.source.map(IpAddr::V4).or(own);
        let source = wanted.or_else(|| eni.address_towards(packet.destination)).unwrap_or(packet.source);
        context.rewrite(Packet { source, ..packet });
    }
    let outcome = Outcome::new(step, Verdict::Route, rule, evidence, Then::Next);
    match exit.by {
        GuestRouting::Local => outcome.to(Some(Stage::GuestIn { instance, eni })),
        _ => outcome.to(Stage::leaving(network, eni)),
    }
}
