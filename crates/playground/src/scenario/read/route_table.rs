//! Reads route tables.

use super::Reader;
use super::facts::{flag, id, ipv4_block, ipv6_block, maybe_id, objects, text};
use super::vpc::Parts;
use crate::aws::Kind;
use crate::json::{FieldError, Fields};
use crate::scenario::ScenarioError;
use crate::scenario::gather::Found;
use crate::words::InputKey;
use eni_core::addr::IpNet;
use eni_core::id::*;
use eni_core::model::event::Event;
use eni_core::model::route_table::{Destination, Route, RouteOrigin, RouteTable, RouteTableUser, RouteTarget};
use eni_core::table::Table;

impl Reader<'_> {
    pub(super) fn read_route_table(&mut self, found: &Found, parts: &mut Parts) -> Result<(), ScenarioError> {
        let mut fields = Fields::of(&found.place, &found.value)?;
        let table_id: RouteTableId = id(&mut fields, "RouteTableId")?;
        let vpc: VpcId = id(&mut fields, "VpcId")?;
        let mut table = RouteTable {
            id: self.observe(table_id),
            vpc,
            associations: Table::new(),
            routes: Table::new(),
            propagating: Vec::new(),
            tags: self.tags(found, &table_id.to_string(), "Tags")?,
        };
        for mut entry in objects(&mut fields, "Associations")? {
            let association = id(&mut entry, "RouteTableAssociationId")?;
            let Some(user) = self.table_user(&mut entry)? else { continue };
            table.associations.insert(self.observe(association), user);
        }
        for mut entry in objects(&mut fields, "PropagatingVgws")? {
            table.propagating.push(id(&mut entry, "GatewayId")?);
        }
        for mut entry in objects(&mut fields, "Routes")? {
            let Some(destination) = destination(&mut entry)? else {
                self.make_up(&found.place, InputKey::RouteWithout)?;
                continue;
            };
            let target = route_target(&mut entry)?;
            let origin = route_origin(&mut entry)?;
            // A propagated route may stand beside a static one of the same destination, which goes first (`R5`).
            let propagated = |origin| origin == RouteOrigin::EnableVgwRoutePropagation;
            if let Some(first) = table.routes.get(&destination) {
                if propagated(first.origin) == propagated(origin) {
                    return Err(ScenarioError::Impossible(vec![FieldError::new(&found.place, InputKey::TwoRoutes).saying()]));
                }
                self.make_up(&found.place, InputKey::StaticRouteKept)?;
                if propagated(origin) {
                    continue;
                }
            }
            table.routes.insert(destination, Route { target, origin });
        }
        if table.associations.values().any(|user| *user == RouteTableUser::Main) {
            parts.main_tables.insert(vpc, table_id);
        }
        self.events.push(Event::RouteTableCreated(Box::new(table)));
        Ok(())
    }

    fn table_user(&mut self, entry: &mut Fields<'_>) -> Result<Option<RouteTableUser>, ScenarioError> {
        if flag(entry, "Main", false)? {
            return Ok(Some(RouteTableUser::Main));
        }
        if let Some(subnet) = maybe_id(entry, "SubnetId")? {
            if self.gathered.find(Kind::Subnets, &SubnetId::to_string(&subnet)).is_none() {
                self.make_up(&entry.place("SubnetId"), InputKey::AssociationLeftOut { subnet: &subnet.to_string() })?;
                return Ok(None);
            }
            return Ok(Some(RouteTableUser::Subnet(subnet)));
        }
        let gateway = text(entry, "GatewayId")?;
        let internet = gateway.parse().map(RouteTableUser::InternetGateway).ok();
        Ok(internet.or_else(|| gateway.parse().map(RouteTableUser::VpnGateway).ok()))
    }
}

fn destination(entry: &mut Fields<'_>) -> Result<Option<Destination>, FieldError> {
    let ipv4 = ipv4_block(entry, "DestinationCidrBlock")?.map(|block| Destination::Cidr(IpNet::V4(block)));
    let ipv6 = ipv6_block(entry, "DestinationIpv6CidrBlock")?.map(|block| Destination::Cidr(IpNet::V6(block)));
    let list = maybe_id(entry, "DestinationPrefixListId")?.map(Destination::PrefixList);
    Ok(ipv4.or(ipv6).or(list))
}

/// What a route leads through; what the playground does not know is kept as `Member=value`.
fn route_target(entry: &mut Fields<'_>) -> Result<RouteTarget, FieldError> {
    let known = [
        maybe_id(entry, "NatGatewayId")?.map(RouteTarget::NatGateway),
        maybe_id(entry, "NetworkInterfaceId")?.map(RouteTarget::Eni),
        maybe_id(entry, "VpcPeeringConnectionId")?.map(RouteTarget::Peering),
        maybe_id(entry, "TransitGatewayId")?.map(RouteTarget::TransitGateway),
        maybe_id(entry, "EgressOnlyInternetGatewayId")?.map(RouteTarget::EgressOnlyGateway),
    ];
    if let Some(target) = known.into_iter().flatten().next() {
        return Ok(target);
    }
    let gateway = text(entry, "GatewayId")?;
    if gateway == "local" {
        return Ok(RouteTarget::Local);
    }
    let internet = gateway.parse().map(RouteTarget::InternetGateway).ok();
    let vpn = || gateway.parse().map(RouteTarget::VpnGateway).ok();
    let endpoint = || gateway.parse().map(RouteTarget::Endpoint).ok();
    if let Some(target) = internet.or_else(vpn).or_else(endpoint) {
        return Ok(target);
    }
    for name in ["GatewayId", "LocalGatewayId", "CarrierGatewayId", "CoreNetworkArn"] {
        let value = text(entry, name)?;
        if !value.is_empty() {
            return Ok(RouteTarget::Unmodelled(format!("{name}={value}")));
        }
    }
    Ok(RouteTarget::Unmodelled("GatewayId=unknown".to_owned()))
}

fn route_origin(entry: &mut Fields<'_>) -> Result<RouteOrigin, FieldError> {
    match text(entry, "Origin")?.as_str() {
        "CreateRouteTable" => Ok(RouteOrigin::CreateRouteTable),
        "" | "CreateRoute" => Ok(RouteOrigin::CreateRoute),
        "EnableVgwRoutePropagation" => Ok(RouteOrigin::EnableVgwRoutePropagation),
        "Advertisement" => Ok(RouteOrigin::Advertisement),
        _ => Err(FieldError::new(
            entry.place("Origin"),
            InputKey::ExpectedWord { words: "CreateRouteTable, CreateRoute, EnableVgwRoutePropagation, Advertisement" },
        )),
    }
}
