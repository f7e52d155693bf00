//! Acts that may help a packet past the check that stopped it. They are guesses: `remedy` tries each before anybody sees it.

mod balancer;
mod endpoint;
mod own_table;
mod peering;
mod premises;
mod transit;

use crate::addr::{Direction, IcmpMatch, IpAddr, IpNet, Ipv4Addr, Ipv4Net, Ipv6Net, PortRange, Traffic};
use crate::control::command::{Command, EniAttribute, Permission, RouteTargetInput};
use crate::dataplane::reason::{Balanced, Code, Evidence, GuestAddressKind, NearestMiss, RouteEvidence, RuleRef, Target};
use crate::dataplane::verdict::{Place, Seen, Walk};
use crate::id::{AclId, AllocationId, EgressOnlyGatewayId, EniId, GroupId, InstanceId, InternetGatewayId, RouteTableId, VpcId};
use crate::model::Tags;
use crate::model::eni::Eni;
use crate::model::fault::Fault;
use crate::model::instance::{Guest, InstanceState, Listener, ListenerProtocol, RpFilter};
use crate::model::network::Network;
use crate::model::network_acl::{AclAction, AclEntry, MAX_RULE_NUMBER};
use crate::model::route_table::{Destination, RouteOrigin, RouteState, RouteTable, RouteTableUser, RouteTarget};
use crate::model::security_group::Peer;
use crate::packet::{Packet, TcpFlags, Transport};

/// The ports that clients answer on (`N11`).
const EPHEMERAL: (u16, u16) = (1024, 65535);

/// Ways past the last step of a walk, the smallest first; each way is a list of acts.
pub(super) fn acts(network: &Network, walk: &Walk) -> Vec<Vec<Command>> {
    let Some(step) = walk.blocker() else { return Vec::new() };
    let Some(code) = step.code else { return Vec::new() };
    match (code, step.evidence) {
        (_, Evidence::Group { eni, direction, .. }) => groups(network, step, eni, direction, walk.nearest),
        (_, Evidence::Acl { acl, direction, number, .. }) => acl_entry(network, step.packet, acl, direction, number),
        (_, Evidence::SourceDest { eni, address, .. }) => source_dest(network, eni, address),
        (Code::NoRouteToDestination, Evidence::Route(RouteEvidence { table: Some(table), .. })) => no_route(network, step, table),
        // A NAT gateway whose subnet leads back to it needs another way out there, as behind a dead route.
        (Code::BadStateRoute | Code::CannotRoute, Evidence::Route(route)) => dead_route(network, walk, route),
        (Code::IngressRtbNoPublicIp, Evidence::Route(RouteEvidence { target: Some(Target::Eni(eni)), .. })) => {
            network.eni(eni).and_then(|eni| Some(elastic_ip(network, eni, eni.primary_ip()?))).into_iter().collect()
        }
        (Code::PacketTooLong, Evidence::Size { limit, .. }) => shorter(network, walk, limit),
        (Code::IgwDestinationRfc1918Egress, _) => past_the_gateway(network, walk, step.packet.destination),
        (Code::NoRouteToDestination, Evidence::VpnRoute { gateway, address, .. }) => {
            premises::route_of_connection(network, gateway, address)
        }
        (Code::TgwRouteAzRestriction, Evidence::Route(route)) => transit::zone(network, step, route),
        (_, Evidence::Transit { from, table, route }) => transit::acts(network, step, (from, table, route)),
        (Code::Elbv2NoTargetsInAz, Evidence::Balanced { balancer, did: Balanced::NoTarget { every_zone: false }, .. }) => {
            balancer::every_zone(balancer)
        }
        (Code::EigwUnsolicited, Evidence::EgressOnly { gateway, .. }) => both_ways(network, walk, gateway),
        (Code::IgwPublicIpAssociationForEgress, Evidence::Translation { from, eni, .. }) => no_public_source(network, walk, from, eni),
        (Code::IgwPrivateIpAssociationForIngress, _) => no_public_destination(network, step.packet.destination),
        (Code::BadStateAttachment, Evidence::Attachment { eni, instance: None, .. }) => attach(network, walk, eni),
        (Code::BadState, Evidence::Instance { instance, .. } | Evidence::Attachment { instance: Some(instance), .. }) => {
            start(network, instance)
        }
        (_, Evidence::Faults { instance, hangs, .. }) => mend(instance, hangs),
        (_, Evidence::Connections { instance, .. }) => vec![vec![Command::SetFault(instance, Fault::Connections(0))]],
        (Code::BadStateAttachment, Evidence::PublicDestination { eni: Some(eni), .. }) => {
            network.eni(eni).map(|eni| gateway_for(network, eni.vpc).0).filter(|acts| !acts.is_empty()).into_iter().collect()
        }
        _ => guest(network, step, code),
    }
}

