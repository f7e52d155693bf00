//! The engine of the ENI Playground: a small, truthful model of one AWS region.
//!
//! [`model::network::Network`] holds the objects. [`control::decide`] takes a typed [`control::command::Command`] and answers with a refusal or
//! with the events that will happen; `Network::apply` carries them out and is the only code that does. [`dataplane`] judges packets against
//! a network and says why, check by check. [`sim`] plays clients, guests and links in virtual time.
//!
//! There is no browser, clock, file, terminal, randomness from outside or async in this crate.

pub mod addr;
pub mod analysis;
pub mod control;
pub mod dataplane;
pub mod id;
pub mod mark;
pub mod measure;
pub mod model;
pub mod observe;
pub mod order;
pub mod packet;
pub mod rng;
pub mod sim;
pub mod table;
pub mod time;
