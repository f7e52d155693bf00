//! The recorded event lists: the same scenes give the same events, today and on every machine. `cargo xtask test` plays them in wasm, too.
//!
//! `RECORD=1 cargo test -p eni-core --test sim_recorded` writes the lists anew.

mod scenes;

use std::path::Path;

#[test]
fn scenes_give_the_recorded_events() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    for (name, play) in scenes::lists::LISTS {
        let (file, played) = (folder.join(name).with_extension("events"), play());
        assert!(played.lines().count() > 50, "{name} is a list");
        if std::env::var_os("RECORD").is_some() {
            std::fs::write(&file, &played).unwrap();
            continue;
        }
        let recorded = std::fs::read_to_string(&file).unwrap_or_default();
        let differs = recorded.lines().zip(played.lines()).position(|(recorded, played)| recorded != played);
        let line = differs.unwrap_or(recorded.lines().count().min(played.lines().count()));
        let at = |text: &str| text.lines().nth(line).unwrap_or("(nothing)").to_owned();
        assert!(recorded == played, "{name}, line {}:\n  recorded: {}\n  played:   {}", line + 1, at(&recorded), at(&played));
    }
}

#[test]
fn a_scene_played_twice_gives_the_same_events() {
    for (name, play) in scenes::lists::LISTS.iter().filter(|(name, _)| !name.starts_with("long")) {
        assert_eq!(play(), play(), "{name}");
    }
}
