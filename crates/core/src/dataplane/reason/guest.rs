//! What a guest, or the host below it, did with a packet.

use crate::id::EniId;

/// How a guest chose the ENI to send by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GuestRouting {
    /// By the source address: the table of the ENI that has it (`G5`).
    Policy,
    /// By destination: an ENI's own subnet (`G4`).
    Connected,
    /// By destination: the default route with the best metric (`G1`, `G2`).
    Default,
    /// By a route that somebody set, in the table of this number (`G17`).
    Table(u32),
    /// A route of that table leads straight into the subnet of the ENI, where nobody has the destination.
    NoNeighbour(u32),
    /// No table has a route to it.
    Unreachable,
    /// The destination is one of its own addresses: nothing is sent.
    Local,
    /// It may not send from that address: it has it no more, or never had it.
    ForeignSource,
    /// It has no ENI that works.
    NoInterface,
}

/// A service that the host of an instance gives, beyond all filters (`S48`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HostService {
    /// The VPC's resolver.
    Resolver,
    /// Instance metadata.
    Metadata,
    /// Time.
    Time,
    /// Activation of Windows licences.
    Licence,
    /// The router's own address in the subnet.
    Router,
    /// A link-local address that nobody has.
    Nobody,
}

/// What an address is to the guest that got a packet for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GuestAddressKind {
    /// Its own, and configured.
    Configured,
    /// Its ENI's, but the guest does not know (`E62`).
    NotConfigured,
    /// Not its own, and it forwards by this ENI.
    Forwarded(EniId),
    /// Not its own, and it forwards by this ENI under its own address.
    Masqueraded(EniId),
    /// The answer to something that it masqueraded.
    Returned,
    /// Not its own, and it does not forward.
    Foreign,
}
