//! The checks, one file for each kind. Each reads the packet and where it is, and says what it found; none changes anything.

mod acl;
mod address;
mod balancer;
mod connections;
mod egress_only;
mod endpoint;
mod fault;
mod gateway;
mod group;
mod guest_in;
mod guest_out;
mod miss;
mod nat;
mod peering;
mod route;
mod runs;
mod service;
pub(crate) mod size;
mod source_dest;
mod subnet;
mod transit;
mod unfiltered;
mod vpn;

pub use group::opens;

use super::pipeline::Check;
use super::reason::Evidence;
use super::stage::{Context, Outcome, Stage};
use super::verdict::Step;
use crate::addr::Direction;
use crate::id::VpcId;
use crate::model::eni::Eni;
use crate::model::instance::Instance;
use crate::model::vpc::Subnet;

/// Makes a check in the guest that sends.
#[inline(always)]
pub(crate) fn guest_out<'s, 'a>(step: &'s mut Step, context: &mut Context<'a>, instance: &'a Instance, check: Check) -> Outcome<'s, 'a> {
    match check {
        Check::SourceRuns => runs::source(step, context, instance),
        Check::Faults => fault::check(step, context, instance, Direction::Egress),
        Check::GuestRoute => guest_out::check(step, context, instance),
        _ => nothing(step),
    }
}

/// Makes a check on the way out of an ENI and its subnet.
#[inline(always)]
pub(crate) fn egress<'s, 'a>(
    step: &'s mut Step,
    context: &mut Context<'a>,
    eni: &'a Eni,
    subnet: &'a Subnet,
    check: Check,
) -> Outcome<'s, 'a> {
    match check {
        Check::SourceAttached => runs::sender(step, context, eni),
        Check::Unfiltered => unfiltered::check(step, context, eni, subnet),
        Check::SourceDestCheckOut => source_dest::check(step, eni, &context.packet().source),
        Check::GroupOut => group::check(step, context, eni, Direction::Egress),
        Check::Connections => connections::check(step, context, eni, Direction::Egress),
        Check::SameSubnet => {
            context.returns = balancer::way_back(context, eni);
            subnet::check(step, context, subnet)
        }
        // A router in the sender's own subnet is a neighbour: no border is crossed on the way to it.
        Check::AclOut if route::leads_to_neighbour(context, subnet) => Outcome::skip(step, "N10", Evidence::NoBorder { subnet: subnet.id }),
        Check::AclOut => acl::check(step, context, subnet, Direction::Egress),
        Check::Route => match context.returns {
            Some(node) => balancer::back(step, context, node, subnet),
            None => route::check(step, context, eni, subnet),
        },
        _ => nothing(step),
    }
}

/// Makes the check in the VPC's router.
#[inline(always)]
pub(crate) fn local<'s, 'a>(step: &'s mut Step, context: &mut Context<'a>, vpc: VpcId, from: Option<&'a Subnet>) -> Outcome<'s, 'a> {
    address::owner(step, context, vpc, from)
}

/// Makes a check on the way into a subnet and an ENI, over the subnet's border or not.
#[inline(always)]
pub(crate) fn ingress<'s, 'a>(
    step: &'s mut Step,
    context: &mut Context<'a>,
    (eni, subnet, crossed): (&'a Eni, &'a Subnet, bool),
    check: Check,
) -> Outcome<'s, 'a> {
    match check {
        Check::AclIn if !crossed => Outcome::skip(step, "N10", Evidence::NoBorder { subnet: subnet.id }),
        Check::AclIn => acl::check(step, context, subnet, Direction::Ingress),
        Check::GroupIn => group::check(step, context, eni, Direction::Ingress),
        Check::Connections => connections::check(step, context, eni, Direction::Ingress),
        Check::SourceDestCheckIn => source_dest::check(step, eni, &context.packet().destination),
        Check::DestinationRuns => runs::receiver(step, context, eni),
        _ => nothing(step),
    }
}

