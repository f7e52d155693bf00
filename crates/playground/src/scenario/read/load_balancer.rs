//! Reads load balancers and target groups. What other calls show of them stands with them; the interface of each node is known by its description.

use super::Reader;
use super::facts::{MAX_TEXT, object, objects, text};
use crate::aws::Kind;
use crate::aws::shape::id_of_arn;
use crate::json::{FieldError, Fields};
use crate::scenario::ScenarioError;
use crate::scenario::gather::Found;
use crate::words::InputKey;
use eni_core::id::{GroupId, ResourceId, SubnetId};
use eni_core::model::Zone;
use eni_core::model::event::Event;
use eni_core::model::load_balancer::{Listener, LoadBalancer, Node};
use eni_core::model::target_group::{BalancedProtocol, HealthCheck, Target, TargetGroup, TargetHealth, TargetKey, TargetWho};

impl Reader<'_> {
    pub(super) fn read_load_balancer(&mut self, found: &Found) -> Result<(), ScenarioError> {
        let mut fields = Fields::of(&found.place, &found.value)?;
        if text(&mut fields, "Type")? != "network" {
            return Err(expected(&fields, "Type", "network").into());
        }
        let id = arn(&mut fields, "LoadBalancerArn", "loadbalancer")?;
        let mut balancer = LoadBalancer {
            id,
            name: text(&mut fields, "LoadBalancerName")?,
            vpc: fields.parsed("VpcId")?,
            internet_facing: text(&mut fields, "Scheme")? != "internal",
            nodes: Vec::new(),
            groups: groups(&mut fields)?,
            active: true,
            cross_zone: false,
            created: self.moment(&mut fields, "CreatedTime")?,
            listeners: Vec::new(),
            tags: self.tags(found, &text(&mut fields, "LoadBalancerArn")?, "Tags")?,
        };
        for (key, value) in attributes(&mut fields)? {
            if key == "load_balancing.cross_zone.enabled" {
                balancer.cross_zone = value == "true";
            }
        }
        for mut listener in objects(&mut fields, "Listeners")? {
            if let Some(listener) = self.listener(&mut listener)? {
                balancer.listeners.push(listener);
            }
        }
        for mut zone in objects(&mut fields, "AvailabilityZones")? {
            let subnet: SubnetId = zone.parsed("SubnetId")?;
            let address = objects(&mut zone, "LoadBalancerAddresses")?.into_iter().next();
            let allocation = address.map(|mut address| address.optional_parsed("AllocationId")).transpose()?.flatten();
            let description = balancer.description();
            let eni = self.events.iter().find_map(|event| match event {
                Event::EniCreated(eni) if eni.subnet == subnet && eni.description == description => Some(eni.id),
                _ => None,
            });
            let zone_of = self.events.iter().find_map(|event| match event {
                Event::SubnetCreated(known) if known.id == subnet => Some(known.zone.clone()),
                _ => None,
            });
            match eni {
                Some(eni) => balancer.nodes.push(Node { subnet, zone: zone_of.unwrap_or_else(|| Zone::new("")), eni, allocation }),
                None => self.make_up(&found.place, InputKey::NodeWithoutInterface { subnet: &subnet.to_string() })?,
            }
        }
        self.events.push(Event::LoadBalancerSet(Box::new(balancer)));
        Ok(())
    }

    fn listener(&self, fields: &mut Fields<'_>) -> Result<Option<Listener>, FieldError> {
        let mut action = objects(fields, "DefaultActions")?.into_iter().next();
        let Some(action) = &mut action else { return Ok(None) };
        let group = text(action, "TargetGroupArn")?;
        let listener = Listener {
            id: arn(fields, "ListenerArn", "listener")?,
            protocol: protocol(fields)?,
            port: port(fields, "Port")?,
            target_group: arn(action, "TargetGroupArn", "targetgroup")?,
        };
        // One that leads to a group which is not here leads nowhere.
        Ok((self.basis.strict || self.gathered.find(Kind::TargetGroups, &group).is_some()).then_some(listener))
    }

    pub(super) fn read_target_group(&mut self, found: &Found) -> Result<(), ScenarioError> {
        let mut fields = Fields::of(&found.place, &found.value)?;
        let usual = HealthCheck::default();
        let check_port = text(&mut fields, "HealthCheckPort")?;
        let mut small = |name: &str, usual: u16| -> Result<u16, FieldError> {
            Ok(fields.optional_number(name, 3_600)?.and_then(|number| u16::try_from(number).ok()).unwrap_or(usual))
        };
        let byte = |number: u16| u8::try_from(number).unwrap_or(u8::MAX);
        let check = HealthCheck {
            port: check_port.parse().ok(),
            interval: small("HealthCheckIntervalSeconds", usual.interval)?.max(5),
            timeout: small("HealthCheckTimeoutSeconds", usual.timeout)?.max(2),
            healthy: byte(small("HealthyThresholdCount", usual.healthy.into())?),
            unhealthy: byte(small("UnhealthyThresholdCount", usual.unhealthy.into())?),
        };
        let kind = text(&mut fields, "TargetType")?;
        if !matches!(kind.as_str(), "instance" | "ip") {
            return Err(expected(&fields, "TargetType", "instance, ip").into());
        }
        let mut group = TargetGroup {
            id: arn(&mut fields, "TargetGroupArn", "targetgroup")?,
            name: text(&mut fields, "TargetGroupName")?,
            vpc: fields.parsed("VpcId")?,
            protocol: protocol(&mut fields)?,
            port: port(&mut fields, "Port")?,
            by_instance: kind == "instance",
            check,
            keeps_client: None,
            drain_secs: 300,
            targets: Vec::new(),
            tags: self.tags(found, &text(&mut fields, "TargetGroupArn")?, "Tags")?,
        };
        for (key, value) in attributes(&mut fields)? {
            match key.as_str() {
                // What is usual for the group is not said of it.
                "preserve_client_ip.enabled" if (value == "true") != group.keeps_client_address() => {
                    group.keeps_client = Some(value == "true")
                }
                "deregistration_delay.timeout_seconds" => group.drain_secs = value.parse().unwrap_or(group.drain_secs),
                _ => {}
            }
        }
        for mut told in objects(&mut fields, "TargetHealthDescriptions")? {
            group.targets.extend(self.target(&mut told, &group)?);
        }
        self.events.push(Event::TargetGroupSet(Box::new(group)));
        Ok(())
    }

    /// A target that is there still: one that drains is as good as gone.
    fn target(&self, told: &mut Fields<'_>, group: &TargetGroup) -> Result<Option<Target>, FieldError> {
        let Some(mut target) = object(told, "Target")? else { return Ok(None) };
        let id = target.text("Id", MAX_TEXT)?.to_owned();
        let port = target.optional_number("Port", 65_535)?.and_then(|port| u16::try_from(port).ok()).unwrap_or(group.port);
        let who = id.parse().map(TargetWho::Instance).or_else(|_| id.parse().map(TargetWho::Address));
        let who = who.map_err(|_| expected(&target, "Id", "i-…, 10.0.0.1"))?;
        let state = object(told, "TargetHealth")?.map(|mut health| text(&mut health, "State")).transpose()?.unwrap_or_default();
        let health = match state.as_str() {
            "draining" => return Ok(None),
            "healthy" => TargetHealth::Healthy,
            "unhealthy" => TargetHealth::Unhealthy,
            _ => TargetHealth::Initial,
        };
        Ok(Some(Target { key: TargetKey { who, port }, health }))
    }
}

