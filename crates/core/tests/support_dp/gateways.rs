//! NAT and egress-only gateways and peering connections for the laboratory.

use super::{Lab, ip};
use eni_core::dataplane::verdict::Place;
use eni_core::id::*;
use eni_core::model::endpoint::{Endpoint, EndpointKind, EndpointState, prefix_list_of};
use eni_core::model::eni::{Eni, InterfaceType, Requester};
use eni_core::model::event::Event;
use eni_core::model::gateway::EgressOnlyGateway;
use eni_core::model::nat_gateway::{NatGateway, NatGatewayAddress, NatState};
use eni_core::model::peering::{Peering, PeeringSide, PeeringState};
use eni_core::model::route_table::{Destination, Route, RouteOrigin, RouteTarget};
use eni_core::model::transit::{TransitAttachment, TransitGateway, TransitOptions, TransitState, TransitTable};
use eni_core::model::vpc::Subnet;
use eni_core::model::{Tags, Zone};

/// A transit gateway of the laboratory.
#[derive(Clone, Debug)]
pub struct Transit {
    pub gateway: TransitGatewayId,
    pub table: TransitTableId,
    pub attachments: Vec<TransitAttachmentId>,
}

impl Lab {
    /// An ENI that a service made for itself.
    pub fn service_eni(&mut self, subnet: SubnetId, private: &str, groups: &[GroupId], kind: &str, requester: &str) -> EniId {
        let drawn = self.eni(subnet, &[private], groups);
        let attachment = Some(ServiceAttachmentId::from_number(self.number()));
        let eni = Eni {
            source_dest_check: !matches!(kind, "nat_gateway" | "transit_gateway"),
            kind: InterfaceType::Service(kind.to_owned()),
            requester: Some(Requester { id: requester.to_owned(), managed: true, attachment }),
            ..self.network.eni(drawn).unwrap().clone()
        };
        self.apply(Event::EniDeleted(drawn));
        self.apply(Event::EniCreated(Box::new(eni)));
        drawn
    }

    /// An available transit gateway with an attachment for each of these subnets, by an ENI at this address; all of them use one table and fill it.
    pub fn transit(&mut self, ends: &[(SubnetId, &str)]) -> Transit {
        let (gateway, table) = (TransitGatewayId::from_number(self.number()), TransitTableId::from_number(self.number()));
        self.apply(Event::TransitGatewaySet(Box::new(TransitGateway {
            id: gateway,
            state: TransitState::Available,
            description: String::new(),
            amazon_side_asn: TransitGateway::USUAL_ASN,
            auto_accept: false,
            vpn_ecmp: true,
            dns_support: true,
            association_table: Some(table),
            propagation_table: Some(table),
            created: self.now,
            tags: Tags::new(),
        })));
        let attachments: Vec<TransitAttachmentId> = ends.iter().map(|(subnet, ip)| self.attach_to(gateway, table, *subnet, ip)).collect();
        self.apply(Event::TransitTableSet(Box::new(TransitTable {
            id: table,
            gateway,
            state: TransitState::Available,
            propagations: attachments.iter().copied().collect(),
            routes: Default::default(),
            created: self.now,
            tags: Tags::new(),
        })));
        self.name(Place::TransitGateway(gateway), "tgw");
        Transit { gateway, table, attachments }
    }

    /// One attachment more.
    pub fn attach_to(&mut self, gateway: TransitGatewayId, table: TransitTableId, subnet: SubnetId, ip: &str) -> TransitAttachmentId {
        let eni = self.service_eni(subnet, ip, &[], "transit_gateway", "amazon-transit-gateway");
        let id = TransitAttachmentId::from_number(self.number());
        self.apply(Event::TransitAttachmentSet(Box::new(TransitAttachment {
            id,
            gateway,
            vpc: self.network.subnet(subnet).unwrap().vpc,
            state: TransitState::Available,
            enis: vec![eni],
            table: Some(table),
            options: TransitOptions::default(),
            created: self.now,
            tags: Tags::new(),
        })));
        id
    }

    /// Another table of a transit gateway: what changes of it.
    pub fn transit_table(&mut self, table: TransitTableId, change: impl FnOnce(&mut TransitTable)) {
        let mut table = self.network.transit_table(table).unwrap().clone();
        change(&mut table);
        self.apply(Event::TransitTableSet(Box::new(table)));
    }

    /// An attachment changes.
    pub fn transit_attachment(&mut self, id: TransitAttachmentId, change: impl FnOnce(&mut TransitAttachment)) {
        let mut attachment = self.network.transit_attachment(id).unwrap().clone();
        change(&mut attachment);
        self.apply(Event::TransitAttachmentSet(Box::new(attachment)));
    }

    /// A subnet lies in another zone.
    pub fn zone(&mut self, subnet: SubnetId, zone: &str) {
        let moved = Subnet { zone: Zone::new(zone), ..self.network.subnet(subnet).unwrap().clone() };
        self.apply(Event::SubnetCreated(Box::new(moved)));
    }

