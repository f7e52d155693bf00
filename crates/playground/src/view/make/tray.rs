//! The tray: what lies beside the board.

use super::Maker;
use super::eni::lies_free;
use crate::view::board::{ElasticIpView, GroupView, TrayView};
use crate::view::words::Key;
use eni_core::model::elastic_ip::ElasticIp;
use eni_core::model::security_group::SecurityGroup;
use eni_core::order::{sort_by, sort_by_key};

impl Maker<'_> {
    /// The tray.
    pub fn tray(&self) -> TrayView {
        let mut enis: Vec<_> = self.network.enis().filter(|eni| lies_free(eni)).map(|eni| self.eni(eni)).collect();
        sort_by(&mut enis, |a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
        let mut elastic_ips: Vec<_> = self.network.elastic_ips().map(|eip| self.elastic_ip(eip)).collect();
        sort_by(&mut elastic_ips, |a, b| (!a.free, &a.id).cmp(&(!b.free, &b.id)));
        let mut groups: Vec<_> = self.network.groups().collect();
        // A VPC's default group comes last: it is the one that nobody drags.
        let is_default = |group: &SecurityGroup| self.network.vpc(group.vpc).is_some_and(|vpc| vpc.default_group == group.id);
        sort_by_key(&mut groups, |group| (is_default(group), group.id));
        TrayView { enis, elastic_ips, groups: groups.into_iter().map(|group| self.group(group)).collect() }
    }

    fn elastic_ip(&self, eip: &ElasticIp) -> ElasticIpView {
        let note = match &eip.association {
            None => self.say(Key::ElasticIpIdle),
            Some(association) => {
                self.network.eni(association.eni).map_or_else(|| association.eni.to_string(), |eni| self.name(&eni.tags, &eni.id))
            }
        };
        ElasticIpView {
            id: eip.allocation.to_string(),
            ip: eip.ip.to_string(),
            free: eip.association.is_none(),
            note,
            association: eip.association.map(|association| association.id.to_string()),
        }
    }

    fn group(&self, group: &SecurityGroup) -> GroupView {
        GroupView {
            badge: self.badge(group.id),
            vpc: group.vpc.to_string(),
            use_text: self.count(self.network.enis_in_group(group.id).count(), Key::NoEnis, Key::EniOne, |count| Key::EniMany { count }),
            description: group.description.clone(),
        }
    }

    /// A number with its noun.
    pub fn count(&self, count: usize, none: Key<'_>, one: Key<'_>, many: for<'k> fn(&'k str) -> Key<'k>) -> String {
        match count {
            0 => self.say(none),
            1 => self.say(one),
            more => self.say(many(&more.to_string())),
        }
    }
}
