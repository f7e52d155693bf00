//! VPC endpoints (`J13`) and the services that have them: their members, their filters, and what writes them.

use super::Writer;
use super::tables::{ID, TAGS};
use crate::aws::member::{Member, Wire, derived, kept};
use crate::aws::text::{Json, Object};
use eni_core::model::endpoint::{Endpoint, EndpointKind, INTERFACE_SERVICES, prefix_list_of, public_name_of, words_of_name};

/// A VPC endpoint. Its tables stand with the routes that lead to it, its subnets with its network interfaces.
pub const ENDPOINT: &[Member] = &[
    kept("VpcEndpointId", ID),
    kept("VpcEndpointType", Wire::Text),
    kept("VpcId", ID),
    kept("ServiceName", Wire::Text),
    kept("State", Wire::Text),
    derived("PolicyDocument", Wire::Text),
    derived("RouteTableIds", Wire::List(&ID)),
    derived("SubnetIds", Wire::List(&ID)),
    kept("Groups", Wire::List(&Wire::Struct(&[kept("GroupId", ID), derived("GroupName", Wire::Text)]))),
    derived("IpAddressType", Wire::Text),
    kept("PrivateDnsEnabled", Wire::Boolean),
    derived("RequesterManaged", Wire::Boolean),
    kept("NetworkInterfaceIds", Wire::List(&ID)),
    derived("DnsEntries", Wire::List(&Wire::Struct(&[derived("DnsName", Wire::Text)]))),
    kept("CreationTimestamp", Wire::Time),
    TAGS,
    derived("OwnerId", Wire::Text),
];

/// The filters of DescribeVpcEndpoints.
pub const FILTERS: &str = "tag vpc-endpoint-id vpc-endpoint-type vpc-endpoint-state=State vpc-id service-name ip-address-type \
    !service-region";

/// A service that has endpoints.
pub const SERVICE: &[Member] = &[
    derived("ServiceName", Wire::Text),
    derived("ServiceType", Wire::List(&Wire::Struct(&[derived("ServiceType", Wire::Text)]))),
    derived("AvailabilityZones", Wire::List(&Wire::Text)),
    derived("Owner", Wire::Text),
    derived("BaseEndpointDnsNames", Wire::List(&Wire::Text)),
    derived("PrivateDnsName", Wire::Text),
    derived("VpcEndpointPolicySupported", Wire::Boolean),
    derived("AcceptanceRequired", Wire::Boolean),
    derived("ManagesVpcEndpoints", Wire::Boolean),
];

/// The filters of DescribeVpcEndpointServices.
pub const SERVICE_FILTERS: &str = "service-name service-type=ServiceType.ServiceType owner \
    tag !service-region !supported-ip-address-types";

/// What an endpoint lets through: everything. Other policies are not modelled.
const FULL_ACCESS: &str = r#"{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}]}"#;

impl Writer<'_> {
    /// The full name of a service.
    fn service_name(&self, service: &str) -> String {
        format!("com.amazonaws.{}.{service}", self.network.region())
    }

    /// The name that clients of a service use.
    fn public_service_name(&self, service: &str) -> String {
        public_name_of(service, self.network.region())
    }

    pub(in crate::aws) fn endpoint(&self, endpoint: &Endpoint) -> Json {
        let network = self.network;
        let tables = network.routes_of_endpoint(endpoint.id).map(|(table, _)| table.to_string().into());
        let subnets = endpoint.enis().iter().filter_map(|eni| network.eni(*eni)).map(|eni| eni.subnet.to_string().into());
        let groups = match &endpoint.kind {
            EndpointKind::Gateway => &[],
            EndpointKind::Interface { groups, .. } => groups.as_slice(),
        };
        let groups = groups.iter().map(|id| {
            let name = network.group(*id).map(|group| group.name.as_str());
            Object::new().text("GroupId", id).maybe("GroupName", name).into()
        });
        let own = format!("{}.{}.{}.vpce.amazonaws.com", endpoint.id, words_of_name(&endpoint.service), network.region());
        let public = endpoint.has_private_dns().then(|| self.public_service_name(&endpoint.service));
        let names = (endpoint.kind != EndpointKind::Gateway).then_some(own).into_iter().chain(public);
        self.object()
            .text("VpcEndpointId", endpoint.id)
            .with("VpcEndpointType", endpoint.kind_word())
            .text("VpcId", endpoint.vpc)
            .with("ServiceName", self.service_name(&endpoint.service))
            .with("State", endpoint.state.as_str())
            .with("PolicyDocument", FULL_ACCESS)
            .list("RouteTableIds", tables)
            .list("SubnetIds", subnets)
            .list("Groups", groups)
            .with("IpAddressType", "ipv4")
            .with("PrivateDnsEnabled", endpoint.has_private_dns())
            .with("RequesterManaged", false)
            .list("NetworkInterfaceIds", endpoint.enis().iter().map(|eni| eni.to_string().into()))
            .list("DnsEntries", names.map(|name| Object::new().with("DnsName", name).into()))
            .with("CreationTimestamp", self.epoch.print(endpoint.created))
            .with("OwnerId", self.owner())
            .tags("Tags", &endpoint.tags)
            .into()
    }

    /// The services that have endpoints, by their names.
    pub(in crate::aws) fn endpoint_services(self) -> Vec<Json> {
        let zones: Vec<Json> = self.network.zones().iter().map(|zone| zone.as_str().into()).collect();
        let service = |service: &&str| {
            let gateway = prefix_list_of(service).map(|_| "Gateway");
            let types = gateway.into_iter().chain(["Interface"]).map(|kind| Object::new().with("ServiceType", kind).into());
            Object::new()
                .with("ServiceName", self.service_name(service))
                .list("ServiceType", types)
                .with("AvailabilityZones", zones.clone())
                .with("Owner", "amazon")
                .list(
                    "BaseEndpointDnsNames",
                    std::iter::once(format!("{}.{}.vpce.amazonaws.com", words_of_name(service), self.network.region()).into()),
                )
                .with("PrivateDnsName", self.public_service_name(service))
                .with("VpcEndpointPolicySupported", true)
                .with("AcceptanceRequired", false)
                .with("ManagesVpcEndpoints", false)
                .into()
        };
        INTERFACE_SERVICES.iter().map(service).collect()
    }
}
