//! The matrix of who reaches whom says what the judge says, asked pair by pair, of random networks; and after edits what a matrix made anew says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod random_net;
mod support_dp;

use eni_core::addr::{Direction, IpAddr, IpNet, Ipv4Addr, Traffic};
use eni_core::analysis::matrix::{Asked, End, Matrix, Where};
use eni_core::dataplane::trace::{Trace, trace};
use eni_core::dataplane::verdict::Walk;
use eni_core::id::*;
use eni_core::measure::estate;
use eni_core::model::by_hand::{ByHand, HandRoute, HandRule};
use eni_core::model::elastic_ip::ElasticIp;
use eni_core::model::eni::{Eni, PublicAddress, PublicOrigin};
use eni_core::model::event::{EniChange, Event, InstanceChange, PeeringChange};
use eni_core::model::fault::Fault;
use eni_core::model::instance::{Guest, Instance, InstanceState};
use eni_core::model::network::Network;
use eni_core::model::network_acl::{AclAction, AclEntry};
use eni_core::model::peering::PeeringState;
use eni_core::model::route_table::{Destination, Route, RouteOrigin, RouteTableUser, RouteTarget};
use eni_core::model::security_group::{GroupRule, Peer, SecurityGroup};
use eni_core::time::Instant;
use random_net::built::build;
use random_net::draw::{Draw, network};
use support_dp::{Lab, ip, net, traffic};

const NETWORKS: u64 = 120;
const EDITED: u64 = 100;
const EDITS: usize = 12;

const ASKED: [Asked; 5] = [
    Asked { protocol: 6, port: 443, running: false },
    Asked { protocol: 6, port: 2000, running: false },
    Asked { protocol: 17, port: 53, running: false },
    Asked { protocol: 1, port: 0, running: false },
    Asked { protocol: 6, port: 22, running: true },
];

/// What the judge says of a pair: the packet gets to the other end, and what comes back is an answer to what was sent.
fn judged(network: &Network, asked: Asked, from: End, to: End) -> bool {
    let Ok(traced) = trace(network, &asked.of_pair(from, to)) else { return false };
    let got = |walk: &Walk, end: End| {
        let Some(arrival) = walk.arrived.filter(|_| walk.disposition.got_through()) else { return false };
        match end {
            End::Eni(id) => arrival.eni == Some(id),
            End::Internet(host) | End::OnPremises(_, host) => arrival.eni.is_none() && arrival.packet.destination == IpAddr::V4(host),
        }
    };
    let Trace { packet, forward, reply: Some(reply), .. } = &traced else { return false };
    got(forward, to) && got(reply, from) && reply.arrived.unwrap().packet.flow() == packet.flow().reversed()
}

fn ends(network: &Network, matrix: &Matrix) -> Vec<End> {
    let enis = network.enis().filter(|eni| eni.primary_ip().is_some()).map(|eni| End::Eni(eni.id));
    enis.chain(matrix.outside().map(|(end, _)| end)).collect()
}

/// Every pair that the matrix knows, with what it says.
fn pairs(network: &Network, matrix: &Matrix, ends: &[End]) -> Vec<(End, End, bool)> {
    let all = ends.iter().flat_map(|from| ends.iter().map(move |to| (*from, *to)));
    all.filter_map(|(from, to)| Some((from, to, matrix.opens(network, from, to)?))).collect()
}

/// Somebody has set routes and rules on a guest by hand.
fn by_hand(network: &Network, draw: &mut Draw) -> Event {
    let with_enis: Vec<&Instance> = network.instances().filter(|instance| !instance.enis.is_empty()).collect();
    let instance = with_enis[draw.below(with_enis.len())];
    let eni = *instance.enis.values().next().unwrap();
    let neighbours: Vec<Ipv4Addr> = network.enis().filter_map(|eni| eni.primary_ip()).collect();
    let block = |draw: &mut Draw| net(draw.one_of(&["0.0.0.0/0", "10.0.1.0/24", "10.0.0.10/32", "198.51.100.0/24", "10.1.0.0/16"]));
    let via = draw.chance(60).then(|| draw.one_of(&neighbours));
    let route = HandRoute { table: 100, destination: block(draw), via, eni, source: None, metric: 0 };
    let rule = HandRule { priority: 100, from: net("0.0.0.0/0"), to: block(draw), table: 100 };
    let hand = ByHand { rules: vec![rule], routes: vec![route], ..ByHand::default() };
    let guest = Guest { by_hand: Some(Box::new(hand)), ..instance.guest.clone() };
    Event::InstanceChanged(instance.id, InstanceChange::Guest(Box::new(guest)))
}

