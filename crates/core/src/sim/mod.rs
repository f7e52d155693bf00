//! The simulator: clients that ask, guests that answer, links that take time, transitions that come due, all in virtual time.
//!
//! [`Simulator`] owns a network and everything that moves in it. It is a value: it can be cloned (a checkpoint) and compared. Time moves only in
//! [`Simulator::step`] and [`Simulator::advance`], which hand every [`SimEvent`](event::SimEvent) to the caller. The same network, seed and acts give
//! the same events, natively and in wasm.

mod allowance;
mod ask;
pub mod capture;
pub mod client;
pub mod event;
mod flight;
mod health;
pub mod host;
pub mod key;
pub mod link;
pub mod load;
mod queue;
mod receive;
pub mod record;
mod run;
pub mod socket;
#[cfg(test)]
mod socket_tests;
pub mod stream;
mod watch;

use crate::dataplane::Ways;
use crate::dataplane::conntrack::Tracking;
use crate::dataplane::verdict::Walk;
use crate::id::EniId;
use crate::model::network::Network;
use crate::observe::flow_log::FlowLogs;
use crate::observe::metrics::Metrics;
use crate::rng::Rng;
use crate::table::Table;
use crate::time::{Duration, Instant};
use client::{
    Client, ClientRefused, ClientSpec, ClientView, Conversation, Echo, LONGEST, MAX_CLIENTS, Outcome, ProbeSpec, SHORTEST, Statistics,
};
use event::SimEvent;
use health::{Registration, Row};
use key::{ClientId, PacketId, RequestId, SocketKey};
use load::Loads;
use queue::{Planned, Queue};
use record::{PacketRecord, Records};
use socket::Socket;
use std::collections::VecDeque;
use std::rc::Rc;

pub use run::Executed;

/// How many TCP sockets a simulator keeps; beyond that hosts refuse connections.
pub const MAX_SOCKETS: usize = 4_096;
/// How many single questions may be open at once.
pub const MAX_PROBES: usize = 256;

/// Takes events one by one.
pub type Sink<'a> = dyn FnMut(&SimEvent) + 'a;

/// A network at work.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulator {
    network: Network,
    tracking: Tracking,
    ways: Ways,
    now: Instant,
    queue: Queue,
    rng: Rng,
    clients: Table<ClientId, Client>,
    last_client: u32,
    sockets: Table<SocketKey, Socket>,
    /// How many ports senders have taken for themselves.
    ports_drawn: u32,
    records: Records,
    next_expiry: Instant,
    flow_logs: FlowLogs,
    metrics: Metrics,
    /// The targets of load balancers that are checked.
    watched: Table<Registration, Row>,
    /// Who checks them now.
    checks: Table<ClientId, Registration>,
    /// The minute at whose beginning alarms were evaluated last.
    evaluated: u64,
    /// How the last questions ended that were asked once.
    ended: VecDeque<(ClientId, Outcome)>,
    loads: Loads,
}

impl Simulator {
    /// A network at virtual zero, with nobody asking anything. The seed decides sequence numbers, ports and identifiers.
    pub fn new(network: Network, seed: u64) -> Simulator {
        let mut begun = Simulator {
            network,
            tracking: Tracking::default(),
            ways: Ways::default(),
            now: Instant::ZERO,
            queue: Queue::default(),
            rng: Rng::new(seed),
            clients: Table::new(),
            last_client: 0,
            sockets: Table::new(),
            ports_drawn: 0,
            records: Records::default(),
            next_expiry: Instant::ZERO,
            flow_logs: FlowLogs::default(),
            metrics: Metrics::default(),
            evaluated: 0,
            ended: VecDeque::new(),
            loads: Loads::default(),
            watched: Table::new(),
            checks: Table::new(),
        };
        begun.watch_targets();
        begun
    }

    /// The same at a later moment: what happened before it is not known here.
    pub fn starting_at(network: Network, seed: u64, now: Instant) -> Simulator {
        let (flow_logs, metrics) = (FlowLogs::starting_at(now), Metrics::starting_at(now));
        let mut begun = Simulator { now, flow_logs, metrics, ..Simulator::new(network, seed) };
        // What was due by then has come.
        begun.advance(Duration::ZERO, &mut |_| {});
        begun
    }

    /// The network as it is now.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// What ENIs remember of flows now.
    pub fn tracking(&self) -> &Tracking {
        &self.tracking
    }

    /// How many more connections an ENI's instance may track now, where that is limited (`S45`).
    pub fn connections_left(&self, eni: EniId) -> Option<u32> {
        let (instance, at_most) = self.network.connection_limit(self.network.eni(eni)?)?;
        Some(at_most.saturating_sub(self.tracking.tracked_on(instance, self.now)))
    }

    /// What flow logs have recorded.
    pub fn flow_logs(&self) -> &FlowLogs {
        &self.flow_logs
    }

    /// What CloudWatch and network cards have counted.
    pub fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// The moment.
    pub fn now(&self) -> Instant {
        self.now
    }

    /// Adds a client that asks from now on, first at once.
    ///
    /// # Errors
    /// There are [`MAX_CLIENTS`] already, or its interval or time-out is out of bounds.
    pub fn add_client(&mut self, spec: ClientSpec) -> Result<ClientId, ClientRefused> {
        if self.clients.values().filter(|client| !client.once).count() >= MAX_CLIENTS {
            return Err(ClientRefused::TooMany);
        }
        self.insert_client(spec, false)
    }

