//! VPC endpoints of a script.

use super::gateways::service_eni;
use super::plan::{Plan, name_of, tagged};
use crate::aws::object::Object;
use eni_core::id::SubnetId;
use eni_core::model::endpoint::{Endpoint, EndpointKind};
use serde_json::Value;

/// Interface endpoints, with their ENIs at the addresses that they have.
pub(super) fn interfaces(plan: &mut Plan<'_>) {
    let network = plan.network;
    plan.heading("Interface endpoints");
    for endpoint in network.endpoints() {
        let EndpointKind::Interface { enis, groups, private_dns } = &endpoint.kind else { continue };
        let enis = || enis.iter().filter_map(|id| network.eni(*id));
        let subnets: Vec<SubnetId> = enis().map(|eni| eni.subnet).collect();
        let places: Vec<Value> =
            enis().filter_map(|eni| Some(Object::new().text("SubnetId", eni.subnet).text("Ipv4", eni.primary_ip()?).into())).collect();
        let object = Object::new().with("VpcEndpointType", "Interface").texts("SubnetIds", &subnets);
        let object = object.maybe("SubnetConfigurations", (!places.is_empty()).then_some(places));
        let object = object.texts("SecurityGroupIds", groups).with("PrivateDnsEnabled", *private_dns);
        make(plan, endpoint, object);
        for eni in enis() {
            service_eni(plan, eni.id, ("ENDPOINT_ENI", name_of(&endpoint.tags)));
        }
    }
}

/// Gateway endpoints, which bring their routes themselves.
pub(super) fn gateways(plan: &mut Plan<'_>) {
    let network = plan.network;
    plan.heading("Gateway endpoints");
    for endpoint in network.endpoints().filter(|endpoint| endpoint.kind == EndpointKind::Gateway) {
        let tables: Vec<_> = network.routes_of_endpoint(endpoint.id).map(|(table, _)| table).collect();
        make(plan, endpoint, Object::new().with("VpcEndpointType", "Gateway").texts("RouteTableIds", &tables));
    }
}

fn make(plan: &mut Plan<'_>, endpoint: &Endpoint, object: Object) {
    let service = format!("com.amazonaws.{}.{}", plan.network.region(), endpoint.service);
    let object = object.text("VpcId", endpoint.vpc).with("ServiceName", service);
    let object = tagged(object, &[("vpc-endpoint", &endpoint.tags)]);
    let label = if name_of(&endpoint.tags).is_empty() { &endpoint.service } else { name_of(&endpoint.tags) };
    plan.make(&endpoint.id.to_string(), ("ENDPOINT", label), "CreateVpcEndpoint", object, "VpcEndpoint.VpcEndpointId");
}
