//! A trace for people: what came of it, every check in a row of columns, and what would change it. Sentences come from the same place as the page's.

use crate::scenario::Scenario;
use crate::view::make::Maker;
use crate::view::make::why::WhyOf;
use crate::view::why::{BlockerView, CheckState, CheckView, ComparedField, RemedyView};
use crate::words::{Language, PageKey};
use crate::world::memory::Memory;
use eni_core::analysis::remedy::Blockers;
use eni_core::dataplane::trace::Trace;
use eni_core::dataplane::verdict::{Verdict, Walk};
use eni_core::packet::Packet;
use eni_core::time::Instant;
use std::collections::BTreeSet;

/// How wide a line may be where nothing is known of the screen.
pub const USUAL_WIDTH: usize = 80;
/// Widths that lines are made for.
const WIDTHS: std::ops::RangeInclusive<usize> = 60..=160;
/// How many remedies are told.
const TOLD: usize = 3;

/// How text is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// The width of the screen in characters; lines that can be broken are.
    pub width: usize,
    /// Whether colours are shown.
    pub colour: bool,
}

impl Default for Style {
    fn default() -> Style {
        Style { width: USUAL_WIDTH, colour: false }
    }
}

/// Writes the whole trace.
pub(super) fn write(scenario: &Scenario, traced: &Trace, blockers: Option<&Blockers>, style: Style) -> String {
    let mut memory = Memory::default();
    memory.follow(&scenario.network, scenario.clock);
    let maker = Maker {
        network: &scenario.network,
        memory: &memory,
        now: scenario.clock,
        language: Language::English,
        names: &scenario.scene.names,
        follows: &[],
    };
    let style = Style { width: style.width.clamp(*WIDTHS.start(), *WIDTHS.end()), ..style };
    let mut page = Page { text: String::new(), style, marks: BTreeSet::new() };
    page.way(&maker, &traced.forward, traced.packet);
    if let Some(reply) = &traced.reply {
        page.text.push('\n');
        page.line(BOLD, &maker.language.say(PageKey::TheAnswer));
        let sent = reply.steps.first().map_or(traced.packet, |step| *reply.packet(step));
        page.way(&maker, reply, sent);
    }
    if let Some(blockers) = blockers {
        page.blockers(&maker, blockers);
    }
    page.legend(&maker);
    page.text
}

const BOLD: &str = "1";
const GREEN: &str = "32";
const RED: &str = "31";
const DIM: &str = "2";

/// What is written, and the marks in it that must be explained.
struct Page {
    text: String,
    style: Style,
    marks: BTreeSet<char>,
}

impl Page {
    fn line(&mut self, colour: &str, text: &str) {
        if self.style.colour {
            self.text.push_str(&format!("\u{1b}[{colour}m{text}\u{1b}[0m\n"));
        } else {
            self.text.push_str(text);
            self.text.push('\n');
        }
    }

    /// Text broken at spaces, every line as deep as the first.
    fn paragraph(&mut self, colour: &str, indent: usize, text: &str) {
        let mut line = " ".repeat(indent);
        let mut empty = true;
        for word in text.split_whitespace() {
            if !empty && line.chars().count() + 1 + word.chars().count() > self.style.width {
                self.line(colour, &line);
                line = " ".repeat(indent);
                empty = true;
            }
            if !empty {
                line.push(' ');
            }
            line.push_str(word);
            empty = false;
        }
        if !empty {
            self.line(colour, &line);
        }
    }

    fn way(&mut self, maker: &Maker<'_>, walk: &Walk, sent: Packet) {
        let view = maker.why(&WhyOf { packet: 0, at: Instant::ZERO, origin: String::new(), sent, walk });
        let code = view.code.as_ref().map(|code| format!("  {code}")).unwrap_or_default();
        self.line(if view.delivered { GREEN } else { RED }, &format!("{}{code}", walk.disposition.as_str()));
        self.line(DIM, &view.flow);
        self.paragraph(BOLD, 0, &view.headline);
        self.text.push('\n');
        let rows: Vec<CheckView> = walk
            .seen()
            // A check that did not apply is told where it could have been expected to.
            .filter(|step| step.verdict != Verdict::Skip || !maker.evidence(*step, walk.nearest_at(step)).is_empty())
            .map(|step| maker.check(step, walk.nearest_at(&step), 0))
            .collect();
        let width = |cell: fn(&CheckView) -> &str| rows.iter().map(|row| cell(row).chars().count()).max().unwrap_or(0);
        let (titles, details) = (width(|row| &row.title), width(|row| &row.detail).min(self.style.width.saturating_sub(50)));
        for row in &rows {
            self.check(row, titles, details);
        }
    }

