# An alarm through its three states, and what it does about it. (W11 W12 W13 W15 W16 W17 W18 W20)

SUBNET=$(aws ec2 describe-subnets --filters Name=availability-zone,Values=us-east-1a --query "Subnets[0].SubnetId" --output text)
WEB=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $SUBNET --tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=web}]" --query "Instances[0].InstanceId" --output text)

# Two of three minutes must have failed. A new alarm knows nothing.
aws cloudwatch put-metric-alarm --alarm-name web-hangs --namespace AWS/EC2 --metric-name StatusCheckFailed_Instance --dimensions Name=InstanceId,Value=$WEB --statistic Maximum --period 60 --evaluation-periods 3 --datapoints-to-alarm 2 --threshold 1 --comparison-operator GreaterThanOrEqualToThreshold --alarm-actions arn:aws:automate:us-east-1:ec2:reboot
aws cloudwatch describe-alarms --alarm-names web-hangs
wait 4m
aws cloudwatch describe-alarms --query "MetricAlarms[].[AlarmName,StateValue,StateReason]" --output text

# The system hangs. The second failed minute is the alarm, and the alarm boots it anew: all is well again.
fault hang $WEB
wait 1m
aws cloudwatch describe-alarms --state-value ALARM --query "length(MetricAlarms)"
wait 1m
aws cloudwatch describe-alarms --query "MetricAlarms[].[AlarmName,StateValue,StateReason]" --output text
aws ec2 describe-instance-status --instance-ids $WEB --query "InstanceStatuses[0].InstanceStatus.Status"
wait 3m
aws cloudwatch describe-alarms --query "MetricAlarms[].StateValue" --output text

# Stopped, it sends no values: nobody can tell.
aws ec2 stop-instances --instance-ids $WEB --query "StoppingInstances[0].CurrentState.Name"
wait 6m
aws cloudwatch describe-alarms --query "MetricAlarms[].[AlarmName,StateValue,StateReason]" --output text
aws cloudwatch describe-alarm-history --alarm-name web-hangs --scan-by TimestampAscending --query "AlarmHistoryItems[].[Timestamp,HistoryItemType,HistorySummary]" --output text

# A rehearsal: the state is said, and lasts until the next evaluation. Without actions it only changes.
aws cloudwatch disable-alarm-actions --alarm-names web-hangs
aws cloudwatch set-alarm-state --alarm-name web-hangs --state-value ALARM --state-reason "a rehearsal"
aws cloudwatch describe-alarms --alarm-name-prefix web --query "MetricAlarms[].[StateValue,StateReason,ActionsEnabled]" --output text
wait 2m
aws cloudwatch describe-alarms --query "MetricAlarms[].StateValue" --output text

# An instance is recovered from what its system check says, and from nothing else.
aws cloudwatch put-metric-alarm --alarm-name lost --namespace AWS/EC2 --metric-name StatusCheckFailed --dimensions Name=InstanceId,Value=$WEB --statistic Maximum --period 60 --evaluation-periods 1 --threshold 1 --comparison-operator GreaterThanOrEqualToThreshold --alarm-actions arn:aws:automate:us-east-1:ec2:recover
expect refused ValidationError
aws cloudwatch put-metric-alarm --alarm-name lost --namespace AWS/EC2 --metric-name StatusCheckFailed_System --dimensions Name=InstanceId,Value=$WEB --statistic Maximum --period 60 --evaluation-periods 2 --threshold 1 --comparison-operator GreaterThanOrEqualToThreshold --alarm-actions arn:aws:automate:us-east-1:ec2:recover
aws ec2 start-instances --instance-ids $WEB --query "StartingInstances[0].CurrentState.Name"
wait 3m
IPS=$(aws ec2 describe-instances --instance-ids $WEB --query "Reservations[0].Instances[0].[PrivateIpAddress,PublicIpAddress]" --output text)
fault loss $WEB --per-mille 1000
wait 2m
aws cloudwatch describe-alarm-history --alarm-name lost --history-item-type Action --query "AlarmHistoryItems[].HistorySummary"
aws ec2 describe-instance-status --instance-ids $WEB --query "InstanceStatuses[0].[InstanceStatus.Status,SystemStatus.Status]" --output text
AFTER=$(aws ec2 describe-instances --instance-ids $WEB --query "Reservations[0].Instances[0].[PrivateIpAddress,PublicIpAddress]" --output text)
echo $IPS; echo $AFTER

aws cloudwatch delete-alarms --alarm-names web-hangs other
expect refused ResourceNotFound
aws cloudwatch delete-alarms --alarm-names web-hangs lost
aws cloudwatch describe-alarms --query "length(MetricAlarms)"
