#!/usr/bin/env -S eni run --no-settle
# The states of a network interface, one after the other: between two lines nothing is done that does not take its time. (E14 to E16, E18)

SUBNET=$(aws ec2 describe-subnets --filters Name=availability-zone,Values=us-east-1a --query "Subnets[0].SubnetId" --output text)
I=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $SUBNET --query "Instances[0].InstanceId" --output text)
aws ec2 wait instance-running --instance-ids $I

# Created: pending, for a second.
E=$(aws ec2 create-network-interface --subnet-id $SUBNET --query NetworkInterface.NetworkInterfaceId --output text)
aws ec2 describe-network-interfaces --network-interface-ids $E --query "NetworkInterfaces[0].[Status,Attachment.Status]" --output text
aws ec2 wait network-interface-available --network-interface-ids $E
aws ec2 describe-network-interfaces --network-interface-ids $E --query "NetworkInterfaces[0].[Status,Attachment.Status]" --output text

# Attached: in use at once, attaching for two seconds.
A=$(aws ec2 attach-network-interface --network-interface-id $E --instance-id $I --device-index 1 --query AttachmentId --output text)
aws ec2 describe-network-interfaces --network-interface-ids $E --query "NetworkInterfaces[0].[Status,Attachment.Status]" --output text
wait 1s
aws ec2 describe-network-interfaces --network-interface-ids $E --query "NetworkInterfaces[0].[Status,Attachment.Status]" --output text
wait 1s
aws ec2 describe-network-interfaces --network-interface-ids $E --query "NetworkInterfaces[0].[Status,Attachment.Status]" --output text

# Detached: detaching for three seconds, in which it is still in use; it can neither be attached elsewhere nor be deleted.
aws ec2 detach-network-interface --attachment-id $A
aws ec2 describe-network-interfaces --network-interface-ids $E --query "NetworkInterfaces[0].[Status,Attachment.Status]" --output text
aws ec2 attach-network-interface --network-interface-id $E --instance-id $I --device-index 2
expect refused InvalidNetworkInterface.InUse
aws ec2 delete-network-interface --network-interface-id $E
expect refused InvalidParameterValue
wait 2s
aws ec2 describe-network-interfaces --network-interface-ids $E --query "NetworkInterfaces[0].[Status,Attachment.Status]" --output text
aws ec2 wait network-interface-available --network-interface-ids $E
aws ec2 describe-network-interfaces --network-interface-ids $E --query "NetworkInterfaces[0].[Status,Attachment.Status]" --output text

# Off, it can be deleted.
aws ec2 delete-network-interface --network-interface-id $E
aws ec2 describe-network-interfaces --network-interface-ids $E
expect refused InvalidNetworkInterfaceID.NotFound
