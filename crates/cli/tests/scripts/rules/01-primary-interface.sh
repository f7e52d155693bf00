# RULE 1. The primary network interface (device index 0) can never be detached: not while its instance runs, not
# while it is stopped, not by force. A secondary one can be detached in all of these cases. (E22 E23 E24)

SUBNET=$(aws ec2 describe-subnets --filters Name=availability-zone,Values=us-east-1a --query "Subnets[0].SubnetId" --output text)
I=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $SUBNET --query "Instances[0].InstanceId" --output text)
PRIMARY=$(aws ec2 describe-network-interfaces --filters Name=attachment.instance-id,Values=$I Name=attachment.device-index,Values=0 --query "NetworkInterfaces[0].Attachment.AttachmentId" --output text)

# While it runs:
aws ec2 detach-network-interface --attachment-id $PRIMARY
expect refused OperationNotPermitted

# By force:
aws ec2 detach-network-interface --attachment-id $PRIMARY --force
expect refused OperationNotPermitted

# While it is stopped:
aws ec2 stop-instances --instance-ids $I --query "StoppingInstances[0].CurrentState.Name" --output text
aws ec2 wait instance-stopped --instance-ids $I
aws ec2 detach-network-interface --attachment-id $PRIMARY
expect refused OperationNotPermitted

# A secondary one comes off the stopped instance, and off the running one:
E=$(aws ec2 create-network-interface --subnet-id $SUBNET --query NetworkInterface.NetworkInterfaceId --output text)
A=$(aws ec2 attach-network-interface --network-interface-id $E --instance-id $I --device-index 1 --query AttachmentId --output text)
aws ec2 detach-network-interface --attachment-id $A
expect ok
aws ec2 start-instances --instance-ids $I --query "StartingInstances[0].CurrentState.Name" --output text
aws ec2 wait instance-running --instance-ids $I
A=$(aws ec2 attach-network-interface --network-interface-id $E --instance-id $I --device-index 1 --query AttachmentId --output text)
aws ec2 detach-network-interface --attachment-id $A
expect ok
aws ec2 describe-network-interfaces --network-interface-ids $E --query "NetworkInterfaces[0].Status" --output text
