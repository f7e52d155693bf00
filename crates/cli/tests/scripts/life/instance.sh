# The life of an instance: launched, rebooted, stopped, changed, started, protected, terminated. (L1 to L7)

SUBNET=$(aws ec2 describe-subnets --filters Name=availability-zone,Values=us-east-1a --query "Subnets[0].SubnetId" --output text)
I=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $SUBNET --query "Instances[0].InstanceId" --output text)
aws ec2 wait instance-running --instance-ids $I
aws ec2 describe-instances --instance-ids $I --output table --query "Reservations[].Instances[].{Id:InstanceId,Type:InstanceType,State:State.Name,Code:State.Code,Private:PrivateIpAddress,Public:PublicIpAddress}"

# A reboot changes nothing.
aws ec2 reboot-instances --instance-ids $I
aws ec2 describe-instances --instance-ids $I --query "Reservations[0].Instances[0].[State.Name,PrivateIpAddress,PublicIpAddress]" --output text

# AWS checks what runs; of what does not run it says nothing unless it is asked to.
aws ec2 describe-instance-status --instance-ids $I --query "InstanceStatuses[].[InstanceState.Name,InstanceStatus.Status,SystemStatus.Status]" --output text

# The type can be changed only while it is stopped.
aws ec2 modify-instance-attribute --instance-id $I --instance-type Value=t3.large
expect refused IncorrectInstanceState
aws ec2 stop-instances --instance-ids $I
aws ec2 wait instance-stopped --instance-ids $I
aws ec2 describe-instances --instance-ids $I --query "Reservations[0].Instances[0].[State.Name,PublicIpAddress,StateReason.Code,StateTransitionReason]" --output text
aws ec2 modify-instance-attribute --instance-id $I --instance-type Value=t3.large
expect ok
aws ec2 describe-instance-status --instance-ids $I --query "length(InstanceStatuses)"
aws ec2 describe-instance-status --instance-ids $I --include-all-instances --query "InstanceStatuses[].[InstanceState.Name,InstanceStatus.Status,SystemStatus.Status]" --output text

# And what is attached must fit: with a third interface no t3.micro takes it.
for_two=$(aws ec2 create-network-interface --subnet-id $SUBNET --query NetworkInterface.NetworkInterfaceId --output text)
for_three=$(aws ec2 create-network-interface --subnet-id $SUBNET --query NetworkInterface.NetworkInterfaceId --output text)
aws ec2 attach-network-interface --network-interface-id $for_two --instance-id $I --device-index 1 --query AttachmentId
aws ec2 attach-network-interface --network-interface-id $for_three --instance-id $I --device-index 2 --query AttachmentId
aws ec2 modify-instance-attribute --instance-id $I --instance-type Value=t3.micro
expect refused AttachmentLimitExceeded

# One attribute a call; groups and the source/destination check belong to the interface once there are several.
aws ec2 modify-instance-attribute --instance-id $I --no-source-dest-check
expect refused InvalidInstanceID
aws ec2 modify-instance-attribute --instance-id $I --disable-api-termination
aws ec2 describe-instance-attribute --instance-id $I --attribute disableApiTermination --query DisableApiTermination.Value

# Protected, it cannot be terminated.
aws ec2 start-instances --instance-ids $I --query "StartingInstances[].[PreviousState.Name,CurrentState.Name]" --output text
aws ec2 terminate-instances --instance-ids $I
expect refused OperationNotPermitted
aws ec2 modify-instance-attribute --instance-id $I --no-disable-api-termination
aws ec2 terminate-instances --instance-ids $I --query "TerminatingInstances[].[PreviousState.Name,CurrentState.Name]" --output text

# Its primary interface went with it; the others were made apart and stay.
aws ec2 describe-instances --instance-ids $I --query "Reservations[0].Instances[0].[State.Name,PrivateIpAddress,StateReason.Code]" --output text
aws ec2 describe-network-interfaces --query "NetworkInterfaces[].[NetworkInterfaceId,Status]" --output text
aws ec2 start-instances --instance-ids $I
expect refused IncorrectInstanceState
