//! Files on their way in: which of them are read, and how many, whoever gives them (a drop, a choice, a command line).
//!
//! Names and sizes are judged before anything is read, so that a folder of films costs nothing. What is not read is listed with its reason.

use super::ScenarioError;
use crate::json::FILE_LIMITS;
use crate::words::{InputKey, Language, Saying};

/// How many files are looked at.
pub const MOST_FILES: usize = 10_000;
/// How many that were not read are named.
const MOST_NAMED: usize = 500;
/// The longest name that is shown, in characters.
const LONGEST_NAME: usize = 100;

/// A file that was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Its name.
    pub file: String,
    /// Why.
    pub why: Saying,
}

impl Skipped {
    /// The name with the reason.
    pub fn say(&self, language: Language) -> String {
        language.say(InputKey::AtPlace { place: &self.file, problem: &self.why.say(language) })
    }
}

/// Files on their way in.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Intake {
    /// What the whole is called; nothing if nobody knows.
    title: String,
    /// The region that is to be kept, if somebody said which.
    region: Option<String>,
    files: Vec<(String, Vec<u8>)>,
    skipped: Vec<Skipped>,
    bytes: u64,
    seen: usize,
    refusal: Option<ScenarioError>,
}

impl Intake {
    /// Nothing yet. `title` is the folder's name or the file's, with or without path and ending.
    pub fn new(title: &str) -> Intake {
        Intake { title: title_of(title), ..Intake::default() }
    }

    /// Of output that tells of several regions, keeps this one.
    pub fn of_region(self, region: Option<&str>) -> Intake {
        Intake { region: region.map(str::to_owned), ..self }
    }

    /// Files that somebody has named one by one.
    pub fn of(files: Vec<(String, Vec<u8>)>) -> Intake {
        let mut intake = match files.as_slice() {
            [(name, _)] => Intake::new(name),
            _ => Intake::default(),
        };
        for (name, bytes) in files {
            if intake.wants(&name, bytes.len() as u64, true) {
                intake.take(&name, bytes);
            }
        }
        intake
    }

    /// Whether a file of this name and size, in bytes, is to be read. `named` says that somebody named it, and not only the folder it is in:
    /// then its ending does not matter.
    pub fn wants(&mut self, name: &str, size: u64, named: bool) -> bool {
        if self.refusal.is_some() {
            return false;
        }
        self.seen += 1;
        let lower = name.to_ascii_lowercase();
        if self.seen > MOST_FILES {
            self.refusal = Some(ScenarioError::TooManyFiles(MOST_FILES));
        } else if !named && !lower.ends_with(".json") {
            let packed = [".gz", ".zip", ".zst", ".bz2", ".xz"].iter().any(|ending| lower.ends_with(ending));
            self.skip(name, if packed { InputKey::Compressed } else { InputKey::OtherEnding });
            return false;
        } else if size > FILE_LIMITS.bytes as u64 {
            self.refusal = Some(ScenarioError::FileTooLarge { file: shown_name(name), limit: FILE_LIMITS.bytes });
        } else {
            self.bytes = self.bytes.saturating_add(size);
            if self.bytes > FILE_LIMITS.bytes as u64 {
                self.refusal = Some(ScenarioError::TooLarge { limit: FILE_LIMITS.bytes });
            }
        }
        self.refusal.is_none()
    }

    /// Takes what was read of a file.
    pub fn take(&mut self, name: &str, bytes: Vec<u8>) {
        self.files.push((name.to_owned(), bytes));
    }

    /// Takes note of a file that could not be read.
    pub fn could_not_read(&mut self, name: &str) {
        self.skip(name, InputKey::CouldNotRead);
    }

    /// Whether a limit was passed, so that nothing more has to be looked at.
    pub fn is_refused(&self) -> bool {
        self.refusal.is_some()
    }

    /// Whether this is more than one saved document: describe output, or files beside it.
    pub fn is_import(&self) -> bool {
        let saved = |name: &str| name.to_ascii_lowercase().ends_with(".eni.json");
        !matches!(self.files.as_slice(), [(name, _)] if saved(name))
    }

