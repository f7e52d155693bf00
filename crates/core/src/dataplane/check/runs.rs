//! Whether an instance runs and an ENI carries packets (`P-E1`, `P-I5`).

use super::service;
use crate::dataplane::reason::{Code, Evidence};
use crate::dataplane::stage::{Behind, Context, Outcome, Stage, Then};
use crate::dataplane::verdict::{Disposition, Mark, Place, Step, Verdict};
use crate::model::eni::{AttachmentStatus, Eni};
use crate::model::instance::{Instance, InstanceState};

/// The type of a transit gateway's ENIs.
const TRANSIT: &str = "transit_gateway";

/// Whether an instance runs, or is taken to; and whether that was an assumption.
fn running(context: &Context<'_>, instance: &Instance) -> (bool, bool) {
    let really = instance.state == InstanceState::Running;
    let assumed = context.question.assume.running && !really && !instance.state.is_gone();
    (really || assumed, assumed)
}

/// The instance that is to send.
pub fn source<'s, 'a>(step: &'s mut Step, context: &Context<'a>, instance: &'a Instance) -> Outcome<'s, 'a> {
    let (runs, assumed) = running(context, instance);
    let evidence = Evidence::Instance { instance: instance.id, state: instance.state, assumed };
    if runs { Outcome::allow(step, "P-E1", evidence) } else { Outcome::deny(step, "P-E1", Code::BadState, evidence) }
}

/// What an ENI is attached to: the instance if it carries packets for one, and the code if it does not. The step says it.
fn attachment<'a>(step: &mut Step, context: &Context<'a>, eni: &Eni) -> Result<&'a Instance, Code> {
    let instance = eni.attachment.as_ref().and_then(|attachment| context.network().instance(attachment.instance));
    let status = eni.attachment.as_ref().map(|attachment| attachment.status);
    let (runs, assumed) = instance.map_or((false, false), |instance| running(context, instance));
    let carries = match instance {
        Some(instance) if status == Some(AttachmentStatus::Attached) => {
            if runs {
                Ok(instance)
            } else {
                Err(Code::BadState)
            }
        }
        _ => Err(Code::BadStateAttachment),
    };
    step.evidence = Evidence::Attachment {
        eni: eni.id,
        instance: instance.map(|instance| instance.id),
        status,
        state: instance.map(|instance| instance.state),
        assumed,
    };
    carries
}

/// Whether a service works behind an ENI, out of this model's sight.
fn serves(eni: &Eni) -> bool {
    eni.requester.as_ref().is_some_and(|requester| requester.attachment.is_some())
}

/// The ENI that is to send. What an endpoint's sends answers somebody (`R62`).
pub fn sender<'s, 'a>(step: &'s mut Step, context: &Context<'a>, eni: &'a Eni) -> Outcome<'s, 'a> {
    match attachment(step, context, eni) {
        Ok(_) => Outcome::seen(step, Verdict::Allow, "P-E1", Then::Next),
        Err(_) if let Some(found) = context.network().endpoint_of(eni).filter(|_| service::begins(context, eni)) => {
            let evidence = Evidence::Endpoint { endpoint: found.id, address: context.packet().source, carried: false };
            Outcome::deny(step, "R62", Code::VpceIntraVpcTraffic, evidence)
        }
        Err(_) if serves(eni) => Outcome::seen(step, Verdict::Allow, "P-E1", Then::Next).marked(Mark::Modelled),
        Err(code) => Outcome::refused(step, "P-E1", code),
    }
}

/// The ENI that got the packet hands it to its guest. A service behind an ENI takes it there; what it does with it is
/// looked at for NAT gateways, load balancers, interface endpoints, mount targets and functions.
pub fn receiver<'s, 'a>(step: &'s mut Step, context: &Context<'a>, eni: &'a Eni) -> Outcome<'s, 'a> {
    match attachment(step, context, eni) {
        Ok(instance) => Outcome::seen(step, Verdict::Deliver, "P-I5", Then::Go(Stage::GuestIn { instance, eni })),
        Err(_) if eni.kind.as_str() == TRANSIT => match context.network().transit_attachment_with(eni) {
            Some(attachment) => Outcome::seen(step, Verdict::Deliver, "R57", Then::Go(Stage::Transit { attachment, eni })),
            None => Outcome::refused(step, "R57", Code::UnsupportedComponent).marked(Mark::Modelled),
        },
        // An import may hold the ENI of a NAT gateway and not the gateway.
        Err(_) if serves(eni) && eni.kind.as_str() == "nat_gateway" && context.network().nat_gateway_of(eni).is_none() => {
            Outcome::refused(step, "R40", Code::UnsupportedComponent).marked(Mark::Modelled)
        }
        Err(_) if serves(eni) => {
            if let Some(gateway) = context.network().nat_gateway_of(eni) {
                return Outcome::seen(step, Verdict::Deliver, "R38", Then::Go(Stage::Nat { gateway, eni }));
            }
            if let Some(balancer) = context.network().load_balancer_of(eni) {
                return Outcome::seen(step, Verdict::Deliver, "P33", Then::Go(Stage::Balancer { balancer, eni }));
            }
            if let Some(behind) = Behind::of(context.network(), eni) {
                return Outcome::seen(step, Verdict::Deliver, "P41", Then::Go(Stage::Service { eni, behind }));
            }
            let then = Then::Arrive(Disposition::Delivered, Place::Eni(eni.id));
            Outcome::seen(step, Verdict::Deliver, "P-I5", then).marked(Mark::Modelled)
        }
        Err(code) => Outcome::refused(step, "P-I5", code),
    }
}
