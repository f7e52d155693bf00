//! The details of a thing: its facts, and its tables of rules, entries and routes.

use super::form::FormView;
use super::menu::MenuEntry;
use crate::act::Act;

/// What is known about a thing.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct DetailsView {
    /// The thing, as `MenuView::thing` names it.
    pub thing: String,
    /// Which glyph, as in `MenuEntry::glyph`.
    pub glyph: &'static str,
    /// Its name, or its id.
    pub title: String,
    /// What it is: "Security group of shop".
    pub subtitle: String,
    /// Its facts, in order.
    pub facts: Vec<FactView>,
    /// Its tables.
    pub tables: Vec<TableView>,
    /// What can be done with it.
    pub menu: Vec<MenuEntry>,
}

/// A fact.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct FactView {
    /// "Subnet".
    pub name: String,
    /// "public-a".
    pub value: String,
    /// Whether a machine reads it: an address, an id.
    pub code: bool,
    /// The thing that it names, to go to.
    pub thing: Option<String>,
}

/// A table of a thing.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct TableView {
    /// "Lets in".
    pub title: String,
    /// Its columns' names.
    pub columns: Vec<String>,
    /// Its rows.
    pub rows: Vec<RowView>,
    /// What stands there when it has no rows: "Nothing is let in."
    pub empty: String,
    /// The form that adds a row; what AWS would refuse always (the local route) has none.
    pub add: Option<FormView>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct RowView {
    /// What the row is called aloud: "rule 2".
    pub name: String,
    /// Its cells, one for each column.
    pub cells: Vec<String>,
    /// The act that takes it out; absent where there is none.
    pub remove: Option<Act>,
    /// What is to be said beside it: "leads nowhere", a description; may be empty.
    pub note: String,
}
