//! Files from outside: dropped on the page, one or a folder of them, and the report of what was read, left out or refused.

use crate::dialog::Dialog;
use crate::glyph::{Icon, glyph_sized};
use crate::platform::files;
use crate::store::{Dispatch, Msg};
use crate::words::{Key, say};
use eni_playground::scenario::Intake;
use eni_playground::view::report::{ReportView, SectionView};
use yew::prelude::*;

/// Files may be let go anywhere on the page.
pub fn over() -> Callback<DragEvent> {
    Callback::from(|event: DragEvent| {
        if event.data_transfer().is_some() {
            event.prevent_default();
        }
    })
}

/// Opens what was let go.
pub fn dropped(send: &Dispatch) -> Callback<DragEvent> {
    let done = send.reform(opened);
    Callback::from(move |event: DragEvent| {
        event.prevent_default();
        if let Some(transfer) = event.data_transfer() {
            files::read_dropped(&transfer, done.clone());
        }
    })
}

/// What was read becomes a message.
pub fn opened(intake: Intake) -> Msg {
    Msg::OpenFiles(intake)
}

/// A section with more lines than this is folded.
const MOST_OPEN: usize = 6;

/// The report of an import: what is there now, and what was made of the rest.
pub fn report(view: &ReportView, send: &Dispatch) -> Html {
    let plain = view.plain.clone();
    let copy = send.reform(move |_: MouseEvent| Msg::Copy(plain.clone()));
    html! {
        <Dialog class="wide" heading={say(Key::ImportHeading { title: &view.title })} on_close={send.reform(|()| Msg::CloseDialog)}>
            <p class="hint">{ &view.summary }</p>
            { for view.sections.iter().map(section) }
            <p><button type="button" class="btn" onclick={copy}>{ glyph_sized(Icon::Copy, "s") }<span>{ say(Key::CopyReport) }</span></button></p>
        </Dialog>
    }
}

fn section(section: &SectionView) -> Html {
    let open = section.lines.len() <= MOST_OPEN || section.part == "kept";
    html! {
        <details class="import-part" data-part={section.part} {open}>
            <summary><h3>{ &section.heading }</h3><span class="count">{ section.lines.len() }</span></summary>
            <p class="hint">{ &section.note }</p>
            <ul class="import-lines">{ for section.lines.iter().map(|line| html! { <li>{ line }</li> }) }</ul>
        </details>
    }
}
