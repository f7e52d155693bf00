//! The interfaces of a guest under the names that its system gives them.

use super::Guest;
use eni_core::addr::{IpAddr, Ipv4Addr};
use eni_core::dataplane::guest::{device_name, exit, has_configured, interfaces, own_metric};
use eni_core::dataplane::reason::GuestRouting;
use eni_core::model::by_hand::JUMBO;
use eni_core::model::eni::Eni;
use eni_core::model::vpc::Subnet;

/// An interface.
pub struct Link<'g> {
    /// What its system calls it: `ens5`, on types before Nitro `eth0`.
    pub name: String,
    /// The index of its device, and the network card that it is on.
    pub device: (u16, u16),
    /// Its number among all, from 0.
    pub place: u32,
    /// The ENI.
    pub eni: &'g Eni,
    /// The ENI's subnet.
    pub subnet: &'g Subnet,
}

/// The interfaces, in the order in which the guest prefers them.
pub fn links<'g>(guest: &Guest<'g>) -> Vec<Link<'g>> {
    let network = &guest.scenario.network;
    let all = interfaces(network, guest.instance).filter_map(|eni| {
        let attachment = eni.attachment.as_ref()?;
        let device = (attachment.device_index, attachment.network_card);
        Some((device_name(guest.instance, eni)?, device, eni, network.subnet(eni.subnet)?))
    });
    (0..).zip(all).map(|(place, (name, device, eni, subnet))| Link { name, device, place, eni, subnet }).collect()
}

impl Link<'_> {
    /// How much its routes cost: less is preferred (`G1`).
    pub fn metric(&self, guest: &Guest<'_>) -> u32 {
        own_metric(guest.instance.guest.flavour, self.place)
    }

    /// The table of its own that packets from its addresses are routed by, where the guest has one (`G5`). For the first one it is the main table.
    pub fn table(&self, guest: &Guest<'_>) -> Option<u32> {
        (guest.instance.guest.policy_routing && self.place > 0).then(|| 10_000 + self.place)
    }

    /// The IPv4 addresses that the guest has configured on it (`E62`); the first is the primary one, the last are those that AWS does not know of.
    pub fn addresses(&self, guest: &Guest<'_>) -> Vec<Ipv4Addr> {
        let system = &guest.instance.guest;
        let known = self.eni.addresses.iter().map(|address| address.ip);
        let foreign = system.configured.iter().filter(|(eni, ip)| *eni == self.eni.id && self.eni.address(*ip).is_none());
        known.filter(|ip| has_configured(system, self.eni, IpAddr::V4(*ip))).chain(foreign.map(|(_, ip)| *ip)).collect()
    }
}

/// How long a packet may be at most on the interface that it leaves by, from an address of its own or from where the guest chooses.
pub fn size_towards(guest: &Guest<'_>, from: Option<Ipv4Addr>, to: IpAddr) -> u16 {
    let from = from.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), IpAddr::V4);
    let chosen = exit(guest.network(), guest.instance, from, to);
    match chosen.by {
        GuestRouting::Local => u16::MAX,
        _ => chosen.eni.map_or(JUMBO, |eni| guest.instance.guest.size_of(eni.id)),
    }
}
