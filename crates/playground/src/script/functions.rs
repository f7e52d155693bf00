//! File systems with their mount targets, and functions, of a script.

use super::gateways::service_eni;
use super::plan::{Plan, Query, name_of};
use super::said;
use crate::aws::express;
use crate::aws::object::Object;
use eni_core::control::command::{Command, EfsAct, LambdaAct, NewFunction};
use eni_core::model::eni::Eni;
use eni_core::model::function::{Function, Interfaces};
use eni_core::order::sort_by_key;
use eni_core::table::Set;
use serde_json::{Map, Value};

/// File systems, and their mount targets at the addresses that they have.
pub(super) fn file_systems(plan: &mut Plan<'_>) {
    let network = plan.network;
    plan.heading("File systems");
    for system in network.file_systems() {
        let act = EfsAct::CreateFileSystem { token: system.token.clone(), tags: system.tags.clone() };
        let name = name_of(&system.tags);
        plan.make(&system.id.to_string(), ("FILES", name), "CreateFileSystem", members(&Command::Efs(Box::new(act))), "FileSystemId");
        for target in network.mount_targets_of(system.id) {
            let Some(eni) = network.eni(target.eni) else { continue };
            let (address, groups) = (eni.primary_ip(), eni.groups.clone());
            let act = EfsAct::CreateMountTarget { file_system: system.id, subnet: target.subnet, address, groups };
            let object = members(&Command::Efs(Box::new(act)));
            plan.make(&target.id.to_string(), ("MOUNT_TARGET", name), "CreateMountTarget", object, "MountTargetId");
            service_eni(plan, eni.id, ("MOUNT_ENI", name));
        }
    }
}

/// The members of a call.
fn members(command: &Command) -> Object {
    Object::of(express(command).map_or_else(Map::new, |(_, members): (_, Map<String, Value>)| members))
}

/// Functions, after everything that has an address of its choice: Lambda takes any. Each shared network interface is found once, by its subnet
/// and groups.
pub(super) fn functions(plan: &mut Plan<'_>) {
    let network = plan.network;
    plan.heading("Functions");
    let mut found = Set::new();
    // Whoever made a shared network interface is in its description, and makes it again.
    let order = |function: &&Function| {
        let made = |eni: &&Eni| eni.description.ends_with(&format!("-{}", function.name));
        let is_maker = network.enis_of_function(function).iter().any(made);
        (function.interfaces == Interfaces::OfEnvironments, !is_maker)
    };
    let mut all: Vec<&Function> = network.functions().collect();
    sort_by_key(&mut all, order);
    for function in all {
        let gone = function.vpc.as_ref().is_some_and(|vpc| {
            vpc.subnets.iter().any(|id| network.subnet(*id).is_none()) || vpc.groups.iter().any(|id| network.group(*id).is_none())
        });
        if gone {
            plan.note(&function.name, "", said::function_without_place);
            continue;
        }
        if function.interfaces == Interfaces::OfEnvironments {
            plan.note(&function.name, "InterfaceOfEachEnvironment", said::function_of_then);
        }
        plan.call("CreateFunction", members(&Command::Lambda(Box::new(LambdaAct::Create(made(function))))));
        for eni in network.enis_of_function(function) {
            if function.interfaces == Interfaces::Shared && found.insert(eni.id) {
                let subnet = eni.subnet.to_string();
                let group = eni.groups.first().map(ToString::to_string).unwrap_or_default();
                let filters = [("subnet-id", subnet.as_str()), ("interface-type", "lambda"), ("group-id", group.as_str())];
                let path = Query::Path("NetworkInterfaces[0].NetworkInterfaceId");
                plan.find(&eni.id.to_string(), ("FUNCTION_ENI", &function.name), "DescribeNetworkInterfaces", &filters, path);
                plan.tags(&eni.id, &eni.tags);
            }
        }
    }
}

fn made(function: &Function) -> NewFunction {
    let (subnets, groups) = function.vpc.as_ref().map(|vpc| (vpc.subnets.clone(), vpc.groups.clone())).unwrap_or_default();
    NewFunction {
        name: function.name.clone(),
        runtime: function.runtime.clone(),
        role: function.role.clone(),
        handler: function.handler.clone(),
        description: function.description.clone(),
        timeout: function.timeout,
        memory: function.memory,
        subnets,
        groups,
    }
}
