//! `--query`: JMESPath, by the kept crate, with limits around it.

use super::Failure;
use super::order::Order;
use super::usage::{plain, shown};
use jmespath::ast::Ast;
use jmespath::{Expression, Variable};
use serde_json::Value;

/// The longest expression, in bytes.
const LONGEST: usize = 4_096;
/// How many signs may nest or chain something: the library goes one call deeper for each.
const MOST_DEEP: usize = 200;

/// An expression that was read.
#[derive(Clone, Debug)]
pub struct Query(Expression<'static>);

impl Query {
    /// Reads an expression.
    ///
    /// # Errors
    /// In the command line's words, if it is none.
    pub fn new(text: &str) -> Result<Query, Failure> {
        let bad = |why: &str| plain(&format!("Bad value for --query {}: {why}", shown(text)));
        let deep = text.bytes().filter(|byte| b"([{!&.|".contains(byte)).count();
        if text.len() > LONGEST || deep > MOST_DEEP {
            return Err(bad(&format!("It is longer than {LONGEST} bytes or nests deeper than {MOST_DEEP}.")));
        }
        jmespath::compile(&with_quotes(text)).map(Query).map_err(|error| bad(&format!("Invalid jmespath expression: {error}")))
    }

    /// Adds in which order the objects that it makes were written.
    pub fn order(&self, order: &mut Order) {
        hashes(self.0.as_ast(), order);
    }

    /// What it finds.
    ///
    /// # Errors
    /// A function was asked for something that it cannot do.
    pub fn search(&self, value: Value) -> Result<Value, Failure> {
        let failed = |why: &dyn std::fmt::Display| plain(&why.to_string());
        let variable = Variable::try_from(value).map_err(|error| failed(&error))?;
        let found = self.0.search(variable).map_err(|error| failed(&error))?;
        serde_json::to_value(&*found).map_err(|error| failed(&error))
    }
}

/// Of two objects with the same names in another order, the one that was written first counts.
fn hashes(expression: &Ast, order: &mut Order) {
    let mut each = |inner: &[&Ast]| inner.iter().rev().for_each(|inner| hashes(inner, order));
    match expression {
        Ast::Comparison { lhs, rhs, .. }
        | Ast::Projection { lhs, rhs, .. }
        | Ast::And { lhs, rhs, .. }
        | Ast::Or { lhs, rhs, .. }
        | Ast::Subexpr { lhs, rhs, .. } => each(&[lhs, rhs]),
        Ast::Condition { predicate, then, .. } => each(&[predicate, then]),
        Ast::Expref { ast: node, .. } | Ast::Flatten { node, .. } | Ast::Not { node, .. } | Ast::ObjectValues { node, .. } => {
            hashes(node, order);
        }
        Ast::Function { args: inner, .. } | Ast::MultiList { elements: inner, .. } => {
            inner.iter().rev().for_each(|inner| hashes(inner, order));
        }
        Ast::MultiHash { elements, .. } => {
            elements.iter().rev().for_each(|element| hashes(&element.value, order));
            let mut names: Vec<String> = Vec::new();
            for element in elements {
                if !names.contains(&element.key) {
                    names.push(element.key.clone());
                }
            }
            order.write(names);
        }
        Ast::Identity { .. } | Ast::Field { .. } | Ast::Index { .. } | Ast::Literal { .. } | Ast::Slice { .. } => {}
    }
}

/// The expression with quotes in its literals: many write `` `name` `` for `` `"name"` ``, and AWS's command line takes it for a text.
fn with_quotes(text: &str) -> String {
    let mut pieces = text.split('`');
    let mut whole = pieces.next().unwrap_or_default().to_owned();
    while let Some(literal) = pieces.next() {
        let Some(after) = pieces.next() else {
            // Nothing closes it: the library says so.
            return format!("{whole}`{literal}");
        };
        let is_json = serde_json::from_str::<Value>(literal).is_ok();
        let literal = if is_json { literal.to_owned() } else { Value::from(literal.trim_start()).to_string() };
        whole = format!("{whole}`{literal}`{after}");
    }
    whole
}
