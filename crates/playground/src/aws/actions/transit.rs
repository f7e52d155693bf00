//! Transit gateways, their attachments to VPCs, and their route tables.

use super::read::{FILTERS, TOKEN, ids, list, most, of_one, page};
use super::{Action, Request, command};
use crate::aws::error::ApiError;
use crate::aws::filter;
use crate::aws::input::Parameters;
use crate::aws::kind::Kind;
use crate::aws::member::{DRY_RUN, Member, TAG_SPECIFICATIONS, Wire, optional, required};
use crate::aws::shape::TRANSIT_ROUTE_FILTERS;
use eni_core::addr::IpNet;
use eni_core::control::command::{
    Command, NewTransitAttachment, NewTransitGateway, TransitAct, TransitAttachmentChange, TransitGatewayChange,
};
use eni_core::id::TransitTableId;
use eni_core::model::transit::{TransitGateway, TransitOptions};

const SWITCH: Wire = Wire::Words(&["enable", "disable"]);
/// The numbers that a transit gateway may have.
const ASN: Wire = Wire::Between(64_512, 4_294_967_294);
const GATEWAY: Member = required("TransitGatewayId", Wire::Id("tgw"), "the transit gateway");
const ATTACHMENT: Member = required("TransitGatewayAttachmentId", Wire::Id("tgw-attach"), "the attachment");
const TABLE: Member = required("TransitGatewayRouteTableId", Wire::Id("tgw-rtb"), "the route table of the transit gateway");
const BLOCK: Member = required("DestinationCidrBlock", Wire::Text, "the block");
const SUBNETS: Wire = Wire::List(&Wire::Id("subnet"));
const DESCRIPTION: Member = optional("Description", Wire::Text, "what it is for");
const BLOCKS: Wire = Wire::List(&Wire::Text);

const GATEWAY_OPTIONS: &[Member] = &[
    optional("AmazonSideAsn", ASN, "its number; 64512 if absent"),
    optional("AutoAcceptSharedAttachments", SWITCH, "kept; here there is one account"),
    optional("DefaultRouteTableAssociation", SWITCH, "whether new attachments use its default table"),
    optional("DefaultRouteTablePropagation", SWITCH, "whether they propagate to it"),
    optional("VpnEcmpSupport", SWITCH, "kept; no VPN connection ends at it here"),
    optional("DnsSupport", SWITCH, "kept; not played"),
    optional("SecurityGroupReferencingSupport", SWITCH, "disable; groups are not known across it here"),
    optional("MulticastSupport", SWITCH, "disable; not modelled"),
    optional("TransitGatewayCidrBlocks", BLOCKS, "not modelled"),
];
const GATEWAY_CHANGE: &[Member] = &[
    optional("AddTransitGatewayCidrBlocks", BLOCKS, "not modelled"),
    optional("RemoveTransitGatewayCidrBlocks", BLOCKS, "not modelled"),
    optional("VpnEcmpSupport", SWITCH, "kept; no VPN connection ends at it here"),
    optional("DnsSupport", SWITCH, "kept; not played"),
    optional("SecurityGroupReferencingSupport", SWITCH, "disable; groups are not known across it here"),
    optional("AutoAcceptSharedAttachments", SWITCH, "kept; here there is one account"),
    optional("DefaultRouteTableAssociation", SWITCH, "whether new attachments use its default table"),
    optional("AssociationDefaultRouteTableId", Wire::Id("tgw-rtb"), "that table"),
    optional("DefaultRouteTablePropagation", SWITCH, "whether they propagate to a table"),
    optional("PropagationDefaultRouteTableId", Wire::Id("tgw-rtb"), "that table"),
    optional("AmazonSideAsn", ASN, "its number"),
];
const ATTACHMENT_OPTIONS: &[Member] = &[
    optional("DnsSupport", SWITCH, "kept; not played"),
    optional("SecurityGroupReferencingSupport", SWITCH, "kept; groups are not known across it here"),
    optional("Ipv6Support", SWITCH, "whether IPv6 blocks of its VPC propagate"),
    optional("ApplianceModeSupport", SWITCH, "whether both directions of a flow enter by one zone"),
];

