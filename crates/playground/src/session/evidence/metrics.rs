//! What CloudWatch tells of an instance, a NAT gateway or a load balancer, and what the drivers of an instance's network cards have counted.

use super::{SHOWN, choices};
use crate::act::Act;
use crate::view::evidence::{EvidenceOf, EvidenceView, ExplainedField, ExplainedView, LineMark, LineView};
use crate::view::form::ChoiceView;
use crate::view::make::Maker;
use crate::words::EvidenceKey;
use crate::world::World;
use eni_core::id::InstanceId;
use eni_core::model::instance::Instance;
use eni_core::observe::metric::{METRICS, Metric, NatCount, NlbCount, Sample, Source, Subject, Traffic};
use eni_core::observe::metrics::{CONNECTIONS_LEFT, begin_of, minute_of};
use serde_json::json;

/// How many minutes are looked back, and how many values of them are told at most.
const MINUTES: u64 = 60;
const VALUES: usize = 12;

/// The tab.
pub(super) fn tab(world: &World, maker: &Maker<'_>, of: &EvidenceOf) -> EvidenceView {
    let subjects = world.sim.metrics().subjects(maker.network);
    let Some(subject) = subjects.iter().find(|subject| id_of(maker, **subject) == of.subject).or(subjects.first()).copied() else {
        return EvidenceView { empty: maker.say(EvidenceKey::NoSubject), ..EvidenceView::default() };
    };
    let about = METRICS.iter().filter(|metric| metric.is_of(subject));
    let told: Vec<(&Metric, Vec<Sample>)> = about.map(|metric| (metric, samples(world, metric, subject))).collect();
    let instance = match subject {
        Subject::Instance(id) => maker.network.instance(id),
        Subject::NatGateway(_) | Subject::LoadBalancer(_) | Subject::TargetGroup(..) => None,
    };
    let mut lines: Vec<LineView> = told.iter().map(|(metric, samples)| line(maker, metric, samples)).collect();
    lines.extend(instance.into_iter().flat_map(|instance| cards(world, maker, instance)));
    lines.truncate(SHOWN);
    let explained = told.iter().find(|(metric, _)| metric.name == of.line).map(|(metric, samples)| explain(maker, metric, samples));
    let more = |count: &str| maker.say(EvidenceKey::MoreEnis { count });
    let choices = choices(subjects.iter().copied(), |one| *one == subject, |one| choice(maker, one), more);
    let card = || lines.iter().find(|line| line.key == of.line).map(|line| explain_card(maker, line));
    EvidenceView {
        enis: choices,
        eni: id_of(maker, subject),
        head: maker.say(EvidenceKey::ColumnsOfMetrics),
        limit: maker.say(EvidenceKey::MetricsShown),
        offers: instance.filter(|instance| !instance.monitored).map(|instance| monitor(maker, instance.id)).into_iter().collect(),
        explained: explained.or_else(card),
        lines,
        ..EvidenceView::default()
    }
}

/// What a thing is called by that nothing else is: the last of the dimensions of its metrics.
fn id_of(maker: &Maker<'_>, subject: Subject) -> String {
    subject.dimensions(maker.network).pop().map(|(_, value)| value).unwrap_or_default()
}

fn choice(maker: &Maker<'_>, subject: Subject) -> ChoiceView {
    let text = match subject {
        Subject::Instance(id) => maker.instance_name(id),
        Subject::NatGateway(id) => maker.nat_gateway_name(id),
        Subject::LoadBalancer(_) | Subject::TargetGroup(..) => id_of(maker, subject),
    };
    ChoiceView { value: id_of(maker, subject), text }
}

fn monitor(maker: &Maker<'_>, id: InstanceId) -> (String, Act) {
    let text = maker.say(EvidenceKey::TellEachMinute { instance: &maker.instance_name(id) });
    (text, Act::ec2("MonitorInstances", json!({ "InstanceIds": [id.to_string()] })))
}

fn samples(world: &World, metric: &Metric, subject: Subject) -> Vec<Sample> {
    let now = minute_of(world.sim.now());
    world.sim.metrics().samples(world.network(), metric, subject, (now.saturating_sub(MINUTES), now + 1))
}

/// What people read of a metric: how much there was, or the greatest where it is a state.
const fn value(metric: &Metric, sample: Sample) -> u64 {
    match metric.source {
        Source::Check(_) | Source::Gateway(NatCount::ActiveConnections) | Source::Targets(_) => sample.most,
        Source::Traffic(..) | Source::Gateway(_) | Source::Balancer(..) => sample.sum,
    }
}

/// The seconds that a value stands for: "60–120 s". Of five minutes each instance sends five values.
fn span(maker: &Maker<'_>, metric: &Metric, sample: Sample) -> String {
    let minutes = if matches!(metric.source, Source::Traffic(..)) && sample.count > 1 { 5 } else { 1 };
    let second = |minute| (begin_of(minute).as_millis() / 1_000).to_string();
    maker.say(EvidenceKey::ToldFor { from: &second(sample.minute), to: &second(sample.minute + minutes) })
}