/// Exactly the packet's own protocol and port.
fn exact(packet: &Packet) -> Traffic {
    match packet.transport {
        Transport::Tcp { destination, .. } => Traffic::Tcp(PortRange::single(destination)),
        Transport::Udp { destination, .. } => Traffic::Udp(PortRange::single(destination)),
        Transport::Icmp { kind, .. } if packet.source.is_ipv6() => Traffic::Icmpv6(IcmpMatch::Type(kind)),
        Transport::Icmp { kind, .. } => Traffic::Icmp(IcmpMatch::Type(kind)),
        Transport::Other(number) => Traffic::Other(number),
    }
}

fn remote(packet: &Packet, direction: Direction) -> IpAddr {
    match direction {
        Direction::Ingress => packet.source,
        Direction::Egress => packet.destination,
    }
}

/// One source and one port, in the group that guards fewest others: by the other end's group or
/// the list of the service where it has one, and by its address.
fn groups(network: &Network, step: Seen<'_>, eni: EniId, direction: Direction, nearest: Option<NearestMiss>) -> Vec<Vec<Command>> {
    let Some(eni) = network.eni(eni) else { return Vec::new() };
    let near = match nearest {
        Some(NearestMiss { rule: RuleRef::Group(group, _), .. }) => Some(group),
        _ => None,
    };
    // The group that guards fewest; of several, the one with the nearest rule.
    let few = |group: &GroupId| (network.enis_in_group(*group).count(), Some(*group) != near);
    let Some(group) = eni.groups.iter().copied().min_by_key(few) else { return Vec::new() };
    let remote = remote(step.packet, direction);
    let member = network.eni_by_address(eni.vpc, remote).and_then(|other| other.groups.first()).map(|group| Peer::Group(*group));
    let address = match remote {
        IpAddr::V4(ip) => Ipv4Net::new(ip, 32).ok().map(Peer::Ipv4),
        IpAddr::V6(ip) => Ipv6Net::new(ip, 128).ok().map(Peer::Ipv6),
    };
    let permission = |peer| vec![Permission::new(lasting(step.packet), peer)];
    [member, endpoint::peer(network, remote), address]
        .into_iter()
        .flatten()
        .map(|peer| vec![Command::AuthorizeSecurityGroup { group, direction, permissions: permission(peer) }])
        .collect()
}

/// An allowing entry for this peer and port before the one that denied; without a free number there, in its stead, and the other one right behind.
fn acl_entry(network: &Network, packet: &Packet, acl: AclId, direction: Direction, denied_by: Option<u16>) -> Vec<Vec<Command>> {
    let Some(found) = network.acl(acl) else { return Vec::new() };
    let entries = found.entries(direction);
    let cidr = match remote(packet, direction) {
        IpAddr::V4(ip) => Ipv4Net::new(ip, 32).ok().map(IpNet::V4),
        IpAddr::V6(ip) => Ipv6Net::new(ip, 128).ok().map(IpNet::V6),
    };
    let Some(cidr) = cidr else { return Vec::new() };
    let entry = AclEntry { traffic: lasting(packet), cidr, action: AclAction::Allow };
    let number = match denied_by {
        Some(denied_by) => (1..denied_by).rev().find(|number| !entries.contains_key(number)),
        None => after_the_last(entries.keys().next_back().copied()),
    };
    let set = |number: u16, entry: AclEntry, replace| Command::SetNetworkAclEntry { acl, direction, number: number.into(), entry, replace };
    match (number, denied_by) {
        (Some(number), _) => vec![vec![set(number, entry, false)]],
        (None, Some(denied_by)) => {
            let behind = denied_by.saturating_add(1);
            let denial = entries.get(&denied_by).filter(|_| behind <= MAX_RULE_NUMBER && !entries.contains_key(&behind));
            let mut acts = vec![set(denied_by, entry, true)];
            acts.extend(denial.map(|denial| set(behind, *denial, false)));
            vec![acts]
        }
        (None, None) => Vec::new(),
    }
}