/// An instance may track so many connections; with 0 as many as there are.
fn limited(instance: &Instance, most: u32) -> Event {
    let faults = instance.faults.after(Fault::Connections(most), Instant::ZERO);
    Event::InstanceChanged(instance.id, InstanceChange::Faults(faults))
}

/// Everything that a subnet sends to another VPC or to the internet goes by an ENI of that subnet, past its ACL, which lets nothing out but to the VPC.
fn neighbours(network: &Network) -> Vec<Event> {
    let second = |instance: &&Instance| instance.enis.len() > 1;
    let Some(router) = network.instances().find(second) else { return vec![] };
    let enis: Vec<EniId> = router.enis.values().copied().collect();
    let Some(eni) = enis.last().and_then(|id| network.eni(*id)) else { return vec![] };
    let subnet = network.subnet(eni.subnet).unwrap();
    let Some(table) = network.own_route_table_of(subnet) else { return vec![] };
    let guest = Guest { forwarding: true, policy_routing: false, ..router.guest.clone() };
    let everybody = net("0.0.0.0/0").into();
    let allow = |cidr| AclEntry { traffic: traffic("all"), cidr, action: AclAction::Allow };
    let [ingress, egress] = [Direction::Ingress, Direction::Egress];
    let mut events = vec![
        Event::InstanceChanged(router.id, InstanceChange::Guest(Box::new(guest))),
        Event::AclEntrySet(subnet.acl, egress, 1, AclEntry { action: AclAction::Deny, ..allow(net("198.51.100.0/24").into()) }),
        Event::AclEntrySet(subnet.acl, ingress, 1, allow(everybody)),
    ];
    events.extend(enis.iter().map(|id| Event::EniChanged(*id, EniChange::SourceDestCheck(false))));
    for group in enis.iter().filter_map(|id| network.eni(*id)).flat_map(|eni| &eni.groups) {
        let rule = |direction, number| {
            let id = GroupRuleId::from_number(70_000 + number);
            GroupRule {
                id,
                direction,
                traffic: traffic("all"),
                peer: Peer::Ipv4(net("0.0.0.0/0")),
                description: String::new(),
                tags: Default::default(),
            }
        };
        let number = 2 * events.len() as u64;
        events.push(Event::GroupRulesAdded(*group, vec![rule(ingress, number), rule(egress, number + 1)]));
    }
    let route = Route { target: RouteTarget::Eni(eni.id), origin: RouteOrigin::CreateRoute };
    events.push(Event::RouteSet(table.id, Destination::Cidr(net("198.51.100.0/24").into()), route.clone()));
    // And to the router's other subnet, where it stands among the neighbours again: who has the same table and ACL elsewhere crosses the border.
    let beyond = network.eni(enis[0]).and_then(|eni| network.subnet(eni.subnet)).filter(|other| other.id != subnet.id);
    if let Some(beyond) = beyond {
        let to = IpNet::V4(beyond.cidr);
        events.push(Event::AclEntrySet(subnet.acl, egress, 2, AclEntry { action: AclAction::Deny, ..allow(to) }));
        events.push(Event::RouteSet(table.id, Destination::Cidr(to), route));
    }
    events
}

