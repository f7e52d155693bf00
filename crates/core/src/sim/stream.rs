//! Sockets at work: segments between packets and sockets, timers, and the programs above them.

use super::event::SimEvent;
use super::flight::Outgoing;
use super::host::Host;
use super::key::{Cause, PacketId, Purpose, SocketKey};
use super::queue::Flight;
use super::queue::Planned;
use super::socket::{self, Notice, Segment, Socket};
use super::{MAX_SOCKETS, Simulator, Sink};
use crate::addr::IpAddr;
use crate::packet::{Packet, TcpFlags, Transport, ip_header_bytes};
use crate::time::Duration;

/// After how long without a segment an answering end is forgotten (`M`): its client has gone without a word.
pub const IDLE: Duration = Duration::from_secs(600);
/// Bytes of the TCP header.
const TCP_BYTES: u16 = 20;

impl Simulator {
    /// A host gets a TCP segment.
    pub(super) fn receive_segment(&mut self, flight: &Flight, sink: &mut Sink<'_>) {
        let Some((key, segment)) = segment_of(flight) else { return };
        if self.sockets.contains_key(&key) {
            self.arrived(flight, sink);
            self.feed(key, segment, flight, sink);
            return;
        }
        let opens = segment.flags.has(TcpFlags::SYN) && !segment.flags.has(TcpFlags::ACK);
        if opens && !flight.unexpected && self.sockets.len() < MAX_SOCKETS {
            self.arrived(flight, sink);
            self.accept(key, segment, flight.cause, sink);
            return;
        }
        self.arrived(flight, sink);
        if let Some(reply) = socket::refusal(segment) {
            self.send_segment(key, reply, flight.cause, sink);
        }
    }

    fn arrived(&self, flight: &Flight, sink: &mut Sink<'_>) {
        sink(&SimEvent::Arrived { at: self.now, packet: flight.id, host: flight.to });
    }

    fn accept(&mut self, key: SocketKey, syn: Segment, cause: Cause, sink: &mut Sink<'_>) {
        let first = u32::try_from(self.rng.next_u64() & 0xffff_ffff).unwrap_or(0);
        let (mut socket, reply) = Socket::accept(first, syn.sequence, cause, self.now);
        socket.tidy = Some(self.queue.plan(self.now + IDLE, Planned::Tidy(key)));
        self.sockets.insert(key, socket);
        self.send_segment(key, reply, cause, sink);
        self.mind_timer(key, true);
    }

    /// A segment for a socket: what it says to the program above, and what goes out.
    fn feed(&mut self, key: SocketKey, segment: Segment, flight: &Flight, sink: &mut Sink<'_>) {
        let (mut out, mut notices) = (Vec::new(), Vec::new());
        let Some(socket) = self.sockets.get_mut(&key) else { return };
        let before = socket.progress();
        socket.last_used = self.now;
        if !socket.asks {
            socket.cause = flight.cause;
        }
        socket.take(segment, &mut out, &mut notices);
        for notice in notices {
            self.notice(key, notice, flight, sink);
        }
        self.flush(key, before, out, sink);
    }

    /// Tells the program above a socket what happened.
    fn notice(&mut self, key: SocketKey, notice: Notice, flight: &Flight, sink: &mut Sink<'_>) {
        let at = self.now;
        let Some(socket) = self.sockets.get_mut(&key) else { return };
        match notice {
            Notice::Connected if socket.asks => sink(&SimEvent::Connected { at, cause: socket.cause }),
            Notice::Connected => {}
            Notice::Messages(count) if !socket.asks => socket.write(count),
            Notice::Messages(count) => {
                let client = socket.cause.client;
                for _ in 0..count {
                    let Some(request) = self.sockets.get_mut(&key).and_then(|socket| socket.awaiting.pop_front()) else { break };
                    self.request_answered(Cause { client, request }, flight.id, sink);
                }
                if !self.keeps_open(client)
                    && let Some(socket) = self.sockets.get_mut(&key)
                {
                    socket.close();
                }
            }
            Notice::Reset => self.was_reset(key, flight.id, sink),
            Notice::Aborted => {
                self.drop_socket(key);
            }
        }
    }

    /// The other end aborted: every request on the connection is lost.
    fn was_reset(&mut self, key: SocketKey, packet: PacketId, sink: &mut Sink<'_>) {
        let Some(socket) = self.drop_socket(key) else { return };
        if !socket.asks {
            return;
        }
        let client = socket.cause.client;
        let mut told = false;
        for request in socket.awaiting {
            let cause = Cause { client, request };
            if self.end_request(cause, Some(packet), false).is_some() {
                told = true;
                sink(&SimEvent::Reset { at: self.now, cause, packet });
            }
        }
        if !told {
            sink(&SimEvent::Reset { at: self.now, cause: socket.cause, packet });
        }
    }

    /// Sends what a socket has to send, and minds its timer. `before` is where its acknowledgements stood.
    fn flush(&mut self, key: SocketKey, before: u32, mut out: Vec<Segment>, sink: &mut Sink<'_>) {
        let Some(socket) = self.sockets.get_mut(&key) else { return };
        if socket.is_half_closed() {
            socket.close();
        }
        socket.transmit(&mut out);
        let (finished, progress) = (socket.is_finished(), socket.progress() != before);
        let out: Vec<_> = out.into_iter().map(|segment| (socket.cause_of(segment), segment)).collect();
        for (cause, segment) in out {
            self.send_segment(key, segment, cause, sink);
        }
        if finished {
            self.drop_socket(key);
        } else {
            self.mind_timer(key, progress);
        }
    }

