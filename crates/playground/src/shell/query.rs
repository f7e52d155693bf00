//! `--query`: JMESPath, by the kept crate, with limits around it.

use super::order::Order;
use super::usage::{OTHER, plain, shown};
use super::{Failure, said};
use jmespath::ast::Ast;
use jmespath::functions::{AbsFn, CeilFn, FloorFn, Function, KeysFn, MergeFn, SumFn, ValuesFn};
use jmespath::{Context, ErrorReason, Expression, JmespathError, Rcvar, Runtime, RuntimeError, Variable};
use serde_json::Value;
use std::sync::{Arc, Mutex, PoisonError};

/// The longest expression, in bytes.
const LONGEST: usize = 4_096;
/// How many signs may nest or chain something: the library goes one call deeper for each.
const MOST_DEEP: usize = 200;

/// An expression that was read.
#[derive(Clone, Debug)]
pub struct Query {
    text: String,
    ast: Ast,
}

/// What stands for `.*` in an expression: a function that nobody can type, because its answer is in the order of the members.
const STAR: &str = "*";

impl Query {
    /// Reads an expression.
    ///
    /// # Errors
    /// In the command line's words, if it is none.
    pub fn new(text: &str) -> Result<Query, Failure> {
        let bad = |why: &str| plain(&format!("Bad value for --query {}: {why}", shown(text)));
        let deep = text.bytes().filter(|byte| b"([{!&.|".contains(byte)).count();
        if text.len() > LONGEST || deep > MOST_DEEP {
            return Err(bad(&said::query_limits(LONGEST, MOST_DEEP)));
        }
        let text = with_quotes(text);
        let mut ast = jmespath::parse(&text).map_err(|error| bad(&format!("Invalid jmespath expression: {error}")))?;
        stars(&mut ast);
        Ok(Query { text, ast })
    }

    /// What it finds. `order` has the members of the value in their order, and afterwards those of what was made of them.
    ///
    /// # Errors
    /// A function was asked for something that it cannot do.
    pub fn search(&self, value: Value, order: &mut Order) -> Result<Value, Failure> {
        let failed = |why: &dyn std::fmt::Display| Failure { exit: OTHER, ..plain(&why.to_string()) };
        let variable = Variable::try_from(value).map_err(|error| failed(&error))?;
        hashes(&self.ast, order);
        let shared = Arc::new(Mutex::new(std::mem::take(order)));
        let runtime = runtime(&shared);
        let found = Expression::new(self.text.as_str(), self.ast.clone(), &runtime).search(variable);
        let found = found.map_err(|error| failed(&fault(&self.text, &error)))?;
        *order = std::mem::take(&mut *shared.lock().unwrap_or_else(PoisonError::into_inner));
        serde_json::to_value(&*found).map_err(|error| failed(&error))
    }
}

/// The functions of an expression; those that tell an object's members tell them in their order.
fn runtime(order: &Arc<Mutex<Order>>) -> Runtime {
    let mut runtime = Runtime::new();
    runtime.register_builtin_functions();
    whole_numbers(&mut runtime);
    let names = |object: &Variable| object.as_object().map(|object| object.keys().cloned().collect::<Vec<String>>());
    let sorted = move |order: &Mutex<Order>, object: Option<&Rcvar>, answer: Rcvar| {
        let (Some(names), Some(values)) = (object.and_then(|object| names(object)), answer.as_array()) else { return answer };
        let places = order.lock().unwrap_or_else(PoisonError::into_inner).places(&names);
        Rcvar::new(Variable::Array(places.into_iter().filter_map(|place| values.get(place).cloned()).collect()))
    };
    let known = Arc::clone(order);
    runtime.register_function(
        "keys",
        Box::new(move |args: &[Rcvar], context: &mut Context<'_>| {
            KeysFn::new().evaluate(args, context).map(|answer| sorted(&known, args.first(), answer))
        }),
    );
    let known = Arc::clone(order);
    runtime.register_function(
        "values",
        Box::new(move |args: &[Rcvar], context: &mut Context<'_>| {
            ValuesFn::new().evaluate(args, context).map(|answer| sorted(&known, args.first(), answer))
        }),
    );
    let known = Arc::clone(order);
    runtime.register_function(
        STAR,
        Box::new(move |args: &[Rcvar], _: &mut Context<'_>| {
            let values = args.first().and_then(|object| object.as_object()).map(|object| object.values().cloned().collect());
            let answer = Rcvar::new(values.map_or(Variable::Null, Variable::Array));
            Ok(sorted(&known, args.first(), answer))
        }),
    );
    let known = Arc::clone(order);
    runtime.register_function(
        "merge",
        Box::new(move |args: &[Rcvar], context: &mut Context<'_>| {
            let merged = MergeFn::new().evaluate(args, context)?;
            let mut order = known.lock().unwrap_or_else(PoisonError::into_inner);
            let mut all: Vec<String> = Vec::new();
            for names in args.iter().filter_map(|object| names(object)) {
                for name in order.places(&names).into_iter().filter_map(|place| names.get(place)) {
                    if !all.contains(name) {
                        all.push(name.clone());
                    }
                }
            }
            order.write(all);
            Ok(merged)
        }),
    );
    runtime
}

