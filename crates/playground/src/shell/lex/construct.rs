//! What bash has of branches, loops, functions and arrays. A plain `for NAME in …; do …; done` runs; of the others nothing does that stands inside.
//!
//! A construct is read up to its end, so that neither branch of an `if` runs and no body of another loop or function does.

use super::super::said;
use super::{Fault, Joined, MOST_DEEP, Part, Redirect, Script, Statement, Word, is_name};

/// The words that begin a construct, and the word that ends it.
const CONSTRUCTS: [(&str, &str); 7] =
    [("if", "fi"), ("for", "done"), ("while", "done"), ("until", "done"), ("select", "done"), ("case", "esac"), ("{", "}")];
/// The words of a construct after which a command begins.
const INNER: [&str; 10] = ["then", "else", "elif", "do", "!", "{", "if", "while", "until", "}"];
/// The words that only a construct has, none of which begins one.
const STRAY: [&str; 8] = ["then", "else", "elif", "fi", "do", "done", "esac", "}"];

/// What ends the construct that this word begins.
fn end_of(word: &str) -> Option<&'static str> {
    CONSTRUCTS.iter().find(|(begin, _)| *begin == word).map(|(_, end)| *end)
}

/// A word that is text without quotes.
fn plain(word: &Word) -> Option<&str> {
    match word.as_slice() {
        [Part::Text { text, quoted: false }] => Some(text),
        _ => None,
    }
}

/// The turns of a loop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turns {
    /// The variable that has another value in each of them.
    pub name: String,
    /// What they do.
    pub body: String,
    /// The number of the line where that begins.
    pub line: usize,
}

/// Reads the plain `for NAME in …; do …; done` that begins here, if one does, or what in it cannot be read.
pub fn turns(script: &mut Script, joined: Joined) -> Option<Result<Statement, Fault>> {
    let mut ahead = script.ahead();
    let begins = |ahead: &mut Script, word: &str| {
        ahead.skip_blanks();
        ahead.word().ok().filter(|found| plain(found) == Some(word))
    };
    begins(&mut ahead, "for")?;
    ahead.skip_blanks();
    let name = plain(&ahead.word().ok()?).filter(|name| is_name(name))?.to_owned();
    begins(&mut ahead, "in")?;
    let words = ahead.only_words()?;
    ahead.skip_lines();
    begins(&mut ahead, "do")?;
    let (line, rest) = (ahead.line, ahead.rest());
    if body(&mut ahead, String::new(), "done").1 {
        return None;
    }
    let length = rest.len() - ahead.rest().len();
    let text = rest.get(..length).and_then(|text| text.strip_suffix("done"))?;
    // What stands behind it is another command, if anything does.
    if !ahead.only_words()?.is_empty() {
        return None;
    }
    if script.deep >= MOST_DEEP {
        return Some(Err(Fault { line, message: said::loops_too_deep(MOST_DEEP), open: false, ends: true }));
    }
    let mut inner = Script::at_line(text, line);
    inner.deep = script.deep + 1;
    let fault = inner.find_map(Result::err);
    script.go_on(ahead);
    let turns = Some(Turns { name, body: text.to_owned(), line });
    Some(match fault {
        Some(fault) => Err(fault),
        None => Ok(Statement { words, to: Redirect::default(), pipe: None, joined, turns }),
    })
}

/// Passes over the construct that begins here, if one does.
pub fn skip(script: &mut Script) -> Option<Fault> {
    let mut ahead = script.ahead();
    ahead.skip_blanks();
    let line = ahead.line;
    let (message, open, ends) = passed_over(&mut ahead)?;
    script.resume(ahead);
    script.skip_line();
    script.bump();
    Some(Fault { line, message, open, ends })
}

/// What is said of the construct that begins here, whether it only wants its end, and whether the script ends with it.
fn passed_over(ahead: &mut Script) -> Option<(String, bool, bool)> {
    let ends = |(message, open): (String, bool)| Some((message, open, true));
    if ahead.eat("(") {
        return ends(body(ahead, said::no_construct("( … )"), ")"));
    }
    let word = ahead.word().ok()?;
    let name = plain(&word)?.to_owned();
    if let Some(end) = end_of(&name) {
        return ends(body(ahead, said::no_construct(&format!("{name} … {end}")), end));
    }
    if STRAY.contains(&name.as_str()) {
        return ends((said::near(&name), false));
    }
    // `A=(1 2)`: a line like any other that is refused.
    if name.ends_with('=') && ahead.eat("(") {
        let (message, open) = body(ahead, said::no_array(&format!("{name}(…)")), ")");
        return Some((message, open, false));
    }
    // `f() {`, `function f {`.
    ahead.skip_blanks();
    let is_told = name == "function";
    if is_told {
        ahead.word().ok()?;
        ahead.skip_blanks();
    }
    let has_brackets = ahead.eat("(");
    if has_brackets {
        ahead.skip_blanks();
        ahead.eat(")");
    }
    if is_told || has_brackets { ends(function(ahead)) } else { None }
}

/// The body of a function, which is a construct of its own.
fn function(ahead: &mut Script) -> (String, bool) {
    while matches!(ahead.peek(), Some(' ' | '\t' | '\r' | '\n' | '#')) {
        ahead.skip_blanks();
        ahead.eat("\n");
    }
    let message = said::no_construct("f() { … }");
    let end = if ahead.eat("(") { Some(")") } else { ahead.word().ok().and_then(|word| end_of(plain(&word)?)) };
    match end {
        Some(end) => body(ahead, message, end),
        None => (message, false),
    }
}

/// Reads up to the end of a construct: with the end comes what is said of it, without it what is missing.
fn body(script: &mut Script, message: String, end: &'static str) -> (String, bool) {
    let mut ends = vec![end];
    let mut begins = true;
    while let Some(wanted) = ends.last().copied() {
        script.skip_blanks();
        match script.peek() {
            None => return (said::unclosed_word(wanted), true),
            Some(sign @ ('\n' | ';' | '&' | '|' | '<' | '>' | '(' | ')')) => {
                script.bump();
                match sign {
                    '(' => ends.push(")"),
                    ')' if wanted == ")" => drop(ends.pop()),
                    _ => {}
                }
                begins = !matches!(sign, '<' | '>');
            }
            Some(_) => match script.word() {
                // What else is wrong with it makes no difference: it does not run.
                Err(fault) if said::is_unclosed(&fault.message) => return (fault.message, true),
                Err(_) => begins = false,
                Ok(word) => {
                    let text = plain(&word).filter(|_| begins).unwrap_or_default();
                    if text == wanted {
                        ends.pop();
                    } else {
                        ends.extend(end_of(text));
                    }
                    begins = INNER.contains(&text);
                }
            },
        }
    }
    (message, false)
}
