//! What the resolver of a VPC answers: the second address of its first block, which knows the private zones that the VPC sees, the names of the
//! region's own addresses, and a handful of the rest of the world (`L12`, `L13`, `L14`, `A35`, `G14`).

use super::internet::{PublicHost, address_of_service, service_named};
use crate::addr::{Ipv4Addr, Ipv6Addr};
use crate::id::{EndpointId, EniId, FileSystemId, HostedZoneId, LoadBalancerId, VpcId};
use crate::model::Zone;
use crate::model::dhcp_options::domain_of;
use crate::model::dns_name::DnsName;
use crate::model::endpoint::{EndpointState, is_named, words_of_name};
use crate::model::file_system::MountTargetState;
use crate::model::hosted_zone::{HostedZone, RecordSet, RecordType};
use crate::model::load_balancer::domain;
use crate::model::network::Network;
use crate::model::peering::{Peering, PeeringState};
use crate::model::vpc::Vpc;

/// How long, in seconds, answers about addresses of the region are good (`M`).
const OWN_TTL: u32 = 60;
/// How many other names a question may be led to.
const LONGEST_CHAIN: usize = 8;
/// The authority of the names that nobody here knows: the root's.
const ROOT: &str = "a.root-servers.net. nstld.verisign-grs.com. 2026010100 1800 900 604800 86400";
/// How long, in seconds, that is good.
const ROOT_TTL: u32 = 900;

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The resolver's address.
    pub server: Ipv4Addr,
    /// How it went.
    pub status: Status,
    /// The records, from name to name.
    pub records: Vec<Record>,
    /// Where there is no record of the type: the authority that says so.
    pub authority: Option<Record>,
    /// What decided, name by name.
    pub decided: Vec<Decided>,
}

/// How a question went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It was answered, with records or by saying that the name has none of the type.
    NoError,
    /// There is no such name.
    NoSuchName,
    /// It was given up: one name led to another too often.
    Failed,
    /// Nobody answered: the VPC has no resolver (`L14`).
    TimedOut,
}

/// One record of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The name.
    pub name: DnsName,
    /// How long it is good, in seconds.
    pub ttl: u32,
    /// The type.
    pub kind: RecordType,
    /// The value.
    pub value: String,
}

/// What decided what a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// The VPC's `enableDnsSupport` is off (`L14`).
    NoSupport(VpcId),
    /// A private zone that the VPC sees has the name, or says that there is none (`L12`).
    Zone(HostedZoneId),
    /// A zone has the name, and the VPC is associated with it, but its `enableDnsHostnames` is off (`L12`, `L14`).
    NoHostnames(HostedZoneId, VpcId),
    /// A zone has the name, and the VPC is not associated with it (`L12`).
    NotAssociated(HostedZoneId, VpcId),
    /// It is the private name of this ENI's address (`L13`).
    PrivateName(EniId),
    /// It is a public name of this ENI's, asked for in its VPC: the private address (`A35`).
    PublicNameInside(EniId),
    /// It is a public name of this ENI's, asked for elsewhere: the public address (`A35`).
    PublicNameOutside(EniId),
    /// It is a service's own name, which leads to this endpoint (`P42`).
    Endpoint(EndpointId),
    /// It is the name of this load balancer (`R71`).
    Balancer(LoadBalancerId),
    /// It is the name of a file system, which leads to this ENI of its mount target in the zone (`R99`).
    MountTarget(EniId),
    /// It is the name of a file system without a mount target there (`R99`).
    NoMountTarget(FileSystemId),
    /// It is a host of the internet that is known here (`G14`).
    Public,
    /// Nobody here knows it.
    Nobody,
}

/// The resolver's address: the second of the VPC's first block (`I7`).
pub fn server_of(vpc: &Vpc) -> Ipv4Addr {
    let base = vpc.cidrs.first().map_or(0, |block| u32::from(block.cidr.network()));
    Ipv4Addr::from(base.saturating_add(2))
}

/// What the resolver of a VPC answers to whoever asks it from inside, in a zone that nobody knows.
pub fn resolve(network: &Network, vpc: &Vpc, name: &DnsName, kind: RecordType) -> Answer {
    resolve_in(network, (vpc, None), name, kind)
}

