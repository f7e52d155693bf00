# RULE 6. The public address that a launch gives dies when the instance stops. A start gives another one, but not
# while two interfaces are attached. Attaching the second one takes nothing away by itself: the loss shows at the
# next stop. (A5 A6 A9)

SUBNET=$(aws ec2 describe-subnets --filters Name=availability-zone,Values=us-east-1a --query "Subnets[0].SubnetId" --output text)
I=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $SUBNET --query "Instances[0].InstanceId" --output text)
aws ec2 describe-instances --instance-ids $I --query "Reservations[0].Instances[0].[State.Name,PublicIpAddress]" --output text

# Stopped, it has none; started, it has another one.
aws ec2 stop-instances --instance-ids $I --query "StoppingInstances[0].CurrentState.Name" --output text
aws ec2 describe-instances --instance-ids $I --query "Reservations[0].Instances[0].[State.Name,PublicIpAddress]" --output text
aws ec2 start-instances --instance-ids $I --query "StartingInstances[0].CurrentState.Name" --output text
aws ec2 describe-instances --instance-ids $I --query "Reservations[0].Instances[0].[State.Name,PublicIpAddress]" --output text

# A second interface: the address stays for now.
E=$(aws ec2 create-network-interface --subnet-id $SUBNET --query NetworkInterface.NetworkInterfaceId --output text)
A=$(aws ec2 attach-network-interface --network-interface-id $E --instance-id $I --device-index 1 --query AttachmentId --output text)
aws ec2 describe-instances --instance-ids $I --query "Reservations[0].Instances[0].[State.Name,PublicIpAddress]" --output text

# After a stop and a start it does not come back.
aws ec2 stop-instances --instance-ids $I --query "StoppingInstances[0].CurrentState.Name" --output text
aws ec2 start-instances --instance-ids $I --query "StartingInstances[0].CurrentState.Name" --output text
aws ec2 describe-instances --instance-ids $I --query "Reservations[0].Instances[0].[State.Name,PublicIpAddress]" --output text

# Without the second interface the next start gives one again.
aws ec2 detach-network-interface --attachment-id $A
aws ec2 stop-instances --instance-ids $I --query "StoppingInstances[0].CurrentState.Name" --output text
aws ec2 start-instances --instance-ids $I --query "StartingInstances[0].CurrentState.Name" --output text
aws ec2 describe-instances --instance-ids $I --query "Reservations[0].Instances[0].[State.Name,PublicIpAddress]" --output text
