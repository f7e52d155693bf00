//! The English table, continued: flow logs, and what services of AWS do in a network.

use super::{Arguments, Saying, Sentence, arguments};

messages! {
    ServiceKey: "A sentence about flow logs and services.";

    ServiceLambda = "A Lambda function";
    ServiceRds = "An RDS database";
    ServiceEfs = "An EFS mount target";
    ServiceAlb = "An Application Load Balancer";
    ServiceNlb = "A Network Load Balancer";
    LabelFlowLog = "Flow log";
    FlowLogFact { log, traffic, kind } = "{log}: {traffic} to {kind}; no records are written yet";
}
