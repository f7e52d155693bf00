//! The describe calls: which kind of object, which of them, and how many at a time.

use super::check::is_id;
use super::error::ApiError;
use super::filter::Filter;
use super::kind::Kind;
use super::names::no_group;
use super::object;
use super::shape::{Form, Shape, Writer, Written, root_device, shape};
use super::text::{Json, Object, Wanted};
use super::time::Epoch;
use eni_core::model::network::Network;
use eni_core::table::Table;
use serde_json::{Map, Value};
use std::cell::Cell;

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

/// Answers a describe call.
///
/// # Errors
/// `Invalid….NotFound` for an id that is not there.
pub fn describe(network: &Network, epoch: Epoch, request: &Describe) -> Result<Json, ApiError> {
    described(String::new(), network, epoch, request).map(Json::of_text)
}

/// The same at the end of a text. Long answers are not copied there.
///
/// # Errors
/// As [`describe`].
pub fn described(mut text: String, network: &Network, epoch: Epoch, request: &Describe) -> Result<String, ApiError> {
    let spare = Cell::new(String::new());
    let writer = Writer::new(network, epoch, Form::Reply).with_spare(&spare);
    let answer = match shape(request.kind) {
        _ if request.kind.is_of_names() => writer.dns(request.kind, &request.ids)?,
        _ if request.kind.is_of_balancing() => writer.balancing(request.kind, &request.ids)?,
        _ if request.kind.is_of_services() => writer.services_told(request.kind, &request.ids)?,
        _ if request.kind == Kind::CallerIdentity => writer.caller(),
        None => Value::Null.into(),
        Some(shape) => return listed(text, writer, shape, request),
    };
    text.push_str(answer.as_str());
    Ok(text)
}

/// The answer of a call that lists objects, or one attribute of one, at the end of a text.
fn listed(text: String, writer: Writer<'_>, shape: &Shape, request: &Describe) -> Result<String, ApiError> {
    let network = writer.network;
    let answer = Object::at(text, Wanted::ALL);
    let is_quotas = matches!(request.kind, Kind::ServiceQuotas | Kind::DefaultServiceQuotas);
    if let (true, Some(alone)) = (is_quotas, request.attribute) {
        let found = writer.quotas_of(request.kind, &request.ids)?.into_iter().next();
        return Ok(answer.maybe(alone.member, found).into_text());
    }
    if let (Some(attribute), Some(id)) = (request.attribute, request.ids.first()) {
        let writer = writer.in_form(Form::Document);
        let object = writer.one(request.kind, id).ok_or_else(|| writer.not_found(request.kind, id))?;
        return Ok(answer.members(&shown_attribute(shape, attribute, id, object.value())).into_text());
    }
    let (object, next) = match request.kind {
        Kind::Reservations => {
            let mut instances = Vec::new();
            let next = chosen(writer, shape, request, &mut |instance| {
                instances.extend(instance.text_of("InstanceId").parse().ok().and_then(|id| network.instance(id)));
            })?;
            let instances = instances.into_iter().map(|instance| (instance.reservation, writer.instance(instance)));
            (answer.list(shape.list, writer.by_launch(instances)), next)
        }
        Kind::SubnetIpv4Reservations => {
            // One call, and one page, shows those of both families.
            let (mut ipv4, mut ipv6) = (Vec::new(), Vec::new());
            let next = chosen(writer, shape, request, &mut |one| {
                let list = if one.text_of("Cidr").contains(':') { &mut ipv6 } else { &mut ipv4 };
                list.push(one.clone());
            })?;
            (answer.with(shape.list, ipv4).with("SubnetIpv6CidrReservations", ipv6), next)
        }
        _ => {
            let mut names = Vec::new();
            let (object, next) = answer.filled_list(shape.list, request.most.unwrap_or_default(), |add| {
                chosen(writer, shape, request, &mut |object| {
                    if request.kind == Kind::VpcEndpointServices {
                        names.push(Json::from(object.text_of(shape.id)));
                    }
                    add(object);
                })
            });
            let next = next?;
            let more = (request.kind == Kind::TransitGatewayRoutes).then_some(next.is_some());
            let object = object.maybe("AdditionalRoutesAvailable", more);
            (object.maybe("ServiceNames", (request.kind == Kind::VpcEndpointServices).then_some(names)), next)
        }
    };
    Ok(object.maybe("NextToken", next).into_text())
}