/// All subnets of a VPC use the table and the ACL of the first one.
fn alike(network: &Network) -> Vec<Event> {
    let mut events = Vec::new();
    for vpc in network.vpcs() {
        let Some(first) = network.subnets_of_vpc(vpc.id).next() else { continue };
        for subnet in network.subnets_of_vpc(vpc.id).skip(1) {
            events.push(Event::AclAssociationReplaced(subnet.id, first.acl, subnet.acl_association));
            let (own, shared) = (network.own_route_table_of(subnet), network.own_route_table_of(first));
            if let (Some(own), Some(shared)) = (own, shared) {
                let used = own.associations.iter().find(|(_, user)| **user == RouteTableUser::Subnet(subnet.id));
                let association = *used.unwrap().0;
                events.push(Event::RouteTableDisassociated(own.id, association));
                events.push(Event::RouteTableAssociated(shared.id, association, RouteTableUser::Subnet(subnet.id)));
            }
        }
    }
    events
}

/// The network of a seed. On every second one subnets have tables and ACLs in common, on every third one somebody has set something by hand.
fn drawn(seed: u64) -> Network {
    let mut network = build(&network(seed)).lab.network;
    if seed.is_multiple_of(2) {
        alike(&network).iter().for_each(|event| network.apply(event));
    }
    if seed % 5 == 1 {
        neighbours(&network).iter().for_each(|event| network.apply(event));
    }
    if seed.is_multiple_of(3) && network.instances().any(|instance| !instance.enis.is_empty()) {
        let event = by_hand(&network, &mut Draw::new(seed));
        network.apply(&event);
    }
    if seed % 4 == 1 {
        let limits: Vec<Event> = network.instances().map(|instance| limited(instance, (seed % 3) as u32)).collect();
        limits.iter().for_each(|event| network.apply(event));
    }
    network
}

// rules: S2 S3 S22 S25 S28 S32 S35 N4 N7 N9 N10 R5 R12 R33 R40 R46 R53 G5 G7 G10 P8 P11 P24
#[test]
fn the_matrix_says_what_the_judge_says_of_each_pair() {
    let (mut open, mut shut) = (0, 0);
    for seed in 0..NETWORKS {
        let network = &drawn(seed);
        for asked in ASKED {
            let matrix = Matrix::build(network, asked);
            for (from, to, opens) in pairs(network, &matrix, &ends(network, &matrix)) {
                assert_eq!(opens, judged(network, asked, from, to), "seed {seed}, {asked:?}: {from:?} -> {to:?}");
                if opens { open += 1 } else { shut += 1 }
            }
        }
    }
    assert!(open > 3_000 && shut > 10_000, "{open} {shut}");
}

type Change<'a> = &'a dyn Fn(&mut Lab);

/// Hosts in two zones of two VPCs, joined by a transit gateway and, for references of groups, by a peering connection that no route names.
fn joined() -> (Lab, support_dp::Transit) {
    let mut lab = Lab::new();
    let far = lab.far("B", "10.1.1.20");
    let mine = lab.default_group;
    let (gate, far_gate) = (lab.subnet("10.0.9.0/28"), lab.subnet_in(far.vpc, far.acl, "10.1.9.0/28"));
    let (near, other_zone) = (lab.subnet("10.0.1.0/24"), lab.subnet("10.0.2.0/24"));
    lab.zone(other_zone, "us-east-1b");
    for (name, subnet, address) in [("A", near, "10.0.1.10"), ("N", near, "10.0.1.11"), ("Z", other_zone, "10.0.2.10")] {
        lab.host(name, subnet, address, &[mine]);
    }
    lab.host("C", far.subnet, "10.1.1.200", &[far.group]);
    let transit = lab.transit(&[(gate, "10.0.9.4"), (far_gate, "10.1.9.4")]);
    lab.lead_to_each_other(&far, RouteTarget::TransitGateway(transit.gateway));
    lab.peering(far.vpc);
    lab.rule(far.group, "in tcp 443 10.0.0.0/8");
    lab.rule(far.group, &format!("in udp 53 {mine}"));
    (lab, transit)
}

