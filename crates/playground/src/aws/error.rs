//! AWS's error answers: a code and a message.

use super::member::camel;
use eni_core::control::error::Refusal;
use serde_json::{Value, json};
use std::fmt;

/// How much of a text from outside an answer repeats, in characters.
const REPEATED: usize = 64;

/// What an answer repeats of a text from outside, which may be of any length.
pub fn short(text: &str) -> String {
    text.chars().take(REPEATED).collect()
}

/// A refusal in AWS's words (`X1`).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {message}")]
pub struct ApiError {
    /// AWS's code: `InvalidParameterValue`.
    pub code: String,
    /// AWS's message.
    pub message: String,
}

impl ApiError {
    /// An error with a code and a message.
    pub fn new(code: impl Into<String>, message: impl Into<String>) -> ApiError {
        ApiError { code: code.into(), message: message.into() }
    }

    /// The action is not in the table.
    pub fn unsupported(service: &str, action: &str) -> ApiError {
        ApiError::new("UnsupportedOperation", format!("The playground does not know the action {action} of {service}."))
    }

    /// A parameter that must be there is not.
    pub fn missing(parameter: &str) -> ApiError {
        ApiError::new("MissingParameter", format!("The request must contain the parameter {}", camel(parameter)))
    }

    /// A parameter that the action does not have.
    pub fn unknown(parameter: &str) -> ApiError {
        ApiError::new("UnknownParameter", format!("The parameter {parameter} is not recognized"))
    }

    /// A parameter's value cannot be used.
    pub fn invalid(parameter: &str, value: impl fmt::Display, why: &str) -> ApiError {
        let value: String = value.to_string().chars().take(100).collect();
        ApiError::new("InvalidParameterValue", format!("Value ({value}) for parameter {} is invalid. {why}", camel(parameter)))
    }

    /// Two parameters do not go together, or none of several is there.
    pub fn combination(message: impl Into<String>) -> ApiError {
        ApiError::new("InvalidParameterCombination", message)
    }

    /// A text that should be an id of a kind is not.
    pub fn malformed(prefix: &str, text: &str) -> ApiError {
        let text: String = text.chars().take(100).collect();
        if prefix == "dopt" {
            return ApiError::new(malformed_code(prefix), format!("The dhcp-options ID '{text}' is malformed"));
        }
        ApiError::new(malformed_code(prefix), format!("Invalid id: \"{text}\" (expecting \"{prefix}-...\")"))
    }

    /// An object with this id is not there.
    pub fn not_found(prefix: &str, id: impl fmt::Display) -> ApiError {
        if prefix == "vpce" {
            return ApiError::new("InvalidVpcEndpointId.NotFound", format!("The Vpc Endpoint Id '{id}' does not exist"));
        }
        if prefix == "sg" {
            return ApiError::new("InvalidGroup.NotFound", format!("The security group '{id}' does not exist"));
        }
        if prefix == "nat" {
            return ApiError::new("NatGatewayNotFound", format!("The Nat Gateway {id} was not found"));
        }
        if prefix == "fl" {
            let message = format!("These flow log ids in the input list are not found: [TotalCount: 1] {id}");
            return ApiError::new("InvalidFlowLogId.NotFound", message);
        }
        if let Some((code, noun)) = transit_words(prefix) {
            return ApiError::new(code, format!("{noun} {id} was deleted or does not exist."));
        }
        let (code, noun) = not_found_words(prefix);
        ApiError::new(code, format!("The {noun} ID '{id}' does not exist"))
    }

    /// A rehearsal that would have worked.
    pub fn dry_run() -> ApiError {
        ApiError::new("DryRunOperation", "Request would have succeeded, but DryRun flag is set.")
    }

    /// The error as `eni api` prints it.
    pub fn to_json(&self) -> Value {
        json!({"Error": {"Code": self.code, "Message": self.message}})
    }
}

impl From<&Refusal> for ApiError {
    fn from(refusal: &Refusal) -> ApiError {
        ApiError::new(refusal.code(), refusal.message())
    }
}

