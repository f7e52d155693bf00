//! Transit gateways: the members of what describe calls show of them, and what writes them.

use super::tables::{ID, TAGS};
use super::{Form, Writer};
use crate::aws::error::ApiError;
use crate::aws::member::{Member, Wire, attribute, derived, kept};
use crate::aws::text::{Json, Object};
use eni_core::addr::IpNet;
use eni_core::id::{TransitAttachmentId, TransitTableId};
use eni_core::model::transit::{TransitAttachment, TransitGateway, TransitRoute, TransitState, TransitTable};

const TEXT: Wire = Wire::Text;

/// A transit gateway.
pub const GATEWAY: &[Member] = &[
    kept("TransitGatewayId", ID),
    derived("TransitGatewayArn", TEXT),
    kept("State", TEXT),
    derived("OwnerId", TEXT),
    kept("Description", TEXT),
    kept("CreationTime", Wire::Time),
    kept(
        "Options",
        Wire::Struct(&[
            kept("AmazonSideAsn", Wire::Integer),
            kept("AutoAcceptSharedAttachments", TEXT),
            derived("DefaultRouteTableAssociation", TEXT),
            kept("AssociationDefaultRouteTableId", ID),
            derived("DefaultRouteTablePropagation", TEXT),
            kept("PropagationDefaultRouteTableId", ID),
            kept("VpnEcmpSupport", TEXT),
            kept("DnsSupport", TEXT),
            derived("SecurityGroupReferencingSupport", TEXT),
            derived("MulticastSupport", TEXT),
        ]),
    ),
    TAGS,
];

/// The attachment of a VPC. Which table it uses, describe-transit-gateway-attachments tells.
pub const VPC_ATTACHMENT: &[Member] = &[
    kept("TransitGatewayAttachmentId", ID),
    kept("TransitGatewayId", ID),
    kept("VpcId", ID),
    derived("VpcOwnerId", TEXT),
    kept("State", TEXT),
    kept("SubnetIds", Wire::List(&ID)),
    kept("CreationTime", Wire::Time),
    kept(
        "Options",
        Wire::Struct(&[
            kept("DnsSupport", TEXT),
            kept("SecurityGroupReferencingSupport", TEXT),
            kept("Ipv6Support", TEXT),
            kept("ApplianceModeSupport", TEXT),
        ]),
    ),
    TAGS,
    attribute("Association", ASSOCIATION),
];

const ASSOCIATION: Wire = Wire::Struct(&[kept("TransitGatewayRouteTableId", ID), derived("State", TEXT)]);

/// An attachment, whatever is attached.
pub const ATTACHMENT: &[Member] = &[
    derived("TransitGatewayAttachmentId", ID),
    derived("TransitGatewayId", ID),
    derived("TransitGatewayOwnerId", TEXT),
    derived("ResourceOwnerId", TEXT),
    derived("ResourceType", TEXT),
    derived("ResourceId", ID),
    derived("State", TEXT),
    derived("Association", ASSOCIATION),
    derived("CreationTime", Wire::Time),
    TAGS,
];

/// A route table of a transit gateway. Who fills it and what was written into it, calls of their own tell.
pub const TABLE: &[Member] = &[
    kept("TransitGatewayRouteTableId", ID),
    kept("TransitGatewayId", ID),
    kept("State", TEXT),
    derived("DefaultAssociationRouteTable", Wire::Boolean),
    derived("DefaultPropagationRouteTable", Wire::Boolean),
    kept("CreationTime", Wire::Time),
    TAGS,
    attribute("Propagations", Wire::List(&Wire::Struct(&[kept("TransitGatewayAttachmentId", ID)]))),
    attribute("Routes", Wire::List(&Wire::Struct(&[kept("DestinationCidrBlock", TEXT), kept("TransitGatewayAttachmentId", ID)]))),
];

/// A route of it.
pub const ROUTE: &[Member] = &[
    derived("DestinationCidrBlock", TEXT),
    derived(
        "TransitGatewayAttachments",
        Wire::List(&Wire::Struct(&[derived("ResourceId", ID), derived("TransitGatewayAttachmentId", ID), derived("ResourceType", TEXT)])),
    ),
    derived("Type", TEXT),
    derived("State", TEXT),
];

