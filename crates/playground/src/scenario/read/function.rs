//! Reads functions of AWS Lambda, file systems and mount targets. Which network interfaces functions share follows from their subnets and groups.

use super::Reader;
use super::facts::{flag, id, object, text, word};
use crate::json::{FieldError, Fields};
use crate::scenario::ScenarioError;
use crate::scenario::gather::Found;
use crate::words::InputKey;
use eni_core::id::{FileSystemId, MountTargetId, ResourceId};
use eni_core::model::event::Event;
use eni_core::model::file_system::{FileSystem, MountTarget, MountTargetState};
use eni_core::model::function::{Function, FunctionEni, Interfaces, MEMORY_MB, Phase, TIMEOUT_SECONDS, Trouble, Use, VpcConfig};
use eni_core::model::service::Service;

/// The longest name of a function.
const LONGEST_NAME: usize = 64;

impl Reader<'_> {
    pub(super) fn read_function(&mut self, found: &Found) -> Result<(), ScenarioError> {
        let mut fields = Fields::of(&found.place, &found.value)?;
        let name = fields.optional_text("FunctionName", LONGEST_NAME)?.filter(|name| !name.is_empty());
        let name = name.ok_or_else(|| FieldError::new(fields.place("FunctionName"), InputKey::Missing))?.to_owned();
        let vpc = match object(&mut fields, "VpcConfig")? {
            Some(mut config) => vpc_config(&mut config)?,
            None => None,
        };
        let number = |fields: &mut Fields<'_>, name: &str, usual: u64, most: u64| {
            if fields.optional(name).is_some() { fields.number(name, most) } else { Ok(usual) }
        };
        let timeout = number(&mut fields, "Timeout", u64::from(TIMEOUT_SECONDS), 900)?;
        let memory = number(&mut fields, "MemorySize", u64::from(MEMORY_MB), 10_240)?;
        let own = flag(&mut fields, "InterfaceOfEachEnvironment", false)?;
        let modified = self.modified(&mut fields)?;
        let function = Function {
            name,
            runtime: text(&mut fields, "Runtime")?,
            role: text(&mut fields, "Role")?,
            handler: text(&mut fields, "Handler")?,
            description: text(&mut fields, "Description")?,
            timeout: u16::try_from(timeout).unwrap_or(TIMEOUT_SECONDS),
            memory: u32::try_from(memory).unwrap_or(MEMORY_MB),
            vpc,
            interfaces: if own { Interfaces::OfEnvironments } else { Interfaces::Shared },
            phase: phase(&mut fields)?,
            modified,
        };
        self.share_enis(&function);
        self.events.push(Event::FunctionSet(Box::new(function)));
        Ok(())
    }

    /// `2026-01-01T00:00:00.000+0000`; the beginning if it is not told.
    fn modified(&mut self, fields: &mut Fields<'_>) -> Result<eni_core::time::Instant, ScenarioError> {
        let told = text(fields, "LastModified")?;
        let whole = told.strip_suffix(".000+0000").map_or_else(|| told.clone(), |rest| format!("{rest}+00:00"));
        let value = serde_json::json!({ "LastModified": whole });
        let mut own = Fields::of(&fields.place("LastModified"), &value)?;
        self.moment(&mut own, "LastModified")
    }

    /// The network interfaces of Lambda's in its subnets with its groups are those that it shares.
    fn share_enis(&mut self, function: &Function) {
        let Some(vpc) = function.vpc.as_ref().filter(|_| function.interfaces == Interfaces::Shared) else { return };
        let shared = |event: &Event| match event {
            Event::EniCreated(eni) if eni.kind.as_str() == Service::Lambda.interface_type() && vpc.fits(eni) => Some(eni.id),
            _ => None,
        };
        let found: Vec<_> = self.events.iter().filter_map(shared).collect();
        for eni in found {
            self.events.push(Event::FunctionEniSet(eni, Some(FunctionEni { used: Use::Shared, goes: None })));
        }
    }

    pub(super) fn read_file_system(&mut self, found: &Found) -> Result<(), ScenarioError> {
        let mut fields = Fields::of(&found.place, &found.value)?;
        let id: FileSystemId = self.gateway_id(found, "FileSystemId")?;
        let token = text(&mut fields, "CreationToken")?;
        let created = self.moment(&mut fields, "CreationTime")?;
        let tags = self.tags(found, &id.to_string(), "Tags")?;
        self.events.push(Event::FileSystemCreated(Box::new(FileSystem { id, token, created, tags })));
        Ok(())
    }

    pub(super) fn read_mount_target(&mut self, found: &Found) -> Result<(), ScenarioError> {
        let mut fields = Fields::of(&found.place, &found.value)?;
        let target: MountTargetId = self.gateway_id(found, "MountTargetId")?;
        let (file_system, subnet, eni) =
            (id(&mut fields, "FileSystemId")?, id(&mut fields, "SubnetId")?, id(&mut fields, "NetworkInterfaceId")?);
        let state = word(&mut fields, "LifeCycleState", "available")?;
        if !matches!(state.as_str(), "creating" | "available") {
            return Err(FieldError::new(fields.place("LifeCycleState"), InputKey::ExpectedWord { words: "creating, available" }).into());
        }
        let state = MountTargetState::Available;
        self.events.push(Event::MountTargetCreated(Box::new(MountTarget { id: target, file_system, subnet, eni, state })));
        Ok(())
    }
}

fn ids<I: ResourceId>(fields: &mut Fields<'_>, name: &str) -> Result<Vec<I>, FieldError> {
    let place = fields.place(name);
    if fields.optional(name).is_none() {
        return Ok(Vec::new());
    }
    let read = |value: &serde_json::Value| value.as_str().unwrap_or_default().parse().map_err(|error| FieldError::new(&place, error));
    fields.list(name)?.iter().map(read).collect()
}

fn vpc_config(config: &mut Fields<'_>) -> Result<Option<VpcConfig>, FieldError> {
    let (subnets, groups) = (ids(config, "SubnetIds")?, ids(config, "SecurityGroupIds")?);
    if subnets.is_empty() {
        return Ok(None);
    }
    Ok(Some(VpcConfig { vpc: id(config, "VpcId")?, subnets, groups }))
}

fn phase(fields: &mut Fields<'_>) -> Result<Phase, FieldError> {
    let trouble = |fields: &mut Fields<'_>, name: &str| text(fields, name).map(|word| Trouble::from_word(&word));
    let state = word(fields, "State", "Active")?;
    let (failed, not_updated) = (trouble(fields, "StateReasonCode")?, trouble(fields, "LastUpdateStatusReasonCode")?);
    Ok(match (state.as_str(), failed, not_updated) {
        ("Failed", Some(trouble), _) => Phase::Failed(trouble),
        ("Active", _, Some(trouble)) => Phase::NotUpdated(trouble),
        _ => Phase::Active,
    })
}
