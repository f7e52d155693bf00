# OUT TO THE INTERNET AND IN FROM IT. The gateway puts the public address in the place of the private one and back: groups, ACLs and flow logs see
# the private address of one's own side and the public one of the other. A way in is no way back. (P5 P6 P7 P8 P9 P10 R27 R31 R32 R33 R34)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
IGW=$(aws ec2 create-internet-gateway --query InternetGateway.InternetGatewayId --output text)
aws ec2 attach-internet-gateway --internet-gateway-id $IGW --vpc-id $VPC
PUBLIC=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
RTB=$(aws ec2 create-route-table --vpc-id $VPC --query RouteTable.RouteTableId --output text)
aws ec2 associate-route-table --route-table-id $RTB --subnet-id $PUBLIC --query AssociationState.State --output text
SG=$(aws ec2 create-security-group --group-name web --description "lets in the web" --vpc-id $VPC --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id $SG --protocol tcp --port 80 --cidr 0.0.0.0/0 --query Return
A=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $PUBLIC --private-ip-address 10.0.1.10 \
    --security-group-ids $SG --query "Instances[0].InstanceId" --output text)
ssh $A listen tcp 80
ENI=$(aws ec2 describe-instances --instance-ids $A --query "Reservations[0].Instances[0].NetworkInterfaces[0].NetworkInterfaceId" --output text)
aws ec2 create-flow-logs --resource-type VPC --resource-ids $VPC --traffic-type ALL --log-group-name flows --deliver-logs-permission-arn arn:aws:iam::123456789012:role/flow-logs --max-aggregation-interval 60 --log-format '${flow-direction} ${srcaddr} ${srcport} ${dstaddr} ${dstport} ${packets} ${action} ${traffic-path}' --query 'FlowLogIds[0]' --output text

# Three things are needed: a route, and with the route a public address.
expect trace $A internet tcp 443 NO_ROUTE
aws ec2 create-route --route-table-id $RTB --destination-cidr-block 0.0.0.0/0 --gateway-id $IGW --query Return
expect trace $A internet tcp 443 IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS
EIP=$(aws ec2 allocate-address --query AllocationId --output text)
IP=$(aws ec2 describe-addresses --allocation-ids $EIP --query "Addresses[0].PublicIp" --output text)
aws ec2 associate-address --allocation-id $EIP --network-interface-id $ENI --query AssociationId --output text
ssh $A curl -s -m 2 http://checkip.amazonaws.com/

# In: the group sees who asks, and the private address that is asked for.
ask internet $IP tcp 80
trace internet $IP tcp 80
expect trace internet $IP tcp 22 ENI_SG_RULES_MISMATCH
wait 60s
flow-logs

# Without the route the request still comes in, and the answer finds no way out.
aws ec2 delete-route --route-table-id $RTB --destination-cidr-block 0.0.0.0/0
ask internet $IP tcp 80
wait 60s
flow-logs
