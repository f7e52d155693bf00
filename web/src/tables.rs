//! A table of a thing: rules, entries, routes, with a button beside each row that takes it out, and a form below that adds one.

use crate::forms::Form;
use crate::glyph::{Icon, glyph_sized};
use crate::store::{Dispatch, Msg};
use crate::words::{Key, say};
use eni_playground::view::board::RefusalView;
use eni_playground::view::details::{RowView, TableView};
use std::rc::Rc;
use yew::prelude::*;

/// What a table is made of.
#[derive(Clone, PartialEq, Properties)]
pub struct DataTableProps {
    /// The table.
    pub table: TableView,
    /// What the last act was refused with.
    pub refusal: Option<Rc<RefusalView>>,
    /// Where what is done here goes.
    pub send: Dispatch,
}

/// A table.
pub struct DataTable {
    adding: bool,
}

impl Component for DataTable {
    type Message = ();
    type Properties = DataTableProps;

    fn create(_: &Context<Self>) -> Self {
        DataTable { adding: false }
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &DataTableProps) -> bool {
        // One row more: what was asked for is there, so the form has done its work.
        if ctx.props().table.rows.len() > old.table.rows.len() {
            self.adding = false;
        }
        true
    }

    fn update(&mut self, _: &Context<Self>, (): ()) -> bool {
        self.adding = !self.adding;
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let DataTableProps { table, refusal, send } = ctx.props();
        let removable = table.rows.iter().any(|row| row.remove.is_some());
        html! {
            <section class="rules" aria-label={table.title.clone()}>
                <header>
                    <h3>{ &table.title }</h3>
                    if let Some(add) = &table.add {
                        <button type="button" class="btn small" aria-expanded={self.adding.to_string()} onclick={ctx.link().callback(|_: MouseEvent| ())}>
                            { glyph_sized(if self.adding { Icon::Close } else { Icon::Plus }, "s") }
                            <span>{ if self.adding { say(Key::CancelAdding) } else { add.title.clone() } }</span>
                        </button>
                    }
                </header>
                if table.rows.is_empty() { <p class="empty-table">{ &table.empty }</p> } else { { rows(table, removable, send) } }
                if self.adding && let Some(add) = &table.add {
                    <Form form={Rc::new(add.clone())} refusal={refusal.clone()} inline=true send={send.clone()} />
                }
            </section>
        }
    }
}

fn rows(table: &TableView, removable: bool, send: &Dispatch) -> Html {
    html! {
        <div class="scroll-x">
            <table class="data">
                <caption class="sr">{ &table.title }</caption>
                <thead><tr>
                    { for table.columns.iter().map(|column| html! { <th scope="col">{ column }</th> }) }
                    if removable { <th scope="col"><span class="sr">{ say(Key::RemoveColumn) }</span></th> }
                </tr></thead>
                <tbody>{ for table.rows.iter().map(|row| row_of(row, table.columns.len(), removable, send)) }</tbody>
            </table>
        </div>
    }
}

fn row_of(row: &RowView, columns: usize, removable: bool, send: &Dispatch) -> Html {
    let span = columns + usize::from(removable);
    html! {
        <>
            <tr>
                { for row.cells.iter().map(|cell| html! { <td>{ cell }</td> }) }
                if removable { <td class="end">{ remove(row, send) }</td> }
            </tr>
            if !row.note.is_empty() { <tr class="row-note"><td colspan={span.to_string()}>{ &row.note }</td></tr> }
        </>
    }
}

fn remove(row: &RowView, send: &Dispatch) -> Html {
    let Some(act) = row.remove.clone() else { return Html::default() };
    let name = say(Key::RemoveRow { row: &row.name });
    html! {
        <button type="button" class="btn sq small" aria-label={name.clone()} title={name} onclick={send.reform(move |_: MouseEvent| Msg::Act(act.clone()))}>
            { glyph_sized(Icon::Bin, "s") }
        </button>
    }
}
