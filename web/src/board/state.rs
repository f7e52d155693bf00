//! How an instance is: a dot and a word.

use eni_playground::view::board::InstanceView;
use yew::prelude::*;

/// Whether it runs, as a dot and a word.
pub fn state(instance: &InstanceView) -> Html {
    html! {
        <span class={classes!("state", format!("is-{}", instance.state), (!instance.running).then_some("is-off"))}>
            <i aria-hidden="true" /><span class="state-word">{ instance.state_text.clone() }</span>
        </span>
    }
}
