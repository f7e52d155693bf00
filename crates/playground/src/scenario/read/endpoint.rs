//! Reads VPC endpoints. Their routes stand with the route tables, their subnets with their network interfaces.

use super::Reader;
use super::facts::{flag, id, objects, text};
use crate::json::{FieldError, Fields};
use crate::scenario::ScenarioError;
use crate::scenario::gather::Found;
use crate::words::InputKey;
use eni_core::id::{EndpointId, EniId, GroupId};
use eni_core::model::endpoint::{Endpoint, EndpointKind, EndpointState};
use eni_core::model::event::Event;

impl Reader<'_> {
    pub(super) fn read_endpoint(&mut self, found: &Found) -> Result<(), ScenarioError> {
        let mut fields = Fields::of(&found.place, &found.value)?;
        let endpoint: EndpointId = self.gateway_id(found, "VpcEndpointId")?;
        let name = text(&mut fields, "ServiceName")?;
        let rest = name.strip_prefix("com.amazonaws.").and_then(|rest| rest.strip_prefix(self.basis.region.as_str()));
        let service = rest.and_then(|rest| rest.strip_prefix('.')).filter(|service| !service.is_empty());
        let Some(service) = service.map(str::to_owned) else {
            let expected = format!("com.amazonaws.{}.…", self.basis.region);
            return Err(FieldError::new(fields.place("ServiceName"), InputKey::ExpectedWord { words: &expected }).into());
        };
        let kind = match text(&mut fields, "VpcEndpointType")?.as_str() {
            "Gateway" => EndpointKind::Gateway,
            "Interface" => EndpointKind::Interface {
                enis: self.enis_of(&mut fields)?,
                groups: read_groups(&mut fields)?,
                private_dns: flag(&mut fields, "PrivateDnsEnabled", false)?,
            },
            _ => {
                return Err(FieldError::new(fields.place("VpcEndpointType"), InputKey::ExpectedWord { words: "Gateway, Interface" }).into());
            }
        };
        match text(&mut fields, "State")?.to_ascii_lowercase().as_str() {
            "pending" | "available" => {}
            _ => return Err(FieldError::new(fields.place("State"), InputKey::ExpectedWord { words: "pending, available" }).into()),
        }
        let created = self.moment(&mut fields, "CreationTimestamp")?;
        let tags = self.tags(found, &endpoint.to_string(), "Tags")?;
        let (vpc, state) = (id(&mut fields, "VpcId")?, EndpointState::Available);
        self.events.push(Event::EndpointCreated(Box::new(Endpoint { id: endpoint, vpc, service, kind, state, created, tags })));
        Ok(())
    }

    /// Its network interfaces, of those that were read.
    fn enis_of(&self, fields: &mut Fields<'_>) -> Result<Vec<EniId>, FieldError> {
        let place = fields.place("NetworkInterfaceIds");
        let read = |value: &serde_json::Value| value.as_str().unwrap_or_default().parse().map_err(|error| FieldError::new(&place, error));
        let told: Vec<EniId> = fields.list("NetworkInterfaceIds")?.iter().map(read).collect::<Result<_, _>>()?;
        let there = |id: &EniId| self.events.iter().any(|event| matches!(event, Event::EniCreated(eni) if eni.id == *id));
        Ok(told.into_iter().filter(there).collect())
    }
}

fn read_groups(fields: &mut Fields<'_>) -> Result<Vec<GroupId>, FieldError> {
    objects(fields, "Groups")?.iter_mut().map(|group| id(group, "GroupId")).collect()
}
