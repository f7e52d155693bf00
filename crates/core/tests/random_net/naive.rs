//! A second judge of packets, written from the rules alone: no index, no cache, no explanation. It says who got a packet and as what, or which
//! check lost it. IPv4; no edge tables, VPN connections, faults or time; guests neither masquerade nor filter.

use eni_core::addr::{Direction, IpAddr, Ipv4Addr, PortRange, Traffic};
use eni_core::dataplane::{Origin, pipeline::Check, verdict::Place};
use eni_core::id::*;
use eni_core::model::instance::{Instance, InstanceState};
use eni_core::model::route_table::{Destination, RouteTable, RouteTableUser, RouteTarget};
use eni_core::model::security_group::{GroupRule, Peer};
use eni_core::model::{eni::Eni, nat_gateway::*, network::Network, network_acl::AclAction, peering::PeeringState, vpc::Subnet};
use eni_core::packet::{FlowId, Packet, TcpFlags, Transport};

/// Who got a packet and as what, or the check that lost it.
pub type Said = Result<(Place, Packet), Check>;

/// What is remembered between packets.
#[derive(Default)]
pub struct Memory {
    /// At an ENI, seen from there: whether it began outward, and whether it is tracked.
    flows: Vec<(EniId, FlowId, bool, bool)>,
    /// By a NAT gateway: as it is inside, and as it is beyond.
    mappings: Vec<(NatGatewayId, FlowId, FlowId)>,
}

pub struct Naive<'a> {
    network: &'a Network,
    /// Who has which private and public address.
    holders: Vec<(VpcId, IpAddr, Option<Ipv4Addr>, &'a Eni)>,
}

/// A packet's way: whether it was handed on under somebody else's address (`S25`), how often, what is remembered, and what will be.
struct Way<'m>(bool, usize, &'m Memory, Memory);

/// The packet between other ends.
fn between(mut packet: Packet, flow: FlowId) -> Packet {
    (packet.source, packet.destination) = (flow.source, flow.destination);
    match &mut packet.transport {
        Transport::Tcp { source, destination, .. } | Transport::Udp { source, destination } => {
            (*source, *destination) = (flow.source_port, flow.destination_port);
        }
        Transport::Icmp { id, .. } => *id = flow.source_port,
        Transport::Other(_) => {}
    }
    packet
}

fn must(holds: bool, otherwise: Check) -> Result<(), Check> {
    if holds { Ok(()) } else { Err(otherwise) }
}

fn begins(packet: &Packet) -> bool {
    match packet.transport {
        Transport::Tcp { flags, .. } => flags.has(TcpFlags::SYN) && !flags.has(TcpFlags::ACK),
        Transport::Icmp { kind, .. } => kind == 8,
        Transport::Udp { .. } | Transport::Other(_) => true,
    }
}

fn speaks_of(traffic: Traffic, packet: &Packet) -> bool {
    match (traffic, packet.transport) {
        (Traffic::All, _) => true,
        (Traffic::Tcp(ports), Transport::Tcp { destination, .. }) => ports.contains(destination),
        (Traffic::Udp(ports), Transport::Udp { destination, .. }) => ports.contains(destination),
        (Traffic::Icmp(icmp), Transport::Icmp { kind, code, .. }) => icmp.matches(kind, code),
        (Traffic::Other(wanted), Transport::Other(number)) => wanted == number,
        _ => false,
    }
}

impl<'a> Naive<'a> {
    pub fn new(network: &'a Network) -> Naive<'a> {
        let of = |eni: &'a Eni| eni.addresses.iter().map(move |own| (eni.vpc, own.ip.into(), own.public.map(|public| public.ip), eni));
        Naive { network, holders: network.enis().flat_map(of).collect() }
    }

    pub fn send(&self, origin: Origin, packet: Packet, memory: &mut Memory) -> Said {
        let mut way = Way(false, 0, memory, Memory::default());
        let said = match origin {
            Origin::Instance(id) => self.leave_guest(self.network.instance(id).unwrap(), packet, &mut way),
            Origin::Eni(id) => self.leave(self.network.eni(id).unwrap(), packet, &mut way),
            _ => self.internet(packet, &mut way),
        };
        let Memory { flows, mappings } = way.3;
        memory.flows.extend(flows);
        memory.mappings.extend(mappings);
        said
    }

    fn runs(&self, eni: &Eni) -> Option<&'a Instance> {
        self.network.instance(eni.attached_instance()?).filter(|instance| instance.state == InstanceState::Running)
    }

