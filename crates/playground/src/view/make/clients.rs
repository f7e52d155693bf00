//! Clients, the timeline and what flies.

use super::traffic::protocol_text;
use super::why::anchor;
use super::{Maker, list};
use crate::view::board::ClientView;
use crate::view::timeline::{FlagView, FlightView, LaneView, TickView, UNSENT};
use crate::view::words::{Key, ServiceKey, seconds};

use eni_core::addr::IpAddr;
use eni_core::dataplane::verdict::Place;
use eni_core::id::MountTargetId;
use eni_core::model::event::{TaggedId, Transition, TransitionKey};
use eni_core::model::function::{Function, Phase};
use eni_core::model::transit::TransitId;
use eni_core::order::sort_by_key;
use eni_core::sim::client::{self, Protocol, Source, Target};
use eni_core::sim::host::Host;
use eni_core::sim::key::Purpose;
use eni_core::sim::record::PacketRecord;
use eni_core::time::Instant;

/// How many of the newest outcomes the board shows.
const RECENT: usize = 32;

impl Maker<'_> {
    /// A client with what came of its questions.
    pub fn client(&self, client: &client::ClientView<'_>) -> ClientView {
        let statistics = client.statistics;
        let outage_ms = statistics.outage_since.map_or(0, |since| self.now.since(since).as_millis());
        let last_outage = statistics.last_outage.map(|outage| (outage.length().as_millis(), outage.to.as_millis()));
        let (address, outside) = match client.spec.probe.from {
            Source::Internet { address } => (address.to_string(), true),
            Source::Node { address, .. } | Source::Function { address, .. } => (address.to_string(), false),
            Source::Instance { instance, address } => {
                let primary = self.network.instance(instance).and_then(|i| i.primary_eni()).and_then(|id| self.network.eni(id));
                (address.or_else(|| primary.and_then(|eni| eni.primary_ip())).map(|ip| ip.to_string()).unwrap_or_default(), false)
            }
        };
        ClientView {
            id: client.id.0,
            name: client.spec.name.clone(),
            address,
            anchor: client_anchor(client.id.0, client.spec.probe.from),
            outside,
            behind: self.behind(client.spec.probe.from),
            target: self.target(client.spec.probe.to, client.spec.probe.protocol),
            asking: client.asking,
            answered: statistics.answered,
            lost: statistics.lost,
            outage_ms,
            last_outage,
            recent: newest(statistics.outcomes.iter().rev()),
            headline: self.stopwatch(client, outage_ms, last_outage),
        }
    }

    fn stopwatch(&self, client: &client::ClientView<'_>, outage_ms: u64, last: Option<(u64, u64)>) -> String {
        match (client.asking, client.statistics.outage_since, last) {
            (false, _, _) => self.say(Key::ClientPaused),
            (_, Some(_), _) => self.say(Key::OutageNow { seconds: &seconds(outage_ms) }),
            (_, None, Some((length, end))) => self.say(Key::OutageOver { length: &seconds(length), end: &seconds(end) }),
            (_, None, None) if client.statistics.answered == 0 => self.say(Key::NotAskedYet),
            _ => self.say(Key::AllAnswered),
        }
    }

    /// The customer gateway that a client asks from behind.
    fn behind(&self, from: Source) -> String {
        let Source::Internet { address } = from else { return String::new() };
        self.office(IpAddr::V4(address)).into_iter().next().unwrap_or_default()
    }

    /// The anchors of what leads to an address behind a virtual private gateway, from there: the customer gateway and the connection.
    pub fn office(&self, address: IpAddr) -> Vec<String> {
        let Some(gateway) = self.network.on_premises(address) else { return Vec::new() };
        let ends_here = || self.network.vpn_connections().find(|connection| connection.vpn_gateway == gateway.id);
        let connection = self.network.vpn_connection_to(gateway.id, address).or_else(ends_here);
        connection
            .map(|connection| vec![format!("cgw:{}", connection.customer_gateway), format!("vpn:{}", connection.id)])
            .unwrap_or_default()
    }

    /// "tcp 203.0.113.25:443".
    fn target(&self, to: Target, protocol: Protocol) -> String {
        let address = to.resolve(self.network).map_or_else(|| self.say(Key::NoAddress), |ip| ip.to_string());
        match protocol {
            Protocol::Icmp => format!("{} {address}", protocol_text(1)),
            Protocol::Tcp(port) => format!("{} {address}:{port}", protocol_text(6)),
            Protocol::Udp(port) => format!("{} {address}:{port}", protocol_text(17)),
        }
    }

    /// Who a client asks, by name where there is one.
    pub fn target_name(&self, to: Target) -> String {
        let Some(address) = to.resolve(self.network) else { return self.say(Key::NoAddress) };
        let IpAddr::V4(ip) = address else { return address.to_string() };
        let by_public = self.network.mapping_of_public_ip(ip).map(|(eni, _)| eni.id);
        let by_private = || self.network.enis().find(|eni| eni.address(ip).is_some()).map(|eni| eni.id);
        let Some(eni) = by_public.or_else(by_private) else { return ip.to_string() };
        let name = self.eni_name(eni);
        // An id says nothing where the instance has a name.
        if name == eni.to_string() { self.owner_name(eni) } else { name }
    }

    /// What will happen by itself up to a moment, in milliseconds.
    pub fn due_flags(&self, to_ms: u64) -> Vec<FlagView> {
        let flag = |(key, transition): (TransitionKey, Transition)| {
            let text = match transition {
                Transition::AttachFinishes(eni, _) => self.say(Key::DueAttached { eni: &self.eni_name(eni) }),
                Transition::DetachFinishes(eni, _) => self.say(Key::DueDetached { eni: &self.eni_name(eni) }),
                Transition::InstanceRuns(id) => self.say(Key::DueRunning { instance: &self.instance_name(id) }),
                Transition::InstanceStops(id) => self.say(Key::DueStopped { instance: &self.instance_name(id) }),
                Transition::InstanceTerminates(id) => self.say(Key::DueTerminated { instance: &self.instance_name(id) }),
                Transition::SpotTaken(id) => self.say(Key::DueTaken { instance: &self.instance_name(id) }),
                Transition::NatGatewaySettles(id) => {
                    let gateway = self.nat_gateway_name(id);
                    let fails = self.network.nat_gateway(id).is_some_and(|gateway| gateway.failure.is_some());
                    self.say(if fails { Key::DueNatFailed { gateway: &gateway } } else { Key::DueNatAvailable { gateway: &gateway } })
                }
                Transition::NatGatewayGoes(id) => self.say(Key::DueNatDeleted { gateway: &self.nat_gateway_name(id) }),
                Transition::EndpointSettles(id) => {
                    self.say(Key::DueEndpointAvailable { endpoint: &self.tagged_name(TaggedId::Endpoint(id)) })
                }
                Transition::LoadBalancerSettles(id) => self.say(Key::DueBalancerActive { balancer: &self.balancer_name(id) }),
                Transition::PeeringActivates(id) => self.say(Key::DuePeeringActive { peering: &self.tagged_name(TaggedId::Peering(id)) }),
                Transition::FunctionsSettle => {
                    let settles =
                        |function: &&Function| matches!(function.phase, Phase::Creating(at, _) | Phase::Updating(at, _) if at == key.at);
                    let names = list(self.network.functions().filter(settles).map(|function| function.name.clone()));
                    self.say(ServiceKey::DueActive { function: &names })
                }
                Transition::FunctionEniGoes(id) => self.say(ServiceKey::DueGone { eni: &self.eni_name(id) }),
                Transition::MountTargetSettles(id) => self.say(ServiceKey::DueMountTarget { files: &self.files_of(id) }),
                Transition::MountTargetGoes(id) => self.say(ServiceKey::DueMountTargetGone { files: &self.files_of(id) }),
                Transition::TransitSettles(id) if !matches!(id, TransitId::Table(_)) => {
                    self.say(Key::DueTransitAvailable { thing: &self.tagged_name(TaggedId::Transit(id)) })
                }
                Transition::EniSettles(_)
                | Transition::TransitSettles(_)
                | Transition::TransitGoes(_)
                | Transition::TransitIsForgotten(_)
                | Transition::InstanceIsForgotten(_)
                | Transition::NatGatewayIsForgotten(_)
                | Transition::TargetDrains(..)
                | Transition::EndpointGoes(_)
                | Transition::PeeringIsRequested(_)
                | Transition::PeeringExpires(_)
                | Transition::PeeringIsForgotten(_)
                | Transition::PrefixListSettles(_) => return None,
            };
            Some(FlagView { at_ms: key.at.as_millis(), text, due: true })
        };
        self.network.transitions().take_while(|(key, _)| key.at.as_millis() <= to_ms).filter_map(flag).collect()
    }

    /// The file system of a mount target, by name.
    fn files_of(&self, id: MountTargetId) -> String {
        self.network.mount_target(id).map_or_else(|| id.to_string(), |target| self.file_system_name(target.file_system))
    }

    /// The lane of a client, for a window in milliseconds.
    pub fn lane(&self, client: &client::ClientView<'_>, (from_ms, to_ms): (u64, u64)) -> LaneView {
        let statistics = client.statistics;
        let all = ticks(client);
        let last = statistics.last_outage.map(|outage| (outage.from.as_millis(), outage.to.as_millis()));
        let now = statistics.outage_since.map(|since| (since.as_millis(), self.now.as_millis()));
        let known_from = last.or(now).map_or(u64::MAX, |(start, _)| start);
        let mut outages = earlier_outages(&all, known_from);
        outages.extend(last);
        outages.extend(now);
        outages.retain(|(start, end)| *start <= to_ms && *end >= from_ms);
        let gap = now.or(outages.last().copied()).map(|(start, end)| self.say(Key::Gap { seconds: &seconds(end - start) }));
        let forgets = statistics.answered + statistics.lost > statistics.outcomes.len() as u64;
        LaneView {
            client: client.id.0,
            name: self.lane_name(client),
            kept_ms: statistics.outcomes.front().filter(|_| forgets).map_or(0, |oldest| oldest.asked.as_millis()),
            ticks: all.into_iter().filter(|tick| (from_ms..=to_ms).contains(&tick.at_ms)).collect(),
            outages,
            gap: gap.unwrap_or_default(),
            out: now.is_some(),
            answered: statistics.answered,
            lost: statistics.lost,
        }
    }

    /// "client → svc".
    pub fn lane_name(&self, client: &client::ClientView<'_>) -> String {
        self.say(Key::ClientLane { client: &client.spec.name, target: &self.target_name(client.spec.probe.to) })
    }

    /// The way of a packet over the board.
    pub fn flight(&self, record: &PacketRecord) -> FlightView {
        let client = format!("client:{}", record.cause.client.0);
        let mut path: Vec<String> = Vec::new();
        let mut push = |anchor: String| {
            if path.last() != Some(&anchor) {
                path.push(anchor);
            }
        };
        match record.from {
            Host::Internet(address) => {
                push(client.clone());
                self.office(address).into_iter().for_each(&mut push);
            }
            Host::Instance(id) => push(format!("instance:{id}")),
            Host::Beyond(id, _) => push(anchor(Place::Endpoint(id))),
            Host::NatGateway(id) => push(format!("nat:{id}")),
            Host::Metadata(eni) | Host::Service(eni) | Host::Router(eni) => push(anchor(Place::Eni(eni))),
        }
        let mut before: Option<Place> = None;
        for step in &record.walk.steps {
            // Between two subnets, and between a subnet and a gate of its VPC, lies the router.
            let is_gate = |place| {
                use Place::{EgressOnlyGateway, Endpoint, InternetGateway, Peering, TransitGateway, VpnGateway};
                matches!(place, InternetGateway(_) | EgressOnlyGateway(_) | VpnGateway(_) | Endpoint(_) | Peering(_) | TransitGateway(_))
            };
            let router = match (before, step.place) {
                (Some(place), Place::Subnet(subnet)) if is_gate(place) || matches!(place, Place::Subnet(_)) => Some(subnet),
                (Some(Place::Subnet(subnet)), place) if is_gate(place) => Some(subnet),
                _ => None,
            };
            if let Some(subnet) = router
                && before != Some(step.place)
                && let Some(subnet) = self.network.subnet(subnet)
            {
                push(anchor(Place::Router(subnet.vpc)));
            }
            if step.place != Place::Internet {
                push(anchor(step.place));
            }
            before = Some(step.place);
        }
        match record.walk.arrived {
            Some(arrival) if matches!(arrival.place, Place::Internet | Place::VpnGateway(_)) => {
                self.office(arrival.packet.destination).into_iter().rev().for_each(&mut push);
                push(client);
            }
            Some(arrival) => {
                if let Some(instance) = arrival.instance {
                    push(format!("instance:{instance}"));
                }
            }
            None => {}
        }
        let stopped = before.filter(|_| !record.walk.disposition.got_through());
        FlightView {
            place: stopped.map(|place| self.place_name(place)).unwrap_or_default(),
            packet: record.id.0,
            client: record.cause.client.0,
            at_ms: record.at.as_millis(),
            path,
            lost: !record.walk.disposition.got_through(),
            reply: record.purpose == Purpose::Answer,
        }
    }
}

