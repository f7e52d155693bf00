//! Services in a subnet: a card for each network interface that one of AWS's services works through, with what stands behind it, its details and its menu.

use super::Maker;
use super::details::Parts;
use crate::view::board::OtherGatewayView;
use crate::view::details::FactView;
use crate::view::menu::MenuEntry;
use crate::view::words::{Key, MenuKey, ServiceKey};
use crate::words::seconds;
use eni_core::control::command::{Balancing, Command, EfsAct, TransitAct};
use eni_core::id::{EniId, SubnetId};
use eni_core::model::endpoint::{Endpoint, EndpointState};
use eni_core::model::eni::Eni;
use eni_core::model::file_system::{MountTarget, MountTargetState};
use eni_core::model::function::{Function, Interfaces};
use eni_core::model::load_balancer::LoadBalancer;
use eni_core::model::service::Service;
use eni_core::model::transit::{TransitAttachment, TransitId, TransitState};

/// So many lines of what stands behind it a card has at most.
const MOST_LINES: usize = 4;

/// What a network interface of a service is for.
enum Behind<'a> {
    /// An interface endpoint.
    Endpoint(&'a Endpoint),
    /// A node of a Network Load Balancer.
    Balancer(&'a LoadBalancer),
    /// A mount target of a file system.
    Mount(&'a MountTarget),
    /// An attachment of a VPC to a transit gateway.
    Transit(&'a TransitAttachment),
    /// Functions of AWS Lambda.
    Functions(Vec<&'a Function>),
    /// A service of which nothing else stands in a network.
    Other(Service),
}

impl Behind<'_> {
    const fn glyph(&self) -> &'static str {
        match self {
            Behind::Endpoint(_) => "endpoint",
            Behind::Balancer(_) | Behind::Other(Service::ApplicationLoadBalancer | Service::NetworkLoadBalancer) => "balancer",
            Behind::Mount(_) | Behind::Other(_) => "drum",
            Behind::Functions(_) => "function",
            Behind::Transit(_) => "router",
        }
    }
}

impl Maker<'_> {
    /// What stands behind a network interface, if that is known.
    fn service_behind<'a>(&'a self, eni: &'a Eni) -> Option<Behind<'a>> {
        let (network, requester) = (self.network, eni.requester.as_ref()?);
        if let Some(endpoint) = network.endpoints().find(|endpoint| endpoint.enis().contains(&eni.id)) {
            return Some(Behind::Endpoint(endpoint));
        }
        if let Some(balancer) = network.load_balancer_of(eni) {
            return Some(Behind::Balancer(balancer));
        }
        if let Some(target) = network.mount_target_of(eni) {
            return Some(Behind::Mount(target));
        }
        if let Some(attachment) = network.transit_attachment_with(eni) {
            return Some(Behind::Transit(attachment));
        }
        if network.function_eni(eni.id).is_some() {
            let uses = |function: &&Function| network.enis_of_function(function).iter().any(|own| own.id == eni.id);
            return Some(Behind::Functions(network.functions().filter(uses).collect()));
        }
        let made = |service: &Service| service.requester() == requester.id && eni.description.starts_with(&service.description(""));
        Service::BY_ACT.into_iter().find(made).map(Behind::Other)
    }

    /// The glyph of what stands behind a network interface.
    pub(super) fn service_glyph(&self, id: EniId) -> &'static str {
        self.network.eni(id).and_then(|eni| self.service_behind(eni)).map_or("endpoint", |behind| behind.glyph())
    }

    /// What the card of a network interface is called, if a service has one.
    pub(super) fn card_name(&self, id: EniId) -> Option<String> {
        let eni = self.network.eni(id)?;
        Some(self.named(&self.service_behind(eni)?, eni).1)
    }

    /// The kind and name of the NAT gateway or service that a network interface is of: "NAT gateway nat-1".
    pub fn service_owner(&self, id: EniId) -> Option<String> {
        let eni = self.network.eni(id)?;
        let (kind, name) = match self.network.nat_gateways().find(|gateway| gateway.stands() && gateway.eni() == Some(id)) {
            Some(gateway) => (self.say(Key::TitleNatGateway), self.name(&gateway.tags, &gateway.id)),
            None => self.named(&self.service_behind(eni)?, eni),
        };
        Some(format!("{kind} {name}"))
    }

    /// The card of a network interface that a service works through.
    pub(super) fn service_card(&self, eni: &Eni) -> Option<OtherGatewayView> {
        let behind = self.service_behind(eni)?;
        let (kind, name) = self.named(&behind, eni);
        let (note, live) = match &behind {
            Behind::Endpoint(endpoint) => (endpoint.state.as_str(), endpoint.state == EndpointState::Available),
            Behind::Balancer(balancer) => (if balancer.active { "active" } else { "provisioning" }, balancer.active),
            Behind::Mount(target) => (target.state.as_str(), target.state == MountTargetState::Available),
            Behind::Transit(attachment) => (attachment.state.as_str(), attachment.state == TransitState::Available),
            Behind::Functions(functions) => match functions.first() {
                Some(function) => (function.phase.state(), function.phase.state() == "Active"),
                None => ("", false),
            },
            Behind::Other(_) => ("", true),
        };
        let mut lines = match &behind {
            Behind::Balancer(balancer) => self.balancer_lines(balancer),
            Behind::Functions(functions) => vec![self.sharing(functions).unwrap_or_else(|| self.unused(eni.id))],
            _ => Vec::new(),
        };
        if lines.len() > MOST_LINES {
            let more = lines.len() + 1 - MOST_LINES;
            lines.truncate(MOST_LINES - 1);
            lines.push(self.say(ServiceKey::MoreLines { count: &more.to_string() }));
        }
        let (thing, note) = (format!("service:{}", eni.id), note.to_owned());
        Some(OtherGatewayView { thing, glyph: behind.glyph(), kind, name, note, live, port: Some(eni.id.to_string()), lines })
    }

    /// The kind of what stands behind a network interface, and its name.
    fn named(&self, behind: &Behind<'_>, eni: &Eni) -> (String, String) {
        match behind {
            Behind::Endpoint(endpoint) => (self.say(Key::TitleInterfaceEndpoint), self.endpoint_name(endpoint.id)),
            Behind::Balancer(balancer) => (self.say(Key::TitleBalancer), balancer.name.clone()),
            Behind::Mount(target) => (self.say(ServiceKey::KindMountTarget), self.file_system_name(target.file_system)),
            Behind::Transit(attachment) => {
                (self.say(ServiceKey::KindTransitAttachment), self.transit_name(TransitId::Gateway(attachment.gateway)))
            }
            Behind::Functions(_) => (self.say(ServiceKey::KindFunction), self.function_behind(eni.id)),
            Behind::Other(found) => {
                let kind = match found {
                    Service::Rds => ServiceKey::KindDatabase,
                    _ => ServiceKey::KindBalancerAlone,
                };
                let name = eni.description.rsplit('/').next().filter(|name| !name.is_empty());
                (self.say(kind), name.map_or_else(|| eni.id.to_string(), str::to_owned))
            }
        }
    }

    /// How the functions of a network interface use it: they share it, or it is of one environment alone.
    fn sharing(&self, functions: &[&Function]) -> Option<String> {
        let shared = functions.first()?.interfaces == Interfaces::Shared;
        let count = functions.len().to_string();
        Some(self.say(if shared { ServiceKey::FunctionsShare { count: &count } } else { ServiceKey::EnvironmentAlone }))
    }

    /// That no function uses a network interface any more, and when Lambda deletes it.
    fn unused(&self, eni: EniId) -> String {
        match self.network.function_eni(eni).and_then(|used| used.goes) {
            Some(goes) => self.say(ServiceKey::UnusedUntil { seconds: &seconds(goes.as_millis()) }),
            None => self.say(ServiceKey::NoFunctionLeft),
        }
    }

    /// The functions that have no network interface: those of a subnet, which is the first of theirs, or those in no VPC.
    pub(super) fn functions_alone(&self, subnet: Option<SubnetId>) -> impl Iterator<Item = OtherGatewayView> {
        let first = |function: &Function| function.vpc.as_ref().and_then(|vpc| vpc.subnets.first().copied());
        let alone = self.network.functions().filter(move |function| first(function) == subnet);
        alone.filter(|function| self.network.enis_of_function(function).is_empty()).map(|function| OtherGatewayView {
            thing: format!("function:{}", function.name),
            glyph: "function",
            kind: self.say(ServiceKey::KindFunction),
            name: function.name.clone(),
            note: function.phase.state().to_owned(),
            live: function.phase.state() == "Active",
            port: None,
            lines: vec![self.say(without_interface(function))],
        })
    }

    /// The details of a function that has no network interface.
    pub(super) fn function_details(&self, name: &str) -> Option<Parts> {
        let function = self.network.function(name)?;
        let mut facts = vec![self.fact(Key::LabelStatus, function.phase.state())];
        facts.push(self.fact(Key::KindEni, self.say(without_interface(function))));
        if let Some(config) = &function.vpc {
            let subnet =
                |id: &SubnetId| FactView { thing: Some(format!("subnet:{id}")), ..self.fact(Key::LabelSubnet, self.subnet_name(*id)) };
            facts.extend(config.subnets.iter().map(subnet));
            facts.push(self.vpc_fact(config.vpc));
        }
        Some(("function", function.name.clone(), self.say(ServiceKey::KindFunction), facts))
    }

    /// The details of a card.
    pub(super) fn card_details(&self, id: &str) -> Option<Parts> {
        let eni = self.network.eni(id.parse().ok()?)?;
        let behind = self.service_behind(eni)?;
        let (kind, name) = self.named(&behind, eni);
        let mut facts = match &behind {
            Behind::Endpoint(endpoint) => {
                vec![self.code_fact(Key::LabelId, endpoint.id.to_string()), self.fact(Key::LabelStatus, endpoint.state.as_str())]
            }
            Behind::Balancer(_) => self.balancer_facts(eni.id),
            Behind::Mount(target) => vec![
                self.code_fact(Key::LabelId, target.id.to_string()),
                self.fact(Key::LabelStatus, target.state.as_str()),
                self.code_fact(ServiceKey::LabelFileSystem, target.file_system.to_string()),
            ],
            Behind::Transit(attachment) => vec![
                self.code_fact(Key::LabelId, attachment.id.to_string()),
                self.fact(Key::LabelStatus, attachment.state.as_str()),
                FactView {
                    thing: Some(format!("tgw:{}", attachment.gateway)),
                    ..self.fact(Key::TitleTransit, self.transit_name(TransitId::Gateway(attachment.gateway)))
                },
            ],
            Behind::Functions(_) => self.function_facts(eni.vpc),
            Behind::Other(_) => Vec::new(),
        };
        facts.extend(self.used_by_fact(eni).filter(|_| matches!(behind, Behind::Functions(_))));
        facts.extend(self.ports(&behind, eni).into_iter().map(|port| self.eni_fact(Key::KindEni, port)));
        facts.push(FactView { thing: Some(format!("subnet:{}", eni.subnet)), ..self.fact(Key::LabelSubnet, self.subnet_name(eni.subnet)) });
        facts.push(self.vpc_fact(eni.vpc));
        Some((behind.glyph(), name, kind, facts))
    }

    /// The network interfaces of what stands behind one, that one first.
    fn ports(&self, behind: &Behind<'_>, eni: &Eni) -> Vec<EniId> {
        let all: Vec<EniId> = match behind {
            Behind::Endpoint(endpoint) => endpoint.enis().to_vec(),
            Behind::Balancer(balancer) => balancer.nodes.iter().map(|node| node.eni).collect(),
            Behind::Transit(attachment) => attachment.enis.clone(),
            _ => Vec::new(),
        };
        std::iter::once(eni.id).chain(all.into_iter().filter(|other| *other != eni.id)).collect()
    }

    /// The menu of a card.
    pub(super) fn card_menu(&self, id: &str) -> Option<(String, Vec<MenuEntry>)> {
        let eni = self.network.eni(id.parse().ok()?)?;
        let behind = self.service_behind(eni)?;
        let (_, name) = self.named(&behind, eni);
        let mut entries = vec![self.question(MenuKey::MenuAskTo, String::new(), eni.id.to_string())];
        if let Behind::Balancer(balancer) = &behind {
            let cross = Balancing::ModifyAttributes { balancer: balancer.id, cross_zone: Some(!balancer.cross_zone) };
            let text = if balancer.cross_zone { MenuKey::MenuCrossZoneOff } else { MenuKey::MenuCrossZoneOn };
            entries.push(self.does(text, "route", &Command::Balance(Box::new(cross))));
        }
        entries.push(self.shows(MenuKey::MenuShow, "list", format!("service:{id}")));
        let delete = |command| self.does(MenuKey::MenuDelete, "bin", &command);
        match &behind {
            Behind::Endpoint(endpoint) => entries.push(delete(Command::DeleteVpcEndpoints(vec![endpoint.id]))),
            Behind::Balancer(balancer) => entries.push(delete(Command::Balance(Box::new(Balancing::Delete(balancer.id))))),
            Behind::Mount(target) => entries.push(delete(Command::Efs(Box::new(EfsAct::DeleteMountTarget(target.id))))),
            Behind::Transit(attachment) => {
                entries.push(delete(Command::Transit(Box::new(TransitAct::DeleteAttachment(attachment.id)))));
            }
            Behind::Functions(_) => entries.extend(self.function_entries(eni.id)),
            Behind::Other(_) => entries.push(self.service_leaves_entry(eni.id)),
        }
        Some((name, entries))
    }
}

/// Why a function has no network interface.
fn without_interface(function: &Function) -> ServiceKey<'static> {
    match (&function.vpc, function.interfaces) {
        (None, _) => ServiceKey::FunctionOfNoVpc,
        (Some(_), Interfaces::OfEnvironments) => ServiceKey::NoEnvironmentYet,
        (Some(_), Interfaces::Shared) => ServiceKey::NoSharedInterface,
    }
}