// rules: R65 R66 R67 R68 S28 S31
#[test]
fn the_matrix_knows_the_ways_of_a_transit_gateway() {
    let (mut lab, transit) = joined();
    let appliance = |lab: &mut Lab| {
        let (subnet, far) = (lab.network.subnets().find(|subnet| subnet.cidr == net("10.1.9.0/28")).unwrap().id, transit.attachments[1]);
        let own = lab.network.subnet(subnet).unwrap().clone();
        let second = lab.subnet_in(own.vpc, own.acl, "10.1.10.0/28");
        lab.zone(second, "us-east-1b");
        let eni = lab.service_eni(second, "10.1.10.4", &[], "transit_gateway", "amazon-transit-gateway");
        // Behind the second ENI nothing leads on.
        let table = RouteTableId::from_number(lab.number());
        lab.table_with(table, own.vpc, RouteTableUser::Subnet(second), "10.1.0.0/24");
        lab.transit_attachment(far, |one| {
            one.enis.push(eni);
            one.options.appliance_mode = true;
        });
    };
    let blackhole = |lab: &mut Lab| {
        lab.transit_table(transit.table, |table| _ = table.routes.insert(IpNet::V4(net("10.1.1.128/25")), None));
    };
    // The gateway still carries what groups of the two VPCs may not name each other for any more.
    let parted = |lab: &mut Lab| {
        let peering = lab.network.peerings().next().unwrap().id;
        lab.apply(Event::PeeringChanged(peering, PeeringChange::State(PeeringState::Deleted)));
    };
    let changes: [(&str, Change<'_>); 4] =
        [("as it is", &|_| {}), ("parted", &parted), ("blackhole", &blackhole), ("appliance", &appliance)];
    for (name, change) in changes {
        change(&mut lab);
        let network = &lab.network;
        for asked in ASKED {
            let matrix = Matrix::build(network, asked);
            let mut open = 0;
            for (from, to, opens) in pairs(network, &matrix, &ends(network, &matrix)) {
                assert_eq!(opens, judged(network, asked, from, to), "{name}, {asked:?}: {from:?} -> {to:?}");
                open += usize::from(opens);
            }
            assert!(open > 0, "{name} {asked:?}");
        }
    }
}

// rules: S28
#[test]
fn a_group_of_a_vpc_that_is_joined_no_more_lets_nobody_in_who_has_the_address_of_a_member() {
    let mut lab = Lab::new();
    let (near, mine) = (lab.subnet("10.0.1.0/24"), lab.default_group);
    lab.host("A", near, "10.0.1.10", &[mine]);
    let far = lab.far("B", "10.1.1.20");
    let peering = lab.peering(far.vpc);
    lab.lead_to_each_other(&far, RouteTarget::Peering(peering));
    // A third VPC has the blocks of the first one, and a host with the address of A.
    let twin = lab.other_vpc("10.0.0.0/16");
    let vpc = lab.network.vpc(twin).unwrap();
    let (acl, theirs) = (vpc.default_acl, vpc.default_group);
    let subnet = lab.subnet_in(twin, acl, "10.0.1.0/24");
    lab.host("T", subnet, "10.0.1.10", &[theirs]);
    let joined = lab.peering_between(far.vpc, twin);
    lab.rule(far.group, &format!("in udp 53 {theirs}"));
    for state in [PeeringState::Active, PeeringState::Deleted] {
        lab.apply(Event::PeeringChanged(joined, PeeringChange::State(state)));
        let network = &lab.network;
        for asked in ASKED {
            let matrix = Matrix::build(network, asked);
            for (from, to, opens) in pairs(network, &matrix, &ends(network, &matrix)) {
                assert_eq!(opens, judged(network, asked, from, to), "{state:?}, {asked:?}: {from:?} -> {to:?}");
            }
        }
    }
}

// rules: R33
#[test]
fn the_host_that_stands_for_all_that_is_outside_is_no_address_of_the_accounts_own() {
    let taken = Ipv4Addr::new(203, 0, 113, 1);
    for is_mapped in [false, true] {
        let mut lab = Lab::new();
        lab.gateway();
        let (subnet, group) = (lab.subnet("10.0.1.0/24"), lab.default_group);
        let (a, b) = (lab.host("A", subnet, "10.0.1.10", &[group]), lab.host("B", subnet, "10.0.1.11", &[group]));
        lab.public(a.eni, "10.0.1.10", "203.0.113.50");
        // Named blocks have those that come before it.
        for block in ["198.51.100.0/24", "192.0.2.0/24"] {
            lab.rule(group, &format!("in tcp 443 {block}"));
        }
        let mut followed = Matrix::build(&lab.network, ASKED[0]);
        let stranger = |matrix: &Matrix| matrix.outside().find(|(_, block)| block.is_none()).unwrap().0;
        assert_eq!(stranger(&followed), End::Internet(taken));
        let event = if is_mapped {
            Event::PublicIpGiven(b.eni, ip("10.0.1.11"), PublicAddress { ip: taken, origin: PublicOrigin::Amazon })
        } else {
            let (allocation, tags) = (AllocationId::from_number(1), Default::default());
            Event::ElasticIpAllocated(Box::new(ElasticIp { allocation, ip: taken, association: None, service_managed: None, tags }))
        };
        lab.apply(event.clone());
        followed.update(&lab.network, &[event]);
        for matrix in [followed, Matrix::build(&lab.network, ASKED[0])] {
            let outside = stranger(&matrix);
            assert_ne!(outside, End::Internet(taken), "{is_mapped}");
            assert_eq!(matrix.opens(&lab.network, End::Eni(a.eni), outside), Some(true), "{is_mapped}");
        }
    }
}

/// Those of an import are no numbers of a counter.
#[test]
fn an_acl_with_the_id_of_a_real_account_is_followed_as_one_of_ours() {
    let mut lab = Lab::new();
    let (one, two, group) = (lab.subnet("10.0.1.0/24"), lab.subnet("10.0.2.0/24"), lab.default_group);
    lab.host("A", one, "10.0.1.10", &[group]);
    lab.host("B", two, "10.0.2.10", &[group]);
    let (acl, vpc): (AclId, _) = ("acl-0f123456789abcdef".parse().unwrap(), lab.vpc);
    lab.acl_with(acl, vpc);
    lab.apply(Event::AclAssociationReplaced(two, acl, AclAssociationId::from_number(90)));
    let mut matrix = Matrix::build(&lab.network, ASKED[0]);
    for direction in [Direction::Ingress, Direction::Egress] {
        let entry = AclEntry { traffic: Traffic::All, cidr: IpNet::V4(net("0.0.0.0/0")), action: AclAction::Allow };
        let event = Event::AclEntrySet(acl, direction, 100, entry);
        lab.apply(event.clone());
        matrix.update(&lab.network, &[event]);
        for (from, to, opens) in pairs(&lab.network, &matrix, &ends(&lab.network, &matrix)) {
            assert_eq!(opens, judged(&lab.network, ASKED[0], from, to), "{direction:?}: {from:?} -> {to:?}");
        }
    }
}

/// A listing tells the same pairs as the matrix itself.
#[test]
fn links_between_classes_are_all_pairs_and_no_others() {
    for seed in 0..40 {
        let network = &drawn(seed);
        let matrix = Matrix::build(network, ASKED[0]);
        let classes = matrix.classes();
        let mut told = Vec::new();
        let subnet = |end: End| if let End::Eni(id) = end { network.eni(id).map(|eni| eni.subnet) } else { None };
        for link in matrix.links(network, &classes) {
            for from in &classes[link.from].members {
                for to in classes[link.to].members.iter().filter(|to| *to != from) {
                    let same = subnet(*from) == subnet(*to);
                    if !matches!((link.place, same), (Where::SameSubnet, false) | (Where::OtherSubnets, true)) {
                        told.push((*from, *to));
                    }
                }
            }
        }
        let ends = ends(network, &matrix);
        let mut known: Vec<_> =
            pairs(network, &matrix, &ends).into_iter().filter(|(.., opens)| *opens).map(|(from, to, _)| (from, to)).collect();
        let between = known.iter().filter(|(from, to)| subnet(*from).is_some() && subnet(*to).is_some()).count();
        told.sort_unstable();
        known.sort_unstable();
        assert_eq!(told, known, "seed {seed}");
        assert_eq!(matrix.count(network), between as u64, "seed {seed}");
    }
}

/// Neighbours may what others may not: the ACL of the second tier denies secure shell from other subnets.
#[test]
fn a_link_within_subnets_alone_counts_no_other_pairs() {
    let mut network = estate(850, 3).unwrap();
    let shared = network.groups().find(|group| network.enis_in_group(group.id).count() > 800).unwrap().id;
    let open = Peer::Ipv4(net("0.0.0.0/0"));
    let rule = |number, direction| GroupRule {
        id: GroupRuleId::from_number(number),
        direction,
        traffic: traffic("tcp 22"),
        peer: open,
        description: String::new(),
        tags: Default::default(),
    };
    let rules = vec![rule(90_000, Direction::Ingress), rule(90_001, Direction::Egress)];
    network.apply(&Event::GroupRulesAdded(shared, rules));
    let matrix = Matrix::build(&network, Asked { protocol: 6, port: 22, running: false });
    let classes = matrix.classes();
    assert!(matrix.links(&network, &classes).any(|link| link.place == Where::SameSubnet));
    let enis: Vec<End> = network.enis().map(|eni| End::Eni(eni.id)).collect();
    let open = pairs(&network, &matrix, &enis).into_iter().filter(|(.., opens)| *opens).count();
    assert_eq!(matrix.count(&network), open as u64);
}

#[test]
fn the_matrix_of_an_estate_says_what_the_judge_says() {
    let network = estate(300, 3).unwrap();
    for (port, least) in [(443, 1_000), (8080, 100), (22, 10), (9100, 1)] {
        let asked = Asked { protocol: 6, port, running: false };
        let matrix = Matrix::build(&network, asked);
        let all = pairs(&network, &matrix, &ends(&network, &matrix));
        let mut draw = Draw::new(u64::from(port));
        for (from, to, opens) in all.iter().filter(|(.., opens)| *opens || draw.chance(5)) {
            assert_eq!(*opens, judged(&network, asked, *from, *to), "{port}: {from:?} -> {to:?}");
        }
        assert!(all.iter().filter(|(.., opens)| *opens).count() > least, "{port}");
    }
}

/// An edit of a random network, and what happens by it.
fn edit(network: &Network, draw: &mut Draw, number: u64) -> Vec<Event> {
    match draw.below(17) {
        0 | 1 => rule_added(network, draw, number),
        2 => {
            let group = any_group(network, draw);
            let rules: Vec<GroupRuleId> = network.group(group).unwrap().rules.iter().map(|rule| rule.id).collect();
            if rules.is_empty() { vec![] } else { vec![Event::GroupRulesRemoved(group, vec![draw.one_of(&rules)])] }
        }
        3 | 9 | 10 => acl_edited(network, draw),
        4 => route_edited(network, draw),
        5 => {
            let eni = any_eni(network, draw);
            match &eni.attachment {
                Some(_) => vec![Event::DetachStarted(eni.id), Event::DetachFinished(eni.id)],
                None => attach(network, eni.id, draw, number),
            }
        }
        6 => {
            let instance = any_instance(network, draw);
            let state = if instance.state == InstanceState::Running { InstanceState::Stopped } else { InstanceState::Running };
            vec![Event::InstanceStateChanged(instance.id, state)]
        }
        7 => {
            let eni = any_eni(network, draw);
            let of_vpc: Vec<GroupId> = network.groups().filter(|group| group.vpc == eni.vpc).map(|group| group.id).collect();
            let few = [draw.one_of(&of_vpc), draw.one_of(&of_vpc)];
            vec![Event::EniChanged(eni.id, EniChange::Groups(if few[0] == few[1] { vec![few[0]] } else { few.to_vec() }))]
        }
        8 if network.instances().any(|instance| !instance.enis.is_empty()) => vec![by_hand(network, draw)],
        12 | 13 => group_joined(network, draw, number),
        14 | 15 => acl_replaced(network, draw, number),
        16 => vec![limited(any_instance(network, draw), draw.below(4) as u32)],
        _ => {
            let instance = any_instance(network, draw);
            let mut guest = instance.guest.clone();
            guest.policy_routing = !guest.policy_routing;
            guest.forwarding = draw.chance(50);
            vec![Event::InstanceChanged(instance.id, InstanceChange::Guest(Box::new(guest)))]
        }
    }
}

const BLOCKS: [&str; 8] =
    ["0.0.0.0/0", "10.0.0.0/16", "10.0.1.0/24", "10.0.0.10/32", "10.0.0.12/31", "198.51.100.0/24", "203.0.113.0/24", "10.0.0.0/8"];
const KINDS: [&str; 7] = ["all", "tcp", "tcp 443", "udp 53", "icmp", "tcp 1024-65535", "tcp 80"];

fn any_group(network: &Network, draw: &mut Draw) -> GroupId {
    draw.one_of(&network.groups().map(|group| group.id).collect::<Vec<_>>())
}

fn any_eni<'n>(network: &'n Network, draw: &mut Draw) -> &'n Eni {
    let own: Vec<&Eni> = network.enis().filter(|eni| eni.requester.is_none()).collect();
    draw.one_of(&own)
}

