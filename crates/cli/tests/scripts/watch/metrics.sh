# What is counted of an instance: its packets over all network interfaces, and AWS's own checks. (W1 W2 W3 W4 W5)

SUBNET=$(aws ec2 describe-subnets --filters Name=availability-zone,Values=us-east-1a --query "Subnets[0].SubnetId" --output text)
WEB=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $SUBNET --monitoring Enabled=true --tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=web}]" --query "Instances[0].InstanceId" --output text)
CLIENT=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $SUBNET --tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=client}]" --query "Instances[0].InstanceId" --output text)
IP=$(aws ec2 describe-instances --instance-ids $WEB --query "Reservations[0].Instances[0].PrivateIpAddress" --output text)
aws ec2 authorize-security-group-ingress --group-name default --protocol icmp --port -1 --cidr 172.31.0.0/16 --query Return

# Which metrics there are of it. Nothing is counted of single interfaces: that the driver in the guest does.
aws cloudwatch list-metrics --dimensions Name=InstanceId,Value=$WEB --query "Metrics[].MetricName" --output text

# A flow log counts the same packets.
aws ec2 create-flow-logs --resource-type Subnet --resource-ids $SUBNET --traffic-type ALL --max-aggregation-interval 60 --log-destination-type s3 --log-destination arn:aws:s3:::flow-logs --log-format '${interface-id} ${flow-direction} ${packets} ${bytes} ${action}' --query 'length(FlowLogIds)'
ask $CLIENT $IP icmp --every 1000ms --name pings
wait 5m
flow-logs fl-00000000000000001
wait 10m
ask --stop 1

# Detailed monitoring tells every minute, basic monitoring five minutes together.
aws cloudwatch get-metric-statistics --namespace AWS/EC2 --metric-name NetworkIn --dimensions Name=InstanceId,Value=$WEB --start-time 2026-01-01T00:00:00Z --end-time 2026-01-01T00:04:00Z --period 60 --statistics Sum SampleCount --output text
aws cloudwatch get-metric-statistics --namespace AWS/EC2 --metric-name NetworkIn --dimensions Name=InstanceId,Value=$CLIENT --start-time 2026-01-01T00:00:00Z --end-time 2026-01-01T00:15:00Z --period 60 --statistics Sum SampleCount Average
aws cloudwatch get-metric-data --start-time 2026-01-01T00:00:00Z --end-time 2026-01-01T00:15:00Z --scan-by TimestampAscending --metric-data-queries "[{\"Id\":\"packets\",\"MetricStat\":{\"Metric\":{\"Namespace\":\"AWS/EC2\",\"MetricName\":\"NetworkPacketsIn\",\"Dimensions\":[{\"Name\":\"InstanceId\",\"Value\":\"$WEB\"}]},\"Period\":300,\"Stat\":\"Sum\"}}]" --query "MetricDataResults[0].[Timestamps,Values]" --output text

# The driver of the network card has counted them too.
ssh web ethtool -S ens5

# A system that hangs fails AWS's check of the instance, and not that of the machine under it.
fault hang $WEB
wait 2m
aws cloudwatch get-metric-statistics --namespace AWS/EC2 --metric-name StatusCheckFailed_Instance --dimensions Name=InstanceId,Value=$WEB --start-time 2026-01-01T00:13:00Z --end-time 2026-01-01T01:00:00Z --period 60 --statistics Maximum --query "Datapoints[].[Timestamp,Maximum]" --output text
aws cloudwatch get-metric-statistics --namespace AWS/EC2 --metric-name StatusCheckFailed_System --dimensions Name=InstanceId,Value=$WEB --start-time 2026-01-01T00:13:00Z --end-time 2026-01-01T01:00:00Z --period 60 --statistics Maximum --query "Datapoints[].Maximum" --output text

# Too much at once, and periods that there are none of.
aws cloudwatch get-metric-statistics --namespace AWS/EC2 --metric-name NetworkIn --dimensions Name=InstanceId,Value=$WEB --start-time 2026-01-01T00:00:00Z --end-time 2026-01-02T00:01:00Z --period 60 --statistics Sum
expect refused InvalidParameterCombination
aws cloudwatch get-metric-statistics --namespace AWS/EC2 --metric-name NetworkIn --dimensions Name=InstanceId,Value=$WEB --start-time 2026-01-01T00:00:00Z --end-time 2026-01-02T00:00:00Z --period 90 --statistics Sum
expect refused InvalidParameterValue
