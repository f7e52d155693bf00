//! Subnets and blocks.

use super::{Call, tagged, wrapped};
use crate::aws::object::Object;
use eni_core::control::command::{Command, NewVpcBlock, SubnetAttribute};

/// The call that makes or changes a subnet, or gives and takes blocks.
pub(super) fn call(command: &Command) -> Option<Call> {
    Some(match command {
        Command::CreateSubnet(wanted) => {
            let object = Object::new().text("VpcId", wanted.vpc).text("CidrBlock", wanted.cidr);
            let object = object.maybe_text("Ipv6CidrBlock", wanted.ipv6_cidr).maybe_text("AvailabilityZone", wanted.zone.as_ref());
            ("CreateSubnet", tagged(object, "subnet", &wanted.tags))
        }
        Command::ModifySubnetAttribute(subnet, attributes) => {
            ("ModifySubnetAttribute", attributes.iter().fold(Object::new().text("SubnetId", subnet), attribute))
        }
        Command::AssociateVpcCidrBlock(vpc, block) => {
            let object = Object::new().text("VpcId", vpc);
            let object = match block {
                NewVpcBlock::Ipv4(cidr) => object.text("CidrBlock", cidr),
                NewVpcBlock::AmazonIpv6 => object.with("AmazonProvidedIpv6CidrBlock", true),
            };
            ("AssociateVpcCidrBlock", object)
        }
        Command::DisassociateVpcCidrBlock(id) => ("DisassociateVpcCidrBlock", Object::new().text("AssociationId", id)),
        Command::AssociateSubnetCidrBlock(subnet, cidr) => {
            ("AssociateSubnetCidrBlock", Object::new().text("SubnetId", subnet).text("Ipv6CidrBlock", cidr))
        }
        Command::DisassociateSubnetCidrBlock(id) => ("DisassociateSubnetCidrBlock", Object::new().text("AssociationId", id)),
        _ => return None,
    })
}

fn attribute(object: Object, attribute: &SubnetAttribute) -> Object {
    match *attribute {
        SubnetAttribute::MapPublicIpOnLaunch(on) => object.with("MapPublicIpOnLaunch", wrapped(on)),
        SubnetAttribute::AssignIpv6OnCreation(on) => object.with("AssignIpv6AddressOnCreation", wrapped(on)),
        SubnetAttribute::Dns64(on) => object.with("EnableDns64", wrapped(on)),
        SubnetAttribute::NameByResource(on) => object.with("PrivateDnsHostnameTypeOnLaunch", if on { "resource-name" } else { "ip-name" }),
        SubnetAttribute::ARecord(on) => object.with("EnableResourceNameDnsARecordOnLaunch", wrapped(on)),
        SubnetAttribute::AaaaRecord(on) => object.with("EnableResourceNameDnsAAAARecordOnLaunch", wrapped(on)),
    }
}
