# A load of an instance, up to what its type allows and above it: it waits, is lost, and counts; an alarm tells of it. (E31 E87 E88 E89 E90 W1 W5 W15)

SUBNET=$(aws ec2 describe-subnets --filters Name=availability-zone,Values=us-east-1a --query "Subnets[0].SubnetId" --output text)
GROUP=$(aws ec2 create-security-group --group-name load --description load --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id $GROUP --protocol tcp --port 5201 --cidr 172.31.0.0/16 --query Return
WEB=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $SUBNET --security-group-ids $GROUP --monitoring Enabled=true --tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=web}]" --query "Instances[0].InstanceId" --output text)
CLIENT=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $SUBNET --monitoring Enabled=true --tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=client}]" --query "Instances[0].InstanceId" --output text)
IP=$(aws ec2 describe-instances --instance-ids $WEB --query "Reservations[0].Instances[0].PrivateIpAddress" --output text)
aws ec2 describe-instance-types --instance-types t3.small --query "InstanceTypes[0].NetworkInfo.NetworkCards[0].[BaselineBandwidthInGbps,PeakBandwidthInGbps]" --output text
aws ec2 create-flow-logs --resource-type NetworkInterface --resource-ids $(aws ec2 describe-instances --instance-ids $WEB --query "Reservations[0].Instances[0].NetworkInterfaces[0].NetworkInterfaceId" --output text) --traffic-type ALL --max-aggregation-interval 60 --log-destination-type s3 --log-destination arn:aws:s3:::flow-logs --log-format '${dstport} ${protocol} ${flow-direction} ${packets} ${bytes} ${action}' --query 'length(FlowLogIds)'

# Nobody waits there yet; then somebody does.
ssh client iperf3 -c $IP -t 3
ssh web iperf3 -s -D
ssh web ss -tln

# One stream gets 5 Gbit/s, which is what the instance has at its peak: nothing waits.
ssh client iperf3 -c $IP -t 3
ssh client ethtool -S ens5

# Two streams want more. What adapts finds what there is, and loses a little again and again.
ssh client iperf3 -c $IP -t 3 -P 2
ssh client ethtool -S ens5

# Datagrams do not adapt, and a group must let them in.
ssh client iperf3 -c $IP -u -b 3G -t 3 -P 2
aws ec2 authorize-security-group-ingress --group-id $GROUP --protocol udp --port 5201 --cidr 172.31.0.0/16 --query Return
ssh client iperf3 -c $IP -u -b 3G -t 3 -P 2
ssh client ethtool -S ens5

# Small ones meet the limit of packets long before that of bandwidth.
ssh client iperf3 -c $IP -u -b 1G -l 64 -t 2
ssh client ethtool -S ens5

# Five minutes at the peak use up the credits of an "up to" type. What is left is its baseline. An alarm tells when much is sent, and when no longer.
aws cloudwatch put-metric-alarm --alarm-name busy --namespace AWS/EC2 --metric-name NetworkOut --dimensions Name=InstanceId,Value=$CLIENT --statistic Sum --period 60 --evaluation-periods 2 --threshold 30000000000 --comparison-operator GreaterThanThreshold
ssh client iperf3 -c $IP -t 360 -i 60
wait 1m
aws cloudwatch describe-alarm-history --alarm-name busy --scan-by TimestampAscending --query "AlarmHistoryItems[].[Timestamp,HistorySummary]" --output text
aws cloudwatch get-metric-statistics --namespace AWS/EC2 --metric-name NetworkOut --dimensions Name=InstanceId,Value=$CLIENT --start-time 2026-01-01T00:00:00Z --end-time 2026-01-01T00:12:00Z --period 60 --statistics Sum --query "sort_by(Datapoints,&Timestamp)[].[Timestamp,Sum]" --output text

# The flow log of the web server has counted the same bytes.
flow-logs fl-00000000000000001

# Who rests earns credits: an hour at 128 Mbit/s is worth a minute and a half at the peak.
wait 1h
ssh client iperf3 -c $IP -t 120 -i 30

# What iperf3 is not told right, and what it cannot reach.
ssh client iperf3 -c
ssh client iperf3 -c $IP -P 200
ssh client iperf3 -c $IP -P 100 -t 3600
ssh client iperf3 -c 172.31.0.99 -t 1

# The other way out is the internet's: large types have half of their bandwidth there, others 5 Gbit/s. Its packets are shorter.
ssh client ping -c 1 198.51.100.20
ssh client iperf3 -c 198.51.100.20 -t 2
