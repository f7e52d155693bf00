//! Clients that keep asking: what they are told to do, and what they have seen.

use super::host::Host;
use super::key::{ClientId, PacketId, RequestId, SocketKey};
use super::queue::QueueKey;
use crate::addr::{IpAddr, Ipv4Addr};
use crate::id::{EniId, InstanceId};
use crate::model::network::Network;
use crate::table::Table;
use crate::time::{Duration, Instant};
use std::collections::VecDeque;

/// How many clients a simulator takes.
pub const MAX_CLIENTS: usize = 256;
/// How many of its last requests a client remembers.
pub const OUTCOMES_KEPT: usize = 600;
/// How many requests of a client may be under way at once. Beyond that it waits, as a real one with a limited pool does.
pub const MAX_PENDING: usize = 256;
/// The shortest interval and time-out.
pub const SHORTEST: Duration = Duration::from_millis(1);
/// The longest interval and time-out.
pub const LONGEST: Duration = Duration::from_secs(3_600);

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// A program on an instance. Its packets start in the guest.
    Instance {
        /// The instance.
        instance: InstanceId,
        /// The private address that it is bound to; `None` leaves the choice to the guest (`G8`).
        address: Option<Ipv4Addr>,
    },
    /// A node of a load balancer, which checks a target.
    Node {
        /// Its ENI.
        eni: EniId,
        /// Its address.
        address: Ipv4Addr,
    },
    /// A host of the internet.
    Internet {
        /// Its address.
        address: Ipv4Addr,
    },
    /// A function, through an ENI of Lambda's (`P29`).
    Function {
        /// The ENI.
        eni: EniId,
        /// Its private address.
        address: Ipv4Addr,
    },
}

impl Source {
    /// The host that asks.
    pub const fn host(self) -> Host {
        match self {
            Source::Instance { instance, .. } => Host::Instance(instance),
            Source::Node { eni, .. } => Host::Service(eni),
            Source::Internet { address } => Host::Internet(IpAddr::V4(address)),
            Source::Function { eni, .. } => Host::Service(eni),
        }
    }
}

/// Who is asked. Names of ENIs are looked up at each request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// An address.
    Address(IpAddr),
    /// The primary private address of an ENI.
    PrivateOf(EniId),
    /// The public address of an ENI's primary private address; where it has none, that private address, which the internet does not carry (`R34`).
    PublicOf(EniId),
}

impl Target {
    /// The address that it stands for now.
    pub fn resolve(self, network: &Network) -> Option<IpAddr> {
        match self {
            Target::Address(address) => Some(address),
            Target::PrivateOf(eni) => network.eni(eni)?.primary_ip().map(IpAddr::V4),
            Target::PublicOf(eni) => {
                let address = network.eni(eni)?.addresses.first()?;
                Some(IpAddr::V4(address.public.map_or(address.ip, |public| public.ip)))
            }
        }
    }
}

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Protocol {
    /// An ICMP echo.
    Icmp,
    /// A request over TCP to a port.
    Tcp(u16),
    /// A datagram to a port, and one back.
    Udp(u16),
}

/// How long a TCP connection serves. Other protocols have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Conversation {
    /// A connection for each request.
    NewEachTime,
    /// One connection for all requests, opened again after a reset.
    KeepOpen,
}

/// What a program chooses for an echo that it asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Echo {
    /// The identifier of all its echoes.
    pub id: u16,
    /// The number of this one.
    pub sequence: u16,
    /// How long the packet is, in bytes.
    pub length: u16,
    /// Whether it is the first piece of a longer one, which its sender has cut.
    pub cut: bool,
}

/// What to ask once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProbeSpec {
    /// Who asks.
    pub from: Source,
    /// Who is asked.
    pub to: Target,
    /// What is asked.
    pub protocol: Protocol,
    /// After how long an answer comes too late.
    pub timeout: Duration,
}

/// A client that keeps asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientSpec {
    /// What people call it.
    pub name: String,
    /// Who asks, who is asked, what, and how long an answer may take.
    pub probe: ProbeSpec,
    /// The time from one request to the next.
    pub interval: Duration,
    /// How long a TCP connection serves.
    pub conversation: Conversation,
}

