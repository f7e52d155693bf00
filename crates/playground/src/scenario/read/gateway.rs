//! Reads internet gateways and egress-only ones, and what all gateways have.

use super::Reader;
use super::facts::{id, objects, text};
use crate::json::{FieldError, Fields};
use crate::scenario::ScenarioError;
use crate::scenario::gather::Found;
use crate::words::InputKey;
use eni_core::id::*;
use eni_core::model::event::Event;
use eni_core::model::gateway::{EgressOnlyGateway, InternetGateway};
use eni_core::table::Set;

impl Reader<'_> {
    /// A gateway's own id, taken note of.
    pub(super) fn gateway_id<I: ResourceId>(&mut self, found: &Found, name: &str) -> Result<I, ScenarioError> {
        let gateway = id(&mut Fields::of(&found.place, &found.value)?, name)?;
        Ok(self.observe(gateway))
    }

    /// The VPC that a gateway is attached to; a gateway that is on its way off counts as detached.
    pub(super) fn attached_vpc(found: &Found, list: &str) -> Result<Option<VpcId>, ScenarioError> {
        let mut vpcs = Set::new();
        for mut entry in objects(&mut Fields::of(&found.place, &found.value)?, list)? {
            let state = text(&mut entry, "State")?;
            if state != "detaching" && state != "detached" {
                vpcs.insert(id::<VpcId>(&mut entry, "VpcId")?);
            }
        }
        match vpcs.len() {
            0 | 1 => Ok(vpcs.iter().next().copied()),
            _ => Err(FieldError::new(&found.place, InputKey::TwoVpcs).into()),
        }
    }

    pub(super) fn read_internet_gateway(&mut self, found: &Found) -> Result<(), ScenarioError> {
        let gateway: InternetGatewayId = self.gateway_id(found, "InternetGatewayId")?;
        let vpc = Self::attached_vpc(found, "Attachments")?;
        let tags = self.tags(found, &gateway.to_string(), "Tags")?;
        self.events.push(Event::InternetGatewayCreated(Box::new(InternetGateway { id: gateway, vpc, tags })));
        Ok(())
    }

    /// One that is attached to nothing does nothing, and cannot be attached again: it is left out.
    pub(super) fn read_egress_only_gateway(&mut self, found: &Found) -> Result<(), ScenarioError> {
        let gateway: EgressOnlyGatewayId = self.gateway_id(found, "EgressOnlyInternetGatewayId")?;
        let Some(vpc) = Self::attached_vpc(found, "Attachments")? else {
            return Err(FieldError::new(format!("{}.Attachments", found.place), InputKey::Missing).into());
        };
        let tags = self.tags(found, &gateway.to_string(), "Tags")?;
        self.events.push(Event::EgressOnlyGatewayCreated(Box::new(EgressOnlyGateway { id: gateway, vpc, tags })));
        Ok(())
    }
}
