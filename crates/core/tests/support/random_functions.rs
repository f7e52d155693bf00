//! Random acts on functions of AWS Lambda and on file systems.

use super::Dice;
use eni_core::control::command::*;
use eni_core::model::function::Interfaces;

impl Dice<'_> {
    fn function(&mut self) -> String {
        ["one", "two", "three"][self.below(3)].to_owned()
    }

    fn places(&mut self) -> (Vec<eni_core::id::SubnetId>, Vec<eni_core::id::GroupId>) {
        if self.chance(5) {
            return (Vec::new(), Vec::new());
        }
        let subnet = self.subnet();
        let vpc = self.network.subnet(subnet).map(|subnet| subnet.vpc);
        let fitting = self.network.groups().filter(|group| Some(group.vpc) == vpc).map(|group| group.id);
        let group = if self.chance(8) { self.group() } else { self.pick(fitting) };
        let subnets = if self.chance(3) { vec![subnet, self.subnet()] } else { vec![subnet] };
        (subnets, vec![group])
    }

    pub(super) fn function_act(&mut self) -> Command {
        let name = self.function();
        let act = match self.below(9) {
            0 => LambdaAct::Delete(name),
            1 | 2 => LambdaAct::Invoke { function: name, seconds: 1, event: self.chance(2) },
            3 => LambdaAct::SetInterfaces(name, if self.chance(2) { Interfaces::Shared } else { Interfaces::OfEnvironments }),
            4 => {
                let (function, vpc) = (name, self.maybe(2, |dice| dice.places()));
                let (runtime, role, handler, memory) = (None, None, None, None);
                LambdaAct::Update {
                    function,
                    runtime,
                    role,
                    handler,
                    description: Some("changed".to_owned()),
                    timeout: Some(9),
                    memory,
                    vpc,
                }
            }
            _ => {
                let (subnets, groups) = self.places();
                LambdaAct::Create(NewFunction {
                    name,
                    runtime: "python3.13".to_owned(),
                    role: "arn:aws:iam::123456789012:role/lambda".to_owned(),
                    handler: "app.handler".to_owned(),
                    description: String::new(),
                    timeout: 3,
                    memory: 128,
                    subnets,
                    groups,
                })
            }
        };
        Command::Lambda(Box::new(act))
    }

    pub(super) fn file_system_act(&mut self) -> Command {
        let file_system = self.pick(self.network.file_systems().map(|system| system.id));
        let target = self.pick(self.network.mount_targets().map(|target| target.id));
        let groups = if self.chance(3) { vec![self.group()] } else { Vec::new() };
        let network = self.network;
        // First there has to be a file system, then a mount target of it, before most of the others can be accepted.
        let stands = (network.file_systems().next().is_some(), network.mount_targets().next().is_some());
        let dice = match (self.below(8), stands) {
            (dice, (true, true)) => dice,
            (dice, _) if dice < 3 => dice + 2,
            (_, (false, _)) => 0,
            (_, (true, false)) => 7,
        };
        let act = match dice {
            0 | 1 => EfsAct::CreateFileSystem { token: ["", "a", "b"][self.below(3)].to_owned(), tags: self.tags() },
            2 => EfsAct::DeleteFileSystem(file_system),
            3 => EfsAct::DeleteMountTarget(target),
            4 => EfsAct::ModifyMountTargetGroups(target, groups),
            _ => {
                let (subnet, address) = (self.subnet(), self.maybe(4, |dice| dice.address()));
                EfsAct::CreateMountTarget { file_system, subnet, address, groups }
            }
        };
        Command::Efs(Box::new(act))
    }
}
