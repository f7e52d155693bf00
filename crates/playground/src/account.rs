//! An account by itself: AWS's calls in, AWS's answers out, without board, history or traffic. What `eni api` speaks to.
//!
//! It decides and applies by the same engine and reads and writes by the same table as the page does; what is left out is what the page
//! keeps for people: the journal, undo, words, packets. So a call costs what it changes, and nothing for the size of the region.

use crate::aws::{self, ApiError, Epoch, Json, Parameters, Reader, Request, Tokens};
use crate::json::{self, LINE_LIMITS};
use eni_core::control::account::fresh_account;
use eni_core::control::command::{Command, LambdaAct};
use eni_core::control::decide::decide;
use eni_core::control::reply::Reply;
use eni_core::control::transition::{settle, settled_at};
use eni_core::model::AccountId;
use eni_core::model::function::Interfaces;
use eni_core::model::network::Network;
use eni_core::time::{Duration, Instant};
use serde_json::{Map, Value, json};

/// The longest wait that one call may ask for, in seconds: 30 days.
const LONGEST_WAIT: f64 = 30.0 * 24.0 * 3_600.0;

/// One account in one region.
#[derive(Clone, Debug)]
pub struct Account {
    network: Network,
    now: Instant,
    epoch: Epoch,
    settles: bool,
    tokens: Tokens,
}

/// What is wrong with a region's name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is not a region's name, such as us-east-1")]
pub struct NoRegion(String);

impl Account {
    /// A region of an account that has nothing in it, not even a default VPC.
    ///
    /// # Errors
    /// The text is not a region's name.
    pub fn empty(region: &str) -> Result<Account, NoRegion> {
        if !is_region(region) {
            return Err(NoRegion(region.chars().take(64).collect()));
        }
        let network = Network::empty(region, AccountId::EXAMPLE);
        Ok(Account { network, now: Instant::ZERO, epoch: Epoch::default(), settles: true, tokens: Tokens::default() })
    }

    /// A region as a new account finds it, with its default VPC (`I10`).
    ///
    /// # Errors
    /// The text is not a region's name.
    pub fn fresh(region: &str) -> Result<Account, NoRegion> {
        let mut account = Account::empty(region)?;
        for event in fresh_account(region, AccountId::EXAMPLE) {
            account.network.apply(&event);
        }
        Ok(account)
    }

    /// A region that is there already, at this moment of virtual time.
    pub fn holding(network: Network, now: Instant, epoch: Epoch) -> Account {
        Account { network, now, epoch, settles: true, tokens: Tokens::default() }
    }

    /// From now on what is under way waits for [`Account::wait`].
    pub fn without_settling(mut self) -> Account {
        self.settles = false;
        self
    }

    /// What is in the region.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// Where virtual time stands.
    pub fn now(&self) -> Instant {
        self.now
    }

    /// What virtual time counts from.
    pub fn epoch(&self) -> Epoch {
        self.epoch
    }

    /// Answers one call. A refused one changes nothing.
    ///
    /// # Errors
    /// AWS's refusal; `DryRunOperation` for a rehearsal that would have worked.
    pub fn call(&mut self, service: &str, action: &str, parameters: &Map<String, Value>) -> Result<Value, ApiError> {
        let answer = self.called(service, action, parameters, String::new())?;
        let read = serde_json::from_str(&answer);
        debug_assert!(read.is_ok(), "{answer}");
        Ok(read.unwrap_or_default())
    }

    /// The answer to a call, at the end of a text.
    fn called(&mut self, service: &str, action: &str, parameters: &Map<String, Value>, mut text: String) -> Result<String, ApiError> {
        if service == "world" {
            text.push_str(&self.world(action, parameters)?.to_string());
            return Ok(text);
        }
        let parameters = aws::resolve(&self.network, action, parameters)?;
        let prepared = aws::prepare(service, action, &parameters)?;
        let command = match prepared.request {
            Request::Describe(describe) => {
                // A rehearsal of a read is refused where the read itself would be (`X2`).
                let seen = aws::described(text, &self.network, self.epoch, &describe)?;
                return if prepared.dry_run { Err(ApiError::dry_run()) } else { Ok(seen) };
            }
            // Here is no traffic: flow logs have nothing to write, and nothing is counted.
            Request::Records(wanted) => return self.reader().answer(&wanted).map(|seen| text + seen.as_str()),
            Request::Metrics(wanted) => return self.reader().measured(&wanted).map(|seen| text + seen.as_str()),
            Request::Command(command) => command,
        };
        let token = prepared.token.as_deref();
        if let Some(reply) = self.tokens.again(action, token, &command)? {
            return if prepared.dry_run { Err(ApiError::dry_run()) } else { Ok(text + self.reply(&command, &reply, token).as_str()) };
        }
        let decision = decide(&self.network, &command, self.now).map_err(|refusal| ApiError::from(&refusal))?;
        if prepared.dry_run {
            return Err(ApiError::dry_run());
        }
        for event in &decision.events {
            self.network.apply(event);
        }
        self.tokens.remember(action, token, &command, &decision.reply);
        Ok(text + self.reply(&command, &decision.reply, token).as_str())
    }

