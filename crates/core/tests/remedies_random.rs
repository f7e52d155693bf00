//! Whatever is wrong with a network: what is offered against it gets the packet there and its answer back, and touches nobody untold.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod blockers;
#[path = "support/random.rs"]
mod random;
mod scenes;
mod support_dp;

use eni_core::addr::{Direction, IpNet, Ipv4Net, Traffic};
use eni_core::analysis::remedy::{self, Remedy};
use eni_core::control::command::{AttachmentKey, Command, EniAttribute};
use eni_core::control::decide::decide;
use eni_core::control::transition::settle;
use eni_core::dataplane::trace::{End, Trace, TraceRequest, trace};
use eni_core::dataplane::verdict::Place;
use eni_core::id::*;
use eni_core::model::event::TaggedId;
use eni_core::model::instance::{GuestFlavour, RpFilter};
use eni_core::model::network::Network;
use eni_core::model::network_acl::{AclAction, AclEntry};
use eni_core::model::route_table::{Destination, RouteTableUser};
use eni_core::rng::Rng;
use eni_core::time::{Duration, Instant};
use std::collections::BTreeSet;

/// A network, and the moment.
struct World {
    network: Network,
    now: Instant,
}

impl World {
    /// Does an act if it is accepted, and lets what follows happen.
    fn act(&mut self, command: &Command) -> bool {
        let Ok(decision) = decide(&self.network, command, self.now) else { return false };
        decision.events.iter().for_each(|event| self.network.apply(event));
        true
    }

    fn settle(&mut self) {
        self.now += Duration::from_secs(60);
        settle(&mut self.network, self.now);
    }
}

fn pick<T: Clone>(rng: &mut Rng, from: &[T]) -> T {
    from[usize::try_from(rng.below(u64::try_from(from.len()).unwrap())).unwrap()].clone()
}

/// Something that often goes wrong.
fn mishap(rng: &mut Rng, network: &Network) -> Option<Command> {
    let instances: Vec<InstanceId> = network.instances().map(|instance| instance.id).collect();
    let groups: Vec<GroupId> = network.groups().map(|group| group.id).collect();
    let direction = pick(rng, &[Direction::Ingress, Direction::Egress]);
    Some(match rng.below(9) {
        0 => {
            let group = pick(rng, &groups);
            let rules = network.group(group)?.rules_of(direction).map(|rule| rule.id).collect();
            Command::RevokeSecurityGroup { group, direction, permissions: Vec::new(), rules }
        }
        1 => {
            let acls: Vec<AclId> = network.acls().map(|acl| acl.id).collect();
            let cidr = IpNet::V4(pick(rng, &["0.0.0.0/0", "10.0.2.0/24", "10.0.1.0/24"]).parse().unwrap());
            let entry = AclEntry { traffic: Traffic::All, cidr, action: AclAction::Deny };
            Command::SetNetworkAclEntry { acl: pick(rng, &acls), direction, number: pick(rng, &[1, 2, 50]), entry, replace: false }
        }
        2 => {
            let tables: Vec<RouteTableId> = network.route_tables().map(|table| table.id).collect();
            Command::DeleteRoute { table: pick(rng, &tables), destination: Destination::Cidr(IpNet::V4(Ipv4Net::default())) }
        }
        3 => Command::StopInstances(vec![pick(rng, &instances)]),
        4 => {
            let ties: Vec<AttachmentId> = network.enis().filter_map(|eni| eni.attachment.as_ref().map(|tie| tie.id)).collect();
            Command::DetachNetworkInterface { attachment: AttachmentKey::Eni(pick(rng, &ties)), force: false }
        }
        5 => {
            let ties: Vec<AssociationId> = network.elastic_ips().filter_map(|eip| eip.association.map(|tie| tie.id)).collect();
            Command::DisassociateAddress(*ties.first()?)
        }
        6 => {
            let gateway = network.internet_gateways().find(|gateway| gateway.vpc.is_some())?;
            Command::DetachInternetGateway { gateway: gateway.id, vpc: gateway.vpc? }
        }
        7 => {
            let enis: Vec<EniId> = network.enis().map(|eni| eni.id).collect();
            Command::ModifyNetworkInterfaceAttribute(pick(rng, &enis), vec![EniAttribute::SourceDestCheck(false)])
        }
        _ => {
            let id = pick(rng, &instances);
            let mut guest = network.instance(id)?.guest.clone();
            match rng.below(6) {
                0 => guest.policy_routing = false,
                1 => guest.rp_filter = RpFilter::Strict,
                2 => guest.listeners.clear(),
                3 => guest.configures_secondaries = false,
                4 => guest.change_by_hand(|hand| hand.without_default.extend(network.enis().map(|eni| eni.id).take(2))),
                _ => guest.forwarding = true,
            }
            Command::ConfigureGuest(id, Box::new(guest))
        }
    })
}