    /// An interface endpoint of the VPC that has the service's own name, with an ENI at each of these addresses.
    pub fn interface_endpoint(&mut self, service: &str, at: &[(SubnetId, &str)], groups: &[GroupId]) -> Vec<EniId> {
        let made = |lab: &mut Lab, (subnet, ip): &(SubnetId, &str)| lab.service_eni(*subnet, ip, groups, "vpc_endpoint", "amazon-vpce");
        let enis: Vec<EniId> = at.iter().map(|at| made(self, at)).collect();
        let (id, vpc, created) = (EndpointId::from_number(self.number()), self.vpc, self.now);
        let kind = EndpointKind::Interface { enis: enis.clone(), groups: groups.to_vec(), private_dns: true };
        let state = EndpointState::Available;
        let endpoint = Endpoint { id, vpc, service: service.to_owned(), kind, state, created, tags: Tags::new() };
        self.apply(Event::EndpointCreated(Box::new(endpoint)));
        enis
    }

    /// An available NAT gateway with one address, and the public address of that, if it has one.
    pub fn nat_gateway(&mut self, subnet: SubnetId, private: &str, public: Option<&str>) -> NatGatewayId {
        let drawn = self.service_eni(subnet, private, &[], "nat_gateway", "amazon-elb");
        if let Some(public) = public {
            self.public(drawn, private, public);
        }
        let id = NatGatewayId::from_number(self.number());
        let address = NatGatewayAddress {
            eni: Some(drawn),
            private_ip: Some(ip(private)),
            allocation: None,
            association: None,
            public_ip: public.map(ip),
        };
        self.apply(Event::NatGatewayCreated(Box::new(NatGateway {
            id,
            subnet,
            vpc: self.network.subnet(subnet).unwrap().vpc,
            state: NatState::Available,
            public: public.is_some(),
            addresses: vec![address],
            created_at: self.now,
            deleted_at: None,
            failure: None,
            tags: Tags::new(),
        })));
        self.name(Place::NatGateway(id), "nat");
        id
    }

    /// An egress-only internet gateway of the VPC, and a route of a table to it for all of IPv6.
    pub fn egress_only(&mut self, table: RouteTableId) -> EgressOnlyGatewayId {
        let (id, vpc) = (EgressOnlyGatewayId::from_number(self.number()), self.vpc);
        self.apply(Event::EgressOnlyGatewayCreated(Box::new(EgressOnlyGateway { id, vpc, tags: Tags::new() })));
        self.ipv6_route(table, "::/0", RouteTarget::EgressOnlyGateway(id));
        self.name(Place::EgressOnlyGateway(id), "eigw");
        id
    }

    pub fn ipv6_route(&mut self, table: RouteTableId, cidr: &str, target: RouteTarget) {
        let route = Route { target, origin: RouteOrigin::CreateRoute };
        self.apply(Event::RouteSet(table, Destination::Cidr(cidr.parse().unwrap()), route));
    }

    /// A gateway endpoint of the VPC to `s3` or `dynamodb`, with a route of a table to it.
    pub fn gateway_endpoint(&mut self, table: RouteTableId, service: &str) -> EndpointId {
        let (id, vpc, created) = (EndpointId::from_number(self.number()), self.vpc, self.now);
        let (kind, state) = (EndpointKind::Gateway, EndpointState::Available);
        let endpoint = Endpoint { id, vpc, service: service.to_owned(), kind, state, created, tags: Tags::new() };
        self.apply(Event::EndpointCreated(Box::new(endpoint)));
        let route = Route { target: RouteTarget::Endpoint(id), origin: RouteOrigin::CreateRoute };
        self.apply(Event::RouteSet(table, Destination::PrefixList(prefix_list_of(service).unwrap()), route));
        self.name(Place::Endpoint(id), "vpce");
        id
    }

    /// An active peering connection of the first VPC with another one, whose router is called "far".
    pub fn peering(&mut self, other: VpcId) -> PeeringId {
        let id = self.peering_between(self.vpc, other);
        self.name(Place::Peering(id), "pcx");
        self.name(Place::Router(other), "far");
        id
    }

    pub fn peering_between(&mut self, one: VpcId, other: VpcId) -> PeeringId {
        let id = PeeringId::from_number(self.number());
        let (requester, accepter) = (self.side(one), self.side(other));
        let peering = Peering { id, requester, accepter, state: PeeringState::Active, expires: None, tags: Tags::new() };
        self.apply(Event::PeeringCreated(Box::new(peering)));
        id
    }

    fn side(&self, vpc: VpcId) -> PeeringSide {
        let cidrs = self.network.vpc(vpc).unwrap().cidrs.iter().map(|block| block.cidr).collect();
        PeeringSide { vpc, owner: self.network.account(), region: self.network.region().to_owned(), cidrs, dns_resolution: false }
    }

    pub fn unroute(&mut self, table: RouteTableId, cidr: &str) {
        self.apply(Event::RouteRemoved(table, Destination::Cidr(cidr.parse().unwrap())));
    }
}
