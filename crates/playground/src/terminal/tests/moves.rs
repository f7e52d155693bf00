//! Moves that are pasted: a move has two halves, and what was pasted with it waits for both.

use super::*;

/// Where an ENI is: the name of its instance, its index and the state of its attachment.
fn place(session: &Session, eni: &str) -> String {
    let board = session.board();
    let subnets = board.vpcs.iter().flat_map(|vpc| &vpc.zones).flat_map(|zone| &zone.subnets);
    for instance in subnets.flat_map(|subnet| &subnet.instances) {
        for slot in &instance.slots {
            if slot.eni.as_ref().is_some_and(|found| found.name == eni) {
                return format!("{} {}", instance.name, slot.index);
            }
        }
    }
    "nowhere".to_owned()
}

/// Lines, and where `svc` and `spare` are when all of them were run and nothing is under way any more.
const PASTED: [(&str, [&str; 2]); 5] = [
    ("move svc web-2 1\nmove svc web-1 1\nmove svc web-2 2", ["web-2 2", "nowhere"]),
    ("move svc web-2 1\nmove spare web-1 1", ["web-2 1", "web-1 1"]),
    ("move svc web-2 1\nmove svc web-1 1\nmove spare web-2 1\nmove spare web-1 2\nmove svc web-2 1", ["web-2 1", "web-1 2"]),
    ("move svc web-2 1\ntitle moved\naws ec2 describe-instances\nname web-1 one\nmove svc web-2 2", ["web-2 2", "nowhere"]),
    ("move svc web-2 1; move svc web-1 1; move svc web-2 1", ["web-2 1", "nowhere"]),
];

#[test]
fn moves_that_are_pasted_together_wait_for_one_another() {
    // However much time passes between the lines: a page with a slow machine runs a line a frame, and time may run there.
    for (pasted, wanted) in PASTED {
        for between in [0, 1_000, 16_000, 300_000, 1_700_000, 5_000_000] {
            let mut owner = owner("low-budget-ha");
            let mut terminal = Terminal::default();
            terminal.take(pasted, Language::English).unwrap();
            let mut lines = 0;
            while terminal.is_busy() {
                terminal.run_next(&mut owner).unwrap();
                lines += 1;
                owner.session.advance(between);
            }
            let typed: Vec<_> = owner.session.echo().into_iter().filter(|line| line.typed).collect();
            assert_eq!(typed.len(), lines);
            for line in &typed {
                assert!(line.accepted, "{between} us between: {line:?}");
            }
            let journal_end = owner.session.now();
            owner.session.advance(10_000_000);
            assert_eq!(["svc", "spare"].map(|eni| place(&owner.session, eni)), wanted, "{pasted:?} with {between} us between");
            // The journal leads to the same place.
            let mut again = Session::recover("low-budget-ha", &owner.journal).unwrap().0;
            again.advance(journal_end + 10_000_000 - again.now());
            assert_eq!(state(&again), state(&owner.session), "{pasted:?} with {between} us between");
        }
    }
}

#[test]
fn a_move_that_is_typed_alone_takes_no_time() {
    let mut owner = owner("low-budget-ha");
    assert!(typed(&mut owner, "move svc web-2 1").accepted);
    assert_eq!(owner.session.now(), 0);
    // The next line alone finds it under way, as somebody who types finds it in AWS.
    assert!(!typed(&mut owner, "move svc web-1 1").accepted);
}
