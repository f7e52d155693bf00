//! Transit gateways: in by the ENI of the sender's zone, on by the table that its attachment is associated with, out by an ENI of another VPC
//! (`R57`, `R65` to `R68`).

use crate::addr::IpAddr;
use crate::dataplane::reason::{Code, Evidence};
use crate::dataplane::stage::{Context, Outcome, Stage, Then};
use crate::dataplane::verdict::{Disposition, Mark, Step, Verdict};
use crate::model::eni::Eni;
use crate::model::network::Network;
use crate::model::transit::{TransitAttachment, TransitState};
use crate::model::vpc::Subnet;
use crate::packet::Packet;

/// The ENI by which a subnet comes to a transit gateway: that of its own zone (`R65`).
pub fn entry<'a>(network: &'a Network, attachment: Option<&'a TransitAttachment>, subnet: &Subnet) -> Option<&'a Eni> {
    network.transit_eni(attachment?, &subnet.zone)
}

/// The attachment is associated with a table. What is for the ENI's own address is taken by nobody.
pub fn association<'s, 'a>(step: &'s mut Step, context: &Context<'a>, attachment: &TransitAttachment, eni: &Eni) -> Outcome<'s, 'a> {
    let destination = context.packet().destination;
    if eni.owns(destination) {
        let evidence = Evidence::Owner { address: destination, eni: Some(eni.id) };
        return Outcome::lost(step, "R57", Code::NoPossibleDestination, evidence, Disposition::Unreachable).marked(Mark::Believed);
    }
    let evidence = Evidence::Transit { from: attachment.id, table: attachment.table, route: None };
    match attachment.table {
        Some(_) => Outcome::allow(step, "R66", evidence),
        None => Outcome::deny(step, "R66", Code::TgwAttachMissingTgwRtbAssociation, evidence),
    }
}

/// The table's best route leads to an attachment that works, and by an ENI of it into its VPC.
pub fn route<'s, 'a>(step: &'s mut Step, context: &mut Context<'a>, from: &'a TransitAttachment, eni: &'a Eni) -> Outcome<'s, 'a> {
    let network = context.network();
    let table = from.table.and_then(|id| network.transit_table(id));
    let route = table.and_then(|table| table.route_for(network, context.packet().destination));
    let evidence = Evidence::Transit { from: from.id, table: from.table, route };
    let Some(route) = route else {
        return Outcome::lost(step, "R66", Code::TgwRtbNoRouteToTgwAttachment, evidence, Disposition::NoRoute);
    };
    let to = route.to.and_then(|id| network.transit_attachment(id)).filter(|to| to.state == TransitState::Available);
    let Some(to) = to else {
        return Outcome::lost(step, "R67", Code::BadStateRoute, evidence, Disposition::Blackholed);
    };
    let out = exit(network, to, eni, context.packet());
    context.transit = true;
    Outcome::new(step, Verdict::Route, "R66", evidence, Then::Next).to(out.and_then(|out| Stage::egress(network, out.id))).forwarded()
}

/// The ENI by which a packet goes on: that of the zone by which it came, where the VPC has one there, or the first (`M`). In appliance mode both
/// directions of a flow go by one zone, which its addresses and ports decide (`R68`).
fn exit<'a>(network: &'a Network, to: &'a TransitAttachment, came_by: &Eni, packet: &Packet) -> Option<&'a Eni> {
    let first = || to.enis.first().and_then(|id| network.eni(*id));
    if to.options.appliance_mode {
        let (one, other) = packet.ports().unwrap_or((0, 0));
        let sum =
            number(packet.source).wrapping_add(number(packet.destination)).wrapping_add(u32::from(one)).wrapping_add(u32::from(other));
        let at = usize::try_from(sum).unwrap_or(0).checked_rem(to.enis.len())?;
        return to.enis.get(at).and_then(|id| network.eni(*id));
    }
    let zone = network.subnet(came_by.subnet).map(|subnet| &subnet.zone);
    zone.and_then(|zone| network.transit_eni(to, zone)).or_else(first)
}

fn number(address: IpAddr) -> u32 {
    match address {
        IpAddr::V4(ip) => u32::from(ip),
        IpAddr::V6(ip) => ip.segments().iter().fold(0, |sum: u32, part| sum.wrapping_mul(31).wrapping_add(u32::from(*part))),
    }
}
