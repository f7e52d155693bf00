//! What the system on an instance does with packets: which ENI it sends by, which addresses it knows, what waits on its ports (`G1` to `G10`).

mod by_hand;

use super::reason::GuestRouting;
use super::stage::Origin;
use crate::addr::{IpAddr, Ipv4Addr, Ipv6Addr};
use crate::id::EniId;
use crate::model::eni::Eni;
use crate::model::instance::{Guest, GuestFlavour, Instance, ListenerProtocol};
use crate::model::network::Network;
use crate::packet::{Packet, Transport};

/// Where the instance metadata service is asked (`I7`).
pub const METADATA: Ipv4Addr = Ipv4Addr::new(169, 254, 169, 254);

/// The ports that a guest begins conversations from, the first and the last: those of Linux (`net.ipv4.ip_local_port_range`, `N11`).
pub const EPHEMERAL: (u16, u16) = (32_768, 60_999);

/// The ENI that a guest sends a packet by, and how it chose.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exit<'a> {
    /// The ENI; `None` where nothing can be sent, and for an address of the guest's own.
    pub eni: Option<&'a Eni>,
    /// How it was chosen.
    pub by: GuestRouting,
    /// The address that the route wants a new conversation to begin from, if it says so.
    pub source: Option<Ipv4Addr>,
}

impl<'a> Exit<'a> {
    const fn of(eni: Option<&'a Eni>, by: GuestRouting) -> Exit<'a> {
        Exit { eni, by, source: None }
    }
}

/// The ENIs that carry packets for an instance, by card and device index.
pub fn interfaces<'a>(network: &'a Network, instance: &'a Instance) -> impl Iterator<Item = &'a Eni> {
    instance.enis.values().filter_map(|id| network.eni(*id)).filter(move |eni| eni.attached_instance() == Some(instance.id))
}

/// What the system calls an interface: `ens5`, on types before Nitro `eth0` (`G15`).
pub fn device_name(instance: &Instance, eni: &Eni) -> Option<String> {
    let attachment = eni.attachment.as_ref()?;
    let index = u32::from(attachment.device_index) + 32 * u32::from(attachment.network_card);
    Some(if instance.instance_type.is_nitro() { format!("ens{}", index + 5) } else { format!("eth{index}") })
}

/// The first of them that fits, found in plain loops: every packet asks for some.
#[inline(always)]
fn interface<'a>(network: &'a Network, instance: &'a Instance, mut fits: impl FnMut(&'a Eni) -> bool) -> Option<&'a Eni> {
    let mut found = None;
    instance.enis.search(|_, id| {
        found = network.eni(*id).filter(|eni| eni.attached_instance() == Some(instance.id) && fits(eni));
        found.is_some()
    });
    found
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
    interface(network, instance, |eni| has_configured(&instance.guest, eni, ip))
}

/// The ENI by which a guest sends a packet of its own. An unspecified source means that it chooses one itself (`G8`).
pub fn exit<'a>(network: &'a Network, instance: &'a Instance, source: IpAddr, destination: IpAddr) -> Exit<'a> {
    let (mut owner, mut own) = (None, None);
    interface(network, instance, |eni| {
        owner = owner.or_else(|| has_configured(&instance.guest, eni, source).then_some(eni));
        own = own.or_else(|| has_configured(&instance.guest, eni, destination).then_some(eni));
        false
    });
    if owner.is_none() && !source.is_unspecified() && !(source.is_loopback() && destination.is_loopback()) {
        return Exit::of(None, GuestRouting::ForeignSource);
    }
    if own.is_some() {
        return Exit::of(own, GuestRouting::Local);
    }
    routed(network, instance, owner, source, destination)
}

/// The ENI by which a guest sends on what is not its own, whatever is its source.
pub fn onward<'a>(network: &'a Network, instance: &'a Instance, source: IpAddr, destination: IpAddr) -> Exit<'a> {
    routed(network, instance, None, source, destination)
}

/// By what somebody set, by the table of the source's owner, or by destination. What is for the system itself (127.0.0.0/8) goes by none of these.
fn routed<'a>(network: &'a Network, instance: &'a Instance, owner: Option<&'a Eni>, source: IpAddr, destination: IpAddr) -> Exit<'a> {
    if destination.is_loopback() {
        let own = destination.is_ipv4().then_some(Ipv4Addr::LOCALHOST);
        return Exit { eni: interfaces(network, instance).next(), by: GuestRouting::Local, source: own };
    }
    if let (Some(hand), IpAddr::V4(source), IpAddr::V4(destination)) = (&instance.guest.by_hand, source, destination) {
        return by_hand::Lookup { network, instance, hand, owner, source, destination }.exit();
    }
    match owner {
        Some(eni) if instance.guest.policy_routing => Exit::of(Some(eni), GuestRouting::Policy),
        _ => exit_by_destination(network, instance, destination),
    }
}

/// The ENI by which a guest in which nobody set anything sends whatever goes to a destination: connected routes first, then the default route of
/// the first ENI (`G1`, `G4`). An interface without an address of that family has no routes of it.
fn exit_by_destination<'a>(network: &'a Network, instance: &'a Instance, destination: IpAddr) -> Exit<'a> {
    let speaking = || interfaces(network, instance).filter(|eni| eni.address_towards(destination).is_some());
    let connected = |eni: &&Eni| network.subnet(eni.subnet).is_some_and(|subnet| subnet.holds(destination));
    if let Some(eni) = speaking().find(connected) {
        return Exit::of(Some(eni), GuestRouting::Connected);
    }
    match speaking().next() {
        Some(eni) => Exit::of(Some(eni), GuestRouting::Default),
        None if interfaces(network, instance).next().is_some() => Exit::of(None, GuestRouting::Unreachable),
        None => Exit::of(None, GuestRouting::NoInterface),
    }
}

/// The address that a guest puts on a new conversation if nobody binds it to another (`G8`).
pub fn source_for(network: &Network, instance: &Instance, destination: IpAddr) -> Option<IpAddr> {
    if configured_on(network, instance, destination).is_some() {
        return Some(destination);
    }
    let nobody = if destination.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { IpAddr::V6(Ipv6Addr::UNSPECIFIED) };
    let exit = onward(network, instance, nobody, destination);
    exit.eni.and_then(|eni| exit.source.map(IpAddr::V4).or_else(|| eni.address_towards(destination)))
}

/// How much the routes cost that a system makes by itself for the interface of this place, counted from 0: less is preferred (`G1`).
pub const fn own_metric(flavour: GuestFlavour, place: u32) -> u32 {
    match flavour {
        GuestFlavour::Plain => 100 * (place + 1),
        GuestFlavour::PolicyRouting | GuestFlavour::Router => 512 + 10 * place,
    }
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
