//! Services of the host that no group and no ACL filters (`P-E2`, `S48`).

use crate::addr::{IpAddr, Ipv4Addr, Ipv6Addr};
use crate::dataplane::reason::{Code, Evidence, HostService};
use crate::dataplane::stage::{Context, Outcome, Then};
use crate::dataplane::verdict::{Disposition, Mark, Place, Step, Verdict};
use crate::model::eni::Eni;
use crate::model::vpc::Subnet;

/// Hands a packet for such a service over, and lets every other pass.
pub fn check<'s, 'a>(step: &'s mut Step, context: &Context<'a>, eni: &'a Eni, subnet: &'a Subnet) -> Outcome<'s, 'a> {
    let Some(service) = service(context, eni, subnet) else { return Outcome::skip(step, "P-E2", Evidence::None) };
    let evidence = Evidence::Service(service);
    if service == HostService::Nobody {
        return Outcome::lost(step, "P-E2", Code::NoPossibleDestination, evidence, Disposition::Unreachable).marked(Mark::Modelled);
    }
    Outcome::new(step, Verdict::Deliver, "S48", evidence, Then::Arrive(Disposition::Delivered, Place::Router(eni.vpc)))
}

fn service(context: &Context<'_>, eni: &Eni, subnet: &Subnet) -> Option<HostService> {
    let destination = match context.packet().destination {
        IpAddr::V4(destination) => destination,
        IpAddr::V6(destination) => return ipv6_service(context, eni, destination),
    };
    if destination.is_link_local() {
        return Some(match destination.octets() {
            [169, 254, 169, 253] => HostService::Resolver,
            [169, 254, 169 | 170, 254 | 2] => HostService::Metadata,
            [169, 254, 169, 123] => HostService::Time,
            [169, 254, 169, 250 | 251] => HostService::Licence,
            _ => HostService::Nobody,
        });
    }
    let after = |base: Ipv4Addr, more: u32| u32::from(base).checked_add(more).map(Ipv4Addr::from);
    if after(subnet.cidr.network(), 1) == Some(destination) {
        return Some(HostService::Router);
    }
    let first = context.network().vpc(eni.vpc)?.cidrs.first()?;
    (after(first.cidr.network(), 2) == Some(destination)).then_some(HostService::Resolver)
}

/// The same services over IPv6 (`I7`); that of metadata only where the instance's settings say so (`G12`).
fn ipv6_service(context: &Context<'_>, eni: &Eni, destination: Ipv6Addr) -> Option<HostService> {
    let tells_of_itself = || {
        let instance = eni.attached_instance().and_then(|id| context.network().instance(id));
        instance.is_some_and(|instance| instance.metadata.over_ipv6)
    };
    match destination.segments() {
        [0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x253] => Some(HostService::Resolver),
        [0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254] => Some(if tells_of_itself() { HostService::Metadata } else { HostService::Nobody }),
        [0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x123] => Some(HostService::Time),
        _ => None,
    }
}
