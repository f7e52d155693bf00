//! Transit gateways of a script: each with its attachments, and its tables with what uses and fills them. They stand behind all other ENIs, because
//! the ENIs of attachments take the addresses that are free then.
//!
//! A new gateway is asked for with a default table where the old one has one, and each attachment begins as AWS makes it; what is otherwise in the old
//! region is said afterwards.

use super::plan::{Plan, name_of, tagged};
use super::said;
use crate::aws::object::Object;
use eni_core::addr::IpNet;
use eni_core::id::{SubnetId, TransitAttachmentId, TransitTableId};
use eni_core::model::transit::{TransitAttachment, TransitGateway, TransitOptions, TransitState, TransitTable};
use serde_json::Value;

const fn word(on: bool) -> &'static str {
    if on { "enable" } else { "disable" }
}

/// All of them, before the routes that lead to them.
pub(super) fn all(plan: &mut Plan<'_>) {
    let network = plan.network;
    let gateways: Vec<&TransitGateway> = network.transit_gateways().filter(|gateway| gateway.state == TransitState::Available).collect();
    if gateways.is_empty() {
        return;
    }
    plan.heading("Transit gateways");
    gateways.iter().for_each(|gateway| make(plan, gateway));
    plan.pause(said::UNTIL_TRANSIT);
    let tables: Vec<&TransitTable> = network.transit_tables().filter(|table| table.state == TransitState::Available).collect();
    for table in &tables {
        match network.transit_gateway(table.gateway).filter(|gateway| default_of(gateway) == Some(table.id)) {
            Some(gateway) => found(plan, gateway, table),
            None => {
                let object = Object::new().text("TransitGatewayId", table.gateway);
                let object = tagged(object, &[("transit-gateway-route-table", &table.tags)]);
                let path = "TransitGatewayRouteTable.TransitGatewayRouteTableId";
                plan.make(&table.id.to_string(), ("TGW_TABLE", name_of(&table.tags)), "CreateTransitGatewayRouteTable", object, path);
            }
        }
    }
    let attachments: Vec<&TransitAttachment> = network.transit_attachments().filter(|one| one.state == TransitState::Available).collect();
    attachments.iter().for_each(|attachment| attach(plan, attachment));
    plan.pause(said::UNTIL_TRANSIT);
    attachments.iter().for_each(|attachment| enis(plan, attachment));
    attachments.iter().for_each(|attachment| uses(plan, attachment));
    tables.iter().for_each(|table| fill(plan, table, &attachments));
}

/// The table that a gateway was made with: of two default ones, the one that is used.
fn default_of(gateway: &TransitGateway) -> Option<TransitTableId> {
    gateway.association_table.or(gateway.propagation_table)
}

fn make(plan: &mut Plan<'_>, gateway: &TransitGateway) {
    let options = Object::new()
        .with("AmazonSideAsn", gateway.amazon_side_asn)
        .with("AutoAcceptSharedAttachments", word(gateway.auto_accept))
        .with("DefaultRouteTableAssociation", word(gateway.association_table.is_some()))
        .with("DefaultRouteTablePropagation", word(gateway.propagation_table.is_some()))
        .with("VpnEcmpSupport", word(gateway.vpn_ecmp))
        .with("DnsSupport", word(gateway.dns_support));
    let object = Object::new().filled("Description", &gateway.description).with("Options", options);
    let object = tagged(object, &[("transit-gateway", &gateway.tags)]);
    let name = ("TGW", name_of(&gateway.tags));
    plan.make(&gateway.id.to_string(), name, "CreateTransitGateway", object, "TransitGateway.TransitGatewayId");
}

/// The table that came with a gateway.
fn found(plan: &mut Plan<'_>, gateway: &TransitGateway, table: &TransitTable) {
    let (id, gateway) = (table.id.to_string(), gateway.id.to_string());
    let query = super::plan::Query::Path("TransitGatewayRouteTables[0].TransitGatewayRouteTableId");
    let filters = [("transit-gateway-id", gateway.as_str())];
    plan.find(&id, ("TGW_TABLE", name_of(&table.tags)), "DescribeTransitGatewayRouteTables", &filters, query);
    plan.tags(&table.id, &table.tags);
}