    fn check(&mut self, check: &CheckView, titles: usize, details: usize) {
        let refused = check.state == CheckState::Refused;
        self.marks.extend(check.mark);
        let mark = check.mark.map(|mark| format!(" {mark}")).unwrap_or_default();
        let sign = if refused { 'x' } else { '+' };
        let row = format!("  {sign} {:<titles$}  {:<details$}  {}  [{}{mark}]", check.title, check.detail, check.result, check.rule);
        self.line(if refused { RED } else { "0" }, &row);
        if !check.evidence.is_empty() {
            self.paragraph(DIM, 6, &check.evidence);
        }
        self.compared(&check.compared);
    }

    /// The packet beside the rule that came closest.
    fn compared(&mut self, fields: &[ComparedField]) {
        let columns = |cell: fn(&ComparedField) -> &str| fields.iter().map(|field| cell(field).chars().count()).max().unwrap_or(0);
        let (names, packets) = (columns(|field| &field.field), columns(|field| &field.packet));
        for field in fields {
            let sign = if field.fits { '=' } else { '≠' };
            let row = format!("        {:<names$}  {:<packets$}  {sign}  {}", field.field, field.packet, field.rule);
            self.line(if field.fits { DIM } else { RED }, &row);
        }
    }

    /// All that refuses, where that is more than one check or nothing changes it, and then the ways past all of it.
    fn blockers(&mut self, maker: &Maker<'_>, blockers: &Blockers) {
        let rows = maker.blockers(blockers);
        let told: Vec<RemedyView> = blockers.remedies.iter().filter_map(|remedy| maker.remedy(remedy)).take(TOLD).collect();
        if let [only] = rows.as_slice() {
            if told.is_empty() {
                self.text.push('\n');
                self.paragraph("0", 0, &only.note);
            }
            self.ways(&maker.language.say(PageKey::WhatWouldChange), &told);
            return;
        }
        self.text.push('\n');
        self.line(BOLD, &maker.language.say(PageKey::WouldRefuse));
        for row in &rows {
            self.blocker(maker, row);
        }
        let Some((_, others)) = told.split_first() else { return };
        let count = rows.len().to_string();
        self.text.push('\n');
        self.paragraph(GREEN, 0, &maker.language.say(PageKey::AllTogether { count: &count }));
        let others_are = match others.len() {
            1 => maker.language.say(PageKey::OneOtherWay),
            count => maker.language.say(PageKey::OtherWays { count: &count.to_string() }),
        };
        self.ways(&others_are, others);
    }

    /// One of several checks that refuse. What was found by the first stands above already.
    fn blocker(&mut self, maker: &Maker<'_>, row: &BlockerView) {
        self.marks.extend(row.check.mark);
        let answer = if row.reply { format!("  ({})", maker.language.say(PageKey::TheAnswer)) } else { String::new() };
        let (number, check) = (row.check.number, &row.check);
        self.line(RED, &format!("{number:>3} x {}  {}{answer}  {}  [{}]", check.title, check.detail, row.code, check.rule));
        if !row.decides {
            self.paragraph(DIM, 6, &check.evidence);
            self.compared(&check.compared);
        }
        if let Some(change) = &row.change {
            self.way_past(change, 6);
        }
        self.paragraph("0", 6, &row.note);
    }

    fn ways(&mut self, title: &str, told: &[RemedyView]) {
        if told.is_empty() {
            return;
        }
        self.text.push('\n');
        self.line(BOLD, title);
        for remedy in told {
            self.way_past(remedy, 2);
        }
    }

    fn way_past(&mut self, remedy: &RemedyView, indent: usize) {
        self.paragraph("0", indent, &remedy.sentence);
        // A command stays on one line: it is there to be copied.
        for line in remedy.echo.lines() {
            self.line(DIM, &format!("{}$ {line}", " ".repeat(indent + 2)));
        }
    }

    fn legend(&mut self, maker: &Maker<'_>) {
        let marks = std::mem::take(&mut self.marks);
        if !marks.is_empty() {
            self.text.push('\n');
        }
        for mark in marks {
            let meaning = match mark {
                'B' => PageKey::MarkBelieved,
                'M' => PageKey::MarkModelled,
                _ => PageKey::MarkDisputed,
            };
            self.paragraph(DIM, 0, &format!("{mark}  {}", maker.language.say(meaning)));
        }
    }
}
