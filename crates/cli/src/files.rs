//! Reading files and folders, and writing one file whole or not at all.

use eni_playground::json::FILE_LIMITS;
use eni_playground::scenario::{Report, Scenario, import};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// How many files a folder may have.
const MAX_FILES: usize = 10_000;

/// Reads a world from a document, from describe output, or from folders of it.
pub fn read(paths: &[PathBuf]) -> Result<(Scenario, Report), String> {
    let mut files = Vec::new();
    for path in paths {
        let kind = fs::metadata(path).map_err(|error| format!("{}: {error}", path.display()))?;
        if kind.is_dir() {
            files.extend(in_folder(path)?);
        } else {
            files.push(path.clone());
        }
    }
    // The size is looked at before anything is read.
    let mut left = u64::try_from(FILE_LIMITS.bytes).unwrap_or(u64::MAX);
    let mut contents = Vec::new();
    for path in files {
        let length = fs::metadata(&path).map_err(|error| format!("{}: {error}", path.display()))?.len();
        left = left.checked_sub(length).ok_or_else(|| format!("{}: more than 64 MB in all; nothing was read", path.display()))?;
        let bytes = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        contents.push((path.display().to_string(), bytes));
    }
    import(&contents).map_err(|error| error.to_string())
}

/// The files of a folder, by name; folders in it are not looked into.
fn in_folder(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let in_it = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(in_it)? {
        let path = entry.map_err(in_it)?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if path.is_file() && !hidden {
            files.push(path);
        }
        if files.len() > MAX_FILES {
            return Err(format!("{}: more than {MAX_FILES} files", folder.display()));
        }
    }
    if files.is_empty() {
        return Err(format!("{}: there are no files in this folder", folder.display()));
    }
    files.sort();
    Ok(files)
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

/// Prints text; a reader that goes away early (`| head`) is no error.
pub fn print(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}
