//! Acts on the scene: traffic, places on the board, names.

use super::{Loading, MAX_NAME};
use crate::json::{FieldError, Fields};
use crate::words::InputKey;
use eni_core::addr::Ipv4Addr;
use eni_core::sim::client::Echo;
use serde_json::{Map, Value, json};

/// The longest pause between two questions of a client, in milliseconds.
const MAX_INTERVAL: u64 = 3_600_000;
/// How far from the middle of the board something may be put.
const MAX_COORDINATE: i64 = 1_000_000;

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
    /// A program sends as much as it can, or is told, for a while.
    Load(Loading),
    /// An ENI goes to an instance, off another one first if it is attached: one gesture of a hand, two calls of AWS, one after the other.
    Move {
        /// The ENI's id.
        eni: String,
        /// The instance's id or name.
        instance: String,
        /// The network card.
        card: u16,
        /// The device index.
        index: u16,
    },
    /// An object is put somewhere on the board.
    Place {
        /// The object's id.
        id: String,
        /// Where: right of the middle, in board units.
        x: i64,
        /// Where: below the middle, in board units.
        y: i64,
    },
    /// An object gets a name on the board that AWS does not know; an empty one takes it away.
    Name {
        /// The object's id.
        id: String,
        /// The name.
        name: String,
    },
    /// The whole gets a title, which a saved file is named by; an empty one gives a scene its own back.
    Title {
        /// The title.
        title: String,
    },
}

/// The shortest packet of an echo: its headers.
const SHORTEST_ECHO: u16 = 28;

/// Who asks whom for what.
#[derive(Clone, Debug, PartialEq, Default)]
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
    /// After how long an answer comes too late, in milliseconds; the board's own choice if 0.
    pub timeout_ms: u64,
    /// An address of the asking instance that it is bound to; none if the guest chooses.
    pub source_ip: Option<Ipv4Addr>,
    /// What a program chooses for an echo: identifier, number, and the length of the packet in bytes.
    pub echo: Option<Echo>,
}

/// What a program chose for an echo, as three numbers; a fourth one, 1, where the packet is the first piece of a longer one.
fn read_echo(fields: &mut Fields<'_>) -> Result<Option<Echo>, FieldError> {
    let numbers: Vec<u16> = fields.list("echo")?.iter().filter_map(|number| u16::try_from(number.as_u64()?).ok()).collect();
    match *numbers.as_slice() {
        [] => Ok(None),
        [id, sequence, length] if length >= SHORTEST_ECHO => Ok(Some(Echo { id, sequence, length, cut: false })),
        [id, sequence, length, 1] if length >= SHORTEST_ECHO => Ok(Some(Echo { id, sequence, length, cut: true })),
        _ => Err(FieldError::new(fields.place("echo"), InputKey::ExpectedEcho)),
    }
}

impl Asking {
    /// Reads who asks whom from an object.
    pub(crate) fn read(fields: &mut Fields<'_>) -> Result<Asking, FieldError> {
        let name = fields.optional_text("name", MAX_NAME)?.unwrap_or_default().to_owned();
        let (from, to) = (fields.text("from", MAX_NAME)?.to_owned(), fields.text("to", MAX_NAME)?.to_owned());
        let protocol = fields.optional_text("protocol", 8)?.unwrap_or("tcp").to_owned();
        if !matches!(protocol.as_str(), "tcp" | "udp" | "icmp") {
            return Err(FieldError::new(fields.place("protocol"), InputKey::ExpectedWord { words: "tcp, udp, icmp" }));
        }
        let port = fields.optional_number("port", 65_535)?.unwrap_or(0);
        if (protocol == "icmp") != (port == 0) {
            return Err(FieldError::new(fields.place("port"), InputKey::PortAndProtocol));
        }
        let every_ms = fields.optional_number("everyMs", MAX_INTERVAL)?.unwrap_or(0);
        let timeout_ms = fields.optional_number("timeoutMs", MAX_INTERVAL)?.unwrap_or(0);
        let source_ip = match fields.optional_text("sourceIp", 15)? {
            Some(text) => Some(text.parse().map_err(|_| FieldError::new(fields.place("sourceIp"), InputKey::ExpectedAddress))?),
            None => None,
        };
        let (port, echo) = (u16::try_from(port).unwrap_or(0), read_echo(fields)?);
        Ok(Asking { name, from, to, protocol, port, every_ms, timeout_ms, source_ip, echo })
    }

    /// Writes who asks whom into an object.
    pub(crate) fn write(&self, object: &mut Map<String, Value>) {
        let texts = [("name", &self.name), ("from", &self.from), ("to", &self.to), ("protocol", &self.protocol)];
        for (name, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
            object.insert(name.to_owned(), text.as_str().into());
        }
        for (name, number) in [("port", u64::from(self.port)), ("everyMs", self.every_ms), ("timeoutMs", self.timeout_ms)] {
            if number > 0 {
                object.insert(name.to_owned(), number.into());
            }
        }
        if let Some(address) = self.source_ip {
            object.insert("sourceIp".to_owned(), address.to_string().into());
        }
        if let Some(Echo { id, sequence, length, cut }) = self.echo {
            let numbers = [id, sequence, length].into_iter().chain(cut.then_some(1));
            object.insert("echo".to_owned(), numbers.collect::<Vec<u16>>().into());
        }
    }

    /// The words of `ask`, of one question: it has no pace, and no client that would have a name.
    fn echo_once(&self) -> String {
        let quote = crate::aws::quote;
        let port = if self.port == 0 { String::new() } else { format!(" {}", self.port) };
        let timeout = if self.timeout_ms == 0 { String::new() } else { format!(" --timeout {}ms", self.timeout_ms) };
        format!("ask {} {} {}{port}{timeout}", quote(&self.from), quote(&self.to), self.protocol)
    }

