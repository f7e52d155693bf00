//! File systems of Amazon EFS, and the mount targets through which subnets reach them (`P43`, `R96` to `R99`).

use super::Tags;
use super::eni::Eni;
use super::network::Network;
use crate::id::{EniId, FileSystemId, MountTargetId, SubnetId};
use crate::time::Instant;

/// A file system. What is in it is no part of a network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileSystem {
    /// Its id.
    pub id: FileSystemId,
    /// What tells a repetition of the request that made it from a second one.
    pub token: String,
    /// When it was made.
    pub created: Instant,
    /// Tags.
    pub tags: Tags,
}

/// A mount target: one network interface, in one zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MountTarget {
    /// Its id.
    pub id: MountTargetId,
    /// Of which file system.
    pub file_system: FileSystemId,
    /// The subnet of its network interface.
    pub subnet: SubnetId,
    /// Its network interface.
    pub eni: EniId,
    /// How far it has come.
    pub state: MountTargetState,
}

/// How far a mount target has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MountTargetState {
    /// On its way.
    Creating,
    /// It works.
    Available,
    /// On its way off.
    Deleting,
}

impl MountTargetState {
    /// AWS's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            MountTargetState::Creating => "creating",
            MountTargetState::Available => "available",
            MountTargetState::Deleting => "deleting",
        }
    }
}

impl Network {
    /// The mount targets of a file system, by id.
    pub fn mount_targets_of(&self, file_system: FileSystemId) -> impl Iterator<Item = &MountTarget> + '_ {
        self.mount_targets().filter(move |target| target.file_system == file_system)
    }

    /// The mount target that an ENI is of.
    pub fn mount_target_of(&self, eni: &Eni) -> Option<&MountTarget> {
        self.mount_targets().filter(|_| eni.requester.is_some()).find(|target| target.eni == eni.id)
    }
}
