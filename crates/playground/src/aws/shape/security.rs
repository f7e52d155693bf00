//! Writes security groups, their rules, and network ACLs.

use super::{Form, Writer};
use crate::aws::error::ApiError;
use crate::aws::express::acl_entry;
use crate::aws::text::{Json, Object};
use crate::aws::traffic::write_permission;
use eni_core::addr::{Direction, IpNet, Ipv4Net, Ipv6Net, Traffic};
use eni_core::id::{GroupId, VpcId};
use eni_core::model::network_acl::{AclAction, AclEntry, FINAL_DENY_IPV4, FINAL_DENY_IPV6, NetworkAcl};
use eni_core::model::security_group::{GroupRule, Peer, SecurityGroup};
use serde_json::Value;

/// Which of a group's permissions are written.
#[derive(Clone, Copy)]
enum Permissions {
    /// All.
    All,
    /// Stale ones; only rules that name groups become stale.
    Stale,
}

impl Writer<'_> {
    pub(in crate::aws) fn group(&self, group: &SecurityGroup) -> Json {
        let permissions = |direction| self.permissions(group.id, group.rules_of(direction), Permissions::All);
        self.object()
            .text("GroupId", group.id)
            .text("GroupName", &group.name)
            .text("Description", &group.description)
            .text("VpcId", group.vpc)
            .with("SecurityGroupArn", self.arn("security-group", group.id))
            .with("IpPermissions", permissions(Direction::Ingress))
            .with("IpPermissionsEgress", permissions(Direction::Egress))
            .with("OwnerId", self.owner())
            .tags_if_any(&group.tags)
            .into()
    }

    /// A rule that was taken out, as the reply to revoking shows it.
    pub(in crate::aws) fn revoked_rule(&self, group: GroupId, rule: &GroupRule) -> Json {
        let object = rule_facts(Object::new().text("SecurityGroupRuleId", rule.id).text("GroupId", group), rule);
        let object = match rule.peer {
            Peer::Group(other) => object.text("ReferencedGroupId", other),
            _ => object,
        };
        object.filled("Description", &rule.description).into()
    }

    /// Which groups of other VPCs name these in a rule, through which peering connection (`S28`).
    pub(in crate::aws) fn group_references(&self, ids: &[String]) -> Result<Vec<Json>, ApiError> {
        let mut found = Vec::new();
        for id in ids {
            let named = id.parse().ok().and_then(|id| self.network.group(id)).ok_or_else(|| ApiError::not_found("sg", id))?;
            let mut vpcs: Vec<VpcId> =
                self.network.groups_naming(named.id).filter_map(|group| self.network.group(group)).map(|group| group.vpc).collect();
            eni_core::order::sort(&mut vpcs);
            vpcs.dedup();
            for vpc in vpcs.into_iter().filter(|vpc| *vpc != named.vpc) {
                let peering = self.network.peering_between(vpc, named.vpc).map(|peering| peering.id);
                let object = Object::new().text("GroupId", named.id).text("ReferencingVpcId", vpc);
                found.push(object.maybe_text("VpcPeeringConnectionId", peering).into());
            }
        }
        Ok(found)
    }

    /// The groups that ENIs of a VPC may have: here its own, for no group is shared between VPCs.
    pub(in crate::aws) fn groups_for_vpc(&self, ids: &[String]) -> Result<Vec<Json>, ApiError> {
        let vpc = self.named_vpc(ids)?;
        let group = |group: &SecurityGroup| {
            let object = Object::new().text("GroupId", group.id).text("GroupName", &group.name).text("Description", &group.description);
            object.with("OwnerId", self.owner()).text("PrimaryVpcId", vpc).tags("Tags", &group.tags).into()
        };
        Ok(self.network.groups().filter(|group| group.vpc == vpc).map(group).collect())
    }

    fn named_vpc(&self, ids: &[String]) -> Result<VpcId, ApiError> {
        let id = ids.first().map_or("", String::as_str);
        id.parse().ok().and_then(|id| self.network.vpc(id)).map(|vpc| vpc.id).ok_or_else(|| ApiError::not_found("vpc", id))
    }

    /// The groups of a VPC with rules that fit nothing any more: what they name is gone, or behind no active peering connection (`S28`).
    pub(in crate::aws) fn stale_groups(&self, ids: &[String]) -> Result<Vec<Json>, ApiError> {
        let vpc = self.named_vpc(ids)?;
        let is_stale = |rule: &&GroupRule| match rule.peer {
            Peer::Group(id) => match (self.network.group(id), self.network.far_group(id)) {
                (Some(named), _) => self.network.is_stale(vpc, named),
                (None, far) => far.is_none_or(|far| self.network.peering_status(far) != "active"),
            },
            _ => false,
        };
        let mut found = Vec::new();
        for group in self.network.groups().filter(|group| group.vpc == vpc) {
            let stale = |direction| self.permissions(group.id, group.rules_of(direction).filter(is_stale), Permissions::Stale);
            let (ingress, egress) = (stale(Direction::Ingress), stale(Direction::Egress));
            if !(ingress.is_empty_list() && egress.is_empty_list()) {
                let object = Object::new().text("GroupId", group.id).text("GroupName", &group.name).text("Description", &group.description);
                let object = object.text("VpcId", group.vpc).with("StaleIpPermissions", ingress);
                found.push(object.with("StaleIpPermissionsEgress", egress).into());
            }
        }
        Ok(found)
    }

    pub(in crate::aws) fn group_rule(&self, group: GroupId, rule: &GroupRule) -> Json {
        self.told_rule(group, rule).tags("Tags", &rule.tags).into()
    }

    /// A rule as the reply shows it that added it: without tags where it has none.
    pub(in crate::aws) fn added_rule(&self, group: GroupId, rule: &GroupRule) -> Json {
        if rule.tags.is_empty() { self.told_rule(group, rule).into() } else { self.group_rule(group, rule) }
    }

    fn told_rule(&self, group: GroupId, rule: &GroupRule) -> Object {
        let object = Object::new().text("SecurityGroupRuleId", rule.id).text("GroupId", group).with("GroupOwnerId", self.owner());
        let object = rule_facts(object, rule);
        let object = match rule.peer {
            Peer::Group(other) => object.with("ReferencedGroupInfo", self.named_group(group, other)),
            _ => object,
        };
        object.filled("Description", &rule.description).with("SecurityGroupRuleArn", self.arn("security-group-rule", rule.id))
    }

    pub(in crate::aws) fn network_acl(&self, acl: &NetworkAcl) -> Json {
        let subnets = self.network.subnets().filter(|subnet| subnet.acl == acl.id).map(|subnet| {
            let object = Object::new().text("NetworkAclAssociationId", subnet.acl_association).text("NetworkAclId", acl.id);
            object.text("SubnetId", subnet.id).into()
        });
        let entries = [Direction::Egress, Direction::Ingress].into_iter().flat_map(|direction| {
            let own = acl.entries(direction).iter().map(move |(number, entry)| entry_of(direction, i64::from(*number), entry));
            own.chain(final_denies(acl, direction))
        });
        self.object()
            .text("NetworkAclId", acl.id)
            .text("VpcId", acl.vpc)
            .with("IsDefault", acl.is_default)
            .list("Associations", subnets)
            .list("Entries", entries)
            .with("OwnerId", self.owner())
            .tags("Tags", &acl.tags)
            .into()
    }
}

