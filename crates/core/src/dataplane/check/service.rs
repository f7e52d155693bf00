//! Services behind ENIs that they made for themselves: of interface endpoints (`R62`) and mount targets (`P43`), each of which waits on one port, and
//! functions, which take answers and nothing else (`P30`).

use crate::addr::Direction;
use crate::dataplane::conntrack::FlowKey;
use crate::dataplane::reason::{Code, Evidence};
use crate::dataplane::stage::{Behind, Context, Outcome, Then};
use crate::dataplane::verdict::{Disposition, Mark, Place, Step, Verdict};
use crate::model::endpoint::EndpointState;
use crate::model::eni::Eni;
use crate::packet::{TcpFlags, Transport};

/// Where services wait behind interface endpoints.
const HTTPS: u16 = 443;
/// Where a file system waits.
const NFS: u16 = 2049;

/// A service takes TCP on its port; that of an endpoint once the endpoint is there.
pub fn check<'s, 'a>(step: &'s mut Step, context: &Context<'a>, behind: Behind<'a>, eni: &Eni) -> Outcome<'s, 'a> {
    let waits = |port: u16| matches!(context.packet().transport, Transport::Tcp { destination, .. } if destination == port);
    let (rule, mark, found, evidence) = match behind {
        Behind::Endpoint(endpoint) => {
            let carried = waits(HTTPS);
            let evidence = Evidence::Endpoint { endpoint: endpoint.id, address: context.packet().source, carried };
            if endpoint.state != EndpointState::Available {
                return Outcome::deny(step, "R62", Code::BadState, evidence);
            }
            if carried && is_forgotten(context, eni) {
                return Outcome::deny(
                    step,
                    "R62",
                    Code::VpceIdleTimeout,
                    Evidence::Endpoint { endpoint: endpoint.id, address: context.packet().source, carried: false },
                )
                .marked(Mark::Believed);
            }
            ("R62", Mark::Modelled, carried, evidence)
        }
        Behind::Functions if context.reply => ("P30", Mark::Modelled, true, Evidence::Listener { found: true, assumed: false }),
        Behind::Functions => {
            return Outcome::deny(step, "P30", Code::LambdaUnsolicited, Evidence::Listener { found: false, assumed: false });
        }
        Behind::MountTarget => ("P43", Mark::Believed, waits(NFS), Evidence::Listener { found: waits(NFS), assumed: false }),
    };
    if !found {
        return Outcome::deny(step, rule, Code::ProtocolRestriction, evidence).marked(mark);
    }
    Outcome::new(step, Verdict::Deliver, rule, evidence, Then::Arrive(Disposition::Delivered, Place::Eni(eni.id)))
}

/// Whether a packet is of a connection that the endpoint does not know any more: nothing opens it, and the service has not answered.
fn is_forgotten(context: &Context<'_>, eni: &Eni) -> bool {
    let key = FlowKey::of(context.packet(), Direction::Ingress);
    let opens = context.packet().tcp_flags().is_some_and(|flags| flags.has(TcpFlags::SYN));
    let flow = || context.question.tracking.flow(eni.id, &key, context.question.now);
    !opens && !eni.groups.is_empty() && flow().is_none_or(|flow| !flow.is_answered())
}

/// Whether an ENI of a service sends what nobody asked for.
pub fn begins(context: &Context<'_>, eni: &Eni) -> bool {
    let key = FlowKey::of(context.packet(), Direction::Egress);
    let flow = context.question.tracking.flow(eni.id, &key, context.question.now);
    flow.is_none_or(|flow| !flow.is_reply(Direction::Egress) || flow.is_reopened_by(Direction::Egress, context.packet().tcp_flags()))
}