/// The next round number after the last one, as people number them.
fn after_the_last(last: Option<u16>) -> Option<u16> {
    let Some(last) = last else { return Some(100) };
    let round = (u32::from(last) / 100 + 1) * 100;
    [round, u32::from(last) + 1].into_iter().filter_map(|number| u16::try_from(number).ok()).find(|number| *number <= MAX_RULE_NUMBER)
}

/// What a rule has to let through for good: the packet's own port, but for an answer the whole range of ports that clients have. The next client
/// has another one (`N9`, `N11`).
fn lasting(packet: &Packet) -> Traffic {
    let exact = exact(packet);
    let opens = packet.tcp_flags().is_some_and(|flags| flags.has(TcpFlags::SYN) && !flags.has(TcpFlags::SYN_ACK));
    match (exact, PortRange::new(EPHEMERAL.0, EPHEMERAL.1)) {
        (Traffic::Tcp(port), Some(range)) if port.from() >= 32_768 && !opens => Traffic::Tcp(range),
        (Traffic::Udp(port), Some(range)) if port.from() >= 32_768 => Traffic::Udp(range),
        _ => exact,
    }
}

/// Policy routing where the packet is for another ENI of the same instance (`G5`); else the check goes off (`E44`).
fn source_dest(network: &Network, eni: EniId, address: IpAddr) -> Vec<Vec<Command>> {
    let mut ways = Vec::new();
    let instance = network.eni(eni).and_then(Eni::attached_instance).and_then(|id| network.instance(id));
    if let Some(instance) = instance {
        let sibling = instance.enis.values().filter_map(|id| network.eni(*id)).any(|other| other.id != eni && other.owns(address));
        if sibling && !instance.guest.policy_routing {
            ways.extend(own_table::command(network, instance, address).map(|command| vec![command]));
        }
    }
    ways.push(vec![Command::ModifyNetworkInterfaceAttribute(eni, vec![EniAttribute::SourceDestCheck(false)])]);
    ways
}

/// A gateway endpoint's route to a service; or a default route to an internet gateway, which is attached or made first if need be: in this table,
/// or in one of the subnet's own.
fn no_route(network: &Network, step: Seen<'_>, table: RouteTableId) -> Vec<Vec<Command>> {
    let destination = step.packet.destination;
    let Some(found) = network.route_table(table) else { return Vec::new() };
    let beside = beside(network, found, destination);
    if !beside.is_empty() {
        return beside;
    }
    let inside = premises::ways(network, found, destination, false);
    if !inside.is_empty() || network.on_premises(destination).is_some() {
        return inside;
    }
    let nobodys = match destination {
        IpAddr::V4(ip) => ip.is_private(),
        IpAddr::V6(_) => false,
    };
    if nobodys {
        return Vec::new();
    }
    let (gateway_acts, gateway) = gateway_for(network, found.vpc);
    let with_route = |mut acts: Vec<Command>, table, replace| {
        acts.push(default_route(table, destination, gateway, replace));
        acts
    };
    let own = own_table(network, step.place, found).map(|(mut acts, own)| {
        acts.splice(0..0, gateway_acts.iter().cloned());
        with_route(acts, own, false)
    });
    let here = with_route(gateway_acts.clone(), table, false);
    [endpoint::route(network, found, destination), Some(here), own].into_iter().flatten().collect()
}

