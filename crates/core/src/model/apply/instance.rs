//! Instances.

use crate::model::event::{Event, InstanceChange};
use crate::model::fault::Faults;
use crate::model::instance::InstanceState;
use crate::model::network::Network;
use crate::model::spot::Spot;
use crate::model::target_group::TargetWho;
use crate::table::Table;
use crate::time::Instant;

impl Network {
    pub(super) fn apply_instance(&mut self, event: &Event) {
        match event {
            Event::InstanceLaunched(instance) => {
                self.counters.observe(instance.id);
                self.counters.observe(instance.reservation);
                self.index.add_instance(instance);
                self.instances.insert(instance.id, instance.clone());
            }
            Event::InstanceStateChanged(id, state) => {
                if let Some(instance) = self.instances.get_mut(id) {
                    instance.state = *state;
                    if *state != InstanceState::Running {
                        instance.faults = if state.is_gone() { Faults::default() } else { instance.faults.at_rest() };
                        self.index.add_instance(instance);
                        instance.spot = instance.spot.map(|spot| Spot { notice: None, ..spot });
                    }
                    if *state == InstanceState::Stopped {
                        instance.stuck = Table::new();
                    }
                    if matches!(state, InstanceState::Pending | InstanceState::Running) {
                        instance.reason = None;
                    }
                }
            }
            Event::InstanceChanged(id, change) => {
                let Some(instance) = self.instances.get_mut(id) else { return };
                match change {
                    InstanceChange::Type(new) => instance.instance_type = *new,
                    InstanceChange::Guest(guest) => instance.guest = (**guest).clone(),
                    InstanceChange::TerminationProtection(on) => instance.termination_protection = *on,
                    InstanceChange::StopProtection(on) => instance.stop_protection = *on,
                    InstanceChange::Shutdown(behavior) => instance.shutdown = *behavior,
                    InstanceChange::Metadata(options) => instance.metadata = *options,
                    InstanceChange::SpotNotice(at) => instance.spot = instance.spot.map(|spot| Spot { notice: Some(*at), ..spot }),
                    InstanceChange::PlaceStuck(place, eni) => drop(instance.stuck.insert(*place, *eni)),
                    // AWS tells of it in whole seconds.
                    InstanceChange::Reason(reason, at) => {
                        instance.reason = Some((*reason, Instant::from_nanos(at.as_nanos() / 1_000_000_000 * 1_000_000_000)));
                    }
                    InstanceChange::Faults(faults) => {
                        instance.faults = *faults;
                        self.index.add_instance(instance);
                    }
                    InstanceChange::SpotCancelled => instance.spot = instance.spot.map(|spot| Spot { cancelled: true, ..spot }),
                    InstanceChange::Monitored(on) => instance.monitored = *on,
                    InstanceChange::UserData(data) => instance.user_data.clone_from(data),
                    InstanceChange::EbsOptimized(on) => instance.ebs_optimized = *on,
                }
            }
            Event::InstanceForgotten(id) => {
                self.instances.remove(id);
                self.index.limited.remove(id);
                // Load balancing does not know it any longer, either (`R76`).
                let who = TargetWho::Instance(*id);
                self.target_groups.values_mut().for_each(|group| group.targets.retain(|target| target.key.who != who));
            }
            _ => {}
        }
    }
}
