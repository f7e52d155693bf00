//! The headless application: placeholder.
