//! Reading files and folders, and writing one file whole or not at all.

use eni_playground::scenario::{Intake, MOST_FILES, Report, Scenario, open};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// How deep folders are looked into.
const MOST_DEEP: usize = 16;

/// Reads a world from a document, from describe output, or from folders of it.
pub fn read(paths: &[PathBuf], region: Option<&str>) -> Result<(Scenario, Report), String> {
    let title = match paths {
        [one] => one.canonicalize().unwrap_or_else(|_| one.clone()).display().to_string(),
        _ => String::new(),
    };
    let mut intake = Intake::new(&title).of_region(region);
    for path in paths {
        let kind = fs::metadata(path).map_err(|error| format!("{}: {error}", path.display()))?;
        if kind.is_dir() {
            in_folder(path, MOST_DEEP, &mut intake).map_err(|error| format!("{}: {error}", path.display()))?;
        } else {
            in_file(path, true, &mut intake).map_err(|error| format!("{}: {error}", path.display()))?;
        }
    }
    open(&intake).map_err(|error| error.to_string())
}

/// The files of a folder and of those in it, by name.
fn in_folder(folder: &Path, deep: usize, intake: &mut Intake) -> std::io::Result<()> {
    let mut entries =
        fs::read_dir(folder)?.take(MOST_FILES + 1).map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()?;
    entries.sort();
    for path in entries {
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden || intake.is_refused() {
            continue;
        }
        // What a link leads to could be the folder itself: only files are followed.
        if path.is_dir() && !path.is_symlink() && deep > 0 {
            in_folder(&path, deep - 1, intake)?;
        } else if path.is_file() {
            in_file(&path, false, intake)?;
        }
    }
    Ok(())
}

/// A file, if it is to be read. Its size is looked at first.
fn in_file(path: &Path, named: bool, intake: &mut Intake) -> std::io::Result<()> {
    let name = path.display().to_string();
    if intake.wants(&name, fs::metadata(path)?.len(), named) {
        intake.take(&name, fs::read(path)?);
    }
    Ok(())
}

/// Writes a file: first beside it, then in its place, so that an old file survives a full disk.
pub fn write(path: &Path, text: &str) -> Result<(), String> {
    let mut name = path.file_name().map(std::ffi::OsStr::to_os_string).ok_or_else(|| format!("{}: no file name", path.display()))?;
    name.push(".part");
    let beside = path.with_file_name(name);
    let written = fs::File::create(&beside)
        .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&beside, path));
    written.map_err(|error| {
        let _ = fs::remove_file(&beside);
        format!("{}: {error}", path.display())
    })
}

/// Prints text about what was done, beside the output.
pub fn tell(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// Prints text; a reader that goes away early (`| head`) is no error.
pub fn print(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}
