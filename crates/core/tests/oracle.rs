//! The judge of packets against the Linux kernel: random networks are built of namespaces, wires, routes, nftables and connection tracking, real
//! packets are sent into them, and both must say of each who hears it, as what, and who hears the answer.
//!
//! It needs root, `ip` and `nft`. `ENI_ORACLE_NETWORKS` says how many networks are asked about and `ENI_ORACLE_SEED` which one is first.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod kernel_net;
mod random_net;
mod support_dp;

use eni_core::dataplane::conntrack::Tracking;
use eni_core::dataplane::pipeline::Check;
use eni_core::dataplane::translation::FIRST_PORT;
use eni_core::dataplane::verdict::{Place, Walk};
use eni_core::dataplane::{Assume, Luck, Origin, Question, judge};
use eni_core::model::eni::Eni;
use eni_core::model::network::Network;
use eni_core::packet::Packet;
use eni_core::time::Instant;
use kernel_net::{Answer, GUESTS, Heard, IN_OFFICE, Kernel};
use random_net::built::{Built, build};
use random_net::draw::{Draw, edited, network};
use random_net::probe::{self, Probe};
use random_net::{By, Habits, Peer, Piece, To, lines, shrink};
use std::collections::{BTreeMap, BTreeSet};

const NETWORKS: u64 = 200;
const PROBES: u16 = 500;
/// After so many networks every blind judge has been wrong; and after so many times it is not asked any more.
const BLIND: u64 = 100;
/// So many flows of a network are asked about once more, after an edit.
const KEPT: usize = 40;
/// One network of so many is edited.
const EDITED: u64 = 3;
const ENOUGH: usize = 5;

/// A judge that does not look at something, because the network that it is told of has nothing to be seen there.
struct Blind {
    what: &'static str,
    told: fn(&mut Vec<Piece>),
}

/// Changes every piece.
fn each(pieces: &mut [Piece], change: impl Fn(&mut Piece)) {
    pieces.iter_mut().for_each(change);
}

fn open_groups(pieces: &mut Vec<Piece>, text: &'static str) {
    let peer = Peer::Block("0.0.0.0/0".to_owned());
    pieces.extend((0..4).map(|group| Piece::Rule { group, text, peer: peer.clone() }));
}

fn open_acls(pieces: &mut Vec<Piece>, text: &str) {
    pieces.extend((0..6).map(|acl| Piece::Entry { acl, text: text.to_owned() }));
}

fn habit(pieces: &mut [Piece], change: fn(&mut Habits)) {
    each(pieces, |piece| {
        if let Piece::Instance { guest, .. } = piece {
            change(guest);
        }
    });
}

