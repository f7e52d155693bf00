//! Tables of a thing: a group's rules, an ACL's entries, a table's routes; each row with the act that takes it out.

use super::Maker;
use super::traffic::{destination_text, icmp_text, ports_text, protocol_text};
use crate::act::Act;
use crate::view::details::{RowView, TableView};
use crate::view::words::Key;
use eni_core::addr::{Direction, Traffic};
use eni_core::control::command::Command;
use eni_core::control::legality::refusal_of;
use eni_core::model::network_acl::{AclAction, AclEntry, NetworkAcl};
use eni_core::model::route_table::{RouteState, RouteTable};
use eni_core::model::security_group::SecurityGroup;

impl Maker<'_> {
    /// The tables of a thing; none for most.
    pub fn tables(&self, kind: &str, id: &str) -> Vec<TableView> {
        match kind {
            "group" => id.parse().ok().and_then(|id| self.network.group(id)).map(|group| self.group_tables(group)),
            "acl" => id.parse().ok().and_then(|id| self.network.acl(id)).map(|acl| self.acl_tables(acl)),
            "route-table" => id.parse().ok().and_then(|id| self.network.route_table(id)).map(|table| vec![self.routes(table)]),
            "subnet" => id.parse().ok().and_then(|id| self.network.subnet(id)).map(|subnet| {
                let routes = self.network.route_table_of(subnet).map(|table| self.routes(table));
                let acl = self.network.acl(subnet.acl).map(|acl| self.acl_tables(acl)).unwrap_or_default();
                routes.into_iter().chain(acl).collect()
            }),
            _ => None,
        }
        .unwrap_or_default()
    }

    fn columns(&self, keys: &[Key<'_>]) -> Vec<String> {
        keys.iter().map(|key| self.say(*key)).collect()
    }

    fn group_tables(&self, group: &SecurityGroup) -> Vec<TableView> {
        let table = |direction: Direction| {
            let (title, empty, peer, form) = match direction {
                Direction::Ingress => (Key::TableLetsIn, Key::TableNothingIn, Key::FieldSource, "add-ingress"),
                Direction::Egress => (Key::TableLetsOut, Key::TableNothingOut, Key::FieldDestination, "add-egress"),
            };
            let rows = group.rules_of(direction).enumerate().map(|(at, rule)| {
                let [protocol, ports] = self.traffic_cells(rule.traffic);
                let revoke = Command::RevokeSecurityGroup { group: group.id, direction, permissions: Vec::new(), rules: vec![rule.id] };
                RowView {
                    name: self.say(Key::RuleNumber { number: &(at + 1).to_string() }),
                    cells: vec![(at + 1).to_string(), protocol, ports, self.peer(rule.peer)],
                    remove: Act::of_command(&revoke),
                    note: rule.description.clone(),
                }
            });
            TableView {
                title: self.say(title),
                columns: self.columns(&[Key::ColumnRule, Key::FieldProtocol, Key::LabelPorts, peer]),
                rows: rows.collect(),
                empty: self.say(empty),
                add: self.form(&format!("{form}:{}", group.id)),
            }
        };
        vec![table(Direction::Ingress), table(Direction::Egress)]
    }

    fn acl_tables(&self, acl: &NetworkAcl) -> Vec<TableView> {
        let table = |direction: Direction| {
            let (title, form) = match direction {
                Direction::Ingress => (Key::TableAclIn, "add-acl-in"),
                Direction::Egress => (Key::TableAclOut, "add-acl-out"),
            };
            let mut rows: Vec<RowView> =
                acl.entries(direction).iter().map(|(number, entry)| self.acl_row(acl, direction, *number, entry)).collect();
            rows.push(RowView {
                name: self.say(Key::ClosingRule),
                cells: vec!["*".to_owned(), self.say(Key::AllTraffic), String::new(), "0.0.0.0/0".to_owned(), self.say(Key::ActionDeny)],
                ..RowView::default()
            });
            let peer = if direction == Direction::Ingress { Key::FieldSource } else { Key::FieldDestination };
            TableView {
                title: self.say(title),
                columns: self.columns(&[Key::ColumnRule, Key::FieldProtocol, Key::LabelPorts, peer, Key::LabelAction]),
                rows,
                empty: String::new(),
                add: self.form(&format!("{form}:{}", acl.id)),
            }
        };
        vec![table(Direction::Ingress), table(Direction::Egress)]
    }

    fn acl_row(&self, acl: &NetworkAcl, direction: Direction, number: u16, entry: &AclEntry) -> RowView {
        let [protocol, ports] = self.traffic_cells(entry.traffic);
        let action = match entry.action {
            AclAction::Allow => Key::ActionAllow,
            AclAction::Deny => Key::ActionDeny,
        };
        let remove = Command::DeleteNetworkAclEntry { acl: acl.id, direction, number: i64::from(number) };
        RowView {
            name: self.say(Key::RuleNumber { number: &number.to_string() }),
            cells: vec![number.to_string(), protocol, ports, entry.cidr.to_string(), self.say(action)],
            remove: Act::of_command(&remove),
            note: String::new(),
        }
    }

    fn routes(&self, table: &RouteTable) -> TableView {
        let rows = table.routes.iter().map(|(destination, route)| {
            let dead = self.network.route_state(table, route) == RouteState::Blackhole;
            let remove = Command::DeleteRoute { table: table.id, destination: *destination };
            let refused = refusal_of(self.network, &remove, self.now).is_some();
            let name = destination_text(*destination);
            RowView {
                name: self.say(Key::RouteNamed { destination: &name }),
                cells: vec![name, self.route_target(&route.target), self.say(if dead { Key::StateBlackhole } else { Key::StateActive })],
                remove: Act::of_command(&remove).filter(|_| !refused),
                note: if dead { self.say(Key::LeadsNowhere) } else { String::new() },
            }
        });
        TableView {
            title: self.say(Key::TableRoutes),
            columns: self.columns(&[Key::FieldDestination, Key::LabelTarget, Key::LabelStatus]),
            rows: rows.collect(),
            empty: String::new(),
            add: self.form(&format!("add-route:{}", table.id)),
        }
    }

    /// Protocol and ports (or type and code) of a rule.
    fn traffic_cells(&self, traffic: Traffic) -> [String; 2] {
        match traffic {
            Traffic::All => [self.say(Key::AllTraffic), String::new()],
            Traffic::Tcp(ports) => ["tcp".to_owned(), ports_text(ports)],
            Traffic::Udp(ports) => ["udp".to_owned(), ports_text(ports)],
            Traffic::Icmp(icmp) => ["icmp".to_owned(), icmp_text(icmp)],
            Traffic::Icmpv6(icmp) => ["icmpv6".to_owned(), icmp_text(icmp)],
            Traffic::Other(number) => [protocol_text(number), String::new()],
        }
    }
}
