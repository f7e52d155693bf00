//! Random acts: written below.
