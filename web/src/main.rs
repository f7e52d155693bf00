//! The page: placeholder.
fn main() {}