/// What is read of an attachment or a gateway, by their ids.
macro_rules! listed {
    ($name:literal, $help:literal, $kind:ident, $ids:literal, $prefix:literal) => {
        Action {
            name: $name,
            help: $help,
            members: &[ids($ids, &Wire::Id($prefix)), FILTERS, most(1000), TOKEN, DRY_RUN],
            build: |p| list(p, Kind::$kind, &[$ids]),
        }
    };
}

/// What is read of one table or attachment.
macro_rules! of_one {
    ($name:literal, $help:literal, $kind:ident, $one:ident, $id:literal) => {
        Action { name: $name, help: $help, members: &[$one, FILTERS, most(1000), TOKEN, DRY_RUN], build: |p| of_one(p, Kind::$kind, $id) }
    };
}

pub(super) const ACTIONS: &[Action] = &[
    Action {
        name: "CreateTransitGateway",
        help: "makes a transit gateway, a router between VPCs",
        members: &[DESCRIPTION, optional("Options", Wire::Struct(GATEWAY_OPTIONS), "its settings"), TAG_SPECIFICATIONS, DRY_RUN],
        build: create,
    },
    Action {
        name: "ModifyTransitGateway",
        help: "changes a transit gateway",
        members: &[GATEWAY, DESCRIPTION, optional("Options", Wire::Struct(GATEWAY_CHANGE), "its settings"), DRY_RUN],
        build: modify,
    },
    Action {
        name: "DeleteTransitGateway",
        help: "deletes a transit gateway that nothing is attached to",
        members: &[GATEWAY, DRY_RUN],
        build: |p| transit(TransitAct::DeleteGateway(p.id("TransitGatewayId")?)),
    },
    Action {
        name: "CreateTransitGatewayVpcAttachment",
        help: "attaches a VPC to a transit gateway, with a network interface in a subnet of each zone that is to use it",
        members: &[
            GATEWAY,
            required("VpcId", Wire::Id("vpc"), "the VPC"),
            required("SubnetIds", SUBNETS, "one subnet for each zone"),
            optional("Options", Wire::Struct(ATTACHMENT_OPTIONS), "its settings"),
            TAG_SPECIFICATIONS,
            DRY_RUN,
        ],
        build: attach,
    },
    Action {
        name: "ModifyTransitGatewayVpcAttachment",
        help: "changes the subnets or settings of an attachment",
        members: &[
            ATTACHMENT,
            optional("AddSubnetIds", SUBNETS, "subnets of further zones"),
            optional("RemoveSubnetIds", SUBNETS, "subnets that it leaves"),
            optional("Options", Wire::Struct(ATTACHMENT_OPTIONS), "its settings"),
            DRY_RUN,
        ],
        build: |p| {
            let options = p.object("Options");
            let wish = |name: &str| options.and_then(|options| switch(&options, name));
            let change = TransitAttachmentChange {
                add: p.ids("AddSubnetIds")?,
                remove: p.ids("RemoveSubnetIds")?,
                dns_support: wish("DnsSupport"),
                group_references: wish("SecurityGroupReferencingSupport"),
                ipv6: wish("Ipv6Support"),
                appliance_mode: wish("ApplianceModeSupport"),
            };
            transit(TransitAct::ModifyAttachment(p.id("TransitGatewayAttachmentId")?, change))
        },
    },
    Action {
        name: "DeleteTransitGatewayVpcAttachment",
        help: "detaches a VPC from a transit gateway",
        members: &[ATTACHMENT, DRY_RUN],
        build: |p| transit(TransitAct::DeleteAttachment(p.id("TransitGatewayAttachmentId")?)),
    },
    Action {
        name: "CreateTransitGatewayRouteTable",
        help: "makes a route table of a transit gateway",
        members: &[GATEWAY, TAG_SPECIFICATIONS, DRY_RUN],
        build: |p| {
            let tags = p.tags_for("transit-gateway-route-table", &["transit-gateway-route-table"])?;
            transit(TransitAct::CreateTable(p.id("TransitGatewayId")?, tags))
        },
    },
    Action {
        name: "DeleteTransitGatewayRouteTable",
        help: "deletes a route table of a transit gateway that no attachment uses",
        members: &[TABLE, DRY_RUN],
        build: |p| transit(TransitAct::DeleteTable(p.id("TransitGatewayRouteTableId")?)),
    },
    Action {
        name: "AssociateTransitGatewayRouteTable",
        help: "lets a transit gateway route what comes by an attachment by this table",
        members: &[TABLE, ATTACHMENT, DRY_RUN],
        build: |p| associate(p, true),
    },
    Action {
        name: "DisassociateTransitGatewayRouteTable",
        help: "takes a route table away from an attachment",
        members: &[TABLE, ATTACHMENT, DRY_RUN],
        build: |p| associate(p, false),
    },
    Action {
        name: "EnableTransitGatewayRouteTablePropagation",
        help: "puts the blocks of an attached VPC into a route table of the transit gateway",
        members: &[TABLE, optional("TransitGatewayAttachmentId", Wire::Id("tgw-attach"), "the attachment"), DRY_RUN],
        build: |p| propagate(p, true),
    },
    Action {
        name: "DisableTransitGatewayRouteTablePropagation",
        help: "takes the blocks of an attached VPC out of a route table of the transit gateway",
        members: &[TABLE, optional("TransitGatewayAttachmentId", Wire::Id("tgw-attach"), "the attachment"), DRY_RUN],
        build: |p| propagate(p, false),
    },
    Action {
        name: "CreateTransitGatewayRoute",
        help: "writes a static route into a route table of a transit gateway",
        members: ROUTE,
        build: |p| route(p, false),
    },
    Action {
        name: "ReplaceTransitGatewayRoute",
        help: "lets a static route of a transit gateway lead elsewhere",
        members: ROUTE,
        build: |p| route(p, true),
    },
    Action {
        name: "DeleteTransitGatewayRoute",
        help: "deletes a static route of a transit gateway",
        members: &[TABLE, BLOCK, DRY_RUN],
        build: |p| transit(TransitAct::DeleteRoute(p.id("TransitGatewayRouteTableId")?, block(p)?)),
    },
    listed!("DescribeTransitGateways", "shows transit gateways", TransitGateways, "TransitGatewayIds", "tgw"),
    listed!(
        "DescribeTransitGatewayVpcAttachments",
        "shows attachments of VPCs to transit gateways",
        TransitGatewayVpcAttachments,
        "TransitGatewayAttachmentIds",
        "tgw-attach"
    ),
    listed!(
        "DescribeTransitGatewayAttachments",
        "shows attachments to transit gateways, with the route tables that they use",
        TransitGatewayAttachments,
        "TransitGatewayAttachmentIds",
        "tgw-attach"
    ),
    listed!(
        "DescribeTransitGatewayRouteTables",
        "shows route tables of transit gateways",
        TransitGatewayRouteTables,
        "TransitGatewayRouteTableIds",
        "tgw-rtb"
    ),
    Action {
        name: "SearchTransitGatewayRoutes",
        help: "shows routes of a route table of a transit gateway",
        members: &[TABLE, required("Filters", super::read::FILTER, "only what fits all of these"), most(1000), TOKEN, DRY_RUN],
        build: search,
    },
    of_one!(
        "GetTransitGatewayRouteTableAssociations",
        "shows the attachments that use a route table of a transit gateway",
        TransitGatewayRouteTableAssociations,
        TABLE,
        "TransitGatewayRouteTableId"
    ),
    of_one!(
        "GetTransitGatewayRouteTablePropagations",
        "shows the attachments that fill a route table of a transit gateway",
        TransitGatewayRouteTablePropagations,
        TABLE,
        "TransitGatewayRouteTableId"
    ),
    of_one!(
        "GetTransitGatewayAttachmentPropagations",
        "shows the route tables that an attachment fills",
        TransitGatewayAttachmentPropagations,
        ATTACHMENT,
        "TransitGatewayAttachmentId"
    ),
];