/// Without which the kernel must contradict.
const BLINDS: [Blind; 26] = [
    Blind { what: "S2, inward", told: |pieces| open_groups(pieces, "in all") },
    Blind { what: "S2, outward", told: |pieces| open_groups(pieces, "out all") },
    Blind { what: "N7, inward", told: |pieces| open_acls(pieces, "in 1 allow all 0.0.0.0/0") },
    Blind { what: "N7, outward", told: |pieces| open_acls(pieces, "out 1 allow all 0.0.0.0/0") },
    Blind { what: "N4, the order of entries", told: |pieces| each(pieces, turn_order) },
    Blind {
        what: "E40",
        told: |pieces| {
            each(pieces, |piece| {
                if let Piece::Eni { check, .. } = piece {
                    *check = false
                }
            })
        },
    },
    Blind {
        what: "R33",
        told: |pieces| {
            each(pieces, |piece| {
                if let Piece::Eni { public, .. } = piece {
                    *public = true
                }
            })
        },
    },
    Blind {
        what: "R30",
        told: |pieces| {
            each(pieces, |piece| {
                if let Piece::Vpc { gateway, .. } = piece {
                    *gateway = true
                }
            })
        },
    },
    Blind {
        what: "R52",
        told: |pieces| {
            each(pieces, |piece| {
                if let Piece::Peering { active, .. } = piece {
                    *active = true
                }
            })
        },
    },
    Blind {
        what: "P-I5",
        told: |pieces| {
            each(pieces, |piece| {
                if let Piece::Instance { runs, .. } = piece {
                    *runs = true
                }
            })
        },
    },
    Blind {
        what: "R5",
        told: |pieces| pieces.retain(|piece| !matches!(piece, Piece::Route { to, .. } if *to != To::Block("0.0.0.0/0".to_owned()))),
    },
    Blind { what: "R12", told: |pieces| pieces.retain(|piece| !matches!(piece, Piece::Route { by: By::Nothing, .. })) },
    Blind { what: "S22", told: |pieces| each(pieces, |piece| replace_peer(piece, |peer| matches!(peer, Peer::Group(_)))) },
    Blind { what: "S12, prefix lists", told: |pieces| each(pieces, |piece| replace_peer(piece, |peer| matches!(peer, Peer::List(_)))) },
    Blind { what: "P11", told: |pieces| pieces.retain(|piece| !matches!(piece, Piece::Nat { .. })) },
    Blind { what: "E62", told: |pieces| habit(pieces, |guest| guest.configures_secondaries = true) },
    Blind { what: "G5", told: |pieces| habit(pieces, |guest| guest.policy_routing = true) },
    Blind { what: "G7", told: |pieces| habit(pieces, |guest| guest.reverse_path = 0) },
    Blind { what: "G10, forwarding", told: |pieces| habit(pieces, |guest| guest.forwards = true) },
    Blind { what: "G10, masquerade", told: |pieces| habit(pieces, |guest| guest.masquerades = false) },
    Blind { what: "S12, IPv6", told: |pieces| each(pieces, |piece| replace_peer(piece, is_ipv6_block)) },
    Blind { what: "R58", told: open_egress_only },
    Blind { what: "R51", told: |pieces| pieces.retain(|piece| !matches!(piece, Piece::Route { by: By::Vpn, .. })) },
    Blind { what: "R6", told: |pieces| each(pieces, written_by_hand) },
    Blind { what: "R27", told: |pieces| pieces.retain(|piece| !matches!(piece, Piece::Edge { .. })) },
    Blind {
        what: "R62 and P43",
        told: |pieces| {
            each(pieces, |piece| {
                if let Piece::Service { files, .. } = piece {
                    *files = !*files
                }
            })
        },
    },
];

fn is_ipv6_block(peer: &Peer) -> bool {
    matches!(peer, Peer::Block(block) if block.contains(':'))
}

/// Internet gateways in the place of egress-only ones.
fn open_egress_only(pieces: &mut Vec<Piece>) {
    pieces.retain(|piece| !matches!(piece, Piece::EgressOnly { .. }));
    each(pieces, |piece| match piece {
        Piece::Route { by, .. } if *by == By::EgressOnly => *by = By::Gateway,
        _ => {}
    });
}

/// A route that a gateway told of, as one that somebody wrote.
fn written_by_hand(piece: &mut Piece) {
    if let Piece::Told { table, block } = piece {
        *piece = Piece::Route { table: *table, to: To::Block(block.clone()), by: By::Vpn };
    }
}

/// Turns the entries of an ACL round.
fn turn_order(piece: &mut Piece) {
    if let Piece::Entry { text, .. } = piece {
        let words: Vec<&str> = text.split(' ').collect();
        let number: u16 = words[1].parse().unwrap();
        *text = [words[0], &(101 - number).to_string(), &words[2..].join(" ")].join(" ");
    }
}

/// A rule of a group that speaks of everybody instead.
fn replace_peer(piece: &mut Piece, which: fn(&Peer) -> bool) {
    if let Piece::Rule { peer, .. } = piece
        && which(peer)
    {
        let all = if is_ipv6_block(peer) { "::/0" } else { "0.0.0.0/0" };
        *peer = Peer::Block(all.to_owned());
    }
}

/// A judge that does not look at something of an edit: what it is told of the network before and after it, and whether it forgets its flows.
struct Late {
    what: &'static str,
    told: fn(&[Piece], &[Piece]) -> [Vec<Piece>; 2],
    forgets: bool,
}

/// Without which the kernel must contradict once rules are edited under tracked flows.
const LATE: [Late; 4] = [
    Late { what: "S38", told: |before, after| [before.to_vec(), after.to_vec()], forgets: true },
    Late { what: "S35", told: |before, after| [halves(before, after), halves(after, before)], forgets: false },
    Late { what: "S38, the edit itself", told: |before, after| [before.to_vec(), unedited(before, after, is_rule)], forgets: false },
    Late { what: "S41", told: |before, after| [before.to_vec(), unedited(before, after, |piece| !is_rule(piece))], forgets: false },
];

