//! Reads NAT gateways.

use super::Reader;
use super::facts::{self, flag, id, maybe_id, objects, text};
use crate::json::{FieldError, Fields};
use crate::scenario::ScenarioError;
use crate::scenario::gather::Found;
use crate::words::InputKey;
use eni_core::id::NatGatewayId;
use eni_core::model::event::{Event, Transition};
use eni_core::model::nat_gateway::{NatFailure, NatGateway, NatGatewayAddress, NatState};
use eni_core::order::sort_by_key;
use eni_core::time::Instant;

impl Reader<'_> {
    /// One that is on its way on or off goes on from the moment at which everything else begins.
    pub(super) fn read_nat_gateway(&mut self, found: &Found) -> Result<(), ScenarioError> {
        let gateway: NatGatewayId = self.gateway_id(found, "NatGatewayId")?;
        let mut fields = Fields::of(&found.place, &found.value)?;
        let mut addresses = Vec::new();
        for mut entry in objects(&mut fields, "NatGatewayAddresses")? {
            let address = NatGatewayAddress {
                eni: maybe_id(&mut entry, "NetworkInterfaceId")?,
                private_ip: entry.optional_parsed("PrivateIp")?,
                allocation: maybe_id(&mut entry, "AllocationId")?,
                association: maybe_id(&mut entry, "AssociationId")?,
                public_ip: entry.optional_parsed("PublicIp")?,
            };
            addresses.push((!flag(&mut entry, "IsPrimary", false)?, address));
        }
        sort_by_key(&mut addresses, |(later, _)| *later);
        let state = read_state(&mut fields)?;
        let deleted = text(&mut fields, "DeleteTime")?;
        let code = text(&mut fields, "FailureCode")?;
        let nat = NatGateway {
            id: gateway,
            subnet: id(&mut fields, "SubnetId")?,
            vpc: id(&mut fields, "VpcId")?,
            state,
            public: text(&mut fields, "ConnectivityType")? != "private",
            addresses: addresses.into_iter().map(|(_, address)| address).collect(),
            created_at: self.moment(&mut fields, "CreateTime")?,
            deleted_at: if deleted.is_empty() { None } else { Some(self.moment(&mut fields, "DeleteTime")?) },
            failure: if code.is_empty() { None } else { Some(NatFailure { code, message: text(&mut fields, "FailureMessage")? }) },
            tags: self.tags(found, &gateway.to_string(), "Tags")?,
        };
        self.events.push(Event::NatGatewayCreated(Box::new(nat)));
        let now = Instant::from_nanos(self.basis.extra.clock);
        match state {
            NatState::Pending => self.events.push(Event::TransitionScheduled(now, Transition::NatGatewaySettles(gateway))),
            NatState::Deleting => self.events.push(Event::TransitionScheduled(now, Transition::NatGatewayGoes(gateway))),
            NatState::Failed | NatState::Available | NatState::Deleted => {}
        }
        Ok(())
    }
}

/// The state; available if it is absent.
fn read_state(fields: &mut Fields<'_>) -> Result<NatState, FieldError> {
    let word = facts::word(fields, "State", NatState::Available.as_str())?;
    let known = NatState::ALL.into_iter().find(|state| state.as_str() == word);
    let words = NatState::ALL.map(NatState::as_str).join(", ");
    known.ok_or_else(|| FieldError::new(fields.place("State"), InputKey::ExpectedWord { words: &words }))
}