/// The newest outcomes in the order in which they were asked, from all of them backwards: they are noted when they become known, and that a question
/// was lost becomes known long after the answers to later ones.
fn newest<'o>(backwards: impl Iterator<Item = &'o client::Outcome>) -> Vec<bool> {
    let mut newest: Vec<(Instant, bool)> = backwards.take(RECENT * 4).map(|outcome| (outcome.asked, outcome.ok)).collect();
    sort_by_key(&mut newest, |outcome| outcome.0);
    let skip = newest.len().saturating_sub(RECENT);
    newest.into_iter().skip(skip).map(|outcome| outcome.1).collect()
}

/// All questions of a client that are still known, the newest ones and older losses, in the order in which they were asked.
pub fn ticks(client: &client::ClientView<'_>) -> Vec<TickView> {
    let tick = |outcome: &client::Outcome| {
        let at_ms = outcome.asked.as_millis();
        TickView { at_ms, packet: outcome.packet.map_or(UNSENT | at_ms, |packet| packet.0), answered: Some(outcome.ok) }
    };
    let statistics = client.statistics;
    let mut ticks: Vec<TickView> = statistics.troubles.iter().chain(&statistics.outcomes).map(tick).collect();
    // They are noted when they end; most end in the order in which they were asked.
    if !ticks.is_sorted_by_key(|tick| tick.at_ms) {
        sort_by_key(&mut ticks, |tick| tick.at_ms);
    }
    ticks
}

