//! One end of a TCP connection: handshake, messages, acknowledgements, retransmission with doubling patience, reset.
//!
//! It is as small as the outages that it must show allow: every message has one length, a receiver keeps nothing that comes out of order,
//! and after a time-out the sender goes back to the first unacknowledged message and starts again with a window of one. Nothing here knows of
//! networks: segments go in, segments and [`Notice`]s come out.

use super::key::{Cause, RequestId};
use super::queue::QueueKey;
use crate::packet::TcpFlags;
use crate::time::{Duration, Instant};
use std::collections::VecDeque;

/// How long a message is, in bytes of payload (`M`).
pub const MESSAGE_BYTES: u16 = 512;
/// How long a sender waits before it sends again, at first (`M`, as RFC 6298 says).
pub const FIRST_PATIENCE: Duration = Duration::from_secs(1);
/// How long it waits at most.
pub const LONGEST_PATIENCE: Duration = Duration::from_secs(60);
/// How often a SYN is sent again (`M`, as Linux does).
pub const SYN_TRIES: u8 = 6;
/// How often a message is sent again (`M`, as Linux does).
pub const MESSAGE_TRIES: u8 = 15;
/// How often a client that has its answer sends its FIN again (`M`).
pub const FIN_TRIES: u8 = 2;
/// How many unacknowledged messages may be under way (`M`, as RFC 6928 says).
const FULL_WINDOW: u32 = 10;

/// A TCP segment, without the addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Segment {
    pub(super) flags: TcpFlags,
    pub(super) sequence: u32,
    pub(super) acknowledgement: u32,
    pub(super) payload: u32,
    pub(super) again: bool,
}

/// What the program above a socket learns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notice {
    /// The connection stands.
    Connected,
    /// So many whole messages came.
    Messages(u32),
    /// The other end aborted, or refused.
    Reset,
    /// Nothing was acknowledged for too long.
    Aborted,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    SynSent,
    SynReceived,
    Open,
}

/// One end of a connection.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Socket {
    phase: Phase,
    /// Whether this end asks.
    pub(super) asks: bool,
    unacknowledged: u32,
    next: u32,
    highest: u32,
    written: u32,
    receive_next: u32,
    closing: bool,
    peer_closed: bool,
    owes_acknowledgement: bool,
    window: u32,
    tries: u8,
    /// For whom the last message was.
    pub(super) cause: Cause,
    /// Requests that were written and not answered yet, in order. Only at the asking end.
    pub(super) awaiting: VecDeque<RequestId>,
    pub(super) timer: Option<QueueKey>,
    pub(super) tidy: Option<QueueKey>,
    pub(super) last_used: Instant,
}

/// Whether sequence number `a` comes before `b`.
const fn before(a: u32, b: u32) -> bool {
    let distance = b.wrapping_sub(a);
    distance != 0 && distance < 1 << 31
}

impl Socket {
    fn new(phase: Phase, first: u32, cause: Cause, now: Instant) -> Socket {
        let next = first.wrapping_add(1);
        Socket {
            phase,
            asks: phase == Phase::SynSent,
            unacknowledged: first,
            next,
            highest: next,
            written: next,
            receive_next: 0,
            closing: false,
            peer_closed: false,
            owes_acknowledgement: false,
            window: FULL_WINDOW,
            tries: 0,
            cause,
            awaiting: VecDeque::new(),
            timer: None,
            tidy: None,
            last_used: now,
        }
    }

    /// Opens a connection: the socket and its SYN. `first` is the initial sequence number.
    pub(super) fn connect(first: u32, cause: Cause, now: Instant) -> (Socket, Segment) {
        let socket = Socket::new(Phase::SynSent, first, cause, now);
        let segment = socket.handshake_segment(false);
        (socket, segment)
    }

    /// Takes a connection: the socket and its SYN-ACK to a SYN with sequence number `theirs`.
    pub(super) fn accept(first: u32, theirs: u32, cause: Cause, now: Instant) -> (Socket, Segment) {
        let mut socket = Socket::new(Phase::SynReceived, first, cause, now);
        socket.receive_next = theirs.wrapping_add(1);
        let segment = socket.handshake_segment(false);
        (socket, segment)
    }

