//! Functions of AWS Lambda, and file systems of Amazon EFS.

use crate::model::event::Event;
use crate::model::network::Network;

impl Network {
    pub(super) fn apply_function(&mut self, event: &Event) {
        match event {
            Event::FunctionSet(function) => drop(self.functions.insert(function.name.clone(), function.clone())),
            Event::FunctionDeleted(name) => drop(self.functions.remove(name)),
            Event::FunctionEniSet(eni, Some(used)) => drop(self.function_enis.insert(*eni, used.clone())),
            Event::FunctionEniSet(eni, None) => drop(self.function_enis.remove(eni)),
            _ => {}
        }
    }

    pub(super) fn apply_file_system(&mut self, event: &Event) {
        match event {
            Event::FileSystemCreated(system) => {
                self.counters.observe(system.id);
                self.file_systems.insert(system.id, system.clone());
            }
            Event::FileSystemDeleted(id) => drop(self.file_systems.remove(id)),
            Event::MountTargetCreated(target) => {
                self.counters.observe(target.id);
                self.mount_targets.insert(target.id, target.clone());
            }
            Event::MountTargetStateChanged(id, state) => {
                if let Some(target) = self.mount_targets.get_mut(id) {
                    target.state = *state;
                }
            }
            Event::MountTargetDeleted(id) => drop(self.mount_targets.remove(id)),
            _ => {}
        }
    }
}
