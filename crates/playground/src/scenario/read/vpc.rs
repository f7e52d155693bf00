//! Reads VPCs and subnets.

use super::Reader;
use super::facts::{self, flag, id, ipv4_block, ipv6_block, maybe_id, objects, text};
use crate::aws::Kind;
use crate::json::{FieldError, Fields};
use crate::scenario::ScenarioError;
use crate::scenario::gather::Found;
use crate::words::InputKey;
use eni_core::addr::{IpNet, Ipv4Net};
use eni_core::id::*;
use eni_core::model::Tags;
use eni_core::model::event::Event;
use eni_core::model::network_acl::NetworkAcl;
use eni_core::model::route_table::{Destination, Route, RouteOrigin, RouteTable, RouteTableUser, RouteTarget};
use eni_core::model::security_group::SecurityGroup;
use eni_core::model::vpc::{LaunchNames, Subnet, SubnetIpv6Cidr, Vpc, VpcCidr, VpcIpv6Cidr, is_block_size};
use eni_core::order::sort_by_key;
use eni_core::table::Table;
use serde_json::Value;

/// What VPCs and subnets find out from other objects.
#[derive(Default)]
pub(super) struct Parts {
    /// Main route tables.
    pub(super) main_tables: Table<VpcId, RouteTableId>,
    /// Default network ACLs.
    pub(super) default_acls: Table<VpcId, AclId>,
    /// Groups that may be the default one, and how well they fit.
    pub(super) default_groups: Table<VpcId, (bool, GroupId)>,
    /// The network ACL of each subnet, with the tie.
    pub(super) subnet_acls: Table<SubnetId, (AclId, AclAssociationId)>,
}

