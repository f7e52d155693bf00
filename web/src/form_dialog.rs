//! A form of the session in a dialog of its own.

use crate::dialog::Dialog;
use crate::forms::Form;
use crate::store::{Dispatch, Msg};
use eni_playground::view::board::RefusalView;
use eni_playground::view::form::FormView;
use std::rc::Rc;
use yew::prelude::*;

/// What the dialog is made from.
#[derive(Clone, PartialEq, Properties)]
pub struct FormDialogProps {
    /// The form.
    pub form: Rc<FormView>,
    /// What the last act was refused with.
    pub refusal: Option<Rc<RefusalView>>,
    /// Where what is done here goes.
    pub send: Dispatch,
}

/// The dialog.
pub struct FormDialog;

impl Component for FormDialog {
    type Message = ();
    type Properties = FormDialogProps;

    fn create(_: &Context<Self>) -> Self {
        FormDialog
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let FormDialogProps { form, refusal, send } = ctx.props();
        html! {
            <Dialog heading={form.title.clone()} on_close={send.reform(|()| Msg::CloseDialog)}>
                <Form form={form.clone()} refusal={refusal.clone()} send={send.clone()} />
            </Dialog>
        }
    }
}
