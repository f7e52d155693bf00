//! Words for what a check found.

use super::Maker;
use super::traffic::{destination_text, icmp_text, ports_text};
use crate::view::why::ComparedField;
use crate::view::words::{Key, WhyKey};
use eni_core::addr::{Direction, IpAddr, Traffic};
use eni_core::dataplane::pipeline::Check;
use eni_core::dataplane::reason::{
    Balanced, Code, Evidence, Field, GroupMatch, GuestAddressKind, GuestRouting, NearestMiss, ReferenceMiss, RouteEvidence, RuleRef,
    Target, Wanted,
};
use eni_core::dataplane::verdict::{Place, Seen, Verdict};
use eni_core::id::{AclId, EniId, GroupId, GroupRuleId};
use eni_core::model::by_hand::MAIN_TABLE;
use eni_core::model::eni::AttachmentStatus;
use eni_core::model::event::TaggedId;
use eni_core::model::instance::InstanceState;
use eni_core::model::route_table::RouteState;
use eni_core::model::transit::{TransitId, TransitRoute};
use eni_core::packet::{Packet, Transport};
use std::net::SocketAddr;

impl Maker<'_> {
    /// What stands beside a check's title: "into web-2-main".
    pub fn check_detail(&self, step: Seen<'_>) -> String {
        match (step.check, step.place, step.evidence) {
            (Check::GroupOut, Place::Eni(eni), _) => self.say(WhyKey::OutOf { place: &self.eni_name(eni) }),
            (Check::GroupIn, Place::Eni(eni), _) => self.say(WhyKey::Into { place: &self.eni_name(eni) }),
            (Check::AclOut, Place::Subnet(subnet), _) => self.say(WhyKey::OutOf { place: &self.subnet_name(subnet) }),
            (Check::AclIn, Place::Subnet(subnet), _) => self.say(WhyKey::Into { place: &self.subnet_name(subnet) }),
            (Check::Route | Check::EdgeRoute, _, Evidence::Route(RouteEvidence { destination: Some(found), .. })) => {
                destination_text(found)
            }
            (Check::Route, Place::Subnet(subnet), _) => self.say(WhyKey::OutOf { place: &self.subnet_name(subnet) }),
            (Check::SourceDestCheckOut | Check::SourceDestCheckIn, Place::Eni(eni), _) => self.eni_name(eni),
            (Check::GuestRoute | Check::SourceRuns, Place::Guest(instance), _) => {
                self.say(WhyKey::Sends { instance: &self.instance_name(instance) })
            }
            (_, Place::Guest(instance), _) => self.instance_name(instance),
            (Check::Service | Check::Balance, Place::Eni(eni), _) => self.owner_name(eni),
            (_, Place::Eni(eni), _) => self.eni_name(eni),
            (_, Place::Subnet(subnet), _) => self.subnet_name(subnet),
            (_, Place::InternetGateway(gateway), _) => self.gateway_name(gateway),
            (_, Place::Router(vpc), _) => self.vpc_name(vpc),
            (_, Place::EgressOnlyGateway(_) | Place::VpnGateway(_) | Place::Endpoint(_), _) => self.place_name(step.place),
            (_, Place::NatGateway(gateway), _) => self.nat_gateway_name(gateway),
            (_, Place::TransitGateway(gateway), _) => self.transit_name(TransitId::Gateway(gateway)),
            (_, Place::Peering(peering), _) => self.tagged_name(TaggedId::Peering(peering)),
            (_, Place::Internet, _) => self.say(Key::Internet),
        }
    }

    /// What stands at the end of the row of a check that let the packet pass.
    pub fn check_result(&self, step: Seen<'_>) -> String {
        match step.evidence {
            Evidence::Group { matched, .. } => self.matched(matched),
            Evidence::Acl { number: Some(number), .. } => self.say(Key::EntryNumber { number: &number.to_string() }),
            Evidence::Route(route) => route.target.map(|target| self.hop_name(target)).unwrap_or_default(),
            Evidence::NoBorder { .. } => self.say(WhyKey::NoBorder),
            Evidence::SourceDest { enabled: false, .. } => self.say(WhyKey::CheckOff),
            Evidence::SourceDest { own: true, .. } => self.say(WhyKey::OwnAddress),
            Evidence::Translation { to: Some(to), .. } => to.to_string(),
            Evidence::PortTranslation { to: Some((to, port)), .. }
            | Evidence::Balanced {
                did:
                    Balanced::Chosen { target: (to, port), .. }
                    | Balanced::Known { target: (to, port), .. }
                    | Balanced::Returned { to: (to, port), .. },
                ..
            } => SocketAddr::new(to, port).to_string(),
            Evidence::GuestRoute { eni: Some(eni), .. } => self.say(WhyKey::ByInterface { eni: &self.eni_name(eni) }),
            Evidence::NatGateway { state, .. } if step.check == Check::NatState => state.as_str().to_owned(),
            Evidence::NatGateway { .. } => self.protocol(step.packet.protocol_number()),
            Evidence::Owner { .. } if step.check == Check::NatSource => self.say(WhyKey::OwnVpc),
            Evidence::VpnAddress { inside: true, .. } => self.say(WhyKey::OwnVpc),
            Evidence::VpnRoute { connection: Some(id), .. } => self.tagged_name(TaggedId::VpnConnection(id)),
            Evidence::Transit { route: Some(TransitRoute { to: Some(to), .. }), .. } => self.transit_name(TransitId::Attachment(to)),
            Evidence::Transit { table: Some(table), .. } => self.transit_name(TransitId::Table(table)),
            Evidence::Listener { .. } => self.say(WhyKey::Listens),
            Evidence::Connections { at_most, taken: Some(taken), .. } => {
                self.say(WhyKey::ConnectionsPlace { number: &taken.saturating_add(1).to_string(), at_most: &at_most.to_string() })
            }
            Evidence::Connections { .. } => self.say(WhyKey::ConnectionsNoPlace),
            Evidence::GuestAddress { is: GuestAddressKind::Forwarded(eni) | GuestAddressKind::Masqueraded(eni), .. } => {
                self.say(WhyKey::ByInterface { eni: &self.eni_name(eni) })
            }
            _ => self.say(WhyKey::CheckPassed),
        }
    }

    fn matched(&self, matched: GroupMatch) -> String {
        match matched {
            GroupMatch::Tracked { .. } => self.say(WhyKey::TrackedFlow),
            GroupMatch::NoGroup => self.say(WhyKey::NoGroup),
            GroupMatch::Rule { group, rule, .. } => match self.network.group(group).and_then(|found| found.rule(rule)) {
                Some(found) if found.traffic == Traffic::All => self.say(Key::AllTraffic),
                _ => self.say(Key::RuleNumber { number: &self.rule_number(group, rule) }),
            },
            GroupMatch::NoRules | GroupMatch::NoMatch => String::new(),
        }
    }

    /// The number that a rule has in the table of its group and direction, from 1.
    pub fn rule_number(&self, group: GroupId, rule: GroupRuleId) -> String {
        let Some(group) = self.network.group(group) else { return rule.to_string() };
        let Some(found) = group.rule(rule) else { return rule.to_string() };
        let at = group.rules_of(found.direction).position(|other| other.id == rule).unwrap_or(0);
        (at + 1).to_string()
    }

    fn hop_name(&self, target: Target) -> String {
        match target {
            Target::Local => "local".to_owned(),
            Target::InternetGateway(id) => self.gateway_name(id),
            Target::Eni(id) => self.eni_name(id),
            Target::NatGateway(id) => self.nat_gateway_name(id),
            Target::Peering(id) => self.tagged_name(TaggedId::Peering(id)),
            Target::VpnGateway(id) => self.tagged_name(TaggedId::VpnGateway(id)),
            Target::EgressOnlyGateway(id) => self.tagged_name(TaggedId::EgressOnlyGateway(id)),
            Target::TransitGateway(id) => self.transit_name(TransitId::Gateway(id)),
            Target::Endpoint(id) => self.endpoint_name(id),
            Target::Unmodelled => self.say(Key::NotModelled),
        }
    }

    /// The verdict about the packet that a step stopped.
    pub fn refusing_headline(&self, step: Seen<'_>) -> String {
        let destination = step.packet.destination.to_string();
        match (step.check, step.place) {
            (Check::GroupIn | Check::GroupOut, Place::Eni(eni)) => self.say(WhyKey::HeadlineGroup { who: &self.owner_name(eni) }),
            (Check::AclIn | Check::AclOut, Place::Subnet(subnet)) => self.say(WhyKey::HeadlineAcl { subnet: &self.subnet_name(subnet) }),
            (Check::SourceDestCheckIn | Check::SourceDestCheckOut, Place::Eni(eni)) => {
                self.say(WhyKey::HeadlineSourceDest { eni: &self.eni_name(eni) })
            }
            (Check::Route, _) if step.code == Some(Code::TgwRouteAzRestriction) => self.transit_zone(step).0,
            (Check::Route, _) if step.code == Some(Code::CannotRoute) => self.say(WhyKey::HeadlineNatLoop),
            (Check::Route | Check::EdgeRoute, _) => match step.evidence {
                Evidence::Route(RouteEvidence { destination: Some(found), .. }) if step.code == Some(Code::UnsupportedComponent) => {
                    self.say(WhyKey::HeadlineNotPlayed { route: &destination_text(found) })
                }
                Evidence::Route(RouteEvidence { destination: Some(found), .. }) => {
                    self.say(WhyKey::HeadlineBlackhole { route: &destination_text(found) })
                }
                _ => self.say(WhyKey::HeadlineNoRoute { address: &destination }),
            },
            (Check::GatewaySource, Place::InternetGateway(gateway)) => {
                self.say(WhyKey::HeadlineNoPublicAddress { gateway: &self.gateway_name(gateway), address: &step.packet.source.to_string() })
            }
            (Check::GatewayDestination, _) if step.code == Some(Code::OutboundPort25Restricted) => self.say(WhyKey::HeadlinePort25),
            (Check::GatewayDestination, Place::InternetGateway(gateway)) => {
                self.say(WhyKey::HeadlineNotPublic { gateway: &self.gateway_name(gateway), address: &destination })
            }
            (Check::Size, _) => self.say(WhyKey::HeadlineTooLong { bytes: &step.packet.length.to_string() }),
            (Check::Faults, Place::Guest(instance)) => self.fault_headline(step, instance),
            (Check::Connections, place) => match step.evidence {
                Evidence::Connections { instance, .. } => self.say(WhyKey::HeadlineConnections { instance: &self.instance_name(instance) }),
                _ => self.place_name(place),
            },
            (Check::SourceRuns, Place::Guest(instance)) => self.say(WhyKey::HeadlineNotRunning { instance: &self.instance_name(instance) }),
            (Check::Balance, place) => match step.evidence {
                Evidence::Balanced { balancer, .. } => self.say(WhyKey::HeadlineBalancer { balancer: &self.balancer_name(balancer) }),
                _ => self.say(WhyKey::HeadlineNat { gateway: &self.place_name(place) }),
            },
            (Check::Service, place) => match step.evidence {
                Evidence::Endpoint { endpoint, .. } => self.say(WhyKey::HeadlineNat { gateway: &self.endpoint_name(endpoint) }),
                _ => self.say(WhyKey::HeadlineNoListener { instance: &self.place_name(place), traffic: &self.asked_text(step.packet) }),
            },
            (Check::SourceAttached, _) if step.code == Some(Code::VpceIntraVpcTraffic) => self.say(WhyKey::EndpointBeginsNothing),
            (Check::SourceAttached | Check::DestinationRuns, _) => self.attachment_sentence(step),
            (Check::GuestRoute, Place::Guest(instance)) => self.say(WhyKey::HeadlineNoWayOut { instance: &self.instance_name(instance) }),
            (Check::Listener, Place::Guest(instance)) => {
                self.say(WhyKey::HeadlineNoListener { instance: &self.instance_name(instance), traffic: &self.asked_text(step.packet) })
            }
            (Check::GuestAddress | Check::ReversePath, Place::Guest(instance)) => {
                self.say(WhyKey::HeadlineGuest { instance: &self.instance_name(instance) })
            }
            (Check::GatewayTranslate, Place::InternetGateway(gateway)) if is_foreign_source(step) => {
                self.say(WhyKey::HeadlineSourceNotPublic { gateway: &self.gateway_name(gateway), address: &step.packet.source.to_string() })
            }
            (Check::NatState, Place::NatGateway(gateway)) => {
                self.say(WhyKey::HeadlineNatState { gateway: &self.nat_gateway_name(gateway) })
            }
            (Check::NatProtocol | Check::NatSource | Check::NatTranslate, Place::NatGateway(gateway)) => {
                self.say(WhyKey::HeadlineNat { gateway: &self.nat_gateway_name(gateway) })
            }
            (Check::EgressOnly | Check::VpnAddress | Check::VpnRoute | Check::EndpointProtocol | Check::EndpointAddress, place) => {
                self.say(WhyKey::HeadlineNat { gateway: &self.place_name(place) })
            }
            (Check::TransitAssociation | Check::TransitRoute, place) => self.say(WhyKey::HeadlineNat { gateway: &self.place_name(place) }),
            (Check::PeeringAddress, Place::Peering(peering)) => {
                self.say(WhyKey::HeadlinePeering { peering: &self.tagged_name(TaggedId::Peering(peering)), address: &destination })
            }
            (Check::PublicAddress, _) if step.code == Some(Code::BadStateAttachment) => {
                self.say(WhyKey::HeadlineNoGateway { address: &destination })
            }
            _ => match self.only_private(step) {
                Some(eni) => self.say(WhyKey::HeadlineOnlyPrivate { eni: &eni, address: &destination }),
                None => self.say(WhyKey::HeadlineNobody { address: &destination }),
            },
        }
    }

    /// What a check found, in a sentence; empty where the row says it all.
    pub fn evidence(&self, step: Seen<'_>, nearest: Option<&NearestMiss>) -> String {
        let denied = step.verdict == Verdict::Deny;
        match step.evidence {
            Evidence::Group { eni, direction, matched } => self.group_evidence(eni, direction, matched, nearest),
            Evidence::Acl { acl, number: Some(number), .. } => self.acl_evidence(acl, number, denied, nearest),
            Evidence::Acl { number: None, .. } => self.say(WhyKey::AclClosingDeny),
            // A gateway without a table of its own: nothing was looked up.
            Evidence::Route(_) if step.verdict == Verdict::Skip => String::new(),
            Evidence::Route(_) if step.code == Some(Code::CannotRoute) => self.say(WhyKey::NatLoop),
            Evidence::Route(_) if step.code == Some(Code::TgwRouteAzRestriction) => self.transit_zone(step).1,
            Evidence::Transit { from, table, route } => self.transit_evidence(from, table, route, step),
            Evidence::Route(route) => self.route_evidence(route, step.packet.destination),
            Evidence::NatGateway { gateway, state } => self.nat_evidence(gateway, state, step),
            Evidence::PortTranslation { from, to, .. } => self.port_translation(from, to, step),
            Evidence::VpnAddress { address, inside, .. } => self.vpn_address(address, inside, step),
            Evidence::VpnRoute { address, known, connection, .. } => self.vpn_route(address, known, connection, step),
            Evidence::EgressOnly { gateway, .. } => self.egress_only_evidence(gateway, step),
            Evidence::Endpoint { endpoint, address, carried } => self.endpoint_evidence(endpoint, address, carried, step),
            Evidence::Balanced { balancer, node, did } => self.balanced_evidence(balancer, node, did, step),
            Evidence::ReversePath { .. } if step.code == Some(Code::GuestOwnSource) => self.say(WhyKey::GuestOwnSource),
            Evidence::Peering { to, address, inside, .. } => {
                let (vpc, address) = (self.vpc_name(to), address.to_string());
                let (vpc, address) = (vpc.as_str(), address.as_str());
                self.say(if inside { WhyKey::PeeringInside { vpc, address } } else { WhyKey::PeeringBeyond { vpc, address } })
            }
            Evidence::Owner { address, .. } if step.code == Some(Code::NgwRequiresSourceInVpc) => {
                self.say(WhyKey::NatForeignSource { address: &address.to_string() })
            }
            Evidence::SourceDest { enabled: false, eni, .. } => self.say(WhyKey::SourceDestOff { eni: &self.eni_name(eni) }),
            Evidence::SourceDest { own, address, eni, .. } => {
                let (address, eni) = (address.to_string(), self.eni_name(eni));
                let (address, eni) = (address.as_str(), eni.as_str());
                self.say(if own { WhyKey::SourceDestOwn { address, eni } } else { WhyKey::SourceDestForeign { address, eni } })
            }
            Evidence::Attachment { .. } | Evidence::Instance { .. } => self.attachment_sentence(step),
            Evidence::GuestRoute { eni, by } => self.guest_route_evidence(eni, by),
            Evidence::Translation { .. } if is_foreign_source(step) => {
                self.say(WhyKey::SourceNotPublic { address: &step.packet.source.to_string() })
            }
            Evidence::Translation { from, to: Some(to), .. } => {
                self.say(WhyKey::Translated { from: &from.to_string(), to: &to.to_string() })
            }
            Evidence::Translation { from, to: None, .. } => self.say(WhyKey::NoMapping { address: &from.to_string() }),
            Evidence::PublicDestination { .. } if step.code == Some(Code::OutboundPort25Restricted) => self.say(WhyKey::Port25Blocked),
            Evidence::PublicDestination { address, eni: None } if step.verdict == Verdict::Deliver => {
                self.say(WhyKey::OutsideTakes { address: &address.to_string() })
            }
            Evidence::NoBorder { subnet } => self.say(WhyKey::NoBorderCrossed { subnet: &self.subnet_name(subnet) }),
            Evidence::Owner { address, eni: None } | Evidence::PublicDestination { address, eni: None } => {
                let address = address.to_string();
                let address = address.as_str();
                match self.only_private(step) {
                    Some(eni) => self.say(WhyKey::OnlyPrivate { eni: &eni, address }),
                    None => self.say(Key::NobodyHas { address }),
                }
            }
            Evidence::PublicDestination { eni: Some(eni), .. } if step.code == Some(Code::BadStateAttachment) => {
                self.say(WhyKey::NoGatewayForPublic { eni: &self.eni_name(eni) })
            }
            Evidence::ReversePath { came_in, way_back } => self.reverse_path_evidence(came_in, way_back),
            Evidence::GuestAddress { address, is } => self.guest_address_evidence(address, is),
            Evidence::Size { limit, tells: true, .. } => self.say(WhyKey::TooLongTold { limit: &limit.to_string() }),
            Evidence::Size { limit, .. } => self.say(WhyKey::TooLongSilent { limit: &limit.to_string() }),
            Evidence::Faults { .. } => self.fault_evidence(step),
            Evidence::Connections { at_most, taken, .. } => self.connections_evidence(at_most, taken),
            Evidence::Listener { .. } if step.code == Some(Code::LambdaUnsolicited) => self.say(WhyKey::FunctionTakesAnswers),
            Evidence::Listener { found: false, assumed: false } => self.say(WhyKey::NoListener { traffic: &self.asked_text(step.packet) }),
            _ => String::new(),
        }
    }

    /// "tcp 443".
    pub(super) fn asked_text(&self, packet: &Packet) -> String {
        let protocol = self.protocol(packet.protocol_number());
        match packet.ports() {
            Some((_, port)) => format!("{protocol} {port}"),
            None => protocol,
        }
    }

    /// The ENI that has the address which somebody outside asked for as a private one: there is such an ENI, and no way to it.
    fn only_private(&self, step: Seen<'_>) -> Option<String> {
        let IpAddr::V4(ip) = step.packet.destination else { return None };
        let asked_outside = step.code == Some(Code::IgwPrivateIpAssociationForIngress);
        let eni = self.network.enis().find(|eni| asked_outside && eni.address(ip).is_some())?;
        Some(self.eni_name(eni.id))
    }

    fn group_evidence(&self, eni: EniId, direction: Direction, matched: GroupMatch, nearest: Option<&NearestMiss>) -> String {
        let groups =
            self.network.eni(eni).map(|eni| super::list(eni.groups.iter().map(|group| self.group_name(*group)))).unwrap_or_default();
        let groups = groups.as_str();
        match (matched, nearest) {
            (GroupMatch::Tracked { .. }, _) => self.say(WhyKey::TrackedEvidence),
            (GroupMatch::NoGroup, _) => self.say(WhyKey::NoGroupEvidence { eni: &self.eni_name(eni) }),
            (GroupMatch::Rule { group, rule, entry, .. }, _) => {
                let number = self.rule_number(group, rule);
                let group_name = self.group_name(group);
                match self.network.group(group).and_then(|group| group.rule(rule)) {
                    Some(rule) if entry.is_some() => self.say(WhyKey::RuleFitsEntry {
                        number: &number,
                        group: &group_name,
                        traffic: &self.traffic(rule.traffic),
                        peer: &self.peer(rule.peer),
                        block: &entry.map(|block| block.to_string()).unwrap_or_default(),
                    }),
                    Some(rule) => self.say(WhyKey::RuleFits {
                        number: &number,
                        group: &group_name,
                        traffic: &self.traffic(rule.traffic),
                        peer: &self.peer(rule.peer),
                    }),
                    None => self.say(WhyKey::RuleGone { group: &group_name }),
                }
            }
            (GroupMatch::NoRules, _) if direction == Direction::Ingress => self.say(WhyKey::NoRulesIn { groups }),
            (GroupMatch::NoRules, _) => self.say(WhyKey::NoRulesOut { groups }),
            (GroupMatch::NoMatch, None) => self.say(WhyKey::NoRuleFits { groups }),
            (GroupMatch::NoMatch, Some(miss)) => {
                let mut text = self.near_miss(groups, miss);
                if let Some(reference) = miss.reference {
                    text.push(' ');
                    text.push_str(&self.reference_miss(reference));
                }
                text
            }
        }
    }

    /// Which entry of an ACL decided; of a denial, which one behind it would have let the packet through.
    fn acl_evidence(&self, acl: AclId, number: u16, denied: bool, nearest: Option<&NearestMiss>) -> String {
        let acl = self.network.acl(acl).map_or_else(|| acl.to_string(), |acl| self.acl_name(acl));
        let (number, acl) = (number.to_string(), acl.as_str());
        let number = number.as_str();
        if !denied {
            return self.say(WhyKey::AclEntryAllows { number, acl });
        }
        let text = self.say(WhyKey::AclEntryDenies { number, acl });
        match nearest {
            Some(NearestMiss { rule: RuleRef::Acl(_, later), field: Field::Order, .. }) => {
                format!("{text} {}", self.say(WhyKey::AclEntryLater { number: &later.to_string() }))
            }
            _ => text,
        }
    }

    fn near_miss(&self, groups: &str, miss: &NearestMiss) -> String {
        let number = match miss.rule {
            RuleRef::Group(group, rule) => self.rule_number(group, rule),
            RuleRef::Acl(_, number) => number.to_string(),
        };
        let number = number.as_str();
        match miss.fields_off {
            0 | 1 => self.say(WhyKey::NearestOne { groups, number }),
            many => self.say(WhyKey::NearestMany { groups, number, fields: &many.to_string() }),
        }
    }

    fn reference_miss(&self, miss: ReferenceMiss) -> String {
        self.say(match miss {
            ReferenceMiss::PublicAddress(_) => WhyKey::ReferencePublic,
            ReferenceMiss::NotMember(eni) => return self.say(WhyKey::ReferenceNotMember { eni: &self.eni_name(eni) }),
            ReferenceMiss::NobodyHasIt => WhyKey::ReferenceNobody,
            ReferenceMiss::Forwarded => WhyKey::ReferenceForwarded,
            ReferenceMiss::Stale => WhyKey::ReferenceStale,
            ReferenceMiss::PrefixListUnknown => WhyKey::ReferencePrefixList,
        })
    }

    fn route_evidence(&self, route: RouteEvidence, address: IpAddr) -> String {
        let (Some(destination), Some(target)) = (route.destination, route.target) else { return self.say(WhyKey::RouteNone) };
        let (destination, target) = (destination_text(destination), self.hop_name(target));
        let (destination, target) = (destination.as_str(), target.as_str());
        match (route.state, route.runner_up_for(address)) {
            (Some(RouteState::Blackhole), _) => self.say(WhyKey::RouteBlackhole { destination, target }),
            (_, Some(other)) => self.say(WhyKey::RouteLonger { destination, target, other: &destination_text(other) }),
            (_, None) => self.say(WhyKey::RouteChosen { destination, target }),
        }
    }

    fn guest_route_evidence(&self, eni: Option<EniId>, by: GuestRouting) -> String {
        let eni = eni.map(|eni| self.eni_name(eni)).unwrap_or_default();
        let eni = eni.as_str();
        let table = match by {
            GuestRouting::Table(MAIN_TABLE) | GuestRouting::NoNeighbour(MAIN_TABLE) => "main".to_owned(),
            GuestRouting::Table(number) | GuestRouting::NoNeighbour(number) => number.to_string(),
            _ => String::new(),
        };
        self.say(match by {
            GuestRouting::Table(_) => WhyKey::GuestByTable { eni, table: &table },
            GuestRouting::NoNeighbour(_) => WhyKey::GuestNoNeighbour { eni, table: &table },
            GuestRouting::Unreachable => WhyKey::GuestUnreachable,
            GuestRouting::Policy => WhyKey::GuestByPolicy { eni },
            GuestRouting::Connected => WhyKey::GuestConnected { eni },
            GuestRouting::Default => WhyKey::GuestDefault { eni },
            GuestRouting::Local => WhyKey::GuestLocal,
            GuestRouting::ForeignSource => WhyKey::GuestForeignSource,
            GuestRouting::NoInterface => WhyKey::GuestNoInterface,
        })
    }

    fn reverse_path_evidence(&self, came_in: EniId, way_back: Option<EniId>) -> String {
        let came_in = self.eni_name(came_in);
        match way_back {
            Some(eni) => self.say(WhyKey::ReversePath { came_in: &came_in, way_back: &self.eni_name(eni) }),
            None => self.say(WhyKey::ReversePathNone { came_in: &came_in }),
        }
    }

    fn guest_address_evidence(&self, address: IpAddr, is: GuestAddressKind) -> String {
        let address = address.to_string();
        let address = address.as_str();
        match is {
            GuestAddressKind::Configured | GuestAddressKind::Returned => String::new(),
            GuestAddressKind::NotConfigured => self.say(WhyKey::GuestNotConfigured { address }),
            GuestAddressKind::Foreign => self.say(WhyKey::GuestForeign { address }),
            GuestAddressKind::Forwarded(eni) => self.say(WhyKey::GuestForwards { eni: &self.eni_name(eni) }),
            GuestAddressKind::Masqueraded(eni) => self.say(WhyKey::GuestMasquerades { eni: &self.eni_name(eni) }),
        }
    }

    /// Why an ENI or an instance cannot take part.
    fn attachment_sentence(&self, step: Seen<'_>) -> String {
        let passed = step.code.is_none();
        match step.evidence {
            Evidence::Instance { instance, state, .. } => self.instance_sentence(&self.instance_name(instance), state, passed),
            Evidence::Attachment { eni, instance, status, state, .. } => {
                let eni = self.eni_name(eni);
                let eni = eni.as_str();
                let instance = instance.map(|instance| self.instance_name(instance));
                match (instance.as_deref(), status, state) {
                    (Some(instance), Some(AttachmentStatus::Attaching), _) => self.say(WhyKey::StillAttaching { eni, instance }),
                    (Some(instance), Some(AttachmentStatus::Detaching), _) => self.say(WhyKey::IsDetaching { eni, instance }),
                    (Some(instance), _, Some(state)) => self.instance_sentence(instance, state, passed),
                    _ => self.say(WhyKey::InNoInstance { eni }),
                }
            }
            _ => String::new(),
        }
    }

    fn instance_sentence(&self, instance: &str, state: InstanceState, passed: bool) -> String {
        self.say(match state {
            InstanceState::Stopping | InstanceState::Stopped if passed => WhyKey::TakenAsRunning { instance },
            InstanceState::Running => WhyKey::InstanceRuns { instance },
            InstanceState::Pending => WhyKey::InstanceStarts { instance },
            InstanceState::Stopping => WhyKey::InstanceStops { instance },
            InstanceState::Stopped => WhyKey::InstanceStopped { instance },
            InstanceState::ShuttingDown => WhyKey::InstanceShutsDown { instance },
            InstanceState::Terminated => WhyKey::InstanceTerminated { instance },
        })
    }

    /// The rule that a refused packet is held against: the entry that denied it, else the one that came nearest, with how it missed.
    fn beside<'n>(
        &self,
        step: Seen<'_>,
        nearest: Option<&'n NearestMiss>,
    ) -> Option<(Direction, Traffic, String, Option<&'n NearestMiss>)> {
        match (step.evidence, nearest) {
            (Evidence::Acl { acl, direction, number: Some(number) }, _) if step.verdict == Verdict::Deny => {
                let entry = self.network.acl(acl)?.entries(direction).get(&number)?;
                Some((direction, entry.traffic, entry.cidr.to_string(), None))
            }
            (Evidence::Acl { direction, .. }, Some(miss)) => {
                let RuleRef::Acl(acl, number) = miss.rule else { return None };
                let entry = self.network.acl(acl)?.entries(direction).get(&number)?;
                Some((direction, entry.traffic, entry.cidr.to_string(), Some(miss)))
            }
            (Evidence::Group { direction, .. }, Some(miss)) => {
                let RuleRef::Group(group, rule) = miss.rule else { return None };
                let rule = self.network.group(group)?.rule(rule)?;
                Some((direction, rule.traffic, self.peer(rule.peer), Some(miss)))
            }
            _ => None,
        }
    }

    /// The packet beside the rule that refused it, or that came nearest to letting it through.
    pub fn compared(&self, step: Seen<'_>, nearest: Option<&NearestMiss>) -> Vec<ComparedField> {
        let Some((direction, traffic, peer, miss)) = self.beside(step, nearest) else { return Vec::new() };
        let packet = step.packet;
        // The engine counted the fields that are off; the ends of the list are known, so the one between follows.
        let protocol_off = miss.is_some_and(|miss| miss.field == Field::Protocol);
        let detail_off = miss.is_some_and(|miss| matches!(miss.field, Field::Port | Field::Icmp));
        let known = u8::from(protocol_off) + u8::from(detail_off);
        let peer_off = miss.is_some_and(|miss| matches!(miss.wanted, Wanted::Peer(_) | Wanted::Cidr(_)) || miss.fields_off > known);
        let mut rows = vec![ComparedField {
            field: self.say(Key::FieldProtocol),
            packet: self.protocol(packet.protocol_number()),
            rule: traffic.protocol_number().map_or_else(|| self.say(Key::AllTraffic), |number| self.protocol(number)),
            fits: !protocol_off,
        }];
        if let Some((key, packet_value, rule_value)) = ports_of(packet, traffic) {
            let rule_value = if rule_value.is_empty() { self.say(Key::AllPorts) } else { rule_value };
            rows.push(ComparedField { field: self.say(key), packet: packet_value, rule: rule_value, fits: !detail_off });
        }
        let (key, address) = match direction {
            Direction::Ingress => (Key::FieldSource, packet.source),
            Direction::Egress => (Key::FieldDestination, packet.destination),
        };
        rows.push(ComparedField { field: self.say(key), packet: address.to_string(), rule: peer, fits: !peer_off });
        rows
    }
}

/// Whether a gateway took nothing from a source that no host of the internet has (`R32`).
fn is_foreign_source(step: Seen<'_>) -> bool {
    matches!(step.code, Some(Code::IgwSourceRfc1918Ingress | Code::IgwSourceRfc6598Ingress))
}

fn ports_of(packet: &Packet, traffic: Traffic) -> Option<(Key<'static>, String, String)> {
    match (packet.transport, traffic) {
        (Transport::Tcp { destination, .. } | Transport::Udp { destination, .. }, Traffic::Tcp(ports) | Traffic::Udp(ports)) => {
            Some((Key::FieldPort, destination.to_string(), ports_text(ports)))
        }
        (Transport::Icmp { kind, code, .. }, Traffic::Icmp(icmp) | Traffic::Icmpv6(icmp)) => {
            Some((Key::FieldIcmp, format!("{kind}/{code}"), icmp_text(icmp)))
        }
        _ => None,
    }
}