/// Sums and roundings of whole numbers are whole: the library makes fractions of all of them.
fn whole_numbers(runtime: &mut Runtime) {
    let functions: [(&str, Box<dyn Function>, bool); 4] = [
        ("sum", Box::new(SumFn::new()), false),
        ("abs", Box::new(AbsFn::new()), false),
        ("ceil", Box::new(CeilFn::new()), true),
        ("floor", Box::new(FloorFn::new()), true),
    ];
    for (name, function, always) in functions {
        runtime.register_function(
            name,
            Box::new(move |args: &[Rcvar], context: &mut Context<'_>| {
                let answer = function.evaluate(args, context)?;
                let is_whole = |value: &Rcvar| matches!(&**value, Variable::Number(number) if !number.is_f64());
                let are_whole = args.iter().all(|arg| arg.as_array().map_or_else(|| is_whole(arg), |values| values.iter().all(is_whole)));
                // Beyond this a fraction does not hold every whole number.
                let number = answer.as_number().filter(|number| (always || are_whole) && number.abs() < 9e15);
                #[expect(clippy::cast_possible_truncation, reason = "it is small, and whole")]
                Ok(number.map_or(answer, |number| Rcvar::new(Variable::Number((number as i64).into()))))
            }),
        );
    }
}

/// What went wrong, as the command line says it.
fn fault(expression: &str, error: &JmespathError) -> String {
    // The place is that of the bracket behind the name.
    let before = expression.get(..error.offset).unwrap_or_default();
    let name = before.rsplit(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').next().unwrap_or_default();
    let arguments = |count: usize| if count == 1 { "argument" } else { "arguments" };
    match &error.reason {
        ErrorReason::Runtime(RuntimeError::UnknownFunction(name)) => format!("Unknown function: {}()", shown(name)),
        ErrorReason::Runtime(
            RuntimeError::TooManyArguments { expected, actual } | RuntimeError::NotEnoughArguments { expected, actual },
        ) => {
            format!("Expected {expected} {} for function {}(), received {actual}", arguments(*expected), shown(name))
        }
        _ => error.to_string(),
    }
}

/// Every `*` of members becomes the function that keeps their order.
fn stars(expression: &mut Ast) {
    match expression {
        Ast::Comparison { lhs, rhs, .. }
        | Ast::Projection { lhs, rhs, .. }
        | Ast::And { lhs, rhs, .. }
        | Ast::Or { lhs, rhs, .. }
        | Ast::Subexpr { lhs, rhs, .. }
        | Ast::Condition { predicate: lhs, then: rhs, .. } => [lhs, rhs].into_iter().for_each(|inner| stars(inner)),
        Ast::Expref { ast: node, .. } | Ast::Flatten { node, .. } | Ast::Not { node, .. } => stars(node),
        Ast::Function { args: inner, .. } | Ast::MultiList { elements: inner, .. } => inner.iter_mut().for_each(stars),
        Ast::MultiHash { elements, .. } => elements.iter_mut().for_each(|element| stars(&mut element.value)),
        Ast::ObjectValues { node, offset } => {
            stars(node);
            let args = vec![std::mem::replace(&mut **node, Ast::Identity { offset: *offset })];
            *expression = Ast::Function { offset: *offset, name: STAR.to_owned(), args };
        }
        Ast::Identity { .. } | Ast::Field { .. } | Ast::Index { .. } | Ast::Literal { .. } | Ast::Slice { .. } => {}
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