/// What the resolver of a VPC answers to whoever asks it from a zone: names of file systems lead to the mount target there (`R99`).
pub fn resolve_in(network: &Network, (vpc, zone): (&Vpc, Option<&Zone>), name: &DnsName, kind: RecordType) -> Answer {
    let mut answer = Answer { server: server_of(vpc), status: Status::NoError, records: Vec::new(), authority: None, decided: Vec::new() };
    if !vpc.dns_support {
        answer.decided.push(Decided::NoSupport(vpc.id));
        return Answer { status: Status::TimedOut, ..answer };
    }
    let mut name = name.clone();
    for _ in 0..=LONGEST_CHAIN {
        let found = look_up(network, (vpc, zone), &name, kind);
        answer.decided.push(found.decided);
        let next = found.records.iter().find(|record| record.kind == RecordType::Cname).map(|record| DnsName::read(&record.value));
        answer.records.extend(found.records);
        match next {
            Some(Ok(next)) if kind != RecordType::Cname => name = next,
            _ => return Answer { status: found.status, authority: found.authority, ..answer },
        }
    }
    Answer { status: Status::Failed, records: Vec::new(), ..answer }
}

/// What is known of one name.
struct Found {
    status: Status,
    records: Vec<Record>,
    authority: Option<Record>,
    decided: Decided,
}

fn look_up(network: &Network, (vpc, zone): (&Vpc, Option<&Zone>), name: &DnsName, kind: RecordType) -> Found {
    let own = own_name(network, vpc, name).or_else(|| file_system(network, (vpc, zone), name));
    // The longest zone wins; the region's own names are a zone, too.
    let seen = network.zones_of_vpc(vpc.id).filter(|zone| vpc.dns_hostnames && name.is_in(&zone.name));
    let zone = seen.max_by_key(|zone| zone.name.labels());
    match (zone, own) {
        (Some(zone), Some(own)) if own.1 > zone.name.labels() => own_answer(name, kind, &own.0),
        (Some(zone), _) => of_zone(zone, name, kind),
        (None, Some(own)) => own_answer(name, kind, &own.0),
        (None, None) => nobody(network, vpc, name),
    }
}

/// What a zone says, and the zone alone: what it does not know is not asked for elsewhere (`L12`).
fn of_zone(zone: &HostedZone, name: &DnsName, kind: RecordType) -> Found {
    let decided = Decided::Zone(zone.id);
    let authority = zone.records.get(&(zone.name.clone(), RecordType::Soa)).map(|set| authority(&zone.name, set));
    let Some(holder) = holder(zone, name) else {
        return Found { status: Status::NoSuchName, records: Vec::new(), authority, decided };
    };
    let wanted = zone.records_of(&holder).filter(|(of, _)| *of == kind || *of == RecordType::Cname);
    let records: Vec<Record> = wanted.flat_map(|(kind, set)| records(name, kind, set)).collect();
    let authority = if records.is_empty() { authority } else { None };
    Found { status: Status::NoError, records, authority, decided }
}

/// The name whose records answer for a name: itself, or the star nearest above it.
fn holder(zone: &HostedZone, name: &DnsName) -> Option<DnsName> {
    if zone.has_name(name) {
        return Some(name.clone());
    }
    let mut above = name.parent();
    while let Some(parent) = above.filter(|parent| parent.is_in(&zone.name)) {
        let star = parent.wildcard();
        if zone.records_of(&star).next().is_some() {
            return Some(star);
        }
        if zone.has_name(&parent) {
            return None;
        }
        above = parent.parent();
    }
    None
}

fn records(name: &DnsName, kind: RecordType, set: &RecordSet) -> Vec<Record> {
    set.values.iter().map(|value| Record { name: name.clone(), ttl: set.ttl, kind, value: value.clone() }).collect()
}

/// How long "there is none" is good: the authority's time, or its last number where that is less.
fn authority(name: &DnsName, set: &RecordSet) -> Record {
    let value = set.values.first().cloned().unwrap_or_default();
    let least = value.split_whitespace().last().and_then(|word| word.parse().ok()).unwrap_or(set.ttl);
    Record { name: name.clone(), ttl: set.ttl.min(least), kind: RecordType::Soa, value }
}

/// A name that the region itself knows.
struct Own {
    addresses: Vec<Ipv4Addr>,
    ipv6: Option<Ipv6Addr>,
    pointer: Option<String>,
    decided: Decided,
}

fn own_answer(name: &DnsName, kind: RecordType, own: &Own) -> Found {
    if let Decided::NoMountTarget(_) = own.decided {
        return Found { status: Status::NoSuchName, records: Vec::new(), authority: root(), decided: own.decided };
    }
    let record = |value: String| Record { name: name.clone(), ttl: OWN_TTL, kind, value };
    let records = match kind {
        RecordType::A => own.addresses.iter().map(|ip| record(ip.to_string())).collect(),
        RecordType::Aaaa => own.ipv6.iter().map(|ip| record(ip.to_string())).collect(),
        RecordType::Ptr => own.pointer.iter().map(|name| record(name.clone())).collect(),
        _ => Vec::new(),
    };
    Found { status: Status::NoError, records, authority: None, decided: own.decided }
}

