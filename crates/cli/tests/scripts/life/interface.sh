# The life of a network interface: created, attached, moved with all that is on it, detached, deleted. (E14 to E18, E4)

SUBNET=$(aws ec2 describe-subnets --filters Name=availability-zone,Values=us-east-1a --query "Subnets[0].SubnetId" --output text)
I=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $SUBNET --query "Instances[0].InstanceId" --output text)
J=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $SUBNET --query "Instances[0].InstanceId" --output text)
aws ec2 create-network-interface --subnet-id $SUBNET --description service --query "NetworkInterface.[Status,MacAddress]" --output text
E=$(aws ec2 describe-network-interfaces --filters Name=description,Values=service --query "NetworkInterfaces[0].NetworkInterfaceId" --output text)
aws ec2 describe-network-interfaces --network-interface-ids $E --query "NetworkInterfaces[0].[Status,PrivateIpAddress,MacAddress,SourceDestCheck]" --output text

# On it: a secondary address, an Elastic IP, another setting.
aws ec2 assign-private-ip-addresses --network-interface-id $E --private-ip-addresses 172.31.0.50 --query "AssignedPrivateIpAddresses[].PrivateIpAddress" --output text
EIP=$(aws ec2 allocate-address --query AllocationId --output text)
aws ec2 associate-address --allocation-id $EIP --network-interface-id $E --query AssociationId
aws ec2 modify-network-interface-attribute --network-interface-id $E --no-source-dest-check

# Attached to one instance, then to another: everything comes along.
A=$(aws ec2 attach-network-interface --network-interface-id $E --instance-id $I --device-index 1 --query AttachmentId --output text)
aws ec2 describe-network-interfaces --network-interface-ids $E --query "NetworkInterfaces[0].[Status,Attachment.Status,Attachment.InstanceId,Attachment.DeleteOnTermination]" --output text
aws ec2 delete-network-interface --network-interface-id $E
expect refused InvalidParameterValue
aws ec2 detach-network-interface --attachment-id $A
A=$(aws ec2 attach-network-interface --network-interface-id $E --instance-id $J --device-index 1 --query AttachmentId --output text)
aws ec2 describe-network-interfaces --network-interface-ids $E --output table --query "NetworkInterfaces[].{Instance:Attachment.InstanceId,Mac:MacAddress,Check:SourceDestCheck,First:PrivateIpAddresses[0].PrivateIpAddress,Second:PrivateIpAddresses[1].PrivateIpAddress,Public:Association.PublicIp}"

# Terminated with its instance only if it is told to.
aws ec2 modify-network-interface-attribute --network-interface-id $E --attachment AttachmentId=$A,DeleteOnTermination=true
aws ec2 describe-network-interface-attribute --network-interface-id $E --attribute attachment --query Attachment.DeleteOnTermination
aws ec2 modify-network-interface-attribute --network-interface-id $E --attachment AttachmentId=$A,DeleteOnTermination=false
aws ec2 terminate-instances --instance-ids $J --query "TerminatingInstances[0].CurrentState.Name" --output text
aws ec2 describe-network-interfaces --network-interface-ids $E --query "NetworkInterfaces[0].[Status,Attachment]" --output text

# Deleted, it gives its address back to the subnet and leaves the Elastic IP to the account.
aws ec2 delete-network-interface --network-interface-id $E
aws ec2 describe-addresses --allocation-ids $EIP --query "Addresses[0].[AllocationId,NetworkInterfaceId]" --output text
aws ec2 describe-network-interfaces --network-interface-ids $E
expect refused InvalidNetworkInterfaceID.NotFound
