# What an instance is told of itself (G11): its system knows private addresses alone (A31), the public one stands in the metadata.
WEB=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --query 'Instances[0].InstanceId' --output text \
  --tag-specifications 'ResourceType=instance,Tags=[{Key=Name,Value=web}]')
ssh web 'curl -s http://169.254.169.254/latest/meta-data/; echo'
ssh web 'curl -s http://169.254.169.254/latest/meta-data/local-ipv4; echo'
ssh web 'curl -s http://169.254.169.254/latest/meta-data/public-ipv4; echo'
MAC=$(ssh web curl -s http://169.254.169.254/latest/meta-data/mac)
ssh web "curl -s http://169.254.169.254/latest/meta-data/network/interfaces/macs/$MAC/; echo"

# With tokens alone (G12): a question without one is refused, whoever asks.
aws ec2 modify-instance-metadata-options --instance-id $WEB --http-tokens required
ssh web curl -s http://169.254.169.254/latest/meta-data/public-ipv4
TOKEN=$(ssh web curl -s -X PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 60")
ssh web "curl -s -H 'X-aws-ec2-metadata-token: $TOKEN' http://169.254.169.254/latest/meta-data/public-ipv4; echo"
wait 60s
ssh web curl -s -o /dev/null -w '%{http_code}\n' -H "X-aws-ec2-metadata-token: $TOKEN" http://169.254.169.254/latest/meta-data/

# Tags are told where that is asked for; turned off, the service says nothing.
aws ec2 modify-instance-metadata-options --instance-id $WEB --http-tokens optional --instance-metadata-tags enabled \
  --query InstanceMetadataOptions.InstanceMetadataTags --output text
ssh web 'curl -s http://169.254.169.254/latest/meta-data/tags/instance/Name; echo'
aws ec2 modify-instance-metadata-options --instance-id $WEB --http-endpoint disabled --query InstanceMetadataOptions.HttpEndpoint --output text
ssh web curl -s -o /dev/null -w '%{http_code}\n' http://169.254.169.254/latest/meta-data/
