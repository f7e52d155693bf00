//! The points of a function: the places in its code that may or may not be come by, in the order in which they stand.
//!
//! What follows a point, up to the end of the block that it stands in, runs only where the point is passed: there is no other way into it.

use anyhow::Result;
use wasmparser::{FunctionBody, Operator};

/// How many bytes a piece must have to be left out. A visit's chances are in small ones: where two hashes begin alike, a map looks in one place
/// more, and hashes differ from visit to visit.
const WORTH: usize = 32;

/// Whether a point stands after an operator: at the beginning of an arm, behind a block, behind a branch that may not be taken.
fn follows(operator: &Operator) -> bool {
    matches!(operator, Operator::If { .. } | Operator::Else | Operator::End | Operator::BrIf { .. })
}

/// One operator, with where its bytes begin, and whether a point stands before it.
pub struct Step<'bytes> {
    /// The operator.
    pub operator: Operator<'bytes>,
    /// Where it begins in the module.
    pub at: usize,
    /// Whether a point stands before it.
    pub point: bool,
}

/// The operators of a function with its points. The first one is where it begins.
///
/// # Errors
///
/// When its code cannot be read.
pub fn steps<'bytes>(body: &FunctionBody<'bytes>) -> Result<Vec<Step<'bytes>>> {
    let mut steps = Vec::new();
    let mut point = true;
    for operator in body.get_operators_reader()?.into_iter_with_offsets() {
        let (operator, at) = operator?;
        let next = follows(&operator);
        steps.push(Step { operator, at, point });
        point = next;
    }
    Ok(steps)
}

/// How many points a function has.
///
/// # Errors
///
/// When its code cannot be read.
pub fn count(body: &FunctionBody) -> Result<usize> {
    Ok(steps(body)?.iter().filter(|step| step.point).count())
}

/// One operator of a function of which only what was come by is kept.
pub enum Kept<'bytes> {
    /// As it was.
    Operator(Operator<'bytes>),
    /// What stood here, up to the end of its block, has not been come by.
    Missing,
}

impl Kept<'_> {
    /// The function that is called by name here.
    pub fn called(&self) -> Option<u32> {
        match self {
            Kept::Operator(Operator::Call { function_index }) => Some(*function_index),
            _ => None,
        }
    }

    /// The number that stands here, which may be an address.
    pub fn number(&self) -> Option<u32> {
        match self {
            Kept::Operator(Operator::I32Const { value }) => Some(value.cast_unsigned()),
            _ => None,
        }
    }
}

/// All of a function.
///
/// # Errors
///
/// When its code cannot be read.
pub fn all<'bytes>(body: &FunctionBody<'bytes>) -> Result<Vec<Kept<'bytes>>> {
    body.get_operators_reader()?.into_iter().map(|operator| Ok(Kept::Operator(operator?))).collect()
}

/// What is left of a function when every piece goes that no mark says was come by, if it is worth it; and how many bytes go.
///
/// # Errors
///
/// When its code cannot be read.
pub fn keep<'bytes>(body: &FunctionBody<'bytes>, marks: &[bool]) -> Result<(Vec<Kept<'bytes>>, usize)> {
    let steps = steps(body)?;
    let pieces = pieces(&steps, marks);
    let (mut kept, mut saved) = (Vec::new(), 0);
    let mut pieces = pieces.into_iter().filter(|piece| piece.bytes >= WORTH).peekable();
    for (index, step) in steps.into_iter().enumerate() {
        if let Some(piece) = pieces.next_if(|piece| piece.end == index) {
            saved += piece.bytes;
        }
        match pieces.peek() {
            Some(piece) if piece.begin == index => kept.push(Kept::Missing),
            Some(piece) if piece.begin < index => {}
            _ => kept.push(Kept::Operator(step.operator)),
        }
    }
    Ok((kept, saved))
}

/// What follows a point that was not come by, up to the end of its block: a range of operators.
struct Piece {
    begin: usize,
    end: usize,
    bytes: usize,
}

fn pieces(steps: &[Step], marks: &[bool]) -> Vec<Piece> {
    let mut marks = marks.iter();
    let mut pieces = Vec::new();
    // While in a piece: where it began, and how deep in blocks of its own this is.
    let mut inside: Option<(usize, usize)> = None;
    for (index, step) in steps.iter().enumerate() {
        let passed = !step.point || marks.next().is_some_and(|mark| *mark);
        let opens = matches!(step.operator, Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. });
        let ends = matches!(step.operator, Operator::End);
        inside = match inside {
            None if !passed && !ends && !matches!(step.operator, Operator::Else) => Some((index, usize::from(opens))),
            None => None,
            Some((begin, 0)) if ends || matches!(step.operator, Operator::Else) => {
                let bytes = steps.get(begin).map_or(0, |first| step.at - first.at);
                pieces.push(Piece { begin, end: index, bytes });
                None
            }
            Some((begin, depth)) => Some((begin, if ends { depth - 1 } else { depth + usize::from(opens) })),
        };
    }
    pieces
}
