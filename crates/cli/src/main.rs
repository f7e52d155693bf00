//! `eni`: placeholder.
fn main() {}
