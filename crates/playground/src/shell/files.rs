//! Files of the shell's own: texts with names, which live as long as its variables do and are kept with them. There are no folders: a name is a path
//! as it was written. `cat`, `chmod`, `ls`, `rm`, and `file://` in front of an option's value.

use super::lex::{Filter, Input, Part, Redirect, Word};
use super::{Failure, Printed, Shell, Stream, said, usage};
use std::borrow::Cow;

/// The most files.
const MOST: usize = 64;
/// The most that all of them hold, names and texts together, in bytes.
const MOST_BYTES: usize = 64 << 10;
/// What stands before a file's name among the variables, so that it is the name of none.
const MARK: &str = "./";

/// Whether a name among the variables is a file's.
pub fn is_file(name: &str) -> bool {
    name.starts_with(MARK)
}

fn key(name: &str) -> String {
    format!("{MARK}{}", name.strip_prefix(MARK).unwrap_or(name))
}

fn missing(what: &str, name: &str) -> String {
    format!("{what}{}: No such file or directory\n", usage::shown(name))
}

impl Shell {
    /// A file's text; of `-` and `/dev/stdin`, what the command reads.
    fn file(&self, name: &str) -> Option<&str> {
        match name {
            "-" | "/dev/stdin" => self.input.as_deref(),
            "/dev/null" => Some(""),
            name => self.variables.get(&key(name)).map(String::as_str),
        }
    }

    /// Writes a file, from its beginning or to its end.
    pub(super) fn write(&mut self, name: &str, text: &str, adds: bool) -> Result<(), Failure> {
        let key = key(name);
        let others = self.variables.iter().filter(|(other, _)| is_file(other) && **other != key);
        let (count, bytes) = others.fold((0, 0), |(count, bytes), (other, text)| (count + 1, bytes + other.len() + text.len()));
        let kept = self.variables.get(&key).filter(|_| adds).map_or(0, String::len);
        if count >= MOST || bytes + key.len() + kept + text.len() > MOST_BYTES {
            return Err(Failure { exit: 1, text: format!("{}: {}\n", usage::shown(name), said::no_room(MOST, MOST_BYTES >> 10)) });
        }
        let file = self.variables.entry(key).or_default();
        if !adds {
            file.clear();
        }
        file.push_str(text);
        Ok(())
    }

    /// Makes the files that a command writes, before it runs, and takes what it reads: the names of the files.
    pub(super) fn open(
        &mut self,
        to: &Redirect,
        expand: &mut dyn FnMut(&mut Shell, &Word) -> Result<String, Failure>,
    ) -> Result<Vec<String>, Failure> {
        let mut names = Vec::new();
        for (word, adds) in &to.files {
            let name = expand(self, word)?;
            if name.is_empty() {
                return Err(Failure { exit: 1, text: missing("", "") });
            }
            self.write(&name, "", *adds)?;
            names.push(name);
        }
        self.input = match &to.input {
            None => None,
            Some(Input::Text(word)) => Some(expand(self, word)?),
            Some(Input::File(word)) => {
                let name = expand(self, word)?;
                Some(self.file(&name).ok_or_else(|| Failure { exit: 1, text: missing("", &name) })?.to_owned())
            }
        };
        Ok(names)
    }

    /// Sends what was printed where it goes. What stays, and whether all of it found room.
    pub(super) fn send(&mut self, to: &Redirect, names: &[String], printed: Printed) -> (Printed, bool) {
        let (mut shown, filed) = to.of(printed);
        for (number, text) in filed {
            let Some(name) = names.get(number) else { continue };
            if let Err(failure) = self.write(name, &text, true) {
                shown.push((Stream::Err, failure.text));
                return (shown, false);
            }
        }
        (shown, true)
    }

