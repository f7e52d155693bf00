//! Who has an address: in a VPC, and in the internet.

use super::egress_only;
use crate::addr::IpAddr;
use crate::dataplane::reason::{Code, Evidence};
use crate::dataplane::stage::{Context, Outcome, Stage, Then};
use crate::dataplane::verdict::{Disposition, Mark, Step, Verdict};
use crate::id::VpcId;
use crate::model::vpc::Subnet;

/// The router looks for the ENI that has the destination. If there is none, the packet is dropped without a word (`P-E5`).
pub fn owner<'s, 'a>(step: &'s mut Step, context: &Context<'a>, vpc: VpcId, from: Option<&'a Subnet>) -> Outcome<'s, 'a> {
    let network = context.network();
    let address = context.packet().destination;
    let owner = network.eni_by_address(vpc, address);
    let evidence = Evidence::Owner { address, eni: owner.map(|eni| eni.id) };
    match owner {
        Some(eni) => Outcome::new(step, Verdict::Deliver, "R3", evidence, Then::Next).to(Stage::ingress(network, eni, from)),
        None => Outcome::lost(step, "P-E5", Code::NoPossibleDestination, evidence, Disposition::Unreachable).marked(Mark::Believed),
    }
}

/// The internet looks for the gateway behind which a public address is mapped (`R34`).
pub fn public<'s, 'a>(step: &'s mut Step, context: &Context<'a>) -> Outcome<'s, 'a> {
    let network = context.network();
    let address = context.packet().destination;
    let eni = match address {
        IpAddr::V4(ip) => network.mapping_of_public_ip(ip).map(|(eni, _)| eni),
        IpAddr::V6(_) => network.eni_anywhere(address),
    };
    let evidence = Evidence::PublicDestination { address, eni: eni.map(|eni| eni.id) };
    // An IPv6 address leads to the VPC that has its block, whether anybody has it or not.
    let of_block = || network.vpcs().find(|vpc| address.is_ipv6() && vpc.has_address(address)).map(|vpc| vpc.id);
    let Some(vpc) = eni.map(|eni| eni.vpc).or_else(of_block) else {
        return Outcome::lost(step, "R34", Code::IgwPrivateIpAssociationForIngress, evidence, Disposition::Unreachable);
    };
    if let Some(gateway) = egress_only::takes_in(context, vpc) {
        return Outcome::new(step, Verdict::Route, "R58", evidence, Then::Go(Stage::EgressOnlyIn { gateway }));
    }
    match network.internet_gateway_of(vpc) {
        Some(gateway) => Outcome::new(step, Verdict::Route, "R34", evidence, Then::Go(Stage::GatewayIn { gateway, vpc })),
        None => Outcome::lost(step, "R30", Code::BadStateAttachment, evidence, Disposition::Unreachable),
    }
}
