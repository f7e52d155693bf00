//! Connection tracking of security groups (`S32` to `S46`): what each ENI remembers of the flows that it let through.
//!
//! A judge only reads this memory; the effects of its walk are noted afterwards. Flows that AWS does not track (`S35`) are noted too, with a mark: they
//! allow nothing, but say that an answer is an answer, so that it opens no flow of its own (`S39`).

use super::balance::{Balances, Carried};
use super::lifetime::{ICMP, OTHER, TCP_CLOSING, TCP_HALF_OPEN, UDP_SINGLE, UDP_STREAM};
use super::translation::{IDLE, Passed, Translations};
use crate::addr::{Direction, IpAddr};
use crate::id::{EgressOnlyGatewayId, EniId, InstanceId, NatGatewayId};
use crate::model::eni::Eni;
use crate::model::instance::Instance;
use crate::order::sort_by_key;
use crate::packet::{ECHO_REPLY, ECHO_REQUEST, FlowId, Packet, TcpFlags, Transport};
use crate::table::{Hashed, Mixed, Table, mix};
use crate::time::{Duration, Instant};

/// A flow as its ENI sees it: local end, remote end (`S33`). Both directions of a conversation have the same key.
///
/// It is packed into numbers, what differs most first, because every packet is looked up by it several times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FlowKey {
    /// Remote port, local port, protocol, and which of the two addresses are IPv6.
    ports: u64,
    remote: (u64, u64),
    local: (u64, u64),
}

impl FlowKey {
    /// The key of a packet that passes an ENI in a direction.
    ///
    /// ICMP echoes are told apart by identifier and by who asks; every other ICMP message by type and code, one way (`S47`).
    pub fn of(packet: &Packet, direction: Direction) -> FlowKey {
        let outgoing = direction == Direction::Egress;
        let (local, remote) = if outgoing { (&packet.source, &packet.destination) } else { (&packet.destination, &packet.source) };
        let (local_port, remote_port) = match packet.transport {
            Transport::Tcp { source, destination, .. } | Transport::Udp { source, destination } => {
                if outgoing {
                    (source, destination)
                } else {
                    (destination, source)
                }
            }
            Transport::Icmp { kind, id, .. } if ECHO_REQUEST.contains(&kind) => (id, if outgoing { 1 } else { 2 }),
            Transport::Icmp { kind, id, .. } if ECHO_REPLY.contains(&kind) => (id, if outgoing { 2 } else { 1 }),
            Transport::Icmp { kind, code, .. } => (u16::from_be_bytes([kind, code]), if outgoing { 3 } else { 4 }),
            Transport::Other(_) => (0, 0),
        };
        let families = u64::from(local.is_ipv6()) << 1 | u64::from(remote.is_ipv6());
        let protocol = u64::from(packet.protocol_number());
        FlowKey {
            ports: u64::from(remote_port) << 48 | u64::from(local_port) << 32 | protocol << 8 | families,
            remote: halves(remote),
            local: halves(local),
        }
    }

    /// The same packet's key at the other end, where it is of TCP or UDP and its addresses are the same there.
    pub const fn mirrored(self) -> FlowKey {
        let FlowKey { ports, remote, local } = self;
        let (local_port, remote_port) = (ports & 0xffff_0000_0000, ports & 0xffff_0000_0000_0000);
        let families = (ports & 1) << 1 | (ports & 2) >> 1;
        FlowKey { ports: local_port << 16 | remote_port >> 16 | ports & 0xff00 | families, remote: local, local: remote }
    }

    /// The key of a flow whose first packet leaves an ENI.
    pub fn leaving(flow: FlowId) -> FlowKey {
        let FlowId { protocol, source, source_port, destination, destination_port } = flow;
        let transport = match protocol {
            6 => {
                Transport::Tcp { source: source_port, destination: destination_port, flags: TcpFlags::ACK, sequence: 0, acknowledgement: 0 }
            }
            17 => Transport::Udp { source: source_port, destination: destination_port },
            1 => Transport::Icmp { kind: 8, code: 0, id: source_port, sequence: 0 },
            58 => Transport::Icmp { kind: 128, code: 0, id: source_port, sequence: 0 },
            other => Transport::Other(other),
        };
        FlowKey::of(&Packet { source, destination, transport, length: 0 }, Direction::Egress)
    }

    /// The IANA number of its protocol.
    pub const fn protocol(self) -> u8 {
        (self.ports >> 8) as u8
    }

