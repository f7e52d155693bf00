//! What the system on an instance does with packets: which ENI it sends by, which addresses it knows, what waits on its ports (`G1` to `G10`).

use super::reason::GuestRouting;
use super::stage::Origin;
use crate::addr::{IpAddr, Ipv4Addr};
use crate::id::EniId;
use crate::model::eni::Eni;
use crate::model::instance::{Guest, Instance, ListenerProtocol};
use crate::model::network::Network;
use crate::packet::{Packet, Transport};

/// Where the instance metadata service is asked (`I7`).
pub const METADATA: Ipv4Addr = Ipv4Addr::new(169, 254, 169, 254);

/// The ENI that a guest sends a packet by, and how it chose.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exit<'a> {
    /// The ENI; `None` where nothing can be sent, and for an address of the guest's own.
    pub eni: Option<&'a Eni>,
    /// How it was chosen.
    pub by: GuestRouting,
}

/// The ENIs that carry packets for an instance, by card and device index.
pub fn interfaces<'a>(network: &'a Network, instance: &'a Instance) -> impl Iterator<Item = &'a Eni> {
    instance.enis.values().filter_map(|id| network.eni(*id)).filter(move |eni| eni.attached_instance() == Some(instance.id))
}

/// Whether the guest has configured an address of an ENI: the primary one always, others by itself or by hand (`E62`).
pub fn has_configured(guest: &Guest, eni: &Eni, ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) if eni.primary_ip() == Some(ip) => true,
        IpAddr::V4(ip) => (guest.configures_secondaries && eni.address(ip).is_some()) || guest.configured.contains(&(eni.id, ip)),
        IpAddr::V6(ip) => eni.ipv6_addresses.contains(&ip),
    }
}

/// The ENI of an instance on which the guest has configured an address.
pub fn configured_on<'a>(network: &'a Network, instance: &'a Instance, ip: IpAddr) -> Option<&'a Eni> {
    interfaces(network, instance).find(|eni| has_configured(&instance.guest, eni, ip))
}

/// The ENI by which a guest sends a packet of its own. An unspecified source means that it chooses one itself (`G8`).
pub fn exit<'a>(network: &'a Network, instance: &'a Instance, source: IpAddr, destination: IpAddr) -> Exit<'a> {
    let owner = configured_on(network, instance, source);
    if owner.is_none() && !source.is_unspecified() {
        return Exit { eni: None, by: GuestRouting::ForeignSource };
    }
    if let Some(own) = configured_on(network, instance, destination) {
        return Exit { eni: Some(own), by: GuestRouting::Local };
    }
    match owner {
        Some(eni) if instance.guest.policy_routing => Exit { eni: Some(eni), by: GuestRouting::Policy },
        _ => exit_by_destination(network, instance, destination),
    }
}

/// The ENI by which a guest sends whatever goes to a destination: connected routes first, then the default route of the first ENI (`G1`, `G4`).
pub fn exit_by_destination<'a>(network: &'a Network, instance: &'a Instance, destination: IpAddr) -> Exit<'a> {
    let connected = |eni: &&Eni| network.subnet(eni.subnet).is_some_and(|subnet| subnet.holds(destination));
    if let Some(eni) = interfaces(network, instance).find(connected) {
        return Exit { eni: Some(eni), by: GuestRouting::Connected };
    }
    match interfaces(network, instance).next() {
        Some(eni) => Exit { eni: Some(eni), by: GuestRouting::Default },
        None => Exit { eni: None, by: GuestRouting::NoInterface },
    }
}

/// The address that a guest puts on a new conversation if nobody binds it to another (`G8`).
pub fn source_for(network: &Network, instance: &Instance, destination: IpAddr) -> Option<IpAddr> {
    if configured_on(network, instance, destination).is_some() {
        return Some(destination);
    }
    exit_by_destination(network, instance, destination).eni.and_then(|eni| eni.address_towards(destination))
}

/// Whether a service of the guest waits for a packet. Protocols without ports have none; ICMP is answered by the system itself.
pub fn listens(guest: &Guest, packet: &Packet) -> bool {
    let (protocol, port) = match packet.transport {
        Transport::Tcp { destination, .. } => (ListenerProtocol::Tcp, destination),
        Transport::Udp { destination, .. } => (ListenerProtocol::Udp, destination),
        Transport::Icmp { .. } => return true,
        Transport::Other(_) => return false,
    };
    guest.listeners.iter().any(|listener| {
        listener.protocol == protocol
            && listener.ports.contains(port)
            && listener.address.is_none_or(|address| IpAddr::V4(address) == packet.destination)
    })
}

/// Who sends what comes from an ENI: the guest that it is attached to, or the ENI itself.
pub fn origin_of(eni: &Eni) -> Origin {
    eni.attachment.as_ref().map_or(Origin::Eni(eni.id), |attachment| Origin::Instance(attachment.instance))
}

/// Whether an address belongs to an ENI of an instance, configured or not.
pub(crate) fn has_address(network: &Network, instance: &Instance, ip: IpAddr) -> Option<EniId> {
    interfaces(network, instance).find(|eni| eni.owns(ip)).map(|eni| eni.id)
}
