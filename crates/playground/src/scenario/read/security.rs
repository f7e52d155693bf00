//! Reads security groups with their rules, and network ACLs.

use super::Reader;
use super::facts::{flag, id, integer, ipv4_block, ipv6_block, maybe_id, object, objects, text};
use super::vpc::Parts;
use crate::aws::{Kind, read_acl_traffic, read_rule_traffic};
use crate::json::{FieldError, Fields};
use crate::scenario::ScenarioError;
use crate::scenario::gather::Found;
use crate::words::InputKey;
use eni_core::addr::{Direction, IpNet, Traffic};
use eni_core::id::*;
use eni_core::model::Tags;
use eni_core::model::event::Event;
use eni_core::model::network_acl::{AclAction, AclEntry, MAX_RULE_NUMBER, NetworkAcl};
use eni_core::model::security_group::{GroupRule, Peer, SecurityGroup};
use eni_core::order::sort;
use eni_core::table::Table;

impl Reader<'_> {
    pub(super) fn read_groups(&mut self, parts: &mut Parts) -> Result<(), ScenarioError> {
        let gathered = self.gathered;
        let mut rules: Table<GroupId, Vec<GroupRule>> = Table::new();
        for found in gathered.of(Kind::SecurityGroupRules) {
            match self.read_rule(found) {
                Ok((group, rule)) => rules.update(group, Vec::new(), |rules| rules.push(rule)),
                Err(problem) => _ = self.keep(self.events.len(), Err(problem))?,
            }
        }
        for found in gathered.of(Kind::SecurityGroups) {
            let (begun, read) = (self.events.len(), self.read_group(found, &mut rules, parts));
            self.keep(begun, read)?;
        }
        for (group, rules) in &rules {
            let count = rules.len().to_string();
            self.make_up(&format!("SecurityGroups {group}"), InputKey::RulesWithoutGroup { count: &count })?;
        }
        self.loose_rules = rules;
        Ok(())
    }

    fn read_group(&mut self, found: &Found, known: &mut Table<GroupId, Vec<GroupRule>>, parts: &mut Parts) -> Result<(), ScenarioError> {
        let mut fields = Fields::of(&found.place, &found.value)?;
        let group: GroupId = id(&mut fields, "GroupId")?;
        let own = known.remove(&group);
        self.observe(group);
        let mut permissions = Vec::new();
        for (list, direction) in [("IpPermissions", Direction::Ingress), ("IpPermissionsEgress", Direction::Egress)] {
            for mut entry in objects(&mut fields, list)? {
                read_permission(&mut entry, direction, &mut permissions)?;
            }
        }
        let rules = match own {
            Some(rules) => {
                let shown = found.value.get("IpPermissions").is_some() && found.value.get("IpPermissionsEgress").is_some();
                if shown && !same_rules(&rules, &permissions) {
                    return Err(ScenarioError::Disagree {
                        first: format!("SecurityGroupRules of {group}"),
                        second: found.place.clone(),
                        problem: InputKey::OtherRules.into(),
                    });
                }
                rules
            }
            None => permissions.into_iter().map(|permission| permission.with_id(self.counters.take())).collect(),
        };
        let Some(vpc) = maybe_id::<VpcId>(&mut fields, "VpcId")? else {
            self.notes.warn(InputKey::NoVpcLeftOut { what: &found.place });
            return Ok(());
        };
        let (name, description) = (text(&mut fields, "GroupName")?, text(&mut fields, "Description")?);
        let tags = self.tags(found, &group.to_string(), "Tags")?;
        if name == "default" {
            let fits = description == super::fresh::DEFAULT_DESCRIPTION;
            if parts.default_groups.get(&vpc).is_none_or(|(best, _)| fits && !best) {
                parts.default_groups.insert(vpc, (fits, group));
            }
        }
        self.groups.insert(group);
        self.events.push(Event::GroupCreated(Box::new(SecurityGroup { id: group, vpc, name, description, rules, tags })));
        Ok(())
    }

    /// The groups of an ENI that the import does not tell of: made of what else is known of them.
    pub(super) fn make_up_groups(&mut self, found: &Found, vpc: VpcId, groups: &[GroupId]) -> Result<(), ScenarioError> {
        for group in groups {
            if self.basis.strict || self.groups.contains(group) {
                continue;
            }
            let rules = self.loose_rules.remove(group).unwrap_or_default();
            let (id, count) = (group.to_string(), rules.len().to_string());
            self.make_up(
                &found.place,
                if rules.is_empty() { InputKey::GroupMade { group: &id } } else { InputKey::GroupMadeOf { group: &id, count: &count } },
            )?;
            self.observe(*group);
            self.groups.insert(*group);
            let (name, tags) = (super::prune::group_name(found, &id), self.tags_of_id(&id));
            self.events.push(Event::GroupCreated(Box::new(SecurityGroup {
                id: *group,
                vpc,
                name,
                description: String::new(),
                rules,
                tags,
            })));
        }
        Ok(())
    }

    fn read_rule(&mut self, found: &Found) -> Result<(GroupId, GroupRule), ScenarioError> {
        let mut fields = Fields::of(&found.place, &found.value)?;
        let rule: GroupRuleId = id(&mut fields, "SecurityGroupRuleId")?;
        self.observe(rule);
        let ipv4 = ipv4_block(&mut fields, "CidrIpv4")?.map(Peer::Ipv4);
        let ipv6 = ipv6_block(&mut fields, "CidrIpv6")?.map(Peer::Ipv6);
        let list = maybe_id(&mut fields, "PrefixListId")?.map(Peer::PrefixList);
        let group = match object(&mut fields, "ReferencedGroupInfo")? {
            Some(mut info) => Some(Peer::Group(id(&mut info, "GroupId")?)),
            None => None,
        };
        let mut peers = [ipv4, ipv6, list, group].into_iter().flatten();
        let (Some(peer), None) = (peers.next(), peers.next()) else {
            let problem = InputKey::OnePeer { members: "CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupInfo" };
            return Err(FieldError::new(&found.place, problem).into());
        };
        let egress = flag(&mut fields, "IsEgress", false)?;
        let read = GroupRule {
            id: rule,
            direction: if egress { Direction::Egress } else { Direction::Ingress },
            traffic: rule_traffic(&mut fields)?,
            peer,
            description: text(&mut fields, "Description")?,
            tags: self.tags(found, &rule.to_string(), "Tags")?,
        };
        Ok((id(&mut fields, "GroupId")?, read))
    }

    pub(super) fn read_network_acl(&mut self, found: &Found, parts: &mut Parts) -> Result<(), ScenarioError> {
        let mut fields = Fields::of(&found.place, &found.value)?;
        let acl_id: AclId = id(&mut fields, "NetworkAclId")?;
        self.observe(acl_id);
        let vpc: VpcId = id(&mut fields, "VpcId")?;
        let is_default = flag(&mut fields, "IsDefault", false)?;
        let tags = self.tags(found, &acl_id.to_string(), "Tags")?;
        let mut acl = NetworkAcl { id: acl_id, vpc, is_default, ingress: Table::new(), egress: Table::new(), tags };
        for mut entry in objects(&mut fields, "Entries")? {
            let Some((number, entry_read, egress)) = acl_entry(&mut entry)? else { continue };
            let entries = if egress { &mut acl.egress } else { &mut acl.ingress };
            if entries.insert(number, entry_read).is_some() {
                return Err(ScenarioError::Impossible(vec![
                    FieldError::new(&found.place, InputKey::TwoEntries { number: &number.to_string() }).saying(),
                ]));
            }
        }
        let mut uses = Vec::new();
        for mut entry in objects(&mut fields, "Associations")? {
            let association: AclAssociationId = id(&mut entry, "NetworkAclAssociationId")?;
            uses.push((id::<SubnetId>(&mut entry, "SubnetId")?, association));
        }
        // Nothing can go wrong with this one any more: who asks for its parts finds it.
        if is_default && parts.default_acls.insert(vpc, acl_id).is_some() {
            return Err(ScenarioError::Impossible(vec![InputKey::TwoDefaultAcls { vpc: &vpc.to_string() }.into()]));
        }
        for (subnet, association) in uses {
            if let Some((other, _)) = parts.subnet_acls.insert(subnet, (acl_id, self.observe(association))) {
                let problem = InputKey::BothUsed { subnet: &subnet.to_string() }.into();
                return Err(ScenarioError::Disagree { first: format!("NetworkAcls {other}"), second: found.place.clone(), problem });
            }
        }
        self.events.push(Event::AclCreated(Box::new(acl)));
        Ok(())
    }
}

