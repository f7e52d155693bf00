//! The one kind of act: everything that changes the world is one of these, whoever did it.

use serde_json::Value;

/// Something that somebody did.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// A call of an AWS service.
    Api {
        /// `ec2` for nearly all.
        service: String,
        /// AWS's name of the action, as `AttachNetworkInterface`.
        action: String,
        /// The members of the request, in AWS's names.
        parameters: Value,
    },
    /// A command on an instance.
    Guest {
        /// The instance's id or name.
        instance: String,
        /// The command line.
        command: String,
    },
    /// Something that nobody asks AWS for.
    World(WorldAct),
    /// Something about the scene around the network.
    Scene(SceneAct),
}

/// What the world does.
#[derive(Clone, Debug, PartialEq)]
pub enum WorldAct {
    /// Time passes, in milliseconds.
    Wait {
        /// How long.
        milliseconds: u64,
    },
}

/// What changes in the scene.
#[derive(Clone, Debug, PartialEq)]
pub enum SceneAct {
    /// A client begins to ask, over and over.
    AddClient(Asking),
    /// A client goes.
    RemoveClient {
        /// Its number.
        client: u32,
    },
    /// A client pauses or goes on.
    PauseClient {
        /// Its number.
        client: u32,
        /// Whether it pauses.
        paused: bool,
    },
    /// One question, once.
    Ask(Asking),
}

/// Who asks whom for what.
#[derive(Clone, Debug, PartialEq)]
pub struct Asking {
    /// The name of the client; made up if empty.
    pub name: String,
    /// An instance, an ENI, an address of the internet, or `internet`.
    pub from: String,
    /// An instance, an ENI, an address, or `internet`.
    pub to: String,
    /// `tcp`, `udp` or `icmp`.
    pub protocol: String,
    /// The port; 0 for ICMP.
    pub port: u16,
    /// How long between questions, in milliseconds.
    pub every_ms: u64,
}

impl Act {
    /// A call of EC2.
    pub fn ec2(action: &str, parameters: Value) -> Act {
        Act::Api { service: "ec2".to_owned(), action: action.to_owned(), parameters }
    }
}
