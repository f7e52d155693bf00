//! Gates to elsewhere: what stands on the board as a plain box with its name, and with AWS's word for its state.

use super::Maker;
use super::details::Parts;
use super::eni::lies_free;
use crate::view::board::{OtherGatewayView, PeeringView, VpcView};
use crate::view::details::FactView;
use crate::view::menu::MenuEntry;
use crate::view::words::{Key, MenuKey};
use eni_core::control::command::{Command, TransitAct};
use eni_core::id::{EndpointId, VpcId, VpnGatewayId};
use eni_core::model::Tags;
use eni_core::model::endpoint::{Endpoint, EndpointKind, EndpointState};
use eni_core::model::nat_gateway::NatState;
use eni_core::model::peering::{Peering, PeeringSide, PeeringState};
use eni_core::model::transit::{TransitGateway, TransitId, TransitRoute, TransitState};
use eni_core::model::vpc::{Subnet, Vpc};
use std::fmt::Display;
use std::rc::Rc;

/// AWS's word for a gateway that stands at a VPC.
const ATTACHED: &str = "attached";
/// AWS's word for an end of a VPN connection that works, and for the connection.
const AVAILABLE: &str = "available";

impl Maker<'_> {
    /// A gate that carries nothing.
    fn gate(&self, kind: &str, id: &dyn Display, title: Key<'_>, tags: &Tags, note: Key<'_>) -> OtherGatewayView {
        let (name, note) = (self.name(tags, id), self.say(note));
        OtherGatewayView {
            thing: format!("{kind}:{id}"),
            glyph: glyph(kind),
            kind: self.say(title),
            name,
            note,
            live: false,
            port: None,
            lines: Vec::new(),
        }
    }

    /// A gate that carries packets, with AWS's word for its state.
    fn open(&self, kind: &str, id: &dyn Display, title: Key<'_>, tags: &Tags, state: &str) -> OtherGatewayView {
        OtherGatewayView { note: state.to_owned(), live: true, ..self.gate(kind, id, title, tags, Key::OfNoVpc) }
    }

    /// What is in no VPC: gateways that are attached to none, the far ends of VPN connections, and private hosted zones.
    pub(super) fn loose_gates(&self) -> Vec<OtherGatewayView> {
        let network = self.network;
        let internet = network.internet_gateways().filter(|gateway| gateway.vpc.is_none());
        let internet = internet.map(|gateway| self.gate("igw", &gateway.id, Key::TitleGateway, &gateway.tags, Key::OfNoVpc));
        let private = network.vpn_gateways().filter(|gateway| gateway.vpc.is_none());
        let private = private.map(|gateway| self.gate("vgw", &gateway.id, Key::TitleVpnGateway, &gateway.tags, Key::OfNoVpc));
        let mut gates: Vec<OtherGatewayView> = internet.chain(private).collect();
        // Each far end with its own connections: the way of a packet.
        for far in network.customer_gateways() {
            gates.push(self.open("cgw", &far.id, Key::TitleCustomerGateway, &far.tags, AVAILABLE));
            let own = network.vpn_connections().filter(|connection| connection.customer_gateway == far.id);
            gates.extend(own.map(|one| self.open("vpn", &one.id, Key::TitleVpnConnection, &one.tags, AVAILABLE)));
        }
        let alone = network.transit_gateways().filter(|gateway| self.attached_to(gateway).next().is_none());
        gates.extend(alone.filter(|gateway| gateway.state != TransitState::Deleted).map(|gateway| self.transit_gate(gateway)));
        gates.extend(network.hosted_zones().map(|zone| self.zone_gate(zone)));
        gates.extend(self.functions_alone(None));
        gates
    }

    /// Gates on the edge of a VPC, beside its internet gateway.
    pub(super) fn gates_of_vpc(&self, vpc: &Vpc) -> Vec<OtherGatewayView> {
        let network = self.network;
        let private = network.vpn_gateways().filter(|gateway| gateway.vpc == Some(vpc.id));
        let private = private.map(|gateway| self.open("vgw", &gateway.id, Key::TitleVpnGateway, &gateway.tags, ATTACHED));
        let outward = network.egress_only_gateways().filter(|gateway| gateway.vpc == vpc.id);
        let outward = outward.map(|gateway| self.open("eigw", &gateway.id, Key::TitleEgressOnly, &gateway.tags, ATTACHED));
        // One that has network interfaces stands in their subnets.
        let services = network.endpoints().filter(|endpoint| endpoint.vpc == vpc.id && endpoint.enis().is_empty());
        let services = services.map(|endpoint| self.endpoint_gate(endpoint));
        private.chain(outward).chain(services).collect()
    }

    /// An endpoint goes by the name of its service, unless it has one of its own.
    fn endpoint_gate(&self, endpoint: &Endpoint) -> OtherGatewayView {
        let gate = self.open("vpce", &endpoint.id, endpoint_title(endpoint), &endpoint.tags, endpoint.state.as_str());
        let name = if gate.name == endpoint.id.to_string() { endpoint.service.clone() } else { gate.name };
        OtherGatewayView { name, live: endpoint.state == EndpointState::Available, ..gate }
    }

    /// What an endpoint is called on the board.
    pub(super) fn endpoint_name(&self, id: EndpointId) -> String {
        self.network.endpoint(id).map_or_else(|| id.to_string(), |endpoint| self.endpoint_gate(endpoint).name)
    }

    /// The NAT gateways of a subnet, and what services have in it.
    pub(super) fn gates_of_subnet(&self, subnet: &Subnet) -> Vec<OtherGatewayView> {
        let here = self.network.nat_gateways().filter(|gateway| gateway.subnet == subnet.id && gateway.stands());
        let view = here.map(|gateway| OtherGatewayView {
            thing: format!("nat:{}", gateway.id),
            glyph: glyph("nat"),
            kind: self.say(Key::TitleNatGateway),
            name: self.name(&gateway.tags, &gateway.id),
            note: gateway.state.as_str().to_owned(),
            live: gateway.state == NatState::Available,
            port: gateway.eni().map(|eni| eni.to_string()),
            lines: Vec::new(),
        });
        let services = self.network.enis_in_subnet(subnet.id).filter(|eni| eni.attachment.is_none() && !lies_free(eni));
        view.chain(services.filter_map(|eni| self.service_card(eni))).chain(self.functions_alone(Some(subnet.id))).collect()
    }

    /// The peering connections that are not over, each below the upper one of its VPCs.
    pub(super) fn peerings(&self, vpcs: &[Rc<VpcView>]) -> Vec<PeeringView> {
        let place = |side: &PeeringSide| {
            let id = side.vpc.to_string();
            vpcs.iter().position(|vpc| vpc.id == id)
        };
        let view = |peering: &Peering| {
            let places = [place(&peering.requester), place(&peering.accepter)];
            let below = vpcs.get(places.into_iter().flatten().min()?)?.id.clone();
            let gate = OtherGatewayView {
                thing: format!("pcx:{}", peering.id),
                glyph: glyph("pcx"),
                kind: self.say(Key::TitlePeering),
                name: self.name(&peering.tags, &peering.id),
                note: peering.state.as_str().to_owned(),
                live: peering.state == PeeringState::Active,
                port: None,
                lines: Vec::new(),
            };
            Some(PeeringView { gate, below })
        };
        let peerings = self.network.peerings().filter(|peering| !peering.state.is_over()).filter_map(view);
        let transit = |gateway: &TransitGateway| {
            let place = |id: VpcId| vpcs.iter().position(|vpc| vpc.id == id.to_string());
            let below = vpcs.get(self.attached_to(gateway).filter_map(place).min()?)?.id.clone();
            Some(PeeringView { gate: self.transit_gate(gateway), below })
        };
        peerings.chain(self.network.transit_gateways().filter_map(transit)).collect()
    }

    /// The VPCs that are attached to a transit gateway, or are about to be.
    fn attached_to(&self, gateway: &TransitGateway) -> impl Iterator<Item = VpcId> + '_ {
        let id = gateway.id;
        self.network.transit_attachments().filter(move |one| one.gateway == id && one.state != TransitState::Deleted).map(|one| one.vpc)
    }

    fn transit_gate(&self, gateway: &TransitGateway) -> OtherGatewayView {
        let state = gateway.state;
        let gate = self.open("tgw", &gateway.id, Key::TitleTransit, &gateway.tags, state.as_str());
        OtherGatewayView { live: state == TransitState::Available, ..gate }
    }

    /// A transit gateway's details: its attachments with their VPCs, and the routes of its tables.
    fn transit_facts(&self, gateway: &TransitGateway) -> Vec<FactView> {
        let mut facts = vec![self.fact(Key::LabelStatus, gateway.state.as_str())];
        facts.extend(self.attached_to(gateway).map(|vpc| self.vpc_fact(vpc)));
        for table in self.network.transit_tables().filter(|table| table.gateway == gateway.id && table.state.stands()) {
            facts.push(self.fact(Key::TitleTransit, self.name(&table.tags, &table.id)));
            let route = |route: TransitRoute| {
                let to = route.to.map_or_else(|| "blackhole".to_owned(), |id| self.transit_name(TransitId::Attachment(id)));
                self.code_fact(Key::TitleRoute, format!("{} → {to}", route.destination))
            };
            facts.extend(table.all_routes(self.network).map(route));
        }
        facts
    }

    /// The details of a gate.
    pub(super) fn gate_details(&self, kind: &str, id: &str) -> Option<Parts> {
        let (network, mut facts) = (self.network, vec![self.code_fact(Key::LabelId, id)]);
        let (name, title) = match kind {
            "pcx" => {
                let peering = network.peering(id.parse().ok()?)?;
                facts.push(self.fact(Key::LabelStatus, peering.state.as_str()));
                facts.extend([&peering.requester, &peering.accepter].map(|side| self.side_fact(side)));
                (self.name(&peering.tags, &peering.id), Key::TitlePeering)
            }
            "tgw" => {
                let gateway = network.transit_gateway(id.parse().ok()?)?;
                facts.extend(self.transit_facts(gateway));
                (self.name(&gateway.tags, &gateway.id), Key::TitleTransit)
            }
            "vgw" => {
                let gateway = network.vpn_gateway(id.parse().ok()?)?;
                facts.extend(gateway.vpc.map(|vpc| self.vpc_fact(vpc)));
                (self.name(&gateway.tags, &gateway.id), Key::TitleVpnGateway)
            }
            "eigw" => {
                let gateway = network.egress_only_gateway(id.parse().ok()?)?;
                facts.push(self.fact(Key::LabelStatus, ATTACHED));
                facts.push(self.vpc_fact(gateway.vpc));
                (self.name(&gateway.tags, &gateway.id), Key::TitleEgressOnly)
            }
            "cgw" => {
                let gateway = network.customer_gateway(id.parse().ok()?)?;
                facts.push(self.code_fact(Key::LabelAddress, gateway.ip.to_string()));
                (self.name(&gateway.tags, &gateway.id), Key::TitleCustomerGateway)
            }
            "vpn" => {
                let connection = network.vpn_connection(id.parse().ok()?)?;
                let (near, far) = (connection.vpn_gateway.to_string(), connection.customer_gateway.to_string());
                facts.push(FactView { thing: Some(format!("vgw:{near}")), ..self.fact(Key::TitleVpnGateway, near) });
                facts.push(FactView { thing: Some(format!("cgw:{far}")), ..self.fact(Key::TitleCustomerGateway, far) });
                facts.extend(connection.routes.iter().map(|block| self.code_fact(Key::TitleRoute, block.to_string())));
                (self.name(&connection.tags, &connection.id), Key::TitleVpnConnection)
            }
            "vpce" => {
                let endpoint = network.endpoint(id.parse().ok()?)?;
                facts.push(self.fact(Key::LabelStatus, endpoint.state.as_str()));
                facts.push(self.vpc_fact(endpoint.vpc));
                if let EndpointKind::Interface { enis, .. } = &endpoint.kind {
                    facts.extend(enis.iter().map(|eni| self.eni_fact(Key::KindEni, *eni)));
                }
                (self.endpoint_gate(endpoint).name, endpoint_title(endpoint))
            }
            "zone" => return self.zone_details(id.parse().ok()?),
            "service" => return self.card_details(id),
            "function" => return self.function_details(id),
            _ => return None,
        };
        Some((glyph(kind), name, self.say(title), facts))
    }

    fn side_fact(&self, side: &PeeringSide) -> FactView {
        match self.network.vpc(side.vpc) {
            Some(_) => self.vpc_fact(side.vpc),
            None => self.code_fact(Key::LabelVpc, side.vpc.to_string()),
        }
    }

    /// The menu of a gate: its details, and what can become of it.
    pub(super) fn gate_menu(&self, kind: &str, id: &str) -> Option<(String, Vec<MenuEntry>)> {
        let (_, name, ..) = self.gate_details(kind, id)?;
        let mut entries = vec![self.shows(MenuKey::MenuShow, "list", format!("{kind}:{id}"))];
        if kind == "cgw" {
            entries.insert(0, self.question(MenuKey::MenuAskFrom, id.to_owned(), String::new()));
        }
        if kind == "pcx" {
            let peering = self.network.peering(id.parse().ok()?)?;
            if peering.state == PeeringState::PendingAcceptance {
                entries.push(self.does(MenuKey::MenuAccept, "check", &Command::AcceptVpcPeeringConnection(peering.id)));
                entries.push(self.does(MenuKey::MenuReject, "bin", &Command::RejectVpcPeeringConnection(peering.id)));
            }
        }
        if kind == "vgw" {
            entries.extend(self.ties_of_vpn_gateway(id.parse().ok()?)?);
        }
        let delete = match kind {
            "pcx" => Command::DeleteVpcPeeringConnection(id.parse().ok()?),
            "vgw" => Command::DeleteVpnGateway(id.parse().ok()?),
            "eigw" => Command::DeleteEgressOnlyInternetGateway(id.parse().ok()?),
            "cgw" => Command::DeleteCustomerGateway(id.parse().ok()?),
            "vpn" => Command::DeleteVpnConnection(id.parse().ok()?),
            "tgw" => Command::Transit(Box::new(TransitAct::DeleteGateway(id.parse().ok()?))),
            "vpce" => Command::DeleteVpcEndpoints(vec![id.parse().ok()?]),
            "zone" => Command::DeleteHostedZone(id.parse().ok()?),
            _ => return Some((name, entries)),
        };
        entries.push(self.does(MenuKey::MenuDelete, "bin", &delete));
        Some((name, entries))
    }

    /// What a virtual private gateway can be attached to, or taken off from.
    fn ties_of_vpn_gateway(&self, id: VpnGatewayId) -> Option<Vec<MenuEntry>> {
        let gateway = self.network.vpn_gateway(id)?;
        if let Some(vpc) = gateway.vpc {
            return Some(vec![self.does(MenuKey::MenuDetach, "gateway", &Command::DetachVpnGateway { gateway: id, vpc })]);
        }
        let attach = |vpc: &Vpc| {
            let text = MenuKey::MenuAttachTo { vpc: &self.vpc_name(vpc.id) };
            self.does(text, "gateway", &Command::AttachVpnGateway { gateway: id, vpc: vpc.id })
        };
        Some(self.network.vpcs().map(attach).collect())
    }
}

/// The glyph of a kind of gate.
fn glyph(kind: &str) -> &'static str {
    match kind {
        "igw" | "eigw" => "gateway",
        "vgw" => "vpn-gateway",
        "cgw" => "office",
        "vpn" => "tunnel",
        "vpce" => "endpoint",
        "tgw" => "router",
        _ => "nat",
    }
}

const fn endpoint_title(endpoint: &Endpoint) -> Key<'static> {
    match endpoint.kind {
        EndpointKind::Gateway => Key::TitleGatewayEndpoint,
        EndpointKind::Interface { .. } => Key::TitleInterfaceEndpoint,
    }
}
