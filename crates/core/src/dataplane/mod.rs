//! The one judge of packets. It reads a network and never changes it.
//!
//! [`judge`] walks one packet through the ordered lists of [`pipeline`] and writes a [`Walk`](verdict::Walk): every check that was made, with
//! typed evidence. [`Ways`] keeps the ways of conversations that go on. [`conntrack::Tracking`] remembers the flows that security groups let through; [`trace::trace`] asks about a packet and its
//! answer on fresh memory. What would let a refused packet through is asked in `analysis::remedy`, which may know the control plane.

pub mod balance;
mod check;
pub mod conntrack;
pub mod guest;
pub mod internet;
mod lifetime;
mod luck;
pub mod pipeline;
pub mod reason;
pub mod resolver;
mod stage;
mod steps;
pub mod too_long;
pub mod trace;
pub mod translation;
pub mod unreachable;
pub mod verdict;
mod walker;
mod ways;

pub use check::opens;
pub use luck::Luck;
pub use stage::{Assume, Origin, Question};
pub use walker::judge;
pub use ways::Ways;