    fn holder(&self, vpc: VpcId, ip: IpAddr) -> Option<&'a Eni> {
        self.holders.iter().find(|(of, private, ..)| (*of, *private) == (vpc, ip)).map(|(.., eni)| *eni)
    }

    fn interfaces(&self, instance: &Instance) -> impl Iterator<Item = &'a Eni> {
        instance.enis.values().filter_map(|id| self.network.eni(*id)).filter(|eni| eni.attachment.is_some())
    }

    /// The ENI on which a guest has configured an address (`E62`).
    fn configured(&self, instance: &Instance, ip: IpAddr) -> Option<&'a Eni> {
        let known = |eni: &Eni| if instance.guest.configures_secondaries { eni.addresses.len() } else { 1 };
        self.interfaces(instance).find(|eni| eni.addresses.iter().take(known(eni)).any(|own| own.ip == ip))
    }

    /// `G1`, `G2`, `G4`: connected routes first, then the first ENI's default route.
    fn exit(&self, instance: &Instance, to: IpAddr) -> Option<&'a Eni> {
        let connected = self.interfaces(instance).find(|eni| self.network.subnet(eni.subnet).unwrap().holds(to));
        connected.or_else(|| self.interfaces(instance).next())
    }

    fn leave_guest(&self, instance: &'a Instance, mut packet: Packet, way: &mut Way<'_>) -> Said {
        must(instance.state == InstanceState::Running, Check::SourceRuns)?;
        let (owner, to) = (self.configured(instance, packet.source), packet.destination);
        must(packet.source.is_unspecified() || owner.is_some(), Check::GuestRoute)?;
        let by_source = owner.filter(|_| instance.guest.policy_routing);
        let itself = self.configured(instance, to);
        let eni = itself.or(by_source).or_else(|| self.exit(instance, to)).ok_or(Check::GuestRoute)?;
        if packet.source.is_unspecified() {
            packet.source = if itself.is_some() { to } else { eni.addresses[0].ip.into() };
        }
        if itself.is_some() { self.guest(instance, packet, way) } else { self.leave(eni, packet, way) }
    }

    /// The rulebook's block EGRESS.
    fn leave(&self, eni: &'a Eni, packet: Packet, way: &mut Way<'_>) -> Said {
        let (subnet, to) = (self.network.subnet(eni.subnet).unwrap(), packet.destination);
        must(self.runs(eni).is_some() || self.gateway_of(eni).is_some(), Check::SourceAttached)?;
        must(!eni.source_dest_check || eni.owns(packet.source), Check::SourceDestCheckOut)?;
        must(self.groups(eni, &packet, Direction::Egress, way), Check::GroupOut)?;
        if subnet.holds(to) {
            return self.enter(self.holder(eni.vpc, to).ok_or(Check::SameSubnet)?, packet, Some(subnet), way);
        }
        let table = self.table_of(subnet);
        let target = self.target(table, to);
        let next = match target {
            Some(RouteTarget::Eni(id)) => self.network.eni(*id),
            Some(RouteTarget::NatGateway(id)) => self.network.nat_gateway(*id).and_then(|nat| self.network.eni(nat.eni()?)),
            _ => None,
        };
        must(next.is_some_and(|next| next.subnet == subnet.id) || self.acl(subnet, &packet, Direction::Egress), Check::AclOut)?;
        match target.filter(|target| self.works(table.vpc, target)).ok_or(Check::Route)? {
            RouteTarget::Local => self.enter(self.holder(table.vpc, to).ok_or(Check::Owner)?, packet, Some(subnet), way),
            RouteTarget::NatGateway(_) if next.is_none_or(|next| next.id == eni.id) => Err(Check::Route),
            RouteTarget::Eni(_) | RouteTarget::NatGateway(_) => self.enter(next.ok_or(Check::Route)?, packet, Some(subnet), way),
            RouteTarget::InternetGateway(_) => self.gateway_out(table.vpc, packet, way),
            RouteTarget::Peering(id) => {
                let beyond = self.network.peering(*id).and_then(|peering| peering.beyond(table.vpc)).unwrap().vpc;
                self.network.vpc(beyond).filter(|vpc| vpc.has_address(to)).ok_or(Check::PeeringAddress)?;
                self.enter(self.holder(beyond, to).ok_or(Check::Owner)?, packet, None, way)
            }
            other => panic!("{other:?}"),
        }
    }

    /// The rulebook's block INGRESS.
    fn enter(&self, eni: &'a Eni, packet: Packet, from: Option<&Subnet>, way: &mut Way<'_>) -> Said {
        let subnet = self.network.subnet(eni.subnet).unwrap();
        must(from.is_some_and(|from| from.id == subnet.id) || self.acl(subnet, &packet, Direction::Ingress), Check::AclIn)?;
        must(self.groups(eni, &packet, Direction::Ingress, way), Check::GroupIn)?;
        must(!eni.source_dest_check || eni.owns(packet.destination), Check::SourceDestCheckIn)?;
        match (self.gateway_of(eni), self.runs(eni)) {
            (Some(gateway), _) => self.nat(gateway, eni, packet, way),
            (None, Some(instance)) => self.guest(instance, packet, way),
            (None, None) => Err(Check::DestinationRuns),
        }
    }

    fn guest(&self, instance: &'a Instance, packet: Packet, way: &mut Way<'_>) -> Said {
        if self.configured(instance, packet.destination).is_some() {
            must(packet.source != packet.destination || way.1 == 0, Check::ReversePath)?;
            return Ok((Place::Guest(instance.id), packet));
        }
        let forwards = instance.guest.forwarding && way.1 < 16 && !self.interfaces(instance).any(|own| own.owns(packet.destination));
        let out = self.exit(instance, packet.destination).filter(|_| forwards).ok_or(Check::GuestAddress)?;
        (way.0, way.1) = (!out.owns(packet.source), way.1 + 1);
        self.leave(out, packet, way)
    }

    fn gateway_of(&self, eni: &Eni) -> Option<&'a NatGateway> {
        self.network.nat_gateways().find(|nat| nat.eni() == Some(eni.id))
    }

    fn nat(&self, gateway: &'a NatGateway, eni: &'a Eni, packet: Packet, way: &mut Way<'_>) -> Said {
        let flow = packet.flow();
        must(gateway.state == NatState::Available, Check::NatState)?;
        must(!matches!(packet.transport, Transport::Other(_)), Check::NatProtocol)?;
        let mut own = way.2.mappings.iter().filter(|(by, ..)| *by == gateway.id);
        let to = if eni.owns(packet.destination) {
            own.find(|(.., beyond)| beyond.reversed() == flow).ok_or(Check::NatTranslate)?.1.reversed()
        } else {
            self.network.vpc(gateway.vpc).filter(|vpc| vpc.has_address(packet.source)).ok_or(Check::NatSource)?;
            let known = own.find(|(_, inside, _)| *inside == flow).map(|(.., beyond)| *beyond);
            let new = FlowId { source: eni.addresses[0].ip.into(), source_port: flow.source_port.max(1_024), ..flow };
            let beyond = known.or_else(|| begins(&packet).then_some(new)).ok_or(Check::NatTranslate)?;
            way.3.mappings.push((gateway.id, flow, beyond));
            beyond
        };
        must(way.1 < 16, Check::NatTranslate)?;
        (way.0, way.1) = (true, way.1 + 1);
        self.leave(eni, between(packet, to), way)
    }

    fn gateway_out(&self, vpc: VpcId, mut packet: Packet, way: &mut Way<'_>) -> Said {
        let sender = self.holders.iter().find(|(of, private, ..)| (*of, *private) == (vpc, packet.source));
        packet.source = sender.and_then(|(_, _, public, _)| *public).ok_or(Check::GatewaySource)?.into();
        let IpAddr::V4(to) = packet.destination else { panic!("IPv4 only") };
        let mail = matches!(packet.transport, Transport::Tcp { destination: 25, .. });
        must(!(to.is_private() || matches!(to.octets(), [100, 64..=127, ..]) || mail), Check::GatewayDestination)?;
        let inside = self.holders.iter().any(|(.., public, _)| *public == Some(to));
        if inside { self.internet(packet, way) } else { Ok((Place::Internet, packet)) }
    }

    fn internet(&self, packet: Packet, way: &mut Way<'_>) -> Said {
        let mapped = self.holders.iter().find(|(.., public, _)| public.is_some_and(|public| packet.destination == public));
        let (vpc, private, _, eni) = *mapped.ok_or(Check::PublicAddress)?;
        self.network.internet_gateways().find(|gateway| gateway.vpc == Some(vpc)).ok_or(Check::PublicAddress)?;
        self.enter(eni, Packet { destination: private, ..packet }, None, way)
    }

    pub fn table_of(&self, subnet: &Subnet) -> &'a RouteTable {
        let of = |user| move |table: &&RouteTable| table.vpc == subnet.vpc && table.associations.values().any(|by| *by == user);
        let mut tables = self.network.route_tables();
        tables.clone().find(of(RouteTableUser::Subnet(subnet.id))).or_else(|| tables.find(of(RouteTableUser::Main))).unwrap()
    }

    /// `R5`: the longest prefix; among equals a block before a prefix list. Of two lists the first (the rules do not say).
    fn target(&self, table: &'a RouteTable, to: IpAddr) -> Option<&'a RouteTarget> {
        let length = |destination: &Destination| match destination {
            Destination::Cidr(block) => block.contains(&to).then(|| (block.prefix_len(), true)),
            Destination::PrefixList(id) => {
                let entries = self.network.prefix_list(*id)?.entries.iter().map(|entry| entry.cidr);
                entries.filter(|block| block.contains(&to)).map(|block| (block.prefix_len(), false)).max()
            }
        };
        let fitting = table.routes.iter().filter_map(|(destination, route)| Some((length(destination)?, &route.target)));
        fitting.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, target)| target)
    }

    pub fn works(&self, vpc: VpcId, target: &RouteTarget) -> bool {
        match target {
            RouteTarget::InternetGateway(id) => self.network.internet_gateway(*id).is_some_and(|gateway| gateway.vpc == Some(vpc)),
            RouteTarget::NatGateway(id) => self.network.nat_gateway(*id).is_some_and(|nat| nat.state == NatState::Available),
            RouteTarget::Eni(id) => self.network.eni(*id).is_some_and(|eni| self.runs(eni).is_some()),
            RouteTarget::Peering(id) => self.network.peering(*id).is_some_and(|peering| peering.state == PeeringState::Active),
            _ => true,
        }
    }

    fn acl(&self, subnet: &Subnet, packet: &Packet, direction: Direction) -> bool {
        let remote = if direction == Direction::Ingress { packet.source } else { packet.destination };
        let entries = self.network.acl(subnet.acl).unwrap().entries(direction).iter();
        let fitting = entries.filter(|(_, entry)| entry.cidr.contains(&remote) && speaks_of(entry.traffic, packet));
        fitting.min_by_key(|(number, _)| **number).is_some_and(|(_, entry)| entry.action == AclAction::Allow)
    }

    fn groups(&self, eni: &Eni, packet: &Packet, direction: Direction, way: &mut Way<'_>) -> bool {
        let out = direction == Direction::Egress;
        let sent = match packet.transport {
            Transport::Icmp { kind: 8, .. } => FlowId { destination_port: 0, ..packet.flow() },
            Transport::Icmp { .. } => FlowId { source_port: 0, ..packet.flow() },
            _ => packet.flow(),
        };
        let flow = if out { sent } else { sent.reversed() };
        let known = way.2.flows.iter().rev().find(|(of, known, ..)| (*of, *known) == (eni.id, flow));
        // A SYN in the direction of the answers is no answer.
        let known = known.filter(|(_, _, began_out, _)| packet.tcp_flags().is_none() || !begins(packet) || *began_out == out);
        if eni.groups.is_empty() || known.is_some_and(|(.., tracked)| *tracked) {
            return true;
        }
        let groups = || eni.groups.iter().filter_map(|id| self.network.group(*id));
        let fits = |rule: &GroupRule| speaks_of(rule.traffic, packet) && self.is_peer(rule.peer, flow.destination, eni, way.0);
        let open = |rule: &GroupRule| matches!(rule.peer, Peer::Ipv4(block) if block.prefix_len() == 0);
        let all = |rule: &GroupRule| match rule.traffic {
            Traffic::All => true,
            Traffic::Tcp(ports) | Traffic::Udp(ports) => ports == PortRange::ALL && speaks_of(rule.traffic, packet),
            _ => false,
        };
        let fitting: Vec<&GroupRule> = groups().flat_map(|group| group.rules_of(direction)).filter(|rule| fits(rule)).collect();
        let answers = groups().flat_map(|group| group.rules_of(direction.opposite())).any(|rule| open(rule) && all(rule));
        let untracked = packet.ports().is_some() && answers && fitting.iter().any(|rule| open(rule));
        let opens = known.is_none() && !fitting.is_empty();
        way.3.flows.extend(opens.then_some((eni.id, flow, out, !untracked)));
        !fitting.is_empty()
    }

    fn is_peer(&self, peer: Peer, remote: IpAddr, eni: &Eni, forwarded: bool) -> bool {
        match (peer, remote) {
            (Peer::Ipv4(block), IpAddr::V4(remote)) => block.contains(&remote),
            (Peer::PrefixList(id), _) => self.network.prefix_list(id).is_some_and(|list| list.entry_of(remote).is_some()),
            (Peer::Group(id), _) => {
                let joins = |vpc| vpc == eni.vpc || self.network.are_peered(vpc, eni.vpc);
                let of = self.network.group(id).filter(|group| !forwarded && joins(group.vpc)).map(|group| group.vpc);
                of.and_then(|vpc| self.holder(vpc, remote)).is_some_and(|member| member.groups.contains(&id))
            }
            _ => false,
        }
    }
}
