//! A form of the session in a dialog of its own.

use crate::dialog::Dialog;
use crate::forms::Form;
use crate::store::{Dispatch, Msg};
use eni_playground::view::board::RefusalView;
use eni_playground::view::form::FormView;
use std::rc::Rc;
use yew::prelude::*;

/// The dialog; `refusal` is what the last act was refused with.
pub fn form_dialog(form: &Rc<FormView>, refusal: &Option<Rc<RefusalView>>, send: &Dispatch) -> Html {
    html! {
        <Dialog heading={form.title.clone()} on_close={send.reform(|()| Msg::CloseDialog)}>
            <Form form={form.clone()} refusal={refusal.clone()} send={send.clone()} />
        </Dialog>
    }
}
