//! What happens by itself: which, when, and how long each takes.

use crate::id::*;
use crate::model::target_group::TargetKey;
use crate::model::transit::TransitId;
use crate::time::{Duration, Instant};

/// Something that happens by itself after a while (`E18`, `L1`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Transition {
    /// A new ENI becomes available.
    EniSettles(EniId),
    /// An attaching ENI is attached.
    AttachFinishes(EniId, AttachmentId),
    /// A detaching ENI is detached.
    DetachFinishes(EniId, AttachmentId),
    /// A pending instance runs.
    InstanceRuns(InstanceId),
    /// A stopping instance is stopped.
    InstanceStops(InstanceId),
    /// An instance that shuts down is terminated.
    InstanceTerminates(InstanceId),
    /// A terminated instance is no longer listed.
    InstanceIsForgotten(InstanceId),
    /// A pending VPC endpoint is available.
    EndpointSettles(EndpointId),
    /// A VPC endpoint that is being deleted is gone, with its ENIs.
    EndpointGoes(EndpointId),
    /// A request for a peering connection reaches the other side, or fails.
    PeeringIsRequested(PeeringId),
    /// An accepted peering connection carries packets.
    PeeringActivates(PeeringId),
    /// A request for a peering connection that nobody accepted ends.
    PeeringExpires(PeeringId),
    /// A peering connection that is over is no longer listed.
    PeeringIsForgotten(PeeringId),
    /// AWS takes a spot instance back (`L8`).
    SpotTaken(InstanceId),
    /// What is under way with a prefix list ends.
    PrefixListSettles(PrefixListId),
    /// A pending NAT gateway becomes available, or has failed.
    NatGatewaySettles(NatGatewayId),
    /// A NAT gateway that is being deleted is gone.
    NatGatewayGoes(NatGatewayId),
    /// A NAT gateway that failed or was deleted is no longer listed.
    NatGatewayIsForgotten(NatGatewayId),
    /// A new load balancer works.
    LoadBalancerSettles(LoadBalancerId),
    /// A target that was taken out has kept its flows for long enough.
    TargetDrains(TargetGroupId, TargetKey),
    /// Functions that are being made or changed until this moment are ready, or have failed.
    FunctionsSettle,
    /// An ENI of Lambda's goes, if nobody needs it any more.
    FunctionEniGoes(EniId),
    /// A mount target is available.
    MountTargetSettles(MountTargetId),
    /// A mount target that is being deleted is gone, with its ENI.
    MountTargetGoes(MountTargetId),
    /// A pending transit gateway, attachment or table of one is available.
    TransitSettles(TransitId),
    /// One of them that is being deleted is gone.
    TransitGoes(TransitId),
    /// One of them that was deleted is no longer listed.
    TransitIsForgotten(TransitId),
}

impl Transition {
    /// Whether it is the end of something under way. Other transitions end a long wait, for which nobody stays: that a request is accepted in time, or
    /// that what is over stays listed.
    pub const fn is_awaited(self) -> bool {
        !matches!(
            self,
            Transition::InstanceIsForgotten(_)
                | Transition::PeeringExpires(_)
                | Transition::PeeringIsForgotten(_)
                | Transition::SpotTaken(_)
                | Transition::NatGatewayIsForgotten(_)
                | Transition::TargetDrains(..)
                | Transition::FunctionEniGoes(_)
                | Transition::TransitIsForgotten(_)
        )
    }
}

/// A scheduled transition: when, and in which place among those of the same moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TransitionKey {
    /// When it is due.
    pub at: Instant,
    /// Its place among those of the same moment.
    pub sequence: u64,
}

