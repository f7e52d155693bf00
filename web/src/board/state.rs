//! How a thing of the board is: a dot and a word.

use eni_playground::view::board::InstanceView;
use yew::prelude::*;

/// Whether an instance runs.
pub fn state(instance: &InstanceView) -> Html {
    dot_and_word(&instance.state, instance.running, &instance.state_text)
}

/// A state, which the sheets know by AWS's word, whether the thing works, and what people read.
pub fn dot_and_word(state: &str, works: bool, word: &str) -> Html {
    html! {
        <span class={classes!("state", format!("is-{state}"), (!works).then_some("is-off"))}>
            <i aria-hidden="true" /><span class="state-word">{ word.to_owned() }</span>
        </span>
    }
}
