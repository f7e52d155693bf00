//! *Why*: the checks of a walk as rows, those that decided with their evidence.

use super::Maker;
use crate::view::board::GroupBadge;
use crate::view::why::{CheckState, CheckView, WhyView};
use crate::view::words::{Key, WhyKey};
use eni_core::addr::{Direction, IpAddr};
use eni_core::dataplane::pipeline::Check;
use eni_core::dataplane::reason::{Evidence, NearestMiss};
use eni_core::dataplane::trace::as_sent;
use eni_core::dataplane::verdict::{Disposition, Mark, Place, Seen, Verdict, Walk};
use eni_core::id::EniId;
use eni_core::packet::{Packet, TcpFlags};
use eni_core::time::Instant;

/// What a pane about a packet is told beside its walk.
pub struct WhyOf<'a> {
    /// The packet's number.
    pub packet: u64,
    /// When it was sent.
    pub at: Instant,
    /// Who asked, and when.
    pub origin: String,
    /// The packet as its sender made it.
    pub sent: Packet,
    /// Its way.
    pub walk: &'a Walk,
}

impl Maker<'_> {
    /// The pane about one packet, without remedies and answer.
    pub fn why(&self, of: &WhyOf<'_>) -> WhyView {
        let mut checks: Vec<CheckView> = Vec::new();
        for step in of.walk.seen().filter(|step| is_shown(*step)) {
            let mut row = self.check(step, of.walk.nearest_at(&step), number_after(&checks));
            if let Place::Eni(id) = step.place {
                row.anchor = self.eni_anchor(id, of.at);
            }
            checks.push(row);
        }
        if let Some(blocker) = of.walk.blocker() {
            let behind = self.service_at(of.sent.destination);
            for check in rest_after(stands_for(blocker), self.is_inside(of.sent.destination)) {
                let check = behind.filter(|_| *check == Check::Listener).unwrap_or(*check);
                let row = self.not_reached(check, number_after(&checks));
                checks.push(row);
            }
        }
        WhyView {
            packet: of.packet,
            headline: self.headline(of.walk, &of.sent),
            code: of.walk.code().map(|code| code.as_str().to_owned()),
            delivered: of.walk.disposition.got_through(),
            at_ms: of.at.as_millis(),
            origin: of.origin.clone(),
            flow: self.flow(&of.sent, of.walk),
            checks,
            remedies: Vec::new(),
            reply: None,
            ..WhyView::default()
        }
    }

    /// The anchor of an ENI as it was at a moment: at the place on the instance that it has left since, if it has.
    fn eni_anchor(&self, id: EniId, at: Instant) -> String {
        match self.memory.stood(id, at) {
            Some(slot) => format!("eni:{id}@{}/{}/{}", slot.instance, slot.card, slot.index),
            None => anchor(Place::Eni(id)),
        }
    }

    /// The row of one check.
    pub fn check(&self, step: Seen<'_>, nearest: Option<&NearestMiss>, number: u32) -> CheckView {
        let refused = step.verdict == Verdict::Deny;
        CheckView {
            number,
            glyph: self.glyph_of(step),
            title: self.say(title(step.check)),
            detail: self.check_detail(step),
            result: if refused { self.say(WhyKey::CheckRefused) } else { self.check_result(step) },
            state: if refused { CheckState::Refused } else { CheckState::Passed },
            anchor: self.stands_at(step),
            evidence: self.evidence(step, nearest),
            groups: self.refusing_groups(step),
            compared: self.compared(step, nearest),
            rule: step.rule.to_owned(),
            mark: step.mark.map(Mark::letter),
        }
    }

    /// That of the place where the check stands: what is behind an ENI has its own.
    fn glyph_of(&self, step: Seen<'_>) -> &'static str {
        match (step.check, step.place) {
            (Check::Service, Place::Eni(eni)) => self.service_glyph(eni),
            (check, _) => glyph(check),
        }
    }

    /// The groups of an ENI that let a packet neither in nor out.
    fn refusing_groups(&self, step: Seen<'_>) -> Vec<GroupBadge> {
        let eni = match step.evidence {
            Evidence::Group { eni, .. } if step.verdict == Verdict::Deny => self.network.eni(eni),
            _ => None,
        };
        eni.map(|eni| eni.groups.iter().map(|group| self.badge(*group)).collect()).unwrap_or_default()
    }

    /// Where a check stands on the board: with its place, but a route that was followed with the router that follows it.
    fn stands_at(&self, step: Seen<'_>) -> String {
        let router = match (step.check, step.place) {
            (Check::Route, Place::Subnet(id)) if step.verdict != Verdict::Deny => {
                self.network.subnet(id).map(|subnet| Place::Router(subnet.vpc))
            }
            _ => None,
        };
        anchor(router.unwrap_or(step.place))
    }

    fn not_reached(&self, check: Check, number: u32) -> CheckView {
        CheckView {
            number,
            glyph: glyph(check),
            title: self.say(title(check)),
            result: self.say(WhyKey::CheckNotReached),
            state: CheckState::NotReached,
            ..CheckView::default()
        }
    }

    /// "tcp 10.0.12.40:51544 → 10.0.1.12:443".
    pub fn flow(&self, sent: &Packet, walk: &Walk) -> String {
        let packet = as_sent(self.network, sent, walk);
        let protocol = self.protocol(packet.protocol_number());
        match packet.ports() {
            Some((from, to)) => format!("{protocol} {}:{from} → {}:{to}", packet.source, packet.destination),
            None => format!("{protocol} {} → {}", packet.source, packet.destination),
        }
    }

    /// Whether an address belongs to a VPC of this network.
    fn is_inside(&self, address: IpAddr) -> bool {
        self.network.vpcs().any(|vpc| vpc.has_address(address))
    }

    /// What takes the place of a guest where an address is that of a service.
    fn service_at(&self, address: IpAddr) -> Option<Check> {
        let eni = self.network.eni_anywhere(address).filter(|eni| eni.is_requester_managed() && eni.attachment.is_none())?;
        Some(if self.network.load_balancer_of(eni).is_some() { Check::Balance } else { Check::Service })
    }

    /// The verdict in a sentence.
    pub fn headline(&self, walk: &Walk, sent: &Packet) -> String {
        let destination = sent.destination.to_string();
        if let Some(said) = self.reset_headline(walk, sent) {
            return said;
        }
        match (walk.blocker(), walk.disposition) {
            (Some(step), _) => self.refusing_headline(step),
            (None, Disposition::ExitsNetwork) => self.say(WhyKey::HeadlineLeft { address: &destination }),
            (None, Disposition::Delivered) => {
                let who = walk.arrived.and_then(|arrival| arrival.eni).map(|eni| self.owner_name(eni));
                self.say(WhyKey::HeadlineDelivered { who: &who.unwrap_or(destination) })
            }
            (None, _) => self.say(WhyKey::HeadlineNobody { address: &destination }),
        }
    }

    /// What it says when a host answers the first packet of a connection with a reset, or a datagram with "port unreachable": it got the packet, and
    /// has nothing that takes it.
    fn reset_headline(&self, walk: &Walk, sent: &Packet) -> Option<String> {
        let Place::Guest(instance) = walk.steps.first().filter(|_| walk.blocker().is_none() && walk.disposition.got_through())?.place
        else {
            return None;
        };
        let instance = &self.instance_name(instance);
        if let Some(about) = sent.about() {
            let traffic = &format!("udp {}", about.destination_port);
            return Some(self.say(WhyKey::HeadlinePortUnreachable { instance, traffic }));
        }
        sent.tcp_flags().filter(|flags| flags.has(TcpFlags::RST.with(TcpFlags::ACK)))?;
        let traffic = &format!("tcp {}", sent.ports()?.0);
        Some(self.say(WhyKey::HeadlineReset { instance, traffic }))
    }
}

