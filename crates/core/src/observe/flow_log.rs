//! What flow logs record (`F1` to `F18`, `F22`, `F23`): packets are counted by flow, ENI and window, and each window becomes records.
//!
//! Windows begin at whole multiples of their length (`M`), and a packet counts at all of its ENIs at the moment when it is sent (`M`): ways take
//! milliseconds. How long a record is on its way to where people read it (`F11`), its readers know.

use super::crossing::{self, Crossing, Times};
use super::flow_record::{EniFacts, Flow, FlowRecord, FlowShape, Status};
use crate::addr::{Direction, IpAddr};
use crate::dataplane::reason::Target;
use crate::dataplane::verdict::Walk;
use crate::id::{EniId, FlowLogId, ResourceId};
use crate::model::eni::Eni;
use crate::model::flow_log::{FlowLog, FlowLogResource, FlowTraffic};
use crate::model::network::Network;
use crate::packet::{Packet, TcpFlags, Transport};
use crate::table::Table;
use crate::time::{Duration, Instant};

/// How many records are kept, the newest.
pub const RECORDS_KEPT: usize = 20_000;
/// How many flows of one ENI are told apart in one window of a flow log; where there are more, a SKIPDATA record says so (`F12`, `M`).
pub const FLOWS_EACH: usize = 4_000;
/// The shortest window: every other one is a multiple of it (`F2`).
const MINUTE: Duration = Duration::from_secs(60);
/// A multiple of every window.
const HOUR: Duration = Duration::from_secs(3_600);
/// Of how many logs it is known what they were set to; beyond that those that were deleted are forgotten.
const LOGS_KNOWN: usize = 1_000;

/// The memory of all flow logs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FlowLogs {
    open: Table<(FlowLogId, EniId), Window>,
    /// By the number of each, so that a checkpoint shares them.
    kept: Table<u64, FlowRecord>,
    forgotten: u64,
    /// When the next windows close.
    next: Instant,
    /// Nothing from before is known.
    begun: Instant,
    /// What logs are set to that have records: those stay readable when the log is deleted.
    logs: Table<FlowLogId, FlowLog>,
    /// Log groups that were deleted, and when: of their records nobody reads what was written before.
    emptied: Table<String, Instant>,
}

/// What happened at one ENI since its window began.
#[derive(Clone, Debug, PartialEq)]
struct Window {
    facts: EniFacts,
    flows: Table<FlowShape, Sum>,
    skipped: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Sum {
    packets: u64,
    bytes: u64,
    flags: u8,
    first: Instant,
    last: Instant,
}

impl FlowLogs {
    /// The memory of logs that nobody has watched until now: nothing is known of the windows before.
    pub fn starting_at(now: Instant) -> FlowLogs {
        FlowLogs { next: window_of(now, MINUTE) + MINUTE, begun: now, ..FlowLogs::default() }
    }

    /// The records that are kept, the oldest first.
    pub fn records(&self) -> impl DoubleEndedIterator<Item = &FlowRecord> + ExactSizeIterator {
        self.kept.values()
    }

    /// The same, each with the number that stays its own.
    pub fn numbered(&self) -> impl DoubleEndedIterator<Item = (u64, &FlowRecord)> {
        self.kept.iter().map(|(number, record)| (*number, record))
    }

    /// How many records were made before those and are kept no longer.
    pub fn forgotten(&self) -> u64 {
        self.forgotten
    }

    /// When the next window of a minute closes.
    pub fn next_close(&self) -> Instant {
        self.next
    }

    /// What a log with records is, or was, set to.
    pub fn log(&self, id: FlowLogId) -> Option<&FlowLog> {
        self.logs.get(&id)
    }

    /// Every log that has closed a window, also those that were deleted.
    pub fn logs(&self) -> impl Iterator<Item = &FlowLog> {
        self.logs.values()
    }

    /// A log group is deleted, with all that was written to it.
    pub fn empty(&mut self, group: &str, now: Instant) {
        if self.emptied.len() >= LOGS_KNOWN && !self.emptied.contains_key(group) {
            let oldest = self.emptied.iter().min_by_key(|(_, at)| **at).map(|(group, _)| group.clone());
            oldest.iter().for_each(|group| _ = self.emptied.remove(group));
        }
        self.emptied.insert(group.to_owned(), now);
    }

    /// Whether a record of a log can still be read: its group was not deleted since.
    pub fn is_there(&self, log: &FlowLog, record: &FlowRecord) -> bool {
        let emptied = log.log_group().and_then(|group| self.emptied.get(group));
        emptied.is_none_or(|at| record.end > *at)
    }

