# A NETWORK LOAD BALANCER, with the client's address kept and without. It has a network interface of its own in each subnet; its targets see
# the client, or the load balancer, and their groups must let in whom they see. (P33 P34 P35 P38 P50 P51 R70 R72 R73 R74 R75 E82)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
FRONT=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --availability-zone us-east-1a --query Subnet.SubnetId --output text)
BACK=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.2.0/24 --availability-zone us-east-1a --query Subnet.SubnetId --output text)
CLIENTS=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.3.0/24 --availability-zone us-east-1b --query Subnet.SubnetId --output text)
WEB=$(aws ec2 create-security-group --group-name web --description "servers" --vpc-id $VPC --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id $WEB --protocol tcp --port 8080 --cidr 10.0.1.80/32 --query Return
A=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $BACK --security-group-ids $WEB \
    --private-ip-address 10.0.2.10 --query "Instances[0].InstanceId" --output text)
C=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $CLIENTS \
    --private-ip-address 10.0.3.10 --query "Instances[0].InstanceId" --output text)
ssh $A listen tcp 8080

# The load balancer, its target group, and a listener that leads from one to the other.
LB=$(aws elbv2 create-load-balancer --name shop --type network --scheme internal \
    --subnet-mappings SubnetId=$FRONT,PrivateIPv4Address=10.0.1.80 --query "LoadBalancers[0].LoadBalancerArn" --output text)
TG=$(aws elbv2 create-target-group --name web --protocol TCP --port 8080 --vpc-id $VPC --health-check-interval-seconds 30 \
    --healthy-threshold-count 2 --query "TargetGroups[0].TargetGroupArn" --output text)
aws elbv2 create-listener --load-balancer-arn $LB --protocol TCP --port 80 --default-actions Type=forward,TargetGroupArn=$TG \
    --query "Listeners[0].[Protocol,Port]" --output text
aws elbv2 register-targets --target-group-arn $TG --targets Id=$A
aws elbv2 describe-target-health --target-group-arn $TG --query "TargetHealthDescriptions[].TargetHealth.[State,Reason]" --output text
aws ec2 describe-network-interfaces --filters Name=description,Values='ELB net/shop/*' --query "NetworkInterfaces[].[Description,InterfaceType,RequesterManaged,PrivateIpAddress]" --output text

# Checks come from its own address, which the group lets in: two good ones in a row, and the target is healthy.
wait 35s
aws elbv2 describe-target-health --target-group-arn $TG --query "TargetHealthDescriptions[].TargetHealth.State" --output text
NAME=$(aws elbv2 describe-load-balancers --names shop --query "LoadBalancers[0].DNSName" --output text)
echo $NAME
ssh $C dig +short $NAME

# A healthy target, and no answer: of instances it sees the client's address, and its group knows the load balancer's alone.
ssh $C curl -m 2 http://$NAME/
expect trace $C 10.0.1.80 tcp 80 DENIED
aws ec2 authorize-security-group-ingress --group-id $WEB --protocol tcp --port 8080 --cidr 10.0.3.0/24 --query Return
NODE=$(aws ec2 describe-network-interfaces --filters Name=description,Values='ELB net/shop/*' --query "NetworkInterfaces[0].NetworkInterfaceId" --output text)
ENI=$(aws ec2 describe-instances --instance-ids $A --query "Reservations[0].Instances[0].NetworkInterfaces[0].NetworkInterfaceId" --output text)
aws ec2 create-flow-logs --resource-type NetworkInterface --resource-ids $NODE $ENI --traffic-type ALL --log-group-name flows --deliver-logs-permission-arn arn:aws:iam::123456789012:role/flow-logs --max-aggregation-interval 60 --log-format '${interface-id} ${flow-direction} ${srcaddr} ${srcport} ${dstaddr} ${dstport} ${packets} ${action}' --query 'length(FlowLogIds)'
ssh $C curl -m 2 http://$NAME/
wait 61s

# The flow logs of the node, and of the target: that sees 10.0.3.10, and answers it; the answer goes back through the node all the same.
flow-logs

# With the client's address hidden the target sees the node, and answers it: the rule for clients is not needed any more.
aws elbv2 modify-target-group-attributes --target-group-arn $TG --attributes Key=preserve_client_ip.enabled,Value=false --query "Attributes[0]"
aws ec2 revoke-security-group-ingress --group-id $WEB --protocol tcp --port 8080 --cidr 10.0.3.0/24 --query Return
wait 61s
ssh $C curl -m 2 http://$NAME/
expect trace $C 10.0.1.80 tcp 80 DELIVERED
wait 61s
flow-logs $ENI
