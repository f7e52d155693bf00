//! The control plane: what AWS's API would say to an act.
//!
//! [`decide`](decide::decide) reads a network and a [`command::Command`] and returns a [`error::Refusal`] or the events that will happen. It changes
//! nothing, so a dry run, the legality of a drop target and the real act are the same code.

pub mod command;
