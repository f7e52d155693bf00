//! Gateway endpoints: TCP and echoes between addresses of a VPC and those of a service, as they are (`R55`, `R61`, `P44`).

use crate::addr::Direction;
use crate::dataplane::reason::{Code, Evidence};
use crate::dataplane::stage::{Context, Outcome, Stage, Then};
use crate::dataplane::verdict::{Disposition, Place, Step, Verdict};
use crate::model::endpoint::Endpoint;
use crate::packet::{ECHO_REPLY, ECHO_REQUEST, Transport};

/// It takes TCP and echo requests, and brings back TCP and echo replies.
pub fn protocol<'s, 'a>(step: &'s mut Step, context: &Context<'a>, endpoint: &Endpoint, direction: Direction) -> Outcome<'s, 'a> {
    let echoes = if direction == Direction::Egress { ECHO_REQUEST } else { ECHO_REPLY };
    let carried = match context.packet().transport {
        Transport::Tcp { .. } => true,
        Transport::Icmp { kind, .. } => echoes.contains(&kind),
        Transport::Udp { .. } | Transport::Other(_) => false,
    };
    let evidence = Evidence::Endpoint { endpoint: endpoint.id, address: context.packet().source, carried };
    if carried { Outcome::allow(step, "R61", evidence) } else { Outcome::deny(step, "R61", Code::VpceGatewayProtocol, evidence) }
}

/// Out: it takes what addresses of its VPC send, and hands it to the service.
pub fn out<'s, 'a>(step: &'s mut Step, context: &Context<'a>, endpoint: &Endpoint) -> Outcome<'s, 'a> {
    let address = context.packet().source;
    let carried = context.network().vpc(endpoint.vpc).is_some_and(|vpc| vpc.has_address(address));
    let evidence = Evidence::Endpoint { endpoint: endpoint.id, address, carried };
    if !carried {
        return Outcome::deny(step, "R55", Code::GatewayRejectsSpoofedTraffic, evidence);
    }
    let then = Then::Arrive(Disposition::ExitsNetwork, Place::Endpoint(endpoint.id));
    Outcome::new(step, Verdict::Deliver, "R55", evidence, then)
}

/// Back: it brings what addresses of its service's prefix list send.
pub fn back<'s, 'a>(step: &'s mut Step, context: &Context<'a>, endpoint: &Endpoint) -> Outcome<'s, 'a> {
    let address = context.packet().source;
    let carried = context.network().prefix_lists_of_service(&endpoint.service).any(|list| list.entry_of(address).is_some());
    let evidence = Evidence::Endpoint { endpoint: endpoint.id, address, carried };
    if !carried {
        return Outcome::deny(step, "R61", Code::VpceGatewayEgressSource, evidence);
    }
    Outcome::new(step, Verdict::Route, "R55", evidence, Then::Go(Stage::Local { vpc: endpoint.vpc, from: None }))
}