fn any_instance<'n>(network: &'n Network, draw: &mut Draw) -> &'n Instance {
    network.instances().nth(draw.below(network.instances().len())).unwrap()
}

fn any_direction(draw: &mut Draw) -> Direction {
    draw.one_of(&[Direction::Ingress, Direction::Egress])
}

fn rule_added(network: &Network, draw: &mut Draw, number: u64) -> Vec<Event> {
    let peer = match draw.below(10) {
        0..=4 => Peer::Ipv4(net(draw.one_of(&BLOCKS))),
        5 | 6 => Peer::Group(network.groups().map(|group| group.id).max().unwrap()),
        _ => Peer::Group(any_group(network, draw)),
    };
    let rule = GroupRule {
        id: GroupRuleId::from_number(9_000 + number),
        direction: any_direction(draw),
        traffic: traffic(draw.one_of(&KINDS)),
        peer,
        description: String::new(),
        tags: Default::default(),
    };
    vec![Event::GroupRulesAdded(any_group(network, draw), vec![rule])]
}

/// A group that nothing names yet joins those of an ENI.
fn group_joined(network: &Network, draw: &mut Draw, number: u64) -> Vec<Event> {
    let (eni, id, text) = (any_eni(network, draw), GroupId::from_number(90_000 + number), String::new());
    let group = SecurityGroup { id, vpc: eni.vpc, name: id.to_string(), description: text, rules: vec![], tags: Default::default() };
    let with = [&eni.groups[..], &[id]].concat();
    vec![Event::GroupCreated(Box::new(group)), Event::EniChanged(eni.id, EniChange::Groups(with))]
}

