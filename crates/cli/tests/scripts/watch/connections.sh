# An instance that tracks as many connections as it may: what would begin another is dropped, and its driver counts it. AWS
# has such a number for every type and publishes none, so there is none here until somebody sets one. (S35 S36 S45 W5)

SUBNET=$(aws ec2 describe-subnets --filters Name=availability-zone,Values=us-east-1a --query "Subnets[0].SubnetId" --output text)
GROUP=$(aws ec2 create-security-group --group-name web --description "lets one network in" --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id $GROUP --protocol tcp --port 80-89 --cidr 172.31.0.0/16 --query Return
WEB=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $SUBNET --security-group-ids $GROUP --tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=web}]" --query "Instances[0].InstanceId" --output text)
aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $SUBNET --tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=client}]" --query ReservationId
IP=$(aws ec2 describe-instances --instance-ids $WEB --query "Reservations[0].Instances[0].PrivateIpAddress" --output text)
ENI=$(aws ec2 describe-instances --instance-ids $WEB --query "Reservations[0].Instances[0].NetworkInterfaces[0].NetworkInterfaceId" --output text)
aws ec2 create-flow-logs --resource-type NetworkInterface --resource-ids $ENI --traffic-type ALL --max-aggregation-interval 60 --log-destination-type s3 --log-destination arn:aws:s3:::flow-logs --log-format '${srcport} ${dstport} ${flow-direction} ${packets} ${action}' --query 'length(FlowLogIds)'
ssh web listen tcp 80
ssh web ethtool -S ens5

# Three connections at a time. Each is tracked, because the group lets in one network only, and for ten seconds after its end.
fault connections web --at-most 3
for TURN in 1 2 3; do ssh client nc -zv -w 1 $IP 80; done
ssh client nc -zv -w 1 $IP 80 || echo "nobody answers"
ssh web ethtool -S ens5

# The group would let it in, and the flow log of the web server has nothing of it: no rule refused it.
wait 60s
flow-logs

# All of them are forgotten by now. Why a fourth gets no place, and what would lift the limit:
for PORT in 80 81 82; do connect client web tcp $PORT; done
connect client web tcp 83 || echo "no place"
# A connection that no rule lets in either needs both: the rule, and a place.
connect client web tcp 99 || echo "no rule and no place"
# What has one goes on.
expect open client web tcp 81

# A group that lets everybody in and everything out tracks nothing, so there is nothing to limit.
aws ec2 authorize-security-group-ingress --group-id $GROUP --protocol tcp --port 80-89 --cidr 0.0.0.0/0 --query Return
connect client web tcp 83
expect open client web tcp 83

# Without a limit there are as many as come, and the driver has nothing to tell of what is left.
fault connections web --mend
ssh web ethtool -S ens5
fault connections web --at-most 0 || echo "no"
rules S45
