# A FUNCTION IN A VPC, NOW. Lambda makes one network interface for each subnet and set of security groups, when the function is made; functions
# share it, and calls change nothing about it. Packets leave by it, and only answers come in. (P28 P29 P30 R91 R92 R93)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
APP=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
EDGE=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.2.0/24 --query Subnet.SubnetId --output text)
IGW=$(aws ec2 create-internet-gateway --query InternetGateway.InternetGatewayId --output text)
aws ec2 attach-internet-gateway --internet-gateway-id $IGW --vpc-id $VPC
MAIN=$(aws ec2 describe-route-tables --filters Name=vpc-id,Values=$VPC --query 'RouteTables[0].RouteTableId' --output text)
aws ec2 create-route --route-table-id $MAIN --destination-cidr-block 0.0.0.0/0 --gateway-id $IGW --query Return
FN=$(aws ec2 create-security-group --group-name functions --description "ask" --vpc-id $VPC --query GroupId --output text)
DB=$(aws ec2 create-security-group --group-name db --description "is asked" --vpc-id $VPC --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id $DB --protocol tcp --port 5432 --source-group $FN --query Return
I=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $APP --security-group-ids $DB \
    --private-ip-address 10.0.1.10 --query "Instances[0].InstanceId" --output text)
ssh $I listen tcp 5432

# Two functions, one subnet, the same group: one network interface, which is Lambda's.
ROLE=arn:aws:iam::123456789012:role/lambda
aws lambda create-function --function-name orders --runtime python3.13 --role $ROLE --handler app.handler \
    --code S3Bucket=code,S3Key=orders.zip --vpc-config SubnetIds=$APP,SecurityGroupIds=$FN --query '[State,StateReasonCode]' --output text
aws lambda create-function --function-name prices --runtime python3.13 --role $ROLE --handler app.handler \
    --code S3Bucket=code,S3Key=prices.zip --vpc-config SubnetIds=$APP,SecurityGroupIds=$FN --query '[State,StateReasonCode]' --output text
aws lambda get-function-configuration --function-name orders --query '[State,LastUpdateStatus]' --output text
ENI=$(aws ec2 describe-network-interfaces --filters Name=interface-type,Values=lambda --query 'NetworkInterfaces[].NetworkInterfaceId' --output text)
aws ec2 describe-network-interfaces --network-interface-ids $ENI --output text \
  --query 'NetworkInterfaces[].[NetworkInterfaceId,Description,PrivateIpAddress,RequesterManaged,Status]'
aws ec2 create-flow-logs --resource-type NetworkInterface --resource-ids $ENI --traffic-type ALL --log-group-name flows --deliver-logs-permission-arn arn:aws:iam::123456789012:role/flow-logs --max-aggregation-interval 60 --log-format '${flow-direction} ${srcaddr} ${dstaddr} ${dstport} ${packets} ${action}' --query 'FlowLogIds[0]' --output text

# What a function does is told in its payload. The database sees the private address of the network interface.
aws lambda invoke --function-name orders --payload '{"connect": "10.0.1.10:5432"}' out.json
echo $(cat out.json)
aws lambda invoke --function-name prices --payload '{"connect": "10.0.1.10:5432"}' out.json --query StatusCode
echo $(cat out.json)
# What its groups, or those of whom it asks, do not let through, ends as a time-out.
aws lambda invoke --function-name orders --payload '{"connect": "10.0.1.10:22"}' out.json
echo $(cat out.json)

# Nobody opens a connection to a function, whatever its groups let in: it is called through Lambda.
aws ec2 authorize-security-group-ingress --group-id $FN --protocol tcp --port 443 --cidr 10.0.0.0/16 --query Return
trace $I $ENI tcp 443
expect trace $I $ENI tcp 443 DENIED

# The subnet is public, and that does not help: the network interface has no public address, and nobody can give it one.
aws lambda invoke --function-name orders --payload '{"connect": "198.51.100.10:443"}' out.json --query FunctionError
echo $(cat out.json)
expect trace $ENI internet tcp 443 DENIED
# A NAT gateway does.
EIP=$(aws ec2 allocate-address --query AllocationId --output text)
NAT=$(aws ec2 create-nat-gateway --subnet-id $EDGE --allocation-id $EIP --query NatGateway.NatGatewayId --output text)
OUT=$(aws ec2 create-route-table --vpc-id $VPC --query RouteTable.RouteTableId --output text)
aws ec2 create-route --route-table-id $OUT --destination-cidr-block 0.0.0.0/0 --nat-gateway-id $NAT --query Return
aws ec2 associate-route-table --route-table-id $OUT --subnet-id $APP --query AssociationState.State
aws lambda invoke --function-name orders --payload '{"connect": "example.com:443"}' out.json --query StatusCode
echo $(cat out.json)

# A function in no VPC reaches the internet, and not the VPC.
aws lambda create-function --function-name mail --runtime python3.13 --role $ROLE --handler app.handler --code S3Bucket=code,S3Key=mail.zip --query VpcConfig
aws lambda invoke --function-name mail --payload '{"connect": "example.com:443"}' out.json --query StatusCode
echo $(cat out.json)
aws lambda invoke --function-name mail --payload '{"connect": "10.0.1.10:5432"}' out.json --query FunctionError
echo $(cat out.json)

wait 60s
flow-logs

# The last function leaves, and the network interface stays a while: until it has gone its subnet and group cannot go.
aws lambda delete-function --function-name orders
aws lambda delete-function --function-name prices
aws ec2 revoke-security-group-ingress --group-id $DB --protocol tcp --port 5432 --source-group $FN --query Return
aws ec2 delete-security-group --group-id $FN
expect refused DependencyViolation
wait 20m
aws ec2 describe-network-interfaces --filters Name=interface-type,Values=lambda --query 'length(NetworkInterfaces)'
aws ec2 delete-security-group --group-id $FN --query Return
expect ok