fn number_after(checks: &[CheckView]) -> u32 {
    u32::try_from(checks.len()).unwrap_or(u32::MAX).saturating_add(1)
}

/// Whether a step gets a row: everything that stopped the packet, and of what passed only what could have stopped it by a rule that people wrote.
fn is_shown(step: Seen<'_>) -> bool {
    if step.verdict == Verdict::Deny {
        return true;
    }
    match step.check {
        Check::SourceRuns | Check::SourceAttached | Check::DestinationRuns | Check::ReversePath | Check::Owner | Check::PublicAddress => {
            false
        }
        Check::Unfiltered | Check::SameSubnet => step.verdict == Verdict::Deliver,
        Check::GuestAddress => matches!(step.verdict, Verdict::Translate | Verdict::Route),
        Check::AclOut | Check::AclIn => !matches!(step.evidence, Evidence::NoBorder { .. }),
        _ => step.verdict != Verdict::Skip,
    }
}

/// The check behind which one stands that is asked on the way out as on the way in.
fn stands_for(step: Seen<'_>) -> Check {
    match step.evidence {
        Evidence::Connections { direction: Direction::Egress, .. } => Check::GroupOut,
        Evidence::Connections { .. } => Check::GroupIn,
        _ => step.check,
    }
}

/// What would have come after the check that stopped the packet.
fn rest_after(stopped: Check, inside: bool) -> &'static [Check] {
    const WAY_IN: &[Check] = &[
        Check::GuestRoute,
        Check::SourceDestCheckOut,
        Check::GroupOut,
        Check::AclOut,
        Check::Route,
        Check::AclIn,
        Check::GroupIn,
        Check::SourceDestCheckIn,
        Check::Listener,
    ];
    const WAY_OUT: &[Check] =
        &[Check::GuestRoute, Check::SourceDestCheckOut, Check::GroupOut, Check::AclOut, Check::Route, Check::GatewaySource];
    // Checks without a row of their own stand for the row that they come with.
    let stopped = match stopped {
        Check::SourceRuns => Check::GuestRoute,
        // On the way in it is the first of the guest's checks: what is behind it is the listener.
        Check::Faults => Check::SourceDestCheckIn,
        Check::SourceAttached | Check::Unfiltered => Check::GuestRoute,
        Check::SameSubnet => Check::GroupOut,
        Check::Owner | Check::PublicAddress | Check::GatewayTranslate | Check::EdgeRoute => Check::Route,
        Check::DestinationRuns => Check::SourceDestCheckIn,
        Check::ReversePath | Check::GuestAddress => Check::Listener,
        Check::GatewayDestination => Check::GatewaySource,
        other => other,
    };
    let list = if inside || !WAY_OUT.contains(&stopped) { WAY_IN } else { WAY_OUT };
    let at = list.iter().position(|check| *check == stopped).map_or(list.len(), |at| at + 1);
    list.get(at..).unwrap_or_default()
}