/// A rule that has no id yet.
struct Permission {
    direction: Direction,
    traffic: Traffic,
    peer: Peer,
    description: String,
}

impl Permission {
    fn with_id(self, id: GroupRuleId) -> GroupRule {
        let Permission { direction, traffic, peer, description } = self;
        GroupRule { id, direction, traffic, peer, description, tags: Tags::new() }
    }
}

/// Whether rules and permissions allow the same.
fn same_rules(rules: &[GroupRule], permissions: &[Permission]) -> bool {
    let mut ours: Vec<_> = rules.iter().map(|rule| (rule.direction, rule.traffic, rule.peer)).collect();
    let mut theirs: Vec<_> = permissions.iter().map(|rule| (rule.direction, rule.traffic, rule.peer)).collect();
    sort(&mut ours);
    sort(&mut theirs);
    ours == theirs
}

fn rule_traffic(fields: &mut Fields<'_>) -> Result<Traffic, FieldError> {
    let protocol = fields.text("IpProtocol", 16)?;
    let (from, to) = (integer(fields, "FromPort")?, integer(fields, "ToPort")?);
    read_rule_traffic(protocol, from, to)
        .map_err(|problem| FieldError::new(fields.place("IpProtocol"), InputKey::AwsSays { message: &problem }))
}