/// A table like the one of a subnet, for this subnet alone; nothing where it has the table to itself, or where the copy would not be the same.
fn own_table(network: &Network, place: Place, table: &RouteTable) -> Option<(Vec<Command>, RouteTableId)> {
    let Place::Subnet(subnet) = place else { return None };
    let sharing = network.subnets().filter(|other| network.route_table_of(other).is_some_and(|used| used.id == table.id)).count();
    if sharing < 2 || !table.propagating.is_empty() {
        return None;
    }
    let own: RouteTableId = network.counters().clone().take();
    let mut acts = vec![Command::CreateRouteTable { vpc: table.vpc, tags: Tags::new() }];
    for (destination, route) in table.routes.iter().filter(|(_, route)| route.origin != RouteOrigin::CreateRouteTable) {
        if network.route_state(table, route) == RouteState::Blackhole {
            continue;
        }
        let targets = vec![RouteTargetInput::Target(route.target.clone())];
        acts.push(Command::SetRoute { table: own, destination: *destination, targets, replace: false });
    }
    let tie = table.associations.iter().find(|(_, user)| **user == RouteTableUser::Subnet(subnet));
    acts.push(match tie {
        Some((association, _)) => Command::ReplaceRouteTableAssociation { association: *association, table: own },
        None => Command::AssociateRouteTable { table: own, subnet },
    });
    Some((acts, own))
}

fn default_route(table: RouteTableId, towards: IpAddr, gateway: InternetGatewayId, replace: bool) -> Command {
    let targets = vec![RouteTargetInput::Target(RouteTarget::InternetGateway(gateway))];
    let all = if towards.is_ipv4() { IpNet::V4(Ipv4Net::default()) } else { IpNet::V6(Ipv6Net::default()) };
    Command::SetRoute { table, destination: Destination::Cidr(all), targets, replace }
}

/// A private address that the default route sent to the internet gateway: it may lie behind a transit gateway, a peering connection, or the virtual
/// private gateway.
fn past_the_gateway(network: &Network, walk: &Walk, destination: IpAddr) -> Vec<Vec<Command>> {
    let table = walk.steps.iter().rev().find_map(|step| match step.evidence {
        Evidence::Route(RouteEvidence { table, .. }) => table,
        _ => None,
    });
    let Some(table) = table.and_then(|id| network.route_table(id)) else { return Vec::new() };
    let beside = beside(network, table, destination);
    if beside.is_empty() { premises::ways(network, table, destination, false) } else { beside }
}

/// Routes to the VPC that has an address, where a transit gateway or a peering connection joins the two.
fn beside(network: &Network, table: &RouteTable, destination: IpAddr) -> Vec<Vec<Command>> {
    let mut ways = transit::routes(network, table, destination, false);
    ways.extend(peering::routes(network, table, destination));
    ways
}

/// What shall begin outside needs an internet gateway, and on its way back a route that leads there in the egress-only one's place (`R58`).
fn both_ways(network: &Network, walk: &Walk, gateway: EgressOnlyGatewayId) -> Vec<Vec<Command>> {
    let Some(vpc) = network.egress_only_gateway(gateway).map(|gateway| gateway.vpc) else { return Vec::new() };
    let (mut acts, internet) = gateway_for(network, vpc);
    let route = walk.steps.iter().rev().find_map(|step| match step.evidence {
        Evidence::Route(RouteEvidence { table: Some(table), destination: Some(destination), .. }) => Some((table, destination)),
        _ => None,
    });
    acts.extend(route.map(|(table, destination)| {
        let targets = vec![RouteTargetInput::Target(RouteTarget::InternetGateway(internet))];
        Command::SetRoute { table, destination, targets, replace: true }
    }));
    if acts.is_empty() { Vec::new() } else { vec![acts] }
}

/// The internet gateway of a VPC, and the acts that give it one if it has none.
fn gateway_for(network: &Network, vpc: VpcId) -> (Vec<Command>, InternetGatewayId) {
    if let Some(gateway) = network.internet_gateway_of(vpc) {
        return (Vec::new(), gateway.id);
    }
    if let Some(free) = network.internet_gateways().find(|gateway| gateway.vpc.is_none()) {
        return (vec![Command::AttachInternetGateway { gateway: free.id, vpc }], free.id);
    }
    let gateway = network.counters().clone().take();
    let create = Command::CreateInternetGateway { tags: Tags::new() };
    (vec![create, Command::AttachInternetGateway { gateway, vpc }], gateway)
}

