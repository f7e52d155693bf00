//! One packet and its answer, asked about on fresh memory: what `eni trace` and *Ask* show.

use super::conntrack::Tracking;
use super::guest;
use super::luck::Luck;
use super::pipeline::Check;
use super::reason::{Code, Evidence};
use super::stage::{Assume, Origin, Question};
use super::too_long;
use super::unreachable;
use super::verdict::{Disposition, Place, Step, Verdict, Walk};
use super::walker::judge;
use crate::addr::{IpAddr, Ipv4Addr};
use crate::id::{EniId, InstanceId, InternetGatewayId, VpnGatewayId};
use crate::model::eni::{AttachmentStatus, Eni};
use crate::model::instance::InstanceState;
use crate::model::network::Network;
use crate::packet::{ECHO_REPLY, ECHO_REQUEST, Packet, TcpFlags, Transport};
use crate::time::Instant;

/// The host of the internet that is meant where none is named.
pub const INTERNET_HOST: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 1);
/// The source port where none is named: the first that systems on instances take.
pub const SOURCE_PORT: u16 = guest::EPHEMERAL.0;

/// How long the packet is where nothing is said.
pub const LENGTH: u16 = 60;

/// An end of a trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    /// An instance: its primary ENI's primary address.
    Instance(InstanceId),
    /// An ENI: its primary address.
    Eni(EniId),
    /// An internet gateway: a host of the internet beyond it.
    InternetGateway(InternetGatewayId),
    /// A virtual private gateway: a host beyond it; its address must be given.
    VpnGateway(VpnGatewayId),
    /// An address: private ones belong to whoever has them, others are of the internet.
    Address(IpAddr),
    /// A host of the internet.
    Internet,
}

/// What to trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TraceRequest {
    /// Who sends.
    pub from: End,
    /// Who shall get it.
    pub to: End,
    /// IANA protocol number.
    pub protocol: u8,
    /// Destination port of TCP and UDP.
    pub port: u16,
    /// Source port of TCP and UDP.
    pub source_port: u16,
    /// Source address, if not the sender's own choice.
    pub source_ip: Option<IpAddr>,
    /// How long the packet is, in bytes.
    pub length: u16,
    /// What is taken for granted.
    pub assume: Assume,
}

impl TraceRequest {
    /// TCP to port 443, as a client would; a service is taken to wait there.
    pub fn new(from: End, to: End) -> TraceRequest {
        let assume = Assume { listening: true, ..Assume::default() };
        TraceRequest { from, to, protocol: 6, port: 443, source_port: SOURCE_PORT, source_ip: None, length: LENGTH, assume }
    }
}

/// Why a trace cannot be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TraceError {
    /// An end is not there.
    #[error("there is no such {0:?}")]
    UnknownEnd(End),
    /// An end has no address that a packet could carry.
    #[error("{0:?} has no address to send from or to")]
    NoAddress(End),
}

/// A packet's way and its answer's.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// What was asked.
    pub request: TraceRequest,
    /// Where the packet started.
    pub origin: Origin,
    /// The packet as it was sent.
    pub packet: Packet,
    /// Its way.
    pub forward: Walk,
    /// The answer's way, where the packet got through and somebody answers; of one that was too long, or for a port of UDP where nobody waits, the way of
    /// the message that says so.
    pub reply: Option<Walk>,
}

impl Trace {
    /// Whether both the packet and its answer got through.
    pub fn got_through(&self) -> bool {
        self.forward.disposition.got_through() && self.reply.as_ref().is_none_or(|reply| reply.disposition.got_through())
    }
}

/// Traces a packet and its answer.
///
/// # Errors
/// An end that is not there, or that has no address.
pub fn trace(network: &Network, request: &TraceRequest) -> Result<Trace, TraceError> {
    follow(network, request, TcpFlags::SYN, &mut Tracking::default(), Instant::ZERO)
}

/// Traces a packet and its answer among others: `tracking` has what was remembered of those before, and of these afterwards. With the flags
/// of a later packet of TCP it is one of a connection that is open (`S38`).
///
/// # Errors
/// An end that is not there, or that has no address.
pub fn follow(
    network: &Network,
    request: &TraceRequest,
    flags: TcpFlags,
    tracking: &mut Tracking,
    now: Instant,
) -> Result<Trace, TraceError> {
    let destination = receiver(network, request)?;
    let (origin, source) = sender(network, request, destination)?;
    let packet = Packet { source, destination, transport: transport_of(request, flags), length: request.length };
    let mut forward = Walk::default();
    judge(&Question { network, tracking, now, assume: request.assume, luck: Luck::Good }, origin, packet, &mut forward);
    receiver_runs(network, request, &mut forward);
    tracking.note(&forward.effects, now);
    let answered = || answer_to(&forward).filter(|_| forward.disposition.got_through());
    let told = || too_long::message(network, &forward).or_else(|| unreachable::message(&forward));
    let reply = told().or_else(answered).map(|(origin, answer)| {
        let mut walk = Walk::default();
        judge(&Question { network, tracking, now, assume: request.assume, luck: Luck::Good }, origin, answer, &mut walk);
        tracking.note(&walk.effects, now);
        walk
    });
    Ok(Trace { request: *request, origin, packet, forward, reply })
}