fn acl_edited(network: &Network, draw: &mut Draw) -> Vec<Event> {
    let acl = draw.one_of(&network.acls().map(|acl| acl.id).collect::<Vec<_>>());
    let (number, direction) = (1 + u16::try_from(draw.below(120)).unwrap(), any_direction(draw));
    // An entry that is there, or a new one.
    let known: Vec<u16> = network.acl(acl).unwrap().entries(direction).keys().copied().collect();
    let number = if !known.is_empty() && draw.chance(40) { draw.one_of(&known) } else { number };
    // Blocks that are named already, and traffic that is asked about, more often than not.
    let block = if draw.chance(70) { "0.0.0.0/0" } else { draw.one_of(&BLOCKS) };
    let kind = if draw.chance(70) { "all" } else { draw.one_of(&KINDS) };
    let action = draw.one_of(&[AclAction::Allow, AclAction::Deny]);
    let there = network.acl(acl).unwrap().entries(direction).contains_key(&number);
    if there && draw.chance(50) {
        return vec![Event::AclEntryRemoved(acl, direction, number)];
    }
    vec![Event::AclEntrySet(acl, direction, number, AclEntry { traffic: traffic(kind), cidr: net(block).into(), action })]
}

/// A subnet gets another ACL of its VPC.
fn acl_replaced(network: &Network, draw: &mut Draw, number: u64) -> Vec<Event> {
    let subnet = network.subnets().nth(draw.below(network.subnets().len())).unwrap();
    let acls: Vec<AclId> = network.acls().filter(|acl| acl.vpc == subnet.vpc).map(|acl| acl.id).collect();
    vec![Event::AclAssociationReplaced(subnet.id, draw.one_of(&acls), AclAssociationId::from_number(9_000 + number))]
}

