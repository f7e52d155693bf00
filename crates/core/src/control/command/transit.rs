//! What the calls on transit gateways ask for.

use crate::addr::IpNet;
use crate::id::{SubnetId, TransitAttachmentId, TransitGatewayId, TransitTableId, VpcId};
use crate::model::Tags;
use crate::model::transit::TransitOptions;

/// An act on a transit gateway, its attachments or its route tables.
#[derive(Clone, Debug, PartialEq)]
pub enum TransitAct {
    /// CreateTransitGateway.
    CreateGateway(NewTransitGateway),
    /// ModifyTransitGateway.
    ModifyGateway(TransitGatewayId, TransitGatewayChange),
    /// DeleteTransitGateway.
    DeleteGateway(TransitGatewayId),
    /// CreateTransitGatewayVpcAttachment.
    CreateAttachment(NewTransitAttachment),
    /// ModifyTransitGatewayVpcAttachment.
    ModifyAttachment(TransitAttachmentId, TransitAttachmentChange),
    /// DeleteTransitGatewayVpcAttachment.
    DeleteAttachment(TransitAttachmentId),
    /// CreateTransitGatewayRouteTable.
    CreateTable(TransitGatewayId, Tags),
    /// DeleteTransitGatewayRouteTable.
    DeleteTable(TransitTableId),
    /// AssociateTransitGatewayRouteTable, or DisassociateTransitGatewayRouteTable.
    Associate(TransitTableId, TransitAttachmentId, bool),
    /// EnableTransitGatewayRouteTablePropagation, or DisableTransitGatewayRouteTablePropagation.
    Propagate(TransitTableId, TransitAttachmentId, bool),
    /// CreateTransitGatewayRoute, or ReplaceTransitGatewayRoute.
    SetRoute {
        /// The table.
        table: TransitTableId,
        /// The block.
        destination: IpNet,
        /// Where it leads.
        to: Option<TransitAttachmentId>,
        /// Or that it leads nowhere.
        blackhole: bool,
        /// Whether a route that is there becomes this.
        replace: bool,
    },
    /// DeleteTransitGatewayRoute.
    DeleteRoute(TransitTableId, IpNet),
}

/// What CreateTransitGateway was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct NewTransitGateway {
    /// What it is for.
    pub description: String,
    /// Its number among the systems of the internet.
    pub amazon_side_asn: u64,
    /// AutoAcceptSharedAttachments.
    pub auto_accept: bool,
    /// VpnEcmpSupport.
    pub vpn_ecmp: bool,
    /// DnsSupport.
    pub dns_support: bool,
    /// Whether new attachments are associated with its default table.
    pub association: bool,
    /// Whether they propagate to it.
    pub propagation: bool,
    /// Its tags.
    pub tags: Tags,
}

/// What ModifyTransitGateway was asked for; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TransitGatewayChange {
    /// What it is for.
    pub description: Option<String>,
    /// Its number.
    pub amazon_side_asn: Option<u64>,
    /// AutoAcceptSharedAttachments.
    pub auto_accept: Option<bool>,
    /// VpnEcmpSupport.
    pub vpn_ecmp: Option<bool>,
    /// DnsSupport.
    pub dns_support: Option<bool>,
    /// The table for new attachments, or none.
    pub association: Option<Option<TransitTableId>>,
    /// The table that they propagate to, or none.
    pub propagation: Option<Option<TransitTableId>>,
}

/// What CreateTransitGatewayVpcAttachment was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct NewTransitAttachment {
    /// The gateway.
    pub gateway: TransitGatewayId,
    /// The VPC.
    pub vpc: VpcId,
    /// One subnet for each zone.
    pub subnets: Vec<SubnetId>,
    /// Its settings.
    pub options: TransitOptions,
    /// Its tags.
    pub tags: Tags,
}

/// What ModifyTransitGatewayVpcAttachment was asked for; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TransitAttachmentChange {
    /// Subnets that it gets an ENI in.
    pub add: Vec<SubnetId>,
    /// Subnets that it leaves.
    pub remove: Vec<SubnetId>,
    /// DnsSupport.
    pub dns_support: Option<bool>,
    /// SecurityGroupReferencingSupport.
    pub group_references: Option<bool>,
    /// Ipv6Support.
    pub ipv6: Option<bool>,
    /// ApplianceModeSupport.
    pub appliance_mode: Option<bool>,
}