fn is_rule(piece: &Piece) -> bool {
    matches!(piece, Piece::Rule { .. })
}

/// The pieces after an edit, some of which are as they were before.
fn unedited(before: &[Piece], after: &[Piece], which: fn(&Piece) -> bool) -> Vec<Piece> {
    let silent = after.iter().skip(before.len()).map(Piece::silent);
    let were = before.iter().cloned().chain(silent);
    after.iter().zip(were).map(|(now, was)| if which(now) { was } else { now.clone() }).collect()
}

/// Rules that say of everybody in two halves what they said at once, so that every flow is tracked. Where the other list has such a rule, there are
/// two here as well: ids come from counters.
fn halves(pieces: &[Piece], others: &[Piece]) -> Vec<Piece> {
    let all = Peer::Block("0.0.0.0/0".to_owned());
    let open = |piece: Option<&Piece>| matches!(piece, Some(Piece::Rule { peer, .. }) if *peer == all);
    let half = |piece: &Piece, block: &str| match piece {
        Piece::Rule { group, text, peer } if *peer == all => Piece::Rule { group: *group, text, peer: Peer::Block(block.to_owned()) },
        other => other.clone(),
    };
    let split = |(at, piece): (usize, &Piece)| {
        let count = if open(Some(piece)) || open(others.get(at)) { 2 } else { 1 };
        ["0.0.0.0/1", "128.0.0.0/1"].into_iter().take(count).map(|block| half(piece, block)).collect::<Vec<_>>()
    };
    pieces.iter().enumerate().flat_map(split).collect()
}

/// Where Linux and AWS differ: the rule, what is done about it here, and the test that holds it instead.
const KNOWN: [(&str, &str, &str); 9] = [
    (
        "S25",
        "a kernel cannot see that a guest handed a packet on: guests mark what they do",
        "dataplane_guest.rs: a_reference_does_not_fit_what_a_middlebox_hands_on",
    ),
    (
        "S35",
        "a kernel tracks every flow: those that AWS does not bear a mark, and have their rules asked again",
        "dataplane_groups.rs: revoking_a_rule_cuts_untracked_flows_and_no_others",
    ),
    (
        "S37",
        "a kernel marks what is not tracked before it knows the way: after an edit, flows through gateways that have them tracked are not asked about",
        "dataplane_nat.rs: flows_through_it_are_tracked_though_rules_are_open_to_all",
    ),
    (
        "S38",
        "a kernel takes a flow for new until an answer came by the same ENI: after an edit, others are not asked about",
        "dataplane_groups.rs: a_flow_that_nobody_answers_by_the_same_eni_goes_on_without_its_rule",
    ),
    (
        "S33",
        "flows without ports are known by their ends: no two are asked about",
        "dataplane_memory.rs: flows_are_told_apart_by_every_part_of_both_ends",
    ),
    (
        "R42",
        "a kernel chooses other ports below 1,024, or where two senders share one: the first is not compared, the second not asked",
        "dataplane_nat.rs: two_senders_on_one_port_are_told_apart",
    ),
    ("R47", "a packet would go in circles until it dies: the route leads nowhere", "dataplane_nat.rs: it_is_no_way_out_of_its_own_subnet"),
    (
        "P-E1",
        "a guest that does not run cannot be asked to send",
        "dataplane_guest.rs: only_an_attached_eni_of_a_running_instance_carries_packets",
    ),
    (
        "G7",
        "a kernel takes nothing from outside that bears its own address: that is not compared",
        "dataplane_guest.rs: a_forged_packet_from_an_address_of_the_receiver_is_believed",
    ),
];

/// What the judge says, and whether it may be unlike what the kernel does.
struct Judged {
    answer: Answer,
    unlike: bool,
    /// The groups that the packet met are those that the answer met, and no gateway on the way has the flow tracked at them (`S37`).
    both_ways: bool,
}

impl Judged {
    fn contradicts(&self, answer: Answer) -> bool {
        !self.unlike && self.answer != answer
    }
}