/// Tells `found` of the objects that a page of the answer lists; where the next one begins. What decides about an object is written first,
/// and the rest of it only if it is listed.
fn chosen<'a>(writer: Writer<'a>, shape: &Shape, request: &Describe, found: &mut dyn FnMut(&Json)) -> Result<Option<String>, ApiError> {
    // Launches are put together from their instances afterwards, for which their ids will do.
    let launches = request.kind == Kind::Reservations;
    let looked_at = request.filters.iter().fold(Wanted::NONE, |wanted, filter| filter.and_looked_at(wanted));
    let placing = writer.only(place_members(shape).iter().fold(Wanted::NONE, |wanted, name| wanted.and(name)));
    let deciding = writer.only(looked_at);
    // Lists are in order: what comes behind one that is after the place is after it, too.
    let mut is_after = request.after.is_none();
    let (mut count, mut last, mut next): (usize, Option<String>, Option<String>) = (0, None, None);
    let mut see = |written: Written<'_, 'a>| {
        if !request.filters.is_empty() {
            let object = written(deciding);
            let fits = request.filters.iter().all(|filter| filter.fits(&object));
            writer.take_back(object);
            if !fits {
                return true;
            }
        }
        is_after = is_after || request.after.as_ref().is_none_or(|last| place(shape, &written(placing)) > *last);
        if !is_after {
            return true;
        }
        if request.most.is_some_and(|most| count >= most) {
            next = last.take();
            return false;
        }
        count += 1;
        if request.most == Some(count) {
            last = Some(token(shape, &place(shape, &written(placing))));
        }
        let object = written(if launches { placing } else { writer });
        found(&object);
        writer.take_back(object);
        true
    };
    let made = match request.kind {
        Kind::PrefixListEntries => writer.prefix_list_entries(&request.ids)?,
        Kind::PrefixListAssociations => writer.prefix_list_associations(&request.ids)?,
        Kind::SecurityGroupsForVpc => writer.groups_for_vpc(&request.ids)?,
        Kind::TransitGatewayRoutes => writer.transit_routes(&request.ids)?,
        Kind::TransitGatewayRouteTableAssociations => writer.transit_associations(&request.ids)?,
        Kind::TransitGatewayRouteTablePropagations => writer.transit_propagations(&request.ids)?,
        Kind::TransitGatewayAttachmentPropagations => writer.transit_filled(&request.ids)?,
        Kind::SubnetIpv4Reservations | Kind::SubnetIpv6Reservations => writer.reservations_of(&request.ids)?,
        Kind::ServiceQuotas | Kind::DefaultServiceQuotas => writer.quotas_of(request.kind, &request.ids)?,
        Kind::SecurityGroupReferences => writer.group_references(&request.ids)?,
        Kind::StaleSecurityGroups => writer.stale_groups(&request.ids)?,
        _ if request.ids.is_empty() => {
            writer.each(request.kind, request.after.as_deref(), &mut see);
            Vec::new()
        }
        _ => named(writer, shape, &request.ids)?,
    };
    _ = made.iter().all(|one| see(&|_| one.clone()));
    Ok(next)
}

/// The objects with these ids, by their places.
fn named(writer: Writer<'_>, shape: &Shape, ids: &[String]) -> Result<Vec<Json>, ApiError> {
    let mut found = Table::new();
    if matches!(shape.kind, Kind::Reservations | Kind::InstanceStatuses) {
        let unknown: Vec<&str> = ids.iter().filter(|id| writer.one(shape.kind, id).is_none()).map(String::as_str).collect();
        if unknown.len() > 1 {
            let message = format!("The instance IDs '{}' do not exist", unknown.join(", "));
            return Err(ApiError::new("InvalidInstanceID.NotFound", message));
        }
    }
    for id in ids {
        let object = writer.one(shape.kind, id).ok_or_else(|| writer.not_found(shape.kind, id))?;
        found.insert(place(shape, &object), object);
    }
    Ok(found.into_values().collect())
}

/// The members that say where an object stands in its list. Lists are in this order.
fn place_members(shape: &Shape) -> [&'static str; 2] {
    match shape.kind {
        Kind::Reservations => ["InstanceId", ""],
        Kind::Tags => [shape.id, "Key"],
        _ => [shape.id, ""],
    }
}

/// Where an object stands in its list.
fn place(shape: &Shape, object: &Json) -> String {
    place_members(shape).map(|name| object.text_of(name)).join(" ").trim_end().to_owned()
}

/// The answer about one attribute. One that is not written of an object is off.
fn shown_attribute(shape: &Shape, attribute: Attribute, id: &str, object: Value) -> Map<String, Value> {
    let value = object.get(attribute.source).cloned();
    let answer = object::Object::new().with(if shape.kind == Kind::Reservations { "InstanceId" } else { shape.id }, id);
    let wrapped = |value: Value| object::Object::new().with("Value", value).into();
    let value = match (value, attribute.source) {
        (Some(value @ (Value::Object(_) | Value::Array(_))), _) => value,
        (Some(value), "AssociatePublicIpAddress") => value,
        (None, "AssociatePublicIpAddress") => Value::Bool(false),
        (None, "Attachment") => return answer.map(),
        // Nothing is said of what there is none of. No image here has a kernel of its own.
        (None, "UserData" | "KernelId" | "RamdiskId") => Value::Object(Map::new()),
        (None, "ProductCodes") => Value::Array(Vec::new()),
        (None, "EnclaveOptions") => object::Object::new().with("Enabled", false).into(),
        (Some(Value::String(image)), "ImageId") => root_device(&image).map_or_else(|| Value::Object(Map::new()), |at| wrapped(at.into())),
        (Some(value), _) => wrapped(value),
        (None, _) => wrapped(Value::Bool(false)),
    };
    answer.with(attribute.member, value).map()
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
            Kind::KeyPairs => ApiError::new("InvalidKeyPair.NotFound", format!("The key pair '{text}' does not exist")),
            Kind::Images => ApiError::new("InvalidAMIID.NotFound", format!("The image id '[{text}]' does not exist")),
            Kind::Regions => ApiError::new("InvalidParameterValue", format!("Invalid region: [{text}]")),
            Kind::VpcEndpointServices => ApiError::new("InvalidServiceName", format!("The Vpc Endpoint Service '{text}' does not exist")),
            Kind::InstanceTypes => {
                ApiError::new("InvalidInstanceType", format!("The following supplied instance types do not exist: [{text}]"))
            }
            _ => ApiError::not_found(text.rsplit_once('-').map_or("", |(prefix, _)| prefix), text),
        }
    }
}
