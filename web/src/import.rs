//! Files from outside: dropped on the page, one or a folder of them, and the report of what was read, left out or refused.

use crate::dialog::Dialog;
use crate::platform::files;
use crate::store::{Dispatch, Msg};
use crate::words::{Key, say};
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
pub fn opened(read: files::Read) -> Msg {
    match read.too_large.into_iter().next() {
        Some(name) => Msg::Notice(say(Key::TooLarge { name: &name })),
        None => Msg::OpenFiles(read.files),
    }
}

/// What the report says.
#[derive(Clone, PartialEq, Properties)]
pub struct ImportReportProps {
    /// A line for each thing.
    pub lines: Vec<String>,
    /// Closed.
    pub on_close: Callback<()>,
}

/// The report.
pub struct ImportReport;

impl Component for ImportReport {
    type Message = ();
    type Properties = ImportReportProps;

    fn create(_: &Context<Self>) -> Self {
        ImportReport
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let ImportReportProps { lines, on_close } = ctx.props();
        html! {
            <Dialog heading={say(Key::ImportHeading)} on_close={on_close.clone()}>
                if lines.is_empty() { <p class="hint">{ say(Key::NothingRead) }</p> }
                <ul class="import-lines">{ for lines.iter().map(|line| html! { <li>{ line }</li> }) }</ul>
            </Dialog>
        }
    }
}