    /// The addresses: the ENI's own side, the other side.
    pub fn ends(self) -> (IpAddr, IpAddr) {
        (address(self.local, self.ports & 2 != 0), address(self.remote, self.ports & 1 != 0))
    }

    /// A packet that opens such a flow in this direction. Of ICMP that asks for no echo it is the message itself.
    pub fn opening(self, direction: Direction) -> Packet {
        let (local, remote) = self.ends();
        let (local_port, remote_port) = ((self.ports >> 32) as u16, (self.ports >> 48) as u16);
        let out = direction == Direction::Egress;
        let (source, destination) = if out { (local, remote) } else { (remote, local) };
        let (from, to) = if out { (local_port, remote_port) } else { (remote_port, local_port) };
        let transport = match self.protocol() {
            6 => Transport::Tcp { source: from, destination: to, flags: TcpFlags::SYN, sequence: 0, acknowledgement: 0 },
            17 => Transport::Udp { source: from, destination: to },
            1 | 58 if remote_port <= 2 => {
                let [four, six] = ECHO_REQUEST;
                Transport::Icmp { kind: if local.is_ipv4() { four } else { six }, code: 0, id: local_port, sequence: 0 }
            }
            1 | 58 => {
                let [kind, code] = local_port.to_be_bytes();
                Transport::Icmp { kind, code, id: 0, sequence: 0 }
            }
            other => Transport::Other(other),
        };
        Packet { source, destination, transport, length: 0 }
    }
}

/// An address from its two numbers.
fn address((first, second): (u64, u64), is_ipv6: bool) -> IpAddr {
    if !is_ipv6 {
        return IpAddr::V4((first as u32).into());
    }
    IpAddr::V6((u128::from(second) << 64 | u128::from(first)).into())
}

/// A flow at an ENI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Tracked {
    eni: EniId,
    key: FlowKey,
}

impl Mixed for Tracked {
    #[inline]
    fn mixed(&self) -> u64 {
        let FlowKey { ports, remote, local } = self.key;
        // The upper halves are nought but for IPv6, and there the lower ones differ as well.
        mix(mix(mix(self.eni.low(), ports), remote.0), local.0)
    }
}

/// An address as two numbers; which family it is of stands elsewhere.
#[inline]
fn halves(ip: &IpAddr) -> (u64, u64) {
    match ip {
        IpAddr::V4(ip) => (u64::from(u32::from(*ip)), 0),
        IpAddr::V6(ip) => {
            let [a, b, c, d, e, f, g, h] = ip.segments().map(u64::from);
            (e << 48 | f << 32 | g << 16 | h, a << 48 | b << 32 | c << 16 | d)
        }
    }
}

/// How long an ENI remembers (`S42`, `S43`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// TCP after its handshake.
    pub tcp_established: Duration,
    /// UDP with more than one request and answer.
    pub udp_stream: Duration,
    /// UDP otherwise.
    pub udp: Duration,
}

impl Timeouts {
    /// Those of an ENI on an instance. That of a service forgets a connection as its other gateways do (`R62`, believed).
    pub fn of(eni: &Eni, instance: Option<&Instance>) -> Timeouts {
        let by_type = instance.map_or(IDLE, |instance| Duration::from_secs(u64::from(instance.instance_type.tcp_established_secs())));
        Timeouts {
            tcp_established: eni.tracking.tcp_established.unwrap_or(by_type),
            udp_stream: eni.tracking.udp_stream.unwrap_or(UDP_STREAM),
            udp: eni.tracking.udp.unwrap_or(UDP_SINGLE),
        }
    }
}

/// A flow that is remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flow {
    /// The direction of the packet that opened it, seen from the ENI.
    pub opened: Direction,
    /// Whether it lets packets pass without a rule (`S36`), or is one of those that AWS does not track (`S35`).
    pub tracked: bool,
    /// When it was opened.
    pub since: Instant,
    /// When it is forgotten unless another packet comes.
    pub expires: Instant,
    phase: Phase,
    asked: u8,
    answered: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Opening,
    Established,
    Closing,
}

/// How far a flow is: what its time-out depends on (`S42`, `S43`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlowState {
    /// TCP before its handshake is done; anything else that was not answered.
    Opening,
    /// TCP after its handshake; UDP with more than one request and answer; anything else that was answered.
    Established,
    /// UDP with a request and an answer.
    Answered,
    /// TCP that was ended.
    Closing,
}