/// Why a client was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClientRefused {
    /// There are as many as there may be.
    #[error("there are {MAX_CLIENTS} clients already")]
    TooMany,
    /// The interval or time-out is out of bounds.
    #[error("interval and time-out must be from {SHORTEST} to {LONGEST}")]
    Timing,
}

/// How one request ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// When it was asked.
    pub asked: Instant,
    /// When that was known.
    pub at: Instant,
    /// Whether it was answered in time.
    pub ok: bool,
    /// The packet that tells most: the one that was lost, or the first one of the request.
    pub packet: Option<PacketId>,
}

/// A time without answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outage {
    /// When the first request that went wrong was asked.
    pub from: Instant,
    /// When the first answer after it came.
    pub to: Instant,
}

impl Outage {
    /// How long it was.
    pub const fn length(self) -> Duration {
        self.to.since(self.from)
    }
}

/// What a client has seen. Its size has a limit, however long it runs.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Statistics {
    /// Requests asked.
    pub sent: u64,
    /// Requests answered in time.
    pub answered: u64,
    /// Requests lost, refused, reset or answered too late.
    pub lost: u64,
    /// When the first request that went wrong was asked, if nothing has been answered since.
    pub outage_since: Option<Instant>,
    /// The last outage that is over.
    pub last_outage: Option<Outage>,
    /// When the last answer came.
    pub last_answer: Option<Instant>,
    /// How long the last answered request took.
    pub last_round_trip: Option<Duration>,
    /// How the last [`OUTCOMES_KEPT`] requests ended, the oldest first.
    pub outcomes: VecDeque<Outcome>,
    /// What went wrong before those, and the first request after each row of losses that was answered: at most as many, the oldest first.
    pub troubles: VecDeque<Outcome>,
}

impl Statistics {
    /// A packet of a request that was asked at `asked` did not get through.
    pub(super) fn trouble(&mut self, asked: Instant) {
        // A request that was given up only after an outage was over was asked in that outage: it begins no other one.
        if self.last_outage.is_none_or(|outage| asked >= outage.to) {
            self.outage_since.get_or_insert(asked);
        }
    }

    pub(super) fn note_answer(&mut self, asked: Instant, at: Instant, packet: Option<PacketId>) {
        self.answered += 1;
        self.last_answer = Some(at);
        self.last_round_trip = Some(at - asked);
        // An answer that was already on its way when the trouble began does not end it.
        if let Some(from) = self.outage_since.filter(|from| *from <= asked) {
            self.last_outage = Some(Outage { from, to: at });
            self.outage_since = None;
        }
        self.keep(Outcome { asked, at, ok: true, packet });
    }

    pub(super) fn note_loss(&mut self, asked: Instant, at: Instant, packet: Option<PacketId>) {
        self.lost += 1;
        self.trouble(asked);
        self.keep(Outcome { asked, at, ok: false, packet });
    }

    fn keep(&mut self, outcome: Outcome) {
        if self.outcomes.len() >= OUTCOMES_KEPT
            && let Some(old) = self.outcomes.pop_front()
            && (!old.ok || self.troubles.back().is_some_and(|last| !last.ok))
        {
            if self.troubles.len() >= OUTCOMES_KEPT {
                self.troubles.pop_front();
            }
            self.troubles.push_back(old);
        }
        self.outcomes.push_back(outcome);
    }
}

/// A request that has not ended.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pending {
    pub(super) asked: Instant,
    pub(super) give_up: QueueKey,
    pub(super) first_packet: Option<PacketId>,
    pub(super) lost_packet: Option<PacketId>,
    pub(super) socket: Option<SocketKey>,
}

/// A client at work.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Client {
    pub(super) id: ClientId,
    pub(super) spec: ClientSpec,
    /// Asks once and goes.
    pub(super) once: bool,
    /// The id that the first packet of a client that asks once was promised.
    pub(super) promised: Option<PacketId>,
    pub(super) next_ask: Option<QueueKey>,
    pub(super) last_request: RequestId,
    pub(super) pending: Table<RequestId, Pending>,
    pub(super) connection: Option<SocketKey>,
    pub(super) icmp_id: u16,
    /// What the program chose, if it did.
    pub(super) echo: Option<Echo>,
    pub(super) statistics: Statistics,
}

