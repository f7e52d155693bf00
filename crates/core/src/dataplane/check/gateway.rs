//! The internet gateway: one private address, one public address, no state (`R30` to `R36`).

use crate::addr::{IpAddr, Ipv4Addr};
use crate::dataplane::reason::{Code, Evidence};
use crate::dataplane::stage::{Context, Outcome, Stage, Then};
use crate::dataplane::verdict::{Disposition, Mark, Place, Step, Verdict};
use crate::id::{EniId, VpcId};
use crate::model::gateway::InternetGateway;
use crate::model::network::Network;
use crate::packet::{Packet, Transport};

/// Out: the private source becomes its public address; without one the packet is dropped (`R33`). IPv6 is not translated (`R32`).
pub fn source<'s, 'a>(step: &'s mut Step, context: &mut Context<'a>, vpc: VpcId, sender: EniId) -> Outcome<'s, 'a> {
    let from = context.packet().source;
    let IpAddr::V4(private) = from else {
        return Outcome::allow(step, "R32", Evidence::Translation { from, to: Some(from), eni: Some(sender) });
    };
    let owner = context.network().eni_by_private_ip(vpc, private);
    let public = owner.and_then(|eni| eni.public_of(private));
    let evidence = Evidence::Translation { from, to: public.map(|public| IpAddr::V4(public.ip)), eni: owner.map(|eni| eni.id) };
    let Some(public) = public else { return Outcome::deny(step, "R33", Code::IgwPublicIpAssociationForEgress, evidence) };
    context.rewrite(Packet { source: IpAddr::V4(public.ip), ..*context.packet() });
    let outcome = Outcome::new(step, Verdict::Translate, "P-IGW3", evidence, Then::Next);
    // The mapping belongs to the address, whichever ENI sent the packet (`G9`).
    if owner.is_some_and(|eni| eni.id == sender) { outcome } else { outcome.marked(Mark::Believed).by("G9") }
}

/// Out: to the internet, or back in where the destination is a public address of this network (`P24`). Mail stays inside (`E92`): what AWS blocks
/// on every instance is stopped here, where the packet is about to reach a public address. An egress-only gateway hands nothing back in itself.
pub fn destination<'s, 'a>(step: &'s mut Step, context: &Context<'a>, gateway: Option<&'a InternetGateway>, vpc: VpcId) -> Outcome<'s, 'a> {
    let network = context.network();
    let address = context.packet().destination;
    let mapped = match address {
        IpAddr::V4(ip) => network.mapping_of_public_ip(ip).map(|(eni, _)| eni),
        IpAddr::V6(_) => network.eni_anywhere(address),
    };
    let evidence = Evidence::PublicDestination { address, eni: mapped.map(|eni| eni.id) };
    if let IpAddr::V4(ip) = address {
        if ip.is_private() {
            return Outcome::deny(step, "R32", Code::IgwDestinationRfc1918Egress, evidence).marked(Mark::Believed);
        }
        if is_shared(ip) {
            return Outcome::deny(step, "R32", Code::IgwDestinationRfc6598Egress, evidence).marked(Mark::Believed);
        }
        if is_nobodys(ip) {
            let nobody = Outcome::lost(step, "R32", Code::NoPossibleDestination, evidence, Disposition::Unreachable);
            return nobody.marked(Mark::Believed);
        }
    }
    if is_mail(&context.packet().transport) {
        return Outcome::deny(step, "E92", Code::OutboundPort25Restricted, evidence);
    }
    match (mapped, gateway) {
        (Some(eni), Some(gateway)) if eni.vpc == vpc => {
            Outcome::new(step, Verdict::Route, "P24", evidence, Then::Go(Stage::GatewayIn { gateway, vpc }))
        }
        (Some(_), _) => Outcome::new(step, Verdict::Route, "P24", evidence, Then::Go(Stage::Internet)),
        // Nobody has it, and it is of this network: an Elastic IP that is mapped to nothing, an IPv6 address of a VPC's block.
        _ if is_ours(network, address) => Outcome::new(step, Verdict::Route, "R34", evidence, Then::Go(Stage::Internet)),
        _ => Outcome::new(step, Verdict::Deliver, "R32", evidence, Then::Arrive(Disposition::ExitsNetwork, Place::Internet)),
    }
}

/// In: the public destination becomes the private address that it is mapped to (`P8`).
pub fn translate_in<'s, 'a>(step: &'s mut Step, context: &mut Context<'a>, vpc: VpcId) -> Outcome<'s, 'a> {
    let from = context.packet().destination;
    let (to, eni) = match from {
        IpAddr::V4(ip) => match context.network().mapping_of_public_ip(ip).filter(|(eni, _)| eni.vpc == vpc) {
            Some((eni, private)) => (Some(IpAddr::V4(private)), Some(eni.id)),
            None => (None, None),
        },
        IpAddr::V6(_) => (Some(from), context.network().eni_by_address(vpc, from).map(|eni| eni.id)),
    };
    let evidence = Evidence::Translation { from, to, eni };
    if let IpAddr::V4(source) = context.packet().source {
        if source.is_private() {
            return Outcome::deny(step, "R32", Code::IgwSourceRfc1918Ingress, evidence).marked(Mark::Believed);
        }
        if is_shared(source) {
            return Outcome::deny(step, "R32", Code::IgwSourceRfc6598Ingress, evidence).marked(Mark::Believed);
        }
    }
    let Some(to) = to else {
        return Outcome::lost(step, "R34", Code::IgwPrivateIpAssociationForIngress, evidence, Disposition::Unreachable);
    };
    context.rewrite(Packet { destination: to, ..*context.packet() });
    Outcome::new(step, Verdict::Translate, "R32", evidence, Then::Next)
}

fn is_ours(network: &Network, address: IpAddr) -> bool {
    match address {
        IpAddr::V4(ip) => network.elastic_ip_by_address(ip).is_some(),
        IpAddr::V6(_) => network.vpcs().any(|vpc| vpc.has_address(address)),
    }
}

/// Whether a packet is for the port that mail servers take mail on.
const fn is_mail(transport: &Transport) -> bool {
    matches!(transport, Transport::Tcp { destination: 25, .. })
}

/// Whether an address is of the block that carriers share (RFC 6598).
fn is_shared(ip: Ipv4Addr) -> bool {
    matches!(ip.octets(), [100, 64..=127, ..])
}

/// Whether no host of the internet can have an address: "this network", a system itself, multicast, and what is reserved (RFC 6890).
const fn is_nobodys(ip: Ipv4Addr) -> bool {
    matches!(ip.octets(), [0 | 127 | 224.., ..])
}
