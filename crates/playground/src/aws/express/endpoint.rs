//! The calls about VPC endpoints.

use super::{Call, tagged};
use crate::aws::object::Object;
use eni_core::addr::Ipv4Addr;
use eni_core::control::command::Command;
use eni_core::id::SubnetId;
use serde_json::Value;

/// The call of such a command.
pub(super) fn call(command: &Command) -> Option<Call> {
    Some(match command {
        Command::CreateVpcEndpoint(request) => {
            let object = Object::new().text("VpcId", request.vpc).maybe("ServiceName", request.service.as_deref());
            let object = object.with("VpcEndpointType", if request.interface { "Interface" } else { "Gateway" });
            let object = object.texts("RouteTableIds", &request.tables).texts("SubnetIds", &request.subnets);
            let place = |(subnet, ip): &(SubnetId, Ipv4Addr)| Object::new().text("SubnetId", subnet).text("Ipv4", ip).into();
            let places: Vec<Value> = request.addresses.iter().map(place).collect();
            let object = object.maybe("SubnetConfigurations", (!places.is_empty()).then_some(places));
            let object = object.texts("SecurityGroupIds", &request.groups).maybe("PrivateDnsEnabled", request.private_dns);
            ("CreateVpcEndpoint", tagged(object, "vpc-endpoint", &request.tags))
        }
        Command::ModifyVpcEndpoint(request) => {
            let object = Object::new().text("VpcEndpointId", request.endpoint);
            let object = object.texts("AddRouteTableIds", &request.tables.0).texts("RemoveRouteTableIds", &request.tables.1);
            let object = object.texts("AddSubnetIds", &request.subnets.0).texts("RemoveSubnetIds", &request.subnets.1);
            let object = object.texts("AddSecurityGroupIds", &request.groups.0).texts("RemoveSecurityGroupIds", &request.groups.1);
            ("ModifyVpcEndpoint", object.maybe("PrivateDnsEnabled", request.private_dns))
        }
        Command::DeleteVpcEndpoints(ids) => ("DeleteVpcEndpoints", Object::new().texts("VpcEndpointIds", ids)),
        _ => return None,
    })
}
