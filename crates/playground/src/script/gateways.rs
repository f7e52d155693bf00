//! NAT gateways and egress-only internet gateways of a script.

use super::plan::{Plan, Query, name_of, tagged};
use crate::aws::object::Object;
use eni_core::id::EniId;
use eni_core::model::nat_gateway::{NatGateway, NatGatewayAddress};

/// Egress-only internet gateways.
pub(super) fn egress_only(plan: &mut Plan<'_>) {
    let network = plan.network;
    plan.heading("Egress-only internet gateways");
    for gateway in network.egress_only_gateways() {
        let object = tagged(Object::new().text("VpcId", gateway.vpc), &[("egress-only-internet-gateway", &gateway.tags)]);
        let path = "EgressOnlyInternetGateway.EgressOnlyInternetGatewayId";
        plan.make(&gateway.id.to_string(), ("EIGW", name_of(&gateway.tags)), "CreateEgressOnlyInternetGateway", object, path);
    }
}

/// NAT gateways, which stand before the routes through them, and are waited for.
pub(super) fn nat_gateways(plan: &mut Plan<'_>) {
    let network = plan.network;
    plan.heading("NAT gateways");
    let standing: Vec<&NatGateway> = network.nat_gateways().filter(|gateway| gateway.stands()).collect();
    for gateway in &standing {
        let mut addresses = gateway.addresses.iter();
        let first = addresses.next();
        let others: Vec<&NatGatewayAddress> = addresses.collect();
        let allocations: Vec<_> = others.iter().filter_map(|address| address.allocation).collect();
        let ips: Vec<_> = others.iter().filter_map(|address| address.private_ip).collect();
        let object = Object::new()
            .text("SubnetId", gateway.subnet)
            .maybe("ConnectivityType", (!gateway.public).then_some("private"))
            .maybe_text("AllocationId", first.and_then(|address| address.allocation))
            .maybe_text("PrivateIpAddress", first.and_then(|address| address.private_ip))
            .texts("SecondaryAllocationIds", &allocations)
            .texts("SecondaryPrivateIpAddresses", &ips);
        let name = ("NAT", name_of(&gateway.tags));
        let object = tagged(object, &[("natgateway", &gateway.tags)]);
        plan.make(&gateway.id.to_string(), name, "CreateNatGateway", object, "NatGateway.NatGatewayId");
    }
    plan.wait("nat-gateway-available", "NatGatewayIds", standing.iter().map(|gateway| gateway.id.to_string()).collect());
    for gateway in standing {
        gateway.eni().into_iter().for_each(|eni| service_eni(plan, eni, ("NAT_ENI", name_of(&gateway.tags))));
    }
}

/// The ENI that a service makes with something of ours: found by its address, which the script chose, and tagged as it was.
pub(super) fn service_eni(plan: &mut Plan<'_>, id: EniId, name: (&str, &str)) {
    let Some(eni) = plan.network.eni(id) else { return };
    let Some(ip) = eni.primary_ip().map(|ip| ip.to_string()) else { return };
    let subnet = eni.subnet.to_string();
    let filters = [("subnet-id", subnet.as_str()), ("private-ip-address", ip.as_str())];
    plan.find(&id.to_string(), name, "DescribeNetworkInterfaces", &filters, Query::Path("NetworkInterfaces[0].NetworkInterfaceId"));
    plan.tags(&id, &eni.tags);
}
