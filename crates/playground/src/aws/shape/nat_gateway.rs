//! Writes NAT gateways (`J11`).

use super::Writer;
use crate::aws::text::{Json, Object};
use eni_core::model::nat_gateway::{NatGateway, NatGatewayAddress, NatState};

impl Writer<'_> {
    pub(in crate::aws) fn nat_gateway(&self, gateway: &NatGateway) -> Json {
        let addresses = gateway.addresses.iter().enumerate().map(|(at, address)| nat_gateway_address(address, at == 0));
        // Why it will fail is not told before it has.
        let failure = gateway.failure.as_ref().filter(|_| gateway.state != NatState::Pending);
        self.object()
            .text("NatGatewayId", gateway.id)
            .text("SubnetId", gateway.subnet)
            .text("VpcId", gateway.vpc)
            .with("State", gateway.state.as_str())
            .with("ConnectivityType", if gateway.public { "public" } else { "private" })
            .with("AvailabilityMode", "zonal")
            .with("CreateTime", self.epoch.print(gateway.created_at))
            .maybe("DeleteTime", gateway.deleted_at.map(|at| self.epoch.print(at)))
            .maybe("FailureCode", failure.map(|failure| failure.code.as_str()))
            .maybe("FailureMessage", failure.map(|failure| failure.message.as_str()))
            .list("NatGatewayAddresses", addresses)
            .tags("Tags", &gateway.tags)
            .into()
    }
}

/// An address of a NAT gateway; it comes and goes at once, so that each of them has succeeded.
pub(in crate::aws) fn nat_gateway_address(address: &NatGatewayAddress, primary: bool) -> Json {
    Object::new()
        .maybe_text("AllocationId", address.allocation)
        .maybe_text("AssociationId", address.association)
        .maybe_text("NetworkInterfaceId", address.eni)
        .maybe_text("PrivateIp", address.private_ip)
        .maybe_text("PublicIp", address.public_ip)
        .with("IsPrimary", primary)
        .maybe("Status", address.eni.map(|_| "succeeded"))
        .into()
}