/// An attachment that uses a table, or fills it.
pub const TIED: &[Member] =
    &[derived("TransitGatewayAttachmentId", ID), derived("ResourceId", ID), derived("ResourceType", TEXT), derived("State", TEXT)];

/// A table that an attachment fills.
pub const FILLED: &[Member] = &[derived("TransitGatewayRouteTableId", ID), derived("State", TEXT)];

/// What AssociateTransitGatewayRouteTable answers.
pub const MADE_ASSOCIATION: &[Member] = &[
    derived("TransitGatewayRouteTableId", ID),
    derived("TransitGatewayAttachmentId", ID),
    derived("ResourceId", ID),
    derived("ResourceType", TEXT),
    derived("State", TEXT),
];

/// What EnableTransitGatewayRouteTablePropagation answers.
pub const MADE_PROPAGATION: &[Member] = &[
    derived("TransitGatewayAttachmentId", ID),
    derived("ResourceId", ID),
    derived("ResourceType", TEXT),
    derived("TransitGatewayRouteTableId", ID),
    derived("State", TEXT),
];

/// The filters of DescribeTransitGateways.
pub const GATEWAY_FILTERS: &str = "tag transit-gateway-id owner-id state options.amazon-side-asn options.auto-accept-shared-attachments \
    options.default-route-table-association options.association-default-route-table-id options.default-route-table-propagation \
    options.propagation-default-route-table-id options.vpn-ecmp-support options.dns-support";
/// The filters of DescribeTransitGatewayVpcAttachments.
pub const VPC_ATTACHMENT_FILTERS: &str = "tag transit-gateway-attachment-id transit-gateway-id vpc-id state";
/// The filters of DescribeTransitGatewayAttachments.
pub const ATTACHMENT_FILTERS: &str = "tag transit-gateway-attachment-id transit-gateway-id transit-gateway-owner-id resource-id \
    resource-owner-id resource-type state association.state association.transit-gateway-route-table-id";
/// The filters of DescribeTransitGatewayRouteTables.
pub const TABLE_FILTERS: &str = "tag transit-gateway-route-table-id transit-gateway-id state default-association-route-table \
    default-propagation-route-table";
/// The filters of SearchTransitGatewayRoutes that look at members.
pub const ROUTE_FILTERS: &str = "attachment.transit-gateway-attachment-id=TransitGatewayAttachments.TransitGatewayAttachmentId \
    attachment.resource-id=TransitGatewayAttachments.ResourceId attachment.resource-type=TransitGatewayAttachments.ResourceType \
    state type !prefix-list-id";
/// The filters of GetTransitGatewayRouteTableAssociations and GetTransitGatewayRouteTablePropagations.
pub const TIED_FILTERS: &str = "resource-id resource-type transit-gateway-attachment-id";
/// The filters of GetTransitGatewayAttachmentPropagations.
pub const FILLED_FILTERS: &str = "transit-gateway-route-table-id";

const fn word(on: bool) -> &'static str {
    if on { "enable" } else { "disable" }
}