/// What the region's own names say, with the number of labels of the zone that they are in.
fn own_name(network: &Network, vpc: &Vpc, name: &DnsName) -> Option<(Own, usize)> {
    private_name(network, vpc, name)
        .or_else(|| public_name(network, vpc, name))
        .or_else(|| service_name(network, vpc, name))
        .or_else(|| balancer_name(network, name))
        .or_else(|| pointer(network, vpc, name))
        .or_else(|| outside(name))
}

/// The domain of private names: `ec2.internal.` (`I5`).
fn private_domain(region: &str) -> String {
    format!("{}.", domain_of(region))
}

/// The private name of an address: `ip-10-0-1-5.ec2.internal` (`I5`).
pub fn private_name_of(region: &str, ip: Ipv4Addr) -> String {
    format!("ip-{}.{}", ip.to_string().replace('.', "-"), domain_of(region))
}

/// The public name of an address: `ec2-203-0-113-25.compute-1.amazonaws.com` (`I6`).
pub fn public_name_of(region: &str, ip: Ipv4Addr) -> String {
    format!("ec2-{}.{}", ip.to_string().replace('.', "-"), public_domain(region))
}

/// The domain of public names.
fn public_domain(region: &str) -> String {
    match region {
        "us-east-1" => "compute-1.amazonaws.com".to_owned(),
        region => format!("{region}.compute.amazonaws.com"),
    }
}

/// `10-0-1-5` as an address.
fn dashed(text: &str) -> Option<Ipv4Addr> {
    Some(text).filter(|text| !text.contains('.'))?.replace('-', ".").parse().ok()
}

fn private_name(network: &Network, vpc: &Vpc, name: &DnsName) -> Option<(Own, usize)> {
    let domain = private_domain(network.region());
    let ip = dashed(name.as_str().strip_suffix(&domain)?.strip_suffix('.')?.strip_prefix("ip-")?)?;
    let eni = network.eni_by_private_ip(vpc.id, ip)?;
    Some((Own { addresses: vec![ip], ipv6: None, pointer: None, decided: Decided::PrivateName(eni.id) }, domain.matches('.').count()))
}

fn public_name(network: &Network, vpc: &Vpc, name: &DnsName) -> Option<(Own, usize)> {
    let domain = format!("{}.", public_domain(network.region()));
    let public = dashed(name.as_str().strip_suffix(&domain)?.strip_suffix('.')?.strip_prefix("ec2-")?)?;
    let (eni, private) = network.mapping_of_public_ip(public)?;
    // Where its VPC gives no public names, this one is nobody's (`L14`).
    network.vpc(eni.vpc).filter(|vpc| vpc.has_public_names())?;
    // Over a peering connection it is the side of the address that allows it.
    let lends = |peering: &Peering| {
        let sides = [&peering.requester, &peering.accepter];
        peering.state == PeeringState::Active && sides.iter().any(|side| side.vpc == eni.vpc && side.dns_resolution)
    };
    let is_inside = vpc.dns_hostnames && (eni.vpc == vpc.id || network.peering_between(vpc.id, eni.vpc).is_some_and(lends));
    let (ip, decided) = if is_inside { (private, Decided::PublicNameInside(eni.id)) } else { (public, Decided::PublicNameOutside(eni.id)) };
    Some((Own { addresses: vec![ip], ipv6: None, pointer: None, decided }, domain.matches('.').count()))
}

/// The names of interface endpoints: each has its own, and a service's public one leads to the endpoint that has it (`P42`).
fn service_name(network: &Network, vpc: &Vpc, name: &DnsName) -> Option<(Own, usize)> {
    let region = network.region();
    let stem = name.as_str().strip_suffix(".amazonaws.com.")?;
    let (text, is_own) = match stem.strip_suffix(".vpce") {
        Some(text) => (text, true),
        None => (stem, false),
    };
    let stem = text.strip_suffix(region)?.strip_suffix('.')?;
    let endpoint = network.endpoints().find(|endpoint| {
        let lives = endpoint.state == EndpointState::Available && !endpoint.enis().is_empty();
        let here = endpoint.vpc == vpc.id && vpc.dns_hostnames && endpoint.has_private_dns();
        let asked = match is_own {
            true => stem == format!("{}.{}", endpoint.id, words_of_name(&endpoint.service)),
            false => here && is_named(&endpoint.service, stem),
        };
        lives && asked
    });
    // Without such an endpoint the service's own name is public (`R63`).
    let Some(endpoint) = endpoint else {
        let address = address_of_service(network, service_named(stem).filter(|_| !is_own)?)?;
        return Some((Own { addresses: vec![address], ipv6: None, pointer: None, decided: Decided::Public }, name.labels()));
    };
    let addresses = endpoint.enis().iter().filter_map(|eni| network.eni(*eni)?.primary_ip()).collect();
    Some((Own { addresses, ipv6: None, pointer: None, decided: Decided::Endpoint(endpoint.id) }, name.labels()))
}

