//! Questions about a network as a whole. They ask the data plane and the control plane and are no second judge of either.

pub mod cost;
pub mod matrix;
mod propose;
pub mod reach;
pub mod remedy;
