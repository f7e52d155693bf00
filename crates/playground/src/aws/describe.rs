//! The describe calls: which kind of object, which of them, and how many at a time.

use super::check::is_id;
use super::error::ApiError;
use super::filter::Filter;
use super::names::no_group;
use super::object;
use super::shape::{Form, Shape, Writer, by_launch, shape};
use super::text::{Json, Object};
use super::time::Epoch;
use eni_core::model::network::Network;
use eni_core::table::Table;
use serde_json::Value;

/// A describe call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Describe {
    /// What is asked for.
    pub kind: Kind,
    /// Only these; all if empty. Some kinds may be named otherwise than by their ids.
    pub ids: Vec<String>,
    /// Only what fits all of these.
    pub filters: Vec<Filter>,
    /// How many at most.
    pub most: Option<usize>,
    /// Only what comes after the object at this place.
    pub after: Option<String>,
    /// Not the objects, but one attribute of the one that is named.
    pub attribute: Option<Attribute>,
}

/// An attribute that a call of its own shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// The word that asks for it: `sourceDestCheck`.
    pub word: &'static str,
    /// The member of the reply.
    pub member: &'static str,
    /// The member of the object where it stands.
    pub source: &'static str,
}

/// The kinds of objects that describe calls list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// VPCs.
    Vpcs,
    /// Subnets.
    Subnets,
    /// Network interfaces.
    NetworkInterfaces,
    /// Instances, by the launch that made them.
    Reservations,
    /// How instances are.
    InstanceStatuses,
    /// Elastic IP addresses.
    Addresses,
    /// Security groups.
    SecurityGroups,
    /// Rules of security groups.
    SecurityGroupRules,
    /// Managed prefix lists: the account's own, and those that AWS keeps.
    ManagedPrefixLists,
    /// The prefix lists that AWS keeps, with their blocks.
    PrefixLists,
    /// The entries of one prefix list.
    PrefixListEntries,
    /// Which groups of other VPCs name a group.
    SecurityGroupReferences,
    /// Groups with rules that fit nothing any more.
    StaleSecurityGroups,
    /// Network ACLs.
    NetworkAcls,
    /// Route tables.
    RouteTables,
    /// Internet gateways.
    InternetGateways,
    /// NAT gateways.
    NatGateways,
    /// Egress-only internet gateways.
    EgressOnlyInternetGateways,
    /// Virtual private gateways.
    VpnGateways,
    /// Customer gateways.
    CustomerGateways,
    /// VPN connections.
    VpnConnections,
    /// Reservations of ranges of IPv4 of subnets.
    SubnetIpv4Reservations,
    /// The same of IPv6.
    SubnetIpv6Reservations,
    /// VPC endpoints.
    VpcEndpoints,
    /// Services that have VPC endpoints.
    VpcEndpointServices,
    /// Flow logs.
    FlowLogs,
    /// VPC peering connections.
    VpcPeeringConnections,
    /// Tags of everything.
    Tags,
    /// The region's Availability Zones.
    AvailabilityZones,
    /// Instance types.
    InstanceTypes,
    /// Quotas in force.
    ServiceQuotas,
    /// Quotas as every account begins with them.
    DefaultServiceQuotas,
    /// Attributes of the account.
    AccountAttributes,
}

/// Answers a describe call.
///
/// # Errors
/// `Invalid….NotFound` for an id that is not there.
pub fn describe(network: &Network, epoch: Epoch, request: &Describe) -> Result<Json, ApiError> {
    let Some(shape) = shape(request.kind) else { return Ok(Value::Null.into()) };
    let writer = Writer::new(network, epoch, Form::Reply);
    let is_quotas = matches!(request.kind, Kind::ServiceQuotas | Kind::DefaultServiceQuotas);
    if let (true, Some(alone)) = (is_quotas, request.attribute) {
        let found = writer.quotas_of(request.kind, &request.ids)?.into_iter().next();
        return Ok(Object::new().maybe(alone.member, found).into());
    }
    if let (Some(attribute), Some(id)) = (request.attribute, request.ids.first()) {
        let writer = Writer::new(network, epoch, Form::Document);
        let object = writer.one(request.kind, id).ok_or_else(|| writer.not_found(request.kind, id))?;
        return Ok(shown_attribute(shape, attribute, id, object.value()).into());
    }
    let objects: Box<dyn Iterator<Item = Json>> = match request.ids.as_slice() {
        ids if request.kind == Kind::PrefixListEntries => Box::new(writer.prefix_list_entries(ids)?.into_iter()),
        ids if matches!(request.kind, Kind::SubnetIpv4Reservations | Kind::SubnetIpv6Reservations) => {
            Box::new(writer.reservations_of(request.kind, ids)?.into_iter())
        }
        ids if is_quotas => Box::new(writer.quotas_of(request.kind, ids)?.into_iter()),
        ids if request.kind == Kind::SecurityGroupReferences => Box::new(writer.group_references(ids)?.into_iter()),
        ids if request.kind == Kind::StaleSecurityGroups => Box::new(writer.stale_groups(ids)?.into_iter()),
        [] => writer.each(request.kind),
        ids => Box::new(named(&writer, shape, ids)?.into_values()),
    };
    if request.filters.is_empty() && request.after.is_none() && request.most.is_none() && is_plain(request.kind) {
        return Ok(Object::new().list(shape.list, objects).into());
    }
    let (list, next) = chosen(shape, request, objects);
    let names = (request.kind == Kind::VpcEndpointServices)
        .then(|| list.iter().filter_map(|service| service.value().get(shape.id).cloned()).map(Json::from).collect::<Json>());
    let list = match request.kind {
        Kind::Reservations => Value::from(by_launch(list.iter().map(Json::value).collect())).into(),
        _ => Json::list(list),
    };
    if request.kind == Kind::SubnetIpv4Reservations {
        // One call shows those of both families.
        let kind = Kind::SubnetIpv6Reservations;
        let (other, _) = chosen(shape, request, writer.reservations_of(kind, &request.ids)?.into_iter());
        return Ok(Object::new().with(shape.list, list).with("SubnetIpv6CidrReservations", Json::list(other)).into());
    }
    Ok(Object::new().with(shape.list, list).maybe("ServiceNames", names).maybe("NextToken", next).into())
}

