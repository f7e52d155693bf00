//! Security groups: what is tracked passes; otherwise one fitting rule of any group is enough (`S2`, `S3`, `S32` to `S41`).

use super::miss::{self, Tally};
use crate::addr::{Direction, IpAddr, IpNet, PortRange, Traffic, ipv4_block_has};
use crate::dataplane::conntrack::{Effect, FlowKey, Timeouts};
use crate::dataplane::reason::{Code, Evidence, Got, GroupMatch, NearestMiss, ReferenceMiss, RuleRef, Wanted};
use crate::dataplane::stage::{Context, Outcome, Question};
use crate::dataplane::verdict::{Mark, Step};
use crate::id::GroupId;
use crate::model::eni::Eni;
use crate::model::security_group::{GroupRule, Peer, SecurityGroup};
use crate::packet::{Packet, TcpFlags, Transport};

/// Asks the groups of an ENI, on the way in or out.
pub fn check<'s, 'a>(step: &'s mut Step, context: &mut Context<'a>, eni: &'a Eni, direction: Direction) -> Outcome<'s, 'a> {
    context.reply = false;
    if eni.groups.is_empty() {
        return Outcome::skip(step, "R40", Evidence::Group { eni: eni.id, direction, matched: GroupMatch::NoGroup });
    }
    let key = FlowKey::of(context.packet(), direction);
    let flags = context.packet().tcp_flags();
    let known = context.question.tracking.flow(eni.id, &key, context.question.now);
    let Some(flow) = known.filter(|flow| !flow.is_reopened_by(direction, flags)) else {
        return ask(step, context, eni, Passing { key, direction, flags, known: false });
    };
    context.reply = flow.is_reply(direction);
    if !flow.tracked {
        return ask(step, context, eni, Passing { key, direction, flags, known: true });
    }
    let timeouts = timeouts(context, eni, flags);
    context.effects.push(Effect::Refresh { eni: eni.id, key, direction, flags, timeouts });
    let rule = if context.reply { "S32" } else { "S38" };
    let matched = GroupMatch::Tracked { opened: flow.opened };
    let allow = Outcome::allow(step, rule, Evidence::Group { eni: eni.id, direction, matched });
    // That ICMP is told apart by type and identifier is believed, not documented (`S33`).
    if matches!(context.packet().transport, Transport::Icmp { .. }) { allow.marked(Mark::Believed) } else { allow }
}

/// How long an ENI remembers. Only how long it remembers TCP depends on the instance.
fn timeouts(context: &Context<'_>, eni: &Eni, flags: Option<TcpFlags>) -> Timeouts {
    let instance = eni.attached_instance().filter(|_| flags.is_some()).and_then(|id| context.network().instance(id));
    Timeouts::of(eni, instance)
}

/// A packet at an ENI that nothing lets pass but a rule.
struct Passing {
    key: FlowKey,
    direction: Direction,
    flags: Option<TcpFlags>,
    /// Whether its flow is one of those that are not tracked.
    known: bool,
}

/// Asks the rules.
#[inline(never)]
fn ask<'s, 'a>(step: &'s mut Step, context: &mut Context<'a>, eni: &'a Eni, passing: Passing) -> Outcome<'s, 'a> {
    let Passing { key, direction, flags, known } = passing;
    let seen = |matched| Evidence::Group { eni: eni.id, direction, matched };
    // A message about a flow that is tracked passes as its answers do (`S47`): into who sent what it is about, out of who got that.
    let about = context.about.or_else(|| context.packet().about()).and_then(|flow| {
        let flow = if direction == Direction::Ingress { flow } else { flow.reversed() };
        context.question.tracking.flow(eni.id, &FlowKey::leaving(flow), context.question.now)
    });
    if let Some(flow) = about.filter(|flow| flow.tracked) {
        return Outcome::allow(step, "S47", seen(GroupMatch::Tracked { opened: flow.opened })).marked(Mark::Disputed);
    }
    let timeouts = timeouts(context, eni, flags);
    let noted = |tracked| match known {
        true => Effect::Refresh { eni: eni.id, key, direction, flags, timeouts },
        false => Effect::Open { eni: eni.id, key, direction, tracked, flags, timeouts },
    };
    let side = Side { context, eni, direction };
    let Some(found) = side.find() else {
        if context.question.assume.groups_pass {
            context.effects.push(noted(true));
            return Outcome::skip(step, "M", seen(GroupMatch::NoGroup)).marked(Mark::Modelled);
        }
        let nearest = side.nearest();
        let (matched, code) = match nearest {
            Some(_) => (GroupMatch::NoMatch, Code::EniSgRulesMismatch),
            None => (GroupMatch::NoRules, Code::SgHasNoRules),
        };
        context.nearest = nearest;
        return Outcome::deny(step, "S2", code, seen(matched));
    };
    let tracked = !known && side.is_tracked(&found);
    let entry = side.entry(found.rule.peer);
    context.effects.push(noted(tracked));
    let rule = if matches!(found.rule.peer, Peer::Group(_)) { "S22" } else { "S3" };
    Outcome::allow(step, rule, seen(GroupMatch::Rule { group: found.group, rule: found.rule.id, entry, tracked }))
}