/// The first scene after some mishaps and random acts.
fn spoilt(seed: u64) -> World {
    let mut rng = Rng::new(seed);
    let flavour = pick(&mut rng, &[GuestFlavour::PolicyRouting, GuestFlavour::Plain, GuestFlavour::Router]);
    let mut world = World { network: scenes::first_scene(flavour).simulator.network().clone(), now: Instant::ZERO };
    for _ in 0..rng.below(8) {
        let command =
            if rng.below(3) == 0 { Some(random::random_command(&mut rng, &world.network)) } else { mishap(&mut rng, &world.network) };
        if command.is_some_and(|command| world.act(&command)) {
            world.settle();
        }
    }
    world
}

fn ends(network: &Network) -> Vec<End> {
    let instances = network.instances().map(|instance| End::Instance(instance.id));
    instances.chain(network.enis().map(|eni| End::Eni(eni.id))).chain([End::Internet]).collect()
}

fn question(rng: &mut Rng, network: &Network) -> TraceRequest {
    let ends = ends(network);
    let mut request = TraceRequest::new(pick(rng, &ends), pick(rng, &ends));
    request.protocol = pick(rng, &[6, 6, 17, 1]);
    request.port = pick(rng, &[443, 53, 22]);
    request.assume.listening = rng.below(2) == 0;
    request
}

/// What gets through between all ENIs and the internet, each seen by who is at its ends.
fn verdicts(network: &Network, like: &TraceRequest) -> Vec<(End, End, bool)> {
    let ends: Vec<End> = network.enis().map(|eni| End::Eni(eni.id)).chain([End::Internet]).collect();
    let mut all = Vec::new();
    for (from, to) in ends.iter().flat_map(|from| ends.iter().map(move |to| (*from, *to))) {
        let asked = trace(network, &TraceRequest { from, to, ..*like });
        all.push((from, to, asked.is_ok_and(|asked| asked.got_through())));
    }
    all
}

/// The ENIs that a remedy says it touches, or that the packet met: whatever its acts name, who shares it, and who is where the packet passed.
fn told(network: &Network, remedy: &Remedy, asked: &Trace) -> BTreeSet<EniId> {
    let mut enis = BTreeSet::new();
    let of_subnet = |id: SubnetId| network.enis_in_subnet(id).map(|eni| eni.id).collect::<Vec<_>>();
    let of_instance = |id: InstanceId| network.instance(id).into_iter().flat_map(|i| i.enis.values().copied()).collect::<Vec<_>>();
    for with in remedy.shared.iter().flat_map(|shared| &shared.with) {
        match with {
            TaggedId::Eni(id) => enis.extend([*id]),
            TaggedId::Subnet(id) => enis.extend(of_subnet(*id)),
            other => panic!("{other:?}"),
        }
    }
    for act in &remedy.acts {
        match act {
            Command::AuthorizeSecurityGroup { group, .. } => {
                // Of those that carry it, the one where the packet was stopped is not told of.
                let others = network.enis_in_group(*group).filter(|eni| !enis.contains(&eni.id)).count();
                assert!(others <= 1, "{remedy:#?}");
                enis.extend(network.enis_in_group(*group).map(|eni| eni.id));
            }
            Command::SetNetworkAclEntry { acl, .. } => {
                let own: Vec<_> = network.subnets().filter(|subnet| subnet.acl == *acl).collect();
                let untold = own.iter().filter(|subnet| !tells(remedy, TaggedId::Subnet(subnet.id))).count();
                assert!(untold <= 1, "{remedy:#?}");
                own.iter().for_each(|subnet| enis.extend(of_subnet(subnet.id)));
            }
            Command::SetRoute { table, .. } | Command::DeleteRoute { table, .. } => {
                let own: Vec<_> = network.subnets().filter(|s| network.route_table_of(s).is_some_and(|found| found.id == *table)).collect();
                let untold = own.iter().filter(|subnet| !tells(remedy, TaggedId::Subnet(subnet.id))).count();
                assert!(untold <= 1, "{remedy:#?}");
                own.iter().for_each(|subnet| enis.extend(of_subnet(subnet.id)));
            }
            Command::AssociateRouteTable { subnet, .. } => enis.extend(of_subnet(*subnet)),
            Command::ReplaceRouteTableAssociation { association, .. } => {
                let table = network.route_table_by_association(*association).unwrap();
                let Some(RouteTableUser::Subnet(subnet)) = table.associations.get(association) else { panic!("{remedy:#?}") };
                enis.extend(of_subnet(*subnet));
            }
            Command::ModifyNetworkInterfaceAttribute(eni, _)
            | Command::AttachNetworkInterface { eni, .. }
            | Command::AssociateAddress { eni: Some(eni), .. } => enis.extend([*eni]),
            Command::StartInstances(ids) => ids.iter().for_each(|id| enis.extend(of_instance(*id))),
            Command::ConfigureGuest(id, _) => enis.extend(of_instance(*id)),
            _ => {}
        }
        if let Command::AttachNetworkInterface { instance, .. } = act {
            enis.extend(of_instance(*instance));
        }
    }
    for step in asked.forward.steps.iter().chain(asked.reply.iter().flat_map(|reply| &reply.steps)) {
        if let Place::Eni(id) = step.place {
            enis.extend([id]);
        }
    }
    enis
}

