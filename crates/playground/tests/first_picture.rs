//! The picture that stands in the page before the engine runs is the scene that the engine then shows.

#[path = "../examples/first_picture.rs"]
mod first_picture;

use eni_playground::session::Session;
use std::path::Path;

#[test]
fn the_committed_picture_is_the_first_scene() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../xtask/src/first_picture.svg");
    let committed = std::fs::read_to_string(file).unwrap();
    assert!(committed == first_picture::picture().unwrap(), "the first scene has changed: run `cargo xtask picture`");
}

#[test]
fn it_shows_every_name_of_the_scene() {
    let picture = first_picture::picture().unwrap();
    let board = Session::open("low-budget-ha").unwrap().board();
    for zone in board.vpcs.iter().flat_map(|vpc| &vpc.zones) {
        for subnet in &zone.subnets {
            assert!(picture.contains(&format!(">{}</text>", subnet.name)), "{}", subnet.name);
            for instance in &subnet.instances {
                assert!(picture.contains(&format!(">{}</text>", instance.name)), "{}", instance.name);
                for eni in instance.slots.iter().filter_map(|slot| slot.eni.as_ref()) {
                    assert!(picture.contains(&format!(">{}</text>", eni.name)), "{}", eni.name);
                }
            }
        }
    }
}
