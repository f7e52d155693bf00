//! Where what a command prints goes, and what it reads: `2>&1`, `>/dev/null`, `> FILE`, `<< END`. Files are those of the shell (`files`).

use super::super::{Printed, Stream, said};
use super::{Part, Script, Trouble, Word};

/// Where a stream goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum To {
    /// Where standard output went before.
    Out,
    /// Where standard error went before.
    Err,
    /// `/dev/null`.
    Away,
    /// Into the file of this number.
    File(usize),
}

/// What a command reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A text that stands in the script.
    Text(Word),
    /// A file.
    File(Word),
}

/// Where the two streams of a command go, and what it reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    out: To,
    err: To,
    /// The files that are written, and whether to their ends.
    pub files: Vec<(Word, bool)>,
    /// What it reads, if it was told.
    pub input: Option<Input>,
}

impl Default for Redirect {
    fn default() -> Redirect {
        Redirect { out: To::Out, err: To::Err, files: Vec::new(), input: None }
    }
}

impl Redirect {
    /// What was printed, where it goes; and what goes into which file.
    pub fn of(&self, printed: Printed) -> (Printed, Vec<(usize, String)>) {
        let (mut shown, mut filed) = (Printed::new(), Vec::new());
        for (stream, text) in printed {
            match if stream == Stream::Out { self.out } else { self.err } {
                To::Out => shown.push((Stream::Out, text)),
                To::Err => shown.push((Stream::Err, text)),
                To::Away => {}
                To::File(number) => filed.push((number, text)),
            }
        }
        (shown, filed)
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
            let mut word = self.file()?;
            word.push(Part::Text { text: "\n".to_owned(), quoted: true });
            to.input = Some(Input::Text(word));
            return Ok(());
        }
        if self.eat("<<") {
            to.input = Some(Input::Text(self.below()?));
            return Ok(());
        }
        if self.eat("<") {
            let file = self.file()?;
            let is_empty = plain(&file).as_deref() == Some("/dev/null");
            to.input = Some(if is_empty { Input::Text(Word::new()) } else { Input::File(file) });
            return Ok(());
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
                other => return Err(said::no_stream(other.unwrap_or("&")).into()),
            }
        } else {
            let file = self.file()?;
            match plain(&file).as_deref() {
                Some("/dev/null") => To::Away,
                Some("/dev/stdout") => to.out,
                Some("/dev/stderr") => to.err,
                _ => {
                    to.files.push((file, adds));
                    To::File(to.files.len() - 1)
                }
            }
        };
        match number {
            _ if both => (to.out, to.err) = (goal, goal),
            None | Some('1') => to.out = goal,
            Some('2') => to.err = goal,
            Some(other) => return Err(said::no_stream(&format!("{other}>")).into()),
        }
        Ok(())
    }

    /// The file that is named next.
    fn file(&mut self) -> Result<Word, Trouble> {
        self.skip_blanks();
        let word = self.word()?;
        if word.is_empty() { Err(said::near("newline").into()) } else { Ok(word) }
    }

    /// A text that stands in the lines below, up to the one that is named next (`<< END`); it is passed over when this line ends.
    fn below(&mut self) -> Result<Word, Trouble> {
        let tabs = self.eat("-");
        let word = self.file()?;
        let end = plain(&word).ok_or_else(|| said::near("<<"))?;
        let is_quoted = word.iter().any(|part| matches!(part, Part::Text { quoted: true, .. }));
        let (line, text) = self.lines_below();
        let own = |line: &'_ str| -> String {
            let line = line.strip_suffix('\n').unwrap_or(line).trim_end_matches('\r');
            (if tabs { line.trim_start_matches('\t') } else { line }).to_owned()
        };
        let (mut taken, mut found) = (0, String::new());
        for next in text.split_inclusive('\n') {
            taken += next.len();
            let next = own(next);
            if next == end {
                self.pass_below(taken);
                return if is_quoted {
                    Ok(vec![Part::Text { text: found, quoted: true }])
                } else {
                    Script::at_line(&found, line).open_text()
                };
            }
            found.push_str(&next);
            found.push('\n');
        }
        Err(Trouble { message: said::no_end_below(&end), line: None, open: true, last: usize::MAX })
    }
}
