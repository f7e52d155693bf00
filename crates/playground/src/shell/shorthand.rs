//! The command line's own notation for objects: `Key=a,Value=b`, `Key=[a,b]`, `A={B=c}`, `A=b,c`.

use super::said;
use serde_json::{Map, Value};
use std::str::Chars;

/// How deep objects and lists may nest.
const MOST_DEEP: usize = 32;

/// Reads an object. All values are texts, lists and objects: what they are is known to who asked.
///
/// # Errors
/// What was expected and where, in the command line's words.
pub fn read(text: &str) -> Result<Map<String, Value>, String> {
    let mut reader = Reader { all: text, rest: text.chars(), deep: 0 };
    let members = reader.members(None)?;
    match reader.peek() {
        None => Ok(members),
        Some(_) => Err(reader.expected("','")),
    }
}

struct Reader<'a> {
    all: &'a str,
    rest: Chars<'a>,
    deep: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.rest.clone().next()
    }

    fn skip_blanks(&mut self) {
        while self.peek().is_some_and(|letter| letter.is_ascii_whitespace()) {
            self.rest.next();
        }
    }

    fn expected(&self, wanted: &str) -> String {
        let got = self.peek().map_or("'EOF'".to_owned(), |letter| format!("'{letter}'"));
        let before = self.all.len() - self.rest.as_str().len();
        let at = self.all.get(..before).map_or(0, |text| text.chars().count());
        format!("Expected: {wanted}, received: {got} for input:\n{}\n{}^", super::usage::shown(self.all), " ".repeat(at.min(300)))
    }

    fn take(&mut self, sign: char) -> Result<(), String> {
        self.skip_blanks();
        if self.peek() != Some(sign) {
            return Err(self.expected(&format!("'{sign}'")));
        }
        self.rest.next();
        Ok(())
    }

    fn eat(&mut self, sign: char) -> bool {
        self.skip_blanks();
        let there = self.peek() == Some(sign);
        if there {
            self.rest.next();
        }
        there
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

    /// `key=value` pairs up to a closing sign, which stays.
    fn members(&mut self, closing: Option<char>) -> Result<Map<String, Value>, String> {
        let mut members = Map::new();
        loop {
            self.skip_blanks();
            let key = self.key();
            if key.is_empty() && self.peek() == closing && closing.is_some() && members.is_empty() {
                return Ok(members);
            }
            if key.is_empty() {
                return Err(self.expected("'='"));
            }
            self.take('=')?;
            let value = self.value(closing)?;
            members.insert(key, value);
            if !self.eat(',') {
                return Ok(members);
            }
        }
    }

    fn key(&mut self) -> String {
        let mut key = String::new();
        while let Some(letter) = self.peek().filter(|letter| letter.is_ascii_alphanumeric() || "-_.#/:".contains(*letter)) {
            key.push(letter);
            self.rest.next();
        }
        key
    }

    /// Whether a key and its `=` come next.
    fn is_at_key(&self) -> bool {
        let mut ahead = Reader { all: self.all, rest: self.rest.clone(), deep: 0 };
        ahead.skip_blanks();
        !ahead.key().is_empty() && ahead.eat('=')
    }

    /// A value, or several with commas up to the next key.
    fn value(&mut self, closing: Option<char>) -> Result<Value, String> {
        self.skip_blanks();
        match self.peek() {
            Some('[') => return self.inside(Self::list),
            Some('{') => return self.inside(Self::object),
            _ => {}
        }
        let first = self.text(closing)?;
        let mut values = vec![Value::String(first)];
        loop {
            let mut ahead = Reader { all: self.all, rest: self.rest.clone(), deep: self.deep };
            if !ahead.eat(',') || ahead.is_at_key() {
                break;
            }
            self.rest = ahead.rest;
            self.skip_blanks();
            if self.peek().is_none() {
                // A comma at the end makes a list of one.
                return Ok(Value::Array(values));
            }
            values.push(Value::String(self.text(closing)?));
        }
        match (values.len(), values.pop()) {
            (1, Some(only)) => Ok(only),
            (_, last) => {
                values.extend(last);
                Ok(Value::Array(values))
            }
        }
    }

    fn list(&mut self) -> Result<Value, String> {
        self.take('[')?;
        let mut values = Vec::new();
        while !self.eat(']') {
            if !values.is_empty() {
                self.take(',')?;
                self.skip_blanks();
            }
            let value = match self.peek() {
                Some('[') => self.inside(Self::list)?,
                Some('{') => self.inside(Self::object)?,
                None => return Err(self.expected("']'")),
                _ => Value::String(self.text(Some(']'))?),
            };
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn object(&mut self) -> Result<Value, String> {
        self.take('{')?;
        let members = self.members(Some('}'))?;
        self.take('}')?;
        Ok(Value::Object(members))
    }

    /// One text: in quotes, or up to a comma or the closing sign.
    fn text(&mut self, closing: Option<char>) -> Result<String, String> {
        self.skip_blanks();
        let mut text = String::new();
        if let Some(quote) = self.peek().filter(|sign| matches!(sign, '\'' | '"')) {
            self.rest.next();
            loop {
                match self.rest.next() {
                    None => return Err(self.expected(&format!("'{quote}'"))),
                    Some('\\') => text.extend(self.rest.next()),
                    Some(letter) if letter == quote => return Ok(text),
                    Some(letter) => text.push(letter),
                }
            }
        }
        while let Some(letter) = self.peek().filter(|letter| *letter != ',' && Some(*letter) != closing) {
            self.rest.next();
            match letter {
                '\\' if matches!(self.peek(), Some(',' | '\\')) => text.extend(self.rest.next()),
                letter => text.push(letter),
            }
        }
        text.truncate(text.trim_end().len());
        Ok(text)
    }
}
