//! Where what a command prints goes: `2>&1`, `>/dev/null` and the like. There are no files here; a line that names one is refused whole.

use super::lex::{Part, Script, Trouble, Word};
use super::{Printed, Stream, said};

/// Where a stream goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum To {
    /// Where standard output went before.
    Out,
    /// Where standard error went before.
    Err,
    /// `/dev/null`.
    Away,
}

/// Where the two streams of a command go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Redirect {
    out: To,
    err: To,
}

impl Default for Redirect {
    fn default() -> Redirect {
        Redirect { out: To::Out, err: To::Err }
    }
}

impl Redirect {
    /// What was printed, where it goes.
    pub fn of(self, printed: Printed) -> Printed {
        let to = |stream| match if stream == Stream::Out { self.out } else { self.err } {
            To::Out => Some(Stream::Out),
            To::Err => Some(Stream::Err),
            To::Away => None,
        };
        printed.into_iter().filter_map(|(stream, text)| Some((to(stream)?, text))).collect()
    }

    /// Standard error goes where standard output goes: `|&`.
    pub fn join(&mut self) {
        self.err = self.out;
    }
}

/// The text of a word that has nothing but text.
pub fn plain(word: &Word) -> Option<String> {
    let text = |part: &Part| match part {
        Part::Text { text, .. } => Some(text.clone()),
        _ => None,
    };
    word.iter().map(text).collect()
}

/// The number of a stream that stands directly before `<` or `>`.
pub fn number(word: &Word) -> Option<char> {
    match word.as_slice() {
        [Part::Text { text, quoted: false }] => text.chars().next().filter(|digit| text.len() == 1 && digit.is_ascii_digit()),
        _ => None,
    }
}

impl Script<'_> {
    /// Reads a redirection, of the stream with this number if one was told.
    pub(super) fn redirect(&mut self, number: Option<char>, to: &mut Redirect) -> Result<(), Trouble> {
        if self.eat("<<<") {
            return Err(said::no_files("<<<").into());
        }
        if self.eat("<<") {
            return Err(self.heredoc());
        }
        if self.eat("<") {
            // Nothing here reads its input, so an empty one makes no difference.
            let file = self.file()?;
            return if file == "/dev/null" { Ok(()) } else { Err(said::no_files(&file).into()) };
        }
        let both = self.eat("&>");
        let adds = if both { self.eat(">") } else { self.eat(">>") };
        if !both && !adds && !self.eat(">|") {
            self.eat(">");
        }
        let goal = if !both && self.eat("&") {
            match plain(&self.word()?).as_deref() {
                Some("1") => to.out,
                Some("2") => to.err,
                Some("-") => To::Away,
                other => return Err(said::no_files(other.unwrap_or("&")).into()),
            }
        } else {
            match self.file()?.as_str() {
                "/dev/null" => To::Away,
                "/dev/stdout" => to.out,
                "/dev/stderr" => to.err,
                file => return Err(said::no_files(file).into()),
            }
        };
        match number {
            _ if both => *to = Redirect { out: goal, err: goal },
            None | Some('1') => to.out = goal,
            Some('2') => to.err = goal,
            Some(other) => return Err(said::no_files(&format!("{other}>")).into()),
        }
        Ok(())
    }

    /// The file that is named next, as it stands there.
    fn file(&mut self) -> Result<String, Trouble> {
        self.skip_blanks();
        let before = self.rest();
        let word = self.word()?;
        if word.is_empty() {
            return Err(said::near("newline").into());
        }
        let length = before.len().saturating_sub(self.rest().len());
        Ok(plain(&word).unwrap_or_else(|| before.get(..length).unwrap_or_default().to_owned()))
    }

    /// A text that stands in the lines below: it is passed over with them.
    fn heredoc(&mut self) -> Trouble {
        let tabs = self.eat("-");
        self.skip_blanks();
        let end = self.word().ok().and_then(|word| plain(&word)).unwrap_or_default();
        let begin = self.line;
        let is_end = |line: &str| {
            let line = line.trim_end_matches('\r');
            (if tabs { line.trim_start_matches('\t') } else { line }) == end
        };
        let at = self.rest().split('\n').skip(1).position(is_end);
        let last = at.map_or(usize::MAX, |at| begin + at + 1);
        Trouble { message: said::NO_HEREDOC.to_owned(), line: None, open: at.is_none(), last }
    }
}