    /// A packet was sent, or as many of its kind as are told; this is its way.
    pub fn saw(&mut self, network: &Network, (walk, times): (&Walk, Times<'_>), now: Instant) {
        if network.flow_logs().next().is_none() {
            return;
        }
        for crossing in crossing::of_walk(network, walk) {
            let Some(eni) = network.eni(crossing.eni) else { continue };
            let many = times.at(eni.id, crossing.direction).unwrap_or_else(|| times.first());
            for log in logs_over(network, eni).filter(|log| many > 0 && wants(log.config.traffic, crossing.accepted)) {
                self.count(network, log, eni, (&crossing, many), now);
            }
        }
    }

    fn count(&mut self, network: &Network, log: &FlowLog, eni: &Eni, (crossing, times): (&Crossing, u64), now: Instant) {
        let Some(facts) = facts_of(network, eni) else { return };
        let shape = shape_of(network, eni, crossing);
        let packet = &crossing.packet;
        self.open.update((log.id, eni.id), Window { facts, flows: Table::new(), skipped: false }, |window| {
            if window.flows.len() >= FLOWS_EACH && !window.flows.contains_key(&shape) {
                window.skipped = true;
                return;
            }
            window.flows.update(shape, Sum { first: now, ..Sum::default() }, |sum| {
                sum.packets += times;
                sum.bytes += u64::from(packet.length).saturating_mul(times);
                sum.flags |= flags_of(packet);
                sum.last = now;
            });
        });
    }

    /// Time has come so far: windows that are over become records.
    pub fn pass(&mut self, network: &Network, now: Instant) {
        if now < self.next {
            return;
        }
        if network.flow_logs().next().is_none() {
            self.open.clear();
            self.next = window_of(now, MINUTE) + MINUTE;
            return;
        }
        while self.next <= now {
            let boundary = self.next;
            if boundary > Instant::ZERO {
                self.close(network, boundary);
            }
            self.next = boundary + MINUTE;
            if self.open.is_empty() {
                self.skip(network, now);
            }
        }
    }

    /// Where nothing happens for long, windows whose records would be forgotten again are only counted.
    fn skip(&mut self, network: &Network, now: Instant) {
        let lengths: Vec<u64> = network
            .flow_logs()
            .flat_map(|log| covered(network, log.resource).filter(|eni| works(network, eni)).map(|eni| length_of(network, log, eni.id)))
            .map(Duration::as_nanos)
            .collect();
        let each_hour: u64 = lengths.iter().map(|length| HOUR.as_nanos() / length.max(&MINUTE.as_nanos())).sum();
        let hours_kept = if each_hour == 0 { 0 } else { (RECORDS_KEPT as u64).div_ceil(each_hour) + 1 };
        let hours = (now.since(self.next).as_nanos() / HOUR.as_nanos()).saturating_sub(hours_kept);
        self.forgotten += hours * each_hour;
        self.next += Duration::from_nanos(hours * HOUR.as_nanos());
    }

    fn close(&mut self, network: &Network, end: Instant) {
        for log in network.flow_logs() {
            if self.logs.get(&log.id) != Some(log) {
                self.logs.insert(log.id, log.clone());
            }
            let of_log = self.open.range((log.id, EniId::from_number(0))..).take_while(|((of, _), _)| *of == log.id);
            let mut enis: Vec<EniId> = of_log.map(|((_, eni), _)| *eni).collect();
            enis.extend(covered(network, log.resource).filter(|eni| works(network, eni)).map(|eni| eni.id));
            crate::order::sort(&mut enis);
            enis.dedup();
            for eni in enis {
                self.close_window(network, log, eni, end);
            }
        }
        self.open.retain(|(log, _), _| network.flow_log(*log).is_some());
        if self.logs.len() > LOGS_KNOWN {
            self.logs.retain(|log, _| network.flow_log(*log).is_some());
        }
    }

    fn close_window(&mut self, network: &Network, log: &FlowLog, eni: EniId, end: Instant) {
        let length = length_of(network, log, eni);
        if window_of(end, length) != end {
            return;
        }
        let begin = Instant::from_nanos(end.as_nanos().saturating_sub(length.as_nanos()));
        let start = begin.max(log.created).max(self.begun);
        let Some(window) = self.open.remove(&(log.id, eni)) else {
            if let Some(facts) = network.eni(eni).and_then(|eni| facts_of(network, eni)).filter(|_| start < end) {
                self.keep(FlowRecord { log: log.id, eni, facts, start, end, status: Status::NoData });
            }
            return;
        };
        let Window { facts, flows, skipped } = window;
        for (key, sum) in &flows {
            let flow = Flow { key: *key, packets: sum.packets, bytes: sum.bytes, flags: sum.flags };
            self.keep(FlowRecord { log: log.id, eni, facts: facts.clone(), start: sum.first, end: sum.last, status: Status::Ok(flow) });
        }
        if skipped {
            self.keep(FlowRecord { log: log.id, eni, facts, start, end, status: Status::SkipData });
        }
    }

    fn keep(&mut self, record: FlowRecord) {
        if self.kept.len() >= RECORDS_KEPT {
            self.kept.pop_first();
            self.forgotten += 1;
        }
        self.kept.insert(self.forgotten + self.kept.len() as u64, record);
    }
}

/// The beginning of the window of that length in which a moment lies.
fn window_of(at: Instant, length: Duration) -> Instant {
    let length = length.as_nanos().max(1);
    Instant::from_nanos(at.as_nanos() / length * length)
}

/// How long a record of an ENI stands for at most: never more than a minute on Nitro (`F2`).
fn length_of(network: &Network, log: &FlowLog, eni: EniId) -> Duration {
    let instance = network.eni(eni).and_then(|eni| network.instance(eni.attached_instance()?));
    let nitro = instance.is_some_and(|instance| instance.instance_type.is_nitro());
    Duration::from_secs(if nitro { 60 } else { u64::from(log.config.interval) })
}

/// The flow logs of an ENI, of its subnet, and of its VPC (`F1`).
fn logs_over<'a>(network: &'a Network, eni: &Eni) -> impl Iterator<Item = &'a FlowLog> + use<'a> {
    let resources = [FlowLogResource::Vpc(eni.vpc), FlowLogResource::Subnet(eni.subnet), FlowLogResource::Eni(eni.id)];
    resources.into_iter().flat_map(|resource| network.flow_logs_of(resource))
}

/// The ENIs that a flow log of a resource is about.
fn covered(network: &Network, resource: FlowLogResource) -> impl Iterator<Item = &Eni> {
    let (vpc, subnet, eni) = match resource {
        FlowLogResource::Vpc(id) => (Some(id), None, None),
        FlowLogResource::Subnet(id) => (None, Some(id), None),
        FlowLogResource::Eni(id) => (None, None, network.eni(id)),
    };
    let subnets = vpc.into_iter().flat_map(|vpc| network.subnets_of_vpc(vpc)).map(|subnet| subnet.id).chain(subnet);
    subnets.flat_map(|subnet| network.enis_in_subnet(subnet)).chain(eni)
}

/// Whether packets can pass an ENI: it is on a running instance, or a service works behind it.
fn works(network: &Network, eni: &Eni) -> bool {
    network.carries_packets(eni) || eni.requester.as_ref().is_some_and(|requester| requester.attachment.is_some())
}

const fn wants(traffic: FlowTraffic, accepted: bool) -> bool {
    match traffic {
        FlowTraffic::All => true,
        FlowTraffic::Accept => accepted,
        FlowTraffic::Reject => !accepted,
    }
}

fn facts_of(network: &Network, eni: &Eni) -> Option<EniFacts> {
    let zone = network.subnet(eni.subnet)?.zone.clone();
    Some(EniFacts { owner: eni.owner, vpc: eni.vpc, subnet: eni.subnet, zone, instance: eni.attached_instance() })
}

fn shape_of(network: &Network, eni: &Eni, crossing: &Crossing) -> FlowShape {
    let packet = &crossing.packet;
    let (source_port, destination_port) = packet.ports().unwrap_or((0, 0));
    let out = crossing.direction == Direction::Egress;
    FlowShape {
        direction: crossing.direction,
        accepted: crossing.accepted,
        protocol: packet.protocol_number(),
        source: if out { shown(eni, packet.source) } else { packet.source },
        destination: if out { packet.destination } else { shown(eni, packet.destination) },
        source_port,
        destination_port,
        packet_source: packet.source,
        packet_destination: packet.destination,
        path: crossing.target.and_then(|target| path_of(network, eni, target)),
    }
}

/// What stands for the ENI's own side: its primary address, whichever of its addresses, or whose, the packet has (`F15`, `F16`).
fn shown(eni: &Eni, address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => eni.primary_ip().map_or(address, IpAddr::V4),
        IpAddr::V6(_) if eni.owns(address) => address,
        IpAddr::V6(_) => eni.address_towards(address).unwrap_or(address),
    }
}