/// A route comes or goes. Blocks lie in each other, so that others stand in its way, and it in theirs.
fn route_edited(network: &Network, draw: &mut Draw) -> Vec<Event> {
    let table = network.route_tables().nth(draw.below(network.route_tables().len())).unwrap();
    let by_hand = |route: &Route| route.origin == RouteOrigin::CreateRoute;
    let removable: Vec<Destination> = table.routes.iter().filter(|(_, route)| by_hand(route)).map(|(to, _)| *to).collect();
    if !removable.is_empty() && draw.chance(40) {
        return vec![Event::RouteRemoved(table.id, draw.one_of(&removable))];
    }
    let target = match draw.below(4) {
        0 => RouteTarget::Eni(any_eni(network, draw).id),
        1 => network.nat_gateways().next().map_or(RouteTarget::Local, |nat| RouteTarget::NatGateway(nat.id)),
        2 => network.peerings().next().map_or(RouteTarget::Local, |peering| RouteTarget::Peering(peering.id)),
        _ => network.internet_gateways().next().map_or(RouteTarget::Local, |gateway| RouteTarget::InternetGateway(gateway.id)),
    };
    let to = draw.one_of(&["0.0.0.0/0", "198.51.100.0/24", "10.0.0.0/8", "10.1.0.0/16", "10.0.1.0/24", "10.0.0.10/32"]);
    let to = Destination::Cidr(net(to).into());
    if table.routes.get(&to).is_some_and(|route| !by_hand(route)) {
        return vec![];
    }
    let origin = if draw.chance(10) { RouteOrigin::EnableVgwRoutePropagation } else { RouteOrigin::CreateRoute };
    vec![Event::RouteSet(table.id, to, Route { target, origin })]
}

