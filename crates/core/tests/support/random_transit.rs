//! Random acts on transit gateways.

use super::Dice;
use eni_core::addr::IpNet;
use eni_core::control::command::*;
use eni_core::id::{SubnetId, TransitAttachmentId, TransitGatewayId, TransitTableId, VpcId};
use eni_core::model::transit::TransitOptions;

impl Dice<'_> {
    pub(super) fn transit_act(&mut self) -> Command {
        let network = self.network;
        let gateway = self.pick(network.transit_gateways().map(|one| one.id));
        let command = match self.below(12) {
            _ if network.transit_gateways().len() == 0 => self.new_transit(),
            _ if network.transit_attachments().len() < 2 && self.chance(2) => self.new_transit_attachment(gateway),
            // A table without a route gets one.
            _ if network.transit_tables().any(|table| table.routes.is_empty()) && self.chance(4) => self.blackhole(),
            0 => self.new_transit(),
            1 => TransitAct::ModifyGateway(gateway, self.transit_change()),
            2 if self.chance(3) => TransitAct::DeleteGateway(gateway),
            2 | 3 => self.new_transit_attachment(gateway),
            4 => {
                let (add, remove) = (self.some_subnets(2), self.some_subnets(2));
                let change = TransitAttachmentChange { add, remove, ipv6: self.maybe(3, |_| true), ..TransitAttachmentChange::default() };
                TransitAct::ModifyAttachment(self.transit_attachment(), change)
            }
            5 if self.chance(3) => TransitAct::DeleteAttachment(self.transit_attachment()),
            5 => TransitAct::CreateTable(gateway, self.tags()),
            6 if self.chance(3) => TransitAct::DeleteTable(self.transit_table()),
            6 | 7 => TransitAct::Associate(self.transit_table(), self.transit_attachment(), self.chance(2)),
            8 | 9 => TransitAct::Propagate(self.transit_table(), self.transit_attachment(), self.chance(2)),
            10 => {
                let (table, destination) = self.written_route();
                TransitAct::DeleteRoute(table, destination)
            }
            _ => {
                let (blackhole, replace) = (self.chance(3), self.chance(3));
                let new = (self.transit_table(), IpNet::V4(self.block()));
                let (table, destination) = if replace { self.written_route() } else { new };
                TransitAct::SetRoute {
                    table,
                    destination,
                    to: if blackhole { None } else { Some(self.transit_attachment()) },
                    blackhole,
                    replace,
                }
            }
        };
        Command::Transit(Box::new(command))
    }

    fn new_transit(&mut self) -> TransitAct {
        TransitAct::CreateGateway(NewTransitGateway {
            description: if self.chance(3) { "hub".to_owned() } else { String::new() },
            amazon_side_asn: 64_512 + self.rng.below(2),
            auto_accept: self.chance(4),
            vpn_ecmp: !self.chance(4),
            dns_support: !self.chance(4),
            association: !self.chance(3),
            propagation: !self.chance(3),
            tags: self.tags(),
        })
    }

    fn transit_change(&mut self) -> TransitGatewayChange {
        TransitGatewayChange {
            description: self.maybe(2, |_| "other".to_owned()),
            dns_support: self.maybe(3, |_| false),
            association: self.maybe(4, |dice| if dice.chance(2) { None } else { Some(dice.transit_table()) }),
            propagation: self.maybe(4, |dice| if dice.chance(2) { None } else { Some(dice.transit_table()) }),
            ..TransitGatewayChange::default()
        }
    }

    fn new_transit_attachment(&mut self, gateway: TransitGatewayId) -> TransitAct {
        let vpc = self.vpc();
        let count = 1 + self.below(2);
        let subnets = (0..count).map(|_| self.subnet_of(vpc)).collect();
        let options = TransitOptions { ipv6: self.chance(3), appliance_mode: self.chance(3), ..TransitOptions::default() };
        TransitAct::CreateAttachment(NewTransitAttachment { gateway, vpc, subnets, options, tags: self.tags() })
    }

    fn subnet_of(&mut self, vpc: VpcId) -> SubnetId {
        let network = self.network;
        self.pick(network.subnets_of_vpc(vpc).map(|subnet| subnet.id).collect::<Vec<_>>().into_iter())
    }

    fn some_subnets(&mut self, of: usize) -> Vec<SubnetId> {
        (0..self.below(of)).map(|_| self.subnet()).collect()
    }

    fn blackhole(&mut self) -> TransitAct {
        let (network, destination) = (self.network, IpNet::V4(self.block()));
        let table = self.pick(network.transit_tables().filter(|table| table.routes.is_empty()).map(|table| table.id));
        TransitAct::SetRoute { table, destination, to: None, blackhole: true, replace: false }
    }

    /// Mostly a route that is there.
    fn written_route(&mut self) -> (TransitTableId, IpNet) {
        let network = self.network;
        let mut written = network.transit_tables().flat_map(|table| table.routes.keys().map(|block| (table.id, *block)));
        match written.next().filter(|_| !self.chance(4)) {
            Some(route) => route,
            None => (self.transit_table(), IpNet::V4(self.block())),
        }
    }

    fn transit_attachment(&mut self) -> TransitAttachmentId {
        let network = self.network;
        self.pick(network.transit_attachments().map(|one| one.id))
    }

    fn transit_table(&mut self) -> TransitTableId {
        let network = self.network;
        self.pick(network.transit_tables().map(|one| one.id))
    }
}
