//! Alarms at work: at every whole minute each is evaluated on what has been counted (`W14`).

use super::event::SimEvent;
use super::{Simulator, Sink};
use crate::control::alarm::{self, MORE_PERIODS};
use crate::model::alarm::{Alarm, AlarmState, Amount, Statistic};
use crate::observe::metric::{Metric, Sample};
use crate::observe::metrics::{begin_of, minute_of};
use crate::time::Instant;

/// How many minutes in which nothing else happens are looked ahead: more than an alarm can watch.
const AHEAD: u64 = 1_500;

impl Simulator {
    /// When alarms are evaluated next; never where there are none.
    pub fn next_watch(&self) -> Option<Instant> {
        self.network.alarms().next()?;
        let next = begin_of((self.evaluated + 1).max(minute_of(self.now)));
        Some(if next < self.now { begin_of(minute_of(self.now) + 1) } else { next })
    }

    /// Every alarm is evaluated.
    pub(super) fn watch(&mut self, sink: &mut Sink<'_>) {
        self.evaluated = minute_of(self.now);
        let names: Vec<String> = self.network.alarms().map(|alarm| alarm.name.clone()).collect();
        for name in names {
            let Some(alarm) = self.network.alarm(&name) else { continue };
            let Some((state, reason)) = self.evaluate(alarm).filter(|(state, _)| *state != alarm.state) else { continue };
            for event in alarm::evaluated(&self.network, alarm, (state, reason), self.now) {
                self.apply(&event);
                sink(&SimEvent::Network { at: self.now, event });
            }
        }
    }

    fn evaluate(&self, alarm: &Alarm) -> Option<(AlarmState, String)> {
        let config = &alarm.config;
        let (length, end) = (u64::from(config.minutes.max(1)), minute_of(self.now));
        let count = u64::from(config.evaluation_periods + MORE_PERIODS).min(end.div_ceil(length).max(u64::from(config.evaluation_periods)));
        let subject = Metric::find(&config.namespace, &config.metric).and_then(|metric| {
            let of_unit = config.unit.as_deref().is_none_or(|unit| unit == metric.unit);
            let subject = metric.subject(&self.network, &config.dimensions).filter(|_| of_unit)?;
            Some((metric, subject))
        });
        let begin = end.saturating_sub(count * length);
        let samples = subject.map_or_else(Vec::new, |(metric, subject)| self.metrics.samples(&self.network, metric, subject, (begin, end)));
        // Counted from the end, newest first; an alarm wants the oldest first.
        let mut periods: Vec<Option<Sample>> = (0..count).map(|_| None).collect();
        for sample in samples.into_iter().filter(|sample| sample.minute < end) {
            let back = (end - 1 - sample.minute) / length;
            if let Some(period) = usize::try_from(back).ok().and_then(|back| periods.get_mut(back)) {
                *period = Some(period.map_or(sample, |known| known.with(sample)));
            }
        }
        let values: Vec<Option<Amount>> =
            periods.into_iter().rev().map(|period| period.map(|sample| value(config.statistic, &sample))).collect();
        alarm::judge(config, &values)
    }

    /// The same at the moment when an alarm changes next, where nothing else happens until then; nothing if none does.
    pub(super) fn watched_ahead(&self) -> Option<(Simulator, Vec<SimEvent>)> {
        let mut ahead = self.clone();
        for _ in 0..AHEAD {
            let at = ahead.next_watch()?;
            let mut seen = Vec::new();
            ahead.happen(at, &mut |event| seen.push(event.clone()));
            if !seen.is_empty() {
                return Some((ahead, seen));
            }
        }
        None
    }
}

fn value(statistic: Statistic, sample: &Sample) -> Amount {
    match statistic {
        Statistic::SampleCount => Amount::of(sample.count, 1),
        Statistic::Average => Amount::of(sample.sum, sample.count),
        Statistic::Sum => Amount::of(sample.sum, 1),
        Statistic::Minimum => Amount::of(sample.least, 1),
        Statistic::Maximum => Amount::of(sample.most, 1),
    }
}
