//! `xtask`: placeholder.
fn main() {}
