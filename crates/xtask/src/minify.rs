//! Scripts and sheets made small, for what is shipped. What is played on a desk stays readable.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// What a text is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// A classic script.
    Script,
    /// A style sheet.
    Sheet,
}

/// esbuild, or nothing.
pub struct Minifier {
    program: Option<PathBuf>,
}

impl Minifier {
    /// Leaves every text as it is.
    pub fn none() -> Self {
        Self { program: None }
    }

    /// Makes texts small with this esbuild.
    pub fn esbuild(program: PathBuf) -> Self {
        Self { program: Some(program) }
    }

    /// The text, smaller.
    ///
    /// # Errors
    ///
    /// When esbuild cannot be started or does not understand the text.
    pub fn run(&self, text: &str, language: Language) -> Result<String> {
        let Some(program) = &self.program else { return Ok(text.to_owned()) };
        let loader = if language == Language::Script { "--loader=js" } else { "--loader=css" };
        let mut child = Command::new(program)
            .args(["--minify", "--legal-comments=none", "--charset=utf8", "--target=es2022", "--log-level=warning", loader])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{} cannot be started", program.display()))?;
        let mut input = child.stdin.take().context("esbuild takes no input")?;
        let text = text.to_owned();
        let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
        let output = child.wait_with_output()?;
        if !output.status.success() || !matches!(writer.join(), Ok(Ok(()))) {
            bail!("esbuild could not make a script or sheet smaller: {}", output.status);
        }
        Ok(String::from_utf8(output.stdout)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_program_a_text_stays_as_it_is() {
        assert_eq!(Minifier::none().run("a  b // c", Language::Script).unwrap(), "a  b // c");
    }

    #[test]
    fn a_program_that_fails_is_an_error() {
        assert!(Minifier::esbuild(PathBuf::from("false")).run("x", Language::Sheet).is_err());
        assert!(Minifier::esbuild(PathBuf::from("no-such-program")).run("x", Language::Sheet).is_err());
    }
}