const ROUTE: &[Member] = &[
    BLOCK,
    TABLE,
    optional("TransitGatewayAttachmentId", Wire::Id("tgw-attach"), "where it leads"),
    optional("Blackhole", Wire::Boolean, "that it leads nowhere"),
    DRY_RUN,
];

fn transit(of: TransitAct) -> Result<Request, ApiError> {
    command(Command::Transit(Box::new(of)))
}

/// `enable` or `disable`.
fn switch(options: &Parameters<'_>, name: &str) -> Option<bool> {
    options.text(name).map(|word| word == "enable")
}

/// What the playground does not play of a gateway's settings.
fn not_modelled(options: Option<&Parameters<'_>>) -> Result<(), ApiError> {
    let Some(options) = options else { return Ok(()) };
    let refused = |what: &str| Err(ApiError::new("UnsupportedOperation", format!("The playground's transit gateways have no {what}.")));
    if switch(options, "MulticastSupport") == Some(true) {
        return refused("multicast: leave MulticastSupport out, or set it to disable");
    }
    if switch(options, "SecurityGroupReferencingSupport") == Some(true) {
        return refused("references to security groups of other VPCs: leave SecurityGroupReferencingSupport out, or set it to disable");
    }
    if ["TransitGatewayCidrBlocks", "AddTransitGatewayCidrBlocks", "RemoveTransitGatewayCidrBlocks"].iter().any(|name| options.has(name)) {
        return refused("blocks of their own: leave them out");
    }
    Ok(())
}

