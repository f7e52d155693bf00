//! All that refuses a packet, check by check, each with what would change it. A check is told as the network is once the changes before it are made.

use super::Maker;
use crate::view::why::BlockerView;
use crate::view::words::{BlockerKey, PageKey};
use eni_core::analysis::reach::Shared;
use eni_core::analysis::remedy::{Blocker, Blockers, Remedy, after};
use eni_core::dataplane::reason::{Code, Evidence};
use eni_core::dataplane::verdict::Seen;
use eni_core::model::eni::Eni;

impl Maker<'_> {
    /// The rows of the pane about a packet.
    pub fn blockers(&self, blockers: &Blockers) -> Vec<BlockerView> {
        let (mut rows, mut said) = (Vec::new(), Vec::new());
        self.at_each(blockers, &mut |then, blocker| rows.extend(then.blocker(blocker, rows.len(), &mut said)));
        self.in_vain(blockers, &mut rows);
        rows
    }

    /// Where the last check lets nothing past whatever is changed, the changes before it would be made for nothing: none is offered, and the first
    /// row says so.
    fn in_vain(&self, blockers: &Blockers, rows: &mut [BlockerView]) {
        let Some((last, before)) = rows.split_last_mut() else { return };
        let Some(step) = blockers.rows.last().filter(|row| row.change.is_none()).and_then(Blocker::step) else { return };
        if !self.is_final(step) {
            return;
        }
        let why = self.why_no_change(step);
        for row in before.iter_mut() {
            row.change = None;
            row.note.clear();
        }
        if let Some(first) = before.first_mut() {
            first.note = self.say(BlockerKey::InVain { number: &last.check.number.to_string(), why: &why });
        }
    }

    /// Speaks of each check by the network in which it refuses.
    pub fn at_each<'b>(&self, blockers: &'b Blockers, tell: &mut dyn FnMut(&Maker<'_>, &'b Blocker)) {
        let mut done = Vec::new();
        for blocker in &blockers.rows {
            let then = if done.is_empty() { None } else { after(self.network, &done, self.now) };
            tell(&Maker { network: then.as_ref().unwrap_or(self.network), ..*self }, blocker);
            done.extend(blocker.change.iter().flat_map(|change| change.acts.iter().cloned()));
        }
    }

    /// Who else uses what several of them change is said at the first: `said` is what was.
    fn blocker<'b>(&self, blocker: &'b Blocker, before: usize, said: &mut Vec<&'b Shared>) -> Option<BlockerView> {
        let step = blocker.step()?;
        let number = u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1);
        let mut change = blocker.change.as_ref().and_then(|change| {
            let shared: Vec<&Shared> = change.shared.iter().filter(|shared| !said.contains(shared)).collect();
            said.extend(&shared);
            self.remedy(&Remedy { acts: change.acts.clone(), shared: shared.into_iter().cloned().collect() })
        });
        let mut note = String::new();
        match &mut change {
            None => note = format!("{} {}", self.why_no_change(step), self.say(PageKey::TheRestIsUnknown)),
            Some(change) if !blocker.alone => {
                change.acts.clear();
                note = self.say(PageKey::AfterThoseBefore);
            }
            Some(_) => {}
        }
        Some(BlockerView {
            check: self.check(step, blocker.walk.nearest_at(&step), number),
            code: step.code.map(|code| code.as_str().to_owned()).unwrap_or_default(),
            decides: before == 0,
            reply: blocker.reply,
            change,
            note,
        })
    }

    /// Why nothing that is offered gets a packet past a check.
    pub fn why_no_change(&self, step: Seen<'_>) -> String {
        if self.is_of_a_service(step) {
            return self.say(BlockerKey::OfAService);
        }
        self.say(no_change(step, &step.packet.destination.to_string()))
    }

    fn is_of_a_service(&self, step: Seen<'_>) -> bool {
        match step.evidence {
            Evidence::Attachment { eni, .. } => self.network.eni(eni).is_some_and(Eni::is_requester_managed),
            _ => false,
        }
    }

    /// Whether nothing that anybody could do gets this packet past a check. Where something is only not offered here, it may be.
    fn is_final(&self, step: Seen<'_>) -> bool {
        use BlockerKey as K;
        let never = matches!(
            no_change(step, ""),
            K::NeverCarried
                | K::Forged
                | K::NotOfItsVpc
                | K::Protocol
                | K::FlowOver
                | K::BeginsInside
                | K::FunctionsAsk
                | K::EndpointAnswers
                | K::PeerOnly
        );
        never || self.is_of_a_service(step)
    }
}

