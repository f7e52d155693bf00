//! Help: what the page is, the keys, and the marks that answers carry.

use crate::dialog::Dialog;
use crate::rulebook::mark_meaning;
use crate::words::{Key, say};
use yew::prelude::*;

/// Every key that the page answers to. One table: the help shows it, and nothing else says what a key does.
const KEYS: &[(&[&str], Key)] = &[
    (&["Tab"], Key::KeyTab),
    (&["↑", "↓", "←", "→"], Key::KeyArrows),
    (&["Enter"], Key::KeyEnter),
    (&["Esc"], Key::KeyEscape),
    (&["Ctrl", "Z"], Key::KeyUndo),
    (&["Ctrl", "Shift", "Z"], Key::KeyRedo),
];

/// What the dialog needs.
#[derive(Clone, PartialEq, Properties)]
pub struct HelpProps {
    /// Closed.
    pub on_close: Callback<()>,
}

/// The dialog.
pub struct Help;

impl Component for Help {
    type Message = ();
    type Properties = HelpProps;

    fn create(_: &Context<Self>) -> Self {
        Help
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        html! {
            <Dialog heading={say(Key::Help)} on_close={ctx.props().on_close.clone()}>
                <div class="help">
                    <p>{ say(Key::HelpWhat) }</p>
                    <ol class="steps">
                        { for [Key::HelpDrag, Key::HelpPacket, Key::HelpRemedy, Key::HelpUndo].into_iter().map(|key| html! { <li>{ say(key) }</li> }) }
                    </ol>
                    <h3>{ say(Key::KeysHeading) }</h3>
                    <dl class="keys">
                        { for KEYS.iter().map(|(keys, what)| html! {
                            <div>
                                <dt>{ for keys.iter().map(|key| html! { <kbd>{ *key }</kbd> }) }</dt>
                                <dd>{ say(*what) }</dd>
                            </div>
                        }) }
                    </dl>
                    <h3>{ say(Key::MarksHeading) }</h3>
                    <dl class="keys">
                        { for ['B', 'M', '?'].into_iter().map(|mark| html! {
                            <div><dt><span class="mark">{ mark.to_string() }</span></dt><dd>{ say(mark_meaning(mark)) }</dd></div>
                        }) }
                    </dl>
                    <p class="model">{ say(Key::ModelLine) }</p>
                </div>
            </Dialog>
        }
    }
}
