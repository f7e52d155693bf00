//! Random acts on alarms.

use super::Dice;
use eni_core::control::command::*;
use eni_core::model::alarm::*;

impl Dice<'_> {
    fn alarm_name(&mut self) -> String {
        format!("alarm-{}", self.below(3))
    }

    pub(super) fn alarm_act(&mut self) -> Command {
        let name = self.alarm_name();
        let act = match self.below(6) {
            0 => AlarmAct::Delete(vec![name]),
            1 => AlarmAct::EnableActions(vec![name], self.chance(2)),
            2 => {
                let state = AlarmState::ALL[self.below(3)];
                AlarmAct::SetState(Box::new(SetAlarmState { name, state, reason: "to see".to_owned() }))
            }
            _ => AlarmAct::Put(Box::new(PutMetricAlarm { name, config: self.alarm_config() })),
        };
        Command::Alarm(act)
    }

    fn alarm_config(&mut self) -> AlarmConfig {
        let (metric, statistic) = [("NetworkIn", Statistic::Sum), ("StatusCheckFailed_System", Statistic::Maximum)][self.below(2)];
        // An instance is recovered from what its system check says alone.
        let actions = ["ec2:stop", "ec2:terminate", "ec2:reboot", "ec2:recover"];
        let action = actions[self.below(if metric == "NetworkIn" { 3 } else { 4 })];
        let evaluation_periods = 1 + u32::try_from(self.below(4)).unwrap();
        AlarmConfig {
            description: ["", "watches"][self.below(2)].to_owned(),
            actions_enabled: !self.chance(4),
            actions: [Vec::new(), vec![format!("arn:aws:automate:us-east-1:{action}")], Vec::new()],
            namespace: "AWS/EC2".to_owned(),
            metric: metric.to_owned(),
            dimensions: vec![("InstanceId".to_owned(), self.instance().to_string())],
            statistic,
            minutes: 1,
            unit: self.chance(3).then(|| "Bytes".to_owned()),
            evaluation_periods,
            datapoints_to_alarm: self.chance(2).then_some(1),
            threshold: Amount::read(["0", "1.5", "-2e3"][self.below(3)]).unwrap(),
            comparison: Comparison::ALL[self.below(4)],
            missing: [None, Some(Missing::Breaching), Some(Missing::Ignore)][self.below(3)],
        }
    }
}
