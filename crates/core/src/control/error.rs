//! Every refusal of the control plane: one variant each, with AWS's code and message, the rulebook's rule and how sure we are of it.
//!
//! The rows stand by family in the files beside this one; each hands them on to the next, and the last writes the enum. Their columns: the
//! variant with its fields, AWS's code, AWS's message, the number of the rule that decided (`X3` where only the
//! rulebook's table of errors says it), and a mark where message or rule was not seen at AWS.

#[macro_use]
mod table;
#[macro_use]
mod alarm;
#[macro_use]
mod balancer;
#[macro_use]
mod common;
#[macro_use]
mod dhcp;
#[macro_use]
mod filter;
#[macro_use]
mod function;
#[macro_use]
mod interface;
#[macro_use]
mod network;
#[macro_use]
mod path;
#[macro_use]
mod quota;
#[macro_use]
mod transit;
#[macro_use]
mod zone;
mod detail;
mod record;

pub use record::{RecordFault, RecordFaults};

pub use crate::mark::Mark;
pub use detail::{AddressList, FlowLogList, InstanceAct, LaunchDetail, PeerKindText, RouteDestination, RouteNeighbour, TextKind};

use super::command::AttachmentKey;
use crate::addr::{IpNet, Ipv4Addr, Ipv4Net, Ipv6Addr, Ipv6Net};
use crate::id::*;
use crate::model::{
    Zone, eni::AttachmentStatus, instance::InstanceState, instance_type::InstanceType, spot::Interruption, transit::TransitId,
};

common_rows! { [network_rows interface_rows filter_rows path_rows quota_rows transit_rows zone_rows dhcp_rows function_rows balancer_rows alarm_rows refusals] }
