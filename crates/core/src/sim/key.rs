//! What a run calls its clients, their requests, its packets and its sockets by.

use super::host::Host;
use crate::addr::IpAddr;
use std::fmt;

/// A client of a simulator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClientId(pub u32);

impl fmt::Display for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "client-{}", self.0)
    }
}

/// A request of a client: 1, 2, 3, …
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub u64);

/// A packet of a run: 1, 2, 3, … in the order in which they were sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PacketId(pub u64);

impl fmt::Display for PacketId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

/// What a packet is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// It asks.
    Question,
    /// It answers.
    Answer,
    /// It keeps a TCP connection going (or ends it) and carries neither.
    Control,
}

/// For whom a packet travels: the client and its request that brought it about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cause {
    /// The client.
    pub client: ClientId,
    /// Its request.
    pub request: RequestId,
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let RequestId(request) = self.request;
        write!(f, "{}/{request}", self.client)
    }
}

/// Which socket: the host and both ends of the connection as that host sees them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SocketKey {
    /// The host.
    pub host: Host,
    /// Its own address and port.
    pub local: (IpAddr, u16),
    /// The other end's address and port.
    pub remote: (IpAddr, u16),
}
