//! Random acts on route tables, NAT gateways, tables of gateways, egress-only gateways and VPN.

use super::Dice;
use eni_core::addr::{IpNet, Ipv4Net};
use eni_core::control::command::*;
use eni_core::id::{CustomerGatewayId, EgressOnlyGatewayId, NatGatewayId, VpnConnectionId, VpnGatewayId};
use eni_core::model::nat_gateway::NatState;
use eni_core::model::network::Network;
use eni_core::model::route_table::{Destination, RouteTarget};

impl Dice<'_> {
    pub(super) fn nat(&mut self) -> NatGatewayId {
        let network = self.network;
        self.pick(network.nat_gateways().map(|gateway| gateway.id))
    }

    pub(super) fn egress_only(&mut self) -> EgressOnlyGatewayId {
        let network = self.network;
        self.pick(network.egress_only_gateways().map(|gateway| gateway.id))
    }

    pub(super) fn nat_act(&mut self) -> Command {
        let network: &Network = self.network;
        if network.nat_gateways().len() == 0 {
            return self.create_nat();
        }
        let some = i64::try_from(self.below(3)).unwrap();
        match self.below(11) {
            8 => Command::AssociateGatewayRouteTable { table: self.table(), gateway: EdgeGateway::Internet(self.gateway()) },
            9 => Command::CreateEgressOnlyInternetGateway { vpc: self.vpc(), tags: self.tags() },
            10 => Command::DeleteEgressOnlyInternetGateway(self.egress_only()),
            0 => Command::DeleteNatGateway(self.nat()),
            1 => Command::AssignPrivateNatGatewayAddress(Box::new(AssignPrivateNatGatewayAddress {
                gateway: self.nat(),
                addresses: (0..self.below(2)).map(|_| self.address()).collect(),
                count: self.maybe(2, |_| some),
            })),
            2 => {
                let several = network.nat_gateways().find(|nat| !nat.public && nat.addresses.len() > 1).filter(|_| !self.chance(4));
                let own = several.and_then(|nat| nat.addresses.last()?.private_ip);
                let gateway = several.map_or_else(|| self.nat(), |nat| nat.id);
                Command::UnassignPrivateNatGatewayAddress(gateway, vec![own.unwrap_or_else(|| self.address())])
            }
            3 => {
                // Mostly one that takes them, and an Elastic IP that is free.
                let fits = !self.chance(3);
                let takes = network.nat_gateways().find(|nat| nat.public && nat.state == NatState::Available).filter(|_| fits);
                let free = network.elastic_ips().filter(|eip| !fits || eip.association.is_none()).map(|eip| eip.allocation);
                Command::AssociateNatGatewayAddress(Box::new(AssociateNatGatewayAddress {
                    gateway: takes.map_or_else(|| self.nat(), |nat| nat.id),
                    allocations: vec![self.pick(free)],
                    addresses: (0..usize::from(self.chance(4))).map(|_| self.address()).collect(),
                }))
            }
            4 | 5 => {
                let several = network.nat_gateways().find(|nat| nat.public && nat.addresses.len() > 1).filter(|_| !self.chance(4));
                let gateway = several.map_or_else(|| self.nat(), |nat| nat.id);
                // The first one stays, so that others are mostly meant.
                let first = usize::from(!self.chance(4));
                let own = network.nat_gateway(gateway).into_iter().flat_map(|nat| nat.addresses.iter().skip(first));
                Command::DisassociateNatGatewayAddress(gateway, vec![self.pick(own.filter_map(|address| address.association))])
            }
            _ => self.create_nat(),
        }
    }

    fn create_nat(&mut self) -> Command {
        let public = self.chance(2);
        let some = i64::try_from(self.below(4)).unwrap();
        Command::CreateNatGateway(Box::new(CreateNatGateway {
            subnet: self.subnet(),
            public,
            allocation: if public != self.chance(20) { Some(self.allocation()) } else { None },
            private_ip: self.maybe(4, Self::address),
            secondary_allocations: if public { self.maybe(4, Self::allocation).into_iter().collect() } else { Vec::new() },
            secondary_ips: self.maybe(6, Self::address).into_iter().collect(),
            secondary_count: if public { None } else { self.maybe(4, |_| some) },
            tags: self.tags(),
        }))
    }

    pub(super) fn vpn_gateway(&mut self) -> VpnGatewayId {
        let network = self.network;
        self.pick(network.vpn_gateways().map(|gateway| gateway.id))
    }

    fn customer_gateway(&mut self) -> CustomerGatewayId {
        let network = self.network;
        self.pick(network.customer_gateways().map(|gateway| gateway.id))
    }

    fn vpn_connection(&mut self) -> VpnConnectionId {
        let network = self.network;
        self.pick(network.vpn_connections().map(|connection| connection.id))
    }

    pub(super) fn vpn_act(&mut self) -> Command {
        match self.below(18) {
            0 | 1 => Command::CreateVpnGateway { amazon_side_asn: 64_512, tags: self.tags() },
            2 => Command::AttachVpnGateway { gateway: self.vpn_gateway(), vpc: self.vpc() },
            3 => Command::DetachVpnGateway { gateway: self.vpn_gateway(), vpc: self.vpc() },
            4 => Command::DeleteVpnGateway(self.vpn_gateway()),
            5 | 6 => Command::SetVgwRoutePropagation { table: self.table(), gateway: self.vpn_gateway(), on: !self.chance(3) },
            7 => Command::CreateCustomerGateway(Box::new(CreateCustomerGateway {
                ip: self.address(),
                bgp_asn: 65_000,
                device_name: String::new(),
                tags: self.tags(),
            })),
            8 => Command::DeleteCustomerGateway(self.customer_gateway()),
            9 | 10 => Command::CreateVpnConnection(Box::new(CreateVpnConnection {
                customer_gateway: self.customer_gateway(),
                vpn_gateway: self.vpn_gateway(),
                static_routes_only: !self.chance(4),
                tags: self.tags(),
            })),
            11 if self.chance(2) => Command::DeleteVpnConnection(self.vpn_connection()),
            12 => Command::AssociateGatewayRouteTable { table: self.table(), gateway: EdgeGateway::Vpn(self.vpn_gateway()) },
            13.. if self.network.vpn_connections().len() == 0 && !self.chance(4) => self.vpn_ground(),
            _ => {
                let (connection, there) = (self.vpn_connection(), !self.chance(3));
                let known = self.network.vpn_connection(connection).and_then(|vpn| vpn.routes.iter().next().copied());
                let destination = known.filter(|_| !there).unwrap_or_else(|| self.block());
                Command::SetVpnConnectionRoute { connection, destination, there }
            }
        }
    }

    /// What a VPN connection needs before there is one, and then the connection.
    fn vpn_ground(&mut self) -> Command {
        if self.network.vpn_gateways().len() == 0 {
            return Command::CreateVpnGateway { amazon_side_asn: 64_512, tags: self.tags() };
        }
        if self.network.customer_gateways().len() == 0 {
            let (ip, tags) = (self.address(), self.tags());
            return Command::CreateCustomerGateway(Box::new(CreateCustomerGateway {
                ip,
                bgp_asn: 65_000,
                device_name: String::new(),
                tags,
            }));
        }
        Command::CreateVpnConnection(Box::new(CreateVpnConnection {
            customer_gateway: self.customer_gateway(),
            vpn_gateway: self.vpn_gateway(),
            static_routes_only: !self.chance(4),
            tags: self.tags(),
        }))
    }

    pub(super) fn route_act(&mut self) -> Command {
        let network = self.network;
        let ties = network.route_tables().flat_map(|table| table.associations.keys().copied());
        match self.below(8) {
            0 => Command::CreateRouteTable { vpc: self.vpc(), tags: self.tags() },
            1 => Command::DeleteRouteTable(self.table()),
            2 => Command::DeleteRoute { table: self.table(), destination: self.destination() },
            3 => Command::AssociateRouteTable { table: self.table(), subnet: self.subnet() },
            4 => Command::DisassociateRouteTable(self.pick(ties)),
            5 => Command::ReplaceRouteTableAssociation { association: self.pick(ties), table: self.table() },
            _ => {
                let target = match self.below(8) {
                    6 => RouteTargetInput::Target(RouteTarget::Peering(self.pick(network.peerings().map(|peering| peering.id)))),
                    7 if self.chance(2) => {
                        RouteTargetInput::Target(RouteTarget::TransitGateway(self.pick(network.transit_gateways().map(|one| one.id))))
                    }
                    7 => RouteTargetInput::Target(RouteTarget::VpnGateway(self.vpn_gateway())),
                    4 => RouteTargetInput::Target(RouteTarget::EgressOnlyGateway(self.egress_only())),
                    5 => RouteTargetInput::Target(RouteTarget::NatGateway(self.nat())),
                    0 => RouteTargetInput::Target(RouteTarget::InternetGateway(self.gateway())),
                    1 => RouteTargetInput::Target(RouteTarget::Local),
                    2 => RouteTargetInput::Instance(self.instance()),
                    _ => RouteTargetInput::Target(RouteTarget::Eni(self.eni())),
                };
                let (table, replace) = (self.table(), self.chance(3));
                // Mostly one that is there is replaced.
                let there =
                    network.route_table(table).filter(|_| replace && !self.chance(4)).and_then(|table| table.routes.keys().next_back());
                let destination = there.copied().unwrap_or_else(|| self.destination());
                Command::SetRoute { table, destination, targets: vec![target], replace }
            }
        }
    }

    pub(super) fn destination(&mut self) -> Destination {
        if self.chance(8) {
            return Destination::Cidr("::/0".parse::<IpNet>().unwrap());
        }
        if self.chance(8) {
            return Destination::PrefixList(self.prefix_list());
        }
        Destination::Cidr(IpNet::V4(if self.chance(3) { Ipv4Net::default() } else { self.block() }))
    }
}
