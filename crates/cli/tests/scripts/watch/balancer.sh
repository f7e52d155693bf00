# What CloudWatch tells of a Network Load Balancer: flows, bytes, resets, and how well its targets are. (W10 R75)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
FRONT=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --availability-zone us-east-1a --query Subnet.SubnetId --output text)
WEB=$(aws ec2 create-security-group --group-name web --description "servers" --vpc-id $VPC --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id $WEB --protocol tcp --port 8080 --cidr 10.0.0.0/16 --query Return
A=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $FRONT --security-group-ids $WEB --query "Instances[0].InstanceId" --output text)
B=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $FRONT --security-group-ids $WEB --query "Instances[0].InstanceId" --output text)
C=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $FRONT --query "Instances[0].InstanceId" --output text)
ssh $A iperf3 -s -D -p 8080
ssh $B iperf3 -s -D -p 8080
LB=$(aws elbv2 create-load-balancer --name shop --type network --scheme internal --subnet-mappings SubnetId=$FRONT,PrivateIPv4Address=10.0.1.80 --query "LoadBalancers[0].LoadBalancerArn" --output text)
TG=$(aws elbv2 create-target-group --name web --protocol TCP --port 8080 --vpc-id $VPC --health-check-interval-seconds 10 --healthy-threshold-count 2 --query "TargetGroups[0].TargetGroupArn" --output text)
aws elbv2 create-listener --load-balancer-arn $LB --protocol TCP --port 80 --default-actions Type=forward,TargetGroupArn=$TG --query "Listeners[0].[Protocol,Port]" --output text
aws elbv2 register-targets --target-group-arn $TG --targets Id=$A Id=$B

# Its metrics are told for the end of its ARN, those of targets for that of their group, too.
aws cloudwatch list-metrics --namespace AWS/NetworkELB --metric-name NewFlowCount
aws cloudwatch list-metrics --namespace AWS/NetworkELB --dimensions Name=TargetGroup --query "Metrics[].[MetricName,Dimensions[0].Value,Dimensions[1].Value]" --output text

# An alarm on the targets; one of them stops.
SHOP=$(aws cloudwatch list-metrics --namespace AWS/NetworkELB --metric-name NewFlowCount --query "Metrics[0].Dimensions[0].Value" --output text)
GROUP=$(aws cloudwatch list-metrics --namespace AWS/NetworkELB --metric-name HealthyHostCount --query "Metrics[0].Dimensions[1].Value" --output text)
aws cloudwatch put-metric-alarm --alarm-name one-left --namespace AWS/NetworkELB --metric-name HealthyHostCount --dimensions Name=LoadBalancer,Value=$SHOP Name=TargetGroup,Value=$GROUP --statistic Minimum --period 60 --evaluation-periods 1 --threshold 2 --comparison-operator LessThanThreshold
wait 3m
ssh $C iperf3 -c 10.0.1.80 -p 80 -b 8M -t 5
ssh $B unlisten tcp 8080
wait 2m
aws cloudwatch describe-alarm-history --alarm-name one-left --scan-by TimestampAscending --query "AlarmHistoryItems[].[Timestamp,HistorySummary]" --output text

# What it has counted: the load is two flows, one of them that of the program; none of the health checks.
wait 10m
for METRIC in NewFlowCount ActiveFlowCount ProcessedBytes ProcessedPackets TCP_ELB_Reset_Count; do echo $METRIC; aws cloudwatch get-metric-statistics --namespace AWS/NetworkELB --metric-name $METRIC --dimensions Name=LoadBalancer,Value=$SHOP --start-time 2026-01-01T00:00:00Z --end-time 2026-01-01T00:20:00Z --period 60 --statistics Sum --query "sort_by(Datapoints,&Timestamp)[].[Timestamp,Sum]" --output text; done
for METRIC in HealthyHostCount UnHealthyHostCount; do echo $METRIC; aws cloudwatch get-metric-statistics --namespace AWS/NetworkELB --metric-name $METRIC --dimensions Name=LoadBalancer,Value=$SHOP Name=TargetGroup,Value=$GROUP --start-time 2026-01-01T00:00:00Z --end-time 2026-01-01T00:08:00Z --period 60 --statistics Maximum --query "sort_by(Datapoints,&Timestamp)[].[Timestamp,Maximum]" --output text; done

# Nobody counts what is not there.
aws cloudwatch get-metric-statistics --namespace AWS/NetworkELB --metric-name NewFlowCount --dimensions Name=LoadBalancer,Value=net/other/0000000000000001 --start-time 2026-01-01T00:00:00Z --end-time 2026-01-01T00:20:00Z --period 60 --statistics Sum --query "length(Datapoints)"
