//! How high the terminal's lines are: by a pointer or by keys on their upper edge.

use crate::platform::{pointer, screen};
use crate::words::{Key, say};
use yew::prelude::*;

/// The least and the most that the lines take of the window's height, in per cent.
const LIMITS: (u32, u32) = (10, 70);
/// What they take as long as nobody has said otherwise.
const USUAL: u32 = 32;
/// What an arrow key changes.
const STEP: u32 = 4;

/// The edge between what is above the terminal and its lines.
#[derive(Default)]
pub struct Edge {
    node: NodeRef,
    /// The lines, with what stands below them.
    pub body: NodeRef,
    chosen: Option<u32>,
    held: bool,
}

/// What happens on the edge.
pub enum Moved {
    /// A pointer came down on it.
    Down(PointerEvent),
    /// It moved.
    To(PointerEvent),
    /// It was lifted.
    Up,
    /// So much of the window was asked for, in per cent.
    Set(u32),
}

impl Edge {
    /// True if the lines have another height now.
    pub fn update(&mut self, moved: Moved) -> bool {
        let before = self.chosen;
        match moved {
            Moved::Down(event) => {
                self.held = event.button() == 0;
                if self.held {
                    pointer::capture(&self.node, &event);
                }
            }
            Moved::To(event) if self.held => self.chosen = screen::share_above(&self.body, event.client_y()).map(within).or(before),
            Moved::To(_) => {}
            Moved::Up => self.held = false,
            Moved::Set(share) => self.chosen = Some(within(share)),
        }
        before != self.chosen
    }

    /// What somebody has just let go at: another share of the window than this one.
    pub fn settled(&self, before: Option<u32>) -> Option<u32> {
        self.chosen.filter(|share| !self.held && Some(*share) != before)
    }

    /// The share of the window that was chosen, or kept from an earlier visit.
    pub fn take(&mut self, share: Option<u32>) {
        self.chosen = share.map(within);
    }

    /// Gives the lines the height that was asked for, after they were drawn.
    pub fn show(&self) {
        if let (Some(share), Some(element)) = (self.chosen, self.body.cast()) {
            screen::set_property(&element, "--term-share", &share.to_string());
        }
    }

    /// The class of the lines.
    pub fn class(&self) -> Classes {
        classes!("term-body", self.chosen.is_some().then_some("is-sized"))
    }

    /// The edge itself.
    pub fn view(&self, send: &Callback<Moved>) -> Html {
        let now = self.chosen.unwrap_or(USUAL);
        let key = send.clone();
        let onkeydown = move |event: KeyboardEvent| {
            if let Some(share) = by_key(&event.key(), now) {
                event.prevent_default();
                key.emit(Moved::Set(share));
            }
        };
        html! {
            <div class="term-edge" ref={&self.node} role="separator" tabindex="0" aria-orientation="horizontal" aria-label={say(Key::TerminalHeight)}
                aria-valuenow={now.to_string()} aria-valuemin={LIMITS.0.to_string()} aria-valuemax={LIMITS.1.to_string()} {onkeydown}
                onpointerdown={send.reform(Moved::Down)} onpointermove={send.reform(Moved::To)} onpointerup={send.reform(|_| Moved::Up)}
                onlostpointercapture={send.reform(|_| Moved::Up)} />
        }
    }
}

fn within(share: u32) -> u32 {
    share.clamp(LIMITS.0, LIMITS.1)
}

/// What a key asks for.
fn by_key(key: &str, now: u32) -> Option<u32> {
    Some(match key {
        "ArrowUp" => within(now + STEP),
        "ArrowDown" => within(now.saturating_sub(STEP)),
        "Home" => LIMITS.0,
        "End" => LIMITS.1,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_move_the_edge_within_its_limits() {
        for (key, now, then) in [
            ("ArrowUp", 32, Some(36)),
            ("ArrowDown", 32, Some(28)),
            ("ArrowUp", 70, Some(70)),
            ("ArrowDown", 11, Some(10)),
            ("Home", 32, Some(10)),
            ("End", 32, Some(70)),
            ("a", 32, None),
        ] {
            assert_eq!(by_key(key, now), then, "{key}");
        }
    }
}
