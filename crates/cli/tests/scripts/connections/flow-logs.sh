# The life of a flow log: what it records, of whom, and where to.
VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
WEB=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
ENI=$(aws ec2 create-network-interface --subnet-id $WEB --query NetworkInterface.NetworkInterfaceId --output text)

# A log group, which keeps records for two weeks, and of which there is one of a name. It needs a role that may write into it. (F24)
aws logs create-log-group --log-group-name all
aws logs put-retention-policy --log-group-name all --retention-in-days 14
aws logs create-log-group --log-group-name all
expect refused ResourceAlreadyExistsException
aws ec2 create-flow-logs --resource-type VPC --resource-ids $VPC --traffic-type ALL --log-group-name all
expect refused InvalidParameter
aws ec2 create-flow-logs --resource-type VPC --resource-ids $VPC --traffic-type ALL --log-group-name all \
  --deliver-logs-permission-arn arn:aws:iam::123456789012:role/flow-logs

# Several resources at once: those that cannot have one are listed, with the reason.
aws ec2 create-flow-logs --resource-type Subnet --resource-ids $WEB subnet-00000000000000099 --traffic-type REJECT \
  --log-destination-type s3 --log-destination arn:aws:s3:::flow-logs --max-aggregation-interval 60

# The same again is refused; a flow log cannot be changed, only deleted and made anew.
aws ec2 create-flow-logs --resource-type Subnet --resource-ids $WEB --traffic-type REJECT \
  --log-destination-type s3 --log-destination arn:aws:s3:::flow-logs --max-aggregation-interval 60 \
  --query 'Unsuccessful[0].Error.[Code,Message]' --output text

# Records of an interface, with the fields that one chooses. There is no such field as "colour".
aws ec2 create-flow-logs --resource-type NetworkInterface --resource-ids $ENI --traffic-type ACCEPT \
  --log-destination-type s3 --log-destination arn:aws:s3:::flow-logs --log-format '${srcaddr} ${colour}'
expect refused InvalidParameter
aws ec2 create-flow-logs --resource-type NetworkInterface --resource-ids $ENI --traffic-type ACCEPT \
  --log-destination-type s3 --log-destination arn:aws:s3:::flow-logs --log-format '${srcaddr} ${pkt-dstaddr} ${action}' \
  --tag-specifications 'ResourceType=vpc-flow-log,Tags=[{Key=Name,Value=eni}]' --query 'FlowLogIds[0]' --output text

# What stands, and that records get to where they should.
aws ec2 describe-flow-logs --filter Name=traffic-type,Values=ACCEPT,REJECT \
  --query 'FlowLogs[].[FlowLogId,ResourceId,TrafficType,LogDestinationType,MaxAggregationInterval,DeliverLogsStatus]' --output text
aws ec2 describe-flow-logs --filter Name=tag:Name,Values=eni --query 'FlowLogs[0].LogFormat' --output text

# A flow log goes with what it is of.
aws ec2 delete-network-interface --network-interface-id $ENI
aws ec2 describe-flow-logs --query 'length(FlowLogs)'
aws ec2 delete-flow-logs --flow-log-ids fl-00000000000000001 fl-00000000000000009
expect refused InvalidFlowLogId.NotFound
aws ec2 delete-flow-logs --flow-log-ids fl-00000000000000001 fl-00000000000000002
aws ec2 describe-flow-logs --query 'length(FlowLogs)'

# The group stays, until somebody deletes it.
aws logs describe-log-groups --query 'logGroups[].[logGroupName,retentionInDays]' --output text
aws logs delete-log-group --log-group-name all
aws logs describe-log-groups --query 'length(logGroups)'