/// A receiver that does not run is the answer, whatever else would refuse the packet on its way. (The sender's state is the first thing that a walk
/// looks at; of the receiver's, a walk that was stopped on the way knows nothing yet.)
fn receiver_runs(network: &Network, request: &TraceRequest, walk: &mut Walk) {
    let sender = matches!(walk.blocker().map(|step| step.check), Some(Check::SourceRuns | Check::SourceAttached));
    if sender || walk.disposition.got_through() || walk.code() == Some(Code::BadState) {
        return;
    }
    let sent = walk.seen().map(|step| *step.packet).find(|packet| !packet.source.is_unspecified());
    let refused = sent.and_then(|packet| Some((packet, not_running(network, request, receiving_eni(network, request, walk)?)?)));
    if let Some((packet, step)) = refused {
        walk.clear();
        let step = Step { saw: walk.takes(&packet), ..step };
        walk.steps.push(step);
        walk.disposition = Disposition::Denied;
    }
}

/// The ENI that is asked, wherever the packet was stopped.
fn receiving_eni<'a>(network: &'a Network, request: &TraceRequest, walk: &Walk) -> Option<&'a Eni> {
    match request.to {
        End::Instance(id) => network.eni(network.instance(id)?.primary_eni()?),
        End::Eni(id) => network.eni(id),
        End::Address(ip) => {
            let mapped = if let IpAddr::V4(ip) = ip { network.mapping_of_public_ip(ip).map(|(eni, _)| eni) } else { None };
            let senders = walk.steps.iter().find_map(|step| match step.place {
                Place::Eni(id) => network.eni(id).map(|eni| eni.vpc),
                _ => None,
            });
            // A private address means the one of the sender's VPC: others may have it, too.
            mapped.or_else(|| senders.map_or_else(|| network.eni_anywhere(ip), |vpc| network.eni_by_address(vpc, ip)))
        }
        End::Internet | End::InternetGateway(_) | End::VpnGateway(_) => None,
    }
}

/// The check that an ENI's instance does not pass, if it does not run.
fn not_running(network: &Network, request: &TraceRequest, eni: &Eni) -> Option<Step> {
    let attachment = eni.attachment.as_ref().filter(|attachment| attachment.status == AttachmentStatus::Attached)?;
    let instance = network.instance(attachment.instance)?;
    if instance.state == InstanceState::Running || (request.assume.running && !instance.state.is_gone()) {
        return None;
    }
    let (status, state) = (Some(attachment.status), Some(instance.state));
    Some(Step {
        place: Place::Eni(eni.id),
        saw: 0,
        check: Check::DestinationRuns,
        verdict: Verdict::Deny,
        evidence: Evidence::Attachment { eni: eni.id, instance: Some(instance.id), status, state, assumed: false },
        code: Some(Code::BadState),
        rule: "P-I5",
        mark: None,
    })
}

/// The answer to a packet that arrived, and where it starts.
pub(crate) fn answer_to(walk: &Walk) -> Option<(Origin, Packet)> {
    let arrival = walk.arrived?;
    let origin = match (arrival.place, arrival.instance, arrival.eni) {
        (_, Some(instance), _) => Origin::Instance(instance),
        (Place::Internet, ..) => Origin::Internet,
        (Place::VpnGateway(gateway), ..) => Origin::VpnGateway(gateway),
        (Place::Endpoint(endpoint), ..) => Origin::Endpoint(endpoint),
        (_, None, Some(eni)) => Origin::Eni(eni),
        _ => return None,
    };
    Some((origin, answer(&arrival.packet)?))
}

/// A packet as it leaves its sender. A guest that chooses its source address leaves it open; the first step after the choice has it, and one that
/// was stopped before it chose would have taken the address of the ENI that it sends by (`G8`).
pub fn as_sent(network: &Network, sent: &Packet, walk: &Walk) -> Packet {
    let mut packet = *walk.seen().map(|step| step.packet).find(|packet| !packet.source.is_unspecified()).unwrap_or(sent);
    if let (true, Some(Place::Guest(id))) = (packet.source.is_unspecified(), walk.steps.first().map(|step| step.place)) {
        let chosen = network.instance(id).and_then(|instance| guest::source_for(network, instance, packet.destination));
        packet.source = chosen.unwrap_or(packet.source);
    }
    packet
}

