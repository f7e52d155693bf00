//! Functions and file systems in a few words: what is done to them, and what is told of them where their VPC or network interface is looked at.

use super::{Maker, list};
use crate::view::details::FactView;
use crate::view::words::{ActKey, ServiceKey};
use eni_core::control::command::{EfsAct, LambdaAct};
use eni_core::id::{EniId, FileSystemId, VpcId};
use eni_core::model::eni::Eni;
use eni_core::model::file_system::FileSystem;
use eni_core::model::function::{Function, Interfaces, Use};

impl Maker<'_> {
    /// What is done to a function.
    pub(super) fn lambda_summary(&self, act: &LambdaAct) -> String {
        match act {
            LambdaAct::Create(wanted) => self.say(ActKey::ActCreateNamed { thing: &wanted.name }),
            LambdaAct::Update { function, .. } => self.say(ActKey::ActChange { thing: function }),
            LambdaAct::Delete(name) => self.say(ActKey::ActDelete { thing: name }),
            LambdaAct::Invoke { function, .. } => self.say(ActKey::ActInvoke { function }),
            LambdaAct::SetInterfaces(function, Interfaces::Shared) => self.say(ActKey::ActFunctionNow { function }),
            LambdaAct::SetInterfaces(function, Interfaces::OfEnvironments) => self.say(ActKey::ActFunctionThen { function }),
        }
    }

    /// What is done to a file system.
    pub(super) fn efs_summary(&self, act: &EfsAct) -> String {
        match act {
            EfsAct::CreateFileSystem { tags, .. } => match tags.get("Name") {
                Some(name) => self.say(ActKey::ActCreateNamed { thing: name }),
                None => self.say(ActKey::ActCreateFileSystem),
            },
            EfsAct::DeleteFileSystem(id) => self.say(ActKey::ActDelete { thing: &self.file_system_name(*id) }),
            EfsAct::CreateMountTarget { file_system, subnet, .. } => {
                self.say(ActKey::ActMount { files: &self.file_system_name(*file_system), subnet: &self.subnet_name(*subnet) })
            }
            EfsAct::DeleteMountTarget(id) => self.say(ActKey::ActDelete { thing: &id.to_string() }),
            EfsAct::ModifyMountTargetGroups(id, _) => self.say(ActKey::ActChange { thing: &id.to_string() }),
        }
    }

    pub(super) fn file_system_name(&self, id: FileSystemId) -> String {
        let name = |system: &FileSystem| crate::world::name_of(&system.tags, &system.id);
        self.network.file_system(id).map_or_else(|| id.to_string(), name)
    }

    /// Who asks through a network interface of Lambda's, by name.
    pub fn function_behind(&self, eni: EniId) -> String {
        let Some(found) = self.network.eni(eni) else { return eni.to_string() };
        let names = match self.network.function_eni(eni).map(|used| &used.used) {
            Some(Use::Environment { function, .. }) => function.clone(),
            _ => list(self.network.functions_sharing(found).map(|function| function.name.clone())),
        };
        if names.is_empty() { self.eni_name(eni) } else { names }
    }

    /// The functions that work in a VPC.
    pub(super) fn function_facts(&self, vpc: VpcId) -> Vec<FactView> {
        let here = |function: &&Function| function.vpc.as_ref().is_some_and(|config| config.vpc == vpc);
        let fact = |function: &Function| {
            let (name, state) = (function.name.as_str(), function.phase.state());
            let text = match function.interfaces {
                Interfaces::Shared => self.say(ServiceKey::FunctionNow { name, state }),
                Interfaces::OfEnvironments => self.say(ServiceKey::FunctionThen { name, state }),
            };
            FactView { name: self.say(ServiceKey::LabelFunction), value: text, code: false, thing: None }
        };
        self.network.functions().filter(here).map(fact).collect()
    }

    /// Who uses a network interface of Lambda's or EFS's.
    pub(super) fn used_by_fact(&self, eni: &Eni) -> Option<FactView> {
        let of_lambda = self.network.function_eni(eni.id).map(|used| match &used.used {
            Use::Shared => match list(self.network.functions_sharing(eni).map(|function| function.name.clone())).as_str() {
                "" => self.say(ServiceKey::NoFunctionLeft),
                names => names.to_owned(),
            },
            Use::Environment { function, .. } => self.say(ServiceKey::OneEnvironment { function }),
            Use::Nobody => self.say(ServiceKey::NoFunctionLeft),
        });
        let of_efs = || self.network.mount_target_of(eni).map(|target| self.file_system_name(target.file_system));
        let text = of_lambda.or_else(of_efs)?;
        Some(FactView { name: self.say(ServiceKey::LabelUsedBy), value: text, code: false, thing: None })
    }
}
