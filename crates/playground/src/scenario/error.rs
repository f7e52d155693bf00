//! Why a document or an import was refused.

use super::VERSION;
use super::intake::Skipped;
use crate::json::FieldError;
use crate::words::{InputKey, Language, Saying};
use std::fmt;

/// Why a document or an import was refused. Nothing of it was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScenarioError {
    /// A file is not JSON, or too large.
    File {
        /// The file's name.
        file: String,
        /// What is wrong with it.
        problem: Saying,
    },
    /// A text that is no JSON, or too large.
    Text(Saying),
    /// A file is larger than any that is read, in bytes.
    FileTooLarge {
        /// Its name.
        file: String,
        /// The limit.
        limit: usize,
    },
    /// All files together are too large, in bytes.
    TooLarge {
        /// The limit.
        limit: usize,
    },
    /// More files than are looked at.
    TooManyFiles(usize),
    /// There are no files.
    NoFiles,
    /// More objects than the playground takes.
    TooManyObjects(usize),
    /// The text is JSON, but no document.
    NotADocument,
    /// A document that a later version of the playground wrote.
    Newer {
        /// Its version.
        found: u64,
    },
    /// A saved document among other files.
    DocumentAmongFiles(String),
    /// There is nothing in it that the playground knows; with the files that were not read.
    Nothing(Vec<Skipped>),
    /// There are things in VPCs, but no VPC; with the files that were not read.
    NoVpcs(Vec<Skipped>),
    /// Nothing of it could be kept; with the reasons.
    NothingKept(Vec<Saying>),
    /// A member is missing or wrong.
    Field(FieldError),
    /// Two places say different things.
    Disagree {
        /// The one place.
        first: String,
        /// The other place.
        second: String,
        /// What each says.
        problem: Saying,
    },
    /// There is nothing of the region that is to be kept.
    OtherRegion {
        /// That region.
        wanted: String,
        /// Those that there are.
        there: String,
    },
    /// The network could not exist.
    Impossible(Vec<Saying>),
}

impl ScenarioError {
    /// The reason, in a language.
    pub fn say(&self, language: Language) -> String {
        match self {
            ScenarioError::File { file, problem } => language.say(InputKey::AtPlace { place: file, problem: &problem.say(language) }),
            ScenarioError::Text(problem) => problem.say(language),
            ScenarioError::FileTooLarge { file, limit } => language.say(InputKey::FileTooLarge { name: file, limit: &megabytes(*limit) }),
            ScenarioError::TooLarge { limit } => language.say(InputKey::TooLarge { limit: &megabytes(*limit) }),
            ScenarioError::TooManyFiles(limit) => language.say(InputKey::TooManyFiles { limit: &limit.to_string() }),
            ScenarioError::NoFiles => language.say(InputKey::NoFiles),
            ScenarioError::TooManyObjects(limit) => language.say(InputKey::TooManyObjects { limit: &limit.to_string() }),
            ScenarioError::NotADocument => language.say(InputKey::NotADocument),
            ScenarioError::Newer { found } => language.say(InputKey::Newer { found: &found.to_string(), known: &VERSION.to_string() }),
            ScenarioError::DocumentAmongFiles(file) => language.say(InputKey::DocumentAmongFiles { file }),
            ScenarioError::Nothing(skipped) => with_skipped(language, InputKey::NothingKnown, skipped),
            ScenarioError::NoVpcs(skipped) => with_skipped(language, InputKey::NoVpcs, skipped),
            ScenarioError::NothingKept(reasons) => {
                let problems = join(reasons.iter().take(TOLD).map(|reason| reason.say(language)));
                language.say(InputKey::NothingKept { problems: &problems })
            }
            ScenarioError::Field(error) => error.saying().say(language),
            ScenarioError::Disagree { first, second, problem } => {
                language.say(InputKey::Disagree { first, second, problem: &problem.say(language) })
            }
            ScenarioError::OtherRegion { wanted, there } => language.say(InputKey::OtherRegion { wanted, there }),
            ScenarioError::Impossible(problems) => {
                let problems = join(problems.iter().map(|problem| problem.say(language)));
                language.say(InputKey::Impossible { problems: &problems })
            }
        }
    }
}

/// How many files that were not read a refusal names.
const TOLD: usize = 3;

/// A sentence, and some of the files that were not read, which may be why.
fn with_skipped(language: Language, key: InputKey<'_>, skipped: &[Skipped]) -> String {
    join(std::iter::once(language.say(key)).chain(skipped.iter().take(TOLD).map(|skipped| skipped.say(language))))
}

fn join(texts: impl Iterator<Item = String>) -> String {
    texts.collect::<Vec<_>>().join("; ")
}

fn megabytes(bytes: usize) -> String {
    (bytes >> 20).to_string()
}

impl fmt::Display for ScenarioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Language::English))
    }
}

impl std::error::Error for ScenarioError {}

impl From<FieldError> for ScenarioError {
    fn from(error: FieldError) -> ScenarioError {
        ScenarioError::Field(error)
    }
}
