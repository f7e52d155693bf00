# What can break beside the network: a system that hangs, and network cards that lose packets. No group, route or ACL
# changes, and AWS goes on calling the instance running. (L17 L18)

SUBNET=$(aws ec2 describe-subnets --filters Name=availability-zone,Values=us-east-1a --query "Subnets[0].SubnetId" --output text)
SG=$(aws ec2 create-security-group --group-name web --description "lets all in" --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id $SG --protocol tcp --port 443 --cidr 172.31.0.0/16 --query Return
aws ec2 authorize-security-group-ingress --group-id $SG --protocol icmp --port -1 --cidr 172.31.0.0/16 --query Return
WEB=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $SUBNET --security-group-ids $SG --tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=web}]" --query "Instances[0].InstanceId" --output text)
aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $SUBNET --tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=client}]" --query ReservationId
IP=$(aws ec2 describe-instances --instance-ids $WEB --query "Reservations[0].Instances[0].PrivateIpAddress" --output text)
expect trace client web tcp 443 DELIVERED

# Its system hangs. The packet gets past every group and stops in front of the system.
fault hang $WEB
expect trace client web tcp 443 GUEST_HANGS
trace client web tcp 443
ssh client ping -c 3 $IP
aws ec2 describe-instances --instance-ids $WEB --query "Reservations[0].Instances[0].State.Name" --output text
aws ec2 describe-instance-status --instance-ids $WEB --query "InstanceStatuses[0].[InstanceState.Name,InstanceStatus.Status,SystemStatus.Status]" --output text
aws ec2 describe-instance-status --filters Name=instance-status.status,Values=impaired --query "InstanceStatuses[].InstanceId" --output text
# It sends nothing either, and nobody gets onto it.
expect trace web client tcp 443 GUEST_HANGS
ssh web host client || echo "nobody"

# A reboot brings it back; addresses and interfaces stay.
aws ec2 reboot-instances --instance-ids $WEB
expect trace client web tcp 443 DELIVERED

# A fifth of its packets is lost: AWS's checks do not see it, and one packet that is followed may get through.
fault loss $WEB --per-mille 200
expect trace client web tcp 443 DELIVERED
trace client web tcp 443
ssh client ping -c 20 $IP
aws ec2 describe-instance-status --instance-ids $WEB --query "InstanceStatuses[0].[InstanceStatus.Status,SystemStatus.Status]" --output text
# All of them: both checks fail. A reboot is no help, it is not the system.
fault loss $WEB --per-mille 1000
expect trace client web tcp 443 GUEST_LOSES_PACKETS
aws ec2 describe-instance-status --instance-ids $WEB --query "InstanceStatuses[0].[InstanceStatus.Status,SystemStatus.Status]" --output text
aws ec2 reboot-instances --instance-ids $WEB
expect trace client web tcp 443 GUEST_LOSES_PACKETS
# Stopped and started, it is on another machine.
aws ec2 stop-instances --instance-ids $WEB --query "StoppingInstances[0].CurrentState.Name" --output text
wait 60s
fault loss $WEB --per-mille 5 || echo "not now"
aws ec2 start-instances --instance-ids $WEB --query "StartingInstances[0].CurrentState.Name" --output text
wait 60s
expect trace client web tcp 443 DELIVERED
# Or it mends by itself.
fault loss $WEB --per-mille 1000
fault loss $WEB --mend
expect trace client web tcp 443 DELIVERED
fault loss $WEB --per-mille 1001 || echo "no"
rules L17
