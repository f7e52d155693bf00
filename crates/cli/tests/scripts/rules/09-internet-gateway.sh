# RULE 9. The internet gateway drops a packet whose private source has no public address: leading traffic through it
# is not enough, with the source/destination check off neither. And an Elastic IP is useless in a subnet whose route
# table does not lead to the gateway. (R31 R32 R33 P9 P10 P18)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
IGW=$(aws ec2 create-internet-gateway --query InternetGateway.InternetGatewayId --output text)
aws ec2 attach-internet-gateway --internet-gateway-id $IGW --vpc-id $VPC
S=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
SG=$(aws ec2 create-security-group --group-name open --description "lets all in" --vpc-id $VPC --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id $SG --protocol all --cidr 0.0.0.0/0 --query Return
I=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $S --security-group-ids $SG --query "Instances[0].InstanceId" --output text)

# An Elastic IP in a subnet without a route to the gateway: out nothing goes, in the answer is lost.
EIP=$(aws ec2 allocate-address --query AllocationId --output text)
TIE=$(aws ec2 associate-address --allocation-id $EIP --instance-id $I --query AssociationId --output text)
expect trace $I internet tcp 443 NO_ROUTE
expect trace internet $I tcp 443 NO_ROUTE_TO_DESTINATION

# With the route it works both ways.
MAIN=$(aws ec2 describe-route-tables --filters Name=vpc-id,Values=$VPC --query "RouteTables[0].RouteTableId" --output text)
aws ec2 create-route --route-table-id $MAIN --destination-cidr-block 0.0.0.0/0 --gateway-id $IGW --query Return
expect trace internet $I tcp 443 DELIVERED

# Without the Elastic IP the route alone does not: the gateway has no public address to put on.
aws ec2 disassociate-address --association-id $TIE
trace $I internet tcp 443

# The check has nothing to do with it.
aws ec2 modify-instance-attribute --instance-id $I --no-source-dest-check
expect trace $I internet tcp 443 IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS
