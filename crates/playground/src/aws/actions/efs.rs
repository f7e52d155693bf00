//! File systems of Amazon EFS and their mount targets.

use super::{Action, Request, command, shown};
use crate::aws::error::{ApiError, short};
use crate::aws::input::{Parameters, id};
use crate::aws::kind::Kind;
use crate::aws::member::{Member, Wire, optional, required};
use eni_core::control::command::{Command, EfsAct};
use eni_core::id::ResourceId;

/// The longest creation token.
const LONGEST_TOKEN: usize = 64;

const FILE_SYSTEM: Member = required("FileSystemId", Wire::Text, "the file system's id");
const MOUNT_TARGET: Member = required("MountTargetId", Wire::Text, "the mount target's id");
const TAG: &[Member] = &[required("Key", Wire::Text, "the key"), required("Value", Wire::Text, "the value")];

pub(super) const ACTIONS: &[Action] = &[
    Action {
        name: "CreateFileSystem",
        help: "makes a file system; subnets reach it through mount targets",
        members: &[
            optional("CreationToken", Wire::Text, "any text that no file system was made with before; made up if absent"),
            optional("Tags", Wire::List(&Wire::Struct(TAG)), "tags; that with the key Name is its name"),
        ],
        build: |p| {
            let token = p.text_or_empty("CreationToken");
            if token.chars().count() > LONGEST_TOKEN {
                return Err(bad(format!("CreationToken must be at most {LONGEST_TOKEN} characters long")));
            }
            act(EfsAct::CreateFileSystem { token, tags: p.tags()? })
        },
    },
    Action {
        name: "DeleteFileSystem",
        help: "deletes a file system that has no mount targets",
        members: &[FILE_SYSTEM],
        build: |p| act(EfsAct::DeleteFileSystem(named(p, "FileSystemId")?)),
    },
    Action {
        name: "CreateMountTarget",
        help: "makes a mount target: a network interface in a subnet, one for each zone, behind which the file system waits on TCP port 2049",
        members: &[
            FILE_SYSTEM,
            required("SubnetId", Wire::Id("subnet"), "the subnet"),
            optional("IpAddress", Wire::Ipv4, "its address; the lowest free one of the subnet if absent"),
            optional(
                "SecurityGroups",
                Wire::List(&Wire::Id("sg")),
                "the groups of its network interface; the default group of the VPC if absent",
            ),
        ],
        build: |p| {
            let (file_system, subnet) = (named(p, "FileSystemId")?, p.id("SubnetId")?);
            let (address, groups) = (p.ipv4("IpAddress")?, p.ids("SecurityGroups")?);
            act(EfsAct::CreateMountTarget { file_system, subnet, address, groups })
        },
    },
    Action {
        name: "DeleteMountTarget",
        help: "deletes a mount target with its network interface",
        members: &[MOUNT_TARGET],
        build: |p| act(EfsAct::DeleteMountTarget(named(p, "MountTargetId")?)),
    },
    Action {
        name: "ModifyMountTargetSecurityGroups",
        help: "replaces the groups of a mount target",
        members: &[MOUNT_TARGET, optional("SecurityGroups", Wire::List(&Wire::Id("sg")), "the groups; the default group if absent")],
        build: |p| act(EfsAct::ModifyMountTargetGroups(named(p, "MountTargetId")?, p.ids("SecurityGroups")?)),
    },
    Action {
        name: "DescribeFileSystems",
        help: "shows file systems",
        members: &[
            optional("CreationToken", Wire::Text, "only the one that was made with it"),
            optional("FileSystemId", Wire::Text, "only this one"),
        ],
        build: |p| shown(Kind::FileSystems, vec![p.text_or_empty("FileSystemId"), p.text_or_empty("CreationToken")]),
    },
    Action {
        name: "DescribeMountTargets",
        help: "shows the mount targets of a file system, or one",
        members: &[optional("FileSystemId", Wire::Text, "the file system"), optional("MountTargetId", Wire::Text, "or the mount target")],
        build: |p| shown(Kind::MountTargets, vec![p.text_or_empty("FileSystemId"), p.text_or_empty("MountTargetId")]),
    },
    Action {
        name: "DescribeMountTargetSecurityGroups",
        help: "shows the groups of a mount target",
        members: &[MOUNT_TARGET],
        build: |p| shown(Kind::MountTargetGroups, vec![String::new(), p.text_or_empty("MountTargetId")]),
    },
];

fn act(act: EfsAct) -> Result<Request, ApiError> {
    command(Command::Efs(Box::new(act)))
}

fn bad(message: String) -> ApiError {
    ApiError::new("BadRequest", message)
}

/// An id of EFS, which has a code of its own for what is none.
fn named<I: ResourceId>(p: &Parameters<'_>, member: &str) -> Result<I, ApiError> {
    let text = p.text(member).unwrap_or_default();
    id(text).map_err(|_| bad(format!("invalid {member}: {}", short(text))))
}