/// Makes a check in the guest that receives.
#[inline(always)]
pub(crate) fn guest_in<'s, 'a>(
    step: &'s mut Step,
    context: &mut Context<'a>,
    instance: &'a Instance,
    eni: &'a Eni,
    check: Check,
) -> Outcome<'s, 'a> {
    match check {
        Check::Faults => fault::check(step, context, instance, Direction::Ingress),
        Check::ReversePath => guest_in::reverse_path(step, context, instance, eni),
        Check::GuestAddress => guest_in::address(step, context, instance, eni),
        Check::Listener => guest_in::listener(step, context, instance),
        _ => nothing(step),
    }
}

/// Makes a check at a gateway, a service or in the internet.
pub(crate) fn elsewhere<'s, 'a>(step: &'s mut Step, context: &mut Context<'a>, stage: Stage<'a>, check: Check) -> Outcome<'s, 'a> {
    match (stage, check) {
        (Stage::GatewayOut { sender, .. }, Check::GatewaySource) => gateway::source(step, context, sender.vpc, sender.id),
        (Stage::GatewayOut { gateway, sender }, Check::GatewayDestination) => {
            gateway::destination(step, context, Some(gateway), sender.vpc)
        }
        (Stage::EgressOnlyOut { gateway }, Check::EgressOnly) => egress_only::out(step, context, gateway),
        (Stage::EgressOnlyOut { gateway }, Check::GatewayDestination) => gateway::destination(step, context, None, gateway.vpc),
        (Stage::EgressOnlyIn { gateway }, Check::EgressOnly) => egress_only::back(step, context, gateway),
        (Stage::Internet, Check::PublicAddress) => address::public(step, context),
        (Stage::GatewayIn { vpc, .. }, Check::GatewayTranslate) => gateway::translate_in(step, context, vpc),
        (Stage::GatewayIn { gateway, vpc }, Check::EdgeRoute) => route::internet_edge(step, context, gateway, vpc),
        (Stage::VpnOut { gateway }, Check::VpnAddress) => vpn::source(step, context, gateway),
        (Stage::VpnOut { gateway }, Check::VpnRoute) => vpn::way_out(step, context, gateway),
        (Stage::VpnIn { gateway }, Check::VpnRoute) => vpn::way_in(step, context, gateway),
        (Stage::VpnIn { gateway }, Check::VpnAddress) => vpn::destination(step, context, gateway),
        (Stage::VpnIn { gateway }, Check::EdgeRoute) => route::vpn_edge(step, context, gateway),
        (Stage::Nat { gateway, .. }, Check::NatState) => nat::state(step, gateway),
        (Stage::Nat { gateway, .. }, Check::NatProtocol) => nat::protocol(step, context, gateway),
        (Stage::Nat { gateway, eni }, Check::NatSource) => nat::source(step, context, gateway, eni),
        (Stage::Nat { gateway, eni }, Check::NatTranslate) => nat::translate(step, context, gateway, eni),
        (Stage::EndpointOut { endpoint }, Check::EndpointProtocol) => endpoint::protocol(step, context, endpoint, Direction::Egress),
        (Stage::EndpointIn { endpoint }, Check::EndpointProtocol) => endpoint::protocol(step, context, endpoint, Direction::Ingress),
        (Stage::EndpointOut { endpoint }, Check::EndpointAddress) => endpoint::out(step, context, endpoint),
        (Stage::EndpointIn { endpoint }, Check::EndpointAddress) => endpoint::back(step, context, endpoint),
        (Stage::Balancer { balancer, eni }, Check::Balance) => balancer::check(step, context, balancer, eni),
        (Stage::Service { eni, behind }, Check::Service) => service::check(step, context, behind, eni),
        (Stage::Peering { peering, to }, Check::PeeringAddress) => peering::addresses(step, context, peering, to),
        (Stage::Transit { attachment, eni }, Check::TransitAssociation) => transit::association(step, context, attachment, eni),
        (Stage::Transit { attachment, eni }, Check::TransitRoute) => transit::route(step, context, attachment, eni),
        _ => nothing(step),
    }
}

/// The lists of `pipeline` pair no other check with a stage; a test walks every pair.
#[cold]
fn nothing<'s, 'a>(step: &'s mut Step) -> Outcome<'s, 'a> {
    Outcome::skip(step, "M", Evidence::None)
}