impl Writer<'_> {
    /// The state as AWS shows it; a change that was just asked for is under way.
    fn transit_state(&self, state: TransitState) -> &'static str {
        if self.form == Form::Begun && state == TransitState::Available { "modifying" } else { state.as_str() }
    }

    pub(in crate::aws) fn transit_gateway(&self, gateway: &TransitGateway) -> Json {
        let options = Object::new()
            .with("AmazonSideAsn", gateway.amazon_side_asn)
            .with("AutoAcceptSharedAttachments", word(gateway.auto_accept))
            .with("DefaultRouteTableAssociation", word(gateway.association_table.is_some()))
            .maybe_text("AssociationDefaultRouteTableId", gateway.association_table)
            .with("DefaultRouteTablePropagation", word(gateway.propagation_table.is_some()))
            .maybe_text("PropagationDefaultRouteTableId", gateway.propagation_table)
            .with("VpnEcmpSupport", word(gateway.vpn_ecmp))
            .with("DnsSupport", word(gateway.dns_support))
            .with("SecurityGroupReferencingSupport", word(false))
            .with("MulticastSupport", word(false));
        self.object()
            .text("TransitGatewayId", gateway.id)
            .with("TransitGatewayArn", self.arn("transit-gateway", gateway.id))
            .with("State", self.transit_state(gateway.state))
            .with("OwnerId", self.owner())
            .with("Description", gateway.description.as_str())
            .with("CreationTime", self.epoch.print(gateway.created))
            .with("Options", options)
            .tags("Tags", &gateway.tags)
            .into()
    }

    pub(in crate::aws) fn transit_vpc_attachment(&self, attachment: &TransitAttachment) -> Json {
        let on = attachment.options;
        let options = Object::new()
            .with("DnsSupport", word(on.dns_support))
            .with("SecurityGroupReferencingSupport", word(on.group_references))
            .with("Ipv6Support", word(on.ipv6))
            .with("ApplianceModeSupport", word(on.appliance_mode));
        let subnets = self.network.transit_subnets(attachment).map(|subnet| subnet.to_string().into());
        let table = attachment.table.map(association).filter(|_| self.form == Form::Document);
        self.object()
            .text("TransitGatewayAttachmentId", attachment.id)
            .text("TransitGatewayId", attachment.gateway)
            .text("VpcId", attachment.vpc)
            .with("VpcOwnerId", self.owner())
            .with("State", self.transit_state(attachment.state))
            .list("SubnetIds", subnets)
            .with("CreationTime", self.epoch.print(attachment.created))
            .with("Options", options)
            .tags("Tags", &attachment.tags)
            .maybe("Association", table)
            .into()
    }

    pub(in crate::aws) fn transit_attachment(&self, attachment: &TransitAttachment) -> Json {
        self.object()
            .text("TransitGatewayAttachmentId", attachment.id)
            .text("TransitGatewayId", attachment.gateway)
            .with("TransitGatewayOwnerId", self.owner())
            .with("ResourceOwnerId", self.owner())
            .with("ResourceType", "vpc")
            .text("ResourceId", attachment.vpc)
            .with("State", attachment.state.as_str())
            .maybe("Association", attachment.table.map(association))
            .with("CreationTime", self.epoch.print(attachment.created))
            .tags("Tags", &attachment.tags)
            .into()
    }

    pub(in crate::aws) fn transit_table(&self, table: &TransitTable) -> Json {
        let gateway = self.network.transit_gateway(table.gateway);
        let is = |default: Option<TransitTableId>| default == Some(table.id);
        let propagations = table.propagations.iter().map(|id| Object::new().text("TransitGatewayAttachmentId", id).into());
        let route = |(block, to): (&IpNet, &Option<TransitAttachmentId>)| {
            Object::new().text("DestinationCidrBlock", block).maybe_text("TransitGatewayAttachmentId", *to).into()
        };
        self.object()
            .text("TransitGatewayRouteTableId", table.id)
            .text("TransitGatewayId", table.gateway)
            .with("State", table.state.as_str())
            .with("DefaultAssociationRouteTable", is(gateway.and_then(|gateway| gateway.association_table)))
            .with("DefaultPropagationRouteTable", is(gateway.and_then(|gateway| gateway.propagation_table)))
            .with("CreationTime", self.epoch.print(table.created))
            .tags("Tags", &table.tags)
            .maybe("Propagations", self.attribute(()).map(|()| Json::list(propagations)))
            .maybe("Routes", self.attribute(()).map(|()| Json::list(table.routes.iter().map(route))))
            .into()
    }

    /// A route as replies show it; `deleted` says that it was.
    pub(in crate::aws) fn transit_route(&self, route: &TransitRoute, deleted: bool) -> Json {
        let to = route.to.and_then(|id| self.network.transit_attachment(id));
        let works = to.is_some_and(|to| to.state == TransitState::Available);
        let attachment = |to: &TransitAttachment| {
            let object = Object::new().text("ResourceId", to.vpc).text("TransitGatewayAttachmentId", to.id);
            object.with("ResourceType", "vpc").into()
        };
        let attachments = to.map(|to| Json::list([attachment(to)]));
        Object::new()
            .text("DestinationCidrBlock", route.destination)
            .maybe("TransitGatewayAttachments", attachments)
            .with("Type", if route.propagated { "propagated" } else { "static" })
            .with(
                "State",
                if deleted {
                    "deleted"
                } else if works {
                    "active"
                } else {
                    "blackhole"
                },
            )
            .into()
    }

    /// An attachment as the calls on tables show it.
    fn tied(&self, attachment: &TransitAttachment, state: &str) -> Json {
        let object = Object::new().text("TransitGatewayAttachmentId", attachment.id).text("ResourceId", attachment.vpc);
        object.with("ResourceType", "vpc").with("State", state).into()
    }

    /// The table that a call names first.
    fn table_named(&self, ids: &[String]) -> Result<&TransitTable, ApiError> {
        let id = ids.first().map_or("", String::as_str);
        id.parse().ok().and_then(|id| self.network.transit_table(id)).ok_or_else(|| ApiError::not_found("tgw-rtb", id))
    }

    /// The routes that SearchTransitGatewayRoutes finds: behind the table's id stand searches by address or block.
    pub(in crate::aws) fn transit_routes(&self, ids: &[String]) -> Result<Vec<Json>, ApiError> {
        let table = self.table_named(ids)?;
        let searches: Vec<(&str, IpNet)> = ids
            .iter()
            .skip(1)
            .filter_map(|text| text.split_once(' '))
            .filter_map(|(how, block)| Some((how, block.parse().ok()?)))
            .collect();
        let mut routes: Vec<TransitRoute> = table.all_routes(self.network).collect();
        eni_core::order::sort(&mut routes);
        let best = |block: &IpNet| {
            routes.iter().filter(|route| route.destination.contains(block)).map(|route| route.destination.prefix_len()).max()
        };
        let fits = |route: &&TransitRoute| {
            searches.iter().all(|(how, block)| match *how {
                "exact-match" => route.destination == *block,
                "subnet-of-match" => block.contains(&route.destination),
                "longest-prefix-match" => route.destination.contains(block) && best(block) == Some(route.destination.prefix_len()),
                _ => route.destination.contains(block),
            })
        };
        Ok(routes.iter().filter(fits).map(|route| self.transit_route(route, false)).collect())
    }

    /// The attachments that use a table.
    pub(in crate::aws) fn transit_associations(&self, ids: &[String]) -> Result<Vec<Json>, ApiError> {
        let table = self.table_named(ids)?.id;
        let uses = self.network.transit_attachments().filter(|attachment| attachment.table == Some(table));
        Ok(uses.map(|attachment| self.tied(attachment, "associated")).collect())
    }

    /// The attachments that fill a table.
    pub(in crate::aws) fn transit_propagations(&self, ids: &[String]) -> Result<Vec<Json>, ApiError> {
        let fills = self.table_named(ids)?.propagations.iter().filter_map(|id| self.network.transit_attachment(*id));
        Ok(fills.map(|attachment| self.tied(attachment, "enabled")).collect())
    }

    /// The tables that an attachment fills.
    pub(in crate::aws) fn transit_filled(&self, ids: &[String]) -> Result<Vec<Json>, ApiError> {
        let id = ids.first().map_or("", String::as_str);
        let attachment = id.parse().ok().and_then(|id| self.network.transit_attachment(id));
        let attachment = attachment.ok_or_else(|| ApiError::not_found("tgw-attach", id))?.id;
        let filled = self.network.transit_tables().filter(|table| table.propagations.contains(&attachment));
        Ok(filled.map(|table| Object::new().text("TransitGatewayRouteTableId", table.id).with("State", "enabled").into()).collect())
    }

    /// What the calls that tie an attachment to a table answer.
    pub(in crate::aws) fn transit_tie(&self, table: TransitTableId, id: TransitAttachmentId, state: &str) -> Object {
        let vpc = self.network.transit_attachment(id).map(|attachment| attachment.vpc);
        let object = Object::new().text("TransitGatewayRouteTableId", table).text("TransitGatewayAttachmentId", id);
        object.maybe_text("ResourceId", vpc).with("ResourceType", "vpc").with("State", state)
    }
}

fn association(table: TransitTableId) -> Object {
    Object::new().text("TransitGatewayRouteTableId", table).with("State", "associated")
}