/// One permission: a rule for each of its other ends.
fn read_permission(fields: &mut Fields<'_>, direction: Direction, found: &mut Vec<Permission>) -> Result<(), FieldError> {
    let traffic = rule_traffic(fields)?;
    let mut add = |entry: &mut Fields<'_>, peer: Option<Peer>| -> Result<(), FieldError> {
        let description = text(entry, "Description")?;
        found.extend(peer.map(|peer| Permission { direction, traffic, peer, description }));
        Ok(())
    };
    for mut entry in objects(fields, "IpRanges")? {
        let peer = ipv4_block(&mut entry, "CidrIp")?.map(Peer::Ipv4);
        add(&mut entry, peer)?;
    }
    for mut entry in objects(fields, "Ipv6Ranges")? {
        let peer = ipv6_block(&mut entry, "CidrIpv6")?.map(Peer::Ipv6);
        add(&mut entry, peer)?;
    }
    for mut entry in objects(fields, "PrefixListIds")? {
        let peer = maybe_id(&mut entry, "PrefixListId")?.map(Peer::PrefixList);
        add(&mut entry, peer)?;
    }
    for mut entry in objects(fields, "UserIdGroupPairs")? {
        let peer = maybe_id(&mut entry, "GroupId")?.map(Peer::Group);
        add(&mut entry, peer)?;
    }
    Ok(())
}

/// An entry of a network ACL; the closing denies are always there and not kept (`N5`).
fn acl_entry(fields: &mut Fields<'_>) -> Result<Option<(u16, AclEntry, bool)>, FieldError> {
    let number = u16::try_from(fields.number("RuleNumber", 65_535)?).unwrap_or(u16::MAX);
    if number > MAX_RULE_NUMBER {
        return Ok(None);
    }
    let ports = match object(fields, "PortRange")? {
        Some(mut range) => integer(&mut range, "From")?.zip(integer(&mut range, "To")?),
        None => None,
    };
    let icmp = match object(fields, "IcmpTypeCode")? {
        Some(mut icmp) => integer(&mut icmp, "Type")?.zip(integer(&mut icmp, "Code")?),
        None => None,
    };
    let protocol = fields.text("Protocol", 16)?;
    let traffic = read_acl_traffic(protocol, ports, icmp)
        .map_err(|problem| FieldError::new(fields.place("Protocol"), InputKey::AwsSays { message: &problem }))?;
    let ipv4 = ipv4_block(fields, "CidrBlock")?.map(IpNet::V4);
    let cidr = ipv4.or(ipv6_block(fields, "Ipv6CidrBlock")?.map(IpNet::V6));
    let cidr = cidr.ok_or_else(|| FieldError::new(fields.place("CidrBlock"), InputKey::Missing))?;
    let action = match text(fields, "RuleAction")?.as_str() {
        "allow" => AclAction::Allow,
        "deny" => AclAction::Deny,
        _ => return Err(FieldError::new(fields.place("RuleAction"), InputKey::ExpectedWord { words: "allow, deny" })),
    };
    Ok(Some((number, AclEntry { traffic, cidr, action }, flag(fields, "Egress", false)?)))
}