fn create(p: &Parameters<'_>) -> Result<Request, ApiError> {
    let options = p.object("Options");
    not_modelled(options.as_ref())?;
    let on = |name: &str, usual: bool| options.and_then(|options| switch(&options, name)).unwrap_or(usual);
    transit(TransitAct::CreateGateway(NewTransitGateway {
        description: p.text_or_empty("Description"),
        amazon_side_asn: options.and_then(|options| options.whole("AmazonSideAsn")).unwrap_or(TransitGateway::USUAL_ASN),
        auto_accept: on("AutoAcceptSharedAttachments", false),
        vpn_ecmp: on("VpnEcmpSupport", true),
        dns_support: on("DnsSupport", true),
        association: on("DefaultRouteTableAssociation", true),
        propagation: on("DefaultRouteTablePropagation", true),
        tags: p.tags_for("transit-gateway", &["transit-gateway"])?,
    }))
}

fn modify(p: &Parameters<'_>) -> Result<Request, ApiError> {
    let options = p.object("Options");
    not_modelled(options.as_ref())?;
    let wish = |name: &str| options.and_then(|options| switch(&options, name));
    let change = TransitGatewayChange {
        description: p.text("Description").map(str::to_owned),
        amazon_side_asn: options.and_then(|options| options.whole("AmazonSideAsn")),
        auto_accept: wish("AutoAcceptSharedAttachments"),
        vpn_ecmp: wish("VpnEcmpSupport"),
        dns_support: wish("DnsSupport"),
        association: default_table(options.as_ref(), "DefaultRouteTableAssociation", "AssociationDefaultRouteTableId")?,
        propagation: default_table(options.as_ref(), "DefaultRouteTablePropagation", "PropagationDefaultRouteTableId")?,
    };
    transit(TransitAct::ModifyGateway(p.id("TransitGatewayId")?, change))
}

