//! The acts as flags. Flags that would cover each other stand as one, "4 acts"; pressing a flag tells which acts they are, and when.

use super::scale::{Room, Scale};
use crate::store::{Dispatch, Msg, tenths};
use crate::words::{Key, say};
use eni_playground::view::timeline::FlagView;
use yew::prelude::*;

/// The width of a letter and of the edges of a flag, in tenths of a pixel, and how much wider they are where letters are larger.
const LETTER: u64 = 68;
const EDGES: u64 = 200;
const LARGER: u64 = 12;

/// Flags that stand at one place.
#[derive(Clone, Debug, PartialEq)]
struct Cluster<'a> {
    flags: Vec<&'a FlagView>,
}

impl Cluster<'_> {
    fn first_ms(&self) -> u64 {
        self.flags.first().map_or(0, |flag| flag.at_ms)
    }

    fn due(&self) -> bool {
        self.flags.first().is_some_and(|flag| flag.due)
    }

    fn text(&self) -> String {
        match self.flags.as_slice() {
            [one] => one.text.clone(),
            several => say(Key::ActsAtOnce { count: &several.len().to_string() }),
        }
    }

    /// Where its last pole stands and where its words end, whichever is further right, in tenths of a pixel.
    fn end(&self, scale: &Scale, room: Room) -> u64 {
        let last = self.flags.last().map_or(0, |flag| pixels(scale, room, flag.at_ms));
        last.max(pixels(scale, room, self.first_ms()) + width(&self.text(), room))
    }

    /// Every act with its moment.
    fn spoken(&self) -> String {
        self.flags.iter().map(|flag| act_at(flag)).collect::<Vec<_>>().join(", ")
    }
}

/// An act and its moment.
pub fn act_at(flag: &FlagView) -> String {
    say(Key::ActAt { act: &flag.text, seconds: &tenths(flag.at_ms) })
}

fn width(text: &str, room: Room) -> u64 {
    let usual = text.chars().count() as u64 * LETTER + EDGES;
    if room.large { usual * LARGER / 10 } else { usual }
}

/// Where a moment stands, in tenths of a pixel.
fn pixels(scale: &Scale, room: Room, milliseconds: u64) -> u64 {
    (milliseconds.clamp(scale.from, scale.to) - scale.from) * room.width * 10 / (scale.to - scale.from)
}

/// The flags of the window, those together that would cover each other. What is done and what is still to come never stand together.
fn clusters<'a>(flags: &'a [FlagView], scale: &Scale, room: Room) -> Vec<Cluster<'a>> {
    let mut clusters: Vec<Cluster<'a>> = Vec::new();
    for flag in flags.iter().filter(|flag| scale.shows(flag.at_ms)) {
        match clusters.last_mut() {
            Some(last) if last.due() == flag.due && pixels(scale, room, flag.at_ms) < last.end(scale, room) => last.flags.push(flag),
            _ => clusters.push(Cluster { flags: vec![flag] }),
        }
    }
    clusters
}

/// All flags.
pub fn flags(flags: &[FlagView], scale: &Scale, room: Room, send: &Dispatch) -> Html {
    html! { <>{ for clusters(flags, scale, room).iter().map(|cluster| flag_mark(cluster, scale, send)) }</> }
}

/// A flag: its width follows the number of its letters, in the unit of its own type size.
fn flag_mark(cluster: &Cluster<'_>, scale: &Scale, send: &Dispatch) -> Html {
    let (text, spoken) = (cluster.text(), cluster.spoken());
    let letters = text.chars().count();
    let tenths = letters * 54 / 10 + 14;
    let width = format!("{}.{}em", tenths / 10, tenths % 10);
    // Near the right edge a flag hangs to the left of its pole.
    let at = cluster.first_ms();
    let left = (scale.to - at.min(scale.to)) * 100 < (scale.to - scale.from) * (letters as u64 + 2) * 3 / 5;
    let (x, anchor, offset) = if left { (format!("-{width}"), "end", "-7") } else { ("0".to_owned(), "start", "7") };
    let told = spoken.clone();
    let tell = send.reform(move |()| Msg::Notice(told.clone()));
    let on_key = by_key(tell.clone());
    html! {
        <svg class={classes!("flag", cluster.due().then_some("due"))} x={scale.x(at)} y="17" overflow="visible"
            role="button" tabindex="0" aria-label={spoken.clone()} onclick={tell.reform(|_: MouseEvent| ())} onkeydown={on_key}>
            <title>{ spoken }</title>
            <rect {x} y="0" {width} height="22" rx="4" /><path class="pole" d="M0 0v24" />
            <text x={offset} y="15" text-anchor={anchor}>{ text }</text>
        </svg>
    }
}

/// Enter and Space press it.
fn by_key(press: Callback<()>) -> Callback<KeyboardEvent> {
    Callback::from(move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            press.emit(());
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flag(at_ms: u64, due: bool) -> FlagView {
        FlagView { at_ms, text: "terminate web-1".to_owned(), due }
    }

    fn sizes_in(flags: &[FlagView], room: Room) -> Vec<usize> {
        let scale = Scale { from: 0, to: 12_000, now: 6000 };
        clusters(flags, &scale, room).iter().map(|cluster| cluster.flags.len()).collect()
    }

    fn sizes(flags: &[FlagView]) -> Vec<usize> {
        sizes_in(flags, Room { width: 880, large: false })
    }

    #[test]
    fn flags_that_would_cover_each_other_stand_as_one() {
        assert_eq!(sizes(&[flag(1000, false), flag(1100, false), flag(1200, false), flag(9000, false)]), [3, 1]);
        assert_eq!(sizes(&[flag(1000, false), flag(5000, false)]), [1, 1]);
        assert_eq!(sizes(&[flag(99_000, false)]), [0; 0]);
    }

    #[test]
    fn whether_they_would_follows_from_the_room_there_is() {
        // "terminate web-1" is about 122 pixels wide, 146 on a wall.
        let two = [flag(1000, false), flag(2500, false)];
        assert_eq!(sizes_in(&two, Room { width: 1240, large: false }), [1, 1], "155 pixels apart");
        assert_eq!(sizes_in(&two, Room { width: 1100, large: false }), [1, 1], "137 pixels apart");
        assert_eq!(sizes_in(&two, Room { width: 1100, large: true }), [2]);
        assert_eq!(sizes_in(&two, Room { width: 370, large: false }), [2], "46 pixels apart");
    }

    #[test]
    fn what_is_done_and_what_is_to_come_stand_apart() {
        assert_eq!(sizes(&[flag(5900, false), flag(6100, true), flag(6150, true)]), [1, 2]);
    }

    #[test]
    fn one_flag_says_its_act_and_several_their_number() {
        let flags = [flag(1000, false), flag(1100, false)];
        let both = Cluster { flags: flags.iter().collect() };
        assert_eq!((both.text().as_str(), both.spoken().matches(" s").count()), ("2 acts", 2));
        assert_eq!(Cluster { flags: flags.iter().take(1).collect() }.text(), "terminate web-1");
    }
}
