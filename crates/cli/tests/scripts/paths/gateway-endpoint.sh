# TO AMAZON S3, through a gateway endpoint. It is a route to the service's prefix list, without a network interface: packets leave with
# their private address, and no internet gateway, NAT gateway or public address is needed. (R18 R55 R61 R63 P44)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
SUBNET=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
SG=$(aws ec2 create-security-group --group-name client --description "asks S3" --vpc-id $VPC --query GroupId --output text)
A=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $SUBNET --security-group-ids $SG \
    --private-ip-address 10.0.1.10 --query "Instances[0].InstanceId" --output text)
RTB=$(aws ec2 describe-route-tables --filters Name=vpc-id,Values=$VPC --query "RouteTables[0].RouteTableId" --output text)
aws ec2 create-flow-logs --resource-type VPC --resource-ids $VPC --traffic-type ALL --log-group-name flows --deliver-logs-permission-arn arn:aws:iam::123456789012:role/flow-logs --max-aggregation-interval 60 --log-format '${flow-direction} ${srcaddr} ${dstaddr} ${dstport} ${protocol} ${packets} ${action} ${traffic-path}' --query 'FlowLogIds[0]' --output text

# The service's name is public, and nothing leads there.
ssh $A dig +short s3.us-east-1.amazonaws.com
expect trace $A s3.us-east-1.amazonaws.com tcp 443 NO_ROUTE

# An endpoint brings a route to the table.
S3=$(aws ec2 create-vpc-endpoint --vpc-id $VPC --service-name com.amazonaws.us-east-1.s3 --route-table-ids $RTB \
    --query VpcEndpoint.VpcEndpointId --output text)
aws ec2 describe-route-tables --route-table-ids $RTB --output text \
    --query 'RouteTables[0].Routes[].[DestinationCidrBlock || DestinationPrefixListId,GatewayId,State]'
ssh $A curl -m 5 https://s3.us-east-1.amazonaws.com/
ssh $A ping -c 2 s3.us-east-1.amazonaws.com
expect open $A 52.216.0.10 tcp 443

# TCP and echoes are carried, and nothing else. Another service is not behind it.
expect trace $A s3.us-east-1.amazonaws.com udp 443 DENIED
expect trace $A dynamodb.us-east-1.amazonaws.com tcp 443 NO_ROUTE

# The security group must let it out: by the prefix list, whose addresses need not be known.
aws ec2 revoke-security-group-egress --group-id $SG --ip-permissions 'IpProtocol=-1,IpRanges=[{CidrIp=0.0.0.0/0}]' --query Return
expect trace $A s3.us-east-1.amazonaws.com tcp 443 DENIED
aws ec2 authorize-security-group-egress --group-id $SG --ip-permissions 'IpProtocol=tcp,FromPort=443,ToPort=443,PrefixListIds=[{PrefixListId=pl-63a5400a}]' --query Return
expect trace $A s3.us-east-1.amazonaws.com tcp 443 EXITS_NETWORK

# The network ACL sees the service's public addresses: a prefix list is no word of its entries.
ACL=$(aws ec2 describe-network-acls --filters Name=vpc-id,Values=$VPC --query "NetworkAcls[0].NetworkAclId" --output text)
aws ec2 create-network-acl-entry --network-acl-id $ACL --ingress --rule-number 10 --protocol tcp --port-range From=1024,To=65535 \
    --cidr-block 52.216.0.0/15 --rule-action deny
ssh $A curl -m 2 https://s3.us-east-1.amazonaws.com/

# Records tell the way out by its number: 7 is a gateway endpoint.
wait 60s
flow-logs

# Without the endpoint its route is gone.
aws ec2 delete-vpc-endpoints --vpc-endpoint-ids $S3 --query Unsuccessful
expect trace $A s3.us-east-1.amazonaws.com tcp 443 NO_ROUTE
