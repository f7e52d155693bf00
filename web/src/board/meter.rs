//! The stopwatch of a client: how long it has been without an answer, and its newest outcomes.

use crate::words::{Key, say};
use eni_playground::view::board::ClientView;
use yew::prelude::*;

/// The meter.
pub fn meter(client: &ClientView) -> Html {
    let out = client.outage_ms > 0;
    let (number, rest) = split(&client.headline);
    let bars = client.recent.iter().enumerate().map(|(at, answered)| {
        let (top, class) = if *answered { (13, "is-answered") } else { (0, "is-lost") };
        html! { <rect class={class} x={(at * 5).to_string()} y={top.to_string()} width="3" height={(20 - top).to_string()} rx="1" /> }
    });
    html! {
        <div class={classes!("meter", if out { "is-out" } else { "is-well" })} role="group" aria-label={say(Key::MeterOf { name: &client.name })}>
            <p class="meter-main">
                { number.map(|number| html! { <span class="meter-big">{ number }<small>{ say(Key::SecondsUnit) }</small></span> }).unwrap_or_default() }
                <span class="meter-rest">{ rest }</span>
            </p>
            <div class="meter-side">
                <svg class="spark" viewBox={format!("0 0 {} 20", client.recent.len().max(1) * 5)} height="20"
                    width={(client.recent.len().max(1) * 5).to_string()} aria-hidden="true">{ for bars }</svg>
                <p class="meter-counts">
                    <span class="is-answered">{ say(Key::AnsweredCount { count: &client.answered.to_string() }) }</span>
                    <span class={if client.lost == 0 { "is-none" } else { "is-lost" }}>{ say(Key::LostCount { count: &client.lost.to_string() }) }</span>
                </p>
            </div>
        </div>
    }
}

/// "3.7 s without an answer" as the number and the rest; a headline without a number stays whole.
fn split(headline: &str) -> (Option<String>, String) {
    match headline.split_once(" s ") {
        Some((number, rest)) if number.starts_with(|first: char| first.is_ascii_digit()) => (Some(number.to_owned()), rest.to_owned()),
        _ => (None, headline.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_is_taken_out_of_a_headline_that_has_one() {
        assert_eq!(split("3.7 s without an answer"), (Some("3.7".to_owned()), "without an answer".to_owned()));
        assert_eq!(split("answered without a gap"), (None, "answered without a gap".to_owned()));
    }
}
