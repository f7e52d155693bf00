//! Clients at work: a request is asked, and ends answered, lost, reset or too late.

use super::client::{Client, Conversation, MAX_PENDING, Pending, Protocol, Source};
use super::event::SimEvent;
use super::flight::Outgoing;
use super::key::{Cause, ClientId, PacketId, Purpose, RequestId, SocketKey};
use super::queue::Planned;
use super::socket::Socket;
use super::{Simulator, Sink};
use crate::addr::{IpAddr, Ipv4Addr};
use crate::dataplane::guest;
use crate::packet::{Packet, Transport, ip_header_bytes};

/// Length of an echo or datagram without the header of IP (`M`).
const DATAGRAM_BYTES: u16 = 64;
/// The ports that hosts of the internet begin conversations from (RFC 6335, `M`).
const OUTSIDE: Ports = Ports { range: (49_152, 65_535), stride: 1 };
/// Those of guests, all of which are Linux (`N11`). Linux draws them at random: steps of this length come by every port and lie as evenly (`M`).
const GUESTS: Ports = Ports { range: guest::EPHEMERAL, stride: 17_449 };
/// Those of load balancers and functions (`N11`).
const SERVICES: Ports = Ports { range: (1_024, 65_535), stride: 39_871 };

/// Ports that are drawn from, and how far each lies behind the one before: no divisor of their number but one, so that none is drawn twice in a round.
struct Ports {
    range: (u16, u16),
    stride: u32,
}

impl Ports {
    /// The port that comes after so many.
    fn nth(&self, drawn: u32) -> u16 {
        let (first, last) = self.range;
        let count = u64::from(last - first) + 1;
        let offset = u64::from(drawn) * u64::from(self.stride) % count;
        first + u16::try_from(offset).unwrap_or(0)
    }
}

impl Simulator {
    /// A client's time has come: it asks, and plans when to ask again.
    pub(super) fn ask(&mut self, id: ClientId, sink: &mut Sink<'_>) {
        let now = self.now;
        let Some(client) = self.clients.get_mut(&id) else { return };
        client.next_ask = None;
        if !client.once {
            client.next_ask = Some(self.queue.plan(now + client.spec.interval, Planned::Ask(id)));
        }
        if client.pending.len() >= MAX_PENDING {
            return;
        }
        client.last_request = RequestId(client.last_request.0 + 1);
        client.statistics.sent += 1;
        let cause = Cause { client: id, request: client.last_request };
        let (probe, icmp_id, echo, conversation) = (client.spec.probe, client.icmp_id, client.echo, client.spec.conversation);
        let Some(destination) = probe.to.resolve(&self.network) else {
            client.statistics.note_loss(now, now, None);
            sink(&SimEvent::NoAddress { at: now, cause });
            self.forget_if_done(id);
            return;
        };
        let give_up = self.queue.plan(now + probe.timeout, Planned::GiveUp(id, cause.request));
        let pending = Pending { asked: now, give_up, first_packet: None, lost_packet: None, socket: None };
        client.pending.insert(cause.request, pending);
        match probe.protocol {
            Protocol::Icmp => {
                let RequestId(number) = cause.request;
                let sequence = u16::try_from(number & 0xffff).unwrap_or(0);
                let (icmp_id, sequence) = echo.map_or((icmp_id, sequence), |echo| (echo.id, echo.sequence));
                let kind = if destination.is_ipv4() { 8 } else { 128 };
                let length = echo.map_or(DATAGRAM_BYTES + ip_header_bytes(destination), |echo| echo.length);
                self.ask_datagram((cause, length), probe.from, destination, Transport::Icmp { kind, code: 0, id: icmp_id, sequence }, sink);
            }
            Protocol::Udp(port) => {
                let source = self.draw_port(probe.from);
                let length = DATAGRAM_BYTES + ip_header_bytes(destination);
                self.ask_datagram((cause, length), probe.from, destination, Transport::Udp { source, destination: port }, sink);
            }
            Protocol::Tcp(port) => self.ask_stream(cause, conversation, (destination, port), sink),
        }
    }

