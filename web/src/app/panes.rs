//! Where the panes around the board come in. Each gets what it shows and the way to the store.

use crate::store::{Dispatch, Shown};
use yew::prelude::*;

/// The bar at the top.
pub fn top_bar(shown: &Shown, _send: &Dispatch) -> Html {
    html! { <h1>{ shown.scene.clone() }</h1> }
}

/// *Why*, details, packets: at the right, or a sheet on a narrow page.
pub fn why(_shown: &Shown, _send: &Dispatch) -> Html {
    html! {}
}

/// Time and the command line: at the bottom.
pub fn time(_shown: &Shown, _send: &Dispatch) -> Html {
    html! {}
}

/// The tabs of a narrow page.
pub fn tabs(_shown: &Shown, _send: &Dispatch) -> Html {
    html! {}
}

/// Menus and dialogs, above everything.
pub fn overlays(_shown: &Shown, _send: &Dispatch) -> Html {
    html! {}
}