/// The name of a load balancer, and that of one of its zones: the addresses of the zones that have a healthy target, or of all where none has (`R71`).
fn balancer_name(network: &Network, name: &DnsName) -> Option<(Own, usize)> {
    let domain = format!("{}.", domain(network.region()));
    name.as_str().strip_suffix(&domain)?;
    let asked = name.as_str().trim_end_matches('.');
    let (balancer, zone) = network.load_balancers().find_map(|balancer| {
        let own = balancer.dns_name(network.region()).to_ascii_lowercase();
        let zone = asked.strip_suffix(own.as_str())?;
        let of_zone = || balancer.nodes.iter().find(|node| zone.strip_suffix('.') == Some(node.zone.as_str()));
        if zone.is_empty() { Some((balancer, None)) } else { of_zone().map(|node| (balancer, Some(node))) }
    })?;
    let nodes = match zone {
        Some(node) => vec![node],
        None => network.nodes_named(balancer),
    };
    let addresses = nodes.into_iter().filter_map(|node| {
        let eni = network.eni(node.eni)?;
        let private = eni.primary_ip()?;
        if balancer.internet_facing { eni.public_of(private).map(|public| public.ip) } else { Some(private) }
    });
    let own = Own { addresses: addresses.collect(), ipv6: None, pointer: None, decided: Decided::Balancer(balancer.id) };
    Some((own, domain.matches('.').count()))
}

/// `fs-….efs.us-east-1.amazonaws.com`: the mount target in the zone of who asks, or, with a zone before it, in that one (`R99`).
fn file_system(network: &Network, (vpc, here): (&Vpc, Option<&Zone>), name: &DnsName) -> Option<(Own, usize)> {
    let stem = name.as_str().strip_suffix(".amazonaws.com.")?.strip_suffix(network.region())?.strip_suffix(".efs.")?;
    let (zone, id) = stem.split_once('.').map_or((here.map(Zone::as_str), stem), |(zone, id)| (Some(zone), id));
    let system = network.file_system(id.parse().ok()?).filter(|_| vpc.dns_hostnames)?;
    let target = network.mount_targets_of(system.id).filter(|target| target.state == MountTargetState::Available).find_map(|target| {
        let there = network.subnet(target.subnet).filter(|subnet| subnet.vpc == vpc.id && Some(subnet.zone.as_str()) == zone);
        there.and_then(|_| network.eni(target.eni))
    });
    let (addresses, decided) = match target {
        Some(eni) => (eni.primary_ip().into_iter().collect(), Decided::MountTarget(eni.id)),
        None => (Vec::new(), Decided::NoMountTarget(system.id)),
    };
    Some((Own { addresses, ipv6: None, pointer: None, decided }, name.labels()))
}

/// `5.1.0.10.in-addr.arpa.`: the private name of an address of the VPC.
fn pointer(network: &Network, vpc: &Vpc, name: &DnsName) -> Option<(Own, usize)> {
    const DOMAIN: &str = ".in-addr.arpa.";
    let numbers: Vec<&str> = name.as_str().strip_suffix(DOMAIN)?.rsplit('.').collect();
    let ip: Ipv4Addr = numbers.join(".").parse().ok()?;
    let eni = network.eni_by_private_ip(vpc.id, ip)?;
    let host = format!("{}.", private_name_of(network.region(), ip));
    Some((Own { addresses: Vec::new(), ipv6: None, pointer: Some(host), decided: Decided::PrivateName(eni.id) }, 2))
}

/// A host of the internet.
fn outside(name: &DnsName) -> Option<(Own, usize)> {
    let host = PublicHost::named(name.as_str())?;
    let own = Own { addresses: vec![host.ipv4()], ipv6: host.ipv6(), pointer: None, decided: Decided::Public };
    Some((own, host.name.split('.').count()))
}

/// A name that nobody here knows; of zones that have it, but not for this VPC, the one nearest to it is told.
fn nobody(network: &Network, vpc: &Vpc, name: &DnsName) -> Found {
    let hidden = network.hosted_zones().filter(|zone| name.is_in(&zone.name)).max_by_key(|zone| zone.name.labels());
    let decided = match hidden {
        Some(zone) if zone.vpcs.contains(&vpc.id) => Decided::NoHostnames(zone.id, vpc.id),
        Some(zone) => Decided::NotAssociated(zone.id, vpc.id),
        None => Decided::Nobody,
    };
    Found { status: Status::NoSuchName, records: Vec::new(), authority: root(), decided }
}

/// The authority that knows of no such name.
fn root() -> Option<Record> {
    DnsName::read(".").ok().map(|name| Record { name, ttl: ROOT_TTL, kind: RecordType::Soa, value: ROOT.to_owned() })
}
