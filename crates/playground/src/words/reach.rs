//! The English table, continued: who reaches whom.

use super::{Arguments, Saying, Sentence, arguments};

messages! {
    ReachKey: "A sentence about who can open a connection to whom.";

    Asked { what } = "Who can open a connection to whom on {what}; a service is taken to wait there.";
    AskedRunning { what } = "Who can open a connection to whom on {what}; every instance is taken to run, and a service to wait there.";
    Classes = "Classes: who behaves alike";
    Links = "Who reaches whom: who is reached <- who opens the connection";
    Internet { host } = "the internet, as {host}";
    InternetBlock { block, host } = "the internet's {block}, as {host}";
    OnPremises { block, gateway, host } = "on premises {block} behind {gateway}, as {host}";
    OneInterface = "1 network interface";
    Interfaces { count } = "{count} network interfaces";
    AndMore { count } = "and {count} more";
    MoreClasses { count } = "… and {count} more classes";
    MoreLinks { count } = "… and {count} more lines";
    SameSubnet { classes } = "{classes} (in one subnet only)";
    OtherSubnets { classes } = "{classes} (from other subnets only)";
    Nobody = "nobody";
    Pairs { open, all } = "{open} of {all} pairs of network interfaces, each way counted.";
}