    /// The words of `ask` over and over.
    fn echo(&self) -> String {
        let quote = crate::aws::quote;
        let mut line = self.echo_once();
        if self.every_ms > 0 {
            line.push_str(&format!(" --every {}ms", self.every_ms));
        }
        if !self.name.is_empty() {
            line.push_str(&format!(" --name {}", quote(&self.name)));
        }
        line
    }
}

impl SceneAct {
    /// Reads the members of a scene act.
    pub(super) fn read(fields: &mut Fields<'_>) -> Result<SceneAct, FieldError> {
        match fields.text("act", 32)? {
            "add-client" => {
                let asking = Asking::read(fields)?;
                if asking.every_ms == 0 {
                    return Err(FieldError::new("everyMs", InputKey::NeedsPause));
                }
                Ok(SceneAct::AddClient(asking))
            }
            "remove-client" => Ok(SceneAct::RemoveClient { client: client(fields)? }),
            "pause-client" => {
                Ok(SceneAct::PauseClient { client: client(fields)?, paused: fields.optional_flag("paused")?.unwrap_or(true) })
            }
            "ask" => Ok(SceneAct::Ask(Asking::read(fields)?)),
            "load" => Ok(SceneAct::Load(Loading::read(fields)?)),
            "move" => Ok(SceneAct::Move {
                eni: fields.text("eni", MAX_NAME)?.to_owned(),
                instance: fields.text("instance", MAX_NAME)?.to_owned(),
                card: small(fields.optional_number("card", u64::from(u16::MAX))?),
                index: small(Some(fields.number("index", u64::from(u16::MAX))?)),
            }),
            "place" => {
                let id = fields.text("id", MAX_NAME)?.to_owned();
                Ok(SceneAct::Place { id, x: coordinate(fields, "x")?, y: coordinate(fields, "y")? })
            }
            "name" => Ok(SceneAct::Name { id: fields.text("id", MAX_NAME)?.to_owned(), name: fields.text("name", MAX_NAME)?.to_owned() }),
            "title" => Ok(SceneAct::Title { title: fields.text("title", MAX_NAME)?.to_owned() }),
            other => Err(super::none_of("act", other, "add-client, remove-client, pause-client, ask, load, move, place, name, title")),
        }
    }

    /// The act as JSON.
    pub(super) fn to_json(&self) -> Value {
        match self {
            SceneAct::AddClient(asking) => write_asking("add-client", asking),
            SceneAct::Ask(asking) => write_asking("ask", asking),
            SceneAct::Load(loading) => loading.to_json(),
            SceneAct::RemoveClient { client } => json!({"kind": "scene", "act": "remove-client", "client": client}),
            SceneAct::PauseClient { client, paused } => {
                json!({"kind": "scene", "act": "pause-client", "client": client, "paused": paused})
            }
            SceneAct::Move { eni, instance, card, index } => {
                json!({"kind": "scene", "act": "move", "eni": eni, "instance": instance, "card": card, "index": index})
            }
            SceneAct::Place { id, x, y } => json!({"kind": "scene", "act": "place", "id": id, "x": x, "y": y}),
            SceneAct::Name { id, name } => json!({"kind": "scene", "act": "name", "id": id, "name": name}),
            SceneAct::Title { title } => json!({"kind": "scene", "act": "title", "title": title}),
        }
    }

    /// The line that says the same at the terminal.
    pub(super) fn echo(&self) -> String {
        let quote = crate::aws::quote;
        match self {
            SceneAct::AddClient(asking) => asking.echo(),
            SceneAct::Ask(asking) => asking.echo_once(),
            SceneAct::Load(loading) => loading.echo(),
            SceneAct::RemoveClient { client } => format!("ask --stop {client}"),
            SceneAct::PauseClient { client, paused: true } => format!("ask --pause {client}"),
            SceneAct::PauseClient { client, paused: false } => format!("ask --resume {client}"),
            SceneAct::Move { eni, instance, card: 0, index } => format!("move {} {} {index}", quote(eni), quote(instance)),
            SceneAct::Move { eni, instance, card, index } => format!("move {} {} {index} --card {card}", quote(eni), quote(instance)),
            SceneAct::Place { id, x, y } => format!("place {} {x} {y}", quote(id)),
            SceneAct::Name { id, name } => format!("name {} {}", quote(id), quote(name)),
            SceneAct::Title { title } => format!("title {}", quote(title)),
        }
    }
}

fn write_asking(act: &str, asking: &Asking) -> Value {
    let mut object = Map::new();
    object.insert("kind".to_owned(), "scene".into());
    object.insert("act".to_owned(), act.into());
    asking.write(&mut object);
    Value::Object(object)
}

fn small(number: Option<u64>) -> u16 {
    number.and_then(|number| u16::try_from(number).ok()).unwrap_or(0)
}

fn client(fields: &mut Fields<'_>) -> Result<u32, FieldError> {
    Ok(u32::try_from(fields.number("client", u64::from(u32::MAX))?).unwrap_or(u32::MAX))
}

fn coordinate(fields: &mut Fields<'_>, name: &str) -> Result<i64, FieldError> {
    match fields.required(name)?.as_i64() {
        Some(number) if (-MAX_COORDINATE..=MAX_COORDINATE).contains(&number) => Ok(number),
        _ => {
            let problem = InputKey::ExpectedBetween { from: &(-MAX_COORDINATE).to_string(), to: &MAX_COORDINATE.to_string() };
            Err(FieldError::new(fields.place(name), problem))
        }
    }
}