/// Something of load balancing by its ARN.
fn arn<I: ResourceId>(fields: &mut Fields<'_>, member: &str, kind: &str) -> Result<I, FieldError> {
    let told = text(fields, member)?;
    id_of_arn(kind, &told).ok_or_else(|| expected(fields, member, &format!("arn:aws:elasticloadbalancing:…:{kind}/…")))
}

fn protocol(fields: &mut Fields<'_>) -> Result<BalancedProtocol, FieldError> {
    let word = text(fields, "Protocol")?;
    BalancedProtocol::from_word(&word).ok_or_else(|| expected(fields, "Protocol", "TCP, UDP, TCP_UDP"))
}

fn port(fields: &mut Fields<'_>, member: &str) -> Result<u16, FieldError> {
    Ok(u16::try_from(fields.number(member, 65_535)?).unwrap_or(0))
}

fn groups(fields: &mut Fields<'_>) -> Result<Vec<GroupId>, FieldError> {
    let place = fields.place("SecurityGroups");
    let read = |value: &serde_json::Value| value.as_str().unwrap_or_default().parse().map_err(|error| FieldError::new(&place, error));
    fields.list("SecurityGroups")?.iter().map(read).collect()
}

fn attributes(fields: &mut Fields<'_>) -> Result<Vec<(String, String)>, FieldError> {
    objects(fields, "Attributes")?.iter_mut().map(|pair| Ok((text(pair, "Key")?, text(pair, "Value")?))).collect()
}

fn expected(fields: &Fields<'_>, member: &str, words: &str) -> FieldError {
    FieldError::new(fields.place(member), InputKey::ExpectedWord { words })
}
