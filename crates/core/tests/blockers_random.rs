//! Random networks with peering, NAT gateways, middleboxes and guests of every kind: nothing refuses what gets through; of the rest each check is told
//! that refuses, in order, all changes get the packet there and its answer back, and none of them is idle.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod blockers;
mod random_net;
mod support_dp;

use eni_core::analysis::remedy::of_trace;
use eni_core::dataplane::trace::{End, TraceRequest, trace};
use eni_core::time::Instant;
use random_net::built::build;
use random_net::draw::{Draw, network};

/// How many questions were refused by one check, by two, three, or more, and how many of all that nothing would help.
#[derive(Debug, Default)]
struct Tally {
    rows: [usize; 4],
    dead_ends: usize,
    through: usize,
}

fn play(seed: u64, tally: &mut Tally) {
    let network = build(&network(seed)).lab.network;
    let mut draw = Draw::new(seed ^ 0xb10c);
    let mut ends: Vec<End> = network.instances().map(|instance| End::Instance(instance.id)).collect();
    ends.extend(network.enis().map(|eni| End::Eni(eni.id)).chain([End::Internet]));
    for _ in 0..8 {
        let mut request = TraceRequest::new(draw.one_of(&ends), draw.one_of(&ends));
        request.protocol = draw.one_of(&[6, 6, 17, 1]);
        request.port = draw.one_of(&[443, 22, 53]);
        let Ok(asked) = trace(&network, &request) else { continue };
        let Some(found) = of_trace(&network, &asked, Instant::ZERO) else {
            assert!(asked.got_through(), "seed {seed}, {request:?}");
            tally.through += 1;
            continue;
        };
        assert!(!asked.got_through(), "seed {seed}, {request:?}");
        blockers::prove(&network, &request, &found, Instant::ZERO);
        if let Some(count) = tally.rows.get_mut(found.rows.len().min(4) - 1) {
            *count += 1;
        }
        tally.dead_ends += usize::from(found.remedies.is_empty());
    }
}

#[test]
fn all_that_refuses_is_told_and_every_change_is_needed() {
    let mut tally = Tally::default();
    let first: u64 = std::env::var("ENI_BLOCKER_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(0);
    for seed in first..first + 60 {
        play(seed, &mut tally);
    }
    assert!(tally.rows.iter().all(|count| *count >= 10) && tally.through >= 10 && tally.dead_ends >= 10, "{tally:?}");
}