/// Whether a packet comes to a guest from an address of its own (`G7` among what is known to differ), or to a NAT gateway from a low port (`R42`).
fn differs(network: &Network, walk: &Walk) -> bool {
    let instance = |eni: &Eni| eni.attached_instance();
    walk.seen().any(|step| match (step.check, step.place) {
        (Check::DestinationRuns, Place::Eni(eni)) => {
            let own = network.enis().find(|eni| eni.owns(step.packet.source)).and_then(instance);
            own.is_some() && own == network.eni(eni).and_then(instance)
        }
        (Check::NatTranslate, _) => step.packet.ports().is_some_and(|(source, _)| source < FIRST_PORT),
        _ => false,
    })
}

/// A judge, with what it remembers of one flow.
struct Mind<'a> {
    built: &'a Built,
    tracking: Tracking,
    /// It knows no answer as one.
    forgets: bool,
}

impl<'a> Mind<'a> {
    fn of(built: &'a Built) -> Mind<'a> {
        Mind { built, tracking: Tracking::default(), forgets: false }
    }

    /// What it says of a packet and its answer.
    fn ask(&mut self, probe: &Probe) -> Option<Judged> {
        let (mut unlike, mut tracks) = (false, false);
        let mut groups = [BTreeSet::new(), BTreeSet::new()];
        let mut send = |way: usize, origin: Origin, packet: Packet| {
            let assume = Assume { listening: true, ..Assume::default() };
            let network = &self.built.lab.network;
            let question = Question { network, tracking: &self.tracking, now: Instant::ZERO, assume, luck: Luck::Good };
            let mut walk = Walk::default();
            judge(&question, origin, packet, &mut walk);
            unlike |= differs(network, &walk);
            tracks |= walk.steps.iter().any(|step| matches!(step.check, Check::NatTranslate | Check::TransitRoute | Check::EgressOnly));
            let asked = walk.steps.iter().filter(|step| matches!(step.check, Check::GroupOut | Check::GroupIn));
            groups[way].extend(asked.map(|step| step.place));
            if !self.forgets {
                self.tracking.note(&walk.effects, Instant::ZERO);
            }
            walk.arrived.filter(|_| walk.disposition.got_through()).map(|arrival| (arrival.place, arrival.packet))
        };
        let heard = |got: &Option<(Place, Packet)>| -> Heard {
            let (place, packet) = (*got)?;
            let number = |of: &BTreeMap<usize, _>, id| of.iter().find(|(_, of)| **of == id).map(|(number, _)| *number);
            let who = match place {
                Place::Guest(id) => self.built.instances.iter().find(|(_, of)| **of == id).map(|(number, _)| *number),
                Place::Eni(id) => number(&self.built.services, id).map(|service| GUESTS + service),
                Place::VpnGateway(_) => Some(IN_OFFICE),
                _ => None,
            };
            Some((who, packet.flow()))
        };
        let forward = send(0, probe.origin(self.built)?, probe.packet);
        let back = forward.and_then(|(place, packet)| probe::reply(place, &packet)).and_then(|(origin, packet)| send(1, origin, packet));
        let answer = Answer { forward: heard(&forward), back: heard(&back) };
        Some(Judged { answer, unlike, both_ways: groups[0] == groups[1] && !(tracks && probe.packet.ports().is_some()) })
    }
}

/// What was counted: packets sent, packets heard, and by how many each blind judge, and the one that forgets, was wrong.
#[derive(Default)]
struct Tally {
    networks: u64,
    sent: usize,
    heard: usize,
    /// Of those sent, the ones after an edit.
    edited: usize,
    wrong: [usize; BLINDS.len() + 1],
    late: [usize; LATE.len()],
}

impl Tally {
    fn with(mut self, other: &Tally) -> Tally {
        self.networks += other.networks;
        self.sent += other.sent;
        self.heard += other.heard;
        self.edited += other.edited;
        let mine = self.wrong.iter_mut().chain(&mut self.late);
        mine.zip(other.wrong.iter().chain(&other.late)).for_each(|(wrong, more)| *wrong += more);
        self
    }

