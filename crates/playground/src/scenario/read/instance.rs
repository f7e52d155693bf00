//! Reads instances.

use super::Reader;
use super::facts::{self, id, maybe_id, object, text};
use crate::aws::{Kind, made_up_token};
use crate::json::{FieldError, Fields};
use crate::scenario::ScenarioError;
use crate::scenario::gather::{Found, INSTANCE_ATTRIBUTES};
use crate::words::InputKey;
use eni_core::control::image::{guest_of_import, image_of};
use eni_core::id::*;
use eni_core::model::event::Event;
use eni_core::model::instance::{GuestFlavour, Instance, InstanceState, ShutdownBehavior};
use eni_core::model::instance_type::InstanceType;
use eni_core::model::metadata::{MetadataChange, MetadataOptions};
use eni_core::model::spot::{Interruption, Spot, StateReason};
use eni_core::model::{Tags, Zone};
use eni_core::table::{Set, Table};
use eni_core::time::Instant;
use serde_json::Value;
use std::borrow::Cow;

/// The longest name of a key pair.
pub(super) const LONGEST_KEY_NAME: usize = 255;

impl Reader<'_> {
    /// Instances first, then their ENIs and addresses.
    pub(super) fn read_instances_and_interfaces(&mut self) -> Result<(), ScenarioError> {
        let gathered = self.gathered;
        let mut instances = Set::new();
        for found in gathered.of(Kind::Reservations) {
            match self.read_instance(found) {
                Ok(instance) => instances.extend(instance),
                Err(problem) => _ = self.keep(self.events.len(), Err(problem))?,
            }
        }
        if let Some(id) = self.basis.extra.guests.keys().find(|id| !instances.contains(id)) {
            return Err(FieldError::new(format!("playground.guests.{id}"), InputKey::NoSuchInstance).into());
        }
        self.read_interfaces(&instances)
    }

    fn read_instance(&mut self, found: &Found) -> Result<Option<InstanceId>, ScenarioError> {
        let value = self.with_attributes(&found.value);
        let mut fields = Fields::of(&found.place, &value)?;
        let instance_id: InstanceId = id(&mut fields, "InstanceId")?;
        let Some(state) = read_state(&mut fields)? else {
            self.notes.warn(InputKey::TerminatedLeftOut { what: &found.place });
            return Ok(None);
        };
        let Some(vpc) = maybe_id::<VpcId>(&mut fields, "VpcId")? else {
            self.notes.warn(InputKey::NoVpcLeftOut { what: &found.place });
            return Ok(None);
        };
        self.observe(instance_id);
        let image = match text(&mut fields, "ImageId")?.parse() {
            Ok(image) => image,
            Err(_) => image_of(GuestFlavour::PolicyRouting),
        };
        let guest = self.basis.extra.guests.get(&instance_id).cloned().unwrap_or_else(|| guest_of_import(image));
        let instance = Instance {
            id: instance_id,
            reservation: self.reservation(found)?,
            instance_type: self.instance_type(found, &mut fields)?,
            image,
            launch_index: fields.optional_number("AmiLaunchIndex", 1_000_000)?.and_then(|at| u32::try_from(at).ok()).unwrap_or(0),
            state,
            zone: self.zone(found, &mut fields)?,
            vpc,
            launched_at: self.moment(&mut fields, "LaunchTime")?,
            enis: Table::new(),
            termination_protection: facts::wrapped_flag(&mut fields, "DisableApiTermination")?.unwrap_or(false),
            stop_protection: facts::wrapped_flag(&mut fields, "DisableApiStop")?.unwrap_or(false),
            spot: self.read_spot(&mut fields, state, instance_id)?,
            hibernates: match object(&mut fields, "HibernationOptions")? {
                Some(mut options) => facts::flag(&mut options, "Configured", false)?,
                None => false,
            },
            stuck: Table::new(),
            faults: self.basis.extra.faults.get(&instance_id).copied().unwrap_or_default(),
            shutdown: match object(&mut fields, "InstanceInitiatedShutdownBehavior")? {
                Some(mut value) => ShutdownBehavior::from_word(&text(&mut value, "Value")?),
                None => ShutdownBehavior::Stop,
            },
            metadata: match object(&mut fields, "MetadataOptions")? {
                Some(mut options) => metadata(&mut options)?.of(MetadataOptions::default()),
                None => MetadataOptions::default(),
            },
            reason: self.reason(&mut fields, state)?,
            guest,
            key_name: fields.optional_text("KeyName", LONGEST_KEY_NAME)?.filter(|name| !name.is_empty()).map(str::to_owned),
            client_token: read_token(&mut fields, found)?,
            monitored: match object(&mut fields, "Monitoring")? {
                Some(mut monitoring) => matches!(text(&mut monitoring, "State")?.as_str(), "enabled" | "pending"),
                None => false,
            },
            user_data: self.basis.extra.user_data.get(&instance_id).cloned().unwrap_or_default(),
            ebs_optimized: facts::flag(&mut fields, "EbsOptimized", false)?,
            tags: self.tags(found, &instance_id.to_string(), "Tags")?,
        };
        self.events.push(Event::InstanceLaunched(Box::new(instance)));
        Ok(Some(instance_id))
    }

    /// An instance with what describe-instance-attribute said of it.
    fn with_attributes<'v>(&self, instance: &'v Value) -> Cow<'v, Value> {
        let mut whole = Cow::Borrowed(instance);
        let of_it = |found: &&Found| found.value.get("InstanceId") == instance.get("InstanceId");
        for found in self.gathered.instance_attributes.iter().filter(of_it) {
            for (name, value) in INSTANCE_ATTRIBUTES.iter().filter_map(|name| Some((*name, found.value.get(name)?))) {
                if let Some(members) = whole.to_mut().as_object_mut() {
                    members.insert(name.to_owned(), value.clone());
                }
            }
        }
        whole
    }

    /// Why it does not run, if it is one of the reasons that are known here.
    fn reason(&self, fields: &mut Fields<'_>, state: InstanceState) -> Result<Option<(StateReason, Instant)>, ScenarioError> {
        let code = match object(fields, "StateReason")? {
            Some(mut reason) => text(&mut reason, "Code")?,
            None => String::new(),
        };
        let told = text(fields, "StateTransitionReason")?;
        let at = told.split_once('(').and_then(|(_, at)| at.strip_suffix(" GMT)"));
        let since = at.and_then(|at| self.basis.epoch.read(&format!("{at}Z")).ok()).unwrap_or(Instant::ZERO);
        let reason = StateReason::ALL.into_iter().find(|reason| reason.code() == code);
        Ok(reason.filter(|_| state != InstanceState::Running).map(|reason| (reason, since)))
    }

    fn reservation(&mut self, found: &Found) -> Result<ReservationId, ScenarioError> {
        match &found.launch {
            Some(text) => {
                let reservation = text.parse().map_err(|error| FieldError::new(format!("{}.ReservationId", found.place), error))?;
                Ok(self.observe(reservation))
            }
            None => Ok(self.counters.take()),
        }
    }

    /// The type; one that is not in the table is taken for a like one, as far as limits go.
    fn instance_type(&mut self, found: &Found, fields: &mut Fields<'_>) -> Result<InstanceType, ScenarioError> {
        let name = text(fields, "InstanceType")?;
        if let Some(known) = InstanceType::find(&name) {
            return Ok(known);
        }
        let nearest = nearest_type(&name).ok_or_else(|| FieldError::new(fields.place("InstanceType"), InputKey::NoSuchType))?;
        let shown: String = name.chars().take(64).collect();
        self.make_up(&found.place, InputKey::TypeTaken { found: &shown, nearest: nearest.name() })?;
        Ok(nearest)
    }

    fn zone(&mut self, found: &Found, fields: &mut Fields<'_>) -> Result<Zone, ScenarioError> {
        let mut placement =
            object(fields, "Placement")?.ok_or_else(|| FieldError::new(format!("{}.Placement", found.place), InputKey::Missing))?;
        Ok(facts::zone(&mut placement)?)
    }

    /// A moment; the epoch if it is absent.
    pub(super) fn moment(&self, fields: &mut Fields<'_>, name: &str) -> Result<Instant, ScenarioError> {
        let written = text(fields, name)?;
        if written.is_empty() {
            return Ok(Instant::ZERO);
        }
        Ok(self.basis.epoch.read(&written).map_err(|error| FieldError::new(fields.place(name), error))?)
    }

    /// The tags of an ENI that stands with its instance only.
    pub(super) fn tags_of_id(&mut self, id: &str) -> Tags {
        let told = self.gathered.tags.get(id).into_iter().flatten();
        told.filter(|(key, ..)| !crate::scenario::report::is_secret(key)).map(|(key, value, _)| (key.clone(), value.clone())).collect()
    }

    /// Whether it is a spot instance, and, where a document or its request says it, how it was asked for. One that is stopped has a request that
    /// lives on.
    fn read_spot(&self, fields: &mut Fields<'_>, state: InstanceState, instance: InstanceId) -> Result<Option<Spot>, FieldError> {
        let is_spot = text(fields, "InstanceLifecycle")? == "spot";
        let asked = self.gathered.spot_requests.get(&instance.to_string());
        let told = |name: &str| asked.and_then(|asked| asked.get(name)).and_then(Value::as_str).unwrap_or_default();
        let mut interruption = Interruption::from_word(told("InstanceInterruptionBehavior"));
        let mut persistent = state == InstanceState::Stopped || told("Type") == "persistent";
        if let Some(mut market) = object(fields, "InstanceMarketOptions")?
            && let Some(mut options) = object(&mut market, "SpotOptions")?
        {
            persistent |= text(&mut options, "SpotInstanceType")? == "persistent";
            interruption = Interruption::from_word(&text(&mut options, "InstanceInterruptionBehavior")?);
        }
        let own = SpotRequestId::of_instance(instance);
        let request = text(fields, "SpotInstanceRequestId")?.parse().ok().filter(|request| *request != own);
        let cancelled = text(fields, "SpotInstanceRequestState")? == "cancelled" || told("State") == "cancelled";
        Ok(is_spot.then_some(Spot { interruption, persistent, notice: None, request, cancelled }))
    }
}

