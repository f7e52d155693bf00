//! `--output table`: boxes in boxes, as the AWS command line draws them.
//!
//! An answer becomes a list of sections, each with a title, a line of headers and rows; what is inside of an object is a section of its own, one
//! level deeper. All are drawn equally wide.

use super::output::{is_scalar, scalar, scalar_names};
use eni_core::order::sort;
use serde_json::{Map, Value};

/// Wider tables have sections of one row turned on their side.
const WIDTH: usize = 80;
/// Blanks around the text of a cell.
const PADDING: usize = 4;

#[derive(Default)]
struct Section {
    title: Option<String>,
    level: usize,
    headers: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// Draws an answer. One that is empty is not drawn.
pub fn table(title: &str, value: &Value) -> String {
    let mut sections = Vec::new();
    build(Some(title), value, 0, &mut sections);
    let width = |sections: &[Section]| sections.iter().map(Section::width).max().unwrap_or_default();
    if width(&sections) > WIDTH {
        sections.iter_mut().for_each(Section::turn);
    }
    let width = width(&sections);
    let mut text = String::new();
    if !sections.is_empty() {
        text = format!("{}\n", "-".repeat(width));
        sections.iter().for_each(|section| section.draw(width, &mut text));
    }
    text
}

/// What Python takes for false is not drawn.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Bool(true) => false,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty(),
        Value::Array(values) => values.is_empty(),
        Value::Object(members) => members.is_empty(),
    }
}

fn section<'a>(title: Option<&str>, level: usize, sections: &'a mut Vec<Section>) -> Option<&'a mut Section> {
    sections.push(Section { title: title.map(str::to_owned), level, ..Section::default() });
    sections.last_mut()
}

fn add_row(row: Vec<String>, sections: &mut Vec<Section>) {
    let fits = |section: &Section| {
        let headers = section.headers.is_empty() || section.headers.len() == row.len();
        headers && section.rows.first().is_none_or(|first| first.len() == row.len())
    };
    let level = sections.last().map_or(0, |section| section.level);
    let last = match sections.last().is_some_and(fits) {
        true => sections.last_mut(),
        false => section(None, level, sections),
    };
    if let Some(section) = last {
        section.rows.push(row);
    }
}

fn build(title: Option<&str>, value: &Value, level: usize, sections: &mut Vec<Section>) {
    if is_nothing(value) {
        return;
    }
    if title.is_some() {
        section(title, level, sections);
    }
    match value {
        Value::Array(values) if values.first().is_some_and(Value::is_object) => objects(title, values, level, sections),
        Value::Array(values) => {
            for value in values {
                match value {
                    Value::Array(inner) if inner.iter().all(is_scalar) => add_row(inner.iter().map(scalar).collect(), sections),
                    value if is_scalar(value) => add_row(vec![scalar(value)], sections),
                    value => build(None, value, level, sections),
                }
            }
        }
        Value::Object(members) => object(members, level, sections),
        _ => {}
    }
}

/// The names of what is inside of objects, in order.
fn inner_names<'a>(objects: impl Iterator<Item = &'a Map<String, Value>>) -> Vec<&'a str> {
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in objects.flatten().filter(|(_, value)| !is_scalar(value)) {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    sort(&mut names);
    names
}

fn object(members: &Map<String, Value>, level: usize, sections: &mut Vec<Section>) {
    let names = scalar_names(std::iter::once(members));
    let value = |name: &&str| members.get(*name).map(scalar).unwrap_or_default();
    match names.as_slice() {
        [] => {}
        [only] => add_row(vec![(*only).to_owned(), value(only)], sections),
        names => {
            if let Some(last) = sections.last_mut() {
                last.headers = names.iter().map(|name| (*name).to_owned()).collect();
            }
            add_row(names.iter().map(value).collect(), sections);
        }
    }
    for name in inner_names(std::iter::once(members)) {
        if let Some(value) = members.get(name) {
            build(Some(name), value, level + 1, sections);
        }
    }
}

fn objects(title: Option<&str>, values: &[Value], level: usize, sections: &mut Vec<Section>) {
    let members = || values.iter().filter_map(Value::as_object);
    let (names, inner) = (scalar_names(members()), inner_names(members()));
    let headers = |sections: &mut Vec<Section>| {
        if let Some(last) = sections.last_mut() {
            last.headers = names.iter().map(|name| (*name).to_owned()).collect();
        }
    };
    headers(sections);
    for (number, object) in members().enumerate() {
        if number > 0 && !inner.is_empty() {
            section(title, level, sections);
            headers(sections);
        }
        let cell = |name: &&str| object.get(*name).filter(|value| is_scalar(value)).map(scalar).unwrap_or_default();
        add_row(names.iter().map(cell).collect(), sections);
        for name in &inner {
            if let Some(value) = object.get(*name).filter(|value| !is_scalar(value)) {
                build(Some(name), value, level + 1, sections);
            }
        }
    }
}

