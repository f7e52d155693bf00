//! Words: quotes, variables, and scripts in brackets.

use super::super::{printf, said};
use super::{Instead, MOST_DEEP, Part, Script, Trouble, Word, is_name};

impl Script<'_> {
    /// A word, up to what ends one.
    pub(in crate::shell) fn word(&mut self) -> Result<Word, Trouble> {
        let mut parts = Word::new();
        while let Some(letter) = self.peek() {
            match letter {
                ' ' | '\t' | '\r' | '\n' | ';' | '&' | '|' | '<' | '>' | '(' | ')' => break,
                '\'' => {
                    self.bump();
                    let text = self.until('\'')?;
                    add(&mut parts, &text, true);
                }
                '"' => {
                    self.bump();
                    self.double_quoted(&mut parts)?;
                }
                '\\' => {
                    self.bump();
                    match self.bump() {
                        Some('\n') => self.check_line()?,
                        Some(letter) => add(&mut parts, letter.encode_utf8(&mut [0; 4]), true),
                        None => add(&mut parts, "\\", true),
                    }
                }
                '$' | '`' => {
                    self.bump();
                    self.expansion(letter, false, &mut parts)?;
                }
                letter => {
                    self.bump();
                    add(&mut parts, letter.encode_utf8(&mut [0; 4]), false);
                }
            }
        }
        Ok(parts)
    }

    /// The text up to a closing sign, which is taken, too.
    fn until(&mut self, sign: char) -> Result<String, String> {
        let mut text = String::new();
        loop {
            match self.bump() {
                None => return Err(said::unclosed(sign)),
                Some(letter) if letter == sign => return Ok(text),
                Some(letter) => {
                    text.push(letter);
                    if letter == '\n' {
                        self.check_line()?;
                    }
                }
            }
        }
    }

    fn double_quoted(&mut self, parts: &mut Word) -> Result<(), Trouble> {
        match self.in_quotes(parts, true)? {
            true => Ok(()),
            false => Err(said::unclosed('"').into()),
        }
    }

    /// The whole of a text in which variables stand for their values, and quotes for themselves.
    pub(in crate::shell) fn open_text(mut self) -> Result<Word, Trouble> {
        let mut parts = Word::new();
        self.in_quotes(&mut parts, false)?;
        Ok(parts)
    }

    /// What stands in double quotes, or a text without them; whether a quote has ended it.
    fn in_quotes(&mut self, parts: &mut Word, has_quotes: bool) -> Result<bool, Trouble> {
        add(parts, "", true);
        loop {
            let Some(letter) = self.bump() else { return Ok(false) };
            match letter {
                '"' if has_quotes => return Ok(true),
                '\\' => match self.bump() {
                    Some('\n') => {}
                    Some(letter @ ('$' | '`' | '\\')) => add(parts, letter.encode_utf8(&mut [0; 4]), true),
                    Some('"') if has_quotes => add(parts, "\"", true),
                    Some(letter) => add(parts, &format!("\\{letter}"), true),
                    None => add(parts, "\\", true),
                },
                sign @ ('$' | '`') => self.expansion(sign, true, parts)?,
                letter => {
                    add(parts, letter.encode_utf8(&mut [0; 4]), true);
                    if letter == '\n' {
                        self.check_line()?;
                    }
                }
            }
        }
    }

    /// What a `$` or a backquote stands for.
    fn expansion(&mut self, sign: char, quoted: bool, parts: &mut Word) -> Result<(), Trouble> {
        let line = self.line;
        if sign == '`' {
            let script = self.until('`')?;
            self.look_inside(&script, line)?;
            parts.push(Part::Command { script, line, quoted });
        } else if self.eat("((") {
            return Err(said::NO_ARITHMETIC.to_owned().into());
        } else if self.eat("(") {
            let script = self.command_text()?;
            self.look_inside(&script, line)?;
            parts.push(Part::Command { script, line, quoted });
        } else if self.eat("{") {
            let text = self.braced()?;
            parts.push(self.parameter(&text, line, quoted)?);
        } else if self.eat("?") {
            parts.push(Part::Variable { name: "?".to_owned(), without: String::new(), instead: None, quoted });
        } else if !quoted && self.eat("'") {
            let text = self.until_bare_quote()?;
            add(parts, &printf::unescaped(&text, true).0, true);
        } else {
            let text = self.rest.as_str();
            let length = text.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(text.len());
            match text.split_at_checked(length) {
                Some((name, rest)) if is_name(name) => {
                    self.rest = rest.chars();
                    parts.push(Part::Variable { name: name.to_owned(), without: String::new(), instead: None, quoted });
                }
                _ => add(parts, "$", quoted),
            }
        }
        Ok(())
    }

    /// The text of a `${…}`, whose end is taken, too.
    fn braced(&mut self) -> Result<String, String> {
        let (mut text, mut deep) = (String::new(), 1_usize);
        loop {
            let letter = self.bump().ok_or_else(|| said::unclosed('}'))?;
            match letter {
                '{' if text.ends_with('$') => deep += 1,
                '}' => deep -= 1,
                _ => {}
            }
            if deep == 0 {
                return Ok(text);
            }
            if deep > MOST_DEEP {
                return Err(said::too_deep(MOST_DEEP));
            }
            text.push(letter);
        }
    }

    /// `${NAME}`, `${NAME%END}`, `${NAME:-TEXT}`, `${NAME-TEXT}`.
    fn parameter(&self, text: &str, line: usize, quoted: bool) -> Result<Part, Trouble> {
        let length = text.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(text.len());
        let (name, rest) = if text == "?" { (text, "") } else { text.split_at_checked(length).unwrap_or((text, "")) };
        let instead = rest.strip_prefix(":-").map(|text| (text, true)).or_else(|| rest.strip_prefix('-').map(|text| (text, false)));
        let without = rest.strip_prefix('%').unwrap_or_default();
        // Ends are taken as they stand: no patterns, no quotes.
        let plain = without.chars().all(|letter| letter.is_ascii_alphanumeric() || ":/._-".contains(letter));
        let is_known = rest.is_empty() || instead.is_some() || rest.starts_with('%') && plain;
        if !is_name(name) && text != "?" || !is_known {
            return Err(said::bad_substitution(text).into());
        }
        let instead = instead.map(|(text, or_empty)| {
            let script = Script { looks_inside: self.looks_inside, ..Script::at_line(text, line) };
            let word = if quoted { script.open_text() } else { script.fallback() };
            word.map(|word| Instead { word, or_empty })
        });
        Ok(Part::Variable { name: name.to_owned(), without: without.to_owned(), instead: instead.transpose()?, quoted })
    }

    /// The whole of a text as one word, in which quotes and backslashes mean what they do in words.
    fn fallback(mut self) -> Result<Word, Trouble> {
        let mut parts = Word::new();
        while let Some(letter) = self.peek() {
            let word = self.word()?;
            if word.is_empty() {
                self.bump();
                add(&mut parts, letter.encode_utf8(&mut [0; 4]), false);
            }
            parts.extend(word);
        }
        Ok(parts)
    }

    /// The text up to a quote without a backslash before it, which is taken, too.
    fn until_bare_quote(&mut self) -> Result<String, String> {
        let mut text = self.until('\'')?;
        while (text.len() - text.trim_end_matches('\\').len()) % 2 == 1 {
            text.push('\'');
            text.push_str(&self.until('\'')?);
        }
        Ok(text)
    }

    /// What cannot be read in brackets is told before anything around them runs. Constructs end the script when it comes to them.
    fn look_inside(&self, script: &str, line: usize) -> Result<(), Trouble> {
        if !self.looks_inside {
            return Ok(());
        }
        match Script::at_line(script, line).filter_map(Result::err).find(|fault| !fault.ends && !fault.open) {
            Some(fault) => Err(Trouble { message: fault.message, line: Some(fault.line), open: false, last: self.line }),
            None => Ok(()),
        }
    }

    /// The script of a `$(…)`, whose end is taken, too.
    fn command_text(&mut self) -> Result<String, String> {
        let (mut text, mut deep, mut quote) = (String::new(), 1_usize, None);
        loop {
            let letter = self.bump().ok_or_else(|| said::unclosed(')'))?;
            match (quote, letter) {
                (None | Some('"'), '\\') => {
                    text.push(letter);
                    text.extend(self.bump());
                    continue;
                }
                (Some(open), letter) if open == letter => quote = None,
                // Inside of double quotes `$(` opens a script with quotes of its own; that much nesting is left to variables.
                (Some(_), _) => {}
                (None, '\'' | '"') => quote = Some(letter),
                (None, '(') => deep += 1,
                (None, ')') => deep -= 1,
                _ => {}
            }
            if deep == 0 {
                return Ok(text);
            }
            if deep > MOST_DEEP {
                return Err(said::too_deep(MOST_DEEP));
            }
            text.push(letter);
        }
    }
}

/// Adds text to a word; neighbours of one kind become one part.
fn add(parts: &mut Word, more: &str, is_quoted: bool) {
    match parts.last_mut() {
        Some(Part::Text { text, quoted }) if *quoted == is_quoted => text.push_str(more),
        _ => parts.push(Part::Text { text: more.to_owned(), quoted: is_quoted }),
    }
}