/// AWS's number for a way out of an ENI (section 7.2). One that a service made stands on Nitro (`M`).
fn path_of(network: &Network, eni: &Eni, target: Target) -> Option<u8> {
    let instance = eni.attached_instance().and_then(|id| network.instance(id));
    let nitro = instance.is_none_or(|instance| instance.instance_type.is_nitro());
    match target {
        Target::Local | Target::Eni(_) | Target::NatGateway(_) => Some(1),
        Target::InternetGateway(_) | Target::EgressOnlyGateway(_) => Some(if nitro { 8 } else { 2 }),
        Target::VpnGateway(_) => Some(3),
        Target::Peering(id) => {
            let region = network.peering(id).and_then(|peering| peering.beyond(eni.vpc)).map(|side| side.region.as_str());
            Some(if region.is_none_or(|region| region == network.region()) { 4 } else { 5 })
        }
        Target::Endpoint(_) => Some(if nitro { 7 } else { 2 }),
        Target::TransitGateway(_) | Target::Unmodelled => None,
    }
}

/// The flags of a packet as flow logs add them up: an ACK counts only beside a SYN.
fn flags_of(packet: &Packet) -> u8 {
    let Transport::Tcp { flags, .. } = packet.transport else { return 0 };
    let counted = [TcpFlags::FIN, TcpFlags::SYN, TcpFlags::RST].into_iter().filter(|flag| flags.has(*flag));
    let bits = counted.fold(0, |bits, flag| bits | flag.0);
    if flags.has(TcpFlags::SYN_ACK) { bits | TcpFlags::SYN_ACK.0 } else { bits }
}