fn entry_of(direction: Direction, number: i64, entry: &AclEntry) -> Json {
    Value::from(acl_entry(direction, number, entry)).into()
}

/// The closing denies as replies show them: the one for IPv6 where there are IPv6 entries (`N5`).
fn final_denies(acl: &NetworkAcl, direction: Direction) -> impl Iterator<Item = Json> {
    let deny = |cidr| AclEntry { traffic: Traffic::All, cidr, action: AclAction::Deny };
    let has_ipv6 = acl.ingress.values().chain(acl.egress.values()).any(|entry| matches!(entry.cidr, IpNet::V6(_)));
    let ipv6 = has_ipv6.then(|| (FINAL_DENY_IPV6, deny(IpNet::V6(Ipv6Net::default()))));
    [(FINAL_DENY_IPV4, deny(IpNet::V4(Ipv4Net::default())))]
        .into_iter()
        .chain(ipv6)
        .map(move |(number, entry)| entry_of(direction, i64::from(number), &entry))
}

/// What is said of a rule wherever it stands.
fn rule_facts(object: Object, rule: &GroupRule) -> Object {
    let written = write_permission(rule.traffic);
    let object = object
        .with("IsEgress", rule.direction == Direction::Egress)
        .with("IpProtocol", written.protocol)
        .with("FromPort", written.from.unwrap_or(-1))
        .with("ToPort", written.to.unwrap_or(-1));
    match rule.peer {
        Peer::Ipv4(block) => object.text("CidrIpv4", block),
        Peer::Ipv6(block) => object.text("CidrIpv6", block),
        Peer::PrefixList(list) => object.text("PrefixListId", list),
        Peer::Group(_) => object,
    }
}