impl Client {
    pub(super) fn host(&self) -> Host {
        self.spec.probe.from.host()
    }

    pub(super) fn is_done(&self) -> bool {
        self.once && self.next_ask.is_none() && self.pending.is_empty()
    }
}

/// A client as others see it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClientView<'a> {
    /// Its id.
    pub id: ClientId,
    /// What it was told to do.
    pub spec: &'a ClientSpec,
    /// Whether it asks now; otherwise it is paused.
    pub asking: bool,
    /// How many of its requests have not ended.
    pub pending: usize,
    /// What it has seen.
    pub statistics: &'a Statistics,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: u64) -> Instant {
        Instant::ZERO + Duration::from_millis(millis)
    }

    #[test]
    fn an_outage_lasts_from_the_first_bad_request_to_the_first_answer_of_a_later_one() {
        let mut seen = Statistics::default();
        seen.note_answer(at(0), at(40), None);
        seen.trouble(at(200));
        seen.trouble(at(400));
        assert_eq!(seen.outage_since, Some(at(200)));
        seen.note_answer(at(100), at(500), None);
        assert_eq!((seen.outage_since, seen.last_outage), (Some(at(200)), None), "that answer was under way before the trouble");
        seen.note_loss(at(200), at(1_200), None);
        seen.note_answer(at(600), at(1_640), None);
        assert_eq!(seen.outage_since, None);
        assert_eq!(seen.last_outage.map(|outage| (outage.from, outage.to)), Some((at(200), at(1_640))));
        assert_eq!((seen.answered, seen.lost, seen.last_answer), (3, 1, Some(at(1_640))));
    }

    #[test]
    fn a_request_that_was_sent_again_and_answered_ends_its_own_outage() {
        let mut seen = Statistics::default();
        seen.trouble(at(200));
        seen.note_answer(at(200), at(1_300), None);
        assert_eq!(seen.last_outage.map(Outage::length), Some(Duration::from_millis(1_100)));
    }

    #[test]
    fn a_request_of_an_outage_that_is_over_begins_no_other_one() {
        let mut seen = Statistics::default();
        seen.note_loss(at(200), at(1_200), None);
        seen.note_answer(at(1_400), at(1_440), None);
        // Asked while the outage lasted, given up after it.
        seen.note_loss(at(1_000), at(2_000), None);
        assert_eq!(seen.outage_since, None);
        seen.note_loss(at(1_440), at(2_440), None);
        assert_eq!(seen.outage_since, Some(at(1_440)), "what is asked from its end on does");
    }

    #[test]
    fn the_last_outcomes_are_kept_and_no_more() {
        let mut seen = Statistics::default();
        for number in 0..OUTCOMES_KEPT as u64 + 5 {
            seen.note_loss(at(number), at(number + 1), None);
        }
        assert_eq!(seen.outcomes.len(), OUTCOMES_KEPT);
        assert_eq!(seen.outcomes.front().map(|outcome| outcome.asked), Some(at(5)));
    }

    #[test]
    fn of_older_ones_the_losses_are_kept_with_the_answer_that_ended_each_row() {
        let mut seen = Statistics::default();
        for number in 0..10_000 {
            match number {
                100..103 | 107 => seen.note_loss(at(number), at(number), None),
                _ => seen.note_answer(at(number), at(number), None),
            }
        }
        let kept: Vec<_> = seen.troubles.iter().map(|outcome| (outcome.asked.as_millis(), outcome.ok)).collect();
        assert_eq!(kept, [(100, false), (101, false), (102, false), (103, true), (107, false), (108, true)]);
        for number in 10_000..12_000 {
            seen.note_loss(at(number), at(number), None);
        }
        assert_eq!((seen.troubles.len(), seen.outcomes.len()), (OUTCOMES_KEPT, OUTCOMES_KEPT));
    }
}