    /// Asks once: one packet, or one connection for TCP. The packet has this id; it is sent in the next step, at this moment.
    ///
    /// # Errors
    /// There are [`MAX_PROBES`] questions open, or the time-out is out of bounds.
    pub fn send_once(&mut self, probe: ProbeSpec) -> Result<PacketId, ClientRefused> {
        let asks = |client: &&Client| client.once && !self.checks.contains_key(&client.id);
        if self.clients.values().filter(asks).count() >= MAX_PROBES {
            return Err(ClientRefused::TooMany);
        }
        let spec = ClientSpec { name: String::new(), probe, interval: SHORTEST, conversation: Conversation::NewEachTime };
        let id = self.insert_client(spec, true)?;
        let packet = self.records.next_id();
        if let Some(client) = self.clients.get_mut(&id) {
            client.promised = Some(packet);
        }
        Ok(packet)
    }

    /// Asks once for an echo whose identifier, number and length the program chooses.
    ///
    /// # Errors
    /// As for [`Simulator::send_once`].
    pub fn send_echo(&mut self, probe: ProbeSpec, echo: Echo) -> Result<PacketId, ClientRefused> {
        let packet = self.send_once(probe)?;
        if let Some(client) = self.clients.get_mut(&self.newest_client()) {
            client.echo = Some(echo);
        }
        Ok(packet)
    }

    /// Who was added last: after [`Simulator::send_once`], whoever asks that question.
    pub fn newest_client(&self) -> ClientId {
        ClientId(self.last_client)
    }

    /// Whether a question that was asked once is still open.
    pub fn is_open(&self, question: ClientId) -> bool {
        self.clients.contains_key(&question)
    }

    /// How a question that was asked once has ended; nothing while it is open, and of those that ended long ago.
    pub fn outcome_of(&self, question: ClientId) -> Option<Outcome> {
        self.ended.iter().rev().find(|(id, _)| *id == question).map(|(_, outcome)| *outcome)
    }

    fn insert_client(&mut self, spec: ClientSpec, once: bool) -> Result<ClientId, ClientRefused> {
        let in_bounds = |span: Duration| (SHORTEST..=LONGEST).contains(&span);
        if !in_bounds(spec.interval) || !in_bounds(spec.probe.timeout) {
            return Err(ClientRefused::Timing);
        }
        self.last_client += 1;
        let id = ClientId(self.last_client);
        let icmp_id = u16::try_from(self.rng.below(1 << 16)).unwrap_or(0);
        let client = Client {
            id,
            spec,
            once,
            promised: None,
            next_ask: Some(self.queue.plan(self.now, Planned::Ask(id))),
            last_request: RequestId(0),
            pending: Table::new(),
            connection: None,
            icmp_id,
            echo: None,
            statistics: Statistics::default(),
        };
        self.clients.insert(id, client);
        Ok(id)
    }

    /// Stops a client's asking; what is under way goes on. Returns whether there is such a client.
    pub fn pause(&mut self, id: ClientId) -> bool {
        let Some(client) = self.clients.get_mut(&id) else { return false };
        if let Some(key) = client.next_ask.take() {
            self.queue.cancel(key);
        }
        true
    }

    /// Lets a paused client ask again, first at once. Returns whether there is such a client.
    pub fn resume(&mut self, id: ClientId) -> bool {
        let Some(client) = self.clients.get_mut(&id) else { return false };
        if client.next_ask.is_none() && !client.once {
            client.next_ask = Some(self.queue.plan(self.now, Planned::Ask(id)));
        }
        true
    }

    /// Takes a client away, with its requests and its ends of connections. Returns whether there was such a client.
    pub fn remove(&mut self, id: ClientId) -> bool {
        self.pause(id);
        let Some(client) = self.clients.remove(&id) else { return false };
        for pending in client.pending.values() {
            self.queue.cancel(pending.give_up);
        }
        let sockets: Vec<SocketKey> =
            self.sockets.iter().filter(|(_, socket)| socket.asks && socket.cause.client == id).map(|(key, _)| *key).collect();
        for key in sockets {
            self.drop_socket(key);
        }
        true
    }

    /// The clients that keep asking, and what they have seen, in the order in which they were added.
    pub fn clients(&self) -> impl Iterator<Item = ClientView<'_>> {
        self.clients.values().filter(|client| !client.once).map(|client| ClientView {
            id: client.id,
            spec: &client.spec,
            asking: client.next_ask.is_some(),
            pending: client.pending.len(),
            statistics: &client.statistics,
        })
    }

    /// One client.
    pub fn client(&self, id: ClientId) -> Option<ClientView<'_>> {
        self.clients().find(|client| client.id == id)
    }

    /// One of the last packets, with its whole way.
    pub fn packet(&self, id: PacketId) -> Option<&Rc<PacketRecord>> {
        self.records.get(id)
    }

    /// The way of one of the last packets.
    pub fn walk(&self, id: PacketId) -> Option<&Walk> {
        self.records.get(id).map(|record| &record.walk)
    }

    /// How many things are planned, and how many TCP sockets are open. Both have limits, however long a run is.
    pub fn load(&self) -> (usize, usize) {
        (self.queue.len(), self.sockets.len())
    }

    /// The last packets, the oldest first.
    pub fn packets(&self) -> impl DoubleEndedIterator<Item = &Rc<PacketRecord>> {
        self.records.iter()
    }
}
