//! The calls about transit gateways.

use super::{Call, tagged};
use crate::aws::object::Object;
use eni_core::control::command::{Command, NewTransitGateway, TransitAct, TransitAttachmentChange, TransitGatewayChange};
use eni_core::id::{TransitAttachmentId, TransitGatewayId, TransitTableId};
use eni_core::model::transit::{TransitGateway, TransitOptions};
use serde_json::Value;

/// The call of such a command.
pub(super) fn call(command: &Command) -> Option<Call> {
    let Command::Transit(command) = command else { return None };
    let of = |id: &TransitGatewayId| Object::new().text("TransitGatewayId", id);
    let on = |id: &TransitAttachmentId| Object::new().text("TransitGatewayAttachmentId", id);
    let table = |id: &TransitTableId| Object::new().text("TransitGatewayRouteTableId", id);
    Some(match &**command {
        TransitAct::CreateGateway(new) => ("CreateTransitGateway", gateway(new)),
        TransitAct::ModifyGateway(id, change) => ("ModifyTransitGateway", changed(of(id), change)),
        TransitAct::DeleteGateway(id) => ("DeleteTransitGateway", of(id)),
        TransitAct::CreateAttachment(new) => {
            let usual = TransitOptions::default();
            let other = |one: bool, usual: bool| (one != usual).then_some(one);
            let options = attachment_options(
                other(new.options.dns_support, usual.dns_support),
                other(new.options.group_references, usual.group_references),
                other(new.options.ipv6, usual.ipv6),
                other(new.options.appliance_mode, usual.appliance_mode),
            );
            let object = of(&new.gateway).text("VpcId", new.vpc).texts("SubnetIds", &new.subnets).maybe("Options", options);
            ("CreateTransitGatewayVpcAttachment", tagged(object, "transit-gateway-attachment", &new.tags))
        }
        TransitAct::ModifyAttachment(id, change) => ("ModifyTransitGatewayVpcAttachment", changed_attachment(on(id), change)),
        TransitAct::DeleteAttachment(id) => ("DeleteTransitGatewayVpcAttachment", on(id)),
        TransitAct::CreateTable(id, tags) => ("CreateTransitGatewayRouteTable", tagged(of(id), "transit-gateway-route-table", tags)),
        TransitAct::DeleteTable(id) => ("DeleteTransitGatewayRouteTable", table(id)),
        TransitAct::Associate(id, attachment, is_on) => {
            let action = if *is_on { "AssociateTransitGatewayRouteTable" } else { "DisassociateTransitGatewayRouteTable" };
            (action, table(id).text("TransitGatewayAttachmentId", attachment))
        }
        TransitAct::Propagate(id, attachment, is_on) => {
            let action = if *is_on { "EnableTransitGatewayRouteTablePropagation" } else { "DisableTransitGatewayRouteTablePropagation" };
            (action, table(id).text("TransitGatewayAttachmentId", attachment))
        }
        TransitAct::SetRoute { table: id, destination, to, blackhole, replace } => {
            let action = if *replace { "ReplaceTransitGatewayRoute" } else { "CreateTransitGatewayRoute" };
            let object = table(id).text("DestinationCidrBlock", destination).maybe_text("TransitGatewayAttachmentId", *to);
            (action, object.maybe("Blackhole", blackhole.then_some(true)))
        }
        TransitAct::DeleteRoute(id, destination) => ("DeleteTransitGatewayRoute", table(id).text("DestinationCidrBlock", destination)),
    })
}

const fn word(on: bool) -> &'static str {
    if on { "enable" } else { "disable" }
}

/// An object of settings, unless there are none.
fn settings(object: Object) -> Option<Value> {
    let object = object.map();
    (!object.is_empty()).then_some(Value::Object(object))
}

fn gateway(new: &NewTransitGateway) -> Object {
    let other = |one: bool, usual: bool| (one != usual).then_some(word(one));
    let options = Object::new()
        .maybe("AmazonSideAsn", (new.amazon_side_asn != TransitGateway::USUAL_ASN).then_some(new.amazon_side_asn))
        .maybe("AutoAcceptSharedAttachments", other(new.auto_accept, false))
        .maybe("DefaultRouteTableAssociation", other(new.association, true))
        .maybe("DefaultRouteTablePropagation", other(new.propagation, true))
        .maybe("VpnEcmpSupport", other(new.vpn_ecmp, true))
        .maybe("DnsSupport", other(new.dns_support, true));
    let object = Object::new().filled("Description", &new.description).maybe("Options", settings(options));
    tagged(object, "transit-gateway", &new.tags)
}

fn changed(object: Object, change: &TransitGatewayChange) -> Object {
    let default = |object: Object, (switch, id): (&str, &str), table: Option<Option<TransitTableId>>| match table {
        Some(Some(table)) => object.with(switch, "enable").text(id, table),
        Some(None) => object.with(switch, "disable"),
        None => object,
    };
    let options = Object::new()
        .maybe("AmazonSideAsn", change.amazon_side_asn)
        .maybe("AutoAcceptSharedAttachments", change.auto_accept.map(word))
        .maybe("VpnEcmpSupport", change.vpn_ecmp.map(word))
        .maybe("DnsSupport", change.dns_support.map(word));
    let options = default(options, ("DefaultRouteTableAssociation", "AssociationDefaultRouteTableId"), change.association);
    let options = default(options, ("DefaultRouteTablePropagation", "PropagationDefaultRouteTableId"), change.propagation);
    object.maybe("Description", change.description.as_deref()).maybe("Options", settings(options))
}

fn changed_attachment(object: Object, change: &TransitAttachmentChange) -> Object {
    let some =
        |subnets: &Vec<_>| (!subnets.is_empty()).then(|| subnets.iter().map(ToString::to_string).map(Value::from).collect::<Value>());
    let options = attachment_options(change.dns_support, change.group_references, change.ipv6, change.appliance_mode);
    let object = object.maybe("AddSubnetIds", some(&change.add)).maybe("RemoveSubnetIds", some(&change.remove));
    object.maybe("Options", options)
}

fn attachment_options(dns: Option<bool>, groups: Option<bool>, ipv6: Option<bool>, appliance: Option<bool>) -> Option<Value> {
    let object = Object::new()
        .maybe("DnsSupport", dns.map(word))
        .maybe("SecurityGroupReferencingSupport", groups.map(word))
        .maybe("Ipv6Support", ipv6.map(word))
        .maybe("ApplianceModeSupport", appliance.map(word));
    settings(object)
}