    fn handshake_segment(&self, again: bool) -> Segment {
        let flags = if self.phase == Phase::SynSent { TcpFlags::SYN } else { TcpFlags::SYN_ACK };
        Segment { flags, sequence: self.unacknowledged, acknowledgement: self.receive_next, payload: 0, again }
    }

    /// Whether the handshake is done.
    pub(super) fn is_open(&self) -> bool {
        self.phase == Phase::Open
    }

    /// The first number that is not acknowledged: it tells whether there was progress.
    pub(super) fn progress(&self) -> u32 {
        self.unacknowledged
    }

    /// Whether something waits to be acknowledged, so that a timer must run.
    pub(super) fn waits(&self) -> bool {
        self.unacknowledged != self.next
    }

    /// How long to wait for an acknowledgement now.
    pub(super) fn patience(&self) -> Duration {
        let doubled = FIRST_PATIENCE.as_nanos().saturating_mul(1 << u32::from(self.tries.min(16)));
        Duration::from_nanos(doubled.min(LONGEST_PATIENCE.as_nanos()))
    }

    /// Writes a message; [`Socket::transmit`] sends it when the window allows.
    pub(super) fn write(&mut self, messages: u32) {
        if !self.closing {
            self.written = self.written.wrapping_add(messages.wrapping_mul(u32::from(MESSAGE_BYTES)));
        }
    }

    /// Nothing more will be written: a FIN follows the last message.
    pub(super) fn close(&mut self) {
        self.closing = true;
    }

    fn end(&self) -> u32 {
        self.written.wrapping_add(u32::from(self.closing))
    }

    /// Sends what the window allows, and otherwise the acknowledgement that is owed, if one is.
    pub(super) fn transmit(&mut self, out: &mut Vec<Segment>) {
        if self.phase != Phase::Open {
            return;
        }
        let count = out.len();
        let window = self.window.wrapping_mul(u32::from(MESSAGE_BYTES));
        while before(self.next, self.end()) && self.next.wrapping_sub(self.unacknowledged) < window {
            let again = before(self.next, self.highest);
            let is_fin = self.next == self.written;
            let payload = if is_fin { 0 } else { u32::from(MESSAGE_BYTES).min(self.written.wrapping_sub(self.next)) };
            let flags = if is_fin { TcpFlags::FIN } else { TcpFlags::PSH }.with(TcpFlags::ACK);
            out.push(Segment { flags, sequence: self.next, acknowledgement: self.receive_next, payload, again });
            self.next = self.next.wrapping_add(payload).wrapping_add(u32::from(is_fin));
            if before(self.highest, self.next) {
                self.highest = self.next;
            }
        }
        if self.owes_acknowledgement && out.len() == count {
            out.push(self.acknowledgement());
        }
        self.owes_acknowledgement = false;
    }

    /// The time is up: sends again, or gives up.
    pub(super) fn retransmit(&mut self, out: &mut Vec<Segment>) -> Option<Notice> {
        let limit = match self.phase {
            Phase::Open if self.asks && self.closing && self.awaiting.is_empty() => FIN_TRIES,
            Phase::Open => MESSAGE_TRIES,
            Phase::SynSent | Phase::SynReceived => SYN_TRIES,
        };
        if self.tries >= limit {
            return Some(Notice::Aborted);
        }
        self.tries += 1;
        if self.phase == Phase::Open {
            self.next = self.unacknowledged;
            self.window = 1;
            self.transmit(out);
        } else {
            out.push(self.handshake_segment(true));
        }
        None
    }

    /// Takes a segment in. Answers go to `out`, what the program learns to `notices`.
    pub(super) fn take(&mut self, segment: Segment, out: &mut Vec<Segment>, notices: &mut Vec<Notice>) {
        if segment.flags.has(TcpFlags::RST) {
            self.take_reset(segment, notices);
            return;
        }
        match self.phase {
            Phase::SynSent => {
                if !(segment.flags.has(TcpFlags::SYN_ACK) && segment.acknowledgement == self.next) {
                    return;
                }
                self.receive_next = segment.sequence.wrapping_add(1);
                self.opened(segment.acknowledgement, notices);
                out.push(self.acknowledgement());
            }
            Phase::SynReceived => {
                if segment.flags.has(TcpFlags::SYN) {
                    out.push(self.handshake_segment(true));
                    return;
                }
                if !(segment.flags.has(TcpFlags::ACK) && segment.acknowledgement == self.next) {
                    return;
                }
                self.opened(segment.acknowledgement, notices);
                self.take_open(segment, notices);
            }
            Phase::Open => self.take_open(segment, notices),
        }
    }