/// How long things take (`E18`, `M`). A setting of the network, so that lessons may slow them down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delays {
    /// `pending` to `available` of a new ENI.
    pub eni_create: Duration,
    /// Attaching.
    pub attach: Duration,
    /// Detaching from a running instance.
    pub detach: Duration,
    /// Forced detaching.
    pub detach_forced: Duration,
    /// Detaching from a stopped instance.
    pub detach_stopped: Duration,
    /// `pending` to `running`.
    pub instance_start: Duration,
    /// `stopping` to `stopped`.
    pub instance_stop: Duration,
    /// `shutting-down` to `terminated`.
    pub instance_terminate: Duration,
    /// How long a terminated instance stays listed.
    pub instance_forget: Duration,
    /// `pending` to `available` of an interface endpoint.
    pub endpoint_create: Duration,
    /// `deleting` of an endpoint.
    pub endpoint_delete: Duration,
    /// `initiating-request` to `pending-acceptance` or `failed`.
    pub peering_request: Duration,
    /// `provisioning` to `active`.
    pub peering_provision: Duration,
    /// How long a request for a peering connection waits to be accepted (`R52`).
    pub peering_expire: Duration,
    /// How long a failed peering connection stays listed.
    pub peering_forget_failed: Duration,
    /// How long one that was rejected, has expired or was deleted stays listed.
    pub peering_forget: Duration,
    /// Making, changing or deleting a prefix list.
    pub prefix_list: Duration,
    /// `pending` to `available` or `failed` of a NAT gateway.
    pub nat_gateway_create: Duration,
    /// `deleting` to `deleted` of a NAT gateway.
    pub nat_gateway_delete: Duration,
    /// How long a NAT gateway that failed or was deleted stays listed.
    pub nat_gateway_forget: Duration,
    /// `provisioning` to `active` of a load balancer.
    pub load_balancer_create: Duration,
    /// `Pending` to `Active` or `Failed` of a function, and a change of one (`P28`).
    pub function_create: Duration,
    /// The start of an execution environment that needs an ENI of its own (`P27`).
    pub function_cold_start: Duration,
    /// How long an execution environment waits for the next call (`R94`).
    pub function_idle: Duration,
    /// How long a shared ENI of Lambda's outlives its last function (`R92`).
    pub function_eni_keep: Duration,
    /// `creating` to `available` of a mount target.
    pub mount_target_create: Duration,
    /// `deleting` of a mount target.
    pub mount_target_delete: Duration,
    /// `pending` to `available` of a transit gateway, or of what belongs to one.
    pub transit_create: Duration,
    /// `deleting` to `deleted` of the same.
    pub transit_delete: Duration,
    /// How long the same stays listed when it was deleted.
    pub transit_forget: Duration,
}

impl Delays {
    /// The longest of them that something under way takes: not how long what is over stays listed, nor how long a request waits to be accepted.
    pub fn longest(&self) -> Duration {
        let all = [self.eni_create, self.attach, self.detach, self.detach_forced, self.detach_stopped];
        let of_instances = [self.instance_start, self.instance_stop, self.instance_terminate];
        let of_peerings = [self.peering_request, self.peering_provision, self.endpoint_create, self.endpoint_delete];
        let of_nat_gateways = [self.nat_gateway_create, self.nat_gateway_delete];
        let of_services = [self.function_create, self.mount_target_create, self.mount_target_delete, self.load_balancer_create];
        let transit = [self.transit_create, self.transit_delete];
        let others = of_nat_gateways.into_iter().chain(of_services).chain(transit).chain([self.prefix_list]);
        all.into_iter().chain(of_instances).chain(of_peerings).chain(others).max().unwrap_or(Duration::ZERO)
    }
}

impl Default for Delays {
    fn default() -> Delays {
        Delays {
            eni_create: Duration::from_secs(1),
            attach: Duration::from_secs(2),
            detach: Duration::from_secs(3),
            detach_forced: Duration::from_secs(1),
            detach_stopped: Duration::ZERO,
            instance_start: Duration::from_secs(2),
            instance_stop: Duration::from_secs(2),
            instance_terminate: Duration::from_secs(1),
            instance_forget: Duration::from_secs(3_600),
            endpoint_create: Duration::from_secs(2),
            endpoint_delete: Duration::from_secs(1),
            peering_request: Duration::from_secs(1),
            peering_provision: Duration::from_secs(1),
            peering_expire: Duration::from_secs(7 * 86_400),
            peering_forget_failed: Duration::from_secs(2 * 3_600),
            peering_forget: Duration::from_secs(2 * 86_400),
            prefix_list: Duration::from_secs(1),
            nat_gateway_create: Duration::from_secs(5),
            nat_gateway_delete: Duration::from_secs(5),
            nat_gateway_forget: Duration::from_secs(3_600),
            load_balancer_create: Duration::from_secs(5),
            function_create: Duration::from_secs(5),
            function_cold_start: Duration::from_secs(10),
            function_idle: Duration::from_secs(600),
            function_eni_keep: Duration::from_secs(20 * 60),
            mount_target_create: Duration::from_secs(3),
            mount_target_delete: Duration::from_secs(3),
            transit_create: Duration::from_secs(5),
            transit_delete: Duration::from_secs(5),
            transit_forget: Duration::from_secs(3_600),
        }
    }
}
