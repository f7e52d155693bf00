//! Where the panes around the board come in. Each gets what it shows and the way to the store.

use crate::ask::Ask;
use crate::evidence::{Evidence, fold};
use crate::form_dialog::form_dialog;
use crate::help::Help;
use crate::object_menu::ObjectMenu;
use crate::store::{Dialog, Dispatch, Msg, Pane, Shown, Theme};
use crate::tabs;
use crate::terminal::Terminal;
use crate::timeline::Timeline;
use crate::topbar::TopBar;
use crate::why::WhyPane;
use eni_playground::terminal::Completion;
use yew::prelude::*;

/// Says what may stand behind a text in the terminal.
pub type Completer = Callback<String, Completion>;

/// The bar at the top.
pub fn top_bar(shown: &Shown, theme: &'static str, send: &Dispatch) -> Html {
    html! {
        <TopBar title={shown.scene.clone()} way_back={shown.way_back.clone().map(AttrValue::from)} scenes={shown.scenes.clone()} saved={shown.saved} undo={shown.undo.clone().map(AttrValue::from)}
            redo={shown.redo.clone().map(AttrValue::from)} {theme} send={send.clone()} />
    }
}

/// *Why*, details: at the right, or a sheet on a narrow page.
pub fn why(shown: &Shown, send: &Dispatch) -> Html {
    html! {
        <WhyPane why={shown.why.clone()} details={shown.details.clone()} refusal={shown.refusal.clone()} selection={shown.selection.clone()} send={send.clone()} />
    }
}

/// Time, evidence and the command line, as far as they are wanted: at the bottom.
pub fn time(shown: &Shown, complete: &Completer, send: &Dispatch) -> Html {
    let panels = shown.panels;
    html! {
        <>
            if panels.controls || panels.timeline {
                <Timeline timeline={shown.timeline.clone()} looking={shown.looking} clock={shown.clock} packet={shown.selection.packet} {panels}
                    happened={shown.happened.clone().map(AttrValue::from)} large={shown.theme == Theme::Projector} send={send.clone()} />
            }
            if panels.evidence && (shown.evidence.open || shown.pane == Pane::Evidence) {
                <Evidence shown={shown.evidence.clone()} packet={shown.selection.packet} send={send.clone()} />
            }
            if panels.evidence && !panels.echo { <div class="term"><div class="term-line">{ fold(shown.evidence.open, send) }</div></div> }
            if panels.echo {
                <Terminal lines={shown.echo.clone()} shown={shown.terminal} alone={shown.pane == Pane::Terminal} evidence={panels.evidence.then_some(shown.evidence.open)} complete={complete.clone()} send={send.clone()} />
            }
        </>
    }
}

/// The tabs of a narrow page.
pub fn tabs(shown: &Shown, send: &Dispatch) -> Html {
    let parts = shown.tray.enis.len() + shown.tray.elastic_ips.iter().filter(|address| address.free).count();
    tabs::tabs(shown.pane, shown.panels, parts, send)
}

/// Menus and dialogs, above everything.
pub fn overlays(shown: &Shown, send: &Dispatch) -> Html {
    html! {
        <>
            if let Some(menu) = &shown.menu { <ObjectMenu key={menu.thing.clone()} menu={menu.clone()} at={shown.menu_at.clone()} send={send.clone()} /> }
            { dialog(shown, send) }
        </>
    }
}

fn dialog(shown: &Shown, send: &Dispatch) -> Html {
    let on_close = send.reform(|()| Msg::CloseDialog);
    match &shown.dialog {
        None => html! {},
        Some(Dialog::Ask { from, to }) => html! {
            <Ask board={shown.board.clone()} from={from.clone()} to={to.clone()} refusal={shown.refusal.clone()} send={send.clone()} />
        },
        Some(Dialog::Help) => html! { <Help {on_close} /> },
        Some(Dialog::Import { report }) => crate::import::report(report, send),
        Some(Dialog::Form { .. } | Dialog::CreateEni { .. } | Dialog::CreateGroup { .. }) => match &shown.form {
            Some(form) => form_dialog(form, &shown.refusal, send),
            None => html! {},
        },
    }
}
