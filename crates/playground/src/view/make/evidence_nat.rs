//! What NAT gateways, egress-only, virtual private and transit ones and gateway endpoints found, in sentences.

use super::Maker;
use crate::view::words::WhyKey;
use eni_core::addr::IpAddr;
use eni_core::dataplane::pipeline::Check;
use eni_core::dataplane::reason::{Code, Evidence, RouteEvidence, Target};
use eni_core::dataplane::verdict::{Place, Seen, Verdict};
use eni_core::id::{EgressOnlyGatewayId, EndpointId, NatGatewayId, TransitAttachmentId, TransitTableId, VpnConnectionId};
use eni_core::model::event::TaggedId;
use eni_core::model::nat_gateway::NatState;
use eni_core::model::transit::{TransitId, TransitRoute};
use eni_core::packet::Transport;
use std::net::SocketAddr;

impl Maker<'_> {
    pub(super) fn nat_evidence(&self, gateway: NatGatewayId, state: NatState, step: Seen<'_>) -> String {
        match step.code {
            Some(Code::ProtocolRestriction) if step.packet.source.is_ipv4() && !matches!(step.packet.transport, Transport::Other(_)) => {
                self.say(WhyKey::NatPieces)
            }
            Some(Code::ProtocolRestriction) => self.say(WhyKey::NatProtocols { number: &step.packet.protocol_number().to_string() }),
            Some(_) => self.say(WhyKey::NatNotAvailable { gateway: &self.nat_gateway_name(gateway), state: state.as_str() }),
            None => String::new(),
        }
    }

    pub(super) fn port_translation(&self, from: (IpAddr, u16), to: Option<(IpAddr, u16)>, step: Seen<'_>) -> String {
        let text = |(address, port): (IpAddr, u16)| SocketAddr::new(address, port).to_string();
        let from = text(from);
        match (to, step.code) {
            (Some(to), _) if step.verdict == Verdict::Translate => self.say(WhyKey::NatTranslated { from: &from, to: &text(to) }),
            (_, Some(Code::NgwErrorPortAllocation)) => self.say(WhyKey::NatNoPort { address: &step.packet.destination.to_string() }),
            (_, Some(Code::NgwIdleTimeout)) => self.say(WhyKey::NatForgotten { from: &from }),
            (_, Some(_)) => self.say(WhyKey::NatUnsolicited { to: &from }),
            _ => String::new(),
        }
    }

    pub(super) fn vpn_address(&self, address: IpAddr, inside: bool, step: Seen<'_>) -> String {
        let address = address.to_string();
        let address = address.as_str();
        self.say(match step.code {
            _ if inside => WhyKey::VpnOfVpc { address },
            Some(Code::VgwPrivateIpAssociationForEgress) => WhyKey::VpnForeignSource { address },
            Some(Code::ProtocolRestriction) => WhyKey::VpnIpv4,
            Some(Code::BadStateAttachment) => WhyKey::VpnNotAttached,
            _ => WhyKey::VpnBeyond { address },
        })
    }

    pub(super) fn vpn_route(&self, address: IpAddr, known: bool, connection: Option<VpnConnectionId>, step: Seen<'_>) -> String {
        let address = address.to_string();
        let address = address.as_str();
        match connection {
            Some(id) => self.say(WhyKey::VpnBy { address, connection: &self.tagged_name(TaggedId::VpnConnection(id)) }),
            None if known => self.say(WhyKey::VpnTold { address }),
            None if step.code == Some(Code::BadStateVpn) => self.say(WhyKey::VpnNoConnection),
            None => self.say(WhyKey::VpnNoWay { address }),
        }
    }

    /// That the attachment of a transit gateway has no subnet in the sender's zone: the headline, and the sentence.
    pub(super) fn transit_zone(&self, step: Seen<'_>) -> (String, String) {
        let (Place::Subnet(subnet), Evidence::Route(RouteEvidence { target: Some(Target::TransitGateway(gateway)), .. })) =
            (step.place, step.evidence)
        else {
            return Default::default();
        };
        let zone = self.network.subnet(subnet).map(|subnet| subnet.zone.to_string()).unwrap_or_default();
        let (gateway, zone) = (&*self.transit_name(TransitId::Gateway(gateway)), &*zone);
        (self.say(WhyKey::HeadlineTransitZone { gateway, zone }), self.say(WhyKey::TransitZone { gateway, zone }))
    }

    pub(super) fn transit_evidence(
        &self,
        from: TransitAttachmentId,
        table: Option<TransitTableId>,
        route: Option<TransitRoute>,
        step: Seen<'_>,
    ) -> String {
        let attachment = &*self.transit_name(TransitId::Attachment(from));
        let Some(table) = table else { return self.say(WhyKey::TransitNoTable { attachment }) };
        let table = &*self.transit_name(TransitId::Table(table));
        if step.check == Check::TransitAssociation {
            return self.say(WhyKey::TransitTable { attachment, table });
        }
        let Some(route) = route else {
            let (wanted, address) = (step.packet.destination, &*step.packet.destination.to_string());
            return self.say(match wanted {
                IpAddr::V4(_) => WhyKey::TransitNoRoute { table, address },
                IpAddr::V6(_) => WhyKey::TransitNoRouteIpv6 { table, address },
            });
        };
        let destination = &*route.destination.to_string();
        let to = route.to.map(|id| self.transit_name(TransitId::Attachment(id))).unwrap_or_default();
        match step.code {
            Some(_) => self.say(WhyKey::TransitBlackhole { destination, table }),
            None if route.propagated => self.say(WhyKey::TransitPropagated { destination, table, attachment: &to }),
            None => self.say(WhyKey::TransitStatic { destination, table, attachment: &to }),
        }
    }

    pub(super) fn egress_only_evidence(&self, gateway: EgressOnlyGatewayId, step: Seen<'_>) -> String {
        let vpc = self.network.egress_only_gateway(gateway).and_then(|gateway| self.network.vpc(gateway.vpc));
        let comes_in = vpc.is_some_and(|vpc| vpc.has_address(step.packet.destination));
        self.say(match (step.code, step.verdict) {
            (Some(Code::EigwUnsolicited), _) if comes_in => WhyKey::EgressOnlyUnsolicited,
            (Some(Code::EigwUnsolicited), _) => WhyKey::EgressOnlyAnswers,
            (Some(_), _) => WhyKey::EgressOnlyIpv6,
            (None, Verdict::Route) => WhyKey::EgressOnlyReturns,
            (None, _) => WhyKey::EgressOnlyRemembers,
        })
    }

    pub(super) fn endpoint_evidence(&self, endpoint: EndpointId, address: IpAddr, carried: bool, step: Seen<'_>) -> String {
        let (service, address) = (self.service_of(endpoint), address.to_string());
        let (service, address) = (service.as_str(), address.as_str());
        self.say(match (step.code, step.check) {
            (Some(Code::VpceIntraVpcTraffic), _) => WhyKey::EndpointBeginsNothing,
            (Some(Code::BadState), _) => WhyKey::EndpointNotThere { service },
            (Some(Code::ProtocolRestriction), _) => WhyKey::EndpointPort { service },
            (Some(Code::VpceIdleTimeout), _) => WhyKey::EndpointForgot { service },
            (None, Check::Service) => WhyKey::EndpointWaits { service },
            (Some(Code::VpceGatewayProtocol), _) => WhyKey::EndpointProtocols,
            (Some(Code::GatewayRejectsSpoofedTraffic), _) => WhyKey::EndpointForeignSource { address },
            (Some(_), _) => WhyKey::EndpointForeignAnswer { address, service },
            (None, Check::EndpointAddress) if carried && step.verdict == Verdict::Deliver => WhyKey::EndpointTakes { service, address },
            (None, Check::EndpointAddress) => WhyKey::EndpointBrings { service },
            _ => return String::new(),
        })
    }

    fn service_of(&self, endpoint: EndpointId) -> String {
        self.network.endpoint(endpoint).map_or_else(|| endpoint.to_string(), |endpoint| endpoint.service.clone())
    }
}