/// Something to remember.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Effect {
    /// A packet opened a flow at an ENI.
    Open {
        /// The ENI.
        eni: EniId,
        /// The flow.
        key: FlowKey,
        /// The direction of the packet.
        direction: Direction,
        /// Whether AWS tracks it.
        tracked: bool,
        /// Its TCP flags.
        flags: Option<TcpFlags>,
        /// How long the ENI remembers.
        timeouts: Timeouts,
    },
    /// A packet of a flow that is remembered passed an ENI.
    Refresh {
        /// The ENI.
        eni: EniId,
        /// The flow.
        key: FlowKey,
        /// The direction of the packet.
        direction: Direction,
        /// Its TCP flags.
        flags: Option<TcpFlags>,
        /// How long the ENI remembers.
        timeouts: Timeouts,
    },
    /// A router guest put its own address on a packet: what comes back on `reply` is for `original`.
    Masquerade {
        /// The instance.
        instance: InstanceId,
        /// The answer's flow, as the guest will see it.
        reply: FlowId,
        /// The address that the packet had before.
        original: IpAddr,
        /// The port that it had before.
        original_port: u16,
    },
    /// A NAT gateway passed a packet on.
    Nat(Passed),
    /// A load balancer passed a packet on.
    Balanced(Carried),
    /// An egress-only internet gateway passed a packet on (`R58`).
    Outward {
        /// The gateway.
        gateway: EgressOnlyGatewayId,
        /// The flow, seen from inside.
        key: FlowKey,
        /// Out or back in.
        direction: Direction,
        /// Its TCP flags.
        flags: Option<TcpFlags>,
    },
}

/// A translation that a router guest keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Masquerade {
    /// Who the answer is for.
    pub original: IpAddr,
    /// On which port.
    pub original_port: u16,
    /// When it is forgotten.
    pub expires: Instant,
}

/// The memory of every ENI, and of router guests.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tracking {
    flows: Hashed<Tracked, Flow>,
    masquerades: Table<(InstanceId, FlowId), Masquerade>,
    translations: Translations,
    balances: Balances,
    /// There are few of these gateways.
    outward: Vec<(EgressOnlyGatewayId, Table<FlowKey, Flow>)>,
}

/// How long an egress-only internet gateway remembers: AWS does not say, so as long as its other gateways do (`M`).
const OUTWARD: Timeouts = Timeouts { tcp_established: IDLE, udp_stream: IDLE, udp: IDLE };

impl Tracking {
    /// The flow that a packet at an ENI belongs to, unless it is forgotten by now.
    pub fn flow(&self, eni: EniId, key: &FlowKey, now: Instant) -> Option<&Flow> {
        self.flows.get(&Tracked { eni, key: *key }).filter(|flow| flow.expires > now)
    }

    /// Whether any guest remembers a translation. Few networks have one that does.
    pub const fn masquerades(&self) -> bool {
        !self.masquerades.is_empty()
    }

    /// The translation that an answer belongs to.
    pub fn masquerade(&self, instance: InstanceId, reply: FlowId, now: Instant) -> Option<&Masquerade> {
        self.masquerades.get(&(instance, reply)).filter(|entry| entry.expires > now)
    }

    /// The flow through an egress-only internet gateway that a packet belongs to, unless it is forgotten by now.
    pub fn outward(&self, gateway: EgressOnlyGatewayId, key: &FlowKey, now: Instant) -> Option<&Flow> {
        let (_, flows) = self.outward.iter().find(|(id, _)| *id == gateway)?;
        flows.get(key).filter(|flow| flow.expires > now)
    }

    /// Whether a load balancer gets a packet back that leaves an ENI.
    pub fn turns_back(&self, eni: EniId, packet: &Packet, now: Instant) -> bool {
        !self.balances.is_empty() && self.balances.leg(eni, packet.flow(), now).is_some()
    }

    /// Whether a router's guest knows a packet as an answer to something that it put its own address on.
    pub fn translates_back(&self, instance: InstanceId, packet: &Packet, now: Instant) -> bool {
        self.masquerades() && self.masquerade(instance, packet.flow(), now).is_some()
    }

    /// What NAT gateways remember.
    pub fn translations(&self) -> &Translations {
        &self.translations
    }

    /// What load balancers remember.
    pub fn balances(&self) -> &Balances {
        &self.balances
    }

    /// Every flow that an ENI remembers, in order.
    pub fn flows(&self, eni: EniId) -> impl Iterator<Item = (&FlowKey, &Flow)> {
        let of_eni = self.flows.unordered().filter(|(tracked, _)| tracked.eni == eni);
        let mut flows: Vec<_> = of_eni.map(|(tracked, flow)| (&tracked.key, flow)).collect();
        sort_by_key(&mut flows, |(key, _)| **key);
        flows.into_iter()
    }

