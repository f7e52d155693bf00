//! Security groups, prefix lists and network ACLs.

use crate::model::event::Event;
use crate::model::network::Network;

impl Network {
    pub(super) fn apply_group(&mut self, event: &Event) {
        match event {
            Event::GroupCreated(group) => {
                self.counters.observe(group.id);
                for rule in &group.rules {
                    self.counters.observe(rule.id);
                }
                self.index.add_group(group);
                self.groups.insert(group.id, group.clone());
            }
            Event::GroupDeleted(id) => {
                if let Some(group) = self.groups.remove(id) {
                    self.index.remove_group(&group);
                }
            }
            Event::GroupRulesAdded(id, rules) => {
                for rule in rules {
                    self.counters.observe(rule.id);
                }
                if let Some(group) = self.groups.get_mut(id) {
                    group.rules.extend(rules.iter().cloned());
                    self.index.add_rules(*id, rules);
                }
            }
            Event::GroupRulesRemoved(id, rules) => {
                if let Some(group) = self.groups.get_mut(id) {
                    self.index.remove_group(group);
                    group.rules.retain(|rule| !rules.contains(&rule.id));
                    self.index.add_group(group);
                }
            }
            Event::GroupRulesChanged(id, rules) => {
                if let Some(group) = self.groups.get_mut(id) {
                    self.index.remove_group(group);
                    for rule in rules {
                        if let Some(place) = group.rules.iter_mut().find(|old| old.id == rule.id) {
                            place.clone_from(rule);
                        }
                    }
                    self.index.add_group(group);
                }
            }
            _ => {}
        }
    }

    pub(super) fn apply_prefix_list(&mut self, event: &Event) {
        match event {
            Event::PrefixListSet(list) => {
                self.counters.observe(list.id);
                self.prefix_lists.insert(list.id, list.clone());
            }
            Event::PrefixListDeleted(id) => {
                self.prefix_lists.remove(id);
            }
            _ => {}
        }
    }

    pub(super) fn apply_acl(&mut self, event: &Event) {
        match event {
            Event::AclCreated(acl) => {
                self.counters.observe(acl.id);
                self.acls.insert(acl.id, acl.clone());
            }
            Event::AclDeleted(id) => {
                self.acls.remove(id);
            }
            Event::AclEntrySet(id, direction, number, entry) => {
                if let Some(acl) = self.acls.get_mut(id) {
                    acl.entries_mut(*direction).insert(*number, *entry);
                }
            }
            Event::AclEntryRemoved(id, direction, number) => {
                if let Some(acl) = self.acls.get_mut(id) {
                    acl.entries_mut(*direction).remove(number);
                }
            }
            Event::AclAssociationReplaced(subnet, acl, association) => {
                self.counters.observe(*association);
                if let Some(subnet) = self.subnets.get_mut(subnet) {
                    self.index.remove_subnet(subnet);
                    subnet.acl = *acl;
                    subnet.acl_association = *association;
                    self.index.add_subnet(subnet);
                }
            }
            _ => {}
        }
    }
}
