//! The calls on NAT gateways.

use super::{Call, tagged};
use crate::aws::object::Object;
use eni_core::control::command::Command;

pub(super) fn call(command: &Command) -> Option<Call> {
    let of = |gateway| Object::new().text("NatGatewayId", gateway);
    Some(match command {
        Command::CreateNatGateway(wanted) => {
            let object = Object::new()
                .text("SubnetId", wanted.subnet)
                .maybe("ConnectivityType", (!wanted.public).then_some("private"))
                .maybe_text("AllocationId", wanted.allocation)
                .maybe_text("PrivateIpAddress", wanted.private_ip)
                .texts("SecondaryAllocationIds", &wanted.secondary_allocations)
                .texts("SecondaryPrivateIpAddresses", &wanted.secondary_ips)
                .maybe("SecondaryPrivateIpAddressCount", wanted.secondary_count);
            ("CreateNatGateway", tagged(object, "natgateway", &wanted.tags))
        }
        Command::DeleteNatGateway(id) => ("DeleteNatGateway", of(id)),
        Command::AssignPrivateNatGatewayAddress(wanted) => {
            let object = of(&wanted.gateway).texts("PrivateIpAddresses", &wanted.addresses);
            ("AssignPrivateNatGatewayAddress", object.maybe("PrivateIpAddressCount", wanted.count))
        }
        Command::UnassignPrivateNatGatewayAddress(id, addresses) => {
            ("UnassignPrivateNatGatewayAddress", of(id).texts("PrivateIpAddresses", addresses))
        }
        Command::AssociateNatGatewayAddress(wanted) => {
            let object = of(&wanted.gateway).texts("AllocationIds", &wanted.allocations);
            ("AssociateNatGatewayAddress", object.texts("PrivateIpAddresses", &wanted.addresses))
        }
        Command::DisassociateNatGatewayAddress(id, ties) => ("DisassociateNatGatewayAddress", of(id).texts("AssociationIds", ties)),
        _ => return None,
    })
}