    /// How many files were looked at.
    pub fn seen(&self) -> usize {
        self.seen
    }

    /// What the whole is called.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The region that is to be kept, if somebody said which.
    pub(super) fn region(&self) -> Option<&str> {
        self.region.as_deref()
    }

    /// The files that were read, by name, or why none of them counts.
    pub(super) fn files(&self) -> Result<&[(String, Vec<u8>)], ScenarioError> {
        match &self.refusal {
            Some(refusal) => Err(refusal.clone()),
            None if self.seen == 0 => Err(ScenarioError::NoFiles),
            None => Ok(&self.files),
        }
    }

    /// The files that were not.
    pub(super) fn skipped(&self) -> &[Skipped] {
        &self.skipped
    }

    fn skip(&mut self, name: &str, why: InputKey<'_>) {
        if self.skipped.len() < MOST_NAMED {
            self.skipped.push(Skipped { file: shown_name(name), why: why.into() });
        }
    }
}

/// A name without its path and the endings that documents and describe outputs have.
fn title_of(name: &str) -> String {
    let last = name.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or(name);
    let bare = [".eni.json", ".json"].iter().find_map(|ending| last.strip_suffix(ending)).unwrap_or(last);
    bare.chars().filter(|letter| !letter.is_control()).take(LONGEST_NAME).collect()
}

/// A file's name as messages show it: of a long one the end, which tells it from others.
pub(super) fn shown_name(file: &str) -> String {
    let letters: Vec<char> = file.chars().filter(|letter| !letter.is_control()).collect();
    match letters.len().checked_sub(LONGEST_NAME) {
        None | Some(0) => letters.into_iter().collect(),
        Some(over) => std::iter::once('…').chain(letters.into_iter().skip(over)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_a_name_without_path_and_ending() {
        for (name, title) in [
            ("acct", "acct"),
            ("/home/me/acct/", "acct"),
            ("C:\\out\\prod.eni.json", "prod"),
            ("vpcs.json", "vpcs"),
            ("", ""),
            ("two.parts", "two.parts"),
        ] {
            assert_eq!(Intake::new(name).title(), title, "{name}");
        }
    }

    #[test]
    fn files_are_judged_by_name_and_size_before_they_are_read() {
        let mut intake = Intake::new("acct");
        for (name, size, named, wanted) in [
            ("acct/vpcs.json", 10, false, true),
            ("acct/VPCS.JSON", 10, false, true),
            ("acct/notes.txt", 10, false, false),
            ("acct/film.mp4", 1 << 40, false, false),
            ("acct/vpcs.json.gz", 10, false, false),
            ("given.txt", 10, true, true),
        ] {
            assert_eq!(intake.wants(name, size, named), wanted, "{name}");
        }
        let told: Vec<String> = intake.skipped().iter().map(|skipped| skipped.say(Language::English)).collect();
        assert_eq!(told.len(), 3);
        assert!(told.iter().any(|line| line.contains("vpcs.json.gz: it is compressed")), "{told:?}");
        assert!(!intake.is_refused());
        assert!(!intake.wants("acct/large.json", 70 << 20, false) && intake.is_refused());
        assert_eq!(intake.files().unwrap_err().to_string(), "acct/large.json is larger than 64 MB");
    }

    #[test]
    fn limits_hold_for_all_files_together() {
        let mut intake = Intake::new("acct");
        assert!(intake.wants("a.json", 40 << 20, false) && !intake.wants("b.json", 40 << 20, false));
        assert!(intake.files().unwrap_err().to_string().contains("more than 64 MB together"));
        let mut intake = Intake::new("acct");
        let wanted = (0..MOST_FILES + 5).filter(|at| intake.wants(&format!("{at}.json"), 1, false)).count();
        assert_eq!(wanted, MOST_FILES);
        assert!(intake.files().unwrap_err().to_string().contains("more than 10000 files"));
        assert!(Intake::new("x").files().is_err());
    }
}
