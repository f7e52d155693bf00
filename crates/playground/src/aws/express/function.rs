//! What is done to functions and file systems, as calls.

use super::{Call, tag_list};
use crate::aws::object::Object;
use eni_core::control::command::{EfsAct, LambdaAct};
use eni_core::id::{GroupId, SubnetId};

fn config(subnets: &[SubnetId], groups: &[GroupId]) -> Object {
    let texts = |list: Vec<String>| serde_json::Value::from(list);
    let subnets = subnets.iter().map(ToString::to_string).collect();
    Object::new().with("SubnetIds", texts(subnets)).with("SecurityGroupIds", texts(groups.iter().map(ToString::to_string).collect()))
}

/// The call of an act of Lambda; nothing for our own.
pub(super) fn lambda(act: &LambdaAct) -> Option<Call> {
    let of = |name: &str| Object::new().with("FunctionName", name);
    Some(match act {
        LambdaAct::Create(wanted) => {
            let object = of(&wanted.name).filled("Runtime", &wanted.runtime).with("Role", wanted.role.as_str());
            let object = object.filled("Handler", &wanted.handler).filled("Description", &wanted.description);
            let object = object
                .with("Code", Object::new().with("S3Bucket", "code").with("S3Key", format!("{}.zip", wanted.name)))
                .with("Timeout", wanted.timeout)
                .with("MemorySize", wanted.memory);
            let vpc = (!wanted.subnets.is_empty()).then(|| config(&wanted.subnets, &wanted.groups));
            ("CreateFunction", object.maybe("VpcConfig", vpc))
        }
        LambdaAct::Update { function, runtime, role, handler, description, timeout, memory, vpc } => {
            let object =
                of(function).maybe("Runtime", runtime.as_deref()).maybe("Role", role.as_deref()).maybe("Handler", handler.as_deref());
            let object = object.maybe("Description", description.as_deref()).maybe("Timeout", *timeout).maybe("MemorySize", *memory);
            let vpc = vpc.as_ref().map(|(subnets, groups)| config(subnets, groups));
            ("UpdateFunctionConfiguration", object.maybe("VpcConfig", vpc))
        }
        LambdaAct::Delete(name) => ("DeleteFunction", of(name)),
        LambdaAct::Invoke { function, seconds, event } => {
            let object = of(function).maybe("InvocationType", event.then_some("Event"));
            ("Invoke", object.with("Payload", format!("{{\"seconds\":{seconds}}}")))
        }
        LambdaAct::SetInterfaces(..) => return None,
    })
}

/// The call of an act of EFS.
pub(super) fn efs(act: &EfsAct) -> Call {
    let groups = |groups: &[GroupId]| {
        let list: Vec<String> = groups.iter().map(ToString::to_string).collect();
        (!list.is_empty()).then(|| serde_json::Value::from(list))
    };
    match act {
        EfsAct::CreateFileSystem { token, tags } => {
            let list = (!tags.is_empty()).then(|| tag_list(tags.iter().map(|(key, value)| (key, Some(value)))));
            ("CreateFileSystem", Object::new().filled("CreationToken", token).maybe("Tags", list))
        }
        EfsAct::DeleteFileSystem(id) => ("DeleteFileSystem", Object::new().text("FileSystemId", id)),
        EfsAct::CreateMountTarget { file_system, subnet, address, groups: named } => {
            let object = Object::new().text("FileSystemId", file_system).text("SubnetId", subnet).maybe_text("IpAddress", *address);
            ("CreateMountTarget", object.maybe("SecurityGroups", groups(named)))
        }
        EfsAct::DeleteMountTarget(id) => ("DeleteMountTarget", Object::new().text("MountTargetId", id)),
        EfsAct::ModifyMountTargetGroups(id, named) => {
            ("ModifyMountTargetSecurityGroups", Object::new().text("MountTargetId", id).maybe("SecurityGroups", groups(named)))
        }
    }
}