    fn opened(&mut self, acknowledged: u32, notices: &mut Vec<Notice>) {
        self.phase = Phase::Open;
        self.unacknowledged = acknowledged;
        self.tries = 0;
        notices.push(Notice::Connected);
    }

    fn take_reset(&self, segment: Segment, notices: &mut Vec<Notice>) {
        let meant_for_us = match self.phase {
            Phase::SynSent => segment.flags.has(TcpFlags::ACK) && segment.acknowledgement == self.next,
            // Exactly the next number, or it may be forged or stale (RFC 5961).
            Phase::SynReceived | Phase::Open => segment.sequence == self.receive_next,
        };
        if meant_for_us {
            notices.push(Notice::Reset);
        }
    }

    fn take_open(&mut self, segment: Segment, notices: &mut Vec<Notice>) {
        if segment.flags.has(TcpFlags::ACK) {
            self.take_acknowledgement(segment.acknowledgement);
        }
        self.owes_acknowledgement |= segment.flags.has(TcpFlags::SYN);
        if segment.payload > 0 {
            self.owes_acknowledgement = true;
            if segment.sequence == self.receive_next {
                self.receive_next = self.receive_next.wrapping_add(segment.payload);
                notices.push(Notice::Messages(segment.payload / u32::from(MESSAGE_BYTES)));
            }
        }
        if segment.flags.has(TcpFlags::FIN) {
            self.owes_acknowledgement = true;
            if segment.sequence.wrapping_add(segment.payload) == self.receive_next {
                self.receive_next = self.receive_next.wrapping_add(1);
                self.peer_closed = true;
            }
        }
    }

    fn take_acknowledgement(&mut self, number: u32) {
        if before(self.unacknowledged, number) && !before(self.highest, number) {
            self.unacknowledged = number;
            if before(self.next, number) {
                self.next = number;
            }
            self.tries = 0;
            self.window = (self.window + 1).min(FULL_WINDOW);
        }
    }

    fn acknowledgement(&self) -> Segment {
        Segment { flags: TcpFlags::ACK, sequence: self.next, acknowledgement: self.receive_next, payload: 0, again: false }
    }

    /// For whom a segment goes out: at the asking end, for the request in it.
    pub(super) fn cause_of(&self, segment: Segment) -> Cause {
        let place = segment.sequence.wrapping_sub(self.unacknowledged) / u32::from(MESSAGE_BYTES);
        let request = usize::try_from(place).ok().filter(|_| segment.payload > 0).and_then(|place| self.awaiting.get(place));
        Cause { request: *request.unwrap_or(&self.cause.request), ..self.cause }
    }

    /// Whether the other end is done, so that this end should be, too.
    pub(super) fn is_half_closed(&self) -> bool {
        self.peer_closed && !self.closing
    }

    /// Whether both ends are done.
    pub(super) fn is_finished(&self) -> bool {
        self.closing && self.peer_closed && self.unacknowledged == self.end()
    }
}

/// What a host without a socket for a segment answers (RFC 9293): a reset, but never to a reset.
pub(super) fn refusal(segment: Segment) -> Option<Segment> {
    if segment.flags.has(TcpFlags::RST) {
        return None;
    }
    let reply = if segment.flags.has(TcpFlags::ACK) {
        Segment { flags: TcpFlags::RST, sequence: segment.acknowledgement, acknowledgement: 0, payload: 0, again: false }
    } else {
        let length = segment.payload + u32::from(segment.flags.has(TcpFlags::SYN)) + u32::from(segment.flags.has(TcpFlags::FIN));
        let acknowledgement = segment.sequence.wrapping_add(length);
        Segment { flags: TcpFlags::RST.with(TcpFlags::ACK), sequence: 0, acknowledgement, payload: 0, again: false }
    };
    Some(reply)
}
