//! What an account tells of what is not in it: groups of others that its rules name, and the ids by which it knows its zones.

use super::Zone;
use super::network::Network;
use crate::id::{GroupId, PeeringId, VpcId};
use crate::table::Table;

/// What was told of things elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Elsewhere {
    /// Groups that rules name and that are not here (`S28`).
    pub groups: Table<GroupId, FarGroup>,
    /// The ids of the account's zones, where its letters are shuffled (`I3`).
    pub zone_ids: Table<Zone, String>,
}

/// A group of another account, as a rule that names it tells of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FarGroup {
    /// Whose it is: an account, or a service's word.
    pub owner: String,
    /// Its VPC.
    pub vpc: Option<VpcId>,
    /// The peering connection that leads there.
    pub peering: Option<PeeringId>,
    /// How that was, in AWS's word; empty where nothing was said.
    pub status: String,
}

impl Network {
    /// What was told of things elsewhere.
    pub fn elsewhere(&self) -> &Elsewhere {
        &self.elsewhere
    }

    /// A group that is not here, as far as it was told of.
    pub fn far_group(&self, id: GroupId) -> Option<&FarGroup> {
        self.elsewhere.groups.get(&id).filter(|_| self.group(id).is_none())
    }

    /// How the peering connection to such a group is now, in AWS's word.
    pub fn peering_status<'n>(&'n self, far: &'n FarGroup) -> &'n str {
        far.peering.and_then(|id| self.peering(id)).map_or(far.status.as_str(), |peering| peering.state.as_str())
    }
}
