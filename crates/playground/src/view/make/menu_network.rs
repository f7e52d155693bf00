//! Menus of addresses, groups, and the places of the network.

use super::Maker;
use crate::view::menu::{MenuDoes, MenuEntry};
use crate::view::words::MenuKey;
use eni_core::addr::Ipv4Net;
use eni_core::control::command::{Command, SubnetAttribute};
use eni_core::id::InternetGatewayId;
use eni_core::model::Tags;
use eni_core::model::elastic_ip::ElasticIp;
use eni_core::model::route_table::{RouteTable, RouteTableUser};
use eni_core::model::security_group::SecurityGroup;
use eni_core::model::vpc::{Subnet, Vpc};

/// A title and its entries.
type Menu = (String, Vec<MenuEntry>);

impl Maker<'_> {
    pub(super) fn elastic_ip_menu(&self, eip: &ElasticIp) -> Vec<MenuEntry> {
        let id = eip.allocation;
        let mut entries = vec![MenuEntry {
            text: self.say(MenuKey::MenuMove),
            note: String::new(),
            glyph: "move",
            does: MenuDoes::PickUp(format!("elastic-ip:{id}")),
        }];
        if let Some(association) = eip.association {
            entries.push(self.does(MenuKey::MenuUnmap, "elastic-ip", &Command::DisassociateAddress(association.id)));
        }
        entries.push(self.shows(MenuKey::MenuShow, "list", format!("elastic-ip:{id}")));
        entries.push(self.does(MenuKey::MenuRelease, "bin", &Command::ReleaseAddress(id)));
        entries
    }

    pub(super) fn group_menu(&self, group: &SecurityGroup) -> Vec<MenuEntry> {
        let id = group.id;
        let mut entries = vec![MenuEntry {
            text: self.say(MenuKey::MenuPutOn),
            note: String::new(),
            glyph: "move",
            does: MenuDoes::PickUp(format!("group:{id}")),
        }];
        entries.push(self.shows(MenuKey::MenuRules, "list", format!("group:{id}")));
        entries.extend(self.asks(MenuKey::MenuLetIn, "plus", "add-ingress", &id));
        entries.extend(self.asks(MenuKey::MenuLetOut, "plus", "add-egress", &id));
        entries.push(self.does(MenuKey::MenuDelete, "bin", &Command::DeleteSecurityGroup(id)));
        entries
    }

    /// The menus of subnets, VPCs, gateways, tables, ACLs and the region.
    pub(super) fn place_menu(&self, kind: &str, id: &str) -> Option<Menu> {
        let network = self.network;
        match kind {
            "subnet" => network.subnet(id.parse().ok()?).map(|subnet| self.subnet_menu(subnet)),
            "vpc" => network.vpc(id.parse().ok()?).map(|vpc| self.vpc_menu(vpc)),
            "igw" => self.gateway_menu(id.parse().ok()?),
            "nat" => {
                let gateway = network.nat_gateway(id.parse().ok()?)?;
                let shows = self.shows(MenuKey::MenuShow, "list", format!("nat:{id}"));
                let entries = vec![shows, self.does(MenuKey::MenuDelete, "bin", &Command::DeleteNatGateway(gateway.id))];
                Some((self.name(&gateway.tags, &gateway.id), entries))
            }
            "route-table" => {
                let table = network.route_table(id.parse().ok()?)?;
                let mut entries = vec![self.shows(MenuKey::MenuRoutes, "route", format!("route-table:{id}"))];
                entries.extend(self.asks(MenuKey::MenuAddRoute, "plus", "add-route", &id));
                entries.extend(self.make_main(table));
                entries.extend(self.asks(MenuKey::MenuRename, "list", "rename", &id));
                entries.push(self.does(MenuKey::MenuDelete, "bin", &Command::DeleteRouteTable(table.id)));
                Some((self.name_of_table(table), entries))
            }
            "acl" => {
                let acl = network.acl(id.parse().ok()?)?;
                let mut entries = vec![self.shows(MenuKey::MenuRules, "acl", format!("acl:{id}"))];
                entries.extend(self.asks(MenuKey::MenuAddEntryIn, "plus", "add-acl-in", &id));
                entries.extend(self.asks(MenuKey::MenuAddEntryOut, "plus", "add-acl-out", &id));
                entries.extend(self.asks(MenuKey::MenuRename, "list", "rename", &id));
                entries.push(self.does(MenuKey::MenuDelete, "bin", &Command::DeleteNetworkAcl(acl.id)));
                Some((self.name(&acl.tags, &acl.id), entries))
            }
            "region" => {
                let mut entries = vec![];
                entries.extend(self.asks(MenuKey::MenuNewVpc, "vpc", "create-vpc", &""));
                entries.extend(self.asks(MenuKey::MenuLaunch, "instance", "launch", &""));
                entries.extend(self.asks(MenuKey::MenuNewEni, "eni", "create-eni", &""));
                entries.extend(self.asks(MenuKey::MenuNewGroup, "group", "create-group", &""));
                let allocate = Command::AllocateAddress { address: None, border_group: None, tags: Tags::new() };
                entries.push(self.does(MenuKey::MenuAllocate, "elastic-ip", &allocate));
                entries.extend(self.asks(MenuKey::MenuRecover, "elastic-ip", "recover", &""));
                entries.push(self.does(MenuKey::MenuNewGateway, "gateway", &Command::CreateInternetGateway { tags: Tags::new() }));
                entries.push(self.shows(MenuKey::MenuShow, "list", "region".to_owned()));
                Some((network.region().to_owned(), entries))
            }
            "service" => self.card_menu(id),
            "function" => self.function_menu(id),
            _ => self.gate_menu(kind, id),
        }
    }

    fn subnet_menu(&self, subnet: &Subnet) -> Menu {
        let id = subnet.id;
        let mut entries = Vec::new();
        entries.extend(self.asks(MenuKey::MenuLaunch, "instance", "launch", &id));
        entries.extend(self.asks(MenuKey::MenuNewEni, "eni", "create-eni", &id));
        entries.push(self.services_entry(id));
        if let Some(table) = self.network.route_table_of(subnet) {
            entries.push(self.shows(MenuKey::MenuRoutes, "route", format!("route-table:{}", table.id)));
        }
        entries.push(self.shows(MenuKey::MenuAcl, "acl", format!("acl:{}", subnet.acl)));
        entries.extend(self.asks(MenuKey::MenuOtherTable, "route", "use-table", &id));
        entries.extend(self.asks(MenuKey::MenuOtherAcl, "acl", "use-acl", &id));
        let on = subnet.map_public_ip_on_launch;
        let text = if on { MenuKey::MenuPublicOff } else { MenuKey::MenuPublicOn };
        entries.push(self.does(text, "subnet", &Command::ModifySubnetAttribute(id, vec![SubnetAttribute::MapPublicIpOnLaunch(!on)])));
        entries.extend(self.asks(MenuKey::MenuRename, "list", "rename", &id));
        entries.push(self.shows(MenuKey::MenuShow, "list", format!("subnet:{id}")));
        entries.push(self.does(MenuKey::MenuDelete, "bin", &Command::DeleteSubnet(id)));
        (self.name(&subnet.tags, &id), entries)
    }

    fn vpc_menu(&self, vpc: &Vpc) -> Menu {
        let id = vpc.id;
        let mut entries = Vec::new();
        entries.extend(self.asks(MenuKey::MenuNewSubnet, "subnet", "create-subnet", &id));
        entries.extend(self.asks(MenuKey::MenuNewGroup, "group", "create-group", &id));
        entries.extend(self.asks(MenuKey::MenuNewTable, "route", "create-table", &id));
        entries.extend(self.asks(MenuKey::MenuNewAcl, "acl", "create-acl", &id));
        match self.network.internet_gateway_of(id) {
            Some(gateway) => {
                let command = Command::DetachInternetGateway { gateway: gateway.id, vpc: id };
                entries.push(self.does(MenuKey::MenuDetachGateway, "gateway", &command));
            }
            None => {
                for gateway in self.network.internet_gateways().filter(|gateway| gateway.vpc.is_none()) {
                    let command = Command::AttachInternetGateway { gateway: gateway.id, vpc: id };
                    let name = self.name(&gateway.tags, &gateway.id);
                    entries.push(self.does(MenuKey::MenuAttachGateway { gateway: &name }, "gateway", &command));
                }
                if entries.iter().all(|entry| entry.glyph != "gateway") {
                    entries.push(self.does(MenuKey::MenuNewGateway, "gateway", &Command::CreateInternetGateway { tags: Tags::new() }));
                }
            }
        }
        entries.extend(self.names_of_vpc(vpc));
        entries.extend(self.asks(MenuKey::MenuRename, "list", "rename", &id));
        entries.push(self.shows(MenuKey::MenuShow, "list", format!("vpc:{id}")));
        entries.push(self.does(MenuKey::MenuDelete, "bin", &Command::DeleteVpc(id)));
        (self.name(&vpc.tags, &id), entries)
    }

    /// Whether the resolver answers, and whether public addresses have names (`L14`).
    fn names_of_vpc(&self, vpc: &Vpc) -> [MenuEntry; 2] {
        let change = |dns_support, dns_hostnames| Command::ModifyVpcAttribute { vpc: vpc.id, dns_support, dns_hostnames };
        let dns = if vpc.dns_support { MenuKey::MenuDnsOff } else { MenuKey::MenuDnsOn };
        let names = if vpc.dns_hostnames { MenuKey::MenuNamesOff } else { MenuKey::MenuNamesOn };
        [self.does(dns, "check", &change(Some(!vpc.dns_support), None)), self.does(names, "check", &change(None, Some(!vpc.dns_hostnames)))]
    }

    /// The main association of the VPC can lead to this table instead; nothing for the table that it leads to.
    fn make_main(&self, table: &RouteTable) -> Option<MenuEntry> {
        let main = self.network.vpc(table.vpc)?.main_route_table;
        let ties = &self.network.route_table(main)?.associations;
        let association = ties.iter().find_map(|(id, user)| matches!(user, RouteTableUser::Main).then_some(*id))?;
        let command = Command::ReplaceRouteTableAssociation { association, table: table.id };
        (main != table.id).then(|| self.does(MenuKey::MenuMakeMain, "route", &command))
    }

    fn gateway_menu(&self, id: InternetGatewayId) -> Option<Menu> {
        let gateway = self.network.internet_gateway(id)?;
        let mut entries = Vec::new();
        match gateway.vpc {
            Some(vpc) => {
                entries.push(self.does(MenuKey::MenuDetachGateway, "gateway", &Command::DetachInternetGateway { gateway: id, vpc }))
            }
            None => {
                for vpc in self.network.vpcs() {
                    let command = Command::AttachInternetGateway { gateway: id, vpc: vpc.id };
                    entries.push(self.does(MenuKey::MenuAttachTo { vpc: &self.vpc_name(vpc.id) }, "gateway", &command));
                }
            }
        }
        entries.extend(self.asks(MenuKey::MenuRename, "list", "rename", &id));
        entries.push(self.shows(MenuKey::MenuShow, "list", format!("igw:{id}")));
        entries.push(self.does(MenuKey::MenuDelete, "bin", &Command::DeleteInternetGateway(id)));
        Some((self.name(&gateway.tags, &id), entries))
    }

    /// The first block of a VPC that no subnet has, of 256 addresses; empty if there is none.
    pub(super) fn free_block(&self, vpc: &Vpc) -> String {
        let overlaps = |block: &Ipv4Net| {
            self.network
                .subnets()
                .filter(|subnet| subnet.vpc == vpc.id)
                .any(|subnet| subnet.cidr.contains(block) || block.contains(&subnet.cidr))
        };
        let blocks = vpc.cidrs.iter().flat_map(|block| block.cidr.subnets(24.max(block.cidr.prefix_len())).into_iter().flatten());
        blocks.take(1_000).find(|block| !overlaps(block)).map(|block| block.to_string()).unwrap_or_default()
    }
}