    /// The words of an `aws` line with the texts of files in the place of `file://NAME`.
    pub(super) fn with_files<'w>(&self, words: &'w [String]) -> Result<Cow<'w, [String]>, Failure> {
        let mut words = Cow::Borrowed(words);
        let mut option = String::new();
        for at in 0..words.len() {
            let Some(word) = words.get(at) else { continue };
            let (before, value) = match word.strip_prefix("--") {
                Some(rest) => {
                    rest.split('=').next().unwrap_or_default().clone_into(&mut option);
                    word.split_at_checked(word.find('=').map_or(word.len(), |at| at + 1)).unwrap_or((word, ""))
                }
                None => ("", word.as_str()),
            };
            let Some(path) = value.strip_prefix("file://").or_else(|| value.strip_prefix("fileb://")) else { continue };
            let text = self.file(path).ok_or_else(|| usage::no_file(&option, value, path))?;
            let word = format!("{before}{text}");
            words.to_mut().splice(at..=at, [word]);
        }
        Ok(words)
    }

    /// `cat`, `chmod`, `ls` and `rm`.
    pub(super) fn file_command(&mut self, name: &str, words: &[String]) -> Result<String, Failure> {
        let is_option = |word: &&String| word.len() > 1 && word.starts_with('-');
        let is_quiet = name == "rm" && words.iter().filter(is_option).any(|word| word.contains('f'));
        let mut given: Vec<&str> = words.iter().filter(|word| !is_option(word)).map(String::as_str).collect();
        if name == "chmod" && !given.is_empty() {
            given.remove(0);
        }
        let (mut text, mut faults) = (String::new(), String::new());
        match (name, given.is_empty()) {
            ("cat", true) => given.push("-"),
            ("ls", true) => text = self.variables.keys().filter_map(|key| key.strip_prefix(MARK)).map(|name| format!("{name}\n")).collect(),
            (_, true) => return Err(Failure { exit: 1, text: format!("{name}: missing operand\n") }),
            _ => {}
        }
        for file in given {
            match (name, self.file(file)) {
                ("cat", Some(found)) => text.push_str(found),
                ("cat", None) if file == "-" => {}
                ("ls", Some(_)) => text.push_str(&format!("{file}\n")),
                ("rm", Some(_)) => drop(self.variables.remove(&key(file))),
                (_, Some(_)) => {}
                (_, None) if is_quiet => {}
                ("cat", None) => faults.push_str(&missing("cat: ", file)),
                (_, None) => {
                    let does = if name == "rm" { "remove" } else { "access" };
                    faults.push_str(&missing(&format!("{name}: cannot {does} "), &format!("'{file}'")));
                }
            }
        }
        if !faults.is_empty() {
            self.behind = Some(Failure { exit: if name == "ls" { 2 } else { 1 }, text: faults });
        }
        Ok(text)
    }

    /// `jq FILTER FILE`, as behind a `|`.
    pub(super) fn jq(&mut self, words: &[String]) -> Result<String, Failure> {
        let is_option = |word: &&String| word.starts_with('-');
        let plain: Vec<&String> = words.iter().filter(|word| !is_option(word)).collect();
        let file = plain.get(1).map_or("-", |file| file.as_str());
        let quoted = |text: &str| vec![Part::Text { text: text.to_owned(), quoted: true }];
        let program = words.iter().filter(is_option).chain(plain.first().copied()).map(|word| quoted(word));
        let program: Vec<Word> = std::iter::once(quoted("jq")).chain(program).collect();
        let filter = Filter::read(&program).map_err(|why| Failure { exit: 2, text: format!("{why}\n") })?;
        let text = self.file(file).ok_or_else(|| Failure { exit: 2, text: missing("jq: error: Could not open ", file) })?;
        let (found, fault, exit) = filter.pass(text.to_owned());
        self.behind = Some(Failure { exit, text: fault.unwrap_or_default() });
        Ok(found)
    }

    /// The variables are as before a `$(…)`, the files as it has left them.
    pub(super) fn keep_files(&mut self, variables: std::collections::BTreeMap<String, String>) {
        let inner = std::mem::replace(&mut self.variables, variables);
        self.variables.retain(|name, _| !is_file(name));
        self.variables.extend(inner.into_iter().filter(|(name, _)| is_file(name)));
    }
}