/// By code: every code has its reason, also those that mostly have a change.
fn no_change<'a>(step: Seen<'_>, address: &'a str) -> BlockerKey<'a> {
    let Some(code) = step.code else { return BlockerKey::Nothing };
    match code {
        Code::NoPossibleDestination | Code::IgwPrivateIpAssociationForIngress => BlockerKey::NobodyThere { address },
        Code::IgwDestinationRfc1918Egress | Code::IgwDestinationRfc6598Egress => BlockerKey::NeverCarried,
        Code::IgwSourceRfc1918Ingress | Code::IgwSourceRfc6598Ingress => BlockerKey::Forged,
        Code::GatewayRejectsSpoofedTraffic | Code::VgwPrivateIpAssociationForEgress => BlockerKey::Forged,
        Code::OutboundPort25Restricted => BlockerKey::Port25,
        Code::NgwRequiresSourceInVpc | Code::VgwPrivateIpAssociationForIngress | Code::VpceGatewayEgressSource => BlockerKey::NotOfItsVpc,
        Code::ProtocolRestriction | Code::VpceGatewayProtocol => BlockerKey::Protocol,
        Code::BadStateVpn => BlockerKey::NoConnectionHere,
        Code::Elbv2ListenersMismatch => BlockerKey::NoListenerHere,
        Code::Elbv2NoTargetsInAz => BlockerKey::NoTargetHere,
        Code::NlbFlowUnknown | Code::NgwIdleTimeout | Code::VpceIdleTimeout => BlockerKey::FlowOver,
        Code::GuestOwnSource => BlockerKey::OwnTarget,
        Code::NgwUnsolicited | Code::EigwUnsolicited => BlockerKey::BeginsInside,
        Code::LambdaUnsolicited => BlockerKey::FunctionsAsk,
        Code::VpceIntraVpcTraffic => BlockerKey::EndpointAnswers,
        Code::NgwErrorPortAllocation => BlockerKey::PortsTaken,
        Code::PcxRequiresAddressInVpcCidr => BlockerKey::PeerOnly,
        Code::TgwRtbNoRouteToTgwAttachment => BlockerKey::NoVpcBehind { address },
        Code::UnsupportedComponent => BlockerKey::NotPlayed,
        Code::HopLimitExceeded => BlockerKey::Loop,
        Code::BadState => BlockerKey::NotRunning,
        Code::BadStateAttachment => BlockerKey::NoRoom,
        Code::BadStateRoute
        | Code::CannotRoute
        | Code::ConntrackAllowanceExceeded
        | Code::EniSgRulesMismatch
        | Code::SgHasNoRules
        | Code::SubnetAclRestriction
        | Code::EniSourceDestCheckRestriction
        | Code::GuestAddressNotConfigured
        | Code::GuestHangs
        | Code::GuestLosesPackets
        | Code::GuestNotForwarding
        | Code::GuestNoListener
        | Code::GuestReversePathFilter
        | Code::IgwPublicIpAssociationForEgress
        | Code::IngressRtbNoPublicIp
        | Code::NoRouteToDestination
        | Code::PacketTooLong
        | Code::TgwAttachMissingTgwRtbAssociation
        | Code::TgwRouteAzRestriction => BlockerKey::Nothing,
    }
}