impl Reader<'_> {
    pub(super) fn read_vpc(&mut self, found: &Found, parts: &mut Parts) -> Result<(), ScenarioError> {
        let mut fields = Fields::of(&found.place, &found.value)?;
        let vpc_id: VpcId = id(&mut fields, "VpcId")?;
        self.observe(vpc_id);
        let cidrs = self.vpc_blocks(&mut fields)?;
        let mut ipv6_cidrs = Vec::new();
        for mut entry in objects(&mut fields, "Ipv6CidrBlockAssociationSet")? {
            let Some(cidr) = ipv6_block(&mut entry, "Ipv6CidrBlock")? else { continue };
            if is_leaving(&mut entry, "Ipv6CidrBlockState")? {
                continue;
            }
            let association = self.known_or_new(maybe_id(&mut entry, "AssociationId")?);
            ipv6_cidrs.push(VpcIpv6Cidr { association, cidr });
        }
        let mut dns = (facts::wrapped_flag(&mut fields, "EnableDnsSupport")?, facts::wrapped_flag(&mut fields, "EnableDnsHostnames")?);
        for attribute in
            self.gathered.vpc_attributes.iter().filter(|a| a.value.get("VpcId").and_then(Value::as_str) == Some(&vpc_id.to_string()))
        {
            let mut fields = Fields::of(&attribute.place, &attribute.value)?;
            dns.0 = facts::wrapped_flag(&mut fields, "EnableDnsSupport")?.or(dns.0);
            dns.1 = facts::wrapped_flag(&mut fields, "EnableDnsHostnames")?.or(dns.1);
        }
        let is_default = flag(&mut fields, "IsDefault", false)?;
        let dhcp_options = self.options_of_vpc(&mut fields)?;
        let vpc = Vpc {
            id: vpc_id,
            ipv6_cidrs,
            is_default,
            main_route_table: self.main_table(vpc_id, &cidrs, parts)?,
            default_acl: self.default_acl(vpc_id, parts)?,
            default_group: self.default_group(vpc_id, parts)?,
            cidrs,
            dhcp_options,
            dns_support: dns.0.unwrap_or(true),
            dns_hostnames: dns.1.unwrap_or_else(|| self.tells_public_names(vpc_id).unwrap_or(is_default)),
            tags: self.tags(found, &vpc_id.to_string(), "Tags")?,
        };
        self.events.push(Event::VpcCreated(Box::new(vpc)));
        Ok(())
    }

    /// Whether ENIs and instances of a VPC are told of with public names, or with public addresses that have none (`L14`); nothing where none is.
    fn tells_public_names(&self, vpc: VpcId) -> Option<bool> {
        let has = |object: &Value, member: &str| object.get(member).and_then(Value::as_str).map(|text| !text.is_empty());
        let of_vpc = |kind| {
            let all = self.gathered.of(kind).iter().map(|found| &found.value);
            all.filter(move |object| object.get("VpcId").and_then(Value::as_str) == Some(&vpc.to_string()))
        };
        let associations = of_vpc(Kind::NetworkInterfaces).filter_map(|eni| eni.get("Association"));
        let public = of_vpc(Kind::Reservations).filter(|instance| has(instance, "PublicIpAddress") == Some(true));
        // Where the name is left out nothing is said.
        let mut told = associations.chain(public).filter_map(|one| has(one, "PublicDnsName")).peekable();
        told.peek()?;
        Some(told.any(|named| named))
    }

    /// A VPC's IPv4 blocks, the primary one first.
    fn vpc_blocks(&mut self, fields: &mut Fields<'_>) -> Result<Vec<VpcCidr>, ScenarioError> {
        let primary = own_block(fields)?;
        let mut blocks = Vec::new();
        for mut entry in objects(fields, "CidrBlockAssociationSet")? {
            if is_leaving(&mut entry, "CidrBlockState")? {
                continue;
            }
            let association = id(&mut entry, "AssociationId")?;
            let cidr = own_block(&mut entry)?.ok_or_else(|| FieldError::new(entry.place("CidrBlock"), InputKey::Missing))?;
            blocks.push(VpcCidr { association: self.observe(association), cidr });
        }
        if let Some(cidr) = primary.filter(|cidr| blocks.iter().all(|block| block.cidr != *cidr)) {
            blocks.insert(0, VpcCidr { association: self.counters.take(), cidr });
        }
        if blocks.is_empty() {
            return Err(FieldError::new(fields.place("CidrBlock"), InputKey::Missing).into());
        }
        sort_by_key(&mut blocks, |block| Some(block.cidr) != primary && primary.is_some());
        Ok(blocks)
    }

    /// The main route table of a VPC; an import that has none gets one with the local routes.
    fn main_table(&mut self, vpc: VpcId, cidrs: &[VpcCidr], parts: &Parts) -> Result<RouteTableId, ScenarioError> {
        if let Some(table) = parts.main_tables.get(&vpc) {
            return Ok(*table);
        }
        self.make_up(&format!("Vpcs {vpc}"), InputKey::MainTableMade)?;
        let id: RouteTableId = self.counters.take();
        let local = |block: &VpcCidr| {
            (Destination::Cidr(IpNet::V4(block.cidr)), Route { target: RouteTarget::Local, origin: RouteOrigin::CreateRouteTable })
        };
        let table = RouteTable {
            id,
            vpc,
            associations: Table::from([(self.counters.take(), RouteTableUser::Main)]),
            routes: cidrs.iter().map(local).collect(),
            propagating: Vec::new(),
            tags: Tags::new(),
        };
        self.events.push(Event::RouteTableCreated(Box::new(table)));
        Ok(id)
    }

    /// The default network ACL of a VPC; an import that has none gets one that allows all (`N2`).
    fn default_acl(&mut self, vpc: VpcId, parts: &mut Parts) -> Result<AclId, ScenarioError> {
        if let Some(acl) = parts.default_acls.get(&vpc) {
            return Ok(*acl);
        }
        self.make_up(&format!("Vpcs {vpc}"), InputKey::DefaultAclMade)?;
        let id: AclId = self.counters.take();
        let open = Table::from([(100, super::fresh::allow_all())]);
        let acl = NetworkAcl { id, vpc, is_default: true, ingress: open.clone(), egress: open, tags: Tags::new() };
        self.events.push(Event::AclCreated(Box::new(acl)));
        parts.default_acls.insert(vpc, id);
        Ok(id)
    }

    /// The default group of a VPC; an import that has none gets one (`S6`).
    fn default_group(&mut self, vpc: VpcId, parts: &Parts) -> Result<GroupId, ScenarioError> {
        if let Some((_, group)) = parts.default_groups.get(&vpc) {
            return Ok(*group);
        }
        self.make_up(&format!("Vpcs {vpc}"), InputKey::DefaultGroupMade)?;
        let id: GroupId = self.counters.take();
        let rules = super::fresh::default_rules(id, &mut self.counters);
        let (name, description) = ("default".to_owned(), super::fresh::DEFAULT_DESCRIPTION.to_owned());
        let group = SecurityGroup { id, vpc, name, description, rules, tags: Tags::new() };
        self.events.push(Event::GroupCreated(Box::new(group)));
        Ok(id)
    }

    pub(super) fn read_subnet(&mut self, found: &Found, parts: &Parts) -> Result<(), ScenarioError> {
        let mut fields = Fields::of(&found.place, &found.value)?;
        let subnet_id: SubnetId = id(&mut fields, "SubnetId")?;
        self.observe(subnet_id);
        let vpc: VpcId = id(&mut fields, "VpcId")?;
        let cidr = own_block(&mut fields)?.ok_or_else(|| FieldError::new(fields.place("CidrBlock"), InputKey::Missing))?;
        let mut ipv6_cidr = None;
        for mut entry in objects(&mut fields, "Ipv6CidrBlockAssociationSet")? {
            let Some(cidr) = ipv6_block(&mut entry, "Ipv6CidrBlock")? else { continue };
            if !is_leaving(&mut entry, "Ipv6CidrBlockState")? {
                let association = self.known_or_new(maybe_id(&mut entry, "AssociationId")?);
                ipv6_cidr = Some(SubnetIpv6Cidr { association, cidr });
            }
        }
        let (acl, acl_association) = match (parts.subnet_acls.get(&subnet_id), parts.default_acls.get(&vpc)) {
            (Some((acl, association)), _) => (*acl, *association),
            (None, Some(acl)) => {
                self.make_up(&found.place, InputKey::AclAssumed)?;
                (*acl, self.counters.take())
            }
            (None, None) => return Err(FieldError::new(fields.place("VpcId"), InputKey::NotThere { id: &vpc.to_string() }).into()),
        };
        let subnet = Subnet {
            id: subnet_id,
            vpc,
            zone: facts::zone(&mut fields)?,
            cidr,
            ipv6_cidr,
            map_public_ip_on_launch: flag(&mut fields, "MapPublicIpOnLaunch", false)?,
            assign_ipv6_on_creation: flag(&mut fields, "AssignIpv6AddressOnCreation", false)?,
            dns64: flag(&mut fields, "EnableDns64", false)?,
            launch_names: launch_names(&mut fields)?,
            default_for_az: flag(&mut fields, "DefaultForAz", false)?,
            acl,
            acl_association,
            tags: self.tags(found, &subnet_id.to_string(), "Tags")?,
        };
        self.events.push(Event::SubnetCreated(Box::new(subnet)));
        Ok(())
    }

    /// An id that was there, taken note of, or a new one.
    fn known_or_new<I: ResourceId>(&mut self, id: Option<I>) -> I {
        match id {
            Some(id) => self.observe(id),
            None => self.counters.take(),
        }
    }
}

