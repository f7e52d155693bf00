//! Reads VPC peering connections. One side may be in another account or region, which nothing else tells of.

use super::Reader;
use super::facts::{self, id, ipv4_block, object, objects, text};
use crate::json::{FieldError, Fields};
use crate::scenario::ScenarioError;
use crate::scenario::gather::Found;
use crate::words::InputKey;
use eni_core::addr::Ipv4Net;
use eni_core::id::{PeeringId, VpcId};
use eni_core::model::AccountId;
use eni_core::model::event::{Delays, Event, Transition};
use eni_core::model::peering::{Peering, PeeringSide, PeeringState};
use eni_core::time::Instant;

impl Reader<'_> {
    pub(super) fn read_peering(&mut self, found: &Found) -> Result<(), ScenarioError> {
        let mut fields = Fields::of(&found.place, &found.value)?;
        let peering: PeeringId = self.gateway_id(found, "VpcPeeringConnectionId")?;
        let requester = self.read_side(&mut fields, "RequesterVpcInfo")?;
        let accepter = self.read_side(&mut fields, "AccepterVpcInfo")?;
        let state = read_state(&mut fields)?;
        let told = state == PeeringState::PendingAcceptance && fields.optional("ExpirationTime").is_some();
        let expires = if told { Some(self.moment(&mut fields, "ExpirationTime")?) } else { None };
        let tags = self.tags(found, &peering.to_string(), "Tags")?;
        self.events.push(Event::PeeringCreated(Box::new(Peering { id: peering, requester, accepter, state, expires, tags })));
        let now = Instant::from_nanos(self.basis.extra.clock);
        if let Some(at) = expires {
            self.events.push(Event::TransitionScheduled(at.max(now), Transition::PeeringExpires(peering)));
        }
        if state.is_over() {
            let at = now + Delays::default().peering_forget;
            self.events.push(Event::TransitionScheduled(at, Transition::PeeringIsForgotten(peering)));
        }
        Ok(())
    }

    fn read_side(&self, fields: &mut Fields<'_>, name: &str) -> Result<PeeringSide, FieldError> {
        let mut side = object(fields, name)?.ok_or_else(|| FieldError::new(fields.place(name), InputKey::Missing))?;
        let owner = side.optional_text("OwnerId", 12)?.filter(|text| text.len() == 12).and_then(|text| text.parse().ok());
        let mut cidrs = Vec::new();
        for mut entry in objects(&mut side, "CidrBlockSet")? {
            cidrs.extend(ipv4_block(&mut entry, "CidrBlock")?);
        }
        if cidrs.is_empty() {
            cidrs.extend(ipv4_block(&mut side, "CidrBlock")?);
        }
        let dns_resolution = match object(&mut side, "PeeringOptions")? {
            Some(mut options) => facts::flag(&mut options, "AllowDnsResolutionFromRemoteVpc", false)?,
            None => false,
        };
        let (vpc, region) = (id(&mut side, "VpcId")?, facts::word(&mut side, "Region", &self.basis.region)?);
        let owner = owner.map_or(self.account, AccountId);
        if !cidrs.is_empty() && owner == self.account && region == self.basis.region {
            // Where the VPC itself is told, its blocks are.
            cidrs = self.blocks_of(vpc).unwrap_or(cidrs);
        }
        Ok(PeeringSide { vpc, owner, region, cidrs, dns_resolution })
    }
}

impl Reader<'_> {
    /// The blocks of a VPC that was read.
    fn blocks_of(&self, vpc: VpcId) -> Option<Vec<Ipv4Net>> {
        self.events.iter().find_map(|event| match event {
            Event::VpcCreated(own) if own.id == vpc => Some(own.cidrs.iter().map(|block| block.cidr).collect()),
            _ => None,
        })
    }
}

/// The state, settled: what was on its way has come there.
fn read_state(fields: &mut Fields<'_>) -> Result<PeeringState, FieldError> {
    let mut status = object(fields, "Status")?.ok_or_else(|| FieldError::new(fields.place("Status"), InputKey::Missing))?;
    match text(&mut status, "Code")?.as_str() {
        "initiating-request" => Ok(PeeringState::PendingAcceptance),
        "provisioning" => Ok(PeeringState::Active),
        "deleting" => Ok(PeeringState::Deleted),
        word => PeeringState::ALL.into_iter().find(|state| state.as_str() == word).ok_or_else(|| {
            let words = "pending-acceptance, active, rejected, failed, expired, deleted";
            FieldError::new(status.place("Code"), InputKey::ExpectedWord { words })
        }),
    }
}