    /// Asks the kernel and the judge about a network, and those of the blind judges that were not wrong often enough.
    fn compare(mut self, kernel: &mut Kernel, seed: u64) -> Tally {
        let pieces = network(seed);
        let built = kernel.load(&pieces);
        let told = |blind: &Blind| {
            let mut pieces = pieces.clone();
            (blind.told)(&mut pieces);
            build(&pieces)
        };
        let blinds = BLINDS.iter().zip(&self.wrong).map(|(blind, wrong)| (*wrong < ENOUGH).then(|| told(blind)));
        let blinds: Vec<Option<Built>> = blinds.collect();
        let mut draw = Draw::new(seed ^ 0x0dd);
        let mut kept = vec![];
        for number in 0..PROBES {
            let probe = probe::draw(&mut draw, &pieces, number);
            let Some(answer) = kernel.ask(&built, &probe) else { continue };
            let said = Mind::of(&built).ask(&probe).filter(|said| !said.contradicts(answer));
            let Some(said) = said else { panic!("{}", difference(kernel, seed, &pieces, &probe)) };
            if answer.back.is_some() && said.both_ways && !said.unlike {
                kept.push(probe);
            }
            self.sent += 1;
            self.heard += usize::from(answer.forward.is_some());
            for (wrong, built) in self.wrong.iter_mut().zip(&blinds).filter(|(wrong, _)| **wrong < ENOUGH) {
                let said = built.as_ref().and_then(|built| Mind::of(built).ask(&probe));
                *wrong += usize::from(said.is_some_and(|said| said.contradicts(answer)));
            }
            let forgetful = &mut self.wrong[BLINDS.len()];
            if *forgetful < ENOUGH {
                let said = Mind { forgets: true, ..Mind::of(&built) }.ask(&probe);
                *forgetful += usize::from(said.is_some_and(|said| said.contradicts(answer)));
            }
        }
        self.networks += 1;
        if !seed.is_multiple_of(EDITED) {
            return self;
        }
        let kept = &kept[kept.len().saturating_sub(KEPT)..];
        self.compare_edited(kernel, seed, (&pieces, &built), kept)
    }

    /// The same of what some flows send next, after an edit of groups and ACLs.
    fn compare_edited(mut self, kernel: &mut Kernel, seed: u64, (pieces, built): (&[Piece], &Built), kept: &[Probe]) -> Tally {
        let after = edited(seed, pieces);
        let changed = kernel.edit(&after);
        let told = |late: &Late| {
            let [before, after] = (late.told)(pieces, &after);
            (build(&before), build(&after))
        };
        let lates: Vec<_> = LATE.iter().zip(&self.late).map(|(late, wrong)| (*wrong < ENOUGH).then(|| told(late))).collect();
        for probe in kept {
            let Some(answer) = kernel.ask(&changed, &probe.later()) else { continue };
            let said = after_edit(built, &changed, probe, false);
            if said.is_none_or(|said| said.contradicts(answer)) {
                panic!("after an edit, {}", difference_of_edit(kernel, seed, pieces, probe));
            }
            self.sent += 1;
            self.edited += 1;
            self.heard += usize::from(answer.forward.is_some());
            for ((late, wrong), built) in LATE.iter().zip(&mut self.late).zip(&lates) {
                let said = built.as_ref().and_then(|(before, after)| after_edit(before, after, probe, late.forgets));
                *wrong += usize::from(said.is_some_and(|said| said.contradicts(answer)));
            }
        }
        self
    }
}

/// What a judge says of the second packet of a flow, whose first one it saw before an edit.
fn after_edit(before: &Built, after: &Built, probe: &Probe, forgets: bool) -> Option<Judged> {
    let mut mind = Mind::of(before);
    mind.ask(probe)?;
    let tracking = if forgets { Tracking::default() } else { mind.tracking };
    Mind { tracking, ..Mind::of(after) }.ask(&probe.later())
}

/// A difference with the smallest network that has it.
fn difference(kernel: &mut Kernel, seed: u64, pieces: &[Piece], probe: &Probe) -> String {
    let both = |kernel: &mut Kernel, pieces: &[Piece]| {
        let built = kernel.load(pieces);
        (kernel.ask(&built, probe), Mind::of(&built).ask(probe))
    };
    smallest(kernel, pieces, both, &format!("seed {seed}: {probe:?}"))
}

/// The same of one that is there only after an edit.
fn difference_of_edit(kernel: &mut Kernel, seed: u64, pieces: &[Piece], probe: &Probe) -> String {
    let both = |kernel: &mut Kernel, pieces: &[Piece]| {
        let built = kernel.load(pieces);
        let begun = kernel.ask(&built, probe).is_some_and(|answer| answer.back.is_some());
        let changed = kernel.edit(&edited(seed, pieces));
        let answer = kernel.ask(&changed, &probe.later());
        (answer.filter(|_| begun), after_edit(&built, &changed, probe, false))
    };
    smallest(kernel, pieces, both, &format!("seed {seed}: {probe:?}"))
}

type Both = (Option<Answer>, Option<Judged>);

fn smallest(kernel: &mut Kernel, pieces: &[Piece], both: impl Fn(&mut Kernel, &[Piece]) -> Both, what: &str) -> String {
    let smallest = shrink(pieces, |pieces| {
        let (kernel, judge) = both(kernel, pieces);
        kernel.is_some_and(|kernel| judge.is_some_and(|judge| judge.contradicts(kernel)))
    });
    let (heard, said) = both(kernel, &smallest);
    let said = said.map(|said| said.answer);
    format!("{what}\nin\n{}the kernel: {heard:?}\nthe judge: {said:?}", lines(&smallest))
}

/// Whether this machine has what it takes.
fn ready() -> bool {
    let works = |program: &str, arguments: &[&str]| {
        std::process::Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success())
    };
    // Some machines let not even root have namespaces or tables.
    let ready =
        rustix::process::geteuid().is_root() && works("ip", &["-V"]) && works("unshare", &["--net", "nft", "add", "table", "ip", "t"]);
    if !ready {
        eprintln!("skipped: the oracle needs root, `ip`, `nft` and a kernel that gives namespaces");
    }
    ready
}

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap())
}

