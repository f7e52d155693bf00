//! The English table, continued: why nothing that is offered gets a packet past a check.

use super::{Arguments, Saying, Sentence, arguments};

messages! {
    BlockerKey: "Why no act gets a packet past the check that refuses it.";

    Nothing = "Every act that is known to help against this was tried on a copy of the network, and none got the packet past it.";
    InVain { number, why } = "Changing this would help nothing: behind it check {number} refuses the packet, whatever is changed. {why}";
    NobodyThere { address } = "Nobody has {address}, so there is nobody to lead the packet to.";
    NeverCarried = "AWS refuses this for every network, and no setting of an account changes it.";
    Port25 = "AWS lifts this when it is asked to: by a form of its support, not by a call.";
    NotOfItsVpc = "The gateway works for its own VPC only, and the address is not of it.";
    Protocol = "What stands here does not carry the protocol, and cannot be told to.";
    Forged = "The packet says to come from somewhere else than it does. Send it from an address of the sender.";
    NoConnectionHere = "It needs a VPN connection, and what that leads to is not known here.";
    NoListenerHere = "It needs a listener on that port (aws elbv2 create-listener). Which target group that one should lead to, the packet does not tell.";
    NoTargetHere = "It needs a target (aws elbv2 register-targets). Which one, the packet does not tell.";
    FlowOver = "It belongs to a connection that is over or was never opened. A new connection asks anew.";
    OwnTarget = "The target asked itself. Let another target answer, or have the target group hide client addresses.";
    BeginsInside = "Nothing outside opens a connection here. It begins inside, or takes another way in.";
    FunctionsAsk = "A function is called through Lambda, never through the VPC.";
    EndpointAnswers = "An interface endpoint answers and opens no connection.";
    PortsTaken = "All ports towards that end are in use. They come free when connections end; another address of the NAT gateway, or another NAT gateway, would give more.";
    PeerOnly = "A peering connection leads to the other VPC and not beyond it. The packet needs a connection of its own to where it is going.";
    NoVpcBehind { address } = "No VPC that is attached to the transit gateway has {address}, and none that is has a NAT gateway to lead it out by.";
    NotPlayed = "The playground does not play what the route leads to; on AWS the packet may get through.";
    Loop = "Every router on the way sends it on to the next one. Which of their routes is wrong, the packet does not tell.";
    NotRunning = "The instance cannot be started from the state it is in.";
    NoRoom = "Attaching the network interface was tried with running instances of its zone that have a place for it, and did not get the packet past it.";
    OfAService = "The network interface belongs to a service of AWS, which alone attaches it and sends by it.";
}
