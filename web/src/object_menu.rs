//! The menu of a thing: what the session says can be done with it, and where each entry goes.

use crate::glyph::Icon;
use crate::menu::{Does, Entry, Menu};
use crate::store::{Dialog, Dispatch, Msg};
use eni_playground::view::menu::{MenuDoes, MenuEntry, MenuView};
use std::rc::Rc;
use yew::prelude::*;

/// What the menu is made from.
#[derive(Clone, PartialEq, Properties)]
pub struct ObjectMenuProps {
    /// The menu.
    pub menu: Rc<MenuView>,
    /// What it hangs at.
    pub at: AttrValue,
    /// Where what is done here goes.
    pub send: Dispatch,
}

/// The menu.
pub struct ObjectMenu;

impl Component for ObjectMenu {
    type Message = Msg;
    type Properties = ObjectMenuProps;

    fn create(_: &Context<Self>) -> Self {
        ObjectMenu
    }

    fn update(&mut self, ctx: &Context<Self>, message: Msg) -> bool {
        ctx.props().send.emit(Msg::CloseMenu);
        ctx.props().send.emit(message);
        false
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let ObjectMenuProps { menu, at, send } = ctx.props();
        html! {
            <Menu<Msg> name={menu.title.clone()} entries={entries(&menu.entries)} thing={at.clone()}
                on_pick={ctx.link().callback(|message: Msg| message)} on_close={send.reform(|()| Msg::CloseMenu)} />
        }
    }
}

fn entries(views: &[MenuEntry]) -> Rc<[Entry<Msg>]> {
    views.iter().map(entry).collect()
}

fn entry(view: &MenuEntry) -> Entry<Msg> {
    let does = match &view.does {
        MenuDoes::Acts(acts) => Does::Pick(Msg::Acts(acts.clone())),
        MenuDoes::Form(form) => Does::Pick(Msg::OpenDialog(Dialog::Form { id: form.id.clone() })),
        MenuDoes::More(more) => Does::More(entries(more)),
        MenuDoes::PickUp(thing) => Does::Pick(Msg::PickUp(thing.clone())),
        MenuDoes::Ask { from, to } => Does::Pick(Msg::OpenDialog(Dialog::Ask { from: from.clone(), to: to.clone() })),
        MenuDoes::Show(thing) => Does::Pick(Msg::ShowThing(thing.clone())),
        MenuDoes::Evidence(of) => Does::Pick(Msg::ShowEvidence(of.clone())),
        MenuDoes::Why { packet, at } => Does::Pick(Msg::WhyAt { packet: *packet, at: at.clone() }),
        MenuDoes::Refused(acts) if acts.is_empty() => Does::Nothing,
        MenuDoes::Refused(acts) => Does::Refused(Msg::Acts(acts.clone())),
    };
    let icon = (!view.glyph.is_empty()).then(|| Icon::named(view.glyph));
    Entry { text: view.text.clone().into(), note: view.note.clone().into(), icon, does }
}