/// Spans without an answer before those that the statistics still know: from a lost question to the next one that was answered.
fn earlier_outages(ticks: &[TickView], before: u64) -> Vec<(u64, u64)> {
    let mut spans = Vec::new();
    let mut start = None;
    for tick in ticks.iter().take_while(|tick| tick.at_ms < before) {
        match (tick.answered, start) {
            (Some(false), None) => start = Some(tick.at_ms),
            (Some(true), Some(lost)) => {
                spans.push((lost, tick.at_ms));
                start = None;
            }
            _ => {}
        }
    }
    spans
}

fn client_anchor(id: u32, from: Source) -> String {
    match from {
        Source::Internet { .. } => format!("client:{id}"),
        Source::Instance { instance, .. } => format!("instance:{instance}"),
        Source::Node { eni, .. } | Source::Function { eni, .. } => format!("eni:{eni}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticks(outcomes: &[(u64, bool)]) -> Vec<TickView> {
        outcomes.iter().map(|&(at_ms, ok)| TickView { at_ms, packet: at_ms, answered: Some(ok) }).collect()
    }

    #[test]
    fn the_newest_outcomes_stand_in_the_order_of_their_questions() {
        let outcome = |asked: u64, known: u64, ok| client::Outcome {
            asked: Instant::from_nanos(asked * 1_000_000),
            at: Instant::from_nanos(known * 1_000_000),
            ok,
            packet: None,
        };
        // Lost ones are known a second later, among the answers to what was asked then.
        let known = [
            outcome(0, 5, true),
            outcome(1000, 1005, true),
            outcome(200, 1200, false),
            outcome(1200, 1205, true),
            outcome(400, 1400, false),
        ];
        assert_eq!(newest(known.iter().rev()), [true, false, false, true, true]);
        let many: Vec<client::Outcome> = (0..200).map(|at| outcome(at, at, at >= 180)).collect();
        let seen = newest(many.iter().rev());
        assert_eq!((seen.len(), seen.iter().filter(|ok| **ok).count()), (RECENT, 20));
    }

    #[test]
    fn earlier_spans_last_from_a_lost_question_to_the_next_answered_one() {
        let seen = ticks(&[(0, true), (200, false), (400, false), (600, true), (800, true), (1000, false), (1200, true), (1400, false)]);
        assert_eq!(earlier_outages(&seen, u64::MAX), [(200, 600), (1000, 1200)], "one that goes on is not an earlier one");
        assert_eq!(earlier_outages(&seen, 1000), [(200, 600)], "what the statistics know is not told twice");
        assert_eq!(earlier_outages(&ticks(&[(0, true)]), u64::MAX), []);
    }
}
