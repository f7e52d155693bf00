//! Network ACLs and security groups.

use super::text::direction_of;
use super::{Lab, net, traffic};
use eni_core::addr::IpNet;
use eni_core::id::*;
use eni_core::model::Tags;
use eni_core::model::event::Event;
use eni_core::model::network_acl::{AclAction, AclEntry, NetworkAcl};
use eni_core::model::security_group::{GroupRule, Peer, SecurityGroup};
use eni_core::table::Table;

impl Lab {
    pub fn acl_with(&mut self, id: AclId, vpc: VpcId) {
        self.apply(Event::AclCreated(Box::new(NetworkAcl {
            id,
            vpc,
            is_default: false,
            ingress: Table::new(),
            egress: Table::new(),
            tags: Tags::new(),
        })));
    }

    /// A new ACL, which denies everything, for a subnet.
    pub fn own_acl(&mut self, subnet: SubnetId, entries: &[&str]) -> AclId {
        let number = self.number();
        let id = AclId::from_number(number);
        self.acl_with(id, self.vpc);
        self.apply(Event::AclAssociationReplaced(subnet, id, AclAssociationId::from_number(number)));
        for entry in entries {
            self.set_acl(id, entry);
        }
        id
    }

    /// `in 100 allow tcp 22 0.0.0.0/0`.
    pub fn set_acl(&mut self, acl: AclId, text: &str) {
        let words: Vec<&str> = text.split(' ').collect();
        let [direction, number, action, traffic_words @ .., cidr] = words.as_slice() else { panic!("not an entry: {text}") };
        let action = if *action == "allow" { AclAction::Allow } else { AclAction::Deny };
        let entry = AclEntry { traffic: traffic(&traffic_words.join(" ")), cidr: cidr.parse::<IpNet>().unwrap(), action };
        self.apply(Event::AclEntrySet(acl, direction_of(direction), number.parse().unwrap(), entry));
    }

    /// A group with rules, as `in tcp 22 203.0.113.1/32` or `out all sg-…`.
    pub fn group(&mut self, rules: &[&str]) -> GroupId {
        let id = GroupId::from_number(self.number());
        self.group_with(id, self.vpc, &id.to_string());
        for rule in rules {
            self.rule(id, rule);
        }
        id
    }

    pub(super) fn group_with(&mut self, id: GroupId, vpc: VpcId, name: &str) {
        self.apply(Event::GroupCreated(Box::new(SecurityGroup {
            id,
            vpc,
            name: name.to_owned(),
            description: "test".to_owned(),
            rules: vec![],
            tags: Tags::new(),
        })));
    }

    pub fn rule(&mut self, group: GroupId, text: &str) -> GroupRuleId {
        let words: Vec<&str> = text.split(' ').collect();
        let [direction, traffic_words @ .., peer] = words.as_slice() else { panic!("not a rule: {text}") };
        let peer = match peer.split_once('-') {
            Some(("sg", _)) => Peer::Group(peer.parse().unwrap()),
            Some(("pl", _)) => Peer::PrefixList(peer.parse().unwrap()),
            _ if peer.contains(':') => Peer::Ipv6(peer.parse().unwrap()),
            _ => Peer::Ipv4(net(peer)),
        };
        let id = GroupRuleId::from_number(self.number());
        let rule = GroupRule {
            id,
            direction: direction_of(direction),
            traffic: traffic(&traffic_words.join(" ")),
            peer,
            description: String::new(),
            tags: Tags::new(),
        };
        self.apply(Event::GroupRulesAdded(group, vec![rule]));
        id
    }
}
