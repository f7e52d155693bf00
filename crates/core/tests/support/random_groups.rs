//! Random acts on security groups and prefix lists.

use super::Dice;
use eni_core::addr::{IpNet, PortRange, Traffic};
use eni_core::control::command::*;
use eni_core::id::{GroupId, GroupRuleId, PrefixListId};
use eni_core::model::prefix_list::{AddressFamily, PrefixListEntry};
use eni_core::model::security_group::Peer;

impl Dice<'_> {
    pub(super) fn permission(&mut self) -> Permission {
        let port = PortRange::single([22, 80, 443][self.below(3)]);
        let traffic = if self.chance(3) { Traffic::All } else { Traffic::Tcp(port) };
        let peer = match self.below(5) {
            0 | 1 => Peer::Group(self.group()),
            2 => Peer::PrefixList(self.prefix_list()),
            _ => Peer::Ipv4(self.block()),
        };
        Permission::new(traffic, peer)
    }

    pub(super) fn prefix_list(&mut self) -> PrefixListId {
        let network = self.network;
        self.pick(network.prefix_lists().map(|list| list.id))
    }

    pub(super) fn entries(&mut self) -> Vec<PrefixListEntry> {
        (0..self.below(3)).map(|_| PrefixListEntry { cidr: IpNet::V4(self.block()), description: String::new() }).collect()
    }

    pub(super) fn prefix_list_act(&mut self) -> Command {
        let changed = self.network.prefix_lists().find(|list| list.version > 1).filter(|_| self.chance(2));
        // Those of AWS refuse nearly everything.
        let own = self.network.prefix_lists().find(|list| !list.by_aws).filter(|_| !self.chance(4));
        let list = changed.or(own).map_or_else(|| self.prefix_list(), |list| list.id);
        let found = self.network.prefix_list(list);
        let version = found.map_or(1, |list| i64::try_from(list.version).unwrap());
        let draw = if changed.is_some() && self.chance(2) { 3 } else { self.below(6) };
        match draw {
            0 | 1 => Command::CreateManagedPrefixList(Box::new(CreatePrefixList {
                name: "dice".to_owned(),
                family: AddressFamily::Ipv4,
                max_entries: i64::try_from(self.below(30)).unwrap(),
                entries: self.entries(),
                tags: self.tags(),
            })),
            2 => Command::DeleteManagedPrefixList(list),
            3 => Command::RestoreManagedPrefixListVersion(RestorePrefixList { list, previous: version - 1, version }),
            _ => {
                let sized = self.chance(3);
                Command::ModifyManagedPrefixList(Box::new(ModifyPrefixList {
                    list,
                    version: Some(version),
                    name: None,
                    add: if sized { Vec::new() } else { self.entries() },
                    remove: found.into_iter().flat_map(|list| &list.entries).filter(|_| !sized).take(1).map(|entry| entry.cidr).collect(),
                    max_entries: if sized { Some(i64::try_from(self.below(70)).unwrap()) } else { None },
                }))
            }
        }
    }

    pub(super) fn group_act(&mut self) -> Command {
        match self.below(9) {
            8 => self.prefix_list_act(),
            6 => self.modify_rules(),
            7 => self.describe_rules(),
            0 => {
                let name = format!("group{}", self.below(4));
                Command::CreateSecurityGroup { name, description: "made by dice".to_owned(), vpc: Some(self.vpc()), tags: self.tags() }
            }
            1 => Command::DeleteSecurityGroup(self.group()),
            2 => {
                let group = self.group();
                let rules: Vec<_> =
                    self.network.group(group).into_iter().flat_map(|group| group.rules.iter().map(|rule| rule.id)).collect();
                let rules = rules.into_iter().filter(|_| self.chance(3)).collect();
                Command::RevokeSecurityGroup { group, direction: self.direction(), permissions: Vec::new(), rules }
            }
            3 => Command::RevokeSecurityGroup {
                group: self.group(),
                direction: self.direction(),
                permissions: vec![self.permission()],
                rules: Vec::new(),
            },
            _ => Command::AuthorizeSecurityGroup {
                group: self.group(),
                direction: self.direction(),
                permissions: (0..1 + self.below(2)).map(|_| self.permission()).collect(),
            },
        }
    }

    pub(super) fn rules_of(&mut self, group: GroupId) -> Vec<GroupRuleId> {
        let rules: Vec<_> = self.network.group(group).into_iter().flat_map(|group| group.rules.iter().map(|rule| rule.id)).collect();
        rules.into_iter().filter(|_| self.chance(2)).collect()
    }

    pub(super) fn modify_rules(&mut self) -> Command {
        let group = self.group();
        let rules = self.rules_of(group);
        let changes = rules.into_iter().map(|rule| {
            let Permission { traffic, peer, .. } = self.permission();
            GroupRuleChange { rule, traffic, peer, description: self.maybe(3, |_| "changed".to_owned()) }
        });
        Command::ModifySecurityGroupRules(Box::new(ModifyGroupRules { group, changes: changes.collect() }))
    }

    pub(super) fn describe_rules(&mut self) -> Command {
        let group = self.group();
        let by_id = self.chance(2);
        let rules = if by_id { self.rules_of(group).into_iter().map(|rule| (rule, "described".to_owned())).collect() } else { Vec::new() };
        let permissions = if by_id { Vec::new() } else { vec![self.permission()] };
        let direction = self.direction();
        Command::UpdateSecurityGroupRuleDescriptions(Box::new(DescribeGroupRules { group, direction, permissions, rules }))
    }
}
