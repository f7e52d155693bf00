//! Route tables and gateways.

use crate::model::event::Event;
use crate::model::network::Network;
use crate::model::route_table::RouteTableUser;

impl Network {
    pub(super) fn apply_route_table(&mut self, event: &Event) {
        match event {
            Event::RouteTableCreated(table) => {
                self.counters.observe(table.id);
                for association in table.associations.keys() {
                    self.counters.observe(*association);
                }
                self.index.add_table(table);
                self.route_tables.insert(table.id, table.clone());
            }
            Event::RouteTableDeleted(id) => {
                if let Some(table) = self.route_tables.remove(id) {
                    self.index.remove_table(&table);
                }
            }
            Event::RouteSet(id, destination, route) => {
                if let Some(table) = self.route_tables.get_mut(id) {
                    table.routes.insert(*destination, route.clone());
                }
            }
            Event::RouteRemoved(id, destination) => {
                if let Some(table) = self.route_tables.get_mut(id) {
                    table.routes.remove(destination);
                }
            }
            Event::RoutePropagationSet(id, gateway, on) => {
                if let Some(table) = self.route_tables.get_mut(id) {
                    table.propagating.retain(|other| other != gateway);
                    if *on {
                        table.propagating.push(*gateway);
                    }
                }
            }
            Event::RouteTableAssociated(id, association, user) => {
                self.counters.observe(*association);
                if let Some(table) = self.route_tables.get_mut(id) {
                    table.associations.insert(*association, *user);
                    self.index.route_association_of.insert(*association, *id);
                    if let RouteTableUser::Subnet(subnet) = user {
                        self.index.table_of.insert(*subnet, *id);
                    }
                }
            }
            Event::RouteTableDisassociated(id, association) => {
                self.index.route_association_of.remove(association);
                let user = self.route_tables.get_mut(id).and_then(|table| table.associations.remove(association));
                if let Some(RouteTableUser::Subnet(subnet)) = user {
                    self.index.table_of.remove(&subnet);
                }
            }
            _ => {}
        }
    }

    pub(super) fn apply_gateway(&mut self, event: &Event) {
        match event {
            Event::InternetGatewayCreated(gateway) => {
                self.counters.observe(gateway.id);
                if let Some(vpc) = gateway.vpc {
                    self.index.gateway_of.insert(vpc, gateway.id);
                }
                self.internet_gateways.insert(gateway.id, gateway.clone());
            }
            Event::InternetGatewayMoved(id, vpc) => {
                let Some(gateway) = self.internet_gateways.get_mut(id) else { return };
                if let Some(old) = gateway.vpc.take() {
                    self.index.gateway_of.remove(&old);
                }
                gateway.vpc = *vpc;
                if let Some(new) = vpc {
                    self.index.gateway_of.insert(*new, *id);
                }
            }
            Event::InternetGatewayDeleted(id) => {
                self.internet_gateways.remove(id);
            }
            Event::EgressOnlyGatewayCreated(gateway) => {
                self.counters.observe(gateway.id);
                self.egress_only_gateways.insert(gateway.id, gateway.clone());
            }
            Event::EgressOnlyGatewayDeleted(id) => {
                self.egress_only_gateways.remove(id);
            }
            _ => {}
        }
    }
}
