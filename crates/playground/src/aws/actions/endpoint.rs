//! VPC endpoints.

use super::{Action, Request, command};
use crate::aws::error::ApiError;
use crate::aws::input::Parameters;
use crate::aws::member::{CLIENT_TOKEN, DRY_RUN, Member, TAG_SPECIFICATIONS, Wire, optional, required};
use eni_core::addr::Ipv4Addr;
use eni_core::control::command::{Command, CreateVpcEndpoint, ModifyVpcEndpoint};
use eni_core::id::SubnetId;
use serde_json::{Value, json};

const TABLES: Wire = Wire::List(&Wire::Id("rtb"));
const SUBNETS: Wire = Wire::List(&Wire::Id("subnet"));
const GROUPS: Wire = Wire::List(&Wire::Id("sg"));
const PLACE: Wire =
    Wire::Struct(&[required("SubnetId", Wire::Id("subnet"), "the subnet"), required("Ipv4", Wire::Ipv4, "the address of its interface")]);
const PRIVATE_DNS: Member = optional("PrivateDnsEnabled", Wire::Boolean, "whether the service's own name leads to the interfaces");
const ADDRESSES: Member = optional("IpAddressType", Wire::Words(&["ipv4"]), "the family of its addresses");

/// The types of endpoints that AWS has.
const TYPES: &[&str] = &["Interface", "Gateway", "GatewayLoadBalancer", "Resource", "ServiceNetwork"];

pub(super) const ACTIONS: &[Action] = &[
    Action {
        name: "CreateVpcEndpoint",
        help: "makes a private way from a VPC to a service",
        members: &[
            required("VpcId", Wire::Id("vpc"), "the VPC"),
            optional("ServiceName", Wire::Text, "the service, as com.amazonaws.us-east-1.s3"),
            optional("VpcEndpointType", Wire::Words(TYPES), "Gateway if absent; the others are not part of the playground"),
            optional("PolicyDocument", Wire::Text, "who may do what through it: here everybody everything"),
            optional("RouteTableIds", TABLES, "the tables that get a route (gateway)"),
            optional("SubnetIds", SUBNETS, "the subnets that get an interface, one in a zone (interface)"),
            optional("SubnetConfigurations", Wire::List(&PLACE), "the addresses of these interfaces, each with its subnet"),
            optional("SecurityGroupIds", GROUPS, "the groups of these interfaces; the VPC's default group if absent"),
            ADDRESSES,
            PRIVATE_DNS,
            TAG_SPECIFICATIONS,
            CLIENT_TOKEN,
            DRY_RUN,
        ],
        build: create,
    },
    Action {
        name: "ModifyVpcEndpoint",
        help: "changes where and how an endpoint is reached",
        members: &[
            required("VpcEndpointId", Wire::Id("vpce"), "the endpoint"),
            optional("ResetPolicy", Wire::Boolean, "back to the policy that lets everything through; here it has no other"),
            optional("PolicyDocument", Wire::Text, "who may do what through it: here everybody everything"),
            optional("AddRouteTableIds", TABLES, "tables that get a route"),
            optional("RemoveRouteTableIds", TABLES, "tables that lose it"),
            optional("AddSubnetIds", SUBNETS, "subnets that get an interface"),
            optional("RemoveSubnetIds", SUBNETS, "subnets that lose it"),
            optional("AddSecurityGroupIds", GROUPS, "groups that the interfaces get"),
            optional("RemoveSecurityGroupIds", GROUPS, "groups that they lose"),
            ADDRESSES,
            PRIVATE_DNS,
            DRY_RUN,
        ],
        build: |p| {
            only_here(p)?;
            command(Command::ModifyVpcEndpoint(Box::new(ModifyVpcEndpoint {
                endpoint: p.id("VpcEndpointId")?,
                tables: (p.ids("AddRouteTableIds")?, p.ids("RemoveRouteTableIds")?),
                subnets: (p.ids("AddSubnetIds")?, p.ids("RemoveSubnetIds")?),
                groups: (p.ids("AddSecurityGroupIds")?, p.ids("RemoveSecurityGroupIds")?),
                private_dns: p.flag("PrivateDnsEnabled"),
            })))
        },
    },
    Action {
        name: "DeleteVpcEndpoints",
        help: "takes endpoints away, with their routes and interfaces",
        members: &[required("VpcEndpointIds", Wire::List(&Wire::Id("vpce")), "the endpoints"), DRY_RUN],
        build: |p| command(Command::DeleteVpcEndpoints(p.ids("VpcEndpointIds")?)),
    },
];

fn addressed(place: &Parameters<'_>) -> Result<(SubnetId, Ipv4Addr), ApiError> {
    let ip = place.ipv4("Ipv4")?.ok_or_else(|| ApiError::missing("Ipv4"))?;
    Ok((place.id("SubnetId")?, ip))
}

/// Refuses what AWS has and the playground has not.
fn only_here(p: &Parameters<'_>) -> Result<(), ApiError> {
    let unsupported = |message: String| Err(ApiError::new("UnsupportedOperation", message));
    if let Some(kind) = p.text("VpcEndpointType").filter(|kind| !matches!(*kind, "Interface" | "Gateway")) {
        return unsupported(format!("The playground has no endpoints of the type {kind}, only Gateway and Interface."));
    }
    match p.text("PolicyDocument").map(serde_json::from_str::<Value>) {
        Some(Err(_)) => Err(ApiError::new("InvalidPolicyDocument", "This policy contains invalid Json")),
        Some(Ok(policy)) if !lets_everything(&policy) => unsupported(
            "The playground does not look at policies: the only one of an endpoint is the one that lets everything through.".to_owned(),
        ),
        _ => Ok(()),
    }
}

/// Whether a policy lets everybody do everything, as that of an endpoint which names none.
fn lets_everything(policy: &Value) -> bool {
    let all = |value: Option<&Value>| value.is_some_and(|value| *value == "*" || *value == json!(["*"]) || *value == json!({"AWS": "*"}));
    let is_open = |statement: &Value| {
        statement.get("Effect").is_some_and(|effect| effect == "Allow")
            && ["Action", "Resource", "Principal"].into_iter().all(|name| all(statement.get(name)))
            && statement.get("Condition").is_none()
    };
    match policy.get("Statement") {
        Some(Value::Array(statements)) => !statements.is_empty() && statements.iter().all(is_open),
        Some(statement) => is_open(statement),
        None => false,
    }
}

fn create(p: &Parameters<'_>) -> Result<Request, ApiError> {
    only_here(p)?;
    command(Command::CreateVpcEndpoint(Box::new(CreateVpcEndpoint {
        vpc: p.id("VpcId")?,
        service: p.text("ServiceName").map(str::to_owned),
        interface: p.text("VpcEndpointType") == Some("Interface"),
        tables: p.ids("RouteTableIds")?,
        subnets: p.ids("SubnetIds")?,
        addresses: p.objects("SubnetConfigurations").map(|place| addressed(&place)).collect::<Result<_, ApiError>>()?,
        groups: p.ids("SecurityGroupIds")?,
        private_dns: p.flag("PrivateDnsEnabled"),
        tags: p.tags_for("vpc-endpoint", &["vpc-endpoint"])?,
    })))
}
