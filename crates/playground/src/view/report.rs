//! The report of an import: what is there now, and what was made of the rest.

use super::make;
use crate::scenario::{Report, Scenario};
use crate::words::Language;

/// The report of an import.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ReportView {
    /// What the imported world is called.
    pub title: String,
    /// What is there now, in a line.
    pub summary: String,
    /// The sections that have something to say.
    pub sections: Vec<SectionView>,
    /// All of it as text, to be kept or sent.
    pub plain: String,
}

/// A part of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionView {
    /// A word for tests and sheets: `kept`, `warnings`, `not-modelled`, `not-known`, `otherwise`, `secrets`, `not-read`.
    pub part: &'static str,
    /// Its heading.
    pub heading: String,
    /// What it is about, in a sentence.
    pub note: String,
    /// A line for each thing.
    pub lines: Vec<String>,
}

/// The report in English, as the command line tool prints it.
pub fn report_of(scenario: &Scenario, report: &Report) -> ReportView {
    make::report::report(scenario, report, Language::English)
}
