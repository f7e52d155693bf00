//! What comes in from outside: dropped on the page, chosen or pasted; and the report of what was read, left out or refused.

use crate::dialog::Dialog;
use crate::glyph::{Icon, glyph, glyph_sized};
use crate::platform::files::Taker;
use crate::platform::incoming;
use crate::platform::window::EventListener;
use crate::store::{Dispatch, Msg};
use crate::words::{Key, say};
use eni_playground::view::report::{ReportView, SectionView};
use yew::prelude::*;

/// Something is dragged over the page. Files may be let go anywhere; text where nobody else takes it.
pub fn over(send: &Dispatch) -> Callback<DragEvent> {
    let send = send.clone();
    Callback::from(move |event: DragEvent| {
        if incoming::comes_over(&event) {
            send.emit(Msg::FilesOver(true));
        }
    })
}

/// What was dragged has left.
pub fn left(root: &NodeRef, send: &Dispatch) -> Callback<DragEvent> {
    let (root, send) = (root.clone(), send.clone());
    Callback::from(move |event: DragEvent| {
        if incoming::has_left(&event, &root) {
            send.emit(Msg::FilesOver(false));
        }
    })
}

/// Opens what was let go.
pub fn dropped(send: &Dispatch) -> Callback<DragEvent> {
    let send = send.clone();
    Callback::from(move |event: DragEvent| {
        send.emit(Msg::FilesOver(false));
        incoming::drop(&event, &say(Key::DroppedText), taker(&send));
    })
}

/// Opens what is pasted, as long as the listener lives.
pub fn pastes(root: &NodeRef, embedded: bool, send: &Dispatch) -> Option<EventListener> {
    incoming::pastes(root.clone(), embedded, say(Key::PastedText), taker(send))
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
