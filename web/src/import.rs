//! What comes in from outside: dropped on the page, chosen or pasted; and the report of what was read, left out or refused.

use crate::dialog::Dialog;
use crate::glyph::{Icon, glyph, glyph_sized};
use crate::platform::files::{self, Taker};
use crate::store::{Dispatch, Msg};
use crate::words::{Key, say};
use eni_playground::view::report::{ReportView, SectionView};
use wasm_bindgen::JsCast;
use web_sys::{DataTransfer, Element, Node};
use yew::prelude::*;

/// Something is dragged over the page. Files may be let go anywhere; text where nobody else takes it.
pub fn over(send: &Dispatch) -> Callback<DragEvent> {
    let send = send.clone();
    Callback::from(move |event: DragEvent| {
        let Some(transfer) = ours(&event) else { return };
        event.prevent_default();
        if files::has_files(&transfer) {
            transfer.set_drop_effect("copy");
            send.emit(Msg::FilesOver(true));
        }
    })
}

/// What was dragged has left the page, not only one part of it for another; when a drag is given up, it has left for nowhere.
pub fn left(root: &NodeRef, send: &Dispatch) -> Callback<DragEvent> {
    let (root, send) = (root.clone(), send.clone());
    Callback::from(move |event: DragEvent| {
        let to = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
        if !root.get().is_some_and(|root| root.contains(to.as_ref()) && to.is_some()) {
            send.emit(Msg::FilesOver(false));
        }
    })
}

/// Opens what was let go.
pub fn dropped(send: &Dispatch) -> Callback<DragEvent> {
    let send = send.clone();
    Callback::from(move |event: DragEvent| {
        send.emit(Msg::FilesOver(false));
        if let Some(transfer) = ours(&event) {
            event.prevent_default();
            files::read_transfer(&transfer, &say(Key::DroppedText), taker(&send));
        }
    })
}

/// What is dragged, unless it is text over a field, which takes it.
fn ours(event: &DragEvent) -> Option<DataTransfer> {
    let field = |element: Element| element.closest("input,textarea").ok().flatten().is_some();
    let over_field = event.target().and_then(|target| target.dyn_into().ok()).is_some_and(field);
    event.data_transfer().filter(|transfer| !over_field || files::has_files(transfer))
}

/// Opens what was pasted. False if there was nothing in it.
pub fn pasted(transfer: &DataTransfer, send: &Dispatch) -> bool {
    files::read_transfer(transfer, &say(Key::PastedText), taker(send))
}

/// What was read becomes a message.
pub fn taker(send: &Dispatch) -> Taker {
    Taker { begins: send.reform(|()| Msg::Notice(say(Key::Loading))), done: send.reform(Msg::OpenFiles) }
}

/// What lies over the page while files are dragged over it. A page has no pointer as long as something is dragged: if it moves here, the drag
/// is over, whether anybody said so or not.
pub fn veil(send: &Dispatch) -> Html {
    html! {
        <div class="veil" aria-hidden="true" onpointermove={send.reform(|_: PointerEvent| Msg::FilesOver(false))}>
            <div class="veil-in">
                { glyph(Icon::Folder) }
                <b>{ say(Key::LetGo) }</b>
                <p>{ say(Key::LetGoNote) }</p>
                <p class="veil-quiet">{ say(Key::StaysHere) }</p>
            </div>
        </div>
    }
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
