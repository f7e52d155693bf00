//! Names become ends: an instance, an ENI or an address, by id or by name.

use crate::act::Asking;
use crate::view::board::RefusalView;
use crate::view::make::Maker;
use crate::words::{Key, RefusalKey};
use crate::world::{World, name_of};
use eni_core::addr::{IpAddr, Ipv4Addr};
use eni_core::id::{EniId, InstanceId};
use eni_core::model::eni::Eni;
use eni_core::model::function::Function;
use eni_core::model::network::Network;
use eni_core::model::vpn::CustomerGateway;
use eni_core::sim::client::{ClientSpec, Conversation, ProbeSpec, Protocol, Source, Target};
use eni_core::time::Duration;

/// The host of the internet that asks when nobody says which.
const INTERNET: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 1);
/// The address by which functions in no VPC ask (`M`): they have no one of their own.
pub const LAMBDA: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 250);
/// After how long an answer comes too late.
const TIMEOUT: Duration = Duration::from_millis(600);
/// The pause of a client that was not told one.
const INTERVAL_MS: u64 = 1_000;

/// The instance of an id or a name. Of several with one name, the first that is not gone.
pub fn instance(network: &Network, text: &str) -> Option<InstanceId> {
    if let Ok(id) = text.parse() {
        return network.instance(id).map(|instance| instance.id);
    }
    let mut named = network.instances().filter(|instance| name_of(&instance.tags, &instance.id) == text);
    let first = named.clone().find(|instance| !instance.enis.is_empty());
    first.or_else(|| named.next()).map(|instance| instance.id)
}

/// The ENI of an id or a name.
pub fn eni(network: &Network, text: &str) -> Option<EniId> {
    if let Ok(id) = text.parse() {
        return network.eni(id).map(|eni| eni.id);
    }
    network.enis().find(|eni| name_of(&eni.tags, &eni.id) == text).map(|eni| eni.id)
}

/// The id of a subnet, an ENI or a group that is called so; the text itself if nothing is.
pub fn id_of(network: &Network, text: &str) -> String {
    let subnets = network.subnets().map(|subnet| (name_of(&subnet.tags, &subnet.id), subnet.id.to_string()));
    let enis = network.enis().map(|eni| (name_of(&eni.tags, &eni.id), eni.id.to_string()));
    let groups = network.groups().map(|group| (group.name.clone(), group.id.to_string()));
    let found = subnets.chain(enis).chain(groups).find(|(name, id)| name == text || id == text);
    found.map_or_else(|| text.to_owned(), |(_, id)| id)
}

/// What a client is told, from names.
///
/// # Errors
/// An end that is not there, or a protocol that no client speaks.
pub fn client_spec(world: &World, maker: &Maker<'_>, asking: &Asking) -> Result<ClientSpec, Box<RefusalView>> {
    let network = world.network();
    let from = source(network, &asking.from).ok_or_else(|| match loose_eni(network, &asking.from) {
        Some(eni) => maker.eni_sends_nothing(eni),
        None => maker.no_such_end(&asking.from),
    })?;
    let from = match from {
        Source::Instance { instance, .. } if asking.source_ip.is_some() => Source::Instance { instance, address: asking.source_ip },
        from => from,
    };
    let to = target(network, &asking.to, from).ok_or_else(|| maker.no_such_end(&asking.to))?;
    let protocol = match asking.protocol.as_str() {
        "tcp" | "udp" if asking.port == 0 => {
            return Err(maker.refused_here(maker.say(Key::PortMissing), RefusalKey::Between { least: "1", most: "65535" }));
        }
        "tcp" => Protocol::Tcp(asking.port),
        "udp" => Protocol::Udp(asking.port),
        "icmp" => Protocol::Icmp,
        other => return Err(maker.refused_here(maker.say(Key::UnknownProtocol { protocol: other }), RefusalKey::TcpUdpIcmp)),
    };
    let every = if asking.every_ms == 0 { INTERVAL_MS } else { asking.every_ms };
    let timeout = if asking.timeout_ms == 0 { TIMEOUT } else { Duration::from_millis(asking.timeout_ms) };
    Ok(ClientSpec {
        name: if asking.name.is_empty() { source_name(maker, from) } else { asking.name.clone() },
        probe: ProbeSpec { from, to, protocol, timeout },
        interval: Duration::from_millis(every),
        conversation: Conversation::NewEachTime,
    })
}