    /// How many flows the ENIs of an instance track now: each has a place (`S45`), the untracked ones have none.
    pub fn tracked_on(&self, instance: &Instance, now: Instant) -> u32 {
        let is_own = |id: EniId| instance.enis.values().any(|own| *own == id);
        let flows = self.flows.unordered().filter(|(of, flow)| flow.tracked && flow.expires > now && is_own(of.eni));
        u32::try_from(flows.count()).unwrap_or(u32::MAX)
    }

    /// The first of the ENIs that remember a flow.
    pub fn first_eni(&self, now: Instant) -> Option<EniId> {
        self.flows.unordered().filter(|(_, flow)| flow.expires > now).map(|(tracked, _)| tracked.eni).min()
    }

    /// Remembers what a walk brought.
    pub fn note(&mut self, effects: &[Effect], now: Instant) {
        for effect in effects {
            match *effect {
                Effect::Open { eni, key, direction, tracked, flags, timeouts } => {
                    let mut flow = Flow::opening(direction, tracked, now);
                    flow.saw(&key, direction, flags, timeouts, now);
                    self.flows.insert(Tracked { eni, key }, flow);
                }
                Effect::Refresh { eni, key, direction, flags, timeouts } => {
                    if let Some(flow) = self.flows.get_mut(&Tracked { eni, key }) {
                        flow.saw(&key, direction, flags, timeouts, now);
                    }
                }
                Effect::Nat(ref passed) => self.translations.note(passed, now),
                Effect::Balanced(ref carried) => self.balances.note(carried, now),
                Effect::Outward { gateway, key, direction, flags } => {
                    if !self.outward.iter().any(|(id, _)| *id == gateway) {
                        self.outward.push((gateway, Table::new()));
                    }
                    let Some((_, flows)) = self.outward.iter_mut().find(|(id, _)| *id == gateway) else { continue };
                    // One that is forgotten but not cleared away yet begins anew.
                    let known = flows.get(&key).filter(|flow| flow.expires > now && !flow.is_reopened_by(direction, flags)).copied();
                    let mut flow = known.unwrap_or(Flow::opening(direction, true, now));
                    flow.saw(&key, direction, flags, OUTWARD, now);
                    flows.insert(key, flow);
                }
                Effect::Masquerade { instance, reply, original, original_port } => {
                    let entry = Masquerade { original, original_port, expires: now + OTHER };
                    self.masquerades.insert((instance, reply), entry);
                }
            }
        }
    }

    /// Forgets an ENI: it has left its instance (`S46`).
    pub fn forget_eni(&mut self, eni: EniId) {
        self.flows.retain(|tracked, _| tracked.eni != eni);
        self.balances.forget(eni);
    }

    /// Forgets an instance's translations: it has stopped.
    pub fn forget_instance(&mut self, instance: InstanceId) {
        self.masquerades.retain(|(owner, _), _| *owner != instance);
    }

    /// Forgets what a NAT gateway remembered: it is gone.
    pub fn forget_nat_gateway(&mut self, gateway: NatGatewayId) {
        self.translations.forget(gateway);
    }

    /// Forgets what went out through an egress-only internet gateway: it is gone.
    pub fn forget_egress_only(&mut self, gateway: EgressOnlyGatewayId) {
        self.outward.retain(|(id, _)| *id != gateway);
    }

    /// Drops what is forgotten by now. Nothing depends on when this is called; it only frees space.
    pub fn expire(&mut self, now: Instant) {
        self.flows.retain(|_, flow| flow.expires > now);
        for (_, flows) in &mut self.outward {
            flows.retain(|_, flow| flow.expires > now);
        }
        self.outward.retain(|(_, flows)| !flows.is_empty());
        self.masquerades.retain(|_, entry| entry.expires > now);
        self.translations.expire(now);
        self.balances.expire(now);
    }

    /// The same of NAT gateways alone.
    pub fn expire_gateways(&mut self, now: Instant) {
        if !self.translations.is_empty() {
            self.translations.expire(now);
        }
    }

    /// What NAT gateways have forgotten because it was idle for too long, and nobody has counted yet.
    pub fn take_idled(&mut self) -> Vec<(NatGatewayId, Instant)> {
        self.translations.take_idled()
    }

