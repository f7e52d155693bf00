//! Details of a thing: its facts.

use super::Maker;
use crate::view::details::{DetailsView, FactView};
use crate::view::words::{Key, MenuKey};
use crate::words::Sentence;
use crate::world::World;
use eni_core::id::{EniId, SubnetId, VpcId};
use eni_core::model::eni::{Eni, EniStatus};
use eni_core::model::flow_log::FlowLogResource;
use eni_core::model::instance::{GuestFlavour, Instance, ListenerProtocol};
use eni_core::model::network_acl::NetworkAcl;
use eni_core::model::route_table::RouteTable;
use eni_core::model::vpc::{Subnet, Vpc};
use eni_core::sim::key::ClientId;
use std::fmt::Display;

/// What a kind of thing fills in: glyph, title, subtitle, facts.
pub(super) type Parts = (&'static str, String, String, Vec<FactView>);

impl Maker<'_> {
    /// The details of a thing; nothing if there is no such thing.
    pub fn details(&self, world: &World, thing: &str) -> Option<DetailsView> {
        let (kind, id) = super::menu::split(thing)?;
        let (glyph, title, subtitle, facts) = match kind {
            "eni" => self.eni_details(self.network.eni(id.parse().ok()?)?),
            "instance" => self.instance_details(self.network.instance(id.parse().ok()?)?),
            "client" => self.client_details(world, ClientId(id.parse().ok()?))?,
            "elastic-ip" => self.elastic_ip_details(id)?,
            "group" => self.group_details(id)?,
            _ => self.place_details(kind, id)?,
        };
        Some(DetailsView {
            thing: thing.to_owned(),
            glyph,
            title,
            subtitle,
            facts,
            tables: self.tables(kind, id).into_iter().chain(self.record_table(world, kind, id)).collect(),
            menu: self.menu(world, thing).map(|menu| menu.entries).unwrap_or_default(),
        })
    }

    pub(super) fn fact<'k>(&self, name: impl Sentence<'k>, value: impl Into<String>) -> FactView {
        FactView { name: self.say(name), value: value.into(), code: false, thing: None }
    }

    pub(super) fn code_fact<'k>(&self, name: impl Sentence<'k>, value: impl Into<String>) -> FactView {
        FactView { code: true, ..self.fact(name, value) }
    }

    fn yes_no(&self, name: Key<'_>, yes: bool) -> FactView {
        let value = self.say(if yes { Key::Yes } else { Key::No });
        self.fact(name, value)
    }

    fn subnet_fact(&self, id: SubnetId) -> FactView {
        FactView { thing: Some(format!("subnet:{id}")), ..self.fact(Key::LabelSubnet, self.subnet_name(id)) }
    }

    pub(super) fn vpc_fact(&self, id: VpcId) -> FactView {
        FactView { thing: Some(format!("vpc:{id}")), ..self.fact(Key::LabelVpc, self.vpc_name(id)) }
    }

    pub(super) fn eni_fact(&self, name: Key<'_>, id: EniId) -> FactView {
        FactView { thing: Some(format!("eni:{id}")), ..self.fact(name, self.eni_name(id)) }
    }

    fn eni_details(&self, eni: &Eni) -> Parts {
        let mut facts = vec![self.code_fact(Key::LabelId, eni.id.to_string())];
        let status = match eni.status() {
            EniStatus::Pending => Key::StatusPending,
            EniStatus::Available => Key::StatusAvailable,
            EniStatus::InUse => Key::StatusInUse,
        };
        facts.push(self.fact(Key::LabelStatus, self.say(status)));
        if let Some(attachment) = &eni.attachment {
            let index = attachment.device_index.to_string();
            let place = self.say(MenuKey::PlaceIndex { instance: &self.instance_name(attachment.instance), index: &index });
            facts.push(FactView { thing: Some(format!("instance:{}", attachment.instance)), ..self.fact(Key::LabelAttached, place) });
            facts.push(self.code_fact(Key::LabelAttachment, attachment.id.to_string()));
            facts.push(self.yes_no(Key::LabelDies, attachment.delete_on_termination));
        }
        if let Some(gateway) = self.network.nat_gateways().find(|gateway| gateway.stands() && gateway.eni() == Some(eni.id)) {
            facts.push(self.link(Key::TitleNatGateway, "nat", &gateway.id, self.name(&gateway.tags, &gateway.id)));
        }
        facts.extend(self.balancer_facts(eni.id));
        for address in &eni.addresses {
            let private = address.ip.to_string();
            let text = match address.public {
                Some(public) => format!("{private} ↔ {}", public.ip),
                None => private,
            };
            facts.push(self.code_fact(Key::LabelAddress, text));
        }
        for (ip, public) in &eni.prefix_publics {
            facts.push(self.code_fact(Key::LabelAddress, format!("{ip} ↔ {}", public.ip)));
        }
        let publics = eni.mapped().count();
        if publics > 0 {
            facts.push(self.cost_fact(publics));
        }
        facts.push(self.subnet_fact(eni.subnet));
        facts.push(self.vpc_fact(eni.vpc));
        for group in &eni.groups {
            facts.push(FactView { thing: Some(format!("group:{group}")), ..self.fact(Key::TitleGroup, self.group_name(*group)) });
        }
        facts.push(self.yes_no(Key::TitleSourceDest, eni.source_dest_check));
        facts.push(self.code_fact(Key::LabelMac, eni.mac.to_string()));
        facts.extend(self.flow_log_facts(FlowLogResource::Eni(eni.id)));
        facts.extend(self.used_by_fact(eni));
        if !eni.description.is_empty() {
            facts.push(self.fact(Key::LabelDescription, eni.description.clone()));
        }
        let subtitle = if eni.is_requester_managed() { Key::KindServiceEni } else { Key::KindEni };
        ("eni", self.name(&eni.tags, &eni.id), self.say(subtitle), facts)
    }

    fn instance_details(&self, instance: &Instance) -> Parts {
        let kind = instance.instance_type;
        let mut facts = vec![
            self.code_fact(Key::LabelId, instance.id.to_string()),
            self.fact(Key::LabelStatus, self.instance_state(instance)),
            self.fact(
                Key::LabelType,
                self.say(Key::ChoiceType {
                    name: kind.name(),
                    enis: &kind.max_enis().to_string(),
                    addresses: &kind.ipv4_per_eni().to_string(),
                }),
            ),
            self.fact(Key::LabelZone, instance.zone.to_string()),
            self.vpc_fact(instance.vpc),
        ];
        if let Some(figure) = kind.network_performance() {
            facts.push(self.fact(Key::LabelBandwidth, self.say(Key::BandwidthOfAll { figure })));
        }
        for ((_, index), id) in &instance.enis {
            facts.push(self.eni_fact(Key::LabelIndex { index: &index.to_string() }, *id));
        }
        let image = match instance.guest.flavour {
            GuestFlavour::PolicyRouting => Key::ImagePolicy,
            GuestFlavour::Plain => Key::ImagePlain,
            GuestFlavour::Router => Key::ImageRouter,
        };
        facts.push(self.fact(Key::LabelImage, self.say(image)));
        let listeners = instance.guest.listeners.iter().map(|listener| {
            let protocol = match listener.protocol {
                ListenerProtocol::Tcp => "tcp",
                ListenerProtocol::Udp => "udp",
            };
            format!("{protocol} {}", super::traffic::ports_text(listener.ports))
        });
        facts.push(self.code_fact(Key::LabelListens, super::list(listeners)));
        if let Some(at) = instance.spot.and_then(|spot| spot.notice) {
            facts.push(self.code_fact(Key::LabelTaken, format!("{} s", at.as_nanos() / 1_000_000_000)));
        }
        facts.extend(self.alarm_facts(&instance.id.to_string()));
        let kind = if instance.spot.is_some() { Key::KindSpot } else { Key::KindInstance };
        ("instance", self.name(&instance.tags, &instance.id), self.say(kind), facts)
    }

    fn client_details(&self, world: &World, id: ClientId) -> Option<Parts> {
        let client = world.sim.client(id)?;
        let view = self.client(&client);
        let facts = vec![
            self.code_fact(Key::LabelAddress, view.address),
            self.code_fact(Key::LabelAsks, view.target),
            self.fact(Key::LabelEvery, self.say(Key::Milliseconds { count: &client.spec.interval.as_millis().to_string() })),
            self.fact(Key::LabelAnswered, view.answered.to_string()),
            self.fact(Key::LabelLost, view.lost.to_string()),
            self.fact(Key::LabelStatus, view.headline),
        ];
        Some(("send", view.name, self.say(Key::KindClient), facts))
    }

    fn elastic_ip_details(&self, id: &str) -> Option<Parts> {
        let eip = self.network.elastic_ip(id.parse().ok()?)?;
        let mut facts = vec![self.code_fact(Key::LabelId, eip.allocation.to_string())];
        match eip.association {
            Some(association) => {
                facts.push(self.eni_fact(Key::LabelMappedTo, association.eni));
                facts.push(self.code_fact(Key::LabelAddress, association.private_ip.to_string()));
            }
            None => facts.push(self.fact(Key::LabelStatus, self.say(Key::ElasticIpIdle))),
        }
        facts.extend([self.cost_fact(1), self.cost_of_all()]);
        Some(("elastic-ip", eip.ip.to_string(), self.say(Key::KindElasticIp), facts))
    }

    fn group_details(&self, id: &str) -> Option<Parts> {
        let group = self.network.group(id.parse().ok()?)?;
        let mut facts = vec![self.code_fact(Key::LabelId, group.id.to_string()), self.vpc_fact(group.vpc)];
        facts.push(self.fact(Key::LabelDescription, group.description.clone()));
        for eni in self.network.enis_in_group(group.id).take(20) {
            facts.push(self.eni_fact(Key::LabelGuards, eni.id));
        }
        let subtitle = self.say(Key::KindGroup { vpc: &self.vpc_name(group.vpc) });
        Some(("group", self.group_name(group.id), subtitle, facts))
    }

    fn place_details(&self, kind: &str, id: &str) -> Option<Parts> {
        let network = self.network;
        let id_fact = self.code_fact(Key::LabelId, id);
        Some(match kind {
            "subnet" => {
                let subnet = network.subnet(id.parse().ok()?)?;
                let mut facts = vec![id_fact, self.code_fact(Key::LabelCidr, subnet.cidr.to_string())];
                facts.push(self.fact(Key::LabelZone, subnet.zone.to_string()));
                facts.push(self.vpc_fact(subnet.vpc));
                facts.push(self.fact(Key::LabelFree, network.free_address_count(subnet).to_string()));
                facts.push(self.yes_no(Key::LabelMapsPublic, subnet.map_public_ip_on_launch));
                if let Some(table) = network.route_table_of(subnet) {
                    let name = self.table_name(table.id);
                    facts.push(FactView { thing: Some(format!("route-table:{}", table.id)), ..self.fact(Key::LabelTable, name) });
                }
                if let Some(acl) = network.acl(subnet.acl) {
                    facts.push(FactView { thing: Some(format!("acl:{}", acl.id)), ..self.fact(Key::TitleAcl, self.acl_name(acl)) });
                }
                facts.extend(self.flow_log_facts(FlowLogResource::Subnet(subnet.id)));
                let subtitle = if network.is_public(subnet) { Key::KindPublicSubnet } else { Key::KindPrivateSubnet };
                ("subnet", self.name(&subnet.tags, &subnet.id), self.say(subtitle), facts)
            }
            "vpc" => {
                let vpc = network.vpc(id.parse().ok()?)?;
                let cidr = super::list(vpc.cidrs.iter().map(|block| block.cidr.to_string()));
                let mut facts = vec![id_fact, self.code_fact(Key::LabelCidr, cidr), self.yes_no(Key::LabelDefault, vpc.is_default)];
                facts.extend(self.parts_of_vpc(vpc));
                facts.extend(self.zone_facts(vpc.id));
                facts.extend(self.function_facts(vpc.id));
                facts.extend(self.flow_log_facts(FlowLogResource::Vpc(vpc.id)));
                ("vpc", self.name(&vpc.tags, &vpc.id), self.say(Key::KindVpc), facts)
            }
            "igw" => {
                let gateway = network.internet_gateway(id.parse().ok()?)?;
                let mut facts = vec![id_fact];
                facts.extend(gateway.vpc.map(|vpc| self.vpc_fact(vpc)));
                ("gateway", self.name(&gateway.tags, &gateway.id), self.say(Key::TitleGateway), facts)
            }
            "route-table" => {
                let table = network.route_table(id.parse().ok()?)?;
                let mut facts = vec![id_fact, self.vpc_fact(table.vpc)];
                facts.extend(self.subnets_where(|subnet| network.route_table_of(subnet).is_some_and(|used| used.id == table.id)));
                ("route", self.name_of_table(table), self.say(Key::LabelTable), facts)
            }
            "acl" => {
                let acl = network.acl(id.parse().ok()?)?;
                let mut facts = vec![id_fact, self.vpc_fact(acl.vpc)];
                facts.extend(self.subnets_where(|subnet| subnet.acl == acl.id));
                ("acl", self.acl_name(acl), self.say(Key::TitleAcl), facts)
            }
            "region" => {
                let vpcs = network.vpcs().map(|vpc| self.vpc_fact(vpc.id));
                let loose = network.internet_gateways().filter(|gateway| gateway.vpc.is_none());
                let gateways = loose.map(|gateway| self.link(Key::TitleGateway, "igw", &gateway.id, self.name(&gateway.tags, &gateway.id)));
                ("gateway", network.region().to_owned(), self.say(Key::KindRegion), vpcs.chain(gateways).collect())
            }
            _ => return self.other_details(kind, id),
        })
    }

    /// NAT gateways and the other gates.
    fn other_details(&self, kind: &str, id: &str) -> Option<Parts> {
        let (network, id_fact) = (self.network, self.code_fact(Key::LabelId, id));
        Some(match kind {
            "nat" => {
                let gateway = network.nat_gateway(id.parse().ok()?)?;
                let mut facts = vec![id_fact, self.fact(Key::LabelStatus, gateway.state.as_str().to_owned())];
                for address in &gateway.addresses {
                    let public = address.public_ip.map(|ip| format!(" ↔ {ip}")).unwrap_or_default();
                    let private = address.private_ip.map(|ip| ip.to_string()).unwrap_or_default();
                    facts.push(self.code_fact(Key::LabelAddress, format!("{private}{public}")));
                }
                facts.extend(gateway.eni().map(|eni| self.eni_fact(Key::KindEni, eni)));
                facts.extend([self.subnet_fact(gateway.subnet), self.vpc_fact(gateway.vpc)]);
                facts.extend(self.alarm_facts(id));
                ("nat", self.name(&gateway.tags, &gateway.id), self.say(Key::TitleNatGateway), facts)
            }
            _ => return self.gate_details(kind, id),
        })
    }

    /// The subnets that something is for.
    fn subnets_where(&self, fits: impl Fn(&Subnet) -> bool) -> Vec<FactView> {
        self.network.subnets().filter(|subnet| fits(subnet)).map(|subnet| self.subnet_fact(subnet.id)).collect()
    }

    fn link(&self, name: Key<'_>, kind: &str, id: &dyn Display, value: String) -> FactView {
        FactView { thing: Some(format!("{kind}:{id}")), ..self.fact(name, value) }
    }

    /// What a VPC has that may stand nowhere on the board: a route table or an ACL that no subnet uses.
    fn parts_of_vpc(&self, vpc: &Vpc) -> Vec<FactView> {
        let gateway = self.network.internet_gateway_of(vpc.id);
        let gateway = gateway.map(|gateway| self.link(Key::TitleGateway, "igw", &gateway.id, self.name(&gateway.tags, &gateway.id)));
        let tables = self.network.route_tables().filter(|table| table.vpc == vpc.id);
        let tables = tables.map(|table| self.link(Key::LabelTable, "route-table", &table.id, self.name_of_table(table)));
        let acls = self.network.acls().filter(|acl| acl.vpc == vpc.id);
        let acls = acls.map(|acl| self.link(Key::TitleAcl, "acl", &acl.id, self.acl_name(acl)));
        let groups = self.network.groups().filter(|group| group.vpc == vpc.id);
        let groups = groups.map(|group| self.link(Key::TitleGroup, "group", &group.id, group.name.clone()));
        gateway.into_iter().chain(tables).chain(acls).chain(groups).collect()
    }

    /// A route table's name: its own, `main` for a main table that has none, else its id.
    pub fn name_of_table(&self, table: &RouteTable) -> String {
        let is_main = self.network.vpc(table.vpc).is_some_and(|vpc| vpc.main_route_table == table.id);
        if is_main && !table.tags.contains_key("Name") { self.say(Key::MainName) } else { self.name(&table.tags, &table.id) }
    }

    /// An ACL's name: its own, `default` for a default ACL that has none, else its id.
    pub fn acl_name(&self, acl: &NetworkAcl) -> String {
        if acl.is_default && !acl.tags.contains_key("Name") { self.say(Key::DefaultName) } else { self.name(&acl.tags, &acl.id) }
    }
}
