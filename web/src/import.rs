//! The report of an import: what was read, what is not modelled and was left out, what was refused.

use crate::dialog::Dialog;
use crate::words::{Pane as Key, say};
use yew::prelude::*;

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
