//! NAT gateways.

use super::{Action, Request, command};
use crate::aws::error::ApiError;
use crate::aws::input::Parameters;
use crate::aws::member::{CLIENT_TOKEN, DRY_RUN, Member, TAG_SPECIFICATIONS, Wire, optional, required};
use eni_core::control::command::{AssignPrivateNatGatewayAddress, AssociateNatGatewayAddress, Command, CreateNatGateway};

const GATEWAY: Member = required("NatGatewayId", Wire::Id("nat"), "the gateway");
const ADDRESSES: Wire = Wire::List(&Wire::Ipv4);
const ALLOCATIONS: Wire = Wire::List(&Wire::Id("eipalloc"));
const DRAIN: Member = optional("MaxDrainDurationSeconds", Wire::Between(1, 4000), "how long connections may go on; here they end at once");

pub(super) const ACTIONS: &[Action] = &[
    Action {
        name: "CreateNatGateway",
        help: "makes a NAT gateway in a subnet",
        members: &[
            optional("SubnetId", Wire::Id("subnet"), "its subnet"),
            optional("AllocationId", Wire::Id("eipalloc"), "the Elastic IP of a public one"),
            optional("ConnectivityType", Wire::Words(&["private", "public"]), "public if absent"),
            optional("AvailabilityMode", Wire::Words(&["zonal", "regional"]), "zonal if absent; regional ones are not modelled"),
            optional("PrivateIpAddress", Wire::Ipv4, "its private address; the lowest free one if absent"),
            optional("SecondaryAllocationIds", ALLOCATIONS, "Elastic IPs of further addresses of a public one"),
            optional("SecondaryPrivateIpAddresses", ADDRESSES, "further private addresses"),
            optional("SecondaryPrivateIpAddressCount", Wire::Integer, "or how many of any, of a private one"),
            TAG_SPECIFICATIONS,
            CLIENT_TOKEN,
            DRY_RUN,
        ],
        build: create,
    },
    Action {
        name: "DeleteNatGateway",
        help: "deletes a NAT gateway; its Elastic IPs stay with the account",
        members: &[GATEWAY, DRY_RUN],
        build: |p| command(Command::DeleteNatGateway(p.id("NatGatewayId")?)),
    },
    Action {
        name: "AssignPrivateNatGatewayAddress",
        help: "gives a private NAT gateway further private addresses",
        members: &[
            GATEWAY,
            optional("PrivateIpAddresses", ADDRESSES, "these"),
            optional("PrivateIpAddressCount", Wire::Integer, "or how many of any"),
            DRY_RUN,
        ],
        build: |p| {
            let (gateway, addresses) = (p.id("NatGatewayId")?, p.ipv4s("PrivateIpAddresses")?);
            let count = p.integer("PrivateIpAddressCount");
            let request = AssignPrivateNatGatewayAddress { gateway, addresses, count };
            command(Command::AssignPrivateNatGatewayAddress(Box::new(request)))
        },
    },
    Action {
        name: "UnassignPrivateNatGatewayAddress",
        help: "takes secondary addresses from a private NAT gateway",
        members: &[GATEWAY, required("PrivateIpAddresses", ADDRESSES, "these"), DRAIN, DRY_RUN],
        build: |p| command(Command::UnassignPrivateNatGatewayAddress(p.id("NatGatewayId")?, p.ipv4s("PrivateIpAddresses")?)),
    },
    Action {
        name: "AssociateNatGatewayAddress",
        help: "gives a public NAT gateway further Elastic IPs",
        members: &[
            GATEWAY,
            required("AllocationIds", ALLOCATIONS, "the Elastic IPs"),
            optional("PrivateIpAddresses", ADDRESSES, "the private addresses for them, in the same order"),
            DRY_RUN,
        ],
        build: |p| {
            let (gateway, allocations) = (p.id("NatGatewayId")?, p.ids("AllocationIds")?);
            let addresses = p.ipv4s("PrivateIpAddresses")?;
            let request = AssociateNatGatewayAddress { gateway, allocations, addresses };
            command(Command::AssociateNatGatewayAddress(Box::new(request)))
        },
    },
    Action {
        name: "DisassociateNatGatewayAddress",
        help: "takes secondary Elastic IPs from a public NAT gateway",
        members: &[GATEWAY, required("AssociationIds", Wire::List(&Wire::Id("eipassoc")), "their ties"), DRAIN, DRY_RUN],
        build: |p| command(Command::DisassociateNatGatewayAddress(p.id("NatGatewayId")?, p.ids("AssociationIds")?)),
    },
];

fn create(p: &Parameters<'_>) -> Result<Request, ApiError> {
    if p.text("AvailabilityMode") == Some("regional") {
        return Err(ApiError::new("UnsupportedOperation", "Regional NAT gateways are not part of the playground."));
    }
    command(Command::CreateNatGateway(Box::new(CreateNatGateway {
        subnet: p.id("SubnetId")?,
        public: p.text("ConnectivityType") != Some("private"),
        allocation: p.maybe_id("AllocationId")?,
        private_ip: p.ipv4("PrivateIpAddress")?,
        secondary_allocations: p.ids("SecondaryAllocationIds")?,
        secondary_ips: p.ipv4s("SecondaryPrivateIpAddresses")?,
        secondary_count: p.integer("SecondaryPrivateIpAddressCount"),
        tags: p.tags_for("natgateway", &["natgateway"])?,
    })))
}