    fn ask_datagram(
        &mut self,
        (cause, length): (Cause, u16),
        from: Source,
        destination: IpAddr,
        transport: Transport,
        sink: &mut Sink<'_>,
    ) {
        let source = source_address(from);
        let packet = Packet { source, destination, transport, length };
        let outgoing = Outgoing { from: from.host(), packet, cause, purpose: Purpose::Question, again: false, origin: None };
        let id = self.send(outgoing, sink);
        self.note_first_packet(cause, id);
    }

    /// A request over TCP: on the client's open connection, or on a new one.
    fn ask_stream(&mut self, cause: Cause, conversation: Conversation, remote: (IpAddr, u16), sink: &mut Sink<'_>) {
        let open = self.clients.get(&cause.client).and_then(|client| client.connection).filter(|key| self.sockets.contains_key(key));
        if conversation == Conversation::KeepOpen
            && let Some(key) = open
        {
            self.note_socket(cause, key);
            self.write_request(key, cause, sink);
            return;
        }
        let Some((key, first)) = self.new_socket_key(cause.client, remote) else { return };
        let (mut socket, syn) = Socket::connect(first, cause, self.now);
        socket.awaiting.push_back(cause.request);
        socket.write(1);
        self.sockets.insert(key, socket);
        if let Some(client) = self.clients.get_mut(&cause.client) {
            client.connection = Some(key);
        }
        self.note_socket(cause, key);
        let id = self.send_segment(key, syn, cause, sink);
        self.note_first_packet(cause, id);
        self.mind_timer(key, true);
    }

    /// An unused pair of ends for a new connection, and its first sequence number.
    fn new_socket_key(&mut self, client: ClientId, remote: (IpAddr, u16)) -> Option<(SocketKey, u32)> {
        let from = self.clients.get(&client)?.spec.probe.from;
        let source = self.choose_source(from, remote.0);
        let first = u32::try_from(self.rng.next_u64() & 0xffff_ffff).unwrap_or(0);
        // The port after the last one that is free: with so few sockets (MAX_SOCKETS) one of these always is.
        for _ in 0..=super::MAX_SOCKETS {
            let key = SocketKey { host: from.host(), local: (source, self.draw_port(from)), remote };
            if !self.sockets.contains_key(&key) {
                return Some((key, first));
            }
        }
        None
    }

    /// The port that the next conversation of a sender begins from.
    pub(super) fn draw_port(&mut self, from: Source) -> u16 {
        let ports = match from {
            Source::Instance { .. } => GUESTS,
            Source::Internet { .. } => OUTSIDE,
            Source::Node { .. } | Source::Function { .. } => SERVICES,
        };
        let drawn = self.ports_drawn;
        self.ports_drawn = drawn.wrapping_add(1);
        ports.nth(drawn)
    }

    /// The address that a client sends from; a socket must know it before its first packet is judged (`G8`).
    pub(super) fn choose_source(&self, from: Source, destination: IpAddr) -> IpAddr {
        match (from, source_address(from)) {
            (Source::Instance { instance, .. }, address) if address.is_unspecified() => self
                .network
                .instance(instance)
                .and_then(|instance| guest::source_for(&self.network, instance, destination))
                .unwrap_or(address),
            (_, address) => address,
        }
    }

    fn note_first_packet(&mut self, cause: Cause, packet: PacketId) {
        if let Some(pending) = self.pending_mut(cause) {
            pending.first_packet.get_or_insert(packet);
        }
    }

    fn note_socket(&mut self, cause: Cause, key: SocketKey) {
        if let Some(pending) = self.pending_mut(cause) {
            pending.socket = Some(key);
        }
    }

    pub(super) fn pending_mut(&mut self, cause: Cause) -> Option<&mut Pending> {
        self.clients.get_mut(&cause.client)?.pending.get_mut(&cause.request)
    }