fn attach(plan: &mut Plan<'_>, attachment: &TransitAttachment) {
    let subnets: Vec<SubnetId> = plan.network.transit_subnets(attachment).collect();
    let (on, usual) = (attachment.options, TransitOptions::default());
    let other = |name: &str, on: bool, usual: bool, object: Object| if on == usual { object } else { object.with(name, word(on)) };
    let options = other("DnsSupport", on.dns_support, usual.dns_support, Object::new());
    let options = other("SecurityGroupReferencingSupport", on.group_references, usual.group_references, options);
    let options = other("Ipv6Support", on.ipv6, usual.ipv6, options);
    let options = other("ApplianceModeSupport", on.appliance_mode, usual.appliance_mode, options).map();
    let object = Object::new().text("TransitGatewayId", attachment.gateway).text("VpcId", attachment.vpc).texts("SubnetIds", &subnets);
    let object = object.maybe("Options", (!options.is_empty()).then_some(Value::Object(options)));
    let object = tagged(object, &[("transit-gateway-attachment", &attachment.tags)]);
    let path = "TransitGatewayVpcAttachment.TransitGatewayAttachmentId";
    let name = ("TGW_ATTACHMENT", name_of(&attachment.tags));
    plan.make(&attachment.id.to_string(), name, "CreateTransitGatewayVpcAttachment", object, path);
}

/// The ENIs that came with an attachment.
fn enis(plan: &mut Plan<'_>, attachment: &TransitAttachment) {
    let network = plan.network;
    for eni in attachment.enis.iter().filter_map(|id| network.eni(*id)) {
        let subnet = eni.subnet.to_string();
        let filters = [("subnet-id", subnet.as_str()), ("interface-type", "transit_gateway")];
        let query = super::plan::Query::Path("NetworkInterfaces[0].NetworkInterfaceId");
        plan.find(&eni.id.to_string(), ("TGW_ENI", name_of(&attachment.tags)), "DescribeNetworkInterfaces", &filters, query);
        plan.tags(&eni.id, &eni.tags);
    }
}

fn pair(table: TransitTableId, attachment: TransitAttachmentId) -> Object {
    Object::new().text("TransitGatewayRouteTableId", table).text("TransitGatewayAttachmentId", attachment)
}

/// The table that an attachment uses, where it is not the one that it began with.
fn uses(plan: &mut Plan<'_>, attachment: &TransitAttachment) {
    let began = plan.network.transit_gateway(attachment.gateway).and_then(|gateway| gateway.association_table.and(default_of(gateway)));
    if began == attachment.table {
        return;
    }
    if let Some(began) = began {
        plan.call("DisassociateTransitGatewayRouteTable", pair(began, attachment.id));
    }
    if let Some(table) = attachment.table {
        plan.call("AssociateTransitGatewayRouteTable", pair(table, attachment.id));
    }
}

/// What fills a table, where it is not what filled it from the beginning, and its routes.
fn fill(plan: &mut Plan<'_>, table: &TransitTable, attachments: &[&TransitAttachment]) {
    let gateway = plan.network.transit_gateway(table.gateway);
    let began = gateway.is_some_and(|gateway| gateway.propagation_table.and(default_of(gateway)) == Some(table.id));
    for attachment in attachments.iter().filter(|attachment| attachment.gateway == table.gateway) {
        match (began, table.propagations.contains(&attachment.id)) {
            (false, true) => plan.call("EnableTransitGatewayRouteTablePropagation", pair(table.id, attachment.id)),
            (true, false) => plan.call("DisableTransitGatewayRouteTablePropagation", pair(table.id, attachment.id)),
            _ => {}
        }
    }
    let route = |(block, to): (&IpNet, &Option<TransitAttachmentId>)| {
        let object = Object::new().text("TransitGatewayRouteTableId", table.id).text("DestinationCidrBlock", block);
        object.maybe_text("TransitGatewayAttachmentId", *to).maybe("Blackhole", to.is_none().then_some(true))
    };
    table.routes.iter().for_each(|one| plan.call("CreateTransitGatewayRoute", route(one)));
}