impl Writer<'_> {
    /// A group as another one names it: with its VPC and what joins the two, if that is another one.
    fn named_group(&self, of: GroupId, named: GroupId) -> Object {
        let object = Object::new().text("GroupId", named);
        // What a document has no other word for.
        if let Some(far) = self.network.far_group(named) {
            let object = object.filled("UserId", &far.owner).maybe_text("VpcId", far.vpc);
            return object.maybe_text("VpcPeeringConnectionId", far.peering).filled("PeeringStatus", self.network.peering_status(far));
        }
        if self.form == Form::Document {
            return object;
        }
        let object = object.with("UserId", self.owner());
        let (Some(own), Some(other)) = (self.network.group(of), self.network.group(named)) else { return object };
        if own.vpc == other.vpc {
            return object;
        }
        let peering = self.network.peering_between(own.vpc, other.vpc);
        let status = peering.map_or("deleted", |peering| peering.state.as_str());
        let object = object.text("VpcId", other.vpc).maybe_text("VpcPeeringConnectionId", peering.map(|peering| peering.id));
        object.with("PeeringStatus", status)
    }

    /// Rules of one direction as permissions: those of equal traffic are merged (`J6`).
    fn permissions<'r>(&self, group: GroupId, rules: impl Iterator<Item = &'r GroupRule>, which: Permissions) -> Json {
        let mut merged: Vec<(Traffic, Vec<&GroupRule>)> = Vec::new();
        for rule in rules {
            match merged.iter_mut().find(|(traffic, _)| *traffic == rule.traffic) {
                Some((_, rules)) => rules.push(rule),
                None => merged.push((rule.traffic, vec![rule])),
            }
        }
        merged.into_iter().map(|(traffic, rules)| self.permission(group, traffic, &rules, which)).collect()
    }

    fn permission(&self, group: GroupId, traffic: Traffic, rules: &[&GroupRule], which: Permissions) -> Json {
        let written = write_permission(traffic);
        let (mut ipv4, mut ipv6, mut lists, mut groups) = (vec![], vec![], vec![], vec![]);
        for rule in rules {
            let (list, entry) = match rule.peer {
                Peer::Ipv4(block) => (&mut ipv4, Object::new().text("CidrIp", block)),
                Peer::Ipv6(block) => (&mut ipv6, Object::new().text("CidrIpv6", block)),
                Peer::PrefixList(id) => (&mut lists, Object::new().text("PrefixListId", id)),
                Peer::Group(id) => (&mut groups, self.named_group(group, id)),
            };
            list.push(Json::from(entry.filled("Description", &rule.description)));
        }
        let object = Object::new().with("IpProtocol", written.protocol).maybe("FromPort", written.from).maybe("ToPort", written.to);
        let object = match which {
            Permissions::All => object.with("IpRanges", ipv4).with("Ipv6Ranges", ipv6).with("PrefixListIds", lists),
            Permissions::Stale => object,
        };
        object.with("UserIdGroupPairs", groups).into()
    }
}
