//! A dialog: a heading, what it holds, and a way out. The browser keeps the focus inside and gives it back.

use crate::glyph::{Icon, glyph_sized};
use crate::platform::overlay;
use crate::words::{Key, say};
use yew::prelude::*;

/// What a dialog is made of.
#[derive(Clone, PartialEq, Properties)]
pub struct DialogProps {
    /// Its heading, which is its name as well.
    pub heading: AttrValue,
    /// A class that says how wide it is: empty, or `wide`.
    #[prop_or_default]
    pub class: &'static str,
    /// What happens when it is closed: the button, Escape, or a click beside it.
    pub on_close: Callback<()>,
    /// What it holds.
    pub children: Html,
}

/// The dialog; it is open as long as it is on the page.
pub struct Dialog {
    node: NodeRef,
}

impl Component for Dialog {
    type Message = ();
    type Properties = DialogProps;

    fn create(_: &Context<Self>) -> Self {
        Dialog { node: NodeRef::default() }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let close = props.on_close.reform(|_: MouseEvent| ());
        // Escape closes through the owner's state, so that the page and the dialog never disagree.
        let on_cancel = props.on_close.reform(|event: Event| event.prevent_default());
        let (node, on_close) = (self.node.clone(), props.on_close.clone());
        let on_beside = Callback::from(move |event: MouseEvent| {
            if overlay::is_on(&event, &node) {
                on_close.emit(());
            }
        });
        html! {
            <dialog ref={&self.node} class={classes!("dialog", props.class)} aria-label={&props.heading} oncancel={on_cancel} onclick={on_beside}>
                <div class="dialog-in">
                    <header>
                        <h2>{ &props.heading }</h2>
                        <button type="button" class="btn sq" aria-label={say(Key::Close)} title={say(Key::Close)} onclick={close}>
                            { glyph_sized(Icon::Close, "s") }
                        </button>
                    </header>
                    { props.children.clone() }
                </div>
            </dialog>
        }
    }

    fn rendered(&mut self, _: &Context<Self>, first: bool) {
        if first {
            overlay::open_modal(&self.node);
            // A browser would begin at the way out. Where there is no field it does.
            overlay::focus_nth(&self.node, "input,select,textarea", 0);
        }
    }

    fn destroy(&mut self, _: &Context<Self>) {
        overlay::close_modal(&self.node);
    }
}
