//! What the acts of AWS Lambda and of Amazon EFS were asked for.

use crate::addr::Ipv4Addr;
use crate::id::{FileSystemId, GroupId, MountTargetId, SubnetId};
use crate::model::Tags;
use crate::model::function::Interfaces;

/// An act of AWS Lambda. A function is named by its name.
#[derive(Clone, Debug, PartialEq)]
pub enum LambdaAct {
    /// CreateFunction.
    Create(NewFunction),
    /// UpdateFunctionConfiguration: what is absent stays.
    Update {
        /// The function.
        function: String,
        /// What it is written for.
        runtime: Option<String>,
        /// The role that it acts as.
        role: Option<String>,
        /// Where its code begins.
        handler: Option<String>,
        /// What it is for.
        description: Option<String>,
        /// How many seconds it may run.
        timeout: Option<u16>,
        /// Its memory, in MB.
        memory: Option<u32>,
        /// Where in a VPC it works: subnets and groups; in none if both are empty.
        vpc: Option<(Vec<SubnetId>, Vec<GroupId>)>,
    },
    /// DeleteFunction.
    Delete(String),
    /// Invoke.
    Invoke {
        /// The function.
        function: String,
        /// How many seconds it works on that.
        seconds: u16,
        /// Whether nobody waits for it.
        event: bool,
    },
    /// Our own: whose the network interfaces of a function are (echo `lambda FUNCTION then|now`).
    SetInterfaces(String, Interfaces),
}

/// CreateFunction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFunction {
    /// Its name.
    pub name: String,
    /// What it is written for.
    pub runtime: String,
    /// The role that it acts as.
    pub role: String,
    /// Where its code begins.
    pub handler: String,
    /// What it is for.
    pub description: String,
    /// How many seconds it may run.
    pub timeout: u16,
    /// Its memory, in MB.
    pub memory: u32,
    /// The subnets in which it works.
    pub subnets: Vec<SubnetId>,
    /// The groups of its network interfaces.
    pub groups: Vec<GroupId>,
}

/// An act of Amazon EFS.
#[derive(Clone, Debug, PartialEq)]
pub enum EfsAct {
    /// CreateFileSystem.
    CreateFileSystem {
        /// What tells a repetition of the request from a second one.
        token: String,
        /// Its tags.
        tags: Tags,
    },
    /// DeleteFileSystem.
    DeleteFileSystem(FileSystemId),
    /// CreateMountTarget.
    CreateMountTarget {
        /// Of which file system.
        file_system: FileSystemId,
        /// In which subnet.
        subnet: SubnetId,
        /// At this address; the lowest free one if absent.
        address: Option<Ipv4Addr>,
        /// The groups of its network interface; the VPC's default group if empty.
        groups: Vec<GroupId>,
    },
    /// DeleteMountTarget.
    DeleteMountTarget(MountTargetId),
    /// ModifyMountTargetSecurityGroups.
    ModifyMountTargetGroups(MountTargetId, Vec<GroupId>),
}