/// A default table: the one that is named, or none; it takes its name to turn it on.
fn default_table(options: Option<&Parameters<'_>>, word: &str, table: &str) -> Result<Option<Option<TransitTableId>>, ApiError> {
    let Some(options) = options else { return Ok(None) };
    match (switch(options, word), options.maybe_id(table)?) {
        (Some(false), _) => Ok(Some(None)),
        (_, Some(table)) => Ok(Some(Some(table))),
        (Some(true), None) => Err(ApiError::missing(table)),
        (None, None) => Ok(None),
    }
}

fn attach(p: &Parameters<'_>) -> Result<Request, ApiError> {
    let (options, usual) = (p.object("Options"), TransitOptions::default());
    let on = |name: &str, usual: bool| options.and_then(|options| switch(&options, name)).unwrap_or(usual);
    transit(TransitAct::CreateAttachment(NewTransitAttachment {
        gateway: p.id("TransitGatewayId")?,
        vpc: p.id("VpcId")?,
        subnets: p.ids("SubnetIds")?,
        options: TransitOptions {
            dns_support: on("DnsSupport", usual.dns_support),
            group_references: on("SecurityGroupReferencingSupport", usual.group_references),
            ipv6: on("Ipv6Support", usual.ipv6),
            appliance_mode: on("ApplianceModeSupport", usual.appliance_mode),
        },
        tags: p.tags_for("transit-gateway-attachment", &["transit-gateway-attachment"])?,
    }))
}

fn associate(p: &Parameters<'_>, on: bool) -> Result<Request, ApiError> {
    transit(TransitAct::Associate(p.id("TransitGatewayRouteTableId")?, p.id("TransitGatewayAttachmentId")?, on))
}

fn propagate(p: &Parameters<'_>, on: bool) -> Result<Request, ApiError> {
    let attachment = p.maybe_id("TransitGatewayAttachmentId")?.ok_or_else(|| ApiError::missing("TransitGatewayAttachmentId"))?;
    transit(TransitAct::Propagate(p.id("TransitGatewayRouteTableId")?, attachment, on))
}

/// A block of either family.
fn read_block(text: &str) -> Option<IpNet> {
    text.parse::<IpNet>().ok().map(|block| block.trunc())
}

fn block(p: &Parameters<'_>) -> Result<IpNet, ApiError> {
    let text = p.text_or_empty("DestinationCidrBlock");
    read_block(&text).ok_or_else(|| ApiError::invalid("DestinationCidrBlock", &text, "This is not a valid CIDR block."))
}

fn route(p: &Parameters<'_>, replace: bool) -> Result<Request, ApiError> {
    transit(TransitAct::SetRoute {
        table: p.id("TransitGatewayRouteTableId")?,
        destination: block(p)?,
        to: p.maybe_id("TransitGatewayAttachmentId")?,
        blackhole: p.flag("Blackhole").unwrap_or(false),
        replace,
    })
}

/// Filters that look for routes by an address or a block are no members of a route: they go on as they are, behind the table.
fn search(p: &Parameters<'_>) -> Result<Request, ApiError> {
    let mut ids = vec![p.text_or_empty("TransitGatewayRouteTableId")];
    let mut plain = Vec::new();
    for one in p.objects("Filters") {
        let name = one.text_or_empty("Name");
        let Some(search) = name.strip_prefix("route-search.") else {
            plain.push(one);
            continue;
        };
        if !["exact-match", "longest-prefix-match", "subnet-of-match", "supernet-of-match"].contains(&search) {
            return Err(ApiError::new("InvalidParameterValue", format!("The filter '{name}' is invalid")));
        }
        for text in one.texts("Values") {
            let whole = if text.contains('/') { text.to_owned() } else { format!("{text}/{}", if text.contains(':') { 128 } else { 32 }) };
            let block = read_block(&whole).ok_or_else(|| ApiError::invalid(&name, text, "This is not a valid CIDR block."))?;
            ids.push(format!("{search} {block}"));
        }
    }
    page(p, Kind::TransitGatewayRoutes, ids, filter::read(TRANSIT_ROUTE_FILTERS, plain.into_iter())?)
}
