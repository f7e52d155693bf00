//! Reads virtual private gateways, customer gateways and VPN connections; of what is deleted AWS tells for a while, and it is left out.

use super::Reader;
use super::facts::{flag, id, ipv4_block, object, objects, text};
use crate::aws::Kind;
use crate::json::{FieldError, Fields};
use crate::scenario::ScenarioError;
use crate::scenario::gather::Found;
use crate::words::InputKey;
use eni_core::id::{CustomerGatewayId, VpnConnectionId, VpnGatewayId};
use eni_core::model::event::Event;
use eni_core::model::vpn::{CustomerGateway, VpnConnection, VpnGateway};
use eni_core::table::Set;

/// The highest number that a system of the internet has.
const MAX_ASN: u64 = 4_294_967_295;

impl Reader<'_> {
    pub(super) fn read_vpn_gateway(&mut self, found: &Found) -> Result<(), ScenarioError> {
        if self.is_gone(found)? {
            return Ok(());
        }
        let gateway: VpnGatewayId = self.gateway_id(found, "VpnGatewayId")?;
        let vpc = Self::attached_vpc(found, "VpcAttachments")?;
        let mut fields = Fields::of(&found.place, &found.value)?;
        let amazon_side_asn = fields.optional_number("AmazonSideAsn", MAX_ASN)?.unwrap_or(VpnGateway::USUAL_ASN);
        let tags = self.tags(found, &gateway.to_string(), "Tags")?;
        self.events.push(Event::VpnGatewayCreated(Box::new(VpnGateway { id: gateway, vpc, amazon_side_asn, tags })));
        Ok(())
    }

    pub(super) fn read_customer_gateway(&mut self, found: &Found) -> Result<(), ScenarioError> {
        if self.is_gone(found)? {
            return Ok(());
        }
        let mut fields = Fields::of(&found.place, &found.value)?;
        let gateway: CustomerGatewayId = self.gateway_id(found, "CustomerGatewayId")?;
        let asn = text(&mut fields, "BgpAsn")?;
        let bgp_asn = if asn.is_empty() { None } else { asn.parse().ok().filter(|asn| *asn <= MAX_ASN) };
        let customer = CustomerGateway {
            id: gateway,
            ip: fields.parsed("IpAddress")?,
            bgp_asn: bgp_asn.ok_or_else(|| FieldError::new(fields.place("BgpAsn"), InputKey::ExpectedWhole))?,
            device_name: text(&mut fields, "DeviceName")?,
            tags: self.tags(found, &gateway.to_string(), "Tags")?,
        };
        self.events.push(Event::CustomerGatewayCreated(Box::new(customer)));
        Ok(())
    }

    /// One whose ends are not told cannot be.
    pub(super) fn read_vpn_connection(&mut self, found: &Found) -> Result<(), ScenarioError> {
        if self.is_gone(found)? {
            return Ok(());
        }
        let mut fields = Fields::of(&found.place, &found.value)?;
        let connection: VpnConnectionId = self.gateway_id(found, "VpnConnectionId")?;
        let customer_gateway: CustomerGatewayId = id(&mut fields, "CustomerGatewayId")?;
        let vpn_gateway: VpnGatewayId = id(&mut fields, "VpnGatewayId")?;
        let ends = [
            (Kind::CustomerGateways, "CustomerGatewayId", customer_gateway.to_string()),
            (Kind::VpnGateways, "VpnGatewayId", vpn_gateway.to_string()),
        ];
        for (kind, name, end) in ends {
            if self.gathered.find(kind, &end).is_none() {
                return Err(FieldError::new(fields.place(name), InputKey::NotThere { id: &end }).into());
            }
        }
        let mut routes = Set::new();
        for mut entry in objects(&mut fields, "Routes")? {
            routes.extend(ipv4_block(&mut entry, "DestinationCidrBlock")?);
        }
        let static_routes_only = match object(&mut fields, "Options")? {
            Some(mut options) => flag(&mut options, "StaticRoutesOnly", false)?,
            None => false,
        };
        let tags = self.tags(found, &connection.to_string(), "Tags")?;
        let connection = VpnConnection { id: connection, customer_gateway, vpn_gateway, static_routes_only, routes, tags };
        self.events.push(Event::VpnConnectionCreated(Box::new(connection)));
        Ok(())
    }
}

impl Reader<'_> {
    /// Whether something is deleted, or on its way there; then that is told.
    fn is_gone(&mut self, found: &Found) -> Result<bool, ScenarioError> {
        let state = text(&mut Fields::of(&found.place, &found.value)?, "State")?;
        let is_gone = matches!(state.as_str(), "deleted" | "deleting");
        if is_gone {
            self.notes.warn(InputKey::DeletedLeftOut { what: &found.place });
        }
        Ok(is_gone)
    }
}
