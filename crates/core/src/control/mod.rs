//! The control plane: what AWS's API would say to an act.
//!
//! [`decide`](decide::decide) reads a network and a [`command::Command`] and returns a [`error::Refusal`] or the events that will happen. It changes
//! nothing, so a dry run, the legality of a drop target and the real act are the same code. What happens by itself afterwards is in
//! [`transition`]. Each family of AWS's API has a file of its own.

pub mod account;
mod acl;
mod address;
pub mod alarm;
mod attachment;
mod block;
mod check;
pub mod command;
pub mod decide;
mod defaults;
mod dhcp_options;
mod draft;
mod edge;
mod elastic_ip;
mod endpoint;
mod eni;
pub mod error;
mod fault;
mod file_system;
mod flow_log;
mod function;
mod gateway;
mod group;
mod group_rules;
mod hosted_zone;
pub mod image;
mod instance;
mod ipv6;
mod key_pair;
mod launch;
pub mod legality;
mod load_balancer;
mod log_group;
mod nat_gateway;
mod peering;
mod pool;
mod prefix_list;
mod propagation;
mod quota;
pub mod remedy;
pub mod reply;
mod reservation;
mod route;
mod service;
mod service_eni;
pub mod spot;
mod tags;
mod target_group;
mod transit;
pub mod transition;
mod vpc;
mod vpn;
mod weight;
mod wish;
