//! The command line's own notation for objects: `Key=a,Value=b`, `Key=[a,b]`, `A={B=c}`, `A=b,c`.
//!
//! It reads as the command line's own reader does, step by step, so that it takes and refuses the same texts.

use super::said;
use super::usage::shown;
use serde_json::{Map, Value};

/// How deep objects and lists may nest.
const MOST_DEEP: usize = 32;

/// Reads an object. All values are texts, lists and objects: what they are is known to who asked.
///
/// # Errors
/// What was expected and where, in the command line's words.
pub fn read(text: &str) -> Result<Map<String, Value>, String> {
    Reader { all: text, at: 0, deep: 0 }.pairs()
}

struct Reader<'a> {
    all: &'a str,
    /// How many bytes of it are read.
    at: usize,
    deep: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.all.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip_blanks(&mut self) {
        self.at = self.all.len() - self.rest().trim_ascii_start().len();
    }

    /// The text, and a caret below this place of it.
    fn place(&self, at: usize) -> String {
        let (before, behind) = self.all.split_at_checked(at).unwrap_or((self.all, ""));
        let line = before.rsplit('\n').next().unwrap_or_default();
        let (head, tail) = behind.split_once('\n').map_or((behind, String::new()), |(head, tail)| (head, format!("\n{tail}")));
        let spaces = " ".repeat(line.chars().count().min(300));
        format!("{}\n{spaces}^{}", shown(&format!("{before}{head}")), shown(&tail))
    }

    fn wants(&self, wanted: &str, got: &str) -> String {
        format!("Expected: '{wanted}', received: '{got}' for input:\n{}", self.place(self.at))
    }

    fn take(&mut self, sign: char) -> Result<(), String> {
        match self.peek() {
            Some(next) if next == sign => {
                self.at += sign.len_utf8();
                Ok(())
            }
            Some(next) => Err(self.wants(&sign.to_string(), &next.to_string())),
            None => Err(self.wants(&sign.to_string(), "EOF")),
        }
    }

    /// Takes a sign, with the blanks around it.
    fn take_apart(&mut self, sign: char) -> Result<(), String> {
        self.skip_blanks();
        self.take(sign)?;
        self.skip_blanks();
        Ok(())
    }

    /// One level deeper.
    fn inside<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, String>) -> Result<T, String> {
        self.deep += 1;
        if self.deep > MOST_DEEP {
            return Err(said::value_limit(MOST_DEEP));
        }
        let found = read(self)?;
        self.deep -= 1;
        Ok(found)
    }

    /// `key=value` pairs up to the end.
    fn pairs(&mut self) -> Result<Map<String, Value>, String> {
        let mut pairs = Map::new();
        loop {
            let comma = self.at;
            if !pairs.is_empty() {
                self.take_apart(',')?;
            }
            let key = self.key()?;
            let value = self.values()?;
            if pairs.contains_key(&key) {
                return Err(said::key_twice(&key, &self.place(comma + 1)));
            }
            pairs.insert(key, value);
            if self.rest().is_empty() {
                return Ok(pairs);
            }
        }
    }

    /// A key, and its `=`.
    fn key(&mut self) -> Result<String, String> {
        let is_of_key = |letter: char| letter.is_ascii_alphanumeric() || "-_.#/:".contains(letter);
        let rest = self.rest();
        let key = rest.get(..rest.find(|letter| !is_of_key(letter)).unwrap_or(rest.len())).unwrap_or_default();
        self.at += key.len();
        self.take_apart('=')?;
        Ok(key.to_owned())
    }

    /// A value of a key that stands in no brackets: several with commas up to the next key are a list.
    fn values(&mut self) -> Result<Value, String> {
        match self.peek() {
            Some('[' | '{') => self.nested(),
            None => Ok("".into()),
            Some(_) => {
                let first = self.first()?;
                self.skip_blanks();
                if self.peek() != Some(',') {
                    return Ok(first.into());
                }
                let mut values = vec![Value::String(first)];
                while self.peek() == Some(',') {
                    let comma = self.at;
                    self.take_apart(',')?;
                    let next = self.further();
                    self.skip_blanks();
                    match next {
                        Ok(next) if self.rest().is_empty() || self.peek() == Some(',') => values.push(next.into()),
                        Err(why) if self.rest().is_empty() => return Err(why),
                        // What comes is a key; of two commas the first is passed over.
                        _ => {
                            self.at = if self.peek() == Some(',') { self.at } else { comma };
                            break;
                        }
                    }
                }
                Ok(if values.len() > 1 { values.into() } else { values.pop().unwrap_or_default() })
            }
        }
    }

    /// A value in brackets, or one that stands in them.
    fn nested(&mut self) -> Result<Value, String> {
        match self.peek() {
            Some('[') => self.inside(Self::list),
            Some('{') => self.inside(Self::object),
            _ => self.first().map(Value::from),
        }
    }

    fn list(&mut self) -> Result<Value, String> {
        self.take_apart('[')?;
        let mut values = Vec::new();
        while self.peek() != Some(']') {
            values.push(self.nested()?);
            self.next_of(']')?;
        }
        self.take(']')?;
        Ok(values.into())
    }

    fn object(&mut self) -> Result<Value, String> {
        self.take_apart('{')?;
        let mut members = Map::new();
        while self.peek() != Some('}') {
            let key = self.key()?;
            members.insert(key, self.nested()?);
            self.next_of('}')?;
        }
        self.take('}')?;
        Ok(members.into())
    }

    /// Goes on to what comes next in brackets, or to what closes them.
    fn next_of(&mut self, closing: char) -> Result<(), String> {
        self.skip_blanks();
        if self.peek() != Some(closing) {
            self.take(',')?;
            self.skip_blanks();
        }
        Ok(())
    }

    /// The first value behind a `=`, or one in brackets: it may be empty.
    fn first(&mut self) -> Result<String, String> {
        match self.peek() {
            Some(quote @ ('\'' | '"')) => self.quoted(quote),
            _ => Ok(self.bare("\"',]}").unwrap_or_default()),
        }
    }

    /// A value behind a comma: it may not be empty, and has no `=`.
    fn further(&mut self) -> Result<String, String> {
        match self.peek() {
            Some(quote @ ('\'' | '"')) => self.quoted(quote),
            _ => self.bare("\"',=").ok_or_else(|| self.wants("<second>", "<none>")),
        }
    }

    /// A text without quotes up to one of these signs; a comma behind a backslash belongs to it.
    fn bare(&mut self, ends: &str) -> Option<String> {
        let rest = self.rest();
        let mut length = 0;
        while let Some(letter) = rest.get(length..).unwrap_or_default().chars().next() {
            let is_first_bad = length == 0 && ("\"',=[{".contains(letter) || letter.is_whitespace());
            if rest.get(length..).is_some_and(|rest| rest.starts_with("\\,")) {
                length += 2;
            } else if is_first_bad || ends.contains(letter) {
                break;
            } else {
                length += letter.len_utf8();
            }
        }
        self.at += length;
        rest.get(..length).filter(|text| !text.is_empty()).map(|text| text.replace("\\,", ",").trim_end().to_owned())
    }

    /// A text in quotes. Where no quote closes it, the last one behind a backslash does.
    fn quoted(&mut self, quote: char) -> Result<String, String> {
        let inner = self.rest().get(1..).unwrap_or_default();
        let mut behind_slash = None;
        let end = inner.match_indices(quote).map(|(at, _)| at).find(|at| {
            let is_escaped = inner.get(..*at).is_some_and(|text| text.ends_with('\\'));
            if is_escaped {
                behind_slash = Some(*at);
            }
            !is_escaped
        });
        let kind = if quote == '"' { "<double quoted>" } else { "<singled quoted>" };
        let end = end.or(behind_slash).ok_or_else(|| self.wants(kind, "<none>"))?;
        self.at += end + 2;
        let text = inner.get(..end).unwrap_or_default();
        Ok(text.replace(&format!("\\{quote}"), &quote.to_string()).replace("\\\\", "\\"))
    }
}