#[test]
fn the_judge_agrees_with_the_kernel_and_without_any_check_it_would_not() {
    if !ready() {
        return;
    }
    let (first, minutes) = (setting("ENI_ORACLE_SEED").unwrap_or(0), setting("ENI_ORACLE_MINUTES"));
    let networks = if minutes.is_some() { u64::from(u16::MAX) } else { setting("ENI_ORACLE_NETWORKS").unwrap_or(NETWORKS) };
    let begin = std::time::Instant::now();
    let on = move || minutes.is_none_or(|minutes| begin.elapsed().as_secs() < minutes * 60);
    let processors = kernel_net::processors();
    let count = processors.len() as u64;
    let work = |(at, processor): (usize, usize)| {
        std::thread::spawn(move || {
            let mut kernel = Kernel::new(processor);
            let seeds = (first..first + networks).filter(|seed| seed % count == at as u64).take_while(|_| on());
            seeds.fold(Tally::default(), |tally, seed| tally.compare(&mut kernel, seed))
        })
    };
    let workers: Vec<_> = processors.into_iter().enumerate().map(work).collect();
    // All are waited for before one is asked, so that none leaves its namespaces behind.
    let tallies: Vec<_> = workers.into_iter().map(std::thread::JoinHandle::join).collect();
    let all = tallies.into_iter().map(|tally| tally.expect("a difference")).fold(Tally::default(), |sum, one| sum.with(&one));
    let Tally { networks, sent, heard, edited, wrong, late } = all;
    println!("{networks} networks, {sent} packets, {edited} of them after an edit, {heard} heard, no difference");
    println!("in {:.1} s", begin.elapsed().as_secs_f32());
    let blinds = BLINDS.iter().map(|blind| blind.what).chain(["S32"]).zip(wrong);
    for (what, wrong) in blinds.chain(LATE.iter().map(|late| late.what).zip(late)) {
        println!("without {what}: {wrong} differences{}", if wrong < ENOUGH { "" } else { " or more" });
        // What other networks than those of every run are good for, is luck.
        assert!(wrong > 0 || first > 0 || networks < BLIND, "without {what} nothing would be seen");
    }
    assert!(heard * 10 > sent, "{heard} of {sent}");
}

#[test]
fn what_is_known_to_differ_has_its_test() {
    for (rule, why, test) in KNOWN {
        let (file, name) = test.split_once(": ").unwrap();
        let text = std::fs::read_to_string(format!("{}/tests/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let (before, _) = text.split_once(&format!("fn {name}()")).unwrap_or_else(|| panic!("{rule}, {why}: {test}"));
        let cited = before.lines().rev().find_map(|line| line.strip_prefix("// rules: ")).unwrap_or_default();
        assert!(cited.split(' ').any(|number| number == rule), "{test} does not cite {rule}");
    }
}