    /// A packet of a request was lost. What is not sent again is lost with it.
    pub(super) fn request_lost_packet(&mut self, packet: PacketId, cause: Cause) {
        let Some(client) = self.clients.get_mut(&cause.client) else { return };
        let Some(pending) = client.pending.get_mut(&cause.request) else { return };
        pending.lost_packet.get_or_insert(packet);
        client.statistics.trouble(pending.asked);
        if !matches!(client.spec.probe.protocol, Protocol::Tcp(_)) {
            self.end_request(cause, Some(packet), false);
        }
    }

    /// An answer came. One that comes too late finds no request any more.
    pub(super) fn request_answered(&mut self, cause: Cause, packet: PacketId, sink: &mut Sink<'_>) {
        if let Some(pending) = self.end_request(cause, Some(packet), true) {
            sink(&SimEvent::Answered { at: self.now, cause, packet, round_trip: self.now - pending.asked });
        }
    }

    /// A request has waited long enough.
    pub(super) fn give_up(&mut self, cause: Cause, sink: &mut Sink<'_>) {
        let Some(pending) = self.end_request(cause, None, false) else { return };
        sink(&SimEvent::TimedOut { at: self.now, cause });
        // The program closes what it opened for this request, and gives up on a connection that never stood. One that stood goes on.
        if let Some(key) = pending.socket
            && self.sockets.get(&key).is_some_and(|socket| !socket.is_open() || !self.keeps_open(cause.client))
        {
            self.drop_socket(key);
        }
    }

    pub(super) fn keeps_open(&self, client: ClientId) -> bool {
        self.clients.get(&client).is_some_and(|client| client.spec.conversation == Conversation::KeepOpen && !client.once)
    }

    /// Ends a request and writes down how. `None` if it had ended before.
    pub(super) fn end_request(&mut self, cause: Cause, packet: Option<PacketId>, ok: bool) -> Option<Pending> {
        let client = self.clients.get_mut(&cause.client)?;
        let pending = client.pending.remove(&cause.request)?;
        self.queue.cancel(pending.give_up);
        if ok {
            client.statistics.note_answer(pending.asked, self.now, packet.or(pending.first_packet));
        } else {
            let telling = pending.lost_packet.or(packet).or(pending.first_packet);
            client.statistics.note_loss(pending.asked, self.now, telling);
        }
        self.forget_if_done(cause.client);
        Some(pending)
    }

    fn forget_if_done(&mut self, id: ClientId) {
        if !self.clients.get(&id).is_some_and(Client::is_done) {
            return;
        }
        let Some(outcome) = self.clients.remove(&id).and_then(|client| client.statistics.outcomes.back().copied()) else { return };
        if let Some(registration) = self.checks.remove(&id) {
            self.queue.plan(self.now, Planned::Checked(registration, outcome.ok));
            return;
        }
        if self.ended.len() >= super::MAX_PROBES {
            self.ended.pop_front();
        }
        self.ended.push_back((id, outcome));
    }
}

/// The address that a client is bound to; unspecified where the guest chooses.
fn source_address(from: Source) -> IpAddr {
    match from {
        Source::Instance { address, .. } => IpAddr::V4(address.unwrap_or(Ipv4Addr::UNSPECIFIED)),
        Source::Internet { address } | Source::Node { address, .. } | Source::Function { address, .. } => IpAddr::V4(address),
    }
}

#[cfg(test)]
mod tests {
    use super::{GUESTS, OUTSIDE, SERVICES};

    // rule: N11
    #[test]
    fn every_port_of_a_range_is_drawn_once_in_a_round_and_no_other() {
        for ports in [GUESTS, OUTSIDE, SERVICES] {
            let (first, last) = ports.range;
            let round = u32::from(last - first) + 1;
            let mut drawn: Vec<u16> = (0..round).map(|number| ports.nth(number)).collect();
            drawn.sort_unstable();
            assert!(drawn.iter().copied().eq(first..=last), "{first} to {last}");
            assert_eq!(ports.nth(round), ports.nth(0));
        }
    }

    // rule: N11
    #[test]
    fn a_good_half_of_what_linux_sends_from_lies_below_the_range_of_windows() {
        let below = (0..1_000).filter(|number| GUESTS.nth(*number) < 49_152).count();
        assert!((575..=585).contains(&below), "{below}");
    }
}
