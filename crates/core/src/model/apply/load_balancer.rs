//! Load balancers and target groups.

use crate::model::event::Event;
use crate::model::network::Network;

impl Network {
    pub(super) fn apply_load_balancer(&mut self, event: &Event) {
        match event {
            Event::LoadBalancerSet(balancer) => {
                self.counters.observe(balancer.id);
                balancer.listeners.iter().for_each(|listener| self.counters.observe(listener.id));
                self.load_balancers.insert(balancer.id, balancer.clone());
            }
            Event::LoadBalancerDeleted(id) => {
                self.load_balancers.remove(id);
            }
            Event::TargetGroupSet(group) => {
                self.counters.observe(group.id);
                self.target_groups.insert(group.id, group.clone());
            }
            Event::TargetGroupDeleted(id) => {
                self.target_groups.remove(id);
            }
            Event::TargetSet(id, target) => {
                let Some(group) = self.target_groups.get_mut(id) else { return };
                if let Some(known) = group.targets.iter_mut().find(|known| known.key == target.key) {
                    *known = *target;
                }
            }
            Event::TargetGone(id, key) => {
                if let Some(group) = self.target_groups.get_mut(id) {
                    group.targets.retain(|target| target.key != *key);
                }
            }
            _ => {}
        }
    }
}