    fn reader(&self) -> Reader<'_> {
        Reader { network: &self.network, epoch: self.epoch, now: Instant::ZERO, logs: None, metrics: None }
    }

    fn reply(&self, command: &Command, reply: &Reply, token: Option<&str>) -> Json {
        aws::reply(&self.network, self.epoch, command, reply, token)
    }

    /// Lets time pass, with what comes due in it.
    pub fn wait(&mut self, span: Duration) {
        self.pass_to(self.now + span);
    }

    fn pass_to(&mut self, moment: Instant) {
        settle(&mut self.network, moment);
        self.now = moment;
    }

    /// Answers one line of JSON, `{"Service":…,"Action":…,"Parameters":{…}}`, by `{"Result":{…}}` or `{"Error":{"Code":…,"Message":…}}` with
    /// a line's end, added to `output`.
    ///
    /// # Errors
    /// What writing says; never anything that stands in the line.
    pub fn answer(&mut self, line: &[u8], output: &mut Vec<u8>) -> std::io::Result<()> {
        // Where nothing stands in the output yet, the answer is written in its place instead of being copied there.
        let mut text = if output.is_empty() { String::from_utf8(std::mem::take(output)).unwrap_or_default() } else { String::new() };
        text.push_str("{\"Result\":");
        let answer = self.asked(line, text);
        self.settle();
        match answer {
            Ok(mut result) => {
                result.push_str("}\n");
                if output.is_empty() {
                    *output = result.into_bytes();
                } else {
                    output.extend_from_slice(result.as_bytes());
                }
            }
            Err(error) => {
                serde_json::to_writer(&mut *output, &error.to_json())?;
                output.push(b'\n');
            }
        }
        Ok(())
    }

    /// Lets everything that is under way end, unless that waits to be waited for.
    pub fn settle(&mut self) {
        if self.settles {
            self.pass_to(settled_at(&self.network, self.now));
        }
    }

    /// The answer to a line, at the end of a text.
    fn asked(&mut self, line: &[u8], text: String) -> Result<String, ApiError> {
        let read =
            json::parse(line, LINE_LIMITS).map_err(|error| ApiError::new("InvalidRequest", format!("The line cannot be read: {error}")))?;
        let Value::Object(request) = read else {
            return Err(ApiError::new("InvalidRequest", "A line must be an object: {\"Action\": …, \"Parameters\": {…}}"));
        };
        if let Some(odd) = request.keys().find(|name| !matches!(name.as_str(), "Service" | "Action" | "Parameters")) {
            return Err(ApiError::unknown(odd));
        }
        let word = |name: &'static str| match request.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.as_str())),
            Some(_) => Err(ApiError::new("InvalidRequest", format!("{name} must be a text."))),
        };
        let (service, action) = (word("Service")?.unwrap_or("ec2"), word("Action")?);
        let action = action.ok_or_else(|| ApiError::new("MissingAction", "The request must contain the parameter Action"))?;
        let none = Map::new();
        let parameters = match request.get("Parameters") {
            None | Some(Value::Null) => &none,
            Some(Value::Object(parameters)) => parameters,
            Some(_) => return Err(ApiError::new("InvalidRequest", "Parameters must be an object.")),
        };
        self.called(service, action, parameters, text)
    }

    /// What nobody asks AWS for: time passes, something breaks, a spot instance is told that it will be taken back, a service takes a subnet.
    fn world(&mut self, action: &str, parameters: &Map<String, Value>) -> Result<Value, ApiError> {
        match action {
            "Wait" => self.wait(seconds(parameters)?),
            "SpotNotice" => {
                let command = Command::TellSpotInstance(Parameters::new(parameters).id("InstanceId")?);
                self.own_command(&command)?;
            }
            "Fault" => {
                self.own_command(&aws::fault_call(parameters)?)?;
            }
            "Lambda" => {
                let p = Parameters::new(parameters);
                let to = if p.flag("Then") == Some(true) { Interfaces::OfEnvironments } else { Interfaces::Shared };
                let act = LambdaAct::SetInterfaces(p.text_or_empty("FunctionName"), to);
                self.own_command(&Command::Lambda(Box::new(act)))?;
            }
            "ServiceTakes" | "ServiceLeaves" => return self.own_command(&aws::service_call(action, parameters)?),
            _ => return Err(ApiError::unsupported("world", action)),
        }
        Ok(json!({}))
    }

    /// Does a command that is no call of AWS.
    ///
    /// # Errors
    /// The refusal.
    pub(crate) fn own_command(&mut self, command: &Command) -> Result<Value, ApiError> {
        let decision = decide(&self.network, command, self.now).map_err(|refusal| ApiError::from(&refusal))?;
        decision.events.iter().for_each(|event| self.network.apply(event));
        Ok(self.reply(command, &decision.reply, None).value())
    }
}

/// How long a call of `world` waits.
fn seconds(parameters: &Map<String, Value>) -> Result<Duration, ApiError> {
    if let Some(odd) = parameters.keys().find(|name| *name != "Seconds") {
        return Err(ApiError::unknown(odd));
    }
    let value = parameters.get("Seconds").ok_or_else(|| ApiError::missing("Seconds"))?;
    let span = value.as_f64().filter(|seconds| (0.0..=LONGEST_WAIT).contains(seconds));
    let span = span.map(std::time::Duration::from_secs_f64).and_then(|span| u64::try_from(span.as_nanos()).ok());
    span.map(Duration::from_nanos).ok_or_else(|| ApiError::invalid("Seconds", value, "It must be a number from 0 to 2592000."))
}

/// Whether a text looks like a region's name: `us-east-1`, `us-gov-west-1`.
fn is_region(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [words @ .., number] = parts.as_slice() else { return false };
    let is_word = |word: &&str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
    text.len() <= 32 && words.len() >= 2 && words.iter().all(is_word) && matches!(number.as_bytes(), [digit] if digit.is_ascii_digit())
}