/// What the route leads to comes back, or the route leads elsewhere, or it goes.
fn dead_route(network: &Network, walk: &Walk, route: RouteEvidence) -> Vec<Vec<Command>> {
    let (Some(table), Some(destination)) = (route.table.and_then(|id| network.route_table(id)), route.destination) else {
        return Vec::new();
    };
    let mut ways = Vec::new();
    match route.target {
        Some(Target::InternetGateway(gateway)) if network.internet_gateway(gateway).is_some_and(|found| found.vpc.is_none()) => {
            ways.push(vec![Command::AttachInternetGateway { gateway, vpc: table.vpc }])
        }
        Some(Target::VpnGateway(gateway)) => ways.extend(premises::attach(network, gateway, table.vpc)),
        Some(Target::TransitGateway(gateway)) => ways.extend(transit::attach(network, walk, gateway, table.vpc)),
        Some(Target::Eni(eni)) => {
            let instance = network.eni(eni).and_then(Eni::attached_instance);
            ways.extend(instance.into_iter().flat_map(|instance| start(network, instance)));
            if network.eni(eni).is_some_and(|eni| eni.attachment.is_none()) {
                ways.extend(attach(network, walk, eni));
            }
        }
        _ => {}
    }
    if let Some(gateway) = network.internet_gateway_of(table.vpc) {
        let targets = vec![RouteTargetInput::Target(RouteTarget::InternetGateway(gateway.id))];
        ways.push(vec![Command::SetRoute { table: table.id, destination, targets, replace: true }]);
    }
    if route.runner_up.is_some() {
        ways.push(vec![Command::DeleteRoute { table: table.id, destination }]);
    }
    ways
}

/// The ENI goes to an instance of its zone that has room; not to one that the packet has passed, where it would be asked by itself.
fn attach(network: &Network, walk: &Walk, eni: EniId) -> Vec<Vec<Command>> {
    let Some(subnet) = network.eni(eni).and_then(|eni| network.subnet(eni.subnet)) else { return Vec::new() };
    let passed = |id: InstanceId| walk.steps.iter().any(|step| step.place == Place::Guest(id));
    let hosts = network.instances().filter(|instance| {
        instance.state == InstanceState::Running && instance.vpc == subnet.vpc && instance.zone == subnet.zone && !passed(instance.id)
    });
    let room = hosts.filter_map(|instance| {
        let index = (1..instance.instance_type.max_enis_on_card(0)).find(|index| instance.is_free((0, *index)))?;
        Some(vec![Command::AttachNetworkInterface { eni, instance: instance.id, device_index: index, network_card: 0 }])
    });
    room.take(2).collect()
}

/// A free Elastic IP on a private address, or a new one.
fn elastic_ip(network: &Network, eni: &Eni, private: Ipv4Addr) -> Vec<Command> {
    let free = network.elastic_ips().find(|elastic| elastic.association.is_none() && elastic.service_managed.is_none());
    let (mut acts, allocation): (_, AllocationId) = match free {
        Some(elastic) => (Vec::new(), elastic.allocation),
        None => {
            (vec![Command::AllocateAddress { address: None, border_group: None, tags: Tags::new() }], network.counters().clone().take())
        }
    };
    acts.push(Command::AssociateAddress {
        allocation,
        eni: Some(eni.id),
        instance: None,
        private_ip: Some(private),
        allow_reassociation: None,
    });
    acts
}

/// The router that handed the packet on masquerades (`P18`), a service is reached by an endpoint (`R55`), or the source gets a public address
/// (`R33`).
fn no_public_source(network: &Network, walk: &Walk, from: IpAddr, eni: Option<EniId>) -> Vec<Vec<Command>> {
    let router = walk.steps.iter().rev().find_map(|step| match (step.place, step.evidence) {
        (Place::Guest(instance), Evidence::GuestAddress { is: GuestAddressKind::Forwarded(_), .. }) => Some(instance),
        _ => None,
    });
    let masquerade = router.and_then(|id| change_guest(network, id, |guest| guest.masquerade = true));
    let address = match (from, eni.and_then(|id| network.eni(id))) {
        (IpAddr::V4(private), Some(eni)) => Some(elastic_ip(network, eni, private)),
        _ => None,
    };
    let to_service = walk.blocker().and_then(|step| endpoint::route_of_walk(network, walk, step.packet.destination));
    [masquerade, to_service, address].into_iter().flatten().collect()
}

