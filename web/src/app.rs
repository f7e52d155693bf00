//! The root component.

use yew::prelude::*;

/// The root of the page.
pub struct App;

impl Component for App {
    type Message = ();
    type Properties = ();

    fn create(_context: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, _context: &Context<Self>) -> Html {
        html! {
            <main>
                <h1>{ "ENI Playground" }</h1>
                <p>{ "Hello. The board is not here yet." }</p>
            </main>
        }
    }
}