fn attach(network: &Network, eni: EniId, draw: &mut Draw, number: u64) -> Vec<Event> {
    use eni_core::model::eni::{Attachment, AttachmentStatus};
    let instance = any_instance(network, draw);
    let device_index = (0..9).find(|index| !instance.enis.contains_key(&(0, *index))).unwrap();
    let attachment = Attachment {
        id: AttachmentId::from_number(9_000 + number),
        instance: instance.id,
        device_index,
        network_card: 0,
        delete_on_termination: false,
        status: AttachmentStatus::Attaching,
        attached_at: Instant::ZERO,
    };
    vec![Event::AttachStarted(eni, Box::new(attachment)), Event::AttachFinished(eni)]
}

/// Edits random networks, and holds the matrices that are told of it against ones made anew; how many pairs could open a connection.
fn edited(kind: u64, edit: impl Fn(&Network, &mut Draw, u64) -> Vec<Event>) -> usize {
    let mut open = 0;
    for seed in 0..EDITED {
        let mut draw = Draw::new(seed ^ kind);
        let mut network = drawn(seed);
        let asked = draw.one_of(&ASKED);
        let mut matrix = Matrix::build(&network, asked);
        for number in 0..EDITS {
            let events = edit(&network, &mut draw, number as u64);
            events.iter().for_each(|event| network.apply(event));
            matrix.update(&network, &events);
            let anew = Matrix::build(&network, asked);
            for (from, to, opens) in pairs(&network, &anew, &ends(&network, &anew)) {
                assert_eq!(matrix.opens(&network, from, to), Some(opens), "seed {seed}, edit {number} {events:?}: {from:?} -> {to:?}");
                open += usize::from(opens);
            }
        }
    }
    open
}

// rules: S22 S23 N4 R5 R12 E14 G5
#[test]
fn after_an_edit_the_matrix_says_what_one_made_anew_says() {
    let open = edited(0xed17, edit);
    assert!(open > 3_000, "{open}");
}

// rules: R5 R12
#[test]
fn after_routes_came_and_went_the_matrix_says_what_one_made_anew_says() {
    let open = edited(0x40e5, |network, draw, _| (0..1 + draw.below(2)).flat_map(|_| route_edited(network, draw)).collect());
    assert!(open > 3_000, "{open}");
}
