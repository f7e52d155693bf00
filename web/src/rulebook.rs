//! Where a rule stands in the rulebook, and how sure it is: beneath a check of *Why* and beneath a refused act.

use crate::words::{Key, say};
use yew::prelude::*;

/// Where the rule stands, and how sure it is.
pub fn source(rule: &str, mark: Option<char>) -> Html {
    if rule.is_empty() {
        return Html::default();
    }
    html! {
        <p class="source">
            <span>{ say(Key::RuleNumber { rule }) }</span>
            if let Some(mark) = mark {
                <span class="mark">{ mark.to_string() }</span><span>{ say(mark_meaning(mark)) }</span>
            }
        </p>
    }
}

/// What a mark of the rulebook means.
pub fn mark_meaning(mark: char) -> Key<'static> {
    match mark {
        'B' => Key::MarkBelieved,
        'M' => Key::MarkModelled,
        _ => Key::MarkDisputed,
    }
}
