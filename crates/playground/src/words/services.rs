//! The English table, continued: flow logs, and what services of AWS do in a network.

use super::{Arguments, Saying, Sentence, arguments};

messages! {
    ServiceKey: "A sentence about flow logs and services.";

    LabelCosts = "Costs";
    LabelAllPublic = "All of the region";
    CostOfAddress { hour, month } = "{hour} USD an hour, mapped or not: {month} USD in a month of 730 hours";
    CostOfAll { count, hour } = "{count} of public IPv4: {hour} USD an hour";
    ServiceLambda = "A Lambda function";
    ServiceRds = "An RDS database";
    ServiceEfs = "An EFS mount target";
    ServiceFiles = "An EFS file system, and its mount target after that";
    ServiceAlb = "An Application Load Balancer";
    ServiceNlb = "A Network Load Balancer";
    KindMountTarget = "Mount target";
    KindFunction = "Lambda";
    KindTransitAttachment = "Transit gateway attachment";
    KindDatabase = "RDS database";
    KindBalancerAlone = "Load balancer";
    KindHostedZone = "Private hosted zone";
    FunctionsShare { count } = "functions that share it: {count}";
    NoEnvironmentYet = "no execution environment, so no network interface: each call that finds none free starts one";
    NoSharedInterface = "no network interface";
    FunctionOfNoVpc = "in no VPC, so no network interface in one";
    UnusedUntil { seconds } = "no function uses it any more; Lambda deletes it at {seconds} s";
    EnvironmentAlone = "one execution environment's own";
    MoreLines { count } = "and {count} more";
    LabelFileSystem = "File system";
    ZoneSeenBy { vpcs } = "seen in {vpcs}";
    LabelRecord = "Record";
    DueActive { function } = "{function} active";
    DueGone { eni } = "{eni} deleted";
    DueMountTarget { files } = "{files} mounted";
    DueMountTargetGone { files } = "{files} unmounted";
    LabelFunction = "Function";
    FunctionNow { name, state } = "{name} ({state}): shares a network interface in each of its subnets with all functions of the same groups";
    FunctionThen { name, state } = "{name} ({state}): as before 2019, a network interface for each execution environment";
    LabelUsedBy = "Used by";
    OneEnvironment { function } = "one execution environment of {function}";
    NoFunctionLeft = "no function any more; it goes by itself";
    LabelFlowLog = "Flow log";
    FlowLogFact { log, traffic, kind } = "{log}: {traffic} to {kind}; flow-logs in the terminal shows its records";
    TableRecords { log } = "Newest records of {log}";
    NoRecords = "None yet: records are written when their window is over.";
    ColumnUntil = "Until";
    RecordOfFlow { protocol, packets, bytes, eni } = "{protocol}, packets: {packets}, bytes: {bytes}, at {eni}";
    RecordOfNothing { eni } = "no packet met {eni} in this window";
    RecordOfTooMuch { eni } = "{eni} had more flows than are kept apart";
}