fn line(maker: &Maker<'_>, metric: &Metric, samples: &[Sample]) -> LineView {
    let newest = samples.last().copied();
    let is_bad = |value: u64| {
        value > 0
            && matches!(
                metric.source,
                Source::Check(_) | Source::Gateway(NatCount::ErrorPortAllocation | NatCount::PacketsDrop) | Source::Targets(false)
            )
    };
    let (text, note, mark) = match newest {
        Some(sample) => {
            let value = value(metric, sample);
            let mark = if is_bad(value) { LineMark::Lost } else { LineMark::Plain };
            (format!("{} {value} {}", metric.name, metric.unit), span(maker, metric, sample), mark)
        }
        None => (metric.name.to_owned(), maker.say(EvidenceKey::NotToldYet), LineMark::Plain),
    };
    LineView { key: metric.name.to_owned(), mark, name: maker.say(EvidenceKey::AboutFlow { flow: metric.name }), text, note, packet: None }
}

fn explain(maker: &Maker<'_>, metric: &Metric, samples: &[Sample]) -> ExplainedView {
    let meaning =
        ExplainedField { name: maker.say(EvidenceKey::MetricMeans), value: metric.namespace.to_owned(), text: maker.say(meaning(metric)) };
    let told = samples.iter().rev().take(VALUES).map(|sample| ExplainedField {
        name: span(maker, metric, *sample),
        value: format!("{} {}", value(metric, *sample), metric.unit),
        text: String::new(),
    });
    ExplainedView { title: metric.name.to_owned(), fields: std::iter::once(meaning).chain(told).collect(), ..ExplainedView::default() }
}

fn meaning(metric: &Metric) -> EvidenceKey<'static> {
    use EvidenceKey as K;
    match metric.source {
        Source::Traffic(Traffic::BytesIn | Traffic::BytesOut, _) => K::MetricBytes,
        Source::Traffic(Traffic::PacketsIn | Traffic::PacketsOut, _) => K::MetricPackets,
        Source::Check(_) => K::MetricCheck,
        Source::Balancer(count, _) => match count {
            NlbCount::ActiveFlows | NlbCount::ActiveFlowsTcp | NlbCount::ActiveFlowsUdp => K::MetricFlows,
            NlbCount::NewFlows | NlbCount::NewFlowsTcp | NlbCount::NewFlowsUdp => K::MetricNewFlows,
            NlbCount::Bytes | NlbCount::BytesTcp | NlbCount::BytesUdp | NlbCount::Packets => K::MetricProcessed,
            NlbCount::ClientResets | NlbCount::TargetResets => K::MetricPassedResets,
            NlbCount::OwnResets => K::MetricOwnResets,
        },
        Source::Targets(_) => K::MetricHosts,
        Source::Gateway(count) => match count {
            NatCount::ActiveConnections => K::MetricActive,
            NatCount::Attempts | NatCount::Established => K::MetricAttempts,
            NatCount::ErrorPortAllocation => K::MetricPorts,
            NatCount::IdleTimeout => K::MetricIdle,
            NatCount::PacketsDrop => K::MetricDropped,
            NatCount::BytesInFromSource | NatCount::PacketsInFromSource => K::MetricFromSource,
            NatCount::BytesOutToDestination | NatCount::PacketsOutToDestination => K::MetricToDestination,
            NatCount::BytesInFromDestination | NatCount::PacketsInFromDestination => K::MetricFromDestination,
            NatCount::BytesOutToSource | NatCount::PacketsOutToSource => K::MetricToSource,
        },
    }
}

/// What `ethtool -S` shows in the guest, of each of its ENIs.
fn cards(world: &World, maker: &Maker<'_>, instance: &Instance) -> Vec<LineView> {
    let passed = [
        ("queue_0_rx_bytes", Traffic::BytesIn),
        ("queue_0_tx_bytes", Traffic::BytesOut),
        ("queue_0_rx_cnt", Traffic::PacketsIn),
        ("queue_0_tx_cnt", Traffic::PacketsOut),
    ];
    let mut lines = Vec::new();
    for eni in instance.enis.values().filter(|_| instance.instance_type.is_nitro()) {
        let (nic, name) = (world.sim.metrics().nic(*eni), maker.eni_name(*eni));
        let mut line = |counter: &str, number: u64, mark: LineMark| {
            let text = format!("{name} {counter} {number}");
            let about = maker.say(EvidenceKey::AboutFlow { flow: &format!("{name} {counter}") });
            lines.push(LineView {
                key: format!("{eni} {counter}"),
                mark,
                name: about,
                text,
                note: maker.say(EvidenceKey::OfDriver),
                packet: None,
            });
        };
        nic.exceeded().for_each(|(counter, number)| line(counter, number, if number > 0 { LineMark::Lost } else { LineMark::Plain }));
        if let Some(left) = world.sim.connections_left(*eni) {
            line(CONNECTIONS_LEFT, u64::from(left), LineMark::Plain);
        }
        passed.into_iter().for_each(|(counter, what)| line(counter, nic.total(what), LineMark::Plain));
    }
    lines
}

fn explain_card(maker: &Maker<'_>, line: &LineView) -> ExplainedView {
    let key = match line.key.as_str() {
        key if key.ends_with("_exceeded") => EvidenceKey::CounterExceeded,
        key if key.ends_with(CONNECTIONS_LEFT) => EvidenceKey::CounterLeft,
        _ => EvidenceKey::CounterPassed,
    };
    let field = ExplainedField { name: maker.say(EvidenceKey::MetricMeans), value: "ethtool -S".to_owned(), text: maker.say(key) };
    ExplainedView { title: line.text.clone(), fields: vec![field], ..ExplainedView::default() }
}
