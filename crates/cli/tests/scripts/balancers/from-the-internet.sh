# FROM THE INTERNET through a Network Load Balancer to targets without a public address and without a way out; a target that does not let the
# health checks in; a target that asks its own load balancer. (P33 P34 P35 P37 P50 P53 R70 R75 A28)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
FRONT=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --availability-zone us-east-1a --query Subnet.SubnetId --output text)
BACK=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.2.0/24 --availability-zone us-east-1a --query Subnet.SubnetId --output text)
IGW=$(aws ec2 create-internet-gateway --query InternetGateway.InternetGatewayId --output text)
aws ec2 attach-internet-gateway --internet-gateway-id $IGW --vpc-id $VPC
RTB=$(aws ec2 create-route-table --vpc-id $VPC --query RouteTable.RouteTableId --output text)
aws ec2 create-route --route-table-id $RTB --destination-cidr-block 0.0.0.0/0 --gateway-id $IGW --query Return
aws ec2 associate-route-table --route-table-id $RTB --subnet-id $FRONT --query AssociationState.State --output text
DOOR=$(aws ec2 create-security-group --group-name door --description "load balancer" --vpc-id $VPC --query GroupId --output text)
WEB=$(aws ec2 create-security-group --group-name web --description "servers" --vpc-id $VPC --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id $DOOR --protocol tcp --port 80 --cidr 0.0.0.0/0 --query Return
aws ec2 authorize-security-group-ingress --group-id $WEB --protocol tcp --port 8080 --cidr 198.51.100.0/24 --query Return
A=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $BACK --security-group-ids $WEB \
    --private-ip-address 10.0.2.10 --query "Instances[0].InstanceId" --output text)
ssh $A listen tcp 8080
EIP=$(aws ec2 allocate-address --query AllocationId --output text)
IP=$(aws ec2 describe-addresses --allocation-ids $EIP --query "Addresses[0].PublicIp" --output text)
LB=$(aws elbv2 create-load-balancer --name shop --type network --security-groups $DOOR \
    --subnet-mappings SubnetId=$FRONT,AllocationId=$EIP --query "LoadBalancers[0].LoadBalancerArn" --output text)
aws elbv2 describe-load-balancers --query "LoadBalancers[0].[Scheme,State.Code,AvailabilityZones[0].LoadBalancerAddresses[0].AllocationId]" --output text
TG=$(aws elbv2 create-target-group --name web --protocol TCP --port 8080 --vpc-id $VPC --health-check-interval-seconds 30 \
    --health-check-timeout-seconds 5 --healthy-threshold-count 2 --query "TargetGroups[0].TargetGroupArn" --output text)
LISTENER=$(aws elbv2 create-listener --load-balancer-arn $LB --protocol TCP --port 80 --default-actions Type=forward,TargetGroupArn=$TG \
    --query "Listeners[0].ListenerArn" --output text)
aws elbv2 register-targets --target-group-arn $TG --targets Id=$A
ENI=$(aws ec2 describe-instances --instance-ids $A --query "Reservations[0].Instances[0].NetworkInterfaces[0].NetworkInterfaceId" --output text)
NODE=$(aws ec2 describe-network-interfaces --filters Name=description,Values='ELB net/shop/*' --query "NetworkInterfaces[0].NetworkInterfaceId" --output text)
aws ec2 create-flow-logs --resource-type NetworkInterface --resource-ids $NODE $ENI --traffic-type ALL --log-group-name flows --deliver-logs-permission-arn arn:aws:iam::123456789012:role/flow-logs --max-aggregation-interval 60 --log-format '${interface-id} ${flow-direction} ${srcaddr} ${srcport} ${dstaddr} ${dstport} ${packets} ${action}' --query 'length(FlowLogIds)'

# The group lets the clients in, whose address the target sees, and not the load balancer, which checks: it is called unhealthy. As no target is
# healthy, the load balancer fails open, and clients get through all the same.
wait 36s
aws elbv2 describe-target-health --target-group-arn $TG --query "TargetHealthDescriptions[].TargetHealth.[State,Reason]" --output text
expect trace internet $IP tcp 80 DELIVERED
connect internet $IP tcp 80
wait 25s
flow-logs

# The load balancer's own group in the target's rule lets in what comes through it: checks and clients.
aws ec2 revoke-security-group-ingress --group-id $WEB --protocol tcp --port 8080 --cidr 198.51.100.0/24 --query Return
aws ec2 authorize-security-group-ingress --group-id $WEB --protocol tcp --port 8080 --source-group $DOOR --query Return
wait 60s
aws elbv2 describe-target-health --target-group-arn $TG --query "TargetHealthDescriptions[].TargetHealth.State" --output text
expect trace internet $IP tcp 80 DELIVERED
expect trace internet $IP tcp 443 DENIED
expect trace $A 198.51.100.1 tcp 443 NO_ROUTE

# The Elastic IP is the load balancer's as long as it stands.
aws ec2 release-address --allocation-id $EIP
aws ec2 delete-network-interface --network-interface-id $NODE

# A target that asks its own load balancer, inside: where the client's address is kept, it would get a packet from itself, and drops it.
IN=$(aws elbv2 create-load-balancer --name inner --type network --scheme internal --security-groups $DOOR \
    --subnet-mappings SubnetId=$FRONT,PrivateIPv4Address=10.0.1.80 --query "LoadBalancers[0].LoadBalancerArn" --output text)
aws elbv2 create-listener --load-balancer-arn $IN --protocol TCP --port 80 --default-actions Type=forward,TargetGroupArn=$TG
aws elbv2 delete-listener --listener-arn $LISTENER
aws elbv2 create-listener --load-balancer-arn $IN --protocol TCP --port 80 --default-actions Type=forward,TargetGroupArn=$TG --query "Listeners[0].Port"
wait 30s
expect trace $A 10.0.1.80 tcp 80 DENIED
ssh $A curl -m 2 http://10.0.1.80/
aws elbv2 modify-target-group-attributes --target-group-arn $TG --attributes Key=preserve_client_ip.enabled,Value=false --query "Attributes[0].Value"
ssh $A curl -m 2 http://10.0.1.80/
