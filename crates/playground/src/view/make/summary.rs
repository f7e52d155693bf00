//! An act in a few words, as the timeline's flags and undo have it, and what is said aloud when it is done.

use super::{Maker, list, small};
use crate::view::words::ActKey;
use eni_core::addr::Direction;
use eni_core::control::command::{
    AttachmentKey, Command, EdgeGateway, EniAttribute, InstanceAttribute, KeyPairNamed, TransitAct, TransitAttachmentChange,
};
use eni_core::id::{AllocationId, AssociationId, EniId, InstanceId, NatGatewayId, RouteTableAssociationId, SubnetId};
use eni_core::model::Tags;
use eni_core::model::eni::{Attachment, Eni};
use eni_core::model::event::TaggedId;
use eni_core::model::route_table::RouteTableUser;
use eni_core::model::transit::TransitId;

impl Maker<'_> {
    /// A command in a few words: "attach svc to web-2". `action` is AWS's name, for what has no words of its own.
    pub fn summary(&self, command: &Command, action: &str) -> String {
        use Command as C;
        match command {
            C::RunInstances(run) | C::RequestSpotInstances(run) => match run.tags.get("Name") {
                Some(name) => self.say(ActKey::ActLaunchNamed { instance: name }),
                None => self.say(ActKey::ActLaunch { kind: run.instance_type.name() }),
            },
            C::StartInstances(ids) => self.say(ActKey::ActStart { instance: &self.instances(ids) }),
            C::StopInstances(ids) => self.say(ActKey::ActStop { instance: &self.instances(ids) }),
            C::HibernateInstances(ids) => self.say(ActKey::ActHibernate { instance: &self.instances(ids) }),
            C::SetFault(id, fault) => self.fault_summary(*id, *fault),
            C::TellSpotInstance(id) => self.say(ActKey::ActTellSpot { instance: &self.instance_name(*id) }),
            C::CancelSpotInstanceRequests(ids) => {
                let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
                self.say(ActKey::ActDelete { thing: &ids.join(", ") })
            }
            C::MonitorInstances(ids, _) => self.say(ActKey::ActChange { thing: &self.instances(ids) }),
            C::RebootInstances(ids) => self.say(ActKey::ActReboot { instance: &self.instances(ids) }),
            C::TerminateInstances(ids) => self.say(ActKey::ActTerminate { instance: &self.instances(ids) }),
            C::ModifyInstanceAttribute(id, attribute) => self.instance_change(*id, attribute),
            C::ConfigureGuest(id, _) | C::ShutDownGuest(id) => self.say(ActKey::ActChange { thing: &self.instance_name(*id) }),
            C::CreateNetworkInterface(request) => match request.tags.get("Name") {
                Some(name) => self.say(ActKey::ActCreateNamed { thing: name }),
                None => self.say(ActKey::ActCreateEni),
            },
            C::DeleteNetworkInterface(eni) => self.say(ActKey::ActDelete { thing: &self.eni_name(*eni) }),
            C::AttachNetworkInterface { eni, instance, .. } => {
                self.say(ActKey::ActAttach { eni: &self.eni_name(*eni), instance: &self.instance_name(*instance) })
            }
            C::DetachNetworkInterface { attachment, .. } => self.detach_summary(*attachment),
            C::ModifyNetworkInterfaceAttribute(eni, attributes) => self.eni_change(*eni, attributes),
            C::ResetNetworkInterfaceAttribute(eni) => self.say(ActKey::ActCheckOn { thing: &self.eni_name(*eni) }),
            C::AssignPrivateIpAddresses(wanted) => self.say(ActKey::ActAssign { eni: &self.eni_name(wanted.eni) }),
            C::UnassignPrivateIpAddresses(gone) => self.say(ActKey::ActUnassign { eni: &self.eni_name(gone.eni) }),
            C::Logs(act) => self.logs_summary(act),
            C::Alarm(act) => self.alarm_summary(act),
            C::CreateHostedZone(_)
            | C::DeleteHostedZone(_)
            | C::UpdateHostedZoneComment(..)
            | C::AssociateHostedZone(_)
            | C::DisassociateHostedZone(_)
            | C::ChangeRecordSets(_) => self.zone_summary(command),
            C::CreateDhcpOptions(_) | C::DeleteDhcpOptions(_) | C::AssociateDhcpOptions(..) => self.dhcp_summary(command),
            C::CreateSubnetReservation(wanted) => {
                self.say(ActKey::ActReserve { range: &wanted.cidr.to_string(), subnet: &self.subnet_name(wanted.subnet) })
            }
            C::DeleteSubnetReservation(id) => self.say(ActKey::ActDelete { thing: &self.tagged_name(TaggedId::SubnetReservation(*id)) }),
            C::AssignIpv6Addresses(wanted) => self.say(ActKey::ActAssign { eni: &self.eni_name(wanted.eni) }),
            C::UnassignIpv6Addresses(gone) => self.say(ActKey::ActUnassign { eni: &self.eni_name(gone.eni) }),
            C::AllocateAddress { .. } => self.say(ActKey::ActAllocate),
            C::AssociateAddress { allocation, eni, instance, .. } => {
                let onto = eni.map(|eni| self.eni_name(eni)).or_else(|| instance.map(|id| self.instance_name(id))).unwrap_or_default();
                self.say(ActKey::ActMap { address: &self.elastic_ip_text(*allocation), eni: &onto })
            }
            C::DisassociateAddress(association) => self.say(ActKey::ActUnmap { address: &self.association_text(*association) }),
            C::ReleaseAddress(allocation) => self.say(ActKey::ActRelease { address: &self.elastic_ip_text(*allocation) }),
            other => self.rules_summary(other, action),
        }
    }

    /// What changes of an ENI; a request with several attributes is refused anyway.
    fn eni_change(&self, eni: EniId, attributes: &[EniAttribute]) -> String {
        let thing = &*self.eni_name(eni);
        self.say(match attributes {
            [EniAttribute::Groups(_)] => ActKey::ActGroups { thing },
            [EniAttribute::SourceDestCheck(true)] => ActKey::ActCheckOn { thing },
            [EniAttribute::SourceDestCheck(false)] => ActKey::ActCheckOff { thing },
            [EniAttribute::DeleteOnTermination(_, true)] => ActKey::ActDeletedWith { thing },
            [EniAttribute::DeleteOnTermination(_, false)] => ActKey::ActKept { thing },
            _ => ActKey::ActChange { thing },
        })
    }

    /// What changes of an instance.
    fn instance_change(&self, id: InstanceId, attribute: &InstanceAttribute) -> String {
        let thing = &*self.instance_name(id);
        self.say(match attribute {
            InstanceAttribute::Groups(_) => ActKey::ActGroups { thing },
            InstanceAttribute::SourceDestCheck(true) => ActKey::ActCheckOn { thing },
            InstanceAttribute::SourceDestCheck(false) => ActKey::ActCheckOff { thing },
            InstanceAttribute::InstanceType(kind) => ActKey::ActType { thing, kind: kind.name() },
            _ => ActKey::ActChange { thing },
        })
    }

    /// The same for groups, ACLs, tables, VPCs and gateways.
    fn rules_summary(&self, command: &Command, action: &str) -> String {
        use Command as C;
        match command {
            C::CreateSecurityGroup { name, .. } => self.say(ActKey::ActCreateNamed { thing: name }),
            C::DeleteSecurityGroup(group) => self.say(ActKey::ActDelete { thing: &self.group_name(*group) }),
            C::AuthorizeSecurityGroup { group, direction, .. } => {
                let group = self.group_name(*group);
                self.say(if *direction == Direction::Ingress {
                    ActKey::ActAllowIn { group: &group }
                } else {
                    ActKey::ActAllowOut { group: &group }
                })
            }
            C::RevokeSecurityGroup { group, .. } => self.say(ActKey::ActRevoke { group: &self.group_name(*group) }),
            C::ModifySecurityGroupRules(request) => self.say(ActKey::ActChangeRules { group: &self.group_name(request.group) }),
            C::UpdateSecurityGroupRuleDescriptions(request) => self.say(ActKey::ActChangeRules { group: &self.group_name(request.group) }),
            C::CreateManagedPrefixList(wanted) => self.say(ActKey::ActCreateNamed { thing: &wanted.name }),
            C::ModifyManagedPrefixList(change) => self.say(ActKey::ActChange { thing: &self.prefix_list_name(change.list) }),
            C::RestoreManagedPrefixListVersion(wanted) => self.say(ActKey::ActChange { thing: &self.prefix_list_name(wanted.list) }),
            C::DeleteManagedPrefixList(list) => self.say(ActKey::ActDelete { thing: &self.prefix_list_name(*list) }),
            C::SetNetworkAclEntry { number, replace: false, .. } => self.say(ActKey::ActAddEntry { number: &number.to_string() }),
            C::SetNetworkAclEntry { number, .. } => self.say(ActKey::ActReplaceEntry { number: &number.to_string() }),
            C::DeleteNetworkAclEntry { number, .. } => self.say(ActKey::ActRemoveEntry { number: &number.to_string() }),
            C::SetRoute { destination, .. } => {
                self.say(ActKey::ActSetRoute { destination: &super::traffic::destination_text(*destination) })
            }
            C::DeleteRoute { destination, .. } => {
                self.say(ActKey::ActRemoveRoute { destination: &super::traffic::destination_text(*destination) })
            }
            C::CreateVpc { cidr, .. } => self.say(ActKey::ActCreateVpc { cidr: &cidr.to_string() }),
            C::CreateDefaultVpc => self.say(ActKey::ActCreateDefaultVpc),
            C::CreateDefaultSubnet(zone) => self.say(ActKey::ActCreateDefaultSubnet { zone: &zone.to_string() }),
            C::CreateSubnet(request) => self.say(ActKey::ActCreateSubnet { cidr: &request.cidr.to_string() }),
            C::DeleteVpc(id) => self.say(ActKey::ActDelete { thing: &self.vpc_name(*id) }),
            C::DeleteSubnet(id) => self.say(ActKey::ActDelete { thing: &self.subnet_name(*id) }),
            C::DeleteInternetGateway(id) => self.say(ActKey::ActDelete { thing: &self.gateway_name(*id) }),
            C::DeleteRouteTable(id) => self.say(ActKey::ActDelete { thing: &self.table_name(*id) }),
            other => self.ties_summary(other, action),
        }
    }

    /// The same for what ties things together: associations, gateways, tags.
    fn ties_summary(&self, command: &Command, action: &str) -> String {
        use Command as C;
        let tied = |subnet: Option<SubnetId>, to: String| match subnet {
            Some(subnet) => self.say(ActKey::ActUse { subnet: &self.subnet_name(subnet), thing: &to }),
            None => self.say(ActKey::ActMainTable { table: &to }),
        };
        match command {
            C::ModifyVpcAttribute { vpc, .. } | C::AssociateVpcCidrBlock(vpc, _) => {
                self.say(ActKey::ActChange { thing: &self.vpc_name(*vpc) })
            }
            C::ModifySubnetAttribute(subnet, _) | C::AssociateSubnetCidrBlock(subnet, _) => {
                self.say(ActKey::ActChange { thing: &self.subnet_name(*subnet) })
            }
            C::DisassociateVpcCidrBlock(_) | C::DisassociateSubnetCidrBlock(_) => self.say(ActKey::ActTakeBlock),
            C::CreateNetworkAcl { tags, .. } => self.created(tags, ActKey::ActCreateAcl),
            C::CreateRouteTable { tags, .. } => self.created(tags, ActKey::ActCreateTable),
            C::CreateInternetGateway { tags } => self.created(tags, ActKey::ActCreateGateway),
            C::CreateEgressOnlyInternetGateway { tags, .. } => self.created(tags, ActKey::ActCreateEgressOnly),
            C::DeleteEgressOnlyInternetGateway(id) => {
                self.say(ActKey::ActDelete { thing: &self.tagged_name(TaggedId::EgressOnlyGateway(*id)) })
            }
            C::CreateVpnGateway { .. }
            | C::AttachVpnGateway { .. }
            | C::DetachVpnGateway { .. }
            | C::DeleteVpnGateway(_)
            | C::SetVgwRoutePropagation { .. }
            | C::CreateCustomerGateway(_)
            | C::DeleteCustomerGateway(_)
            | C::CreateVpnConnection(_)
            | C::DeleteVpnConnection(_)
            | C::SetVpnConnectionRoute { .. } => self.vpn_summary(command),
            C::DeleteNetworkAcl(id) => self.say(ActKey::ActDelete { thing: &self.tagged_name(TaggedId::Acl(*id)) }),
            C::ReplaceNetworkAclAssociation { association, acl } => {
                let subnet = self.network.subnet_by_acl_association(*association).map(|subnet| subnet.id);
                let subnet = subnet.map_or_else(|| association.to_string(), |id| self.subnet_name(id));
                self.say(ActKey::ActUse { subnet: &subnet, thing: &self.tagged_name(TaggedId::Acl(*acl)) })
            }
            C::AssociateRouteTable { table, subnet } => tied(Some(*subnet), self.table_name(*table)),
            C::AssociateGatewayRouteTable { table, gateway } => {
                let gateway = match gateway {
                    EdgeGateway::Internet(id) => self.gateway_name(*id),
                    EdgeGateway::Vpn(id) => self.tagged_name(TaggedId::VpnGateway(*id)),
                };
                self.say(ActKey::ActUse { subnet: &gateway, thing: &self.table_name(*table) })
            }
            C::ReplaceRouteTableAssociation { association, table } => tied(self.subnet_tied_by(*association), self.table_name(*table)),
            C::DisassociateRouteTable(association) => {
                let subnet = self.subnet_tied_by(*association).map_or_else(|| association.to_string(), |id| self.subnet_name(id));
                self.say(ActKey::ActUseMain { subnet: &subnet })
            }
            C::AttachInternetGateway { gateway, vpc } => {
                self.say(ActKey::ActAttach { eni: &self.gateway_name(*gateway), instance: &self.vpc_name(*vpc) })
            }
            C::DetachInternetGateway { gateway, vpc } => {
                self.say(ActKey::ActDetach { eni: &self.gateway_name(*gateway), instance: &self.vpc_name(*vpc) })
            }
            C::CreateTags { resources, tags } => {
                let things = list(resources.iter().map(|id| self.tagged_name(*id)));
                let only_names = tags.keys().all(|key| key == "Name");
                self.say(if only_names { ActKey::ActName { thing: &things } } else { ActKey::ActTag { thing: &things } })
            }
            C::DeleteTags { resources, .. } => {
                self.say(ActKey::ActUntag { thing: &list(resources.iter().map(|id| self.tagged_name(*id))) })
            }
            other => self.connection_summary(other, action),
        }
    }

    /// The same for what stands between a VPC and others: NAT gateways, endpoints, services, peering connections; and flow logs.
    fn connection_summary(&self, command: &Command, action: &str) -> String {
        use Command as C;
        match command {
            C::CreateNatGateway(wanted) => self.created(&wanted.tags, ActKey::ActCreateNat),
            C::DeleteNatGateway(id) => self.say(ActKey::ActDelete { thing: &self.nat_gateway_name(*id) }),
            C::AssignPrivateNatGatewayAddress(wanted) => self.nat_addresses(wanted.gateway, true),
            C::AssociateNatGatewayAddress(wanted) => self.nat_addresses(wanted.gateway, true),
            C::UnassignPrivateNatGatewayAddress(id, _) | C::DisassociateNatGatewayAddress(id, _) => self.nat_addresses(*id, false),
            C::CreateVpcEndpoint(request) => {
                self.say(ActKey::ActCreateEndpoint { service: request.service.as_deref().unwrap_or_default() })
            }
            C::ModifyVpcEndpoint(request) => self.say(ActKey::ActChange { thing: &self.tagged_name(TaggedId::Endpoint(request.endpoint)) }),
            C::DeleteVpcEndpoints(ids) => {
                self.say(ActKey::ActDelete { thing: &list(ids.iter().map(|id| self.tagged_name(TaggedId::Endpoint(*id)))) })
            }
            C::Balance(act) => self.balancing_summary(act),
            C::Lambda(act) => self.lambda_summary(act),
            C::Efs(act) => self.efs_summary(act),
            C::ServiceTakes(request) => {
                let (service, subnet) = (small(&self.service_name(request.service)), self.subnet_name(request.subnet));
                self.say(ActKey::ActServiceTakes { service: &service, subnet: &subnet })
            }
            C::ServiceLeaves(eni) => self.say(ActKey::ActServiceLeaves { eni: &self.eni_name(*eni) }),
            C::RequestServiceQuotaIncrease { quota, value } => {
                self.say(ActKey::ActRaiseQuota { quota: quota.name(), value: &value.to_string() })
            }
            C::CreateFlowLogs(request) => self.say(ActKey::ActLog { of: &list(request.resources.iter().map(|of| self.logged_name(*of))) }),
            C::DeleteFlowLogs(ids) => {
                self.say(ActKey::ActDelete { thing: &list(ids.iter().map(|id| self.tagged_name(TaggedId::FlowLog(*id)))) })
            }
            C::CreateKeyPair(request) => self.say(ActKey::ActCreateKeyPair { name: &request.name }),
            C::ImportKeyPair(request) => self.say(ActKey::ActImportKeyPair { name: &request.name }),
            C::DeleteKeyPair(KeyPairNamed::Name(name)) => self.say(ActKey::ActDeleteKeyPair { name }),
            C::DeleteKeyPair(KeyPairNamed::Id(id)) => {
                self.say(ActKey::ActDeleteKeyPair { name: &self.tagged_name(TaggedId::KeyPair(*id)) })
            }
            C::CreateVpcPeeringConnection(request) => {
                let other = request.peer.map(|peer| self.vpc_name(peer)).unwrap_or_default();
                self.say(ActKey::ActPeer { one: &self.vpc_name(request.vpc), other: &other })
            }
            C::AcceptVpcPeeringConnection(id) => self.say(ActKey::ActAcceptPeering { peering: &self.tagged_name(TaggedId::Peering(*id)) }),
            C::RejectVpcPeeringConnection(id) => self.say(ActKey::ActRejectPeering { peering: &self.tagged_name(TaggedId::Peering(*id)) }),
            C::DeleteVpcPeeringConnection(id) => self.say(ActKey::ActDelete { thing: &self.tagged_name(TaggedId::Peering(*id)) }),
            C::ModifyVpcPeeringConnectionOptions(request) => {
                self.say(ActKey::ActChange { thing: &self.tagged_name(TaggedId::Peering(request.peering)) })
            }
            C::Transit(command) => self.transit_summary(command),
            // A test goes over the table of actions: none of them comes here.
            _ => action.to_owned(),
        }
    }

    /// The same for transit gateways.
    fn transit_summary(&self, command: &TransitAct) -> String {
        use TransitAct as T;
        let name = |id| self.transit_name(id);
        match command {
            T::CreateGateway(new) => self.created(&new.tags, ActKey::ActCreateTransit),
            T::ModifyGateway(id, _) => self.say(ActKey::ActChange { thing: &name(TransitId::Gateway(*id)) }),
            T::DeleteGateway(id) => self.say(ActKey::ActDelete { thing: &name(TransitId::Gateway(*id)) }),
            T::CreateAttachment(new) => {
                self.say(ActKey::ActAttach { eni: &self.vpc_name(new.vpc), instance: &name(TransitId::Gateway(new.gateway)) })
            }
            T::ModifyAttachment(id, TransitAttachmentChange { add, .. }) if !add.is_empty() => {
                let vpc = self.network.transit_attachment(*id).map(|one| self.vpc_name(one.vpc)).unwrap_or_default();
                let subnets: Vec<_> = add.iter().filter_map(|id| self.network.subnet(*id)).collect();
                let zones = list(subnets.iter().map(|subnet| subnet.zone.to_string()));
                let subnets = list(subnets.iter().map(|subnet| self.subnet_name(subnet.id)));
                self.say(ActKey::ActAttachZones { vpc: &vpc, zones: &zones, subnets: &subnets })
            }
            T::ModifyAttachment(id, _) => self.say(ActKey::ActChange { thing: &name(TransitId::Attachment(*id)) }),
            T::DeleteAttachment(id) => self.say(ActKey::ActDelete { thing: &name(TransitId::Attachment(*id)) }),
            T::CreateTable(_, tags) => self.created(tags, ActKey::ActCreateTransitTable),
            T::DeleteTable(id) => self.say(ActKey::ActDelete { thing: &name(TransitId::Table(*id)) }),
            T::Associate(table, id, true) => {
                self.say(ActKey::ActUse { subnet: &name(TransitId::Attachment(*id)), thing: &name(TransitId::Table(*table)) })
            }
            T::Associate(table, id, false) => {
                self.say(ActKey::ActDetach { eni: &name(TransitId::Attachment(*id)), instance: &name(TransitId::Table(*table)) })
            }
            T::Propagate(table, ..) => self.say(ActKey::ActChange { thing: &name(TransitId::Table(*table)) }),
            T::SetRoute { destination, .. } => self.say(ActKey::ActSetRoute { destination: &destination.to_string() }),
            T::DeleteRoute(_, destination) => self.say(ActKey::ActRemoveRoute { destination: &destination.to_string() }),
        }
    }

    /// The same for VPN.
    fn vpn_summary(&self, command: &Command) -> String {
        use Command as C;
        let name = |id: TaggedId| self.tagged_name(id);
        match command {
            C::CreateVpnGateway { tags, .. } => self.created(tags, ActKey::ActCreateVpnGateway),
            C::CreateCustomerGateway(wanted) => self.created(&wanted.tags, ActKey::ActCreateCustomerGateway),
            C::CreateVpnConnection(wanted) => self.created(&wanted.tags, ActKey::ActCreateVpnConnection),
            C::AttachVpnGateway { gateway, vpc } => {
                self.say(ActKey::ActAttach { eni: &name(TaggedId::VpnGateway(*gateway)), instance: &self.vpc_name(*vpc) })
            }
            C::DetachVpnGateway { gateway, vpc } => {
                self.say(ActKey::ActDetach { eni: &name(TaggedId::VpnGateway(*gateway)), instance: &self.vpc_name(*vpc) })
            }
            C::DeleteVpnGateway(id) => self.say(ActKey::ActDelete { thing: &name(TaggedId::VpnGateway(*id)) }),
            C::DeleteCustomerGateway(id) => self.say(ActKey::ActDelete { thing: &name(TaggedId::CustomerGateway(*id)) }),
            C::DeleteVpnConnection(id) => self.say(ActKey::ActDelete { thing: &name(TaggedId::VpnConnection(*id)) }),
            C::SetVgwRoutePropagation { table, .. } => self.say(ActKey::ActChange { thing: &self.table_name(*table) }),
            C::SetVpnConnectionRoute { destination, there: true, .. } => {
                self.say(ActKey::ActSetRoute { destination: &destination.to_string() })
            }
            C::SetVpnConnectionRoute { destination, .. } => self.say(ActKey::ActRemoveRoute { destination: &destination.to_string() }),
            _ => String::new(),
        }
    }

    fn nat_addresses(&self, id: NatGatewayId, more: bool) -> String {
        let gateway = self.nat_gateway_name(id);
        self.say(if more { ActKey::ActAddNatAddresses { gateway: &gateway } } else { ActKey::ActRemoveNatAddresses { gateway: &gateway } })
    }

    fn created(&self, tags: &Tags, unnamed: ActKey<'_>) -> String {
        match tags.get("Name") {
            Some(name) => self.say(ActKey::ActCreateNamed { thing: name }),
            None => self.say(unnamed),
        }
    }

    /// The subnet that an association ties to a route table; none for a main table.
    fn subnet_tied_by(&self, association: RouteTableAssociationId) -> Option<SubnetId> {
        match self.network.route_table_by_association(association)?.associations.get(&association)? {
            RouteTableUser::Subnet(subnet) => Some(*subnet),
            _ => None,
        }
    }

    /// What to say when a command was accepted.
    pub fn announcement(&self, command: &Command, summary: &str) -> String {
        use Command as C;
        match command {
            C::AttachNetworkInterface { eni, instance, device_index, .. } => self.say(ActKey::SaidAttaching {
                eni: &self.eni_name(*eni),
                instance: &self.instance_name(*instance),
                index: &device_index.to_string(),
            }),
            C::DetachNetworkInterface { attachment: AttachmentKey::Eni(id), .. } => {
                match self.network.enis().find(|eni| is_attachment(eni, *id)) {
                    Some(Eni { id, attachment: Some(Attachment { instance, .. }), .. }) => {
                        self.say(ActKey::SaidLeaving { eni: &self.eni_name(*id), instance: &self.instance_name(*instance) })
                    }
                    _ => self.said_done(summary),
                }
            }
            _ => self.said_done(summary),
        }
    }

    fn said_done(&self, summary: &str) -> String {
        self.say(ActKey::SaidDone { act: summary })
    }

    fn detach_summary(&self, attachment: AttachmentKey) -> String {
        let found = match attachment {
            AttachmentKey::Eni(id) => self.network.enis().find(|eni| is_attachment(eni, id)),
            AttachmentKey::Service(_) => None,
        };
        match found.and_then(|eni| Some((eni.id, eni.attachment.as_ref()?.instance))) {
            Some((eni, instance)) => self.say(ActKey::ActDetach { eni: &self.eni_name(eni), instance: &self.instance_name(instance) }),
            None => self.say(ActKey::ActDetachId { attachment: &attachment.to_string() }),
        }
    }

    fn instances(&self, ids: &[InstanceId]) -> String {
        list(ids.iter().map(|id| self.instance_name(*id)))
    }

    /// The address of an Elastic IP, or its id.
    pub fn elastic_ip_text(&self, id: AllocationId) -> String {
        self.network.elastic_ip(id).map_or_else(|| id.to_string(), |eip| eip.ip.to_string())
    }

    fn association_text(&self, id: AssociationId) -> String {
        let eip = self.network.elastic_ips().find(|eip| eip.association.is_some_and(|association| association.id == id));
        eip.map_or_else(|| id.to_string(), |eip| eip.ip.to_string())
    }

    /// A move in a few words.
    pub fn move_summary(&self, eni: EniId, to: InstanceId) -> String {
        self.say(ActKey::ActMove { eni: &self.eni_name(eni), instance: &self.instance_name(to) })
    }
}

fn is_attachment(eni: &Eni, id: eni_core::id::AttachmentId) -> bool {
    eni.attachment.as_ref().is_some_and(|attachment| attachment.id == id)
}