/// The rule that lets a packet open a flow at an ENI, whatever the ENI remembers: the first that fits.
pub fn opens<'a>(question: Question<'a>, eni: &'a Eni, packet: Packet, direction: Direction) -> Option<(GroupId, &'a GroupRule)> {
    let context = Context::new(question, packet, Vec::new());
    Side { context: &context, eni, direction }.find().map(|found| (found.group, found.rule))
}

/// A rule that fits.
struct Found<'a> {
    group: GroupId,
    rule: &'a GroupRule,
}

/// One direction of an ENI's groups, and the packet there.
struct Side<'c, 'a> {
    context: &'c Context<'a>,
    eni: &'a Eni,
    direction: Direction,
}

impl<'a> Side<'_, 'a> {
    fn packet(&self) -> &Packet {
        self.context.packet()
    }

    fn remote(&self) -> IpAddr {
        *self.packet().remote(self.direction)
    }

    fn groups(&self) -> impl Iterator<Item = &'a SecurityGroup> {
        let network = self.context.network();
        self.eni.groups.iter().filter_map(|id| network.group(*id))
    }

    fn rules(&self, direction: Direction) -> impl Iterator<Item = Found<'a>> {
        self.groups().flat_map(move |group| group.rules_of(direction).map(|rule| Found { group: group.id, rule }))
    }

    /// The first rule that fits, in the order of the groups and of their rules.
    fn find(&self) -> Option<Found<'a>> {
        let shape = self.packet().shape();
        for group in self.groups() {
            for rule in &group.rules {
                if rule.direction == self.direction && shape.fits(rule.traffic) && self.peer_miss(rule.peer).is_ok() {
                    return Some(Found { group: group.id, rule });
                }
            }
        }
        None
    }

    fn fits(&self, rule: &GroupRule) -> bool {
        self.packet().fits(rule.traffic) && self.peer_miss(rule.peer).is_ok()
    }

    /// Whether a peer is the packet's other end; for references, why not.
    fn peer_miss(&self, peer: Peer) -> Result<(), Option<ReferenceMiss>> {
        let fits = match (peer, self.remote()) {
            (Peer::Ipv4(cidr), IpAddr::V4(ip)) => ipv4_block_has(&cidr, ip),
            (Peer::Ipv6(cidr), IpAddr::V6(ip)) => cidr.contains(&ip),
            (Peer::Ipv4(_) | Peer::Ipv6(_), _) => false,
            (Peer::PrefixList(list), remote) => {
                let list = self.context.network().prefix_list(list).ok_or(Some(ReferenceMiss::PrefixListUnknown))?;
                list.entry_of(remote).is_some()
            }
            (Peer::Group(group), remote) => return self.member(group, remote).map_err(Some),
        };
        if fits { Ok(()) } else { Err(None) }
    }

    /// The entry of a prefix list that has the packet's other end.
    fn entry(&self, peer: Peer) -> Option<IpNet> {
        let Peer::PrefixList(list) = peer else { return None };
        Some(self.context.network().prefix_list(list)?.entry_of(self.remote())?.cidr)
    }

    /// Whether an address is a private one of a group's member (`S22` to `S29`).
    fn member(&self, group: GroupId, remote: IpAddr) -> Result<(), ReferenceMiss> {
        let network = self.context.network();
        match self.context.through {
            // Behind a load balancer its own groups stand for the client (`P38`); the node itself knows whom it sends to.
            Some(node) if node != self.eni.id => {
                let is_member = network.eni(node).is_some_and(|node| node.groups.contains(&group));
                return if is_member { Ok(()) } else { Err(ReferenceMiss::Forwarded) };
            }
            None if self.context.forwarded => return Err(ReferenceMiss::Forwarded),
            _ => {}
        }
        // A group of a VPC that nothing joins with this one any more fits nothing (`S28`).
        let named = network.group(group).filter(|named| !network.is_stale(self.eni.vpc, named));
        let Some(named) = named else { return Err(ReferenceMiss::Stale) };
        match (network.eni_by_address(named.vpc, remote), remote) {
            (Some(eni), _) if eni.groups.contains(&group) => Ok(()),
            (Some(eni), _) => Err(ReferenceMiss::NotMember(eni.id)),
            (None, IpAddr::V4(ip)) if !ip.is_private() => {
                Err(ReferenceMiss::PublicAddress(network.mapping_of_public_ip(ip).map(|(eni, _)| eni.id)))
            }
            (None, _) => Err(ReferenceMiss::NobodyHasIt),
        }
    }

    /// Whether a new flow is tracked: all are, but TCP and UDP flows that a rule open to everybody lets pass, where the other direction is
    /// open to everybody on every port (`S35`, `S36`).
    fn is_tracked(&self, found: &Found<'a>) -> bool {
        if !matches!(self.packet().transport, Transport::Tcp { .. } | Transport::Udp { .. }) {
            return true;
        }
        let fits = |other: &GroupRule| other.direction == self.direction && self.fits(other);
        let answers = |other: &GroupRule| other.direction != self.direction && self.answers_everybody(other);
        let open = is_open(found.rule.peer) || self.any_open(fits);
        !(open && self.any_open(answers)) || self.is_always_tracked()
    }

    /// Flows through a load balancer, and with what else a service has put into the VPC, are always tracked; so are those through gateways that
    /// keep state, which an ENI in front of them is told of when the packet comes there (`S37`).
    fn is_always_tracked(&self) -> bool {
        let far = || self.context.network().eni_by_address(self.eni.vpc, self.remote());
        self.context.tracks
            || self.context.through.is_some()
            || self.eni.is_requester_managed()
            || far().is_some_and(Eni::is_requester_managed)
    }

    /// Whether any rule that names everybody is one that is meant. Every rule is looked at, most of them no longer than this takes.
    fn any_open(&self, meant: impl Fn(&GroupRule) -> bool) -> bool {
        for group in self.groups() {
            for rule in &group.rules {
                if is_open(rule.peer) && meant(rule) {
                    return true;
                }
            }
        }
        false
    }

    /// Whether a rule that names everybody lets everything of the packet's protocol pass.
    fn answers_everybody(&self, rule: &GroupRule) -> bool {
        let family = match rule.peer {
            Peer::Ipv4(_) => self.remote().is_ipv4(),
            Peer::Ipv6(_) => self.remote().is_ipv6(),
            Peer::PrefixList(_) | Peer::Group(_) => false,
        };
        let ports = match (rule.traffic, self.packet().transport) {
            (Traffic::All, _) => true,
            (Traffic::Tcp(ports), Transport::Tcp { .. }) | (Traffic::Udp(ports), Transport::Udp { .. }) => ports == PortRange::ALL,
            _ => false,
        };
        family && ports
    }

    /// No rule fits: which came closest. `None` where there is none at all.
    fn nearest(&self) -> Option<NearestMiss> {
        let mut best: Option<NearestMiss> = None;
        for Found { group, rule } in self.rules(self.direction) {
            let mut tally = Tally::default();
            miss::traffic(&mut tally, rule.traffic, self.packet());
            let mut reference = None;
            if let Err(why) = self.peer_miss(rule.peer) {
                tally.off(miss::remote_field(self.direction), Wanted::Peer(rule.peer), Got::Address(self.remote()));
                reference = why;
            }
            best = tally.closer(RuleRef::Group(group, rule.id), reference, best);
        }
        best
    }
}

/// Whether a peer is every address of its family.
fn is_open(peer: Peer) -> bool {
    match peer {
        Peer::Ipv4(cidr) => cidr.prefix_len() == 0,
        Peer::Ipv6(cidr) => cidr.prefix_len() == 0,
        Peer::PrefixList(_) | Peer::Group(_) => false,
    }
}
