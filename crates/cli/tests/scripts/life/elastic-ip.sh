# The life of an Elastic IP: allocated, associated, taken elsewhere, let go, released, got back. (A12 to A30)

SUBNET=$(aws ec2 describe-subnets --filters Name=availability-zone,Values=us-east-1a --query "Subnets[0].SubnetId" --output text)
I=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $SUBNET --query "Instances[0].InstanceId" --output text)
E=$(aws ec2 create-network-interface --subnet-id $SUBNET --query NetworkInterface.NetworkInterfaceId --output text)
aws ec2 allocate-address --domain vpc
EIP=$(aws ec2 describe-addresses --query "Addresses[0].AllocationId" --output text)
IP=$(aws ec2 describe-addresses --query "Addresses[0].PublicIp" --output text)

# On an instance it takes the place of the address that the launch gave, for good.
aws ec2 describe-instances --instance-ids $I --query "Reservations[0].Instances[0].PublicIpAddress" --output text
aws ec2 associate-address --allocation-id $EIP --instance-id $I --query AssociationId
aws ec2 describe-instances --instance-ids $I --query "Reservations[0].Instances[0].PublicIpAddress" --output text
aws ec2 stop-instances --instance-ids $I --query "StoppingInstances[0].CurrentState.Name" --output text
aws ec2 describe-instances --instance-ids $I --query "Reservations[0].Instances[0].[State.Name,PublicIpAddress]" --output text
aws ec2 start-instances --instance-ids $I --query "StartingInstances[0].CurrentState.Name" --output text

# It can be kept from being taken away; else it goes to who asks last.
aws ec2 associate-address --allocation-id $EIP --network-interface-id $E --no-allow-reassociation
expect refused Resource.AlreadyAssociated
TIE=$(aws ec2 associate-address --allocation-id $EIP --network-interface-id $E --query AssociationId --output text)
aws ec2 describe-addresses --allocation-ids $EIP --query "Addresses[0].[NetworkInterfaceId,PrivateIpAddress]" --output text
# The instance has an address of AWS's pool again, another one than before.
aws ec2 describe-instances --instance-ids $I --query "Reservations[0].Instances[0].PublicIpAddress" --output text

# Let go, it is still the account's; a second time there is nothing to let go.
aws ec2 disassociate-address --association-id $TIE
aws ec2 disassociate-address --association-id $TIE
expect refused InvalidAssociationID.NotFound
aws ec2 describe-addresses --query "Addresses[].PublicIp" --output text

# Released, and got back while nobody else has it.
aws ec2 release-address --allocation-id $EIP
aws ec2 describe-addresses --query "length(Addresses)"
aws ec2 allocate-address --address $IP --query PublicIp --output text
echo $IP