/// Whether a block is on its way off, or gone.
fn is_leaving(entry: &mut Fields<'_>, member: &str) -> Result<bool, FieldError> {
    let state = facts::object(entry, member)?.map(|mut state| text(&mut state, "State")).transpose()?;
    Ok(state.is_some_and(|state| !state.is_empty() && state != "associated" && state != "associating"))
}

/// How instances launched in a subnet are named.
fn launch_names(fields: &mut Fields<'_>) -> Result<LaunchNames, FieldError> {
    let Some(mut entry) = facts::object(fields, "PrivateDnsNameOptionsOnLaunch")? else { return Ok(LaunchNames::default()) };
    Ok(LaunchNames {
        by_resource: text(&mut entry, "HostnameType")? == "resource-name",
        a_record: flag(&mut entry, "EnableResourceNameDnsARecord", false)?,
        aaaa_record: flag(&mut entry, "EnableResourceNameDnsAAAARecord", false)?,
    })
}

/// The IPv4 block of a VPC or a subnet: a /16 to a /28 (`E47`).
fn own_block(entry: &mut Fields<'_>) -> Result<Option<Ipv4Net>, FieldError> {
    let block = ipv4_block(entry, "CidrBlock")?;
    match block.filter(|block| !is_block_size(*block)) {
        Some(wrong) => Err(FieldError::new(entry.place("CidrBlock"), InputKey::BlockSize { block: &wrong.to_string() })),
        None => Ok(block),
    }
}
