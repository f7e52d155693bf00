//! Virtual private gateways: packets between a VPC and what lies behind VPN connections, as they are (`R51`, `R60`, `P22`, `P23`).

use crate::addr::IpAddr;
use crate::dataplane::reason::{Code, Evidence};
use crate::dataplane::stage::{Context, Outcome, Then};
use crate::dataplane::verdict::{Disposition, Mark, Place, Step, Verdict};
use crate::model::vpn::VpnGateway;

/// Out: it takes what comes from addresses of its VPC.
pub fn source<'s, 'a>(step: &'s mut Step, context: &Context<'a>, gateway: &VpnGateway) -> Outcome<'s, 'a> {
    address(step, context, gateway, context.packet().source, Code::VgwPrivateIpAssociationForEgress)
}

/// In: it takes what is for addresses of its VPC, and so leads to no other gateway, peer or endpoint (`P23`).
pub fn destination<'s, 'a>(step: &'s mut Step, context: &Context<'a>, gateway: &VpnGateway) -> Outcome<'s, 'a> {
    address(step, context, gateway, context.packet().destination, Code::VgwPrivateIpAssociationForIngress)
}

fn address<'s, 'a>(step: &'s mut Step, context: &Context<'a>, gateway: &VpnGateway, address: IpAddr, code: Code) -> Outcome<'s, 'a> {
    let inside = gateway.vpc.and_then(|vpc| context.network().vpc(vpc)).is_some_and(|vpc| vpc.has_address(address));
    let evidence = Evidence::VpnAddress { gateway: gateway.id, address, inside };
    if gateway.vpc.is_none() {
        return Outcome::lost(step, "R51", Code::BadStateAttachment, evidence, Disposition::Blackholed);
    }
    if address.is_ipv6() {
        return Outcome::deny(step, "R51", Code::ProtocolRestriction, evidence);
    }
    if inside { Outcome::allow(step, "P23", evidence) } else { Outcome::deny(step, "P23", code, evidence) }
}

/// Out: by a static route of a connection, or by one that came by BGP. Without one it has nowhere to send the packet.
pub fn way_out<'s, 'a>(step: &'s mut Step, context: &Context<'a>, gateway: &VpnGateway) -> Outcome<'s, 'a> {
    let evidence = way(context, gateway, context.packet().destination);
    let Evidence::VpnRoute { known: true, .. } = evidence else {
        let code = if has_connection(context, gateway) { Code::NoRouteToDestination } else { Code::BadStateVpn };
        let disposition = if code == Code::BadStateVpn { Disposition::Blackholed } else { Disposition::NoRoute };
        return Outcome::lost(step, "R60", code, evidence, disposition).marked(Mark::Believed);
    };
    let then = Then::Arrive(Disposition::ExitsNetwork, Place::VpnGateway(gateway.id));
    Outcome::new(step, Verdict::Deliver, "R60", evidence, then)
}

/// In: a connection brings it. Where its answer will go is not asked (`M`).
pub fn way_in<'s, 'a>(step: &'s mut Step, context: &Context<'a>, gateway: &VpnGateway) -> Outcome<'s, 'a> {
    let evidence = way(context, gateway, context.packet().source);
    let known = matches!(evidence, Evidence::VpnRoute { known: true, .. });
    if known || has_connection(context, gateway) {
        return Outcome::allow(step, "R60", evidence).marked(Mark::Modelled);
    }
    Outcome::lost(step, "R60", Code::BadStateVpn, evidence, Disposition::Blackholed).marked(Mark::Believed)
}

fn way(context: &Context<'_>, gateway: &VpnGateway, address: IpAddr) -> Evidence {
    let connection = context.network().vpn_connection_to(gateway.id, address).map(|connection| connection.id);
    let known = context.network().vpn_reaches(gateway, address);
    Evidence::VpnRoute { gateway: gateway.id, address, known, connection }
}

fn has_connection(context: &Context<'_>, gateway: &VpnGateway) -> bool {
    context.network().vpn_connections().any(|connection| connection.vpn_gateway == gateway.id)
}
