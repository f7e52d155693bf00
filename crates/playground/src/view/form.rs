//! Forms: what an act still needs to be told before it can be done.
//!
//! A form checks nothing. What stands in its fields becomes the members of a request as it is, and what is wrong with it AWS says.

/// A form.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct FormView {
    /// Which form about what, as `create-eni:subnet-…` or `add-ingress:sg-…`: what is typed goes back with it.
    pub id: String,
    /// Its heading: "New ENI".
    pub title: String,
    /// A sentence about it; may be empty.
    pub hint: String,
    /// Its button: a verb.
    pub submit: String,
    /// Its fields, in order.
    pub fields: Vec<FieldView>,
}

/// A field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct FieldView {
    /// Its name within the form.
    pub name: &'static str,
    /// Its label.
    pub label: String,
    /// A few words below it; may be empty.
    pub hint: String,
    /// What stands in it at first; `true` or `false` for a switch, values joined with commas where several are chosen.
    pub value: String,
    /// What it takes.
    pub kind: FieldKind,
    /// Shown only while another field has one of these values, as a port is only for tcp and udp.
    pub only_if: Option<(&'static str, Vec<&'static str>)>,
}

/// What a field takes.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum FieldKind {
    /// Any text.
    #[default]
    Text,
    /// What a machine reads: an address, a block, a port.
    Code,
    /// Yes or no.
    Switch,
    /// One of these.
    Choice(Vec<ChoiceView>),
    /// Any of these.
    Many(Vec<ChoiceView>),
}

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ChoiceView {
    /// What choosing it means.
    pub value: String,
    /// What it says.
    pub text: String,
}
