# ZONES AND HEALTH of a Network Load Balancer: each node sends to the targets of its own zone, unless cross-zone load balancing is on. A zone
# without a healthy target leaves the name; one that has none at all passes nothing on. (P51 P53 P54 R71 R75 R76)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
ONE=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --availability-zone us-east-1a --query Subnet.SubnetId --output text)
TWO=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.2.0/24 --availability-zone us-east-1b --query Subnet.SubnetId --output text)
WEB=$(aws ec2 create-security-group --group-name web --description "servers" --vpc-id $VPC --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id $WEB --protocol tcp --port 80 --cidr 10.0.0.0/16 --query Return
A=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $ONE --security-group-ids $WEB \
    --private-ip-address 10.0.1.10 --query "Instances[0].InstanceId" --output text)
C=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $ONE \
    --private-ip-address 10.0.1.20 --query "Instances[0].InstanceId" --output text)
ssh $A listen tcp 80
LB=$(aws elbv2 create-load-balancer --name shop --type network --scheme internal \
    --subnet-mappings SubnetId=$ONE,PrivateIPv4Address=10.0.1.80 SubnetId=$TWO,PrivateIPv4Address=10.0.2.80 \
    --query "LoadBalancers[0].LoadBalancerArn" --output text)
TG=$(aws elbv2 create-target-group --name web --protocol TCP --port 80 --vpc-id $VPC --health-check-interval-seconds 10 \
    --healthy-threshold-count 2 --query "TargetGroups[0].TargetGroupArn" --output text)
aws elbv2 create-listener --load-balancer-arn $LB --protocol TCP --port 80 --default-actions Type=forward,TargetGroupArn=$TG \
    --query "Listeners[0].Port"
aws elbv2 register-targets --target-group-arn $TG --targets Id=$A
wait 15s
aws elbv2 describe-target-health --target-group-arn $TG --query "TargetHealthDescriptions[].[Target.Id,TargetHealth.State]" --output text

# The one target is in zone a. The name leads there alone; who asks the node of zone b gets nowhere.
NAME=$(aws elbv2 describe-load-balancers --query "LoadBalancers[0].DNSName" --output text)
ssh $C dig +short $NAME
expect trace $C 10.0.1.80 tcp 80 DELIVERED
expect trace $C 10.0.2.80 tcp 80 DENIED
ssh $C curl -m 2 http://10.0.2.80/

# Across zones it works, and the name leads to both.
aws elbv2 modify-load-balancer-attributes --load-balancer-arn $LB --attributes Key=load_balancing.cross_zone.enabled,Value=true \
    --query "Attributes[0].Value"
expect trace $C 10.0.2.80 tcp 80 DELIVERED
ssh $C curl -m 2 http://10.0.2.80/
ssh $C dig +short $NAME

# Where every target is unhealthy, all of them are taken: it fails open.
B=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $TWO --security-group-ids $WEB \
    --private-ip-address 10.0.2.10 --query "Instances[0].InstanceId" --output text)
ssh $B listen tcp 80
aws elbv2 register-targets --target-group-arn $TG --targets Id=$B
aws ec2 revoke-security-group-ingress --group-id $WEB --protocol tcp --port 80 --cidr 10.0.0.0/16 --query Return
wait 40s
aws elbv2 describe-target-health --target-group-arn $TG --query "TargetHealthDescriptions[].[Target.Id,TargetHealth.State,TargetHealth.Reason]" --output text
aws ec2 authorize-security-group-ingress --group-id $WEB --protocol tcp --port 80 --cidr 10.0.1.20/32 --query Return
ssh $C curl -m 2 http://10.0.1.80/
ssh $C dig +short $NAME

# A target that is taken out drains: it keeps the flows that it has for 300 s.
aws elbv2 deregister-targets --target-group-arn $TG --targets Id=$B
aws elbv2 describe-target-health --target-group-arn $TG --query "TargetHealthDescriptions[].[Target.Id,TargetHealth.State]" --output text
wait 300s
aws elbv2 describe-target-health --target-group-arn $TG --query "TargetHealthDescriptions[].[Target.Id,TargetHealth.State]" --output text

# What cannot be, and the end: its network interfaces go with it.
aws elbv2 delete-target-group --target-group-arn $TG
aws elbv2 delete-load-balancer --load-balancer-arn $LB
aws elbv2 delete-target-group --target-group-arn $TG
aws ec2 describe-network-interfaces --filters Name=description,Values='ELB*' --query "length(NetworkInterfaces)"
