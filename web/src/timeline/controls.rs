//! The controls of time: play, one event, speeds, the clock.

use crate::glyph::{Icon, glyph, glyph_sized};
use crate::store::{Clock, Dialog, Dispatch, Msg, Speed};
use crate::words::{Key, say};
use yew::prelude::*;

/// The controls, and what the last single event was.
pub fn controls(clock: Clock, happened: Option<&AttrValue>, send: &Dispatch) -> Html {
    let (icon, key, toggle) = if clock.playing { (Icon::Pause, Key::Pause, Msg::Pause) } else { (Icon::Play, Key::Play, Msg::Play) };
    let ask = send.reform(|_: MouseEvent| Msg::OpenDialog(Dialog::Ask { from: String::new(), to: String::new() }));
    html! {
        <div class="ctl">
            <button type="button" class={classes!("play", clock.playing.then_some("playing"))} aria-label={say(key)} title={say(key)}
                onclick={send.reform(move |_: MouseEvent| toggle.clone())}>{ glyph(icon) }</button>
            <button type="button" class="btn sq" aria-label={say(Key::OneEvent)} title={say(Key::OneEvent)}
                onclick={send.reform(|_: MouseEvent| Msg::Step)}>{ glyph(Icon::Step) }</button>
            <span class="clock" role="timer" aria-label={say(Key::VirtualTime)}>{ seconds(clock.now_ms) }<small>{ " s" }</small></span>
            <div class="speed" role="group" aria-label={say(Key::SpeedOfTime)}>
                { for Speed::ALL.into_iter().map(|speed| speed_button(speed, clock, send)) }
                { one_speed(clock.speed, send) }
            </div>
            <button type="button" class="btn ask" onclick={ask}>{ glyph_sized(Icon::Send, "s") }<span>{ say(Key::AskOpen) }</span></button>
            if let Some(text) = happened { <p class="happened">{ text }</p> }
            { legend() }
        </div>
    }
}

fn legend() -> Html {
    html! {
        <div class="key" aria-hidden="true">
            <span class="answered"><svg viewBox="0 0 8 10" width="8" height="10"><path d="M4 2v6" /></svg>{ say(Key::Answered) }</span>
            <span class="lost"><svg viewBox="0 0 10 10" width="10" height="10"><path d="M1 1l8 8M9 1l-8 8" /></svg>{ say(Key::Lost) }</span>
        </div>
    }
}

fn speed_button(speed: Speed, clock: Clock, send: &Dispatch) -> Html {
    let pressed = clock.speed == speed;
    html! {
        <button type="button" class="far" aria-pressed={pressed.to_string()} onclick={send.reform(move |_: MouseEvent| Msg::Speed(speed))}>
            { speed.label() }
        </button>
    }
}

/// The narrow page has room for one button: the next speed.
fn one_speed(speed: Speed, send: &Dispatch) -> Html {
    let mut around = Speed::ALL.into_iter().cycle().skip_while(move |other| *other != speed);
    let next = around.nth(1).unwrap_or(speed);
    html! {
        <button type="button" class="near-only" aria-label={say(Key::SpeedNow { speed: speed.label() })}
            onclick={send.reform(move |_: MouseEvent| Msg::Speed(next))}>{ speed.label() }</button>
    }
}

/// Milliseconds as seconds with two decimals.
fn seconds(milliseconds: u64) -> String {
    format!("{}.{:02}", milliseconds / 1000, milliseconds % 1000 / 10)
}
