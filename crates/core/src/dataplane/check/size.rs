//! How long a packet may be where it goes on (`E93`). Only long packets are asked; what fits everywhere meets nothing of this.

use super::super::stage::Behind;
use crate::dataplane::pipeline::Check;
use crate::dataplane::reason::{Code, Evidence};
use crate::dataplane::stage::{Context, Stage};
use crate::dataplane::verdict::{Disposition, Mark, Step, Verdict, Walk};
use crate::model::eni::Eni;
use crate::packet::Packet;

/// What fits everywhere: no way here carries less.
pub(crate) const FITS_EVERYWHERE: u16 = 1_400;
/// Through an internet gateway.
pub const INTERNET: u16 = 1_500;
/// Through a VPN connection. It tells nobody: path MTU discovery does not work there.
pub const VPN: u16 = 1_446;
/// Through a NAT gateway, a transit gateway or an endpoint.
pub const GATEWAY: u16 = 8_500;

/// How long a packet may be, and whether who is too long is told.
#[derive(Clone, Copy)]
struct Limit {
    bytes: u16,
    tells: bool,
    rule: &'static str,
}

/// What a long packet meets at the beginning of a stage: a packet of the guest's own becomes as long as its interface takes, as its system cuts it;
/// one that is on its way and too long is lost. Whether it is.
pub(crate) fn is_lost(context: &mut Context<'_>, stage: Stage<'_>, walk: &mut Walk) -> bool {
    let own = match stage {
        Stage::Egress { eni, .. } if context.hops == 0 => size_of(context, eni),
        _ => None,
    };
    if let Some(size) = own {
        if size < context.packet().length {
            context.rewrite(Packet { length: size, ..*context.packet() });
        }
        return false;
    }
    let Some(limit) = limit(context, stage).filter(|limit| context.packet().length > limit.bytes) else { return false };
    let evidence = Evidence::Size { length: context.packet().length, limit: limit.bytes, tells: limit.tells };
    let (place, saw) = (stage.place(), context.saw(walk));
    let mark = (limit.rule == "G20").then_some(Mark::Believed);
    let code = Some(Code::PacketTooLong);
    walk.steps.push(Step { place, saw, check: Check::Size, verdict: Verdict::Deny, evidence, code, rule: limit.rule, mark });
    walk.disposition = Disposition::Denied;
    true
}

fn limit(context: &Context<'_>, stage: Stage<'_>) -> Option<Limit> {
    let (bytes, tells) = match stage {
        Stage::Egress { eni, .. } => return Some(Limit { bytes: size_of(context, eni)?, tells: true, rule: "G20" }),
        // Its network card drops what is longer than it was set to, without a word.
        Stage::GuestIn { instance, eni } => return Some(Limit { bytes: instance.guest.size_of(eni.id), tells: false, rule: "G20" }),
        Stage::GatewayOut { .. } | Stage::EgressOnlyOut { .. } => (INTERNET, true),
        Stage::VpnOut { .. } => (VPN, false),
        Stage::Nat { .. } | Stage::Transit { .. } => (GATEWAY, true),
        Stage::EndpointOut { .. } | Stage::Service { behind: Behind::Endpoint(_), .. } => (GATEWAY, false),
        _ => return None,
    };
    Some(Limit { bytes, tells, rule: "E93" })
}

/// The longest packet of an ENI, as the guest has set it.
fn size_of(context: &Context<'_>, eni: &Eni) -> Option<u16> {
    let instance = context.network().instance(eni.attached_instance()?)?;
    Some(instance.guest.size_of(eni.id))
}
