# A FUNCTION IN A VPC, THEN. Before 2019 each execution environment had a network interface of its own, made when a call found none that waited:
# the call waited, too, and calls at one time ate the addresses of the subnet. Beside it the same function as it is now. (P27 P28 R94 R95)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
THEN=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/28 --query Subnet.SubnetId --output text)
NOW=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.2.0/28 --query Subnet.SubnetId --output text)
SG=$(aws ec2 describe-security-groups --filters Name=vpc-id,Values=$VPC --query 'SecurityGroups[0].GroupId' --output text)
I=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $NOW \
    --private-ip-address 10.0.2.10 --query "Instances[0].InstanceId" --output text)
ssh $I listen tcp 5432
aws ec2 create-flow-logs --resource-type VPC --resource-ids $VPC --traffic-type ALL --log-group-name flows --deliver-logs-permission-arn arn:aws:iam::123456789012:role/flow-logs --max-aggregation-interval 60 --log-format '${interface-id} ${flow-direction} ${srcaddr} ${dstaddr} ${dstport} ${packets} ${action}' --query 'FlowLogIds[0]' --output text
ROLE=arn:aws:iam::123456789012:role/lambda
aws lambda create-function --function-name then --runtime python3.6 --role $ROLE --handler app.handler --code S3Bucket=code,S3Key=a.zip --timeout 60 \
  --vpc-config SubnetIds=$THEN,SecurityGroupIds=$SG --query State
aws lambda create-function --function-name now --runtime python3.13 --role $ROLE --handler app.handler --code S3Bucket=code,S3Key=a.zip --timeout 60 \
  --vpc-config SubnetIds=$NOW,SecurityGroupIds=$SG --query State
# No call of AWS makes a function as it was; this line of the playground does.
lambda then then
aws ec2 describe-network-interfaces --filters Name=interface-type,Values=lambda --output text \
  --query 'NetworkInterfaces[].[Description,SubnetId,PrivateIpAddress]'

# The first call starts an environment, and waits for its network interface. The next one finds it warm.
aws lambda invoke --function-name then --payload '{"connect": "10.0.2.10:5432"}' out.json --query StatusCode
echo $(cat out.json)
aws lambda invoke --function-name then --payload '{"connect": "10.0.2.10:5432"}' out.json --query StatusCode
echo $(cat out.json)
aws lambda invoke --function-name now --payload '{"connect": "10.0.2.10:5432"}' out.json --query StatusCode
echo $(cat out.json)
aws ec2 describe-network-interfaces --filters Name=interface-type,Values=lambda --output text \
  --query 'NetworkInterfaces[].[Description,SubnetId,PrivateIpAddress]'

# Flow logs tell the packets of each environment's network interface, and of the shared one: out to 5432, and in what comes back.
wait 60s
flow-logs

# Ten calls at one time, each of a minute: ten network interfaces, ten addresses of eleven. Shared ones do not mind.
WORK='{"seconds": 60}'
for N in 1 2 3 4 5 6 7 8 9 10; do aws lambda invoke --function-name then --invocation-type Event --payload "$WORK" out.json > started.json; done
for N in 1 2 3 4 5 6 7 8 9 10; do aws lambda invoke --function-name now --invocation-type Event --payload "$WORK" out.json > started.json; done
aws ec2 describe-subnets --subnet-ids $THEN $NOW --query 'Subnets[].[SubnetId,AvailableIpAddressCount]' --output text
aws lambda invoke --function-name then --invocation-type Event --payload '{"seconds": 60}' out.json --query StatusCode
aws lambda invoke --function-name then --payload '{"connect": "10.0.2.10:5432"}' out.json
expect refused SubnetIPAddressLimitReachedException
aws ec2 create-network-interface --subnet-id $THEN
expect refused InsufficientFreeAddressesInSubnet
aws lambda invoke --function-name now --payload '{"connect": "10.0.2.10:5432"}' out.json --query StatusCode
expect ok

# They go when nobody has called for a while. What they held they hold until then.
aws ec2 delete-subnet --subnet-id $THEN
expect refused DependencyViolation
wait 12m
aws ec2 describe-subnets --subnet-ids $THEN $NOW --query 'Subnets[].[SubnetId,AvailableIpAddressCount]' --output text

# From today on it shares, too.
lambda then now
wait 5s
aws lambda get-function-configuration --function-name then --query '[State,LastUpdateStatus]' --output text
aws ec2 describe-network-interfaces --filters Name=interface-type,Values=lambda --output text \
  --query 'NetworkInterfaces[].[Description,SubnetId,PrivateIpAddress]'
