//! What watches packets and leaves traces of them, as AWS does: it reads the network and the ways of packets, and nothing that is decided rests on it.

mod balancer;
pub mod crossing;
pub mod flow_log;
pub mod flow_record;
pub mod metric;
pub mod metrics;