const fn glyph(check: Check) -> &'static str {
    match check {
        Check::GroupOut | Check::GroupIn | Check::Connections => "group",
        Check::SourceDestCheckOut | Check::SourceDestCheckIn => "check",
        Check::AclOut | Check::AclIn => "acl",
        Check::Route | Check::EdgeRoute | Check::SameSubnet => "route",
        Check::GatewaySource | Check::GatewayDestination | Check::GatewayTranslate | Check::EgressOnly => "gateway",
        Check::VpnAddress | Check::VpnRoute => "vpn-gateway",
        Check::EndpointProtocol | Check::EndpointAddress | Check::Service => "endpoint",
        Check::Balance => "balancer",
        Check::NatState | Check::NatProtocol | Check::NatSource | Check::NatTranslate | Check::PeeringAddress => "nat",
        Check::TransitAssociation | Check::TransitRoute | Check::Owner => "router",
        Check::PublicAddress => "internet",
        _ => "instance",
    }
}

const fn title(check: Check) -> Key<'static> {
    match check {
        Check::GroupOut | Check::GroupIn => Key::TitleGroup,
        Check::Connections => Key::TitleConnections,
        Check::SourceDestCheckOut | Check::SourceDestCheckIn => Key::TitleSourceDest,
        Check::AclOut | Check::AclIn => Key::TitleAcl,
        Check::Route | Check::EdgeRoute => Key::TitleRoute,
        Check::SameSubnet => Key::TitleSameSubnet,
        Check::GatewaySource | Check::GatewayDestination | Check::GatewayTranslate => Key::TitleGateway,
        Check::NatState | Check::NatProtocol | Check::NatSource | Check::NatTranslate => Key::TitleNatGateway,
        Check::EgressOnly => Key::TitleEgressOnly,
        Check::VpnAddress | Check::VpnRoute => Key::TitleVpnGateway,
        Check::EndpointProtocol | Check::EndpointAddress => Key::TitleGatewayEndpoint,
        Check::Balance => Key::TitleBalancer,
        Check::Service => Key::TitleService,
        Check::PeeringAddress => Key::TitlePeering,
        Check::TransitAssociation | Check::TransitRoute => Key::TitleTransit,
        Check::Owner => Key::TitleRouter,
        Check::PublicAddress => Key::TitleInternet,
        Check::Size => Key::TitleSize,
        Check::SourceAttached => Key::TitleAttachment,
        Check::DestinationRuns => Key::TitleAttachment,
        Check::Unfiltered => Key::TitleHostService,
        _ => Key::TitleGuest,
    }
}

/// The anchor on the board of a place.
pub fn anchor(place: Place) -> String {
    match place {
        Place::Guest(id) => format!("instance:{id}"),
        Place::Eni(id) => format!("eni:{id}"),
        Place::Subnet(id) => format!("subnet:{id}"),
        Place::Router(id) => format!("router:{id}"),
        Place::InternetGateway(id) => format!("igw:{id}"),
        Place::EgressOnlyGateway(id) => format!("eigw:{id}"),
        Place::VpnGateway(id) => format!("vgw:{id}"),
        Place::NatGateway(id) => format!("nat:{id}"),
        Place::Endpoint(id) => format!("vpce:{id}"),
        Place::Peering(id) => format!("pcx:{id}"),
        Place::TransitGateway(id) => format!("tgw:{id}"),
        Place::Internet => "internet".to_owned(),
    }
}
