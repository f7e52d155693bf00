//! The checks, one file for each kind. Each reads the packet and where it is, and says what it found; none changes anything.

mod acl;
mod address;
mod balancer;
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

/// Makes one check of a stage.
pub(crate) fn ask<'s, 'a>(step: &'s mut Step, context: &mut Context<'a>, stage: Stage<'a>, check: Check) -> Outcome<'s, 'a> {
    match (stage, check) {
        (Stage::GuestOut { instance }, Check::SourceRuns) => runs::source(step, context, instance),
        (Stage::GuestOut { instance }, Check::Faults) => fault::check(step, context, instance, Direction::Egress),
        (Stage::GuestIn { instance, .. }, Check::Faults) => fault::check(step, context, instance, Direction::Ingress),
        (Stage::GuestOut { instance }, Check::GuestRoute) => guest_out::check(step, context, instance),
        (Stage::Egress { eni, .. }, Check::SourceAttached) => runs::sender(step, context, eni),
        (Stage::Egress { eni, subnet }, Check::Unfiltered) => unfiltered::check(step, context, eni, subnet),
        (Stage::Egress { eni, .. }, Check::SourceDestCheckOut) => source_dest::check(step, eni, context.packet.source),
        (Stage::Egress { eni, .. }, Check::GroupOut) => group::check(step, context, eni, Direction::Egress),
        (Stage::Egress { eni, subnet }, Check::SameSubnet) => {
            context.returns = balancer::way_back(context, eni);
            subnet::check(step, context, subnet)
        }
        // A router in the sender's own subnet is a neighbour: no border is crossed on the way to it.
        (Stage::Egress { subnet, .. }, Check::AclOut) if route::leads_to_neighbour(context, subnet) => {
            Outcome::skip(step, "N10", Evidence::NoBorder { subnet: subnet.id })
        }
        (Stage::Egress { subnet, .. }, Check::AclOut) => acl::check(step, context, subnet, Direction::Egress),
        (Stage::Egress { eni, subnet }, Check::Route) => match context.returns {
            Some(node) => balancer::back(step, context, node, subnet),
            None => route::check(step, context, eni, subnet),
        },
        (Stage::Local { vpc, from }, Check::Owner) => address::owner(step, context, vpc, from),
        (Stage::GatewayOut { vpc, sender, .. }, Check::GatewaySource) => gateway::source(step, context, vpc, sender),
        (Stage::GatewayOut { gateway, vpc, .. }, Check::GatewayDestination) => gateway::destination(step, context, Some(gateway), vpc),
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
        (Stage::Ingress { subnet, crossed: false, .. }, Check::AclIn) => {
            Outcome::skip(step, "N10", Evidence::NoBorder { subnet: subnet.id })
        }
        (Stage::Ingress { subnet, .. }, Check::AclIn) => acl::check(step, context, subnet, Direction::Ingress),
        (Stage::Ingress { eni, .. }, Check::GroupIn) => group::check(step, context, eni, Direction::Ingress),
        (Stage::Ingress { eni, .. }, Check::SourceDestCheckIn) => source_dest::check(step, eni, context.packet.destination),
        (Stage::Ingress { eni, .. }, Check::DestinationRuns) => runs::receiver(step, context, eni),
        (Stage::GuestIn { instance, eni }, Check::ReversePath) => guest_in::reverse_path(step, context, instance, eni),
        (Stage::GuestIn { instance, eni }, Check::GuestAddress) => guest_in::address(step, context, instance, eni),
        (Stage::GuestIn { instance, .. }, Check::Listener) => guest_in::listener(step, context, instance),
        // The lists of `pipeline` pair no other check with a stage; a test walks every pair.
        _ => Outcome::skip(step, "M", Evidence::None),
    }
}
