//! Plays the recorded scenes where there is no output: in bare wasm.
//!
//! Each call of `main` gives the next byte of the text of all event lists as its exit code, and 0 at the end. So the program needs no imports and
//! no unsafe code, and `cargo xtask test` reads the text with a loop of three lines.

#[path = "../tests/scenes/mod.rs"]
mod scenes;

use std::process::ExitCode;
use std::sync::Mutex;

static REST: Mutex<Option<std::vec::IntoIter<u8>>> = Mutex::new(None);

fn main() -> ExitCode {
    let Ok(mut rest) = REST.lock() else { return ExitCode::FAILURE };
    let bytes = rest.get_or_insert_with(|| scenes::lists::all().into_bytes().into_iter());
    ExitCode::from(bytes.next().unwrap_or(0))
}
