//! What is printed of a service's answer: the part that is wanted, what `--query` finds in it, in a format.

use super::options::{Common, Format};
use super::order::Order;
use super::query::Query;
use super::{Failure, output, table, yaml};
use crate::aws::Action;
use serde_json::Value;

/// The text of an answer. Where a query fits the first pages and not a later one, what was printed before stays, and the failure comes behind it.
///
/// # Errors
/// The query does not fit the answer.
pub fn print(
    action: &Action,
    answer: Value,
    query: Option<&Query>,
    format: Format,
    common: &Common,
) -> Result<(String, Option<Failure>), Failure> {
    let answer = common.paging.cut(answer);
    // Text is written as the pages come; everything else needs all of them.
    let pages = if format == Format::Text { common.paging.pages(action, answer) } else { vec![answer] };
    let mut text = String::new();
    for page in pages {
        match one(action.name, page, query, format) {
            Ok(printed) => text.push_str(&printed),
            Err(failure) if text.is_empty() => return Err(failure),
            Err(failure) => return Ok((text, Some(failure))),
        }
    }
    Ok((text, None))
}

fn one(action: &str, mut answer: Value, query: Option<&Query>, format: Format) -> Result<String, Failure> {
    let mut order = if format == Format::Json || query.is_some() { Order::of(action, &answer) } else { Order::default() };
    if let Some(query) = query {
        answer = query.search(answer, &mut order)?;
    }
    Ok(match format {
        Format::Json => output::json(&answer, &order),
        Format::Text => output::text(&answer),
        Format::Table => table::table(action, &answer),
        Format::Yaml => yaml::yaml(&answer),
        Format::YamlStream => yaml::yaml(&vec![answer].into()),
    })
}