/// What people call an asking end that was given no name.
pub fn source_name(maker: &Maker<'_>, from: Source) -> String {
    match from {
        Source::Instance { instance, .. } => maker.instance_name(instance),
        // The world does not depend on the language, and this becomes a name in it.
        Source::Internet { address } if address == INTERNET => "internet".to_owned(),
        Source::Internet { address } | Source::Node { address, .. } => address.to_string(),
        Source::Function { eni, .. } => maker.function_behind(eni),
    }
}

/// What people call an asked end: the name of an instance or ENI, whatever it was asked by.
pub fn asked_name(maker: &Maker<'_>, text: &str) -> String {
    if let Some(id) = instance(maker.network, text) {
        return maker.instance_name(id);
    }
    eni(maker.network, text).map_or_else(|| text.to_owned(), |id| maker.eni_name(id))
}

fn source(network: &Network, text: &str) -> Option<Source> {
    if text == "internet" {
        return Some(Source::Internet { address: INTERNET });
    }
    if let Some(id) = instance(network, text) {
        return Some(Source::Instance { instance: id, address: None });
    }
    if let Some(function) = network.function(text) {
        return function_source(network, function);
    }
    let of_eni = |id: EniId| {
        let eni = network.eni(id)?;
        if network.function_eni(id).is_some() {
            return Some(Source::Function { eni: id, address: eni.primary_ip()? });
        }
        Some(Source::Instance { instance: eni.attachment.as_ref()?.instance, address: eni.primary_ip() })
    };
    if let Some(id) = eni(network, text) {
        return of_eni(id);
    }
    if let Some(address) = host_of_office(network, text) {
        return Some(Source::Internet { address });
    }
    let address: Ipv4Addr = text.parse().ok()?;
    if let Some((eni, private)) = holder(network, address) {
        return Some(Source::Instance { instance: eni.attachment.as_ref()?.instance, address: Some(private) });
    }
    // An address of this region that nobody has sends nothing: no host of the internet may use it either.
    let ours = network.vpcs().any(|vpc| vpc.contains(address)) || network.elastic_ip_by_address(address).is_some();
    (!ours).then_some(Source::Internet { address })
}

/// The host behind a customer gateway of this id or name.
fn host_of_office(network: &Network, text: &str) -> Option<Ipv4Addr> {
    let is_it = |gateway: &&CustomerGateway| name_of(&gateway.tags, &gateway.id) == text || gateway.id.to_string() == text;
    network.host_behind(network.customer_gateways().find(is_it)?.id)
}

/// How a function asks: through its network interface, or, in no VPC, as a host of the internet.
fn function_source(network: &Network, function: &Function) -> Option<Source> {
    if function.vpc.is_none() {
        return Some(Source::Internet { address: LAMBDA });
    }
    let eni = network.enis_of_function(function).into_iter().next()?;
    Some(Source::Function { eni: eni.id, address: eni.primary_ip()? })
}

/// Who sends with an address, and with which private one: what is public at the internet gateway is private behind it.
fn holder(network: &Network, address: Ipv4Addr) -> Option<(&Eni, Ipv4Addr)> {
    let mapped = network.mapping_of_public_ip(address);
    mapped.or_else(|| network.enis().find(|eni| eni.address(address).is_some()).map(|eni| (eni, address)))
}

/// The ENI of an id, a name or an address that is in no instance.
fn loose_eni(network: &Network, text: &str) -> Option<EniId> {
    let by_address = || holder(network, text.parse().ok()?).map(|(eni, _)| eni.id);
    eni(network, text).or_else(by_address).filter(|id| network.eni(*id).is_some_and(|eni| eni.attachment.is_none()))
}

fn target(network: &Network, text: &str, from: Source) -> Option<Target> {
    if text == "internet" {
        return Some(Target::Address(IpAddr::V4(INTERNET)));
    }
    let named = match instance(network, text) {
        Some(id) => Some(network.instance(id)?.primary_eni()?),
        None => eni(network, text),
    };
    match (named, from) {
        (Some(eni), Source::Internet { address }) if network.on_premises(address.into()).is_none() => Some(Target::PublicOf(eni)),
        (Some(eni), _) => Some(Target::PrivateOf(eni)),
        (None, _) => text.parse().ok().or_else(|| host_of_office(network, text).map(IpAddr::V4)).map(Target::Address),
    }
}