/// The ENI that has the private address gets a public one, and whoever asks for the ENI is led there. More VPCs than one may have the address.
fn no_public_destination(network: &Network, destination: IpAddr) -> Vec<Vec<Command>> {
    let IpAddr::V4(private) = destination else { return Vec::new() };
    network.enis().filter(|eni| eni.owns_ipv4(private)).map(|eni| elastic_ip(network, eni, private)).collect()
}

/// The address to ask from outside after a change: the public one that the change gave to what was asked by a private one.
pub(super) fn asked_after(network: &Network, changed: &Network, asked: IpAddr) -> IpAddr {
    let IpAddr::V4(private) = asked else { return asked };
    let mut given = changed.enis().filter_map(|eni| eni.public_of(private)).map(|public| public.ip);
    given.find(|public| network.mapping_of_public_ip(*public).is_none()).map_or(asked, IpAddr::V4)
}

fn start(network: &Network, instance: InstanceId) -> Vec<Vec<Command>> {
    let stopped = network.instance(instance).is_some_and(|instance| instance.state == InstanceState::Stopped);
    if stopped { vec![vec![Command::StartInstances(vec![instance])]] } else { Vec::new() }
}

/// A system that hangs is started anew, or comes to itself; network cards that lose packets lose none any more.
fn mend(instance: InstanceId, hangs: bool) -> Vec<Vec<Command>> {
    if hangs {
        vec![vec![Command::RebootInstances(vec![instance])], vec![Command::SetFault(instance, Fault::Hang(false))]]
    } else {
        vec![vec![Command::SetFault(instance, Fault::Loss(0))]]
    }
}

fn change_guest(network: &Network, id: InstanceId, change: impl FnOnce(&mut Guest)) -> Option<Vec<Command>> {
    let mut guest = network.instance(id)?.guest.clone();
    change(&mut guest);
    Some(vec![Command::ConfigureGuest(id, Box::new(guest))])
}

/// The interface that sends first sends no longer packets than fit the way.
fn shorter(network: &Network, walk: &Walk, limit: u16) -> Vec<Vec<Command>> {
    let set = || {
        let eni = crate::dataplane::too_long::sender(walk)?;
        let instance = network.eni(eni)?.attached_instance()?;
        change_guest(network, instance, |guest| guest.change_by_hand(|hand| hand.sizes.extend([(eni, limit)])))
    };
    set().into_iter().collect()
}

/// What the guest itself would have to do.
fn guest(network: &Network, step: Seen<'_>, code: Code) -> Vec<Vec<Command>> {
    let Place::Guest(id) = step.place else { return Vec::new() };
    let change = |change: &dyn Fn(&mut Guest)| change_guest(network, id, change).into_iter();
    match code {
        Code::GuestAddressNotConfigured => {
            let wanted = if matches!(step.evidence, Evidence::GuestRoute { .. }) { step.packet.source } else { step.packet.destination };
            let owner = network.instance(id).and_then(|instance| network.eni_by_address(instance.vpc, wanted));
            match (wanted, owner) {
                (IpAddr::V4(ip), Some(eni)) => change(&|guest| guest.configured.extend([(eni.id, ip)])).collect(),
                _ => Vec::new(),
            }
        }
        Code::GuestNotForwarding => change(&|guest| guest.forwarding = true).collect(),
        Code::GuestReversePathFilter => {
            let own = network.instance(id).and_then(|instance| own_table::command(network, instance, step.packet.destination));
            let loose = change(&|guest| guest.change_by_hand(|hand| hand.filter_of_all = Some(RpFilter::Loose)));
            own.map(|command| vec![command]).into_iter().chain(loose).collect()
        }
        Code::GuestNoListener => listener(step.packet).map_or_else(Vec::new, |new| change(&|guest| guest.listeners.push(new)).collect()),
        _ => Vec::new(),
    }
}

fn listener(packet: &Packet) -> Option<Listener> {
    let (protocol, port) = match packet.transport {
        Transport::Tcp { destination, .. } => (ListenerProtocol::Tcp, destination),
        Transport::Udp { destination, .. } => (ListenerProtocol::Udp, destination),
        Transport::Icmp { .. } | Transport::Other(_) => return None,
    };
    Some(Listener { protocol, ports: PortRange::single(port), address: None })
}
