# A spot instance: AWS takes it back two minutes after it has told so. What is on a secondary interface that does not
# die with it goes on from another instance. (L8 L9 E34 E39)

SUBNET=$(aws ec2 describe-subnets --filters Name=availability-zone,Values=us-east-1a --query "Subnets[0].SubnetId" --output text)
SG=$(aws ec2 create-security-group --group-name web --description "lets all in" --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id $SG --protocol tcp --port 443 --cidr 172.31.0.0/16 --query Return
SPOT=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $SUBNET --instance-market-options MarketType=spot --query "Instances[0].InstanceId" --output text)
STANDBY=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $SUBNET --query "Instances[0].InstanceId" --output text)
aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $SUBNET --tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=client}]" --query ReservationId
aws ec2 describe-instances --output table --query "Reservations[].Instances[].{Id:InstanceId,Lifecycle:InstanceLifecycle,State:State.Name}"

# The address of the service is on an interface of its own.
E=$(aws ec2 create-network-interface --subnet-id $SUBNET --groups $SG --description service --query NetworkInterface.NetworkInterfaceId --output text)
IP=$(aws ec2 describe-network-interfaces --network-interface-ids $E --query "NetworkInterfaces[0].PrivateIpAddress" --output text)
aws ec2 attach-network-interface --network-interface-id $E --instance-id $SPOT --device-index 1 --query AttachmentId
expect trace client $IP tcp 443 DELIVERED

# A one-time spot instance cannot be stopped, nor protected.
aws ec2 stop-instances --instance-ids $SPOT
expect refused UnsupportedOperation
aws ec2 modify-instance-attribute --instance-id $SPOT --disable-api-termination
expect refused OperationNotPermitted

# AWS tells that it takes the instance back.
fault spot-notice $SPOT
wait 110s
expect trace client $IP tcp 443 DELIVERED
wait 20s
aws ec2 describe-instances --instance-ids $SPOT --query "Reservations[0].Instances[0].[State.Name,StateReason.Code]" --output text
expect trace client $IP tcp 443 BAD_STATE_ATTACHMENT

# The interface is free, with its address: on to the standby instance.
aws ec2 describe-network-interfaces --network-interface-ids $E --query "NetworkInterfaces[0].[Status,PrivateIpAddress]" --output text
aws ec2 attach-network-interface --network-interface-id $E --instance-id $STANDBY --device-index 1 --query AttachmentId
expect trace client $IP tcp 443 DELIVERED

# One of a persistent request that is to be stopped, not ended:
P=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $SUBNET --instance-market-options "MarketType=spot,SpotOptions={SpotInstanceType=persistent,InstanceInterruptionBehavior=stop}" --query "Instances[0].InstanceId" --output text)
fault spot-notice $P
wait 130s
aws ec2 describe-instances --instance-ids $P --query "Reservations[0].Instances[0].[State.Name,StateReason.Code,NetworkInterfaces[0].Status]" --output text
aws ec2 start-instances --instance-ids $P --query "StartingInstances[0].CurrentState.Name" --output text
# What is no spot instance is not taken back:
fault spot-notice $STANDBY || echo "no"
