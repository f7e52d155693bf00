//! Refusals of load balancers and target groups: rows of the table in [`super`]. Their codes are Elastic Load Balancing's, which has a list of its own.

/// Hands its rows, after those it was given, to the next macro in the list.
macro_rules! balancer_rows {
    ([$next:ident $($more:ident)*] $($rows:tt)*) => { $next! { [$($more)*] $($rows)*
    // Load balancers.
    /// No such load balancer.
    BalancerNotFound {} = "LoadBalancerNotFound", "One or more load balancers not found", "R70", Believed;
    /// No such target group.
    TargetGroupNotFound {} = "TargetGroupNotFound", "One or more target groups not found", "R73", Believed;
    /// No such listener.
    ListenerNotFound {} = "ListenerNotFound", "One or more listeners not found", "R72", Believed;
    /// A name that cannot be one.
    BalancerName { what: &'static str, name: String }
        = "ValidationError", "{what} name '{name}' must be 1 to 32 letters, digits and hyphens, and must not begin or end with a hyphen or begin with internal-", "R70", Believed;
    /// A load balancer has the name.
    BalancerExists { name: String }
        = "DuplicateLoadBalancerName", "A load balancer with the same name '{name}' exists, but with different settings", "R70", Believed;
    /// A target group has the name.
    TargetGroupExists { name: String }
        = "DuplicateTargetGroupName", "A target group with the same name '{name}' exists, but with different settings", "R73", Believed;
    /// No such subnet.
    BalancerSubnetNotFound { subnet: SubnetId } = "SubnetNotFound", "The subnet ID '{subnet}' does not exist", "R70", Believed;
    /// What does not go together.
    BalancerConfiguration { why: &'static str } = "InvalidConfigurationRequest", "{why}", "R70", Believed;
    /// Public addresses in a VPC that has no way to the internet.
    BalancerNoGateway { vpc: VpcId } = "InvalidSubnet", "VPC {vpc} has no internet gateway", "R70", Believed;
    /// Too few free addresses.
    BalancerRoom { subnet: SubnetId, free: u32 }
        = "InvalidSubnet", "Not enough IP space available in {subnet}. ELB requires at least 8 free IP addresses in each subnet.", "R70", Believed;
    /// No such group in the load balancer's VPC.
    BalancerGroup { group: GroupId } = "InvalidSecurityGroup", "Security group '{group}' does not exist in the load balancer's VPC", "R70", Believed;
    /// No such Elastic IP, or one that is in use.
    BalancerAllocation { allocation: AllocationId }
        = "AllocationIdNotFound", "The allocation ID '{allocation}' is not available for use", "R70", Believed;
    /// The load balancer listens to that port already.
    ListenerExists { port: u16 } = "DuplicateListener", "A listener already exists on this port for this load balancer: {port}", "R72", Believed;
    /// A listener and its target group speak differently.
    ListenerProtocol { listener: &'static str, group: &'static str }
        = "IncompatibleProtocols", "A {listener} listener cannot forward to a target group of protocol {group}", "R72", Believed;
    /// Another load balancer has the target group.
    TargetGroupElsewhere { name: String }
        = "TargetGroupAssociationLimit", "The following target groups cannot be associated with more than one load balancer: {name}", "R73", Believed;
    /// A listener passes packets on to the target group.
    TargetGroupInUse { name: String } = "ResourceInUse", "Target group '{name}' is currently in use by a listener or a rule", "R73", Believed;
    /// What cannot be a target of the group.
    BadTarget { target: String, why: &'static str } = "InvalidTarget", "The target '{target}' {why}", "R74", Believed;
    } };
}
