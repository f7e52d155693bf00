//! The English table, continued: flow logs, and what services of AWS do in a network.

use super::{Arguments, Saying, Sentence, arguments};

messages! {
    ServiceKey: "A sentence about flow logs and services.";

    ActLog { of } = "make a flow log of {of}";
    LabelFlowLog = "Flow log";
    FlowLogFact { log, traffic, kind } = "{log}: {traffic} to {kind}; no records are written yet";
}