    /// Whether nothing is remembered.
    pub fn is_empty(&self) -> bool {
        self.flows.is_empty()
            && self.masquerades.is_empty()
            && self.translations.is_empty()
            && self.outward.is_empty()
            && self.balances.is_empty()
    }
}

impl Flow {
    const fn opening(opened: Direction, tracked: bool, now: Instant) -> Flow {
        Flow { opened, tracked, since: now, expires: now, phase: Phase::Opening, asked: 0, answered: 0 }
    }

    /// How far it is.
    pub fn state(&self, key: FlowKey) -> FlowState {
        match (key.protocol(), self.phase) {
            (6, Phase::Opening) => FlowState::Opening,
            (6, Phase::Established) => FlowState::Established,
            (6, Phase::Closing) => FlowState::Closing,
            (17, _) if self.asked > 1 && self.answered > 1 => FlowState::Established,
            (_, _) if self.answered == 0 => FlowState::Opening,
            (17, _) => FlowState::Answered,
            _ => FlowState::Established,
        }
    }

    /// Whether a packet in this direction answers the one that opened the flow.
    pub fn is_reply(&self, direction: Direction) -> bool {
        direction != self.opened
    }

    /// Whether a packet came back.
    pub const fn is_answered(&self) -> bool {
        self.answered > 0
    }

    /// Whether a packet begins the flow anew, so that rules are asked again: a TCP opening where none is awaited.
    pub fn is_reopened_by(&self, direction: Direction, flags: Option<TcpFlags>) -> bool {
        let opening = flags.is_some_and(|flags| flags.has(TcpFlags::SYN) && !flags.has(TcpFlags::ACK));
        opening && (self.is_reply(direction) || self.phase != Phase::Opening || !self.tracked)
    }

    fn saw(&mut self, key: &FlowKey, direction: Direction, flags: Option<TcpFlags>, timeouts: Timeouts, now: Instant) {
        if self.is_reply(direction) {
            self.answered = self.answered.saturating_add(1);
        } else {
            self.asked = self.asked.saturating_add(1);
        }
        let lasts = match (key.protocol(), flags) {
            (6, Some(flags)) => self.saw_tcp(flags, timeouts),
            (17, _) if self.asked > 1 && self.answered > 1 => timeouts.udp_stream,
            (17, _) => timeouts.udp,
            (1 | 58, _) => ICMP,
            _ => OTHER,
        };
        self.expires = now + lasts;
    }

    fn saw_tcp(&mut self, flags: TcpFlags, timeouts: Timeouts) -> Duration {
        if flags.has(TcpFlags::FIN) || flags.has(TcpFlags::RST) {
            self.phase = Phase::Closing;
        } else if self.phase == Phase::Opening && self.answered > 0 && flags.has(TcpFlags::ACK) && !flags.has(TcpFlags::SYN) {
            self.phase = Phase::Established;
        }
        match self.phase {
            Phase::Opening => TCP_HALF_OPEN,
            Phase::Established => timeouts.tcp_established,
            Phase::Closing => TCP_CLOSING,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::unwrap_used, reason = "tests say plainly that something must be there")]
    fn what_opens_a_flow_has_its_key_again() {
        let ends = [("10.0.1.20", "198.51.100.1"), ("2600:1f18:1:2:3:4:5:6", "2001:db8::ffff:8000:7")];
        for (local, remote) in ends.map(|(local, remote)| (local.parse::<IpAddr>().unwrap(), remote.parse::<IpAddr>().unwrap())) {
            for direction in [Direction::Ingress, Direction::Egress] {
                let (source, destination) = if direction == Direction::Egress { (local, remote) } else { (remote, local) };
                let echo = if local.is_ipv4() { 8 } else { 128 };
                for transport in [
                    Transport::Tcp { source: 49_152, destination: 443, flags: TcpFlags::SYN, sequence: 0, acknowledgement: 0 },
                    Transport::Udp { source: 65_535, destination: 53 },
                    Transport::Icmp { kind: echo, code: 0, id: 7, sequence: 0 },
                    Transport::Icmp { kind: 3, code: 4, id: 0, sequence: 0 },
                    Transport::Other(47),
                ] {
                    let packet = Packet { source, destination, transport, length: 0 };
                    let key = FlowKey::of(&packet, direction);
                    assert_eq!(key.ends(), (local, remote));
                    assert_eq!(key.opening(direction), packet, "{transport:?}");
                    if packet.ports().is_some() {
                        assert_eq!(key.mirrored(), FlowKey::of(&packet, direction.opposite()));
                    }
                }
            }
        }
    }
}