/// The token that its launch was asked with; one that was made up follows from the launch.
fn read_token(fields: &mut Fields<'_>, found: &Found) -> Result<Option<String>, FieldError> {
    let token = fields.optional_text("ClientToken", 64)?.filter(|token| !token.is_empty());
    let follows = |token: &&str| found.launch.as_deref().is_some_and(|launch| made_up_token(launch) == *token);
    Ok(token.filter(|token| !follows(token)).map(str::to_owned))
}

/// The state, settled; nothing for one that is terminated or on its way there.
fn read_state(fields: &mut Fields<'_>) -> Result<Option<InstanceState>, FieldError> {
    let name = match object(fields, "State")? {
        Some(mut state) => text(&mut state, "Name")?,
        None => String::new(),
    };
    match name.as_str() {
        "running" | "pending" => Ok(Some(InstanceState::Running)),
        "stopped" | "stopping" => Ok(Some(InstanceState::Stopped)),
        "terminated" | "shutting-down" => Ok(None),
        _ => Err(FieldError::new(
            fields.place("State.Name"),
            InputKey::ExpectedWord { words: "pending, running, stopping, stopped, shutting-down, terminated" },
        )),
    }
}

/// A type of the same family, or of the family whose name begins most alike.
fn nearest_type(name: &str) -> Option<InstanceType> {
    let alike = |other: &str| name.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let size = name.split_once('.').map_or("", |(_, size)| size);
    InstanceType::all().max_by_key(|other| (alike(other.name()), other.name().ends_with(size)))
}

/// The settings of a metadata service, as far as they are told.
fn metadata(fields: &mut Fields<'_>) -> Result<MetadataChange, FieldError> {
    let mut is = |name: &str, yes: &str| Ok(Some(text(fields, name)?).filter(|word| !word.is_empty()).map(|word| word == yes));
    Ok(MetadataChange {
        needs_token: is("HttpTokens", "required")?,
        is_on: is("HttpEndpoint", "enabled")?,
        over_ipv6: is("HttpProtocolIpv6", "enabled")?,
        tells_tags: is("InstanceMetadataTags", "enabled")?,
        hop_limit: facts::integer(fields, "HttpPutResponseHopLimit")?.and_then(|hops| u8::try_from(hops).ok()),
    })
}
