//! Tags.

use super::{Action, command};
use crate::aws::error::ApiError;
use crate::aws::input::{Parameters, id};
use crate::aws::member::{DRY_RUN, Member, TAG, Wire, optional, required};
use eni_core::control::command::Command;
use eni_core::model::event::TaggedId;
use eni_core::model::transit::TransitId;

const RESOURCES: Member = required("Resources", Wire::List(&Wire::Text), "the resources");
const TAGS: Member = required("Tags", Wire::List(&Wire::Struct(TAG)), "the tags");

pub(super) const ACTIONS: &[Action] = &[
    Action {
        name: "CreateTags",
        help: "adds tags to resources, or replaces their values",
        members: &[RESOURCES, TAGS, DRY_RUN],
        build: |p| command(Command::CreateTags { resources: resources(p)?, tags: p.tags()? }),
    },
    Action {
        name: "DeleteTags",
        help: "takes tags away from resources",
        members: &[RESOURCES, optional("Tags", Wire::List(&Wire::Struct(TAG)), "these; all if absent"), DRY_RUN],
        build: |p| {
            let tags = p.objects("Tags").map(|tag| (tag.text_or_empty("Key"), tag.text("Value").map(str::to_owned))).collect();
            command(Command::DeleteTags { resources: resources(p)?, tags })
        },
    },
];

/// AWS's word for a request for spot instances.
pub(super) const SPOT_REQUEST: &str = "spot-instances-request";

/// The refusal of tags for a request for spot instances (`L23`).
pub(super) fn of_spot_request() -> ApiError {
    let message = "The playground keeps no tags of requests for spot instances: tag their instances.";
    ApiError::new("UnsupportedOperation", message)
}

fn resources(p: &Parameters<'_>) -> Result<Vec<TaggedId>, ApiError> {
    p.texts("Resources").map(tagged).collect()
}

/// The resource with this id, of whatever kind.
fn tagged(text: &str) -> Result<TaggedId, ApiError> {
    let (prefix, _) = text.rsplit_once('-').unwrap_or((text, ""));
    match prefix {
        "acl" => id(text).map(TaggedId::Acl),
        "eipalloc" => id(text).map(TaggedId::ElasticIp),
        "cgw" => id(text).map(TaggedId::CustomerGateway),
        "dopt" => id(text).map(TaggedId::DhcpOptions),
        "eigw" => id(text).map(TaggedId::EgressOnlyGateway),
        "eni" => id(text).map(TaggedId::Eni),
        "fl" => id(text).map(TaggedId::FlowLog),
        "sg" => id(text).map(TaggedId::Group),
        "sgr" => id(text).map(TaggedId::GroupRule),
        "i" => id(text).map(TaggedId::Instance),
        "igw" => id(text).map(TaggedId::InternetGateway),
        "key" => id(text).map(TaggedId::KeyPair),
        "nat" => id(text).map(TaggedId::NatGateway),
        "vpce" => id(text).map(TaggedId::Endpoint),
        "pcx" => id(text).map(TaggedId::Peering),
        "pl" => id(text).map(TaggedId::PrefixList),
        "rtb" => id(text).map(TaggedId::RouteTable),
        "scr" => id(text).map(TaggedId::SubnetReservation),
        "tgw" => id(text).map(TransitId::Gateway).map(TaggedId::Transit),
        "tgw-attach" => id(text).map(TransitId::Attachment).map(TaggedId::Transit),
        "tgw-rtb" => id(text).map(TransitId::Table).map(TaggedId::Transit),
        "subnet" => id(text).map(TaggedId::Subnet),
        "vpc" => id(text).map(TaggedId::Vpc),
        "vpn" => id(text).map(TaggedId::VpnConnection),
        "vgw" => id(text).map(TaggedId::VpnGateway),
        "sir" => Err(of_spot_request()),
        _ => Err(ApiError::new("InvalidID", format!("The ID '{text}' is not valid"))),
    }
}