/// The code for a malformed id; AWS writes `Id` and `ID` as it likes.
fn malformed_code(prefix: &str) -> &'static str {
    match prefix {
        "eni" => "InvalidNetworkInterfaceId.Malformed",
        "i" => "InvalidInstanceID.Malformed",
        "subnet" => "InvalidSubnetID.Malformed",
        "sg" => "InvalidGroupId.Malformed",
        "sgr" => "InvalidSecurityGroupRuleId.Malformed",
        "pl" => "InvalidPrefixListId.Malformed",
        "rtb" => "InvalidRouteTableId.Malformed",
        "dopt" => "InvalidDhcpOptionsId.Malformed",
        "scr" => "InvalidSubnetCidrReservationID.Malformed",
        "rtbassoc" => "InvalidAssociationID.Malformed",
        "eni-attach" => "InvalidNetworkInterfaceAttachmentId.Malformed",
        "vpc" => "InvalidVpcID.Malformed",
        "acl" => "InvalidNetworkAclId.Malformed",
        "aclassoc" => "InvalidAssociationID.Malformed",
        "igw" => "InvalidInternetGatewayId.Malformed",
        "eipalloc" => "InvalidAllocationID.Malformed",
        "eipassoc" => "InvalidAssociationID.Malformed",
        "ami" => "InvalidAMIID.Malformed",
        "vpce" => "InvalidVpcEndpointId.Malformed",
        "pcx" => "InvalidVpcPeeringConnectionId.Malformed",
        "fl" => "InvalidFlowLogId.Malformed",
        "nat" => "NatGatewayMalformed",
        "tgw" => "InvalidTransitGatewayID.Malformed",
        "tgw-attach" => "InvalidTransitGatewayAttachmentID.Malformed",
        "tgw-rtb" => "InvalidRouteTableID.Malformed",
        _ => "InvalidID",
    }
}

/// Code and noun for a transit gateway that is not there, or for what belongs to one.
fn transit_words(prefix: &str) -> Option<(&'static str, &'static str)> {
    Some(match prefix {
        "tgw" => ("InvalidTransitGatewayID.NotFound", "Transit Gateway"),
        "tgw-attach" => ("InvalidTransitGatewayAttachmentID.NotFound", "Transit Gateway Attachment"),
        "tgw-rtb" => ("InvalidRouteTableID.NotFound", "Transit Gateway Route Table"),
        _ => return None,
    })
}

/// Code and noun for an object that is not there.
fn not_found_words(prefix: &str) -> (&'static str, &'static str) {
    match prefix {
        "eni" => ("InvalidNetworkInterfaceID.NotFound", "networkInterface"),
        "i" => ("InvalidInstanceID.NotFound", "instance"),
        "subnet" => ("InvalidSubnetID.NotFound", "subnet"),
        "sgr" => ("InvalidSecurityGroupRuleId.NotFound", "security group rule"),
        "pl" => ("InvalidPrefixListID.NotFound", "prefix list"),
        "dopt" => ("InvalidDhcpOptionID.NotFound", "dhcpOption"),
        "scr" => ("InvalidSubnetCidrReservationID.NotFound", "subnet CIDR reservation"),
        "rtb" => ("InvalidRouteTableID.NotFound", "routeTable"),
        "vpc" => ("InvalidVpcID.NotFound", "vpc"),
        "acl" => ("InvalidNetworkAclID.NotFound", "network acl"),
        "igw" => ("InvalidInternetGatewayID.NotFound", "internetGateway"),
        "eipalloc" => ("InvalidAllocationID.NotFound", "allocation"),
        "eigw" => ("InvalidGatewayID.NotFound", "eigw"),
        "cgw" => ("InvalidCustomerGatewayID.NotFound", "customerGateway"),
        "vpn" => ("InvalidVpnConnectionID.NotFound", "vpnConnection"),
        "pcx" => ("InvalidVpcPeeringConnectionID.NotFound", "vpcPeeringConnection"),
        "sir" => ("InvalidSpotInstanceRequestID.NotFound", "spot instance request"),
        "vgw" => ("InvalidVpnGatewayID.NotFound", "vpnGateway"),
        _ => ("InvalidID", "resource"),
    }
}