fn length(text: &str) -> usize {
    text.chars().count()
}

impl Section {
    /// How wide each column would like to be.
    fn columns(&self) -> Vec<usize> {
        let count = self.rows.first().map_or(self.headers.len(), Vec::len);
        let cells = |at: usize| self.rows.iter().chain(std::iter::once(&self.headers)).filter_map(move |row| row.get(at));
        (0..count).map(|at| cells(at).map(|cell| length(cell)).max().unwrap_or_default() + PADDING).collect()
    }

    fn width(&self) -> usize {
        let title = self.title.as_deref().map_or(0, length);
        self.columns().iter().sum::<usize>().max(title) + 2 + 2 * self.level
    }

    /// One row becomes a row for each of its cells.
    fn turn(&mut self) {
        if let ([row], false) = (self.rows.as_slice(), self.headers.is_empty()) {
            self.rows = self.headers.iter().zip(row).map(|(header, cell)| vec![header.clone(), cell.clone()]).collect();
            self.headers.clear();
        }
    }

    /// The columns stretched to a width.
    fn scaled(&self, width: usize) -> Vec<usize> {
        let wanted = self.columns();
        let sum = wanted.iter().sum::<usize>().max(1);
        let mut scaled: Vec<usize> = wanted.iter().map(|column| rounded(column * width, sum)).collect();
        let mut total: usize = scaled.iter().sum();
        while total > width && !scaled.is_empty() {
            for column in scaled.iter_mut().filter(|column| **column > 0).take(total - width) {
                *column -= 1;
                total -= 1;
            }
        }
        while total < width && !scaled.is_empty() {
            for column in scaled.iter_mut().rev().take(width - total) {
                *column += 1;
                total += 1;
            }
        }
        scaled
    }

    fn draw(&self, width: usize, text: &mut String) {
        let edge = "|".repeat(self.level);
        let inside = width.saturating_sub(2 * self.level);
        let columns = self.scaled(inside);
        let rule = || {
            let dashes: Vec<String> =
                columns.iter().enumerate().map(|(at, column)| "-".repeat(column.saturating_sub(if at == 0 { 2 } else { 1 }))).collect();
            format!("{edge}+{}+{edge}\n", dashes.join("+"))
        };
        if let Some(title) = &self.title {
            let bars = format!("{edge}|");
            text.push_str(&centred(title, width, &bars, &bars));
            text.push('\n');
            if self.headers.is_empty() && self.rows.is_empty() {
                text.push_str(&format!("{edge}+{}+{edge}\n", "-".repeat(inside.saturating_sub(2))));
            }
        }
        if columns.is_empty() {
            return;
        }
        if !self.headers.is_empty() {
            text.push_str(&rule());
            let cells = self.headers.iter().zip(&columns).enumerate();
            let cells: String = cells.map(|(at, (cell, column))| centred(cell, *column, if at == 0 { "|" } else { "" }, "|")).collect();
            text.push_str(&format!("{edge}{cells}{edge}\n"));
        }
        text.push_str(&rule());
        for row in &self.rows {
            let cells = row.iter().zip(&columns).enumerate();
            let cells: String = cells.map(|(at, (cell, column))| left(cell, *column, if at == 0 { "|" } else { "" })).collect();
            text.push_str(&format!("{edge}{cells}{edge}\n"));
        }
        text.push_str(&rule());
    }
}

/// A quotient to the nearest whole number; halves go to the even one.
fn rounded(number: usize, by: usize) -> usize {
    let (whole, rest) = (number / by, number % by);
    let up = match (rest * 2).cmp(&by) {
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Equal => whole % 2 == 1,
        std::cmp::Ordering::Less => false,
    };
    whole + usize::from(up)
}

fn centred(text: &str, width: usize, left_edge: &str, right_edge: &str) -> String {
    let own = length(text);
    let before = (width / 2).saturating_sub(own / 2).saturating_sub(left_edge.len().max(1));
    let after = width.saturating_sub(left_edge.len() + before + own + right_edge.len());
    format!("{left_edge}{}{text}{}{right_edge}", " ".repeat(before), " ".repeat(after))
}

fn left(text: &str, width: usize, left_edge: &str) -> String {
    let room = width.saturating_sub(left_edge.len() + 1 + length(text));
    let before = if room >= 2 { 2 } else { 0 };
    format!("{left_edge}{}{text}{}|", " ".repeat(before), " ".repeat(room - before))
}