/// Whether the answer is its objects, one after the other.
fn is_plain(kind: Kind) -> bool {
    !matches!(kind, Kind::Reservations | Kind::VpcEndpointServices | Kind::SubnetIpv4Reservations)
}

/// The objects that a page of the answer lists, and where the next one begins.
fn chosen(shape: &Shape, request: &Describe, objects: impl Iterator<Item = Json>) -> (Vec<Json>, Option<String>) {
    let (mut list, mut last): (Vec<Json>, Option<String>) = (Vec::new(), None);
    for object in objects {
        let value = object.value();
        let place = place(shape, &value);
        if request.after.as_ref().is_some_and(|last| place <= *last) || !request.filters.iter().all(|filter| filter.fits(&value)) {
            continue;
        }
        if request.most.is_some_and(|most| list.len() >= most) {
            return (list, last.map(|last| token(shape, &last)));
        }
        last = Some(place);
        list.push(object);
    }
    (list, None)
}

/// The objects with these ids, by their places.
fn named(writer: &Writer<'_>, shape: &Shape, ids: &[String]) -> Result<Table<String, Json>, ApiError> {
    let mut found = Table::new();
    for id in ids {
        let object = writer.one(shape.kind, id).ok_or_else(|| writer.not_found(shape.kind, id))?;
        found.insert(place(shape, &object.value()), object);
    }
    Ok(found)
}

/// Where an object stands in its list. Lists are in this order.
fn place(shape: &Shape, object: &Value) -> String {
    let text = |name: &str| object.get(name).and_then(Value::as_str).unwrap_or_default();
    match shape.kind {
        Kind::Reservations => text("InstanceId").to_owned(),
        Kind::Tags => format!("{} {}", text(shape.id), text("Key")),
        _ => text(shape.id).to_owned(),
    }
}

/// The answer about one attribute. One that is not written of an object is off.
fn shown_attribute(shape: &Shape, attribute: Attribute, id: &str, object: Value) -> Value {
    let value = object.get(attribute.source).cloned();
    let answer = object::Object::new().with(if shape.kind == Kind::Reservations { "InstanceId" } else { shape.id }, id);
    let wrapped = |value: Value| object::Object::new().with("Value", value).into();
    let value = match (value, attribute.source) {
        (Some(value @ (Value::Object(_) | Value::Array(_))), _) => value,
        (Some(value), "AssociatePublicIpAddress") => value,
        (None, "AssociatePublicIpAddress") => Value::Bool(false),
        (None, "Attachment") => return answer.into(),
        (Some(value), _) => wrapped(value),
        (None, _) => wrapped(Value::Bool(false)),
    };
    answer.with(attribute.member, value).into()
}

/// What a page ends with: the next one begins after this place. Nobody but us is meant to read it.
fn token(shape: &Shape, place: &str) -> String {
    format!("{}/{place}", shape.list).bytes().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads the place back.
///
/// # Errors
/// `InvalidNextToken` if it is not one of ours for this list.
pub fn read_token(kind: Kind, token: &str) -> Result<String, ApiError> {
    let (pairs, rest) = token.as_bytes().as_chunks::<2>();
    let byte = |pair: &[u8; 2]| std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok());
    let bytes: Option<Vec<u8>> = pairs.iter().map(byte).collect();
    let text = bytes.filter(|_| rest.is_empty()).and_then(|bytes| String::from_utf8(bytes).ok());
    let place = text.as_deref().zip(shape(kind)).and_then(|(text, shape)| text.strip_prefix(shape.list)?.strip_prefix('/'));
    place.map(str::to_owned).ok_or_else(|| ApiError::new("InvalidNextToken", "The specified NextToken is not valid."))
}

impl Writer<'_> {
    /// How a name that names nothing is refused.
    fn not_found(&self, kind: Kind, text: &str) -> ApiError {
        match kind {
            Kind::Addresses if !is_id("eipalloc", text) => ApiError::new("InvalidAddress.NotFound", format!("Address '{text}' not found.")),
            Kind::SecurityGroups if !is_id("sg", text) => no_group(self.network, text),
            Kind::AvailabilityZones => ApiError::new("InvalidParameterValue", format!("Invalid availability zone: [{text}]")),
            Kind::VpcEndpointServices => ApiError::new("InvalidServiceName", format!("The Vpc Endpoint Service '{text}' does not exist")),
            Kind::InstanceTypes => {
                ApiError::new("InvalidInstanceType", format!("The following supplied instance types do not exist: [{text}]"))
            }
            _ => ApiError::not_found(text.rsplit_once('-').map_or("", |(prefix, _)| prefix), text),
        }
    }
}
