//! Forms: the fields of an act. Nothing is judged here; what is wrong with it AWS says, and that stands below the fields.

use crate::platform::overlay;
use crate::refusal::refusal_box;
use crate::store::{Dispatch, Msg};
use eni_playground::table::Table;
use eni_playground::view::board::RefusalView;
use eni_playground::view::form::{ChoiceView, FieldKind, FieldView, FormView};
use std::rc::Rc;
use yew::prelude::*;

/// What a form is made of.
#[derive(Clone, PartialEq, Properties)]
pub struct FormProps {
    /// Its fields.
    pub form: Rc<FormView>,
    /// What the last act was refused with.
    pub refusal: Option<Rc<RefusalView>>,
    /// Whether it stands in one line, below a table.
    #[prop_or_default]
    pub inline: bool,
    /// Where what is done here goes.
    pub send: Dispatch,
}

/// What happens in it.
pub enum Message {
    /// A field has another value.
    Set(&'static str, String),
    /// One of several was switched on or off.
    Toggle(&'static str, String),
    /// The button, or Enter.
    Submit,
}

/// A form.
pub struct Form {
    values: Table<String, String>,
    sent: bool,
}

impl Component for Form {
    type Message = Message;
    type Properties = FormProps;

    fn create(ctx: &Context<Self>) -> Self {
        Form { values: first_values(&ctx.props().form), sent: false }
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &FormProps) -> bool {
        let new = ctx.props();
        if new.form.id != old.form.id {
            self.values = first_values(&new.form);
            self.sent = false;
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Set(name, value) => {
                self.values.insert(name.to_owned(), value);
            }
            Message::Toggle(name, value) => {
                let chosen = self.values.get(name).map(String::as_str).unwrap_or_default();
                let chosen = toggled(chosen, &value);
                self.values.insert(name.to_owned(), chosen);
            }
            Message::Submit => {
                self.sent = true;
                let form = ctx.props().form.id.clone();
                ctx.props().send.emit(Msg::Submit { form, values: self.shown_values(&ctx.props().form) });
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let FormProps { form, refusal, inline, .. } = ctx.props();
        // Here, not where the message is taken: that may be later, and by then the browser has sent the form and loaded the page anew.
        let on_submit = ctx.link().callback(|event: SubmitEvent| {
            event.prevent_default();
            Message::Submit
        });
        html! {
            <form class={classes!("form", inline.then_some("inline"))} onsubmit={on_submit} autocomplete="off" aria-label={form.title.clone()}>
                if !form.hint.is_empty() { <p class="hint">{ &form.hint }</p> }
                <div class="fields">{ for form.fields.iter().filter(|field| self.shows(field)).map(|field| self.field(ctx, field)) }</div>
                if self.sent && let Some(refusal) = refusal { { refusal_box(refusal) } }
                <div class="row"><button type="submit" class={if *inline { "cta alt" } else { "cta" }}>{ &form.submit }</button></div>
            </form>
        }
    }
}

impl Form {
    fn value(&self, name: &str) -> &str {
        self.values.get(name).map(String::as_str).unwrap_or_default()
    }

    fn shows(&self, field: &FieldView) -> bool {
        field.only_if.as_ref().is_none_or(|(other, values)| values.contains(&self.value(other)))
    }

    /// What stands in the fields that are on the page.
    fn shown_values(&self, form: &FormView) -> Table<String, String> {
        form.fields
            .iter()
            .filter(|field| self.shows(field))
            .map(|field| (field.name.to_owned(), self.value(field.name).to_owned()))
            .collect()
    }

    fn field(&self, ctx: &Context<Self>, field: &FieldView) -> Html {
        let id = format!("field-{}-{}", ctx.props().form.id.replace(|letter: char| !letter.is_ascii_alphanumeric(), "-"), field.name);
        if let FieldKind::Many(choices) = &field.kind {
            return self.several(ctx, field, choices);
        }
        let name = field.name;
        let value = self.value(name).to_owned();
        let set = ctx.link().callback(move |event: InputEvent| Message::Set(name, overlay::value_of(&event)));
        let control = match &field.kind {
            FieldKind::Choice(choices) => html! {
                <select id={id.clone()} {name} onchange={ctx.link().callback(move |event: Event| Message::Set(name, overlay::value_of(&event)))}>
                    { for choices.iter().map(|choice| html! {
                        <option value={choice.value.clone()} selected={choice.value == value}>{ &choice.text }</option>
                    }) }
                </select>
            },
            FieldKind::Switch => html! { <input id={id.clone()} {name} type="checkbox" checked={value == "true"} oninput={set} /> },
            FieldKind::Code => {
                html! { <input id={id.clone()} {name} type="text" class="mono" {value} oninput={set} spellcheck="false" autocapitalize="off" /> }
            }
            FieldKind::Text | FieldKind::Many(_) => {
                html! { <input id={id.clone()} {name} type="text" {value} oninput={set} maxlength="255" /> }
            }
        };
        let switch = field.kind == FieldKind::Switch;
        html! {
            <div class={classes!("field", switch.then_some("switch"))}>
                <label for={id}>{ &field.label }</label>
                { control }
                if !field.hint.is_empty() { <small>{ &field.hint }</small> }
            </div>
        }
    }

    fn several(&self, ctx: &Context<Self>, field: &FieldView, choices: &[ChoiceView]) -> Html {
        let name = field.name;
        let chosen: Vec<&str> = self.value(name).split(',').collect();
        let choice = |choice: &ChoiceView| {
            let value = choice.value.clone();
            let toggle = ctx.link().callback(move |_: Event| Message::Toggle(name, value.clone()));
            html! {
                <label class="pick"><input type="checkbox" checked={chosen.contains(&choice.value.as_str())} onchange={toggle} />{ &choice.text }</label>
            }
        };
        html! {
            <fieldset class="field">
                <legend>{ &field.label }</legend>
                { for choices.iter().map(choice) }
                if !field.hint.is_empty() { <small>{ &field.hint }</small> }
            </fieldset>
        }
    }
}

fn first_values(form: &FormView) -> Table<String, String> {
    form.fields.iter().map(|field| (field.name.to_owned(), first_value(field))).collect()
}

/// A choice without a value starts with its first one, as the browser shows it.
fn first_value(field: &FieldView) -> String {
    match &field.kind {
        FieldKind::Choice(choices) if !choices.iter().any(|choice| choice.value == field.value) => {
            choices.first().map(|choice| choice.value.clone()).unwrap_or_default()
        }
        _ => field.value.clone(),
    }
}

/// A list joined with commas, with a value in it that was not there, or without one that was.
fn toggled(list: &str, value: &str) -> String {
    let mut chosen: Vec<&str> = list.split(',').filter(|other| !other.is_empty()).collect();
    match chosen.iter().position(|other| *other == value) {
        Some(at) => drop(chosen.remove(at)),
        None => chosen.push(value),
    }
    chosen.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toggling_twice_changes_nothing() {
        assert_eq!(toggled("", "a"), "a");
        assert_eq!(toggled("a,b", "c"), "a,b,c");
        assert_eq!(toggled(&toggled("a,b", "c"), "c"), "a,b");
        assert_eq!(toggled("a", "a"), "");
    }

    #[test]
    fn a_choice_starts_with_what_the_browser_shows() {
        let choices = vec![ChoiceView { value: "x".to_owned(), text: "X".to_owned() }];
        let mut field = FieldView { kind: FieldKind::Choice(choices), ..FieldView::default() };
        assert_eq!(first_value(&field), "x");
        field.kind = FieldKind::Text;
        field.value = "typed".to_owned();
        assert_eq!(first_value(&field), "typed");
    }
}