    /// A client writes a further request on its connection.
    pub(super) fn write_request(&mut self, key: SocketKey, cause: Cause, sink: &mut Sink<'_>) {
        let Some(socket) = self.sockets.get_mut(&key) else { return };
        // Requests that ended long ago still wait for their answer in the stream; there is room for a few times the pending ones.
        if socket.awaiting.len() >= 4 * super::client::MAX_PENDING {
            return;
        }
        socket.cause = cause;
        socket.awaiting.push_back(cause.request);
        socket.write(1);
        let before = socket.progress();
        self.flush(key, before, Vec::new(), sink);
    }

    /// A socket has waited long enough for an acknowledgement.
    pub(super) fn retransmit(&mut self, key: SocketKey, sink: &mut Sink<'_>) {
        let mut out = Vec::new();
        let Some(socket) = self.sockets.get_mut(&key) else { return };
        socket.timer = None;
        if socket.retransmit(&mut out).is_some() {
            self.drop_socket(key);
            return;
        }
        let out: Vec<_> = out.into_iter().map(|segment| (socket.cause_of(segment), segment)).collect();
        for (cause, segment) in out {
            self.send_segment(key, segment, cause, sink);
        }
        self.mind_timer(key, true);
    }

    /// Lets a socket's timer run exactly while something waits to be acknowledged; `afresh` starts it again.
    pub(super) fn mind_timer(&mut self, key: SocketKey, afresh: bool) {
        let Some(socket) = self.sockets.get_mut(&key) else { return };
        if socket.waits() && socket.timer.is_some() && !afresh {
            return;
        }
        if let Some(timer) = socket.timer.take() {
            self.queue.cancel(timer);
        }
        if socket.waits() {
            socket.timer = Some(self.queue.plan(self.now + socket.patience(), Planned::Retransmit(key)));
        }
    }

    /// Forgets a socket whose other end has been silent for long.
    pub(super) fn tidy(&mut self, key: SocketKey) {
        let Some(socket) = self.sockets.get_mut(&key) else { return };
        let due = socket.last_used + IDLE;
        if due > self.now {
            socket.tidy = Some(self.queue.plan(due, Planned::Tidy(key)));
        } else {
            socket.tidy = None;
            self.drop_socket(key);
        }
    }

    /// Takes a socket away, with its timers.
    pub(super) fn drop_socket(&mut self, key: SocketKey) -> Option<Socket> {
        let socket = self.sockets.remove(&key)?;
        for timer in [socket.timer, socket.tidy].into_iter().flatten() {
            self.queue.cancel(timer);
        }
        if let Some(client) = self.clients.get_mut(&socket.cause.client)
            && client.connection == Some(key)
        {
            client.connection = None;
        }
        Some(socket)
    }

    /// The sockets of a host vanish: it has stopped.
    pub(super) fn drop_sockets_of(&mut self, host: Host) {
        let gone: Vec<SocketKey> = self.sockets.keys().filter(|key| key.host == host).copied().collect();
        for key in gone {
            self.drop_socket(key);
        }
    }

    /// Puts a segment into a packet and sends it.
    pub(super) fn send_segment(&mut self, key: SocketKey, segment: Segment, cause: Cause, sink: &mut Sink<'_>) -> PacketId {
        let asks = self.sockets.get(&key).is_some_and(|socket| socket.asks);
        let transport = Transport::Tcp {
            source: key.local.1,
            destination: key.remote.1,
            flags: segment.flags,
            sequence: segment.sequence,
            acknowledgement: segment.acknowledgement,
        };
        let payload = u16::try_from(segment.payload).unwrap_or(0);
        let length = header_bytes(key.remote.0).saturating_add(payload);
        let packet = Packet { source: key.local.0, destination: key.remote.0, transport, length };
        let purpose = match (payload > 0, asks) {
            (false, _) => Purpose::Control,
            (true, true) => Purpose::Question,
            (true, false) => Purpose::Answer,
        };
        self.send(Outgoing { from: key.host, packet, cause, purpose, again: segment.again, origin: None }, sink)
    }
}

/// Bytes of the IP and TCP headers of a segment from or to this address.
const fn header_bytes(address: IpAddr) -> u16 {
    ip_header_bytes(address) + TCP_BYTES
}

/// The socket that a packet is for, and its segment.
fn segment_of(flight: &Flight) -> Option<(SocketKey, Segment)> {
    let Transport::Tcp { source, destination, flags, sequence, acknowledgement } = flight.packet.transport else { return None };
    let local = (flight.packet.destination, destination);
    let remote = (flight.packet.source, source);
    let payload = u32::from(flight.packet.length.saturating_sub(header_bytes(flight.packet.source)));
    let segment = Segment { flags, sequence, acknowledgement, payload, again: false };
    Some((SocketKey { host: flight.to, local, remote }, segment))
}