fn tells(remedy: &Remedy, id: TaggedId) -> bool {
    remedy.shared.iter().any(|shared| shared.with.contains(&id))
}

/// What a run met.
#[derive(Debug, Default)]
struct Tally {
    /// Questions that one check refused, two, three, or more, one after the other.
    rows: [usize; 4],
    /// Those that nothing would let through.
    dead_ends: usize,
}

/// Asks a few questions of a spoilt network; how many remedies were offered and held.
fn play(seed: u64, tally: &mut Tally) -> usize {
    let world = spoilt(seed);
    let mut rng = Rng::new(seed ^ 0x5eed);
    let mut held = 0;
    for _ in 0..6 {
        let request = question(&mut rng, &world.network);
        let Ok(asked) = trace(&world.network, &request) else { continue };
        let blocker = remedy::of_trace(&world.network, &asked, world.now);
        assert_eq!(blocker.is_none(), asked.got_through(), "seed {seed}, {request:?}");
        let Some(blocker) = blocker else { continue };
        blockers::prove(&world.network, &request, &blocker, world.now);
        tally.rows[blocker.rows.len().min(4) - 1] += 1;
        tally.dead_ends += usize::from(blocker.remedies.is_empty());
        let before = verdicts(&world.network, &request);
        for remedy in &blocker.remedies {
            // Done for real, one act after the other.
            let mut changed = World { network: world.network.clone(), now: world.now };
            for act in &remedy.acts {
                assert!(changed.act(act), "seed {seed}, {request:?}: {act:?} of {remedy:#?} is refused");
            }
            changed.settle();
            assert_eq!(changed.network.check_invariants(), Vec::<String>::new());
            let again = trace(&changed.network, &request).unwrap();
            assert!(again.got_through(), "seed {seed}, {request:?}: {remedy:#?} leaves {:?}", again.forward.code());
            let told = told(&world.network, remedy, &asked);
            for (was, is) in before.iter().zip(verdicts(&changed.network, &request)) {
                assert_eq!((was.0, was.1), (is.0, is.1), "no ENI comes or goes");
                let touched = [was.0, was.1].iter().any(|end| matches!(end, End::Eni(eni) if told.contains(eni)));
                assert!(was.2 == is.2 || touched, "seed {seed}, {request:?}: {remedy:#?} changes {was:?} untold");
            }
            held += 1;
        }
    }
    held
}

#[test]
fn every_remedy_helps_and_touches_nobody_untold() {
    // Seeds are fixed: the same run everywhere. Thousands more were played when this was written.
    let mut tally = Tally::default();
    let offered: Vec<usize> = (100..140).map(|seed| play(seed, &mut tally)).collect();
    assert!(offered.iter().filter(|held| **held > 0).count() >= 25, "most that goes wrong can be mended: {offered:?}");
    assert!(tally.rows.iter().all(|count| *count > 0) && tally.dead_ends > 0, "{tally:?}");
}