/// What a willing host answers to a packet: the second packet of the handshake, an echo reply, a datagram back. `None` for what nobody answers.
pub fn answer(packet: &Packet) -> Option<Packet> {
    let transport = match packet.transport {
        Transport::Tcp { source, destination, flags, sequence, acknowledgement } => {
            let flags = if flags.has(TcpFlags::SYN) { TcpFlags::SYN_ACK } else { TcpFlags::ACK };
            Transport::Tcp {
                source: destination,
                destination: source,
                flags,
                sequence: acknowledgement,
                acknowledgement: sequence.wrapping_add(1),
            }
        }
        Transport::Udp { source, destination } => Transport::Udp { source: destination, destination: source },
        Transport::Icmp { kind, code, id, sequence } => {
            let kind = ECHO_REQUEST.iter().zip(ECHO_REPLY).find(|(ask, _)| **ask == kind).map(|(_, reply)| reply)?;
            Transport::Icmp { kind, code, id, sequence }
        }
        Transport::Other(number) => Transport::Other(number),
    };
    Some(Packet { source: packet.destination, destination: packet.source, transport, length: packet.length })
}

pub(crate) fn transport_of(request: &TraceRequest, flags: TcpFlags) -> Transport {
    let (source, destination) = (request.source_port, request.port);
    match request.protocol {
        6 => Transport::Tcp { source, destination, flags, sequence: 0, acknowledgement: 0 },
        17 => Transport::Udp { source, destination },
        1 => Transport::Icmp { kind: 8, code: 0, id: source, sequence: 1 },
        58 => Transport::Icmp { kind: 128, code: 0, id: source, sequence: 1 },
        other => Transport::Other(other),
    }
}

/// Where the packet starts, and its source address.
fn sender(network: &Network, request: &TraceRequest, destination: IpAddr) -> Result<(Origin, IpAddr), TraceError> {
    let unknown = TraceError::UnknownEnd(request.from);
    let missing = TraceError::NoAddress(request.from);
    let outside = |ip: Option<IpAddr>| ip.unwrap_or(IpAddr::V4(INTERNET_HOST));
    match request.from {
        End::Instance(id) => {
            let instance = network.instance(id).ok_or(unknown)?;
            let source = request.source_ip.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
            // An address that is not the guest's own can only be forged, on the wire of its first ENI.
            let forged = !source.is_unspecified() && guest::has_address(network, instance, source).is_none();
            match instance.primary_eni().filter(|_| forged) {
                Some(eni) => Ok((Origin::Eni(eni), source)),
                None => Ok((Origin::Instance(id), source)),
            }
        }
        End::Eni(id) => {
            let eni = network.eni(id).ok_or(unknown)?;
            let source = request.source_ip.or_else(|| eni.address_towards(destination)).ok_or(missing)?;
            Ok((Origin::Eni(id), source))
        }
        End::InternetGateway(id) => network.internet_gateway(id).ok_or(unknown).map(|_| (Origin::Internet, outside(request.source_ip))),
        End::VpnGateway(id) => {
            network.vpn_gateway(id).ok_or(unknown)?;
            Ok((Origin::VpnGateway(id), request.source_ip.ok_or(missing)?))
        }
        End::Address(ip) => match network.eni_anywhere(ip) {
            Some(eni) => Ok((guest::origin_of(eni), request.source_ip.unwrap_or(ip))),
            None => {
                let source = request.source_ip.unwrap_or(ip);
                Ok((Origin::outside(network, source), source))
            }
        },
        End::Internet => Ok((Origin::Internet, outside(request.source_ip))),
    }
}

/// The address that the packet is for. Seen from the internet an instance is its public address, if it has one.
fn receiver(network: &Network, request: &TraceRequest) -> Result<IpAddr, TraceError> {
    let unknown = TraceError::UnknownEnd(request.to);
    let missing = TraceError::NoAddress(request.to);
    let eni = match request.to {
        End::Address(ip) => return Ok(ip),
        End::Internet => return Ok(IpAddr::V4(INTERNET_HOST)),
        End::InternetGateway(id) => return network.internet_gateway(id).ok_or(unknown).map(|_| IpAddr::V4(INTERNET_HOST)),
        End::VpnGateway(_) => return Err(missing),
        End::Eni(id) => network.eni(id).ok_or(unknown)?,
        End::Instance(id) => {
            let primary = network.instance(id).ok_or(unknown)?.primary_eni().ok_or(missing)?;
            network.eni(primary).ok_or(missing)?
        }
    };
    let from_outside = matches!(request.from, End::Internet | End::InternetGateway(_));
    let address = eni.addresses.first().ok_or(missing)?;
    let public = address.public.filter(|_| from_outside).map(|public| public.ip);
    Ok(IpAddr::V4(public.unwrap_or(address.ip)))
}
